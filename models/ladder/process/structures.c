/* Structures become lived. A formal level is what policy grants; the lived level is what people make of it:
 *
 *     participation = c̄ (unaided + by_trust A + by_inclusion inclusion)(1 − decree_loss · decree), clipped to [0,1]
 *     lived += rate (clip(formal + σH) participation − lived)
 *     H = x³ / (1 + x³),  x = self_scale · A · mean(|valued ∩ used|)/64
 *
 * σH is what a community organizes for itself, whatever the policy: without it nothing survives the end of support.
 * Mitchell & Sackney: form must follow function; Dietz: structure alone changes no practice. */
#include "../ladder.h"

#define LIVED_PARAMS(X, S)                                                                                          \
    X(S, REAL, rate, "0.06", 0, 1, "1/week", "", "speed at which lived levels follow policy and participation",     \
      "model: step 2")                                                                                              \
    X(S, REAL, unaided, "0.5", 0, 2, "0-1", "", "participation of the wholly committed without trust or inclusion", \
      "model: step 2, form")                                                                                        \
    X(S, REAL, by_trust, "0.5", 0, 2, "0-1", "", "how far participation rests on general trust", "model: step 2")   \
    X(S, REAL, by_inclusion, "0.3", 0, 2, "0-1", "", "how far participation rests on inclusion", "model: step 2")   \
    X(S, REAL, decree_loss, "0.5", 0, 1, "share", "", "share of participation that a full decree destroys",         \
      "model: step 2; Dietz")                                                                                       \
    X(S, REAL, self_organizing, "0.7", 0, 1, "0-1", "", "sigma: how much a strong community organizes for itself",  \
      "model: step 2, raised: see ODD")                                                                             \
    X(S, REAL, self_scale, "8", 0, 50, "1", "", "scale of trust times shared practice in self-organizing",          \
      "model: step 2, raised: see ODD")                                                                             \
    X(S, REAL, trust_rate, "0.05", 0, 1, "1/week", "", "speed at which general trust follows the trust in ties",    \
      "assumed")
struct lived_params {
    LIVED_PARAMS(PARAM_FIELD, lived_params)
};
static const struct param rows[] = {LIVED_PARAMS(PARAM_ROW, lived_params)};
const struct param_group structures_rules = PARAM_GROUP("lived", "How structures become lived", rows,
                                                        struct lived_params);

/* Means over staff as the last week left them. */
static void take_stock(struct school *s, float trust_rate)
{
    float commitment = 0;
    int shared = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        commitment += t->commitment;
        shared += count_bits(t->valued & t->used);
    }
    const float n = (float)s->staff;
    s->trust += trust_rate * (s->tie_trust - s->trust);
    s->enthusiasm = commitment / n;
    s->shared = (float)shared / (n * IDEAS);
}

static void step(struct week *week, const void *params)
{
    const struct lived_params *p = params;
    struct school *s = week->school;
    take_stock(s, (float)p->trust_rate);
    const float x = (float)p->self_scale * s->trust * s->shared;
    s->self_organized = (float)p->self_organizing * x * x * x / (1.0f + x * x * x);
    const float willing = s->enthusiasm *
                          ((float)p->unaided + (float)p->by_trust * s->trust + (float)p->by_inclusion * s->inclusion);
    for (int l = 0; l < LEVERS; l++) {
        const float participation = curve_share(willing * (1.0f - (float)p->decree_loss * s->decree[l]));
        const float aim = curve_share(s->formal[l] + s->self_organized) * participation;
        s->lived[l] += (float)p->rate * (aim - s->lived[l]);
    }
}

const struct process structures_process = {"structures", "Structures become lived", "S1 S5 S7", &structures_rules,
                                           step};
