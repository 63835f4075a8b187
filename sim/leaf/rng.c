#include "rng.h"

#include "rng_avx2.h"

#include <Random123/philox.h>
#include <string.h>

/* The counter: block, (stream, week), school, replicate. Stream in the top byte: weeks stay below 2^24. */
static philox4x32_ctr_t counter_of(const struct rng_key *key)
{
    philox4x32_ctr_t counter = {
        {0, ((uint32_t)key->stream << 24) | (key->week & 0xffffffu), key->school, key->replicate}};
    return counter;
}

void rng_words(const struct rng_key *key, uint32_t first_block, uint32_t *words, size_t n)
{
    const philox4x32_key_t seed = {{(uint32_t)key->seed, (uint32_t)(key->seed >> 32)}};
    philox4x32_ctr_t counter = counter_of(key);
    size_t done = 0;
    if (n >= RNG_WIDE_LEAST && rng_wide_can())
        done = rng_wide_words(key->seed, first_block, &counter.v[1], words, n);
    const size_t whole = n / 4;
    for (size_t b = done / 4; b < whole; b++) {
        counter.v[0] = first_block + (uint32_t)b;
        const philox4x32_ctr_t block = philox4x32(counter, seed);
        memcpy(words + 4 * b, block.v, sizeof block.v);
    }
    if (n % 4 && done < n) {
        counter.v[0] = first_block + (uint32_t)whole;
        const philox4x32_ctr_t block = philox4x32(counter, seed);
        memcpy(words + 4 * whole, block.v, (n % 4) * sizeof words[0]);
    }
}

static void gsl_set(void *state, unsigned long seed)
{
    const struct rng_key key = {.seed = seed, .stream = STREAM_TEST};
    rng_reader_start(state, key);
}

static unsigned long gsl_get(void *state)
{
    return rng_next(state);
}

static double gsl_get_double(void *state)
{
    /* 32 bits shifted by half a step: never 0 and never 1, as gsl_ran_* like it. */
    return ((double)rng_next(state) + 0.5) * 0x1p-32;
}

static const gsl_rng_type philox_type = {
    .name = "philox4x32-10",
    .max = 0xffffffffu,
    .min = 0,
    .size = sizeof(struct rng_reader),
    .set = gsl_set,
    .get = gsl_get,
    .get_double = gsl_get_double,
};
const gsl_rng_type *const rng_philox = &philox_type;

void rng_gsl_key(gsl_rng *r, const struct rng_key *key)
{
    rng_reader_start(gsl_rng_state(r), *key);
}
