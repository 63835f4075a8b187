#include "charts_sense.h"

#include "../../plots/charts.h"
#include "../leaf/text.h"

#include <stdlib.h>

static struct chart_estimate estimate(struct sensitivity_interval e)
{
    return (struct chart_estimate){e.value, e.lo, e.hi};
}

static struct chart_setting setting_of(const struct sensing *s, size_t axis)
{
    const size_t last = s->steps - 1;
    const bool morris = s->design->kind == DESIGN_MORRIS;
    return (struct chart_setting){
        .key = s->design->axes[axis].key,
        .size = estimate(sense_size(s, last, axis)),
        .other = estimate(morris ? s->morris[last][axis].sigma : s->sobol[last][axis].first),
        .told = sense_proof(s, last, axis).lo > 0,
    };
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

static enum status write_all(const struct sensing *s, const struct chart_data *data, bool quiet, struct faults *faults)
{
    static const char *const formats[] = {"png", "svg", "pdf"};
    const struct chart *chart = s->design->kind == DESIGN_MORRIS ? &morris_chart : &sobol_chart;
    const struct chart_options options = {.singles = -1};
    enum status status = STATUS_OK;
    for (size_t f = 0; f < 3 && status == STATUS_OK; f++) {
        char *path = NULL;
        if (asprintf(&path, "%s/%s-%s-%lldw.%s", s->out_dir, chart->name, s->column->name, (long long)s->week,
                     formats[f]) < 0)
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
    const size_t axes = s->design->axis_count;
    size_t *order = sense_order(s);
    struct chart_setting *settings = calloc(axes + 1, sizeof *settings);
    char measure[256], length[TEXT_WEEKS], basis[256];
    enum status status = STATUS_FAILED;
    if (!order || !settings) {
        fault_add(faults, status, NULL, 0, "not enough memory to draw");
    } else {
        for (size_t i = 0; i < axes; i++)
            settings[i] = setting_of(s, order[i]);
        snprintf(measure, sizeof measure, "%s after %s", s->column->name,
                 text_weeks(s->week, s->weeks_per_year, length));
        write_basis(s, basis, sizeof basis);
        const struct chart_data data = {.title = shape->title,
                                        .scenario = shape->scenario,
                                        .weeks_per_year = s->weeks_per_year,
                                        .settings = settings,
                                        .setting_count = axes,
                                        .measure = measure,
                                        .unit = s->column->unit,
                                        .basis = basis,
                                        .command = shape->command,
                                        .commit = shape->commit,
                                        .seed = seed};
        status = write_all(s, &data, quiet, faults);
    }
    free(order);
    free(settings);
    return status;
}
