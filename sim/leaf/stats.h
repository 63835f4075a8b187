/* stats.h: small statistics with their uncertainty, over GSL. NAN values are left out and n says how many stayed. */
#ifndef EBB_STATS_H
#define EBB_STATS_H

#include <stddef.h>

struct stats {
    size_t n;
    double mean, sd;
    double mean_lo, mean_hi; /* 95 % interval of the mean, Student's t; NAN below n = 2 */
    double q05, q25, median, q75, q95;
};

/* Sorts values in place. */
struct stats stats_of(double *values, size_t n);

/* Half width of the two-sided interval of a mean: t quantile at `level` (0.95) times sd / sqrt(n). */
double stats_half_width(double sd, size_t n, double level);

/* Periodogram of the detrended, Hann-windowed series at frequencies k/(n*spacing), k = 1 … n/2, into power[n/2],
 * normalised to sum 1 (all zero for a constant series). Returns 0, or -1 when memory is short. */
int stats_periodogram(const double *values, size_t n, double *power);

/* Largest fall below the running maximum, and where it is deepest. */
double stats_deepest_dip(const double *values, size_t n, size_t *at);

#endif
