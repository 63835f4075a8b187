#include "graphml.h"

#include "../leaf/file.h"
#include "../leaf/graph.h"

#include <math.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* igraph keeps a value for every node and key, and copies each key's default for every node. */
#define CELLS_MAX 20e6
#define DEFAULT_BYTES_MAX 256e6

/* How often each element stands in the text, comments and CDATA left out. */
struct scan {
    size_t graphs, nodes, edges, keys, hyperedges, default_bytes;
    int line_of_graph; /* of the second */
    int declares;      /* line of a document type or entity, or 0 */
};

static const char *skip_to(const char *p, const char *end, const char *mark)
{
    size_t length = strlen(mark);
    const char *found = memmem(p, (size_t)(end - p), mark, length);
    return found ? found + length : end;
}

static int is_tag(const char *p, const char *end, const char *name)
{
    size_t length = strlen(name);
    return (size_t)(end - p) > length && !memcmp(p, name, length) && strchr(" \t\r\n/>", p[length]);
}

static void scan_elements(const char *bytes, size_t size, struct scan *s)
{
    const char *end = bytes + size, *counted = bytes;
    int line = 1;
    for (const char *p = bytes; (p = memchr(p, '<', (size_t)(end - p)));) {
        for (; counted < p; counted++)
            line += *counted == '\n';
        if (end - p >= 4 && !memcmp(p, "<!--", 4)) {
            p = skip_to(p + 4, end, "-->");
            continue;
        }
        if (end - p >= 9 && !memcmp(p, "<![CDATA[", 9)) {
            p = skip_to(p + 9, end, "]]>");
            continue;
        }
        p++;
        if (p < end && *p == '!' && !s->declares)
            s->declares = line;
        if (is_tag(p, end, "graph") && ++s->graphs == 2)
            s->line_of_graph = line;
        s->nodes += (size_t)is_tag(p, end, "node");
        s->edges += (size_t)is_tag(p, end, "edge");
        s->keys += (size_t)is_tag(p, end, "key");
        s->hyperedges += (size_t)is_tag(p, end, "hyperedge");
        if (is_tag(p, end, "default"))
            s->default_bytes += (size_t)(skip_to(p, end, "<") - p);
    }
}

static void refuse_elements(const char *name, const struct scan *s, struct faults *faults)
{
    double cells = (double)s->keys * ((double)s->nodes + (double)s->edges);
    double copies = (double)s->default_bytes * ((double)s->nodes + (double)s->edges);
    if (s->declares)
        fault_add(faults, STATUS_BAD_INPUT, name, s->declares,
                  "declares a document type or entities; GraphML needs none, and they are not read");
    else if (!s->graphs)
        fault_add(faults, STATUS_BAD_INPUT, name, 0, "holds no <graph>, so this is no GraphML");
    if (s->graphs > 1)
        fault_add(faults, STATUS_BAD_INPUT, name, s->line_of_graph,
                  "a second <graph> begins here; one school is one graph");
    if (s->hyperedges)
        fault_add(faults, STATUS_BAD_INPUT, name, 0, "holds hyperedges; a tie has two ends");
    if (cells > CELLS_MAX || copies > DEFAULT_BYTES_MAX)
        fault_add(faults, STATUS_BAD_INPUT, name, 0, "has %zu keys for %zu nodes and %zu edges: too many to read",
                  s->keys, s->nodes, s->edges);
}

/* igraph's handlers get no context, hence these; it is single thread here. */
static char warned[200];
static size_t warnings;
static jmp_buf escape;

static void on_warning(const char *reason, const char *file, int line)
{
    (void)file, (void)line;
    if (strstr(reason, "there is already an 'id'"))
        return; /* the attribute is meant to win */
    if (!warnings++)
        snprintf(warned, sizeof warned, "%.*s", (int)strcspn(reason, "\n"), reason);
}

/* igraph's own inconsistencies end the program unless left like this; what it held is lost. */
static void on_fatal(const char *reason, const char *file, int line)
{
    (void)reason, (void)file, (void)line;
    longjmp(escape, 1);
}

static enum status read_graph(const char *name, char *bytes, size_t size, igraph_t *graph, struct faults *faults)
{
    FILE *in = fmemopen(bytes, size, "r");
    if (!in)
        return fault_add(faults, STATUS_FAILED, name, 0, "not enough memory");
    warnings = 0;
    igraph_warning_handler_t *warner = igraph_set_warning_handler(on_warning);
    igraph_fatal_handler_t *fatal = igraph_set_fatal_handler(on_fatal);
    enum status status = STATUS_OK;
    if (setjmp(escape)) {
        status = fault_add(faults, STATUS_BAD_INPUT, name, 0, "the graph library cannot make sense of it");
    } else {
        igraph_error_t code = igraph_read_graph_graphml(graph, in, 0);
        if (code)
            status = graph_fault(faults, name, code);
    }
    igraph_set_fatal_handler(fatal);
    igraph_set_warning_handler(warner);
    fclose(in);
    if (!status && warnings)
        fault_warn(faults, name, 0, "the graph library says: %s%s", warned, warnings > 1 ? " (and more like it)" : "");
    return status;
}

static void check_counts(const char *name, const struct scan *s, const igraph_t *graph, struct faults *faults)
{
    size_t nodes = (size_t)igraph_vcount(graph), edges = (size_t)igraph_ecount(graph);
    if (nodes > s->nodes)
        fault_add(faults, STATUS_BAD_INPUT, name, 0,
                  "its edges name %zu node%s that no <node> tells of; give each a <node>", nodes - s->nodes,
                  nodes - s->nodes == 1 ? "" : "s");
    if (nodes < s->nodes)
        fault_add(faults, STATUS_BAD_INPUT, name, 0,
                  "has %zu <node>s but only %zu different ones at its top level; no node may be told twice or inside "
                  "another",
                  s->nodes, nodes);
    if (edges < s->edges)
        fault_add(faults, STATUS_BAD_INPUT, name, 0, "has %zu <edge>s of which only %zu could be read", s->edges,
                  edges);
}

/* Attributes of the nodes or of the edges. */
struct attributes {
    igraph_strvector_t names;
    igraph_vector_int_t types;
};

static void put_value(FILE *out, const igraph_t *graph, const struct attributes *a, igraph_integer_t k,
                      igraph_integer_t i, bool edge)
{
    const char *name = igraph_strvector_get(&a->names, k);
    igraph_integer_t type = VECTOR(a->types)[k];
    if (type == IGRAPH_ATTRIBUTE_STRING) {
        csv_put(out, edge ? EAS(graph, name, i) : VAS(graph, name, i));
    } else if (type == IGRAPH_ATTRIBUTE_BOOLEAN) {
        fputs((edge ? EAB(graph, name, i) : VAB(graph, name, i)) ? "1" : "0", out);
    } else {
        double value = edge ? EAN(graph, name, i) : VAN(graph, name, i);
        if (!isnan(value))
            fprintf(out, "%.17g", value);
    }
}

static void put_roster(FILE *out, const igraph_t *graph, const struct attributes *a)
{
    igraph_integer_t count = igraph_strvector_size(&a->names);
    for (igraph_integer_t k = 0; k < count; k++) {
        fputs(k ? "," : "", out);
        csv_put(out, igraph_strvector_get(&a->names, k));
    }
    for (igraph_integer_t i = 0; i < igraph_vcount(graph); i++)
        for (igraph_integer_t k = 0; k < count; k++) {
            fputs(k ? "," : "\n", out);
            put_value(out, graph, a, k, i, false);
        }
    fputs("\n", out);
}

static void put_ties(FILE *out, const igraph_t *graph, const struct attributes *of_nodes, igraph_integer_t id,
                     const struct attributes *a)
{
    igraph_integer_t count = igraph_strvector_size(&a->names);
    fputs("from,to", out);
    for (igraph_integer_t k = 0; k < count; k++) {
        fputs(",", out);
        csv_put(out, igraph_strvector_get(&a->names, k));
    }
    fputs("\n", out);
    int ways = igraph_is_directed(graph) ? 1 : 2;
    for (igraph_integer_t e = 0; e < igraph_ecount(graph); e++)
        for (int way = 0; way < ways; way++) {
            put_value(out, graph, of_nodes, id, way ? IGRAPH_TO(graph, e) : IGRAPH_FROM(graph, e), false);
            fputs(",", out);
            put_value(out, graph, of_nodes, id, way ? IGRAPH_FROM(graph, e) : IGRAPH_TO(graph, e), false);
            for (igraph_integer_t k = 0; k < count; k++) {
                fputs(",", out);
                put_value(out, graph, a, k, e, true);
            }
            fputs("\n", out);
        }
}

static igraph_error_t attributes_init(struct attributes *a)
{
    IGRAPH_CHECK(igraph_strvector_init(&a->names, 0));
    IGRAPH_FINALLY(igraph_strvector_destroy, &a->names);
    IGRAPH_CHECK(igraph_vector_int_init(&a->types, 0));
    IGRAPH_FINALLY(igraph_vector_int_destroy, &a->types);
    return IGRAPH_SUCCESS;
}

static void attributes_destroy(struct attributes *a)
{
    igraph_vector_int_destroy(&a->types);
    igraph_strvector_destroy(&a->names);
    IGRAPH_FINALLY_CLEAN(2);
}

/* Writes both tables as CSV. */
static igraph_error_t put_tables(const igraph_t *graph, const char *id_name, FILE *roster, FILE *nominations)
{
    struct attributes whole, nodes, edges;
    igraph_integer_t id = 0, k;
    IGRAPH_CHECK(attributes_init(&whole));
    IGRAPH_CHECK(attributes_init(&nodes));
    IGRAPH_CHECK(attributes_init(&edges));
    IGRAPH_CHECK(igraph_cattribute_list(graph, &whole.names, &whole.types, &nodes.names, &nodes.types, &edges.names,
                                        &edges.types));
    for (k = 0; k < igraph_strvector_size(&nodes.names); k++)
        if (!strcmp(igraph_strvector_get(&nodes.names, k), id_name))
            id = k; /* where there is none, joining the roster says so */
    if (!igraph_strvector_size(&nodes.names))
        IGRAPH_ERROR("the nodes have no ids", IGRAPH_EINVAL);
    put_roster(roster, graph, &nodes);
    put_ties(nominations, graph, &nodes, id, &edges);
    attributes_destroy(&edges);
    attributes_destroy(&nodes);
    attributes_destroy(&whole);
    return IGRAPH_SUCCESS;
}

/* A table from CSV that was written here; rows of a graph have no lines. */
static enum status table_of(const char *name, const char *text, size_t size, size_t rows, struct csv_table *table,
                            struct faults *faults)
{
    enum status status = csv_table_parse(name, text, size, ',', table, faults);
    if (status)
        return status;
    memset(table->line, 0, (table->rows + 1) * sizeof *table->line);
    if (table->rows == rows)
        return STATUS_OK;
    csv_table_free(table);
    return fault_add(faults, STATUS_BAD_INPUT, name, 0, "has a <node> without an id");
}

static enum status make_tables(const char *name, const igraph_t *graph, const char *id_name, struct csv_table *roster,
                               struct csv_table *nominations, struct faults *faults)
{
    char *roster_text = NULL, *ties_text = NULL;
    size_t roster_size = 0, ties_size = 0, nodes = (size_t)igraph_vcount(graph), edges = (size_t)igraph_ecount(graph);
    enum status status = STATUS_FAILED;
    FILE *roster_out = open_memstream(&roster_text, &roster_size);
    FILE *ties_out = open_memstream(&ties_text, &ties_size);
    igraph_error_t code = IGRAPH_ENOMEM;
    if (roster_out && ties_out && nodes)
        code = put_tables(graph, id_name, roster_out, ties_out);
    int broken = (roster_out && fclose(roster_out)) + (ties_out && fclose(ties_out));
    if (!nodes)
        status = fault_add(faults, STATUS_BAD_INPUT, name, 0, "has no <node>, so there is no staff");
    else if (code || broken)
        status = graph_fault(faults, name, code ? code : IGRAPH_ENOMEM);
    else
        status = table_of(name, roster_text, roster_size, nodes, roster, faults);
    if (!status) {
        status = table_of(name, ties_text, ties_size, igraph_is_directed(graph) ? edges : 2 * edges, nominations,
                          faults);
        if (status)
            csv_table_free(roster);
    }
    free(roster_text);
    free(ties_text);
    return status;
}

enum status graphml_parse(const char *name, char *bytes, size_t size, const char *id_name, struct csv_table *roster,
                          struct csv_table *nominations, bool *undirected, struct faults *faults)
{
    struct scan scan = {0};
    igraph_t graph;
    size_t errors = faults->errors;
    if (!size)
        return fault_add(faults, STATUS_BAD_INPUT, name, 0, "is empty; GraphML was expected");
    if (memchr(bytes, '\0', size))
        return fault_add(faults, STATUS_BAD_INPUT, name, 0, "has NUL bytes; save it as UTF-8 text");
    scan_elements(bytes, size, &scan);
    refuse_elements(name, &scan, faults);
    if (faults->errors > errors)
        return STATUS_BAD_INPUT;
    enum status status = read_graph(name, bytes, size, &graph, faults);
    if (status)
        return status;
    *undirected = !igraph_is_directed(&graph);
    check_counts(name, &scan, &graph, faults);
    status = faults->errors > errors ? STATUS_BAD_INPUT
                                     : make_tables(name, &graph, id_name, roster, nominations, faults);
    igraph_destroy(&graph);
    return status;
}

enum status graphml_read(const char *path, const char *id_name, struct csv_table *roster, struct csv_table *nominations,
                         bool *undirected, struct faults *faults)
{
    char *bytes;
    size_t size;
    enum status status = file_read(path, "GraphML", CSV_BYTES_MAX, &bytes, &size, faults);
    if (status)
        return status;
    status = graphml_parse(path, bytes, size, id_name, roster, nominations, undirected, faults);
    free(bytes);
    return status;
}
