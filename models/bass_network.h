/* bass_network.h: who sees whom in a Bass market, row by row. */
#ifndef EBB_BASS_NETWORK_H
#define EBB_BASS_NETWORK_H

#include "../sim/leaf/graph.h"

#include <gsl/gsl_rng.h>
#include <stdint.h>

/* Zero when all see all. Person v sees alters[first[v]] … alters[first[v + 1] - 1]. */
struct bass_network {
    uint32_t people;
    uint32_t *first, *alters; /* owned */
};

/* Undirected and random, every pair alike, of this mean degree. 0, or -1 when memory is short. */
int bass_network_draw(struct bass_network *network, uint32_t people, double degree, const gsl_rng *r);
/* A surveyed one: `from` sees `to`. 0, or -1 when memory is short. */
int bass_network_copy(struct bass_network *network, const igraph_t *given);
void bass_network_free(struct bass_network *network);

/* As a graph, arcs in the order of alters. GRAPH_ID is that of `given`, or counts from 1. The caller destroys it. */
igraph_error_t bass_network_graph(const struct bass_network *network, const igraph_t *given, igraph_t *graph);

#endif
