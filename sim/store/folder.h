/* folder.h: the files of a result in their folder. */
#ifndef EBB_STORE_FOLDER_H
#define EBB_STORE_FOLDER_H

#include "../leaf/file.h"

#include <stdbool.h>

#define FOLDER_PART FILE_PART

/* NULL-terminated: every file that a result may hold, finished names. */
extern const char *const folder_files[];

/* "OUT/name" in a buffer of its own; NULL when memory is short. */
char *folder_path(const char *out_dir, const char *name, const char *suffix);

/* Makes the folder and those above it. */
enum status folder_make(const char *out_dir, struct faults *faults) MUST_CHECK;
/* Makes the folder where it is not there, and keeps others out of it until *fd is closed or this process ends in
 * whatever way; where the file system knows no locks, *fd is -1 and nothing is kept out. */
enum status folder_lock(const char *out_dir, int *fd, struct faults *faults) MUST_CHECK;
/* The same for a result. Whoever had the folder may have filled it since it was checked: what store_check_folder() refuses
 * is refused again here, with the lock in hand. */
enum status folder_claim(const char *out_dir, const char *const *pictures, bool replace, int *fd,
                         struct faults *faults) MUST_CHECK;
/* Takes an earlier result's files away, finished or not, and the pictures of a NULL-terminated list (NULL: none);
 * a name in it may stand for several: "sobol-*.png". */
enum status folder_clear(const char *out_dir, const char *const *pictures, struct faults *faults) MUST_CHECK;

/* Whether folder_clear(out_dir, pictures) would take this file away. */
bool folder_would_clear(const char *out_dir, const char *const *pictures, const char *path);
/* folder_clear() for what was begun and came to nothing: the folder goes, too, unless it holds something else. */
enum status folder_discard(const char *out_dir, const char *const *pictures, struct faults *faults) MUST_CHECK;
/* Takes away what pictures of the list have left that were being written when a kill came. */
enum status folder_tidy(const char *out_dir, const char *const *pictures, struct faults *faults) MUST_CHECK;

/* Writes text to OUT/name through a part file that is renamed when it is whole and on disk. */
enum status folder_write(const char *out_dir, const char *name, const char *text, size_t size,
                         struct faults *faults) MUST_CHECK;
/* Renames OUT/name.part to OUT/name. */
enum status folder_finish(const char *out_dir, const char *name, struct faults *faults) MUST_CHECK;

#endif
