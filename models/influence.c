/* Continuous influence: opinions move towards those of the people one looks at.
 *
 * A week takes a person's opinion x to self x + (1 - self) (mean of her neighbours' x), weighted by the strength of ties
 * where a survey tells it, plus noise. With fixed weights and no noise this is DeGroot (1974): a connected group agrees,
 * on a mean weighted by the weights' left eigenvector. When first opinions hold, x becomes (1 - self) times that, plus
 * self times her first opinion: Friedkin & Johnsen (1990), where people keep apart. Who sees nobody keeps her opinion.
 *
 * All look at last week's opinions, so parts of a large group may be stepped by different threads. */
#include "influence.h"

#include <stdlib.h>

static const struct param influence_rows[] = {INFLUENCE_PARAMS(PARAM_ROW, influence_params)};
static const struct param_group influence_group = PARAM_GROUP("influence", "Continuous influence", influence_rows,
                                                              struct influence_params);
static const struct param_group *const influence_groups[] = {&influence_group, NULL};

struct world {
    const struct influence_params *params;
    const struct model_input *input;
    struct rng_key key;
    size_t count;
    struct influence_group group[];
};

static void check_list(const struct param_list *list, const char *key, int64_t people, int64_t least,
                       struct faults *faults)
{
    if (list->count > least && list->count != people)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "influence.%s has %lld entries for %lld people", key,
                  (long long)list->count, (long long)people);
}

static void check(const struct param_set *set, const struct model_input *input, struct faults *faults)
{
    const struct influence_params *p = param_set_get(set, &influence_group, 0);
    const int64_t people = input->network ? (int64_t)igraph_vcount(input->network) : p->people;
    check_list(&p->self, "self", people, 1, faults);
    check_list(&p->opinions, "opinions", people, 0, faults);
    if (p->self.count == 0)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "influence.self is empty: one weight for all, or one a person");
    if (!input->network && p->degree > (double)(p->people - 1))
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "influence.degree = %g: %lld people can see at most %lld others",
                  p->degree, (long long)p->people, (long long)p->people - 1);
    if (!input->network && p->degree * (double)p->people > 4e9)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "influence.degree = %g times influence.people = %lld: at most 4e9 ties", p->degree,
                  (long long)p->people);
    if (input->network && p->groups > 1)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "influence.groups = %lld: a surveyed network is one group",
                  (long long)p->groups);
}

static void world_free(struct world *world)
{
    for (size_t i = 0; world && i < world->count; i++)
        influence_group_free(&world->group[i]);
    free(world);
}

static struct rng_key key_of(const struct world *world, size_t school)
{
    struct rng_key key = world->key;
    key.school = (uint32_t)school;
    return key;
}

static enum status init(const struct param_set *set, const struct model_input *input, uint64_t seed, uint32_t replicate,
                        struct world **out, struct faults *faults)
{
    const struct influence_params *p = param_set_get(set, &influence_group, 0);
    const size_t count = input->network ? 1 : (size_t)p->groups;
    const uint32_t people = input->network ? (uint32_t)igraph_vcount(input->network) : (uint32_t)p->people;
    struct world *world = calloc(1, sizeof *world + count * sizeof world->group[0]);
    if (!world)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for %zu groups", count);
    world->params = p;
    world->input = input;
    world->key = (struct rng_key){.seed = seed, .replicate = replicate};
    world->count = count;
    for (size_t i = 0; i < count; i++) {
        world->group[i].people = people;
        if (influence_group_begin(&world->group[i], p, input->network, key_of(world, i))) {
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

static size_t parts(const struct world *world, size_t school)
{
    return world->group[school].parts;
}

static void part(struct world *world, size_t school, size_t number, int64_t now)
{
    struct rng_key key = key_of(world, school);
    key.week = (uint32_t)now;
    influence_week_part(world->params, &world->group[school], number, key);
}

static void join(struct world *world, size_t school, int64_t now)
{
    (void)now;
    influence_week_join(&world->group[school]);
}

static void week(struct world *world, size_t school, int64_t now)
{
    for (size_t i = 0; i < parts(world, school); i++)
        part(world, school, i, now);
    join(world, school, now);
}

static const struct column columns[] = {
    {"opinion", "opinion", "mean opinion", COLUMN_CAPACITY, "", -1e12, 1e12},
    {"spread", "opinion", "standard deviation of opinions among people: 0 when all agree", COLUMN_CAPACITY, "", 0,
     1e12},
    {"lowest", "opinion", "lowest opinion", COLUMN_STATE, "", -1e12, 1e12},
    {"highest", "opinion", "highest opinion", COLUMN_STATE, "", -1e12, 1e12},
    {"degree", "people", "others that a person sees on average", COLUMN_NETWORK, "", 0, 1e7},
};

static void observe(const struct world *world, size_t school, double *row)
{
    const struct influence_group *g = &world->group[school];
    row[0] = g->mean;
    row[1] = g->spread;
    row[2] = g->lowest;
    row[3] = g->highest;
    row[4] = (double)g->sees.first[g->people] / g->people;
}

static const struct attribute node_attributes[] = {{"opinion", "opinion", "what the person thinks", ""}};
static const struct attribute tie_attributes[] = {
    {"share", "0-1", "of the weight that the person gives to others", ""},
};

static enum status graph(const struct world *world, size_t school, igraph_t *out, struct faults *faults)
{
    const struct influence_group *g = &world->group[school];
    igraph_error_t code = neighbours_graph(&g->sees, world->input->network, out);
    if (code)
        return graph_fault(faults, NULL, code);
    for (igraph_integer_t v = 0; v < g->people && !code; v++) {
        code = igraph_cattribute_VAN_set(out, node_attributes[0].name, v, g->now[v]);
        for (igraph_integer_t a = g->sees.first[v]; a < g->sees.first[v + 1] && !code; a++)
            code = igraph_cattribute_EAN_set(out, tie_attributes[0].name, a,
                                             g->share ? g->share[a] : 1.0 / neighbours_degree(&g->sees, (uint32_t)v));
    }
    if (code)
        igraph_destroy(out);
    return code ? graph_fault(faults, NULL, code) : STATUS_OK;
}

static int verify(const struct world *world, size_t school, char *why, size_t size)
{
    const struct influence_group *g = &world->group[school];
    double sum = 0, squares = 0;
    for (uint32_t v = 0; v < g->people; v++) {
        if (!(g->now[v] >= g->lowest && g->now[v] <= g->highest))
            return snprintf(why, size, "person %u thinks %.17g, outside %.17g to %.17g", v, g->now[v], g->lowest,
                            g->highest);
        sum += g->now[v];
    }
    const double mean = sum / g->people, scale = 1e-9 * (1 + fabs(mean) + g->highest - g->lowest);
    for (uint32_t v = 0; v < g->people; v++)
        squares += (g->now[v] - mean) * (g->now[v] - mean);
    if (!(fabs(mean - g->mean) < scale) || !(fabs(sqrt(squares / g->people) - g->spread) < 1e3 * scale))
        return snprintf(why, size, "opinions have mean %.17g and spread %.17g, kept are %.17g and %.17g", mean,
                        sqrt(squares / g->people), g->mean, g->spread);
    return 0;
}

const struct model influence_model = {
    .name = "influence",
    .title = "Continuous influence",
    .meaning =
        "opinions drawn towards neighbours', with noise or held by first ones (DeGroot 1974; Friedkin & Johnsen 1990)",
    .groups = influence_groups,
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .node_attributes = node_attributes,
    .node_attribute_count = sizeof node_attributes / sizeof node_attributes[0],
    .tie_attributes = tie_attributes,
    .tie_attribute_count = sizeof tie_attributes / sizeof tie_attributes[0],
    .roster_key = "influence.roster",
    .network_key = "influence.network",
    .check = check,
    .init = init,
    .schools = schools,
    .parts = parts,
    .part = part,
    .join = join,
    .week = week,
    .observe = observe,
    .graph = graph,
    .verify = verify,
    .free = world_free,
};
