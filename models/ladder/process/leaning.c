/* Subcultures. In a divided school each unit stands for its own half of the pool, and for whatever else most of its members
 * value (Siskin 1994: departments as worlds apart; Elmore's and Bateson's silos). A share `divided` of the rest does
 * not pass the individual test of its members this week, so that only talk with somebody who values it (the social
 * test) can bring it; and the unit's norm makes them let go of it again, unless they use it. Newcomers are chosen in
 * the unit's likeness (world.c). In a school that is not divided every unit is open to all. */
#include "../ladder.h"

#define LEANING_PARAMS(X, S)                                                                                         \
    X(S, REAL, divided, "0", 0, 1, "0-1", "",                                                                        \
      "how far what units value is drawn apart; 1: on one's own one values nothing but what the unit stands for",    \
      "theory: S12, silos")                                                                                          \
    X(S, REAL, hold, "0.05", 0, 1, "1/week", "",                                                                     \
      "chance that a unit lets go of an idea it does not stand for, where it is valued and not used; times divided", \
      "assumed")
struct leaning_params {
    LEANING_PARAMS(PARAM_FIELD, leaning_params)
};
static const struct param rows[] = {LEANING_PARAMS(PARAM_ROW, leaning_params)};
const struct param_group leaning_rules = PARAM_GROUP("leaning", "Subcultures of units", rows, struct leaning_params);

/* The same whenever it is asked for. */
static uint64_t half_of(const struct world *world, const struct school *s, uint32_t unit)
{
    uint32_t words[4];
    rng_words(&(struct rng_key){.seed = world->seed,
                                .replicate = world->replicate,
                                .school = s->number,
                                .week = unit,
                                .stream = STREAM_LEANING},
              0, words, 4);
    return (uint64_t)words[0] << 32 | words[1];
}

uint64_t leaning_draw(const struct world *world, const struct school *s, uint32_t unit, uint64_t known, float share,
                      struct rng_reader *reader)
{
    const struct leaning_params *p = world->params[PROCESS_leaning];
    const float apart = (float)p->divided;
    if (apart <= 0)
        return draw_set(reader, known, share);
    const uint64_t own = half_of(world, s, unit);
    return draw_set(reader, known & own, curve_share(share * (1 + apart))) |
           draw_set(reader, known & ~own, share * (1 - apart));
}

/* What more than half of each unit value. */
static void majorities(const struct school *s, uint64_t *held)
{
    static _Thread_local uint16_t count[UNITS_MAX][IDEAS];
    memset(count, 0, s->unit_count * sizeof count[0]);
    for (uint32_t i = 0; i < s->staff; i++)
        for (uint64_t left = s->teachers[i].valued; left; left &= left - 1)
            count[s->teachers[i].unit][__builtin_ctzll(left)]++;
    for (uint32_t u = 0; u < s->unit_count; u++) {
        held[u] = 0;
        for (int k = 0; k < IDEAS; k++)
            held[u] |= (uint64_t)(2 * count[u][k] > s->units[u].members) << k;
    }
}

static void step(struct week *week, const void *params)
{
    const struct leaning_params *p = params;
    struct school *s = week->school;
    for (uint32_t u = 0; u < s->unit_count; u++)
        week->open_to[u] = ~UINT64_C(0);
    if (p->divided <= 0)
        return;
    struct rng_reader reader;
    week_reader(week, STREAM_SUBCULTURE, &reader);
    uint64_t gone[UNITS_MAX], held[UNITS_MAX];
    majorities(s, held);
    for (uint32_t u = 0; u < s->unit_count; u++) {
        const uint64_t alien = ~(half_of(week->world, s, u) | held[u]);
        week->open_to[u] = ~draw_set(&reader, alien, (float)p->divided);
        gone[u] = draw_set(&reader, alien, (float)(p->hold * p->divided));
    }
    for (uint32_t i = 0; i < s->staff; i++) {
        struct teacher *t = &s->teachers[i];
        const uint64_t ideas = gone[t->unit] & ~t->used;
        t->valued &= ~ideas;
        t->shallow &= ~ideas;
    }
}

const struct process leaning_process = {"leaning", "Subcultures of units", "S12", &leaning_rules, step};
