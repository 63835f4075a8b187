#include "influence.h"

#include "../sim/leaf/normal.h"
#include "../sim/leaf/pages.h"

#include <stdlib.h>

#define LANES 8 /* sums side by side, for vectors */

static uint32_t blocks(const struct influence_group *g)
{
    return (g->people + INFLUENCE_BLOCK - 1) / INFLUENCE_BLOCK;
}

static uint32_t block_end(const struct influence_group *g, uint32_t block)
{
    const uint32_t end = (block + 1) * INFLUENCE_BLOCK;
    return end < g->people ? end : g->people;
}

/* Lanes instead of one sum after the other: additions of different lanes do not wait for each other. */
void influence_group_sum_block(struct influence_group *g, uint32_t block, const double *x)
{
    double sum[LANES] = {0}, squares[LANES] = {0}, low[LANES], high[LANES];
    const uint32_t begin = block * INFLUENCE_BLOCK, end = block_end(g, block),
                   whole = begin + (end - begin) / LANES * LANES;
    for (int k = 0; k < LANES; k++)
        low[k] = high[k] = x[begin];
    for (uint32_t v = begin; v < whole; v += LANES)
        for (int k = 0; k < LANES; k++) {
            const double d = x[v + (uint32_t)k] - g->centre;
            sum[k] += d;
            squares[k] += d * d;
            low[k] = x[v + (uint32_t)k] < low[k] ? x[v + (uint32_t)k] : low[k];
            high[k] = x[v + (uint32_t)k] > high[k] ? x[v + (uint32_t)k] : high[k];
        }
    for (uint32_t v = whole; v < end; v++) {
        sum[0] += x[v] - g->centre;
        squares[0] += (x[v] - g->centre) * (x[v] - g->centre);
        low[0] = fmin(low[0], x[v]);
        high[0] = fmax(high[0], x[v]);
    }
    struct influence_sums s = {sum[0], squares[0], low[0], high[0]};
    for (int k = 1; k < LANES; k++)
        s = (struct influence_sums){s.sum + sum[k], s.squares + squares[k], fmin(s.lowest, low[k]),
                                    fmax(s.highest, high[k])};
    g->sums[block] = s;
}

void influence_group_sum(struct influence_group *g)
{
    struct influence_sums all = {0, 0, g->sums[0].lowest, g->sums[0].highest};
    for (uint32_t block = 0; block < blocks(g); block++) {
        const struct influence_sums *const s = &g->sums[block];
        all = (struct influence_sums){all.sum + s->sum, all.squares + s->squares, fmin(all.lowest, s->lowest),
                                      fmax(all.highest, s->highest)};
    }
    const double off = all.sum / g->people;
    g->mean = g->centre + off;
    g->spread = sqrt(fmax(0, all.squares / g->people - off * off));
    g->lowest = all.lowest;
    g->highest = all.highest;
}

static void first_opinions(const struct influence_params *p, struct influence_group *g, struct rng_key key)
{
    uint32_t words[INFLUENCE_LOT];
    float normals[INFLUENCE_LOT];
    key.stream = STREAM_INFLUENCE; /* its week 0 */
    for (uint32_t v = 0; v < g->people; v++) {
        if (v % INFLUENCE_LOT == 0 && p->opinions.count == 0) {
            rng_words(&key, v / 4, words, INFLUENCE_LOT);
            normal_pairs(words, normals, INFLUENCE_LOT / 2);
        }
        g->now[v] = p->opinions.count ? p->opinions.value[v] : p->mean + p->spread * (double)normals[v % INFLUENCE_LOT];
        if (g->first)
            g->first[v] = g->now[v];
        if (g->seen)
            g->seen[v] = (float)g->now[v];
    }
    for (int pass = 0; pass < 2; pass++) { /* the first finds the centre of the second */
        g->centre = g->mean;
        for (uint32_t i = 0; i < blocks(g); i++)
            influence_group_sum_block(g, i, g->now);
        influence_group_sum(g);
    }
}

/* Arcs of a surveyed network lie in the order of igraph's, person by person, as neighbours_copy() leaves them. */
static int weigh(struct influence_group *g, const igraph_t *given)
{
    const size_t m = (size_t)igraph_ecount(given);
    uint32_t *place = malloc((g->people + 1) * sizeof *place);
    g->share = malloc(m * sizeof *g->share + 1);
    if (!place || !g->share) {
        free(place);
        return -1;
    }
    const bool told = igraph_cattribute_has_attr(given, IGRAPH_ATTRIBUTE_EDGE, GRAPH_STRENGTH);
    memcpy(place, g->sees.first, (g->people + 1) * sizeof *place);
    for (igraph_integer_t e = 0; e < (igraph_integer_t)m; e++)
        g->share[place[IGRAPH_FROM(given, e)]++] = told ? EAN(given, GRAPH_STRENGTH, e) : 1;
    free(place);
    for (uint32_t v = 0; v < g->people; v++) {
        double sum = 0;
        for (uint32_t a = g->sees.first[v]; a < g->sees.first[v + 1]; a++)
            sum += g->share[a];
        for (uint32_t a = g->sees.first[v]; a < g->sees.first[v + 1]; a++)
            g->share[a] = sum > 0 ? g->share[a] / sum : 1.0 / neighbours_degree(&g->sees, v);
    }
    return 0;
}

static int make_network(struct influence_group *g, const struct influence_params *params, const igraph_t *given,
                        struct rng_key key)
{
    key.stream = STREAM_INIT;
    if (given)
        return neighbours_copy(&g->sees, given, false) || weigh(g, given);
    g->seen = pages_new(g->people * sizeof *g->seen);
    g->seen_next = pages_new(g->people * sizeof *g->seen_next);
    return !g->seen || !g->seen_next || neighbours_draw(&g->sees, g->people, params->degree, &key) ||
           influence_tiles_begin(&g->tiles, &g->sees);
}

int influence_group_begin(struct influence_group *g, const struct influence_params *params, const igraph_t *given,
                          struct rng_key key)
{
    g->part_people = influence_tiles_height(g->people);
    g->parts = (g->people + g->part_people - 1) / g->part_people;
    g->now = pages_new(g->people * sizeof *g->now);
    g->next = given ? pages_new(g->people * sizeof *g->next) : NULL;
    g->first = params->anchored ? pages_new(g->people * sizeof *g->first) : NULL;
    g->sums = malloc(blocks(g) * sizeof *g->sums);
    g->among = malloc(g->people * sizeof *g->among);
    if (!g->now || (given && !g->next) || !g->sums || !g->among || (params->anchored && !g->first) ||
        make_network(g, params, given, key))
        return -1;
    for (uint32_t v = 0; v < g->people; v++) {
        const uint32_t degree = neighbours_degree(&g->sees, v);
        g->among[v] = (uint16_t)(g->share ? degree > 0 : degree);
    }
    first_opinions(params, g, key);
    return 0;
}

void influence_group_free(struct influence_group *g)
{
    neighbours_free(&g->sees);
    influence_tiles_free(&g->tiles);
    free(g->share);
    free(g->among);
    free(g->seen);
    free(g->seen_next);
    free(g->now);
    free(g->next);
    free(g->first);
    free(g->sums);
}
