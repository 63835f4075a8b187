/* ranks.h: the processes of one command that mpirun has started together, and the letters they send each other.
 *
 * Optional at build: without Open MPI everything here compiles, and ranks_begin() says what is missing. At run time MPI
 * is not called at all before ranks_begin(), which only a process started by mpirun has reason to call: initialising MPI
 * takes a tenth of a second, and is no business of a command that runs alone.
 *
 * Nothing here blocks or is fatal: letters are sent in the background, and one to a rank that has died is simply never
 * delivered. One thread only, the one that began, may call these (MPI_THREAD_FUNNELED). */
#ifndef EBB_RANKS_H
#define EBB_RANKS_H

#include "fault.h"

#include <stdbool.h>
#include <stdint.h>

/* How many processes were started together, from what mpirun or srun leave in the environment; 1: alone. Calls no MPI. */
int ranks_launched(void);
/* Which of them this one is, from 0; likewise. */
int ranks_place(void);
/* The same for `srun` without MPI: that many copies that cannot know of each other; else 1. */
int ranks_strangers(void);
/* "4.1.4", or NULL when built without. */
const char *ranks_library(void);

struct ranks {
    int rank, count;
    struct ranks_letter *posted; /* still on their way, or so it seems */
    struct ranks_letter *coming; /* announced, and not yet wholly there */
};

enum status ranks_begin(struct ranks *self, struct faults *faults) MUST_CHECK;

/* Sends and takes ownership of words, made by malloc(); at least one. After a failure the letter is dropped: the ranks'
 * own order of talk must stand that, as it must stand that another rank dies. */
void ranks_post(struct ranks *self, int to, int kind, int64_t *words, size_t count);
/* Lets letters go on and frees those that are delivered; returns how many are not. */
size_t ranks_tend(struct ranks *self);
/* The next letter that has come: true, and its words, which the caller frees; words NULL: no memory for it. Letters of one
 * rank come in the order they were sent. */
bool ranks_take(struct ranks *self, int *from, int *kind, int64_t **words, size_t *count);

/* Together with all others: no rank returns before every one has called it. Without it, after a rank has been lost, a
 * process just ends. */
void ranks_end(struct ranks *self);

#endif
