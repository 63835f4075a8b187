/* choose.c: see choose.h. */
#include "choose.h"

#include "../../sim/leaf/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FALLBACK_COLUMNS 4

static void take(struct choice *choice, size_t column)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->column[i] == column)
            return;
    if (choice->count < CHOOSE_MAX)
        choice->column[choice->count++] = column;
}

static size_t find(const struct chart_data *data, const char *name, size_t length)
{
    size_t i = 0;
    while (i < data->column_count &&
           !(strlen(data->columns[i].name) == length && memcmp(data->columns[i].name, name, length) == 0))
        i++;
    return i;
}

static enum status unknown(const struct chart_data *data, const char *name, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = name};
    for (size_t i = 0; i < data->column_count; i++)
        text_near_try(&near, data->columns[i].name);
    return fault_add(faults, STATUS_USAGE, NULL, 0,
                     "--columns: %s is no column of this result (columns.csv lists them)%s%s%s",
                     text_quote(name, quoted), near.best ? "; did you mean '" : "", near.best ? near.best : "",
                     near.best ? "'?" : "");
}

static enum status named(const struct chart_data *data, const char *names, struct choice *choice, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (const char *at = names; at;) {
        at += strspn(at, " \t");
        const char *comma = strchr(at, ',');
        size_t length = comma ? (size_t)(comma - at) : strlen(at);
        while (length && (at[length - 1] == ' ' || at[length - 1] == '\t'))
            length--;
        size_t column = find(data, at, length);
        if (column < data->column_count)
            take(choice, column);
        else {
            char *name = strndup(at, length);
            status = unknown(data, name ? name : "", faults);
            free(name);
        }
        at = comma ? comma + 1 : NULL;
    }
    return status;
}

static enum status components(const struct chart_data *data, const char *of, struct choice *choice,
                              struct faults *faults)
{
    size_t whole = find(data, of, strlen(of));
    if (whole < data->column_count) {
        take(choice, whole);
    }
    for (size_t i = 0; i < data->column_count; i++)
        if (data->columns[i].of && strcmp(data->columns[i].of, of) == 0)
            take(choice, i);
    if (choice->count > (whole < data->column_count))
        return STATUS_OK;
    char known[512] = "";
    for (size_t i = 0; i < data->column_count; i++)
        if (data->columns[i].kind == COLUMN_CAPACITY &&
            strlen(known) + strlen(data->columns[i].name) + 3 < sizeof known) {
            strcat(known, known[0] ? ", " : "");
            strcat(known, data->columns[i].name);
        }
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--of: '%s' has no components in this result; allowed: %s", of,
                     known[0] ? known : "nothing, for this model has no capacities");
}

static void take_kind(const struct chart_data *data, enum column_kind kind, struct choice *choice)
{
    for (size_t i = 0; i < data->column_count; i++)
        if (data->columns[i].kind == kind)
            take(choice, i);
}

static int look_is_taken(const struct choice *choice, size_t look, size_t among, const char *given)
{
    for (size_t i = 0; i < among; i++)
        if (given[i] && choice->look[i] == look)
            return 1;
    return 0;
}

/* Capacities by their place among the model's capacities, the others by what is left; components in panels of their own
 * take after their capacity, which comes first. */
static void give_looks(const struct chart_data *data, const struct chart_options *options, struct choice *choice)
{
    char given[CHOOSE_MAX] = {0};
    for (size_t i = 0; i < choice->count; i++) {
        if (data->columns[choice->column[i]].kind != COLUMN_CAPACITY)
            continue;
        for (size_t c = 0; c < choice->column[i]; c++)
            choice->look[i] += data->columns[c].kind == COLUMN_CAPACITY;
        given[i] = 1;
    }
    for (size_t i = 0; i < choice->count; i++) {
        const int family = options->of && !options->overlaid;
        size_t look = family ? choice->look[0] : 0;
        while (!given[i] && !family && look_is_taken(choice, look, choice->count, given))
            look++;
        if (!given[i])
            choice->look[i] = look;
        given[i] = 1;
    }
}

static void share_panels(const struct chart_data *data, int overlaid, struct choice *choice)
{
    choice->panel_count = 0;
    for (size_t i = 0; i < choice->count; i++) {
        size_t k = overlaid ? 0 : i;
        while (k < i && strcmp(data->columns[choice->column[k]].unit, data->columns[choice->column[i]].unit) != 0)
            k++;
        choice->panel[i] = k < i ? choice->panel[k] : choice->panel_count++;
    }
}

enum status choose_columns(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                           struct faults *faults)
{
    enum status status = STATUS_OK;
    *choice = (struct choice){0};
    if (data->week_count == 0 || data->path_count == 0 || data->column_count == 0)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "there is nothing to draw: the result has %zu columns, %zu weeks and %zu finished runs",
                         data->column_count, data->week_count, data->path_count);
    if (options->columns && options->of)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--columns and --of exclude each other");
    if (options->columns)
        status = named(data, options->columns, choice, faults);
    else if (options->of)
        status = components(data, options->of, choice, faults);
    else {
        take_kind(data, COLUMN_CAPACITY, choice);
        if (!choice->count)
            take_kind(data, COLUMN_LAYER, choice);
        for (size_t i = 0; !choice->count && i < data->column_count && i < FALLBACK_COLUMNS; i++)
            choice->column[choice->count++] = i;
    }
    give_looks(data, options, choice);
    if (status == STATUS_OK)
        share_panels(data, options->overlaid, choice);
    return status;
}
