/* settings.h: what the charts of sensitivity share. */
#ifndef EBB_PLOTS_SETTINGS_H
#define EBB_PLOTS_SETTINGS_H

#include "../chart.h"
#include "axis.h"
#include "frame.h"

#define SETTINGS_SHOWN 30 /* the others are counted in the caption */
#define SETTINGS_AXIS 30.0

size_t settings_shown(const struct chart_data *data);

/* Begins with what is explained, and with the basis and what is left out as notes. */
void settings_open(struct frame *frame, const struct chart_data *data, double width);

/* A line from lo to hi with short ends. */
void settings_whisker(cairo_t *cr, double x0, double y0, double x1, double y1);

#endif
