/* heat.c: two settings of a sweep against each other, a measure as colour and number; a third setting, and several
 * measures, as small multiples. */
#include "charts.h"
#include "points.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEVELS_MAX 10000 /* of an axis, against overflow */
#define CELLS_A_POINT 4  /* more empty cells than this are no grid */
#define ACROSS 3         /* panels in a row */
#define PANEL_GAP 14.0
#define LEFT 36.0
#define HEAD 26.0 /* title and scale */
#define FOOT 27.0 /* labels and title of the axis below */
#define SCALE_HEIGHT 5.0
#define SCALE_STEPS 64
#define SCALE_SHARE 0.34 /* of a panel's width */

struct heat {
    const struct chart_data *data;
    struct choice choice;
    size_t slices; /* levels of the third axis, or 1 */
    size_t panels, across, down;
    double lo[CHOOSE_MAX], hi[CHOOSE_MAX]; /* of the means, by chosen column */
    size_t *cell;                          /* owned; [slice][y][x]: its point + 1, 0 none */
    int holes;                             /* cells without a value */
    char notes[512];
};

static size_t *cell_of(const struct heat *h, size_t slice, size_t y, size_t x)
{
    const struct chart_axis *axes = h->data->points->axes;
    return &h->cell[(slice * axes[1].level_count + y) * axes[0].level_count + x];
}

static enum status check(const struct chart_data *data, struct faults *faults)
{
    const struct chart_points *p = data->points;
    if (p->axis_count < 2 || p->axis_count > 3)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "a heat map shows two settings, or three as small multiples; this sweep varies %zu: try "
                         "`ebb plot OUT response`",
                         p->axis_count);
    size_t cells = 1;
    for (size_t a = 0; a < p->axis_count; a++)
        cells *= p->axes[a].level_count < LEVELS_MAX ? p->axes[a].level_count : LEVELS_MAX;
    if (cells > p->count * CELLS_A_POINT)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "a heat map needs a grid, but these %zu points lie scattered: try `ebb plot OUT response`",
                         p->count);
    return STATUS_OK;
}

static enum status place(struct heat *h, struct faults *faults)
{
    const struct chart_points *p = h->data->points;
    h->slices = p->axis_count == 3 ? p->axes[2].level_count : 1;
    h->cell = calloc(h->slices * p->axes[0].level_count * p->axes[1].level_count, sizeof *h->cell);
    if (!h->cell)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for a heat map");
    for (size_t i = 0; i < p->count; i++)
        *cell_of(h, p->axis_count == 3 ? points_level(h->data, i, 2) : 0, points_level(h->data, i, 1),
                 points_level(h->data, i, 0)) = i + 1;
    return STATUS_OK;
}

static void span(struct heat *h)
{
    const struct chart_points *p = h->data->points;
    for (size_t c = 0; c < h->choice.count; c++) {
        h->lo[c] = (double)INFINITY;
        h->hi[c] = -(double)INFINITY;
        for (size_t i = 0; i < p->count; i++) {
            const double mean = points_at(h->data, i, h->choice.column[c])->mean;
            h->lo[c] = fmin(h->lo[c], mean);
            h->hi[c] = fmax(h->hi[c], mean);
        }
    }
    for (size_t i = 0; i < h->slices * p->axes[0].level_count * p->axes[1].level_count; i++)
        for (size_t c = 0; c < h->choice.count; c++)
            h->holes |= !h->cell[i] || isnan(points_at(h->data, h->cell[i] - 1, h->choice.column[c])->mean);
}

static void make_notes(struct heat *h)
{
    char n[64], when[64];
    points_n(h->data, h->choice.column[0], n, sizeof n);
    axis_moment(h->data->points->week, h->data->weeks_per_year, when, sizeof when);
    snprintf(
        h->notes, sizeof h->notes,
        "Colour and number: mean over the runs of a point in %s; \u00b1: half of its 95 %% interval (Student's t). "
        "%s; all points share their luck.%s",
        when, n, h->holes ? " Hatched: no finished run, or undefined." : "");
}

static enum status heat_open(struct heat *h, const struct chart_data *data, const struct chart_options *options,
                             struct faults *faults)
{
    *h = (struct heat){.data = data};
    enum status status = check(data, faults);
    if (status == STATUS_OK)
        status = choose_columns(data, options, &h->choice, faults);
    if (status == STATUS_OK)
        status = place(h, faults);
    if (status != STATUS_OK)
        return status;
    span(h);
    make_notes(h);
    h->panels = h->choice.count * h->slices;
    const size_t row = h->slices > 1 ? h->slices : h->choice.count;
    const size_t rows = (row + ACROSS - 1) / ACROSS;
    h->across = (row + rows - 1) / rows; /* rows as even as can be: four as two and two */
    h->down = h->slices > 1 ? h->choice.count * ((h->slices + h->across - 1) / h->across)
                            : (h->panels + h->across - 1) / h->across;
    return STATUS_OK;
}

/* ---- one panel ---- */

struct frame {
    double left, right, top, bottom; /* of the cells */
    size_t chosen, slice;
};

static struct colour colour_of(const struct heat *h, size_t chosen, double mean)
{
    const double range = h->hi[chosen] - h->lo[chosen];
    return style_ramp(range > 0 ? (mean - h->lo[chosen]) / range : 0.5);
}

static void draw_words(cairo_t *cr, const struct heat *h, const struct frame *f, const struct chart_spread *s, double x,
                       double y, double width, double height, struct colour paper)
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
    label_draw(cr, &drawn);
    drawn.string = half;
    drawn.size = second.size;
    drawn.y = y + height / 2 + 4.5;
    if (both)
        label_draw(cr, &drawn);
}

static void draw_cell(cairo_t *cr, const struct heat *h, const struct frame *f, size_t x, size_t y)
{
    const struct chart_axis *axes = h->data->points->axes;
    const double width = (f->right - f->left) / (double)axes[0].level_count;
    const double height = (f->bottom - f->top) / (double)axes[1].level_count;
    const double left = f->left + width * (double)x, top = f->bottom - height * (double)(y + 1);
    const size_t point = *cell_of(h, f->slice, y, x);
    const struct chart_spread *s = point ? points_at(h->data, point - 1, h->choice.column[f->chosen]) : NULL;
    if (!s || isnan(s->mean)) {
        style_source(cr, style_grey, 0.7);
        style_hatch(cr, left, top, width, height, 3);
        return;
    }
    const struct colour paper = colour_of(h, f->chosen, s->mean);
    style_source(cr, paper, 1);
    cairo_rectangle(cr, left, top, width, height);
    cairo_fill(cr);
    draw_words(cr, h, f, s, left, top, width, height, paper);
}

/* Labels of the levels, as many as do not touch. */
static void draw_levels(cairo_t *cr, const struct chart_axis *axis, const struct frame *f, int upright)
{
    const double length = upright ? f->bottom - f->top : f->right - f->left;
    const double step = length / (double)axis->level_count;
    double need = 0;
    for (size_t i = 0; i < axis->level_count; i++) {
        const struct label_box box = label_measure(
            cr, &(struct label){.string = axis->label[i], .size = STYLE_SIZE_SMALL, .width = upright ? 34 : 60});
        need = fmax(need, upright ? box.height : box.width + 4);
    }
    const size_t every = (size_t)fmax(1, ceil(need / step));
    for (size_t i = 0; i < axis->level_count; i += every) {
        const double at = ((double)i + 0.5) * step;
        label_draw(cr, &(struct label){.string = axis->label[i],
                                       .x = upright ? f->left - 4 : f->left + at,
                                       .y = upright ? f->bottom - at : f->bottom + 3,
                                       .align = upright ? LABEL_RIGHT : LABEL_CENTRE,
                                       .at = upright ? LABEL_MIDDLE : LABEL_TOP,
                                       .size = STYLE_SIZE_SMALL,
                                       .colour = style_grey,
                                       .width = upright ? 34 : 60});
    }
}

static void draw_titles(cairo_t *cr, const struct heat *h, const struct frame *f)
{
    char text[POINTS_TITLE];
    const struct chart_axis *axes = h->data->points->axes;
    points_axis_title(&axes[0], text);
    label_draw(cr, &(struct label){.string = text,
                                   .x = (f->left + f->right) / 2,
                                   .y = f->bottom + 14,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink,
                                   .width = f->right - f->left + LEFT});
    points_axis_title(&axes[1], text);
    label_draw(cr, &(struct label){.string = text,
                                   .x = f->left - LEFT + 2,
                                   .y = (f->top + f->bottom) / 2,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink,
                                   .width = f->bottom - f->top + HEAD,
                                   .upwards = 1});
}

/* The measure's name, and its colours from the least mean to the greatest. */
static void draw_head(cairo_t *cr, const struct heat *h, const struct frame *f)
{
    char text[POINTS_TITLE], slice[2 * POINTS_TITLE], end[2][32];
    const struct chart_points *p = h->data->points;
    const double lo = h->lo[f->chosen], hi = h->hi[f->chosen], y = f->top - 9;
    const char *dot = h->slices > 1 ? strrchr(p->axes[2].name, '.') : NULL;
    points_column_title(&h->data->columns[h->choice.column[f->chosen]], text);
    label_draw(cr, &(struct label){.string = text,
                                   .x = f->left,
                                   .y = f->top - HEAD,
                                   .size = STYLE_SIZE_HEAD,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = f->right - f->left});
    if (h->slices > 1)
        snprintf(slice, sizeof slice, "%s = %s", dot ? dot + 1 : "", p->axes[2].label[f->slice]);
    label_draw(cr, &(struct label){.string = h->slices > 1 ? slice : "",
                                   .x = f->right,
                                   .y = y,
                                   .align = LABEL_RIGHT,
                                   .at = LABEL_MIDDLE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink,
                                   .width = (f->right - f->left) / 2 - 12});
    if (!(lo <= hi))
        return;
    for (int e = 0; e < 2; e++)
        snprintf(end[e], sizeof end[e], "%.*f", points_decimals(hi - lo), e ? hi : lo);
    const struct label first = {
        .string = end[0], .x = f->left, .y = y, .at = LABEL_MIDDLE, .size = STYLE_SIZE_SMALL, .colour = style_grey};
    const double from = f->left + label_draw(cr, &first).width + 3, width = (f->right - f->left) * SCALE_SHARE;
    for (int i = 0; i < SCALE_STEPS; i++) {
        style_source(cr, style_ramp(lo < hi ? ((double)i + 0.5) / SCALE_STEPS : 0.5), 1);
        cairo_rectangle(cr, from + width * i / SCALE_STEPS, y - SCALE_HEIGHT / 2, width / SCALE_STEPS + 0.2,
                        SCALE_HEIGHT);
        cairo_fill(cr);
    }
    struct label second = first;
    second.string = end[1];
    second.x = from + width + 3;
    label_draw(cr, &second);
}

static void draw_panel(cairo_t *cr, const struct heat *h, const struct frame *f)
{
    const struct chart_axis *axes = h->data->points->axes;
    for (size_t y = 0; y < axes[1].level_count; y++)
        for (size_t x = 0; x < axes[0].level_count; x++)
            draw_cell(cr, h, f, x, y);
    draw_levels(cr, &axes[0], f, 0);
    draw_levels(cr, &axes[1], f, 1);
    draw_titles(cr, h, f);
    draw_head(cr, h, f);
}

/* ---- the page ---- */

static double panel_width(const struct heat *h, double width)
{
    return (width - 2 * STYLE_MARGIN - (double)(h->across - 1) * PANEL_GAP) / (double)h->across;
}

static double cells_height(const struct heat *h, double width)
{
    const double cells = panel_width(h, width) - LEFT;
    return fmin(cells, 230);
}

static double surroundings(cairo_t *cr, const struct heat *h, double width, double height, double *top, int draw)
{
    const double left = STYLE_MARGIN, right = width - STYLE_MARGIN;
    *top = STYLE_MARGIN + key_title(cr, h->data->title, left, right, STYLE_MARGIN, draw) + 4;
    const double caption = key_caption(cr, h->data, h->notes, left, right, 0, 0);
    if (draw)
        key_caption(cr, h->data, h->notes, left, right, height - STYLE_MARGIN - caption, 1);
    return *top + caption + STYLE_MARGIN + 6;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct heat h;
    double top;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (heat_open(&h, data, options, NULL) == STATUS_OK)
        *height = surroundings(cr, &h, *width, 0, &top, 0) +
                  (double)h.down * (HEAD + cells_height(&h, *width) + FOOT + PANEL_GAP) - PANEL_GAP;
    free(h.cell);
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct heat h;
    double top;
    const enum status status = heat_open(&h, data, options, faults);
    if (status != STATUS_OK) {
        free(h.cell);
        return status;
    }
    const double rest = height - surroundings(cr, &h, width, height, &top, 1);
    const double down = (rest + PANEL_GAP) / (double)h.down, across = panel_width(&h, width) + PANEL_GAP;
    const size_t rows = (h.slices + h.across - 1) / h.across; /* of one measure's slices */
    for (size_t i = 0; i < h.panels; i++) {
        const size_t chosen = i / h.slices, slice = i % h.slices;
        const size_t row = h.slices > 1 ? chosen * rows + slice / h.across : i / h.across;
        const size_t column = h.slices > 1 ? slice % h.across : i % h.across;
        struct frame f = {.chosen = chosen, .slice = slice};
        f.left = STYLE_MARGIN + across * (double)column + LEFT;
        f.right = STYLE_MARGIN + across * (double)(column + 1) - PANEL_GAP;
        f.top = top + down * (double)row + HEAD;
        f.bottom = top + down * (double)(row + 1) - PANEL_GAP - FOOT;
        draw_panel(cr, &h, &f);
    }
    free(h.cell);
    return STATUS_OK;
}

const struct chart heat_chart = {
    .name = "heat",
    .meaning = "two settings of a sweep against each other: mean and interval of a measure as colour and number",
    .of_points = 1,
    .size = size,
    .draw = draw,
};
