/* sweep.h: the runs of a design in one folder: results.db while they come, in whatever order, and in the end the same
 * database in canonical order with its tables beside it.
 *
 * Runs are numbered by replicate, then point, so that more replicates only append. They are committed every so often: a
 * kill at any moment loses at most those since. The finished files depend on configuration, design and seed alone, not
 * on the order, threads, shards, kills or additions they came by: results.db is rebuilt by VACUUM, whose bytes follow
 * from the rows. */
#ifndef EBB_STORE_SWEEP_H
#define EBB_STORE_SWEEP_H

#include "../design/design.h"
#include "store.h"

struct sweep_asked {
    const struct store_scenario *scenario; /* plan->replicates: of each point; again: set */
    const struct design *design;
    const char *const *data; /* files that settings name: their contents must stay the same */
    size_t data_count;
    int64_t shard, shards; /* of the runs in their order of execution, from 1; 1 of 1: all of them */
    bool carry_on;         /* what OUT holds stays, if it is of the same sweep */
    bool retry;            /* runs that failed are run again */
    bool extend;           /* the stored number of replicates may be smaller than asked */
    bool merge;            /* of shards: OUT holds what they held */
};

struct sweep_store;

/* Makes OUT, or opens the sweep it holds. On any status but STATUS_OK nothing is left to free, and nothing
 * half made in OUT. */
enum status sweep_open(const char *out_dir, const struct sweep_asked *asked, struct sweep_store **store,
                       struct faults *faults) MUST_CHECK;
/* Whether the run of this number (from 0) is stored already. */
bool sweep_has(const struct sweep_store *store, int64_t number);
int64_t sweep_held(const struct sweep_store *store);   /* runs stored */
int64_t sweep_failed(const struct sweep_store *store); /* of these, how many failed */

enum status sweep_take(struct sweep_store *store, const struct engine_run *run, struct faults *faults) MUST_CHECK;

/* Adds the runs of a shard. A run that is there already is a fault. */
enum status sweep_absorb(struct sweep_store *store, const char *out_dir, struct faults *faults) MUST_CHECK;

/* Commits, and brings everything in its final form. `ended` as in store_close(); after STATUS_FAILED only what was
 * committed is kept as it is. tally: seconds and threads, for the manifest. */
enum status sweep_close(struct sweep_store *store, enum status ended, const struct engine_tally *tally,
                        struct faults *faults) MUST_CHECK;
void sweep_free(struct sweep_store *store);

/* The order in which points are visited: from each to the one a stride further, round and round. Strides near the golden
 * section have neighbours in time far apart and leave even gaps, so that a sweep cut short has covered the whole design
 * (Weyl's sequence). A pure function of the number of points, at most ten million. */
int64_t sweep_stride(int64_t points);
static inline int64_t sweep_order(int64_t turn, int64_t stride, int64_t points)
{
    return turn * stride % points;
}

/* About how many bytes a sweep will take, of so many rows a week. */
double sweep_estimate(const struct engine_plan *plan, size_t rows, int64_t points);

#endif
