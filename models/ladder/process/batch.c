#include "batch.h"

#include "../../../sim/leaf/curve.h"

#include <string.h>

uint32_t batch_toss(struct batch *batch, uint32_t n, struct rng_reader *reader)
{
    rng_bulk(reader, batch->word, n);
    for (uint32_t i = 0; i < n; i++)
        batch->word[i] = rng_unit(batch->word[i]) < batch->chance[i];
    uint32_t count = 0;
#pragma GCC unroll 4
    for (uint32_t i = 0; i < n; i++) {
        batch->list[count] = (uint16_t)i;
        count += batch->word[i];
    }
    return count;
}

uint32_t batch_toss_alike(struct batch *batch, uint32_t n, float chance, struct rng_reader *reader)
{
    if (chance >= 1.0f) {
        for (uint32_t i = 0; i < n; i++)
            batch->list[i] = (uint16_t)i;
        return n;
    }
    const uint32_t below = (uint32_t)(curve_share(chance) * 0x1p32f);
    rng_bulk(reader, batch->word, n);
    uint32_t count = 0;
#pragma GCC unroll 4
    for (uint32_t i = 0; i < n; i++) {
        batch->list[count] = (uint16_t)i;
        count += batch->word[i] < below;
    }
    return count;
}

/* curve_poisson() for all, but for those whose count reaches this many: they are too few to make a vector of. */
#define FEW 4

void batch_poisson(struct batch *batch, uint32_t n, struct rng_reader *reader)
{
    rng_bulk(reader, batch->word, n);
    for (uint32_t i = 0; i < n; i++) {
        const float uniform = rng_unit(batch->word[i]), lambda = batch->chance[i];
        float term = curve_exp(-lambda), sum = term;
        uint32_t count = uniform >= sum;
        for (int k = 1; k < FEW; k++) {
            term *= lambda / (float)k;
            sum += term;
            count += uniform >= sum;
        }
        /* The uniform's 24 bits are kept above the count for the second loop. */
        batch->word[i] = (batch->word[i] & 0xffffff00u) | count;
    }
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t count = batch->word[i] & 0xffu;
        batch->word[i] = count < FEW ? count : (uint32_t)curve_poisson(rng_unit(batch->word[i]), batch->chance[i]);
    }
}

void batch_round(struct batch *batch, uint32_t n, struct rng_reader *reader)
{
    rng_bulk(reader, batch->word, n);
    for (uint32_t i = 0; i < n; i++)
        batch->word[i] = (uint32_t)(int)(batch->chance[i] + rng_unit(batch->word[i]));
}

uint32_t batch_repeat(struct batch *batch, uint32_t n)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t times = batch->word[i];
        /* Four at once, without asking whether so many are wanted: the next overwrites. */
        const uint64_t four = i * UINT64_C(0x0001000100010001);
        memcpy(&batch->who[count], &four, sizeof four);
        for (uint32_t k = BATCH_SPARE; k < times && count + k < BATCH_MAX; k++)
            batch->who[count + k] = (uint16_t)i;
        count += times;
        if (count >= BATCH_MAX)
            return BATCH_MAX;
    }
    return count;
}
