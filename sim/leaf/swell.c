#include "swell.h"

#include "stats.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

/* Fewer points tell nothing about a spectrum. */
#define POINTS_MIN 16

struct spectrum {
    size_t n;
    double spacing, shortest, longest;
    double *power; /* n / 2 */
};

/* Lag-one correlation; a short series' own mean and memory pull it down by about (1 + 4r)/n (Marriott & Pope 1954). */
static double memory_of(const double *values, size_t n)
{
    const double r = gsl_stats_lag1_autocorrelation(values, 1, n);
    return fmin(0.999, fmax(0, r + (1 + 4 * r) / (double)n));
}

/* The highest ratio of the series' spectrum to its own red noise inside the band, and where it is. */
static double highest_ratio(struct spectrum *s, const double *values, double *period)
{
    const size_t half = s->n / 2;
    const double span = (double)s->n * s->spacing, r = memory_of(values, s->n);
    double red = 0, best = 0;
    *period = (double)NAN;
    if (stats_periodogram(values, s->n, s->power))
        return -1;
    for (size_t k = 1; k <= half; k++)
        red += 1 / (1 + r * r - 2 * r * cos(2 * M_PI * (double)k / (double)s->n));
    for (size_t k = 1; k <= half; k++) {
        const double here = span / (double)k;
        const double expected = 1 / (1 + r * r - 2 * r * cos(2 * M_PI * (double)k / (double)s->n)) / red;
        if (here < s->shortest || here > s->longest || s->power[k - 1] / expected <= best)
            continue;
        best = s->power[k - 1] / expected;
        *period = here;
    }
    return best;
}

static void draw_red_noise(const gsl_rng *r, double memory, size_t n, double *values)
{
    const double step = sqrt(1 - memory * memory);
    values[0] = gsl_ran_gaussian_ziggurat(r, 1);
    for (size_t i = 1; i < n; i++)
        values[i] = memory * values[i - 1] + step * gsl_ran_gaussian_ziggurat(r, 1);
}

static void compare(struct spectrum *s, const double *series, double *noise, const struct rng_key *key,
                    struct swell *out)
{
    struct rng_reader reader;
    const gsl_rng r = {.type = rng_philox, .state = &reader};
    rng_reader_start(&reader, *key);
    const double highest = highest_ratio(s, series, &out->period);
    int as_high = 0;
    for (int i = 0; i < SWELL_SURROGATES && highest > 0; i++) {
        double ignored;
        draw_red_noise(&r, memory_of(series, s->n), s->n, noise);
        as_high += highest_ratio(s, noise, &ignored) >= highest;
    }
    out->chance = highest > 0 ? (1 + as_high) / (1.0 + SWELL_SURROGATES) : 1;
}

int swell_of(const double *values, size_t n, double spacing, double shortest, double longest,
             const struct rng_key *key, struct swell *out)
{
    size_t block = (size_t)fmax(1, floor(shortest / 8 / spacing));
    struct spectrum s = {.n = n / block,
                         .spacing = spacing * (double)block,
                         .shortest = shortest,
                         .longest = fmin(longest, (double)n * spacing / 2)};
    *out = (struct swell){.period = (double)NAN, .chance = 1};
    for (size_t i = 0; i < n; i++)
        if (!isfinite(values[i]))
            return 0;
    if (s.n < POINTS_MIN || s.longest <= s.shortest)
        return 0;
    double *series = malloc(2 * s.n * sizeof *series);
    s.power = malloc(s.n / 2 * sizeof *s.power);
    if (series && s.power) {
        for (size_t i = 0; i < s.n; i++)
            series[i] = gsl_stats_mean(values + i * block, 1, block);
        compare(&s, series, series + s.n, key, out);
    }
    const int status = series && s.power ? 0 : -1;
    free(series);
    free(s.power);
    return status;
}
