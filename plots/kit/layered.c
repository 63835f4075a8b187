/* layered.c: see layered.h. */
#include "layered.h"

#include "../../sim/leaf/text.h"
#include "names.h"

#include <stdio.h>
#include <string.h>

static bool is_layer(const struct chart_data *data, size_t column)
{
    return data->columns[column].kind == COLUMN_LAYER;
}

/* What the n-th innovation's columns are of, in the order in which columns first name one; NULL: there are fewer. */
static const char *nth_of(const struct chart_data *data, size_t n)
{
    const char *last = NULL;
    for (size_t c = 0; c < data->column_count; c++)
        if (is_layer(data, c) && (!last || strcmp(data->columns[c].of, last) != 0)) {
            last = data->columns[c].of;
            if (n-- == 0)
                return last;
        }
    return NULL;
}

/* What the columns are of that the user means by a name of the file, or by the columns' own; NULL: nothing. */
static const char *find_of(const struct chart_data *data, const char *name)
{
    const char *of, *line;
    size_t length = 0;
    for (size_t n = 0; name && (line = names_line(data->innovations, n, &length)); n++)
        if (strlen(name) == length && strncmp(line, name, length) == 0)
            return nth_of(data, n);
    for (size_t n = 0; (of = nth_of(data, n)); n++)
        if (strcmp(of, name ? name : "") == 0 &&
            (n == 0 || !data->innovations || names_line(data->innovations, n, &length)))
            return of;
    return NULL;
}

static enum status unknown_of(const struct chart_data *data, const char *name, struct faults *faults)
{
    char quoted[TEXT_QUOTED], known[256] = "", nearest[80] = "";
    struct text_near near = {.word = name};
    const char *of, *line;
    size_t length = 0, best = 0;
    for (size_t n = 0; (of = nth_of(data, n)); n++) {
        char word[80];
        line = names_line(data->innovations, n, &length);
        if (!line && (data->innovations || !*of))
            continue;
        snprintf(word, sizeof word, "%.*s", text_fit(line ? line : of, line ? (int)(length < 79 ? length : 79) : 79),
                 line ? line : of);
        text_near_try(&near, word);
        if (near.best && (best == 0 || near.distance < best)) {
            snprintf(nearest, sizeof nearest, "%s", word);
            best = near.distance;
        }
        near.best = near.best ? nearest : NULL;
        if (strlen(known) + strlen(word) + 3 < sizeof known)
            strcat(strcat(known, *known ? ", " : "; in the order of the file there are "), word);
    }
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--of: no layers are of %s%s%s%s%s", text_quote(name, quoted),
                     near.best ? "; did you mean " : "", near.best ? near.best : "", near.best ? "?" : "",
                     near.best ? "" : known);
}

static enum status named(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                         struct faults *faults)
{
    const enum status status = choose_columns(data, options, choice, faults);
    for (size_t i = 0; status == STATUS_OK && i < choice->count; i++) {
        const struct column *column = &data->columns[choice->column[i]];
        if (column->lo != 0 || column->hi != 1)
            return fault_add(faults, STATUS_USAGE, NULL, 0,
                             "--columns: %s is no share from 0 to 1, as layers are; its unit is %s", column->name,
                             *column->unit ? column->unit : "none");
    }
    if (status == STATUS_OK && choice->count > LAYERED_MAX)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--columns: %zu layers; at most %d can be told apart",
                         choice->count, LAYERED_MAX);
    return status;
}

enum status layered_choose(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                           struct faults *faults)
{
    size_t length;
    if (options->columns)
        return named(data, options, choice, faults);
    *choice = (struct choice){.panel_count = 1};
    if (data->innovations && !names_line(data->innovations, 0, &length))
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "the scenario has no innovation whose layers could be shown; innovation.ideas above 0, or an "
                         "[innovation NAME], gives it one");
    const char *of = find_of(data, options->of);
    if (!of && options->of)
        return unknown_of(data, options->of, faults);
    for (size_t c = 0; of && c < data->column_count && choice->count < LAYERED_MAX; c++)
        if (is_layer(data, c) && strcmp(data->columns[c].of, of) == 0) {
            choice->look[choice->count] = choice->count;
            choice->column[choice->count++] = c;
        }
    if (choice->count == 0)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "the result has no shares that spread; name some with --columns");
    return STATUS_OK;
}

bool layered_whose(const struct chart_data *data, const struct chart_options *options, char *name, size_t size)
{
    size_t length;
    if (options->columns || !names_line(data->innovations, 1, &length))
        return false;
    const char *of = find_of(data, options->of);
    for (size_t n = 0; of && nth_of(data, n); n++) {
        const char *line = names_line(data->innovations, n, &length);
        if (line && strcmp(nth_of(data, n), of) == 0)
            return snprintf(name, size, "%.*s", (int)length, line) > 0;
    }
    return false;
}
