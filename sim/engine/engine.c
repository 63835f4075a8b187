#include "engine.h"

#include "one.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* Runs that may be done but not handed on yet, for each thread: a slow run holds up no others until then. */
#define WINDOW_PER_THREAD 4
/* The share of the machine's memory that these runs' rows may take: fewer runs at once, rather. */
#define WINDOW_MEMORY 0.25
/* A number of a row takes this much: itself, and as text for the sink. */
#define ROW_BYTES 20.0

#define TICK_SECONDS 0.1

/* The reorder window: runs finish in any order and are handed on in theirs. */
struct team {
    struct engine_shared shared; /* first: tick() finds the team behind it */
    const struct engine_plan *plan;
    struct engine_tally *tally;
    struct faults *faults;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t moved; /* `taken` grew */
    struct engine_run *window;
    bool *ready;
    int64_t size;
    int64_t next;  /* run to start */
    int64_t taken; /* runs handed on or dropped */
    bool taking;   /* a thread is handing on */
    enum status status;
    pthread_mutex_t talk;
    double start, told;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void tick(struct engine_shared *shared)
{
    struct team *team = (struct team *)shared;
    const struct engine_plan *plan = team->plan;
    if (!plan->progress || pthread_mutex_trylock(&team->talk))
        return;
    const double t = now();
    if (t - team->told >= TICK_SECONDS) {
        const double one = (double)atomic_load(&shared->run_school_weeks);
        const double stepped = (double)atomic_load(&shared->school_weeks);
        pthread_mutex_lock(&team->lock);
        const struct engine_progress progress = {
            .fraction = one > 0 ? stepped / one / (double)plan->replicates : 0,
            .seconds = t - team->start,
            .done = team->tally->done,
            .failed = team->tally->failed,
            .total = plan->replicates,
        };
        pthread_mutex_unlock(&team->lock);
        plan->progress(plan->self, &progress);
        team->told = t;
    }
    pthread_mutex_unlock(&team->talk);
}

/* The next run to start, or -1: none is left, or the work has ended. Waits while the window is full. */
static int64_t claim(struct team *team)
{
    pthread_mutex_lock(&team->lock);
    while (team->next < team->plan->replicates && team->next - team->taken >= team->size &&
           !engine_halted(&team->shared))
        pthread_cond_wait(&team->moved, &team->lock);
    const bool go = team->next < team->plan->replicates && !engine_halted(&team->shared);
    const int64_t run = go ? team->next++ : -1;
    pthread_mutex_unlock(&team->lock);
    return run >= 0 && team->plan->more && !team->plan->more(team->plan->self, run) ? -1 : run;
}

/* Under the lock but while the sink works: hands on the runs that are next in order. */
static void hand_on(struct team *team)
{
    team->taking = true;
    while (team->ready[team->taken % team->size]) {
        struct engine_run *run = &team->window[team->taken % team->size];
        const bool wanted = run->outcome != ENGINE_DROPPED && team->status == STATUS_OK;
        enum status status = STATUS_OK;
        pthread_mutex_unlock(&team->lock);
        if (wanted)
            status = team->plan->take(team->plan->self, run, team->faults);
        pthread_mutex_lock(&team->lock);
        if (status != STATUS_OK) {
            team->status = status;
            atomic_store(&team->shared.halt, true);
        } else if (wanted) {
            team->tally->done += run->outcome == ENGINE_DONE;
            team->tally->failed += run->outcome == ENGINE_FAILED;
        }
        engine_run_free(run);
        team->ready[team->taken % team->size] = false;
        team->taken++;
        pthread_cond_broadcast(&team->moved);
    }
    team->taking = false;
}

static void finish(struct team *team, const struct engine_run *run)
{
    pthread_mutex_lock(&team->lock);
    const int64_t slot = run->turn % team->size;
    team->window[slot] = *run;
    team->ready[slot] = true;
    if (!team->taking)
        hand_on(team);
    pthread_mutex_unlock(&team->lock);
}

static void work(struct team *team, int threads_inside)
{
    for (int64_t next; (next = claim(team)) >= 0;) {
        const int64_t replicate = team->plan->first + next;
        struct engine_run run = {.turn = next, .number = replicate, .replicate = replicate};
        engine_one(&team->shared, &run, threads_inside);
        finish(team, &run);
    }
}

size_t engine_weeks(const struct engine_plan *plan, int64_t *weeks)
{
    size_t n = 0;
    for (int64_t week = 0; week < plan->weeks; week += plan->every, n++)
        if (weeks)
            weeks[n] = week;
    if (weeks)
        weeks[n] = plan->weeks;
    return n + 1;
}

/* How the threads are used, from the size of the first world. */
struct shape {
    int runs;       /* at once */
    int inside;     /* threads over the schools of a run, or over their parts */
    int64_t window; /* runs that may be in memory */
};

static struct shape shape_of(const struct engine_plan *plan)
{
    const int most = plan->threads > 0 ? plan->threads : omp_get_max_threads();
    struct engine_size size = plan->size;
    if (size.schools == 0 && plan->replicates == 1 && plan->model->count) /* shares memory with no other */
        size.parts = plan->model->count(plan->set, plan->input);
    else if (size.schools == 0 && engine_look(plan, &size, NULL) != STATUS_OK)
        size.parts = 0; /* the runs will tell why */
    const double rows = (double)engine_weeks(plan, NULL) * (double)size.rows;
    const double bytes = fmax(1, ROW_BYTES * rows * (double)plan->model->column_count);
    const double memory = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE) * WINDOW_MEMORY;
    const int64_t fitting = (int64_t)fmax(1, fmin(memory / bytes, (double)most * WINDOW_PER_THREAD));
    int64_t runs = plan->replicates < most ? plan->replicates : most;
    runs = runs < fitting ? runs : fitting;
    if (runs < most && size.parts >= (size_t)most)
        return (struct shape){.runs = 1, .inside = most, .window = 1};
    return (struct shape){.runs = (int)runs, .inside = 1, .window = fitting};
}

static void start_threads(struct team *team, const struct shape *shape)
{
    team->tally->threads = shape->runs * shape->inside;
    if (shape->inside > 1) {
        work(team, shape->inside);
    } else {
#pragma omp parallel num_threads(shape->runs)
        work(team, 1);
    }
}

enum status engine_run_all(const struct engine_plan *plan, struct engine_tally *tally, struct faults *faults)
{
    const struct shape shape = shape_of(plan);
    struct team team = {.plan = plan, .tally = tally, .faults = faults, .size = shape.window};
    *tally = (struct engine_tally){0};
    team.shared.plan = plan;
    team.shared.week_count = engine_weeks(plan, NULL);
    team.shared.tick = tick;
    team.start = now();
    team.window = calloc((size_t)team.size, sizeof *team.window);
    team.ready = calloc((size_t)team.size, sizeof *team.ready);
    if (!team.window || !team.ready) {
        free(team.window);
        free(team.ready);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for %lld runs at once", (long long)team.size);
    }
    pthread_mutex_init(&team.shared.igraph, NULL);
    pthread_mutex_init(&team.lock, NULL);
    pthread_mutex_init(&team.talk, NULL);
    pthread_cond_init(&team.moved, NULL);
    start_threads(&team, &shape);
    pthread_cond_destroy(&team.moved);
    pthread_mutex_destroy(&team.talk);
    pthread_mutex_destroy(&team.lock);
    pthread_mutex_destroy(&team.shared.igraph);
    free(team.window);
    free(team.ready);
    tally->seconds = now() - team.start;
    const bool short_of = plan->more ? engine_halted(&team.shared) : tally->done + tally->failed < plan->replicates;
    return team.status == STATUS_OK && short_of ? STATUS_INTERRUPTED : team.status;
}
