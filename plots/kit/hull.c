#include "hull.h"

#include <stdlib.h>

static int by_x(const void *a, const void *b)
{
    const struct spot *p = a, *q = b;
    return p->x != q->x ? (p->x < q->x ? -1 : 1) : p->y < q->y ? -1 : p->y > q->y;
}

static double turn(struct spot o, struct spot a, struct spot b)
{
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

/* Andrew's monotone chain (1979). Returns how many corners it has. */
static size_t convex(struct spot *spots, size_t count, struct spot *ring)
{
    size_t n = 0;
    qsort(spots, count, sizeof *spots, by_x);
    for (size_t i = 0; i < count; i++) {
        while (n >= 2 && turn(ring[n - 2], ring[n - 1], spots[i]) <= 0)
            n--;
        ring[n++] = spots[i];
    }
    const size_t lower = n + 1;
    for (size_t i = count; i-- > 1;) {
        while (n >= lower && turn(ring[n - 2], ring[n - 1], spots[i - 1]) <= 0)
            n--;
        ring[n++] = spots[i - 1];
    }
    return n > 1 ? n - 1 : n;
}

void hull_draw(cairo_t *cr, struct colour colour, double wide, struct spot *spots, size_t count, struct spot *ring)
{
    const size_t corners = convex(spots, count, ring);
    if (corners == 0)
        return;
    style_source(cr, colour, 1);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, wide);
    cairo_move_to(cr, ring[0].x, ring[0].y);
    for (size_t k = 1; k < corners; k++)
        cairo_line_to(cr, ring[k].x, ring[k].y);
    cairo_close_path(cr);
    cairo_fill_preserve(cr);
    cairo_stroke(cr);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_MITER);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
}
