#include "charts.h"

#include "charts_lineage.h"

#include "../../plots/choose.h"
#include "../leaf/param_value.h"
#include "../leaf/text.h"
#include "../store/folder.h"
#include "../store/swept.h"
#include "../store/read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static const char *const formats[] = {"png", "svg", "pdf"};
#define FORMAT_COUNT (sizeof formats / sizeof formats[0])

/* One call of charts_make(). */
struct job {
    const char *out_dir;
    const struct charts_wanted *wanted;
    struct chart_options options;
    int64_t weeks[PARAM_LIST_MAX];
    bool format[FORMAT_COUNT];
    struct store_result result;
    struct chart_data data;
    struct chart_graph *graphs;
    struct charts_lineage lineage;
    bool sweep; /* out_dir holds one */
    struct store_swept points;
    struct chart_points shown; /* points, in the charts' words */
    struct chart_axis *axes;
    struct chart_spread *spreads;
    char *target; /* the sweep's own */
};

static enum status out_of_memory(struct faults *faults)
{
    return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory to draw this result");
}

/* --- What is asked for --- */

static enum status unknown_kind(const char *kind, struct faults *faults)
{
    char known[256] = "", quoted[TEXT_QUOTED];
    struct text_near near = {.word = kind};
    if (strcmp(kind, "morris") == 0 || strcmp(kind, "sobol") == 0)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "the chart %s is drawn by `ebb sense OUT`", kind);
    for (size_t i = 0; charts[i]; i++) {
        text_near_try(&near, charts[i]->name);
        size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", charts[i]->name);
    }
    return fault_add(faults, STATUS_USAGE, NULL, 0, "there is no chart %s; there are %s%s%s%s",
                     text_quote(kind, quoted), known, near.best ? "; did you mean " : "", near.best ? near.best : "",
                     near.best ? "?" : "");
}

static enum status read_formats(struct job *job, struct faults *faults)
{
    enum status status = STATUS_OK;
    const char *text = job->wanted->format ? job->wanted->format : "png";
    for (const char *at = text; at;) {
        const char *comma = strchr(at, ',');
        size_t length = comma ? (size_t)(comma - at) : strlen(at), i = 0;
        while (i < FORMAT_COUNT && !(strlen(formats[i]) == length && strncasecmp(formats[i], at, length) == 0))
            i++;
        if (i < FORMAT_COUNT)
            job->format[i] = true;
        else
            status = fault_add(faults, STATUS_USAGE, NULL, 0, "--format: '%.*s' is none of png, svg, pdf", (int)length,
                               at);
        at = comma ? comma + 1 : NULL;
    }
    return status;
}

static enum status read_weeks(struct job *job, int weeks_per_year, struct faults *faults)
{
    static const struct param row = {.key = "weeks",
                                     .kind = PARAM_DURATIONS,
                                     .fallback = "",
                                     .lo = 0,
                                     .hi = 16000000,
                                     .unit = "weeks",
                                     .choices = "",
                                     .meaning = "",
                                     .source = ""};
    char quoted[TEXT_QUOTED];
    union param_value value = {.list = {.count = 0}};
    struct param_error error = {.why = ""};
    if (!job->wanted->weeks)
        return STATUS_OK;
    if (!param_value_parse(&row, job->wanted->weeks, weeks_per_year, NULL, &value, &error))
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--weeks %s: %s", text_quote(job->wanted->weeks, quoted),
                         error.why);
    for (int64_t i = 0; i < value.list.count; i++)
        job->weeks[i] = (int64_t)value.list.value[i];
    job->options.weeks = job->weeks;
    job->options.week_count = (size_t)value.list.count;
    return STATUS_OK;
}

/* --- From the store to chart_data --- */

static void bridge(struct job *job)
{
    const struct store_result *r = &job->result;
    job->data = (struct chart_data){.title = r->title,
                                    .scenario = r->scenario,
                                    .weeks_per_year = r->weeks_per_year,
                                    .columns = r->columns,
                                    .column_count = r->column_count,
                                    .weeks = r->weeks,
                                    .week_count = r->week_count,
                                    .path_count = r->path_count,
                                    .run_count = r->run_count,
                                    .school_count = r->school_count,
                                    .run = job->wanted->run,
                                    .school = job->wanted->school,
                                    .values = r->values,
                                    .events = r->events,
                                    .event_count = r->event_count,
                                    .node_attributes = r->node_attributes,
                                    .tie_attributes = r->tie_attributes,
                                    .node_attribute_count = r->node_attribute_count,
                                    .tie_attribute_count = r->tie_attribute_count,
                                    .command = r->command,
                                    .commit = r->commit && r->commit[0] ? r->commit : r->version,
                                    .seed = r->seed};
}

static void let_go(struct job *job)
{
    store_result_free(&job->result);
    job->result = (struct store_result){0};
    free(job->graphs);
    job->graphs = NULL;
    charts_lineage_free(&job->lineage);
    store_swept_free(&job->points);
    free(job->axes);
    free(job->spreads);
    job->axes = NULL;
    job->spreads = NULL;
    job->data.points = NULL;
}

/* Leaves the paths of one school, or of all. */
static enum status keep_school(struct job *job, struct faults *faults)
{
    struct store_result *r = &job->result;
    const int64_t school = job->wanted->school;
    const size_t stride = r->week_count * r->column_count;
    size_t kept = 0, highest = 0;
    for (size_t p = 0; p < r->path_count; p++) {
        highest = (size_t)r->paths[p].school > highest ? (size_t)r->paths[p].school : highest;
        if (school && r->paths[p].school != school)
            continue;
        memmove(r->values + kept * stride, r->values + p * stride, stride * sizeof *r->values);
        r->paths[kept++] = r->paths[p];
    }
    if (school && kept == 0)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--school %lld: the result has %s%zu", (long long)school,
                         highest > 1 ? "schools 1 to " : "only school ", highest);
    r->path_count = kept;
    r->school_count = school ? 1 : r->school_count;
    return STATUS_OK;
}

/* The chosen columns, and the capacities, by whose order colours are given. NULL when memory is short. */
static char *names_of(const struct chart_data *data, const struct choice *choice)
{
    size_t size = 1;
    for (size_t c = 0; c < data->column_count; c++)
        size += strlen(data->columns[c].name) + 1;
    char *names = calloc(size, 1);
    for (size_t c = 0; names && c < data->column_count; c++) {
        bool wanted = data->columns[c].kind == COLUMN_CAPACITY;
        for (size_t i = 0; i < choice->count; i++)
            wanted |= choice->column[i] == c;
        if (!wanted)
            continue;
        strcat(names, names[0] ? "," : "");
        strcat(names, data->columns[c].name);
    }
    return names;
}

static enum status read_series(struct job *job, const struct chart *chart, struct faults *faults)
{
    struct store_wanted wanted = {.no_values = true, .first_run = job->wanted->run, .runs = job->wanted->run > 0};
    struct choice choice;
    enum status status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status != STATUS_OK)
        return status;
    bridge(job);
    if (job->wanted->run && job->data.path_count == 0) {
        let_go(job);
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--run %lld: the result holds no finished run of this number",
                         (long long)job->wanted->run);
    }
    status = (chart->choose ? chart->choose : choose_columns)(&job->data, &job->options, &choice, faults);
    char *names = status == STATUS_OK ? names_of(&job->data, &choice) : NULL;
    store_result_free(&job->result);
    job->result = (struct store_result){0};
    if (status == STATUS_OK && !names)
        status = out_of_memory(faults);
    wanted.no_values = false;
    wanted.columns = names; /* of many runs, only what is drawn is read */
    if (status == STATUS_OK)
        status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status == STATUS_OK)
        status = keep_school(job, faults);
    free(names);
    bridge(job);
    return status;
}

/* Networks are kept of the first runs. */
static enum status read_graphs(struct job *job, struct faults *faults)
{
    struct store_wanted wanted = {
        .no_values = true, .graphs = true, .graph_run = job->wanted->run ? job->wanted->run : STORE_FIRST_GRAPHS};
    enum status status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status != STATUS_OK)
        return status;
    const struct store_result *r = &job->result;
    bridge(job);
    job->graphs = calloc(r->graph_count + 1, sizeof *job->graphs);
    if (!job->graphs)
        return out_of_memory(faults);
    for (size_t i = 0; i < r->graph_count; i++) {
        const struct store_graph *g = &r->graphs[i];
        if (!job->wanted->school || g->school == job->wanted->school)
            job->graphs[job->data.graph_count++] = (struct chart_graph){
                .run = (int)g->run, .school = (int)g->school, .week = g->week, .graph = &g->graph};
    }
    job->data.graphs = job->graphs;
    if (job->data.graph_count == 0 && (job->wanted->run || job->wanted->school))
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "no network is stored of run %lld%s; output.snapshot_runs says of "
                         "how many runs networks are kept",
                         (long long)wanted.graph_run, job->wanted->school ? " and this school" : "");
    return STATUS_OK;
}

static enum status read_lineage(struct job *job, struct faults *faults)
{
    const struct store_wanted wanted = {.no_values = true};
    enum status status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status != STATUS_OK)
        return status;
    bridge(job);
    status = charts_lineage_read(job->out_dir, job->wanted->run, job->wanted->school, job->result.length, &job->lineage,
                                 faults);
    job->data.lineage = &job->lineage.shown;
    return status;
}

/* --- The points of a sweep --- */

/* The chosen columns' names by their places; the others are not read. */
static enum status read_chosen(struct job *job, const struct chart *chart, struct faults *faults)
{
    struct choice choice;
    const enum status status = (chart->choose ? chart->choose : choose_columns)(&job->data, &job->options, &choice,
                                                                                faults);
    if (status != STATUS_OK)
        return status;
    const char **names = calloc(job->data.column_count + 1, sizeof *names);
    if (!names)
        return out_of_memory(faults);
    for (size_t i = 0; i < choice.count; i++)
        names[choice.column[i]] = job->data.columns[choice.column[i]].name;
    const enum status read = store_swept_read(job->out_dir, names, job->data.column_count, job->data.weeks_per_year,
                                              &job->points, faults);
    free(names);
    return read;
}

static enum status bridge_points(struct job *job, struct faults *faults)
{
    const struct store_swept *p = &job->points;
    job->axes = calloc(p->axis_count + 1, sizeof *job->axes);
    job->spreads = calloc(p->count * p->column_count + 1, sizeof *job->spreads);
    if (!job->axes || !job->spreads)
        return out_of_memory(faults);
    for (size_t a = 0; a < p->axis_count; a++)
        job->axes[a] = (struct chart_axis){.name = p->axes[a].key,
                                           .unit = p->axes[a].unit,
                                           .log = p->axes[a].log,
                                           .words = p->axes[a].words,
                                           .level_count = p->axes[a].level_count,
                                           .level = p->axes[a].levels,
                                           .label = (const char *const *)p->axes[a].labels};
    for (size_t i = 0; i < p->count * p->column_count; i++) {
        const struct stats *s = &p->values[i];
        job->spreads[i] = (struct chart_spread){.n = s->n,
                                                .mean = s->mean,
                                                .lo = s->n > 1 ? s->mean_lo : (double)NAN,
                                                .hi = s->n > 1 ? s->mean_hi : (double)NAN,
                                                .q05 = s->q05,
                                                .q25 = s->q25,
                                                .median = s->median,
                                                .q75 = s->q75,
                                                .q95 = s->q95};
        if (s->n == 0)
            job->spreads[i].mean = (double)NAN;
    }
    job->shown = (struct chart_points){.axes = job->axes,
                                       .axis_count = p->axis_count,
                                       .count = p->count,
                                       .at = p->at,
                                       .values = job->spreads,
                                       .week = p->week,
                                       .replicates = p->replicates};
    job->data.points = &job->shown;
    return STATUS_OK;
}

static enum status read_points(struct job *job, const struct chart *chart, struct faults *faults)
{
    const struct store_wanted wanted = {.no_values = true};
    if (job->wanted->run || job->wanted->school)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "a sweep's picture is over all runs: leave --run and --school");
    enum status status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status != STATUS_OK)
        return status;
    bridge(job);
    if (!job->options.target && !job->target)
        job->target = store_swept_setting(job->out_dir, "sweep", "target");
    job->options.target = job->options.target ? job->options.target : job->target;
    status = read_chosen(job, chart, faults);
    return status == STATUS_OK ? bridge_points(job, faults) : status;
}

/* --- Where it goes --- */

static bool is_picture_name(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && !strchr(dot, '/') && i < FORMAT_COUNT; i++)
        if (strcasecmp(dot + 1, formats[i]) == 0)
            return true;
    return false;
}

static bool out_is_file(const struct job *job)
{
    struct stat there;
    return job->wanted->out && is_picture_name(job->wanted->out) &&
           !(stat(job->wanted->out, &there) == 0 && S_ISDIR(there.st_mode));
}

/* What sets a picture apart from the chart's usual one: "-personal", "-trust-fatigue-overlaid", "-run4". */
static void variant(const struct job *job, const struct chart *chart, char *text, size_t size)
{
    const struct charts_wanted *w = job->wanted;
    const char *what = chart->of_graphs ? w->weeks : w->options.columns ? w->options.columns : w->options.of;
    char run[32] = "", school[32] = "";
    if (w->run)
        snprintf(run, sizeof run, "-run%lld", (long long)w->run);
    if (w->school)
        snprintf(school, sizeof school, "-school%lld", (long long)w->school);
    snprintf(text, size, "%s%.80s%s%s%s", what ? "-" : "", what ? what : "",
             !chart->of_graphs && !chart->asked && w->options.overlaid ? "-overlaid" : "", run, school);
    size_t kept = 0;
    for (const char *c = text; *c; c++) /* what a file's name should not hold */
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-", *c))
            text[kept++] = *c;
        else if (*c == ',')
            text[kept++] = '-';
    text[kept] = '\0';
}

/* The f-th picture of a chart, NULL when memory is short. */
static char *picture_path(const struct job *job, const struct chart *chart, size_t format)
{
    char name[256], apart[160];
    if (out_is_file(job))
        return strdup(job->wanted->out);
    variant(job, chart, apart, sizeof apart);
    snprintf(name, sizeof name, "%s%s.%s", chart->name, apart, formats[format]);
    return folder_path(job->wanted->out ? job->wanted->out : job->out_dir, name, "");
}

static enum status refuse_existing(const struct job *job, const struct chart *chart, struct faults *faults)
{
    enum status status = STATUS_OK;
    struct stat there;
    for (size_t f = 0; f < FORMAT_COUNT && !job->wanted->force; f++) {
        char *path = job->format[f] ? picture_path(job, chart, f) : NULL;
        if (path && stat(path, &there) == 0)
            status = fault_add(faults, STATUS_USAGE, path, 0, "this picture exists already; --force replaces it");
        free(path);
    }
    return status;
}

/* Drawn when nothing was asked for by name. */
static bool is_usual(const struct job *job, const struct chart *chart)
{
    return !chart->asked && !chart->of_comparison && (chart->of_points != 0) == job->sweep;
}

static enum status draw_one(struct job *job, const struct chart *chart, struct faults *faults)
{
    if (chart->of_points && !job->sweep)
        return fault_add(faults, STATUS_BAD_INPUT, job->out_dir, 0, "holds no result of `ebb sweep`, which a %s shows",
                         chart->name);
    if (!chart->of_points && !chart->of_graphs && job->sweep && !job->wanted->run)
        return fault_add(faults, STATUS_BAD_INPUT, job->out_dir, 0,
                         "holds a sweep: its runs differ in more than chance. `ebb plot OUT heat` or `response` show "
                         "it, and --run N one run");
    enum status status = chart->of_points    ? read_points(job, chart, faults)
                         : chart->of_graphs  ? read_graphs(job, faults)
                         : chart->of_lineage ? read_lineage(job, faults)
                                             : read_series(job, chart, faults);
    if (status == STATUS_OK)
        status = read_weeks(job, job->data.weeks_per_year, faults);
    for (size_t f = 0; f < FORMAT_COUNT && status == STATUS_OK; f++) {
        if (!job->format[f])
            continue;
        char *path = picture_path(job, chart, f);
        status = path ? chart_write(chart, &job->data, &job->options, path, faults) : out_of_memory(faults);
        if (status == STATUS_OK && job->wanted->made)
            job->wanted->made(job->wanted->self, path);
        free(path);
    }
    let_go(job);
    return status;
}

/* A chart that this result cannot feed (no network stored, one too large) does not stop the others. */
static enum status draw_all(struct job *job, struct faults *faults)
{
    for (size_t i = 0; charts[i]; i++) {
        struct faults own = {0};
        if (!is_usual(job, charts[i]))
            continue;
        enum status status = draw_one(job, charts[i], &own);
        bool passed_over = status == STATUS_BAD_INPUT && (charts[i]->of_graphs || charts[i]->of_points);
        for (size_t k = 0; k < own.count; k++) {
            const struct fault *f = &own.list[k];
            if (passed_over)
                fault_warn(faults, f->file, f->line, "no picture '%s': %s", charts[i]->name, f->text);
            else if (f->warning)
                fault_warn(faults, f->file, f->line, "%s", f->text);
            else
                fault_add(faults, f->status, f->file, f->line, "%s", f->text);
        }
        faults_free(&own);
        if (status != STATUS_OK && !passed_over)
            return status;
    }
    return STATUS_OK;
}

enum status charts_make(const char *out_dir, const struct charts_wanted *wanted, struct faults *faults)
{
    struct job *job = calloc(1, sizeof *job); /* large, for a stack */
    if (!job)
        return out_of_memory(faults);
    *job = (struct job){.out_dir = out_dir, .wanted = wanted, .options = wanted->options};
    job->sweep = store_is_sweep(out_dir);
    const struct chart *chart = wanted->kind ? chart_find(wanted->kind) : NULL;
    enum status status = wanted->kind && !chart ? unknown_kind(wanted->kind, faults) : STATUS_OK;
    if (chart && chart->of_comparison)
        status = fault_add(
            faults, STATUS_USAGE, NULL, 0,
            "the chart %s is drawn by `ebb compare`, when it compares; `ebb plot` draws single scenarios", chart->name);
    if (out_is_file(job) && !wanted->kind)
        status = fault_add(faults, STATUS_USAGE, wanted->out, 0,
                           "several charts need a folder; name the kind of the one that goes to this file");
    if (out_is_file(job) && wanted->format)
        status = fault_add(faults, STATUS_USAGE, wanted->out, 0,
                           "the file's suffix says the format; leave --format out");
    if (read_formats(job, faults) != STATUS_OK)
        status = STATUS_USAGE;
    for (size_t i = 0; status == STATUS_OK && charts[i]; i++)
        if (chart ? chart == charts[i] : is_usual(job, charts[i]))
            status = refuse_existing(job, charts[i], faults);
    if (status == STATUS_OK && wanted->out && !out_is_file(job))
        status = folder_make(wanted->out, faults);
    if (status == STATUS_OK)
        status = chart ? draw_one(job, chart, faults) : draw_all(job, faults);
    free(job->target);
    free(job);
    return status;
}
