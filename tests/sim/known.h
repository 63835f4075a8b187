/* known.h: estimates of sensitivity held to what theory says of them.
 *
 * False alarms: the replicate is a whole data set. A mean of SETS estimates is held to its own standard error times the t
 * quantile of FALSE_ALARM; with fewer than fifty such comparisons in all files the budget is 5e-6. Rates of intervals are
 * held to binomial quantiles of the same. Seeds are fixed. */
#ifndef EBB_TESTS_KNOWN_H
#define EBB_TESTS_KNOWN_H

#include "../../sim/leaf/rng.h"
#include "../../sim/leaf/sensitivity.h"
#include "../../sim/leaf/stats.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../near.h"

#define FALSE_ALARM 1e-7
#define SETS 50

/* How runs differ from the function: each has its own error, and each replicate one for all points. */
struct noise {
    size_t replicates;
    double own, shared;
    double missing; /* chance that a run is */
};

/* Whether a mean over data sets is where theory has it, as far as chance goes. */
static inline int is_at(double *estimates, double known, const char *what, size_t axis)
{
    const struct stats s = stats_of(estimates, SETS);
    const double t = fabs(s.mean - known) / (s.sd / sqrt((double)s.n) + 1e-12);
    const int at = t < gsl_cdf_tdist_Qinv(FALSE_ALARM / 2, (double)s.n - 1);
    if (!at)
        print_message("%s of axis %zu: mean %.6f, known %.6f, %.1f standard errors\n", what, axis, s.mean, known, t);
    return at;
}

#endif
