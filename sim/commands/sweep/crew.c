#include "crew.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TRAY_WORDS ((size_t)8 << 20) /* 64 MB: beyond it the threads wait until the tray has been taken */
#define LOOK_SECONDS 0.02            /* how often a waiting thread looks whether it is to stop */

/* ---- words ---- */

enum { RUN_NUMBER, RUN_OUTCOME, RUN_SCHOOLS, RUN_WEEKS, RUN_TEXT, RUN_HEAD };

static size_t cells_of(const struct sweeping *w, const struct engine_run *run)
{
    return run->outcome == ENGINE_DONE ? run->week_count * run->schools * w->scenario.plan.model->column_count : 0;
}

static int reserve(struct crew *crew, size_t more)
{
    if (crew->words + more <= crew->room)
        return 0;
    const size_t room = (crew->words + more) + crew->room / 2;
    int64_t *tray = realloc(crew->tray, room * sizeof *tray);
    if (!tray)
        return -1;
    crew->tray = tray;
    crew->room = room;
    return 0;
}

static int pack(struct crew *crew, const struct engine_run *run)
{
    const size_t text = run->outcome == ENGINE_DONE ? 0 : sizeof run->message / sizeof(int64_t);
    const size_t cells = cells_of(crew->w, run);
    if (reserve(crew, RUN_HEAD + text + cells))
        return -1;
    int64_t *words = crew->tray + crew->words;
    words[RUN_NUMBER] = run->number;
    words[RUN_OUTCOME] = run->outcome;
    words[RUN_SCHOOLS] = (int64_t)run->schools;
    words[RUN_WEEKS] = (int64_t)run->week_count;
    words[RUN_TEXT] = (int64_t)text;
    memcpy(words + RUN_HEAD, run->message, text * sizeof *words);
    if (cells)
        memcpy(words + RUN_HEAD + text, run->rows, cells * sizeof *words);
    crew->words += RUN_HEAD + text + cells;
    return 0;
}

static bool is_sound(const struct sweeping *w, const struct engine_run *run, const int64_t *words, size_t left)
{
    const int64_t all = w->design.points * w->scenario.plan.replicates;
    const size_t text = run->outcome == ENGINE_DONE ? 0 : sizeof run->message / sizeof(int64_t);
    if (run->number < 0 || run->number >= all || (size_t)words[RUN_TEXT] != text || text > left)
        return false;
    if (run->outcome != ENGINE_DONE)
        return run->outcome == ENGINE_FAILED;
    return run->week_count == engine_weeks(&w->scenario.plan, NULL) && run->schools <= left &&
           cells_of(w, run) <= left - text;
}

bool crew_unpack(const struct sweeping *w, const int64_t *words, size_t count, size_t *at, struct crew_rows *rows,
                 struct engine_run *run)
{
    if (count - *at < RUN_HEAD)
        return false;
    words += *at;
    *run = (struct engine_run){.number = words[RUN_NUMBER],
                               .outcome = words[RUN_OUTCOME] == ENGINE_DONE ? ENGINE_DONE : ENGINE_FAILED,
                               .schools = (size_t)words[RUN_SCHOOLS],
                               .week_count = (size_t)words[RUN_WEEKS]};
    if (!is_sound(w, run, words, count - *at - RUN_HEAD))
        return false;
    const size_t text = (size_t)words[RUN_TEXT], cells = cells_of(w, run);
    memcpy(run->message, words + RUN_HEAD, text * sizeof *words);
    run->message[sizeof run->message - 1] = '\0';
    if (cells > rows->room) {
        free(rows->value);
        rows->value = malloc(cells * sizeof *rows->value);
        rows->room = rows->value ? cells : 0;
    }
    if (cells > rows->room)
        return false;
    if (cells)
        memcpy(rows->value, words + RUN_HEAD + text, cells * sizeof *words);
    run->rows = rows->value;
    sweeping_place(w, run);
    *at += RUN_HEAD + text + cells;
    return true;
}

/* ---- the engine's side ---- */

/* Caller holds the lock. */
static void wait_a_little(struct crew *crew)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)(LOOK_SECONDS * 1e9);
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&crew->moved, &crew->lock, &until);
}

static bool more(void *self, int64_t turn)
{
    struct crew *crew = self;
    pthread_mutex_lock(&crew->lock);
    while (turn >= crew->given && !crew->halt)
        wait_a_little(crew);
    const bool there = turn < crew->given;
    pthread_mutex_unlock(&crew->lock);
    return there;
}

static struct param_set *job(void *self, struct engine_run *run)
{
    struct crew *crew = self;
    pthread_mutex_lock(&crew->lock);
    run->number = crew->queue[run->turn % CREW_MOST];
    pthread_mutex_unlock(&crew->lock);
    sweeping_place(crew->w, run);
    return sweeping_settings(crew->w, run);
}

static enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    struct crew *crew = self;
    pthread_mutex_lock(&crew->lock);
    while (crew->words > TRAY_WORDS && !crew->halt)
        wait_a_little(crew);
    const int failed = pack(crew, run);
    crew->out++;
    pthread_mutex_unlock(&crew->lock);
    return failed ? fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for the rows of a run") : STATUS_OK;
}

static void *work(void *self)
{
    struct crew *crew = self;
    struct engine_tally tally;
    const enum status status = engine_run_all(&crew->plan, &tally, &crew->faults);
    pthread_mutex_lock(&crew->lock);
    crew->tally = tally;
    crew->status = status;
    crew->ended = true;
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* ---- the main thread's side ---- */

enum status crew_start(struct crew *crew, const struct sweeping *w, struct faults *faults)
{
    crew->w = w;
    crew->plan = w->scenario.plan;
    crew->plan.replicates = w->design.points * w->scenario.plan.replicates;
    crew->plan.self = crew;
    crew->plan.more = more;
    crew->plan.job = job;
    crew->plan.take = take;
    crew->plan.stop = &crew->halt;
    pthread_mutex_init(&crew->lock, NULL);
    pthread_cond_init(&crew->moved, NULL);
    crew->started = pthread_create(&crew->thread, NULL, work, crew) == 0;
    return crew->started ? STATUS_OK : fault_add(faults, STATUS_FAILED, NULL, 0, "no thread can be started");
}

void crew_give(struct crew *crew, const int64_t *numbers, size_t count)
{
    pthread_mutex_lock(&crew->lock);
    for (size_t i = 0; i < count; i++)
        crew->queue[crew->given++ % CREW_MOST] = numbers[i];
    pthread_cond_broadcast(&crew->moved);
    pthread_mutex_unlock(&crew->lock);
}

int64_t *crew_collect(struct crew *crew, size_t *words)
{
    pthread_mutex_lock(&crew->lock);
    int64_t *tray = crew->words ? crew->tray : NULL;
    *words = crew->words;
    if (tray) {
        crew->tray = NULL;
        crew->words = crew->room = 0;
        pthread_cond_broadcast(&crew->moved);
    }
    pthread_mutex_unlock(&crew->lock);
    return tray;
}

int64_t crew_waiting(struct crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    const int64_t waiting = crew->given - crew->out;
    pthread_mutex_unlock(&crew->lock);
    return waiting;
}

void crew_halt(struct crew *crew)
{
    crew->halt = 1;
}

bool crew_ended(struct crew *crew)
{
    if (!crew->started)
        return true;
    pthread_mutex_lock(&crew->lock);
    const bool ended = crew->ended;
    pthread_mutex_unlock(&crew->lock);
    return ended;
}

void crew_free(struct crew *crew)
{
    if (!crew->started)
        return;
    crew_halt(crew);
    pthread_join(crew->thread, NULL);
    pthread_cond_destroy(&crew->moved);
    pthread_mutex_destroy(&crew->lock);
    free(crew->tray);
    faults_free(&crew->faults);
    crew->started = false;
}
