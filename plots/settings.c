#include "settings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

size_t settings_shown(const struct chart_data *data)
{
    return data->setting_count < SETTINGS_SHOWN ? data->setting_count : SETTINGS_SHOWN;
}

double settings_around(cairo_t *cr, const struct chart_data *data, const struct key_item *items, size_t count,
                       const char *notes, double width, double height, double *bottom, int draw)
{
    const double left = STYLE_MARGIN, right = width - STYLE_MARGIN;
    double y = STYLE_MARGIN;
    char what[256], all[1024];
    y += key_title(cr, data->title, left, right, y, draw);
    snprintf(what, sizeof what, "What decides %.160s", data->measure);
    const struct label head = {
        .string = what, .x = left, .y = y, .size = STYLE_SIZE_HEAD, .colour = style_ink, .width = right - left};
    y += (draw ? label_draw(cr, &head) : label_measure(cr, &head)).height + 3;
    y += key_draw(cr, items, count, left, right, y, draw) + 6;
    snprintf(all, sizeof all, "%s%s%s", data->basis, *notes ? " " : "", notes);
    if (data->setting_count > SETTINGS_SHOWN) {
        const size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, " %zu settings that do less are left out.",
                 data->setting_count - SETTINGS_SHOWN);
    }
    const double caption = key_caption(cr, data, all, left, right, 0, 0) + STYLE_MARGIN + 6;
    if (draw)
        key_caption(cr, data, all, left, right, height - caption + 6, 1);
    *bottom = draw ? height - caption : caption;
    return y;
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
