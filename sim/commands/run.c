#include "../command.h"
#include "../leaf/text.h"
#include "compare/comparing.h"
#include "interrupt.h"
#include "plot/charts.h"
#include "progress.h"
#include "scenario.h"
#include "tell.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

struct running {
    struct scenario scenario;
    struct progress_line line;
    struct precision precision; /* asked 0: not asked for */
};

static void prepare(void *self, struct engine_run *run)
{
    store_prepare(((struct running *)self)->scenario.store, run);
}

static enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    return store_take(((struct running *)self)->scenario.store, run, faults);
}

static void show(void *self, const struct engine_progress *progress)
{
    progress_show(&((struct running *)self)->line, progress);
}

static void tell_plan(const struct scenario *s)
{
    char length[TEXT_WEEKS];
    const double bytes = store_estimate(&s->plan, s->plan.size.rows);
    printf("model      %s: %s\n", s->plan.model->name, s->plan.model->title);
    printf("runs       %lld of %s, seed %llu\n", (long long)s->plan.replicates,
           text_weeks(s->plan.weeks, (int)s->config.calendar->weeks_per_year, length),
           (unsigned long long)s->plan.seed);
    printf("schools    %zu a run\n", s->plan.size.schools);
    printf("rows       %.0f a run, of %zu measures; about %.1f MB in all\n",
           (double)engine_weeks(&s->plan, NULL) * (double)s->plan.size.rows, s->plan.model->column_count, bytes / 1e6);
    fputs("results    ", stdout);
    text_print(stdout, s->out_dir);
    puts("");
    puts("Nothing was run or written.");
}

static void tell_heading(const struct scenario *s)
{
    char length[TEXT_WEEKS], seconds[32];
    const struct config *config = &s->config;
    text_print(stdout, *config->run->title ? config->run->title : config->name);
    printf("\n%lld run%s of %s", (long long)s->tally.done, s->tally.done == 1 ? "" : "s",
           text_weeks(s->plan.weeks, (int)config->calendar->weeks_per_year, length));
    if (s->plan.size.schools != 1)
        printf(", %zu schools each", s->plan.size.schools);
    progress_seconds(s->tally.seconds, seconds, sizeof seconds);
    printf(", model %s, seed %llu; %s on %d thread%s\n", s->plan.model->name, (unsigned long long)s->plan.seed, seconds,
           s->tally.threads, s->tally.threads == 1 ? "" : "s");
}

static enum status simulate(struct running *r, struct faults *faults)
{
    struct scenario *s = &r->scenario;
    enum status status = scenario_open(s, faults);
    if (status != STATUS_OK)
        return status;
    progress_start(&r->line, s->options);
    status = engine_run_all(&s->plan, &s->tally, faults);
    progress_end(&r->line);
    const enum status closed = store_close(s->store, status, &s->tally, faults);
    return status == STATUS_OK ? closed : status;
}

static void tell_chart(void *self, const char *path)
{
    const struct scenario *s = self;
    if (s->options->quiet)
        return;
    fputs("chart in   ", stdout);
    text_print(stdout, path);
    puts("");
}

static enum status draw_charts(struct scenario *s, struct faults *faults)
{
    if (s->config.output->charts == 0)
        return STATUS_OK;
    const struct charts_wanted wanted = {.more = s->config.output->more_charts,
                                         .format = "png,svg,pdf",
                                         .force = true, /* the folder was checked before anything was computed */
                                         .options = {.singles = -1},
                                         .made = tell_chart,
                                         .self = s};
    return charts_make(s->out_dir, &wanted, faults);
}

/* What did not come out as asked. */
static enum status tell_end(const struct scenario *s, enum status status, struct faults *faults)
{
    const long long kept = store_runs_kept(s->store), all = s->plan.replicates;
    const bool stopped = status == STATUS_INTERRUPTED;
    if (status != STATUS_OK)
        fault_add(faults, status, s->out_dir, 0, "%s%lld of %lld runs are kept; missing: %.300s%s",
                  stopped ? "interrupted: " : "", kept, all, kept < all ? store_runs_missing(s->store) : "none",
                  stopped ? "; the same command with --force runs all of them again" : "");
    if (s->tally.failed)
        return fault_add(faults, status == STATUS_OK ? STATUS_FAILED : status, s->out_dir, 0,
                         "%lld of %lld runs failed; runs.csv says why", (long long)s->tally.failed, all);
    return status;
}

static enum status run_all(struct running *r, struct faults *faults)
{
    struct scenario *s = &r->scenario;
    s->plan.stop = interrupt_watch();
    enum status status = simulate(r, faults);
    if (!s->store)
        return status;
    enum status after = STATUS_OK;
    if (!s->options->quiet && s->tally.done > 0 && status != STATUS_FAILED) {
        tell_heading(s);
        comparing_tell_precision(s->plan.model, &r->precision);
        after = tell_result(stdout, s->out_dir, s->options->verbose, faults);
        fputs("\nresults in ", stdout);
        text_print(stdout, s->out_dir);
        puts("");
    }
    if (status == STATUS_OK && after == STATUS_OK)
        after = comparing_write_precision(s->out_dir, s->plan.model, &r->precision, faults);
    if (status == STATUS_OK && after == STATUS_OK && s->tally.done > 0)
        after = draw_charts(s, faults);
    if (status == STATUS_OK && after == STATUS_OK && r->precision.asked > 0 && s->config.output->charts)
        after = comparing_draw_precision(s, &r->precision, faults);
    status = tell_end(s, status, faults);
    return status == STATUS_OK ? after : status;
}

/* more: one more "section.key=value", or NULL. */
static enum status load(struct running *r, const struct options *options, const char *more, struct faults *faults)
{
    struct scenario *s = &r->scenario;
    const char **sets = calloc(options->set_count + 2, sizeof *sets);
    if (!sets)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    for (size_t i = 0; i < options->set_count; i++)
        sets[i] = options->sets[i];
    sets[options->set_count] = more;
    scenario_free(s);
    *s = (struct scenario){.options = options};
    enum status status = config_load(options->arguments[0], sets, options->set_count + (more ? 1 : 0), &s->config,
                                     faults);
    free(sets);
    if (status == STATUS_OK)
        status = scenario_plan(s, options_own(options, "verify") != NULL, faults);
    if (status != STATUS_OK)
        return status;
    s->plan.self = r;
    s->plan.prepare = prepare;
    s->plan.take = take;
    s->plan.progress = show;
    s->out_dir = options->out ? strdup(options->out) : scenario_folder(s->config.name);
    return s->out_dir ? STATUS_OK : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
}

/* How many runs it takes, before any is kept; then they are made as -r with that number makes them. */
static enum status find_runs(struct running *r, const struct options *options, struct faults *faults)
{
    struct scenario *s = &r->scenario;
    const size_t last = engine_weeks(&s->plan, NULL) - 1;
    char more[64];
    s->plan.stop = interrupt_watch();
    progress_start(&r->line, options);
    enum status status = precision_find(&r->precision, &s->plan, 1, last, last, show, r, faults);
    progress_end(&r->line);
    if (status == STATUS_INTERRUPTED)
        return fault_add(faults, status, NULL, 0,
                         "interrupted before it was found how many runs it takes; nothing is kept");
    if (status != STATUS_OK)
        return status;
    snprintf(more, sizeof more, "run.replicates=%lld", (long long)r->precision.looks[r->precision.look_count - 1].n);
    status = load(r, options, more, faults);
    return status == STATUS_OK ? scenario_check(s, faults) : status;
}

static enum status run_loaded(struct running *r, const struct options *options, struct faults *faults)
{
    struct scenario *s = &r->scenario;
    const size_t varied = param_set_count(s->config.set, &vary_group);
    if (varied > 0)
        fault_warn(faults, options->arguments[0], 0,
                   "%zu section%s [vary …] left to `ebb sweep`: this runs the scenario as it stands", varied,
                   varied == 1 ? " is" : "s are");
    enum status status = comparing_ask_precision(options, s->plan.model, &r->precision, faults);
    if (status == STATUS_OK)
        status = scenario_check(s, faults);
    if (status == STATUS_OK && options->dry_run) {
        tell_plan(s);
        return STATUS_OK;
    }
    if (status == STATUS_OK && r->precision.asked > 0)
        status = find_runs(r, options, faults);
    if (status == STATUS_OK) {
        scenario_tell_size(s->out_dir, store_estimate(&s->plan, s->plan.size.rows));
        status = run_all(r, faults);
    }
    return status;
}

static enum status run(const struct options *options, struct faults *faults)
{
    struct running *r = calloc(1, sizeof *r);
    if (!r)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    if (options->jobs)
        omp_set_num_threads(options->jobs);
    enum status status = load(r, options, NULL, faults);
    if (status == STATUS_OK)
        status = run_loaded(r, options, faults);
    scenario_free(&r->scenario);
    free(r);
    return status;
}

static const struct option_row own[] = {
    {"precision", 0, "MEASURE=X", "runs until the mean at the end is known to +-X, 95 %"},
    {"most", 0, "N", "with --precision: runs at most; otherwise 10000"},
    {"verify", 0, NULL, "check every invariant after every week; slow"},
    {NULL, 0, NULL, NULL},
};

extern const struct command run_command;
const struct command run_command = {
    .name = "run",
    .usage = "CONFIG",
    .meaning = "simulate one scenario many times: tables, charts and a summary",
    .help =
        "Results go to out/SCENARIO unless -o says where: results.db, CSV tables, the resolved configuration, charts\n"
        "and a manifest. The same configuration and seed give the same bytes, whatever -j.\n\n"
        "Ctrl-C keeps the finished runs; a second one ends at once.\n\n"
        "  ebb run configs/bass.ini\n"
        "  ebb run configs/bass.ini -r 100 -s 7 --set bass.degree=8 -o out/dense\n"
        "  ebb run configs/school.ini --precision personal=0.01\n\n"
        "--precision looks at growing numbers of runs; looking often makes the interval cover in about 94 of 100 "
        "cases\n"
        "instead of 95. The runs are then made again and kept, as -r with that number makes them.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .takes = TAKES_RUNS | TAKES_VERBOSE,
    .own = own,
    .run = run,
};
