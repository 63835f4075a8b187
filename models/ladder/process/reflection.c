/* Reflection: the professional narrative (Mitchell & Sackney; Argyris & Schön's espoused theory and theory-in-use).
 * At rate · (idle + by_commitment c)(1 + evidence) a teacher looks at the own practice: comes to value a known idea on one's
 * own (where evidence is used, the better idea sooner); tries to enact a valued one (success + by_support · support +
 * by_time · time, support = whether a tie drawn by strength uses it; failure tires); drops a habit that is not valued;
 * rationalizes away a valued idea not used; forgets a known one not valued.
 *
 * Valuing out of curiosity lasts; valuing under problem pressure (tired, pushed back) is shallow: it is rationalized away
 * `shallow` times as easily, until practice makes it the teacher's own. */
#include "../ladder.h"

#define REFLECTION_PARAMS(X, S)                                                                                        \
    X(S, REAL, rate, "0.6", 0, 3, "1/week", "", "reflections, times (idle + by_commitment x c)(1 + evidence)",         \
      "model: step 8")                                                                                                 \
    X(S, REAL, idle, "0.4", 0, 5, "1", "", "of these reflections without any commitment, times",                       \
      "model: step 8, form")                                                                                           \
    X(S, REAL, by_commitment, "0.8", 0, 5, "1", "", "more of them at full commitment", "model: step 8, form")          \
    X(S, REAL, value, "0.15", 0, 1, "chance", "", "to come to value a known idea on one's own", "model: step 8")       \
    X(S, REAL, by_quality, "1", 0, 1, "0-1", "", "with full evidence: how far quality decides which idea",             \
      "model: step 8")                                                                                                 \
    X(S, REAL, success, "0.25", 0, 1, "chance", "", "that an attempt succeeds unsupported", "model: step 8")           \
    X(S, REAL, by_support, "0.6", 0, 1, "chance", "", "more when a tie drawn by strength uses it", "model: step 8")    \
    X(S, REAL, by_time, "0.2", 0, 1, "chance", "", "more with full lived time", "model: step 8")                       \
    X(S, REAL, attempt, "1", 0, 1, "chance", "", "that a reflection leads to an attempt", "assumed")                   \
    X(S, REAL, failure, "0.01", 0, 1, "0-1", "", "fatigue from an attempt that fails", "model: step 8; size assumed")  \
    X(S, REAL, drop, "0.10", 0, 1, "chance", "", "to drop a habit that is not valued", "model: step 8")                \
    X(S, REAL, rationalize, "0.04", 0, 1, "chance", "", "to rationalize away a valued idea not used", "model: step 8") \
    X(S, REAL, shallow, "3", 1, 20, "times", "", "how much easier when it was valued under pressure", "theory: S2")    \
    X(S, REAL, forget, "0.02", 0, 1, "chance", "", "to forget a known idea that is not valued",                        \
      "model: step 8, lowered")                                                                                        \
    X(S, REAL, reward, "0.02", 0, 1, "0-1", "", "benefit from a success", "model: step 10")
struct reflection_params {
    REFLECTION_PARAMS(PARAM_FIELD, reflection_params)
};
static const struct param rows[] = {REFLECTION_PARAMS(PARAM_ROW, reflection_params)};
const struct param_group reflection_rules = PARAM_GROUP("reflection", "The professional narrative", rows,
                                                        struct reflection_params);

/* Each act is done by `count` of those who reflect: the batch's list says which of its who. They draw the words they need
 * at once, and tell what comes of it by masks instead of branches: nobody foretells it. */
static inline struct teacher *who_acts(const struct week *week, uint32_t n)
{
    return &week->school->teachers[week->batch.who[week->batch.list[n]]];
}

static void come_to_value(struct week *week, uint32_t count, const struct reflection_params *p,
                          struct rng_reader *reader)
{
    struct school *s = week->school;
    const uint32_t *word = week->batch.word;
    /* With evidence, an idea passes by its quality (mean ½, so the rate stays); without, any does. */
    const float weight = (float)p->by_quality * s->lived[LEVER_EVIDENCE];
    batch_draw(&week->batch, 3 * (size_t)count, reader);
    for (uint32_t n = 0; n < count; n++, word += 3) {
        struct teacher *t = who_acts(week, n);
        const uint64_t idea = pick_idea(t->known & ~t->valued & week->open_to[t->unit], word[0]);
        const float quality = week->world->quality[idea ? __builtin_ctzll(idea) : 0];
        const uint64_t passed = pick(rng_unit(word[1]) < 0.5f + weight * (quality - 0.5f), idea, 0);
        const float pressed = curve_share(t->fatigue + s->pushback) * (1.0f - t->commitment);
        t->valued |= passed;
        t->shallow |= pick(rng_unit(word[2]) < pressed, passed, 0);
        s->tally.valued += passed != 0;
    }
}

static void attempt(struct week *week, uint32_t count, const struct reflection_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    const uint32_t *word = week->batch.word;
    const float success = (float)p->success + (float)p->by_time * s->lived[LEVER_TIME];
    const float chance[2] = {success, success + (float)p->by_support}; /* alone, supported */
    const float reward[2] = {0.0f, (float)p->reward}, failure[2] = {0.0f, (float)p->failure};
    uint32_t enacted = 0;
    batch_draw(&week->batch, 3 * (size_t)count, reader);
    for (uint32_t n = 0; n < count; n++, word += 3) {
        const uint32_t i = week->batch.who[week->batch.list[n]];
        struct teacher *t = &s->teachers[i];
        const uint64_t idea = pick_idea(t->valued & ~t->used, word[0]);
        const bool supported = (tie_practice(s, t, word[1]) & idea) != 0;
        const uint64_t taken = pick(rng_unit(word[2]) < chance[supported], idea, 0);
        const bool done = taken != 0, failed = (idea & ~taken) != 0;
        t->used |= taken;
        t->shallow &= ~taken;
        t->benefit = curve_share(t->benefit + reward[done]);
        week->effort[i] += failure[failed];
        enacted += done;
    }
    s->tally.enacted += enacted;
    week->practice_changes += enacted;
}

/* Of this one. */
static uint64_t ordered_ideas(const struct school *s, const struct teacher *t)
{
    uint64_t ordered = 0;
    for (uint32_t k = 0; k < s->initiative_count; k++) {
        const struct initiative *it = &s->initiatives[k];
        ordered |= it->pressure > 0 && (!it->reach || (t->targeted & it->reach)) ? it->ideas : 0;
    }
    return ordered;
}

static void drop(struct week *week, uint32_t count, struct rng_reader *reader)
{
    uint32_t dropped = 0;
    batch_draw(&week->batch, count, reader);
    for (uint32_t n = 0; n < count; n++) {
        struct teacher *t = who_acts(week, n);
        const uint64_t idea = pick_idea(t->used & ~t->valued & ~ordered_ideas(week->school, t), week->batch.word[n]);
        t->used &= ~idea;
        dropped += idea != 0;
    }
    week->school->tally.dropped += dropped;
    week->practice_changes += dropped;
}

/* any: chance that it is any idea not used; else it is one of the shallow. */
static void rationalize(struct week *week, uint32_t count, float any, struct rng_reader *reader)
{
    const uint32_t *word = week->batch.word;
    batch_draw(&week->batch, 2 * (size_t)count, reader);
    for (uint32_t n = 0; n < count; n++, word += 2) {
        struct teacher *t = who_acts(week, n);
        const uint64_t among = pick(rng_unit(word[0]) < any, ~UINT64_C(0), t->shallow);
        const uint64_t idea = pick_idea(t->valued & ~t->used & among, word[1]);
        t->valued &= ~idea;
        t->shallow &= ~idea;
    }
}

static void forget(struct week *week, uint32_t count, struct rng_reader *reader)
{
    batch_draw(&week->batch, count, reader);
    for (uint32_t n = 0; n < count; n++) {
        struct teacher *t = who_acts(week, n);
        t->known &= ~pick_idea(t->known & ~t->valued & ~t->used, week->batch.word[n]);
    }
}

/* Everyone looks at their practice at the same time, one act after the other. */
static void step(struct week *week, const void *params)
{
    const struct reflection_params *p = params;
    struct school *s = week->school;
    struct batch *batch = &week->batch;
    struct rng_reader reader;
    week_reader(week, STREAM_REFLECT, &reader);
    const float rate = (float)p->rate * (1.0f + s->lived[LEVER_EVIDENCE]);
    const float idle = (float)p->idle, by_commitment = (float)p->by_commitment;
    for (uint32_t i = 0; i < s->staff; i++)
        batch->chance[i] = rate * (idle + by_commitment * s->teachers[i].commitment);
    batch_round(batch, s->staff, &reader);
    const uint32_t all = batch_repeat(batch, s->staff);
    /* Twice the chance to value, halved again by quality. Away with an idea, were it shallow: then whether it is. */
    const float value = 2.0f * (float)p->value, shallow = curve_share((float)(p->rationalize * p->shallow));
    const float any = shallow > 0 ? (float)p->rationalize / shallow : 0.0f;
    come_to_value(week, batch_toss_alike(batch, all, value, &reader), p, &reader);
    attempt(week, batch_toss_alike(batch, all, (float)p->attempt, &reader), p, &reader);
    drop(week, batch_toss_alike(batch, all, (float)p->drop, &reader), &reader);
    rationalize(week, batch_toss_alike(batch, all, shallow, &reader), any, &reader);
    forget(week, batch_toss_alike(batch, all, (float)p->forget, &reader), &reader);
}

const struct process reflection_process = {"reflection", "Reflection", "S2 S6", &reflection_rules, step};

float reflection_success(const struct world *world, float support, float time)
{
    const struct reflection_params *p = world->params[PROCESS_reflection];
    return (float)p->success + (float)p->by_support * support + (float)p->by_time * time;
}
