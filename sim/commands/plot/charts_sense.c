#include "charts_sense.h"

#include "../../../plots/charts.h"
#include "../../leaf/text.h"
#include "charts_job.h"

#include <stdlib.h>

static struct chart_estimate estimate(struct sensitivity_interval e)
{
    return (struct chart_estimate){e.value, e.lo, e.hi};
}

static struct chart_setting setting_of(const struct sensing *s, size_t axis)
{
    const size_t last = s->steps - 1;
    const bool morris = s->design->kind == DESIGN_MORRIS;
    struct chart_setting setting = {
        .key = s->design->axes[axis].key,
        .size = estimate(sense_size(s, last, axis)),
        .other = estimate(morris ? s->morris[last][axis].sigma : s->sobol[last][axis].first),
        .told = sense_proof(s, last, axis).lo > 0,
    };
    for (size_t k = 0; k < s->steps; k++)
        setting.grown[k] = estimate(sense_size(s, k, axis));
    return setting;
}

static void write_basis(const struct sensing *s, char *text, size_t size)
{
    const struct sensitivity_whole *w = &s->whole[s->steps - 1];
    const int n = snprintf(
        text, size, "n = %lld runs: %zu %s of %lld points, %zu replicate%s each.", (long long)s->points.done,
        w->samples, s->design->kind == DESIGN_MORRIS ? "trajectories" : "samples",
        (long long)(s->design->points / s->design->samples), w->replicates, w->replicates == 1 ? "" : "s");
    if (w->noisy)
        snprintf(text + n, size - (size_t)n, " One replicate: luck is part of every number.");
    else
        snprintf(text + n, size - (size_t)n, " Luck alone makes %.0f %% of the variance between runs.",
                 100 * w->noise.value);
}

enum status sense_picture_open(const struct sensing *s, const struct store_result *shape, uint64_t seed,
                               struct sense_picture *p, struct faults *faults)
{
    const size_t axes = s->design->axis_count;
    const bool morris = s->design->kind == DESIGN_MORRIS;
    size_t *order = sense_order(s);
    char length[TEXT_WEEKS];
    p->settings = calloc(axes + 1, sizeof *p->settings);
    if (!order || !p->settings) {
        free(order);
        free(p->settings);
        p->settings = NULL;
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory to draw");
    }
    for (size_t i = 0; i < axes; i++)
        p->settings[i] = setting_of(s, order[i]);
    free(order);
    snprintf(p->measure, sizeof p->measure, "%s after %s", s->column->name,
             text_weeks(s->week, s->weeks_per_year, length));
    write_basis(s, p->basis, sizeof p->basis);
    p->data = (struct chart_data){.title = shape->title,
                                  .scenario = shape->scenario,
                                  .weeks_per_year = s->weeks_per_year,
                                  .settings = p->settings,
                                  .setting_count = axes,
                                  .step_count = s->steps,
                                  .size_means = morris ? "mean |effect|" : "share of the variance, with others",
                                  .step_means = morris ? "trajectories that count" : "samples that count",
                                  .measure = p->measure,
                                  .unit = s->column->unit,
                                  .basis = p->basis,
                                  .command = shape->command,
                                  .commit = shape->commit,
                                  .seed = seed};
    for (size_t k = 0; k < s->steps; k++)
        p->data.step_runs[k] = (double)s->whole[k].samples;
    return STATUS_OK;
}

static enum status write_one(const struct sensing *s, const struct chart *chart, const struct chart_data *data,
                             bool quiet, struct faults *faults)
{
    static const struct chart_options options = {.singles = -1};
    enum status status = STATUS_OK;
    for (size_t f = 0; f < CHARTS_FORMATS && status == STATUS_OK; f++) {
        char *path = NULL;
        if (asprintf(&path, "%s/%s-%s-%lldw.%s", s->out_dir, chart->name, s->column->name, (long long)s->week,
                     charts_formats[f]) < 0)
            return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
        status = chart_write(chart, data, &options, path, faults);
        if (status == STATUS_OK && !quiet && f == 0) {
            fputs("  chart in ", stdout);
            text_print(stdout, path);
            puts(" (.svg, .pdf)");
        }
        free(path);
    }
    return status;
}

enum status sense_draw(const struct sensing *s, const struct store_result *shape, uint64_t seed, bool quiet,
                       struct faults *faults)
{
    struct sense_picture picture;
    enum status status = sense_picture_open(s, shape, seed, &picture, faults);
    if (status != STATUS_OK)
        return status;
    status = write_one(s, s->design->kind == DESIGN_MORRIS ? &morris_chart : &sobol_chart, &picture.data, quiet,
                       faults);
    if (status == STATUS_OK && s->steps > 1)
        status = write_one(s, &convergence_chart, &picture.data, quiet, faults);
    free(picture.settings);
    return status;
}
