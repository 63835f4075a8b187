/* Lapse: what is not kept up is lost, 0.006 a used idea and week, times 1 + 1.5 R + 3 F, spared if a tie drawn by strength
 * uses it too. Ordered ideas do not lapse while the pressure lasts; the protected feel no R. The number of lapses is
 * Poisson, which the binomial law over few ideas at so small a rate cannot be told from. */
#include "state.h"

#define LAPSE_PARAMS(X, S)                                                                       \
    X(S, REAL, rate, "0.0175", 0, 1, "1/week", "", "lapse of a used idea", "model: step 9")      \
    X(S, REAL, by_pushback, "1.5", 0, 20, "1", "", "more under full push-back", "model: step 9") \
    X(S, REAL, by_fatigue, "3", 0, 20, "1", "", "more at full fatigue", "model: step 9")
struct lapse_params {
    LAPSE_PARAMS(PARAM_FIELD, lapse_params)
};
static const struct param rows[] = {LAPSE_PARAMS(PARAM_ROW, lapse_params)};
const struct param_group lapse_rules = PARAM_GROUP("lapse", "How practice is lost", rows, struct lapse_params);

/* A tie drawn by strength; NULL without ties. */
static const struct teacher *witness(const struct school *s, const struct teacher *t, struct rng_reader *reader)
{
    uint32_t total = 0;
    for (int k = 0; k < TIES_MAX; k++)
        total += t->strength[k];
    if (total == 0)
        return NULL;
    uint32_t aim = rng_below(reader, total), k = 0;
    while (aim >= t->strength[k])
        aim -= t->strength[k++];
    return &s->teachers[t->alter[k]];
}

static void step(struct week *week, const void *params)
{
    const struct lapse_params *p = params;
    struct school *s = week->school;
    struct rng_reader reader;
    week_reader(week, STREAM_LAPSE, &reader);
    const float boundary = groups_boundary(week->world);
    for (uint32_t i = 0; i < s->staff; i++) {
        struct teacher *t = &s->teachers[i];
        uint64_t held = 0;
        for (uint32_t k = 0; k < s->initiative_count; k++) {
            const struct initiative *order = &s->initiatives[k];
            if (order->pressure > 0 && (!order->reach || (t->targeted & order->reach)))
                held |= order->ideas;
        }
        const uint64_t loose = t->used & ~held;
        const float pushback = t->sheltered ? 0.0f : t->group ? s->pushback * (1.0f - boundary) : s->pushback;
        const float rate = (float)p->rate *
                           (1.0f + (float)p->by_pushback * pushback + (float)p->by_fatigue * t->fatigue);
        for (int n = curve_poisson(rng_uniform(&reader), rate * (float)count_bits(loose)); n > 0; n--) {
            const uint64_t idea = draw_idea(loose & t->used, &reader);
            const struct teacher *other = witness(s, t, &reader);
            if (other && (other->used & idea))
                continue;
            t->used &= ~idea;
            s->tally.dropped += idea != 0;
            week->practice_changes += idea != 0;
        }
    }
}

const struct process lapse_process = {"lapse", "Lapse", "S6", &lapse_rules, step};
