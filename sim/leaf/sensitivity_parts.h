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

/* Estimates from the samples in picks into out. Returns 0, or -1 when memory is short. */
typedef int (*estimator)(const struct counted *c, const size_t *picks, double *out);

/* A method: its points a sample, how many numbers it estimates, the share of luck the last of them, and how. */
struct method {
    size_t points, numbers;
    int (*terms)(struct counted *c); /* 0, or -1 when memory is short */
    estimator estimate;
};
/* All numbers but the last into `all`, NAN where there is no estimate; the last into whole->noise. Returns as
 * sensitivity_of_sobol() does. */
int method_estimate(const struct method *method, const struct sensitivity_data *data, size_t use,
                    struct sensitivity_interval *all, struct sensitivity_whole *whole);

#endif
