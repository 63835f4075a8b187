/* pattern.h: a fact that the simulator must reproduce without being told the answer, as an experiment.
 *
 * Each is a file with a run() and a row in patterns.c. run() is given the settings every scenario of it starts from, and the
 * same experiment is repeated with `sabotage` appended: the mechanism switched off, under which the pattern must fail.
 * Intervals are 95 %, over replicates as units, paired by seed where two scenarios are compared. A pattern holds when all
 * bounds named in its text are passed: a simulator at one of them would be called right in at most 2.5 % of fresh seeds. */
#ifndef PATTERNS_PATTERN_H
#define PATTERNS_PATTERN_H

#include "lab.h"

struct trial {
    size_t runs;
    uint64_t seed;
    const char *settings; /* of every scenario */
    bool drawn;           /* settings are one draw of many: what asks for more replicates by itself can do with these */
};

/* The same with so many replicates at least. */
static inline struct trial trial_of(const struct trial *asked, size_t least)
{
    struct trial trial = *asked;
    trial.runs = asked->runs < least ? least : asked->runs;
    return trial;
}

struct finding {
    bool held;
    double effect, low, high;
    char text[512];    /* what was measured, with its numbers */
    size_t runs;       /* replicates a scenario, where they are not the trial's */
    double alarm;      /* false-alarm rate, where it is not 0.025 */
    const char *tried; /* of a pattern known not to hold: what was tried. Not held is no failure then */
};

struct pattern {
    const char *name; /* "P12" */
    const char *claim;
    const char *sabotage; /* settings that switch its mechanism off */
    const char *switched; /* what that means, in words */
    void (*run)(const struct trial *trial, struct finding *finding);
};

/* Mean of n differences with its 95 % interval (Student's t) into the finding. */
void finding_mean(struct finding *finding, double *values, size_t n);
struct interval {
    double mean, low, high;
};
struct interval interval_of(double *values, size_t n);

/* Per run: mean of a column over the year that ends at `week`, in a minus in b (b may be NULL). */
void year_before(const struct lab *a, const struct lab *b, int64_t week, const char *column, double *out);

#define YEAR INT64_C(40)
#define RUNS_MAX 4096
#define FIVE                                                                              \
    "strategy five.time=0.55; strategy five.learning=0.55; strategy five.openness=0.55; " \
    "strategy five.evidence=0.55; strategy five.dispersal=0.55; strategy five.start=2y; "
#define NO_INNOVATION "innovation.ideas=0; "

#endif
