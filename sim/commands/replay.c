/* ebb replay: one stored run again, looked at more closely, and held against what was stored. */
#include "../command.h"
#include "../leaf/rng.h"
#include "../leaf/text.h"
#include "../store/folder.h"
#include "../store/read.h"
#include "follow.h"
#include "interrupt.h"
#include "plot/charts.h"
#include "scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALONE_SHOWN 4

struct replaying {
    const struct options *options;
    const char *from; /* the folder of the result */
    int64_t run;
    struct store_origin origin;
    struct store_result stored; /* its rows; none of a failed run */
    struct scenario scenario;
    struct follow follow;

    /* What the comparison found. */
    size_t rows, same;
    char difference[ENGINE_MESSAGE]; /* the first one */
};

/* --- What is the same as stored --- */

static bool equal(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void compare_row(struct replaying *r, const double *stored, const double *now, int64_t week, int64_t school)
{
    const size_t before = r->same++;
    r->rows++;
    for (size_t c = 0; c < r->stored.column_count; c++)
        if (!equal(stored[c], now[c])) {
            if (!*r->difference)
                snprintf(r->difference, sizeof r->difference, "%s of school %lld in week %lld is %.17g, stored %.17g",
                         r->stored.columns[c].name, (long long)school, (long long)week, now[c], stored[c]);
            r->same = before;
            return;
        }
}

/* Stored weeks that were not lived again at their week (--every) are left out. */
static void compare_rows(struct replaying *r, const struct engine_run *run)
{
    const struct store_result *s = &r->stored;
    const struct engine_plan *plan = &r->scenario.plan;
    for (size_t w = 0; w < s->week_count; w++) {
        const int64_t week = s->weeks[w];
        if (week % plan->every != 0 && week != plan->weeks)
            continue;
        const size_t row = (size_t)((week + plan->every - 1) / plan->every);
        for (size_t k = 0; k < s->school_count; k++)
            compare_row(r, s->values + (k * s->week_count + w) * s->column_count,
                        run->rows + (row * run->schools + k) * s->column_count, week, s->paths[k].school);
    }
}

static void compare(struct replaying *r, const struct engine_run *run)
{
    const bool failed = run->outcome == ENGINE_FAILED;
    if (failed && r->origin.failed) {
        r->rows = 1;
        r->same = strcmp(run->message, r->origin.message) == 0;
        if (!r->same)
            snprintf(r->difference, sizeof r->difference, "it failed, but another way: %.400s", run->message);
    } else if (failed || r->origin.failed) {
        r->rows = 1;
        snprintf(r->difference, sizeof r->difference, "%s%.400s",
                 failed ? "it failed, which it had not: " : "it had failed and now did not: ",
                 failed ? run->message : r->origin.message);
    } else if (run->schools != r->stored.school_count) {
        r->rows = 1;
        snprintf(r->difference, sizeof r->difference, "%zu schools, stored %zu", run->schools, r->stored.school_count);
    } else {
        compare_rows(r, run);
    }
}

static const struct column *find(const struct column *columns, size_t count, const char *name)
{
    for (size_t c = 0; c < count; c++)
        if (strcmp(columns[c].name, name) == 0)
            return &columns[c];
    return NULL;
}

/* "; it alone has wit, zeal and 3 more": names of `some` that `others` lack; nothing when they lack none. */
static void tell_alone(const char *who, const struct column *some, size_t count, const struct column *others,
                       size_t other_count, FILE *out)
{
    size_t alone = 0;
    for (size_t c = 0; c < count; c++)
        if (!find(others, other_count, some[c].name) && alone++ < ALONE_SHOWN)
            fprintf(out, "%s%s", alone == 1 ? who : ", ", some[c].name);
    if (alone > ALONE_SHOWN)
        fprintf(out, " and %zu more", alone - ALONE_SHOWN);
}

/* The columns that are stored must be those of the model. */
static enum status check_columns(const struct replaying *r, struct faults *faults)
{
    const struct store_result *s = &r->stored;
    const struct model *model = r->scenario.config.model;
    bool same = s->column_count == model->column_count;
    for (size_t c = 0; same && c < s->column_count; c++)
        same = strcmp(s->columns[c].name, model->columns[c].name) == 0;
    if (same)
        return STATUS_OK;
    char *differs = NULL;
    size_t size;
    FILE *out = open_memstream(&differs, &size);
    if (!out)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    tell_alone("; it alone has ", s->columns, s->column_count, model->columns, model->column_count, out);
    tell_alone("; here alone is ", model->columns, model->column_count, s->columns, s->column_count, out);
    const enum status status =
        fclose(out)
            ? fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory")
            : fault_add(faults, STATUS_BAD_INPUT, r->from, 0,
                        "holds %zu measures and this program's model %s has %zu%s: its runs cannot be made "
                        "again here",
                        s->column_count, model->name, model->column_count, size ? differs : ", in another order");
    free(differs);
    return status;
}

/* --- What is to be made again --- */

static const char *commit(const char *name)
{
    return *name ? name : "unknown";
}

static enum status check_origin(const struct replaying *r, struct faults *faults)
{
    const struct store_origin *o = &r->origin;
    if (strcmp(o->version, EBB_VERSION) != 0)
        return fault_add(faults, STATUS_BAD_INPUT, r->from, 0,
                         "was made by ebb %s (commit %s) and this is ebb %s (commit %s): the same bytes come from the "
                         "same version only",
                         o->version, commit(o->commit), EBB_VERSION, commit(EBB_COMMIT));
    if (o->stream_layout >= 0 && o->stream_layout != RNG_LAYOUT_VERSION)
        return fault_add(faults, STATUS_BAD_INPUT, r->from, 0,
                         "drew its random numbers by layout %d and this program draws by layout %d: the run would "
                         "have other luck",
                         o->stream_layout, RNG_LAYOUT_VERSION);
    return STATUS_OK;
}

/* A network that was asked for and will never be seen is no warning. */
static enum status check_snapshots(const struct config *config, struct faults *faults)
{
    const struct param_list *weeks = &config->output->snapshots;
    enum status status = STATUS_OK;
    for (int64_t i = 0; i < weeks->count; i++)
        if (weeks->value[i] > (double)config->run->weeks)
            status = fault_add(faults, STATUS_USAGE, NULL, 0,
                               "--snapshots asks for week %.0f; the run ends at week %lld", weeks->value[i],
                               (long long)config->run->weeks);
    return status;
}

/* OUT/config.ini with more rows and networks. */
static enum status load(struct replaying *r, struct faults *faults)
{
    const struct options *options = r->options;
    const char *every = options_own(options, "every"), *snapshots = options_own(options, "snapshots");
    char *path = folder_path(r->from, "config.ini", ""), *texts[4] = {NULL};
    enum status status = STATUS_FAILED;
    if (!path || asprintf(&texts[0], "output.every=%s", every ? every : "1w") < 0 ||
        asprintf(&texts[1], "output.snapshot_runs=1000000") < 0 ||
        asprintf(&texts[2], "output.lineage_runs=1000000") < 0 ||
        asprintf(&texts[3], "output.snapshots=%s", snapshots ? snapshots : "") < 0)
        fault_add(faults, status, NULL, 0, "not enough memory");
    else
        status = scenario_load_quietly(path, (const char *const *)texts, snapshots ? 4 : 3, &r->scenario.config,
                                       faults);
    for (size_t i = 0; i < 4; i++)
        free(texts[i]);
    free(path);
    return status;
}

/* The trace's tables are ours to replace, as the pictures are. */
static int list_tables(struct scenario *s)
{
    size_t count = 0;
    while (s->pictures[count])
        count++;
    char **more = realloc(s->pictures, (count + s->plan.model->trace_table_count + 1) * sizeof *more);
    if (!more)
        return -1;
    s->pictures = more;
    for (size_t t = 0; t < s->plan.model->trace_table_count; t++) {
        more[count] = follow_file(&s->plan.model->trace_tables[t]);
        if (!more[count++])
            return -1;
        more[count] = NULL;
    }
    return 0;
}

/* A run of a sweep is of one of its points. */
static enum status set_point(struct replaying *r, struct faults *faults)
{
    struct config *config = &r->scenario.config;
    struct design design;
    if (r->origin.point == 0)
        return STATUS_OK;
    enum status status = design_of_set(config->set, config_engine_groups, NULL, config->run->seed, &design, faults);
    if (status != STATUS_OK)
        return status;
    if (r->origin.point > design.points)
        status = fault_add(faults, STATUS_BAD_INPUT, r->from, 0,
                           "stores run %lld as point %lld, but the design of its config.ini has %lld",
                           (long long)r->run, (long long)r->origin.point, (long long)design.points);
    else
        status = design_apply(&design, r->origin.point - 1, config->set, faults);
    design_free(&design);
    return status;
}

static enum status prepare_plan(struct replaying *r, struct faults *faults)
{
    struct scenario *s = &r->scenario;
    s->options = r->options;
    enum status status = set_point(r, faults);
    if (status == STATUS_OK)
        status = scenario_plan(s, r->origin.failed, faults); /* some faults only show when looked for */
    if (status != STATUS_OK)
        return status;
    s->plan.first = r->run - 1; /* by which it is stored; its luck is that of its replicate, see job() */
    s->plan.replicates = 1;
    s->plan.seed = r->origin.seed;
    s->again = "ebb replay OUT --run N";
    if (list_tables(s))
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    if (r->options->out)
        s->out_dir = strdup(r->options->out);
    else if (asprintf(&s->out_dir, "%s/run-%lld", r->from, (long long)r->run) < 0)
        s->out_dir = NULL;
    return s->out_dir ? STATUS_OK : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
}

static enum status begin_trace(struct replaying *r, struct faults *faults)
{
    const char *text = options_own(r->options, "trace"), *school = options_own(r->options, "school");
    long number = 1;
    if (school && options_integer("school", school, 1, 10000000, &number, faults) != STATUS_OK)
        return STATUS_USAGE;
    if (school && !text)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--school says where --trace looks; give both");
    if (!text)
        return STATUS_OK;
    r->follow.run = r->run;
    r->follow.replicate = r->origin.replicate - 1;
    const enum status status = follow_begin(&r->follow, text, number, &r->scenario.plan, faults);
    r->scenario.plan.trace = status == STATUS_OK ? &r->follow.trace : NULL;
    return status;
}

/* --- Making it --- */

static struct param_set *job(void *self, struct engine_run *run)
{
    const struct replaying *r = self;
    run->number = r->run - 1;
    run->point = r->origin.point;
    run->replicate = r->origin.replicate - 1;
    return param_set_copy(r->scenario.plan.set);
}

static void prepare(void *self, struct engine_run *run)
{
    store_prepare(((struct replaying *)self)->scenario.store, run);
}

static enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    struct replaying *r = self;
    compare(r, run);
    return store_take(r->scenario.store, run, faults);
}

static enum status simulate(struct replaying *r, struct faults *faults)
{
    struct scenario *s = &r->scenario;
    s->plan.self = r;
    s->plan.job = job;
    s->plan.prepare = prepare;
    s->plan.take = take;
    s->plan.stop = interrupt_watch();
    enum status status = scenario_open(s, faults);
    if (status != STATUS_OK)
        return status;
    status = engine_run_all(&s->plan, &s->tally, faults);
    const enum status closed = store_close(s->store, status, &s->tally, faults);
    return status == STATUS_OK ? closed : status;
}

static void tell_chart(void *self, const char *path)
{
    const struct replaying *r = self;
    if (r->options->quiet)
        return;
    fputs("chart in   ", stdout);
    text_print(stdout, path);
    puts("");
}

static enum status draw_charts(struct replaying *r, struct faults *faults)
{
    const struct charts_wanted wanted = {.more = r->scenario.config.output->more_charts,
                                         .format = "png,svg,pdf",
                                         .force = true,
                                         .options = {.singles = -1},
                                         .made = tell_chart,
                                         .self = r};
    if (r->scenario.config.output->charts == 0 || r->scenario.tally.done == 0)
        return STATUS_OK;
    return charts_make(r->scenario.out_dir, &wanted, faults);
}

static enum status tell_verdict(const struct replaying *r, struct faults *faults)
{
    if (r->same < r->rows || r->rows == 0)
        return fault_add(faults, STATUS_FAILED, r->from, 0,
                         "run %lld does not come out as stored: %s (made by commit %s; this is %s)", (long long)r->run,
                         *r->difference ? r->difference : "nothing was stored to compare with", r->origin.commit,
                         EBB_COMMIT);
    if (r->options->quiet)
        return STATUS_OK;
    printf("run %lld of ", (long long)r->run);
    text_print(stdout, r->from);
    if (r->origin.failed)
        printf(" again: it fails as it did: %s\n", r->origin.message);
    else
        printf(" again: all %zu stored rows are the same, to the last bit\n", r->rows);
    fputs("results in ", stdout);
    text_print(stdout, r->scenario.out_dir);
    puts("");
    for (size_t t = 0; r->scenario.plan.trace && t < r->follow.model->trace_table_count; t++)
        printf("%-10s %s.csv: %s\n", t ? "" : "trace in", r->follow.model->trace_tables[t].name,
               r->follow.model->trace_tables[t].meaning);
    return STATUS_OK;
}

static enum status make(struct replaying *r, struct faults *faults)
{
    enum status status = simulate(r, faults);
    if (status == STATUS_OK && r->scenario.plan.trace)
        status = follow_write(&r->follow, r->scenario.out_dir, faults);
    if (status != STATUS_OK)
        return status;
    status = tell_verdict(r, faults);
    const enum status drawn = draw_charts(r, faults);
    return status == STATUS_OK ? drawn : status;
}

static enum status replay(struct replaying *r, struct faults *faults)
{
    if (r->options->out && file_is_same(r->from, r->options->out))
        return fault_add(faults, STATUS_USAGE, r->options->out, 0,
                         "is the result itself: the run that is made again needs a folder of its own");
    enum status status = store_find_run(r->from, r->run, &r->origin, faults);
    if (status == STATUS_OK)
        status = check_origin(r, faults);
    if (status == STATUS_OK)
        status = store_tell_build(r->from, load(r, faults), faults);
    if (status != STATUS_OK)
        return status;
    status = options_own(r->options, "snapshots") ? check_snapshots(&r->scenario.config, faults) : STATUS_OK;
    if (status == STATUS_OK)
        status = prepare_plan(r, faults);
    if (status == STATUS_OK)
        status = begin_trace(r, faults);
    if (status == STATUS_OK)
        status = scenario_check(&r->scenario, faults);
    if (status == STATUS_OK && !r->origin.failed) {
        const struct store_wanted wanted = {.first_run = r->run, .runs = 1};
        status = store_read(r->from, &wanted, &r->stored, faults);
        if (status == STATUS_OK)
            status = store_tell_build(r->from, check_columns(r, faults), faults);
    }
    if (status == STATUS_OK)
        status = make(r, faults);
    follow_free(&r->follow);
    store_result_free(&r->stored);
    scenario_free(&r->scenario);
    return status;
}

static enum status run(const struct options *options, struct faults *faults)
{
    struct replaying r = {.options = options, .from = options->arguments[0]};
    const char *number = options_own(options, "run");
    long run_number = 0;
    if (!number)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "ebb replay needs --run N: which one of the runs in runs.csv");
    const enum status status = options_integer("run", number, 1, 1000000000, &run_number, faults);
    if (status != STATUS_OK)
        return status;
    r.run = run_number;
    return replay(&r, faults);
}

static const struct option_row own[] = {
    {"run", 0, "N", "which run, as runs.csv numbers them"},
    {"every", 0, "1w", "weeks between rows; otherwise every week"},
    {"snapshots", 0, "0w,2y", "weeks at which the network is kept; otherwise those of the configuration"},
    {"trace", 0, "teacher=17", "follow one: each week, talks, ties, and whom ideas came from"},
    {"school", 0, "N", "the school in which --trace looks; otherwise the first"},
    {0},
};

extern const struct command replay_command;
const struct command replay_command = {
    .name = "replay",
    .usage = "OUT",
    .meaning = "any stored run again, byte for byte, to look at it closely",
    .help =
        "The run is made again from OUT/config.ini and its number, with weekly rows and networks, and held against\n"
        "what was stored: a difference is told and ends with status 1. A run that failed fails again.\n"
        "Results go to OUT/run-N, or where -o says.\n\n"
        "  ebb replay out/school --run 7\n"
        "  ebb replay out/school --run 7 --snapshots 0w,1y,2y,3y --trace teacher=17 -o seven\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .takes = TAKES_OUT | TAKES_JOBS | TAKES_QUIET | TAKES_FORCE,
    .own = own,
    .run = run,
};
