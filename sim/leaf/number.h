/* number.h: numbers for tables, fast: writing text must not cost more than simulating. */
#ifndef EBB_NUMBER_H
#define EBB_NUMBER_H

#include <stddef.h>
#include <stdint.h>

#define NUMBER_DIGITS 9
#define NUMBER_SIZE 24 /* bytes that any number takes, with the final NUL */

/* NUMBER_DIGITS significant digits: exactly the bytes of printf("%.9g") whatever the locale, "NA" for NAN. Returns the
 * length. */
size_t number_write(char out[NUMBER_SIZE], double value);
size_t number_write_integer(char out[NUMBER_SIZE], int64_t value);

#endif
