#include "points.h"

#include "label.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void titled(const char *name, const char *unit, char text[POINTS_TITLE])
{
    snprintf(text, POINTS_TITLE, unit[0] ? "%.120s (%.60s)" : "%.120s", name, unit);
}

void points_axis_title(const struct chart_axis *axis, char text[POINTS_TITLE])
{
    /* labels of durations say their unit themselves */
    titled(axis->name, axis->words || strcmp(axis->unit, "weeks") == 0 ? "" : axis->unit, text);
}

const char *points_short(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

void points_column_title(const struct column *column, char text[POINTS_TITLE])
{
    titled(column->name, column->unit, text);
}

void points_n(const struct chart_data *data, size_t column, char *text, size_t size)
{
    size_t least = (size_t)-1, most = 0;
    for (size_t p = 0; p < data->points->count; p++) {
        const size_t n = points_at(data, p, column)->n;
        least = n < least ? n : least;
        most = n > most ? n : most;
    }
    if (least == most)
        snprintf(text, size, "n = %zu run%s a point", most, most == 1 ? "" : "s");
    else
        snprintf(text, size, "n = %zu to %zu runs a point", least, most);
}

#define SMALLEST 4.5 /* points: what a print still shows */

void points_fit(cairo_t *cr, struct label *label, double room)
{
    label->width = 0;
    while (label->size > SMALLEST && label_measure(cr, label).width > room)
        label->size -= 0.25;
    label->width = room;
}

int points_decimals(double span)
{
    if (!(span > 0))
        return 2;
    const int decimals = (int)ceil(-log10(span)) + 1;
    return decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
}
