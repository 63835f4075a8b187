/* one.h: one replicate from its first week to its last. */
#ifndef EBB_ENGINE_ONE_H
#define EBB_ENGINE_ONE_H

#include "engine.h"

#include <pthread.h>
#include <stdatomic.h>

/* Shared by all threads of one engine_run_all(). */
struct engine_shared {
    const struct engine_plan *plan;
    size_t week_count;
    pthread_mutex_t igraph; /* Debian's igraph is not thread safe: every call of it happens under this */
    atomic_bool halt;       /* the sink failed */
    atomic_llong school_weeks, run_school_weeks; /* stepped so far in all; in one whole run */
    void (*tick)(struct engine_shared *shared);  /* called now and then while stepping */
};

/* Asked to stop, by the user or by the sink. */
bool engine_halted(const struct engine_shared *shared);

/* Fills run, which must be zero but for its turn, number and replicate. threads: how many step schools. */
void engine_one(struct engine_shared *shared, struct engine_run *run, int threads);
void engine_run_free(struct engine_run *run);

/* lineage.c. Caller holds shared->igraph: names may stand in a graph. Returns 0, or -1 with a sentence in message. */
int engine_lineage_take(const struct model *model, const struct world *world, size_t school,
                        struct engine_lineage *lineage, char *message, size_t size);
void engine_lineage_free(struct engine_lineage *lineage);

/* snapshot.c. Caller holds shared->igraph. Returns 0, or -1 with a sentence in message. */
int engine_snapshot_take(const struct model *model, const struct world *world, size_t school, int64_t week,
                         struct engine_snapshot *snapshot, char *message, size_t size);
void engine_snapshot_free(struct engine_snapshot *snapshot);

#endif
