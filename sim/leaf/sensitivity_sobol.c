/* First-order and total indices. */
#include "sensitivity_parts.h"

#include <math.h>
#include <stdlib.h>

enum { POINT_A, POINT_B, POINT_AB }; /* of a Saltelli row; AB: A with one axis from B, for each axis */

/* First and total of each axis, behind all of them the luck. Any constant may be taken off B: the mean steadies most. */
static int sobol_terms(struct counted *c)
{
    const size_t axes = c->data->axes;
    double *means = malloc((c->data->replicates + 1) * sizeof *means);
    size_t *all = malloc((c->count + 1) * sizeof *all);
    c->term_count = 2 * axes + 1;
    c->terms = malloc((c->count * c->term_count + 1) * sizeof *c->terms);
    const int status = means && all && c->terms ? 0 : -1;
    for (size_t i = 0; i < c->count && !status; i++)
        all[i] = i;
    if (!status)
        counted_means(c, all, POINT_AB, means);
    for (size_t i = 0; i < c->count && !status; i++) {
        const size_t s = c->samples[i];
        const double *base = counted_at(c, s, POINT_A), *other = counted_at(c, s, POINT_B);
        for (size_t a = 0; a < axes; a++) {
            const double *moved = counted_at(c, s, POINT_AB + a);
            c->terms[i * c->term_count + 2 * a] = counted_cross(c, s, other, means, moved, base);
            c->terms[i * c->term_count + 2 * a + 1] = counted_cross(c, s, base, moved, base, moved) / 2;
        }
        c->terms[i * c->term_count + 2 * axes] = counted_luck(c, s, POINT_AB);
    }
    free(all);
    free(means);
    return status;
}

static int sobol_estimate(const struct counted *c, const size_t *picks, double *out)
{
    const size_t axes = c->data->axes;
    double decided;
    if (counted_decided(c, picks, POINT_AB, &decided))
        return -1;
    for (size_t n = 0; n < 2 * axes; n++)
        out[n] = decided > 0 ? counted_sum(c, picks, n) / (double)c->count / decided : (double)NAN;
    out[2 * axes] = counted_share(c, counted_sum(c, picks, 2 * axes) / (double)c->count, decided);
    return 0;
}

int sensitivity_of_sobol(const struct sensitivity_data *data, size_t use, struct sensitivity_sobol *results,
                         struct sensitivity_whole *whole)
{
    const struct method method = {data->axes + 2, 2 * data->axes + 1, sobol_terms, sobol_estimate};
    struct sensitivity_interval *all = malloc(method.numbers * sizeof *all);
    const int status = all ? method_estimate(&method, data, use, all, whole) : -1;
    for (size_t a = 0; a < data->axes && all; a++)
        results[a] = (struct sensitivity_sobol){.first = all[2 * a], .total = all[2 * a + 1]};
    free(all);
    return status;
}
