/* neighbours.h: who looks at whom in the small models, row by row: the alters of one person lie side by side. */
#ifndef EBB_NEIGHBOURS_H
#define EBB_NEIGHBOURS_H

#include "../sim/leaf/graph.h"
#include "../sim/leaf/rng.h"

#include <stdint.h>

/* Zero when all see all. Person v sees alters[first[v]] … alters[first[v + 1] - 1]. */
struct neighbours {
    uint32_t people;
    uint32_t *first, *alters; /* owned */
};

/* Undirected and random, every pair alike, of this mean degree. 0, or -1 when memory is short. */
int neighbours_draw(struct neighbours *neighbours, uint32_t people, double degree, const struct rng_key *key);
/* A surveyed one: `from` sees `to`; reversed: `to` sees `from`. 0, or -1 when memory is short. */
int neighbours_copy(struct neighbours *neighbours, const igraph_t *given, bool reversed);
void neighbours_free(struct neighbours *neighbours);

static inline uint32_t neighbours_degree(const struct neighbours *neighbours, uint32_t v)
{
    return neighbours->first[v + 1] - neighbours->first[v];
}

/* As a graph, arcs in the order of alters. GRAPH_ID is that of `given`, or counts from 1. The caller destroys it. */
igraph_error_t neighbours_graph(const struct neighbours *neighbours, const igraph_t *given, igraph_t *graph);

#endif
