/* Ties. Strength rises by growth (1 + depth)(unlike + (1 − unlike) similarity)(1 − w) in a talk and decays; below `dissolve`
 * the tie is gone. A first talk of depth ≥ 1 founds a tie with probability founding (1 + depth); when all places are taken
 * the weakest goes. Trust rises by trust_growth (trust_story + depth)(1 − t)(1 − by_dispersal (1 − dispersal)), times
 * reserved + c0 on each side, and drifts to `trust_rest`. Granovetter 1973; Mitchell & Sackney: time together, depth, common
 * knowledge, reward. */
#include "../ladder.h"

#include <string.h>

#define TIES_PARAMS(X, S)                                                                                             \
    X(S, REAL, growth, "0.05", 0, 1, "0-1", "", "of strength in a talk, times 1 + depth", "model: step 7")            \
    X(S, REAL, unlike, "0.5", 0, 1, "share", "", "of that between people who use nothing in common",                  \
      "model: step 7, form")                                                                                          \
    X(S, REAL, decay, "0.02", 0, 0.5, "1/week", "", "of strength", "model: step 7")                                   \
    X(S, REAL, dissolve, "0.02", 0, 0.5, "0-1", "", "strength below which a tie is gone", "model: step 7")            \
    X(S, REAL, founding, "0.25", 0, 1, "chance", "", "that a first talk founds a tie, times 1 + depth",               \
      "model: step 7")                                                                                                \
    X(S, REAL, neighbours, "0.3", 0, 1, "share", "", "of that chance when storytelling inside a unit founds the tie", \
      "evidence: odds ratio of same grade 2.75")                                                                      \
    X(S, REAL, newcomers, "0.5", 0, 1, "chance", "",                                                                  \
      "that a talk founds the first tie of somebody without any, times 1 + depth", "evidence: one weak component")    \
    X(S, REAL, first_trust, "0.6", 0, 1, "share", "", "of general trust with which strangers begin a tie",            \
      "as depth.strangers, form")                                                                                     \
    X(S, REAL, trust_growth, "0.08", 0, 1, "0-1", "", "of trust in a talk, times trust_story + depth",                \
      "model: step 7, raised: see ODD")                                                                               \
    X(S, REAL, trust_story, "0.3", 0, 5, "depth", "", "what storytelling, depth 0, counts for trust",                 \
      "model: step 7, form")                                                                                          \
    X(S, REAL, reserved, "0.5", 0, 5, "0-1", "", "trust grows by this + disposition on each side, times",             \
      "assumed, form")                                                                                                \
    X(S, REAL, by_dispersal, "0.6", 0, 1, "share", "", "of the growth of trust that rests on lived dispersal",        \
      "model: step 7")                                                                                                \
    X(S, REAL, trust_rest, "0.3", 0, 1, "0-1", "", "trust that a tie without talk drifts to",                         \
      "model: step 7, raised: see ODD")                                                                               \
    X(S, REAL, trust_drift, "0.012", 0, 0.5, "1/week", "", "speed of that drift", "model: step 7, raised: see ODD")
struct ties_params {
    TIES_PARAMS(PARAM_FIELD, ties_params)
};
static const struct param rows[] = {TIES_PARAMS(PARAM_ROW, ties_params)};
const struct param_group ties_rules = PARAM_GROUP("ties", "How ties grow and fade", rows, struct ties_params);

int tie_place(const struct teacher *of, uint32_t alter)
{
    /* The lowest place that names the alter (free places name person 0, behind those in use): no early exit, no branch, and
     * nothing wider than the places are, so the loop becomes a few vector compares. */
    const uint16_t wanted = (uint16_t)alter;
    uint16_t place = NO_TIE;
    for (uint16_t k = 0; k < TIES_MAX; k++) {
        const uint16_t here = of->alter[k] == wanted ? k : NO_TIE;
        place = here < place ? here : place;
    }
    return place < of->ties ? place : NO_TIE;
}

/* Closes the gap at `place` with the last tie and tells that tie's other side. */
static void place_clear(struct school *s, uint32_t a, uint32_t place)
{
    struct teacher *t = &s->teachers[a];
    const uint32_t last = --t->ties;
    if (place != last) {
        t->alter[place] = t->alter[last];
        t->strength[place] = t->strength[last];
        t->trust[place] = t->trust[last];
        t->back[place] = t->back[last];
        s->teachers[t->alter[place]].back[t->back[place]] = (uint8_t)place;
    }
    t->alter[last] = 0;
    t->strength[last] = 0;
    t->trust[last] = 0;
    t->back[last] = 0;
}

void tie_drop(struct school *s, uint32_t a, uint32_t place)
{
    const uint32_t b = s->teachers[a].alter[place], back = s->teachers[a].back[place];
    place_clear(s, a, place);
    place_clear(s, b, back);
}

void tie_drop_all(struct school *s, uint32_t a)
{
    while (s->teachers[a].ties)
        tie_drop(s, a, s->teachers[a].ties - 1u);
}

/* Eight places side by side. Added up over all places, strengths in 1023rds stay below 2^15. */
typedef int16_t eight __attribute__((vector_size(16)));
#define EIGHTS (TIES_MAX / 8)
_Static_assert(TIES_MAX % 8 == 0 && TIES_MAX * 1023 < 32768, "strengths add up in 15 bits");

#define MOVED(x, by) /* the lanes of x moved up by so many, zeros before them */                                      \
    __builtin_shufflevector((eight){0}, x, 8 - (by), 9 - (by), 10 - (by), 11 - (by), 12 - (by), 13 - (by), 14 - (by), \
                            15 - (by))

/* Lane k: the sum of lanes 0 to k. */
static inline eight sums_so_far(eight x)
{
    x += MOVED(x, 1);
    x += MOVED(x, 2);
    return x + MOVED(x, 4);
}

uint64_t tie_practice(const struct school *s, const struct teacher *t, uint32_t word)
{
    /* The place is counted, not searched: where the aim falls is nobody's guess. */
    eight sum[EIGHTS];
    int16_t total = 0;
    for (size_t g = 0; g < EIGHTS; g++) {
        uint16_t strength __attribute__((vector_size(16)));
        memcpy(&strength, &t->strength[8 * g], sizeof strength);
        sum[g] = sums_so_far((eight)(strength >> 6)) + total;
        total = sum[g][7];
    }
    const int16_t aim = (int16_t)rng_word_below(word, (uint32_t)total);
    eight past = {0};
    for (int g = 0; g < EIGHTS; g++)
        past -= sum[g] <= aim;
    past += MOVED(past, 4);
    past += MOVED(past, 2);
    past += MOVED(past, 1);
    return total ? s->teachers[t->alter[past[7]]].used : 0;
}

static uint32_t weakest(const struct teacher *t)
{
    uint32_t at = 0;
    for (uint32_t k = 1; k < t->ties; k++)
        at = t->strength[k] < t->strength[at] ? k : at;
    return at;
}

static uint32_t place_new(struct school *s, uint32_t a, uint32_t b, float strength, float trust)
{
    struct teacher *t = &s->teachers[a];
    const uint32_t place = t->ties++;
    t->alter[place] = (uint16_t)b;
    t->strength[place] = level_of(strength);
    t->trust[place] = level_of(trust);
    return place;
}

int tie_found(struct school *s, uint32_t a, uint32_t b, float strength, float trust)
{
    if (a == b || tie_place(&s->teachers[a], b) != NO_TIE)
        return NO_TIE;
    if (s->teachers[a].ties == TIES_MAX)
        tie_drop(s, a, weakest(&s->teachers[a]));
    if (s->teachers[b].ties == TIES_MAX)
        tie_drop(s, b, weakest(&s->teachers[b]));
    const uint32_t at_a = place_new(s, a, b, strength, trust), at_b = place_new(s, b, a, strength, trust);
    s->teachers[a].back[at_a] = (uint8_t)at_b;
    s->teachers[b].back[at_b] = (uint8_t)at_a;
    return (int)at_a;
}

/* The share of x, both in 65536ths. */
static inline level part(level x, level share)
{
    return (level)(((uint32_t)x * share) >> 16);
}

static inline level share_of(float x)
{
    return (level)(int)((x < 1.0f ? x : 1.0f) * 65535.0f);
}

/* One side of a tie: what is missing to 1 shrinks by the gains. */
static inline void strengthen(struct teacher *t, uint32_t place, level strength_gain, float trust_gain, float reserved)
{
    const level w = t->strength[place], trust = t->trust[place];
    const float by_mood = trust_gain * (reserved + t->disposition); /* in 65536ths, may pass what is missing */
    t->strength[place] = (level)(w + part((level)~w, strength_gain));
    t->trust[place] = (level)(trust + part((level)~trust, (level)(int)(by_mood < 65535.0f ? by_mood : 65535.0f)));
}

/* By depth of the talk: what it gives to strength between people who are wholly alike, and to trust, in 65536ths. */
struct gains {
    float strength[DEPTHS], trust[DEPTHS];
    float unlike, reserved; /* as the settings of these names */
};

static void grow(struct school *s, const struct talk *talk, const struct gains *gains)
{
    struct teacher *a = &s->teachers[talk->a], *b = &s->teachers[talk->b];
    const float alike = gains->unlike + (1.0f - gains->unlike) * likeness(a->used, b->used),
                trust_gain = gains->trust[talk->depth];
    const level strength_gain = share_of(gains->strength[talk->depth] * alike);
    strengthen(a, talk->place, strength_gain, trust_gain, gains->reserved);
    strengthen(b, a->back[talk->place], strength_gain, trust_gain, gains->reserved);
}

/* Chance that a first talk founds a tie. Strangers need to have helped each other; who shares a team may found a tie over
 * a story; who has no tie at all takes the first hand. */
enum meeting { STRANGERS, NEIGHBOURS, NEWCOMERS, MEETINGS };

static void founding_chances(const struct ties_params *p, float chance[MEETINGS][DEPTHS])
{
    for (int depth = 0; depth < DEPTHS; depth++) {
        const float founding = (float)p->founding * (1.0f + (float)depth);
        chance[STRANGERS][depth] = depth >= AID ? founding : 0.0f;
        chance[NEIGHBOURS][depth] = depth >= AID ? founding : founding * (float)p->neighbours;
        chance[NEWCOMERS][depth] = (float)p->newcomers * (1.0f + (float)depth);
    }
}

static inline enum meeting meeting_of(const struct teacher *a, const struct teacher *b)
{
    return (enum meeting)pick((a->ties == 0) | (b->ties == 0), NEWCOMERS,
                              pick(a->unit == b->unit, NEIGHBOURS, STRANGERS));
}

static void talks_count(struct week *week, const struct ties_params *p)
{
    struct school *s = week->school;
    struct batch *batch = &week->batch;
    uint16_t tied[TALKS_MAX + 1];
    uint32_t strange = 0, ties = 0;
    const float growth = (float)p->growth;
    const float trust_rate = (float)p->trust_growth *
                             (1.0f - (float)p->by_dispersal * (1.0f - s->lived[LEVER_DISPERSAL]));
    struct gains gains = {.unlike = (float)p->unlike, .reserved = (float)p->reserved};
    for (int depth = 0; depth < DEPTHS; depth++) {
        gains.strength[depth] = growth * (1.0f + (float)depth);
        gains.trust[depth] = 65535.0f * trust_rate * ((float)p->trust_story + (float)depth);
    }
    float founding[MEETINGS][DEPTHS];
    founding_chances(p, founding);
    for (uint32_t n = 0; n < week->talk_count; n++) {
        const struct talk *talk = &week->talks[n];
        const bool quarrel = talk->conflict == 1, stranger = talk->place == NO_TIE;
        batch->who[strange] = tied[ties] = (uint16_t)n;
        strange += stranger & !quarrel;
        ties += !stranger & !quarrel;
    }
    for (uint32_t n = 0; n < ties; n++)
        grow(s, &week->talks[tied[n]], &gains);
    for (uint32_t n = 0; n < strange; n++) {
        const struct talk *talk = &week->talks[batch->who[n]];
        batch->chance[n] = founding[meeting_of(&s->teachers[talk->a], &s->teachers[talk->b])][talk->depth];
    }
    struct rng_reader reader;
    week_reader(week, STREAM_TIES, &reader);
    for (uint32_t n = 0, count = batch_toss(batch, strange, &reader); n < count; n++) {
        const struct talk *talk = &week->talks[batch->who[batch->list[n]]];
        /* None when they have met before this week and founded it then. */
        tie_found(s, talk->a, talk->b, growth * (1.0f + (float)talk->depth), (float)p->first_trust * s->trust);
    }
}

/* Ties fade slowly, so it is reckoned once in so many weeks, for so many weeks: each week for another part of the people,
 * or the whole school would move in steps. */
#define FADE_WEEKS 4

static float share_in(double weekly)
{
    const double kept = (1 - weekly) * (1 - weekly);
    return (float)(1 - kept * kept);
}
_Static_assert(FADE_WEEKS == 4, "what remains is squared twice");

/* Fixed-point decay: both rates are 16-bit fractions and a free place is all zero, so that the loop becomes a few vector
 * instructions for eight places at a time. */
static void fade(struct school *s, uint32_t from, uint32_t people, const struct ties_params *p)
{
    const level decay = share_of(share_in(p->decay)), drift = share_of(share_in(p->trust_drift));
    const level rest = part(level_of((float)p->trust_rest), drift), gone = level_of((float)p->dissolve);
    for (uint32_t i = from; i < people; i += FADE_WEEKS) {
        struct teacher *t = &s->teachers[i];
        level weakest_less_1 = UINT16_MAX; /* a free place is not weak: 0 - 1 is the most there is */
        for (int k = 0; k < TIES_MAX; k++) {
            const level w = t->strength[k], trust = t->trust[k], left = (level)(w - part(w, decay));
            const level less_1 = (level)(left - 1);
            t->strength[k] = left;
            t->trust[k] = w ? (level)(trust - part(trust, drift) + rest) : 0;
            weakest_less_1 = less_1 < weakest_less_1 ? less_1 : weakest_less_1;
        }
        if (weakest_less_1 + 1 < gone)
            for (uint32_t k = t->ties; k-- > 0;)
                if (t->strength[k] < gone)
                    tie_drop(s, i, k);
    }
}

void ties_take_stock(struct school *s)
{
    uint32_t trust = 0, ties = 0, included = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        uint32_t sum = 0;
        uint16_t trusted = 0;
        for (int k = 0; k < TIES_MAX; k++) /* unused places hold zeros */
            sum += t->trust[k];
        for (int k = 0; k < TIES_MAX; k++)
            trusted += t->trust[k] >> 15; /* 1 from a half on */
        trust += sum >> 8;                /* 2000 x 24 x 256 stays far below 2^32 */
        ties += t->ties;
        included += trusted >= 2;
    }
    for (uint32_t i = s->staff; i < s->staff + s->others; i++) { /* trust among staff: others are taken out again */
        const struct teacher *t = &s->teachers[i];
        uint32_t sum = 0;
        for (uint32_t k = 0; k < t->ties; k++)
            sum += s->teachers[t->alter[k]].trust[t->back[k]];
        trust -= sum >> 8 < trust ? sum >> 8 : trust;
        ties -= t->ties;
    }
    s->tie_trust = ties ? (float)trust * (256.0f / 65535.0f) / (float)ties : 0.0f;
    s->inclusion = (float)included / (float)s->staff;
}

static void step(struct week *week, const void *params)
{
    const uint32_t turn = (uint32_t)week->number % FADE_WEEKS; /* weeks before the first have numbers below 0 */
    talks_count(week, params);
    fade(week->school, turn, week->people, params);
    if (turn == 0)
        ties_take_stock(week->school);
}

float ties_trust_story(const struct world *world)
{
    const struct ties_params *p = world->params[PROCESS_ties];
    return (float)p->trust_story;
}

const struct process ties_process = {"ties", "Ties", "S3", &ties_rules, step};
