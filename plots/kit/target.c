#include "target.h"

#include "../../sim/leaf/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A word of the command line, or of a configuration. */
static enum status wrong(const char *from)
{
    return strncmp(from, "--", 2) == 0 ? STATUS_USAGE : STATUS_BAD_INPUT;
}

static enum status unknown(const char *from, const char *name, const struct column *columns, size_t count,
                           struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = name};
    for (size_t i = 0; i < count; i++)
        text_near_try(&near, columns[i].name);
    return fault_add(faults, wrong(from), NULL, 0, "%s: there is no measure %s%s%s%s", from, text_quote(name, quoted),
                     near.best ? "; did you mean " : "", near.best ? near.best : "", near.best ? "?" : "");
}

static enum status read_one(char *text, const char *from, const struct column *columns, size_t count,
                            struct targets *targets, struct faults *faults)
{
    char quoted[TEXT_QUOTED], *equals = strchr(text, '='), *end;
    if (!equals)
        return fault_add(faults, wrong(from), NULL, 0, "%s: %s has not the form MEASURE=VALUE, as in personal=0.5",
                         from, text_quote(text_trim(text), quoted));
    *equals = '\0';
    const char *name = text_trim(text), *number = text_trim(equals + 1);
    size_t column = 0;
    while (column < count && strcmp(columns[column].name, name) != 0)
        column++;
    if (column == count)
        return unknown(from, name, columns, count, faults);
    const double value = strtod(number, &end);
    if (end == number || *end || !(value >= columns[column].lo && value <= columns[column].hi))
        return fault_add(faults, wrong(from), NULL, 0, "%s: %s = %s; allowed: a number from %g to %g", from, name,
                         text_quote(number, quoted), columns[column].lo, columns[column].hi);
    if (!isnan(target_of(targets, column)))
        return fault_add(faults, wrong(from), NULL, 0, "%s: %s has a target already; keep one", from, name);
    if (targets->count == TARGETS_MAX)
        return fault_add(faults, wrong(from), NULL, 0, "%s: at most %d targets are marked", from, TARGETS_MAX);
    targets->column[targets->count] = column;
    targets->value[targets->count++] = value;
    return STATUS_OK;
}

enum status targets_read(const char *text, const char *from, const struct column *columns, size_t column_count,
                         struct targets *targets, struct faults *faults)
{
    enum status status = STATUS_OK;
    *targets = (struct targets){0};
    if (!text || !*text)
        return STATUS_OK;
    char *copy = strdup(text), *rest = copy;
    if (!copy)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for targets");
    for (char *word; (word = strsep(&rest, ","));) {
        const enum status one = read_one(word, from, columns, column_count, targets, faults);
        status = status == STATUS_OK ? one : status;
    }
    free(copy);
    return status;
}

double target_of(const struct targets *targets, size_t column)
{
    for (size_t i = 0; i < targets->count; i++)
        if (targets->column[i] == column)
            return targets->value[i];
    return (double)NAN;
}

static int is_chosen(const struct choice *choice, size_t column)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->column[i] == column)
            return 1;
    return 0;
}

enum status targets_choose(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                           struct targets *targets, struct faults *faults)
{
    enum status status = choose_columns(data, options, choice, faults);
    const enum status read = targets_read(options->target, "--target", data->columns, data->column_count, targets,
                                          faults);
    status = status == STATUS_OK ? read : status;
    for (size_t i = 0; i < targets->count && status == STATUS_OK; i++) {
        const size_t column = targets->column[i];
        if (is_chosen(choice, column))
            continue;
        if (options->columns || choice->count == CHOOSE_MAX)
            return fault_add(faults, STATUS_USAGE, NULL, 0, "--target: %s is not among the columns that are drawn",
                             data->columns[column].name);
        choice->look[choice->count] = choice->count;
        choice->panel[choice->count] = choice->panel_count++;
        choice->column[choice->count++] = column;
    }
    return status;
}

enum status targets_columns(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                            struct faults *faults)
{
    struct targets targets;
    return targets_choose(data, options, choice, &targets, faults);
}
