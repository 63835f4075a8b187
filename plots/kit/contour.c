#include "contour.h"

#include <math.h>

/* A place on the page with the value there. */
struct node {
    double x, y, value;
};

/* Nodes go from 0 to count + 1: the border, the middles of the cells, the border. */
static double place_of(size_t node, size_t count)
{
    return node == 0 ? 0 : node > count ? (double)count : (double)node - 0.5;
}

static size_t cell_of(size_t node, size_t count)
{
    return node == 0 ? 0 : node > count ? count - 1 : node - 1;
}

static struct node node_at(const struct contour *c, size_t x, size_t y)
{
    return (struct node){
        .x = c->left + place_of(x, c->across) * c->width / (double)c->across,
        .y = c->bottom - place_of(y, c->up) * c->height / (double)c->up,
        .value = c->values[cell_of(y, c->up) * c->across + cell_of(x, c->across)],
    };
}

static void crossing(const struct node *a, const struct node *b, double level, double *x, double *y)
{
    const double share = (level - a->value) / (b->value - a->value);
    *x = a->x + share * (b->x - a->x);
    *y = a->y + share * (b->y - a->y);
}

/* Marching squares: the corners go round, so that each side that is crossed joins the next one. */
static size_t square(cairo_t *cr, const struct node corner[4], double level)
{
    double x[4], y[4];
    size_t crossed = 0;
    double mean = 0;
    for (size_t i = 0; i < 4; i++) {
        const struct node *a = &corner[i], *b = &corner[(i + 1) % 4];
        if (!isfinite(a->value))
            return 0;
        mean += a->value / 4;
        if ((a->value >= level) != (b->value >= level)) {
            crossing(a, b, level, &x[crossed], &y[crossed]);
            crossed++;
        }
    }
    /* A saddle has four crossings: two lines cut off the corners that lie on the other side than the middle. */
    const size_t shift = crossed == 4 && (corner[0].value >= level) != (mean >= level) ? 3 : 0;
    for (size_t i = 0; i + 1 < crossed; i += 2) {
        const size_t a = (i + shift) % 4, b = (i + 1 + shift) % 4;
        cairo_move_to(cr, x[a], y[a]);
        cairo_line_to(cr, x[b], y[b]);
    }
    return crossed / 2;
}

static size_t interpolated(cairo_t *cr, const struct contour *c)
{
    size_t pieces = 0;
    for (size_t y = 0; y <= c->up; y++)
        for (size_t x = 0; x <= c->across; x++) {
            const struct node corner[4] = {node_at(c, x, y), node_at(c, x + 1, y), node_at(c, x + 1, y + 1),
                                           node_at(c, x, y + 1)};
            pieces += square(cr, corner, c->level);
        }
    return pieces;
}

static int parts(const struct contour *c, size_t a, size_t b)
{
    return isfinite(c->values[a]) && isfinite(c->values[b]) && (c->values[a] >= c->level) != (c->values[b] >= c->level);
}

static size_t stepped(cairo_t *cr, const struct contour *c)
{
    const double width = c->width / (double)c->across, height = c->height / (double)c->up;
    size_t pieces = 0;
    for (size_t y = 0; y < c->up; y++)
        for (size_t x = 0; x < c->across; x++) {
            const size_t at = y * c->across + x;
            const double right = c->left + width * (double)(x + 1), top = c->bottom - height * (double)(y + 1);
            if (x + 1 < c->across && parts(c, at, at + 1)) {
                cairo_move_to(cr, right, top);
                cairo_line_to(cr, right, top + height);
                pieces++;
            }
            if (y + 1 < c->up && parts(c, at, at + c->across)) {
                cairo_move_to(cr, right - width, top);
                cairo_line_to(cr, right, top);
                pieces++;
            }
        }
    return pieces;
}

size_t contour_path(cairo_t *cr, const struct contour *c)
{
    if (c->across == 0 || c->up == 0)
        return 0;
    return c->stepped ? stepped(cr, c) : interpolated(cr, c);
}
