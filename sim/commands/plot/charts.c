#include "charts.h"

#include "../../../plots/charts.h"
#include "../../leaf/param_value.h"
#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "charts_job.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

const char *const charts_formats[CHARTS_FORMATS] = {"png", "svg", "pdf"};

/* --- What is asked for --- */

const char *charts_known(const char *word, bool (*among)(const struct chart *chart), char text[CHARTS_KNOWN])
{
    struct text_near near = {.word = word};
    size_t used = 0;
    for (size_t i = 0; charts[i]; i++) {
        if (among && !among(charts[i]))
            continue;
        text_near_try(&near, charts[i]->name);
        used += (size_t)snprintf(text + used, used < CHARTS_KNOWN ? CHARTS_KNOWN - used : 0, "%s%s",
                                 used ? ", " : "there are ", charts[i]->name);
    }
    if (near.best && used < CHARTS_KNOWN)
        snprintf(text + used, CHARTS_KNOWN - used, "; did you mean %s?", near.best);
    return text;
}

static enum status unknown_kind(const char *kind, struct faults *faults)
{
    char known[CHARTS_KNOWN], quoted[TEXT_QUOTED];
    return fault_add(faults, STATUS_USAGE, NULL, 0, "there is no chart %s; %s", text_quote(kind, quoted),
                     charts_known(kind, NULL, known));
}

static enum status read_formats(struct job *job, struct faults *faults)
{
    enum status status = STATUS_OK;
    const char *text = job->wanted->format ? job->wanted->format : "png";
    for (const char *at = text; at;) {
        const char *comma = strchr(at, ',');
        size_t length = comma ? (size_t)(comma - at) : strlen(at), i = 0;
        while (i < CHARTS_FORMATS &&
               !(strlen(charts_formats[i]) == length && strncasecmp(charts_formats[i], at, length) == 0))
            i++;
        if (i < CHARTS_FORMATS)
            job->format[i] = true;
        else
            status = fault_add(faults, STATUS_USAGE, NULL, 0, "--format: '%.*s' is none of png, svg, pdf", (int)length,
                               at);
        at = comma ? comma + 1 : NULL;
    }
    return status;
}

enum status charts_read_weeks(struct job *job, int weeks_per_year, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    union param_value value = {.list = {.count = 0}};
    struct param_error error = {.why = ""};
    if (!job->wanted->weeks)
        return STATUS_OK;
    if (!param_value_weeks(PARAM_DURATIONS, job->wanted->weeks, weeks_per_year, &value, &error))
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--weeks %s: %s", text_quote(job->wanted->weeks, quoted),
                         error.why);
    for (int64_t i = 0; i < value.list.count; i++)
        job->weeks[i] = (int64_t)value.list.value[i];
    job->options.weeks = job->weeks;
    job->options.week_count = (size_t)value.list.count;
    return STATUS_OK;
}

void charts_bridge(struct job *job)
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
                                    .level = r->level,
                                    .sets = r->sets,
                                    .networks = r->networks,
                                    .innovations = r->innovations,
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
    free(job->course);
    free(job->course_weeks);
    job->course = NULL;
    job->course_weeks = NULL;
    charts_compared_free(job->compared);
    job->compared = NULL;
    job->data.comparison = NULL;
}

/* --- Where it goes --- */

static bool is_picture_name(const char *path)
{
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && !strchr(dot, '/') && i < CHARTS_FORMATS; i++)
        if (strcasecmp(dot + 1, charts_formats[i]) == 0)
            return true;
    return false;
}

bool charts_to_file(const struct job *job)
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
    const char *when = chart->of_points && w->weeks ? w->weeks : "", *target = w->options.target;
    char run[32] = "", school[32] = "";
    if (w->run)
        snprintf(run, sizeof run, "-run%lld", (long long)w->run);
    if (w->school)
        snprintf(school, sizeof school, "-school%lld", (long long)w->school);
    int cut = what ? (int)strnlen(what, 80) : 0;
    while (cut > 0 && ((unsigned char)what[cut] & 0xC0) == 0x80) /* not within a letter */
        cut--;
    snprintf(text, size, "%s%.*s%s%.20s%s%.60s%s%s%s", what ? "-" : "", cut, what ? what : "", *when ? "-" : "", when,
             target ? "-" : "", target ? target : "",
             !chart->of_graphs && !chart->asked && w->options.overlaid ? "-overlaid" : "", run, school);
    size_t kept = 0;
    for (const char *c = text; *c; c++) /* what a file's name should not hold */
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-", *c) ||
            (unsigned char)*c >= 0x80) /* letters of other scripts, whole */
            text[kept++] = *c;
        else if (*c == ',')
            text[kept++] = '-';
    text[kept] = '\0';
}

/* NULL when memory is short. */
static char *picture_path(const struct job *job, const char *stem, size_t format)
{
    char *path = NULL;
    if (charts_to_file(job))
        return strdup(job->wanted->out);
    if (asprintf(&path, "%s/%s.%s", job->wanted->out ? job->wanted->out : job->out_dir, stem, charts_formats[format]) <
        0)
        return NULL;
    return path;
}

static void stem_of(const struct job *job, const struct chart *chart, char stem[CHARTS_STEM])
{
    char apart[200];
    variant(job, chart, apart, sizeof apart);
    snprintf(stem, CHARTS_STEM, "%s%s", chart->name, apart);
}

enum status charts_refuse_existing(const struct job *job, const char *stem, struct faults *faults)
{
    enum status status = STATUS_OK;
    struct stat there;
    for (size_t f = 0; f < CHARTS_FORMATS && !job->wanted->force; f++) {
        char *path = job->format[f] ? picture_path(job, stem, f) : NULL;
        if (path && stat(path, &there) == 0)
            status = fault_add(faults, STATUS_USAGE, path, 0, "this picture exists already; --force replaces it");
        free(path);
    }
    return status;
}

enum status charts_write(struct job *job, const struct chart *chart, const char *stem, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t f = 0; f < CHARTS_FORMATS && status == STATUS_OK; f++) {
        if (!job->format[f])
            continue;
        char *path = picture_path(job, stem, f);
        status = path ? chart_write(chart, &job->data, &job->options, path, faults) : charts_no_memory(faults);
        if (status == STATUS_OK && job->wanted->made)
            job->wanted->made(job->wanted->self, path);
        free(path);
    }
    return status;
}

/* --- Which charts suit which result --- */

/* Drawn when nothing was asked for by name. */
static bool is_usual(const struct job *job, const struct chart *chart)
{
    if (job->comparison && chart->only_with) {
        struct stat there;
        char *path = folder_path(job->out_dir, chart->only_with, "");
        const bool missing = path && stat(path, &there) != 0;
        free(path);
        if (missing)
            return false;
    }
    if (job->sweep && (strcmp(job->design, "morris") == 0 || strcmp(job->design, "saltelli") == 0))
        return chart == &response_chart || chart == &convergence_chart ||
               chart == (strcmp(job->design, "morris") == 0 ? &morris_chart : &sobol_chart);
    return !chart->asked && !chart->of_settings && (chart->of_comparison != 0) == job->comparison &&
           (chart->of_points != 0) == job->sweep;
}

bool charts_suits(const struct job *job, const struct chart *chart)
{
    if (chart == &precision_chart)
        return job->comparison || !job->sweep;
    if (job->comparison || chart->of_comparison)
        return job->comparison && chart->of_comparison;
    return job->sweep ? chart->of_points || chart->of_settings : !chart->of_points && !chart->of_settings;
}

static enum status check_suits(const struct job *job, const struct chart *chart, struct faults *faults)
{
    const char *const dir = job->out_dir;
    if ((chart->of_points || chart->of_settings) && !job->sweep && !job->comparison) {
        const struct store_wanted wanted = {.no_values = true}; /* it may be one that cannot be read */
        struct store_result result;
        const enum status status = store_read(dir, &wanted, &result, faults);
        if (status != STATUS_OK)
            return status;
        store_result_free(&result);
    }
    if ((chart->of_points || chart->of_settings) && !job->sweep)
        return fault_add(faults, STATUS_BAD_INPUT, dir, 0, "holds no result of `ebb %s`, which a %s shows",
                         chart->of_points ? "sweep" : "sense", chart->name);
    if (chart->of_comparison && !job->comparison && !(chart == &precision_chart && !job->sweep))
        return fault_add(faults, STATUS_BAD_INPUT, dir, 0, "holds no result of `ebb compare`, which the chart %s shows",
                         chart->name);
    if (!chart->of_comparison && job->comparison)
        return fault_add(
            faults, STATUS_BAD_INPUT, dir, 0,
            "holds a comparison: its charts are forest, difference, frontier and precision; a %s is of one "
            "scenario, in its folder in there",
            chart->name);
    if (!chart->of_points && !chart->of_graphs && !chart->of_settings && job->sweep && !job->wanted->run)
        return fault_add(faults, STATUS_BAD_INPUT, dir, 0,
                         "holds a sweep: its runs differ in more than chance. `ebb plot OUT heat`, `multiples` or "
                         "`response` show it, and --run N one run");
    return STATUS_OK;
}

static enum status draw_one(struct job *job, const struct chart *chart, struct faults *faults)
{
    char stem[CHARTS_STEM];
    enum status status = check_suits(job, chart, faults);
    if (status != STATUS_OK)
        return status;
    if (chart->of_settings)
        return charts_draw_settings(job, chart, faults);
    status = chart->of_points       ? charts_read_points(job, chart, faults)
             : chart->of_comparison ? charts_read_compared(job, chart, faults)
             : chart->of_graphs     ? charts_read_graphs(job, chart, faults)
             : chart->of_lineage    ? charts_read_lineage(job, faults)
                                    : charts_read_series(job, chart, faults);
    if (status == STATUS_OK)
        status = charts_read_weeks(job, job->data.weeks_per_year, faults);
    stem_of(job, chart, stem);
    if (status == STATUS_OK)
        status = charts_write(job, chart, stem, faults);
    let_go(job);
    return status;
}

/* Whether this is one of those to draw: the one named, or the usual ones to which the options say something. */
static bool is_wanted(const struct job *job, const struct chart *named, const struct chart *chart)
{
    return named ? chart == named
                 : (is_usual(job, chart) && charts_takes(chart, job->wanted)) ||
                       charts_more_has(job->wanted->more, chart);
}

static enum status check_options(const struct job *job, const struct chart *named, struct faults *faults)
{
    size_t count = 0;
    for (size_t i = 0; charts[i]; i++)
        count += is_wanted(job, NULL, charts[i]);
    return named || count == 0 ? charts_refuse_idle(job, named, faults) : STATUS_OK;
}

/* A chart that this result cannot feed (no network stored, one too large) does not stop the others. */
static enum status draw_all(struct job *job, struct faults *faults)
{
    for (size_t i = 0; charts[i]; i++) {
        struct faults own = {0};
        if (!is_wanted(job, NULL, charts[i]))
            continue;
        enum status status = draw_one(job, charts[i], &own);
        bool passed_over = status == STATUS_BAD_INPUT && charts[i] != &series_chart;
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

/* A name that other programs give to pictures was hardly meant for a folder. */
static enum status check_suffix(const char *out, struct faults *faults)
{
    static const char *const others[] = {".gif", ".jpg", ".jpeg", ".tif", ".tiff", ".eps", ".bmp", ".webp"};
    struct stat info;
    const char *dot = out ? strrchr(out, '.') : NULL;
    for (size_t i = 0; dot && i < sizeof others / sizeof others[0]; i++)
        if (strcasecmp(dot, others[i]) == 0 && (stat(out, &info) || !S_ISDIR(info.st_mode)))
            return fault_add(faults, STATUS_USAGE, out, 0, "pictures are .png, .svg or .pdf, not %s", dot);
    return STATUS_OK;
}

enum status charts_make(const char *out_dir, const struct charts_wanted *wanted, struct faults *faults)
{
    struct job *job = calloc(1, sizeof *job); /* large, for a stack */
    if (!job)
        return charts_no_memory(faults);
    *job = (struct job){.out_dir = out_dir, .wanted = wanted, .options = wanted->options};
    job->comparison = charts_is_comparison(out_dir);
    job->sweep = !job->comparison && store_is_sweep(out_dir);
    job->design = job->sweep ? store_swept_setting(out_dir, "sweep", "design") : NULL;
    job->design = job->design ? job->design : strdup("");
    if (!job->design) {
        free(job);
        return charts_no_memory(faults);
    }
    const struct chart *chart = wanted->kind ? chart_find(wanted->kind) : NULL;
    if (chart && chart->opens && wanted->school)
        chart = chart_find(chart->opens);
    enum status status = wanted->kind && !chart ? unknown_kind(wanted->kind, faults) : STATUS_OK;
    if (charts_to_file(job) && !wanted->kind)
        status = fault_add(faults, STATUS_USAGE, wanted->out, 0,
                           "several charts need a folder; name the kind of the one that goes to this file");
    if (charts_to_file(job) && wanted->format)
        status = fault_add(faults, STATUS_USAGE, wanted->out, 0,
                           "the file's suffix says the format; leave --format out");
    if (read_formats(job, faults) != STATUS_OK || check_suffix(wanted->out, faults) != STATUS_OK)
        status = STATUS_USAGE;
    if (status == STATUS_OK)
        status = check_options(job, chart, faults);
    for (size_t i = 0; status == STATUS_OK && charts[i]; i++)
        if (is_wanted(job, chart, charts[i]) && !charts[i]->of_settings) {
            char stem[CHARTS_STEM];
            stem_of(job, charts[i], stem);
            status = charts_refuse_existing(job, stem, faults);
        }
    if (status == STATUS_OK && wanted->out && !charts_to_file(job))
        status = folder_make(wanted->out, faults);
    if (status == STATUS_OK)
        status = chart ? draw_one(job, chart, faults) : draw_all(job, faults);
    free(job->design);
    free(job->target);
    free(job);
    return status;
}
