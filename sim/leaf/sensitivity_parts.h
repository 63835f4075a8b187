/* sensitivity_parts.h: what the two methods of sensitivity.h share. Inside sim/leaf/sensitivity*.c only. */
#ifndef EBB_SENSITIVITY_PARTS_H
#define EBB_SENSITIVITY_PARTS_H

#include "sensitivity.h"

/* What counts of a set of runs. */
struct counted {
    const struct sensitivity_data *data;
    size_t points;   /* a sample */
    size_t *samples; /* those that count */
    size_t count;
    unsigned char *good; /* [sample][replicate] */
    size_t least;        /* replicates that a sample needs */
    double *terms;       /* [counted sample][term]: what estimates are sums of */
    size_t term_count;
};

/* The first `use` samples (0: all), each of `points` points. Returns 0, or -1 when memory is short; free it either way. */
int counted_make(struct counted *c, const struct sensitivity_data *data, size_t points, size_t use);
void counted_free(struct counted *c);
/* The replicates of one point. */
static inline const double *counted_at(const struct counted *c, size_t sample, size_t point)
{
    return c->data->values + (sample * c->points + point) * c->data->replicates;
}
/* Mean of a_r b_s over pairs of different replicates; of a_r b_r where one is enough. What stands in `less` is taken off
 * first, by replicate. */
double counted_cross(const struct counted *c, size_t sample, const double *a, const double *a_less, const double *b,
                     const double *b_less);
/* Mean over the picks' first `points` points, by replicate, into means. */
void counted_means(const struct counted *c, const size_t *picks, size_t points, double *means);
/* Variance that the settings decide, from the picks' first `points` points; below zero by chance. Returns 0, or -1 when
 * memory is short. */
int counted_decided(const struct counted *c, const size_t *picks, size_t points, double *decided);
/* Variance of luck, the mean over a sample's first `points` points; and its share of all. */
double counted_luck(const struct counted *c, size_t sample, size_t points);
double counted_share(const struct counted *c, double luck, double decided);
/* Sum over the picks of one term. */
double counted_sum(const struct counted *c, const size_t *picks, size_t term);
void counted_tell(const struct counted *c, struct sensitivity_whole *whole);
/* More than the rounding of sums. */
int sensitivity_varies(const struct sensitivity_whole *whole);

/* Bootstrapped estimates of several numbers, and their intervals. */
struct boots {
    size_t numbers;
    double *all;   /* [number][bootstrap] */
    size_t *picks; /* among the counted samples */
};

/* Estimates from the samples in picks into out; given to boots_run(). */
typedef int (*estimator)(const struct counted *c, const size_t *picks, double *out);

/* numbers: estimates of one call. Returns 0, or -1 when memory is short; free it either way. */
int boots_make(struct boots *b, size_t numbers, size_t samples);
void boots_free(struct boots *b);
/* The estimates from all that counts, and their bootstraps. Returns 0, or -1 when memory is short. */
int boots_run(struct boots *b, const struct counted *c, estimator estimate, double *value);
struct sensitivity_interval boots_interval(struct boots *b, size_t number, double value);

#endif
