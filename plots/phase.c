/* phase.c: columns against each other, pair by pair, the path of the median through time. */
#include "charts.h"
#include "kit/choose.h"
#include "kit/frame.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANELS_MAX 6
#define ACROSS 3
#define LEFT 30.0 /* value labels of a panel */
#define FOOT 27.0
#define GAP 14.0
#define SINGLES 3
#define MARKS 6 /* moments with their spread */

struct phase {
    struct frame frame;
    struct choice choice;
    struct bands *bands;
    double *smooth; /* medians, [column][week] */
    size_t panels, singles;
    struct axis time;
};

static void key_ramp(cairo_t *cr, const struct key_item *item, double x, double y)
{
    for (int i = 0; i < 24; i++) {
        const struct colour c = style_ramp(0.08 + 0.92 * i / 23.0);
        style_source(cr, c, 1);
        cairo_rectangle(cr, x + i * item->width / 24, y - 2, item->width / 24 + 0.3, 4);
        cairo_fill(cr);
    }
}

static void key_spread(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_width(cr, 0.8);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + item->width, y);
    cairo_move_to(cr, x + item->width / 2, y - 4);
    cairo_line_to(cr, x + item->width / 2, y + 4);
    cairo_stroke(cr);
}

static void key_start(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, style_white, 1);
    cairo_arc(cr, x + item->width / 2, y, 2.8, 0, 2 * M_PI);
    cairo_fill_preserve(cr);
    style_source(cr, style_ink, 1);
    cairo_set_line_width(cr, 1);
    cairo_stroke(cr);
}

static void make_key(struct phase *p)
{
    const struct chart_data *data = p->frame.data;
    const char *whom = frame_whom(data);
    char first[64], last[64];
    const int64_t from = data->weeks[0], to = data->weeks[data->week_count - 1];
    const int years = axis_in_years(to - from, data->weeks_per_year);
    axis_moment(from, data->weeks_per_year, years, first, sizeof first);
    axis_moment(to, data->weeks_per_year, years, last, sizeof last);
    struct key_item *item = frame_key(&p->frame, KEY_OWN, style_ink, "%s%s, %s (light) to %s (dark)",
                                      data->path_count > 1 ? "median of " : "the run itself",
                                      data->path_count > 1 ? whom : "", first, last);
    item->own = key_ramp;
    item->width = 44;
    item = frame_key(&p->frame, KEY_OWN, style_ink, "start; arrows show the way");
    item->own = key_start;
    item->width = 7;
    if (bands_kind(data->path_count) >= BANDS_QUARTILES) {
        item = frame_key(&p->frame, KEY_OWN, style_grey, "middle 50 %% of %s, each way", whom);
        item->own = key_spread;
        item->width = 9;
    }
    if (p->singles)
        frame_key(&p->frame, KEY_THIN, style_grey, "%zu single %s", p->singles, whom);
    frame_note(&p->frame, "Paths are averaged over a quarter of a year. A school year has %d weeks.",
               data->weeks_per_year);
}

/* A mean over a quarter of a year around each week; NAN where nothing is defined. */
static void smooth(const struct chart_data *data, const double *from, size_t stride, double *to)
{
    const int64_t reach = data->weeks_per_year / 8;
    size_t lo = 0, hi = 0;
    for (size_t w = 0; w < data->week_count; w++) {
        double sum = 0;
        size_t n = 0;
        while (data->weeks[lo] < data->weeks[w] - reach)
            lo++;
        while (hi < data->week_count && data->weeks[hi] <= data->weeks[w] + reach)
            hi++;
        for (size_t k = lo; k < hi; k++)
            if (isfinite(from[k * stride])) {
                sum += from[k * stride];
                n++;
            }
        to[w] = n ? sum / (double)n : (double)NAN;
    }
}

static void phase_close(struct phase *p)
{
    for (size_t i = 0; p->bands && i < p->choice.count; i++)
        bands_free(&p->bands[i]);
    free(p->bands);
    free(p->smooth);
}

static enum status phase_open(struct phase *p, double width, const struct chart_data *data,
                              const struct chart_options *options, struct faults *faults)
{
    *p = (struct phase){.panels = 0};
    const enum status status = choose_columns(data, options, &p->choice, faults);
    if (status != STATUS_OK)
        return status;
    if (p->choice.count < 2)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "a phase portrait needs two columns or more");
    const size_t most = PANELS_MAX;
    p->panels = p->choice.count == 2 ? 1 : p->choice.count < most ? p->choice.count : most;
    frame_open(&p->frame, data, width);
    p->bands = calloc(p->choice.count, sizeof *p->bands);
    p->smooth = malloc((p->choice.count + 2) * data->week_count * sizeof *p->smooth); /* two more for a single run */
    int failed = !p->bands || !p->smooth;
    for (size_t i = 0; !failed && i < p->choice.count; i++) {
        failed = bands_of(data, p->choice.column[i], &p->bands[i]);
        if (!failed)
            smooth(data, p->bands[i].median, 1, p->smooth + i * data->week_count);
    }
    if (failed) {
        phase_close(p);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw %zu runs", data->path_count);
    }
    p->singles = data->path_count < 2 ? 0 : data->path_count < SINGLES ? data->path_count : SINGLES;
    if (options->singles >= 0 && data->path_count > 1)
        p->singles = (size_t)options->singles < data->path_count ? (size_t)options->singles : data->path_count;
    make_key(p);
    return STATUS_OK;
}

static double panel_side(const struct phase *p)
{
    return (p->frame.right - p->frame.left - (ACROSS - 1) * GAP) / ACROSS - LEFT;
}

static size_t x_of(size_t panel)
{
    return panel;
}

static size_t y_of(const struct phase *p, size_t panel)
{
    return (panel + 1) % p->choice.count;
}

/* Bounds of a column's paths and of the spread at the marks. */
static void bounds(const struct phase *p, size_t i, double *lo, double *hi)
{
    const struct chart_data *data = p->frame.data;
    double *own = p->smooth + p->choice.count * data->week_count;
    *lo = *hi = NAN;
    for (size_t w = 0; w < data->week_count; w++) {
        *lo = fmin(fmin(*lo, p->smooth[i * data->week_count + w]), p->bands[i].inner_lo[w]);
        *hi = fmax(fmax(*hi, p->smooth[i * data->week_count + w]), p->bands[i].inner_hi[w]);
    }
    for (size_t k = 0; k < p->singles; k++) {
        smooth(data, data->values + k * data->week_count * data->column_count + p->choice.column[i], data->column_count,
               own);
        for (size_t w = 0; w < data->week_count; w++) {
            *lo = fmin(*lo, own[w]);
            *hi = fmax(*hi, own[w]);
        }
    }
}

static void draw_singles(cairo_t *cr, const struct phase *p, size_t panel, const struct axis *x, const struct axis *y)
{
    const struct chart_data *data = p->frame.data;
    double *along = p->smooth + p->choice.count * data->week_count, *up = along + data->week_count;
    style_source(cr, style_grey, 0.55);
    cairo_set_line_width(cr, STYLE_LINE_SINGLE);
    for (size_t k = 0; k < p->singles; k++) {
        const double *path = data->values + k * data->week_count * data->column_count;
        smooth(data, path + p->choice.column[x_of(panel)], data->column_count, along);
        smooth(data, path + p->choice.column[y_of(p, panel)], data->column_count, up);
        for (size_t w = 0; w < data->week_count; w++)
            if (isfinite(along[w]) && isfinite(up[w]))
                cairo_line_to(cr, axis_at(x, along[w]), axis_at(y, up[w]));
        cairo_stroke(cr);
    }
}

static size_t mark_week(const struct chart_data *data, size_t mark)
{
    return mark * (data->week_count - 1) / MARKS;
}

static void draw_spread(cairo_t *cr, const struct phase *p, size_t panel, const struct axis *x, const struct axis *y)
{
    const struct bands *bx = &p->bands[x_of(panel)], *by = &p->bands[y_of(p, panel)];
    const double *along = p->smooth + x_of(panel) * p->frame.data->week_count;
    const double *up = p->smooth + y_of(p, panel) * p->frame.data->week_count;
    style_source(cr, style_grey, 0.8);
    cairo_set_line_width(cr, 0.8);
    for (size_t m = 0; m <= MARKS; m++) {
        const size_t w = mark_week(p->frame.data, m);
        if (!isfinite(along[w]) || !isfinite(up[w]) || !isfinite(bx->inner_lo[w]) || !isfinite(by->inner_lo[w]))
            continue;
        cairo_move_to(cr, axis_at(x, bx->inner_lo[w]), axis_at(y, up[w]));
        cairo_line_to(cr, axis_at(x, bx->inner_hi[w]), axis_at(y, up[w]));
        cairo_move_to(cr, axis_at(x, along[w]), axis_at(y, by->inner_lo[w]));
        cairo_line_to(cr, axis_at(x, along[w]), axis_at(y, by->inner_hi[w]));
        cairo_stroke(cr);
    }
}

/* The median's path in the colours of time, with an arrow between the marks. */
static void draw_path(cairo_t *cr, const struct phase *p, size_t panel, const struct axis *x, const struct axis *y)
{
    const size_t n = p->frame.data->week_count;
    const double *along = p->smooth + x_of(panel) * n, *up = p->smooth + y_of(p, panel) * n;
    cairo_set_line_width(cr, 1.8);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    for (size_t w = 1; w < n; w++) {
        if (!isfinite(along[w]) || !isfinite(up[w]) || !isfinite(along[w - 1]) || !isfinite(up[w - 1]))
            continue;
        style_source(cr, style_ramp(0.08 + 0.92 * (double)w / (double)n), 1);
        cairo_move_to(cr, axis_at(x, along[w - 1]), axis_at(y, up[w - 1]));
        cairo_line_to(cr, axis_at(x, along[w]), axis_at(y, up[w]));
        cairo_stroke(cr);
    }
    for (size_t m = 1; m <= MARKS; m++) {
        const size_t w = mark_week(p->frame.data, m), before = w - (w - mark_week(p->frame.data, m - 1) + 2) / 3;
        if (w == before || !isfinite(along[w]) || !isfinite(up[w]))
            continue;
        style_source(cr, m == MARKS ? style_ink : style_ramp(0.08 + 0.92 * (double)w / (double)n), 1);
        frame_arrow_head(cr, axis_at(x, along[w]), axis_at(y, up[w]), axis_at(x, along[w]) - axis_at(x, along[before]),
                         axis_at(y, up[w]) - axis_at(y, up[before]), 7);
    }
    if (isfinite(along[0]) && isfinite(up[0]))
        key_start(cr, &(struct key_item){.width = 0}, axis_at(x, along[0]), axis_at(y, up[0]));
}

static void draw_panel(cairo_t *cr, const struct phase *p, size_t panel, double left, double top)
{
    const struct chart_data *data = p->frame.data;
    const struct column *cx = &data->columns[p->choice.column[x_of(panel)]];
    const struct column *cy = &data->columns[p->choice.column[y_of(p, panel)]];
    struct axis x = {.from = left + LEFT, .to = left + LEFT + panel_side(p)};
    struct axis y = {.from = top + panel_side(p), .to = top};
    double lo, hi;
    bounds(p, x_of(panel), &lo, &hi);
    axis_values(&x, lo, hi, 4, cx->lo, cx->hi);
    bounds(p, y_of(p, panel), &lo, &hi);
    axis_values(&y, lo, hi, 5, cy->lo, cy->hi);
    axis_draw_grid(cr, &x, y.to, y.from);
    axis_draw_values(cr, &y, x.from, x.to);
    axis_draw_time(cr, &x, y.from);
    cairo_save(cr);
    cairo_rectangle(cr, x.from - 4, y.to - 4, x.to - x.from + 8, y.from - y.to + 8);
    cairo_clip(cr);
    draw_singles(cr, p, panel, &x, &y);
    if (bands_kind(data->path_count) >= BANDS_QUARTILES)
        draw_spread(cr, p, panel, &x, &y);
    draw_path(cr, p, panel, &x, &y);
    cairo_restore(cr);
    label_draw(cr, &(struct label){.string = cx->name,
                                   .x = (x.from + x.to) / 2,
                                   .y = y.from + 14,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .bold = 1,
                                   .colour = style_mix(style_series(p->choice.look[x_of(panel)]), style_ink, 0.25),
                                   .width = panel_side(p)});
    label_draw(cr, &(struct label){.string = cy->name,
                                   .x = left - 1,
                                   .y = (y.from + y.to) / 2,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .bold = 1,
                                   .colour = style_mix(style_series(p->choice.look[y_of(p, panel)]), style_ink, 0.25),
                                   .width = panel_side(p),
                                   .upwards = 1});
}

static double rows_height(const struct phase *p)
{
    return ceil((double)p->panels / ACROSS) * (panel_side(p) + FOOT + 6);
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct phase p;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2;
    if (phase_open(&p, *width, data, options, NULL) == STATUS_OK) {
        *height = frame_around(cr, &p.frame, *width, 0, 0) + rows_height(&p) + 4;
        phase_close(&p);
    }
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct phase p;
    const enum status status = phase_open(&p, width, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &p.frame, width, height, 1);
    for (size_t i = 0; i < p.panels; i++) {
        const size_t row = i / ACROSS;
        draw_panel(cr, &p, i, p.frame.left + (double)(i % ACROSS) * (panel_side(&p) + LEFT + GAP),
                   p.frame.top + 4 + (double)row * (panel_side(&p) + FOOT + 6));
    }
    phase_close(&p);
    return STATUS_OK;
}

const struct chart phase_chart = {
    .name = "phase",
    .meaning = "capacities against each other, pair by pair: the way of the median through time",
    .takes = "columns of singles run school",
    .asked = 1,
    .size = size,
    .draw = draw,
};
