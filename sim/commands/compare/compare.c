#include "../../command.h"
#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "../../store/manifest_read.h"
#include "../interrupt.h"
#include "comparing.h"

#include <errno.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- Running --- */

static void prepare(void *self, struct engine_run *run)
{
    const struct comparing *c = self;
    store_prepare(c->scenarios[c->running].store, run);
}

static enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    struct comparing *c = self;
    compare_take(&c->set, c->running, run);
    return store_take(c->scenarios[c->running].store, run, faults);
}

/* Scenario after scenario is one task. */
static void show(void *self, const struct engine_progress *progress)
{
    struct comparing *c = self;
    struct engine_progress all = *progress;
    const double count = (double)c->cases.count, before = (double)c->running;
    all.fraction = (before + progress->fraction) / count;
    all.seconds += c->seconds;
    all.done += (int64_t)c->running * progress->total;
    all.total *= (int64_t)c->cases.count;
    progress_show(&c->line, &all);
}

/* Batch by batch: how many it takes is what is being found out. */
static void show_search(void *self, const struct engine_progress *progress)
{
    progress_show(&((struct comparing *)self)->line, progress);
}

/* How many runs, before any is kept: then all scenarios are loaded anew with that number, so that a result is what a
 * plain comparison of so many runs gives. */
static enum status find_runs(struct comparing *c, struct faults *faults)
{
    char more[64];
    struct engine_plan *plans = calloc(c->cases.count, sizeof *plans);
    if (!plans)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    for (size_t i = 0; i < c->cases.count; i++)
        plans[i] = c->scenarios[i].plan;
    progress_start(&c->line, c->options);
    enum status status = precision_find(&c->precision, plans, c->cases.count, c->first, c->last, show_search, c,
                                        faults);
    progress_end(&c->line);
    free(plans);
    if (status == STATUS_INTERRUPTED)
        return fault_add(faults, status, NULL, 0,
                         "interrupted before it was found how many runs it takes; nothing is kept");
    if (status != STATUS_OK)
        return status;
    snprintf(more, sizeof more, "run.replicates=%lld", (long long)c->precision.looks[c->precision.look_count - 1].n);
    return comparing_load(c, more, faults);
}

static enum status run_one(struct comparing *c, size_t i, struct faults *faults)
{
    struct scenario *s = &c->scenarios[i];
    enum status status = scenario_open(s, faults);
    if (status != STATUS_OK)
        return status;
    c->running = i;
    s->plan.self = c;
    s->plan.prepare = prepare;
    s->plan.take = take;
    s->plan.progress = show;
    status = engine_run_all(&s->plan, &s->tally, faults);
    const enum status closed = store_close(s->store, status, &s->tally, faults);
    c->seconds += s->tally.seconds;
    c->failed += s->tally.failed;
    return status == STATUS_OK ? closed : status;
}

static enum status run_scenarios(struct comparing *c, struct faults *faults)
{
    enum status status = compare_open(&c->set, &c->scenarios[0].plan, c->measures, c->measure_count, c->names,
                                      c->cases.count, faults);
    if (status != STATUS_OK)
        return status;
    c->set.first = c->first;
    c->set.last = c->last;
    progress_start(&c->line, c->options);
    for (size_t i = 0; i < c->cases.count && status == STATUS_OK; i++)
        status = run_one(c, i, faults);
    progress_end(&c->line);
    return status;
}

static bool costs_anything(const struct compare_set *set)
{
    for (size_t i = 0; i < set->sample_count; i++)
        for (size_t run = 0; run < set->runs; run++)
            if (set->samples[i].costs[run] > 0)
                return true;
    return false;
}

static enum status find_frontier(struct comparing *c, struct faults *faults)
{
    if (!costs_anything(&c->set))
        return STATUS_OK;
    c->points = calloc(c->measure_count * c->cases.count, sizeof *c->points);
    int failed = !c->points;
    for (size_t m = 0; m < c->measure_count && !failed; m++)
        failed = compare_frontier(&c->set, m, c->points + m * c->cases.count);
    return failed ? fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the costs") : STATUS_OK;
}

static enum status conclude(struct comparing *c, struct faults *faults)
{
    enum status status = compare_contrasts(&c->set, &c->contrasts, &c->contrast_count, faults);
    if (status == STATUS_OK)
        status = find_frontier(c, faults);
    if (status == STATUS_OK && !c->options->quiet)
        status = comparing_tell(c, faults);
    if (status == STATUS_OK && !c->options->quiet)
        puts("");
    if (status == STATUS_OK)
        status = comparing_write(c, faults);
    if (status == STATUS_OK && !c->options->quiet) {
        fputs("results in ", stdout);
        text_print(stdout, c->out_dir);
        puts("");
    }
    return status;
}

/* A folder of an earlier comparison that this one does not write again. What else lies in it stays, and is told. */
static enum status clear_scenario(const struct comparing *c, const char *name, struct faults *faults)
{
    char *path = folder_path(c->out_dir, name, "");
    if (!path)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    const enum status status = folder_clear(path, (const char *const *)c->scenarios[0].pictures, faults);
    if (status == STATUS_OK && rmdir(path) && errno != ENOENT)
        fault_warn(faults, path, 0, "is of an earlier comparison; it holds more than a result, which is left there");
    free(path);
    return status;
}

static bool writes(const struct comparing *c, const char *folder)
{
    for (size_t i = 0; i < c->cases.count; i++)
        if (strcmp(c->folders[i], folder) == 0)
            return true;
    return false;
}

/* With --force: the folders that the manifest of an earlier comparison names. */
static enum status clear_earlier(const struct comparing *c, struct faults *faults)
{
    char **kinds = manifest_texts(c->out_dir, "kind"), **folders = manifest_texts(c->out_dir, "folder");
    enum status status = kinds && folders ? STATUS_OK : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    const bool compared = kinds && kinds[0] && strcmp(kinds[0], "comparison") == 0;
    for (size_t i = 0; status == STATUS_OK && compared && folders[i]; i++)
        if (*folders[i] && !strchr(folders[i], '/') && folders[i][0] != '.' && !writes(c, folders[i]))
            status = clear_scenario(c, folders[i], faults);
    manifest_texts_free(kinds);
    manifest_texts_free(folders);
    return status;
}

static enum status run_all(struct comparing *c, struct faults *faults)
{
    const char *const *own = (const char *const *)c->own;
    enum status status = folder_claim(c->out_dir, own, c->options->force, &c->lock, faults);
    if (status != STATUS_OK)
        return status;
    status = clear_earlier(c, faults);
    if (status == STATUS_OK)
        status = folder_clear(c->out_dir, own, faults);
    if (status == STATUS_OK)
        status = comparing_manifest(c, "running", faults);
    if (status == STATUS_OK)
        status = run_scenarios(c, faults);
    const bool stopped = status == STATUS_INTERRUPTED;
    if (stopped)
        fault_add(
            faults, status, c->out_dir, 0,
            "interrupted while '%.100s' ran: the scenarios' folders hold the runs that were finished, nothing was "
            "compared; the same command with --force runs all of them again",
            c->names[c->running]);
    else if (status != STATUS_OK)
        fault_add(faults, status, c->out_dir, 0, "the scenario '%.100s' could not be finished; nothing was compared",
                  c->names[c->running]);
    if (status == STATUS_OK)
        status = conclude(c, faults);
    const enum status written = comparing_manifest(c,
                                                   stopped               ? "interrupted"
                                                   : status == STATUS_OK ? "done"
                                                                         : "failed",
                                                   faults);
    if (status == STATUS_OK && c->failed > 0)
        status = fault_add(faults, STATUS_FAILED, c->out_dir, 0,
                           "%lld runs failed and are left out with their pairs; runs.csv of each scenario says why",
                           (long long)c->failed);
    return status == STATUS_OK ? written : status;
}

/* --- The command --- */

static void tell_plan(const struct comparing *c, double bytes)
{
    const struct engine_plan *plan = &c->scenarios[0].plan;
    char length[TEXT_WEEKS];
    printf("model      %s: %s\n", plan->model->name, plan->model->title);
    printf("runs       ");
    if (c->precision.asked > 0)
        printf("until %s is known to +-%g, at most %lld", plan->model->columns[c->precision.measure].name,
               c->precision.asked, (long long)c->precision.most);
    else
        printf("%lld", (long long)plan->replicates);
    printf(" of each scenario, of %s, seed %llu\n",
           text_weeks(plan->weeks, (int)c->scenarios[0].config.calendar->weeks_per_year, length),
           (unsigned long long)plan->seed);
    printf("compared   %s\nmeasures  ", c->when);
    for (size_t m = 0; m < c->measure_count; m++)
        printf(" %s", plan->model->columns[c->measures[m]].name);
    puts("\nscenarios");
    for (size_t i = 0; i < c->cases.count; i++) {
        fputs("  ", stdout);
        text_print(stdout, c->names[i]);
        fputs("  in ", stdout);
        text_print(stdout, c->folders[i]);
        puts("");
    }
    fputs("results    ", stdout);
    text_print(stdout, c->out_dir);
    printf(", about %.1f MB\nNothing was run or written.\n", bytes / 1e6);
}

/* No configuration may lie where --force takes a folder's files away, nor may what it names: in this comparison's
 * folders, and in those that an earlier one has left. */
static enum status check_inputs(const struct comparing *c, struct faults *faults)
{
    char **earlier = manifest_texts(c->out_dir, "folder");
    enum status status = earlier ? STATUS_OK : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    for (size_t i = 0; i < c->cases.count && status == STATUS_OK; i++) {
        status = scenario_check_inputs(&c->scenarios[i], c->out_dir, faults);
        for (size_t k = 0; k < c->cases.count && status == STATUS_OK; k++)
            status = scenario_check_inputs(&c->scenarios[i], c->scenarios[k].out_dir, faults);
        for (size_t k = 0; earlier[k] && status == STATUS_OK; k++) {
            char *folder = folder_path(c->out_dir, earlier[k], "");
            status = folder ? scenario_check_inputs(&c->scenarios[i], folder, faults)
                            : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
            free(folder);
        }
    }
    manifest_texts_free(earlier);
    return status;
}

/* Everything that can be refused, before anything is computed. */
static enum status check(struct comparing *c, double *bytes, struct faults *faults)
{
    enum status status = store_check_folder(c->out_dir, (const char *const *)c->own, c->options->force, faults);
    *bytes = 0;
    if (status == STATUS_OK)
        status = check_inputs(c, faults);
    for (size_t i = 0; i < c->cases.count && status == STATUS_OK; i++) {
        status = scenario_check(&c->scenarios[i], faults);
        *bytes += store_estimate(&c->scenarios[i].plan, c->scenarios[i].plan.size.rows);
    }
    return status;
}

static enum status compare_loaded(struct comparing *c, struct faults *faults)
{
    double bytes = 0;
    enum status status = comparing_load(c, NULL, faults);
    if (status == STATUS_OK)
        status = comparing_check_alike(c, faults);
    if (status == STATUS_OK)
        status = comparing_ask(c, faults);
    if (status == STATUS_OK)
        status = check(c, &bytes, faults);
    if (status == STATUS_OK && c->options->dry_run) {
        tell_plan(c, bytes);
        return STATUS_OK;
    }
    const volatile sig_atomic_t *stop = interrupt_watch();
    for (size_t i = 0; i < c->cases.count; i++)
        c->scenarios[i].plan.stop = stop;
    if (status == STATUS_OK && c->precision.asked > 0) {
        status = find_runs(c, faults);
        if (status == STATUS_OK)
            status = check(c, &bytes, faults);
        for (size_t i = 0; i < c->cases.count; i++)
            c->scenarios[i].plan.stop = stop;
    }
    if (status == STATUS_OK) {
        scenario_tell_size(c->out_dir, bytes);
        status = run_all(c, faults);
    }
    return status;
}

static enum status run(const struct options *options, struct faults *faults)
{
    struct comparing *c = calloc(1, sizeof *c);
    if (!c)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    c->options = options;
    c->lock = -1;
    enum status status = cases_find(options, &c->cases, faults);
    if (options->jobs)
        omp_set_num_threads(options->jobs);
    c->scenarios = calloc(c->cases.count + 1, sizeof *c->scenarios);
    c->names = calloc(c->cases.count + 1, sizeof *c->names);
    c->folders = calloc(c->cases.count + 1, sizeof *c->folders);
    c->out_dir = strdup(options->out ? options->out : "out/compare");
    c->own = comparing_files();
    if (status == STATUS_OK && (!c->scenarios || !c->names || !c->folders || !c->out_dir || !c->own))
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    if (status == STATUS_OK)
        status = compare_loaded(c, faults);
    for (size_t i = 0; c->scenarios && c->folders && i < c->cases.count; i++) {
        scenario_free(&c->scenarios[i]);
        free((char *)c->folders[i]);
    }
    for (size_t i = 0; c->own && c->own[i]; i++)
        free(c->own[i]);
    if (c->lock >= 0)
        close(c->lock);
    contrasts_free(c->contrasts);
    compare_free(&c->set);
    cases_free(&c->cases);
    free(c->points);
    free(c->scenarios);
    free(c->names);
    free(c->folders);
    free(c->own);
    free(c->out_dir);
    free(c);
    return status;
}

static const struct option_row own[] = {
    {"strategy", 0, "LIST", "a scenario: these [strategy NAME] on, others off; none, all, A+B; repeatable"},
    {"orders", 0, "A+B", "scenarios: every order in which these strategies can begin"},
    {"measure", 'm', "NAMES", "what is compared, with commas; otherwise the model's capacities"},
    {"at", 0, "TIME", "when: a week (5y) or the mean of a span (4y-5y); otherwise the last year's mean"},
    {"precision", 0, "MEASURE=X", "runs until the difference is known to +-X, 95 %"},
    {"most", 0, "N", "with --precision: runs at most; otherwise 10000"},
    {"verify", 0, NULL, "check every invariant after every week; slow"},
    {NULL, 0, NULL, NULL},
};

extern const struct command compare_command;
const struct command compare_command = {
    .name = "compare",
    .usage = "CONFIG...",
    .meaning = "which of several scenarios is higher, by how much and how surely",
    .help =
        "Scenarios are configurations, or one configuration with its strategies switched on and off. They share their\n"
        "luck: replicate 7 of one is replicate 7 of the other until they differ. Each is compared with those named\n"
        "before it, run by run, so name first what the others are measured by.\n\n"
        "The screen tells means, differences with 95 % intervals (bootstrap), standardized effects, how often the one "
        "is\n"
        "higher, chances adjusted by Holm for all comparisons made, and a sentence for each pair; \"no difference "
        "shown\"\n"
        "comes with the difference that so many runs would have shown four times in five. The folder (out/compare, or\n"
        "-o) holds comparison.csv, differences.csv (week by week), sentences.txt (as for a paper), summary.csv, "
        "charts,\n"
        "and a full result for each scenario in a folder of its own, for `ebb plot` and `ebb export`.\n\n"
        "--precision looks at growing numbers of runs; looking often makes the interval cover in about 94 of 100 "
        "cases\n"
        "instead of 95. The runs are then made again and kept, as -r with that number makes them.\n\n"
        "  ebb compare before.ini after.ini -r 100\n"
        "  ebb compare configs/school.ini --strategy none --strategy \"shared planning\" --strategy all\n"
        "  ebb compare configs/school.ini --orders \"shared planning+coaching\" --at 9y-10y\n"
        "  ebb compare configs/school.ini --strategy none --strategy all --precision personal=0.01\n",
    .arguments_min = 1,
    .arguments_max = ARGUMENTS_ANY,
    .takes = TAKES_RUNS,
    .own = own,
    .run = run,
};
