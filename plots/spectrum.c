/* spectrum.c: which periods a column swings with: mean periodogram of the runs, against noise with the same memory. */
#include "charts.h"
#include "kit/choose.h"
#include "kit/frame.h"

#include "../sim/leaf/stats.h"
#include "../sim/leaf/swell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEFT 44.0
#define PANEL_HEIGHT 92.0
#define PANEL_HEAD 13.0
#define PANEL_GAP 8.0
#define FOOT 27.0
#define SHORTEST 0.25 /* years */
#define SWELLS_FROM 1.0
#define SWELLS_TO 4.0
#define POINTS_LEAST 16

struct spectra {
    struct frame frame;
    struct choice choice;
    size_t points, half; /* evenly spaced weeks, frequencies */
    double spacing;      /* weeks */
    /* [column][frequency]: variance per unit of the logarithm of the period, as a share of all */
    double *mean, *lo, *hi, *noise;
    size_t *runs; /* with a spectrum, of each column */
    struct axis period;
};

static double period_of(const struct spectra *s, size_t k)
{
    return (double)s->points * s->spacing / (double)(k + 1) / s->frame.data->weeks_per_year;
}

static void free_all(struct spectra *s)
{
    free(s->mean);
    free(s->runs);
}

/* Periodograms of one column, run by run; -1 without memory. */
static int read_column(struct spectra *s, size_t i)
{
    const struct chart_data *data = s->frame.data;
    const size_t half = s->half;
    double *values = calloc(s->points + half, sizeof *values);
    double *power = malloc(data->path_count * half * sizeof *power), *one = malloc(data->path_count * sizeof *one);
    int failed = !values || !power || !one;
    size_t runs = 0;
    for (size_t p = 0; p < data->path_count && !failed; p++) {
        bool defined = true;
        for (size_t w = 0; w < s->points; w++) {
            values[w] = chart_value(data, p, w, s->choice.column[i]);
            defined &= isfinite(values[w]);
        }
        if (!defined)
            continue;
        failed = stats_periodogram(values, s->points, power + runs * half) ||
                 swell_noise(values, s->points, values + s->points);
        for (size_t k = 0; k < half && !failed; k++) {
            power[runs * half + k] *= (double)(k + 1); /* frequency times density */
            s->noise[i * half + k] += values[s->points + k] * (double)(k + 1);
        }
        runs++;
    }
    for (size_t k = 0; k < half && !failed; k++) {
        for (size_t p = 0; p < runs; p++)
            one[p] = power[p * half + k];
        const struct stats stats = stats_of(one, runs);
        s->mean[i * half + k] = stats.mean;
        s->lo[i * half + k] = stats.mean_lo;
        s->hi[i * half + k] = stats.mean_hi;
        s->noise[i * half + k] = runs ? s->noise[i * half + k] / (double)runs : (double)NAN;
    }
    s->runs[i] = runs;
    free(values);
    free(power);
    free(one);
    return failed ? -1 : 0;
}

/* Weeks are even but for the last row, which a run always keeps. */
static size_t even_points(const struct chart_data *data)
{
    size_t n = data->week_count < 2 ? data->week_count : 2;
    while (n < data->week_count && data->weeks[n] - data->weeks[n - 1] == data->weeks[1] - data->weeks[0])
        n++;
    return n;
}

static void log_axis(struct spectra *s, double width)
{
    static const double ticks[] = {0.25, 0.5, 1, 2, 4, 8, 16, 32, 64};
    struct axis *axis = &s->period;
    const double longest = fmin(period_of(s, 0), 64);
    *axis = (struct axis){.from = STYLE_MARGIN + LEFT, .to = width - STYLE_MARGIN - 6};
    axis->lo = log(fmax(SHORTEST, 2 * s->spacing / s->frame.data->weeks_per_year));
    axis->hi = fmax(log(longest), axis->lo + 0.5);
    for (size_t i = 0; i < sizeof ticks / sizeof ticks[0]; i++)
        if (log(ticks[i]) >= axis->lo - 1e-9 && log(ticks[i]) <= axis->hi + 1e-9) {
            axis->tick[axis->tick_count] = log(ticks[i]);
            snprintf(axis->label[axis->tick_count++], AXIS_LABEL_SIZE, "%g", ticks[i]);
        }
}

static void key_swells(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_rectangle(cr, x, y - 4, item->width, 8);
    cairo_fill(cr);
}

static void key_noise(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_width(cr, 1);
    cairo_set_dash(cr, (double[]){3, 2}, 2, 0);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + item->width, y);
    cairo_stroke(cr);
}

static const struct colour SWELLS = {0.95, 0.93, 0.86};

static void make_key(struct spectra *s)
{
    const struct chart_data *data = s->frame.data;
    const char *whom = frame_whom(data);
    frame_key(&s->frame, KEY_LINE, style_grey, data->path_count > 1 ? "mean of %s" : "the run itself", whom);
    if (data->path_count > 1)
        frame_key(&s->frame, KEY_INNER, style_grey, "95 %% interval of the mean");
    struct key_item *item = frame_key(&s->frame, KEY_OWN, style_ink,
                                      "noise with the same memory and inertia, no period");
    item->own = key_noise;
    item->width = 16;
    item = frame_key(&s->frame, KEY_OWN, SWELLS, "1 to 4 years");
    item->own = key_swells;
    item->width = 16;
    frame_note(&s->frame,
               "Detrended, Hann window. Height: share of variance per factor e of the period, so that areas under the "
               "curve are shares. Noise: autoregressive of second order with real roots, fitted to each run (Burg).");
    size_t dated = 0;
    for (size_t e = 0; e < data->event_count && data->week_count > 0; e++)
        dated += data->events[e].start > data->weeks[0] && data->events[e].start < data->weeks[data->week_count - 1];
    if (dated > 0)
        frame_note(&s->frame,
                   "%zu strateg%s, shock%s or initiative%s begin%s in these weeks: a rise and a fall that they bring "
                   "is in the curves as a period too.",
                   dated, dated == 1 ? "y" : "ies", dated == 1 ? "" : "s", dated == 1 ? "" : "s",
                   dated == 1 ? "s" : "");
    frame_note(&s->frame, "A school year has %d weeks.", data->weeks_per_year);
}

static enum status spectra_open(struct spectra *s, double width, const struct chart_data *data,
                                const struct chart_options *options, struct faults *faults)
{
    *s = (struct spectra){.points = even_points(data)};
    const enum status status = choose_columns(data, options, &s->choice, faults);
    if (status != STATUS_OK)
        return status;
    s->half = s->points / 2;
    if (s->points < POINTS_LEAST)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "a spectrum needs %d rows or more of a run; there are %zu",
                         POINTS_LEAST, data->week_count);
    s->spacing = (double)(data->weeks[1] - data->weeks[0]);
    frame_open(&s->frame, data, width);
    const size_t cells = s->choice.count * s->half;
    s->mean = calloc(4 * cells, sizeof *s->mean);
    s->runs = calloc(s->choice.count, sizeof *s->runs);
    int failed = !s->mean || !s->runs;
    if (!failed) {
        s->lo = s->mean + cells;
        s->hi = s->lo + cells;
        s->noise = s->hi + cells;
    }
    for (size_t i = 0; i < s->choice.count && !failed; i++)
        failed = read_column(s, i);
    if (failed) {
        free_all(s);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short for the spectra of %zu runs",
                         data->path_count);
    }
    log_axis(s, width);
    make_key(s);
    return STATUS_OK;
}

static bool shown(const struct spectra *s, size_t k)
{
    const double at = log(period_of(s, k));
    return at >= s->period.lo - 1e-9 && at <= s->period.hi + 1e-9;
}

static void draw_curve(cairo_t *cr, const struct spectra *s, const double *values, const struct axis *y)
{
    for (size_t k = 0; k < s->half; k++)
        if (shown(s, k) && isfinite(values[k]))
            cairo_line_to(cr, axis_at(&s->period, log(period_of(s, k))), axis_at(y, values[k]));
    cairo_stroke(cr);
}

static void draw_interval(cairo_t *cr, const struct spectra *s, const double *lo, const double *hi,
                          const struct axis *y)
{
    for (size_t k = 0; k < s->half; k++)
        if (shown(s, k))
            cairo_line_to(cr, axis_at(&s->period, log(period_of(s, k))), axis_at(y, hi[k]));
    for (size_t k = s->half; k-- > 0;)
        if (shown(s, k))
            cairo_line_to(cr, axis_at(&s->period, log(period_of(s, k))), axis_at(y, fmax(lo[k], 0)));
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void draw_peak(cairo_t *cr, const struct spectra *s, const double *mean, const double *noise, struct axis *y)
{
    size_t best = s->half;
    double most = 1;
    for (size_t k = 0; k < s->half; k++)
        if (shown(s, k) && k > 0 && mean[k] / noise[k] > most && mean[k] > 0.25 * y->hi) {
            most = mean[k] / noise[k];
            best = k;
        }
    if (best == s->half)
        return;
    char words[80];
    snprintf(words, sizeof words, "highest above the noise at %.1f years: %.1f times", period_of(s, best), most);
    label_draw(cr, &(struct label){.string = words,
                                   .x = s->period.to,
                                   .y = y->to - PANEL_HEAD + 1.2,
                                   .align = LABEL_RIGHT,
                                   .size = STYLE_SIZE_SMALL,
                                   .colour = style_grey});
    style_source(cr, style_ink, 1);
    cairo_arc(cr, axis_at(&s->period, log(period_of(s, best))), axis_at(y, mean[best]), 2.2, 0, 2 * M_PI);
    cairo_fill(cr);
}

static void draw_panel(cairo_t *cr, const struct spectra *s, size_t i, double top)
{
    const struct column *column = &s->frame.data->columns[s->choice.column[i]];
    const struct colour colour = style_series(s->choice.look[i]);
    const double *mean = s->mean + i * s->half, *lo = s->lo + i * s->half, *hi = s->hi + i * s->half;
    const double *noise = s->noise + i * s->half;
    struct axis y = {.from = top + PANEL_HEAD + PANEL_HEIGHT, .to = top + PANEL_HEAD};
    double most = NAN;
    for (size_t k = 0; k < s->half; k++)
        if (shown(s, k))
            most = fmax(most, fmax(fmax(mean[k], hi[k]), noise[k]));
    axis_values(&y, 0, most, 4, 0, NAN);
    const double from = fmax(log(SWELLS_FROM), s->period.lo), to = fmin(log(SWELLS_TO), s->period.hi);
    if (to > from) {
        style_source(cr, SWELLS, 1);
        cairo_rectangle(cr, axis_at(&s->period, from), y.to, axis_at(&s->period, to) - axis_at(&s->period, from),
                        y.from - y.to);
        cairo_fill(cr);
    }
    axis_draw_grid(cr, &s->period, y.to, y.from);
    axis_draw_values(cr, &y, s->period.from, s->period.to);
    label_draw(cr, &(struct label){.string = column->name,
                                   .x = s->period.from,
                                   .y = top,
                                   .size = STYLE_SIZE_HEAD,
                                   .bold = 1,
                                   .colour = style_mix(colour, style_ink, 0.25)});
    if (s->runs[i] == 0) {
        label_absent(cr, "undefined in some week of every run", (s->period.from + s->period.to) / 2,
                     (y.from + y.to) / 2);
        return;
    }
    style_source(cr, colour, STYLE_BAND_INNER);
    if (s->runs[i] > 1)
        draw_interval(cr, s, lo, hi, &y);
    style_source(cr, style_ink, 1);
    cairo_set_line_width(cr, 1);
    cairo_set_dash(cr, (double[]){3, 2}, 2, 0);
    draw_curve(cr, s, noise, &y);
    cairo_set_dash(cr, NULL, 0, 0);
    style_source(cr, colour, 1);
    cairo_set_line_width(cr, STYLE_LINE_MAIN);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    draw_curve(cr, s, mean, &y);
    draw_peak(cr, s, mean, noise, &y);
}

static double panels_height(const struct spectra *s)
{
    return (double)s->choice.count * (PANEL_HEAD + PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct spectra s;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2;
    if (spectra_open(&s, *width, data, options, NULL) == STATUS_OK) {
        *height = frame_around(cr, &s.frame, *width, 0, 0) + panels_height(&s) + FOOT;
        free_all(&s);
    }
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct spectra s;
    const enum status status = spectra_open(&s, width, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &s.frame, width, height, 1);
    const double bottom = s.frame.top + panels_height(&s);
    for (size_t i = 0; i < s.choice.count; i++)
        draw_panel(cr, &s, i, s.frame.top + (double)i * (PANEL_HEAD + PANEL_HEIGHT + PANEL_GAP));
    axis_draw_time(cr, &s.period, bottom);
    axis_title(cr, &s.period, bottom + 14, "period, school years (each step twice the one before)");
    axis_title_up(cr, STYLE_MARGIN, s.frame.top, bottom, "share of variance per factor e of the period");
    free_all(&s);
    return STATUS_OK;
}

const struct chart spectrum_chart = {
    .name = "spectrum",
    .meaning = "which periods capacities swell with, against noise that has none",
    .takes = "columns of run school",
    .asked = 1,
    .size = size,
    .draw = draw,
};
