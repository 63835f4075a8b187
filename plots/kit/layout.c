/* layout.c: see layout.h. */
#include "layout.h"

#include <math.h>
#include <stdlib.h>

#define LAYOUT_SEED 20u
#define HUB_WEIGHT 2.0 /* against ties of mean weight 1 */
#define FR_STEPS 500
#define RING_EDGE 0.62 /* from the outermost seats to the ring */
#define RING_GAP 0.75  /* between rings */
#define SEAT_GAP 1.0   /* between seats */
#define PACK_STEPS 600
#define SPREAD_STEPS 300
#define SPREAD_PAIRS_MAX 3e8 /* about a second */

/* Room for n seats at SEAT_GAP, a little looser than the densest packing; looser still where no ring is drawn. */
static double ring_radius(size_t n, int ring)
{
    return n == 1 ? RING_EDGE : (ring ? 0.58 : 0.75) * sqrt((double)n) + RING_EDGE - 0.03;
}

static int by_number(const void *a, const void *b)
{
    const struct layout_unit *p = a, *q = b;
    return p->number < q->number ? -1 : p->number > q->number;
}

/* Units in ascending order; each seat without one is a unit of its own, without a ring. Without any units all seats
 * share one, without a ring. */
static int find_units(const struct snapshots *all, struct layout *layout)
{
    const size_t n = layout->seat_count;
    size_t known = 0;
    for (size_t i = 0; i < n; i++) {
        size_t u = 0;
        while (u < known && layout->units[u].number != all->seat_unit[i])
            u++;
        if (u == known && !isnan(all->seat_unit[i]))
            layout->units[known++] = (struct layout_unit){.number = all->seat_unit[i], .ring = 1};
    }
    qsort(layout->units, known, sizeof *layout->units, by_number);
    layout->unit_count = known;
    if (known == 0)
        layout->units[layout->unit_count++] = (struct layout_unit){.number = NAN};
    size_t *members = calloc(n + 1, sizeof *members);
    if (!members)
        return -1;
    for (size_t i = 0; i < n; i++) {
        size_t u = 0;
        while (u < known && layout->units[u].number != all->seat_unit[i])
            u++;
        if (u == known && known > 0) {
            u = layout->unit_count++;
            layout->units[u] = (struct layout_unit){.number = NAN};
        }
        layout->unit[i] = u;
        members[u]++;
    }
    for (size_t u = 0; u < layout->unit_count; u++)
        layout->units[u].radius = ring_radius(members[u], layout->units[u].ring);
    free(members);
    return 0;
}

/* Ties of all snapshots between seats, and hubs: node seat_count + u is the hub of unit u. */
static igraph_error_t union_graph(const struct snapshots *all, const struct layout *layout, igraph_t *graph,
                                  igraph_vector_t *weights)
{
    igraph_vector_int_t arcs;
    size_t count = layout->seat_count;
    double total = 0;
    for (size_t k = 0; k < all->count; k++)
        count += all->list[k].tie_count;
    IGRAPH_CHECK(igraph_vector_int_init(&arcs, (igraph_integer_t)(2 * count)));
    IGRAPH_FINALLY(igraph_vector_int_destroy, &arcs);
    IGRAPH_CHECK(igraph_vector_resize(weights, (igraph_integer_t)count));
    igraph_integer_t e = 0;
    for (size_t k = 0; k < all->count; k++)
        for (size_t t = 0; t < all->list[k].tie_count; t++, e++) {
            const struct snapshot_tie *tie = &all->list[k].ties[t];
            VECTOR(arcs)[2 * e] = (igraph_integer_t)all->list[k].seat[tie->a];
            VECTOR(arcs)[2 * e + 1] = (igraph_integer_t)all->list[k].seat[tie->b];
            VECTOR(*weights)[e] = isnan(tie->strength) ? 1 : fmax(tie->strength, 0.01);
            total += VECTOR(*weights)[e];
        }
    for (igraph_integer_t i = 0; i < e; i++)
        VECTOR(*weights)[i] *= (double)e / total / (double)all->count;
    for (size_t i = 0; i < layout->seat_count; i++, e++) {
        VECTOR(arcs)[2 * e] = (igraph_integer_t)i;
        VECTOR(arcs)[2 * e + 1] = (igraph_integer_t)(layout->seat_count + layout->unit[i]);
        VECTOR(*weights)[e] = HUB_WEIGHT;
    }
    IGRAPH_CHECK(
        igraph_create(graph, &arcs, (igraph_integer_t)(layout->seat_count + layout->unit_count), IGRAPH_UNDIRECTED));
    igraph_vector_int_destroy(&arcs);
    IGRAPH_FINALLY_CLEAN(1);
    return IGRAPH_SUCCESS;
}

/* Leaves igraph's own generator as it was. */
static igraph_error_t spring(const igraph_t *graph, const igraph_vector_t *weights, igraph_matrix_t *places)
{
    igraph_rng_t own, before = *igraph_rng_default();
    IGRAPH_CHECK(igraph_rng_init(&own, &igraph_rngtype_mt19937));
    IGRAPH_FINALLY(igraph_rng_destroy, &own);
    IGRAPH_CHECK(igraph_rng_seed(&own, LAYOUT_SEED));
    igraph_rng_set_default(&own);
    igraph_error_t code = igraph_layout_fruchterman_reingold(graph, places, 0, FR_STEPS,
                                                             sqrt((double)igraph_vcount(graph)), IGRAPH_LAYOUT_AUTOGRID,
                                                             weights, NULL, NULL, NULL, NULL);
    igraph_rng_set_default(&before);
    igraph_rng_destroy(&own);
    IGRAPH_FINALLY_CLEAN(1);
    return code;
}

static igraph_error_t spring_layout(const struct snapshots *all, struct layout *layout)
{
    igraph_t graph;
    igraph_vector_t weights;
    igraph_matrix_t places;
    IGRAPH_CHECK(igraph_vector_init(&weights, 0));
    IGRAPH_FINALLY(igraph_vector_destroy, &weights);
    IGRAPH_CHECK(igraph_matrix_init(&places, 0, 0));
    IGRAPH_FINALLY(igraph_matrix_destroy, &places);
    IGRAPH_CHECK(union_graph(all, layout, &graph, &weights));
    IGRAPH_FINALLY(igraph_destroy, &graph);
    IGRAPH_CHECK(spring(&graph, &weights, &places));
    for (size_t i = 0; i < layout->seat_count; i++) {
        layout->x[i] = MATRIX(places, (igraph_integer_t)i, 0);
        layout->y[i] = MATRIX(places, (igraph_integer_t)i, 1);
    }
    igraph_destroy(&graph);
    igraph_matrix_destroy(&places);
    igraph_vector_destroy(&weights);
    IGRAPH_FINALLY_CLEAN(3);
    return IGRAPH_SUCCESS;
}

/* Two that stand on one spot part in a direction of their own. */
static double apart(double *dx, double *dy, size_t i, size_t k)
{
    double distance = hypot(*dx, *dy);
    if (distance > 1e-9)
        return distance;
    double angle = 2.399963 * (double)(i + 7 * k); /* the golden angle */
    *dx = 1e-9 * cos(angle);
    *dy = 1e-9 * sin(angle);
    return 1e-9;
}

static void units_at_centroids(struct layout *layout)
{
    for (size_t u = 0; u < layout->unit_count; u++) {
        double n = 0, x = 0, y = 0;
        for (size_t i = 0; i < layout->seat_count; i++)
            if (layout->unit[i] == u) {
                x += layout->x[i];
                y += layout->y[i];
                n++;
            }
        layout->units[u].x = x / n;
        layout->units[u].y = y / n;
    }
}

/* One step of pushing overlapping rings apart. Returns the deepest overlap found. */
static double part_rings(struct layout *layout)
{
    double deepest = 0;
    for (size_t u = 0; u < layout->unit_count; u++)
        for (size_t v = u + 1; v < layout->unit_count; v++) {
            struct layout_unit *a = &layout->units[u], *b = &layout->units[v];
            double dx = b->x - a->x, dy = b->y - a->y, distance = apart(&dx, &dy, u, v);
            double overlap = a->radius + b->radius + RING_GAP - distance;
            if (overlap <= 0)
                continue;
            deepest = fmax(deepest, overlap);
            double area_a = a->radius * a->radius, area_b = b->radius * b->radius;
            double push_a = overlap * area_b / (area_a + area_b) / distance, push_b = overlap / distance - push_a;
            a->x -= push_a * dx;
            a->y -= push_a * dy;
            b->x += push_b * dx;
            b->y += push_b * dy;
        }
    return deepest;
}

/* Pulls all rings to the middle, less and less, while overlaps are pushed out: a close packing. */
static void pack_rings(struct layout *layout)
{
    double widest = 0, reach = 0;
    for (size_t u = 0; u < layout->unit_count; u++) {
        reach += layout->units[u].radius;
        for (size_t v = 0; v < u; v++)
            widest = fmax(widest,
                          hypot(layout->units[u].x - layout->units[v].x, layout->units[u].y - layout->units[v].y));
    }
    double scale = widest > 0 ? 1.2 * reach / widest : 1;
    for (size_t u = 0; u < layout->unit_count; u++) {
        layout->units[u].x *= scale;
        layout->units[u].y *= scale;
    }
    for (int step = 0; step < PACK_STEPS; step++) {
        double x = 0, y = 0, n = (double)layout->unit_count, pull = 0.06 * (1 - (double)step / (PACK_STEPS - 100));
        for (size_t u = 0; u < layout->unit_count; u++) {
            x += layout->units[u].x / n;
            y += layout->units[u].y / n;
        }
        for (size_t u = 0; u < layout->unit_count && pull > 0; u++) {
            layout->units[u].x += pull * (x - layout->units[u].x);
            layout->units[u].y += pull * (y - layout->units[u].y);
        }
        part_rings(layout);
    }
    for (int step = 0; step < 20 * PACK_STEPS && part_rings(layout) > 1e-6; step++)
        ;
}

/* Turns the rings so that the map is wider than high: the direction in which their areas spread most lies level.
 * Turning about the origin keeps all distances; seats are turned with them. */
static void turn_level(struct layout *layout, double *centre)
{
    double area = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0;
    for (size_t u = 0; u < layout->unit_count; u++) {
        const struct layout_unit *unit = &layout->units[u];
        double w = unit->radius * unit->radius;
        area += w;
        x += w * unit->x;
        y += w * unit->y;
    }
    for (size_t u = 0; u < layout->unit_count; u++) {
        const struct layout_unit *unit = &layout->units[u];
        double w = unit->radius * unit->radius, dx = unit->x - x / area, dy = unit->y - y / area;
        xx += w * dx * dx;
        xy += w * dx * dy;
        yy += w * dy * dy;
    }
    double angle = 0.5 * atan2(2 * xy, xx - yy), c = cos(angle), s = -sin(angle);
    for (size_t u = 0; u < layout->unit_count; u++) {
        struct layout_unit *unit = &layout->units[u];
        double ux = unit->x, cx = centre[2 * u];
        unit->x = c * ux - s * unit->y;
        unit->y = s * ux + c * unit->y;
        centre[2 * u] = c * cx - s * centre[2 * u + 1];
        centre[2 * u + 1] = s * cx + c * centre[2 * u + 1];
    }
    for (size_t i = 0; i < layout->seat_count; i++) {
        double sx = layout->x[i];
        layout->x[i] = c * sx - s * layout->y[i];
        layout->y[i] = s * sx + c * layout->y[i];
    }
}

/* Seats of a unit, relative to its middle, brought inside its ring in proportion. */
static void seats_into_ring(struct layout *layout, size_t u, double cx, double cy)
{
    double farthest = 0, room = layout->units[u].radius - RING_EDGE;
    for (size_t i = 0; i < layout->seat_count; i++)
        if (layout->unit[i] == u)
            farthest = fmax(farthest, hypot(layout->x[i] - cx, layout->y[i] - cy));
    double scale = farthest > 0 ? room / farthest : 0;
    for (size_t i = 0; i < layout->seat_count; i++)
        if (layout->unit[i] == u) {
            layout->x[i] = layout->units[u].x + scale * (layout->x[i] - cx);
            layout->y[i] = layout->units[u].y + scale * (layout->y[i] - cy);
        }
}

static void part_two(struct layout *layout, size_t i, size_t k)
{
    double dx = layout->x[k] - layout->x[i], dy = layout->y[k] - layout->y[i];
    if (dx * dx + dy * dy >= SEAT_GAP * SEAT_GAP) /* nearly all pairs */
        return;
    double distance = apart(&dx, &dy, i, k);
    double push = 0.5 * (SEAT_GAP - distance) / distance;
    layout->x[i] -= push * dx;
    layout->y[i] -= push * dy;
    layout->x[k] += push * dx;
    layout->y[k] += push * dy;
}

static void keep_inside(struct layout *layout, size_t i)
{
    const struct layout_unit *unit = &layout->units[layout->unit[i]];
    double dx = layout->x[i] - unit->x, dy = layout->y[i] - unit->y, distance = hypot(dx, dy);
    double room = unit->radius - RING_EDGE;
    if (distance > room) {
        layout->x[i] = unit->x + dx * room / distance;
        layout->y[i] = unit->y + dy * room / distance;
    }
}

static void spread_seats(struct layout *layout)
{
    const double pairs = (double)layout->seat_count * (double)layout->seat_count;
    const double steps = fmin(SPREAD_STEPS, fmax(20, SPREAD_PAIRS_MAX / pairs));
    for (int step = 0; step < steps; step++) {
        for (size_t i = 0; i < layout->seat_count; i++)
            for (size_t k = i + 1; k < layout->seat_count; k++)
                if (layout->unit[i] == layout->unit[k])
                    part_two(layout, i, k);
        for (size_t i = 0; i < layout->seat_count; i++)
            keep_inside(layout, i);
    }
}

static void bounds(struct layout *layout)
{
    layout->left = layout->top = INFINITY;
    layout->right = layout->bottom = -INFINITY;
    for (size_t u = 0; u < layout->unit_count; u++) {
        const struct layout_unit *unit = &layout->units[u];
        layout->left = fmin(layout->left, unit->x - unit->radius);
        layout->right = fmax(layout->right, unit->x + unit->radius);
        layout->top = fmin(layout->top, unit->y - unit->radius);
        layout->bottom = fmax(layout->bottom, unit->y + unit->radius);
    }
}

enum status layout_make(const struct snapshots *all, struct layout *layout, struct faults *faults)
{
    const size_t n = all->seat_count;
    *layout = (struct layout){.seat_count = n};
    layout->x = calloc(2 * n, sizeof *layout->x);
    layout->unit = calloc(n, sizeof *layout->unit);
    layout->units = calloc(n + 1, sizeof *layout->units);
    double *centre = calloc(2 * n + 2, sizeof *centre);
    enum status status = STATUS_FAILED;
    if (!layout->x || !layout->unit || !layout->units || !centre)
        goto out;
    layout->y = layout->x + n;
    if (find_units(all, layout))
        goto out;
    igraph_error_t code = spring_layout(all, layout);
    if (code) {
        status = graph_fault(faults, NULL, code);
        layout_free(layout);
        free(centre);
        return status;
    }
    units_at_centroids(layout);
    for (size_t u = 0; u < layout->unit_count; u++) {
        centre[2 * u] = layout->units[u].x;
        centre[2 * u + 1] = layout->units[u].y;
    }
    pack_rings(layout);
    turn_level(layout, centre);
    for (size_t u = 0; u < layout->unit_count; u++)
        seats_into_ring(layout, u, centre[2 * u], centre[2 * u + 1]);
    spread_seats(layout);
    bounds(layout);
    status = STATUS_OK;
out:
    free(centre);
    if (status != STATUS_OK) {
        layout_free(layout);
        fault_add(faults, status, NULL, 0, "memory is too short to lay out a network of %zu seats", n);
    }
    return status;
}

void layout_free(struct layout *layout)
{
    free(layout->x);
    free(layout->unit);
    free(layout->units);
    *layout = (struct layout){0};
}
