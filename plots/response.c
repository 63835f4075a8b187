/* response.c: a measure against the settings of a sweep. One setting: the mean with its interval over the spread of the
 * runs. Two on a grid: a line for each value of the second. More, or drawn: every point's mean against each setting. */
#include "charts.h"
#include "kit/frame.h"
#include "kit/points.h"
#include "kit/target.h"
#include "kit/tiles.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MAX 6
#define ACROSS 3
#define GAP 14.0
#define LEFT 40.0
#define HEAD 15.0
#define FOOT 27.0
#define NAME_WIDTH 48.0 /* of the lines' names, at most */
#define LEVELS_NAMED 12
#define APART 2.2        /* lines, so that their intervals can be told */
#define QUARTILES_FROM 5 /* runs; below there are no quartiles, below twenty no outer twentieth */
#define TWENTIETHS_FROM 20
#define TARGET_DASH ((double[]){3, 2})

enum form { FORM_BAND, FORM_LINES, FORM_CLOUD };

struct response {
    const struct chart_data *data;
    struct choice choice;
    enum form form;
    size_t n; /* most runs of a point */
    struct targets targets;
    struct tiles tiles;
    size_t panels;
    double right; /* room for names */
    struct frame frame;
};

struct panel {
    struct axis x, y;
    double left, right, top, bottom;
    size_t column, axis;
};

static enum form form_of(const struct chart_points *p)
{
    if (p->axis_count == 1)
        return FORM_BAND;
    const int grid = p->axis_count == 2 && p->axes[0].level_count * p->axes[1].level_count == p->count;
    return grid && p->axes[1].level_count <= LINES_MAX && p->axes[0].level_count > 1 ? FORM_LINES : FORM_CLOUD;
}

static void own_target(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS * 1.6);
    cairo_set_dash(cr, TARGET_DASH, 2, 0);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + item->width, y);
    cairo_stroke(cr);
}

/* Intervals of few runs can reach beyond what a measure can be. */
static int is_cut(const struct response *r)
{
    for (size_t i = 0; i < r->choice.count; i++) {
        const struct column *column = &r->data->columns[r->choice.column[i]];
        for (size_t p = 0; p < r->data->points->count; p++) {
            const struct chart_spread *s = points_at(r->data, p, r->choice.column[i]);
            if (s->lo < column->lo || s->hi > column->hi)
                return 1;
        }
    }
    return 0;
}

static void make_notes(struct response *r)
{
    char n[64], when[64];
    struct frame *f = &r->frame;
    points_n(r->data, r->choice.column[0], n, sizeof n);
    axis_moment(r->data->points->week, r->data->weeks_per_year,
                axis_in_years(r->data->points->week, r->data->weeks_per_year), when, sizeof when);
    for (size_t i = 0; i < r->targets.count; i++)
        frame_own(f, own_target, 0, style_ink, "target: %.60s = %g", r->data->columns[r->targets.column[i]].name,
                  r->targets.value[i]);
    frame_note(f, "Dot: mean over the runs of a point in %s; bar: its 95 %% interval (Student's t).", when);
    if (is_cut(r))
        frame_note(f, "Bars end where the measure does.");
    if (r->form == FORM_BAND && r->n >= TWENTIETHS_FROM)
        frame_note(f, "Bands: middle 50 %% and 90 %% of runs.");
    else if (r->form == FORM_BAND && r->n >= QUARTILES_FROM)
        frame_note(f, "Band: middle 50 %% of runs.");
    else if (r->form == FORM_LINES)
        frame_note(f, "Lines: %.120s; they stand a little apart.", r->data->points->axes[1].name);
    else if (r->form == FORM_CLOUD)
        frame_note(f, "The other settings vary from dot to dot.");
    frame_note(f, "%s; all points share their luck.", n);
}

static double widest_name(const struct chart_axis *axis)
{
    cairo_t *cr = label_measuring_context();
    double widest = 0;
    for (size_t i = 0; i < axis->level_count; i++) {
        const struct label name = {.string = axis->label[i], .size = STYLE_SIZE_BASE, .bold = 1, .width = NAME_WIDTH};
        widest = fmax(widest, label_measure(cr, &name).width);
    }
    cairo_destroy(cr);
    return widest;
}

static enum status response_open(struct response *r, const struct chart_data *data, const struct chart_options *options,
                                 struct faults *faults)
{
    *r = (struct response){.data = data, .form = form_of(data->points)};
    const enum status status = targets_choose(data, options, &r->choice, &r->targets, faults);
    if (status != STATUS_OK)
        return status;
    for (size_t p = 0; p < data->points->count; p++) {
        const size_t n = points_at(data, p, r->choice.column[0])->n;
        r->n = n > r->n ? n : r->n;
    }
    const size_t axes = r->form == FORM_CLOUD ? data->points->axis_count : 1;
    r->panels = r->choice.count * axes;
    r->tiles = tiles_of(r->choice.count, axes, ACROSS);
    r->right = r->form == FORM_LINES ? widest_name(&data->points->axes[1]) + 10 : 4;
    frame_begin(&r->frame, data, STYLE_WIDTH);
    make_notes(r);
    return STATUS_OK;
}

/* ---- one panel ---- */

static double x_of(const struct panel *f, const struct chart_axis *axis, size_t level)
{
    const double value = axis->level[level];
    return axis_at(&f->x, axis->log ? log10(value) : value);
}

static void scale_y(struct panel *f, const struct response *r)
{
    const struct column *column = &r->data->columns[f->column];
    double lo = (double)INFINITY, hi = -(double)INFINITY;
    for (size_t p = 0; p < r->data->points->count; p++) {
        const struct chart_spread *s = points_at(r->data, p, f->column);
        const int band = r->form == FORM_BAND && r->n >= QUARTILES_FROM, full = r->n >= TWENTIETHS_FROM;
        lo = fmin(fmin(lo, s->mean), fmin(fmax(s->lo, column->lo), band ? full ? s->q05 : s->q25 : (double)NAN));
        hi = fmax(fmax(hi, s->mean), fmax(fmin(s->hi, column->hi), band ? full ? s->q95 : s->q75 : (double)NAN));
    }
    lo = fmin(lo, target_of(&r->targets, f->column));
    hi = fmax(hi, target_of(&r->targets, f->column));
    f->y.from = f->bottom;
    f->y.to = f->top;
    axis_values(&f->y, lo, hi, 5, fmin(column->lo, lo), fmax(column->hi, hi));
}

/* Too many values to name each: round ones are named instead. */
static int is_range(const struct chart_axis *axis)
{
    return axis->level_count > LEVELS_NAMED && !axis->words && !axis->log;
}

static void scale_x(struct panel *f, const struct chart_axis *axis)
{
    const double lo = axis->level[0], hi = axis->level[axis->level_count - 1];
    f->x = (struct axis){.lo = axis->log ? log10(lo) : lo, .hi = axis->log ? log10(hi) : hi};
    if (!(f->x.lo < f->x.hi)) {
        f->x.lo -= 0.5;
        f->x.hi += 0.5;
    }
    if (is_range(axis))
        axis_values(&f->x, lo, hi, 6, lo, hi);
    f->x.from = f->left + 8;
    f->x.to = f->right - 8;
}

/* 1, 2 and 5 times the powers of ten, of a logarithmic range. */
static void draw_log(cairo_t *cr, struct panel *f, const struct chart_axis *axis)
{
    static const double steps[] = {1, 2, 5};
    const double lo = axis->level[0] * (1 - 1e-9), hi = axis->level[axis->level_count - 1] * (1 + 1e-9);
    f->x.tick_count = 0;
    for (int power = (int)floor(log10(lo)); power <= (int)floor(log10(hi)); power++) {
        const double ten = pow(10, power);
        for (size_t k = 0; k < 3 && f->x.tick_count < AXIS_TICKS_MAX; k++) {
            if (ten * steps[k] < lo || ten * steps[k] > hi || (k > 0 && hi > 1e3 * lo))
                continue;
            f->x.tick[f->x.tick_count] = log10(ten * steps[k]);
            snprintf(f->x.label[f->x.tick_count++], AXIS_LABEL_SIZE, "%g", ten * steps[k]);
        }
    }
    axis_draw_time(cr, &f->x, f->bottom);
}

/* A few of the values that were visited, without touching. */
static void draw_levels(cairo_t *cr, const struct panel *f, const struct chart_axis *axis)
{
    double free_from = f->left - 20;
    const double step = (f->x.to - f->x.from) / (double)(axis->level_count > 1 ? axis->level_count - 1 : 1);
    for (size_t i = 0; i < axis->level_count; i++) {
        struct label label = {.string = axis->label[i],
                              .x = x_of(f, axis, i),
                              .y = f->bottom + 4,
                              .align = LABEL_CENTRE,
                              .size = STYLE_SIZE_SMALL,
                              .colour = style_grey,
                              .width = 60};
        if (axis->words)
            points_fit(cr, &label, fmin(step - 3, LEFT + 20));
        const double half = label_measure(cr, &label).width / 2;
        if (!axis->words && (label.x - half < free_from || label.x + half > f->right + 14))
            continue;
        label_draw(cr, &label);
        free_from = label.x + half + (axis->level_count > LEVELS_NAMED ? 24 : 4);
    }
}

static void draw_frame(cairo_t *cr, const struct response *r, struct panel *f, const struct chart_axis *axis)
{
    char text[POINTS_TITLE];
    axis_draw_values(cr, &f->y, f->left, f->right);
    if (is_range(axis))
        axis_draw_time(cr, &f->x, f->bottom);
    else if (axis->level_count > LEVELS_NAMED && axis->log && axis->level[0] > 0)
        draw_log(cr, f, axis);
    else
        draw_levels(cr, f, axis);
    points_axis_title(axis, text);
    if (is_range(axis) && strcmp(axis->unit, "weeks") == 0) /* its ticks do not say */
        snprintf(text, sizeof text, "%.120s (weeks)", axis->name);
    label_draw(cr, &(struct label){.string = text,
                                   .x = (f->left + f->right) / 2,
                                   .y = f->bottom + 14,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink,
                                   .width = f->right - f->left + LEFT});
    points_column_title(&r->data->columns[f->column], text);
    label_draw(cr, &(struct label){.string = text,
                                   .x = f->left,
                                   .y = f->top - HEAD,
                                   .size = STYLE_SIZE_HEAD,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = f->right - f->left + r->right});
}

/* The point of this level of the axis, and of the second one's `line`; NULL: none, or nothing finished. */
static const struct chart_spread *spread_of(const struct response *r, const struct panel *f, size_t level, size_t line)
{
    const struct chart_points *p = r->data->points;
    for (size_t i = 0; i < p->count; i++)
        if (points_level(r->data, i, 0) == level && (r->form == FORM_BAND || points_level(r->data, i, 1) == line)) {
            const struct chart_spread *s = points_at(r->data, i, f->column);
            return isnan(s->mean) ? NULL : s;
        }
    return NULL;
}

static void draw_band(cairo_t *cr, const struct response *r, const struct panel *f, int outer, struct colour colour)
{
    const struct chart_axis *axis = &r->data->points->axes[0];
    int begun = 0;
    for (size_t i = 0; i < 2 * axis->level_count; i++) {
        const size_t level = i < axis->level_count ? i : 2 * axis->level_count - 1 - i;
        const struct chart_spread *s = spread_of(r, f, level, 0);
        if (!s)
            continue;
        const double value = i < axis->level_count ? outer ? s->q05 : s->q25 : outer ? s->q95 : s->q75;
        (begun++ ? cairo_line_to : cairo_move_to)(cr, x_of(f, axis, level), axis_at(&f->y, value));
    }
    cairo_close_path(cr);
    style_source(cr, colour, outer ? STYLE_BAND_OUTER : STYLE_BAND_INNER);
    cairo_fill(cr);
}

static void draw_dot(cairo_t *cr, const struct panel *f, double x, const struct chart_spread *s, struct colour colour,
                     double radius)
{
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_width(cr, radius > 2 ? 1 : STYLE_LINE_SINGLE);
    style_source(cr, colour, radius > 2 ? 1 : 0.6);
    if (!isnan(s->lo)) {
        cairo_move_to(cr, x, axis_at(&f->y, fmax(s->lo, f->y.lo)));
        cairo_line_to(cr, x, axis_at(&f->y, fmin(s->hi, f->y.hi)));
        cairo_stroke(cr);
    }
    style_marker(cr, MARKER_CIRCLE, x, axis_at(&f->y, s->mean), radius);
    cairo_fill(cr);
}

static void draw_line(cairo_t *cr, const struct response *r, const struct panel *f, size_t line, size_t look)
{
    const struct chart_axis *axis = &r->data->points->axes[0];
    const size_t lines = r->form == FORM_LINES ? r->data->points->axes[1].level_count : 1;
    const double aside = ((double)line - (double)(lines - 1) / 2) * APART;
    const struct colour colour = style_series(look);
    cairo_set_line_width(cr, STYLE_LINE_MAIN);
    style_dash(cr, look, STYLE_LINE_MAIN);
    style_source(cr, colour, 1);
    for (size_t i = 0; i < axis->level_count && !axis->words; i++) {
        const struct chart_spread *s = spread_of(r, f, i, line);
        if (s)
            cairo_line_to(cr, x_of(f, axis, i) + aside, axis_at(&f->y, s->mean));
        else
            cairo_stroke(cr); /* a gap */
    }
    cairo_stroke(cr);
    for (size_t i = 0; i < axis->level_count; i++) {
        const struct chart_spread *s = spread_of(r, f, i, line);
        if (s)
            draw_dot(cr, f, x_of(f, axis, i) + aside, s, colour, 2.2);
    }
}

/* Names at the lines' right ends, moved apart from the top down. */
static void name_lines(cairo_t *cr, const struct response *r, const struct panel *f)
{
    const struct chart_axis *axes = r->data->points->axes;
    char named[LINES_MAX] = {0};
    double free_from = f->top - 9;
    for (size_t k = 0; k < axes[1].level_count; k++) {
        size_t next = LINES_MAX;
        double highest = (double)INFINITY;
        for (size_t line = 0; line < axes[1].level_count; line++) {
            const struct chart_spread *s = spread_of(r, f, axes[0].level_count - 1, line);
            const double y = s ? axis_at(&f->y, s->mean) : f->bottom;
            if (!named[line] && y < highest) {
                highest = y;
                next = line;
            }
        }
        if (next == LINES_MAX)
            break; /* the rest has no value at the right end */
        named[next] = 1;
        free_from = fmax(free_from + 9, highest);
        label_draw(cr, &(struct label){.string = axes[1].label[next],
                                       .x = f->right + 6,
                                       .y = free_from,
                                       .at = LABEL_MIDDLE,
                                       .size = STYLE_SIZE_BASE,
                                       .bold = 1,
                                       .colour = style_series(next),
                                       .width = NAME_WIDTH});
    }
}

static void draw_target(cairo_t *cr, const struct response *r, const struct panel *f)
{
    const double target = target_of(&r->targets, f->column);
    if (isnan(target))
        return;
    style_source(cr, style_ink, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS * 1.6);
    cairo_set_dash(cr, TARGET_DASH, 2, 0);
    cairo_move_to(cr, f->left, axis_at(&f->y, target));
    cairo_line_to(cr, f->right, axis_at(&f->y, target));
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_panel(cairo_t *cr, const struct response *r, struct panel *f, size_t look)
{
    const struct chart_axis *axis = &r->data->points->axes[f->axis];
    scale_x(f, axis);
    scale_y(f, r);
    draw_frame(cr, r, f, axis);
    draw_target(cr, r, f);
    if (r->form == FORM_BAND && !axis->words && r->n >= TWENTIETHS_FROM)
        draw_band(cr, r, f, 1, style_series(look));
    if (r->form == FORM_BAND && !axis->words && r->n >= QUARTILES_FROM)
        draw_band(cr, r, f, 0, style_series(look));
    if (r->form == FORM_BAND)
        draw_line(cr, r, f, 0, look);
    for (size_t line = 0; r->form == FORM_LINES && line < r->data->points->axes[1].level_count; line++)
        draw_line(cr, r, f, line, line);
    if (r->form == FORM_LINES)
        name_lines(cr, r, f);
    for (size_t p = 0; r->form == FORM_CLOUD && p < r->data->points->count; p++) {
        const struct chart_spread *s = points_at(r->data, p, f->column);
        if (!isnan(s->mean))
            draw_dot(cr, f, x_of(f, axis, points_level(r->data, p, f->axis)), s, style_series(look), 1.6);
    }
}

/* ---- the page ---- */

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct response r;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (response_open(&r, data, options, NULL) == STATUS_OK)
        *height = frame_around(cr, &r.frame, *width, 0, 0) +
                  (double)r.tiles.down * (HEAD + (r.tiles.across == 1 ? 190 : 120) + FOOT + GAP) - GAP;
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct response r;
    const enum status status = response_open(&r, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &r.frame, width, height, 1);
    const double down = (r.frame.bottom - r.frame.top + GAP) / (double)r.tiles.down;
    const double across = (width - 2 * STYLE_MARGIN + GAP) / (double)r.tiles.across;
    for (size_t i = 0; i < r.panels; i++) {
        const struct tile at = tiles_at(&r.tiles, i);
        struct panel f = {.column = r.choice.column[at.group], .axis = at.member};
        f.left = STYLE_MARGIN + across * (double)at.column + LEFT;
        f.right = STYLE_MARGIN + across * (double)(at.column + 1) - GAP - r.right;
        f.top = r.frame.top + down * (double)at.row + HEAD;
        f.bottom = r.frame.top + down * (double)(at.row + 1) - GAP - FOOT;
        draw_panel(cr, &r, &f, r.choice.look[at.group]);
    }
    return STATUS_OK;
}

const struct chart response_chart = {
    .name = "response",
    .meaning = "a measure against the settings of a sweep: mean, its interval, and the spread of runs",
    .takes = "columns of target weeks",
    .of_points = 1,
    .choose = targets_columns,
    .size = size,
    .draw = draw,
};
