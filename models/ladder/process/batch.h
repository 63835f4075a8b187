/* batch.h: random choices for many at once.
 *
 * Asking each person for a random number and branching on the answer costs twice: numbers are dear one at a time, and no
 * processor foretells a coin. So a process writes the chance (or rate) of everyone into `chance`, has all coins tossed in
 * one go, and then walks the list of those for whom something happens. The loops below have no branch to foretell, and
 * the compiler makes vectors of most of them. */
#ifndef LADDER_BATCH_H
#define LADDER_BATCH_H

#include "../../../sim/leaf/rng.h"

#include <stdbool.h>

/* a, or b unless `which`, without a branch: for what nobody foretells. */
static inline uint64_t pick(bool which, uint64_t a, uint64_t b)
{
    const uint64_t mask = UINT64_C(0) - which;
    return (a & mask) | (b & ~mask);
}

#define BATCH_MAX 32768
#define BATCH_SPARE 4 /* lists are written ahead of what is in them */

struct batch {
    float chance[BATCH_MAX];                /* chances or rates, by the process */
    uint32_t word[BATCH_MAX];               /* random words, or what was made of them */
    uint16_t who[BATCH_MAX + BATCH_SPARE];  /* who takes part, by batch_repeat() or by the process */
    uint16_t list[BATCH_MAX + BATCH_SPARE]; /* whose coin fell */
};

/* Tosses n coins; lists every i whose coin fell below chance[i] and returns how many. */
uint32_t batch_toss(struct batch *batch, uint32_t n, struct rng_reader *reader);
/* The same with one chance for all; without a coin when it is 1. */
uint32_t batch_toss_alike(struct batch *batch, uint32_t n, float chance, struct rng_reader *reader);

/* A random word for each of n, into `word`. */
static inline void batch_draw(struct batch *batch, size_t n, struct rng_reader *reader)
{
    rng_bulk(reader, batch->word, n);
}

/* Into `word`, n counts whose means are in `chance`: Poisson, at most 40 each; or nearest whole numbers, the one or the
 * other by a coin. */
void batch_poisson(struct batch *batch, uint32_t n, struct rng_reader *reader);
void batch_round(struct batch *batch, uint32_t n, struct rng_reader *reader);

/* Lists every i of n in `who` as often as word[i] says, at most BATCH_MAX in all, and returns how many. */
uint32_t batch_repeat(struct batch *batch, uint32_t n);

#endif
