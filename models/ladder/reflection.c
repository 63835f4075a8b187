/* Reflection: the professional narrative (Mitchell & Sackney; Argyris & Schön's espoused theory and theory-in-use).
 * At rate 0.6 (0.4 + 0.8c)(1 + evidence) a teacher looks at the own practice: comes to value a known idea on one's own
 * (where evidence is used, the better idea sooner); tries to enact a valued one (success 0.25 + 0.6 support + 0.2 time,
 * support = whether a tie drawn by strength uses it; failure tires); drops a habit that is not valued; rationalizes away a
 * valued idea not used; forgets a known one not valued.
 *
 * Valuing out of curiosity lasts; valuing under problem pressure (tired, pushed back) is shallow: it is rationalized away
 * `shallow` times as easily, until practice makes it the teacher's own. */
#include "state.h"

#define REFLECTION_PARAMS(X, S)                                                                                        \
    X(S, REAL, rate, "0.6", 0, 3, "1/week", "", "reflections, times (0.4 + 0.8c)(1 + evidence)", "model: step 8")      \
    X(S, REAL, value, "0.15", 0, 1, "chance", "", "to come to value a known idea on one's own", "model: step 8")       \
    X(S, REAL, by_quality, "1", 0, 1, "0-1", "", "with full evidence: how far quality decides which idea",             \
      "model: step 8")                                                                                                 \
    X(S, REAL, success, "0.25", 0, 1, "chance", "", "that an attempt succeeds unsupported", "model: step 8")           \
    X(S, REAL, by_support, "0.6", 0, 1, "chance", "", "more when a tie drawn by strength uses it", "model: step 8")    \
    X(S, REAL, by_time, "0.2", 0, 1, "chance", "", "more with full lived time", "model: step 8")                       \
    X(S, REAL, attempt, "1", 0, 1, "chance", "", "that a reflection leads to an attempt", "assumed")                   \
    X(S, REAL, failure, "0.01", 0, 1, "0-1", "", "fatigue from an attempt that fails", "model: step 8")                \
    X(S, REAL, drop, "0.10", 0, 1, "chance", "", "to drop a habit that is not valued", "model: step 8")                \
    X(S, REAL, rationalize, "0.04", 0, 1, "chance", "", "to rationalize away a valued idea not used", "model: step 8") \
    X(S, REAL, shallow, "3", 1, 20, "times", "", "how much easier when it was valued under pressure", "theory: S2")    \
    X(S, REAL, forget, "0.02", 0, 1, "chance", "", "to forget a known idea that is not valued", "model: step 8")       \
    X(S, REAL, reward, "0.02", 0, 1, "0-1", "", "benefit from a success", "model: step 10")
struct reflection_params {
    REFLECTION_PARAMS(PARAM_FIELD, reflection_params)
};
static const struct param rows[] = {REFLECTION_PARAMS(PARAM_ROW, reflection_params)};
const struct param_group reflection_rules = PARAM_GROUP("reflection", "The professional narrative", rows,
                                                        struct reflection_params);

/* Whether a tie drawn by strength uses the idea. */
static bool supported(const struct school *s, const struct teacher *t, uint64_t idea, struct rng_reader *reader)
{
    uint32_t total = 0;
    for (int k = 0; k < TIES_MAX; k++)
        total += t->strength[k];
    if (total == 0)
        return false;
    uint32_t aim = rng_below(reader, total), k = 0;
    while (aim >= t->strength[k])
        aim -= t->strength[k++];
    return (s->teachers[t->alter[k]].used & idea) != 0;
}

static void come_to_value(struct week *week, struct teacher *t, const struct reflection_params *p,
                          struct rng_reader *reader)
{
    const struct school *s = week->school;
    const uint64_t idea = draw_idea(t->known & ~t->valued, reader);
    if (!idea)
        return;
    /* With evidence, an idea passes by its quality (mean ½, so the rate stays); without, any does. */
    const float weight = (float)p->by_quality * s->lived[LEVER_EVIDENCE];
    const float quality = week->world->quality[__builtin_ctzll(idea)];
    if (rng_uniform(reader) >= 0.5f + weight * (quality - 0.5f))
        return;
    t->valued |= idea;
    week->school->tally.valued++;
    const float pressed = curve_share(t->fatigue + s->pushback) * (1.0f - t->commitment);
    if (rng_uniform(reader) < pressed)
        t->shallow |= idea;
}

static void attempt(struct week *week, uint32_t i, const struct reflection_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct teacher *t = &s->teachers[i];
    const uint64_t idea = draw_idea(t->valued & ~t->used, reader);
    if (!idea)
        return;
    float chance = (float)p->success + (float)p->by_time * s->lived[LEVER_TIME];
    if (supported(s, t, idea, reader))
        chance += (float)p->by_support;
    if (rng_uniform(reader) < chance) {
        t->used |= idea;
        t->shallow &= ~idea;
        t->benefit = curve_share(t->benefit + (float)p->reward);
        s->tally.enacted++;
        week->practice_changes++;
    } else {
        week->effort[i] += (float)p->failure;
    }
}

static void reflect(struct week *week, uint32_t i, const struct reflection_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct teacher *t = &s->teachers[i];
    if (rng_uniform(reader) < 2.0f * (float)p->value) /* halved again by quality, mean ½ */
        come_to_value(week, t, p, reader);
    if (rng_uniform(reader) < (float)p->attempt)
        attempt(week, i, p, reader);
    if (rng_uniform(reader) < (float)p->drop) {
        uint64_t ordered = 0;
        for (uint32_t k = 0; k < s->initiative_count; k++)
            if (s->initiatives[k].pressure > 0)
                ordered |= s->initiatives[k].ideas;
        const uint64_t idea = draw_idea(t->used & ~t->valued & ~ordered, reader);
        t->used &= ~idea;
        s->tally.dropped += idea != 0;
        week->practice_changes += idea != 0;
    }
    const float away = rng_uniform(reader);
    if (away < (float)(p->rationalize * p->shallow)) {
        const uint64_t idle = t->valued & ~t->used;
        const uint64_t from = away < (float)p->rationalize ? idle : idle & t->shallow;
        const uint64_t idea = draw_idea(from, reader);
        t->valued &= ~idea;
        t->shallow &= ~idea;
    }
    if (rng_uniform(reader) < (float)p->forget)
        t->known &= ~draw_idea(t->known & ~t->valued & ~t->used, reader);
}

static void step(struct week *week, const void *params)
{
    const struct reflection_params *p = params;
    struct school *s = week->school;
    struct rng_reader reader;
    week_reader(week, STREAM_REFLECT, &reader);
    const float rate = (float)p->rate * (1.0f + s->lived[LEVER_EVIDENCE]);
    for (uint32_t i = 0; i < s->staff; i++) {
        const float often = rate * (0.4f + 0.8f * s->teachers[i].commitment);
        for (int n = (int)(often + rng_uniform(&reader)); n > 0; n--)
            reflect(week, i, p, &reader);
    }
}

const struct process reflection_process = {"reflection", "Reflection", "S2 S6", &reflection_rules, step};
