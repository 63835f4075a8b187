/* graph.h: the one graph type, igraph's, and the names of the attributes that travel with it.
 *
 * A school's network is directed: a tie is two arcs, each with its own side's strength and trust. Debian's igraph
 * is not thread safe: call nothing of it from two threads at once. */
#ifndef EBB_GRAPH_H
#define EBB_GRAPH_H

#include "fault.h"

#include <igraph/igraph.h>

/* Once, before any other use of igraph: C attribute table; igraph errors are returned, never abort. */
void graph_library_init(void);

/* Vertex attributes, numeric unless said: GRAPH_ID is text and unique. */
#define GRAPH_ID "id"
/* Arc attributes of a model's network. */
#define GRAPH_STRENGTH "strength" /* 0..1 */
#define GRAPH_TRUST "trust"       /* 0..1 */
#define GRAPH_ADVICE "advice"     /* 1: would be named in a survey, else 0 */

/* Replaces igraph's error code by a sentence. */
enum status graph_fault(struct faults *faults, const char *file, igraph_error_t code);

/* Measures of a directed nomination network, as a survey of advice reports them. NAN where undefined. */
struct graph_measures {
    double nodes, arcs;
    double out_degree;        /* mean */
    double density;           /* arcs / n(n-1) */
    double reciprocity;       /* 2M/(2M+A): share of arcs that are returned */
    double transitivity;      /* undirected, triangles*3 / triples */
    double mean_path;         /* undirected, over connected pairs */
    double centralization;    /* Freeman's, in-degree, 0..1 */
    double top_share;         /* share of nominations that the most sought tenth of nodes gets */
    double never_sought;      /* share of nodes with in-degree 0 */
    double degree_dispersion; /* variance / mean of in-degree */
    double isolates;          /* nodes with no arc at all */
    double components;        /* weak */
    double same_unit;         /* share of arcs inside a unit; NAN without units */
    double same_unit_odds;    /* odds ratio of an arc inside against across units */
    double ei_index;          /* (external - internal) / arcs, -1..1 (Krackhardt & Stern 1988) */
};
/* unit: one number per node, or NULL. Single thread. */
enum status graph_measure(const igraph_t *graph, const double *unit, struct graph_measures *out,
                          struct faults *faults) MUST_CHECK;

#endif
