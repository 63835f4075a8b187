/* Meetings: who talks with whom this week.
 *
 * Each person starts Poisson((base (idle + by_commitment c) + by_time · time) · role · occasions) conversations. The partner
 * is, by chance, the one most worth asking of a few of the school; anyone of the unit; a tie of a tie (introduction); else
 * one of one's own ties, in proportion to
 *
 *     strength · (1 + seeking · worth),   worth = expertise · |theirs.used − mine.used|/8 + role
 *
 * Expertise is sought, so advice is skewed (Pitts & Spillane 2009); introductions close triangles; units are silos.
 * Coaches start no talks: they visit those they were sent to. */
#include "../ladder.h"

#include <math.h>
#include <string.h>

#define MEETINGS_PARAMS(X, S)                                                                                   \
    X(S, REAL, base, "1.6", 0, 4, "talks/week", "", "conversations a person starts", "model: step 3")           \
    X(S, REAL, idle, "0.4", 0, 5, "1", "", "of these conversations without any commitment, times",              \
      "model: step 3, form")                                                                                    \
    X(S, REAL, by_commitment, "0.8", 0, 5, "1", "", "more of them at full commitment", "model: step 3, form")   \
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
    X(S, REAL, at_home, "0.5", 0, 1, "chance", "",                                                              \
      "that somebody without any ties, who would ask one of them, asks in the unit", "assumed, form")           \
    X(S, REAL, seeking, "1.5", 0, 20, "1", "", "weight of expertise against strength in the choice among ties", \
      "evidence: skew of advice")                                                                               \
    X(S, REAL, visits, "25", 0, 40, "visits/week", "", "classroom visits of a full-time coach", "assumed: five a day")
struct meetings_params {
    MEETINGS_PARAMS(PARAM_FIELD, meetings_params)
};
static const struct param rows[] = {MEETINGS_PARAMS(PARAM_ROW, meetings_params)};
const struct param_group meetings_rules = PARAM_GROUP("meetings", "Who talks with whom", rows, struct meetings_params);

/* There must be room: TALKS_MAX talks and one to spare. Nobody talks with themselves. place: of b among a's ties, or NO_TIE
 * where depth.c has to look. */
static inline uint32_t talk_add(struct talk *talks, uint32_t count, uint32_t a, uint32_t b, uint32_t place)
{
    talks[count] = (struct talk){.a = (uint16_t)a, .b = (uint16_t)b, .place = (uint8_t)place};
    return count + (a != b);
}

/* What weighing ties asks of everyone, side by side. A tie to somebody weighs
 *
 *     strength · (base + by_news · |used by them, not by me|),
 *
 * in whole steps: sums are exact, and integers quicker. */
struct sought {
    uint64_t used[PEOPLE_MAX], base[PEOPLE_MAX], by_news[PEOPLE_MAX];
};
#define STEP_OF_WEIGHT (1.0f / 4096)

/* Ways to a partner, in the order of their shares of chance. */
enum way { BY_REPUTE, IN_UNIT, OWN_TIE, INTRODUCED, WAYS };

/* The rules with the week's levels in them. */
struct plan {
    uint64_t ends[WAYS - 1]; /* of 2^32: where the share of each way but the last ends */
    uint64_t at_home;        /* the same for those without ties */
    uint32_t count[WAYS];
    uint16_t list[WAYS][TALKS_MAX]; /* talks whose partner is found so */
    struct sought sought;
    uint64_t cumulative[STAFF_MAX][TIES_MAX]; /* weights of the ties of those who start talks, summed */
};

static void plan_week(const struct week *week, const struct meetings_params *p, struct plan *plan)
{
    const struct school *s = week->school;
    const double random = p->random + p->by_openness * (double)s->lived[LEVER_OPENNESS], words = 0x1p32;
    const double ends[] = {random, random + p->unit, fmax(random + p->unit, 1 - p->introduction)};
    for (int w = 0; w < WAYS - 1; w++)
        plan->ends[w] = (uint64_t)(fmin(ends[w], 1) * words);
    plan->at_home = (uint64_t)(p->at_home * words);
    const float seeking = (float)p->seeking / STEP_OF_WEIGHT, by_expertise = seeking * (8.0f / IDEAS);
    uint64_t base[ROLES];
    for (int r = 0; r < ROLES; r++)
        base[r] = (uint64_t)(1.0f / STEP_OF_WEIGHT + seeking * week->world->part[r].sought);
    for (uint32_t i = 0; i < week->people; i++) {
        const struct teacher *t = &s->teachers[i];
        plan->sought.used[i] = t->used;
        plan->sought.base[i] = base[t->role];
        plan->sought.by_news[i] = (uint32_t)(int)(by_expertise * t->expertise);
    }
}

static void weigh_ties(const struct teacher *t, const struct sought *sought, uint64_t *cumulative)
{
    const uint64_t mine = t->used;
    uint64_t sum = 0;
    for (uint32_t k = 0; k < t->ties; k += TIES_STEP)
        for (uint32_t m = k; m < k + TIES_STEP; m++) {
            const uint32_t o = t->alter[m];
            const uint64_t news = (uint64_t)count_bits(sought->used[o] & ~mine);
            sum += t->strength[m] * (sought->base[o] + sought->by_news[o] * news);
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
    place += (uint32_t)(cumulative[place + 3] <= aim) * 4;
    place += (uint32_t)(cumulative[place + 1] <= aim) * 2;
    place += (uint32_t)(cumulative[place] <= aim);
    return place < ties ? place : ties - 1; /* all of strength 0 */
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
    const struct part *part = week->world->part;
    const float idle = (float)p->idle, by_commitment = (float)p->by_commitment;
    const float base = (float)p->base, by_time = (float)p->by_time * s->lived[LEVER_TIME];
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        batch->chance[i] = (base * (idle + by_commitment * t->commitment) + by_time) * part[t->role].talks * occasions;
    }
    batch_poisson(batch, s->staff, reader);
    uint32_t starters = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        batch->list[starters] = (uint16_t)i;
        starters += batch->word[i] > 0;
    }
    for (uint32_t n = 0; n < starters; n++)
        weigh_ties(&s->teachers[batch->list[n]], &plan->sought, plan->cumulative[batch->list[n]]);
    const uint32_t talks = batch_repeat(batch, s->staff);
    const uint32_t room = TALKS_MAX - week->talk_count; /* leaders have begun some */
    return talks < room ? talks : room;
}

/* Sorts talks by the way to the partner. A newcomer without any ties asks in the unit, or who is pointed out. */
static void sort_talks(struct week *week, struct plan *plan, uint32_t talks)
{
    const struct batch *batch = &week->batch;
    const uint64_t *ends = plan->ends;
    memset(plan->count, 0, sizeof plan->count);
    for (uint32_t n = 0; n < talks; n++) {
        const uint64_t word = batch->word[n];
        uint32_t way = (uint32_t)(word >= ends[BY_REPUTE]) + (word >= ends[IN_UNIT]) + (word >= ends[OWN_TIE]);
        if (week->school->teachers[batch->who[n]].ties == 0 && way > IN_UNIT)
            way = word < plan->at_home ? IN_UNIT : BY_REPUTE;
        plan->list[way][plan->count[way]++] = (uint16_t)n;
    }
}

/* Place, among the ties of who starts the n-th talk, of a tie chosen by weight. */
static inline uint32_t tie_of(const struct week *week, const struct plan *plan, uint32_t n, uint32_t word)
{
    const uint32_t i = week->batch.who[n];
    return choose(plan->cumulative[i], week->school->teachers[i].ties, rng_unit(word));
}

static void ask_ties(struct week *week, struct plan *plan, struct rng_reader *reader)
{
    const struct school *s = week->school;
    uint32_t word[TALKS_MAX + BATCH_SPARE];
    rng_bulk(reader, word, plan->count[OWN_TIE]);
    for (uint32_t k = 0; k < plan->count[OWN_TIE]; k++) {
        const uint32_t i = week->batch.who[plan->list[OWN_TIE][k]],
                       place = tie_of(week, plan, plan->list[OWN_TIE][k], word[k]);
        week->talk_count = talk_add(week->talks, week->talk_count, i, s->teachers[i].alter[place], place);
    }
}

/* Any tie of a tie; it has some, at least the one it was chosen by. */
static void ask_introduced(struct week *week, struct plan *plan, struct rng_reader *reader)
{
    const struct school *s = week->school;
    uint32_t word[2 * TALKS_MAX + BATCH_SPARE];
    rng_bulk(reader, word, 2 * (size_t)plan->count[INTRODUCED]);
    for (size_t k = 0; k < plan->count[INTRODUCED]; k++) {
        const uint32_t i = week->batch.who[plan->list[INTRODUCED][k]];
        const uint32_t place = tie_of(week, plan, plan->list[INTRODUCED][k], word[2 * k]);
        const struct teacher *by = &s->teachers[s->teachers[i].alter[place]];
        const uint32_t other = by->alter[rng_word_below(word[2 * k + 1], by->ties)];
        week->talk_count = talk_add(week->talks, week->talk_count, i, other, NO_TIE);
    }
}

/* Anyone of the unit. Staff are laid out anywhere, so they are sorted first. */
static void ask_unit(struct week *week, struct plan *plan, struct rng_reader *reader)
{
    const struct school *s = week->school;
    uint16_t member[STAFF_MAX], next[UNITS_MAX + 1] = {0};
    for (uint32_t u = 1; u < s->unit_count; u++)
        next[u] = (uint16_t)(next[u - 1] + s->units[u - 1].members);
    for (uint32_t i = 0; i < s->staff; i++)
        member[next[s->teachers[i].unit]++] = (uint16_t)i;
    for (uint32_t n = 0; n < plan->count[IN_UNIT]; n++) {
        const uint32_t i = week->batch.who[plan->list[IN_UNIT][n]], unit = s->teachers[i].unit,
                       members = s->units[unit].members;
        /* cppcheck-suppress uninitvar ; every place below a unit's `next` has been filled */
        const uint32_t j = member[next[unit] - members + rng_below(reader, members)];
        week->talk_count = talk_add(week->talks, week->talk_count, i, j, NO_TIE);
    }
}

/* Whom one would ask among a few that come to mind: known by reputation, not by a tie. */
static void ask_around(struct week *week, struct plan *plan, int64_t compared, struct rng_reader *reader)
{
    const struct school *s = week->school;
    for (uint32_t n = 0; n < plan->count[BY_REPUTE]; n++) {
        uint32_t best = 0;
        float most = -1;
        for (int64_t k = 0; k < compared; k++) {
            const uint32_t j = rng_below(reader, s->staff);
            const float worth = s->teachers[j].expertise + week->world->part[s->teachers[j].role].sought;
            best = (uint32_t)pick(worth > most, j, best);
            most = worth > most ? worth : most;
        }
        const uint32_t i = week->batch.who[plan->list[BY_REPUTE][n]];
        week->talk_count = talk_add(week->talks, week->talk_count, i, best, NO_TIE);
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
                if (week->talk_count < TALKS_MAX)
                    week->talk_count = talk_add(week->talks, week->talk_count, coach, j, NO_TIE);
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
    const uint32_t talks = begin_talks(week, p, &plan, &reader);
    batch_draw(&week->batch, talks, &reader);
    sort_talks(week, &plan, talks);
    ask_ties(week, &plan, &reader);
    week->known = week->talk_count;
    ask_introduced(week, &plan, &reader);
    ask_unit(week, &plan, &reader);
    ask_around(week, &plan, p->reputation, &reader);
    for (uint32_t i = s->staff; i < week->people; i++)
        visit(week, i, (float)p->visits * week->world->part[s->teachers[i].role].visits, &reader);
    week->talk_count += groups_meet(week->world, s, (float)p->by_time, &reader, week->talks + week->talk_count,
                                    TALKS_MAX - week->talk_count);
    s->tally.talks = week->talk_count;
}

const struct process meetings_process = {"meetings", "Meetings", "S2 S3 S5", &meetings_rules, step};
