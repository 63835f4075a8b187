/* Advice: whom each member of staff would name when a survey asks "to whom do you turn for advice?". One names, up to the
 * number of lines one fills, the ties with the largest
 *
 *     strength · ( expertise · (by_default + by_news · |theirs.used − mine.used| / 8) + by_role · role ).
 *
 * Naming is directed: an expert is named by many and names few of them (Pitts & Spillane 2009). */
#include "../ladder.h"

#define ADVICE_PARAMS(X, S)                                                                                     \
    X(S, INTEGER, lines, "8", 1, 8, "people", "", "that one names at most: each between 1 and so many, drawn",  \
      "evidence: out-degree 3.5, ties permitting the lines filled")                                             \
    X(S, REAL, by_default, "0.3", 0, 10, "1", "", "worth of a colleague who uses nothing new to me",            \
      "tuned to evidence")                                                                                      \
    X(S, REAL, by_news, "1", 0, 10, "1", "", "worth of eight practices that I do not use", "tuned to evidence") \
    X(S, REAL, by_role, "0.6", 0, 10, "1", "", "worth of a sought role (lead teacher, coach, principal)",       \
      "tuned to evidence")
struct advice_params {
    ADVICE_PARAMS(PARAM_FIELD, advice_params)
};
static const struct param rows[] = {ADVICE_PARAMS(PARAM_ROW, advice_params)};
const struct param_group advice_group = PARAM_GROUP("advice", "Whom a survey would find named", rows,
                                                    struct advice_params);

static void ask(const struct world *world, const struct school *s, uint32_t i, const struct advice_params *p,
                struct advice *advice)
{
    const struct teacher *t = &s->teachers[i];
    float score[NAMES_MAX];
    uint32_t named = 0;
    for (uint32_t k = 0; k < t->ties; k++) {
        const uint32_t j = t->alter[k];
        const struct teacher *o = &s->teachers[j];
        if (j >= s->staff) /* a visiting coach is not on the roster */
            continue;
        const float news = (float)count_bits(o->used & ~t->used) * 0.125f;
        const float worth = level_value(t->strength[k]) *
                            (o->expertise * ((float)p->by_default + (float)p->by_news * news) +
                             (float)p->by_role * world->part[o->role].sought);
        uint32_t at = named;
        while (at > 0 && score[at - 1] < worth)
            at--;
        if (at >= t->names)
            continue;
        named += named < t->names;
        for (uint32_t m = named - 1; m > at; m--) {
            score[m] = score[m - 1];
            advice->named[i][m] = advice->named[i][m - 1];
            advice->place[i][m] = advice->place[i][m - 1];
        }
        score[at] = worth;
        advice->named[i][at] = (uint16_t)j;
        advice->place[i][at] = (uint8_t)k;
    }
    advice->count[i] = (uint8_t)named;
}

uint32_t advice_lines(const struct world *world)
{
    const struct advice_params *p = param_set_get(world->set, &advice_group, 0);
    return (uint32_t)p->lines;
}

void advice_ask(const struct world *world, const struct school *s, struct advice *advice)
{
    const struct advice_params *p = param_set_get(world->set, &advice_group, 0);
    for (uint32_t i = 0; i < s->staff; i++)
        ask(world, s, i, p, advice);
}
