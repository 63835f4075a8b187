#include "sweep_mates.h"

#include <math.h>
#include <stdlib.h>

#define AHEAD_SECONDS 0.25 /* work that a rank has in store; also what is lost with it */
#define AHEAD_RUNS 2       /* for each thread, at least */
#define DOUBT_SECONDS 5    /* silent for so long, and for some of its runs: others may have its work */
#define DOUBT_RUNS 4

void mates_take_back(struct lead *lead, struct mate *mate)
{
    if (lead->again_count + CREW_MOST > lead->again_room) {
        const size_t room = lead->again_count + (size_t)2 * CREW_MOST;
        int64_t *more = realloc(lead->again, room * sizeof *more);
        if (!more) {
            lead->status = fault_add(lead->faults, STATUS_FAILED, NULL, 0, "not enough memory to order the runs");
            return;
        }
        lead->again = more;
        lead->again_room = room;
    }
    while (mate->back < mate->given)
        lead->again[lead->again_count++] = mate->held[mate->back++ % CREW_MOST];
}

void mates_settle(struct mate *mate, int64_t number)
{
    /* They come in the order they were given; what is not there was taken back before. */
    if (mate->back < mate->given && mate->held[mate->back % CREW_MOST] == number)
        mate->back++;
}

static bool next_number(struct lead *lead, int64_t *number)
{
    while (lead->again_count > 0) {
        *number = lead->again[--lead->again_count];
        if (!sweep_has(lead->w->store, *number))
            return true;
    }
    if (lead->turn >= lead->w->plan.replicates)
        return false;
    *number = sweeping_number(lead->w, lead->turn++);
    return true;
}

/* So many that it has work until the next letters, and that the last runs end everywhere at about the same time. */
static int64_t wanted(const struct lead *lead, const struct mate *mate)
{
    const double threads = (double)mate->hello.threads, seconds = sweep_ranks_now() - mate->since;
    const double rate = mate->taken > 0 && seconds > 0 ? (double)mate->taken / seconds : 0;
    const double share = threads + (double)lead->left * threads / (double)lead->threads / 2;
    const double ahead = fmin(fmax(AHEAD_RUNS * threads, rate * AHEAD_SECONDS), share);
    return (int64_t)fmin(ahead, CREW_MOST);
}

void mates_give(struct lead *lead, int rank)
{
    struct mate *mate = &lead->mates[rank];
    const int64_t want = mate->gone || mate->doubtful ? 0 : wanted(lead, mate);
    const int64_t lack = want - mates_with(mate);
    if (lack < 1 || lack < want / 4)
        return;
    int64_t *numbers = malloc((size_t)lack * sizeof *numbers);
    size_t count = 0;
    while (numbers && (int64_t)count < lack && next_number(lead, &numbers[count]))
        mate->held[mate->given++ % CREW_MOST] = numbers[count++];
    if (count == 0) {
        free(numbers);
        return;
    }
    const double t = sweep_ranks_now();
    if (mate->since == 0)
        mate->since = mate->heard = t;
    mate->written = t;
    if (rank > 0) {
        ranks_post(&lead->w->ranks, rank, LETTER_WORK, numbers, count);
    } else {
        crew_give(&lead->crew, numbers, count);
        free(numbers);
    }
}

void mates_rescue(struct lead *lead)
{
    const double t = sweep_ranks_now();
    bool idle = false;
    for (int i = 0; i < lead->w->ranks.count; i++)
        idle |= !lead->mates[i].gone && !lead->mates[i].doubtful && mates_with(&lead->mates[i]) == 0;
    if (!idle || lead->turn < lead->w->plan.replicates || lead->again_count > 0)
        return;
    for (int i = 1; i < lead->w->ranks.count; i++) {
        struct mate *mate = &lead->mates[i];
        const double worked = (mate->heard - mate->since) * (double)mate->hello.threads; /* until it fell silent */
        const double run = mate->taken > 0 ? worked / (double)mate->taken : 0;
        if (mates_with(mate) == 0 || t - mate->heard < fmax(DOUBT_SECONDS, DOUBT_RUNS * run))
            continue;
        mate->doubtful = true;
        mates_take_back(lead, mate);
    }
}
