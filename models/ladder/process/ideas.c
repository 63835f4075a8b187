/* The world of ideas as a school meets it: what has become obsolete leaves every set (the world draws it, see world.c);
 * initiatives end and leave residue; from time to time a new one is laid on the school; the load of all of them is what
 * coherence suffers from. Nobody lays them to rest by themselves (Elmore; Albury's "hospice" is a strategy). */
#include "../ladder.h"

#include <string.h>

#define IDEAS_PARAMS(X, S)                                                                                           \
    X(S, REAL, obsolescence, "0.04", 0, 1, "1/week", "", "chance that one idea of the pool is replaced by another",  \
      "model: step 16")                                                                                              \
    X(S, REAL, initiatives, "0.3", 0, 20, "1/year", "", "initiatives that the outside lays on a school", "assumed")  \
    X(S, INTEGER, bundle, "4", 1, 32, "ideas", "", "practices such an initiative asks for", "assumed")               \
    X(S, REAL, pressure, "0.1", 0, 1, "0-1", "", "its pressure", "assumed")                                          \
    X(S, REAL, weight, "0.3", 0, 10, "load", "", "attention it takes", "assumed")                                    \
    X(S, DURATION, lasts, "2y", 1, 4000, "weeks", "", "how long it is pressed", "assumed")                           \
    X(S, REAL, residue, "0.5", 0, 1, "share", "", "of its weight that stays when nobody lays it to rest", "assumed") \
    X(S, REAL, fading, "0.006", 0, 1, "1/week", "", "speed at which residue fades", "assumed: half gone in three years")
struct ideas_params {
    IDEAS_PARAMS(PARAM_FIELD, ideas_params)
};
static const struct param rows[] = {IDEAS_PARAMS(PARAM_ROW, ideas_params)};
const struct param_group ideas_rules = PARAM_GROUP("ideas", "Obsolescence and initiatives", rows, struct ideas_params);

static void forget_obsolete(struct school *s, uint32_t people, uint64_t obsolete)
{
    for (uint32_t i = 0; i < people; i++) {
        struct teacher *t = &s->teachers[i];
        t->known &= ~obsolete;
        t->valued &= ~obsolete;
        t->used &= ~obsolete;
        t->shallow &= ~obsolete;
    }
    for (uint32_t k = 0; k < s->initiative_count; k++)
        s->initiatives[k].ideas &= ~obsolete;
}

void initiative_add(struct school *s, struct initiative it)
{
    uint32_t residues = 0, older = 0, newer = 0; /* the first two that have ended; places are in the order of time */
    for (uint32_t k = 0; k < s->initiative_count && residues < 2; k++)
        if (s->initiatives[k].pressure < 0) {
            older = residues++ ? older : k;
            newer = k;
        }
    if (s->initiative_count == INITIATIVES_MAX) {
        if (residues < 2)
            return; /* as many in force as anybody can hold: one more is not heard */
        s->initiatives[older].ideas |= s->initiatives[newer].ideas;
        s->initiatives[older].weight += s->initiatives[newer].weight;
        s->initiatives[older].reach = 0; /* no strategy's any more: one that comes back has its own again */
        memmove(&s->initiatives[newer], &s->initiatives[newer + 1],
                (--s->initiative_count - newer) * sizeof s->initiatives[0]);
    }
    s->initiatives[s->initiative_count++] = it;
}

static void lay_on(struct week *week, const struct ideas_params *p, struct rng_reader *reader)
{
    struct initiative order = {.pressure = (float)p->pressure,
                               .weight = (float)p->weight,
                               .begun = week->number,
                               .end = week->number + p->lasts};
    uint64_t pool = ~week->world->lasting;
    for (int64_t k = 0; k < p->bundle; k++)
        order.ideas |= draw_idea(pool & ~order.ideas, reader);
    initiative_add(week->school, order);
}

static void step(struct week *week, const void *params)
{
    const struct ideas_params *p = params;
    struct school *s = week->school;
    if (week->world->obsolete)
        forget_obsolete(s, week->people, week->world->obsolete);
    struct rng_reader reader;
    week_reader(week, STREAM_WORLD, &reader);
    if (p->initiatives > 0 &&
        rng_uniform(&reader) < curve_chance((float)p->initiatives / (float)week->world->weeks_per_year))
        lay_on(week, p, &reader);
    s->load = 0;
    uint32_t kept = 0;
    for (uint32_t k = 0; k < s->initiative_count; k++) {
        struct initiative it = s->initiatives[k];
        if (it.end >= 0 && week->number >= it.end) {
            if (it.pressure >= 0) {
                it.weight *= (float)p->residue;
                it.pressure = -1; /* ended: only its residue is left */
            }
            it.weight *= (1.0f - (float)p->fading) * (1.0f - s->rest);
        }
        if (it.weight < 0.01f && it.pressure < 0)
            continue;
        s->load += it.weight;
        s->initiatives[kept++] = it;
    }
    s->initiative_count = kept;
}

const struct process ideas_process = {"ideas", "Ideas and initiatives", "S12", &ideas_rules, step};

float ideas_obsolescence(const struct world *world)
{
    const struct ideas_params *p = world->params[PROCESS_ideas];
    return (float)p->obsolescence;
}

/* What earlier initiatives have left when a school is first seen: the mean of what comes against what fades. */
float ideas_residue(const struct world *world)
{
    const struct ideas_params *p = world->params[PROCESS_ideas];
    const double a_week = p->initiatives / world->weeks_per_year * p->weight * p->residue;
    return p->fading > 0 ? (float)(a_week / p->fading) : 0.0f;
}
