/* Which run of a sweep comes when. */
#include "sweeping.h"

#include <stdlib.h>

/* Place of the order of execution to a run's number: replicate by replicate over all points. */
static int64_t number_at(const struct sweeping *w, int64_t place)
{
    const int64_t points = w->design.points, at = place * w->asked.shards + w->asked.shard - 1;
    return at / points * points + sweep_order(at % points, w->stride, points);
}

/* As stretches of places: few, as runs are missing at the end or here and there. */
enum status sweeping_list_turns(struct sweeping *w, struct faults *faults)
{
    const int64_t all = w->design.points * w->scenario.plan.replicates;
    const int64_t places = (all - w->asked.shard) / w->asked.shards + 1;
    int64_t turns = 0;
    size_t room = 0;
    bool open = false;
    /* Only whole samples tell anything, and any first of them are a fair draw: they come one after the other. */
    const bool sampled = w->design.kind == DESIGN_MORRIS || w->design.kind == DESIGN_SALTELLI;
    w->stride = sampled ? 1 : sweep_stride(w->design.points);
    for (int64_t place = 0; place <= places && all >= w->asked.shard; place++) {
        const bool missing = place < places && !sweep_has(w->store, number_at(w, place));
        if (w->stretch_count == room && missing != open) {
            room = 2 * room + 16;
            struct stretch *more = realloc(w->stretches, room * sizeof *more);
            if (!more)
                return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory to order the runs");
            w->stretches = more;
        }
        if (missing && !open)
            w->stretches[w->stretch_count++] = (struct stretch){turns, place};
        open = missing;
        turns += missing;
    }
    w->plan.replicates = turns;
    return STATUS_OK;
}

int64_t sweeping_number(const struct sweeping *w, int64_t turn)
{
    size_t lo = 0, hi = w->stretch_count;
    while (hi - lo > 1) {
        const size_t mid = lo + (hi - lo) / 2;
        if (w->stretches[mid].turn <= turn)
            lo = mid;
        else
            hi = mid;
    }
    return number_at(w, w->stretches[lo].place + turn - w->stretches[lo].turn);
}

void sweeping_place(const struct sweeping *w, struct engine_run *run)
{
    run->replicate = run->number / w->design.points;
    run->point = run->number % w->design.points + 1;
}

struct param_set *sweeping_settings(const struct sweeping *w, const struct engine_run *run)
{
    struct param_set *set = param_set_copy(w->scenario.config.set);
    if (set && design_apply(&w->design, run->point - 1, set, NULL) != STATUS_OK) {
        param_set_free(set);
        return NULL;
    }
    return set;
}

struct param_set *sweeping_job(void *self, struct engine_run *run)
{
    const struct sweeping *w = self;
    run->number = sweeping_number(w, run->turn);
    sweeping_place(w, run);
    return sweeping_settings(w, run);
}
