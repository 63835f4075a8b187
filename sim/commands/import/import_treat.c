#include "../../../models/models.h"
#include "../../config/config.h"
#include "../../config/input.h"
#include "import.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FEW_ANSWERS 0.7 /* below this share of respondents a network is told with a warning */

/* The narrowest usual scale that holds all answers. */
static enum status guess_scale(struct import *import, struct faults *faults)
{
    static const double usual[][2] = {{0, 1}, {1, 4}, {1, 5}, {0, 5}, {1, 7}, {1, 10}, {0, 10}, {0, 100}};
    import->trust_guessed = true;
    for (size_t k = 0; k < sizeof usual / sizeof *usual; k++)
        if (import->trust_least >= usual[k][0] && import->trust_most <= usual[k][1]) {
            import->trust_lo = usual[k][0];
            import->trust_hi = usual[k][1];
            return STATUS_OK;
        }
    return fault_add(faults, STATUS_BAD_INPUT, import->survey.roster.name, 0,
                     "its trust runs from %g to %g, which is no usual scale; say which it is by --trust-scale LO:HI",
                     import->trust_least, import->trust_most);
}

static enum status scale_trust(struct import *import, struct faults *faults)
{
    struct survey *s = &import->survey;
    import->trust_least = INFINITY;
    import->trust_most = -INFINITY;
    for (size_t i = 0; i < s->people_count; i++) {
        import->trust_least = fmin(import->trust_least, s->people[i].trust); /* fmin and fmax pass over NAN */
        import->trust_most = fmax(import->trust_most, s->people[i].trust);
    }
    enum status status = STATUS_OK;
    if (isinf(import->trust_least))
        import->trust_lo = import->trust_hi = (double)NAN; /* nobody told any */
    else if (isinf(import->trust_lo))
        status = guess_scale(import, faults);
    for (size_t i = 0; i < s->people_count && !status; i++)
        s->people[i].trust = (s->people[i].trust - import->trust_lo) / (import->trust_hi - import->trust_lo);
    return status;
}

static void scale_strength(struct import *import)
{
    struct survey *s = &import->survey;
    import->strongest = (double)NAN;
    for (size_t i = 0; i < s->tie_count && s->has_strength; i++)
        import->strongest = fmax(import->strongest, s->ties[i].strength);
    for (size_t i = 0; i < s->tie_count && import->strongest > 1; i++)
        s->ties[i].strength /= import->strongest;
}

/* Known roles whatever their capitals; everyone else has the first. */
static enum status settle_roles(struct import *import, const char *known, struct faults *faults)
{
    struct survey *s = &import->survey;
    import->known_roles = known;
    import->told_roles = calloc(s->people_count, sizeof *import->told_roles);
    import->roles = strdup(known);
    if (!import->told_roles || !import->roles)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for %zu staff", s->people_count);
    const char *end = import->roles + strlen(import->roles);
    for (char *p = import->roles; *p; p++)
        *p = *p == '|' ? '\0' : *p;
    for (size_t i = 0; i < s->people_count; i++) {
        import->told_roles[i] = s->people[i].role;
        s->people[i].role = import->roles;
        for (const char *role = import->roles; role < end; role += strlen(role) + 1)
            if (!strcasecmp(role, import->told_roles[i]))
                s->people[i].role = role;
    }
    return STATUS_OK;
}

static enum status measure(struct import *import, const igraph_t *graph, struct faults *faults)
{
    const struct survey *s = &import->survey;
    double *unit = calloc(s->people_count, sizeof *unit);
    if (!unit)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for %zu staff", s->people_count);
    for (size_t i = 0; i < s->people_count; i++)
        unit[i] = s->people[i].unit_number;
    enum status status = graph_measure(graph, unit, &import->measures, faults);
    free(unit);
    return status;
}

/* The model's own bounds (how many staff, how many units), as faults of the roster. */
static enum status ask_model(const struct import *import, const struct model *model, const igraph_t *graph,
                             struct faults *faults)
{
    struct config config;
    struct faults found = {0};
    enum status status = config_load(NULL, NULL, 0, &config, faults);
    if (status)
        return status;
    const struct model_input input = {.network = graph};
    if (model->check)
        model->check(config.set, &input, &found);
    for (size_t i = 0; i < found.count; i++)
        if (found.list[i].warning)
            fault_warn(faults, import->survey.roster.name, 0, "%s", found.list[i].text);
        else
            status = fault_add(faults, found.list[i].status, import->survey.roster.name, 0, "%s", found.list[i].text);
    faults_free(&found);
    config_free(&config);
    return status;
}

static void warn_of_silence(const struct survey *s, struct faults *faults)
{
    size_t answered = 0;
    for (size_t i = 0; i < s->people_count; i++)
        answered += s->people[i].rows > 0;
    if ((double)answered < FEW_ANSWERS * (double)s->people_count)
        fault_warn(
            faults, s->nominations.name, 0,
            "only %zu of %zu staff answered; what the others would have said is missing, so take density and the "
            "like as lower bounds",
            answered, s->people_count);
}

enum status import_treat(struct import *import, struct faults *faults)
{
    const struct model *model = models[0];
    igraph_t graph;
    scale_strength(import);
    enum status status = scale_trust(import, faults);
    if (!status)
        status = settle_roles(import, model->roster_roles ? model->roster_roles : "teacher", faults);
    if (!status)
        status = input_build_network(&import->survey, &graph, faults);
    if (status)
        return status;
    status = ask_model(import, model, &graph, faults);
    if (!status)
        status = measure(import, &graph, faults);
    igraph_destroy(&graph);
    if (!status)
        warn_of_silence(&import->survey, faults);
    return status;
}

void import_free(struct import *import)
{
    survey_free(&import->survey);
    free(import->told_roles);
    free(import->roles);
    *import = (struct import){0};
}
