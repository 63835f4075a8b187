/* The school's network as an igraph graph: a tie is two arcs, each with its own side's strength and trust. */
#include "../ladder.h"

#include <stdlib.h>

const struct attribute ladder_node_attributes[LADDER_NODE_ATTRIBUTES] = {
    {"unit", "", "department or grade team, from 1; 0: none, a member who is not staff", ""},
    {"role", "", "role", ROLE_LABELS},
    {"person", "", "changes when somebody else takes the post", ""},
    {"years", "years", "experience", ""},
    {"commitment", "0-1", "commitment", ""},
    {"fatigue", "0-1", "fatigue", ""},
    {"repertoire", "share", "share of the pool valued and used", ""},
    {"layer", "", "community around the focal innovation", "none|interest|engagement|practice"},
    {"group", "", "community of practice, from 1; 0: none", ""},
    {"stage", "", "of that community, after Wenger", "none|potential|coalescing|maturing|stewardship"},
    {"community", "", "community of practice across schools of the network, from 1; 0: none", ""},
    {"pioneer", "", "began with the focal innovation", "no|yes"},
    {"network", "", "of a school: its network, from 1; 0: none", ""},
    {"people", "people", "of a school: staff", ""},
    {"practising", "share", "of a school: staff who practise the focal innovation", ""},
};

const struct attribute ladder_tie_attributes[LADDER_TIE_ATTRIBUTES] = {
    {GRAPH_STRENGTH, "0-1", "strength of the tie on the side of `from`", ""},
    {GRAPH_TRUST, "0-1", "trust of `from` in `to`", ""},
    {GRAPH_ADVICE, "", "whether `from` would name `to` as adviser", "no|yes"},
    {"contacts", "people", "between schools: people of `from` who know somebody there, each as often", ""},
    {"talks", "talks", "between schools: their talks so far", ""},
};

static double node_value(const struct world *world, const struct school *s, const struct teacher *t, const char *name)
{
    switch (name[0]) { /* first letters differ but for c, p and r */
    case 'u':
        return t->unit == UNITS_MAX ? 0 : t->unit + 1;
    case 'y':
        return (double)t->service / world->weeks_per_year;
    case 'c':
        return name[4] == 'u' ? t->community : (double)t->commitment;
    case 'f':
        return (double)t->fatigue;
    case 'g':
        return t->group;
    case 's':
        return t->group ? 1 + s->groups[t->group - 1].stage : 0;
    case 'l':
        return innovation_layer(&world->innovations[0], t);
    case 'p':
        return name[1] == 'e' ? t->person : t->pioneer & 1;
    default:
        return name[1] == 'o' ? t->role : (double)share_of_pool(t->valued & t->used);
    }
}

void ladder_name(const struct world *world, size_t school, uint32_t post, char text[PARAM_TEXT_SIZE])
{
    const uint32_t staff = world->schools[school].staff;
    if (world->network && post < staff)
        snprintf(text, PARAM_TEXT_SIZE, "%s", VAS(world->network, GRAPH_ID, post));
    else if (post < staff)
        snprintf(text, PARAM_TEXT_SIZE, "%u", post + 1);
    else
        role_name_other(&world->schools[school], post, text);
}

enum status ladder_graph(const struct world *world, size_t school, igraph_t *graph, struct faults *faults)
{
    const struct school *s = &world->schools[school];
    const uint32_t people = s->staff + s->others;
    igraph_vector_int_t arcs;
    struct advice *advice = malloc(sizeof *advice);
    if (!advice)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "out of memory for the advice network");
    igraph_error_t code = igraph_vector_int_init(&arcs, 0);
    if (code) {
        free(advice);
        return graph_fault(faults, NULL, code);
    }
    for (uint32_t i = 0; i < people && !code; i++)
        for (uint32_t k = 0; k < s->teachers[i].ties && !code; k++) {
            code = igraph_vector_int_push_back(&arcs, i);
            if (!code)
                code = igraph_vector_int_push_back(&arcs, s->teachers[i].alter[k]);
        }
    if (!code)
        code = igraph_create(graph, &arcs, people, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&arcs);
    if (code) {
        free(advice);
        return graph_fault(faults, NULL, code);
    }
    advice_ask(world, s, advice);
    igraph_integer_t e = 0;
    for (uint32_t i = 0; i < people; i++) {
        const struct teacher *t = &s->teachers[i];
        char id[PARAM_TEXT_SIZE];
        ladder_name(world, school, i, id);
        SETVAS(graph, GRAPH_ID, i, id);
        for (size_t a = 0; a < LADDER_PERSON_ATTRIBUTES; a++)
            SETVAN(graph, ladder_node_attributes[a].name, i, node_value(world, s, t, ladder_node_attributes[a].name));
        for (uint32_t k = 0; k < t->ties; k++, e++) {
            bool named = false;
            for (uint32_t m = 0; i < s->staff && m < advice->count[i]; m++)
                named |= advice->place[i][m] == k;
            SETEAN(graph, GRAPH_STRENGTH, e, (double)level_value(t->strength[k]));
            SETEAN(graph, GRAPH_TRUST, e, (double)level_value(t->trust[k]));
            SETEAN(graph, GRAPH_ADVICE, e, named);
        }
    }
    free(advice);
    return STATUS_OK;
}
