/* heat.c: two settings of a sweep against each other, a measure as colour and number; a third setting, and several
 * measures, as small multiples. */
#include "charts.h"
#include "heat.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define LEVELS_MAX 10000 /* of an axis, against overflow */
#define CELLS_A_POINT 4  /* more empty cells than this are no grid */
#define ACROSS 3         /* panels in a row */
#define PANEL_GAP 14.0
#define CELLS_HEIGHT 230.0

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
        *heat_cell(h, p->axis_count == 3 ? points_level(h->data, i, 2) : 0, points_level(h->data, i, 1),
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
            const size_t n = points_at(h->data, i, h->choice.column[c])->n;
            h->most = n > h->most ? n : h->most;
        }
    }
    for (size_t i = 0; i < h->slices * p->axes[0].level_count * p->axes[1].level_count; i++)
        for (size_t c = 0; c < h->choice.count; c++)
            h->holes |= !h->cell[i] || isnan(points_at(h->data, h->cell[i] - 1, h->choice.column[c])->mean);
}

static void own_contour(cairo_t *cr, const struct key_item *item, double x, double y)
{
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + item->width, y);
    heat_contour_stroke(cr, item->value > 0);
}

/* Where the target is reached: for sure, where the whole interval lies at or above it. */
static void count_reached(const struct heat *h, size_t column, double target, size_t *surely, size_t *perhaps,
                          size_t *all)
{
    *surely = *perhaps = *all = 0;
    for (size_t i = 0; i < h->data->points->count; i++) {
        const struct chart_spread *s = points_at(h->data, i, column);
        if (isnan(s->mean))
            continue;
        const double lo = isnan(s->lo) ? s->mean : s->lo, hi = isnan(s->hi) ? s->mean : s->hi;
        ++*all;
        *surely += lo >= target;
        *perhaps += lo < target && hi >= target;
    }
}

static void note_targets(struct heat *h)
{
    const struct chart_axis *axes = h->data->points->axes;
    int stepped = axes[0].words || axes[1].words;
    for (size_t i = 0; i < h->targets.count; i++) {
        size_t surely, perhaps, all;
        const char *name = h->data->columns[h->targets.column[i]].name;
        frame_own(&h->frame, own_contour, 1, style_ink, "%.60s = %g", name, h->targets.value[i]);
        count_reached(h, h->targets.column[i], h->targets.value[i], &surely, &perhaps, &all);
        frame_note(&h->frame,
                   "%.60s reaches %g with its whole interval at %zu of %zu points; at %zu the interval includes it.",
                   name, h->targets.value[i], surely, all, perhaps);
    }
    if (h->targets.count && !stepped)
        frame_note(&h->frame, "Lines run between points by interpolation.");
    if (h->targets.count && h->most > 1)
        frame_own(&h->frame, own_contour, 0, style_ink, "the same of either end of the intervals");
}

static void make_notes(struct heat *h)
{
    char n[64], when[64];
    points_n(h->data, h->choice.column[0], n, sizeof n);
    axis_moment(h->data->points->week, h->data->weeks_per_year,
                axis_in_years(h->data->points->week, h->data->weeks_per_year), when, sizeof when);
    frame_note(
        &h->frame,
        "Colour and number: mean over the runs of a point in %s; \u00b1: half of its 95 %% interval (Student's t). "
        "%s; all points share their luck.%s",
        when, n, h->holes ? " Hatched: no finished run, or undefined." : "");
    note_targets(h);
}

static enum status heat_open(struct heat *h, const struct chart_data *data, const struct chart_options *options,
                             struct faults *faults)
{
    *h = (struct heat){.data = data};
    enum status status = check(data, faults);
    if (status == STATUS_OK)
        status = targets_choose(data, options, &h->choice, &h->targets, faults);
    if (status == STATUS_OK)
        status = place(h, faults);
    if (status != STATUS_OK)
        return status;
    span(h);
    frame_begin(&h->frame, data, STYLE_WIDTH);
    make_notes(h);
    h->panels = h->choice.count * h->slices;
    h->tiles = tiles_of(h->choice.count, h->slices, ACROSS);
    return STATUS_OK;
}

/* ---- the page ---- */

static double panel_width(const struct heat *h, double width)
{
    return (width - 2 * STYLE_MARGIN - (double)(h->tiles.across - 1) * PANEL_GAP) / (double)h->tiles.across;
}

static double head_height(const struct heat *h)
{
    return h->slices > 1 ? HEAT_SLICE : HEAT_HEAD;
}

static double groups_height(const struct heat *h)
{
    return h->slices > 1 ? HEAT_GROUP * (double)h->choice.count : 0;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct heat h;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (heat_open(&h, data, options, NULL) == STATUS_OK) {
        const double cells = fmin(panel_width(&h, *width) - HEAT_LEFT, CELLS_HEIGHT);
        *height = frame_around(cr, &h.frame, *width, 0, 0) + groups_height(&h) +
                  (double)h.tiles.down * (head_height(&h) + cells + HEAT_FOOT + PANEL_GAP) - PANEL_GAP;
    }
    free(h.cell);
    cairo_destroy(cr);
}

/* Panel i, given its place and the height of a row. */
static void draw_panel(cairo_t *cr, const struct heat *h, size_t i, double width, double down)
{
    const struct tile at = tiles_at(&h->tiles, i);
    const double across = panel_width(h, width) + PANEL_GAP, left = STYLE_MARGIN + across * (double)at.column;
    const double groups = h->slices > 1 ? HEAT_GROUP * (double)(at.group + 1) : 0;
    const double top = h->frame.top + groups + down * (double)at.row;
    const size_t below = at.member + h->tiles.across; /* the panel under this one */
    if (h->slices > 1 && at.member == 0)
        heat_group_draw(cr, h, at.group, left + HEAT_LEFT, top - HEAT_GROUP);
    heat_panel_draw(cr, h,
                    &(struct heat_panel){.left = left + HEAT_LEFT,
                                         .right = left + across - PANEL_GAP,
                                         .top = top + head_height(h),
                                         .bottom = top + down - PANEL_GAP - HEAT_FOOT,
                                         .chosen = at.group,
                                         .slice = at.member,
                                         .titled_left = h->slices == 1 || at.column == 0,
                                         .titled_below = h->slices == 1 || below >= h->slices});
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct heat h;
    const enum status status = heat_open(&h, data, options, faults);
    if (status == STATUS_OK) {
        frame_around(cr, &h.frame, width, height, 1);
        const double rest = h.frame.bottom - h.frame.top - groups_height(&h);
        for (size_t i = 0; i < h.panels; i++)
            draw_panel(cr, &h, i, width, (rest + PANEL_GAP) / (double)h.tiles.down);
    }
    free(h.cell);
    return status;
}

const struct chart heat_chart = {
    .name = "heat",
    .meaning = "two settings of a sweep against each other: mean and interval of a measure as colour and number",
    .takes = "columns of target weeks",
    .of_points = 1,
    .choose = targets_columns,
    .size = size,
    .draw = draw,
};
