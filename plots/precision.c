/* precision.c: how the half width of an interval fell with the number of runs, until it was as narrow as asked. */
#include "charts.h"
#include "kit/axis.h"
#include "kit/frame.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEFT 48.0
#define PANEL 170.0
#define AXIS_HEIGHT 28.0
#define MARK 2.8

static void own_asked(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS * 1.6);
    style_dash(cr, 1, STYLE_LINE_MAIN);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + item->width, y);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void open_precision(struct frame *f, const struct chart_data *data, double width)
{
    const struct chart_comparison *c = data->comparison;
    const struct chart_look *last = &c->looks[c->look_count - 1];
    frame_begin(f, data, width);
    frame_key(f, KEY_NONE, style_ink, "n = %.0f runs", last->n);
    frame_key(f, KEY_LINE, style_okabe_ito(OKABE_BLUE), "half width of the 95 %% interval at each look");
    frame_own(f, own_asked, 0, style_okabe_ito(OKABE_VERMILLION), "asked: %g", c->asked);
    frame_note(
        f,
        "%s of %.60s, %.100s: \u00b1%.3g after %zu looks. Looking often makes such an interval cover in about 94 "
        "of 100 cases.",
        c->pair_count ? "Widest paired difference" : "Mean", data->columns[c->look_column].name, c->when,
        last->half_width, c->look_count);
}

static void draw_curve(cairo_t *cr, const struct chart_comparison *c, const struct axis *n, const struct axis *width)
{
    style_source(cr, style_okabe_ito(OKABE_BLUE), 1);
    cairo_set_line_width(cr, STYLE_LINE_MAIN);
    for (size_t i = 0; i < c->look_count; i++)
        if (isfinite(c->looks[i].half_width))
            cairo_line_to(cr, axis_at(n, c->looks[i].n), axis_at(width, c->looks[i].half_width));
    cairo_stroke(cr);
    for (size_t i = 0; i < c->look_count; i++)
        if (isfinite(c->looks[i].half_width)) {
            style_marker(cr, MARKER_CIRCLE, axis_at(n, c->looks[i].n), axis_at(width, c->looks[i].half_width), MARK);
            cairo_fill(cr);
        }
    style_source(cr, style_okabe_ito(OKABE_VERMILLION), 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS * 1.6);
    style_dash(cr, 1, STYLE_LINE_MAIN);
    cairo_move_to(cr, n->from, axis_at(width, c->asked));
    cairo_line_to(cr, n->to, axis_at(width, c->asked));
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct frame f;
    (void)options;
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (!data->comparison || data->comparison->look_count == 0)
        return;
    cairo_t *cr = label_measuring_context();
    open_precision(&f, data, *width);
    *height = frame_around(cr, &f, *width, 0, 0) + PANEL + AXIS_HEIGHT;
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct frame f;
    double widest = 0;
    const struct chart_comparison *c = data->comparison;
    (void)options;
    if (!c || c->look_count == 0)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "no precision was asked for: --precision MEASURE=X does");
    open_precision(&f, data, width);
    frame_around(cr, &f, width, height, 1);
    const double top = f.top;
    const double left = STYLE_MARGIN + LEFT, right = width - STYLE_MARGIN - 6, bottom = top + PANEL;
    struct axis n = {.from = left, .to = right}, widths = {.from = bottom, .to = top};
    for (size_t i = 0; i < c->look_count; i++)
        widest = isfinite(c->looks[i].half_width) ? fmax(widest, c->looks[i].half_width) : widest;
    axis_values(&n, 0, c->looks[c->look_count - 1].n, 6, 0, NAN);
    axis_values(&widths, 0, fmax(widest, c->asked), 6, 0, NAN);
    axis_draw_grid(cr, &n, top, bottom);
    axis_draw_values(cr, &widths, left, right);
    draw_curve(cr, c, &n, &widths);
    axis_draw_time(cr, &n, bottom);
    label_draw(cr, &(struct label){.string = "runs",
                                   .x = (left + right) / 2,
                                   .y = bottom + 14,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink});
    axis_title_up(cr, STYLE_MARGIN, top, bottom, "half width");
    return STATUS_OK;
}

const struct chart precision_chart = {
    .name = "precision",
    .meaning = "how well a mean or difference was known after so many runs",
    .takes = "",
    .of_comparison = 1,
    .only_with = "precision.csv",
    .size = size,
    .draw = draw,
};
