/* panel.c: see panel.h. */
#include "panel.h"

#include "frame.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPAN_LEAST 0.1 /* of a 0-1 axis: noise is not blown up */
#define LABEL_GAP 10.5 /* between the ends of overlaid lines */

static double x_at(const struct series *s, size_t week)
{
    return axis_at(&s->time, (double)s->data->weeks[week]);
}

/* Next run of weeks [*from, *to) in which values are defined, from *to on. */
static int next_stretch(const double *values, size_t n, size_t *from, size_t *to)
{
    size_t at = *to;
    while (at < n && isnan(values[at]))
        at++;
    *from = at;
    while (at < n && !isnan(values[at]))
        at++;
    *to = at;
    return *from < *to;
}

/* A stretch of one week has no width of its own. */
static void draw_band(cairo_t *cr, const struct series *s, const struct axis *y, const double *lo, const double *hi)
{
    const size_t stride = s->stride ? s->stride : 1;
    size_t from, to = 0;
    while (next_stretch(lo, s->data->week_count, &from, &to)) {
        double widen = to - from == 1 ? 2 : 0;
        for (size_t w = from; w < to; w += stride)
            cairo_line_to(cr, x_at(s, w) - widen, axis_at(y, hi[w]));
        cairo_line_to(cr, x_at(s, to - 1) + widen, axis_at(y, hi[to - 1]));
        cairo_line_to(cr, x_at(s, to - 1) + widen, axis_at(y, lo[to - 1]));
        for (size_t w = to; w-- > from;)
            if ((w - from) % stride == 0)
                cairo_line_to(cr, x_at(s, w) - widen, axis_at(y, lo[w]));
        cairo_close_path(cr);
        cairo_fill(cr);
    }
}

static void draw_line(cairo_t *cr, const struct series *s, const struct axis *y, const double *values)
{
    size_t from, to = 0;
    while (next_stretch(values, s->data->week_count, &from, &to)) {
        if (to - from == 1) {
            cairo_save(cr);
            cairo_arc(cr, x_at(s, from), axis_at(y, values[from]), 1.2 * cairo_get_line_width(cr), 0, 2 * M_PI);
            cairo_fill(cr);
            cairo_restore(cr);
            continue;
        }
        for (size_t w = from; w < to; w += s->stride)
            cairo_line_to(cr, x_at(s, w), axis_at(y, values[w]));
        cairo_line_to(cr, x_at(s, to - 1), axis_at(y, values[to - 1]));
        cairo_stroke(cr);
    }
}

/* Spread evenly over the paths, so that they come from different runs. */
static size_t single_path(const struct series *s, size_t i)
{
    return i * s->data->path_count / s->singles;
}

static enum status draw_singles(cairo_t *cr, const struct series *s, const struct axis *y, size_t i,
                                struct faults *faults)
{
    const size_t weeks = s->data->week_count;
    double *values = malloc(weeks * sizeof *values);
    if (!values)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw %zu weeks", weeks);
    cairo_set_line_width(cr, STYLE_LINE_SINGLE);
    cairo_set_dash(cr, NULL, 0, 0);
    style_source(cr, style_mix(style_series(s->choice.look[i]), style_ink, 0.35), 0.8);
    for (size_t k = 0; k < s->singles; k++) {
        for (size_t w = 0; w < weeks; w++)
            values[w] = chart_value(s->data, single_path(s, k), w, s->choice.column[i]);
        draw_line(cr, s, y, values);
    }
    free(values);
    return STATUS_OK;
}

enum layer { LAYER_OUTER, LAYER_INNER, LAYER_SINGLES, LAYER_MEDIAN, LAYER_COUNT };

static enum status draw_layer(cairo_t *cr, const struct series *s, const struct axis *y, size_t i, enum layer layer,
                              struct faults *faults)
{
    const struct bands *bands = &s->bands[i];
    const double paler = s->overlaid ? 0.6 : 1; /* where bands lie over each other */
    const int banded = s->kind != BANDS_NONE && !s->bare;
    switch (layer) {
    case LAYER_OUTER:
        style_source(cr, style_series(s->choice.look[i]), STYLE_BAND_OUTER * paler);
        if (banded)
            draw_band(cr, s, y, bands->outer_lo, bands->outer_hi);
        break;
    case LAYER_INNER:
        style_source(cr, style_series(s->choice.look[i]), STYLE_BAND_INNER * paler);
        if (banded && s->kind != BANDS_RANGE)
            draw_band(cr, s, y, bands->inner_lo, bands->inner_hi);
        break;
    case LAYER_SINGLES:
        return s->singles ? draw_singles(cr, s, y, i, faults) : STATUS_OK;
    case LAYER_MEDIAN:
    case LAYER_COUNT:
        style_source(cr, style_series(s->choice.look[i]), 1);
        cairo_set_line_width(cr, STYLE_LINE_MAIN);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        style_dash(cr, s->overlaid ? s->choice.look[i] : 0, STYLE_LINE_MAIN);
        draw_line(cr, s, y, bands->median);
        cairo_set_dash(cr, NULL, 0, 0);
        break;
    }
    return STATUS_OK;
}

/* Layer by layer, so that no column's band hides another's median. */
static enum status draw_columns(cairo_t *cr, const struct series *s, const struct axis *y, size_t panel,
                                struct faults *faults)
{
    enum status status = STATUS_OK;
    for (int layer = 0; layer < LAYER_COUNT; layer++)
        for (size_t i = 0; i < s->choice.count && status == STATUS_OK; i++)
            if (s->choice.panel[i] == panel)
                status = draw_layer(cr, s, y, i, (enum layer)layer, faults);
    return status;
}

/* Values of the drawn columns and single runs of a panel; bounds where all its columns have them. */
static void value_axis(const struct series *s, size_t panel, double top, double bottom, struct axis *y)
{
    double lo = NAN, hi = NAN, least = NAN, most = NAN;
    for (size_t i = 0; i < s->choice.count; i++) {
        if (s->choice.panel[i] != panel)
            continue;
        const struct column *column = &s->data->columns[s->choice.column[i]];
        lo = fmin(lo, s->bands[i].lo);
        hi = fmax(hi, s->bands[i].hi);
        least = isfinite(column->lo) ? fmin(least, column->lo) : least;
        most = isfinite(column->hi) ? fmax(most, column->hi) : most;
        for (size_t k = 0; k < s->singles; k++)
            for (size_t w = 0; w < s->data->week_count; w++) {
                double value = chart_value(s->data, single_path(s, k), w, s->choice.column[i]);
                lo = isfinite(value) ? fmin(lo, value) : lo;
                hi = isfinite(value) ? fmax(hi, value) : hi;
            }
    }
    if (least == 0 && most == 1 && hi - lo < SPAN_LEAST) {
        double middle = fmin(fmax((lo + hi) / 2, SPAN_LEAST / 2), 1 - SPAN_LEAST / 2);
        lo = middle - SPAN_LEAST / 2;
        hi = middle + SPAN_LEAST / 2;
    }
    y->from = bottom;
    y->to = top;
    axis_values(y, lo, hi, (int)((bottom - top) / 20), least, most);
}

static void panel_head(cairo_t *cr, const struct series *s, size_t panel, double top, double width)
{
    double x = s->left, right = width - STYLE_MARGIN;
    for (size_t i = 0; i < s->choice.count; i++) {
        if (s->choice.panel[i] != panel)
            continue;
        const struct column *column = &s->data->columns[s->choice.column[i]];
        if (x + 20 > right)
            break;
        struct label name = {.string = column->name,
                             .x = x,
                             .y = top,
                             .size = STYLE_SIZE_HEAD,
                             .bold = 1,
                             .colour = style_mix(style_series(s->choice.look[i]), style_ink, 0.25),
                             .width = right - x};
        x += label_draw(cr, &name).width + 6;
        if (s->overlaid || !column->meaning || x + 20 > right)
            continue;
        label_draw(cr, &(struct label){.string = column->meaning,
                                       .x = x,
                                       .y = top + 1.2,
                                       .size = STYLE_SIZE_SMALL,
                                       .colour = style_grey,
                                       .width = right - x});
    }
}

struct end_label {
    size_t i; /* which chosen column */
    double wanted, y, line_end;
};

static int by_height(const void *a, const void *b)
{
    const struct end_label *p = a, *q = b;
    return p->wanted < q->wanted ? -1 : p->wanted > q->wanted ? 1 : (p->i > q->i) - (p->i < q->i);
}

/* Apart by `gap`, as near as may be to where they want to be, inside [top, bottom]. */
static void spread_labels(struct end_label *labels, size_t count, double gap, double top, double bottom)
{
    for (size_t i = 0; i < count; i++) {
        labels[i].y = fmax(labels[i].wanted, top);
        if (i && labels[i].y < labels[i - 1].y + gap)
            labels[i].y = labels[i - 1].y + gap;
    }
    for (size_t i = count; i-- > 0;) {
        double limit = i + 1 == count ? bottom : labels[i + 1].y - gap;
        labels[i].y = fmin(labels[i].y, limit);
    }
}

static void draw_end_label(cairo_t *cr, const struct series *s, const struct end_label *label, double width)
{
    const struct bands *bands = &s->bands[label->i];
    size_t last = bands->week_count;
    while (last > 0 && isnan(bands->median[last - 1]))
        last--;
    char words[160];
    double value = bands->median[last - 1];
    snprintf(words, sizeof words, "%s%s%.*f", s->overlaid ? s->data->columns[s->choice.column[label->i]].name : "",
             s->overlaid ? " " : "", fabs(value) < 10 ? 2 : 0, value);
    struct colour colour = style_series(s->choice.look[label->i]);
    double from = s->right + 3, x = s->right + (s->overlaid ? 10 : 5);
    if (s->overlaid) {
        style_source(cr, colour, 0.8);
        cairo_set_line_width(cr, STYLE_LINE_AXIS);
        cairo_move_to(cr, from, label->wanted);
        cairo_line_to(cr, x - 1, label->y);
        cairo_stroke(cr);
    }
    label_draw(cr, &(struct label){.string = words,
                                   .x = x,
                                   .y = label->y,
                                   .at = LABEL_MIDDLE,
                                   .size = STYLE_SIZE_BASE,
                                   .bold = 1,
                                   .colour = style_mix(colour, style_ink, 0.25),
                                   .width = width - 2 - x});
}

static void draw_end_labels(cairo_t *cr, const struct series *s, size_t panel, const struct axis *y, double width)
{
    struct end_label labels[CHOOSE_MAX] = {{0}};
    size_t count = 0;
    for (size_t i = 0; i < s->choice.count; i++) {
        const struct bands *bands = &s->bands[i];
        size_t last = bands->week_count;
        while (last > 0 && isnan(bands->median[last - 1]))
            last--;
        if (s->choice.panel[i] == panel && last > 0)
            labels[count++] = (struct end_label){.i = i, .wanted = axis_at(y, bands->median[last - 1])};
    }
    qsort(labels, count, sizeof *labels, by_height);
    double gap = fmin(LABEL_GAP, count > 1 ? (y->from - y->to) / (double)(count - 1) : LABEL_GAP);
    spread_labels(labels, count, gap, y->to, y->from);
    for (size_t i = 0; i < count; i++)
        draw_end_label(cr, s, &labels[i], width);
}

enum status panel_draw(cairo_t *cr, const struct series *s, size_t panel, double top, double bottom, double width,
                       struct faults *faults)
{
    struct axis y;
    int defined = 0;
    const struct column *column = s->data->columns; /* of the panel: all have one unit */
    panel_head(cr, s, panel, top, width);
    top += PANEL_HEAD;
    value_axis(s, panel, top, bottom, &y);
    lanes_shade(cr, &s->lanes, top, bottom);
    axis_draw_grid(cr, &s->time, top, bottom);
    axis_draw_values(cr, &y, s->left, s->right);
    cairo_save(cr);
    cairo_rectangle(cr, s->left - 3, top - 1, s->right - s->left + 6, bottom - top + 2);
    cairo_clip(cr);
    enum status status = draw_columns(cr, s, &y, panel, faults);
    cairo_restore(cr);
    for (size_t i = 0; i < s->choice.count; i++)
        if (s->choice.panel[i] == panel) {
            column = &s->data->columns[s->choice.column[i]];
            defined |= isfinite(s->bands[i].lo);
        }
    if (!defined)
        label_absent(cr, "undefined in every week", (s->left + s->right) / 2, (top + bottom) / 2);
    draw_end_labels(cr, s, panel, &y, width);
    axis_title_up(cr, STYLE_MARGIN, top, bottom, frame_unit(column));
    return status;
}
