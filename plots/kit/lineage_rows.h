/* lineage_rows.h: who has a row in the picture of a lineage, and how high each stands. */
#ifndef EBB_LINEAGE_ROWS_H
#define EBB_LINEAGE_ROWS_H

#include "../../sim/leaf/lineage.h"
#include "../chart.h"

#include <stdbool.h>

struct lineage_row {
    uint32_t post, unit;           /* unit 0: not of the staff */
    int64_t first[LINEAGE_LAYERS]; /* week of the first adoption; INT64_MAX: never */
    size_t brought[LINEAGE_LAYERS];
    double y; /* middle, from the top of the rows */
};

struct lineage_rows {
    const struct chart_lineage *of;
    uint32_t innovation;
    size_t layers;            /* with that of nobody */
    struct lineage_row *list; /* by unit; in it whoever came furthest first */
    size_t count;
    size_t *at;  /* by post: its place in the list */
    size_t most; /* brought in by one row */
    double pitch, height;
};

/* The posts that the innovation has to do with. Zero but for of, innovation and layers before; lineage_rows_free() whatever
 * the status. */
enum status lineage_rows_make(struct lineage_rows *rows, struct faults *faults) MUST_CHECK;
void lineage_rows_free(struct lineage_rows *rows);

/* Whether an adoption is of the innovation and of a layer that is drawn. */
bool lineage_rows_has(const struct lineage_rows *rows, const struct adoption *a);

#endif
