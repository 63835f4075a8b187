/* heat.h: what heat.c prepares and heat_panel.c draws. */
#ifndef EBB_HEAT_H
#define EBB_HEAT_H

#include "kit/frame.h"
#include "kit/points.h"
#include "kit/target.h"
#include "kit/tiles.h"

#define HEAT_LEFT 36.0  /* labels and title of the axis beside the cells */
#define HEAT_HEAD 26.0  /* measure and scale above them */
#define HEAT_SLICE 13.0 /* of one of several panels of a measure: only which it is */
#define HEAT_GROUP 17.0 /* and above them all the measure and its scale */
#define HEAT_FOOT 27.0  /* labels and title of the axis below */

struct heat {
    const struct chart_data *data;
    struct choice choice;
    size_t slices; /* levels of the third axis, or 1 */
    size_t panels;
    struct tiles tiles;
    struct targets targets;
    double lo[CHOOSE_MAX], hi[CHOOSE_MAX]; /* of the means, by chosen column */
    size_t *cell;                          /* owned; [slice][y][x] */
    int holes;                             /* cells without a value */
    size_t most;                           /* runs of a point */
    struct frame frame;
};

struct heat_panel {
    double left, right, top, bottom; /* of the cells */
    size_t chosen, slice;
    int titled_left, titled_below; /* the axis titles; small multiples share them */
};

/* The cell's point + 1; 0: none. */
static inline size_t *heat_cell(const struct heat *h, size_t slice, size_t y, size_t x)
{
    const struct chart_axis *axes = h->data->points->axes;
    return &h->cell[(slice * axes[1].level_count + y) * axes[0].level_count + x];
}

void heat_panel_draw(cairo_t *cr, const struct heat *heat, const struct heat_panel *panel);
/* A measure's name and its colours from the least mean to the greatest, in one row from left on. */
void heat_group_draw(cairo_t *cr, const struct heat *heat, size_t chosen, double left, double top);
/* Strokes the path. Main: the contour of the means; else of the ends of their intervals. */
void heat_contour_stroke(cairo_t *cr, int is_main);

#endif
