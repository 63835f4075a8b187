/* P12: capacities swell and ebb: the detrended series has a spectral peak at one to four years that a seed-shuffled
 * surrogate lacks; schools are out of phase.
 *
 * Detrended: less its own mean over the eight years around each week. A straight line is not enough: a school that climbs
 * once in forty years is a step, whose long periods bury any swell, and schools that climb in the same years would
 * seem to swell together. Eight years is the longest period looked at; so filtered, neither white nor red noise
 * nor steps of any length have a peak by the bound below, and a swell under a step has (tried on series of each).
 *
 * Prominence: the mean periodogram of all schools in bins of the period; the highest bin between one and four years over the
 * lowest bin at longer periods up to eight. White noise gives about 1.3, red noise less: a long valley before the peak is
 * what only a swell has. The surrogate takes each week from another school, drawn anew, less the mean of all schools in
 * that week (which with n schools still carries a swell of 1/n of the variance), and is detrended alike. Intervals are
 * bootstraps over schools; the peak is one that the surrogate lacks when the whole interval lies above the surrogate's. */
#include "pattern.h"

#include "../../sim/leaf/rng.h"
#include "../../sim/leaf/stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WEEKS 1600 /* 40 years: a period of four years fits ten times */
#define BINS 6
static const double edges[BINS + 1] = {1.0, 1.41, 2.0, 2.83, 4.0, 5.66, 8.0};
#define PEAKS 4 /* bins inside one to four years */
#define DRAWS 1000
#define TREND 160 /* weeks to either side: eight years in all */

static const char *const columns[] = {"personal", "interpersonal", "organizational"};

/* The series less its mean over the weeks around each. */
static void detrend(double *series)
{
    static double until[WEEKS + 1];
    for (int w = 0; w < WEEKS; w++)
        until[w + 1] = until[w] + series[w];
    for (int w = 0; w < WEEKS; w++) {
        const int from = w < TREND ? 0 : w - TREND, to = w + TREND < WEEKS ? w + TREND + 1 : WEEKS;
        series[w] -= (until[to] - until[from]) / (to - from);
    }
}

static void bin(const double *series, double *bins)
{
    static double power[WEEKS];
    double count[BINS] = {0};
    memset(bins, 0, BINS * sizeof bins[0]);
    if (stats_periodogram(series, WEEKS, power))
        abort();
    for (int k = 1; k <= WEEKS / 2; k++) {
        const double years = (double)WEEKS / k / YEAR;
        for (int b = 0; b < BINS; b++)
            if (years >= edges[b] && years < edges[b + 1]) {
                bins[b] += power[k - 1];
                count[b]++;
            }
    }
    for (int b = 0; b < BINS; b++)
        bins[b] /= count[b] > 0 ? count[b] : 1;
}

static double prominence(const double *mean)
{
    double best = 0;
    for (int b = 0; b < PEAKS; b++) {
        double valley = INFINITY;
        for (int v = b + 1; v < BINS; v++)
            valley = mean[v] < valley ? mean[v] : valley;
        best = mean[b] / valley > best ? mean[b] / valley : best;
    }
    return best;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Prominence of the mean spectrum of all schools, and its bootstrap interval. */
static struct interval swell(double (*bins)[BINS], size_t runs, struct rng_reader *reader)
{
    static double draws[DRAWS];
    double mean[BINS] = {0};
    for (size_t r = 0; r < runs; r++)
        for (int b = 0; b < BINS; b++)
            mean[b] += bins[r][b];
    struct interval out = {.mean = prominence(mean)};
    for (int d = 0; d < DRAWS; d++) {
        double again[BINS] = {0};
        for (size_t r = 0; r < runs; r++) {
            const uint32_t pick = rng_below(reader, (uint32_t)runs);
            for (int b = 0; b < BINS; b++)
                again[b] += bins[pick][b];
        }
        draws[d] = prominence(again);
    }
    qsort(draws, DRAWS, sizeof draws[0], ascending);
    out.low = draws[DRAWS / 40];
    out.high = draws[DRAWS - 1 - DRAWS / 40];
    return out;
}

/* Variance of the mean school over the mean variance of schools, times their number: 1 when phases are independent, the
 * number of schools when all swell together. */
static double togetherness(const struct lab *lab, const char *column)
{
    static double mean[WEEKS], series[WEEKS];
    memset(mean, 0, sizeof mean);
    double variance = 0, of_mean = 0;
    for (size_t r = 0; r < lab->runs; r++) {
        lab_series(lab, r, 1, WEEKS, column, series);
        detrend(series);
        double level = 0;
        for (int w = 0; w < WEEKS; w++)
            level += series[w] / WEEKS;
        for (int w = 0; w < WEEKS; w++) {
            mean[w] += (series[w] - level) / (double)lab->runs;
            variance += (series[w] - level) * (series[w] - level) / WEEKS / (double)lab->runs;
        }
    }
    for (int w = 0; w < WEEKS; w++)
        of_mean += mean[w] * mean[w] / WEEKS;
    return of_mean / variance * (double)lab->runs;
}

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *lab = lab_run(trial->runs < 100 ? 100 : trial->runs, trial->seed, WEEKS, 1, NO_INNOVATION,
                              trial->settings);
    static double bins[RUNS_MAX][BINS], shuffled[RUNS_MAX][BINS], series[WEEKS], mean[WEEKS];
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = trial->seed, .stream = STREAM_BOOTSTRAP});
    finding->held = true;
    finding->runs = lab->runs;
    finding->effect = INFINITY;
    double surrogate = 0, surrogate_high = 0, each[3];
    for (size_t c = 0; c < sizeof columns / sizeof columns[0]; c++) {
        memset(mean, 0, sizeof mean);
        for (size_t r = 0; r < lab->runs; r++) {
            lab_series(lab, r, 1, WEEKS, columns[c], series);
            for (int w = 0; w < WEEKS; w++)
                mean[w] += series[w] / (double)lab->runs;
            detrend(series);
            bin(series, bins[r]);
        }
        for (size_t r = 0; r < lab->runs; r++) {
            for (int w = 0; w < WEEKS; w++)
                series[w] = lab_at(lab, rng_below(&reader, (uint32_t)lab->runs), w + 1, columns[c]) - mean[w];
            detrend(series);
            bin(series, shuffled[r]);
        }
        const struct interval real = swell(bins, lab->runs, &reader), none = swell(shuffled, lab->runs, &reader);
        each[c] = real.mean;
        surrogate = fmax(surrogate, none.mean);
        surrogate_high = fmax(surrogate_high, none.high);
        finding->held &= real.low > none.high;
        if (real.mean < finding->effect) { /* the weakest of the three is the finding */
            finding->effect = real.mean;
            finding->low = real.low;
            finding->high = real.high;
        }
    }
    const double together = togetherness(lab, "organizational");
    finding->held &= together < 0.1 * (double)lab->runs;
    snprintf(finding->text, sizeof finding->text,
             "prominence of the 1-4 year peak, least of three capacities (personal %.2f, interpersonal %.2f, "
             "organizational %.2f), holds above the shuffled schools' (at most %.2f, its interval up to %.2f); moving "
             "together %.3f of full",
             each[0], each[1], each[2], surrogate, surrogate_high, together / (double)lab->runs);
    lab_free(lab);
}

const struct pattern p12 = {"P12", "capacities swell and ebb", "energy.by_ties=0; energy.base=-0.4",
                            "enthusiasm is not contagious", run};
