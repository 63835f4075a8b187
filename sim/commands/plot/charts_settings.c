/* Which settings decide, of a stored sweep: a picture for each measure. */
#include "../../../plots/charts.h"
#include "charts_job.h"
#include "charts_sense.h"

#include <stdlib.h>
#include <string.h>

/* One measure, looked at as `ebb sense OUT` does. */
static enum status draw_measure(struct job *job, const struct chart *chart, const struct sense_stored *s,
                                const struct column *column, int64_t week, struct faults *faults)
{
    struct sensing sensing = {.out_dir = job->out_dir,
                              .design = &s->design,
                              .column = column,
                              .week = week,
                              .weeks_per_year = s->shape.weeks_per_year,
                              .asked = s->design.points * s->config.run->replicates};
    struct sense_picture picture = {.settings = NULL};
    char stem[CHARTS_STEM];
    snprintf(stem, sizeof stem, "%s-%.100s-%lldw", chart->name, column->name, (long long)week);
    enum status status = charts_refuse_existing(job, stem, faults);
    if (status == STATUS_OK)
        status = sense_look(&sensing, s->config.run->seed, faults);
    if (status == STATUS_OK && (!sensing.told || (chart == &convergence_chart && sensing.steps < 2)))
        status = fault_add(faults, STATUS_BAD_INPUT, job->out_dir, 0,
                           "tells nothing of %s to draw: `ebb sense` says why", column->name);
    if (status == STATUS_OK)
        status = sense_picture_open(&sensing, &s->shape, s->config.run->seed, &picture, faults);
    if (status == STATUS_OK) {
        job->data = picture.data;
        status = charts_write(job, chart, stem, faults);
    }
    free(picture.settings);
    sense_free(&sensing);
    return status;
}

static enum status check_kind(const struct job *job, const struct chart *chart, const struct sense_stored *s,
                              struct faults *faults)
{
    const struct chart *right = s->design.kind == DESIGN_MORRIS ? &morris_chart : &sobol_chart;
    if (chart == right || chart == &convergence_chart)
        return STATUS_OK;
    return fault_add(faults, STATUS_BAD_INPUT, job->out_dir, 0, "is of a %s; its charts are %s and convergence",
                     design_kind_name(s->design.kind), right->name);
}

static enum status draw_chosen(struct job *job, const struct chart *chart, struct sense_stored *s, int64_t week,
                               struct faults *faults)
{
    struct choice choice;
    struct chart_data any = {
        .columns = s->shape.columns, .column_count = s->shape.column_count, .week_count = 1, .path_count = 1};
    enum status status = choose_columns(&any, &job->options, &choice, faults);
    if (status == STATUS_OK && charts_to_file(job) && choice.count > 1)
        status = fault_add(faults, STATUS_USAGE, job->wanted->out, 0,
                           "a picture is of one measure: name it with --columns, or give a folder");
    for (size_t i = 0; i < choice.count && status == STATUS_OK; i++)
        status = draw_measure(job, chart, s, &s->shape.columns[choice.column[i]], week, faults);
    return status;
}

enum status charts_draw_settings(struct job *job, const struct chart *chart, struct faults *faults)
{
    struct sense_stored s = {0};
    int64_t week = 0;
    enum status status = sense_open(&s, job->out_dir, faults);
    if (status == STATUS_OK)
        status = check_kind(job, chart, &s, faults);
    if (status == STATUS_OK)
        status = sense_week(job->wanted->weeks, "--weeks", s.shape.weeks_per_year, s.shape.length, &week, faults);
    if (status == STATUS_OK)
        status = sense_check_week(&s, job->out_dir, week, faults);
    if (status == STATUS_OK)
        status = draw_chosen(job, chart, &s, week, faults);
    sense_close(&s);
    return status;
}
