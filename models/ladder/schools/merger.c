/* Shocks over many schools: which of them are hit, and schools joined two by two.
 *
 * Records have a fixed size, so two schools that merge stay two sites of one size: every other unit changes places with its
 * counterpart, the two sites get one leadership, and what was laid on either school is laid on both. Those who move keep
 * what they can do and their ties among themselves; ties to those who stay are cut. Half of a site are strangers to the
 * other half, which is what makes mergers hard. */
#include "district.h"

#include <math.h>

/* ---- who is hit ---- */

uint32_t merger_hits(const struct shock_params *p, uint32_t schools)
{
    return (uint32_t)floor(p->schools * schools + 0.5);
}

/* The schools a shock may hit. */
static struct district_span reach_of(const struct world *world, const struct shock_params *p)
{
    for (uint32_t n = 0; n < world->district_count && *p->district; n++)
        if (strcmp(((const struct district_params *)param_set_get(world->set, &district_group, n))->name,
                   p->district) == 0)
            return district_span(world->set, n);
    return (struct district_span){0, world->school_count};
}

void merger_draw(struct world *world)
{
    for (uint32_t n = 0; n < param_set_count(world->set, &shock_group); n++) {
        const struct shock_params *p = param_set_get(world->set, &shock_group, n);
        const struct district_span span = reach_of(world, p);
        uint32_t left = merger_hits(p, (uint32_t)span.count);
        struct rng_reader reader;
        rng_reader_start(&reader, (struct rng_key){.seed = world->seed,
                                                   .replicate = world->replicate,
                                                   .school = UINT32_MAX,
                                                   .week = n,
                                                   .stream = STREAM_MERGER});
        /* Selection sampling (Knuth 3.4.2 S), in words: a world may have more schools than rng_below() counts. */
        for (int64_t k = 0; k < span.count; k++) {
            const uint64_t remaining = (uint64_t)(span.count - k);
            if ((uint64_t)rng_next(&reader) * remaining >> 32 >= left)
                continue;
            world->schools[span.first + k].hit |= 1u << n;
            left--;
        }
    }
}

/* ---- two become one ---- */

static bool moves(const struct school *a, const struct school *b, uint32_t i)
{
    const struct teacher *t = &a->teachers[i], *o = &b->teachers[i];
    return t->unit == o->unit && t->unit % 2 == 1 && t->role != ROLE_PRINCIPAL && o->role != ROLE_PRINCIPAL;
}

/* Cuts the ties of those who move to those who stay, on this site. */
static void part(struct school *s, const bool *moving)
{
    for (uint32_t i = 0; i < s->staff; i++)
        for (uint32_t k = s->teachers[i].ties; moving[i] && k-- > 0;)
            if (s->teachers[i].alter[k] >= s->staff || !moving[s->teachers[i].alter[k]])
                tie_drop(s, i, k);
}

static void arrive(const struct world *world, struct school *s, uint32_t i)
{
    struct teacher *t = &s->teachers[i];
    t->person = s->next_person++;
    t->group = t->community = 0; /* the lists are cleared when groups next meet */
    target_newcomer(world, s, i);
}

/* What is laid on a and not on b. */
static void share_initiatives(const struct school *a, struct school *b)
{
    const uint32_t there = b->initiative_count;
    for (uint32_t k = 0; k < a->initiative_count; k++) {
        const struct initiative *it = &a->initiatives[k];
        bool known = it->reach != 0;
        for (uint32_t n = 0; n < there && !known; n++)
            known = it->ideas && it->ideas == b->initiatives[n].ideas && it->end == b->initiatives[n].end;
        if (known)
            continue;
        struct initiative theirs = *it;
        theirs.by = 0; /* nobody's of this site */
        initiative_add(b, theirs);
    }
}

static void one_leadership(const struct world *world, const struct school *a, struct school *b)
{
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = world->seed,
                                               .replicate = world->replicate,
                                               .school = b->number,
                                               .week = (uint32_t)world->week,
                                               .stream = STREAM_MERGER});
    people_replace_principal(world, b, &reader);
    b->style = a->style;
    for (int l = 0; l < LEVERS; l++)
        b->base[l] = a->base[l];
}

static void join(const struct world *world, struct school *a, struct school *b)
{
    bool moving[STAFF_MAX] = {false}; /* who has no counterpart stays */
    for (uint32_t i = 0; i < a->staff; i++)
        moving[i] = i < b->staff && moves(a, b, i);
    part(a, moving);
    part(b, moving);
    for (uint32_t i = 0; i < a->staff; i++) {
        if (!moving[i])
            continue;
        const struct teacher t = a->teachers[i]; /* ties among those who move name posts that move alike */
        a->teachers[i] = b->teachers[i];
        b->teachers[i] = t;
        arrive(world, a, i);
        arrive(world, b, i);
    }
    for (uint32_t u = 1; u < a->unit_count && u < b->unit_count; u += 2) {
        const float phase = a->units[u].phase;
        a->units[u].phase = b->units[u].phase;
        b->units[u].phase = phase;
    }
    const struct school before = *b;
    share_initiatives(a, b);
    share_initiatives(&before, a);
    one_leadership(world, a, b);
}

void merger_exchange(struct world *world)
{
    for (uint32_t n = 0; n < param_set_count(world->set, &shock_group); n++) {
        const struct shock_params *p = param_set_get(world->set, &shock_group, n);
        if (!p->merger || !p->active || world->week < p->start || (world->merged >> n & 1))
            continue;
        world->merged |= 1u << n;
        struct school *first = NULL;
        for (uint32_t k = 0; k < world->school_count; k++) {
            struct school *s = &world->schools[k];
            if (!(s->hit >> n & 1))
                continue;
            if (first)
                join(world, first, s);
            first = first ? NULL : s;
        }
    }
}

bool merger_expected(const struct world *world)
{
    for (uint32_t n = 0; n < param_set_count(world->set, &shock_group); n++) {
        const struct shock_params *p = param_set_get(world->set, &shock_group, n);
        if (p->merger && p->active && !(world->merged >> n & 1))
            return true;
    }
    return false;
}
