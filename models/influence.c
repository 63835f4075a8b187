/* Continuous influence: opinions move towards those of the people one looks at.
 *
 * A week takes a person's opinion x to self x + (1 - self) (mean of her neighbours' x), weighted by the strength of ties
 * where a survey tells it, plus noise. With fixed weights and no noise this is DeGroot (1974): a connected group agrees,
 * on a mean weighted by the weights' left eigenvector. When first opinions hold, x becomes (1 - self) times that, plus
 * self times her first opinion: Friedkin & Johnsen (1990), where people keep apart. Who sees nobody keeps her opinion.
 *
 * All look at last week's opinions, so parts of a large group may be stepped by different threads. */
#include "../sim/leaf/model.h"
#include "../sim/leaf/normal.h"
#include "../sim/leaf/rng.h"
#include "influence_tiles.h"

#include <stdlib.h>

#define INFLUENCE_PARAMS(X, S)                                                                                      \
    X(S, INTEGER, people, "1000", 1, 10000000, "people", "", "size of a group; a given network brings its own",     \
      "assumed")                                                                                                    \
    X(S, INTEGER, groups, "1", 1, 100000, "groups", "", "independent groups, each with its own people", "assumed")  \
    X(S, REAL, degree, "8", 0, 1000, "people", "", "mean number of others one sees in a drawn network", "assumed")  \
    X(S, REALS, self, "0.9", 0, 1, "0-1", "",                                                                       \
      "weight of one's own opinion, the rest is the neighbours'; one for all, or person by person", "assumed")      \
    X(S, CHOICE, anchored, "no", 0, 0, "", "no|yes",                                                                \
      "whether people hold to their first opinion, by as much as they weigh their own", "Friedkin & Johnsen 1990")  \
    X(S, REAL, noise, "0.01", 0, 1000, "opinion", "", "standard deviation of what else moves an opinion in a week", \
      "assumed")                                                                                                    \
    X(S, REAL, mean, "0", -1e6, 1e6, "opinion", "", "of first opinions, drawn normally", "assumed")                 \
    X(S, REAL, spread, "1", 0, 1e6, "opinion", "", "standard deviation of first opinions", "assumed")               \
    X(S, REALS, opinions, "none", -1e6, 1e6, "opinion", "", "first opinions, person by person; none: drawn",        \
      "assumed")                                                                                                    \
    X(S, PATH, network, "none", 0, 0, "", "", "ties of a surveyed network; none: drawn at random", "")              \
    X(S, PATH, roster, "none", 0, 0, "", "", "people of a surveyed network", "")
struct influence_params {
    INFLUENCE_PARAMS(PARAM_FIELD, influence_params)
};
static const struct param influence_rows[] = {INFLUENCE_PARAMS(PARAM_ROW, influence_params)};
static const struct param_group influence_group = PARAM_GROUP("influence", "Continuous influence", influence_rows,
                                                              struct influence_params);
static const struct param_group *const influence_groups[] = {&influence_group, NULL};

#define PART INFLUENCE_TILE_ROWS /* people */
#define DRAWN 512                /* normal numbers at once; divides PART */
#define LANES 8                  /* sums side by side, for vectors */

/* What observation asks of a part, gathered while its people are in the cache. */
struct sums {
    double sum, squares; /* of x less the group's centre */
    double lowest, highest;
};

struct group {
    uint32_t people, parts;
    struct neighbours sees;
    struct influence_tiles tiles; /* of a drawn network */
    double *share;                /* [tie] of a surveyed one: of all the weight that this person gives to others */
    double *pull;                 /* [person] weight of what she sees, as look_around() adds it up */
    float *seen, *seen_next;      /* [person] now and next as the tiles look them up; NULL in a surveyed one */
    double *now, *next, *first;   /* [person] opinion; first: NULL unless anchored */
    struct sums *sums;            /* [part] */
    double centre;                /* of these: last week's mean, so that squares do not cancel */
    double mean, spread, lowest, highest;
};

struct world {
    const struct influence_params *params;
    const struct model_input *input;
    struct rng_key key;
    size_t count;
    struct group group[];
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
    for (size_t i = 0; world && i < world->count; i++) {
        struct group *g = &world->group[i];
        neighbours_free(&g->sees);
        influence_tiles_free(&g->tiles);
        free(g->share);
        free(g->pull);
        free(g->seen);
        free(g->seen_next);
        free(g->now);
        free(g->next);
        free(g->first);
        free(g->sums);
    }
    free(world);
}

static uint32_t part_end(const struct group *g, size_t part)
{
    const uint32_t end = (uint32_t)(part + 1) * PART;
    return end < g->people ? end : g->people;
}

/* Lanes instead of one sum after the other: additions of different lanes do not wait for each other. */
static void sum_part(struct group *g, size_t part, const double *x)
{
    double sum[LANES] = {0}, squares[LANES] = {0}, low[LANES], high[LANES];
    const uint32_t begin = (uint32_t)part * PART, end = part_end(g, part),
                   whole = begin + (end - begin) / LANES * LANES;
    for (int k = 0; k < LANES; k++)
        low[k] = high[k] = x[begin];
    for (uint32_t v = begin; v < whole; v += LANES)
        for (int k = 0; k < LANES; k++) {
            const double d = x[v + (uint32_t)k] - g->centre;
            sum[k] += d;
            squares[k] += d * d;
            low[k] = x[v + (uint32_t)k] < low[k] ? x[v + (uint32_t)k] : low[k];
            high[k] = x[v + (uint32_t)k] > high[k] ? x[v + (uint32_t)k] : high[k];
        }
    for (uint32_t v = whole; v < end; v++) {
        sum[0] += x[v] - g->centre;
        squares[0] += (x[v] - g->centre) * (x[v] - g->centre);
        low[0] = fmin(low[0], x[v]);
        high[0] = fmax(high[0], x[v]);
    }
    struct sums s = {sum[0], squares[0], low[0], high[0]};
    for (int k = 1; k < LANES; k++)
        s = (struct sums){s.sum + sum[k], s.squares + squares[k], fmin(s.lowest, low[k]), fmax(s.highest, high[k])};
    g->sums[part] = s;
}

static void sum_group(struct group *g)
{
    struct sums all = {0, 0, g->sums[0].lowest, g->sums[0].highest};
    for (uint32_t part = 0; part < g->parts; part++) {
        const struct sums *const s = &g->sums[part];
        all = (struct sums){all.sum + s->sum, all.squares + s->squares, fmin(all.lowest, s->lowest),
                            fmax(all.highest, s->highest)};
    }
    const double off = all.sum / g->people;
    g->mean = g->centre + off;
    g->spread = sqrt(fmax(0, all.squares / g->people - off * off));
    g->lowest = all.lowest;
    g->highest = all.highest;
}

static void show(const struct group *g, float *restrict seen, const double *restrict x, uint32_t begin, uint32_t end)
{
    for (uint32_t v = begin; v < end && g->seen; v++)
        seen[v] = (float)x[v];
}

static void first_opinions(const struct world *world, struct group *g, struct rng_key key)
{
    const struct influence_params *p = world->params;
    uint32_t words[DRAWN];
    float normals[DRAWN];
    key.stream = STREAM_INFLUENCE; /* its week 0 */
    for (uint32_t v = 0; v < g->people; v++) {
        if (v % DRAWN == 0 && p->opinions.count == 0) {
            rng_words(&key, v / 4, words, DRAWN);
            normal_pairs(words, normals, DRAWN / 2);
        }
        g->now[v] = p->opinions.count ? p->opinions.value[v] : p->mean + p->spread * (double)normals[v % DRAWN];
        if (g->first)
            g->first[v] = g->now[v];
    }
    show(g, g->seen, g->now, 0, g->people);
    for (int pass = 0; pass < 2; pass++) { /* the first finds the centre of the second */
        g->centre = g->mean;
        for (uint32_t i = 0; i < g->parts; i++)
            sum_part(g, i, g->now);
        sum_group(g);
    }
}

/* Arcs of a surveyed network lie in the order of igraph's, person by person, as neighbours_copy() leaves them. */
static int weigh(struct group *g, const igraph_t *given)
{
    const size_t m = (size_t)igraph_ecount(given);
    uint32_t *place = malloc((g->people + 1) * sizeof *place);
    g->share = malloc(m * sizeof *g->share + 1);
    if (!place || !g->share) {
        free(place);
        return -1;
    }
    const bool told = igraph_cattribute_has_attr(given, IGRAPH_ATTRIBUTE_EDGE, GRAPH_STRENGTH);
    memcpy(place, g->sees.first, (g->people + 1) * sizeof *place);
    for (igraph_integer_t e = 0; e < (igraph_integer_t)m; e++)
        g->share[place[IGRAPH_FROM(given, e)]++] = told ? EAN(given, GRAPH_STRENGTH, e) : 1;
    free(place);
    for (uint32_t v = 0; v < g->people; v++) {
        double sum = 0;
        for (uint32_t a = g->sees.first[v]; a < g->sees.first[v + 1]; a++)
            sum += g->share[a];
        for (uint32_t a = g->sees.first[v]; a < g->sees.first[v + 1]; a++)
            g->share[a] = sum > 0 ? g->share[a] / sum : 1.0 / neighbours_degree(&g->sees, v);
    }
    return 0;
}

static double self_of(const struct influence_params *p, uint32_t v)
{
    return p->self.value[p->self.count == 1 ? 0 : v];
}

static int make_network(const struct world *world, struct group *g, struct rng_key key)
{
    const igraph_t *given = world->input->network;
    key.stream = STREAM_INIT;
    if (given)
        return neighbours_copy(&g->sees, given, false) || weigh(g, given);
    g->seen = malloc(g->people * sizeof *g->seen);
    g->seen_next = malloc(g->people * sizeof *g->seen_next);
    return !g->seen || !g->seen_next || neighbours_draw(&g->sees, g->people, world->params->degree, &key) ||
           influence_tiles_begin(&g->tiles, &g->sees);
}

static int make_group(const struct world *world, struct group *g, size_t school)
{
    struct rng_key key = world->key;
    key.school = (uint32_t)school;
    g->parts = (g->people + PART - 1) / PART;
    g->now = malloc(g->people * sizeof *g->now);
    g->next = malloc(g->people * sizeof *g->next);
    g->first = world->params->anchored ? malloc(g->people * sizeof *g->first) : NULL;
    g->sums = malloc(g->parts * sizeof *g->sums);
    g->pull = malloc(g->people * sizeof *g->pull);
    if (!g->now || !g->next || !g->sums || !g->pull || (world->params->anchored && !g->first) ||
        make_network(world, g, key))
        return -1;
    for (uint32_t v = 0; v < g->people; v++) {
        const uint32_t degree = neighbours_degree(&g->sees, v);
        g->pull[v] = degree ? (1 - self_of(world->params, v)) / (g->share ? 1 : degree) : 0;
    }
    first_opinions(world, g, key);
    return 0;
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
        if (make_group(world, &world->group[i], i)) {
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

/* Into next[v] what v sees: the sum of opinions, in a surveyed network weighted. */
static void look_around(struct group *g, size_t part)
{
    if (!g->share) {
        influence_tiles_add(&g->tiles, (uint32_t)part, g->people, g->seen, g->next);
        return;
    }
    for (uint32_t v = (uint32_t)part * PART; v < part_end(g, part); v++) {
        double sum = 0;
        for (uint32_t a = g->sees.first[v]; a < g->sees.first[v + 1]; a++)
            sum += g->share[a] * g->now[g->sees.alters[a]];
        g->next[v] = sum;
    }
}

/* Who sees nobody has no pull, and keeps all of her own opinion. */
static void move(double *restrict next, const double *restrict now, const double *restrict pull,
                 const float *restrict normals, double self, double noise, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        next[i] = (pull[i] > 0 ? self : 1) * now[i] + pull[i] * next[i] + noise * (double)normals[i];
}

/* The same, each by a weight of her own or held by her first opinion. */
static void move_one_by_one(const struct influence_params *p, struct group *g, const float *normals, uint32_t v,
                            uint32_t n)
{
    for (uint32_t i = 0; i < n; i++, v++) {
        const double self = self_of(p, v);
        double x = (g->pull[v] > 0 ? self : 1) * g->now[v] + g->pull[v] * g->next[v];
        if (g->first)
            x += self * (g->first[v] - x);
        g->next[v] = x + p->noise * (double)normals[i];
    }
}

static void part(struct world *world, size_t school, size_t number, int64_t now)
{
    const struct influence_params *p = world->params;
    struct group *g = &world->group[school];
    const uint32_t begin = (uint32_t)number * PART, end = part_end(g, number);
    struct rng_key key = world->key;
    uint32_t words[DRAWN];
    float normals[DRAWN] = {0};
    key.school = (uint32_t)school;
    key.week = (uint32_t)now;
    key.stream = STREAM_INFLUENCE;
    look_around(g, number);
    for (uint32_t v = begin; v < end; v += DRAWN) {
        const uint32_t n = end - v < DRAWN ? end - v : DRAWN;
        if (p->noise > 0) {
            rng_words(&key, v / 4, words, DRAWN);
            normal_pairs(words, normals, DRAWN / 2);
        }
        if (p->self.count == 1 && !g->first)
            move(g->next + v, g->now + v, g->pull + v, normals, p->self.value[0], p->noise, n);
        else
            move_one_by_one(p, g, normals, v, n);
    }
    show(g, g->seen_next, g->next, begin, end);
    sum_part(g, number, g->next);
}

static void join(struct world *world, size_t school, int64_t now)
{
    struct group *g = &world->group[school];
    double *const last = g->now;
    (void)now;
    g->now = g->next;
    g->next = last;
    float *const last_seen = g->seen;
    g->seen = g->seen_next;
    g->seen_next = last_seen;
    sum_group(g);
    g->centre = g->mean;
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
    const struct group *g = &world->group[school];
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
    const struct group *g = &world->group[school];
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
    const struct group *g = &world->group[school];
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
