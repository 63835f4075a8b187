/* Rank 0 of a sweep: who runs what, and what becomes of it. */
#include "../interrupt.h"
#include "sweep_mates.h"

#include <stdlib.h>
#include <string.h>

#define GREET_SECONDS 120
#define PING_SECONDS 10

/* ---- letters ---- */

static void store(struct lead *lead, int rank, const int64_t *words, size_t count)
{
    struct mate *mate = &lead->mates[rank];
    struct engine_run run;
    for (size_t at = 0; at < count && lead->status == STATUS_OK;) {
        if (!crew_unpack(lead->w, words, count, &at, &lead->rows, &run)) {
            lead->status = fault_add(lead->faults, STATUS_FAILED, NULL, 0, "what rank %d sent cannot be read", rank);
            return;
        }
        mates_settle(mate, run.number);
        mate->taken++;
        if (sweep_has(lead->w->store, run.number))
            continue;
        lead->status = sweep_take(lead->w->store, &run, lead->faults);
        if (lead->status != STATUS_OK)
            return;
        lead->left--;
        lead->tally->done += run.outcome == ENGINE_DONE;
        lead->tally->failed += run.outcome == ENGINE_FAILED;
    }
}

static void see_off(struct lead *lead, int rank, const struct said *said)
{
    struct mate *mate = &lead->mates[rank];
    mate->gone = true;
    if (lead->tally)
        mates_take_back(lead, mate);
    if (said->status == STATUS_FAILED && !lead->dismissed)
        fault_warn(lead->faults, NULL, 0, "rank %d on %s has stopped, its runs went to others: %.*s", rank,
                   mate->hello.host, SAID_SENTENCE - 1, said->sentence);
}

static bool listen(struct lead *lead)
{
    int rank, kind;
    int64_t *words;
    size_t count;
    bool any = false;
    while (lead->status == STATUS_OK && ranks_take(&lead->w->ranks, &rank, &kind, &words, &count)) {
        struct mate *mate = &lead->mates[rank];
        struct said said;
        any = true;
        mate->heard = sweep_ranks_now();
        mate->doubtful = false;
        if (!words)
            lead->status = fault_add(lead->faults, STATUS_FAILED, NULL, 0, "no memory for the runs of rank %d", rank);
        else if (kind == LETTER_RUNS && lead->tally)
            store(lead, rank, words, count);
        else if (kind != LETTER_RUNS && count * sizeof *words == sizeof said) {
            memcpy(&said, words, sizeof said);
            if (kind == LETTER_HELLO) {
                mate->hello = said;
                mate->greeted = true;
            } else {
                see_off(lead, rank, &said);
            }
        }
        free(words);
    }
    ranks_tend(&lead->w->ranks);
    return any;
}

static void post_word(struct lead *lead, int rank, int kind, int64_t value)
{
    int64_t *word = malloc(sizeof *word);
    if (word) {
        *word = value;
        ranks_post(&lead->w->ranks, rank, kind, word, 1);
    }
    lead->mates[rank].written = sweep_ranks_now();
}

/* ---- before the first run ---- */

static enum status compare(struct lead *lead, struct faults *faults)
{
    const struct said *own = &lead->mates[0].hello;
    for (int i = 1; i < lead->w->ranks.count; i++) {
        const struct said *said = &lead->mates[i].hello;
        if (!lead->mates[i].greeted)
            fault_add(faults, STATUS_FAILED, NULL, 0, "rank %d has not been heard of for %d seconds", i, GREET_SECONDS);
        else if (said->status != STATUS_OK)
            fault_add(faults, (enum status)said->status, NULL, 0, "rank %d on %s: %.*s", i, said->host,
                      SAID_SENTENCE - 1, said->sentence);
        else if (said->sweep != own->sweep)
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                      "rank %d on %s is about to run another sweep: its ebb, configuration or data differ from rank "
                      "0's on %s",
                      i, said->host, own->host);
    }
    for (int i = 0; i < lead->w->ranks.count; i++) {
        const struct said *said = &lead->mates[i].hello;
        if (said->processors >= said->threads || said->threads == 0)
            continue;
        fault_warn(faults, NULL, 0,
                   "rank %d on %s may use %lld processor%s for its %lld threads: add --map-by slot:PE=%lld or "
                   "--bind-to none to mpirun",
                   i, said->host, (long long)said->processors, said->processors == 1 ? "" : "s",
                   (long long)said->threads, (long long)said->threads);
        break; /* one is enough to learn it */
    }
    return faults->status;
}

enum status sweep_lead_begin(struct sweeping *w, enum status status, struct faults *faults)
{
    w->lead = calloc(1, sizeof *w->lead);
    struct mate *mates = w->lead ? calloc((size_t)w->ranks.count, sizeof *mates) : NULL;
    if (!mates) {
        w->rank_lost = true; /* nobody can be told */
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for %d ranks", w->ranks.count);
    }
    *w->lead = (struct lead){.w = w, .mates = mates, .faults = faults};
    return status;
}

enum status sweep_lead_greet(struct sweeping *w, struct faults *faults)
{
    const volatile sig_atomic_t *stop = interrupt_watch();
    enum status status = sweep_ranks_say(w, STATUS_OK, faults, &w->lead->mates[0].hello);
    if (status != STATUS_OK)
        return status;
    int missing = w->ranks.count - 1;
    for (const double start = sweep_ranks_now(); missing && !*stop && sweep_ranks_now() - start < GREET_SECONDS;) {
        if (!listen(w->lead))
            sweep_ranks_nap();
        missing = 0;
        for (int i = 1; i < w->ranks.count; i++)
            missing += !w->lead->mates[i].greeted;
    }
    for (int i = 0; i < w->ranks.count; i++)
        w->lead->threads += w->lead->mates[i].hello.threads;
    if (missing && *stop)
        return fault_add(faults, STATUS_INTERRUPTED, NULL, 0, "interrupted before the first run");
    return compare(w->lead, faults);
}

/* ---- while they run ---- */

static bool collect_own(struct lead *lead)
{
    size_t count;
    int64_t *words = crew_collect(&lead->crew, &count);
    if (!words)
        return false;
    store(lead, 0, words, count);
    free(words);
    return true;
}

static void show(struct lead *lead)
{
    const int64_t total = lead->w->plan.replicates;
    const struct engine_progress progress = {.fraction = (double)(total - lead->left) / (double)total,
                                             .seconds = sweep_ranks_now() - lead->start,
                                             .done = lead->tally->done,
                                             .failed = lead->tally->failed,
                                             .total = total};
    progress_show(&lead->w->line, &progress);
}

/* What is true of the ranks now and then: rank 0's own threads have failed; somebody waits for a word. */
static void look_round(struct lead *lead)
{
    const double t = sweep_ranks_now();
    bool any = false;
    if (!lead->mates[0].gone && crew_ended(&lead->crew) && lead->crew.status != STATUS_OK) {
        struct said said = {.status = lead->crew.status};
        snprintf(said.sentence, sizeof said.sentence, "%s",
                 lead->crew.faults.count ? lead->crew.faults.list[0].text : "a run failed");
        see_off(lead, 0, &said);
    }
    for (int i = 0; i < lead->w->ranks.count; i++) {
        any |= !lead->mates[i].gone;
        if (i > 0 &&
            t - lead->mates[i].written > PING_SECONDS) /* also those that have ended: they wait for the others */
            post_word(lead, i, LETTER_PING, 0);
    }
    if (!any && lead->status == STATUS_OK)
        lead->status = fault_add(lead->faults, STATUS_FAILED, NULL, 0, "no rank is left that runs");
    mates_rescue(lead);
}

/* Tells all to stop, keeps what still comes, waits some seconds for their goodbyes. */
static void dismiss(struct sweeping *w, double patience, struct faults *faults)
{
    struct lead *lead = w->lead;
    bool all = false;
    if (!lead || lead->dismissed)
        return;
    lead->dismissed = true;
    lead->faults = faults;
    bool lost = false; /* then MPI_Finalize() may wait for ever, and all had better just end */
    for (int i = 1; i < w->ranks.count; i++)
        lost |= lead->mates[i].doubtful;
    for (int i = 1; i < w->ranks.count; i++)
        post_word(lead, i, LETTER_STOP, lost);
    crew_halt(&lead->crew);
    for (const double start = sweep_ranks_now(); !all && sweep_ranks_now() - start < patience;) {
        if (!listen(lead))
            sweep_ranks_nap();
        if (lead->status != STATUS_OK)
            lead->tally = NULL; /* storing has failed: what comes now is not stored */
        all = true;
        for (int i = 1; i < w->ranks.count; i++)
            all &= lead->mates[i].gone || lead->mates[i].doubtful;
    }
    while (!crew_ended(&lead->crew))
        sweep_ranks_nap();
    if (lead->crew.started && lead->tally)
        collect_own(lead);
    for (int i = 1; i < w->ranks.count; i++) {
        w->rank_lost |= !lead->mates[i].gone;
        if (!lead->mates[i].gone && patience > 1)
            fault_warn(faults, NULL, 0, "rank %d on %s was lost; the others ran its runs", i,
                       lead->mates[i].hello.host);
    }
}

enum status sweep_lead_run(struct sweeping *w, struct engine_tally *tally, struct faults *faults)
{
    struct lead *lead = w->lead;
    lead->left = w->plan.replicates;
    lead->tally = tally;
    lead->faults = faults;
    lead->start = sweep_ranks_now();
    *tally = (struct engine_tally){.threads = (int)lead->threads};
    enum status status = crew_start(&lead->crew, w, faults);
    while (status == STATUS_OK && lead->left > 0 && !*w->plan.stop) {
        bool busy = listen(lead);
        busy |= collect_own(lead);
        for (int i = 0; i < w->ranks.count; i++)
            mates_give(lead, i);
        look_round(lead);
        show(lead);
        status = lead->status;
        if (!busy)
            sweep_ranks_nap();
    }
    dismiss(w, *w->plan.stop ? 0.3 : 10, faults);
    tally->seconds = sweep_ranks_now() - lead->start;
    if (status == STATUS_OK)
        status = lead->status;
    return status == STATUS_OK && lead->left > 0 ? STATUS_INTERRUPTED : status;
}

void sweep_lead_free(struct sweeping *w)
{
    struct lead *lead = w->lead;
    if (!lead)
        return;
    dismiss(w, 10, NULL);
    crew_free(&lead->crew);
    free(lead->rows.value);
    free(lead->again);
    free(lead->mates);
    free(lead);
    w->lead = NULL;
}
