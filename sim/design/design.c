#include "design.h"

#include "../leaf/text.h"
#include "parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct param sweep_rows[] = {SWEEP_PARAMS(PARAM_ROW, sweep_params)};
static const struct param vary_rows[] = {VARY_PARAMS(PARAM_ROW, vary_params)};
const struct param_group sweep_group = PARAM_GROUP("sweep", "The design of a sweep", sweep_rows, struct sweep_params);
const struct param_group vary_group = PARAM_GROUP_NAMED("vary", "A setting that a sweep varies", vary_rows,
                                                        struct vary_params);

/* Coordinates held for drawn designs: 8 bytes each. */
#define NUMBERS_MAX 50000000.0

bool design_is_drawn(enum design_kind kind)
{
    return kind >= DESIGN_RANDOM;
}

const char *design_kind_name(enum design_kind kind)
{
    static const char *const names[] = {
        [DESIGN_GRID] = "grid",
        [DESIGN_ZIP] = "zip",
        [DESIGN_LIST] = "list",
        [DESIGN_RANDOM] = "random design",
        [DESIGN_LHS] = "Latin hypercube",
        [DESIGN_SOBOL] = "Sobol sequence",
        [DESIGN_MORRIS] = "Morris design",
        [DESIGN_SALTELLI] = "Saltelli design",
    };
    return names[kind];
}

void design_free(struct design *design)
{
    for (size_t a = 0; design->axes && a < design->axis_count; a++)
        axis_free(&design->axes[a]);
    free(design->axes);
    free(design->unit);
    free(design->listed);
    *design = (struct design){0};
}

/* ---- how many points ---- */

static double count_points(const struct design *design)
{
    double count = (double)design->samples;
    switch (design->kind) {
    case DESIGN_GRID:
        count = 1;
        for (size_t a = 0; a < design->axis_count; a++)
            count *= (double)design->axes[a].level_count;
        return count;
    case DESIGN_ZIP:
        return (double)design->axes[0].level_count;
    case DESIGN_MORRIS:
        return count * (double)(design->axis_count + 1);
    case DESIGN_SALTELLI:
        return count * (double)(design->axis_count + 2);
    default:
        return count;
    }
}

static enum status check_zip(const struct design *design, struct faults *faults)
{
    for (size_t a = 1; a < design->axis_count; a++)
        if (design->axes[a].level_count != design->axes[0].level_count)
            return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                             "a zip takes values one by one, but %s has %zu and %s has %zu", design->axes[0].key,
                             design->axes[0].level_count, design->axes[a].key, design->axes[a].level_count);
    return STATUS_OK;
}

static enum status check_drawn(const struct design *design, struct faults *faults)
{
    if (design->kind == DESIGN_SOBOL && design->axis_count > DESIGN_SOBOL_AXES)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "a Sobol sequence has at most %d axes, not %zu; a Latin hypercube (lhs) takes more",
                         DESIGN_SOBOL_AXES, design->axis_count);
    if (design->kind == DESIGN_MORRIS && design->levels % 2)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "sweep.levels is %d; a Morris design needs an even number",
                         design->levels);
    enum status status = STATUS_OK;
    for (size_t a = 0; a < design->axis_count; a++)
        if ((design->kind == DESIGN_MORRIS || design->kind == DESIGN_SALTELLI) && design->axes[a].level_count == 1)
            status = fault_add(
                faults, STATUS_BAD_INPUT, NULL, 0,
                "%s takes one value only: what it decides cannot be told; give it a range or two values, "
                "or set it with --set",
                design->axes[a].key);
    return status;
}

static enum status check_size(const struct design *design, struct faults *faults)
{
    const double count = count_points(design), numbers = count * (double)design->axis_count;
    if (count > DESIGN_POINTS_MAX)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "this %s has %.6g points; at most %d are allowed",
                         design_kind_name(design->kind), count, DESIGN_POINTS_MAX);
    if (design_is_drawn(design->kind) && numbers > NUMBERS_MAX)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "this %s has %.6g points of %zu settings; at most %.0f numbers are allowed",
                         design_kind_name(design->kind), count, design->axis_count, NUMBERS_MAX);
    return STATUS_OK;
}

/* ---- making it ---- */

static enum status check_twice(const struct design *design, struct faults *faults)
{
    for (size_t a = 1; a < design->axis_count; a++)
        for (size_t b = 0; b < a; b++)
            if (design->axes[a].row == design->axes[b].row && design->axes[a].index == design->axes[b].index)
                return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "%s is varied twice; keep one",
                                 design->axes[a].key);
    return STATUS_OK;
}

static enum status make_axes(const struct design_request *request, struct design *design, struct faults *faults)
{
    if (request->vary_count == 0)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "there is nothing to vary: give --vary section.key=from:to:step, or a section "
                         "[vary section.key] with values = …");
    if (request->vary_count > DESIGN_AXES_MAX)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "a design varies at most %d settings, not %zu",
                         DESIGN_AXES_MAX, request->vary_count);
    design->axes = calloc(request->vary_count, sizeof *design->axes);
    if (!design->axes)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the design");
    design->axis_count = request->vary_count;
    enum status status = STATUS_OK;
    for (size_t a = 0; a < request->vary_count; a++) {
        const enum status one = axis_make(request, &request->varies[a], &design->axes[a], faults);
        status = status == STATUS_OK ? one : status;
    }
    return status;
}

static enum status fill(const struct design_request *request, struct design *design, struct faults *faults)
{
    enum status status = request->kind == DESIGN_ZIP ? check_zip(design, faults) : STATUS_OK;
    if (status == STATUS_OK && design_is_drawn(request->kind))
        status = check_drawn(design, faults);
    if (status == STATUS_OK)
        status = check_size(design, faults);
    if (status != STATUS_OK)
        return status;
    design->points = (int64_t)count_points(design);
    if (!design_is_drawn(request->kind))
        return STATUS_OK;
    design->unit = malloc((size_t)design->points * design->axis_count * sizeof *design->unit);
    if (!design->unit || sample_fill(design, request->seed))
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the design's %lld points",
                         (long long)design->points);
    return STATUS_OK;
}

static enum status make(const struct design_request *request, struct design *design, struct faults *faults)
{
    *design = (struct design){.kind = request->kind,
                              .samples = request->samples,
                              .levels = request->levels,
                              .weeks_per_year = param_set_weeks_per_year(request->base)};
    enum status status;
    if (request->kind == DESIGN_LIST)
        status = list_read(request, design, faults);
    else if (*request->list)
        status = fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "%s is given, but sweep.design is not list",
                           request->list);
    else
        status = make_axes(request, design, faults);
    if (status == STATUS_OK)
        status = check_twice(design, faults);
    if (status == STATUS_OK && request->kind != DESIGN_LIST)
        status = fill(request, design, faults);
    if (status != STATUS_OK)
        design_free(design);
    return status;
}

/* ---- from a set and the command line ---- */

#define COMMAND_LINE "command line"

enum status design_vary_set(struct param_set *set, const char *text, struct faults *faults)
{
    char quoted[TEXT_QUOTED], key[PARAM_TEXT_SIZE];
    const char *equals = strchr(text, '=');
    const size_t length = equals ? (size_t)(equals - text) : 0;
    if (length == 0 || length >= sizeof key)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "--vary %s has not the form section.key=values, as in --vary school.teachers=20:100:20",
                         text_quote(text, quoted));
    snprintf(key, sizeof key, "%.*s", (int)length, text);
    const char *name = text_trim(key);
    size_t index = 0;
    while (index < param_set_count(set, &vary_group) && strcmp(param_set_get(set, &vary_group, index), name) != 0)
        index++;
    if (index == param_set_count(set, &vary_group)) {
        if (param_set_add(set, &vary_group, name, faults, COMMAND_LINE, 0) < 0)
            return STATUS_BAD_INPUT;
    } else if (param_set_origin(set, &vary_group, index, vary_rows).from == ORIGIN_SET) {
        return fault_add(faults, STATUS_BAD_INPUT, COMMAND_LINE, 0, "%s is varied twice; keep one", name);
    }
    return param_set_parse(set, &vary_group, index, vary_rows, equals + 1, (struct param_origin){.from = ORIGIN_SET},
                           NULL, faults, COMMAND_LINE);
}

/* What [sweep] says of other kinds of design: refused on the command line; in a file, told, unless it is the default. */
static enum status check_unused(const struct param_set *set, const struct design_request *request, const char *key,
                                const char *kinds, char *const *files, struct faults *faults)
{
    const struct param *row = param_find(&sweep_group, key);
    const struct param_origin origin = param_set_origin(set, &sweep_group, 0, row);
    char value[PARAM_TEXT_SIZE];
    param_set_format(set, &sweep_group, 0, row, value, sizeof value);
    if (origin.from == ORIGIN_SET)
        return fault_add(faults, STATUS_BAD_INPUT, COMMAND_LINE, 0,
                         "sweep.%s is %s, which is for %s designs; this one is a %s", key, value, kinds,
                         design_kind_name(request->kind));
    if (origin.from == ORIGIN_FILE && strcmp(value, row->fallback) != 0)
        fault_warn(faults, files ? files[origin.file] : NULL, origin.line,
                   "sweep.%s is for %s designs; this one is a %s and does not use it", key, kinds,
                   design_kind_name(request->kind));
    return STATUS_OK;
}

enum status design_of_set(const struct param_set *set, const struct param_group *const *fixed, char *const *files,
                          uint64_t seed, struct design *design, struct faults *faults)
{
    const struct sweep_params *sweep = param_set_get(set, &sweep_group, 0);
    const size_t count = param_set_count(set, &vary_group);
    struct design_vary *varies = calloc(count + 1, sizeof *varies);
    if (!varies)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the design");
    for (size_t i = 0; i < count; i++) {
        const struct vary_params *vary = param_set_get(set, &vary_group, i);
        const struct param_origin origin = param_set_origin(set, &vary_group, i, vary_rows);
        const char *file = origin.from == ORIGIN_SET ? COMMAND_LINE : files ? files[origin.file] : NULL;
        varies[i] = (struct design_vary){vary->name, vary->values, file, origin.line};
    }
    const struct design_request request = {.base = set,
                                           .fixed = fixed,
                                           .kind = (enum design_kind)sweep->design,
                                           .samples = sweep->points,
                                           .levels = (int)sweep->levels,
                                           .list = sweep->list,
                                           .varies = varies,
                                           .vary_count = count,
                                           .seed = seed};
    enum status status = STATUS_OK;
    if (!design_is_drawn(request.kind))
        status = check_unused(set, &request, "points", "random, lhs, sobol, morris and saltelli", files, faults);
    if (status == STATUS_OK && request.kind != DESIGN_MORRIS)
        status = check_unused(set, &request, "levels", "morris", files, faults);
    if (status == STATUS_OK)
        status = make(&request, design, faults);
    free(varies);
    return status;
}
