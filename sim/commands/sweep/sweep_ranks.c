#include "sweep_ranks.h"

#include "../../store/manifest.h"
#include "../interrupt.h"
#include "crew.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define NAP_NANOSECONDS 1000000 /* looking costs about 3 µs: a third of a percent of a core */
#define SEND_SECONDS 0.02       /* runs of this long go in one letter */
#define LETTERS_OUT 8           /* beyond so many undelivered ones, runs wait in the tray */
#define FAREWELL_SECONDS 5
#define OPENING_SECONDS 3600 /* rank 0 may have a large result to look through before the first word */
#define SILENT_SECONDS 60    /* with nothing to do; rank 0 says something every ten */

double sweep_ranks_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void sweep_ranks_nap(void)
{
    nanosleep(&(struct timespec){.tv_nsec = NAP_NANOSECONDS}, NULL);
}

enum status sweep_ranks_begin(struct sweeping *w, struct faults *faults)
{
    const struct options *options = w->scenario.options;
    const int launched = ranks_launched(), strangers = ranks_strangers();
    w->ranks = (struct ranks){.count = 1};
    if (options_own(options, "shard") && launched > 1)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "mpirun hands out the runs itself: leave --shard out, or leave mpirun out and start each "
                         "shard by itself");
    if (strangers > 1 && !options_own(options, "shard"))
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "srun has started %d copies that do not know of each other: use mpirun inside the job, "
                         "srun --mpi=pmix where Slurm has it, or --shard \"$((SLURM_PROCID + 1))/%d\"",
                         strangers, strangers);
    if (launched == 1 && getenv("OMPI_COMM_WORLD_SIZE"))
        fault_warn(faults, NULL, 0,
                   "mpirun has started one rank only: this is a plain sweep; `mpirun -n 4` would start four");
    return launched > 1 ? ranks_begin(&w->ranks, faults) : STATUS_OK;
}

/* ---- what a rank says of itself ---- */

static uint64_t mix(uint64_t sum, const char *text) /* FNV-1a, with the text's end */
{
    do {
        sum = (sum ^ (unsigned char)*text) * 0x100000001b3u;
    } while (*text++);
    return sum;
}

/* Version, build, configuration, design and the contents of the files that settings name. */
static enum status sum_up(const struct sweeping *w, uint64_t *sum, struct faults *faults)
{
    char text[MANIFEST_SUM];
    enum status status = STATUS_OK;
    *sum = mix(mix(mix(0xcbf29ce484222325u, EBB_VERSION), EBB_COMMIT), w->scenario.config_text);
    snprintf(text, sizeof text, "%lld", (long long)w->design.points);
    *sum = mix(*sum, text);
    for (size_t i = 0; i < w->asked.data_count && status == STATUS_OK; i++) {
        status = manifest_sum(w->asked.data[i], text, NULL, faults);
        *sum = mix(*sum, text);
    }
    return status;
}

static void describe(const struct sweeping *w, enum status status, const struct faults *faults, struct said *said)
{
    *said = (struct said){.status = status, .threads = w->scenario.plan.threads, .processors = omp_get_num_procs()};
    gethostname(said->host, sizeof said->host - 1);
    for (size_t i = faults->count; i-- > 0 && status != STATUS_OK;)
        if (!faults->list[i].warning)
            snprintf(said->sentence, sizeof said->sentence, "%s%s%s", faults->list[i].file ? faults->list[i].file : "",
                     faults->list[i].file ? ": " : "", faults->list[i].text);
}

enum status sweep_ranks_say(const struct sweeping *w, enum status status, struct faults *faults, struct said *said)
{
    uint64_t sum = 0;
    if (status == STATUS_OK)
        status = sum_up(w, &sum, faults);
    describe(w, status, faults, said);
    said->sweep = sum;
    return status;
}

static void post_said(struct sweeping *w, int kind, const struct said *said)
{
    const size_t count = sizeof *said / sizeof(int64_t);
    int64_t *words = calloc(count, sizeof *words);
    if (!words)
        return;
    memcpy(words, said, sizeof *said);
    ranks_post(&w->ranks, 0, kind, words, count);
}

/* ---- a rank that follows ---- */

struct follower {
    struct sweeping *w;
    struct crew crew;
    double sent, heard;
    bool dismissed; /* rank 0 has said stop */
    bool mate_lost; /* and that another rank is lost */
    struct faults *faults;
};

static enum status listen(struct follower *f)
{
    int from, kind;
    int64_t *words;
    size_t count;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && ranks_take(&f->w->ranks, &from, &kind, &words, &count)) {
        f->heard = sweep_ranks_now();
        f->dismissed |= kind == LETTER_STOP;
        f->mate_lost |= kind == LETTER_STOP && words && count == 1 && *words;
        if (!words)
            status = fault_add(f->faults, STATUS_FAILED, NULL, 0, "no memory for a letter");
        else if (kind == LETTER_WORK && !f->crew.started)
            status = crew_start(&f->crew, f->w, f->faults);
        if (words && kind == LETTER_WORK && status == STATUS_OK)
            crew_give(&f->crew, words, count);
        free(words);
    }
    return status;
}

/* Puts what has been run in the post: soon when the crew will run dry, else when it is worth a letter. */
static bool send_runs(struct follower *f, bool all)
{
    const double t = sweep_ranks_now();
    const size_t out = ranks_tend(&f->w->ranks);
    size_t count;
    if (!f->crew.started || (!all && out >= LETTERS_OUT))
        return false;
    if (!all && t - f->sent < SEND_SECONDS && crew_waiting(&f->crew) >= f->crew.plan.threads)
        return false;
    int64_t *words = crew_collect(&f->crew, &count);
    if (!words)
        return false;
    ranks_post(&f->w->ranks, 0, LETTER_RUNS, words, count);
    f->sent = t;
    return true;
}

static enum status work(struct follower *f, const volatile sig_atomic_t *stop)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && !f->dismissed && !f->w->rank_lost && !*stop &&
           !(f->crew.started && crew_ended(&f->crew))) {
        status = listen(f);
        if (sweep_ranks_now() - f->heard > SILENT_SECONDS && crew_waiting(&f->crew) == 0)
            f->w->rank_lost = true;
        else if (!send_runs(f, false))
            sweep_ranks_nap();
    }
    crew_halt(&f->crew);
    while (!crew_ended(&f->crew))
        sweep_ranks_nap();
    send_runs(f, true);
    if (status == STATUS_OK && f->crew.started && f->crew.status == STATUS_FAILED)
        status = fault_add(f->faults, STATUS_FAILED, NULL, 0, "%s",
                           f->crew.faults.count ? f->crew.faults.list[0].text : "a run failed");
    return status == STATUS_OK && *stop ? STATUS_INTERRUPTED : status;
}

/* Rank 0 ends the talk: what it still sends is read, so that all letters are delivered. */
static void say_goodbye(struct follower *f, const struct said *said)
{
    f->heard = f->w->rank_lost ? f->heard : sweep_ranks_now();
    post_said(f->w, LETTER_BYE, said);
    const double begun = sweep_ranks_now();
    for (double t = begun; t - f->heard < SILENT_SECONDS; t = sweep_ranks_now()) {
        const size_t out = ranks_tend(&f->w->ranks);
        if (f->dismissed && (out == 0 || t - begun > FAREWELL_SECONDS))
            return;
        if (listen(f) != STATUS_OK)
            break;
        sweep_ranks_nap();
    }
    f->w->rank_lost = true;
}

enum status sweep_ranks_follow(struct sweeping *w, enum status status, struct faults *faults)
{
    const volatile sig_atomic_t *stop = interrupt_watch();
    struct faults own = {0};
    struct follower *f = calloc(1, sizeof *f);
    struct said said;
    if (!f) {
        w->rank_lost = true;
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    }
    *f = (struct follower){.w = w, .faults = &own, .heard = sweep_ranks_now() + OPENING_SECONDS};
    status = sweep_ranks_say(w, status, faults, &said);
    faults_free(faults);
    *faults = (struct faults){0};
    post_said(w, LETTER_HELLO, &said);
    while (status != STATUS_OK && !f->dismissed && !*stop && listen(f) == STATUS_OK)
        sweep_ranks_nap();
    if (status == STATUS_OK)
        describe(w, work(f, stop), &own, &said);
    say_goodbye(f, &said);
    crew_free(&f->crew);
    faults_free(&own);
    const bool alone = w->rank_lost;
    w->rank_lost |= f->mate_lost;
    free(f);
    if (alone)
        return fault_add(faults, STATUS_FAILED, NULL, 0,
                         "rank %d on %s: rank 0 is lost; what it has stored can be carried on with --resume",
                         w->ranks.rank, said.host);
    return STATUS_OK;
}

void sweep_ranks_end(struct sweeping *w, enum status status)
{
    if (w->ranks.count < 2)
        return;
    sweep_lead_free(w);
    /* An mpirun that was interrupted answers no more and kills within two seconds: what is to be said comes first. */
    if (!w->rank_lost && status != STATUS_INTERRUPTED)
        ranks_end(&w->ranks);
}
