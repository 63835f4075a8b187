#include "sensing.h"

#include <math.h>
#include <stdlib.h>

static bool is_morris(const struct sensing *s)
{
    return s->design->kind == DESIGN_MORRIS;
}

/* Half of the samples, a quarter …: what the same numbers were with fewer. */
static void choose_steps(struct sensing *s)
{
    const size_t all = (size_t)s->design->samples;
    s->steps = 0;
    for (size_t k = SENSE_STEPS; k-- > 0;)
        if (k == 0 || all >> k >= 4)
            s->use[s->steps++] = all >> k;
}

static int look_at(struct sensing *s, size_t step, const struct sensitivity_data *data)
{
    const size_t axes = s->design->axis_count;
    s->morris[step] = calloc(axes, sizeof *s->morris[step]);
    s->sobol[step] = calloc(axes, sizeof *s->sobol[step]);
    if (!s->morris[step] || !s->sobol[step])
        return -1;
    return is_morris(s) ? sensitivity_of_morris(data, s->use[step], s->morris[step], &s->whole[step])
                        : sensitivity_of_sobol(data, s->use[step], s->sobol[step], &s->whole[step]);
}

enum status sense_look(struct sensing *s, uint64_t seed, struct faults *faults)
{
    const size_t axes = s->design->axis_count, points = (size_t)s->design->points;
    const enum status status = store_read_points(s->out_dir, s->column->name, s->week, s->design->points, &s->points,
                                                 faults);
    if (status != STATUS_OK)
        return status;
    choose_steps(s);
    s->unit = is_morris(s) ? malloc(points * axes * sizeof *s->unit) : NULL;
    int failed = is_morris(s) && !s->unit;
    for (size_t p = 0; s->unit && p < points; p++)
        for (size_t a = 0; a < axes; a++)
            s->unit[p * axes + a] = design_unit(s->design, (int64_t)p, a);
    const struct sensitivity_data data = {.samples = (size_t)s->design->samples,
                                          .axes = axes,
                                          .replicates = (size_t)s->points.replicates,
                                          .values = s->points.values,
                                          .unit = s->unit,
                                          .seed = seed};
    for (size_t k = 0; k < s->steps && !failed; k++) {
        const int code = look_at(s, k, &data);
        failed = code < 0;
        s->told = code == 0;
    }
    return failed ? fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the indices of %zu settings", axes)
                  : STATUS_OK;
}

void sense_free(struct sensing *s)
{
    for (size_t k = 0; k < SENSE_STEPS; k++) {
        free(s->morris[k]);
        free(s->sobol[k]);
        s->morris[k] = NULL;
        s->sobol[k] = NULL;
    }
    free(s->unit);
    free(s->points.values);
    s->unit = NULL;
    s->points.values = NULL;
}

struct sensitivity_interval sense_size(const struct sensing *s, size_t step, size_t axis)
{
    return is_morris(s) ? s->morris[step][axis].mu_star : s->sobol[step][axis].total;
}

struct sensitivity_interval sense_proof(const struct sensing *s, size_t step, size_t axis)
{
    return is_morris(s) ? s->morris[step][axis].square : s->sobol[step][axis].total;
}

size_t *sense_order(const struct sensing *s)
{
    const size_t axes = s->design->axis_count;
    size_t *order = malloc((axes + 1) * sizeof *order);
    for (size_t i = 0; order && i < axes; i++) {
        const double size = sense_size(s, s->steps - 1, i).value;
        size_t at = i;
        for (; at > 0 && sense_size(s, s->steps - 1, order[at - 1]).value < size; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}
