/* Energy. Fatigue F grows by 0.035 c² (0.7 + 1.6 |used|/64), by attempts and by the load of initiatives, and decays over 30
 * weeks; benefit B decays over 60; commitment relaxes at 0.15 a week toward
 *
 *     logit⁻¹( 4 (c0 − ½) + 5.5 (c̄_ties − ½) + 1.5 B + 1.5 (A − 0.4) − 6 F + 2.3 − 1.5·mandate ).
 *
 * Enthusiasm is contagious and quick, fatigue slow: that makes the swells (Senge: reinforcing and limiting processes). */
#include "state.h"

#define ENERGY_PARAMS(X, S)                                                                                       \
    X(S, REAL, exertion, "0.052", 0, 1, "1/week", "", "fatigue from committed work", "model: step 10")            \
    X(S, REAL, by_practice, "0.6", 0, 10, "1", "", "more of it with the whole pool in use", "model: step 10")     \
    X(S, REAL, by_load, "0.004", 0, 1, "1/week", "", "fatigue from a load of initiatives of 1", "model: step 10") \
    X(S, REAL, recovery, "30", 1, 1000, "weeks", "", "time in which fatigue decays", "model: step 10")            \
    X(S, REAL, memory, "60", 1, 1000, "weeks", "", "time in which benefit decays", "model: step 10")              \
    X(S, REAL, rate, "0.15", 0, 1, "1/week", "", "speed of commitment", "model: step 10")                         \
    X(S, REAL, by_disposition, "4", 0, 50, "logit", "", "weight of disposition", "model: step 10")                \
    X(S, REAL, by_ties, "6.7", 0, 50, "logit", "", "weight of the commitment of one's ties", "model: step 10")    \
    X(S, REAL, by_benefit, "1.5", 0, 50, "logit", "", "weight of benefit", "model: step 10")                      \
    X(S, REAL, by_trust, "1.5", 0, 50, "logit", "", "weight of general trust", "model: step 10")                  \
    X(S, REAL, by_fatigue, "6.5", 0, 50, "logit", "", "weight of fatigue", "model: step 10")                      \
    X(S, REAL, by_mandate, "1.5", 0, 50, "logit", "", "weight of what is imposed", "model: step 10")              \
    X(S, REAL, base, "2.05", -20, 20, "logit", "", "constant", "model: step 10")
struct energy_params {
    ENERGY_PARAMS(PARAM_FIELD, energy_params)
};
static const struct param rows[] = {ENERGY_PARAMS(PARAM_ROW, energy_params)};
const struct param_group energy_rules = PARAM_GROUP("energy", "Commitment and fatigue", rows, struct energy_params);

/* Mean commitment of one's ties by strength; the school's without ties. */
static float around(const struct school *s, const struct teacher *t)
{
    float sum = 0, weight = 0;
    for (uint32_t k = 0; k < t->ties; k++) {
        const float w = (float)t->strength[k];
        sum += w * s->teachers[t->alter[k]].commitment;
        weight += w;
    }
    return weight > 0 ? sum / weight : s->enthusiasm;
}

static void step(struct week *week, const void *params)
{
    const struct energy_params *p = params;
    struct school *s = week->school;
    const float exertion = (float)p->exertion, by_practice = (float)p->by_practice;
    const float kept_fatigue = 1.0f - 1.0f / (float)p->recovery, kept_benefit = 1.0f - 1.0f / (float)p->memory;
    const float load = (float)p->by_load * s->load + s->strain;
    const float constant = (float)p->base + (float)p->by_trust * (s->trust - 0.4f) - (float)p->by_mandate * s->mandate -
                           0.5f * (float)(p->by_disposition + p->by_ties);
    /* Commitment of ties is read while it is rewritten, in a fixed order: a lag of at most a week. */
    for (uint32_t i = 0; i < s->staff; i++) {
        struct teacher *t = &s->teachers[i];
        const float c = t->commitment;
        t->fatigue = curve_share(t->fatigue * kept_fatigue +
                                 exertion * c * c * (0.7f + by_practice * share_of_pool(t->used)) + week->effort[i] +
                                 load);
        t->benefit *= kept_benefit;
        const float x = constant + (float)p->by_disposition * t->disposition + (float)p->by_ties * around(s, t) +
                        (float)p->by_benefit * t->benefit - (float)p->by_fatigue * t->fatigue;
        t->commitment = curve_share(c + (float)p->rate * (curve_logistic(x) - c));
    }
}

const struct process energy_process = {"energy", "Energy", "S6 S12", &energy_rules, step};
