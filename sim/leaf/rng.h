/* rng.h: counter-based random streams, Philox 4x32-10 (Salmon et al. 2011, Random123).
 *
 * The 64-bit key is the seed; the 128-bit counter is (block, stream and week, school, replicate). A draw is a
 * pure function of these, so the same seed gives the same numbers whatever the threads, and two scenarios
 * share their luck until they differ. Different keys never overlap: 2^32 blocks of four words each. */
#ifndef EBB_RNG_H
#define EBB_RNG_H

#include "streams.h"

#include <gsl/gsl_rng.h>
#include <stddef.h>
#include <stdint.h>

struct rng_key {
    uint64_t seed;
    uint32_t replicate;
    uint32_t school;
    uint32_t week;          /* < 2^24 */
    enum rng_stream stream; /* < 256 */
};

/* n words of the stream, from its block `first_block` on (four words a block). */
void rng_words(const struct rng_key *key, uint32_t first_block, uint32_t *words, size_t n);

/* A reader that draws blocks ahead: four Philox calls at once hide each other's latency. For many numbers, rng_bulk(). */
#define RNG_READER_WORDS 16
struct rng_reader {
    struct rng_key key;
    uint32_t next_block;
    uint32_t position;
    uint32_t words[RNG_READER_WORDS];
};

static inline void rng_reader_start(struct rng_reader *reader, struct rng_key key)
{
    reader->key = key;
    reader->next_block = 0;
    reader->position = RNG_READER_WORDS;
}

static inline uint32_t rng_next(struct rng_reader *reader)
{
    if (reader->position == RNG_READER_WORDS) {
        rng_words(&reader->key, reader->next_block, reader->words, RNG_READER_WORDS);
        reader->next_block += RNG_READER_WORDS / 4;
        reader->position = 0;
    }
    return reader->words[reader->position++];
}

/* The next n words at once, from the first whole block that nothing was drawn from: before a loop they cost a third of what
 * they cost one by one inside it. Fills whole blocks: `words` has room for n rounded up to four. */
static inline void rng_bulk(struct rng_reader *reader, uint32_t *words, size_t n)
{
    const size_t blocks = (n + 3) / 4;
    rng_words(&reader->key, reader->next_block, words, 4 * blocks);
    reader->next_block += (uint32_t)blocks;
}

/* Uniform on [0,1) in steps of 2^-24: exact in float. (Signed, because processors convert signed integers.) */
static inline float rng_unit(uint32_t word)
{
    return (float)(int32_t)(word >> 8) * 0x1p-24f;
}

static inline float rng_uniform(struct rng_reader *reader)
{
    return rng_unit(rng_next(reader));
}

/* Uniform integer in [0, n), n < 2^16: the bias of this multiply-shift is below n/2^32. */
static inline uint32_t rng_word_below(uint32_t word, uint32_t n)
{
    return (uint32_t)(((uint64_t)word * n) >> 32);
}

static inline uint32_t rng_below(struct rng_reader *reader, uint32_t n)
{
    return rng_word_below(rng_next(reader), n);
}

/* The same streams behind GSL, for every gsl_ran_* distribution: allocate with gsl_rng_alloc(rng_philox), then
 * key it. gsl_rng_set(r, s) keys it by seed s alone, stream STREAM_TEST. */
extern const gsl_rng_type *const rng_philox;
void rng_gsl_key(gsl_rng *r, const struct rng_key *key);

#endif
