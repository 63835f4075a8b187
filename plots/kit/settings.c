#include "settings.h"

#include <math.h>
#include <stdio.h>

size_t settings_shown(const struct chart_data *data)
{
    return data->setting_count < SETTINGS_SHOWN ? data->setting_count : SETTINGS_SHOWN;
}

void settings_open(struct frame *frame, const struct chart_data *data, double width)
{
    frame_begin(frame, data, width);
    snprintf(frame->head, sizeof frame->head, "What decides %.160s", data->measure);
    frame_note(frame, "%s", data->basis);
    if (data->setting_count > SETTINGS_SHOWN)
        frame_note(frame, "%zu settings that do less are left out.", data->setting_count - SETTINGS_SHOWN);
}

void settings_whisker(cairo_t *cr, double x0, double y0, double x1, double y1)
{
    const double end = 2.2, dx = fabs(x1 - x0) > fabs(y1 - y0) ? 0 : end, dy = end - dx;
    if (!isfinite(x0) || !isfinite(x1) || !isfinite(y0) || !isfinite(y1))
        return;
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_move_to(cr, x0, y0);
    cairo_line_to(cr, x1, y1);
    cairo_move_to(cr, x0 - dx, y0 - dy);
    cairo_line_to(cr, x0 + dx, y0 + dy);
    cairo_move_to(cr, x1 - dx, y1 - dy);
    cairo_line_to(cr, x1 + dx, y1 + dy);
    cairo_stroke(cr);
}
