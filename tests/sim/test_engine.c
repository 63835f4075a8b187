/* The engine with a toy model that can be told to fail, to be slow, to settle, and that knows when it is called. */
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
} toy;

struct world {
    uint64_t seed;
    uint32_t replicate;
    int64_t week[SCHOOLS_MAX];
    int64_t exchanged, served; /* week of the last exchange */
    uint64_t state[SCHOOLS_MAX];
    int bad_order;
};

static enum status toy_init(const struct param_set *set, const struct model_input *input, uint64_t seed,
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

static size_t toy_schools(const struct world *w)
{
    (void)w;
    return toy.schools;
}

static int64_t toy_settle(const struct world *w)
{
    (void)w;
    return toy.settle;
}

static void toy_exchange(struct world *w, int64_t week)
{
    w->bad_order |= week != w->exchanged + 1;
    w->exchanged = week;
}

static void toy_week(struct world *w, size_t school, int64_t week)
{
    w->bad_order |= week != w->week[school] + 1;
    w->week[school] = week;
    w->state[school] = w->state[school] * 6364136223846793005u + 1442695040888963407u + (uint64_t)week;
    if (week == toy.stop_week)
        *toy.stop = 1;
    if (w->replicate == toy.slow_run && week % 10 == 0)
        usleep(1000);
}

static void toy_exchanged_week(struct world *w, size_t school, int64_t week)
{
    w->bad_order |= w->exchanged != week;
    toy_week(w, school, week);
}

/* One exchange for as many weeks as its own number tells. */
static int64_t toy_stretch(const struct world *w, int64_t week)
{
    (void)w;
    return 1 + (week % 5 + 5) % 5;
}

static void toy_far_exchange(struct world *w, int64_t week)
{
    w->bad_order |= w->served && week > w->exchanged + w->served; /* some week has had none */
    w->exchanged = week;
    w->served = toy_stretch(w, week);
}

static void toy_stretched_week(struct world *w, size_t school, int64_t week)
{
    w->bad_order |= week < w->exchanged || week >= w->exchanged + w->served;
    toy_week(w, school, week);
}

static void toy_observe(const struct world *w, size_t school, double *row)
{
    row[0] = (double)(w->state[school] >> 11) * 0x1p-53;
    row[1] = (double)w->week[school];
    row[2] = school % 2 ? (double)NAN : (double)school + (w->replicate == toy.escape_run ? 100 : 0);
}

static enum status toy_graph(const struct world *w, size_t school, igraph_t *graph, struct faults *faults)
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

static int toy_verify(const struct world *w, size_t school, char *why, size_t size)
{
    if (w->bad_order)
        return snprintf(why, size, "weeks or exchanges come out of order");
    if (w->replicate == toy.break_run && w->week[school] >= toy.break_week && school >= toy.break_school)
        return snprintf(why, size, "school number %zu fell in", school);
    return 0;
}

static void toy_free(struct world *w)
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

static void mix(uint64_t *hash, const void *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        *hash = (*hash ^ ((const unsigned char *)data)[i]) * 1099511628211u;
}

static void sink_prepare(void *self, struct engine_run *run)
{
    (void)self;
    run->prepared = malloc(24);
    snprintf(run->prepared, 24, "run %lld", (long long)run->replicate);
}

static enum status sink_take(void *self, const struct engine_run *run, struct faults *faults)
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

static void sink_progress(void *self, const struct engine_progress *p)
{
    struct sink *s = self;
    s->progressed++;
    assert_true(p->fraction >= 0 && p->fraction <= 1 && p->seconds >= 0 && p->done + p->failed <= p->total);
}

static const struct model_input no_input = {0};

static struct engine_plan plan_of(struct sink *sink)
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

static enum status go(struct engine_plan *plan, struct engine_tally *tally, struct faults *faults)
{
    const enum status status = engine_run_all(plan, tally, faults);
    assert_int_equal(atomic_load(&toy.worlds), 0); /* every world was freed */
    assert_false(((struct sink *)plan->self)->out_of_order);
    return status;
}

static void all_done(struct engine_plan *plan)
{
    struct engine_tally tally;
    struct faults faults = {0};
    assert_int_equal(go(plan, &tally, &faults), STATUS_OK);
    assert_int_equal(tally.done, plan->replicates);
    assert_int_equal(tally.failed, 0);
    assert_int_equal(faults.count, 0);
}

/* --- Tests --- */

static void same_for_any_threads(void **state)
{
    (void)state;
    uint64_t unstretched = 0;
    for (int variant = 0; variant < 7; variant++) {
        uint64_t first = 0;
        for (int threads = 1; threads <= 7; threads += 2) {
            static const int64_t weeks[] = {0, 50, 131, 500};
            struct sink sink;
            struct engine_plan plan = plan_of(&sink);
            toy.schools = variant % 2 ? 9 : 1;
            toy.settle = variant == 4 ? 70 : 0;
            plan.replicates = variant < 2 ? 23 : 3; /* over runs, or over schools within one */
            plan.whole = variant == 3;
            plan.snapshots = weeks;
            plan.snapshot_count = 4;
            plan.snapshot_runs = 2;
            plan.threads = threads;
            if (variant == 5) {
                toy_model.exchange = toy_exchange;
                toy_model.week = toy_exchanged_week;
            }
            if (variant == 6) {
                toy_model.exchange = toy_far_exchange;
                toy_model.stretch = toy_stretch;
                toy_model.week = toy_stretched_week;
            }
            toy.schools = variant >= 5 ? 9 : toy.schools;
            toy.slow_run = 1;
            all_done(&plan);
            assert_int_equal(sink.prepared, plan.replicates);
            first = threads == 1 ? sink.hash : first;
            assert_true(sink.hash == first);
            unstretched = variant == 5 ? first : unstretched;
            assert_true(variant != 6 || first == unstretched); /* nor do stretches change anything */
        }
    }
}

/* A different seed, another replicate: other numbers, so that the hash above means something. */
/* Runs in two parts are the runs of one go. */
static void carried_on(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads += 3) {
        struct sink sink;
        struct engine_plan plan = plan_of(&sink);
        all_done(&plan);
        const uint64_t whole = sink.hash;
        plan = plan_of(&sink);
        plan.threads = threads;
        toy.slow_run = 9;
        plan.replicates = 8;
        all_done(&plan);
        assert_true(sink.last == 7 && sink.hash != whole);
        plan.first = 8;
        plan.replicates = 15;
        all_done(&plan);
        assert_int_equal(sink.last, 22);
        assert_true(sink.hash == whole);
    }
}

/* Work that comes by and by, and ends where nobody knew beforehand: the same runs as when it was known. */
static bool seventeen(void *self, int64_t turn)
{
    (void)self;
    if (turn % 5 == 3)
        usleep(2000);
    return turn < 17;
}

static void as_many_as_there_are(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 7; threads += 2) {
        struct sink sink;
        struct engine_tally tally;
        struct engine_plan plan = plan_of(&sink);
        plan.replicates = 17;
        all_done(&plan);
        const uint64_t known = sink.hash;
        plan = plan_of(&sink);
        plan.threads = threads;
        plan.replicates = 1000000;
        plan.more = seventeen;
        toy.slow_run = 9;
        assert_int_equal(go(&plan, &tally, NULL), STATUS_OK);
        assert_int_equal(tally.done, 17);
        assert_true(sink.hash == known);
        plan = plan_of(&sink);
        plan.threads = threads;
        plan.more = seventeen;
        sink.stop_at = 4;
        assert_int_equal(go(&plan, &tally, NULL), STATUS_INTERRUPTED);
        assert_true(tally.done >= 5 && tally.done <= 17);
    }
}

static void hash_sees_numbers(void **state)
{
    (void)state;
    struct sink a, b;
    struct engine_plan plan = plan_of(&a);
    all_done(&plan);
    plan = plan_of(&b);
    plan.seed++;
    all_done(&plan);
    assert_true(a.hash != b.hash);
}

struct grab {
    struct sink sink; /* first: sink functions see it */
    double rows[200][COLUMNS];
    size_t row_count, snapshots;
    int64_t snapshot_weeks[8];
};

static enum status grab_take(void *self, const struct engine_run *run, struct faults *faults)
{
    struct grab *g = self;
    g->row_count = run->week_count * run->schools;
    memcpy(g->rows, run->rows, g->row_count * sizeof g->rows[0]);
    g->snapshots = run->snapshot_count;
    for (size_t i = 0; i < run->snapshot_count && i < 8; i++) {
        const struct engine_snapshot *n = &run->snapshots[i];
        g->snapshot_weeks[i] = n->week;
        assert_int_equal(n->nodes, 3 + n->school);
        assert_int_equal(n->ties, 3 + n->school);
        assert_string_equal(n->ids[2], "p2");
        assert_near(n->node_values[2 * 2], 2 + (double)n->week / 8, 0);
        assert_true(isnan(n->node_values[2 * 2 + 1])); /* declared, but not in the graph */
    }
    return sink_take(&g->sink, run, faults);
}

static void weeks_observed(void **state)
{
    (void)state;
    static const struct {
        int64_t weeks, every, count, last_but_one;
    } cases[] = {{131, 7, 20, 126}, {21, 7, 4, 14}, {1, 1, 2, 0}, {5, 100, 2, 0}, {100, 1, 101, 99}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct grab grab = {0};
        int64_t weeks[200];
        struct engine_plan plan = plan_of(&grab.sink);
        plan.weeks = cases[i].weeks;
        plan.every = cases[i].every;
        plan.replicates = 1;
        plan.self = &grab;
        plan.take = grab_take;
        toy.settle = 60;
        all_done(&plan);
        assert_int_equal(engine_weeks(&plan, weeks), cases[i].count);
        assert_int_equal(engine_weeks(&plan, NULL), cases[i].count);
        assert_int_equal(grab.row_count, cases[i].count);
        for (int64_t r = 0; r < cases[i].count; r++)
            assert_true(grab.rows[r][1] == (double)weeks[r]);
        assert_int_equal(weeks[cases[i].count - 1], cases[i].weeks);
        assert_int_equal(weeks[cases[i].count - 2], cases[i].last_but_one);
    }
}

static void mean_of_schools(void **state)
{
    (void)state;
    struct grab each = {0}, whole = {0};
    struct engine_plan plan = plan_of(&each.sink);
    plan.replicates = 1;
    plan.self = &each;
    plan.take = grab_take;
    toy.schools = 5;
    all_done(&plan);
    plan = plan_of(&whole.sink);
    plan.replicates = 1;
    plan.self = &whole;
    plan.take = grab_take;
    plan.whole = true;
    toy.schools = 5;
    all_done(&plan);
    assert_int_equal(each.row_count, 20 * 5);
    assert_int_equal(whole.row_count, 20);
    for (size_t r = 0; r < 20; r++) {
        double sum = 0;
        for (size_t s = 0; s < 5; s++)
            sum += each.rows[5 * r + s][0];
        assert_near(whole.rows[r][0], sum / 5, 1e-15);
        assert_near(whole.rows[r][2], (0 + 2 + 4) / 3.0, 1e-15); /* odd schools have none */
    }
}

/* Schools in three sets of which the last stays empty, and one school in none; school 1 changes over in week 11. */
static size_t toy_sets(const struct world *world)
{
    (void)world;
    return 3;
}

static size_t toy_set(const struct world *world, size_t school)
{
    static const size_t sets[] = {0, 0, 1, 9, 1};
    return school == 1 && world->exchanged > 10 ? 1 : sets[school];
}

static void levels_are_means_of_sets(void **state)
{
    (void)state;
    static const struct model_level level = {"gang", "gang", "", toy_sets, toy_set};
    struct grab each = {0}, sets = {0};
    struct engine_plan plan = plan_of(&each.sink);
    toy_model.exchange = toy_exchange;
    toy_model.week = toy_exchanged_week;
    plan.replicates = 1;
    plan.self = &each;
    plan.take = grab_take;
    toy.schools = 5;
    all_done(&plan);
    plan = plan_of(&sets.sink);
    plan.replicates = 1;
    plan.self = &sets;
    plan.take = grab_take;
    plan.level = &level;
    toy_model.exchange = toy_exchange;
    toy_model.week = toy_exchanged_week;
    toy.schools = 5;
    all_done(&plan);
    toy.schools = 5;
    struct engine_size size;
    assert_int_equal(engine_look(&plan, &size, NULL), STATUS_OK);
    assert_int_equal(size.schools, 5);
    assert_int_equal(size.rows, 3);
    assert_int_equal(size.parts, 5);
    assert_int_equal(sets.row_count, 20 * 3);
    for (size_t r = 0; r < 20; r++) {
        const double *of[5];
        for (size_t s = 0; s < 5; s++)
            of[s] = each.rows[5 * r + s];
        const bool before = plan.every * (int64_t)r <= 10;
        assert_near(sets.rows[3 * r][0], before ? (of[0][0] + of[1][0]) / 2 : of[0][0], 1e-15);
        assert_near(sets.rows[3 * r + 1][0], before ? (of[2][0] + of[4][0]) / 2 : (of[1][0] + of[2][0] + of[4][0]) / 3,
                    1e-15);
        assert_true(isnan(sets.rows[3 * r + 2][0]));
    }
}

static void snapshots_of_the_first_runs(void **state)
{
    (void)state;
    static const int64_t weeks[] = {50, 0, 131, 132, 9000};
    struct grab grab = {0};
    struct engine_plan plan = plan_of(&grab.sink);
    plan.replicates = 1;
    plan.self = &grab;
    plan.take = grab_take;
    plan.snapshots = weeks;
    plan.snapshot_count = 5;
    plan.snapshot_runs = 1;
    toy.schools = 2;
    all_done(&plan);
    static const int64_t expected[] = {0, 0, 50, 50, 131, 131};
    assert_int_equal(grab.snapshots, 6);
    assert_memory_equal(grab.snapshot_weeks, expected, sizeof expected);
    plan.replicates = 2; /* the sink keeps the last run: it has none */
    grab.sink.last = -1;
    all_done(&plan);
    assert_int_equal(grab.snapshots, 0);
}

/* A slow run holds the others up once the window is full: memory stays bounded. */
static void bounded_window(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_plan plan = plan_of(&sink);
    plan.replicates = 400;
    plan.threads = 3;
    toy.slow_run = 5;
    all_done(&plan);
    assert_in_range(atomic_load(&toy.most_worlds), 1, 3);
}

static void failing_runs_are_recorded(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads += 3) {
        struct sink sink;
        struct engine_tally tally;
        struct faults faults = {0};
        static const int64_t weeks[] = {50};
        struct engine_plan plan = plan_of(&sink);
        plan.threads = threads;
        plan.snapshots = weeks;
        plan.snapshot_count = 1;
        plan.snapshot_runs = 23;
        toy.schools = 4;
        toy.fail_init = 3;
        toy.break_run = 7;
        toy.break_week = 60;
        toy.break_school = 2;
        toy.escape_run = 11;
        toy.graph_fails = 19;
        assert_int_equal(go(&plan, &tally, &faults), STATUS_OK);
        assert_int_equal(tally.failed, 4);
        assert_int_equal(tally.done, 19);
        assert_string_equal(sink.messages, "3: the floor of this world is missing\n"
                                           "7: week 60, school 3: school number 2 fell in\n"
                                           "11: week 0, school 1: even is 100, declared to lie within 0 and 9\n"
                                           "19: week 50, school 1: no network: nobody is left\n");
        faults_free(&faults);
    }
}

/* The same school is blamed whatever the threads, also when several break. */
static void earliest_fault(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 5; threads++) {
        struct sink sink;
        struct engine_tally tally;
        struct engine_plan plan = plan_of(&sink);
        plan.replicates = 1;
        plan.threads = threads;
        toy.schools = 9;
        toy.break_run = 0;
        toy.break_week = 77;
        toy.break_school = 4;
        assert_int_equal(go(&plan, &tally, NULL), STATUS_OK);
        assert_string_equal(sink.messages, "0: week 77, school 5: school number 4 fell in\n");
    }
}

static void without_verify(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_plan plan = plan_of(&sink);
    plan.verify = false;
    toy.break_run = 0;
    toy.escape_run = 1;
    all_done(&plan);
}

static void stopped(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct sink sink;
        struct engine_tally tally;
        struct faults faults = {0};
        struct engine_plan plan = plan_of(&sink);
        plan.replicates = 300;
        plan.threads = threads;
        toy.slow_run = 9; /* dropped while others beyond it are done: these are kept */
        sink.stop_at = 5;
        assert_int_equal(go(&plan, &tally, &faults), STATUS_INTERRUPTED);
        assert_in_range(tally.done, 6, 100);
        assert_int_equal(tally.done, sink.runs);
        assert_int_equal(faults.count, 0);
    }
}

static void stopped_inside_a_run(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_tally tally;
    struct engine_plan plan = plan_of(&sink);
    plan.replicates = 1;
    plan.weeks = 10000000;
    plan.every = 10000000;
    plan.verify = false;
    toy.schools = 5;
    plan.threads = 2;
    toy.stop_week = 1000;
    assert_int_equal(go(&plan, &tally, NULL), STATUS_INTERRUPTED);
    assert_int_equal(tally.done, 0);
    assert_int_equal(sink.runs, 0);
    assert_true(tally.seconds < 5);
}

static void stopped_after_the_last(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_plan plan = plan_of(&sink);
    sink.stop_at = 22;
    all_done(&plan); /* nothing is missing: nothing was interrupted */
}

static void sink_fails(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct sink sink;
        struct engine_tally tally;
        struct faults faults = {0};
        struct engine_plan plan = plan_of(&sink);
        plan.threads = threads;
        plan.replicates = 300;
        sink.fail_at = 8;
        assert_int_equal(go(&plan, &tally, &faults), STATUS_FAILED);
        assert_int_equal(sink.runs, 9);
        assert_int_equal(tally.done, 8);
        assert_int_equal(faults.count, 1);
        assert_string_equal(faults.list[0].text, "the paper has run out");
        faults_free(&faults);
    }
}

static void progress_is_told(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++) {
        struct sink sink;
        struct engine_plan plan = plan_of(&sink);
        plan.threads = threads;
        plan.weeks = 6000;
        plan.replicates = 2;
        toy.slow_run = 0; /* 0.6 s */
        all_done(&plan);
        assert_in_range(sink.progressed, 1, 40);
    }
}

static void schools_counted(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_plan plan = plan_of(&sink);
    struct faults faults = {0};
    toy.schools = 6;
    struct engine_size size;
    assert_int_equal(engine_look(&plan, &size, &faults), STATUS_OK);
    assert_int_equal(size.schools, 6);
    toy.fail_init = 0;
    assert_int_equal(engine_look(&plan, &size, &faults), STATUS_FAILED);
    assert_int_equal(size.schools, 0);
    assert_int_equal(faults.count, 1);
    faults_free(&faults);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_for_any_threads),
        cmocka_unit_test(carried_on),
        cmocka_unit_test(as_many_as_there_are),
        cmocka_unit_test(hash_sees_numbers),
        cmocka_unit_test(weeks_observed),
        cmocka_unit_test(mean_of_schools),
        cmocka_unit_test(levels_are_means_of_sets),
        cmocka_unit_test(snapshots_of_the_first_runs),
        cmocka_unit_test(bounded_window),
        cmocka_unit_test(failing_runs_are_recorded),
        cmocka_unit_test(earliest_fault),
        cmocka_unit_test(without_verify),
        cmocka_unit_test(stopped),
        cmocka_unit_test(stopped_inside_a_run),
        cmocka_unit_test(stopped_after_the_last),
        cmocka_unit_test(sink_fails),
        cmocka_unit_test(progress_is_told),
        cmocka_unit_test(schools_counted),
    };
    return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
