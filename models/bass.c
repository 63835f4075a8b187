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
#include "bass_network.h"

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
    struct bass_network network; /* without people when well mixed */
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

static bool on_network(const struct market *k)
{
    return k->network.sees.people > 0;
}

static void world_free(struct world *world)
{
    for (size_t i = 0; world && i < world->count; i++)
        bass_network_free(&world->market[i].network);
    free(world);
}

static int make_network(const struct world *world, struct market *k, size_t school)
{
    const struct bass_params *b = world->params;
    struct rng_key key = world->key;
    key.school = (uint32_t)school;
    key.stream = STREAM_INIT;
    k->network.alone = b->p * world->years_per_week / (double)b->steps;
    k->network.imitating = b->q * world->years_per_week / (double)b->steps;
    return bass_network_begin(&k->network, world->input->network, k->people, b->degree, &key);
}

static enum status init(const struct param_set *set, const struct model_input *input, uint64_t seed, uint32_t replicate,
                        struct world **out, struct faults *faults)
{
    const struct bass_params *b = param_set_get(set, &bass_group, 0);
    const int networked = b->mixing == ON_NETWORK, surveyed = networked && input->network;
    const size_t count = surveyed ? 1 : (size_t)b->markets;
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
        k->people = surveyed ? (uint32_t)igraph_vcount(input->network) : (uint32_t)b->people;
        if (networked && make_network(world, k, i)) {
            const uint32_t people = k->people;
            world_free(world);
            return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for a network of %u people", people);
        }
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
    for (int64_t step = 0; on_network(k) && step < b->steps; step++)
        k->adopters += bass_network_step(&k->network, (int32_t)now);
    if (!on_network(k))
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
    if (on_network(k)) {
        row[2] = bass_network_exposure(&k->network, k->adopters);
        row[3] = k->network.sees.first[k->people] / n;
    }
}

static const struct attribute node_attributes[] = {
    {"layer", "", "whether the person has adopted", "not yet|adopted"},
    {"adopted_week", "weeks", "week of adoption; NA before", ""},
};
static const struct attribute tie_attributes[] = {
    {"active", "", "whether a person who has not adopted looks at one who has", "no|yes"},
};

/* Values of nodes and arcs, in the order of the declared attributes. */
static igraph_error_t add_values(const struct market *k, igraph_t *graph)
{
    const int32_t *const when = k->network.week;
    const struct neighbours *const sees = &k->network.sees;
    igraph_error_t code = IGRAPH_SUCCESS;
    for (igraph_integer_t v = 0; v < k->people && !code; v++) {
        const int adopted = when ? when[v] >= 0 : v < k->adopters; /* well mixed, people are alike */
        code = igraph_cattribute_VAN_set(graph, node_attributes[0].name, v, adopted);
        if (!code)
            code = igraph_cattribute_VAN_set(graph, node_attributes[1].name, v,
                                             when && adopted ? (double)when[v] : (double)NAN);
        for (igraph_integer_t i = when ? sees->first[v] : 0; when && i < sees->first[v + 1] && !code; i++)
            code = igraph_cattribute_EAN_set(graph, tie_attributes[0].name, i, !adopted && when[sees->alters[i]] >= 0);
    }
    return code;
}

static enum status graph(const struct world *world, size_t school, igraph_t *out, struct faults *faults)
{
    const struct market *k = &world->market[school];
    const struct neighbours nobody_seen = {.people = k->people};
    igraph_error_t code = neighbours_graph(on_network(k) ? &k->network.sees : &nobody_seen,
                                           on_network(k) ? world->input->network : NULL, out);
    if (!code && (code = add_values(k, out)))
        igraph_destroy(out);
    return code ? graph_fault(faults, NULL, code) : STATUS_OK;
}

static int verify(const struct world *world, size_t school, char *why, size_t size)
{
    const struct market *k = &world->market[school];
    if (k->adopters > k->people || k->adopters < k->adopters_last)
        return snprintf(why, size, "%u adopters (%u last week) of %u people", k->adopters, k->adopters_last, k->people);
    return on_network(k) ? bass_network_verify(&k->network, k->adopters, why, size) : 0;
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
