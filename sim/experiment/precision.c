#include "precision.h"

#include "../leaf/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEVEL 0.95
#define MARGIN 1.05 /* a batch as large as expected would be too small every other time */
#define GROWTH_LEAST 1.25
#define GROWTH_MOST 2.0

/* Scores of every scenario, gathered batch by batch. */
struct gathering {
    struct compare_set *set; /* of one scenario: for compare_score() */
    double *scores;          /* [scenario][run] */
    const struct engine_plan *plan;
    void (*progress)(void *self, const struct engine_progress *progress);
    void *self;
};

static enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    struct gathering *g = self;
    struct engine_run here = *run;
    (void)faults;
    here.replicate = 0; /* room for one run at a time */
    compare_take(g->set, 0, &here);
    g->scores[run->replicate] = run->outcome == ENGINE_DONE ? compare_score(g->set, 0, 0, 0) : (double)NAN;
    return STATUS_OK;
}

static void show(void *self, const struct engine_progress *progress)
{
    const struct gathering *g = self;
    g->progress(g->self, progress);
}

double precision_half_width(const double *scores, size_t count, size_t n, size_t stride)
{
    double widest = (double)NAN;
    double *room = malloc(n * sizeof *room + 1);
    for (size_t a = 0; room && a < count; a++)
        for (size_t b = 0; b < a || (count == 1 && b == 0); b++) {
            for (size_t i = 0; i < n; i++)
                room[i] = scores[a * stride + i] - (count == 1 ? 0 : scores[b * stride + i]);
            const struct stats s = stats_of(room, n);
            widest = fmax(widest, stats_half_width(s.sd, s.n, LEVEL)); /* fmax passes NAN by */
        }
    free(room);
    return widest;
}

int64_t precision_next(const struct precision *p, int64_t n, double half_width)
{
    const double have = (double)n, ratio = half_width / p->asked;
    double wanted = isnan(half_width) ? GROWTH_MOST * have : MARGIN * have * ratio * ratio;
    wanted = fmin(GROWTH_MOST * have, fmax(GROWTH_LEAST * have, wanted));
    return (int64_t)fmin((double)p->most, ceil(wanted));
}

static enum status run_batch(struct gathering *g, const struct engine_plan *plan, int64_t first, int64_t end,
                             struct faults *faults)
{
    struct engine_plan batch = *plan;
    struct engine_tally tally;
    batch.first = first;
    batch.replicates = end - first;
    batch.snapshot_count = 0;
    batch.lineage_runs = 0;
    batch.self = g;
    batch.prepare = NULL;
    batch.take = take;
    batch.progress = g->progress ? show : NULL;
    return engine_run_all(&batch, &tally, faults);
}

/* Two and more measures could be asked for; one is, of all scenarios. */
static enum status open_room(struct gathering *g, struct compare_set *set, const struct precision *p,
                             const struct engine_plan *plan, size_t first, size_t last, struct faults *faults)
{
    struct engine_plan one = *plan;
    one.replicates = 1;
    const enum status status = compare_open(set, &one, &p->measure, 1, (const char *const[]){""}, 1, faults);
    set->first = first;
    set->last = last;
    g->set = set;
    return status;
}

enum status precision_find(struct precision *p, const struct engine_plan *plans, size_t count, size_t first,
                           size_t last, void (*progress)(void *self, const struct engine_progress *progress),
                           void *self, struct faults *faults)
{
    struct compare_set set = {0};
    struct gathering g = {.progress = progress, .self = self};
    const size_t most = (size_t)p->most;
    double *scores = malloc(count * most * sizeof *scores + 1);
    if (!scores)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for the scores of %zu runs", most);
    enum status status = open_room(&g, &set, p, &plans[0], first, last, faults);
    int64_t n = 0, next = PRECISION_FIRST < p->most ? PRECISION_FIRST : p->most;
    while (status == STATUS_OK && n < next && !p->reached && p->look_count < PRECISION_LOOKS_MAX) {
        for (size_t i = 0; i < count && status == STATUS_OK; i++) {
            g.scores = scores + i * most;
            status = run_batch(&g, &plans[i], n, next, faults);
        }
        if (status != STATUS_OK)
            break;
        n = next;
        const double half_width = precision_half_width(scores, count, (size_t)n, most);
        p->looks[p->look_count++] = (struct precision_look){n, half_width};
        p->reached = half_width <= p->asked;
        next = precision_next(p, n, half_width);
    }
    compare_free(&set);
    free(scores);
    return status;
}
