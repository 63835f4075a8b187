/* export_lineage.h: who brought whom in, as GraphML. */
#ifndef EBB_COMMANDS_EXPORT_LINEAGE_H
#define EBB_COMMANDS_EXPORT_LINEAGE_H

#include "../leaf/fault.h"

#include <stdint.h>
#include <stdio.h>

/* run and school 0: the first that is kept. Uses igraph: single thread. */
enum status export_lineage(const char *out_dir, int64_t run, int64_t school, FILE *out,
                           struct faults *faults) MUST_CHECK;

#endif
