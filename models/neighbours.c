#include "neighbours.h"

#include <math.h>
#include <stdlib.h>

/* Turns m pairs (a, b) into rows of alters: b in a's row, and a in b's when the pairs are undirected. */
static int rows_of_pairs(struct neighbours *k, const uint32_t *pairs, size_t m, int undirected)
{
    const size_t n = k->people;
    k->first = calloc(n + 2, sizeof *k->first);
    k->alters = malloc((undirected ? 2 * m : m) * sizeof *k->alters + 1);
    if (!k->first || !k->alters)
        return -1;
    uint32_t *place = k->first + 1; /* shifted by one, so that filling leaves the offsets behind */
    for (size_t i = 0; i < m; i++) {
        place[pairs[2 * i] + 1]++;
        if (undirected)
            place[pairs[2 * i + 1] + 1]++;
    }
    for (size_t v = 1; v <= n; v++)
        place[v] += place[v - 1];
    for (size_t i = 0; i < m; i++) {
        k->alters[place[pairs[2 * i]]++] = pairs[2 * i + 1];
        if (undirected)
            k->alters[place[pairs[2 * i + 1]]++] = pairs[2 * i];
    }
    return 0;
}

/* Pairs of G(n, chance), by jumping over the pairs that are not drawn: time grows with the ties only (Batagelj &
 * Brandes 2005, alg. 1). Returns how many, at most `room`; 0 as well when memory is short, with *pairs NULL. */
static size_t draw_pairs(const struct rng_key *key, uint32_t n, double chance, uint32_t **pairs)
{
    const double expected = chance * (double)n * (double)(n - 1) / 2;
    const size_t room = (size_t)(expected + 8 * sqrt(expected)) + 16; /* 8 sd: beyond any draw */
    const double jump = chance < 1 ? 1 / log1p(-chance) : 0;
    struct rng_reader reader;
    size_t m = 0;
    *pairs = malloc(2 * room * sizeof **pairs);
    if (!*pairs || chance <= 0)
        return 0;
    uint64_t v = 1;
    double w = -1;
    rng_reader_start(&reader, *key);
    while (v < n && m < room) {
        w += 1 + floor(log(((double)rng_next(&reader) + 0.5) * 0x1p-32) * jump);
        for (; w >= (double)v && v < n; v++)
            w -= (double)v;
        if (v < n) {
            (*pairs)[2 * m] = (uint32_t)v;
            (*pairs)[2 * m++ + 1] = (uint32_t)w;
        }
    }
    return m;
}

int neighbours_draw(struct neighbours *neighbours, uint32_t people, double degree, const struct rng_key *key)
{
    uint32_t *pairs = NULL;
    neighbours->people = people;
    const double chance = people > 1 ? fmin(1, degree / (double)(people - 1)) : 0;
    const size_t m = draw_pairs(key, people, chance, &pairs);
    const int failed = !pairs || rows_of_pairs(neighbours, pairs, m, 1);
    free(pairs);
    return failed ? -1 : 0;
}

int neighbours_copy(struct neighbours *neighbours, const igraph_t *given, bool reversed)
{
    const size_t m = (size_t)igraph_ecount(given);
    uint32_t *pairs = malloc(2 * m * sizeof *pairs + 1);
    neighbours->people = (uint32_t)igraph_vcount(given);
    for (size_t i = 0; pairs && i < m; i++) {
        pairs[2 * i + reversed] = (uint32_t)IGRAPH_FROM(given, (igraph_integer_t)i);
        pairs[2 * i + !reversed] = (uint32_t)IGRAPH_TO(given, (igraph_integer_t)i);
    }
    const int failed = !pairs || rows_of_pairs(neighbours, pairs, m, 0);
    free(pairs);
    return failed ? -1 : 0;
}

void neighbours_free(struct neighbours *neighbours)
{
    free(neighbours->first);
    free(neighbours->alters);
    *neighbours = (struct neighbours){0};
}

/* Numbers the people of a drawn network; a given one keeps its names. */
static igraph_error_t graph_name(const igraph_t *given, igraph_t *graph)
{
    for (igraph_integer_t v = 0; v < igraph_vcount(graph); v++) {
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long)v + 1);
        const char *id = given && igraph_cattribute_has_attr(given, IGRAPH_ATTRIBUTE_VERTEX, GRAPH_ID)
                             ? igraph_cattribute_VAS(given, GRAPH_ID, v)
                             : number;
        const igraph_error_t code = igraph_cattribute_VAS_set(graph, GRAPH_ID, v, id);
        if (code)
            return code;
    }
    return IGRAPH_SUCCESS;
}

igraph_error_t neighbours_graph(const struct neighbours *neighbours, const igraph_t *given, igraph_t *graph)
{
    const igraph_integer_t n = neighbours->people, m = neighbours->first ? neighbours->first[n] : 0;
    igraph_vector_int_t arcs;
    igraph_error_t code = igraph_vector_int_init(&arcs, 2 * m);
    if (code)
        return code;
    for (igraph_integer_t v = 0, i = 0; i < m; v++)
        for (; i < neighbours->first[v + 1]; i++) {
            VECTOR(arcs)[2 * i] = v;
            VECTOR(arcs)[2 * i + 1] = neighbours->alters[i];
        }
    code = igraph_create(graph, &arcs, n, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&arcs);
    if (!code && (code = graph_name(given, graph)))
        igraph_destroy(graph);
    return code;
}
