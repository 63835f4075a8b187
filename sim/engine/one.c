#include "one.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* Weeks at most that a school is stepped at a stretch, while its people are in the cache. */
#define STRETCH 52
/* Bytes that the schools' own rows of a stretch may take before they are averaged; two weeks of them in any case. */
#define STRETCH_BYTES (64u << 20)

#define NO_FAULT INT64_MAX

/* One replicate being stepped. */
struct stepping {
    struct engine_shared *shared;
    const struct engine_plan *plan;
    struct engine_run *run;
    struct world *world;
    size_t schools;
    int threads;
    size_t sets;        /* of schools, whose means are rows; 0: each school's own row is kept */
    double *whole;      /* with sets: [observed week of the stretch][school][column], averaged into run->rows */
    double *counted;    /* with sets: [set][column], schools whose value is there */
    size_t whole_rows;  /* observed weeks it has room for */
    size_t row_base;    /* first observed week of the stretch */
    int64_t fault_week; /* of the earliest broken invariant, and its school */
    size_t fault_school;
};

bool engine_halted(const struct engine_shared *shared)
{
    return atomic_load_explicit(&shared->halt, memory_order_relaxed) || (shared->plan->stop && *shared->plan->stop);
}

static bool is_observed(const struct engine_plan *plan, int64_t week)
{
    return week % plan->every == 0 || week == plan->weeks;
}

static size_t row_of(const struct engine_plan *plan, int64_t week)
{
    return (size_t)((week + plan->every - 1) / plan->every);
}

static bool is_snapshot(const struct stepping *s, int64_t week)
{
    for (size_t i = 0; i < s->plan->snapshot_count && s->run->replicate < s->plan->snapshot_runs; i++)
        if (s->plan->snapshots[i] == week)
            return true;
    return false;
}

static double *row_place(struct stepping *s, int64_t week, size_t school)
{
    const size_t row = row_of(s->plan, week), columns = s->plan->model->column_count;
    if (s->sets)
        return s->whole + ((row - s->row_base) * s->schools + school) * columns;
    return s->run->rows + (row * s->schools + school) * columns;
}

/* What --verify asks of a week: the model's own invariants and the declared ranges. */
static int broken(struct stepping *s, size_t school, const double *row, char *why, size_t size)
{
    const struct model *model = s->plan->model;
    if (model->verify && model->verify(s->world, school, why, size))
        return 1;
    for (size_t c = 0; row && c < model->column_count; c++)
        if (!isnan(row[c]) && !(row[c] >= model->columns[c].lo && row[c] <= model->columns[c].hi)) {
            snprintf(why, size, "%s is %.9g, declared to lie within %g and %g", model->columns[c].name, row[c],
                     model->columns[c].lo, model->columns[c].hi);
            return 1;
        }
    return 0;
}

/* Keeps the earliest fault, so that the message does not depend on threads. */
static void keep_fault(struct stepping *s, int64_t week, size_t school, const char *why)
{
#pragma omp critical(engine_fault)
    if (s->fault_week == NO_FAULT || week < s->fault_week || (week == s->fault_week && school < s->fault_school)) {
        s->fault_week = week;
        s->fault_school = school;
        snprintf(s->run->message, sizeof s->run->message, "week %lld, school %zu: %s", (long long)week, school + 1,
                 why);
    }
}

static int observe(struct stepping *s, int64_t week, size_t school, bool wanted)
{
    const struct engine_plan *plan = s->plan;
    double *row = wanted ? row_place(s, week, school) : NULL;
    if (wanted)
        plan->model->observe(s->world, school, row);
    char why[ENGINE_MESSAGE / 2] = "";
    if (!plan->verify || !broken(s, school, row, why, sizeof why))
        return 0;
    keep_fault(s, week, school, why);
    return -1;
}

static void step_school(struct stepping *s, size_t school, int64_t from, int64_t to)
{
    for (int64_t week = from; week <= to; week++) {
        s->plan->model->week(s->world, school, week);
        if (observe(s, week, school, week > 0 && is_observed(s->plan, week)))
            return;
    }
    atomic_fetch_add_explicit(&s->shared->school_weeks, to - from + 1, memory_order_relaxed);
}

/* Schools one after the other, week by week, each cut in parts for the threads. */
static void step_parts(struct stepping *s, int64_t from, int64_t to)
{
    const struct model *model = s->plan->model;
    for (size_t school = 0; school < s->schools; school++)
        for (int64_t week = from; week <= to && !engine_halted(s->shared); week++) {
            const size_t parts = model->parts(s->world, school);
#pragma omp parallel for num_threads(s->threads) schedule(dynamic, 1)
            for (size_t part = 0; part < parts; part++)
                model->part(s->world, school, part, week);
            model->join(s->world, school, week);
            if (observe(s, week, school, week > 0 && is_observed(s->plan, week)))
                return;
            atomic_fetch_add_explicit(&s->shared->school_weeks, 1, memory_order_relaxed);
            s->shared->tick(s->shared);
        }
}

static void step_all(struct stepping *s, int64_t from, int64_t to)
{
    if (s->plan->model->parts && s->schools < (size_t)s->threads) {
        step_parts(s, from, to);
        return;
    }
    /* Schools of unequal size come out even; a few at a time, so that handing them out costs nothing, and no more: after
     * the last lot all threads wait. */
#pragma omp parallel for num_threads(s->threads) \
    schedule(dynamic, 1 + s->schools / (128 * (size_t)s->threads)) if (s->threads > 1)
    for (size_t school = 0; school < s->schools; school++) {
        if (engine_halted(s->shared))
            continue;
        step_school(s, school, from, to);
        if (omp_get_thread_num() == 0 || s->threads == 1)
            s->shared->tick(s->shared);
    }
}

static void average_week(struct stepping *s, const double *each, double *means)
{
    const size_t columns = s->plan->model->column_count;
    for (size_t k = 0; k < s->sets * columns; k++)
        means[k] = s->counted[k] = 0;
    for (size_t school = 0; school < s->schools; school++) {
        const size_t set = s->plan->level ? s->plan->level->of(s->world, school) : 0;
        for (size_t c = 0; c < columns && set < s->sets; c++) {
            const double value = each[school * columns + c];
            means[set * columns + c] += isnan(value) ? 0 : value;
            s->counted[set * columns + c] += isnan(value) ? 0 : 1;
        }
    }
    for (size_t k = 0; k < s->sets * columns; k++)
        means[k] = s->counted[k] > 0 ? means[k] / s->counted[k] : (double)NAN;
}

/* Averages the stretch's rows over the schools of each set, in the order of schools, leaving out what is missing. */
static void average(struct stepping *s, size_t rows)
{
    const size_t columns = s->plan->model->column_count;
    /* NOLINTNEXTLINE(clang-analyzer-unix.Malloc): engine_one() frees s->whole, out of the analyser's sight */
    for (size_t r = 0; r < rows; r++)
        average_week(s, s->whole + r * s->schools * columns, s->run->rows + (s->row_base + r) * s->sets * columns);
}

/* The schools as nodes first, where the model knows of something between them. */
static int take_between(struct stepping *s, int64_t week, struct engine_snapshot *snapshot)
{
    struct engine_run *run = s->run;
    if (!s->plan->model->between)
        return 0;
    if (engine_snapshot_take(s->plan->model, s->world, ENGINE_BETWEEN, week, snapshot, run->message,
                             sizeof run->message))
        return -1;
    if (snapshot->nodes > 0)
        run->snapshot_count++;
    else
        engine_snapshot_free(snapshot);
    return 0;
}

static int take_snapshots(struct stepping *s, int64_t week)
{
    if (!is_snapshot(s, week) || !s->plan->model->graph)
        return 0;
    struct engine_run *run = s->run;
    const size_t asked = (size_t)s->plan->snapshot_schools, schools = asked && asked < s->schools ? asked : s->schools;
    struct engine_snapshot *more = realloc(run->snapshots,
                                           (run->snapshot_count + schools + 1) * sizeof *run->snapshots);
    if (!more) {
        snprintf(run->message, sizeof run->message, "week %lld: no memory for %zu networks", (long long)week, schools);
        return -1;
    }
    run->snapshots = more;
    pthread_mutex_lock(&s->shared->igraph);
    int status = take_between(s, week, &more[run->snapshot_count]);
    for (size_t school = 0; school < schools && !status; school++) {
        status = engine_snapshot_take(s->plan->model, s->world, school, week, &more[run->snapshot_count], run->message,
                                      sizeof run->message);
        run->snapshot_count += !status;
    }
    pthread_mutex_unlock(&s->shared->igraph);
    return status;
}

/* Exchanges, and tells the last week of the stretch after `week`: as far as one exchange serves, and up to the next
 * snapshot. */
static int64_t stretch_begin(struct stepping *s, int64_t week, int64_t last)
{
    const struct model *model = s->plan->model;
    int64_t to = week + STRETCH;
    if (model->exchange) {
        model->exchange(s->world, week + 1);
        const int64_t weeks = model->stretch ? model->stretch(s->world, week + 1) : 1;
        to = weeks < STRETCH ? week + weeks : to;
    }
    /* Room for the rows: one each `every` weeks, and the last week's. */
    if (s->sets && to > week + (int64_t)(s->whole_rows - 1) * s->plan->every)
        to = week + (int64_t)(s->whole_rows - 1) * s->plan->every;
    to = to > last ? last : to;
    for (int64_t w = week + 1; w < to; w++)
        if (is_snapshot(s, w))
            return w;
    return to;
}

/* Weeks that count towards progress: those before week 0 too. */
static int64_t settling_weeks(const struct stepping *s)
{
    return s->plan->model->settle ? s->plan->model->settle(s->world) : 0;
}

static enum engine_outcome step_over(struct stepping *s, int64_t from, int64_t to)
{
    s->row_base = from > 0 ? row_of(s->plan, from) : 0;
    step_all(s, from, to);
    if (s->fault_week != NO_FAULT)
        return ENGINE_FAILED;
    if (engine_halted(s->shared))
        return ENGINE_DROPPED;
    if (to <= 0)
        return ENGINE_DONE;
    const size_t end = is_observed(s->plan, to) ? row_of(s->plan, to) + 1 : row_of(s->plan, to);
    if (s->sets && end > s->row_base)
        average(s, end - s->row_base);
    return take_snapshots(s, to) ? ENGINE_FAILED : ENGINE_DONE;
}

static enum engine_outcome step_through(struct stepping *s)
{
    enum engine_outcome outcome = ENGINE_DONE;
    for (int64_t week = -settling_weeks(s), to; week < 0 && outcome == ENGINE_DONE; week = to) {
        to = stretch_begin(s, week, 0);
        outcome = step_over(s, week + 1, to);
    }
    if (outcome != ENGINE_DONE)
        return outcome;
    s->row_base = 0;
    for (size_t school = 0; school < s->schools; school++)
        if (observe(s, 0, school, true))
            return ENGINE_FAILED;
    if (s->sets)
        average(s, 1);
    if (take_snapshots(s, 0))
        return ENGINE_FAILED;
    for (int64_t week = 0, to; week < s->plan->weeks && outcome == ENGINE_DONE; week = to) {
        to = stretch_begin(s, week, s->plan->weeks);
        outcome = step_over(s, week + 1, to);
    }
    return outcome;
}

static bool keeps_lineage(const struct engine_plan *plan, int64_t replicate)
{
    return plan->model->adoptions && replicate < plan->lineage_runs;
}

static int take_lineages(struct stepping *s)
{
    struct engine_run *run = s->run;
    if (!keeps_lineage(s->plan, run->replicate))
        return 0;
    run->lineages = calloc(s->schools, sizeof *run->lineages);
    if (!run->lineages) {
        snprintf(run->message, sizeof run->message, "no memory for who brought whom in, of %zu schools", s->schools);
        return -1;
    }
    int status = 0;
    pthread_mutex_lock(&s->shared->igraph);
    for (size_t school = 0; school < s->schools && !status; school++) {
        status = engine_lineage_take(s->plan->model, s->world, school, &run->lineages[school], run->message,
                                     sizeof run->message);
        run->lineage_count += !status;
    }
    pthread_mutex_unlock(&s->shared->igraph);
    return status;
}

/* A world at week 0, or NULL with a sentence in message. Models may look into the given network: under the lock. */
static struct world *world_new(struct engine_shared *shared, const struct param_set *set, int64_t replicate,
                               char *message, size_t size)
{
    const struct engine_plan *plan = shared->plan;
    struct faults faults = {0};
    struct world *world = NULL;
    const bool locked = plan->input->network != NULL;
    if (locked)
        pthread_mutex_lock(&shared->igraph);
    enum status status = plan->model->init(set, plan->input, plan->seed, (uint32_t)replicate, &world, &faults);
    if (status == STATUS_OK && plan->trace && (status = plan->model->trace(world, plan->trace, &faults)) != STATUS_OK)
        plan->model->free(world);
    else if (status == STATUS_OK && keeps_lineage(plan, replicate) &&
             (status = plan->model->adoptions_keep(world, &faults)) != STATUS_OK)
        plan->model->free(world);
    if (locked)
        pthread_mutex_unlock(&shared->igraph);
    if (status != STATUS_OK) {
        snprintf(message, size, "%s", faults.count ? faults.list[0].text : "the model gave no reason");
        world = NULL;
    }
    faults_free(&faults);
    return world;
}

static size_t count_sets(const struct engine_plan *plan, const struct world *world)
{
    return plan->level ? plan->level->count(world) : plan->whole ? 1 : 0;
}

enum status engine_look(const struct engine_plan *plan, struct engine_size *size, struct faults *faults)
{
    const struct model *model = plan->model;
    struct world *world = NULL;
    *size = (struct engine_size){0};
    if (model->count && !plan->level) {
        size->schools = size->parts = model->count(plan->set, plan->input);
        size->rows = plan->whole ? 1 : size->schools;
        return STATUS_OK;
    }
    const enum status status = model->init(plan->set, plan->input, plan->seed, 0, &world, faults);
    if (status != STATUS_OK)
        return status;
    size->schools = model->schools(world);
    size->rows = plan->level || plan->whole ? count_sets(plan, world) : size->schools;
    for (size_t school = 0; school < size->schools; school++)
        size->parts += model->parts ? model->parts(world, school) : 1;
    model->free(world);
    return STATUS_OK;
}

void engine_one(struct engine_shared *shared, struct engine_run *run, int threads)
{
    const struct engine_plan *plan = shared->plan;
    struct stepping s = {.shared = shared, .plan = plan, .run = run, .threads = threads, .fault_week = NO_FAULT};
    struct param_set *own = plan->job ? plan->job(plan->self, run) : NULL;
    run->outcome = ENGINE_FAILED;
    if (plan->job && !own) {
        snprintf(run->message, sizeof run->message, "no memory for its settings");
        return;
    }
    s.world = world_new(shared, own ? own : plan->set, run->replicate, run->message, sizeof run->message);
    if (!s.world) {
        param_set_free(own);
        return;
    }
    s.schools = plan->model->schools(s.world);
    s.sets = count_sets(plan, s.world);
    run->schools = plan->whole || plan->level ? s.sets : s.schools;
    run->week_count = shared->week_count;
    atomic_store(&shared->run_school_weeks, (long long)s.schools * (plan->weeks + settling_weeks(&s)));
    const size_t row = plan->model->column_count * sizeof *run->rows;
    const size_t fitting = STRETCH_BYTES / (s.schools * row + 1);
    const size_t wanted = STRETCH / (size_t)plan->every + 2;
    s.whole_rows = fitting < 2 ? 2 : fitting > wanted ? wanted : fitting;
    run->rows = malloc(run->week_count * run->schools * row + 1);
    if (s.sets) {
        s.whole = malloc(s.whole_rows * s.schools * row + 1);
        s.counted = malloc(s.sets * row);
    }
    if (plan->level && !s.sets)
        snprintf(run->message, sizeof run->message, "there is no %s to keep rows of: no %s is configured",
                 plan->level->name, plan->level->section);
    else if (run->rows && ((s.whole && s.counted) || !s.sets))
        run->outcome = step_through(&s);
    else
        snprintf(run->message, sizeof run->message, "no memory for %zu rows of %zu schools", run->week_count,
                 s.schools);
    if (run->outcome == ENGINE_DONE && take_lineages(&s))
        run->outcome = ENGINE_FAILED;
    plan->model->free(s.world);
    param_set_free(own);
    free(s.whole);
    free(s.counted);
    if (run->outcome == ENGINE_DONE && plan->prepare)
        plan->prepare(plan->self, run);
}

void engine_run_free(struct engine_run *run)
{
    for (size_t i = 0; i < run->snapshot_count; i++)
        engine_snapshot_free(&run->snapshots[i]);
    free(run->snapshots);
    for (size_t i = 0; i < run->lineage_count; i++)
        engine_lineage_free(&run->lineages[i]);
    free(run->lineages);
    free(run->rows);
    free(run->prepared);
    *run = (struct engine_run){0};
}
