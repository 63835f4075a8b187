/* initiatives.c: what is laid on a school and what of it nobody removed, as layers over time; coherence below. */
#include "charts.h"
#include "kit/choose.h"
#include "kit/frame.h"
#include "kit/lanes.h"

#include "../sim/leaf/stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEFT 44.0
#define NAMES_WIDTH 84.0
#define LOAD_HEIGHT 150.0
#define COHERENCE_HEIGHT 80.0
#define PANEL_HEAD 13.0
#define PANEL_GAP 10.0
#define FOOT 27.0

enum { RESIDUE, LOAD, COHERENCE, WANTED };
static const char *const wanted[WANTED] = {"residue", "load", "coherence"};

struct burden {
    struct frame frame;
    size_t column[WANTED];
    struct bands coherence;
    double *mean[2], *lo, *hi, *zero; /* of residue and load; interval of the load */
    struct lanes lanes;
    struct axis time;
    int years;
};

static enum status choose(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                          struct faults *faults)
{
    (void)options;
    *choice = (struct choice){.panel_count = 1};
    for (int k = 0; k < WANTED; k++) {
        size_t c = 0;
        while (c < data->column_count && strcmp(data->columns[c].name, wanted[k]) != 0)
            c++;
        if (c == data->column_count)
            return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                             "the result has no column '%s', which this picture needs", wanted[k]);
        choice->column[choice->count++] = c;
    }
    return STATUS_OK;
}

static void burden_close(struct burden *b)
{
    bands_free(&b->coherence);
    free(b->mean[0]);
    lanes_free(&b->lanes);
}

/* Means add up where medians do not: the layers are means. */
static int take_means(struct burden *b)
{
    const struct chart_data *data = b->frame.data;
    const size_t weeks = data->week_count;
    double *values = malloc(data->path_count * sizeof *values);
    b->mean[0] = calloc(5 * weeks, sizeof *b->mean[0]);
    if (!values || !b->mean[0]) {
        free(values);
        return -1;
    }
    b->mean[1] = b->mean[0] + weeks;
    b->lo = b->mean[1] + weeks;
    b->hi = b->lo + weeks;
    b->zero = b->hi + weeks;
    for (int k = RESIDUE; k <= LOAD; k++)
        for (size_t w = 0; w < weeks; w++) {
            for (size_t p = 0; p < data->path_count; p++)
                values[p] = chart_value(data, p, w, b->column[k]);
            const struct stats s = stats_of(values, data->path_count);
            b->mean[k][w] = s.mean;
            b->lo[w] = s.mean_lo < 0 ? 0 : s.mean_lo; /* the load comes last; there is none below 0 */
            b->hi[w] = s.mean_hi;
        }
    free(values);
    return 0;
}

static const struct colour BEDROCK = {0.55, 0.45, 0.36}, FRESH = {0.90, 0.62, 0.0};

static void key_block(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 0.75);
    cairo_rectangle(cr, x, y - 3.5, item->width, 7);
    cairo_fill(cr);
    if (item->value > 0) {
        style_source(cr, style_ink, 0.6);
        style_hatch(cr, x, y - 3.5, item->width, 7, 3);
    }
}

static void key_interval(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_width(cr, 0.6);
    cairo_set_dash(cr, (double[]){2, 1.5}, 2, 0);
    for (int side = -1; side <= 1; side += 2) {
        cairo_move_to(cr, x, y + 2.5 * side);
        cairo_line_to(cr, x + item->width, y + 2.5 * side);
    }
    cairo_stroke(cr);
}

static void make_key(struct burden *b)
{
    const struct chart_data *data = b->frame.data;
    const char *whom = frame_whom(data);
    const char *of = data->path_count > 1 ? "mean of " : "", *they = data->path_count > 1 ? whom : "the run itself";
    struct key_item *item = frame_key(&b->frame, KEY_OWN, FRESH, "initiatives in force (%s%s)", of, they);
    item->own = key_block;
    item->width = 16;
    item = frame_key(&b->frame, KEY_OWN, BEDROCK, "residue of those that ended (%s%s)", of, they);
    item->own = key_block;
    item->width = 16;
    item->value = 1;
    if (data->path_count > 1) {
        item = frame_key(&b->frame, KEY_OWN, style_ink, "95 %% interval of the mean load");
        item->own = key_interval;
        item->width = 16;
    }
    frame_key(&b->frame, KEY_NONE, style_ink, "coherence");
    frame_key_bands(&b->frame, bands_kind(data->path_count), style_series(2));
    if (b->years)
        frame_note(&b->frame, "A school year has %d weeks.", data->weeks_per_year);
}

static enum status burden_open(struct burden *b, cairo_t *cr, double width, const struct chart_data *data,
                               const struct chart_options *options, struct faults *faults)
{
    struct choice choice;
    *b = (struct burden){.years = 0};
    const enum status status = choose(data, options, &choice, faults);
    if (status != STATUS_OK)
        return status;
    memcpy(b->column, choice.column, sizeof b->column);
    frame_open(&b->frame, data, width);
    b->time.from = STYLE_MARGIN + LEFT;
    b->time.to = width - STYLE_MARGIN - NAMES_WIDTH;
    b->years = axis_weeks(&b->time, data->weeks[0], data->weeks[data->week_count - 1], data->weeks_per_year, 10);
    if (bands_of(data, b->column[COHERENCE], &b->coherence) || take_means(b) ||
        lanes_place(cr, data, &b->time, b->time.from, width - STYLE_MARGIN, &b->lanes)) {
        burden_close(b);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw %zu runs", data->path_count);
    }
    make_key(b);
    return STATUS_OK;
}

static double lanes_height(const struct burden *b)
{
    return (double)b->lanes.lane_count * LANE_HEIGHT + (b->lanes.lane_count ? 4 : 0);
}

static void panel_name(cairo_t *cr, const struct burden *b, int k, double top)
{
    const struct column *column = &b->frame.data->columns[b->column[k]];
    const double wide = label_draw(cr, &(struct label){.string = column->name,
                                                       .x = b->time.from,
                                                       .y = top,
                                                       .size = STYLE_SIZE_HEAD,
                                                       .bold = 1,
                                                       .colour = style_ink})
                            .width;
    label_draw(cr, &(struct label){.string = column->meaning,
                                   .x = b->time.from + wide + 6,
                                   .y = top + 1.2,
                                   .size = STYLE_SIZE_SMALL,
                                   .colour = style_grey,
                                   .width = b->frame.right - b->time.from - wide - 6});
}

/* Fills between two curves, hatched too when asked: never colour alone. */
static void draw_layer(cairo_t *cr, const struct burden *b, const struct axis *y, const double *lo, const double *hi,
                       struct colour colour, bool hatched)
{
    style_source(cr, colour, 0.75);
    frame_area(cr, b->frame.data, &b->time, y, lo, hi);
    if (!hatched)
        return;
    const size_t n = b->frame.data->week_count;
    cairo_save(cr);
    for (size_t w = 0; w < n; w++)
        cairo_line_to(cr, axis_at(&b->time, (double)b->frame.data->weeks[w]), axis_at(y, hi[w]));
    for (size_t w = n; w-- > 0;)
        cairo_line_to(cr, axis_at(&b->time, (double)b->frame.data->weeks[w]), axis_at(y, lo[w]));
    cairo_close_path(cr);
    cairo_clip(cr);
    style_source(cr, style_ink, 0.35);
    style_hatch(cr, b->time.from, y->to, b->time.to - b->time.from, y->from - y->to, 5);
    cairo_restore(cr);
}

static void end_name(cairo_t *cr, const struct burden *b, double y, const char *name, double value)
{
    char words[80];
    snprintf(words, sizeof words, "%s %.2f", name, value);
    label_draw(cr, &(struct label){.string = words,
                                   .x = b->time.to + 5,
                                   .y = y,
                                   .at = LABEL_MIDDLE,
                                   .size = STYLE_SIZE_BASE,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = NAMES_WIDTH - 5});
}

static void draw_load(cairo_t *cr, const struct burden *b, double top)
{
    struct axis y = {.from = top + PANEL_HEAD + LOAD_HEIGHT, .to = top + PANEL_HEAD};
    const struct chart_data *data = b->frame.data;
    const size_t last = data->week_count - 1;
    double most = 0;
    for (size_t w = 0; w < data->week_count; w++)
        most = fmax(most, fmax(b->mean[LOAD][w], b->hi[w]));
    axis_values(&y, 0, most > 0 ? most : 1, 5, 0, NAN);
    panel_name(cr, b, LOAD, top);
    axis_draw_grid(cr, &b->time, y.to, y.from);
    axis_draw_values(cr, &y, b->time.from, b->time.to);
    draw_layer(cr, b, &y, b->mean[RESIDUE], b->mean[LOAD], FRESH, false);
    draw_layer(cr, b, &y, b->zero, b->mean[RESIDUE], BEDROCK, true);
    style_source(cr, style_ink, 1);
    cairo_set_line_width(cr, 1);
    frame_line(cr, data, &b->time, &y, b->mean[LOAD]);
    cairo_set_line_width(cr, 0.6);
    cairo_set_dash(cr, (double[]){2, 1.5}, 2, 0);
    if (data->path_count > 1) {
        frame_line(cr, data, &b->time, &y, b->lo);
        frame_line(cr, data, &b->time, &y, b->hi);
    }
    cairo_set_dash(cr, NULL, 0, 0);
    if (!isfinite(b->mean[LOAD][last]) || !isfinite(b->mean[RESIDUE][last]))
        return;
    const double at = axis_at(&y, b->mean[LOAD][last]), below = axis_at(&y, b->mean[RESIDUE][last]);
    end_name(cr, b, fmin(at, y.from - 12), "load", b->mean[LOAD][last]);
    end_name(cr, b, fmin(fmax(below, fmin(at, y.from - 12) + 11), y.from), "residue", b->mean[RESIDUE][last]);
}

static void draw_coherence(cairo_t *cr, const struct burden *b, double top)
{
    struct axis y = {.from = top + PANEL_HEAD + COHERENCE_HEIGHT, .to = top + PANEL_HEAD};
    const struct chart_data *data = b->frame.data;
    const enum bands_kind kind = bands_kind(data->path_count);
    const size_t last = data->week_count - 1;
    axis_values(&y, 0, 1, 4, 0, 1);
    panel_name(cr, b, COHERENCE, top);
    axis_draw_grid(cr, &b->time, y.to, y.from);
    axis_draw_values(cr, &y, b->time.from, b->time.to);
    if (kind != BANDS_NONE) {
        style_source(cr, style_series(2), STYLE_BAND_OUTER);
        frame_area(cr, data, &b->time, &y, b->coherence.outer_lo, b->coherence.outer_hi);
        style_source(cr, style_series(2), STYLE_BAND_INNER);
        if (kind != BANDS_RANGE)
            frame_area(cr, data, &b->time, &y, b->coherence.inner_lo, b->coherence.inner_hi);
    }
    style_source(cr, style_series(2), 1);
    cairo_set_line_width(cr, STYLE_LINE_MAIN);
    frame_line(cr, data, &b->time, &y, b->coherence.median);
    if (isfinite(b->coherence.median[last]))
        end_name(cr, b, axis_at(&y, b->coherence.median[last]), "coherence", b->coherence.median[last]);
}

static double panels_height(void)
{
    return 2 * PANEL_HEAD + LOAD_HEIGHT + PANEL_GAP + COHERENCE_HEIGHT;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct burden b;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2;
    if (burden_open(&b, cr, *width, data, options, NULL) == STATUS_OK) {
        *height = frame_around(cr, &b.frame, *width, 0, 0) + lanes_height(&b) + panels_height() + FOOT;
        burden_close(&b);
    }
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct burden b;
    const enum status status = burden_open(&b, cr, width, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &b.frame, width, height, 1);
    lanes_draw(cr, &b.lanes, b.frame.top);
    const double top = b.frame.top + lanes_height(&b), bottom = top + panels_height();
    draw_load(cr, &b, top);
    draw_coherence(cr, &b, top + PANEL_HEAD + LOAD_HEIGHT + PANEL_GAP);
    axis_draw_time(cr, &b.time, bottom);
    axis_title_time(cr, &b.time, bottom + 14, b.years);
    const double load = top + PANEL_HEAD + LOAD_HEIGHT;
    axis_title_up(cr, STYLE_MARGIN, top + PANEL_HEAD, load, data->columns[b.column[LOAD]].unit);
    axis_title_up(cr, STYLE_MARGIN, bottom - COHERENCE_HEIGHT, bottom, "level, 0 to 1");
    burden_close(&b);
    return STATUS_OK;
}

const struct chart initiatives_chart = {
    .name = "initiatives",
    .meaning = "initiatives in force and what is left of ended ones, as layers over time, with coherence",
    .takes = "run school",
    .asked = 1,
    .choose = choose,
    .size = size,
    .draw = draw,
};
