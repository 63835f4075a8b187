/* difference.c: paired differences between scenarios over time, with each week's own 95 % interval. */
#include "charts.h"
#include "kit/axis.h"
#include "kit/pairs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEFT 44.0
#define HEAD 13.0
#define GAP 9.0
#define PANEL 110.0
#define PANEL_ALONE 180.0
#define AXIS_HEIGHT 25.0
#define PAIRS_MOST 3       /* of more pairs, those with the first scenario */
#define LINES_MOST 7       /* colours */
#define PAIRS_WITH_BANDS 3 /* bands of more lie over each other */
#define POINTS_MOST 3000
#define NAMES_LONG 60 /* letters of two names; of longer ones the scenarios go by number */

struct difference {
    struct frame frame;
    const struct chart_comparison *comparison;
    size_t row[LINES_MOST]; /* of each line: its pair */
    size_t lines, panels, stride;
    int banded, years;
    struct axis time;
    double left, right;
};

/* Which pairs are drawn. */
static void choose_lines(struct difference *d)
{
    const struct chart_comparison *c = d->comparison;
    const size_t rows = c->pair_count / c->column_count;
    for (size_t r = 0; r < rows && d->lines < LINES_MOST; r++) {
        const struct chart_pair *pair = &c->pairs[r * c->column_count];
        if (rows <= PAIRS_MOST || pair->b == c->pairs[0].b)
            d->row[d->lines++] = r;
    }
    if (d->lines < rows) {
        frame_note(&d->frame, "Drawn are %zu of %zu pairs: with %.100s; differences.csv holds all.", d->lines, rows,
                   c->scenarios[c->pairs[0].b]);
    }
}

static void open_difference(struct difference *d, const struct chart_data *data, double width)
{
    char words[600];
    const struct chart_comparison *c = data->comparison;
    *d = (struct difference){.comparison = c, .panels = c->column_count};
    frame_begin(&d->frame, data, width);
    choose_lines(d);
    d->banded = d->lines <= PAIRS_WITH_BANDS;
    d->stride = data->week_count / POINTS_MOST + 1;
    d->left = STYLE_MARGIN + LEFT;
    d->right = width - STYLE_MARGIN - 6;
    d->time.from = d->left;
    d->time.to = d->right;
    d->years = axis_weeks(&d->time, data->weeks[0], data->weeks[data->week_count - 1], data->weeks_per_year, 10);
    frame_key(&d->frame, KEY_NONE, style_ink, "n = %zu pairs of runs", c->pairs[0].n);
    int numbered = 0;
    for (size_t i = 0; i < d->lines; i++) {
        const struct chart_pair *pair = &c->pairs[d->row[i] * d->panels];
        numbered |= strlen(c->scenarios[pair->a]) + strlen(c->scenarios[pair->b]) > NAMES_LONG;
    }
    for (size_t i = 0; i < d->lines; i++) {
        pairs_name(c, &c->pairs[d->row[i] * d->panels], numbered, words, sizeof words);
        frame_own(&d->frame, frame_dashed, (double)i, style_series(i), "%.150s", words);
    }
    if (d->banded)
        frame_key(&d->frame, KEY_OUTER, style_grey, "95 %% interval of the mean");
    if (numbered)
        pairs_scenarios(&d->frame, c);
    frame_note(&d->frame, "Mean differences between runs with the same luck.%s",
               d->banded ? "" : " Bands are left out.");
    if (d->banded)
        frame_note(&d->frame, "Intervals by %s, for each week by itself.", c->interval);
}

static const struct chart_pair *pair_at(const struct difference *d, size_t line, size_t panel)
{
    return &d->comparison->pairs[d->row[line] * d->panels + panel];
}

static void value_axis(const struct difference *d, size_t panel, double top, double bottom, struct axis *axis)
{
    double lo = 0, hi = 0;
    for (size_t i = 0; i < d->lines; i++) {
        const struct chart_pair *pair = pair_at(d, i, panel);
        for (size_t w = 0; w < d->frame.data->week_count; w++) {
            const double low = d->banded && isfinite(pair->week_lo[w]) ? pair->week_lo[w] : pair->week_mean[w];
            const double high = d->banded && isfinite(pair->week_hi[w]) ? pair->week_hi[w] : pair->week_mean[w];
            lo = isfinite(low) ? fmin(lo, low) : lo;
            hi = isfinite(high) ? fmax(hi, high) : hi;
        }
    }
    axis->from = bottom;
    axis->to = top;
    const double slack = hi > lo ? 0.03 * (hi - lo) : (double)NAN; /* no empty tick; of nothing but zeros, no bound */
    axis_values(axis, lo, hi, (int)((bottom - top) / 20), lo - slack, hi + slack);
}

static double x_at(const struct difference *d, size_t week)
{
    return axis_at(&d->time, (double)d->frame.data->weeks[week]);
}

/* Weeks without a value interrupt it. */
static void draw_band(cairo_t *cr, const struct difference *d, const struct chart_pair *pair, const struct axis *y,
                      struct colour colour)
{
    const size_t count = d->frame.data->week_count;
    style_source(cr, colour, STYLE_BAND_OUTER * 1.3);
    for (size_t from = 0; from < count;) {
        size_t to = from;
        while (to < count && isfinite(pair->week_lo[to]) && isfinite(pair->week_hi[to]))
            to++;
        for (size_t w = from; w < to; w++)
            if ((w - from) % d->stride == 0 || w + 1 == to)
                cairo_line_to(cr, x_at(d, w), axis_at(y, pair->week_hi[w]));
        for (size_t w = to; w-- > from;)
            if ((w - from) % d->stride == 0 || w + 1 == to)
                cairo_line_to(cr, x_at(d, w), axis_at(y, pair->week_lo[w]));
        cairo_close_path(cr);
        cairo_fill(cr);
        from = to + 1;
    }
}

static void draw_line(cairo_t *cr, const struct difference *d, const struct chart_pair *pair, const struct axis *y,
                      size_t i)
{
    style_source(cr, style_series(i), 1);
    cairo_set_line_width(cr, STYLE_LINE_MAIN);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    style_dash(cr, i, STYLE_LINE_MAIN);
    int drawing = 0;
    for (size_t w = 0; w < d->frame.data->week_count; w += d->stride) {
        if (!isfinite(pair->week_mean[w])) {
            drawing = 0;
            continue;
        }
        if (drawing)
            cairo_line_to(cr, x_at(d, w), axis_at(y, pair->week_mean[w]));
        else
            cairo_move_to(cr, x_at(d, w), axis_at(y, pair->week_mean[w]));
        drawing = 1;
    }
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_panel(cairo_t *cr, const struct difference *d, size_t panel, double top, double bottom)
{
    const struct column *column = &d->frame.data->columns[pair_at(d, 0, panel)->column];
    struct axis y;
    label_draw(cr, &(struct label){.string = column->name,
                                   .x = d->left,
                                   .y = top,
                                   .size = STYLE_SIZE_HEAD,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = d->right - d->left});
    top += HEAD;
    value_axis(d, panel, top, bottom, &y);
    axis_draw_grid(cr, &d->time, top, bottom);
    axis_draw_values(cr, &y, d->left, d->right);
    style_source(cr, style_ink, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    cairo_move_to(cr, d->left, axis_at(&y, 0));
    cairo_line_to(cr, d->right, axis_at(&y, 0));
    cairo_stroke(cr);
    for (size_t i = 0; i < d->lines && d->banded; i++)
        draw_band(cr, d, pair_at(d, i, panel), &y, style_series(i));
    for (size_t i = 0; i < d->lines; i++)
        draw_line(cr, d, pair_at(d, i, panel), &y, i);
    axis_title_up(cr, STYLE_MARGIN, top, bottom, "difference");
}

static double panels_height(const struct difference *d)
{
    const double panel = d->panels == 1 ? PANEL_ALONE : PANEL, panels = (double)d->panels;
    return panels * (HEAD + panel) + (panels - 1) * GAP + AXIS_HEIGHT;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct difference d;
    (void)options;
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (!data->comparison || data->comparison->pair_count == 0)
        return;
    cairo_t *cr = label_measuring_context();
    open_difference(&d, data, *width);
    *height = frame_around(cr, &d.frame, *width, 0, 0) + panels_height(&d);
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct difference d;
    (void)options;
    if (!data->comparison || data->comparison->pair_count == 0)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "differences are of a comparison; `ebb compare` makes one");
    open_difference(&d, data, width);
    frame_around(cr, &d.frame, width, height, 1);
    double y = d.frame.top;
    const double panel = HEAD + (d.panels == 1 ? PANEL_ALONE : PANEL);
    for (size_t p = 0; p < d.panels; p++) {
        draw_panel(cr, &d, p, y, y + panel);
        y += panel + GAP;
    }
    y -= GAP;
    axis_draw_time(cr, &d.time, y);
    axis_title_time(cr, &d.time, y + 14, d.years);
    return STATUS_OK;
}

const struct chart difference_chart = {
    .name = "difference",
    .meaning = "paired differences between scenarios over time",
    .takes = "columns",
    .of_comparison = 1,
    .size = size,
    .draw = draw,
};
