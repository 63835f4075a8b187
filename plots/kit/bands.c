/* bands.c: see bands.h. */
#include "bands.h"

#include "../../sim/leaf/stats.h"

#include <math.h>
#include <stdlib.h>

enum bands_kind bands_kind(size_t path_count)
{
    return path_count < 2 ? BANDS_NONE : path_count < 5 ? BANDS_RANGE : path_count < 20 ? BANDS_QUARTILES : BANDS_FULL;
}

static void week_of(struct bands *bands, size_t week, enum bands_kind kind, double *values, size_t n)
{
    struct stats s = stats_of(values, n); /* leaves the defined ones sorted in front */
    bands->median[week] = s.median;
    bands->inner_lo[week] = s.q25;
    bands->inner_hi[week] = s.q75;
    bands->outer_lo[week] = kind == BANDS_FULL ? s.q05 : s.n ? values[0] : (double)NAN;
    bands->outer_hi[week] = kind == BANDS_FULL ? s.q95 : s.n ? values[s.n - 1] : (double)NAN;
    if (!s.n)
        return;
    bands->n_least = s.n < bands->n_least ? s.n : bands->n_least;
    bands->lo = fmin(bands->lo, bands->outer_lo[week]); /* fmin and fmax pass NAN by */
    bands->hi = fmax(bands->hi, bands->outer_hi[week]);
}

int bands_of(const struct chart_data *data, size_t column, struct bands *bands)
{
    const size_t weeks = data->week_count, paths = data->path_count;
    *bands = (struct bands){.week_count = weeks, .n_least = paths, .lo = NAN, .hi = NAN};
    double *values = malloc(paths * sizeof *values);
    bands->median = malloc(5 * weeks * sizeof *bands->median);
    if (!values || !bands->median) {
        free(values);
        return -1;
    }
    bands->inner_lo = bands->median + weeks;
    bands->inner_hi = bands->inner_lo + weeks;
    bands->outer_lo = bands->inner_hi + weeks;
    bands->outer_hi = bands->outer_lo + weeks;
    for (size_t w = 0; w < weeks; w++) {
        for (size_t p = 0; p < paths; p++) {
            double value = chart_value(data, p, w, column);
            values[p] = isfinite(value) ? value : (double)NAN;
        }
        week_of(bands, w, bands_kind(paths), values, paths);
    }
    free(values);
    return 0;
}

void bands_free(struct bands *bands)
{
    free(bands->median);
    *bands = (struct bands){0};
}
