/* swell.h: whether a series swells and ebbs at a period of its own, or wanders as anything with a memory does. */
#ifndef EBB_SWELL_H
#define EBB_SWELL_H

#include "rng.h"

struct swell {
    double period; /* of the peak that stands highest above the noise, in the unit of spacing; NAN: none can be told */
    double chance; /* that noise without a period of its own shows a peak as high: small when the swell is real */
};

/* The series, evenly spaced, is detrended and windowed (Hann), and its spectrum divided by that of noise with memory
 * and inertia: autoregressive of second order with real roots, fitted by Burg's method (a series whose own roots are
 * complex is given the double root of the same first correlation). The highest ratio between the two periods is set
 * against SWELL_SURROGATES such noises, treated alike, drawn from the key's stream; after Mann & Lees (1996), whose
 * noise has memory only and would take any smooth series for a swell. The longest period is held to half the series:
 * fewer than two cycles prove nothing. Returns 0, or -1 when memory is short. */
#define SWELL_SURROGATES 99
int swell_of(const double *values, size_t n, double spacing, double shortest, double longest, const struct rng_key *key,
             struct swell *out);

/* The spectrum that noise of the same memory and inertia would have, at frequencies k/n a point, k = 1 … n/2, into
 * power[n/2], normalised to sum 1 as stats_periodogram() is. Returns 0, or -1 when memory is short or n < 16. */
int swell_noise(const double *values, size_t n, double *power);

#endif
