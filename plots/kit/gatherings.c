/* gatherings.c: see gatherings.h. */
#include "gatherings.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define OPACITY 0.42

/* Of the n-th group, from 1. Groups are told apart by their bands' connectedness too: colours repeat. */
static struct colour colour_of(int group)
{
    static const enum okabe_ito order[] = {OKABE_ORANGE, OKABE_PURPLE, OKABE_SKY, OKABE_VERMILLION, OKABE_YELLOW};
    return style_okabe_ito(order[(group + 4) % 5]);
}

/* Prim's spanning tree of one group's members, as a path: each joins where it is nearest. */
static void tree(cairo_t *cr, const size_t *member, size_t count, const double *x, const double *y, bool *in)
{
    for (size_t i = 0; i < count; i++)
        in[i] = i == 0;
    for (size_t joined = 1; joined < count; joined++) {
        size_t from = 0, to = 0;
        double best = (double)INFINITY;
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < count && in[i]; k++) {
                const double apart = hypot(x[member[i]] - x[member[k]], y[member[i]] - y[member[k]]);
                if (!in[k] && apart < best) {
                    best = apart;
                    from = i;
                    to = k;
                }
            }
        if (!(best < (double)INFINITY))
            return;
        in[to] = true;
        cairo_move_to(cr, x[member[from]], y[member[from]]);
        cairo_line_to(cr, x[member[to]], y[member[to]]);
    }
}

int gatherings_draw(cairo_t *cr, const double *group, const double *x, const double *y, size_t count, double width)
{
    size_t *member = malloc((count + 1) * sizeof *member);
    bool *in = malloc((count + 1) * sizeof *in);
    double last = 0;
    for (size_t i = 0; i < count; i++)
        last = group[i] > last ? group[i] : last;
    if (!member || !in) {
        free(member);
        free(in);
        return -1;
    }
    cairo_save(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(cr, NULL, 0, 0);
    for (int g = 1; g <= (int)last; g++) {
        size_t members = 0;
        for (size_t i = 0; i < count; i++)
            if (group[i] == g)
                member[members++] = i;
        if (members == 0)
            continue;
        cairo_push_group(cr);
        style_source(cr, colour_of(g), 1);
        cairo_set_line_width(cr, 0.45 * width); /* who is only passed by is not a member */
        tree(cr, member, members, x, y, in);
        cairo_stroke(cr);
        for (size_t i = 0; i < members; i++) {
            cairo_arc(cr, x[member[i]], y[member[i]], width / 2, 0, 2 * M_PI);
            cairo_fill(cr);
        }
        cairo_pop_group_to_source(cr);
        cairo_paint_with_alpha(cr, OPACITY);
    }
    cairo_restore(cr);
    free(member);
    free(in);
    return 0;
}
