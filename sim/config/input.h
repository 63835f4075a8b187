/* input.h: a surveyed school from its two checked files, as the network that a model starts from.
 *
 * Nothing is repaired here: what `ebb import` drops with a word (an unknown id, a self-tie, a tie told twice) is a
 * fault. Both files are read and every fault of both is reported at once. */
#ifndef EBB_INPUT_H
#define EBB_INPUT_H

#include "../leaf/graph.h"
#include "survey.h"

/* Vertex attributes beside GRAPH_ID (text). */
#define INPUT_UNIT "unit"           /* 0, 1, 2 … in order of first appearance in the roster */
#define INPUT_UNIT_NAME "unit_name" /* text; "unassigned" for those without */
#define INPUT_YEARS "years"         /* of service, >= 0, or NAN */
#define INPUT_TRUST "trust"         /* 0..1, or NAN */
#define INPUT_ROLE "role"           /* text; "teacher" where the roster is silent */
/* Arc attribute: GRAPH_STRENGTH, 0 < strength <= 1. */

/* roster_path: CSV with a header; columns id, unit, years, trust, role, of which only id must be there; an empty cell
 * or NA is missing. network_path: CSV with from, to and perhaps strength: from names to.
 * On STATUS_OK the caller destroys graph: directed, simple, one vertex a roster row in file order, without loops.
 * On any other status there is nothing to destroy. Calls igraph: single thread. */
enum status input_read_network(const char *roster_path, const char *network_path, igraph_t *graph,
                               struct faults *faults) MUST_CHECK;

/* The same network of a survey already joined; its findings are not looked at. */
enum status input_build_network(const struct survey *survey, igraph_t *graph, struct faults *faults) MUST_CHECK;

#endif
