/* charts_lineage.h: a stored lineage in the charts' words. */
#ifndef EBB_COMMANDS_CHARTS_LINEAGE_H
#define EBB_COMMANDS_CHARTS_LINEAGE_H

#include "../../../plots/chart.h"
#include "../../store/lineage.h"

struct charts_lineage {
    struct store_lineage stored;
    struct chart_lineage shown; /* points into it */
};

/* run and school 0: the first that is kept. */
enum status charts_lineage_read(const char *out_dir, int64_t run, int64_t school, int64_t last_week,
                                struct charts_lineage *lineage, struct faults *faults) MUST_CHECK;
void charts_lineage_free(struct charts_lineage *lineage);

#endif
