/* settings.h: what the charts of sensitivity share. */
#ifndef EBB_PLOTS_SETTINGS_H
#define EBB_PLOTS_SETTINGS_H

#include "axis.h"
#include "chart.h"
#include "key.h"

#define SETTINGS_SHOWN 30 /* the others are counted in the caption */
#define SETTINGS_AXIS 30.0

size_t settings_shown(const struct chart_data *data);

/* Title, what is explained, key; the caption at the bottom. Returns where the rest may begin; *bottom is where it must
 * end. draw 0: measures only, and bottom is how much lies below. */
double settings_around(cairo_t *cr, const struct chart_data *data, const struct key_item *items, size_t count,
                       const char *notes, double width, double height, double *bottom, int draw);

/* A line from lo to hi with short ends. */
void settings_whisker(cairo_t *cr, double x0, double y0, double x1, double y1);

#endif
