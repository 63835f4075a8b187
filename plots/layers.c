/* layers.c: shares that spread, as S-curves in one panel, and how long each comes after the one before it. */
#include "charts.h"
#include "kit/frame.h"
#include "kit/lanes.h"
#include "kit/layered.h"

#include "../sim/leaf/stats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEFT 40.0
#define NAMES_WIDTH 92.0
#define PLOT_HEIGHT 215.0
#define TIME_AXIS_HEIGHT 27.0
#define NAME_GAP 10.5

struct lag {
    double level;      /* share at which it is taken */
    double from, to;   /* weeks at which the medians reach it */
    struct stats runs; /* weeks between, of those that reach it twice */
};

struct layers {
    struct frame frame;
    struct choice choice;
    struct bands *bands;
    struct lag lag[CHOOSE_MAX]; /* of each layer behind the one before it; level 0: none */
    struct lanes lanes;
    struct axis time, y;
    int years;
};

/* The week in which a curve that begins below a level comes to it, NAN when it does not. */
static double reaches(const struct chart_data *data, const double *values, size_t stride, double level)
{
    if (data->week_count == 0 || !(values[0] < level))
        return NAN;
    for (size_t w = 1; w < data->week_count; w++)
        if (values[w * stride] >= level)
            return (double)data->weeks[w];
    return NAN;
}

/* Behind the layer before it, at the highest of a few levels that both medians come to. */
static int lag_of(const struct chart_data *data, const struct layers *l, size_t i, struct lag *lag)
{
    static const double levels[] = {0.5, 0.25, 0.1};
    *lag = (struct lag){0};
    for (size_t k = 0; k < sizeof levels / sizeof levels[0] && lag->level == 0; k++) {
        lag->from = reaches(data, l->bands[i - 1].median, 1, levels[k]);
        lag->to = reaches(data, l->bands[i].median, 1, levels[k]);
        if (isfinite(lag->from) && isfinite(lag->to))
            lag->level = levels[k];
    }
    if (lag->level == 0)
        return 0;
    double *between = malloc(data->path_count * sizeof *between);
    if (!between)
        return -1;
    for (size_t p = 0; p < data->path_count; p++) {
        const double *path = data->values + p * data->week_count * data->column_count;
        between[p] = reaches(data, path + l->choice.column[i], data->column_count, lag->level) -
                     reaches(data, path + l->choice.column[i - 1], data->column_count, lag->level);
    }
    lag->runs = stats_of(between, data->path_count);
    free(between);
    return 0;
}

static void mark_lag(cairo_t *cr, double from, double to, double y)
{
    style_source(cr, style_ink, 1);
    cairo_set_line_width(cr, 0.8);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_move_to(cr, from, y);
    cairo_line_to(cr, to, y);
    cairo_move_to(cr, from, y - 2.5);
    cairo_line_to(cr, from, y + 2.5);
    cairo_stroke(cr);
    frame_arrow_head(cr, to, y, to - from, 0, fmin(5, fabs(to - from)));
}

static void key_lag(cairo_t *cr, const struct key_item *item, double x, double y)
{
    mark_lag(cr, x, x + item->width, y);
}

static void key_of_lags(struct layers *l)
{
    const struct chart_data *data = l->frame.data;
    for (size_t i = 1; i < l->choice.count; i++) {
        const struct lag *lag = &l->lag[i];
        const char *one = data->columns[l->choice.column[i]].name, *other = data->columns[l->choice.column[i - 1]].name;
        char median[32], lo[32], hi[32];
        if (lag->level == 0) {
            frame_note(&l->frame, "No lag of %s: the medians of both must rise to the same 50, 25 or 10 %%.", one);
            continue;
        }
        const double turned = lag->runs.median < 0 ? -1 : 1; /* it came before */
        frame_span(turned * lag->runs.median, data->weeks_per_year, median, sizeof median);
        frame_span(turned * (turned < 0 ? lag->runs.q75 : lag->runs.q25), data->weeks_per_year, lo, sizeof lo);
        frame_span(turned * (turned < 0 ? lag->runs.q25 : lag->runs.q75), data->weeks_per_year, hi, sizeof hi);
        struct key_item *item = frame_key(&l->frame, KEY_OWN, style_ink, "%s reaches %.0f %% %s %s %s", one,
                                          100 * lag->level, median, turned < 0 ? "before" : "after", other);
        if (!item)
            continue;
        item->own = key_lag;
        item->width = 16;
        const size_t used = strlen(item->words);
        if (lag->runs.n >= 5)
            snprintf(item->words + used, sizeof item->words - used,
                     " (middle half of runs %s to %s; %zu of %zu get there)", lo, hi, lag->runs.n, data->path_count);
        else
            snprintf(item->words + used, sizeof item->words - used, " (%zu of %zu get there)", lag->runs.n,
                     data->path_count);
    }
}

static void layers_close(struct layers *l)
{
    for (size_t i = 0; l->bands && i < l->choice.count; i++)
        bands_free(&l->bands[i]);
    free(l->bands);
    lanes_free(&l->lanes);
}

static enum status layers_open(struct layers *l, cairo_t *cr, double width, const struct chart_data *data,
                               const struct chart_options *options, struct faults *faults)
{
    char whose[160];
    *l = (struct layers){.years = 0};
    const enum status status = layered_choose(data, options, &l->choice, faults);
    if (status != STATUS_OK)
        return status;
    frame_open(&l->frame, data, width);
    l->bands = calloc(l->choice.count, sizeof *l->bands);
    int failed = !l->bands;
    for (size_t i = 0; !failed && i < l->choice.count; i++)
        failed = bands_of(data, l->choice.column[i], &l->bands[i]);
    for (size_t i = 1; !failed && i < l->choice.count; i++)
        failed = lag_of(data, l, i, &l->lag[i]);
    l->time.from = STYLE_MARGIN + LEFT;
    l->time.to = width - STYLE_MARGIN - NAMES_WIDTH;
    l->years = axis_weeks(&l->time, data->weeks[0], data->weeks[data->week_count - 1], data->weeks_per_year, 10);
    failed = failed || lanes_place(cr, data, &l->time, l->time.from, width - STYLE_MARGIN, &l->lanes);
    if (failed) {
        layers_close(l);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw %zu runs", data->path_count);
    }
    frame_key_bands(&l->frame, bands_kind(data->path_count), style_grey);
    key_of_lags(l);
    if (layered_whose(data, options, whose, sizeof whose))
        frame_note(&l->frame, "Of the innovation called %s.", whose);
    for (size_t i = 1; i < l->choice.count; i++)
        if (l->lag[i].level > 0 && data->path_count > 1) {
            frame_note(&l->frame, "Arrows lead from median to median; the key tells the median of each run's own lag.");
            break;
        }
    if (l->years)
        frame_note(&l->frame, "A school year has %d weeks.", data->weeks_per_year);
    return STATUS_OK;
}

static double lanes_height(const struct layers *l)
{
    return (double)l->lanes.lane_count * LANE_HEIGHT + (l->lanes.lane_count ? 4 : 0);
}

static void draw_curves(cairo_t *cr, const struct layers *l)
{
    const struct chart_data *data = l->frame.data;
    const enum bands_kind kind = bands_kind(data->path_count);
    for (size_t i = 0; i < l->choice.count && kind != BANDS_NONE; i++) {
        style_source(cr, style_series(i), STYLE_BAND_OUTER * 0.7);
        frame_area(cr, data, &l->time, &l->y, l->bands[i].outer_lo, l->bands[i].outer_hi);
        style_source(cr, style_series(i), STYLE_BAND_INNER * 0.7);
        if (kind != BANDS_RANGE)
            frame_area(cr, data, &l->time, &l->y, l->bands[i].inner_lo, l->bands[i].inner_hi);
    }
    for (size_t i = 0; i < l->choice.count; i++) {
        style_source(cr, style_series(i), 1);
        cairo_set_line_width(cr, STYLE_LINE_MAIN);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        style_dash(cr, i, STYLE_LINE_MAIN);
        frame_line(cr, data, &l->time, &l->y, l->bands[i].median);
    }
    cairo_set_dash(cr, NULL, 0, 0);
}

/* The median's last value with its name, from the top down, apart. */
static void draw_names(cairo_t *cr, const struct layers *l)
{
    double floor_y = l->y.to - NAME_GAP;
    bool done[CHOOSE_MAX] = {false};
    for (size_t k = 0; k < l->choice.count; k++) {
        size_t top = l->choice.count;
        for (size_t i = 0; i < l->choice.count; i++) {
            const double *median = l->bands[i].median;
            const size_t last = l->frame.data->week_count - 1;
            if (!done[i] && isfinite(median[last]) &&
                (top == l->choice.count || median[last] > l->bands[top].median[last]))
                top = i;
        }
        if (top == l->choice.count)
            return;
        done[top] = true;
        char words[160];
        const double value = l->bands[top].median[l->frame.data->week_count - 1];
        const double y = fmax(axis_at(&l->y, value), floor_y + NAME_GAP);
        snprintf(words, sizeof words, "%s %.0f %%", l->frame.data->columns[l->choice.column[top]].name, 100 * value);
        label_draw(cr, &(struct label){.string = words,
                                       .x = l->time.to + 5,
                                       .y = y,
                                       .at = LABEL_MIDDLE,
                                       .size = STYLE_SIZE_BASE,
                                       .bold = 1,
                                       .colour = style_mix(style_series(top), style_ink, 0.25),
                                       .width = NAMES_WIDTH - 5});
        floor_y = y;
    }
}

static void draw_lags(cairo_t *cr, const struct layers *l)
{
    double taken_to = -1, taken_y = -1; /* the last name */
    for (size_t i = 1; i < l->choice.count; i++) {
        const struct lag *lag = &l->lag[i];
        if (lag->level == 0)
            continue;
        char words[64];
        const double from = axis_at(&l->time, lag->from), to = axis_at(&l->time, lag->to),
                     y = axis_at(&l->y, lag->level);
        mark_lag(cr, from, to, y);
        frame_span(fabs(lag->to - lag->from), l->frame.data->weeks_per_year, words, sizeof words);
        struct label name = {.string = words,
                             .x = (from + to) / 2,
                             .y = y - 2,
                             .align = LABEL_CENTRE,
                             .at = LABEL_BOTTOM,
                             .size = STYLE_SIZE_SMALL,
                             .bold = 1,
                             .colour = style_ink,
                             .halo = 2};
        const struct label_box box = label_measure(cr, &name);
        if (fabs(y - taken_y) < 12 && box.x < taken_to + 3)
            name.y += box.height + 4; /* below its arrow */
        taken_to = box.x + box.width;
        taken_y = y;
        label_draw(cr, &name);
    }
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct layers l;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (layers_open(&l, cr, *width, data, options, NULL) == STATUS_OK) {
        *height = frame_around(cr, &l.frame, *width, 0, 0) + lanes_height(&l) + PLOT_HEIGHT + TIME_AXIS_HEIGHT;
        layers_close(&l);
    }
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct layers l;
    const enum status status = layers_open(&l, cr, width, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &l.frame, width, height, 1);
    lanes_draw(cr, &l.lanes, l.frame.top);
    l.y.to = l.frame.top + lanes_height(&l) + 4;
    l.y.from = l.frame.bottom - TIME_AXIS_HEIGHT;
    axis_values(&l.y, 0, 1, 5, 0, 1);
    axis_draw_grid(cr, &l.time, l.y.to, l.y.from);
    axis_draw_values(cr, &l.y, l.time.from, l.time.to);
    draw_curves(cr, &l);
    draw_lags(cr, &l);
    draw_names(cr, &l);
    axis_draw_time(cr, &l.time, l.y.from);
    axis_title_time(cr, &l.time, l.y.from + 14, l.years);
    axis_title_up(cr, STYLE_MARGIN, l.y.to, l.y.from, data->columns[l.choice.column[0]].unit);
    layers_close(&l);
    return STATUS_OK;
}

const struct chart layers_chart = {
    .name = "layers",
    .meaning = "shares that spread, as S-curves over each other, with the time between them",
    .takes = "columns of run school",
    .asked = 1,
    .choose = layered_choose,
    .size = size,
    .draw = draw,
};
