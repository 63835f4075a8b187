/* Dissonance. From sharing on, unlike values come to light: conflict with probability rate · distance, the
 * distance being 1 − Jaccard of valued. It is productive with probability
 *
 *     logit⁻¹( by_trust (trust − threshold − by_distance (distance − ½)) + dispersal + facilitation ):
 *
 * then learning doubles; else trust and strength fall, both tire, the team falls back in its phase, and nothing is learned.
 * Moderate conflict in trust is what teaches (Earl & Katz); teams advance through naming, analyzing and experimenting by
 * sharing and joint work (Mitchell & Sackney). */
#include "../ladder.h"

#define DISSONANCE_PARAMS(X, S)                                                                                      \
    X(S, REAL, rate, "0.5", 0, 1, "chance", "", "of conflict between people who value nothing in common",            \
      "model: step 5")                                                                                               \
    X(S, REAL, by_trust, "8", 0, 50, "logit", "", "how steeply trust makes conflict productive", "model: step 5")    \
    X(S, REAL, threshold, "0.31", 0, 1, "0-1", "",                                                                   \
      "trust at which half of the conflicts between people who value half in common are productive",                 \
      "model: step 5, tuned with by_distance")                                                                       \
    X(S, REAL, by_distance, "0.7", 0, 5, "0-1", "",                                                                  \
      "more of that trust needed where nothing is valued in common than where all is",                               \
      "assumed; theory: Earl & Katz, moderate conflict")                                                             \
    X(S, REAL, hurt, "0.15", 0, 1, "share", "", "of strength and trust lost in an unproductive conflict", "assumed") \
    X(S, REAL, tiring, "0.02", 0, 1, "0-1", "", "fatigue from an unproductive conflict", "assumed")                  \
    X(S, REAL, phase_gain, "0.10", 0, 2, "phase", "", "advance of a team for each deep talk per member", "assumed")  \
    X(S, REAL, phase_fall, "0.5", 0, 2, "phase", "", "fall of a team for each unproductive conflict per member",     \
      "assumed")                                                                                                     \
    X(S, REAL, phase_decay, "0.03", 0, 1, "1/week", "", "loss of phase without deep talk", "assumed")
struct dissonance_params {
    DISSONANCE_PARAMS(PARAM_FIELD, dissonance_params)
};
static const struct param rows[] = {DISSONANCE_PARAMS(PARAM_ROW, dissonance_params)};
const struct param_group dissonance_rules = PARAM_GROUP("dissonance", "Conflict and team phases", rows,
                                                        struct dissonance_params);

static void quarrel(struct school *s, const struct talk *talk, const struct dissonance_params *p)
{
    struct teacher *a = &s->teachers[talk->a], *b = &s->teachers[talk->b];
    a->fatigue = curve_share(a->fatigue + (float)p->tiring);
    b->fatigue = curve_share(b->fatigue + (float)p->tiring);
    if (talk->place == NO_TIE)
        return;
    const float kept = 1.0f - (float)p->hurt;
    const uint32_t back = a->back[talk->place];
    a->strength[talk->place] = level_of(level_value(a->strength[talk->place]) * kept);
    a->trust[talk->place] = level_of(level_value(a->trust[talk->place]) * kept);
    b->strength[back] = level_of(level_value(b->strength[back]) * kept);
    b->trust[back] = level_of(level_value(b->trust[back]) * kept);
}

/* Whether a conflict between people so far apart is productive is judged by this logit, less what their distance asks
 * for. */
static inline float base_of(const struct dissonance_params *p, float skill)
{
    return skill - (float)p->by_trust * ((float)p->threshold - 0.5f * (float)p->by_distance);
}

static inline float distance_of(const struct dissonance_params *p)
{
    return (float)p->by_trust * (float)p->by_distance;
}

static void step(struct week *week, const void *params)
{
    const struct dissonance_params *p = params;
    struct school *s = week->school;
    struct rng_reader reader;
    week_reader(week, STREAM_DISSONANCE, &reader);
    const float rate = (float)p->rate, by_trust = (float)p->by_trust, by_distance = distance_of(p);
    const float base = base_of(p, s->lived[LEVER_DISPERSAL] + s->facilitation);
    const float easing = leadership_easing(week->world);
    for (uint32_t u = 0; u < s->unit_count; u++)
        s->units[u].phase *= 1.0f - (float)p->phase_decay;
    for (uint32_t n = 0; n < week->deep_count; n++) {
        struct talk *talk = &week->talks[week->deep[n]];
        const struct teacher *a = &s->teachers[talk->a], *b = &s->teachers[talk->b];
        struct unit *unit = a->unit == b->unit ? &s->units[a->unit] : NULL;
        const float apart = 1.0f - likeness(a->valued, b->valued);
        if (rng_uniform(&reader) < rate * apart) {
            const float trust = talk->place == NO_TIE ? s->trust : level_value(a->trust[talk->place]);
            const bool eased = talk->venue == VENUE_CRITICAL ||
                               (week->any_eased && (week_eased(week, talk->a) || week_eased(week, talk->b)));
            const float chance = curve_logistic(base + by_trust * trust - by_distance * apart +
                                                (eased ? easing : 0.0f));
            talk->conflict = rng_uniform(&reader) < chance ? 2 : 1;
            s->tally.conflicts++;
            s->tally.productive += talk->conflict == 2;
        }
        if (talk->conflict == 1)
            quarrel(s, talk, p);
        if (unit) {
            const float by = talk->conflict == 1 ? -(float)p->phase_fall : (float)p->phase_gain;
            unit->phase = curve_clip(unit->phase + by / (float)unit->members, 0.0f, 2.0f);
        }
    }
}

const struct process dissonance_process = {"dissonance", "Dissonance and team phase", "S4 S9", &dissonance_rules, step};

int dissonance_draw(const struct world *world, float alike, float trust, float skill, struct rng_reader *reader)
{
    const struct dissonance_params *p = world->params[PROCESS_dissonance];
    const float apart = 1.0f - alike;
    if (rng_uniform(reader) >= (float)p->rate * apart)
        return 0;
    const float chance = curve_logistic(base_of(p, skill) + (float)p->by_trust * trust - distance_of(p) * apart);
    return rng_uniform(reader) < chance ? 2 : 1;
}

float dissonance_hurt(const struct world *world)
{
    const struct dissonance_params *p = world->params[PROCESS_dissonance];
    return (float)p->hurt;
}
