/* Bass diffusion: people adopt on their own (p) or because others have (q).
 *
 * Well mixed, the share F of adopters follows dF/dt = (p + qF)(1 - F) (Bass 1969, eqn 3), so that
 * (1 - F)/(p + qF) decays as exp(-(p + q)t). A week draws its adopters from a binomial whose chance is this
 * solution's from the present F: exact in a large population for any length of week.
 *
 * On a network each one's F is the share of adopters among the people she looks at, held over a step of
 * dt = 1/(steps x weeks a year) and turned into a chance 1 - exp(-(p + qF)dt): the error falls as dt. */
#include "../sim/leaf/model.h"
#include "../sim/leaf/rng.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

enum { WELL_MIXED, ON_NETWORK };

#define BASS_PARAMS(X, S)                                                                                             \
    X(S, INTEGER, people, "1000", 1, 10000000, "people", "", "size of a market; a given network brings its own",      \
      "assumed")                                                                                                      \
    X(S, INTEGER, markets, "1", 1, 100000, "markets", "", "independent markets, each with its own people", "assumed") \
    X(S, REAL, p, "0.03", 0, 100, "per year", "", "adoption on one's own", "Bass average, Sultan et al. 1990")        \
    X(S, REAL, q, "0.38", 0, 100, "per year", "", "adoption by imitation", "Bass average, Sultan et al. 1990")        \
    X(S, CHOICE, mixing, "well_mixed", 0, 0, "", "well_mixed|network", "who sees whom: everybody, or a network", "")  \
    X(S, REAL, degree, "6", 0, 1000, "people", "", "mean number of others one sees in a drawn network", "assumed")    \
    X(S, INTEGER, steps, "1", 1, 1000, "steps", "", "steps a week on a network", "assumed")                           \
    X(S, PATH, network, "none", 0, 0, "", "", "ties of a surveyed network; none: drawn at random", "")                \
    X(S, PATH, roster, "none", 0, 0, "", "", "people of a surveyed network", "")
struct bass_params {
    BASS_PARAMS(PARAM_FIELD, bass_params)
};
static const struct param bass_rows[] = {BASS_PARAMS(PARAM_ROW, bass_params)};
static const struct param_group bass_group = PARAM_GROUP("bass", "Bass diffusion", bass_rows, struct bass_params);
static const struct param_group *const bass_groups[] = {&bass_group, NULL};

struct market {
    uint32_t people, adopters, adopters_last;
    int32_t *week;   /* of adoption, -1 before; NULL when well mixed */
    uint32_t *first; /* people + 1 offsets into alters; NULL when well mixed */
    uint32_t *alters;
};

struct world {
    const struct bass_params *params;
    const struct model_input *input;
    struct rng_key key;
    double years_per_week;
    size_t count;
    struct market market[];
};

static int draws_network(const struct bass_params *b, const struct model_input *input)
{
    return b->mixing == ON_NETWORK && !input->network;
}

static void check(const struct param_set *set, const struct model_input *input, struct faults *faults)
{
    const struct bass_params *b = param_set_get(set, &bass_group, 0);
    if (draws_network(b, input) && b->degree > (double)(b->people - 1))
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "bass.degree = %g: %lld people can see at most %lld others",
                  b->degree, (long long)b->people, (long long)b->people - 1);
    if (draws_network(b, input) && b->degree * (double)b->people > 4e9)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "bass.degree = %g times bass.people = %lld: at most 4e9 ties",
                  b->degree, (long long)b->people);
    if (input->network && b->mixing == WELL_MIXED)
        fault_warn(faults, NULL, 0, "bass.network is not used, because bass.mixing is well_mixed");
    if (input->network && b->mixing == ON_NETWORK && b->markets > 1)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "bass.markets = %lld: a surveyed network is one market",
                  (long long)b->markets);
}

/* Turns m pairs (a, b) into rows of alters: b in a's row, and a in b's when the pairs are undirected. */
static int rows_of_pairs(struct market *k, const uint32_t *pairs, size_t m, int undirected)
{
    const size_t n = k->people;
    k->first = calloc(n + 2, sizeof *k->first);
    k->alters = malloc((undirected ? 2 * m : m) * sizeof *k->alters + 1);
    if (!k->first || !k->alters)
        return -1;
    uint32_t *place = k->first + 1; /* shifted by one, so that filling leaves the offsets behind */
    for (size_t i = 0; i < m; i++) {
        place[pairs[2 * i] + 1]++;
        if (undirected)
            place[pairs[2 * i + 1] + 1]++;
    }
    for (size_t v = 1; v <= n; v++)
        place[v] += place[v - 1];
    for (size_t i = 0; i < m; i++) {
        k->alters[place[pairs[2 * i]]++] = pairs[2 * i + 1];
        if (undirected)
            k->alters[place[pairs[2 * i + 1]]++] = pairs[2 * i];
    }
    return 0;
}

/* Pairs of G(n, chance), by jumping over the pairs that are not drawn: time grows with the ties only (Batagelj &
 * Brandes 2005, alg. 1). Returns how many, at most `room`; 0 as well when memory is short, with *pairs NULL. */
static size_t draw_pairs(const gsl_rng *r, uint32_t n, double chance, uint32_t **pairs)
{
    const double expected = chance * (double)n * (double)(n - 1) / 2;
    const size_t room = (size_t)(expected + 8 * sqrt(expected)) + 16; /* 8 sd: beyond any draw */
    size_t m = 0;
    *pairs = malloc(2 * room * sizeof **pairs);
    if (!*pairs || chance <= 0)
        return 0;
    uint64_t v = 1;
    double w = -1;
    while (v < n && m < room) {
        w += chance < 1 ? 1 + floor(log(gsl_rng_uniform_pos(r)) / log1p(-chance)) : 1;
        for (; w >= (double)v && v < n; v++)
            w -= (double)v;
        if (v < n) {
            (*pairs)[2 * m] = (uint32_t)v;
            (*pairs)[2 * m++ + 1] = (uint32_t)w;
        }
    }
    return m;
}

static int market_network(struct market *k, const struct world *world, size_t school)
{
    uint32_t *pairs = NULL;
    size_t m = 0;
    const igraph_t *given = world->input->network;
    if (given) {
        m = (size_t)igraph_ecount(given);
        pairs = malloc(2 * m * sizeof *pairs + 1);
        for (size_t i = 0; pairs && i < m; i++) {
            pairs[2 * i] = (uint32_t)IGRAPH_FROM(given, (igraph_integer_t)i);
            pairs[2 * i + 1] = (uint32_t)IGRAPH_TO(given, (igraph_integer_t)i);
        }
    } else {
        struct rng_reader reader;
        gsl_rng r = {.type = rng_philox, .state = &reader};
        struct rng_key key = world->key;
        key.school = (uint32_t)school;
        key.stream = STREAM_INIT;
        rng_gsl_key(&r, &key);
        if (k->people > 1)
            m = draw_pairs(&r, k->people, fmin(1, world->params->degree / (double)(k->people - 1)), &pairs);
        else
            pairs = malloc(1);
    }
    const int failed = !pairs || rows_of_pairs(k, pairs, m, !given);
    free(pairs);
    return failed;
}

static void world_free(struct world *world)
{
    for (size_t i = 0; world && i < world->count; i++) {
        free(world->market[i].week);
        free(world->market[i].first);
        free(world->market[i].alters);
    }
    free(world);
}

static enum status init(const struct param_set *set, const struct model_input *input, uint64_t seed, uint32_t replicate,
                        struct world **out, struct faults *faults)
{
    const struct bass_params *b = param_set_get(set, &bass_group, 0);
    const int networked = b->mixing == ON_NETWORK;
    const size_t count = networked && input->network ? 1 : (size_t)b->markets;
    struct world *world = calloc(1, sizeof *world + count * sizeof world->market[0]);
    if (!world)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for %zu markets", count);
    world->params = b;
    world->input = input;
    world->key = (struct rng_key){.seed = seed, .replicate = replicate};
    world->years_per_week = 1.0 / param_set_weeks_per_year(set);
    world->count = count;
    for (size_t i = 0; i < count; i++) {
        struct market *k = &world->market[i];
        k->people = networked && input->network ? (uint32_t)igraph_vcount(input->network) : (uint32_t)b->people;
        if (!networked)
            continue;
        k->week = malloc(k->people * sizeof *k->week + 1);
        if (!k->week || market_network(k, world, i)) {
            fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for a network of %u people", k->people);
            world_free(world);
            return STATUS_FAILED;
        }
        for (uint32_t v = 0; v < k->people; v++)
            k->week[v] = -1;
    }
    *out = world;
    return STATUS_OK;
}

static size_t schools(const struct world *world)
{
    return world->count;
}

/* The chance that somebody who has not adopted does so within t years, all seeing all, from share F. */
static double mixed_chance(double p, double q, double F, double t)
{
    if (p + q * F <= 0)
        return 0;
    const double z = (1 - F) / (p + q * F) * exp(-(p + q) * t);
    const double later = (1 - p * z) / (1 + q * z);
    return F < 1 ? fmin(1, fmax(0, (later - F) / (1 - F))) : 0;
}

/* Share of the people v looks at who had adopted before `now`; 0 when v looks at nobody. */
static double exposure(const struct market *k, uint32_t v, int32_t now)
{
    uint32_t n = 0;
    for (uint32_t i = k->first[v]; i < k->first[v + 1]; i++)
        n += k->week[k->alters[i]] >= 0 && k->week[k->alters[i]] < now;
    const uint32_t seen = k->first[v + 1] - k->first[v];
    return seen ? (double)n / seen : 0;
}

/* Marks of adopters within a week's steps lie beyond any week, so that a step sees only those before it. */
#define THIS_WEEK 0x40000000

static void week_on_network(const struct world *world, struct market *k, const gsl_rng *r, int32_t week)
{
    const struct bass_params *b = world->params;
    const double dt = world->years_per_week / (double)b->steps;
    for (int32_t step = 0; step < b->steps; step++)
        for (uint32_t v = 0; v < k->people; v++) {
            /* Everybody draws, adopter or not: so two scenarios share each one's luck. */
            const double u = gsl_rng_uniform(r);
            if (k->week[v] < 0 && u < -expm1(-(b->p + b->q * exposure(k, v, THIS_WEEK + step)) * dt)) {
                k->week[v] = THIS_WEEK + step;
                k->adopters++;
            }
        }
    for (uint32_t v = 0; v < k->people; v++)
        if (k->week[v] >= THIS_WEEK)
            k->week[v] = week;
}

static void week(struct world *world, size_t school, int64_t now)
{
    struct market *k = &world->market[school];
    const struct bass_params *b = world->params;
    struct rng_reader reader;
    gsl_rng r = {.type = rng_philox, .state = &reader};
    struct rng_key key = world->key;
    key.school = (uint32_t)school;
    key.week = (uint32_t)now;
    key.stream = STREAM_BASS;
    rng_gsl_key(&r, &key);
    k->adopters_last = k->adopters;
    if (k->week)
        week_on_network(world, k, &r, (int32_t)now);
    else
        k->adopters += gsl_ran_binomial(
            &r, mixed_chance(b->p, b->q, (double)k->adopters / k->people, world->years_per_week),
            k->people - k->adopters);
}

static const struct column columns[] = {
    {"adopters", "share", "people who have adopted", COLUMN_LAYER, "", 0, 1},
    {"new_adopters", "share per week", "people who adopted this week", COLUMN_STATE, "", 0, 1},
    {"exposure", "share", "adopters among those that a person who has not adopted sees", COLUMN_STATE, "", 0, 1},
    {"degree", "people", "others that a person sees on average; NA when all see all", COLUMN_NETWORK, "", 0, 1e7},
};

static void observe(const struct world *world, size_t school, double *row)
{
    const struct market *k = &world->market[school];
    const double n = k->people;
    row[0] = k->adopters / n;
    row[1] = (k->adopters - k->adopters_last) / n;
    row[2] = k->adopters < k->people ? k->adopters / n : (double)NAN;
    row[3] = NAN;
    if (!k->week)
        return;
    double sum = 0;
    for (uint32_t v = 0; v < k->people; v++)
        sum += k->week[v] < 0 ? exposure(k, v, THIS_WEEK) : 0;
    row[2] = k->adopters < k->people ? sum / (n - k->adopters) : (double)NAN;
    row[3] = k->first[k->people] / n;
}

static const struct attribute node_attributes[] = {
    {"layer", "", "whether the person has adopted", "not yet|adopted"},
    {"adopted_week", "weeks", "week of adoption; NA before", ""},
};
static const struct attribute tie_attributes[] = {
    {"active", "", "whether a person who has not adopted looks at one who has", "no|yes"},
};

/* Numbers the people of a drawn network; a given one keeps its names. */
static igraph_error_t graph_name(const igraph_t *given, igraph_t *graph)
{
    for (igraph_integer_t v = 0; v < igraph_vcount(graph); v++) {
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long)v + 1);
        const char *id = given && igraph_cattribute_has_attr(given, IGRAPH_ATTRIBUTE_VERTEX, GRAPH_ID)
                             ? igraph_cattribute_VAS(given, GRAPH_ID, v)
                             : number;
        const igraph_error_t code = igraph_cattribute_VAS_set(graph, GRAPH_ID, v, id);
        if (code)
            return code;
    }
    return IGRAPH_SUCCESS;
}

static igraph_error_t graph_fill(const struct world *world, const struct market *k, igraph_t *graph)
{
    const igraph_integer_t n = k->people, m = k->week ? k->first[n] : 0;
    igraph_vector_int_t arcs;
    igraph_vector_t layer, when, active;
    igraph_error_t code = igraph_vector_int_init(&arcs, 2 * m);
    if (code)
        return code;
    if ((code = igraph_vector_init(&layer, n)))
        goto no_layer;
    if ((code = igraph_vector_init(&when, n)))
        goto no_when;
    if ((code = igraph_vector_init(&active, m)))
        goto no_active;
    for (igraph_integer_t v = 0; v < n; v++) {
        const int adopted = k->week && k->week[v] >= 0;
        VECTOR(layer)[v] = k->week ? adopted : v < k->adopters; /* well mixed, people are alike */
        VECTOR(when)[v] = adopted ? (double)k->week[v] : (double)NAN;
        for (igraph_integer_t i = k->week ? k->first[v] : 0; k->week && i < k->first[v + 1]; i++) {
            VECTOR(arcs)[2 * i] = v;
            VECTOR(arcs)[2 * i + 1] = k->alters[i];
            VECTOR(active)[i] = !adopted && k->week[k->alters[i]] >= 0;
        }
    }
    code = igraph_create(graph, &arcs, n, IGRAPH_DIRECTED);
    if (!code) {
        if ((code = graph_name(k->week ? world->input->network : NULL, graph)) ||
            (code = igraph_cattribute_VAN_setv(graph, node_attributes[0].name, &layer)) ||
            (code = igraph_cattribute_VAN_setv(graph, node_attributes[1].name, &when)) ||
            (code = igraph_cattribute_EAN_setv(graph, tie_attributes[0].name, &active)))
            igraph_destroy(graph);
    }
    igraph_vector_destroy(&active);
no_active:
    igraph_vector_destroy(&when);
no_when:
    igraph_vector_destroy(&layer);
no_layer:
    igraph_vector_int_destroy(&arcs);
    return code;
}

static enum status graph(const struct world *world, size_t school, igraph_t *out, struct faults *faults)
{
    const igraph_error_t code = graph_fill(world, &world->market[school], out);
    return code ? graph_fault(faults, NULL, code) : STATUS_OK;
}

static int verify(const struct world *world, size_t school, char *why, size_t size)
{
    const struct market *k = &world->market[school];
    uint32_t adopters = k->week ? 0 : k->adopters;
    for (uint32_t v = 0; k->week && v < k->people; v++) {
        adopters += k->week[v] >= 0;
        for (uint32_t i = k->first[v]; i < k->first[v + 1]; i++)
            if (k->alters[i] >= k->people)
                return snprintf(why, size, "person %u sees person %u of %u", v, k->alters[i], k->people);
    }
    if (adopters != k->adopters || k->adopters > k->people || k->adopters < k->adopters_last)
        return snprintf(why, size, "%u adopters counted, %u kept (%u last week) of %u people", adopters, k->adopters,
                        k->adopters_last, k->people);
    return 0;
}

const struct model bass_model = {
    .name = "bass",
    .title = "Bass diffusion",
    .meaning = "adoption by oneself and by imitation, well mixed or on a network (Bass 1969)",
    .groups = bass_groups,
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .node_attributes = node_attributes,
    .node_attribute_count = sizeof node_attributes / sizeof node_attributes[0],
    .tie_attributes = tie_attributes,
    .tie_attribute_count = sizeof tie_attributes / sizeof tie_attributes[0],
    .roster_key = "bass.roster",
    .network_key = "bass.network",
    .check = check,
    .init = init,
    .schools = schools,
    .week = week,
    .observe = observe,
    .graph = graph,
    .verify = verify,
    .free = world_free,
};
