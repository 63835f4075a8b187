/* axis.h: scales, round ticks and grid lines; time in school years or weeks. */
#ifndef EBB_AXIS_H
#define EBB_AXIS_H

#include <cairo.h>
#include <stddef.h>
#include <stdint.h>

#define AXIS_TICKS_MAX 64
#define AXIS_LABEL_SIZE 32

struct axis {
    double lo, hi;   /* values at the ends; lo < hi */
    double from, to; /* their places on the page */
    int tick_count;
    double tick[AXIS_TICKS_MAX]; /* values */
    char label[AXIS_TICKS_MAX][AXIS_LABEL_SIZE];
};

static inline double axis_at(const struct axis *axis, double value)
{
    return axis->from + (value - axis->lo) / (axis->hi - axis->lo) * (axis->to - axis->from);
}

/* Values lo to hi (equal, reversed or not finite: widened to something that can be drawn), extended to whole ticks;
 * steps of 1, 2 or 5 times a power of ten, about `wanted` of them. floor and ceiling (NAN: none) are not passed. */
void axis_values(struct axis *axis, double lo, double hi, int wanted, double floor, double ceiling);

/* Weeks first to last. Ticks are whole school years where the span has two or more, else weeks; values are weeks.
 * Returns 1 when the labels are years, 0 when they are weeks. */
int axis_weeks(struct axis *axis, int64_t first, int64_t last, int weeks_per_year, int wanted);

/* Whether a figure that spans so many weeks tells time in years. */
int axis_in_years(int64_t span, int weeks_per_year);

/* A moment as the figure's axis has it: "year 2.5", or "week 100". */
void axis_moment(int64_t week, int weeks_per_year, int years, char *text, size_t size);

/* Hairlines across [start, end] at each tick, and the labels: left of a value axis, below a time axis. */
void axis_draw_values(cairo_t *cr, const struct axis *axis, double start, double end);
void axis_draw_grid(cairo_t *cr, const struct axis *axis, double start, double end);
void axis_draw_time(cairo_t *cr, const struct axis *axis, double bottom);

/* Titles: below an axis, its top at y; "school years since the start" below a time axis; and upwards, centred at x. */
void axis_title(cairo_t *cr, const struct axis *axis, double y, const char *words);
void axis_title_time(cairo_t *cr, const struct axis *axis, double y, int years);
void axis_title_up(cairo_t *cr, double x, double top, double bottom, const char *words);

#endif
