/* gatherings.h: communities of practice on a school's map: a band around the members of each, over units' rings and
 * under the ties. Hulls over several units would take in who does not belong; a band follows the shortest way from
 * member to member. */
#ifndef EBB_GATHERINGS_H
#define EBB_GATHERINGS_H

#include "style.h"

/* group[i]: 0 or NAN none. x, y on the page; width of the band. Returns 0, or -1 when memory is short. */
int gatherings_draw(cairo_t *cr, const double *group, const double *x, const double *y, size_t count, double width);

#endif
