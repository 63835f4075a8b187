/* design.h: which settings a sweep varies, and the points it visits.
 *
 * An axis is one setting of the registry with the values it takes. What is written for it:
 *     0.1, 0.25, 0.4      these values
 *     0:1:0.25            from 0 to 1 in steps of 0.25; durations too: 1y:5y:1y
 *     0:1/5               five values evenly spaced, both ends among them
 *     0:1                 a range, for the designs that draw from it
 *     log 0.001:1/4       spaced evenly in the logarithm; log 0.001:1 a range of this kind
 *     all                 every choice, or the whole range the registry allows; all/5 five values of that
 *
 * Points count from 0. Everything random comes from the seed, so that a design is a pure function of what was asked:
 * random and Sobol designs with more points begin with the points of those with fewer. */
#ifndef EBB_DESIGN_H
#define EBB_DESIGN_H

#include "../leaf/model.h"

#include <stdio.h>

/* In the order of sweep.design's choices. */
enum design_kind {
    DESIGN_GRID,    /* every combination; the last axis moves fastest */
    DESIGN_ZIP,     /* first values together, second values together … */
    DESIGN_LIST,    /* rows of a CSV file */
    DESIGN_RANDOM,  /* uniform, independent */
    DESIGN_LHS,     /* Latin hypercube: each axis cut in as many strata as points (McKay, Beckman & Conover 1979) */
    DESIGN_SOBOL,   /* Sobol's sequence from its origin on, with a digital shift from the seed (Owen 1998) */
    DESIGN_MORRIS,  /* trajectories of axes + 1 points (Morris 1991): point t (axes + 1) begins trajectory t */
    DESIGN_SALTELLI /* axes + 2 points a sample: A, B, then A with axis i from B (Saltelli et al. 2010) */
};
#define DESIGN_CHOICES "grid|zip|list|random|lhs|sobol|morris|saltelli"

#define SWEEP_PARAMS(X, S)                                                                                            \
    X(S, CHOICE, design, "grid", 0, 0, "", DESIGN_CHOICES, "how a sweep's points are chosen", "")                     \
    X(S, INTEGER, points, "64", 1, 10000000, "points", "",                                                            \
      "of random, lhs, sobol; samples of saltelli, trajectories of morris", "")                                       \
    X(S, INTEGER, levels, "4", 2, 1000, "levels", "", "of an axis in a morris design; even", "Morris 1991")           \
    X(S, PATH, list, "none", 0, 0, "", "", "CSV file of a list design: a column for each setting, a row a point", "") \
    X(S, CHOICE, keep, "yearly", 0, 0, "", "summary|yearly|weekly",                                                   \
      "weeks of each run that are kept: both ends, each school year, each week", "")                                  \
    X(S, TEXT, target, "", 0, 0, "", "", "what the charts mark: where a measure reaches a value, personal = 0.5", "")
struct sweep_params {
    SWEEP_PARAMS(PARAM_FIELD, sweep_params)
};
extern const struct param_group sweep_group;

#define VARY_PARAMS(X, S) \
    X(S, TEXT, values, "", 0, 0, "", "", "values of the setting named: 0.1, 0.3 or 0:1:0.25 or 0:1/5 or 0:1 or all", "")
struct vary_params {
    char name[PARAM_TEXT_SIZE]; /* "school.teachers", "strategy shared planning.start" */
    VARY_PARAMS(PARAM_FIELD, vary_params)
};
extern const struct param_group vary_group;

#define DESIGN_POINTS_MAX 10000000 /* of any design */
#define DESIGN_AXES_MAX 64
#define DESIGN_SOBOL_AXES 40 /* of GSL's sequence; a saltelli sample takes two for each axis and is an lhs beyond */

struct design_axis {
    char *key; /* owned; "section.key" or "section NAME.key" */
    const struct param_group *group;
    size_t index; /* of the group's instance */
    const struct param *row;
    double from, to; /* of a range, and the least and greatest of levels */
    bool log;
    double *levels; /* owned; NULL: a range. Numbers, weeks, indices of choices; of texts 0, 1, 2 … */
    size_t level_count;
    char **texts; /* owned; PARAM_TEXT: what the numbers stand for */
    size_t text_count;
};

struct design {
    enum design_kind kind;
    struct design_axis *axes; /* owned */
    size_t axis_count;
    int64_t points;
    int64_t samples; /* asked for: points, trajectories, saltelli's samples */
    int levels;      /* of a morris axis */
    double *unit;    /* owned; [point][axis] in [0, 1], drawn designs only */
    double *listed;  /* owned; [point][axis] values, list designs only */
    int weeks_per_year;
};

/* Makes the whole design that a set's [sweep] and [vary …] say and checks it against the registry; all faults at once.
 * On any status but STATUS_OK nothing is left to free. The seed is the run's. fixed: NULL-terminated, sections that hold
 * for a whole sweep; may be NULL. files: the configuration's, for sentences, as param_origin.file counts them; may be
 * NULL. */
enum status design_of_set(const struct param_set *set, const struct param_group *const *fixed, char *const *files,
                          uint64_t seed, struct design *design, struct faults *faults) MUST_CHECK;
/* Puts "key=values", as --vary gives it, into the set as a [vary key] section, in place of one of that name. */
enum status design_vary_set(struct param_set *set, const char *text, struct faults *faults) MUST_CHECK;
void design_free(struct design *design);

/* Whether the kind draws its points: ranges are allowed, and design_unit() is defined. */
bool design_is_drawn(enum design_kind kind);
const char *design_kind_name(enum design_kind kind);

/* The axis's number at the point: a level, or what its unit coordinate stands for. */
double design_value(const struct design *design, int64_t point, size_t axis);
/* Drawn designs: the coordinate in [0, 1]. Morris steps are ±levels / (2 (levels - 1)). */
double design_unit(const struct design *design, int64_t point, size_t axis);
/* The value as the setting's text; returns its length as snprintf does. */
int design_format(const struct design *design, int64_t point, size_t axis, char *text, size_t size);

/* Puts the point's values into a copy of the base set. Any thread, given a set of its own. */
enum status design_apply(const struct design *design, int64_t point, struct param_set *set,
                         struct faults *faults) MUST_CHECK;

/* Asks the model of every point what it asks of a configuration. Reports the first few points that fail. */
enum status design_check(const struct design *design, const struct model *model, const struct param_set *base,
                         const struct model_input *input, struct faults *faults) MUST_CHECK;

/* "3 x 4 grid of a and b: 12 points", and a table of the first `most` points. */
void design_print(const struct design *design, int64_t most, FILE *out);

#endif
