/* Elementary effects. */
#include "sensitivity_parts.h"

#include <math.h>
#include <stdlib.h>

/* The step of a trajectory that moves this axis, and by how much; 0 when none does. */
static double step_of(const struct counted *c, size_t sample, size_t axis, size_t *point)
{
    const double *unit = c->data->unit + sample * c->points * c->data->axes;
    for (size_t p = 0; p + 1 < c->points; p++) {
        const double step = unit[(p + 1) * c->data->axes + axis] - unit[p * c->data->axes + axis];
        if (fabs(step) > 1e-9) {
            *point = p;
            return step;
        }
    }
    return 0;
}

static double mean_difference(const struct counted *c, size_t sample, const double *to, const double *from)
{
    double sum = 0;
    size_t n = 0;
    for (size_t r = 0; r < c->data->replicates; r++)
        if (c->good[sample * c->data->replicates + r]) {
            sum += to[r] - from[r];
            n++;
        }
    return sum / (double)n;
}

enum { MORRIS_STAR, MORRIS_MU, MORRIS_SIGMA, MORRIS_SQUARE, MORRIS_NUMBERS };
enum { EFFECT, EFFECT_SQUARE, EFFECT_TERMS }; /* of an axis; behind all of them the luck */

static int morris_terms(struct counted *c)
{
    const size_t axes = c->data->axes;
    c->term_count = axes * EFFECT_TERMS + 1;
    c->terms = malloc((c->count * c->term_count + 1) * sizeof *c->terms);
    for (size_t i = 0; c->terms && i < c->count; i++) {
        double *terms = c->terms + i * c->term_count;
        for (size_t a = 0; a < axes; a++) {
            const size_t s = c->samples[i];
            size_t p = 0;
            const double step = step_of(c, s, a, &p);
            const double *to = counted_at(c, s, p + 1), *from = counted_at(c, s, p);
            terms[a * EFFECT_TERMS + EFFECT] = step != 0 ? mean_difference(c, s, to, from) / step : (double)NAN;
            terms[a * EFFECT_TERMS + EFFECT_SQUARE] = counted_cross(c, s, to, from, to, from) / (step * step);
        }
        terms[axes * EFFECT_TERMS] = counted_luck(c, c->samples[i], c->points);
    }
    return c->terms ? 0 : -1;
}

static void morris_axis(const struct counted *c, const size_t *picks, size_t axis, double out[MORRIS_NUMBERS])
{
    double star = 0, sum = 0, squares = 0, own = 0;
    size_t n = 0;
    for (size_t i = 0; i < c->count; i++) {
        const double *terms = c->terms + picks[i] * c->term_count + axis * EFFECT_TERMS;
        if (isnan(terms[EFFECT]))
            continue;
        star += fabs(terms[EFFECT]);
        sum += terms[EFFECT];
        own += terms[EFFECT] * terms[EFFECT];
        squares += terms[EFFECT_SQUARE];
        n++;
    }
    const double mean = sum / (double)n, var = (own - (double)n * mean * mean) / (double)(n - 1);
    out[MORRIS_STAR] = n ? star / (double)n : (double)NAN;
    out[MORRIS_MU] = n ? mean : (double)NAN;
    out[MORRIS_SIGMA] = n > 1 ? sqrt(fmax(var, 0)) : (double)NAN;
    out[MORRIS_SQUARE] = n ? squares / (double)n : (double)NAN;
}

/* The axes' numbers, then the share of luck. */
static int morris_estimate(const struct counted *c, const size_t *picks, double *out)
{
    const size_t axes = c->data->axes;
    double decided;
    if (counted_decided(c, picks, c->points, &decided))
        return -1;
    for (size_t a = 0; a < axes; a++)
        morris_axis(c, picks, a, out + a * MORRIS_NUMBERS);
    out[axes * MORRIS_NUMBERS] = counted_share(c, counted_sum(c, picks, axes * EFFECT_TERMS) / (double)c->count,
                                               decided);
    return 0;
}

int sensitivity_of_morris(const struct sensitivity_data *data, size_t use, struct sensitivity_morris *results,
                          struct sensitivity_whole *whole)
{
    const struct method method = {data->axes + 1, data->axes * MORRIS_NUMBERS + 1, morris_terms, morris_estimate};
    struct sensitivity_interval *all = malloc(method.numbers * sizeof *all);
    const int status = all ? method_estimate(&method, data, use, all, whole) : -1;
    for (size_t a = 0; a < data->axes && all; a++) {
        const struct sensitivity_interval *of = all + a * MORRIS_NUMBERS;
        results[a] = (struct sensitivity_morris){
            .mu_star = of[MORRIS_STAR], .mu = of[MORRIS_MU], .sigma = of[MORRIS_SIGMA], .square = of[MORRIS_SQUARE]};
    }
    free(all);
    return status;
}
