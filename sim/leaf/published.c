#include "published.h"

#include <math.h>

#define ROW(label, field, mean, lo, hi, decimals)                             \
    {                                                                         \
        label, offsetof(struct graph_measures, field), mean, lo, hi, decimals \
    }
#define NONE ((double)NAN)

const struct published published[] = {
    ROW("staff", nodes, 28.9, 12, 76, 0),
    ROW("people named by each", out_degree, 3.5, 1.3, 5.4, 1),
    ROW("density", density, .157, .055, .386, 3),
    ROW("reciprocity", reciprocity, .33, .10, .62, 2),
    ROW("transitivity", transitivity, .39, .20, .66, 2),
    ROW("mean path", mean_path, 2.1, 1.5, 2.7, 1),
    ROW("in-degree centralization", centralization, .365, .19, .61, 2),
    ROW("nominations of the top tenth", top_share, .30, NONE, NONE, 2),
    ROW("never sought", never_sought, .08, NONE, NONE, 2),
    ROW("in-degree variance / mean", degree_dispersion, 4.2, NONE, NONE, 1),
    ROW("ties inside a unit", same_unit, .31, NONE, NONE, 2),
    ROW("odds ratio inside a unit", same_unit_odds, 2.75, NONE, NONE, 2),
};
const size_t published_count = sizeof published / sizeof *published;

int published_side(const struct published *row, double value)
{
    double slack = 0.5 * pow(10, -row->decimals) + 1e-9;
    if (isnan(value) || isnan(row->lo))
        return 0;
    return value < row->lo - slack ? -1 : value > row->hi + slack;
}
