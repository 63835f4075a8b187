/* forest.c: differences between scenarios with their intervals, a row a pair, a panel a measure. */
#include "charts.h"
#include "kit/axis.h"
#include "kit/pairs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ROW 13.0
#define HEAD 15.0
#define GAP 6.0
#define AXIS_HEIGHT 30.0
#define NAME_WIDTH 190.0
#define NUMBER_WIDTH 60.0 /* where names are too long: "12 − 3" */
#define NUMBERS_WIDTH 118.0
#define MARK 3.0
#define ROWS_ALL 36  /* of more pairs, those with the first scenario */
#define ROWS_MOST 60 /* a page and a half */

struct forest {
    struct frame frame;
    const struct chart_comparison *comparison;
    size_t panels, rows;    /* rows a panel */
    size_t pair[ROWS_MOST]; /* of each row */
    int numbered;           /* scenarios go by number: some name is too long */
    int shared;             /* one axis for all panels: their unit is the same */
    double left, right;     /* of the intervals */
};

/* value 1: filled, the pair differs; 0: hollow, no difference is shown. */
static void own_mark(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS * 1.6);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + item->width, y);
    cairo_stroke(cr);
    style_marker(cr, MARKER_CIRCLE, x + item->width / 2, y, MARK);
    if (item->value > 0) {
        cairo_fill(cr);
        return;
    }
    style_source(cr, style_white, 1);
    cairo_fill_preserve(cr);
    style_source(cr, item->colour, 1);
    cairo_stroke(cr);
}

static struct colour colour_of(int shown)
{
    return shown ? style_okabe_ito(OKABE_BLUE) : style_grey;
}

static const struct chart_pair *pair_at(const struct forest *f, size_t row, size_t panel)
{
    return &f->comparison->pairs[f->pair[row] * f->panels + panel];
}

static const struct column *column_of(const struct forest *f, size_t panel)
{
    return &f->frame.data->columns[pair_at(f, 0, panel)->column];
}

static void choose_rows(struct forest *f)
{
    const struct chart_comparison *c = f->comparison;
    const size_t all = c->pair_count / c->column_count;
    for (size_t i = 0; i < all && f->rows < ROWS_MOST; i++)
        if (all <= ROWS_ALL || c->pairs[i * c->column_count].b == c->pairs[0].b)
            f->pair[f->rows++] = i;
    if (f->rows == all)
        return;
    frame_note(&f->frame, "Drawn are %zu of %zu pairs: with %.100s; comparison.csv holds all.", f->rows, all,
               c->scenarios[c->pairs[0].b]);
}

static double name_width(cairo_t *cr, const struct forest *f, size_t row)
{
    char name[520];
    pairs_name(f->comparison, &f->comparison->pairs[f->pair[row] * f->panels], 0, name, sizeof name);
    return label_measure(cr, &(struct label){.string = name, .size = STYLE_SIZE_BASE}).width;
}

static void open_forest(struct forest *f, cairo_t *cr, const struct chart_data *data, double width)
{
    const struct chart_comparison *c = data->comparison;
    *f = (struct forest){.comparison = c, .shared = 1};
    frame_begin(&f->frame, data, width);
    f->panels = c->column_count;
    choose_rows(f);
    for (size_t r = 0; r < f->rows; r++)
        f->numbered |= name_width(cr, f, r) > NAME_WIDTH;
    f->left = STYLE_MARGIN + (f->numbered ? NUMBER_WIDTH : NAME_WIDTH) + 8;
    f->right = width - STYLE_MARGIN - NUMBERS_WIDTH;
    for (size_t p = 1; p < f->panels; p++)
        f->shared &= strcmp(column_of(f, p)->unit, column_of(f, 0)->unit) == 0;
    size_t least = c->pair_count ? c->pairs[0].n : 0, most = least;
    for (size_t i = 0; i < c->pair_count; i++) {
        least = c->pairs[i].n < least ? c->pairs[i].n : least;
        most = c->pairs[i].n > most ? c->pairs[i].n : most;
    }
    if (least == most)
        frame_key(&f->frame, KEY_NONE, style_ink, "n = %zu pairs of runs", most);
    else
        frame_key(&f->frame, KEY_NONE, style_ink, "n = %zu to %zu pairs of runs", least, most);
    frame_own(&f->frame, own_mark, 1, colour_of(1), "mean difference and its 95 %% interval: a difference is shown");
    frame_own(&f->frame, own_mark, 0, colour_of(0), "none is shown");
    if (f->numbered)
        pairs_scenarios(&f->frame, c);
    frame_note(
        &f->frame,
        "Compared: %.120s. Intervals by %s, each by itself; whether a difference is shown is adjusted by Holm for "
        "all %zu.",
        c->when, c->interval, c->pair_count);
}

static void value_axis(const struct forest *f, size_t panel, struct axis *axis)
{
    double lo = 0, hi = 0; /* zero is always there */
    for (size_t p = f->shared ? 0 : panel; p < (f->shared ? f->panels : panel + 1); p++)
        for (size_t r = 0; r < f->rows; r++) {
            const struct chart_pair *pair = pair_at(f, r, p);
            const double ends[] = {pair->mean, pair->lo, pair->hi};
            for (int i = 0; i < 3; i++)
                if (isfinite(ends[i])) {
                    lo = fmin(lo, ends[i]);
                    hi = fmax(hi, ends[i]);
                }
        }
    axis->from = f->left;
    axis->to = f->right;
    axis_values(axis, lo, hi, 5, NAN, NAN);
}

static void draw_numbers(cairo_t *cr, const struct forest *f, const struct chart_pair *pair, double y, double width)
{
    char words[120];
    const double half = (pair->hi - pair->lo) / 2, size = half > 0 ? half : fabs(pair->mean);
    const int digits = size > 0 ? (int)fmin(6, fmax(0, 1 - floor(log10(size)))) : 2;
    if (isfinite(pair->lo))
        snprintf(words, sizeof words, "%+.*f [%+.*f, %+.*f]", digits, pair->mean, digits, pair->lo, digits, pair->hi);
    else
        snprintf(words, sizeof words, "NA");
    label_draw(cr, &(struct label){.string = words,
                                   .x = width - STYLE_MARGIN,
                                   .y = y,
                                   .align = LABEL_RIGHT,
                                   .at = LABEL_MIDDLE,
                                   .size = STYLE_SIZE_SMALL,
                                   .colour = style_ink,
                                   .width = width - STYLE_MARGIN - f->right - 5});
}

static void draw_row(cairo_t *cr, const struct forest *f, const struct chart_pair *pair, const struct axis *axis,
                     double y, double width)
{
    char name[520];
    pairs_name(f->comparison, pair, f->numbered, name, sizeof name);
    label_draw(cr, &(struct label){.string = name,
                                   .x = f->left - 8,
                                   .y = y,
                                   .align = LABEL_RIGHT,
                                   .at = LABEL_MIDDLE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink,
                                   .width = f->left - 8 - STYLE_MARGIN});
    draw_numbers(cr, f, pair, y, width);
    if (!isfinite(pair->lo) || !isfinite(pair->hi))
        return;
    style_source(cr, colour_of(pair->shown), 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS * 1.6);
    cairo_move_to(cr, axis_at(axis, pair->lo), y);
    cairo_line_to(cr, axis_at(axis, pair->hi), y);
    cairo_stroke(cr);
    const double x = axis_at(axis, pair->mean);
    style_marker(cr, MARKER_CIRCLE, x, y, MARK);
    style_source(cr, pair->shown ? colour_of(1) : style_white, 1);
    cairo_fill_preserve(cr);
    style_source(cr, colour_of(pair->shown), 1);
    cairo_stroke(cr);
}

static void draw_zero(cairo_t *cr, const struct axis *axis, double top, double bottom)
{
    style_source(cr, style_ink, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    cairo_move_to(cr, axis_at(axis, 0), top);
    cairo_line_to(cr, axis_at(axis, 0), bottom);
    cairo_stroke(cr);
}

static void draw_axis(cairo_t *cr, const struct forest *f, size_t panel, const struct axis *axis, double bottom)
{
    char words[200];
    axis_draw_time(cr, axis, bottom);
    snprintf(words, sizeof words, "difference (%.120s)", frame_unit(column_of(f, panel)));
    label_draw(cr, &(struct label){.string = words,
                                   .x = (f->left + f->right) / 2,
                                   .y = bottom + 15,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_SMALL,
                                   .colour = style_grey});
}

static double panels_height(const struct forest *f)
{
    const double axes = f->shared ? 1 : (double)f->panels;
    return (double)f->panels * (HEAD + ROW * (double)f->rows + GAP) + axes * AXIS_HEIGHT;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct forest f;
    (void)options;
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (!data->comparison || data->comparison->pair_count == 0)
        return;
    cairo_t *cr = label_measuring_context();
    open_forest(&f, cr, data, *width);
    *height = frame_around(cr, &f.frame, *width, 0, 0) + panels_height(&f);
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct forest f;
    (void)options;
    if (!data->comparison || data->comparison->pair_count == 0)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "a forest plot is of a comparison; `ebb compare` makes one");
    open_forest(&f, cr, data, width);
    frame_around(cr, &f.frame, width, height, 1);
    double y = f.frame.top;
    for (size_t p = 0; p < f.panels; p++) {
        struct axis axis;
        value_axis(&f, p, &axis);
        label_draw(cr, &(struct label){.string = column_of(&f, p)->name,
                                       .x = STYLE_MARGIN,
                                       .y = y,
                                       .size = STYLE_SIZE_HEAD,
                                       .bold = 1,
                                       .colour = style_ink,
                                       .width = f.right - STYLE_MARGIN});
        const double top = y + HEAD, bottom = top + ROW * (double)f.rows;
        axis_draw_grid(cr, &axis, top, bottom);
        draw_zero(cr, &axis, top - 3, bottom);
        for (size_t r = 0; r < f.rows; r++)
            draw_row(cr, &f, pair_at(&f, r, p), &axis, top + ROW * ((double)r + 0.5), width);
        y = bottom + GAP;
        if (!f.shared || p + 1 == f.panels) {
            draw_axis(cr, &f, p, &axis, bottom + 2);
            y += AXIS_HEIGHT;
        }
    }
    return STATUS_OK;
}

const struct chart forest_chart = {
    .name = "forest",
    .meaning = "differences between scenarios with their intervals",
    .takes = "columns",
    .of_comparison = 1,
    .size = size,
    .draw = draw,
};
