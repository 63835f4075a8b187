/* contour.h: the line on which a table of values reaches a level. */
#ifndef EBB_CONTOUR_H
#define EBB_CONTOUR_H

#include <cairo.h>
#include <stddef.h>

struct contour {
    const double *values; /* [up][across], in cells of one size; NAN: none */
    size_t across, up;
    double level;
    double left, bottom, width, height; /* of all cells; up is towards smaller y */
    int stepped;                        /* along the cells' edges: nothing lies between two cells */
};

/* Adds the line to the path: straight between places interpolated on the lines that join the middles of neighbouring
 * cells, at the outer half cells as at their middles; so it ends at the border. Around cells without a value there is
 * none. Returns how many pieces it has: 0 when the level is nowhere crossed. */
size_t contour_path(cairo_t *cr, const struct contour *contour);

#endif
