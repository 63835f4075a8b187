/* rng_avx2.h: Philox 4x32-10 for eight or sixteen blocks at once, where the processor has AVX2: the same words, a third
 * of the time. For rng.c alone. Lane i of a vector holds one word of block i; a round multiplies even and odd lanes
 * apart, as a product takes two lanes. */
#ifndef EBB_RNG_AVX2_H
#define EBB_RNG_AVX2_H

#include "rng.h"

#include <stdbool.h>
#include <string.h>

#define RNG_WIDE_LEAST 20 /* words: fewer are as fast one block after another */

#if defined __x86_64__ && defined __GNUC__
#include <immintrin.h>

#define RNG_WIDE __attribute__((target("avx2")))
struct rng_wide {
    __m256i word[4]; /* of eight blocks */
};

RNG_WIDE static inline void rng_wide_multiply(__m256i x, __m256i by, __m256i *high, __m256i *low)
{
    const __m256i even = _mm256_mul_epu32(x, by), odd = _mm256_mul_epu32(_mm256_srli_epi64(x, 32), by);
    *high = _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xaa);
    *low = _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xaa);
}

RNG_WIDE static inline void rng_wide_round(struct rng_wide *x, __m256i key0, __m256i key1)
{
    __m256i high0, low0, high1, low1;
    rng_wide_multiply(x->word[0], _mm256_set1_epi64x(0xd2511f53), &high0, &low0);
    rng_wide_multiply(x->word[2], _mm256_set1_epi64x(0xcd9e8d57), &high1, &low1);
    x->word[0] = _mm256_xor_si256(_mm256_xor_si256(high1, x->word[1]), key0);
    x->word[1] = low1;
    x->word[2] = _mm256_xor_si256(_mm256_xor_si256(high0, x->word[3]), key1);
    x->word[3] = low0;
}

/* From a word of each block to the blocks one after another: a transposition. */
RNG_WIDE static inline void rng_wide_store(const struct rng_wide *x, uint32_t *words)
{
    const __m256i a = _mm256_unpacklo_epi32(x->word[0], x->word[1]), b = _mm256_unpackhi_epi32(x->word[0], x->word[1]);
    const __m256i c = _mm256_unpacklo_epi32(x->word[2], x->word[3]), d = _mm256_unpackhi_epi32(x->word[2], x->word[3]);
    const __m256i p = _mm256_unpacklo_epi64(a, c), q = _mm256_unpackhi_epi64(a, c); /* blocks 0 and 4, 1 and 5 */
    const __m256i r = _mm256_unpacklo_epi64(b, d), s = _mm256_unpackhi_epi64(b, d); /* 2 and 6, 3 and 7 */
    __m256i *const out = (__m256i *)(void *)words;
    _mm256_storeu_si256(out, _mm256_permute2x128_si256(p, q, 0x20));
    _mm256_storeu_si256(out + 1, _mm256_permute2x128_si256(r, s, 0x20));
    _mm256_storeu_si256(out + 2, _mm256_permute2x128_si256(p, q, 0x31));
    _mm256_storeu_si256(out + 3, _mm256_permute2x128_si256(r, s, 0x31));
}

/* 8 x `vectors` blocks, from `first` on, of the counter (block, c1, c2, c3). vectors is 1 or 2: two hide each other's
 * latency. */
RNG_WIDE static inline void rng_wide_lot(uint64_t seed, uint32_t first, const uint32_t c[3], uint32_t *words,
                                         int vectors)
{
    const __m256i count = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    struct rng_wide x[2];
    uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
    for (int i = 0; i < vectors; i++) {
        x[i].word[0] = _mm256_add_epi32(count, _mm256_set1_epi32((int)(first + 8 * (uint32_t)i)));
        for (int k = 0; k < 3; k++)
            x[i].word[k + 1] = _mm256_set1_epi32((int)c[k]);
    }
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < vectors; i++)
            rng_wide_round(&x[i], _mm256_set1_epi32((int)key0), _mm256_set1_epi32((int)key1));
        key0 += 0x9e3779b9u;
        key1 += 0xbb67ae85u;
    }
    for (int i = 0; i < vectors; i++)
        rng_wide_store(&x[i], words + 32 * (size_t)i);
}

/* Up to n words, all but a few at the end; returns how many. What is not a whole lot is cut from one. */
RNG_WIDE static size_t rng_wide_words(uint64_t seed, uint32_t first, const uint32_t c[3], uint32_t *words, size_t n)
{
    size_t done = 0;
    for (; n - done >= 64; done += 64)
        rng_wide_lot(seed, first + (uint32_t)(done / 4), c, words + done, 2);
    if (n - done < RNG_WIDE_LEAST)
        return done;
    uint32_t lot[64];
    if (n - done > 32)
        rng_wide_lot(seed, first + (uint32_t)(done / 4), c, lot, 2);
    else
        rng_wide_lot(seed, first + (uint32_t)(done / 4), c, lot, 1);
    memcpy(words + done, lot, (n - done) * sizeof *words);
    return n;
}

static inline bool rng_wide_can(void)
{
    return __builtin_cpu_supports("avx2");
}
#else
static inline size_t rng_wide_words(uint64_t seed, uint32_t first, const uint32_t c[3], uint32_t *words, size_t n)
{
    (void)seed, (void)first, (void)c, (void)words, (void)n;
    return 0;
}
static inline bool rng_wide_can(void)
{
    return false;
}
#endif

#endif
