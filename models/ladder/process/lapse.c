/* Lapse: what is not kept up is lost, `rate` a used idea and week, times 1 + by_pushback R + by_fatigue F, spared if a tie
 * drawn by strength uses it too. Ordered ideas do not lapse while the pressure lasts; the protected feel no R. The
 * number of lapses is Poisson, which the binomial law over few ideas at so small a rate cannot be told from. */
#include "../ladder.h"

#define LAPSE_PARAMS(X, S)                                                                                  \
    X(S, REAL, rate, "0.018", 0, 1, "1/week", "", "lapse of a used idea", "model: step 9, raised: see ODD") \
    X(S, REAL, by_pushback, "1.5", 0, 20, "1", "", "more under full push-back", "model: step 9")            \
    X(S, REAL, by_fatigue, "3", 0, 20, "1", "", "more at full fatigue", "model: step 9")
struct lapse_params {
    LAPSE_PARAMS(PARAM_FIELD, lapse_params)
};
static const struct param rows[] = {LAPSE_PARAMS(PARAM_ROW, lapse_params)};
const struct param_group lapse_rules = PARAM_GROUP("lapse", "How practice is lost", rows, struct lapse_params);

/* What orders keep in use: of everyone, and of those whom a strategy reaches. */
struct orders {
    uint64_t of_all;
    uint32_t count;
    uint32_t reach[INITIATIVES_MAX];
    uint64_t of_reached[INITIATIVES_MAX];
};

static void orders_in_force(const struct school *s, struct orders *orders)
{
    orders->of_all = 0;
    orders->count = 0;
    for (uint32_t k = 0; k < s->initiative_count; k++) {
        const struct initiative *it = &s->initiatives[k];
        if (it->pressure > 0 && !it->reach)
            orders->of_all |= it->ideas;
        if (it->pressure > 0 && it->reach) {
            orders->reach[orders->count] = it->reach;
            orders->of_reached[orders->count++] = it->ideas;
        }
    }
}

static uint64_t held(const struct orders *orders, const struct teacher *t)
{
    uint64_t ideas = orders->of_all;
    for (uint32_t k = 0; k < orders->count; k++)
        ideas |= t->targeted & orders->reach[k] ? orders->of_reached[k] : 0;
    return ideas;
}

static void step(struct week *week, const void *params)
{
    const struct lapse_params *p = params;
    struct school *s = week->school;
    struct batch *batch = &week->batch;
    struct rng_reader reader;
    week_reader(week, STREAM_LAPSE, &reader);
    struct orders orders;
    orders_in_force(s, &orders);
    const float rate = (float)p->rate, by_fatigue = (float)p->by_fatigue;
    const float full = (float)p->by_pushback * s->pushback, kept = 1.0f - groups_boundary(week->world);
    const float by_pushback[2][2] = {{1.0f + full, 1.0f + full * kept}, {1.0f, 1.0f}}; /* the sheltered feel none */
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        const float loose = (float)count_bits(t->used & ~held(&orders, t));
        batch->chance[i] = rate * (by_pushback[t->sheltered][(t->group | t->community) > 0] + by_fatigue * t->fatigue) *
                           loose;
    }
    batch_poisson(batch, s->staff, &reader);
    const uint32_t lapses = batch_repeat(batch, s->staff);
    uint32_t dropped = 0;
    rng_bulk(&reader, batch->word, 2 * (size_t)lapses);
    for (size_t n = 0; n < lapses; n++) {
        struct teacher *t = &s->teachers[batch->who[n]];
        const uint64_t idea = pick_idea(t->used & ~held(&orders, t), batch->word[2 * n]);
        const uint64_t lost = idea & ~tie_practice(s, t, batch->word[2 * n + 1]);
        t->used &= ~lost;
        dropped += lost != 0;
    }
    s->tally.dropped += dropped;
    week->practice_changes += dropped;
}

const struct process lapse_process = {"lapse", "Lapse", "S6", &lapse_rules, step};
