/* P9: learning against conflict is an inverted U in diversity of values, and its peak moves right as trust rises.
 *
 * Schools drawn with little to much diversity of what their people know, value and use, at two levels of trust, as they are
 * found, without settling; in their first year, what a deep talk teaches both sides. Inverted U: the mean curve's quadratic
 * opens downward, and the best inner point is above both ends, at the lower trust; at the higher, where it may only
 * flatten, it opens downward. Peaks are those of the quadratics; intervals are a bootstrap over replicates, each
 * resampled with its whole curve. */
#include "pattern.h"

#include "../../sim/leaf/rng.h"

#include <gsl/gsl_multifit.h>
#include <stdio.h>
#include <stdlib.h>

static const double diversity[] = {0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 1};
#define POINTS (sizeof diversity / sizeof diversity[0])
#define INNER 2 /* the point held against both ends, fixed beforehand */
#define BOOTSTRAP 1000
enum { LOW, HIGH, TRUSTS };
static const char *const trust[TRUSTS] = {"0.3", "0.6"};

struct curve {
    double lesson[POINTS][RUNS_MAX];
};

/* Least-squares y = a + b x + c x²: the place of its peak, and c. */
static double peak(const double *y, double *bend)
{
    double x[POINTS][3], values[POINTS], found[3], spread[3][3], squares;
    for (size_t k = 0; k < POINTS; k++) {
        x[k][0] = 1;
        x[k][1] = diversity[k];
        x[k][2] = diversity[k] * diversity[k];
        values[k] = y[k];
    }
    gsl_matrix_view powers = gsl_matrix_view_array(&x[0][0], POINTS, 3),
                    covariance = gsl_matrix_view_array(&spread[0][0], 3, 3);
    gsl_vector_view of = gsl_vector_view_array(values, POINTS), coefficients = gsl_vector_view_array(found, 3);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(POINTS, 3);
    if (!work ||
        gsl_multifit_linear(&powers.matrix, &of.vector, &coefficients.vector, &covariance.matrix, &squares, work))
        abort();
    gsl_multifit_linear_free(work);
    *bend = found[2];
    return -found[1] / (2 * found[2]);
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void mean_curve(const struct curve *curve, const size_t *picks, size_t runs, double *mean)
{
    for (size_t k = 0; k < POINTS; k++) {
        mean[k] = 0;
        for (size_t r = 0; r < runs; r++)
            mean[k] += curve->lesson[k][picks ? picks[r] : r] / (double)runs;
    }
}

static struct interval middle(double *draws, double mean)
{
    qsort(draws, BOOTSTRAP, sizeof draws[0], ascending);
    return (struct interval){mean, draws[BOOTSTRAP / 40], draws[BOOTSTRAP - 1 - BOOTSTRAP / 40]};
}

static void measure(struct curve *curve, const char *level, const struct trial *trial)
{
    for (size_t k = 0; k < POINTS; k++) {
        char settings[256];
        snprintf(settings, sizeof settings, NO_INNOVATION "school.settle=0; school.trust=%s; school.diversity=%g; ",
                 level, diversity[k]);
        struct lab *lab = lab_run(trial->runs, trial->seed, YEAR, 1, settings, trial->settings);
        for (size_t r = 0; r < lab->runs; r++)
            curve->lesson[k][r] = lab_mean(lab, r, 1, YEAR, "lesson");
        lab_free(lab);
    }
}

/* Mean of the inner point less an end. */
static struct interval above(const struct curve *curve, size_t end, size_t runs)
{
    static double difference[RUNS_MAX];
    for (size_t r = 0; r < runs; r++)
        difference[r] = curve->lesson[INNER][r] - curve->lesson[end][r];
    return interval_of(difference, runs);
}

static void run(const struct trial *trial, struct finding *finding)
{
    static struct curve curves[TRUSTS];
    static size_t picks[RUNS_MAX];
    static double shift[BOOTSTRAP], bends[TRUSTS][BOOTSTRAP];
    double mean[POINTS], bend[TRUSTS], at[TRUSTS];
    for (int t = 0; t < TRUSTS; t++) {
        measure(&curves[t], trust[t], trial);
        mean_curve(&curves[t], NULL, trial->runs, mean);
        at[t] = peak(mean, &bend[t]);
    }
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = trial->seed, .stream = STREAM_BOOTSTRAP});
    for (int d = 0; d < BOOTSTRAP; d++) {
        double again[TRUSTS];
        for (size_t r = 0; r < trial->runs; r++)
            picks[r] = rng_below(&reader, (uint32_t)trial->runs);
        for (int t = 0; t < TRUSTS; t++) {
            mean_curve(&curves[t], picks, trial->runs, mean);
            again[t] = peak(mean, &bends[t][d]);
        }
        shift[d] = again[HIGH] - again[LOW];
    }
    const struct interval moved = middle(shift, at[HIGH] - at[LOW]), low = middle(bends[LOW], bend[LOW]),
                          high = middle(bends[HIGH], bend[HIGH]);
    const struct interval left = above(&curves[LOW], 0, trial->runs),
                          right = above(&curves[LOW], POINTS - 1, trial->runs);
    finding->effect = moved.mean;
    finding->low = moved.low;
    finding->high = moved.high;
    finding->held = moved.low > 0 && low.high < 0 && high.high < 0 && left.low > 0 && right.low > 0;
    snprintf(finding->text, sizeof finding->text,
             "shift of the peak (of what a deep talk teaches, over diversity 0 to 1) from trust %s to %s: from %.2f to "
             "%.2f; "
             "at the lower, diversity %.2f less %.2f %+.2f [%+.2f, %+.2f], less 1 %+.2f [%+.2f, %+.2f]",
             trust[LOW], trust[HIGH], at[LOW], at[HIGH], diversity[INNER], diversity[0], left.mean, left.low, left.high,
             right.mean, right.low, right.high);
}

const struct pattern p09 = {"P9", "learning against conflict is an inverted U, further right in trust",
                            "dissonance.by_distance=0; dissonance.by_trust=0",
                            "neither trust nor how far apart people are decides what a conflict comes to", run};
