/* Energy. Fatigue F grows by exertion · c² (at_rest + by_practice |used|/64), by attempts and by the load of initiatives,
 * and decays over `recovery`; benefit B decays over `memory`; commitment relaxes at `rate` toward
 *
 *     logit⁻¹( by_disposition (c0 − ½) + by_ties (c̄_ties − ½) + by_benefit B + by_trust (A − 0.4)
 *              − by_fatigue F − by_mandate mandate + base ).
 *
 * Enthusiasm is contagious and quick, fatigue slow: that makes the swells (Senge: reinforcing and limiting processes). */
#include "../ladder.h"

#define ENERGY_PARAMS(X, S)                                                                                   \
    X(S, REAL, exertion, "0.052", 0, 1, "1/week", "", "fatigue from committed work",                          \
      "model: step 10, raised: see ODD")                                                                      \
    X(S, REAL, at_rest, "0.7", 0, 10, "1", "", "of it with nothing in use, times", "model: step 10, form")    \
    X(S, REAL, by_practice, "0.6", 0, 10, "1", "", "more of it with the whole pool in use",                   \
      "model: step 10, lowered: see ODD")                                                                     \
    X(S, REAL, by_load, "0.004", 0, 1, "1/week", "", "fatigue from a load of initiatives of 1",               \
      "model: step 10; size assumed")                                                                         \
    X(S, REAL, recovery, "30", 1, 1000, "weeks", "", "time in which fatigue decays", "model: step 10")        \
    X(S, REAL, memory, "60", 1, 1000, "weeks", "", "time in which benefit decays", "model: step 10")          \
    X(S, REAL, rate, "0.15", 0, 1, "1/week", "", "speed of commitment", "model: step 10")                     \
    X(S, REAL, by_disposition, "4", 0, 50, "logit", "", "weight of disposition", "model: step 10")            \
    X(S, REAL, by_ties, "6.7", 0, 50, "logit", "", "weight of the commitment of one's ties",                  \
      "model: step 10, raised: see ODD")                                                                      \
    X(S, REAL, by_benefit, "1.5", 0, 50, "logit", "", "weight of benefit", "model: step 10")                  \
    X(S, REAL, by_trust, "1.5", 0, 50, "logit", "", "weight of general trust", "model: step 10")              \
    X(S, REAL, by_fatigue, "6.5", 0, 50, "logit", "", "weight of fatigue", "model: step 10, raised: see ODD") \
    X(S, REAL, by_mandate, "1.5", 0, 50, "logit", "", "weight of what is imposed", "model: step 10")          \
    X(S, REAL, base, "2.05", -20, 20, "logit", "", "constant", "model: step 10, lowered: see ODD")
struct energy_params {
    ENERGY_PARAMS(PARAM_FIELD, energy_params)
};
static const struct param rows[] = {ENERGY_PARAMS(PARAM_ROW, energy_params)};
const struct param_group energy_rules = PARAM_GROUP("energy", "Commitment and fatigue", rows, struct energy_params);

/* A commitment in 2^-20ths, so that whole numbers add up exactly, below a one: summed over ties with their strengths as
 * weights, the upper part holds the sum of weights and the lower that of weighted commitments. */
#define STEPS 1048576.0f
#define ONE_BIT 41
_Static_assert(TIES_MAX * 65535ull << 20 < 1ull << ONE_BIT && TIES_MAX * 65535ull < 1ull << (63 - ONE_BIT),
               "no overflow");

/* What the week makes of commitments. */
struct moods {
    float rate;
    float by_ties, without;   /* weight of the ties' mean commitment, and what those without ties take for it */
    uint64_t now[PEOPLE_MAX]; /* commitments, side by side: all need those of all their ties */
    float own[STAFF_MAX];     /* all of the logit but the ties */
};

static inline uint64_t mood_of(float commitment)
{
    return UINT64_C(1) << ONE_BIT | (uint32_t)(int)(commitment * STEPS);
}

/* Mean commitment of one's ties, weighted by strength. */
static inline float around(const struct moods *m, const struct teacher *t)
{
    uint64_t sum = 0;
    for (uint32_t k = 0; k < t->ties; k += TIES_STEP)
        for (uint32_t n = k; n < k + TIES_STEP; n++)
            sum += t->strength[n] * m->now[t->alter[n]];
    const float weight = (float)(int32_t)(sum >> ONE_BIT);
    const float weighted = (float)(int64_t)(sum & ((UINT64_C(1) << ONE_BIT) - 1)) * (1.0f / STEPS);
    return weight > 0 ? weighted / weight : m->without;
}

/* People are brought up to date this many at a time, and the next read them as they are now: enthusiasm is caught within
 * the week, on which the swells depend. One at a time, each would wait for the one before. */
#define AT_ONCE 8

static inline void commit(struct moods *m, struct teacher *teachers, uint32_t from, uint32_t count)
{
    float x[AT_ONCE];
    for (uint32_t i = 0; i < count; i++)
        x[i] = m->own[from + i] + m->by_ties * around(m, &teachers[from + i]);
    for (uint32_t i = 0; i < count; i++)
        x[i] = curve_logistic(x[i]);
    for (uint32_t i = 0; i < count; i++) {
        struct teacher *t = &teachers[from + i];
        t->commitment = curve_share(t->commitment + m->rate * (x[i] - t->commitment));
        m->now[from + i] = mood_of(t->commitment);
    }
}

static void step(struct week *week, const void *params)
{
    const struct energy_params *p = params;
    struct school *s = week->school;
    struct moods moods;
    moods.rate = (float)p->rate;
    moods.by_ties = (float)p->by_ties;
    moods.without = s->enthusiasm; /* who has no ties looks at everybody */
    const float exertion = (float)p->exertion, by_practice = (float)p->by_practice;
    const float at_rest = (float)p->at_rest;
    const float kept_fatigue = 1.0f - 1.0f / (float)p->recovery, kept_benefit = 1.0f - 1.0f / (float)p->memory;
    const float load = (float)p->by_load * s->load + s->strain;
    const float by_disposition = (float)p->by_disposition;
    const float by_benefit = (float)p->by_benefit, by_fatigue = (float)p->by_fatigue;
    const float constant = (float)p->base + (float)p->by_trust * (s->trust - 0.4f) - (float)p->by_mandate * s->mandate -
                           0.5f * (by_disposition + moods.by_ties);
    for (uint32_t i = 0; i < s->staff; i++) {
        struct teacher *t = &s->teachers[i];
        const float c = t->commitment, exerted = exertion * c * c * (at_rest + by_practice * share_of_pool(t->used));
        t->fatigue = curve_share(t->fatigue * kept_fatigue + exerted + week->effort[i] + load);
        t->benefit *= kept_benefit;
        moods.own[i] = constant + by_disposition * t->disposition + by_benefit * t->benefit - by_fatigue * t->fatigue;
    }
    for (uint32_t i = 0; i < week->people; i++)
        moods.now[i] = mood_of(s->teachers[i].commitment);
    uint32_t from = 0;
    for (; from + AT_ONCE <= s->staff; from += AT_ONCE)
        commit(&moods, s->teachers, from, AT_ONCE);
    commit(&moods, s->teachers, from, s->staff - from);
}

const struct process energy_process = {"energy", "Energy", "S6 S12", &energy_rules, step};
