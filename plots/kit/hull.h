/* hull.h: the area around spots, with room beyond the outermost. */
#ifndef EBB_PLOTS_HULL_H
#define EBB_PLOTS_HULL_H

#include "style.h"

struct spot {
    double x, y; /* points */
};

/* Fills the convex hull of the spots and half of `wide` points around it; one spot makes a circle, two a lane. Sorts the
 * spots; ring: room for count + 1 more. */
void hull_draw(cairo_t *cr, struct colour colour, double wide, struct spot *spots, size_t count, struct spot *ring);

#endif
