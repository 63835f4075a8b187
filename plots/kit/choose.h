/* choose.h: which columns a time series shows, and in which panels. */
#ifndef EBB_CHOOSE_H
#define EBB_CHOOSE_H

#include "../chart.h"

#define CHOOSE_MAX 64

struct choice {
    size_t column[CHOOSE_MAX]; /* indices, in the order drawn */
    size_t panel[CHOOSE_MAX];  /* of each; overlaid columns of one unit share a panel */
    size_t look[CHOOSE_MAX];   /* of each, for style_series(): a capacity keeps its own in every picture */
    size_t count, panel_count;
};

/* --columns, else --of, else the capacities, else the layers, else the first few. Unknown names are faults that tell
 * the nearest. */
enum status choose_columns(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                           struct faults *faults) MUST_CHECK;

#endif
