#include "one.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One block: the pointers, then the texts. NULL when memory is short. */
static char **copy_ids(const igraph_t *graph, size_t nodes)
{
    const bool named = igraph_cattribute_has_attr(graph, IGRAPH_ATTRIBUTE_VERTEX, GRAPH_ID);
    size_t bytes = nodes * sizeof(char *) + 1;
    for (size_t v = 0; v < nodes; v++)
        bytes += named ? strlen(igraph_cattribute_VAS(graph, GRAPH_ID, (igraph_integer_t)v)) + 1 : 24;
    char **ids = malloc(bytes);
    char *text = ids ? (char *)(ids + nodes) : NULL;
    for (size_t v = 0; ids && v < nodes; v++) {
        ids[v] = text;
        if (named)
            text = stpcpy(text, igraph_cattribute_VAS(graph, GRAPH_ID, (igraph_integer_t)v)) + 1;
        else
            text += snprintf(text, 24, "%zu", v + 1) + 1;
    }
    return ids;
}

/* An attribute that the graph does not carry is missing everywhere. */
static double value_of(const igraph_t *graph, igraph_attribute_elemtype_t type, bool there, const char *name, size_t i)
{
    if (!there)
        return (double)NAN;
    return type == IGRAPH_ATTRIBUTE_VERTEX ? igraph_cattribute_VAN(graph, name, (igraph_integer_t)i)
                                           : igraph_cattribute_EAN(graph, name, (igraph_integer_t)i);
}

static double *copy_values(const igraph_t *graph, igraph_attribute_elemtype_t type, const struct attribute *attributes,
                           size_t attribute_count, size_t n)
{
    double *values = malloc(n * attribute_count * sizeof *values + 1);
    for (size_t a = 0; values && a < attribute_count; a++) {
        const bool there = igraph_cattribute_has_attr(graph, type, attributes[a].name);
        for (size_t i = 0; i < n; i++)
            values[i * attribute_count + a] = value_of(graph, type, there, attributes[a].name, i);
    }
    return values;
}

void engine_snapshot_free(struct engine_snapshot *snapshot)
{
    free(snapshot->ids);
    free(snapshot->node_values);
    free(snapshot->ends);
    free(snapshot->tie_values);
    *snapshot = (struct engine_snapshot){0};
}

int engine_snapshot_take(const struct model *model, const struct world *world, size_t school, int64_t week,
                         struct engine_snapshot *snapshot, char *message, size_t size)
{
    struct faults faults = {0};
    igraph_t graph;
    const enum status status = school == ENGINE_BETWEEN ? model->between(world, &graph, &faults)
                                                        : model->graph(world, school, &graph, &faults);
    if (status != STATUS_OK) {
        snprintf(message, size, "week %lld, school %zu: no network: %s", (long long)week, school + 1,
                 faults.count ? faults.list[0].text : "no reason given");
        faults_free(&faults);
        return -1;
    }
    faults_free(&faults);
    struct engine_snapshot s = {.week = week, .school = school};
    s.nodes = (size_t)igraph_vcount(&graph);
    s.ties = (size_t)igraph_ecount(&graph);
    s.ids = copy_ids(&graph, s.nodes);
    s.node_values = copy_values(&graph, IGRAPH_ATTRIBUTE_VERTEX, model->node_attributes, model->node_attribute_count,
                                s.nodes);
    s.tie_values = copy_values(&graph, IGRAPH_ATTRIBUTE_EDGE, model->tie_attributes, model->tie_attribute_count,
                               s.ties);
    s.ends = malloc(2 * s.ties * sizeof *s.ends + 1);
    for (size_t i = 0; s.ends && i < s.ties; i++) {
        s.ends[2 * i] = (uint32_t)IGRAPH_FROM(&graph, (igraph_integer_t)i);
        s.ends[2 * i + 1] = (uint32_t)IGRAPH_TO(&graph, (igraph_integer_t)i);
    }
    igraph_destroy(&graph);
    *snapshot = s;
    if (s.ids && s.node_values && s.tie_values && s.ends)
        return 0;
    engine_snapshot_free(snapshot);
    snprintf(message, size, "week %lld, school %zu: no memory for a network of %zu people", (long long)week, school + 1,
             s.nodes);
    return -1;
}
