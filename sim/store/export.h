/* export.h: the tables of a stored result as CSV again, with the bytes that `ebb run` wrote, from the database. */
#ifndef EBB_STORE_EXPORT_H
#define EBB_STORE_EXPORT_H

#include "../leaf/fault.h"

#include <stdio.h>

/* Names that `what` may have, NULL-terminated: "runs", "series", "summary", "nodes", "ties", "columns". */
extern const char *const export_tables[];

enum status store_export(const char *out_dir, const char *what, FILE *out, struct faults *faults) MUST_CHECK;

#endif
