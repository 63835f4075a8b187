/* file.h: a whole file in memory, whatever stands behind its name; and one that takes its name when it is whole. */
#ifndef EBB_FILE_H
#define EBB_FILE_H

#include "fault.h"

#include <stdbool.h>
#include <stdio.h>

/* Unfinished files carry this behind their name. */
#define FILE_PART ".part"

/* Reads an ordinary file of at most `most` bytes, a whole number of mebibytes; never waits on a pipe or a device. `what`
 * says what was expected, "a configuration", for the message. The caller frees *bytes, which has a NUL behind its size.
 * On any status but STATUS_OK there is nothing to free. */
enum status file_read(const char *path, const char *what, size_t most, char **bytes, size_t *size,
                      struct faults *faults) MUST_CHECK;

/* A new file beside the path, of a name that nobody else has: two that write one file at once each finish their own. The
 * caller renames or removes *beside, its name, and frees it. NULL: nothing is there, nothing to free, and errno says why. */
FILE *file_open_beside(const char *path, char **beside);

/* Whether both are there and one, under whatever names. */
bool file_is_same(const char *a, const char *b);

#endif
