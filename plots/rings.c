/* rings.c: nested communities as discs inside each other at a few moments; areas are shares of all. */
#include "charts.h"
#include "kit/frame.h"
#include "kit/layered.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOMENTS_MAX 24
#define MOMENTS 8 /* when none are asked for */
#define COLUMNS 4
#define HEAD 13.0
#define FOOT 15.0
#define PAD 6.0

struct rings {
    struct frame frame;
    struct choice choice;
    struct bands *bands;
    size_t moment[MOMENTS_MAX]; /* indices of weeks */
    size_t moments;
};

static int in_years(const struct chart_data *data)
{
    return axis_in_years(data->weeks[data->week_count - 1] - data->weeks[0], data->weeks_per_year);
}

static struct colour colour_of(const struct rings *r, size_t i)
{
    return style_ramp(r->choice.count < 2 ? 0.6 : 0.15 + 0.75 * (double)i / (double)(r->choice.count - 1));
}

static size_t nearest(const struct chart_data *data, int64_t week)
{
    size_t best = 0;
    for (size_t w = 1; w < data->week_count; w++)
        if (llabs(data->weeks[w] - week) < llabs(data->weeks[best] - week))
            best = w;
    return best;
}

static void choose_moments(struct rings *r, const struct chart_options *options)
{
    const struct chart_data *data = r->frame.data;
    const int64_t first = data->weeks[0], last = data->weeks[data->week_count - 1];
    const int64_t year = data->weeks_per_year > 0 ? data->weeks_per_year : 1;
    const size_t wanted = options->week_count ? options->week_count : MOMENTS;
    for (size_t k = 0; k < wanted && r->moments < MOMENTS_MAX; k++) {
        int64_t week = options->week_count ? options->weeks[k]
                                           : first + (last - first) * (int64_t)k / (int64_t)(MOMENTS - 1);
        if (!options->week_count && last - first >= (MOMENTS - 1) * year)
            week = (week + year / 2) / year * year; /* whole school years */
        const size_t at = nearest(data, week);
        if (r->moments == 0 || r->moment[r->moments - 1] != at)
            r->moment[r->moments++] = at;
    }
}

static void key_disc(cairo_t *cr, const struct key_item *item, double x, double y)
{
    cairo_arc(cr, x + item->width / 2, y, 3.8, 0, 2 * M_PI);
    style_source(cr, item->colour, item->value > 0 ? 1 : 0);
    cairo_fill_preserve(cr);
    style_source(cr, style_grey, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    cairo_stroke(cr);
}

static void key_dashed(cairo_t *cr, const struct key_item *item, double x, double y)
{
    cairo_set_dash(cr, (double[]){1.6, 1.4}, 2, 0);
    cairo_set_line_width(cr, 0.7);
    style_source(cr, item->colour, 1);
    cairo_arc(cr, x + item->width / 2, y, 3.8, 0, 2 * M_PI);
    cairo_stroke(cr);
}

static void make_key(struct rings *r)
{
    struct key_item *item = frame_key(&r->frame, KEY_OWN, style_white, "everyone");
    const char *whom = frame_whom(r->frame.data);
    if (item)
        *item = (struct key_item){
            .mark = KEY_OWN, .colour = style_white, .own = key_disc, .width = 9, .words = "everyone"};
    for (size_t i = 0; i < r->choice.count; i++) {
        item = frame_key(&r->frame, KEY_OWN, colour_of(r, i), "%s", r->frame.data->columns[r->choice.column[i]].name);
        if (!item)
            break;
        item->own = key_disc;
        item->width = 9;
        item->value = 1;
    }
    if (bands_kind(r->frame.data->path_count) >= BANDS_QUARTILES &&
        (item = frame_key(&r->frame, KEY_OWN, style_ink, "middle 50 %% of %s", whom))) {
        item->own = key_dashed;
        item->width = 9;
    }
    frame_note(&r->frame, "Areas are shares of all%s%s; below each disc in the key's order, in percent.",
               r->frame.data->path_count > 1 ? ", medians of " : "", r->frame.data->path_count > 1 ? whom : "");
    if (in_years(r->frame.data))
        frame_note(&r->frame, "A school year has %d weeks.", r->frame.data->weeks_per_year);
}

static void rings_close(struct rings *r)
{
    for (size_t i = 0; r->bands && i < r->choice.count; i++)
        bands_free(&r->bands[i]);
    free(r->bands);
}

static enum status rings_open(struct rings *r, double width, const struct chart_data *data,
                              const struct chart_options *options, struct faults *faults)
{
    char whose[160];
    *r = (struct rings){.moments = 0};
    const enum status status = layered_choose(data, options, &r->choice, faults);
    if (status != STATUS_OK)
        return status;
    frame_open(&r->frame, data, width);
    r->bands = calloc(r->choice.count, sizeof *r->bands);
    int failed = !r->bands;
    for (size_t i = 0; !failed && i < r->choice.count; i++)
        failed = bands_of(data, r->choice.column[i], &r->bands[i]);
    if (failed) {
        rings_close(r);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw %zu runs", data->path_count);
    }
    choose_moments(r, options);
    make_key(r);
    if (layered_whose(data, options, whose, sizeof whose))
        frame_note(&r->frame, "Of the innovation called %s.", whose);
    return STATUS_OK;
}

static double cell_width(const struct rings *r)
{
    return (r->frame.right - r->frame.left) / COLUMNS;
}

static double cell_height(const struct rings *r)
{
    return HEAD + cell_width(r) - PAD + FOOT;
}

static double radius_of(const struct rings *r, double share)
{
    return (cell_width(r) / 2 - PAD) * sqrt(fmin(fmax(share, 0), 1));
}

/* The median's discs, the largest first, so that a layer that is no part of the one before it still shows. */
static void draw_discs(cairo_t *cr, const struct rings *r, size_t week, double x, double y)
{
    bool done[CHOOSE_MAX] = {false};
    for (size_t k = 0; k < r->choice.count; k++) {
        size_t largest = r->choice.count;
        for (size_t i = 0; i < r->choice.count; i++)
            if (!done[i] && isfinite(r->bands[i].median[week]) &&
                (largest == r->choice.count || r->bands[i].median[week] > r->bands[largest].median[week]))
                largest = i;
        if (largest == r->choice.count)
            return;
        done[largest] = true;
        cairo_arc(cr, x, y, radius_of(r, r->bands[largest].median[week]), 0, 2 * M_PI);
        style_source(cr, colour_of(r, largest), 1);
        cairo_fill_preserve(cr);
        style_source(cr, style_white, 1);
        cairo_set_line_width(cr, 0.6);
        cairo_stroke(cr);
    }
}

static void draw_quartiles(cairo_t *cr, const struct rings *r, size_t week, double x, double y)
{
    cairo_set_dash(cr, (double[]){1.6, 1.4}, 2, 0);
    cairo_set_line_width(cr, 0.6);
    for (size_t i = 0; i < r->choice.count; i++)
        for (int side = 0; side < 2; side++) {
            const double share = side ? r->bands[i].inner_hi[week] : r->bands[i].inner_lo[week];
            if (!(share > 0) || radius_of(r, share) < 1.5)
                continue;
            /* ink on light layers and on white, white on dark ones below */
            const int dark = style_luminance(colour_of(r, i)) < 0.3 && !side;
            style_source(cr, dark ? style_white : style_ink, 0.9);
            cairo_arc(cr, x, y, radius_of(r, share), 0, 2 * M_PI);
            cairo_stroke(cr);
        }
    cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_moment(cairo_t *cr, const struct rings *r, size_t k, double left, double top)
{
    const struct chart_data *data = r->frame.data;
    const size_t week = r->moment[k];
    const double x = left + cell_width(r) / 2, y = top + HEAD + cell_width(r) / 2 - PAD / 2;
    char words[160] = "";
    axis_moment(data->weeks[week], data->weeks_per_year, in_years(data), words, sizeof words);
    label_draw(cr, &(struct label){
                       .string = words, .x = x, .y = top, .align = LABEL_CENTRE, .size = STYLE_SIZE_HEAD, .bold = 1});
    cairo_new_path(cr);
    cairo_arc(cr, x, y, radius_of(r, 1), 0, 2 * M_PI);
    style_source(cr, style_grey, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    cairo_stroke(cr);
    draw_discs(cr, r, week, x, y);
    if (bands_kind(data->path_count) >= BANDS_QUARTILES)
        draw_quartiles(cr, r, week, x, y);
    words[0] = '\0';
    for (size_t i = 0; i < r->choice.count; i++) {
        const size_t used = strlen(words);
        const double value = r->bands[i].median[week];
        if (isfinite(value))
            snprintf(words + used, sizeof words - used, "%s%.0f", i ? " \u00b7 " : "", 100 * value);
        else
            snprintf(words + used, sizeof words - used, "%s-", i ? " \u00b7 " : "");
    }
    label_draw(cr, &(struct label){.string = words,
                                   .x = x,
                                   .y = y + radius_of(r, 1) + 2,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink});
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct rings r;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2;
    if (rings_open(&r, *width, data, options, NULL) == STATUS_OK) {
        const double rows = ceil((double)r.moments / COLUMNS);
        *height = frame_around(cr, &r.frame, *width, 0, 0) + rows * cell_height(&r);
        rings_close(&r);
    }
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct rings r;
    const enum status status = rings_open(&r, width, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &r.frame, width, height, 1);
    for (size_t k = 0; k < r.moments; k++) {
        const size_t row = k / COLUMNS;
        draw_moment(cr, &r, k, r.frame.left + (double)(k % COLUMNS) * cell_width(&r),
                    r.frame.top + (double)row * cell_height(&r));
    }
    rings_close(&r);
    return STATUS_OK;
}

const struct chart rings_chart = {
    .name = "rings",
    .meaning = "nested communities as discs inside each other, at a few moments (--weeks)",
    .takes = "columns of weeks run school",
    .asked = 1,
    .choose = layered_choose,
    .size = size,
    .draw = draw,
};
