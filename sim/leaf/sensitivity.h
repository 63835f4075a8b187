/* sensitivity.h: how much of a measure's variation each varied setting decides, from runs at the points of a Morris or a
 * Saltelli design. Pure functions of arrays.
 *
 * Runs are noisy. With two or more replicates a point, squares are products across different replicates, whose luck is
 * independent: E[d_r d_s] = (E d)² for r ≠ s. So noise adds nothing to an index, and an estimate may come out below zero.
 * Replicates may share their luck across points (common random numbers); that narrows differences and biases nothing.
 * With one replicate noise and effect cannot be told apart: indices are then those of a single run.
 *
 * A replicate of a sample counts when all of its points are there; a sample counts with two such replicates (with one,
 * where too few samples have two). The rest is left out, so partial and partly failed sets work. */
#ifndef EBB_SENSITIVITY_H
#define EBB_SENSITIVITY_H

#include <stddef.h>
#include <stdint.h>

#define SENSITIVITY_BOOTSTRAPS 1000

struct sensitivity_data {
    size_t samples; /* trajectories of a Morris design, rows of a Saltelli design */
    size_t axes, replicates;
    const double *values; /* [point][replicate]; NAN: missing. axes + 1 points a trajectory, axes + 2 a row */
    const double *unit;   /* Morris only: [point][axis], coordinates in [0, 1] */
    uint64_t seed;        /* of the bootstrap */
};

/* An estimate with its 95 % interval: quantiles of bootstrapped samples. */
struct sensitivity_interval {
    double value, lo, hi;
};

struct sensitivity_whole {
    size_t samples;                    /* that counted */
    size_t replicates;                 /* most of any that counted */
    int noisy;                         /* one replicate: noise is part of every index */
    double mean, sd;                   /* of a run, over the design */
    struct sensitivity_interval noise; /* share of the variance between runs that is luck; NAN with one replicate */
};

/* One axis, in the measure's unit over the whole range of the axis (Morris 1991; Campolongo et al. 2007). */
struct sensitivity_morris {
    struct sensitivity_interval mu_star; /* mean of |elementary effect|; noise makes it larger */
    struct sensitivity_interval mu, sigma;
    struct sensitivity_interval square; /* mean square effect, free of noise: at or below zero, nothing is shown */
};

/* One axis, as shares of the variance that the settings decide (of a single run's, when noisy). */
struct sensitivity_sobol {
    struct sensitivity_interval first; /* by itself: Saltelli et al. 2010, table 2 (b) */
    struct sensitivity_interval total; /* with all its interactions: Jansen 1999 */
};

/* The first `use` samples (0: all). `axes` results; whole may not be NULL. Return 0; -1 when memory is short; 1 when
 * fewer than two samples count or the measure does not vary: then whole says how many, and the results are NAN. */
int sensitivity_of_morris(const struct sensitivity_data *data, size_t use, struct sensitivity_morris *results,
                          struct sensitivity_whole *whole);
int sensitivity_of_sobol(const struct sensitivity_data *data, size_t use, struct sensitivity_sobol *results,
                         struct sensitivity_whole *whole);

/* How many times as many samples until the interval would leave zero out, if the estimate stays: 1 when it does,
 * INFINITY when the estimate is not above zero. */
double sensitivity_more(const struct sensitivity_interval *estimate);

#endif
