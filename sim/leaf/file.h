/* file.h: a whole file in memory, whatever stands behind its name. */
#ifndef EBB_FILE_H
#define EBB_FILE_H

#include "fault.h"

/* Reads an ordinary file of at most `most` bytes, a whole number of mebibytes; never waits on a pipe or a device. `what`
 * says what was expected, "a configuration", for the message. The caller frees *bytes, which has a NUL behind its size.
 * On any status but STATUS_OK there is nothing to free. */
enum status file_read(const char *path, const char *what, size_t most, char **bytes, size_t *size,
                      struct faults *faults) MUST_CHECK;

#endif
