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
    X(S, REAL, crowd, "5.3", 0, 200, "people", "",                                                              \
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

/* There must be room: TALKS_MAX talks and one to spare. Nobody talks with themselves. */
static inline uint32_t talk_add(struct talk *talks, uint32_t count, uint32_t a, uint32_t b)
{
    talks[count] = (struct talk){.a = (uint16_t)a, .b = (uint16_t)b};
    return count + (a != b);
}

/* What weighing ties asks of each person, side by side: sixteen bytes a person instead of a record. A tie to them weighs
 * strength · (base + by_news · |used by them, not by me|), in whole steps: sums are exact, and integers quicker. */
struct sought {
    uint64_t used;
    uint32_t base, by_news;
};
#define STEP_OF_WEIGHT (1.0f / 4096)

/* The rules with the week's levels in them. */
struct plan {
    float random, beyond, introduction; /* chances: anyone; anyone or of the unit; a tie of a tie */
    float per_introduction;             /* its inverse */
    int64_t compared;
    struct sought sought[PEOPLE_MAX];
    uint64_t cumulative[STAFF_MAX][TIES_MAX]; /* weights of the ties of those who start talks, summed */
};

static void plan_week(const struct week *week, const struct meetings_params *p, struct plan *plan)
{
    const struct school *s = week->school;
    plan->random = (float)p->random + (float)p->by_openness * s->lived[LEVER_OPENNESS];
    plan->beyond = plan->random + (float)p->unit;
    plan->introduction = (float)p->introduction;
    plan->per_introduction = p->introduction > 0 ? 1.0f / (float)p->introduction : 0.0f;
    plan->compared = p->reputation;
    const float seeking = (float)p->seeking / STEP_OF_WEIGHT, by_expertise = seeking * (8.0f / IDEAS);
    uint32_t base[ROLES];
    for (int r = 0; r < ROLES; r++)
        base[r] = (uint32_t)(1.0f / STEP_OF_WEIGHT + seeking * roles[r].sought);
    for (uint32_t i = 0; i < week->people; i++) {
        const struct teacher *t = &s->teachers[i];
        plan->sought[i].used = t->used;
        plan->sought[i].base = base[t->role];
        plan->sought[i].by_news = (uint32_t)(int)(by_expertise * t->expertise);
    }
}

static void weigh_ties(const struct teacher *t, const struct sought *sought, uint64_t *cumulative)
{
    const uint64_t mine = t->used;
    uint64_t sum = 0;
    for (uint32_t k = 0; k < t->ties; k += TIES_STEP)
        for (uint32_t m = k; m < k + TIES_STEP; m++) {
            const struct sought *o = &sought[t->alter[m]];
            sum += t->strength[m] * (o->base + (uint64_t)o->by_news * (uint64_t)count_bits(o->used & ~mine));
            cumulative[m] = sum;
        }
}

/* Place of the tie chosen by weight; ties > 0. Counted, not searched: no branch to foretell. */
static uint32_t choose(const uint64_t *cumulative, uint32_t ties, float uniform)
{
    const uint64_t aim = (uint64_t)(int64_t)((double)(int64_t)cumulative[ties - 1] * (double)uniform);
    uint32_t place = 0;
    for (uint32_t last = TIES_STEP - 1; last < TIES_MAX - 1; last += TIES_STEP)
        place += (last < ties) & (cumulative[last] <= aim) ? TIES_STEP : 0;
    cumulative += place;
    for (uint32_t m = 0; m < TIES_STEP; m++)
        place += cumulative[m] <= aim;
    return place < ties ? place : ties - 1; /* all of strength 0 */
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

/* Beyond one's own ties. A newcomer without any: half the time the unit, else who is pointed out. */
static uint32_t someone_else(const struct school *s, const struct teacher *t, const struct plan *plan, float way,
                             struct rng_reader *reader)
{
    const float unit_up_to = t->ties ? plan->beyond : 0.5f;
    if (way >= plan->random && (way < plan->beyond || way < unit_up_to))
        return someone_of_unit(s, t->unit, reader);
    return someone_of_repute(s, plan->compared, reader);
}

/* The tie chosen, or one of that one's ties: `way` in the top share `introduction` tells both that and which. */
static uint32_t tie_or_introduction(const struct school *s, const struct plan *plan, uint32_t tie, float way)
{
    const struct teacher *o = &s->teachers[tie];
    const float beyond = way - (1.0f - plan->introduction);
    const float part = curve_share(beyond * plan->per_introduction) * (float)o->ties;
    const uint32_t place = (uint32_t)(int)part,
                   last = o->ties - 1u; /* a tie has ties: at least the one it was chosen by */
    return (uint32_t)pick(beyond > 0, o->alter[place < last ? place : last], tie);
}

/* How many talks each of the staff starts, and what their ties weigh. Lists who starts each talk in the batch's who and
 * returns how many talks there are. */
static uint32_t begin_talks(struct week *week, const struct meetings_params *p, struct plan *plan,
                            struct rng_reader *reader)
{
    const struct school *s = week->school;
    struct batch *batch = &week->batch;
    /* Fewer colleagues, fewer occasions: 1 at 60 staff. Without it a school of 15 would talk each of its ties into trust. */
    const float others = (float)(s->staff - 1), half = (float)p->crowd;
    const float occasions = s->contact * others / (others + half) * (59.0f + half) / 59.0f;
    const float base = (float)p->base, by_time = (float)p->by_time * s->lived[LEVER_TIME];
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        batch->chance[i] = (base * (0.4f + 0.8f * t->commitment) + by_time) * roles[t->role].talks * occasions;
    }
    batch_poisson(batch, s->staff, reader);
    uint32_t starters = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        batch->list[starters] = (uint16_t)i;
        starters += batch->word[i] > 0;
    }
    for (uint32_t n = 0; n < starters; n++)
        weigh_ties(&s->teachers[batch->list[n]], plan->sought, plan->cumulative[batch->list[n]]);
    const uint32_t talks = batch_repeat(batch, s->staff);
    return talks < TALKS_MAX ? talks : TALKS_MAX;
}

static void find_partners(struct week *week, const struct plan *plan, uint32_t talks, struct rng_reader *reader)
{
    const struct school *s = week->school;
    const struct batch *batch = &week->batch;
    uint32_t count = 0;
    rng_bulk(reader, week->batch.word, 2 * (size_t)talks);
    for (uint32_t n = 0; n < talks; n++) {
        const uint32_t i = batch->who[n];
        const struct teacher *t = &s->teachers[i];
        const float way = rng_unit(batch->word[2 * n]), uniform = rng_unit(batch->word[2 * n + 1]);
        uint32_t j;
        if (way < plan->beyond || t->ties == 0)
            j = someone_else(s, t, plan, way, reader);
        else
            j = tie_or_introduction(s, plan, t->alter[choose(plan->cumulative[i], t->ties, uniform)], way);
        count = talk_add(week->talks, count, i, j);
    }
    week->talk_count = count;
}

static void visit(struct week *week, uint32_t coach, float visits, struct rng_reader *reader)
{
    const struct school *s = week->school;
    const uint32_t sent_by = s->teachers[coach].targeted;
    for (int n = curve_poisson(rng_uniform(reader), visits * s->contact); n > 0; n--) {
        for (int tries = 0; tries < 64; tries++) {
            const uint32_t j = rng_below(reader, s->staff);
            if (s->teachers[j].targeted & sent_by) {
                if (week->talk_count < TALKS_MAX)
                    week->talk_count = talk_add(week->talks, week->talk_count, coach, j);
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
    struct plan plan;
    week_reader(week, STREAM_MEET, &reader);
    plan_week(week, p, &plan);
    find_partners(week, &plan, begin_talks(week, p, &plan, &reader), &reader);
    for (uint32_t i = s->staff; i < week->people; i++)
        visit(week, i, (float)p->visits, &reader);
    week->talk_count += groups_meet(week->world, s, &reader, week->talks + week->talk_count,
                                    TALKS_MAX - week->talk_count);
    s->tally.talks = week->talk_count;
}

const struct process meetings_process = {"meetings", "Meetings", "S2 S3 S5", &meetings_rules, step};
