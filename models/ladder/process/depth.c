/* Depth of a conversation on Little's ladder (1990): 0 storytelling, 1 aid, 2 sharing, 3 joint work: how many of the
 * thresholds 0, 1, 2 are passed by
 *
 *     x = b₀ + b_T·trust + b_φ·phase + b_O·openness − b_R·R (+ b_C with a coach),  plus 0.6 · logistic noise.
 *
 * With one uniform u, threshold k is passed when u < 1/(1 + exp((k − x)/0.6)): one exponential serves all three. */
#include "../ladder.h"

#define DEPTH_PARAMS(X, S)                                                                                           \
    X(S, REAL, base, "-1.8", -10, 10, "logit", "", "b0", "model: step 4, lowered: see ODD")                          \
    X(S, REAL, by_trust, "3.6", 0, 20, "logit", "", "b_T: trust of the one who asks", "model: step 4")               \
    X(S, REAL, by_phase, "0.5", 0, 10, "logit", "", "b_phi: phase of the team when both are in it", "model: step 4") \
    X(S, REAL, by_openness, "1.2", 0, 10, "logit", "", "b_O: lived openness", "model: step 4")                       \
    X(S, REAL, by_pushback, "1.5", 0, 10, "logit", "", "b_R: push-back", "model: step 4")                            \
    X(S, REAL, by_coach, "4", 0, 10, "logit", "", "b_C: a coaching cycle is joint work by design", "assumed")        \
    X(S, REAL, noise, "0.6", 0.05, 5, "logit", "", "scale of the logistic noise", "model: step 4")                   \
    X(S, REAL, strangers, "0.6", 0, 1, "share", "", "of general trust with which strangers meet", "model: step 4")
struct depth_params {
    DEPTH_PARAMS(PARAM_FIELD, depth_params)
};
static const struct param rows[] = {DEPTH_PARAMS(PARAM_ROW, depth_params)};
const struct param_group depth_rules = PARAM_GROUP("depth", "How deep a conversation goes", rows, struct depth_params);

static void step(struct week *week, const void *params)
{
    const struct depth_params *p = params;
    struct school *s = week->school;
    struct batch *batch = &week->batch;
    const uint32_t talks = week->talk_count;
    struct rng_reader reader;
    week_reader(week, STREAM_DEPTH, &reader);
    const float by_trust = (float)p->by_trust, by_phase = (float)p->by_phase, by_coach = (float)p->by_coach;
    const float base = depth_outlook(week->world, 0, s->lived[LEVER_OPENNESS], s->pushback);
    const level stranger = level_of((float)p->strangers * s->trust);
    const float steep = 1.0f / (float)p->noise, next = curve_exp(steep);
    for (uint32_t n = 0; n < week->offered; n++)
        week->talks[n].place = (uint8_t)tie_place(&s->teachers[week->talks[n].a], week->talks[n].b);
    for (uint32_t n = week->known; n < talks; n++)
        week->talks[n].place = (uint8_t)tie_place(&s->teachers[week->talks[n].a], week->talks[n].b);
    /* All that may be needed is read, and what is not counts nothing: no branches. */
    float group_phase[GROUPS_MAX + 1] = {0}, unit_phase[UNITS_MAX + 2] = {0}; /* from 1; 0 is none in common */
    for (uint32_t g = 0; g < s->group_count; g++)
        group_phase[g + 1] = by_phase * s->groups[g].phase;
    for (uint32_t u = 0; u < s->unit_count; u++)
        unit_phase[u + 1] = by_phase * s->units[u].phase;
    float joint[ROLES];
    for (int r = 0; r < ROLES; r++)
        joint[r] = week->world->part[r].joint * by_coach;
    for (uint32_t n = 0; n < talks; n++) {
        const struct talk *talk = &week->talks[n];
        const struct teacher *a = &s->teachers[talk->a], *b = &s->teachers[talk->b];
        const bool strangers = talk->place == NO_TIE;
        const uint32_t group = a->group & (0u - (a->group == b->group));
        const uint32_t unit = (a->unit + 1u) & (0u - ((a->unit == b->unit) & (group == 0)));
        const level trust = (level)pick(strangers, stranger, a->trust[pick(strangers, 0, talk->place)]);
        batch->chance[n] = base + by_trust * level_value(trust) + group_phase[group] + unit_phase[unit] +
                           joint[a->role];
    }
    rng_bulk(&reader, batch->word, talks);
    for (uint32_t n = 0; n < talks; n++) {
        /* exp((threshold − x)/noise) for thresholds 0, 1, 2. Each is above the one before, so counting the thresholds passed
         * is the depth, without a branch that nobody could foretell. */
        const float u = rng_unit(batch->word[n]), e0 = curve_exp(-batch->chance[n] * steep);
        const float e1 = e0 * next, e2 = e1 * next;
        batch->word[n] = (uint32_t)(u * (1.0f + e0) < 1.0f) + (u * (1.0f + e1) < 1.0f) + (u * (1.0f + e2) < 1.0f);
    }
    week->deep_count = 0;
    for (uint32_t n = 0; n < talks; n++) {
        const uint32_t depth = batch->word[n];
        week->talks[n].depth = (uint8_t)depth;
        week->deep[week->deep_count] = (uint16_t)n;
        week->deep_count += depth >= SHARING;
        s->tally.by_depth[depth]++;
    }
}

const struct process depth_process = {"depth", "Depth of conversation", "S4 S9", &depth_rules, step};

float depth_outlook(const struct world *world, float trust, float openness, float pushback)
{
    const struct depth_params *p = world->params[PROCESS_depth];
    return (float)p->base + (float)p->by_trust * trust + (float)p->by_openness * openness -
           (float)p->by_pushback * pushback;
}

float depth_by_phase(const struct world *world)
{
    const struct depth_params *p = world->params[PROCESS_depth];
    return (float)p->by_phase;
}

float depth_strangers(const struct world *world)
{
    const struct depth_params *p = world->params[PROCESS_depth];
    return (float)p->strangers;
}

int depth_draw(const struct world *world, float outlook, float uniform)
{
    const struct depth_params *p = world->params[PROCESS_depth];
    /* As in step(): threshold k is passed when u (1 + exp((k − x)/noise)) < 1. */
    const float steep = 1.0f / (float)p->noise;
    int depth = 0;
    for (int k = 0; k < 3; k++)
        depth += uniform * (1.0f + curve_exp(((float)k - outlook) * steep)) < 1.0f;
    return depth;
}
