/* bench.h: the parts of the benchmark; and the linker's two names for a wrapped function: ours, and the one it stands
 * before. */
#ifndef EBB_BENCH_H
#define EBB_BENCH_H

#include "../../sim/leaf/rng.h"

void __real_rng_words(const struct rng_key *key, uint32_t first_block, uint32_t *words, size_t n);
void __wrap_rng_words(const struct rng_key *key, uint32_t first_block, uint32_t *words, size_t n);

/* runs.c. full: the large ones too, some minutes. Exit status. */
int runs_measure(const char *bench, const char *ebb, int full);
int runs_null(int argc, char **argv);

#endif
