/* graphml.h: a surveyed school from one GraphML file, as the two tables that a survey is joined from. */
#ifndef EBB_GRAPHML_H
#define EBB_GRAPHML_H

#include "../leaf/csv.h"

#include <stdbool.h>

/* The roster has a row a node with a column a node attribute ("id": the node's own, unless an attribute has that name);
 * the nominations have from and to, the values of the attribute id_name, and a column an edge attribute; an undirected
 * edge becomes a row each way. Rows have no lines (0). Read by igraph, which passes over much in silence; so a document
 * type, entities, second or nested graphs, hyperedges, nodes told twice and edges to nodes that are not there are refused
 * here. On any status but STATUS_OK there is nothing to free. Single thread. */
enum status graphml_read(const char *path, const char *id_name, struct csv_table *roster, struct csv_table *nominations,
                         bool *undirected, struct faults *faults) MUST_CHECK;

/* The same for bytes in memory; name stands for the file in messages. */
enum status graphml_parse(const char *name, char *bytes, size_t size, const char *id_name, struct csv_table *roster,
                          struct csv_table *nominations, bool *undirected, struct faults *faults) MUST_CHECK;

#endif
