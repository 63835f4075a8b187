#include "../../command.h"
#include "../../leaf/text.h"
#include "../interrupt.h"
#include "slurm.h"
#include "sweep_ranks.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_SHOWN 20

/* ---- the options ---- */

/* Options that are settings under another name. */
static const char *const settings[][2] = {
    {"design", "sweep.design"}, {"points", "sweep.points"}, {"levels", "sweep.levels"},
    {"list", "sweep.list"},     {"keep", "sweep.keep"},
};
enum { SETTINGS = sizeof settings / sizeof settings[0] };

static enum status load(struct sweeping *w, const struct options *options, struct faults *faults)
{
    char *own[SETTINGS + 1] = {0};
    size_t own_count = 0, count = options->set_count;
    const char **sets = calloc(count + SETTINGS + 1, sizeof *sets);
    const char *extend = options_own(options, "extend");
    char quoted[TEXT_QUOTED];
    int failed = !sets;
    if (extend && strncmp(extend, "replicates=", 11) != 0) {
        free(sets);
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--extend is %s; allowed: replicates=N",
                         text_quote(extend, quoted));
    }
    for (size_t i = 0; i < count && !failed; i++)
        sets[i] = options->sets[i];
    for (size_t i = 0; i < SETTINGS && !failed; i++) {
        const char *value = options_own(options, settings[i][0]);
        if (value) {
            failed = asprintf(&own[own_count], "%s=%s", settings[i][1], value) < 0;
            sets[count++] = own[own_count++];
        }
    }
    if (extend && !failed) {
        failed = asprintf(&own[own_count], "run.%s", extend) < 0;
        sets[count++] = own[own_count++];
    }
    enum status status = failed ? fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the command line")
                                : config_load(options->arguments[0], sets, count, &w->scenario.config, faults);
    for (size_t i = 0; i < own_count && !failed; i++)
        free(own[i]);
    free(sets);
    const char *text;
    for (size_t i = 0; status == STATUS_OK && (text = options_own_at(options, "vary", i)); i++)
        status = design_vary_set(w->scenario.config.set, text, faults);
    return status;
}

static enum status read_shard(const struct options *options, struct sweep_asked *asked, struct faults *faults)
{
    char quoted[TEXT_QUOTED], *end = NULL;
    const char *text = options_own(options, "shard");
    long long shard, shards = 0;
    if (!text)
        return STATUS_OK;
    shard = strtoll(text, &end, 10);
    if (*end == '/')
        shards = strtoll(end + 1, &end, 10);
    if (*end || shard < 1 || shards < 1 || shard > shards || shards > 1000000)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--shard is %s; allowed: k/n with k from 1 to n, as in 3/16",
                         text_quote(text, quoted));
    asked->shard = shard;
    asked->shards = shards;
    return STATUS_OK;
}

static enum status read_options(struct sweeping *w, const struct options *options, struct faults *faults)
{
    w->asked.extend = options_own(options, "extend") != NULL;
    w->asked.retry = options_own(options, "retry-failed") != NULL;
    w->asked.carry_on = w->asked.extend || w->asked.retry || options_own(options, "resume");
    w->scenario.carry_on = w->asked.carry_on;
    if (w->asked.carry_on && options->force)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "--force replaces what is there, --resume, --retry-failed and --extend carry it on: choose");
    const char *tasks = options_own(options, "slurm");
    enum status status = STATUS_OK;
    if (tasks && options_own(options, "shard"))
        status = fault_add(faults, STATUS_USAGE, NULL, 0, "--slurm cuts the sweep in shards itself: leave --shard out");
    if (tasks && options_integer("slurm", tasks, 1, 1000000, &w->tasks, faults) != STATUS_OK)
        status = STATUS_USAGE;
    const enum status shard = read_shard(options, &w->asked, faults);
    return status == STATUS_OK ? shard : status;
}

/* ---- running ---- */

static enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    return sweep_take(((struct sweeping *)self)->store, run, faults);
}

static void show(void *self, const struct engine_progress *progress)
{
    progress_show(&((struct sweeping *)self)->line, progress);
}

static enum status simulate(struct sweeping *w, struct faults *faults)
{
    struct scenario *s = &w->scenario;
    enum status status = w->lead ? sweep_lead_greet(w, faults) : STATUS_OK;
    if (status == STATUS_OK)
        status = sweep_open(s->out_dir, &w->asked, &w->store, faults);
    if (status != STATUS_OK)
        return status;
    w->plan = s->plan;
    w->plan.self = w;
    w->plan.job = sweeping_job;
    w->plan.take = take;
    w->plan.progress = show;
    w->plan.stop = interrupt_watch();
    status = sweeping_list_turns(w, faults);
    if (status == STATUS_OK && w->plan.replicates > 0) {
        progress_start(&w->line, s->options);
        status = w->lead ? sweep_lead_run(w, &s->tally, faults) : engine_run_all(&w->plan, &s->tally, faults);
        progress_end(&w->line);
    }
    const enum status closed = sweep_close(w->store, status, &s->tally, faults);
    return status == STATUS_OK ? closed : status;
}

static void tell_heading(const struct sweeping *w)
{
    const struct scenario *s = &w->scenario;
    char seconds[32], length[TEXT_WEEKS];
    const long long now = s->tally.done + s->tally.failed;
    progress_seconds(s->tally.seconds, seconds, sizeof seconds);
    printf("%lld runs of %s held: %lld points x %lld replicates", (long long)sweep_held(w->store),
           text_weeks(s->plan.weeks, (int)s->config.calendar->weeks_per_year, length), (long long)w->design.points,
           (long long)s->plan.replicates);
    if (w->asked.shards > 1)
        printf(", shard %lld of %lld", (long long)w->asked.shard, (long long)w->asked.shards);
    if (now == 0) {
        puts("; none was left to run");
        return;
    }
    printf("; %lld now, in %s on %d thread%s\n", now, seconds, s->tally.threads, s->tally.threads == 1 ? "" : "s");
}

static void tell_plan(const struct sweeping *w)
{
    const struct engine_plan *plan = &w->scenario.plan;
    const long long all = w->design.points * plan->replicates;
    design_print(&w->design, w->scenario.options->verbose ? w->design.points : POINTS_SHOWN, stdout);
    printf("runs\t%lld points x %lld replicates = %lld, seed %llu\n", (long long)w->design.points,
           (long long)plan->replicates, all, (unsigned long long)plan->seed);
    printf("rows\t%zu a run and school; about %.1f MB in all\nresults\t", engine_weeks(plan, NULL),
           sweep_estimate(plan, w->scenario.plan.size.rows, w->design.points) / 1e6);
    text_print(stdout, w->scenario.out_dir);
    puts("\nNothing was run or written.");
}

static enum status sweep_all(struct sweeping *w, struct faults *faults)
{
    const struct options *options = w->scenario.options;
    scenario_tell_size(w->scenario.out_dir,
                       sweep_estimate(&w->scenario.plan, w->scenario.plan.size.rows, w->design.points) /
                           (double)w->asked.shards);
    const enum status status = simulate(w, faults);
    if (!w->store)
        return status;
    if (!options->quiet && status != STATUS_FAILED) {
        tell_heading(w);
        sweeping_tell_results(w);
    }
    const enum status drawn = status == STATUS_OK ? sweeping_draw(w, faults) : STATUS_OK;
    const enum status ended = sweeping_tell_end(w, status, faults);
    return ended == STATUS_OK ? drawn : ended;
}

static enum status write_script(const struct sweeping *w, struct faults *faults)
{
    const struct scenario *s = &w->scenario;
    return slurm_write(s->options, s->config.name, s->out_dir, w->tasks, stdout, faults);
}

/* All that every rank must know. */
static enum status prepare(struct sweeping *w, struct faults *faults)
{
    const struct options *options = w->scenario.options;
    const bool together = w->ranks.count > 1; /* then a rank is a worker, as other MPI programs have it */
    enum status status = load(w, options, faults);
    if (options->jobs)
        omp_set_num_threads(options->jobs);
    if (status == STATUS_OK)
        status = sweeping_plan(w, faults);
    if (together && !options->jobs)
        w->scenario.plan.threads = 1;
    return status == STATUS_OK ? read_options(w, options, faults) : status;
}

/* What one of them does: alone, or for all. */
static enum status lead(struct sweeping *w, enum status status, struct faults *faults)
{
    struct scenario *s = &w->scenario;
    const struct options *options = s->options;
    if (status == STATUS_OK) {
        s->out_dir = options->out ? strdup(options->out) : scenario_folder(s->config.name);
        status = s->out_dir ? scenario_check(s, faults)
                            : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    }
    if (status == STATUS_OK && options->dry_run)
        tell_plan(w);
    else if (status == STATUS_OK && options_own(options, "slurm"))
        return write_script(w, faults);
    else if (status == STATUS_OK)
        return sweep_all(w, faults);
    return status;
}

static enum status run(const struct options *options, struct faults *faults)
{
    struct sweeping w = {.scenario = {.options = options}};
    enum status status = sweep_ranks_begin(&w, faults);
    if (status != STATUS_OK) {
        if (ranks_place() == 0)
            return status;
        faults_free(faults); /* the first of those that were started says it for all */
        return STATUS_OK;
    }
    status = prepare(&w, faults);
    if (w.ranks.rank > 0)
        status = sweep_ranks_follow(&w, status, faults);
    else if (w.ranks.count > 1)
        status = lead(&w, sweep_lead_begin(&w, status, faults), faults);
    else
        status = lead(&w, status, faults);
    sweep_ranks_end(&w, status);
    sweeping_free(&w);
    return status;
}

static const struct option_row own[] = {
    {"vary", 0, "KEY=VALUES", "a setting and what it takes: 0.1,0.3 or 0:1:0.25 or 0:1/5 or 0:1; repeatable"},
    {"design", 0, "KIND", "grid, zip, list, random, lhs, sobol, morris or saltelli"},
    {"points", 0, "N", "of random, lhs, sobol; samples of saltelli; trajectories of morris"},
    {"levels", 0, "N", "of an axis in a morris design"},
    {"list", 0, "FILE", "CSV file of a list design: a column a setting, a row a point"},
    {"keep", 0, "summary|yearly|weekly", "weeks of each run that are kept"},
    {"resume", 0, NULL, "carry on what OUT holds, if it is of the same sweep"},
    {"retry-failed", 0, NULL, "the same, and run again what failed"},
    {"extend", 0, "replicates=N", "the same, with more replicates of each point"},
    {"shard", 0, "K/N", "only every N-th run, from the K-th on; `ebb merge` puts shards together"},
    {"slurm", 0, "N", "run nothing: print a job array's script of N shards, for sbatch"},
    {"verify", 0, NULL, "check every invariant after every week; slow"},
    {NULL, 0, NULL, NULL},
};

extern const struct command sweep_command;
const struct command sweep_command = {
    .name = "sweep",
    .usage = "CONFIG",
    .meaning = "run a scenario at every point of a design over its settings",
    .help =
        "What varies stands in [vary section.key] of CONFIG (values = …) or in --vary, how in [sweep]. All replicates\n"
        "share their luck between points: replicate 3 of one point meets the same chance as replicate 3 of another.\n"
        "The whole design is checked before the first run; -n shows it.\n\n"
        "Runs come interleaved, so that a sweep cut short has covered the design evenly. They are committed four "
        "times\n"
        "a second; whatever stops a sweep, the same command with --resume carries on, and the result has the same\n"
        "bytes as one that was never stopped. A run that fails is recorded with its reason and stops no other.\n\n"
        "Started by mpirun, ranks share the runs, handed out as they are finished; each has one thread unless -j says\n"
        "more, and rank 0 alone writes OUT.\n\n"
        "  ebb sweep configs/sweep.ini\n"
        "  ebb sweep configs/school.ini --vary structures.time=0:1/5 --vary school.teachers=20:100:20 -r 50 -n\n"
        "  ebb sweep configs/school.ini --vary 'strategy shared planning.start=1y:5y:1y' -o out/start --resume\n"
        "  ebb sweep configs/sweep.ini -o out/sweep --slurm 16 | sbatch\n"
        "  mpirun -n 4 ebb sweep configs/sweep.ini -o out/ranks\n"
        "  ebb sweep configs/sweep.ini --shard 1/2 -o a; ebb sweep configs/sweep.ini --shard 2/2 -o b; ebb merge a b "
        "-o all\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .takes = TAKES_RUNS | TAKES_VERBOSE,
    .own = own,
    .run = run,
};
