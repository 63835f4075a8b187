/* curve.h: the few curves that the weekly loop needs, in plain float arithmetic.
 *
 * libm picks fused or unfused code by processor, so its last bit differs between machines; these do not. Relative error
 * of curve_exp is below 3e-7 for -80 < x < 80; beyond, it saturates. */
#ifndef EBB_CURVE_H
#define EBB_CURVE_H

#include <stdint.h>
#include <string.h>

static inline float curve_clip(float x, float lo, float hi)
{
    const float raised = x < lo ? lo : x; /* in two steps: two vector instructions instead of two branches */
    return raised > hi ? hi : raised;
}

static inline float curve_share(float x)
{
    return curve_clip(x, 0.0f, 1.0f);
}

static inline float curve_exp(float x)
{
    /* x = k ln 2 + r, |r| <= ln 2 / 2; ln 2 in two parts (Cody and Waite) so that r stays exact. Adding 1.5 · 2^23 rounds to
     * the whole number k and leaves it in the lowest bits. */
    x = curve_clip(x, -80.0f, 80.0f);
    const float shifted = x * 1.44269504f + 12582912.0f;
    const float k = shifted - 12582912.0f;
    const float r = (x - k * 0.693359375f) + k * 2.12194440e-4f;
    /* Pairs of terms, so that few steps wait for one another. */
    const float r2 = r * r, low = 1.0f + r, mid = 0.5f + r * 0.16666667f, high = 0.041666667f + r * 8.3333333e-3f;
    const float p = low + r2 * (mid + r2 * (high + r2 * 1.3888889e-3f));
    uint32_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 127) << 23;
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return p * scale;
}

static inline float curve_logistic(float x)
{
    return 1.0f / (1.0f + curve_exp(-x));
}

/* Poisson count by inversion of one uniform; exact for lambda up to about 12, capped at 40. */
static inline int curve_poisson(float uniform, float lambda)
{
    if (uniform < 1.0f - 1e-6f - lambda) /* below exp(-lambda) for sure */
        return 0;
    float term = curve_exp(-lambda), sum = term;
    int n = 0;
    while (uniform >= sum && n < 40) {
        n++;
        term *= lambda / (float)n;
        sum += term;
    }
    return n;
}

/* 1 - exp(-x), the chance of at least one event; accurate near 0. */
static inline float curve_chance(float x)
{
    return x < 1e-3f ? x * (1.0f - 0.5f * x) : 1.0f - curve_exp(-x);
}

#endif
