#include "graph.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* What igraph said last. Its handlers get no context of ours, hence this one varying static; igraph itself is single
 * thread here. */
static char said[400];

static void remember(const char *reason, const char *file, int line, igraph_error_t code)
{
    (void)file, (void)line, (void)code;
    if (!said[0])
        snprintf(said, sizeof said, "%s", reason);
    IGRAPH_FINALLY_FREE();
}

void graph_library_init(void)
{
    igraph_set_attribute_table(&igraph_cattribute_table);
    igraph_set_error_handler(remember);
    igraph_set_warning_handler(igraph_warning_handler_ignore);
}

enum status graph_fault(struct faults *faults, const char *file, igraph_error_t code)
{
    const char *reason = said[0] ? said : igraph_strerror(code);
    int length = (int)strcspn(reason, "\n");
    while (length > 0 && (reason[length - 1] == '.' || reason[length - 1] == ' '))
        length--;
    enum status status = code == IGRAPH_PARSEERROR || code == IGRAPH_EINVAL ? STATUS_BAD_INPUT : STATUS_FAILED;
    fault_add(faults, status, file, 0, "the graph library says: %.*s", length, reason);
    said[0] = '\0';
    return status;
}

/* Sum and spread of in-degrees, and who is never or most sought. */
static igraph_error_t measure_degrees(const igraph_t *graph, struct graph_measures *m)
{
    igraph_vector_int_t in, out;
    IGRAPH_CHECK(igraph_vector_int_init(&in, 0));
    IGRAPH_FINALLY(igraph_vector_int_destroy, &in);
    IGRAPH_CHECK(igraph_vector_int_init(&out, 0));
    IGRAPH_FINALLY(igraph_vector_int_destroy, &out);
    IGRAPH_CHECK(igraph_degree(graph, &in, igraph_vss_all(), IGRAPH_IN, IGRAPH_LOOPS));
    IGRAPH_CHECK(igraph_degree(graph, &out, igraph_vss_all(), IGRAPH_OUT, IGRAPH_LOOPS));

    igraph_integer_t n = igraph_vector_int_size(&in);
    double mean = m->arcs / m->nodes, squares = 0, unsought = 0, isolates = 0, top = 0;
    for (igraph_integer_t i = 0; i < n; i++) {
        double d = (double)VECTOR(in)[i];
        squares += (d - mean) * (d - mean);
        unsought += VECTOR(in)[i] == 0;
        isolates += VECTOR(in)[i] == 0 && VECTOR(out)[i] == 0;
    }
    igraph_vector_int_reverse_sort(&in);
    for (igraph_integer_t i = 0; i <= n / 10; i++) /* a tenth of 12 is one and a fifth of the next */
        top += (double)VECTOR(in)[i] * fmin(1, m->nodes / 10 - (double)i);

    m->never_sought = unsought / m->nodes;
    m->isolates = isolates;
    if (m->arcs > 0)
        m->top_share = top / m->arcs;
    if (m->arcs > 0 && n > 1)
        m->degree_dispersion = squares / (m->nodes - 1) / mean;
    igraph_vector_int_destroy(&out);
    igraph_vector_int_destroy(&in);
    IGRAPH_FINALLY_CLEAN(2);
    return IGRAPH_SUCCESS;
}

/* Evenly spaced sources instead of all, so that 100,000 nodes take seconds: at most this many steps along an arc. */
#define PATH_STEPS 2e8
#define PATH_BATCH 16 /* sources a call: the library's distance matrix is batch * nodes */

static igraph_error_t measure_sampled_path(const igraph_t *graph, struct graph_measures *m)
{
    igraph_integer_t n = igraph_vcount(graph);
    igraph_integer_t sources = (igraph_integer_t)(PATH_STEPS / (m->nodes + 2 * m->arcs)) / PATH_BATCH * PATH_BATCH;
    if (sources < PATH_BATCH)
        sources = PATH_BATCH;
    double sum = 0, pairs = 0;
    igraph_matrix_t distance;
    igraph_vector_int_t from;
    IGRAPH_CHECK(igraph_matrix_init(&distance, 0, 0));
    IGRAPH_FINALLY(igraph_matrix_destroy, &distance);
    IGRAPH_CHECK(igraph_vector_int_init(&from, PATH_BATCH));
    IGRAPH_FINALLY(igraph_vector_int_destroy, &from);
    for (igraph_integer_t done = 0; done < sources; done += PATH_BATCH) {
        for (igraph_integer_t k = 0; k < PATH_BATCH; k++)
            VECTOR(from)[k] = (done + k) * (n / sources);
        IGRAPH_CHECK(igraph_distances(graph, &distance, igraph_vss_vector(&from), igraph_vss_all(), IGRAPH_ALL));
        for (igraph_integer_t k = 0; k < PATH_BATCH; k++)
            for (igraph_integer_t j = 0; j < n; j++)
                if (isfinite(MATRIX(distance, k, j)) && MATRIX(distance, k, j) > 0) {
                    sum += MATRIX(distance, k, j);
                    pairs++;
                }
    }
    if (pairs > 0)
        m->mean_path = sum / pairs;
    igraph_vector_int_destroy(&from);
    igraph_matrix_destroy(&distance);
    IGRAPH_FINALLY_CLEAN(2);
    return IGRAPH_SUCCESS;
}

static igraph_error_t measure_shape(const igraph_t *graph, struct graph_measures *m)
{
    IGRAPH_CHECK(igraph_reciprocity(graph, &m->reciprocity, true, IGRAPH_RECIPROCITY_DEFAULT));
    IGRAPH_CHECK(igraph_transitivity_undirected(graph, &m->transitivity, IGRAPH_TRANSITIVITY_NAN));
    if (m->nodes * (m->nodes + 2 * m->arcs) <= PATH_STEPS)
        IGRAPH_CHECK(igraph_average_path_length(graph, &m->mean_path, NULL, IGRAPH_UNDIRECTED, true));
    else
        IGRAPH_CHECK(measure_sampled_path(graph, m));
    igraph_integer_t components = 0;
    IGRAPH_CHECK(igraph_connected_components(graph, NULL, NULL, &components, IGRAPH_WEAK));
    m->components = (double)components;
    if (m->nodes > 1) {
        IGRAPH_CHECK(igraph_density(graph, &m->density, false));
        IGRAPH_CHECK(
            igraph_centralization_degree(graph, NULL, IGRAPH_IN, IGRAPH_NO_LOOPS, &m->centralization, NULL, true));
    }
    return IGRAPH_SUCCESS;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Arcs inside and across units against the ordered pairs there are of each. */
static igraph_error_t measure_units(const igraph_t *graph, const double *unit, struct graph_measures *m)
{
    igraph_integer_t n = igraph_vcount(graph), arcs = igraph_ecount(graph);
    double inside = 0, pairs_inside = 0, run = 0;
    for (igraph_integer_t e = 0; e < arcs; e++) {
        double gap = unit[IGRAPH_FROM(graph, e)] - unit[IGRAPH_TO(graph, e)];
        inside += fabs(gap) <= 0;
    }
    igraph_vector_t sorted;
    IGRAPH_CHECK(igraph_vector_init_array(&sorted, unit, n));
    qsort(VECTOR(sorted), (size_t)n, sizeof(double), by_value);
    for (igraph_integer_t i = 0; i < n; i++) {
        run = i > 0 && VECTOR(sorted)[i] - VECTOR(sorted)[i - 1] <= 0 ? run + 1 : 0;
        pairs_inside += 2 * run; /* this one with each earlier one of its unit, both ways */
    }
    igraph_vector_destroy(&sorted);

    double outside = m->arcs - inside, pairs_outside = m->nodes * (m->nodes - 1) - pairs_inside;
    m->same_unit = inside / m->arcs;
    m->ei_index = (outside - inside) / m->arcs;
    double odds = outside * (pairs_inside - inside);
    if (odds > 0)
        m->same_unit_odds = inside * (pairs_outside - outside) / odds;
    return IGRAPH_SUCCESS;
}

enum status graph_measure(const igraph_t *graph, const double *unit, struct graph_measures *out, struct faults *faults)
{
    struct graph_measures m = {(double)igraph_vcount(graph),
                               (double)igraph_ecount(graph),
                               NAN,
                               NAN,
                               NAN,
                               NAN,
                               NAN,
                               NAN,
                               NAN,
                               NAN,
                               NAN,
                               0,
                               0,
                               NAN,
                               NAN,
                               NAN};
    igraph_error_t code = IGRAPH_SUCCESS;
    if (m.nodes > 0) {
        m.out_degree = m.arcs / m.nodes;
        code = measure_degrees(graph, &m);
        if (!code)
            code = measure_shape(graph, &m);
        if (!code && unit && m.arcs > 0)
            code = measure_units(graph, unit, &m);
    }
    *out = m;
    return code ? graph_fault(faults, NULL, code) : STATUS_OK;
}
