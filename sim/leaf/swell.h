/* swell.h: whether a series swells and ebbs at a period of its own, or wanders as anything with a memory does. */
#ifndef EBB_SWELL_H
#define EBB_SWELL_H

#include "rng.h"

struct swell {
    double period; /* of the peak that stands highest above red noise, in the unit of spacing; NAN: none can be told */
    double chance; /* that red noise of the same memory shows a peak as high: small when the swell is real */
};

/* The series, evenly spaced, is averaged down to an eighth of the shortest period, detrended, windowed (Hann) and its
 * spectrum divided by that of first-order autoregressive noise with the same lag-one correlation (Mann & Lees 1996); the
 * highest ratio between the two periods is set against SWELL_SURROGATES such noises, treated alike, drawn from the key's
 * stream. The longest period is held to half the series: fewer than two cycles prove nothing. Returns 0, or -1 when memory
 * is short. */
#define SWELL_SURROGATES 99
int swell_of(const double *values, size_t n, double spacing, double shortest, double longest,
             const struct rng_key *key, struct swell *out);

#endif
