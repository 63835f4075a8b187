/* normal.h: standard normal numbers for whole loops, in plain float arithmetic: no libm, so the same on every machine.
 *
 * Box & Muller (1958): a radius from one word, an angle from another. Logarithm and sine are the polynomials of Cephes
 * (Moshier 1989), good to the last bit of a float or two; the largest number is 6.66. */
#ifndef EBB_NORMAL_H
#define EBB_NORMAL_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline float normal_float(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint32_t normal_bits(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* Natural logarithm of 0 < x <= 1: x = 2^e (1 + m), m about 0 between sqrt(1/2) and sqrt(2). */
static inline float normal_log(float x)
{
    const uint32_t root_half = 0x3f3504f3u, shifted = normal_bits(x) - root_half;
    const float e = (float)((int32_t)shifted >> 23);
    const float m = normal_float((shifted & 0x7fffffu) + root_half) - 1.0f, m2 = m * m;
    float p = 7.0376836292e-2f;
    p = p * m - 1.1514610310e-1f;
    p = p * m + 1.1676998740e-1f;
    p = p * m - 1.2420140846e-1f;
    p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f;
    p = p * m + 2.0000714765e-1f;
    p = p * m - 2.4999993993e-1f;
    p = p * m + 3.3333331174e-1f;
    return m + (m * m2 * p - 2.12194440e-4f * e - 0.5f * m2) + 0.693359375f * e;
}

/* From 2 x pairs words as many normal numbers: words i and pairs + i give numbers i and pairs + i. */
static inline void normal_pairs(const uint32_t *restrict words, float *restrict normals, size_t pairs)
{
    for (size_t i = 0; i < pairs; i++) {
        const float u = (float)(int32_t)(words[i] >> 1) * 0x1p-31f + 0x1p-32f; /* above 0, at most 1 */
        const float radius = sqrtf(-2.0f * normal_log(u));
        /* The angle's two highest bits are its quadrant, the others where in it: from -45 to 45 degrees. */
        const uint32_t angle = words[pairs + i];
        const float x = (float)((int32_t)(angle << 2) >> 8) * (0x1p-24f * 1.57079633f), x2 = x * x;
        const float sine = x + x * x2 * (-1.6666654611e-1f + x2 * (8.3321608736e-3f - x2 * 1.9515295891e-4f));
        const float cosine = 1.0f - 0.5f * x2 +
                             x2 * x2 * (4.1666645683e-2f + x2 * (-1.3887316255e-3f + x2 * 2.4433157118e-5f));
        const uint32_t odd = 0u - (angle >> 30 & 1u), s = normal_bits(sine), c = normal_bits(cosine);
        const uint32_t swap = (s ^ c) & odd, flip = angle & 0x80000000u, quarter = angle << 1 & 0x80000000u;
        normals[i] = radius * normal_float(s ^ swap ^ flip);
        normals[pairs + i] = radius * normal_float(c ^ swap ^ flip ^ quarter);
    }
}

#endif
