/* frontier.c: what scenarios cost and reach, and which of them no other, nor a mix, beats at their price. */
#include "charts.h"
#include "kit/axis.h"
#include "kit/pairs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEFT 42.0
#define HEAD 13.0
#define GAP 20.0
#define AXIS_HEIGHT 30.0
#define ACROSS 3 /* panels in a row */
#define PANEL 130.0
#define PANEL_ALONE 210.0
#define MARK 3.2

struct frontier {
    struct frame frame;
    const struct chart_comparison *comparison;
    size_t panels, points; /* points a panel */
    size_t across, down;
};

static struct colour colour_of(int on)
{
    return on ? style_okabe_ito(OKABE_VERMILLION) : style_grey;
}

static void mark_at(cairo_t *cr, int on, double x, double y)
{
    style_marker(cr, MARKER_CIRCLE, x, y, MARK);
    style_source(cr, on ? colour_of(1) : style_white, 1);
    cairo_fill_preserve(cr);
    style_source(cr, colour_of(on), 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS * 1.6);
    cairo_stroke(cr);
}

static void own_mark(cairo_t *cr, const struct key_item *item, double x, double y)
{
    if (item->value > 0) {
        style_source(cr, item->colour, 1);
        cairo_set_line_width(cr, STYLE_LINE_MAIN);
        cairo_move_to(cr, x, y);
        cairo_line_to(cr, x + item->width, y);
        cairo_stroke(cr);
    }
    mark_at(cr, item->value > 0, x + item->width / 2, y);
}

static void open_frontier(struct frontier *f, const struct chart_data *data, double width)
{
    const struct chart_comparison *c = data->comparison;
    *f = (struct frontier){.comparison = c, .panels = c->column_count};
    frame_begin(&f->frame, data, width);
    f->points = c->column_count ? c->point_count / c->column_count : 0;
    f->across = f->panels < 1 ? 1 : f->panels < ACROSS ? f->panels : ACROSS;
    f->down = (f->panels + f->across - 1) / f->across;
    frame_key(&f->frame, KEY_NONE, style_ink, "n = %zu runs of each scenario", c->pair_count ? c->pairs[0].n : 0);
    frame_own(&f->frame, own_mark, 1, colour_of(1), "on the frontier: no other, nor a mix, reaches as much for less");
    frame_own(&f->frame, own_mark, 0, colour_of(0), "off it");
    pairs_scenarios(&f->frame, c);
    frame_note(&f->frame, "Compared: %.120s. Upright lines: 95 %% interval of the mean (Student's t).", c->when);
}

static const struct chart_point *point_at(const struct frontier *f, size_t panel, size_t i)
{
    return &f->comparison->points[panel * f->points + i];
}

static void axes_of(const struct frontier *f, size_t panel, struct axis *costs, struct axis *effects)
{
    double dearest = 0, lo = NAN, hi = NAN;
    for (size_t i = 0; i < f->points; i++) {
        const struct chart_point *p = point_at(f, panel, i);
        dearest = fmax(dearest, p->cost);
        lo = fmin(lo, isfinite(p->lo) ? p->lo : p->effect);
        hi = fmax(hi, isfinite(p->hi) ? p->hi : p->effect);
    }
    axis_values(costs, 0, dearest * 1.04, 4, 0, NAN);
    axis_values(effects, lo, hi, (int)((effects->from - effects->to) / 22), NAN, NAN);
}

static void draw_line(cairo_t *cr, const struct frontier *f, size_t panel, const struct axis *costs,
                      const struct axis *effects)
{
    style_source(cr, colour_of(1), 1);
    cairo_set_line_width(cr, STYLE_LINE_MAIN);
    for (size_t i = 0; i < f->points; i++)
        if (point_at(f, panel, i)->on)
            cairo_line_to(cr, axis_at(costs, point_at(f, panel, i)->cost),
                          axis_at(effects, point_at(f, panel, i)->effect));
    cairo_stroke(cr);
}

static void draw_point(cairo_t *cr, const struct chart_point *p, const struct axis *costs, const struct axis *effects)
{
    char words[24];
    if (!isfinite(p->effect))
        return;
    const double x = axis_at(costs, p->cost), y = axis_at(effects, p->effect);
    if (isfinite(p->lo) && isfinite(p->hi)) {
        style_source(cr, colour_of(p->on), 1);
        cairo_set_line_width(cr, STYLE_LINE_AXIS);
        cairo_move_to(cr, x, axis_at(effects, p->lo));
        cairo_line_to(cr, x, axis_at(effects, p->hi));
        cairo_stroke(cr);
    }
    mark_at(cr, p->on, x, y);
    snprintf(words, sizeof words, "%zu", p->scenario + 1);
    label_draw(cr, &(struct label){.string = words,
                                   .x = x + MARK + 2,
                                   .y = y - MARK - 1,
                                   .at = LABEL_BASELINE,
                                   .size = STYLE_SIZE_BASE,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .halo = 1.5});
}

static void draw_panel(cairo_t *cr, const struct frontier *f, size_t panel, double left, double right, double top,
                       double bottom)
{
    const struct column *column = &f->frame.data->columns[point_at(f, panel, 0)->column];
    struct axis costs = {.from = left, .to = right}, effects = {.from = bottom, .to = top + HEAD};
    label_draw(cr, &(struct label){.string = column->name,
                                   .x = left,
                                   .y = top,
                                   .size = STYLE_SIZE_HEAD,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = right - left});
    axes_of(f, panel, &costs, &effects);
    axis_draw_grid(cr, &costs, top + HEAD, bottom);
    axis_draw_values(cr, &effects, left, right);
    draw_line(cr, f, panel, &costs, &effects);
    for (size_t i = 0; i < f->points; i++)
        draw_point(cr, point_at(f, panel, i), &costs, &effects);
    axis_draw_time(cr, &costs, bottom);
    label_draw(cr, &(struct label){.string = "cost, in the user's unit",
                                   .x = (left + right) / 2,
                                   .y = bottom + 15,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_SMALL,
                                   .colour = style_grey});
    axis_title_up(cr, left - LEFT + 6, top, HEAD + bottom, frame_unit(column));
}

static double panel_height(const struct frontier *f)
{
    return HEAD + (f->panels == 1 ? PANEL_ALONE : PANEL) + AXIS_HEIGHT;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct frontier f;
    (void)options;
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (!data->comparison || data->comparison->point_count == 0)
        return;
    cairo_t *cr = label_measuring_context();
    open_frontier(&f, data, *width);
    *height = frame_around(cr, &f.frame, *width, 0, 0) + (double)f.down * (panel_height(&f) + 4);
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct frontier f;
    (void)options;
    if (!data->comparison || data->comparison->point_count == 0)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "no scenario of this comparison costs anything: no frontier");
    open_frontier(&f, data, width);
    frame_around(cr, &f.frame, width, height, 1);
    const double panel = (width - 2 * STYLE_MARGIN - GAP * (double)(f.across - 1)) / (double)f.across;
    for (size_t p = 0; p < f.panels; p++) {
        const size_t row = p / f.across;
        const double x = STYLE_MARGIN + (double)(p - row * f.across) * (panel + GAP);
        const double y = f.frame.top + (double)row * (panel_height(&f) + 4);
        draw_panel(cr, &f, p, x + LEFT - 6, x + panel, y, y + panel_height(&f) - AXIS_HEIGHT);
    }
    return STATUS_OK;
}

const struct chart frontier_chart = {
    .name = "frontier",
    .meaning = "cost and effect of scenarios, and the frontier",
    .takes = "columns",
    .of_comparison = 1,
    .only_with = "frontier.csv",
    .size = size,
    .draw = draw,
};
