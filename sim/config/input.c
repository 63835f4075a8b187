#include "input.h"

#include <math.h>
#include <stdlib.h>

static enum status refuse_findings(const struct survey *s, struct faults *faults)
{
    char sentence[700];
    for (size_t i = 0; i < s->finding_count; i++) {
        survey_describe(s, &s->findings[i], i < SURVEY_HINTS, sentence, sizeof sentence);
        fault_add(faults, STATUS_BAD_INPUT, s->nominations.name, s->findings[i].line, "%s", sentence);
    }
    return s->finding_count ? STATUS_BAD_INPUT : STATUS_OK;
}

/* SETVAS copies the graph's whole list of texts for each vertex set singly, so texts go in as one list. */
static igraph_error_t set_people_texts(const struct survey *s, igraph_t *graph)
{
    igraph_integer_t n = (igraph_integer_t)s->people_count;
    igraph_strvector_t ids, units, roles;
    IGRAPH_CHECK(igraph_strvector_init(&ids, n));
    IGRAPH_FINALLY(igraph_strvector_destroy, &ids);
    IGRAPH_CHECK(igraph_strvector_init(&units, n));
    IGRAPH_FINALLY(igraph_strvector_destroy, &units);
    IGRAPH_CHECK(igraph_strvector_init(&roles, n));
    IGRAPH_FINALLY(igraph_strvector_destroy, &roles);
    for (igraph_integer_t i = 0; i < n; i++) {
        const struct survey_person *p = &s->people[i];
        IGRAPH_CHECK(igraph_strvector_set(&ids, i, p->id));
        IGRAPH_CHECK(igraph_strvector_set(&units, i, survey_unit(p)));
        IGRAPH_CHECK(igraph_strvector_set(&roles, i, *p->role ? p->role : "teacher"));
    }
    IGRAPH_CHECK(igraph_cattribute_VAS_setv(graph, GRAPH_ID, &ids));
    IGRAPH_CHECK(igraph_cattribute_VAS_setv(graph, INPUT_UNIT_NAME, &units));
    IGRAPH_CHECK(igraph_cattribute_VAS_setv(graph, INPUT_ROLE, &roles));
    igraph_strvector_destroy(&roles);
    igraph_strvector_destroy(&units);
    igraph_strvector_destroy(&ids);
    IGRAPH_FINALLY_CLEAN(3);
    return IGRAPH_SUCCESS;
}

static igraph_error_t set_people_numbers(const struct survey *s, igraph_t *graph)
{
    igraph_integer_t n = (igraph_integer_t)s->people_count;
    igraph_vector_t value;
    IGRAPH_CHECK(igraph_vector_init(&value, n));
    IGRAPH_FINALLY(igraph_vector_destroy, &value);
    for (igraph_integer_t i = 0; i < n; i++)
        VECTOR(value)[i] = s->people[i].unit_number;
    IGRAPH_CHECK(igraph_cattribute_VAN_setv(graph, INPUT_UNIT, &value));
    for (igraph_integer_t i = 0; i < n; i++)
        VECTOR(value)[i] = s->people[i].years;
    IGRAPH_CHECK(igraph_cattribute_VAN_setv(graph, INPUT_YEARS, &value));
    for (igraph_integer_t i = 0; i < n; i++)
        VECTOR(value)[i] = s->people[i].trust;
    IGRAPH_CHECK(igraph_cattribute_VAN_setv(graph, INPUT_TRUST, &value));
    igraph_vector_destroy(&value);
    IGRAPH_FINALLY_CLEAN(1);
    return IGRAPH_SUCCESS;
}

static igraph_error_t add_ties(const struct survey *s, igraph_t *graph)
{
    igraph_integer_t m = (igraph_integer_t)s->tie_count;
    igraph_vector_int_t ends;
    igraph_vector_t strength;
    IGRAPH_CHECK(igraph_vector_int_init(&ends, 2 * m));
    IGRAPH_FINALLY(igraph_vector_int_destroy, &ends);
    IGRAPH_CHECK(igraph_vector_init(&strength, m));
    IGRAPH_FINALLY(igraph_vector_destroy, &strength);
    for (igraph_integer_t e = 0; e < m; e++) {
        VECTOR(ends)[2 * e] = s->ties[e].from;
        VECTOR(ends)[2 * e + 1] = s->ties[e].to;
        VECTOR(strength)[e] = s->ties[e].strength;
    }
    IGRAPH_CHECK(igraph_add_edges(graph, &ends, NULL));
    IGRAPH_CHECK(igraph_cattribute_EAN_setv(graph, GRAPH_STRENGTH, &strength));
    igraph_vector_destroy(&strength);
    igraph_vector_int_destroy(&ends);
    IGRAPH_FINALLY_CLEAN(2);
    return IGRAPH_SUCCESS;
}

static igraph_error_t build(const struct survey *s, igraph_t *graph)
{
    IGRAPH_CHECK(igraph_empty(graph, (igraph_integer_t)s->people_count, IGRAPH_DIRECTED));
    IGRAPH_FINALLY(igraph_destroy, graph);
    IGRAPH_CHECK(set_people_texts(s, graph));
    IGRAPH_CHECK(set_people_numbers(s, graph));
    IGRAPH_CHECK(add_ties(s, graph));
    IGRAPH_FINALLY_CLEAN(1);
    return IGRAPH_SUCCESS;
}

enum status input_build_network(const struct survey *survey, igraph_t *graph, struct faults *faults)
{
    igraph_error_t code = build(survey, graph);
    return code ? graph_fault(faults, survey->roster.name, code) : STATUS_OK;
}

enum status input_read_network(const char *roster_path, const char *network_path, igraph_t *graph,
                               struct faults *faults)
{
    static const struct survey_columns columns = SURVEY_COLUMNS;
    static const struct survey_bounds bounds = {0, 1, 1};
    struct survey survey;
    enum status status = survey_read(roster_path, network_path, ',', &columns, bounds, &survey, faults);
    if (status)
        return status;
    status = refuse_findings(&survey, faults);
    if (!status)
        status = input_build_network(&survey, graph, faults);
    survey_free(&survey);
    return status;
}
