#include "stats.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fft_real.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>

/* Moves what is not NAN to the front, keeping its order. */
static size_t drop_missing(double *values, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(values[i]))
            values[kept++] = values[i];
    return kept;
}

double stats_half_width(double sd, size_t n, double level)
{
    if (n < 2)
        return NAN;
    return gsl_cdf_tdist_Qinv((1 - level) / 2, (double)(n - 1)) * sd / sqrt((double)n);
}

struct stats stats_of(double *values, size_t n)
{
    struct stats s = {.n = drop_missing(values, n),
                      .mean = NAN,
                      .sd = NAN,
                      .mean_lo = NAN,
                      .mean_hi = NAN,
                      .q05 = NAN,
                      .q25 = NAN,
                      .median = NAN,
                      .q75 = NAN,
                      .q95 = NAN};
    if (s.n == 0)
        return s;
    gsl_sort(values, 1, s.n);
    s.mean = gsl_stats_mean(values, 1, s.n);
    s.q05 = gsl_stats_quantile_from_sorted_data(values, 1, s.n, 0.05);
    s.q25 = gsl_stats_quantile_from_sorted_data(values, 1, s.n, 0.25);
    s.median = gsl_stats_median_from_sorted_data(values, 1, s.n);
    s.q75 = gsl_stats_quantile_from_sorted_data(values, 1, s.n, 0.75);
    s.q95 = gsl_stats_quantile_from_sorted_data(values, 1, s.n, 0.95);
    if (s.n < 2)
        return s;
    s.sd = gsl_stats_sd_m(values, 1, s.n, s.mean);
    const double half = stats_half_width(s.sd, s.n, 0.95);
    s.mean_lo = s.mean - half;
    s.mean_hi = s.mean + half;
    return s;
}

/* What is left of a straight line through the series; time runs 0, 1, 2, … */
static void detrend(const double *values, size_t n, double *time, double *rest)
{
    double level, slope, c00, c01, c11, sum;
    for (size_t i = 0; i < n; i++)
        time[i] = (double)i;
    gsl_fit_linear(time, 1, values, 1, n, &level, &slope, &c00, &c01, &c11, &sum);
    for (size_t i = 0; i < n; i++)
        rest[i] = values[i] - level - slope * time[i];
}

/* A series this flat beside its own size is rounding. */
static int is_constant(const double *rest, const double *values, size_t n)
{
    double largest = 0, spread = 0;
    for (size_t i = 0; i < n; i++) {
        largest = fmax(largest, fabs(values[i]));
        spread = fmax(spread, fabs(rest[i]));
    }
    return !(spread > 1e-12 * largest);
}

int stats_periodogram(const double *values, size_t n, double *power)
{
    const size_t half = n / 2;
    for (size_t k = 0; k < half; k++)
        power[k] = 0;
    if (n < 4)
        return 0;
    int status = -1;
    double *time = malloc(2 * n * sizeof *time);
    gsl_fft_real_wavetable *table = gsl_fft_real_wavetable_alloc(n);
    gsl_fft_real_workspace *space = gsl_fft_real_workspace_alloc(n);
    if (!time || !table || !space)
        goto out;
    double *rest = time + n;
    detrend(values, n, time, rest);
    status = 0;
    if (is_constant(rest, values, n))
        goto out;
    for (size_t i = 0; i < n; i++)
        rest[i] *= 0.5 - 0.5 * cos(2 * M_PI * ((double)i + 0.5) / (double)n);
    gsl_fft_real_transform(rest, 1, n, table, space);
    /* Half-complex order: r0, r1, i1, r2, i2, …; the last one of an even n has no imaginary part. */
    double sum = 0;
    for (size_t k = 1; k <= half; k++) {
        const double re = rest[2 * k - 1], im = 2 * k < n ? rest[2 * k] : 0;
        sum += power[k - 1] = re * re + im * im;
    }
    for (size_t k = 0; k < half && sum > 0; k++)
        power[k] /= sum;
out:
    free(time);
    gsl_fft_real_wavetable_free(table);
    gsl_fft_real_workspace_free(space);
    return status;
}

double stats_deepest_dip(const double *values, size_t n, size_t *at)
{
    double top = -INFINITY, deepest = 0;
    if (at)
        *at = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i]))
            continue;
        top = fmax(top, values[i]);
        if (top - values[i] > deepest) {
            deepest = top - values[i];
            if (at)
                *at = i;
        }
    }
    return deepest;
}
