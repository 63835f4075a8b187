/* The schools as nodes, and the contacts of their people as ties between them. */
#include "networks.h"

#include <math.h>
#include <stdlib.h>

/* What a school's people have with those of another one. */
struct between {
    uint32_t school, contacts, talks;
    float strength, trust;
};

static uint32_t gather(const struct membership *m, struct between list[CONTACTS_MAX])
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
        const struct contact *c = &m->contacts[k];
        uint32_t at = 0;
        if (!c->taken)
            continue;
        while (at < count && list[at].school != c->school)
            at++;
        if (at == count)
            list[count++] = (struct between){.school = c->school};
        list[at].contacts++;
        list[at].talks += c->talks;
        list[at].strength += level_value(c->strength);
        list[at].trust += level_value(c->trust);
    }
    return count;
}

static igraph_error_t create(const struct world *world, igraph_t *graph)
{
    igraph_vector_int_t arcs;
    IGRAPH_CHECK(igraph_vector_int_init(&arcs, 0));
    IGRAPH_FINALLY(igraph_vector_int_destroy, &arcs);
    for (uint32_t s = 0; world->networks && s < world->school_count; s++) {
        struct between list[CONTACTS_MAX];
        const uint32_t count = gather(&world->networks->of[s], list);
        for (uint32_t k = 0; k < count; k++) {
            IGRAPH_CHECK(igraph_vector_int_push_back(&arcs, s));
            IGRAPH_CHECK(igraph_vector_int_push_back(&arcs, list[k].school));
        }
    }
    IGRAPH_CHECK(igraph_create(graph, &arcs, world->networks ? world->school_count : 0, IGRAPH_DIRECTED));
    igraph_vector_int_destroy(&arcs);
    IGRAPH_FINALLY_CLEAN(1);
    return IGRAPH_SUCCESS;
}

static void describe(const struct world *world, uint32_t school, igraph_t *graph)
{
    const struct school *s = &world->schools[school];
    double commitment = 0, repertoire = 0, practising = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        commitment += (double)t->commitment / s->staff;
        repertoire += (double)share_of_pool(t->valued & t->used) / s->staff;
        practising += (innovation_layer(&world->innovations[0], t) == LAYER_PRACTICE ? 1.0 : 0.0) / s->staff;
    }
    SETVAN(graph, "network", school, world->networks->of[school].network + 1);
    SETVAN(graph, "people", school, s->staff);
    SETVAN(graph, "practising", school, world->focal ? practising : (double)NAN);
    SETVAN(graph, "commitment", school, commitment);
    SETVAN(graph, "repertoire", school, repertoire);
}

enum status networks_graph(const struct world *world, igraph_t *graph, struct faults *faults)
{
    const igraph_error_t code = create(world, graph);
    if (code)
        return graph_fault(faults, NULL, code);
    igraph_integer_t e = 0;
    for (uint32_t s = 0; world->networks && s < world->school_count; s++) {
        struct between list[CONTACTS_MAX];
        const uint32_t count = gather(&world->networks->of[s], list);
        describe(world, s, graph);
        for (uint32_t k = 0; k < count; k++, e++) {
            SETEAN(graph, GRAPH_STRENGTH, e, (double)list[k].strength / list[k].contacts);
            SETEAN(graph, GRAPH_TRUST, e, (double)list[k].trust / list[k].contacts);
            SETEAN(graph, "contacts", e, list[k].contacts);
            SETEAN(graph, "talks", e, list[k].talks);
        }
    }
    return STATUS_OK;
}
