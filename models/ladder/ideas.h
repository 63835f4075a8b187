/* ideas.h: sets of ideas. A set is a word, an idea a bit of it; exact and fast. */
#ifndef LADDER_IDEAS_H
#define LADDER_IDEAS_H

#include "../../sim/leaf/rng.h"

#ifdef __BMI2__
#include <immintrin.h>
#endif
#include <stdint.h>

#define IDEAS 64

static inline int count_bits(uint64_t set)
{
    return __builtin_popcountll(set);
}

static inline float share_of_pool(uint64_t set)
{
    return (float)count_bits(set) * (1.0f / IDEAS);
}

/* The n-th lowest member of a set, as a set of one; n below its size, or 0 for the empty set, whose answer is not in it.
 * Each byte of a word is added up or compared at once: first which byte holds the member, then which of its bits. */
static inline uint64_t nth_idea(uint64_t set, uint32_t n)
{
#ifdef __BMI2__
    return _pdep_u64(UINT64_C(1) << n, set);
#else
    const uint64_t ones = 0x0101010101010101, high = 0x8080808080808080;
    uint64_t count = set - (set >> 1 & 0x5555555555555555);
    count = (count & 0x3333333333333333) + (count >> 2 & 0x3333333333333333);
    count = ((count + (count >> 4)) & 0x0f0f0f0f0f0f0f0f) * ones; /* byte k: how many are in bytes 0 to k */
    const uint64_t bytes_below = ((n * ones | high) - count) & high;
    const uint32_t shift = (uint32_t)count_bits(bytes_below) % 8 * 8;
    const uint64_t left = n - (count << 8 >> shift & 0xff);
    uint64_t rank = (set >> shift & 0xff) * ones & 0x8040201008040201; /* bit k alone in byte k */
    rank = ((rank + 0x7f7f7f7f7f7f7f7f) >> 7 & ones) * ones;           /* byte k: how many are in bits 0 to k */
    const uint64_t bits_below = ((left * ones | high) - rank) & high;
    return UINT64_C(1) << ((shift + (uint32_t)count_bits(bits_below)) % IDEAS);
#endif
}

/* One member chosen uniformly by a random word; the empty set from the empty set. */
static inline uint64_t pick_idea(uint64_t set, uint32_t word)
{
    return nth_idea(set, rng_word_below(word, (uint32_t)count_bits(set))) & set;
}

static inline uint64_t draw_idea(uint64_t set, struct rng_reader *reader)
{
    return set ? pick_idea(set, rng_next(reader)) : 0;
}

/* Jaccard index; two empty sets are alike. */
static inline float likeness(uint64_t a, uint64_t b)
{
    const int either = count_bits(a | b);
    return either ? (float)count_bits(a & b) / (float)either : 1.0f;
}

#endif
