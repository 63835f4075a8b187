/* compare.h: scenarios that share their luck, compared run by run: what is kept of their runs, and what it says.
 *
 * Every scenario is set against each one before it: differences are later minus earlier, so that the first is what the
 * others are measured by. Knows no model by name and no file. */
#ifndef EBB_COMPARE_H
#define EBB_COMPARE_H

#include "../engine/engine.h"
#include "../leaf/paired.h"

#define COMPARE_RESAMPLES 9999     /* of the comparison at the asked time */
#define COMPARE_RESAMPLES_WEEK 999 /* of each week's */
#define COMPARE_LEVEL 0.05         /* of Holm's adjusted chance: below it a difference is shown */

/* What is kept of one scenario's runs; a run's value is its schools' mean, NAN where the run failed. */
struct compare_sample {
    const char *name;
    double *values;  /* [run][week][measure] */
    uint64_t *marks; /* [run][week]: a hash of every column, to see when runs part */
    double *costs;   /* [run]: spent in all, 0 where the model counts none */
};

struct compare_set {
    const struct model *model;
    uint64_t seed;
    size_t *measures; /* columns */
    size_t measure_count;
    int64_t *weeks;
    size_t week_count, runs;
    size_t first, last; /* of weeks: the time that is compared is the mean from first to last */
    struct compare_sample *samples;
    size_t sample_count;
};

/* Room for count scenarios of the plan's length. measures is copied; names are the caller's and live on. first and last
 * are set to the last observed week. */
enum status compare_open(struct compare_set *set, const struct engine_plan *plan, const size_t *measures,
                         size_t measure_count, const char *const *names, size_t count,
                         struct faults *faults) MUST_CHECK;
void compare_free(struct compare_set *set);

/* For a plan's take(). */
void compare_take(struct compare_set *set, size_t sample, const struct engine_run *run);

/* A run's mean over the compared time. */
double compare_score(const struct compare_set *set, size_t sample, size_t run, size_t measure);

/* a against b in one measure. */
struct contrast {
    size_t a, b, measure; /* of the set's; b < a */
    struct paired at;     /* at the compared time */
    double p_holm;        /* among all contrasts */
    int64_t parts;        /* first observed week in which a run of a differs from b's in anything; -1: none does */
    double cost;          /* mean difference of costs over the run */
    double cost_per_gain; /* NAN unless a costs more and its gain is shown; its 95 % interval by Fieller */
    double cost_per_gain_lo, cost_per_gain_hi;
    double *mean, *lo, *hi; /* week by week; pointwise intervals */
};

/* By pair (1-0, 2-0, 2-1, …), then measure. The caller frees the list with contrasts_free(). */
enum status compare_contrasts(const struct compare_set *set, struct contrast **list, size_t *count,
                              struct faults *faults) MUST_CHECK;
void contrasts_free(struct contrast *list);

/* Whether a and b differ: by Holm, and by the interval. */
bool contrast_shown(const struct contrast *contrast);

/* What a scenario costs and reaches in one measure. */
struct frontier_point {
    size_t sample;
    double cost, effect, lo, hi; /* means; interval of the effect by Student's t */
    bool on;                     /* the frontier: no other mix of scenarios reaches as much for less */
};

/* One point a sample, cheapest first. points: room for sample_count. Returns 0, or -1 when memory is short. */
int compare_frontier(const struct compare_set *set, size_t measure, struct frontier_point *points);

#endif
