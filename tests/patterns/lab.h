/* lab.h: experiments in a few lines: settings in, measured runs out. */
#ifndef PATTERNS_LAB_H
#define PATTERNS_LAB_H

#include "../../sim/leaf/model.h"

/* Runs of one scenario: values of every column at every observed week. */
struct lab {
    size_t runs, weeks, columns;
    const struct model *model;
    int64_t every;
    double *values; /* [run][week][column] */
    int64_t snapshot_weeks[4];
    size_t snapshots;              /* of every run; 0: none kept */
    struct graph_measures *advice; /* [run][snapshot]: the advice network, as a survey would find it */
    struct heard *heard;           /* own */
    double *drawn;                 /* [run][vary]: of schools that differ, what was drawn */
    const struct varied *varied;   /* own, while it runs */
    double *jaccard;               /* [run][snapshot - 1]: of names, with the snapshot before */
};

/* Settings are lines as for --set, separated by ';': "school.teachers=30; strategy a.time=+0.55". Several lists are joined.
 * Exits with a sentence when one is wrong: an experiment is a program. `lab.draw=N` stands for all uncertain settings
 * at their values in the N-th draw (see draw.h) that are not given otherwise. */
struct lab *lab_run(size_t runs, uint64_t seed, int64_t weeks, int64_t every, const char *settings, const char *more);
/* The same with the advice network measured at some weeks (at most 4). */
struct lab *lab_survey(size_t runs, uint64_t seed, const int64_t *weeks, size_t count, const char *settings,
                       const char *more);
/* The same with schools that differ from each other, beyond chance: each run's settings are drawn, uniform between lo
 * and hi, in a Latin hypercube over runs. Keys are as in settings; nothing else may give them. */
struct lab_vary {
    const char *key;
    double lo, hi;
};
struct lab *lab_vary(size_t runs, uint64_t seed, int64_t weeks, int64_t every, const char *settings, const char *more,
                     const struct lab_vary *varies, size_t count);
/* The same of the first set of schools of a level; otherwise of the mean of all schools. */
struct lab *lab_level(size_t runs, uint64_t seed, int64_t weeks, int64_t every, const struct model_level *level,
                      const char *settings, const char *more);
void lab_free(struct lab *lab);

/* Value of a column at a week (a multiple of `every`), NAN when undefined. */
double lab_at(const struct lab *lab, size_t run, int64_t week, const char *column);
/* Mean over the observed weeks from..to in which it is defined. */
double lab_mean(const struct lab *lab, size_t run, int64_t from, int64_t to, const char *column);
/* The column as an evenly spaced series from..to, into out; returns its length. */
size_t lab_series(const struct lab *lab, size_t run, int64_t from, int64_t to, const char *column, double *out);

#endif
