/* A lineage as a directed forest: a node for each adoption, an arc from the source's own adoption to it. */
#include "export_lineage.h"

#include "../leaf/graph.h"
#include "../store/lineage.h"

#include <math.h>

static igraph_error_t set_texts(igraph_t *g, const struct store_lineage *l, igraph_integer_t i)
{
    const struct adoption *a = &l->list[i];
    static const char *const ends[] = {"", "lapsed", "left"};
    const struct {
        const char *name, *text;
    } texts[] = {{GRAPH_ID, l->ids.word[a->post]},
                 {"innovation", l->innovations.word[a->innovation]},
                 {"layer", l->layers.word[a->layer]},
                 {"kind", l->kinds.word[a->kind]},
                 {"ended", ends[a->end]},
                 {"source", a->from == ADOPTION_NOBODY ? "" : l->ids.word[a->from]}};
    igraph_error_t code = IGRAPH_SUCCESS;
    for (size_t k = 0; k < sizeof texts / sizeof texts[0] && !code; k++)
        code = igraph_cattribute_VAS_set(g, texts[k].name, i, texts[k].text);
    return code;
}

static igraph_error_t set_numbers(igraph_t *g, const struct store_lineage *l, igraph_integer_t i)
{
    const struct adoption *a = &l->list[i];
    const struct {
        const char *name;
        double number;
    } numbers[] = {{"number", (double)i + 1},
                   {"person", a->person},
                   {"unit", a->unit},
                   {"week", (double)a->week},
                   {"until", a->until < 0 ? (double)NAN : (double)a->until},
                   {"source_unit", a->from_unit ? a->from_unit : (double)NAN}};
    igraph_error_t code = IGRAPH_SUCCESS;
    for (size_t k = 0; k < sizeof numbers / sizeof numbers[0] && !code; k++)
        code = igraph_cattribute_VAN_set(g, numbers[k].name, i, numbers[k].number);
    return code;
}

static igraph_error_t add_arcs(igraph_t *g, const struct store_lineage *l)
{
    igraph_integer_t arcs = 0;
    igraph_error_t code = IGRAPH_SUCCESS;
    for (size_t i = 0; i < l->count && !code; i++) {
        const struct adoption *a = &l->list[i];
        if (a->parent < 0)
            continue;
        code = igraph_add_edge(g, (igraph_integer_t)a->parent, (igraph_integer_t)i);
        if (!code)
            code = igraph_cattribute_EAN_set(g, "week", arcs, (double)a->week);
        if (!code)
            code = igraph_cattribute_EAN_set(g, "bridge", arcs, a->from_unit && a->from_unit != a->unit);
        arcs++;
    }
    return code;
}

static igraph_error_t fill(igraph_t *g, const struct store_lineage *l)
{
    igraph_error_t code = igraph_cattribute_GAN_set(g, "run", (double)l->run);
    if (!code)
        code = igraph_cattribute_GAN_set(g, "school", (double)l->school);
    for (size_t i = 0; i < l->count && !code; i++) {
        code = set_texts(g, l, (igraph_integer_t)i);
        if (!code)
            code = set_numbers(g, l, (igraph_integer_t)i);
    }
    return code ? code : add_arcs(g, l);
}

enum status export_lineage(const char *out_dir, int64_t run, int64_t school, FILE *out, struct faults *faults)
{
    struct store_lineage l;
    igraph_t g;
    enum status status = store_read_lineage(out_dir, run, school, &l, faults);
    if (status != STATUS_OK)
        return status;
    igraph_error_t code = igraph_empty(&g, (igraph_integer_t)l.count, IGRAPH_DIRECTED);
    if (code) {
        store_lineage_free(&l);
        return graph_fault(faults, NULL, code);
    }
    code = fill(&g, &l);
    if (!code)
        code = igraph_write_graph_graphml(&g, out, true);
    if (code)
        status = graph_fault(faults, NULL, code);
    igraph_destroy(&g);
    store_lineage_free(&l);
    return status;
}
