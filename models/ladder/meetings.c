/* Meetings: who talks with whom this week.
 *
 * Each person starts Poisson(λ₀(0.4 + 0.8c) + λ_t·time) conversations. The partner is, by chance, anyone in the school; a
 * tie of a tie (introduction); one of the unit; else one of one's own ties, in proportion to
 *
 *     strength · (1 + seeking · worth),   worth = expertise · |theirs.used − mine.known|/64 · 8 + role
 *
 * Expertise is sought, so advice is skewed (Pitts & Spillane 2009); introductions close triangles; units are silos.
 * Coaches start no talks: they visit those they were sent to. */
#include "state.h"

#define MEETINGS_PARAMS(X, S)                                                                                   \
    X(S, REAL, base, "1.6", 0, 4, "talks/week", "", "conversations a person starts", "model: step 3")           \
    X(S, REAL, by_time, "0.6", 0, 4, "talks/week", "", "more of them with full lived time", "model: step 3")    \
    X(S, REAL, crowd, "6", 0, 200, "people", "",                                                                \
      "colleagues at which one meets half as many as in a very large school (relative to 60 staff)",            \
      "assumed: small schools have fewer to meet")                                                              \
    X(S, REAL, random, "0.07", 0, 1, "chance", "", "that the partner is anyone in the school",                  \
      "model: step 3, lowered: see ODD")                                                                        \
    X(S, REAL, by_openness, "0.25", 0, 1, "chance", "", "more of it with full lived openness",                  \
      "model: step 3, lowered: see ODD")                                                                        \
    X(S, INTEGER, reputation, "2", 1, 20, "people", "",                                                         \
      "colleagues compared when looking beyond one's ties: the one most worth asking is asked",                 \
      "evidence: in-degree centralization .365")                                                                \
    X(S, REAL, introduction, "0.32", 0, 1, "chance", "", "that the partner is a tie of a tie",                  \
      "evidence: transitivity .39")                                                                             \
    X(S, REAL, unit, "0.05", 0, 1, "chance", "", "that the partner is anyone of the unit",                      \
      "evidence: odds ratio of same grade 2.75")                                                                \
    X(S, REAL, seeking, "1.5", 0, 20, "1", "", "weight of expertise against strength in the choice among ties", \
      "evidence: skew of advice")                                                                               \
    X(S, REAL, visits, "25", 0, 40, "visits/week", "", "classroom visits of a full-time coach", "assumed: two a day")
struct meetings_params {
    MEETINGS_PARAMS(PARAM_FIELD, meetings_params)
};
static const struct param rows[] = {MEETINGS_PARAMS(PARAM_ROW, meetings_params)};
const struct param_group meetings_rules = PARAM_GROUP("meetings", "Who talks with whom", rows, struct meetings_params);

/* place: where b may be among a's ties; tie_place_near() makes sure. */
static void talk_add(struct week *week, uint32_t a, uint32_t b, uint32_t place)
{
    if (a == b || week->talk_count == TALKS_MAX)
        return;
    week->talks[week->talk_count++] = (struct talk){.a = (uint16_t)a, .b = (uint16_t)b, .place = (uint8_t)place};
}

/* Index of the tie chosen by weight; ties > 0. */
static uint32_t choose(const float *cumulative, uint32_t ties, float uniform)
{
    const float aim = uniform * cumulative[ties - 1];
    const uint32_t last = ties - 1;
    uint32_t k = 0;
    for (uint32_t i = 0; i < last; i++) /* counted, not searched: no branch to foretell */
        k += cumulative[i] <= aim;
    return k;
}

static void weigh_ties(const struct school *s, const struct teacher *t, float seeking, float *cumulative)
{
    float sum = 0;
    for (uint32_t k = 0; k < t->ties; k++) {
        const struct teacher *o = &s->teachers[t->alter[k]];
        const float news = (float)count_bits(o->used & ~t->used) * (8.0f / IDEAS);
        const float worth = o->expertise * news + roles[o->role].sought;
        sum += level_value(t->strength[k]) * (1.0f + seeking * worth);
        cumulative[k] = sum;
    }
}

/* Whom one would ask among a few that come to mind: known by reputation, not by a tie. */
static uint32_t someone_of_repute(const struct school *s, int64_t compared, struct rng_reader *reader)
{
    uint32_t best = rng_below(reader, s->staff);
    float most = s->teachers[best].expertise + roles[s->teachers[best].role].sought;
    while (--compared > 0) {
        const uint32_t j = rng_below(reader, s->staff);
        const float worth = s->teachers[j].expertise + roles[s->teachers[j].role].sought;
        if (worth > most) {
            best = j;
            most = worth;
        }
    }
    return best;
}

static uint32_t someone_of_unit(const struct school *s, uint32_t unit, struct rng_reader *reader)
{
    /* Staff are laid out anywhere, so draw until one fits; units are a good share of a school. */
    for (int tries = 0; tries < 64; tries++) {
        const uint32_t j = rng_below(reader, s->staff);
        if (s->teachers[j].unit == unit)
            return j;
    }
    return rng_below(reader, s->staff);
}

static void start_talks(struct week *week, uint32_t i, const struct meetings_params *p, struct rng_reader *reader)
{
    const struct school *s = week->school;
    const struct teacher *t = &s->teachers[i];
    /* Fewer colleagues, fewer occasions: 1 at 60 staff. Without it a school of 15 would talk each of its ties into trust. */
    const float others = (float)(s->staff - 1), half = (float)p->crowd;
    const float crowd = others / (others + half) * (59.0f + half) / 59.0f;
    const float rate = ((float)p->base * (0.4f + 0.8f * t->commitment) + (float)p->by_time * s->lived[LEVER_TIME]) *
                       roles[t->role].talks * s->contact * crowd;
    int talks = curve_poisson(rng_uniform(reader), rate);
    if (talks == 0)
        return;
    const float random = (float)p->random + (float)p->by_openness * s->lived[LEVER_OPENNESS];
    float cumulative[TIES_MAX];
    if (t->ties)
        weigh_ties(s, t, (float)p->seeking, cumulative);
    while (talks--) {
        const float way = rng_uniform(reader);
        uint32_t j, place = NO_TIE;
        if (way < random) {
            j = someone_of_repute(s, p->reputation, reader);
        } else if (way < random + (float)p->unit || (t->ties == 0 && way < 0.5f)) {
            j = someone_of_unit(s, t->unit, reader);
        } else if (t->ties == 0) { /* a newcomer: half the time the unit, else who is pointed out */
            j = someone_of_repute(s, p->reputation, reader);
        } else {
            place = choose(cumulative, t->ties, rng_uniform(reader));
            j = t->alter[place];
            const struct teacher *o = &s->teachers[j];
            if (way > 1.0f - (float)p->introduction && o->ties)
                j = o->alter[rng_below(reader, o->ties)];
        }
        talk_add(week, i, j, place);
    }
}

static void visit(struct week *week, uint32_t coach, float visits, struct rng_reader *reader)
{
    const struct school *s = week->school;
    const uint32_t sent_by = s->teachers[coach].targeted;
    for (int n = curve_poisson(rng_uniform(reader), visits * s->contact); n > 0; n--) {
        for (int tries = 0; tries < 64; tries++) {
            const uint32_t j = rng_below(reader, s->staff);
            if (s->teachers[j].targeted & sent_by) {
                talk_add(week, coach, j, NO_TIE);
                break;
            }
        }
    }
}

static void step(struct week *week, const void *params)
{
    const struct meetings_params *p = params;
    struct school *s = week->school;
    struct rng_reader reader;
    week_reader(week, STREAM_MEET, &reader);
    for (uint32_t i = 0; i < s->staff; i++)
        start_talks(week, i, p, &reader);
    for (uint32_t i = s->staff; i < week->people; i++)
        visit(week, i, (float)p->visits, &reader);
    week->talk_count += groups_meet(week->world, s, &reader, week->talks + week->talk_count, TALKS_MAX - week->talk_count);
    s->tally.talks = week->talk_count;
}

const struct process meetings_process = {"meetings", "Meetings", "S2 S3 S5", &meetings_rules, step};
