/* bands.h: one column across all paths, week by week: its median, and how far the runs spread. */
#ifndef EBB_BANDS_H
#define EBB_BANDS_H

#include "../chart.h"

/* What n paths can honestly show. Below five there are no quartiles, below twenty no outer twentieth: the whole range
 * stands in for the 90 % band, and the picture says so. */
enum bands_kind {
    BANDS_NONE,      /* one path: a line */
    BANDS_RANGE,     /* 2 to 4: median and range */
    BANDS_QUARTILES, /* 5 to 19: median, middle half and range */
    BANDS_FULL       /* 20 and more: median, middle 50 % and 90 % */
};
enum bands_kind bands_kind(size_t path_count);

struct bands {
    size_t week_count;
    double *median, *inner_lo, *inner_hi, *outer_lo, *outer_hi; /* NAN where no path has a value */
    size_t n_least; /* fewest paths with a value, among the weeks that have any */
    double lo, hi;  /* of all of these; NAN when nothing is defined */
};

/* Returns 0, or -1 when memory is short. Free with bands_free() in either case. */
int bands_of(const struct chart_data *data, size_t column, struct bands *bands);
void bands_free(struct bands *bands);

static inline double chart_value(const struct chart_data *data, size_t path, size_t week, size_t column)
{
    return data->values[(path * data->week_count + week) * data->column_count + column];
}

#endif
