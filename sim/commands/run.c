#include "../command.h"
#include "../config/config.h"
#include "../leaf/text.h"
#include "../store/store.h"
#include "charts.h"
#include "interrupt.h"
#include "libraries.h"
#include "progress.h"
#include "tell.h"

#include <errno.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#ifdef EBB_VERIFY /* as `make check` builds it */
#define VERIFY_ALWAYS true
#else
#define VERIFY_ALWAYS false
#endif

#define GIGABYTE 1e9

/* `make check` builds with EBB_VERIFY: there every run checks itself. */
#ifdef EBB_VERIFY
#define VERIFY_ALWAYS true
#else
#define VERIFY_ALWAYS false
#endif

static const char *const formats[] = {"png", "svg", "pdf"};
enum { FORMATS = sizeof formats / sizeof formats[0] };

/* Everything one `ebb run` needs, from its options to its store. */
struct running {
    const struct options *options;
    struct config config;
    struct engine_plan plan;
    int64_t snapshots[PARAM_LIST_MAX];
    char *out_dir;
    char *config_text;
    const char **inputs;
    size_t input_count;
    const char **command;
    char **pictures; /* names in OUT, NULL-terminated */
    struct store *store;
    struct progress_line line;
    struct engine_tally tally;
    size_t schools; /* 0: not known, the first world cannot be made */
};

static void prepare(void *self, struct engine_run *run)
{
    store_prepare(((struct running *)self)->store, run);
}

static enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    return store_take(((struct running *)self)->store, run, faults);
}

static void show(void *self, const struct engine_progress *progress)
{
    progress_show(&((struct running *)self)->line, progress);
}

static void plan(struct running *r)
{
    const struct config *config = &r->config;
    for (int64_t i = 0; i < config->output->snapshots.count; i++)
        r->snapshots[i] = (int64_t)config->output->snapshots.value[i];
    r->plan = (struct engine_plan){
        .model = config->model,
        .set = config->set,
        .input = &config->input,
        .seed = config->run->seed,
        .replicates = config->run->replicates,
        .weeks = config->run->weeks,
        .every = config->output->every,
        .whole = config->output->level == 1,
        .snapshots = r->snapshots,
        .snapshot_count = (size_t)config->output->snapshots.count,
        .snapshot_runs = config->output->snapshot_runs,
        .threads = r->options->jobs,
        .verify = VERIFY_ALWAYS || options_own(r->options, "verify") != NULL,
        .self = r,
        .prepare = prepare,
        .take = take,
        .progress = show,
    };
}

/* out/SCENARIO; a name is never a way to another folder. */
static char *out_dir_of(const struct options *options, const char *scenario)
{
    char *path = NULL;
    if (options->out)
        return strdup(options->out);
    if (asprintf(&path, "out/%s", scenario) < 0)
        return NULL;
    for (char *c = path + 4; *c; c++)
        if (*c == '/' || (c == path + 4 && *c == '.'))
            *c = '_';
    return path;
}

/* Every chart in every format: "series.png" … */
static int list_pictures(struct running *r)
{
    size_t count = 0;
    while (charts[count])
        count++;
    r->pictures = calloc(count * FORMATS + 1, sizeof *r->pictures);
    for (size_t i = 0; r->pictures && i < count * FORMATS; i++)
        if (asprintf(&r->pictures[i], "%s.%s", charts[i / FORMATS]->name, formats[i % FORMATS]) < 0) {
            r->pictures[i] = NULL; /* the list ends here */
            return -1;
        }
    return r->pictures ? 0 : -1;
}

/* The configuration, and every file that a setting names. */
static int list_inputs(struct running *r)
{
    const struct config *config = &r->config;
    size_t count = config->file_count;
    for (size_t g = 0; config->groups[g]; g++)
        count += config->groups[g]->count * param_set_count(config->set, config->groups[g]);
    r->inputs = calloc(count + 1, sizeof *r->inputs);
    if (!r->inputs)
        return -1;
    for (size_t f = 0; f < config->file_count; f++)
        r->inputs[r->input_count++] = config->files[f];
    for (size_t g = 0; config->groups[g]; g++)
        for (size_t i = 0; i < param_set_count(config->set, config->groups[g]); i++)
            for (size_t k = 0; k < config->groups[g]->count; k++) {
                const struct param *row = &config->groups[g]->rows[k];
                const char *path = (const char *)param_set_get(config->set, config->groups[g], i) + row->offset;
                if (row->kind == PARAM_PATH && *path)
                    r->inputs[r->input_count++] = path;
            }
    return 0;
}

static int write_texts(struct running *r)
{
    size_t size;
    FILE *stream = open_memstream(&r->config_text, &size);
    if (!stream)
        return -1;
    const int failed = config_write_resolved(&r->config, stream);
    if (fclose(stream) || failed)
        return -1;
    r->command = calloc((size_t)r->options->word_count + 1, sizeof *r->command);
    if (!r->command)
        return -1;
    r->command[0] = "ebb";
    for (int i = 0; i < r->options->word_count; i++)
        r->command[i + 1] = r->options->words[i];
    return list_inputs(r) || list_pictures(r);
}

/* A single run's rows are in memory until it is done. */
static enum status check_memory(const struct running *r, struct faults *faults)
{
    const double rows = (double)engine_weeks(&r->plan, NULL) * (r->plan.whole ? 1 : (double)r->schools);
    const double need = rows * (double)r->plan.model->column_count * sizeof(double);
    const double have = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    if (need < have * 0.8)
        return STATUS_OK;
    return fault_add(
        faults, STATUS_BAD_INPUT, r->config.path, 0,
        "the %.0f rows of a run need %.1f GB of memory and this machine has %.1f GB: raise output.every or "
        "set output.level = all",
        rows, need / GIGABYTE, have / GIGABYTE);
}

/* Free bytes where OUT will be; NAN when that cannot be told. */
static double free_bytes(const char *out_dir)
{
    struct statvfs info;
    char *path = strdup(out_dir);
    double bytes = (double)NAN;
    while (path && statvfs(path, &info) && errno == ENOENT && strrchr(path, '/'))
        *strrchr(path, '/') = '\0';
    if (path && statvfs(*path ? path : ".", &info) == 0)
        bytes = (double)info.f_bavail * (double)info.f_frsize;
    free(path);
    return bytes;
}

/* What a large result will take is said before it starts, not after the disk is full. */
static void tell_size(const struct running *r)
{
    const double bytes = store_estimate(&r->plan, r->schools), room = free_bytes(r->out_dir);
    if (bytes <= GIGABYTE)
        return;
    fprintf(stderr, "ebb: this will write about %.1f GB to ", bytes / GIGABYTE);
    text_print(stderr, r->out_dir);
    if (room < bytes)
        fprintf(stderr, ", where only %.1f GB are free", room / GIGABYTE);
    fputs("; raise output.every or set output.level = all for less\n", stderr);
}

static void tell_plan(const struct running *r)
{
    char length[TEXT_WEEKS];
    const double bytes = store_estimate(&r->plan, r->schools);
    printf("model      %s: %s\n", r->plan.model->name, r->plan.model->title);
    printf("runs       %lld of %s, seed %llu\n", (long long)r->plan.replicates,
           text_weeks(r->plan.weeks, (int)r->config.calendar->weeks_per_year, length),
           (unsigned long long)r->plan.seed);
    printf("schools    %zu a run\n", r->schools);
    printf("rows       %.0f a run, of %zu measures; about %.1f MB in all\n",
           (double)engine_weeks(&r->plan, NULL) * (r->plan.whole ? 1 : (double)r->schools), r->plan.model->column_count,
           bytes / 1e6);
    fputs("results    ", stdout);
    text_print(stdout, r->out_dir);
    puts("");
    puts("Nothing was run or written.");
}

static void tell_heading(const struct running *r)
{
    char length[TEXT_WEEKS], seconds[32];
    const struct config *config = &r->config;
    text_print(stdout, *config->run->title ? config->run->title : config->name);
    printf("\n%lld run%s of %s", (long long)r->tally.done, r->tally.done == 1 ? "" : "s",
           text_weeks(r->plan.weeks, (int)config->calendar->weeks_per_year, length));
    if (r->schools != 1)
        printf(", %zu schools each", r->schools);
    progress_seconds(r->tally.seconds, seconds, sizeof seconds);
    printf(", model %s, seed %llu; %s on %d thread%s\n", r->plan.model->name, (unsigned long long)r->plan.seed, seconds,
           r->tally.threads, r->tally.threads == 1 ? "" : "s");
}

static enum status simulate(struct running *r, struct faults *faults)
{
    struct store_library libraries[LIBRARIES_MAX];
    const struct store_scenario scenario = {
        .scenario = r->config.name,
        .title = r->config.run->title,
        .plan = &r->plan,
        .config_text = r->config_text,
        .version = EBB_VERSION,
        .commit = EBB_COMMIT,
        .command = r->command,
        .command_count = (size_t)r->options->word_count + 1,
        .inputs = r->inputs,
        .input_count = r->input_count,
        .libraries = libraries,
        .library_count = libraries_list(libraries),
        .pictures = (const char *const *)r->pictures,
    };
    enum status status = store_open(r->out_dir, &scenario, &r->store, faults);
    if (status != STATUS_OK)
        return status;
    progress_start(&r->line, r->options);
    status = engine_run_all(&r->plan, &r->tally, faults);
    progress_end(&r->line);
    const enum status closed = store_close(r->store, status, &r->tally, faults);
    return status == STATUS_OK ? closed : status;
}

static void tell_chart(void *self, const char *path)
{
    const struct running *r = self;
    if (r->options->quiet)
        return;
    fputs("chart in   ", stdout);
    text_print(stdout, path);
    puts("");
}

static enum status draw_charts(struct running *r, struct faults *faults)
{
    if (r->config.output->charts == 0)
        return STATUS_OK;
    const struct charts_wanted wanted = {.format = "png,svg,pdf",
                                         .force = true, /* the folder was checked before anything was computed */
                                         .options = {.singles = -1},
                                         .made = tell_chart,
                                         .self = r};
    return charts_make(r->out_dir, &wanted, faults);
}

/* What did not come out as asked. */
static enum status tell_end(const struct running *r, enum status status, struct faults *faults)
{
    const long long kept = store_runs_kept(r->store), all = r->plan.replicates;
    const bool stopped = status == STATUS_INTERRUPTED;
    if (status != STATUS_OK)
        fault_add(faults, status, r->out_dir, 0, "%s%lld of %lld runs are kept; missing: %.300s%s",
                  stopped ? "interrupted: " : "", kept, all, kept < all ? store_runs_missing(r->store) : "none",
                  stopped ? "; the same command with --force runs all of them again" : "");
    if (r->tally.failed)
        return fault_add(faults, status == STATUS_OK ? STATUS_FAILED : status, r->out_dir, 0,
                         "%lld of %lld runs failed; runs.csv says why", (long long)r->tally.failed, all);
    return status;
}

static enum status run_all(struct running *r, struct faults *faults)
{
    r->plan.stop = interrupt_watch();
    enum status status = simulate(r, faults);
    if (!r->store)
        return status;
    enum status after = STATUS_OK;
    if (!r->options->quiet && r->tally.done > 0 && status != STATUS_FAILED) {
        tell_heading(r);
        after = tell_result(stdout, r->out_dir, r->options->verbose, faults);
        fputs("\nresults in ", stdout);
        text_print(stdout, r->out_dir);
        puts("");
    }
    if (status == STATUS_OK && after == STATUS_OK && r->tally.done > 0)
        after = draw_charts(r, faults);
    status = tell_end(r, status, faults);
    return status == STATUS_OK ? after : status;
}

static enum status run(const struct options *options, struct faults *faults)
{
    struct running r = {.options = options};
    enum status status = config_load(options->arguments[0], options->sets, options->set_count, &r.config, faults);
    if (status != STATUS_OK)
        return status;
    plan(&r);
    if (options->jobs)
        omp_set_num_threads(options->jobs);
    r.out_dir = out_dir_of(options, r.config.name);
    if (!r.out_dir || write_texts(&r))
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    if (status == STATUS_OK)
        status = store_check_folder(r.out_dir, (const char *const *)r.pictures, options->force, faults);
    if (status == STATUS_OK) {
        r.schools = engine_count_schools(&r.plan, NULL);
        status = check_memory(&r, faults);
    }
    if (status == STATUS_OK && options->dry_run) {
        tell_plan(&r);
    } else if (status == STATUS_OK) {
        tell_size(&r);
        status = run_all(&r, faults);
    }
    store_free(r.store);
    free(r.out_dir);
    free(r.config_text);
    free(r.inputs);
    free(r.command);
    for (size_t i = 0; r.pictures && r.pictures[i]; i++)
        free(r.pictures[i]);
    free(r.pictures);
    config_free(&r.config);
    return status;
}

static const struct option_row own[] = {
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
        "  ebb run configs/bass.ini -r 100 -s 7 --set bass.degree=8 -o out/dense\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .takes = TAKES_OUT | TAKES_JOBS | TAKES_REPLICATES | TAKES_SEED | TAKES_SET | TAKES_QUIET | TAKES_VERBOSE |
             TAKES_FORCE | TAKES_PROGRESS | TAKES_DRY_RUN,
    .own = own,
    .run = run,
};
