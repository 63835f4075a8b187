/* toy.h: a model for tests of the engine, that can be told to fail, to be slow, to settle, and knows when it is called;
 * and a sink that remembers what it was given. */
#ifndef EBB_TESTS_TOY_H
#define EBB_TESTS_TOY_H

#include "../../sim/engine/engine.h"

#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../near.h"

enum { SCHOOLS_MAX = 9, COLUMNS = 3 };

/* What the toy does; set by each test, read by the model. */
static struct {
    size_t schools;
    int64_t settle;
    int64_t fail_init;             /* this replicate cannot be made; -1: none */
    int64_t break_run, break_week; /* from this week on school break_school is broken in this replicate */
    size_t break_school;
    int64_t escape_run;  /* a column leaves its range in this replicate */
    int64_t slow_run;    /* this replicate takes its time */
    int64_t graph_fails; /* in this replicate */
    int64_t stop_week;   /* the user loses patience in this week */
    volatile sig_atomic_t *stop;
    atomic_int worlds, most_worlds;
    atomic_llong steps; /* of all schools */
} toy;

struct world {
    uint64_t seed;
    uint32_t replicate;
    int64_t week[SCHOOLS_MAX];
    int64_t exchanged, served; /* week of the last exchange */
    uint64_t state[SCHOOLS_MAX];
    int bad_order;
};

static inline enum status toy_init(const struct param_set *set, const struct model_input *input, uint64_t seed,
                                   uint32_t replicate, struct world **world, struct faults *faults)
{
    (void)set;
    (void)input;
    if (replicate == toy.fail_init)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "the %s of this world is missing", "floor");
    struct world *w = calloc(1, sizeof *w);
    w->seed = seed;
    w->replicate = replicate;
    for (size_t i = 0; i < toy.schools; i++) {
        w->state[i] = seed * 1000003 + replicate * 10007 + i;
        w->week[i] = -toy.settle;
    }
    w->exchanged = -toy.settle;
    const int now = atomic_fetch_add(&toy.worlds, 1) + 1;
    int most = atomic_load(&toy.most_worlds);
    while (now > most && !atomic_compare_exchange_weak(&toy.most_worlds, &most, now))
        ;
    *world = w;
    return STATUS_OK;
}

static inline size_t toy_schools(const struct world *w)
{
    (void)w;
    return toy.schools;
}

static inline int64_t toy_settle(const struct world *w)
{
    (void)w;
    return toy.settle;
}

static inline void toy_exchange(struct world *w, int64_t week)
{
    w->bad_order |= week != w->exchanged + 1;
    w->exchanged = week;
}

static inline void toy_week(struct world *w, size_t school, int64_t week)
{
    w->bad_order |= week != w->week[school] + 1;
    w->week[school] = week;
    atomic_fetch_add_explicit(&toy.steps, 1, memory_order_relaxed);
    w->state[school] = w->state[school] * 6364136223846793005u + 1442695040888963407u + (uint64_t)week;
    if (week == toy.stop_week)
        *toy.stop = 1;
    if (w->replicate == toy.slow_run && week % 10 == 0)
        usleep(1000);
}

static inline void toy_exchanged_week(struct world *w, size_t school, int64_t week)
{
    w->bad_order |= w->exchanged != week;
    toy_week(w, school, week);
}

/* One exchange for as many weeks as its own number tells. */
static inline int64_t toy_stretch(const struct world *w, int64_t week)
{
    (void)w;
    return 1 + (week % 5 + 5) % 5;
}

static inline void toy_far_exchange(struct world *w, int64_t week)
{
    w->bad_order |= w->served && week > w->exchanged + w->served; /* some week has had none */
    w->exchanged = week;
    w->served = toy_stretch(w, week);
}

static inline void toy_stretched_week(struct world *w, size_t school, int64_t week)
{
    w->bad_order |= week < w->exchanged || week >= w->exchanged + w->served;
    toy_week(w, school, week);
}

static inline void toy_observe(const struct world *w, size_t school, double *row)
{
    row[0] = (double)(w->state[school] >> 11) * 0x1p-53;
    row[1] = (double)w->week[school];
    row[2] = school % 2 ? (double)NAN : (double)school + (w->replicate == toy.escape_run ? 100 : 0);
}

static inline enum status toy_graph(const struct world *w, size_t school, igraph_t *graph, struct faults *faults)
{
    if (w->replicate == toy.graph_fails)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "nobody is left");
    igraph_ring(graph, (igraph_integer_t)school + 3, IGRAPH_DIRECTED, false, true);
    for (igraph_integer_t v = 0; v < igraph_vcount(graph); v++) {
        char id[16];
        snprintf(id, sizeof id, "p%d", (int)v);
        igraph_cattribute_VAS_set(graph, GRAPH_ID, v, id);
        igraph_cattribute_VAN_set(graph, "height", v, (double)v + (double)w->week[school] / 8);
    }
    return STATUS_OK;
}

static inline int toy_verify(const struct world *w, size_t school, char *why, size_t size)
{
    if (w->bad_order)
        return snprintf(why, size, "weeks or exchanges come out of order");
    if (w->replicate == toy.break_run && w->week[school] >= toy.break_week && school >= toy.break_school)
        return snprintf(why, size, "school number %zu fell in", school);
    return 0;
}

static inline void toy_free(struct world *w)
{
    atomic_fetch_sub(&toy.worlds, 1);
    free(w);
}

static const struct column columns[COLUMNS] = {
    {"state", "", "", COLUMN_STATE, "", 0, 1},
    {"week_seen", "", "", COLUMN_STATE, "", 0, 1e6},
    {"even", "", "", COLUMN_STATE, "", 0, SCHOOLS_MAX},
};
static const struct attribute heights[] = {{"height", "m", "", ""}, {"absent", "", "", ""}};

static struct model toy_model = {
    .name = "toy",
    .columns = columns,
    .column_count = COLUMNS,
    .node_attributes = heights,
    .node_attribute_count = 2,
    .init = toy_init,
    .schools = toy_schools,
    .settle = toy_settle,
    .week = toy_week,
    .observe = toy_observe,
    .graph = toy_graph,
    .verify = toy_verify,
    .free = toy_free,
};

/* --- The sink --- */

struct sink {
    int64_t last, runs, prepared;
    uint64_t hash; /* of everything taken */
    char messages[4000];
    int64_t stop_at, fail_at; /* replicate; -1: never */
    volatile sig_atomic_t stop;
    int out_of_order, progressed;
};

static inline void mix(uint64_t *hash, const void *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        *hash = (*hash ^ ((const unsigned char *)data)[i]) * 1099511628211u;
}

static inline void sink_prepare(void *self, struct engine_run *run)
{
    (void)self;
    run->prepared = malloc(24);
    snprintf(run->prepared, 24, "run %lld", (long long)run->replicate);
}

static inline enum status sink_take(void *self, const struct engine_run *run, struct faults *faults)
{
    struct sink *s = self;
    s->out_of_order |= run->replicate <= s->last;
    s->last = run->replicate;
    s->runs++;
    mix(&s->hash, &run->replicate, sizeof run->replicate);
    mix(&s->hash, run->message, strlen(run->message));
    if (run->outcome == ENGINE_DONE)
        mix(&s->hash, run->rows, run->week_count * run->schools * COLUMNS * sizeof *run->rows);
    for (size_t i = 0; i < run->snapshot_count; i++) {
        const struct engine_snapshot *n = &run->snapshots[i];
        mix(&s->hash, &n->week, sizeof n->week);
        mix(&s->hash, &n->school, sizeof n->school);
        mix(&s->hash, n->ends, 2 * n->ties * sizeof *n->ends);
        for (size_t v = 0; v < n->nodes; v++)
            mix(&s->hash, n->ids[v], strlen(n->ids[v]));
    }
    if (run->prepared) {
        char expected[24];
        snprintf(expected, sizeof expected, "run %lld", (long long)run->replicate);
        assert_string_equal(run->prepared, expected);
        s->prepared++;
    }
    if (*run->message)
        snprintf(s->messages + strlen(s->messages), sizeof s->messages - strlen(s->messages), "%lld: %s\n",
                 (long long)run->replicate, run->message);
    if (run->replicate == s->stop_at)
        s->stop = 1;
    if (run->replicate == s->fail_at)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "the paper has run out");
    return STATUS_OK;
}

static inline void sink_progress(void *self, const struct engine_progress *p)
{
    struct sink *s = self;
    s->progressed++;
    assert_true(p->fraction >= 0 && p->fraction <= 1 && p->seconds >= 0 && p->done + p->failed <= p->total);
}

static const struct model_input no_input = {0};

static inline struct engine_plan plan_of(struct sink *sink)
{
    *sink = (struct sink){.last = -1, .stop_at = -1, .fail_at = -1, .hash = 14695981039346656037u};
    toy.schools = 1;
    toy.settle = 0;
    toy.fail_init = toy.break_run = toy.escape_run = toy.slow_run = toy.graph_fails = -1;
    toy.stop_week = INT64_MIN; /* settling has negative weeks */
    toy.stop = &sink->stop;
    toy.break_school = 0;
    atomic_store(&toy.worlds, 0);
    atomic_store(&toy.most_worlds, 0);
    atomic_store(&toy.steps, 0);
    toy_model.exchange = NULL;
    toy_model.stretch = NULL;
    toy_model.week = toy_week;
    return (struct engine_plan){.model = &toy_model,
                                .input = &no_input,
                                .seed = 2385,
                                .replicates = 23,
                                .weeks = 131,
                                .every = 7,
                                .threads = 1,
                                .verify = true,
                                .stop = &sink->stop,
                                .self = sink,
                                .prepare = sink_prepare,
                                .take = sink_take,
                                .progress = sink_progress};
}

static inline enum status go(struct engine_plan *plan, struct engine_tally *tally, struct faults *faults)
{
    const enum status status = engine_run_all(plan, tally, faults);
    assert_int_equal(atomic_load(&toy.worlds), 0); /* every world was freed */
    assert_false(((struct sink *)plan->self)->out_of_order);
    return status;
}

static inline void all_done(struct engine_plan *plan)
{
    struct engine_tally tally;
    struct faults faults = {0};
    assert_int_equal(go(plan, &tally, &faults), STATUS_OK);
    assert_int_equal(tally.done, plan->replicates);
    assert_int_equal(tally.failed, 0);
    assert_int_equal(faults.count, 0);
}

#endif
