/* axis.c: see axis.h. */
#include "axis.h"

#include "label.h"

#include <math.h>
#include <stdio.h>

/* The round number nearest above span / wanted. */
static double round_step(double span, int wanted)
{
    double rough = span / (wanted < 1 ? 1 : wanted), power = pow(10, floor(log10(rough))), digit = rough / power;
    return (digit <= 1.000001 ? 1 : digit <= 2.000001 ? 2 : digit <= 5.000001 ? 5 : 10) * power;
}

static int decimals_of(double step)
{
    int decimals = (int)ceil(-log10(step) - 1e-6);
    return decimals < 0 ? 0 : decimals > 12 ? 12 : decimals;
}

static void label_value(char *label, double value, double step)
{
    if (fabs(value) < step * 1e-6)
        value = 0; /* no "-0.0" */
    if (fabs(value) >= 1e6 || step < 1e-6)
        snprintf(label, AXIS_LABEL_SIZE, "%.4g", value);
    else
        snprintf(label, AXIS_LABEL_SIZE, "%.*f", decimals_of(step), value);
}

void axis_values(struct axis *axis, double lo, double hi, int wanted, double least, double most)
{
    if (!isfinite(lo) || !isfinite(hi) || lo > hi) {
        lo = 0;
        hi = 1;
    }
    if (hi - lo < 1e-9 * fmax(1, fabs(hi))) {
        double widen = hi != 0 ? 0.1 * fabs(hi) : 0.5;
        lo -= widen;
        hi += widen;
    }
    double step = round_step(hi - lo, wanted);
    axis->lo = floor(lo / step + 1e-6) * step;
    axis->hi = ceil(hi / step - 1e-6) * step;
    if (axis->lo < least)
        axis->lo = least;
    if (axis->hi > most)
        axis->hi = most;
    axis->tick_count = 0;
    double first = ceil(axis->lo / step - 1e-6);
    for (int i = 0; i < AXIS_TICKS_MAX; i++) {
        double value = (first + i) * step;
        if (value > axis->hi + 1e-6 * step)
            break;
        axis->tick[i] = value;
        label_value(axis->label[i], value, step);
        axis->tick_count = i + 1;
    }
}

int axis_weeks(struct axis *axis, int64_t first, int64_t last, int weeks_per_year, int wanted)
{
    if (last <= first)
        last = first + 1;
    double year = weeks_per_year < 1 ? 1 : weeks_per_year;
    const int years = axis_in_years(last - first, weeks_per_year);
    double unit = years ? year : 1;
    double step = fmax(1, round_step((double)(last - first) / unit, wanted));
    axis->lo = (double)first;
    axis->hi = (double)last;
    axis->tick_count = 0;
    double start = ceil((double)first / unit / step - 1e-9);
    for (int i = 0; i < AXIS_TICKS_MAX; i++) {
        double value = (start + i) * step;
        if (value * unit > axis->hi + 1e-9)
            break;
        axis->tick[i] = value * unit;
        snprintf(axis->label[i], AXIS_LABEL_SIZE, "%.0f", value);
        axis->tick_count = i + 1;
    }
    return years;
}

int axis_in_years(int64_t span, int weeks_per_year)
{
    return span >= 2 * (int64_t)(weeks_per_year < 1 ? 1 : weeks_per_year);
}

void axis_moment(int64_t week, int weeks_per_year, int years, char *text, size_t size)
{
    const double year = (double)week / (weeks_per_year < 1 ? 1 : weeks_per_year);
    int decimals = 0;
    if (!years) {
        snprintf(text, size, "week %lld", (long long)week);
        return;
    }
    while (decimals < 3 && fabs(year - round(year * pow(10, decimals)) / pow(10, decimals)) > 1e-9)
        decimals++; /* as many as tell one week of a hundred from the next */
    snprintf(text, size, "year %.*f", decimals, year);
}

/* A horizontal line at each tick of a value axis that stands upright, and its label to the left of `start`. */
void axis_draw_values(cairo_t *cr, const struct axis *axis, double start, double end)
{
    cairo_set_line_width(cr, STYLE_LINE_GRID);
    cairo_set_dash(cr, NULL, 0, 0);
    for (int i = 0; i < axis->tick_count; i++) {
        double y = axis_at(axis, axis->tick[i]);
        style_source(cr, style_grid, 1);
        cairo_move_to(cr, start, y);
        cairo_line_to(cr, end, y);
        cairo_stroke(cr);
        label_draw(cr, &(struct label){.string = axis->label[i],
                                       .x = start - 4,
                                       .y = y,
                                       .align = LABEL_RIGHT,
                                       .at = LABEL_MIDDLE,
                                       .size = STYLE_SIZE_SMALL,
                                       .colour = style_grey});
    }
}

void axis_draw_grid(cairo_t *cr, const struct axis *axis, double start, double end)
{
    cairo_set_line_width(cr, STYLE_LINE_GRID);
    cairo_set_dash(cr, NULL, 0, 0);
    style_source(cr, style_grid, 1);
    for (int i = 0; i < axis->tick_count; i++) {
        double x = axis_at(axis, axis->tick[i]);
        cairo_move_to(cr, x, start);
        cairo_line_to(cr, x, end);
    }
    cairo_stroke(cr);
}

void axis_draw_time(cairo_t *cr, const struct axis *axis, double bottom)
{
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    cairo_set_dash(cr, NULL, 0, 0);
    style_source(cr, style_grey, 1);
    cairo_move_to(cr, axis->from, bottom);
    cairo_line_to(cr, axis->to, bottom);
    for (int i = 0; i < axis->tick_count; i++) {
        double x = axis_at(axis, axis->tick[i]);
        cairo_move_to(cr, x, bottom);
        cairo_line_to(cr, x, bottom + 3);
    }
    cairo_stroke(cr);
    for (int i = 0; i < axis->tick_count; i++)
        label_draw(cr, &(struct label){.string = axis->label[i],
                                       .x = axis_at(axis, axis->tick[i]),
                                       .y = bottom + 4,
                                       .align = LABEL_CENTRE,
                                       .size = STYLE_SIZE_SMALL,
                                       .colour = style_grey});
}

void axis_title(cairo_t *cr, const struct axis *axis, double y, const char *words)
{
    label_draw(cr, &(struct label){.string = words,
                                   .x = (axis->from + axis->to) / 2,
                                   .y = y,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink});
}

void axis_title_time(cairo_t *cr, const struct axis *axis, double y, int years)
{
    axis_title(cr, axis, y, years ? "school years since the start" : "weeks since the start");
}

void axis_title_up(cairo_t *cr, double x, double top, double bottom, const char *words)
{
    label_draw(cr, &(struct label){.string = words,
                                   .x = x,
                                   .y = (top + bottom) / 2,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_SMALL,
                                   .colour = style_grey,
                                   .width = bottom - top,
                                   .wrap = 2,
                                   .upwards = 1});
}
