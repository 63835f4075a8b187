/* tell.h: a stored result in a screenful that a person can read. */
#ifndef EBB_COMMANDS_TELL_H
#define EBB_COMMANDS_TELL_H

#include "../leaf/fault.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Capacities with start, end, change, deepest dip and swells; layers of what spreads; costs. verbose: the change of
 * every other measure too. */
enum status tell_result(FILE *out, const char *out_dir, bool verbose, struct faults *faults) MUST_CHECK;

/* tell_lineage.c: who carried each innovation in the first run of which that is kept; nothing when none is. of_many: of
 * several schools this is one, so its number is told. */
enum status tell_lineage(FILE *out, const char *out_dir, int64_t last_week, int weeks_per_year, bool of_many,
                         struct faults *faults) MUST_CHECK;

#endif
