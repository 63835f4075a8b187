/* sweep_ranks.h: a sweep over the ranks that mpirun has started.
 *
 * Rank 0 leads: it alone reads and writes OUT, hands out numbers of runs, a quarter of a second's worth at a time, and
 * stores what comes back; its own threads run too. Since it commits several times a second, a rank that dies costs the
 * runs that were on it, and these are run again: by the others where mpirun lets them live (--enable-recovery), else
 * after --resume. The others know the configuration, no folder. What they would complain about, rank 0 says. */
#ifndef EBB_COMMANDS_SWEEP_RANKS_H
#define EBB_COMMANDS_SWEEP_RANKS_H

#include "sweeping.h"

enum { LETTER_HELLO = 1, LETTER_WORK, LETTER_RUNS, LETTER_PING, LETTER_STOP, LETTER_BYE };

/* LETTER_HELLO and LETTER_BYE, as words. */
#define SAID_HOST 64
#define SAID_SENTENCE 512
struct said {
    int64_t status; /* enum status, and why, when it is not STATUS_OK */
    uint64_t sweep; /* what this rank is about to run: the same on all */
    int64_t threads, processors;
    char host[SAID_HOST], sentence[SAID_SENTENCE];
};

/* Before the configuration is loaded: starts MPI when there is somebody else. Sets the default number of threads of a
 * rank, 1. */
enum status sweep_ranks_begin(struct sweeping *w, struct faults *faults) MUST_CHECK;
/* What this rank is, for the others: status and the first of faults, as found until now. */
enum status sweep_ranks_say(const struct sweeping *w, enum status status, struct faults *faults,
                            struct said *said) MUST_CHECK;
/* All but rank 0: works until rank 0 says stop. status and faults: of what this rank has loaded, which it empties. */
enum status sweep_ranks_follow(struct sweeping *w, enum status status, struct faults *faults) MUST_CHECK;
/* The last thing. status: of rank 0's work. */
void sweep_ranks_end(struct sweeping *w, enum status status);

/* sweep_lead.c: rank 0. */

/* Must come before all else on rank 0, also when its status is not STATUS_OK: then returns that. */
enum status sweep_lead_begin(struct sweeping *w, enum status status, struct faults *faults) MUST_CHECK;
/* Waits for the others and compares what they are about to run. */
enum status sweep_lead_greet(struct sweeping *w, struct faults *faults) MUST_CHECK;
/* Instead of engine_run_all(), with the store open and its turns listed. */
enum status sweep_lead_run(struct sweeping *w, struct engine_tally *tally, struct faults *faults) MUST_CHECK;
void sweep_lead_free(struct sweeping *w);

/* Seconds of a clock that only goes on; and a pause between two looks for letters. */
double sweep_ranks_now(void);
void sweep_ranks_nap(void);

#endif
