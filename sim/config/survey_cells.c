#include "survey_cells.h"

#include "../leaf/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COLUMNS_SHOWN 300 /* bytes of a header in a message */

bool cell_is_missing(const char *text)
{
    static const char *const words[] = {"", "NA", "N/A", "NaN", "null", "-", "."};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcasecmp(text, words[i]))
            return true;
    return false;
}

/* A plain decimal number; a decimal comma where commas do not part the fields. */
static bool read_number(const char *text, char delimiter, double *value)
{
    char copy[64], *end;
    size_t length = strlen(text);
    if (!length || length >= sizeof copy || strspn(text, "+-0123456789.,eE") != length)
        return false;
    memcpy(copy, text, length + 1);
    char *comma = strchr(copy, ',');
    if (comma) {
        if (delimiter == ',' || strchr(copy, '.') || strchr(comma + 1, ','))
            return false;
        *comma = '.';
    }
    *value = strtod(copy, &end);
    return !*end && isfinite(*value);
}

long cell_column(const struct csv_table *table, const struct survey_column *column, bool needed, const char *option,
                 bool *taken, struct faults *faults)
{
    long found = csv_table_find(table, column->name);
    if (found >= 0)
        taken[found] = true;
    if (found >= 0 || !(needed || column->asked))
        return found;
    struct text_near near = {.word = column->name};
    char there[COLUMNS_SHOWN], asked[TEXT_QUOTED], hint[2 * TEXT_QUOTED] = "", best[TEXT_QUOTED];
    size_t used = 0;
    for (size_t c = 0; c < table->columns; c++) {
        text_near_try(&near, csv_table_header(table, c));
        if (used < sizeof there)
            used += (size_t)snprintf(there + used, sizeof there - used, "%s%s", c ? ", " : "",
                                     csv_table_header(table, c));
    }
    if (used >= sizeof there)
        memcpy(there + sizeof there - 4, "...", 4);
    if (near.best)
        snprintf(hint, sizeof hint, "; did you mean %s?", text_quote(near.best, best));
    fault_add(faults, STATUS_BAD_INPUT, table->name, (int)table->line[0],
              "has no column %s (`ebb import` takes another by %s)%s; its columns are: %s",
              text_quote(column->name, asked), option, hint, there);
    return -1;
}

double cell_number(const struct csv_table *table, size_t row, long column, double lo, double hi, struct faults *faults)
{
    double value = 0;
    if (column < 0 || cell_is_missing(csv_table_field(table, row, (size_t)column)))
        return (double)NAN;
    const char *text = csv_table_field(table, row, (size_t)column), *name = csv_table_header(table, (size_t)column);
    if (!read_number(text, table->delimiter, &value)) {
        fault_add(faults, STATUS_BAD_INPUT, table->name, csv_table_line(table, row),
                  "%.80s is %s, which is no number; leave it empty or write NA when it is not known", name,
                  text_quote(text, (char[TEXT_QUOTED]){0}));
        return (double)NAN;
    }
    if (value < lo || value > hi) {
        char highest[32] = "or more";
        if (isfinite(hi))
            snprintf(highest, sizeof highest, "to %g", hi);
        fault_add(faults, STATUS_BAD_INPUT, table->name, csv_table_line(table, row), "%.80s is %.40s; allowed is %g %s",
                  name, text, lo, highest);
    }
    return value;
}

const char *cell_text(const struct csv_table *table, size_t row, long column)
{
    const char *text = column < 0 ? "" : csv_table_field(table, row, (size_t)column);
    return cell_is_missing(text) ? "" : text;
}
