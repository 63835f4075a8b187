/* points.h: what the pictures of a sweep share. */
#ifndef EBB_POINTS_H
#define EBB_POINTS_H

#include "axis.h"
#include "choose.h"
#include "key.h"

#define POINTS_TITLE 200

/* "school.teachers (teachers)". */
void points_axis_title(const struct chart_axis *axis, char text[POINTS_TITLE]);
/* "teachers". */
const char *points_short(const char *name);
/* "personal (0-1)". */
void points_column_title(const struct column *column, char text[POINTS_TITLE]);
/* "n = 20 runs a point", "n = 18 to 20 runs a point", of a column. */
void points_n(const struct chart_data *data, size_t column, char *text, size_t size);
struct label;
/* Makes a word smaller until it fits, and cuts it where that is not enough: words, unlike numbers, cannot be left out. */
void points_fit(cairo_t *cr, struct label *label, double room);
/* Decimals that tell a hundredth of the span apart. */
int points_decimals(double span);

static inline const struct chart_spread *points_at(const struct chart_data *data, size_t point, size_t column)
{
    return &data->points->values[point * data->column_count + column];
}
static inline size_t points_level(const struct chart_data *data, size_t point, size_t axis)
{
    return data->points->at[point * data->points->axis_count + axis];
}

#endif
