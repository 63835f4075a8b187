/* sweeping.h: what `ebb sweep` and `ebb merge` share: from a configuration to a design and its store. */
#ifndef EBB_COMMANDS_SWEEPING_H
#define EBB_COMMANDS_SWEEPING_H

#include "../../leaf/ranks.h"
#include "../../store/sweep.h"
#include "../progress.h"
#include "../scenario.h"

#define SWEEPING_RUNS_MAX 100000000

struct sweeping {
    struct scenario scenario; /* its plan holds the replicates of one point */
    struct design design;
    struct store_scenario stored;
    struct sweep_asked asked;
    struct sweep_store *store;
    long tasks; /* of the script that --slurm prints; 0: none */

    int64_t stride;          /* from point to point in the order of execution */
    struct engine_plan plan; /* a turn a run that is still to come */
    struct stretch {
        int64_t turn, place; /* from this turn on, places of the order of execution one after another */
    } * stretches;           /* ascending; the last one is their end */
    size_t stretch_count;
    struct progress_line line;

    struct ranks ranks; /* count 1: alone, and no MPI */
    struct lead *lead;  /* of rank 0, when there are others */
    bool rank_lost;     /* one of them is not there to end together with */
};

/* After config_load() into scenario.config, with --vary already in its set: plan, design and its checks, and what is
 * asked of the store. asked.shard and so on may be changed afterwards. */
enum status sweeping_plan(struct sweeping *sweeping, struct faults *faults) MUST_CHECK;
/* Whether sweep.target names measures of the model. */
enum status sweeping_check_target(const struct config *config, struct faults *faults) MUST_CHECK;
void sweeping_free(struct sweeping *sweeping);

/* sweep_turns.c: lists the runs of the shard that the open store lacks; plan.replicates becomes how many. */
enum status sweeping_list_turns(struct sweeping *sweeping, struct faults *faults) MUST_CHECK;
/* Number of the run whose turn it is. */
int64_t sweeping_number(const struct sweeping *sweeping, int64_t turn);
/* Fills point and replicate of a run from its number. */
void sweeping_place(const struct sweeping *sweeping, struct engine_run *run);
/* The settings of a run's point, which the caller frees; NULL: no memory. */
struct param_set *sweeping_settings(const struct sweeping *sweeping, const struct engine_run *run);
/* For struct engine_plan; self is the sweeping. */
struct param_set *sweeping_job(void *self, struct engine_run *run);

/* "results in …", for standard output. */
void sweeping_tell_results(const struct sweeping *sweeping);
/* Pictures of what the design can feed: a heat map needs a grid of two or three settings. Shards wait for the whole. */
enum status sweeping_draw(struct sweeping *sweeping, struct faults *faults) MUST_CHECK;
/* Adds what did not come out as asked; returns the status of it all. */
enum status sweeping_tell_end(const struct sweeping *sweeping, enum status status, struct faults *faults);

#endif
