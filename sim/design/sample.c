#include "../leaf/rng.h"
#include "parts.h"

#include <gsl/gsl_qrng.h>
#include <stdlib.h>
#include <string.h>

/* What the draws of one axis are for: the week of their stream. */
enum purpose { POINT, STRATUM, INSIDE, SHIFT, TRAJECTORY, ORDER };

#define SOBOL_BITS 30 /* of a coordinate in GSL's sequence */

static struct rng_reader reader_of(uint64_t seed, size_t axis, enum purpose purpose)
{
    struct rng_reader reader;
    const struct rng_key key = {
        .seed = seed, .school = (uint32_t)axis, .week = (uint32_t)purpose, .stream = STREAM_DESIGN};
    rng_reader_start(&reader, key);
    return reader;
}

static double uniform(struct rng_reader *reader)
{
    return ((double)rng_next(reader) + 0.5) * 0x1p-32;
}

/* Below n < 2^32; biased by less than n / 2^64. */
static uint32_t below(struct rng_reader *reader, uint32_t n)
{
    const uint64_t high = rng_next(reader), low = rng_next(reader);
    const uint64_t word = high << 32 | low;
    return (uint32_t)(((word >> 32) * n + (((word & 0xffffffffu) * n) >> 32)) >> 32);
}

static void shuffle(uint32_t *list, uint32_t n, struct rng_reader *reader)
{
    for (uint32_t i = n; i > 1; i--) {
        const uint32_t j = below(reader, i), kept = list[i - 1];
        list[i - 1] = list[j];
        list[j] = kept;
    }
}

/* All three fill [sample][dimension]. */
static void fill_random(double *unit, size_t samples, size_t dimensions, uint64_t seed)
{
    for (size_t d = 0; d < dimensions; d++) {
        struct rng_reader reader = reader_of(seed, d, POINT);
        for (size_t s = 0; s < samples; s++)
            unit[s * dimensions + d] = uniform(&reader);
    }
}

static int fill_lhs(double *unit, size_t samples, size_t dimensions, uint64_t seed)
{
    uint32_t *strata = malloc(samples * sizeof *strata);
    for (size_t d = 0; strata && d < dimensions; d++) {
        struct rng_reader order = reader_of(seed, d, STRATUM), inside = reader_of(seed, d, INSIDE);
        for (size_t s = 0; s < samples; s++)
            strata[s] = (uint32_t)s;
        shuffle(strata, (uint32_t)samples, &order);
        for (size_t s = 0; s < samples; s++)
            unit[s * dimensions + d] = ((double)strata[s] + uniform(&inside)) / (double)samples;
    }
    free(strata);
    return strata ? 0 : -1;
}

/* GSL leaves the origin out, without which the first 2^m points are no net; so it is put before. The shift keeps the
 * net and moves every point off the borders. */
static int fill_sobol(double *unit, size_t samples, size_t dimensions, uint64_t seed)
{
    double point[DESIGN_SOBOL_AXES] = {0};
    uint32_t shift[DESIGN_SOBOL_AXES];
    gsl_qrng *sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)dimensions);
    if (!sequence)
        return -1;
    for (size_t d = 0; d < dimensions; d++) {
        struct rng_reader reader = reader_of(seed, d, SHIFT);
        shift[d] = rng_next(&reader) >> (32 - SOBOL_BITS);
    }
    for (size_t s = 0; s < samples; s++) {
        if (s > 0)
            gsl_qrng_get(sequence, point);
        for (size_t d = 0; d < dimensions; d++) {
            const uint32_t bits = (uint32_t)(point[d] * (double)(1u << SOBOL_BITS)) ^ shift[d];
            unit[s * dimensions + d] = ((double)bits + 0.5) / (double)(1u << SOBOL_BITS);
        }
    }
    gsl_qrng_free(sequence);
    return 0;
}

/* Each trajectory begins on a level drawn for each axis and moves one axis at a time, in an order drawn anew, by half
 * the levels: up from the lower half, down from the upper one. */
static int fill_morris(struct design *design, uint64_t seed)
{
    const size_t axes = design->axis_count;
    const uint32_t levels = (uint32_t)design->levels;
    uint32_t *at = malloc(2 * axes * sizeof *at), *order = at ? at + axes : NULL;
    if (!at)
        return -1;
    struct rng_reader starts = reader_of(seed, 0, TRAJECTORY), orders = reader_of(seed, 0, ORDER);
    double *unit = design->unit;
    for (int64_t t = 0; t < design->samples; t++) {
        for (size_t a = 0; a < axes; a++) {
            at[a] = below(&starts, levels);
            order[a] = (uint32_t)a;
        }
        shuffle(order, (uint32_t)axes, &orders);
        for (size_t step = 0; step <= axes; step++) {
            if (step > 0) {
                uint32_t *moved = &at[order[step - 1]];
                *moved = *moved < levels / 2 ? *moved + levels / 2 : *moved - levels / 2;
            }
            for (size_t a = 0; a < axes; a++)
                *unit++ = (double)at[a] / (double)(levels - 1);
        }
    }
    free(at);
    return 0;
}

static int fill_saltelli(struct design *design, uint64_t seed)
{
    const size_t axes = design->axis_count, samples = (size_t)design->samples;
    double *both = malloc(samples * 2 * axes * sizeof *both), *unit = design->unit;
    int failed = !both;
    if (both)
        failed = 2 * axes <= DESIGN_SOBOL_AXES ? fill_sobol(both, samples, 2 * axes, seed)
                                               : fill_lhs(both, samples, 2 * axes, seed);
    for (size_t s = 0; s < samples && !failed; s++) {
        const double *a = both + s * 2 * axes, *b = a + axes;
        memcpy(unit, a, axes * sizeof *unit);
        memcpy(unit + axes, b, axes * sizeof *unit);
        unit += 2 * axes;
        for (size_t i = 0; i < axes; i++, unit += axes) {
            memcpy(unit, a, axes * sizeof *unit);
            unit[i] = b[i];
        }
    }
    free(both);
    return failed;
}

int sample_fill(struct design *design, uint64_t seed)
{
    const size_t points = (size_t)design->points;
    switch (design->kind) {
    case DESIGN_RANDOM:
        fill_random(design->unit, points, design->axis_count, seed);
        return 0;
    case DESIGN_LHS:
        return fill_lhs(design->unit, points, design->axis_count, seed);
    case DESIGN_SOBOL:
        return fill_sobol(design->unit, points, design->axis_count, seed);
    case DESIGN_MORRIS:
        return fill_morris(design, seed);
    case DESIGN_SALTELLI:
        return fill_saltelli(design, seed);
    default:
        return 0;
    }
}
