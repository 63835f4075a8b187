/* sweep_mates.h: which rank has which runs, as rank 0 keeps it. */
#ifndef EBB_COMMANDS_SWEEP_MATES_H
#define EBB_COMMANDS_SWEEP_MATES_H

#include "crew.h"
#include "sweep_ranks.h"

/* One rank as rank 0 sees it. */
struct mate {
    struct said hello;
    bool greeted, gone;
    bool doubtful;                /* silent: it is given nothing until it is heard again */
    int64_t held[CREW_MOST];      /* numbers it was given, round and round, in order */
    int64_t given, back;          /* in all; given minus back are with it */
    int64_t taken;                /* runs that came from it */
    double since, heard, written; /* first work; last letter from it and to it */
};

struct lead {
    struct sweeping *w;
    struct mate *mates;
    struct crew crew;
    int64_t turn;   /* the next that nobody was given */
    int64_t *again; /* numbers that were given to somebody who did not run them */
    size_t again_count, again_room;
    int64_t left;    /* runs that are not stored */
    int64_t threads; /* of all */
    struct crew_rows rows;
    struct engine_tally *tally;
    struct faults *faults;
    enum status status;
    double start;
    bool dismissed;
};

/* Numbers given to a rank, rank 0's own threads among them, that are not back. */
static inline int64_t mates_with(const struct mate *mate)
{
    return mate->given - mate->back;
}
/* Gives a rank what it needs to have enough. */
void mates_give(struct lead *lead, int rank);
/* A run has come back. */
void mates_settle(struct mate *mate, int64_t number);
/* What a rank still has is there to be given again. */
void mates_take_back(struct lead *lead, struct mate *mate);
/* Nothing is left to give and somebody has nothing to do: the work of ranks that are not heard of is given to others. It
 * may be done twice then, with the same outcome. */
void mates_rescue(struct lead *lead);

#endif
