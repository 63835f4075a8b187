/* The world: how schools and people come to be, and the pool of ideas that all schools share. */
#include "observe/adoption.h"
#include "schools/district.h"
#include "schools/networks.h"

#include <stdlib.h>
#include <string.h>

float draw_normal(struct rng_reader *reader)
{
    float sum = -6.0f;
    for (int k = 0; k < 12; k++)
        sum += rng_uniform(reader);
    return sum;
}

uint64_t draw_set(struct rng_reader *reader, uint64_t among, float share)
{
    uint32_t word[IDEAS], n = 0;
    uint64_t set = 0;
    rng_bulk(reader, word, (size_t)count_bits(among));
    for (uint64_t left = among; left; left &= left - 1)
        set |= pick(rng_unit(word[n++]) < share, left & -left, 0);
    return set;
}

static void draw_sets(const struct world *world, const struct school *s, struct teacher *t, struct rng_reader *reader)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    t->known = draw_set(reader, ~world->lasting, (float)p->known);
    t->valued = leaning_draw(world, s, t->unit, t->known, (float)p->valued, reader);
    t->used = draw_set(reader, t->valued, (float)p->used) | draw_set(reader, t->known & ~t->valued, (float)p->habit);
    t->shallow = 0;
}

/* Where the school stands: drawn anew from the same words whenever it is asked, so that it need not be kept. */
static void draw_common(const struct world *world, const struct school *s, struct teacher *common)
{
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = world->seed,
                                               .replicate = world->replicate,
                                               .school = s->number,
                                               .week = 1, /* apart from school_begin()'s */
                                               .stream = STREAM_INIT});
    draw_sets(world, s, common, &reader);
}

/* Each idea is the person's own matter, or as it is for the whole school: means are the same for any diversity. */
static void draw_ideas(const struct world *world, const struct school *s, struct teacher *t, struct rng_reader *reader)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    draw_sets(world, s, t, reader);
    if (p->diversity >= 1)
        return;
    struct teacher common = {.unit = t->unit};
    draw_common(world, s, &common);
    const uint64_t own = draw_set(reader, ~UINT64_C(0), (float)p->diversity);
    t->known = (t->known & own) | (common.known & ~own);
    t->valued = (t->valued & own) | (common.valued & ~own);
    t->used = (t->used & own) | (common.used & ~own);
}

static void draw_person(const struct world *world, const struct school *s, struct teacher *t, struct rng_reader *reader)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    const struct start_params *start = param_set_get(world->set, &start_group, 0);
    draw_ideas(world, s, t, reader);
    t->disposition = curve_share((float)p->disposition + (float)p->disposition_sd * draw_normal(reader));
    t->commitment = curve_share(t->disposition + (float)start->commitment_sd * draw_normal(reader));
    t->fatigue = curve_share((float)start->fatigue + (float)start->fatigue_more * rng_uniform(reader));
    t->benefit = 0;
    const float sd = (float)p->expertise_sd;
    t->expertise = curve_exp(sd * draw_normal(reader) - 0.5f * sd * sd);
    t->names = (uint8_t)(1 + rng_below(reader, advice_lines(world)));
    t->pioneer = t->sheltered = 0;
    t->group = t->community = 0;
}

/* Years as weeks of service, capped. */
static uint16_t service_of(float years, const struct world *world)
{
    const float weeks = years * (float)world->weeks_per_year;
    return (uint16_t)(weeks < (float)UINT16_MAX ? weeks : (float)UINT16_MAX);
}

void newcomer(const struct world *world, struct school *s, uint32_t i, struct rng_reader *reader)
{
    struct teacher *t = &s->teachers[i];
    const struct start_params *p = param_set_get(world->set, &start_group, 0);
    draw_person(world, s, t, reader);
    t->person = s->next_person++;
    const float before = rng_uniform(reader), beginners = (float)p->beginners;
    t->service = 0;
    if (before >= beginners) /* so that some share is left, over which years are drawn */
        t->service = service_of((before - beginners) * (float)(p->brought / (1 - p->beginners)), world);
}

static void draw_post(const struct world *world, struct school *s, uint32_t i, struct rng_reader *reader)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    const struct start_params *start = param_set_get(world->set, &start_group, 0);
    struct teacher *t = &s->teachers[i];
    t->unit = (uint16_t)(i % s->unit_count);
    t->role = i == 0 ? ROLE_PRINCIPAL : i <= s->unit_count * (uint32_t)p->leads ? ROLE_LEAD : ROLE_TEACHER;
    newcomer(world, s, i, reader);
    /* Service as turnover leaves it: exponential-like, by the product of two uniforms, whose mean is a quarter. */
    const float most = 4 * (float)start->service;
    t->service = service_of(most * rng_uniform(reader) * rng_uniform(reader), world);
}

static void draw_ties(const struct world *world, struct school *s, struct rng_reader *reader)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    const struct start_params *start = param_set_get(world->set, &start_group, 0);
    for (uint32_t i = 0; i < s->staff; i++)
        for (int64_t k = 0; k < start->ties; k++) {
            uint32_t j = rng_below(reader, s->staff);
            if (2 * k < start->ties) /* half of them inside the unit */
                j = s->teachers[i].unit + s->unit_count * (j / s->unit_count);
            const float strength = (float)start->strength + (float)start->strength_more * rng_uniform(reader);
            const float trust = curve_share((float)p->trust + (float)start->trust_sd * draw_normal(reader));
            if (j < s->staff)
                tie_found(s, i, j, strength, trust);
        }
}

/* A surveyed school: people and nominations as read; what a survey does not tell is drawn. */
static void place_surveyed(const struct world *world, struct school *s, const igraph_t *network,
                           struct rng_reader *reader)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    const struct start_params *start = param_set_get(world->set, &start_group, 0);
    for (uint32_t i = 0; i < s->staff; i++) {
        struct teacher *t = &s->teachers[i];
        draw_post(world, s, i, reader);
        t->role = (uint8_t)role_find(VAS(network, "role", i)); /* ladder_check() refused unknown ones */
        t->unit = (uint16_t)VAN(network, "unit", i);
        const double years = VAN(network, "years", i);
        if (years >= 0)
            t->service = (uint16_t)(years * world->weeks_per_year < 65535 ? years * world->weeks_per_year : 65535);
    }
    for (igraph_integer_t e = 0; e < igraph_ecount(network); e++) {
        const uint32_t a = (uint32_t)IGRAPH_FROM(network, e), b = (uint32_t)IGRAPH_TO(network, e);
        const double says_a = VAN(network, "trust", a), says_b = VAN(network, "trust", b);
        const float weight = curve_share((float)EAN(network, GRAPH_STRENGTH, e));
        const float trust_a = says_a >= 0 ? (float)says_a : (float)p->trust;
        const float trust_b = says_b >= 0 ? (float)says_b : (float)p->trust;
        int at = tie_place(&s->teachers[a], b);
        if (at == NO_TIE)
            at = tie_found(s, a, b, (float)start->named * weight, trust_a);
        if (at == NO_TIE)
            continue;
        /* Naming somebody is the stronger side; being named the weaker. */
        struct teacher *ta = &s->teachers[a], *tb = &s->teachers[b];
        ta->strength[at] = level_of((float)start->naming * weight);
        ta->trust[at] = level_of(trust_a);
        tb->trust[ta->back[at]] = level_of(trust_b);
    }
}

/* Posts keep their roles, so this is asked but once. */
static void find_office(const struct world *world, struct school *s)
{
    s->principal = UINT32_MAX;
    s->office = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        s->office += world->part[s->teachers[i].role].office;
        if (s->teachers[i].role == ROLE_PRINCIPAL && s->principal == UINT32_MAX)
            s->principal = i;
    }
}

static void school_begin(struct world *world, struct school *s, const igraph_t *network)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    const struct levels_params *levels = param_set_get(world->set, &levels_group, 0);
    const struct start_params *start = param_set_get(world->set, &start_group, 0);
    const double *formal = &levels->time;
    struct rng_reader reader;
    rng_reader_start(
        &reader, (struct rng_key){
                     .seed = world->seed, .replicate = world->replicate, .school = s->number, .stream = STREAM_INIT});
    if (network) {
        place_surveyed(world, s, network, &reader);
    } else {
        for (uint32_t i = 0; i < s->staff; i++)
            draw_post(world, s, i, &reader);
        draw_ties(world, s, &reader);
    }
    for (uint32_t i = 0; i < s->staff; i++)
        s->units[s->teachers[i].unit].members++;
    find_office(world, s);
    people_draw_principal(world, s, &reader);
    ties_take_stock(s);
    s->trust = (float)p->trust;
    s->enthusiasm = (float)p->disposition;
    s->contact = s->leaving = 1;
    for (int l = 0; l < LEVERS; l++) {
        s->held[l] = s->formal[l] = s->base[l];
        s->lived[l] = (float)start->lived * (float)formal[l];
    }
    /* Between half and all of the time to settle, drawn: a swell takes less, so schools are found at any point of theirs. */
    s->begins = network ? 0 : -(int64_t)((float)p->settle * (0.5f + 0.5f * rng_uniform(&reader)));
    s->load = ideas_residue(world);
    s->initiatives[s->initiative_count++] = (struct initiative){.pressure = -1, .weight = s->load};
    s->student_learning = (float)(p->known * p->valued * p->used);
}

/* The innovations, then each strategy's and each initiative's own, apart while the pool lasts. */
static void draw_bundles(struct world *world, struct rng_reader *reader)
{
    world->reaching_out = outreach_strategies(world->set);
    innovation_read(world->set, world->innovations, &world->innovation_count);
    world->focal = world->innovations[0].ideas;
    for (uint32_t n = 0; n < world->innovation_count; n++)
        world->lasting |= world->innovations[n].ideas;
    for (uint32_t n = 0; n < param_set_count(world->set, &strategy_group); n++) {
        const struct strategy_params *p = param_set_get(world->set, &strategy_group, n);
        for (int64_t k = 0; k < p->ideas && !p->focal; k++)
            world->bundle[n] |= draw_idea(~(world->lasting | world->bundle[n]), reader);
        world->promoted |= world->bundle[n];
        if (p->focal) {
            const int which = innovation_find(world->innovations, world->innovation_count, p->innovation);
            world->bundle[n] = which < 0 ? 0 : world->innovations[which].ideas; /* ladder_check() refused it */
        }
        world->lasting |= world->bundle[n];
    }
    for (uint32_t n = 0; n < param_set_count(world->set, &initiative_group); n++) {
        const struct initiative_params *p = param_set_get(world->set, &initiative_group, n);
        for (int64_t k = 0; k < p->ideas; k++)
            world->order[n] |= draw_idea(~(world->lasting | world->order[n]), reader);
        world->promoted |= world->order[n];
        world->lasting |= world->order[n];
    }
    if (world->networks)
        networks_draw_programmes(world, reader);
    for (int k = 0; k < IDEAS; k++)
        world->quality[k] = rng_uniform(reader);
}

/* Sizes everything once: schools and teachers are two blocks. */
static int allocate(struct world *world, const struct model_input *input)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    const bool surveyed = input && input->network;
    const uint32_t staff = surveyed ? (uint32_t)igraph_vcount(input->network) : (uint32_t)p->teachers;
    uint32_t units = (uint32_t)p->units, others = 0;
    for (uint32_t i = 0; surveyed && i < staff; i++) {
        const uint32_t unit = (uint32_t)VAN(input->network, "unit", i) + 1;
        units = i == 0 || unit > units ? unit : units;
    }
    for (uint32_t n = 0; n < param_set_count(world->set, &strategy_group); n++) {
        const struct strategy_params *s = param_set_get(world->set, &strategy_group, n);
        for (int r = 0; r < ROLES; r++)
            others += (uint32_t)role_sent(r, s);
    }
    others = others < OTHERS_MAX ? others : OTHERS_MAX;
    world->school_count = (uint32_t)p->count;
    world->schools = calloc(world->school_count, sizeof world->schools[0]);
    const size_t bytes = (size_t)world->school_count * (staff + others) * sizeof world->teachers[0];
    world->teachers = aligned_alloc(64, bytes);
    if (!world->schools || !world->teachers)
        return -1;
    memset(world->teachers, 0, bytes);
    for (uint32_t n = 0; n < world->school_count; n++) {
        struct school *s = &world->schools[n];
        s->number = n;
        s->teachers = world->teachers + (size_t)n * (staff + others);
        s->staff = staff;
        s->unit_count = units < staff ? units : staff;
        s->other_room = others;
    }
    return 0;
}

enum status world_new(const struct param_set *set, const struct model_input *input, uint64_t seed, uint32_t replicate,
                      struct world **out, struct faults *faults)
{
    struct world *world = calloc(1, sizeof *world);
    if (!world)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "out of memory for a world");
    world->set = set;
    world->seed = seed;
    world->replicate = replicate;
    world->weeks_per_year = param_set_weeks_per_year(set);
    world->network = input ? input->network : NULL;
#define LADDER_PROCESS_PARAMS(name) world->params[PROCESS_##name] = param_set_get(set, &name##_rules, 0);
    LADDER_PROCESSES(LADDER_PROCESS_PARAMS)
    world->least = learning_least(world);
    roles_read(set, world->part);
    timing_prepare(world);
    if (allocate(world, input)) {
        world_free(world);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "out of memory for the schools of a world");
    }
    const enum status status = networks_new(world, faults);
    if (status) {
        world_free(world);
        return status;
    }
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = seed,
                                               .replicate = replicate,
                                               .school = UINT32_MAX, /* the world's own draws */
                                               .stream = STREAM_INIT});
    draw_bundles(world, &reader);
    for (uint32_t n = 0; n < world->school_count; n++)
        school_begin(world, &world->schools[n], input ? input->network : NULL);
    if (district_begin(world)) {
        world_free(world);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "out of memory for the districts of a world");
    }
    *out = world;
    return STATUS_OK;
}

static void school_free(struct school *s)
{
    lineage_free(s->lineage);
    adoption_free(s->adoptions);
}

void world_free(struct world *world)
{
    if (!world)
        return;
    for (uint32_t n = 0; world->schools && n < world->school_count; n++)
        school_free(&world->schools[n]);
    networks_free(world->networks);
    free(world->districts);
    free(world->schools);
    free(world->teachers);
    free(world);
}

static bool pool_changes(const struct world *world, int64_t week, struct rng_reader *reader)
{
    rng_reader_start(reader, (struct rng_key){.seed = world->seed,
                                              .replicate = world->replicate,
                                              .school = UINT32_MAX,
                                              .week = (uint32_t)week,
                                              .stream = STREAM_WORLD});
    return rng_uniform(reader) < ideas_obsolescence(world);
}

/* Between weeks, one thread: an idea of the pool may become obsolete, and another take its place; networks meet. */
void world_exchange(struct world *world, int64_t week)
{
    struct rng_reader reader;
    world->obsolete = 0;
    if (pool_changes(world, week, &reader)) {
        world->obsolete = draw_idea(~world->lasting, &reader);
        if (world->obsolete)
            world->quality[__builtin_ctzll(world->obsolete)] = rng_uniform(&reader);
    }
    if (world->networks)
        networks_exchange(world, week);
}

int64_t world_stretch(const struct world *world, int64_t week)
{
    struct rng_reader reader;
    int64_t weeks = 1;
    while (weeks < 52 && !world->obsolete && !pool_changes(world, week + weeks, &reader) &&
           !(world->networks && networks_exchange_due(world, week + weeks)))
        weeks++;
    return weeks;
}
