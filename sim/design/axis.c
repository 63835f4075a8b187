#include "../leaf/text.h"
#include "parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void axis_free(struct design_axis *axis)
{
    for (size_t i = 0; axis->texts && i < axis->text_count; i++)
        free(axis->texts[i]);
    free(axis->texts);
    free(axis->levels);
    free(axis->key);
    *axis = (struct design_axis){0};
}

static enum status no_memory(struct faults *faults)
{
    return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the design");
}

/* ---- its values ---- */

static enum status add_text(struct design_axis *axis, const char *text, double *value, struct faults *faults)
{
    size_t i = 0;
    while (i < axis->text_count && strcmp(axis->texts[i], text) != 0)
        i++;
    *value = (double)i;
    if (i < axis->text_count)
        return STATUS_OK;
    char **texts = realloc(axis->texts, (i + 1) * sizeof *texts), *copy = strdup(text);
    if (texts)
        axis->texts = texts;
    if (!texts || !copy) {
        free(copy);
        return no_memory(faults);
    }
    texts[axis->text_count++] = copy;
    return STATUS_OK;
}

enum status axis_read(struct design_axis *axis, const char *text, int weeks_per_year, const struct design_vary *vary,
                      double *value, struct faults *faults)
{
    union param_value parsed;
    struct param_error error;
    char quoted[TEXT_QUOTED], allowed[TEXT_QUOTED];
    memset(&parsed, 0, sizeof parsed);
    if (!param_value_parse(axis->row, text, weeks_per_year, NULL, &parsed, &error)) {
        param_allowed(axis->row, allowed, sizeof allowed);
        return fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line, "%s is to take %s, %s%s%s; allowed: %s",
                         vary->key, text_quote(text, quoted), error.why, *error.near ? "; did you mean " : "",
                         error.near, allowed);
    }
    if (axis->row->kind == PARAM_TEXT)
        return add_text(axis, text, value, faults);
    *value = axis->row->kind == PARAM_REAL ? parsed.real : (double)parsed.integer;
    return STATUS_OK;
}

static enum status add_level(struct design_axis *axis, double value, const struct design_vary *vary,
                             struct faults *faults)
{
    for (size_t i = 0; i < axis->level_count; i++)
        if (axis->levels[i] == value)
            return fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line, "%s takes the same value twice",
                             vary->key);
    double *levels = realloc(axis->levels, (axis->level_count + 1) * sizeof *levels);
    if (!levels)
        return no_memory(faults);
    axis->levels = levels;
    axis->levels[axis->level_count++] = value;
    return STATUS_OK;
}

static enum status read_list(struct design_axis *axis, char *text, int weeks_per_year, const struct design_vary *vary,
                             struct faults *faults)
{
    enum status status = STATUS_OK;
    for (char *at = text, *next; at && status == STATUS_OK; at = next) {
        double value = 0;
        next = strchr(at, ',');
        if (next)
            *next++ = '\0';
        status = axis_read(axis, text_trim(at), weeks_per_year, vary, &value, faults);
        if (status == STATUS_OK)
            status = add_level(axis, value, vary, faults);
    }
    return status;
}

static enum status bad_range(const struct design_vary *vary, const char *why, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    return fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line, "%s is to take %s: %s", vary->key,
                     text_quote(vary->values, quoted), why);
}

static bool is_whole(const struct design_axis *axis)
{
    return axis->row->kind != PARAM_REAL;
}

/* A step has no bounds of its own but its sign. */
static enum status read_step(struct design_axis *axis, const char *text, int weeks_per_year,
                             const struct design_vary *vary, struct faults *faults)
{
    struct param row = *axis->row;
    union param_value parsed;
    struct param_error error;
    memset(&parsed, 0, sizeof parsed);
    row.lo = -(double)INFINITY;
    row.hi = (double)INFINITY;
    if (axis->log)
        return bad_range(vary, "a logarithmic axis takes a number of values, as in log 0.001:1/4", faults);
    if (!param_value_parse(&row, text, weeks_per_year, NULL, &parsed, &error))
        return bad_range(vary, "the step after the second colon cannot be read", faults);
    const double step = is_whole(axis) ? (double)parsed.integer : parsed.real;
    if (!(step > 0))
        return bad_range(vary, "the step must be above 0", faults);
    const double count = floor((axis->to - axis->from) / step * (1 + 1e-12) + 1e-9) + 1;
    if (count > DESIGN_POINTS_MAX)
        return bad_range(vary, "that is more than ten million values", faults);
    axis->levels = calloc((size_t)count, sizeof *axis->levels);
    if (!axis->levels)
        return no_memory(faults);
    for (; axis->level_count < (size_t)count; axis->level_count++) {
        /* through 15 digits: 0.3 and not 0.30000000000000004 */
        char digits[40];
        snprintf(digits, sizeof digits, "%.15g", axis->from + step * (double)axis->level_count);
        axis->levels[axis->level_count] = fmin(strtod(digits, NULL), axis->to);
    }
    return STATUS_OK;
}

static double between(const struct design_axis *axis, double unit)
{
    if (unit <= 0)
        return axis->from;
    if (unit >= 1)
        return axis->to;
    return axis->log ? exp(log(axis->from) + unit * (log(axis->to) - log(axis->from)))
                     : axis->from + unit * (axis->to - axis->from);
}

static enum status read_count(struct design_axis *axis, const char *text, const struct design_vary *vary,
                              struct faults *faults)
{
    char *end;
    errno = 0;
    const long count = strtol(text, &end, 10);
    if (end == text || *end || errno || count < 2 || count > DESIGN_POINTS_MAX)
        return bad_range(vary, "behind / stands how many values, 2 to 10000000", faults);
    axis->levels = calloc((size_t)count, sizeof *axis->levels);
    if (!axis->levels)
        return no_memory(faults);
    for (long i = 0; i < count; i++) {
        char digits[40];
        double value = between(axis, (double)i / (double)(count - 1));
        if (is_whole(axis))
            value = round(value);
        snprintf(digits, sizeof digits, "%.15g", value);
        value = strtod(digits, NULL);
        if (i == 0 || axis->levels[axis->level_count - 1] != value)
            axis->levels[axis->level_count++] = value;
    }
    return axis->level_count == (size_t)count ? STATUS_OK
                                              : bad_range(vary, "so many whole values do not lie in between", faults);
}

/* from:to, from:to:step, from:to/count. */
static enum status read_range(struct design_axis *axis, char *text, int weeks_per_year, const struct design_vary *vary,
                              struct faults *faults)
{
    char *to = strchr(text, ':');
    *to++ = '\0';
    char *more = to + strcspn(to, ":/");
    const char mark = *more;
    if (mark)
        *more++ = '\0';
    enum status status = axis_read(axis, text_trim(text), weeks_per_year, vary, &axis->from, faults);
    if (status == STATUS_OK)
        status = axis_read(axis, text_trim(to), weeks_per_year, vary, &axis->to, faults);
    if (status != STATUS_OK)
        return status;
    if (axis->from < 0 && axis->row->kind == PARAM_DURATION)
        return bad_range(vary, "never is no end of a range; list it between commas", faults);
    if (!(axis->from < axis->to))
        return bad_range(vary, "the first value must be below the second", faults);
    if (axis->log && !(axis->from > 0))
        return bad_range(vary, "a logarithmic axis must begin above 0", faults);
    if (mark == ':')
        return read_step(axis, text_trim(more), weeks_per_year, vary, faults);
    return mark ? read_count(axis, text_trim(more), vary, faults) : STATUS_OK;
}

/* all, of a choice. */
static enum status read_choices(struct design_axis *axis, const char *more, const struct design_vary *vary,
                                struct faults *faults)
{
    enum status status = *more ? bad_range(vary, "all of a choice's words is written all", faults) : STATUS_OK;
    size_t count = 1;
    for (const char *c = axis->row->choices; *c; c++)
        count += *c == '|';
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_level(axis, (double)i, vary, faults);
    return status;
}

/* all, or all/count, of a number. */
static enum status read_bounds(struct design_axis *axis, const char *more, const struct design_vary *vary,
                               struct faults *faults)
{
    char text[40];
    axis->from = axis->row->kind == PARAM_DURATION ? fmax(0, axis->row->lo) : axis->row->lo;
    axis->to = axis->row->hi;
    if (!isfinite(axis->from) || !isfinite(axis->to))
        return bad_range(vary, "the setting has no bounds; write from:to", faults);
    if (axis->log && !(axis->from > 0))
        return bad_range(vary, "a logarithmic axis must begin above 0", faults);
    if (!*more)
        return STATUS_OK;
    snprintf(text, sizeof text, "%s", *more == '/' ? more + 1 : more);
    return read_count(axis, text_trim(text), vary, faults);
}

static enum status read_values(struct design_axis *axis, char *text, int weeks_per_year, const struct design_vary *vary,
                               struct faults *faults)
{
    const enum param_kind kind = axis->row->kind;
    char *at = text_trim(text);
    axis->log = strncmp(at, "log ", 4) == 0 && kind != PARAM_TEXT && kind != PARAM_CHOICE;
    at = axis->log ? text_trim(at + 4) : at;
    const bool all = strncmp(at, "all", 3) == 0 && (at[3] == '\0' || at[3] == '/' || at[3] == ' ');
    if (all && kind != PARAM_TEXT && kind != PARAM_CHOICE)
        return read_bounds(axis, text_trim(at + 3), vary, faults);
    if (all && kind == PARAM_CHOICE)
        return read_choices(axis, text_trim(at + 3), vary, faults);
    if (*at == '\0' && kind != PARAM_TEXT)
        return bad_range(vary, "that is no value; write 0.1, 0.3 or 0:1:0.25 or 0:1/5 or 0:1", faults);
    if (kind != PARAM_TEXT && kind != PARAM_CHOICE && strchr(at, ':'))
        return read_range(axis, at, weeks_per_year, vary, faults);
    if (axis->log)
        return bad_range(vary, "log goes before a range, as in log 0.001:1/4", faults);
    return read_list(axis, at, weeks_per_year, vary, faults);
}

enum status axis_make(const struct design_request *request, const struct design_vary *vary, struct design_axis *axis,
                      struct faults *faults)
{
    enum status status = axis_find(request, vary, axis, faults);
    if (status != STATUS_OK)
        return status;
    char *text = strdup(vary->values);
    status = text ? STATUS_OK : no_memory(faults);
    if (status == STATUS_OK)
        status = read_values(axis, text, param_set_weeks_per_year(request->base), vary, faults);
    free(text);
    for (size_t i = 0; i < axis->level_count && status == STATUS_OK; i++) {
        axis->from = i == 0 ? axis->levels[i] : fmin(axis->from, axis->levels[i]);
        axis->to = i == 0 ? axis->levels[i] : fmax(axis->to, axis->levels[i]);
    }
    if (status == STATUS_OK && axis->level_count == 0 && !design_is_drawn(request->kind))
        status = fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line,
                           "%s is a range, which a %s cannot visit; write %s/5 for five values of it, or choose "
                           "--design lhs",
                           vary->key, design_kind_name(request->kind), vary->values);
    if (status != STATUS_OK)
        axis_free(axis);
    return status;
}

double axis_value(const struct design_axis *axis, double unit)
{
    if (axis->levels) {
        const double at = floor(unit * (double)axis->level_count);
        return axis->levels[(size_t)fmin(fmax(at, 0), (double)axis->level_count - 1)];
    }
    if (!is_whole(axis))
        return between(axis, unit);
    if (axis->log)
        return round(between(axis, unit));
    return fmin(axis->to, axis->from + floor(unit * (axis->to - axis->from + 1))); /* each value as often */
}
