#include "../../../plots/charts.h"
#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "../plot/charts_job.h"
#include "comparing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum status draw(const struct options *options, const char *out_dir, const struct chart *chart,
                        const struct chart_data *data, struct faults *faults)
{
    static const struct chart_options none = {.singles = -1};
    enum status status = STATUS_OK;
    for (size_t f = 0; f < CHARTS_FORMATS && status == STATUS_OK; f++) {
        char name[64];
        snprintf(name, sizeof name, "%s.%s", chart->name, charts_formats[f]);
        char *path = folder_path(out_dir, name, "");
        status = path ? chart_write(chart, data, &none, path, faults)
                      : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory to draw");
        if (status == STATUS_OK && !options->quiet) {
            fputs("chart in   ", stdout);
            text_print(stdout, path);
            puts("");
        }
        free(path);
    }
    return status;
}

/* The command line in one text; NULL when memory is short. */
static char *command_text(const struct options *options)
{
    size_t size = sizeof "ebb";
    for (int i = 0; i < options->word_count; i++)
        size += strlen(options->words[i]) + 3;
    char *text = malloc(size), *end = text;
    if (!text)
        return NULL;
    end = stpcpy(end, "ebb");
    for (int i = 0; i < options->word_count; i++)
        end += sprintf(end, strpbrk(options->words[i], " ;*?'") ? " '%s'" : " %s", options->words[i]);
    return text;
}

static struct chart_data data_of(const struct scenario *s, const char *title, const char *name, const char *command,
                                 const struct chart_comparison *comparison)
{
    return (struct chart_data){.title = title,
                               .scenario = name,
                               .weeks_per_year = (int)s->config.calendar->weeks_per_year,
                               .columns = s->plan.model->columns,
                               .column_count = s->plan.model->column_count,
                               .run_count = (size_t)s->plan.replicates,
                               .comparison = comparison,
                               .command = command,
                               .commit = EBB_COMMIT,
                               .seed = s->plan.seed};
}

static void fill_looks(struct chart_comparison *comparison, const struct precision *p, struct chart_look *looks)
{
    comparison->asked = p->asked > 0 ? p->asked : (double)NAN;
    comparison->look_column = p->measure;
    comparison->look_count = p->asked > 0 ? p->look_count : 0;
    comparison->looks = looks;
    for (size_t i = 0; i < comparison->look_count; i++)
        looks[i] = (struct chart_look){(double)p->looks[i].n, p->looks[i].half_width};
}

enum status comparing_draw_precision(const struct scenario *s, const struct precision *p, struct faults *faults)
{
    struct chart_look looks[PRECISION_LOOKS_MAX];
    char when[64], *command = command_text(s->options);
    snprintf(when, sizeof when, "week %lld", (long long)s->plan.weeks);
    struct chart_comparison comparison = {.when = when, .interval = "Student's t"};
    fill_looks(&comparison, p, looks);
    if (!command)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory to draw");
    const struct chart_data data = data_of(s, *s->config.run->title ? s->config.run->title : s->config.name,
                                           s->config.name, command, &comparison);
    const enum status status = draw(s->options, s->out_dir, &precision_chart, &data, faults);
    free(command);
    return status;
}

/* "none, shared planning": cut short where there are many. */
static void join_names(const struct comparing *c, char *text, size_t size)
{
    size_t used = 0;
    for (size_t i = 0; i < c->cases.count && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", i ? ", " : "", c->names[i]);
}

static const char *interval_words(const struct comparing *c)
{
    for (size_t i = 0; i < c->contrast_count; i++)
        if (c->contrasts[i].at.interval == PAIRED_BOOTSTRAP || c->contrasts[i].at.interval == PAIRED_PERCENTILE)
            return "bootstrap";
    return "Student's t";
}

static struct chart_pair pair_of(const struct comparing *c, const struct contrast *d)
{
    return (struct chart_pair){.a = d->a,
                               .b = d->b,
                               .column = c->set.measures[d->measure],
                               .n = d->at.n,
                               .mean = d->at.mean,
                               .lo = d->at.lo,
                               .hi = d->at.hi,
                               .shown = contrast_shown(d),
                               .week_mean = d->mean,
                               .week_lo = d->lo,
                               .week_hi = d->hi};
}

static struct chart_point point_of(const struct comparing *c, size_t i)
{
    const struct frontier_point *p = &c->points[i];
    return (struct chart_point){.scenario = p->sample,
                                .column = c->set.measures[i / c->cases.count],
                                .cost = p->cost,
                                .effect = p->effect,
                                .lo = p->lo,
                                .hi = p->hi,
                                .on = p->on};
}

static enum status draw_all(const struct comparing *c, const struct chart_data *data, struct faults *faults)
{
    enum status status = draw(c->options, c->out_dir, &forest_chart, data, faults);
    if (status == STATUS_OK)
        status = draw(c->options, c->out_dir, &difference_chart, data, faults);
    if (status == STATUS_OK && data->comparison->point_count > 0)
        status = draw(c->options, c->out_dir, &frontier_chart, data, faults);
    if (status == STATUS_OK && data->comparison->look_count > 0)
        status = draw(c->options, c->out_dir, &precision_chart, data, faults);
    return status;
}

enum status comparing_draw(const struct comparing *c, struct faults *faults)
{
    const size_t point_count = c->points ? c->measure_count * c->cases.count : 0;
    const struct scenario *s = &c->scenarios[0];
    struct chart_look looks[PRECISION_LOOKS_MAX];
    struct chart_pair *pairs = calloc(c->contrast_count + 1, sizeof *pairs);
    struct chart_point *points = calloc(point_count + 1, sizeof *points);
    char names[256] = "", title[600], *command = command_text(c->options);
    enum status status = STATUS_OK;
    if (s->config.output->charts == 0)
        goto out;
    if (!pairs || !points || !command) {
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory to draw");
        goto out;
    }
    for (size_t i = 0; i < c->contrast_count; i++)
        pairs[i] = pair_of(c, &c->contrasts[i]);
    for (size_t i = 0; i < point_count; i++)
        points[i] = point_of(c, i);
    struct chart_comparison comparison = {.scenarios = c->names,
                                          .scenario_count = c->cases.count,
                                          .pairs = pairs,
                                          .pair_count = c->contrast_count,
                                          .column_count = c->measure_count,
                                          .points = points,
                                          .point_count = point_count,
                                          .when = c->when,
                                          .interval = interval_words(c)};
    fill_looks(&comparison, &c->precision, looks);
    join_names(c, names, sizeof names);
    snprintf(title, sizeof title, "%.300s", *s->config.run->title ? s->config.run->title : names);
    struct chart_data data = data_of(s, title, names, command, &comparison);
    data.weeks = c->set.weeks;
    data.week_count = c->set.week_count;
    status = draw_all(c, &data, faults);
out:
    free(pairs);
    free(points);
    free(command);
    return status;
}
