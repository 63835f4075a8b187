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
    double *room;  /* 2 n */
};

/* x(t) = a x(t-1) + b x(t-2) + noise, with real roots: it remembers and coasts, but has no period. */
struct noise {
    double a, b;
};

/* Burg's reflection coefficient: how the errors of predicting forwards and backwards go together. Updates both. */
static double reflect(double *forward, double *backward, size_t n)
{
    double product = 0, square = 0;
    for (size_t i = 1; i < n; i++) {
        product += forward[i] * backward[i - 1];
        square += forward[i] * forward[i] + backward[i - 1] * backward[i - 1];
    }
    const double k = square > 0 ? 2 * product / square : 0;
    for (size_t i = n - 1; i > 0; i--) {
        const double f = forward[i], b = backward[i - 1];
        forward[i] = f - k * b;
        backward[i] = b - k * f;
    }
    return k;
}

/* Fits by Burg's method, which holds for short and smooth series, unlike Yule and Walker's. room: 2 n. */
static struct noise noise_of(const double *values, size_t n, double *room)
{
    const double mean = gsl_stats_mean(values, 1, n);
    for (size_t i = 0; i < n; i++)
        room[i] = room[n + i] = values[i] - mean;
    const double k1 = reflect(room, room + n, n), k2 = reflect(room + 1, room + n + 1, n - 1);
    const struct noise fit = {k1 * (1 - k2), k2};
    if (fit.a * fit.a + 4 * fit.b >= 0)
        return fit;
    const double root = k1 > 0 ? (1 - sqrt(1 - k1 * k1)) / k1 : 0; /* k1 is the first correlation */
    return (struct noise){2 * root, -root * root};
}

/* The noise's spectrum at f cycles a point, up to a factor. */
static double noise_power(const struct noise *noise, double f)
{
    const double c1 = cos(2 * M_PI * f), c2 = cos(4 * M_PI * f), a = noise->a, b = noise->b;
    return 1 / (1 + a * a + b * b - 2 * a * (1 - b) * c1 - 2 * b * c2);
}

/* The highest ratio of the series' spectrum to its own noise's inside the band, and where it is. */
static double highest_ratio(struct spectrum *s, const double *values, double *period)
{
    const size_t half = s->n / 2;
    const double span = (double)s->n * s->spacing;
    const struct noise noise = noise_of(values, s->n, s->room);
    double sum = 0, best = 0;
    *period = (double)NAN;
    if (stats_periodogram(values, s->n, s->power))
        return -1;
    for (size_t k = 1; k <= half; k++)
        sum += noise_power(&noise, (double)k / (double)s->n);
    for (size_t k = 1; k <= half; k++) {
        const double here = span / (double)k;
        const double ratio = s->power[k - 1] / noise_power(&noise, (double)k / (double)s->n) * sum;
        if (here < s->shortest || here > s->longest || ratio <= best)
            continue;
        best = ratio;
        *period = here;
    }
    return best;
}

static void draw_noise(const gsl_rng *r, const struct noise *noise, size_t n, double *values)
{
    /* Started in its stationary law: unit variance, first correlation a / (1 - b). */
    const double first = noise->a / (1 - noise->b);
    const double step = sqrt(fmax(0, (1 - noise->b * noise->b) * (1 - first * first)));
    values[0] = gsl_ran_gaussian_ziggurat(r, 1);
    values[1] = first * values[0] + sqrt(1 - first * first) * gsl_ran_gaussian_ziggurat(r, 1);
    for (size_t i = 2; i < n; i++)
        values[i] = noise->a * values[i - 1] + noise->b * values[i - 2] + step * gsl_ran_gaussian_ziggurat(r, 1);
}

static void compare(struct spectrum *s, const double *series, double *noise, const struct rng_key *key,
                    struct swell *out)
{
    struct rng_reader reader;
    const gsl_rng r = {.type = rng_philox, .state = &reader};
    rng_reader_start(&reader, *key);
    const double highest = highest_ratio(s, series, &out->period);
    const struct noise own = noise_of(series, s->n, s->room);
    int as_high = 0;
    for (int i = 0; i < SWELL_SURROGATES && highest > 0; i++) {
        double ignored;
        draw_noise(&r, &own, s->n, noise);
        as_high += highest_ratio(s, noise, &ignored) >= highest;
    }
    out->chance = highest > 0 ? (1 + as_high) / (1.0 + SWELL_SURROGATES) : 1;
}

/* The largest number up to n without prime factors above 5: others make the transform slow. */
static size_t smooth_length(size_t n)
{
    for (; n > 1; n--) {
        size_t rest = n;
        for (size_t prime = 2; prime <= 5; prime++)
            while (rest % prime == 0)
                rest /= prime;
        if (rest == 1)
            break;
    }
    return n;
}

int swell_of(const double *values, size_t n, double spacing, double shortest, double longest, const struct rng_key *key,
             struct swell *out)
{
    const size_t all = n;
    n = smooth_length(n);
    values += all - n; /* the first few points go */
    struct spectrum s = {
        .n = n, .spacing = spacing, .shortest = shortest, .longest = fmin(longest, (double)n * spacing / 2)};
    *out = (struct swell){.period = (double)NAN, .chance = 1};
    for (size_t i = 0; i < n; i++)
        if (!isfinite(values[i]))
            return 0;
    if (s.n < POINTS_MIN || s.longest <= s.shortest)
        return 0;
    double *noise = malloc((3 * n + n / 2) * sizeof *noise);
    if (!noise)
        return -1;
    s.room = noise + n;
    s.power = noise + 3 * n;
    compare(&s, values, noise, key, out);
    free(noise);
    return 0;
}

int swell_noise(const double *values, size_t n, double *power)
{
    double *room = n >= POINTS_MIN ? malloc(2 * n * sizeof *room) : NULL, sum = 0;
    if (!room)
        return -1;
    const struct noise noise = noise_of(values, n, room);
    for (size_t k = 1; k <= n / 2; k++)
        sum += power[k - 1] = noise_power(&noise, (double)k / (double)n);
    for (size_t k = 0; k < n / 2; k++)
        power[k] /= sum;
    free(room);
    return 0;
}
