#include "paired.h"

#include "stats.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

#define LEVEL 0.95
#define POWER 0.8
/* Fewer pairs are not drawn from again: at four, one sample in 64 is a single pair. */
#define RESAMPLED_LEAST 5
#define SKEWNESS_FACTOR 25.0
/* A studentized mean beyond this comes from a sample without spread. */
#define BOUNDLESS 1e100
/* The studentized bootstrap is known to run wild where few of the differences make most of their spread (Efron &
 * Tibshirani 1993, p. 162). So many times as wide as the means' own quantiles, it is not believed. */
#define ERRATIC 2.0
#define HALVINGS 48 /* of 0 to 1: beyond what is written */

const char *const paired_interval_names[] = {[PAIRED_NONE] = "none",
                                             [PAIRED_EXACT] = "exact",
                                             [PAIRED_T] = "t",
                                             [PAIRED_PERCENTILE] = "bootstrap percentile",
                                             [PAIRED_BOOTSTRAP] = "bootstrap t"};

/* Where the beta distribution has this much below it, by halving: GSL's own inverse gives up, with an abort, at some
 * hundred runs. */
static double beta_quantile(double below, double a, double b)
{
    double lo = 0, hi = 1;
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = (lo + hi) / 2;
        if (gsl_cdf_beta_P(middle, a, b) < below)
            lo = middle;
        else
            hi = middle;
    }
    return (lo + hi) / 2;
}

void paired_share(double wins, size_t n, double *lo, double *hi)
{
    const double tail = (1 - LEVEL) / 2, all = (double)n;
    *lo = wins > 0 ? beta_quantile(tail, wins, all - wins + 1) : 0;
    *hi = wins < all ? beta_quantile(1 - tail, wins + 1, all - wins) : 1;
}

int paired_holm(const double *p, size_t count, double *adjusted)
{
    size_t *order = malloc(count * sizeof *order + 1), tests = 0;
    double largest = 0;
    if (!order)
        return -1;
    for (size_t i = 0; i < count; i++) {
        adjusted[i] = isnan(p[i]) ? (double)INFINITY : p[i]; /* sorted behind all tests */
        tests += isnan(p[i]) ? 0 : 1;
    }
    gsl_sort_index(order, adjusted, 1, count);
    for (size_t k = 0; k < count; k++) {
        largest = fmax(largest, fmin(1, (double)(tests - (k < tests ? k : 0)) * adjusted[order[k]]));
        adjusted[order[k]] = k < tests ? largest : (double)NAN;
    }
    free(order);
    return 0;
}

int paired_ratio(const double *top, const double *bottom, size_t n, double *lo, double *hi)
{
    *lo = *hi = (double)NAN;
    if (n < 2)
        return -1;
    const double x = gsl_stats_mean(top, 1, n), y = gsl_stats_mean(bottom, 1, n), all = (double)n;
    const double t = gsl_cdf_tdist_Qinv((1 - LEVEL) / 2, all - 1), k = t * t / all;
    const double xx = x * x - k * gsl_stats_variance_m(top, 1, n, x);
    const double yy = y * y - k * gsl_stats_variance_m(bottom, 1, n, y);
    const double xy = x * y - k * gsl_stats_covariance_m(top, 1, bottom, 1, n, x, y);
    const double root = xy * xy - xx * yy;
    if (!(yy > 0) || root < -1e-12 * xy * xy)
        return -1;
    *lo = (xy - sqrt(fmax(0, root))) / yy;
    *hi = (xy + sqrt(fmax(0, root))) / yy;
    return 0;
}

/* Means of samples drawn from the n centred differences, and their studentized forms. */
static void resample(const double *centred, size_t n, size_t resamples, const struct rng_key *key, double *means,
                     double *studentized)
{
    struct rng_reader reader;
    rng_reader_start(&reader, *key);
    for (size_t b = 0; b < resamples; b++) {
        double sum = 0, squares = 0;
        for (size_t i = 0; i < n; i++) {
            const double d = centred[rng_below(&reader, (uint32_t)n)];
            sum += d;
            squares += d * d;
        }
        const double mean = sum / (double)n, variance = (squares - sum * mean) / (double)(n - 1);
        /* what rounding leaves of a sample of one number is no spread */
        const double error = variance > 1e-14 * mean * mean ? sqrt(variance / (double)n) : 0;
        means[b] = mean;
        studentized[b] = error > 0 ? mean / error : mean == 0 ? 0 : copysign(2 * BOUNDLESS, mean);
    }
    gsl_sort(means, 1, resamples);
    gsl_sort(studentized, 1, resamples);
}

/* Two-sided: how seldom sorted values come as far from zero as `seen`, on the rarer side. */
static double two_sided(const double *sorted, size_t n, double seen)
{
    size_t below = 0, above = 0;
    for (size_t b = 0; b < n; b++) {
        below += sorted[b] <= seen;
        above += sorted[b] >= seen;
    }
    return fmin(1, 2 * (double)((below < above ? below : above) + 1) / (double)(n + 1));
}

/* Whether half of the differences or more are one and the same number: samples then have too little spread to divide
 * by. `room` for n numbers. */
static bool mostly_one(const double *differences, size_t n, double *room)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < n; i++)
        room[i] = differences[i];
    gsl_sort(room, 1, n);
    for (size_t i = 0; i < n; i++) {
        run = i > 0 && room[i] == room[i - 1] ? run + 1 : 1;
        longest = run > longest ? run : longest;
    }
    return 2 * longest >= n;
}

static int bootstrap(const double *differences, size_t resamples, const struct rng_key *key, struct paired *out)
{
    const size_t n = out->n;
    double *room = malloc((n + 2 * resamples) * sizeof *room);
    if (!room)
        return -1;
    double *centred = room, *means = room + n, *studentized = means + resamples;
    const bool tied = mostly_one(differences, n, centred);
    for (size_t i = 0; i < n; i++)
        centred[i] = differences[i] - out->mean;
    resample(centred, n, resamples, key, means, studentized);
    const double error = out->sd / sqrt((double)n), tail = (1 - LEVEL) / 2;
    const double low = gsl_stats_quantile_from_sorted_data(studentized, 1, resamples, tail);
    const double high = gsl_stats_quantile_from_sorted_data(studentized, 1, resamples, 1 - tail);
    const double mean_low = gsl_stats_quantile_from_sorted_data(means, 1, resamples, tail);
    const double mean_high = gsl_stats_quantile_from_sorted_data(means, 1, resamples, 1 - tail);
    if (!tied && (high - low) * error < ERRATIC * (mean_high - mean_low)) {
        out->interval = PAIRED_BOOTSTRAP;
        out->lo = out->mean - high * error;
        out->hi = out->mean - low * error;
        out->p = two_sided(studentized, resamples, out->mean / error);
    } else {
        out->interval = PAIRED_PERCENTILE;
        out->lo = out->mean + mean_low;
        out->hi = out->mean + mean_high;
        out->p = two_sided(means, resamples, -out->mean);
    }
    free(room);
    return 0;
}

static void students_t(const double *differences, struct paired *out)
{
    const double n = (double)out->n, error = out->sd / sqrt(n), half = stats_half_width(out->sd, out->n, LEVEL);
    const double skewness = gsl_stats_skew_m_sd(differences, 1, out->n, out->mean, out->sd);
    out->interval = PAIRED_T;
    out->lo = out->mean - half;
    out->hi = out->mean + half;
    out->p = fmin(1, 2 * gsl_cdf_tdist_Q(fabs(out->mean) / error, n - 1));
    out->detectable = (gsl_cdf_tdist_Qinv((1 - LEVEL) / 2, n - 1) + gsl_cdf_tdist_Pinv(POWER, n - 1)) * error;
    out->t_valid = out->n > 2 && n > SKEWNESS_FACTOR * skewness * skewness;
    if (out->t_valid) {
        out->t_lo = out->lo;
        out->t_hi = out->hi;
    }
}

/* Differences that are all the same: every other luck would have to be thought of. The chance is that of all signs
 * being alike. */
static void exact(struct paired *out)
{
    out->interval = PAIRED_EXACT;
    out->sd = 0;
    out->lo = out->hi = out->mean;
    out->p = out->mean == 0 ? 1 : fmin(1, 2 * pow(0.5, (double)out->n));
    out->detectable = 0;
}

static bool all_the_same(const double *differences, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (differences[i] != differences[0])
            return false;
    return true;
}

static int describe(double *differences, size_t resamples, const struct rng_key *key, struct paired *out)
{
    out->mean = gsl_stats_mean(differences, 1, out->n);
    if (out->n < 2)
        return 0;
    if (all_the_same(differences, out->n)) {
        out->mean = differences[0];
        exact(out);
        return 0;
    }
    out->sd = gsl_stats_sd_m(differences, 1, out->n, out->mean);
    out->effect_paired = out->mean / out->sd;
    students_t(differences, out);
    if (out->n < RESAMPLED_LEAST || resamples == 0)
        return 0;
    const double p = out->p;
    if (bootstrap(differences, resamples, key, out))
        return -1;
    if (out->t_valid)
        out->p = p;
    return 0;
}

int paired_of(const double *a, const double *b, size_t n, size_t resamples, const struct rng_key *key,
              struct paired *out)
{
    *out = (struct paired){.mean_a = NAN,
                           .mean_b = NAN,
                           .mean = NAN,
                           .sd = NAN,
                           .lo = NAN,
                           .hi = NAN,
                           .t_lo = NAN,
                           .t_hi = NAN,
                           .effect_paired = NAN,
                           .effect_pooled = NAN,
                           .better = NAN,
                           .better_lo = NAN,
                           .better_hi = NAN,
                           .p = NAN,
                           .detectable = NAN};
    double *room = calloc(3 * n + 1, sizeof *room), wins = 0;
    if (!room)
        return -1;
    double *differences = room, *kept_a = room + n, *kept_b = room + 2 * n;
    for (size_t i = 0; i < n; i++) {
        if (isnan(a[i]) || isnan(b[i]))
            continue;
        kept_a[out->n] = a[i];
        kept_b[out->n] = b[i];
        differences[out->n++] = a[i] - b[i];
        wins += a[i] > b[i] ? 1 : a[i] < b[i] ? 0 : 0.5;
    }
    int failed = 0;
    if (out->n > 0) {
        out->mean_a = gsl_stats_mean(kept_a, 1, out->n);
        out->mean_b = gsl_stats_mean(kept_b, 1, out->n);
        out->better = wins / (double)out->n;
        paired_share(wins, out->n, &out->better_lo, &out->better_hi);
        failed = describe(differences, resamples, key, out);
    }
    if (out->n > 1) {
        const double variance = (gsl_stats_variance(kept_a, 1, out->n) + gsl_stats_variance(kept_b, 1, out->n)) / 2;
        out->effect_pooled = variance > 0 ? out->mean / sqrt(variance) : (double)NAN;
    }
    free(room);
    return failed;
}
