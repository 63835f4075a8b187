/* heat_panel.c: the cells of one measure, with contours of its target. */
#include "heat.h"
#include "kit/contour.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCALE_HEIGHT 5.0
#define SCALE_STEPS 64
#define SCALE_WIDTH 70.0
#define SCALE_SHARE 0.34 /* of a panel's width, where it has its own */

/* Cased in white: it lies on light and dark. */
void heat_contour_stroke(cairo_t *cr, int is_main)
{
    const double width = is_main ? 1.5 : 0.6;
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_width(cr, width + 1.3);
    style_source(cr, style_white, 0.85);
    cairo_stroke_preserve(cr);
    cairo_set_line_width(cr, width);
    style_source(cr, style_ink, 1);
    cairo_stroke(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
}

static struct colour colour_of(const struct heat *h, size_t chosen, double mean)
{
    const double range = h->hi[chosen] - h->lo[chosen];
    return style_ramp(range > 0 ? (mean - h->lo[chosen]) / range : 0.5);
}

/* A number, and under it the cell's own colour, so that no contour runs through it. */
static void draw_number(cairo_t *cr, const struct label *number, struct colour paper)
{
    const struct label_box box = label_measure(cr, number);
    style_source(cr, paper, 0.9);
    cairo_rectangle(cr, box.x - 0.5, box.y + 1, box.width + 1, box.height - 2);
    cairo_fill(cr);
    label_draw(cr, number);
}

static void draw_words(cairo_t *cr, const struct heat *h, const struct heat_panel *f, const struct chart_spread *s,
                       double x, double y, double width, double height, struct colour paper)
{
    char mean[48], half[48];
    const int decimals = points_decimals(h->hi[f->chosen] - h->lo[f->chosen]);
    const double interval = (s->hi - s->lo) / 2;
    const struct colour ink = style_luminance(paper) < 0.35 ? style_white : style_ink;
    snprintf(mean, sizeof mean, "%.*f", decimals, s->mean);
    snprintf(half, sizeof half, "\u00b1%.*f", decimals, interval);
    const struct label first = {.string = mean, .size = STYLE_SIZE_SMALL, .colour = ink};
    const struct label second = {.string = half, .size = STYLE_SIZE_SMALL - 1, .colour = ink};
    if (label_measure(cr, &first).width + 2 > width || height < 9)
        return;
    const int both = !isnan(interval) && height >= 19 && label_measure(cr, &second).width + 2 <= width;
    struct label drawn = first;
    drawn.x = x + width / 2;
    drawn.y = y + height / 2 - (both ? 4 : 0);
    drawn.align = LABEL_CENTRE;
    drawn.at = LABEL_MIDDLE;
    draw_number(cr, &drawn, paper);
    drawn.string = half;
    drawn.size = second.size;
    drawn.y = y + height / 2 + 4.5;
    if (both)
        draw_number(cr, &drawn, paper);
}

/* Its colour, or with `words` its numbers, which lie over the contours. */
static void draw_cell(cairo_t *cr, const struct heat *h, const struct heat_panel *f, size_t x, size_t y, int words)
{
    const struct chart_axis *axes = h->data->points->axes;
    const double width = (f->right - f->left) / (double)axes[0].level_count;
    const double height = (f->bottom - f->top) / (double)axes[1].level_count;
    const double left = f->left + width * (double)x, top = f->bottom - height * (double)(y + 1);
    const size_t point = *heat_cell(h, f->slice, y, x);
    const struct chart_spread *s = point ? points_at(h->data, point - 1, h->choice.column[f->chosen]) : NULL;
    const int empty = !s || isnan(s->mean);
    if (empty && !words) {
        style_source(cr, style_grey, 0.7);
        style_hatch(cr, left, top, width, height, 3);
    }
    if (empty)
        return;
    const struct colour paper = colour_of(h, f->chosen, s->mean);
    if (words) {
        draw_words(cr, h, f, s, left, top, width, height, paper);
        return;
    }
    style_source(cr, paper, 1);
    cairo_rectangle(cr, left, top, width, height);
    cairo_fill(cr);
}

/* Of the means, or of an end of their intervals. Without memory a line is missing, and the picture says how many points
 * reach the target all the same. */
static void draw_contour(cairo_t *cr, const struct heat *h, const struct heat_panel *f, double target, int end)
{
    const struct chart_axis *axes = h->data->points->axes;
    const size_t across = axes[0].level_count, up = axes[1].level_count;
    double *values = malloc(across * up * sizeof *values);
    for (size_t i = 0; values && i < across * up; i++) {
        const size_t point = *heat_cell(h, f->slice, i / across, i % across);
        const struct chart_spread *s = point ? points_at(h->data, point - 1, h->choice.column[f->chosen]) : NULL;
        values[i] = !s ? (double)NAN : end == 0 ? s->mean : end < 0 ? s->lo : s->hi;
    }
    if (values && contour_path(cr, &(struct contour){.values = values,
                                                     .across = across,
                                                     .up = up,
                                                     .level = target,
                                                     .left = f->left,
                                                     .bottom = f->bottom,
                                                     .width = f->right - f->left,
                                                     .height = f->bottom - f->top,
                                                     .stepped = axes[0].words || axes[1].words}))
        heat_contour_stroke(cr, end == 0);
    free(values);
}

static void draw_contours(cairo_t *cr, const struct heat *h, const struct heat_panel *f)
{
    const double target = target_of(&h->targets, h->choice.column[f->chosen]);
    if (isnan(target))
        return;
    cairo_save(cr);
    cairo_rectangle(cr, f->left, f->top, f->right - f->left, f->bottom - f->top);
    cairo_clip(cr);
    draw_contour(cr, h, f, target, -1);
    draw_contour(cr, h, f, target, 1);
    draw_contour(cr, h, f, target, 0);
    cairo_restore(cr);
}

/* Labels of the levels: of numbers as many as do not touch, of words all. */
static void draw_levels(cairo_t *cr, const struct chart_axis *axis, const struct heat_panel *f, int upright)
{
    const double length = upright ? f->bottom - f->top : f->right - f->left;
    const double step = length / (double)axis->level_count;
    double need = 0;
    for (size_t i = 0; i < axis->level_count; i++) {
        const struct label_box box = label_measure(
            cr, &(struct label){.string = axis->label[i], .size = STYLE_SIZE_SMALL, .width = upright ? 34 : 60});
        need = fmax(need, upright ? box.height : box.width + 4);
    }
    const size_t every = axis->words && !upright ? 1 : (size_t)fmax(1, ceil(need / step));
    for (size_t i = 0; i < axis->level_count; i += every) {
        const double at = ((double)i + 0.5) * step;
        struct label label = {.string = axis->label[i],
                              .x = upright ? f->left - 4 : f->left + at,
                              .y = upright ? f->bottom - at : f->bottom + 3,
                              .align = upright ? LABEL_RIGHT : LABEL_CENTRE,
                              .at = upright ? LABEL_MIDDLE : LABEL_TOP,
                              .size = STYLE_SIZE_SMALL,
                              .colour = style_grey,
                              .width = upright ? 34 : 60};
        if (axis->words)
            points_fit(cr, &label, upright ? 34 : step - 3);
        label_draw(cr, &label);
    }
}

static void draw_titles(cairo_t *cr, const struct heat *h, const struct heat_panel *f)
{
    char text[POINTS_TITLE];
    const struct chart_axis *axes = h->data->points->axes;
    points_axis_title(&axes[0], text);
    label_draw(cr, &(struct label){.string = f->titled_below ? text : "",
                                   .x = (f->left + f->right) / 2,
                                   .y = f->bottom + 14,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink,
                                   .width = f->right - f->left + HEAT_LEFT});
    points_axis_title(&axes[1], text);
    label_draw(cr, &(struct label){.string = f->titled_left ? text : "",
                                   .x = f->left - HEAT_LEFT + 2,
                                   .y = (f->top + f->bottom) / 2,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink,
                                   .width = f->bottom - f->top + HEAT_HEAD,
                                   .upwards = 1});
}

/* From the colour of the least mean to that of the greatest, each end with its number. */
static void draw_scale(cairo_t *cr, const struct heat *h, size_t chosen, double left, double y, double width)
{
    char end[2][32];
    const double lo = h->lo[chosen], hi = h->hi[chosen];
    if (!(lo <= hi))
        return;
    for (int e = 0; e < 2; e++)
        snprintf(end[e], sizeof end[e], "%.*f", points_decimals(hi - lo), e ? hi : lo);
    struct label label = {
        .string = end[0], .x = left, .y = y, .at = LABEL_MIDDLE, .size = STYLE_SIZE_SMALL, .colour = style_grey};
    const double from = left + label_draw(cr, &label).width + 3;
    for (int i = 0; i < SCALE_STEPS; i++) {
        style_source(cr, style_ramp(lo < hi ? ((double)i + 0.5) / SCALE_STEPS : 0.5), 1);
        cairo_rectangle(cr, from + width * i / SCALE_STEPS, y - SCALE_HEIGHT / 2, width / SCALE_STEPS + 0.2,
                        SCALE_HEIGHT);
        cairo_fill(cr);
    }
    label.string = end[1];
    label.x = from + width + 3;
    label_draw(cr, &label);
}

static double draw_measure(cairo_t *cr, const struct heat *h, size_t chosen, double left, double top, double width)
{
    char text[POINTS_TITLE];
    points_column_title(&h->data->columns[h->choice.column[chosen]], text);
    return label_draw(cr, &(struct label){.string = text,
                                          .x = left,
                                          .y = top,
                                          .size = STYLE_SIZE_HEAD,
                                          .bold = 1,
                                          .colour = style_ink,
                                          .width = width})
        .width;
}

void heat_group_draw(cairo_t *cr, const struct heat *h, size_t chosen, double left, double top)
{
    const double width = draw_measure(cr, h, chosen, left, top, STYLE_WIDTH / 2);
    draw_scale(cr, h, chosen, left + width + 14, top + 6, SCALE_WIDTH);
}

static void draw_head(cairo_t *cr, const struct heat *h, const struct heat_panel *f)
{
    char slice[2 * POINTS_TITLE];
    const struct chart_axis *third = &h->data->points->axes[2];
    const double width = f->right - f->left;
    if (h->slices == 1) {
        draw_measure(cr, h, f->chosen, f->left, f->top - HEAT_HEAD, width);
        draw_scale(cr, h, f->chosen, f->left, f->top - 9, width * SCALE_SHARE);
        return;
    }
    snprintf(slice, sizeof slice, "%s = %s", points_short(third->name), third->label[f->slice]);
    label_draw(cr, &(struct label){.string = slice,
                                   .x = f->left,
                                   .y = f->top - HEAT_SLICE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink,
                                   .width = width});
}

void heat_panel_draw(cairo_t *cr, const struct heat *h, const struct heat_panel *f)
{
    const struct chart_axis *axes = h->data->points->axes;
    for (size_t y = 0; y < axes[1].level_count; y++)
        for (size_t x = 0; x < axes[0].level_count; x++)
            draw_cell(cr, h, f, x, y, 0);
    draw_contours(cr, h, f);
    for (size_t y = 0; y < axes[1].level_count; y++)
        for (size_t x = 0; x < axes[0].level_count; x++)
            draw_cell(cr, h, f, x, y, 1);
    draw_levels(cr, &axes[0], f, 0);
    draw_levels(cr, &axes[1], f, 1);
    draw_titles(cr, h, f);
    draw_head(cr, h, f);
}
