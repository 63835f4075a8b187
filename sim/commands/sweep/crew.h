/* crew.h: the threads of one rank of a sweep: given numbers of runs by the rank's main thread, they run them and put
 * what comes out in a tray. They talk to no other rank and to no file, so that one thread alone speaks MPI. */
#ifndef EBB_COMMANDS_CREW_H
#define EBB_COMMANDS_CREW_H

#include "sweeping.h"

#include <pthread.h>

/* Runs that a crew may have been given and not yet handed out. */
#define CREW_MOST 4096

struct crew {
    const struct sweeping *w;
    struct engine_plan plan;
    pthread_t thread;
    bool started;
    volatile sig_atomic_t halt; /* the engine's stop */
    pthread_mutex_t lock;       /* of all below */
    pthread_cond_t moved;
    int64_t queue[CREW_MOST]; /* by turn, round and round */
    int64_t given, out;       /* turns given; put in the tray */
    int64_t *tray;            /* runs as words, one behind the other */
    size_t words, room;
    bool ended;
    enum status status; /* of the engine, when it has ended */
    struct faults faults;
    struct engine_tally tally;
};

/* Starts plan.threads threads that wait for work. */
enum status crew_start(struct crew *crew, const struct sweeping *w, struct faults *faults) MUST_CHECK;
/* No more than CREW_MOST in all that have not come out. */
void crew_give(struct crew *crew, const int64_t *numbers, size_t count);
/* Takes the tray's words, which the caller frees; NULL: it is empty. */
int64_t *crew_collect(struct crew *crew, size_t *words);
/* Given and not yet out. */
int64_t crew_waiting(struct crew *crew);
/* What is running is dropped, and what waits. */
void crew_halt(struct crew *crew);
/* Whether the threads have ended: halted, or because something failed; the tray may still hold runs. */
bool crew_ended(struct crew *crew);
/* Halts, waits for the threads, frees. The tray is lost: collect first. */
void crew_free(struct crew *crew);

/* A run as words, and back. crew_unpack() sets *run from the words at *at, moves *at behind it and returns false when
 * they are no run of this sweep. rows: a buffer it may enlarge, where the run's rows will be. */
struct crew_rows {
    double *value;
    size_t room;
};
bool crew_unpack(const struct sweeping *w, const int64_t *words, size_t count, size_t *at, struct crew_rows *rows,
                 struct engine_run *run);

#endif
