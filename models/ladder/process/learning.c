/* Learning, both ways in every conversation: hear (chance by depth) an idea that the other has heard of (storytelling, aid)
 * or values or uses (sharing, joint work); come to value a known idea the other values (the social test); take up in joint
 * work a valued idea the other uses. All chances times least + (1 − least) c, and times what conflict does to learning.
 * Shallow talk relieves fatigue.
 *
 * From outside: curiosity and the lever `learning` bring ideas from the pool; workshops bring those of a bundle. Being told
 * raises what is known; whether it is valued or used is for the other rungs (Joyce & Showers 2002: training alone seldom
 * reaches the classroom). Pressure makes people use what they know without valuing it. */
#include "../ladder.h"

#define LEARNING_PARAMS(X, S)                                                                                          \
    X(S, REAL, hear_storytelling, "0.2", 0, 1, "chance", "", "to hear a new idea in storytelling",                     \
      "model: step 6, raised: see ODD")                                                                                \
    X(S, REAL, hear_aid, "0.3", 0, 1, "chance", "", "to hear a new idea in aid", "model: step 6, raised: see ODD")     \
    X(S, REAL, hear_sharing, "0.35", 0, 1, "chance", "", "to hear a new idea in sharing", "model: step 6")             \
    X(S, REAL, hear_joint, "0.60", 0, 1, "chance", "", "to hear a new idea in joint work", "model: step 6")            \
    X(S, REAL, value_aid, "0.06", 0, 1, "chance", "", "to come to value one in aid", "model: step 6, raised: see ODD") \
    X(S, REAL, value_sharing, "0.3", 0, 1, "chance", "", "to come to value one in sharing",                            \
      "model: step 6, raised: see ODD")                                                                                \
    X(S, REAL, value_joint, "0.6", 0, 1, "chance", "", "to come to value one in joint work",                           \
      "model: step 6, raised: see ODD")                                                                                \
    X(S, REAL, take_up, "0.35", 0, 1, "chance", "", "to take one up in joint work", "model: step 6")                   \
    X(S, REAL, take_up_by_time, "1", 0, 5, "1", "", "more with lived time: times without_time + this x time",          \
      "model: step 6")                                                                                                 \
    X(S, REAL, without_time, "0.5", 0, 5, "1", "", "of take_up without lived time, times", "model: step 6, form")      \
    X(S, REAL, least, "0.3", 0, 1, "share", "",                                                                        \
      "of what the wholly committed do (learn, try, come) that is done without any commitment", "model: step 6, form") \
    X(S, REAL, agreed, "2", 0, 20, "times", "", "a productive conflict multiplies the chances to learn in its talk",   \
      "model: step 5, form")                                                                                           \
    X(S, REAL, quarrelled, "0", 0, 20, "times", "", "an unproductive conflict does", "model: step 5, form")            \
    X(S, CHOICE, telling, "news", 0, 0, "", "news|anything",                                                           \
      "what colleagues tell each other: what the other has not heard of, or anything, new or not; coaches tell news",  \
      "assumed: see ODD")                                                                                              \
    X(S, REAL, relief, "0.008", 0, 1, "share", "", "of fatigue that a shallow talk relieves", "model: step 6")         \
    X(S, REAL, curiosity, "0.03", 0, 2, "ideas/week", "", "found outside by oneself at full commitment", "assumed")    \
    X(S, REAL, by_learning, "0.12", 0, 5, "ideas/week", "", "brought by full lived professional learning", "assumed")  \
    X(S, REAL, per_hour, "0.5", 0, 5, "ideas/hour", "", "made known by an hour of workshop", "assumed")                \
    X(S, REAL, inspired, "0.01", 0, 1, "chance", "", "that an idea made known by a workshop is valued at once",        \
      "assumed")                                                                                                       \
    X(S, REAL, compliance, "0.10", 0, 1, "1/week", "", "rate of taking up an ordered idea at full pressure", "assumed")
struct learning_params {
    LEARNING_PARAMS(PARAM_FIELD, learning_params)
};
static const struct param rows[] = {LEARNING_PARAMS(PARAM_ROW, learning_params)};
const struct param_group learning_rules = PARAM_GROUP("learning", "Climbing the ladder", rows, struct learning_params);

/* A side of a talk, by its number in the batch: 2n is who asked in the n-th talk of the batch's who, 2n + 1 who was
 * asked. */
struct side {
    const struct talk *talk;
    struct teacher *me;
    const struct teacher *other;
};

static inline struct side side_of(const struct week *week, uint32_t number)
{
    const struct talk *talk = &week->talks[week->batch.who[number / 2]];
    struct teacher *teachers = week->school->teachers;
    return (struct side){
        .talk = talk, .me = &teachers[talk->side[number % 2]], .other = &teachers[talk->side[1 - number % 2]]};
}

/* Tosses for both sides of the `talks` talks in the batch's who. Its list holds the sides that learn, with a random word
 * for each; returns how many do. */
static uint32_t toss_sides(struct week *week, uint32_t talks, const float by_depth[DEPTHS], struct rng_reader *reader)
{
    struct batch *batch = &week->batch;
    const struct learning_params *p = week->world->params[PROCESS_learning];
    const float by_conflict[] = {1.0f, (float)p->quarrelled, (float)p->agreed};
    for (size_t n = 0; n < talks; n++) {
        const struct talk *talk = &week->talks[batch->who[n]];
        const float chance = by_depth[talk->depth] * by_conflict[talk->conflict];
        batch->chance[2 * n] = chance * week->open[talk->a];
        batch->chance[2 * n + 1] = chance * week->open[talk->b];
    }
    const uint32_t count = batch_toss(batch, 2 * talks, reader);
    batch_draw(batch, count, reader);
    return count;
}

static void hear(struct week *week, const struct learning_params *p, struct rng_reader *reader)
{
    const float by_depth[DEPTHS] = {(float)p->hear_storytelling, (float)p->hear_aid, (float)p->hear_sharing,
                                    (float)p->hear_joint};
    struct school *s = week->school;
    for (uint32_t n = 0; n < week->talk_count; n++)
        week->batch.who[n] = (uint16_t)n;
    const uint32_t count = toss_sides(week, week->talk_count, by_depth, reader);
    for (uint32_t n = 0; n < count; n++) {
        const struct side side = side_of(week, week->batch.list[n]);
        /* Stories are about what one has heard; sharing and joint work show what one values and does. */
        const uint64_t shown = side.other->valued | side.other->used;
        const uint64_t told = pick(side.talk->depth <= AID, side.other->known, shown);
        const bool anything = (p->telling != 0) & (side.other->role != ROLE_COACH);
        const uint64_t among = pick(anything, told, told & ~side.me->known);
        const uint64_t idea = pick_idea(among, week->batch.word[n]) & ~side.me->known;
        side.me->known |= idea;
        s->tally.heard += idea != 0;
        s->tally.told += idea != 0;
        s->tally.told_across += (idea != 0) & (side.me->unit != side.other->unit);
        s->tally.rungs_deep += (idea != 0) & (side.talk->depth >= SHARING);
        if (s->watched)
            watch_talk(week, side.talk);
    }
}

static void come_to_value(struct week *week, const struct learning_params *p, struct rng_reader *reader)
{
    const float by_depth[DEPTHS] = {0.0f, (float)p->value_aid, (float)p->value_sharing, (float)p->value_joint};
    struct school *s = week->school;
    uint32_t talks = 0;
    for (uint32_t n = 0; n < week->talk_count; n++) {
        week->batch.who[talks] = (uint16_t)n;
        talks += week->talks[n].depth >= AID;
    }
    const uint32_t count = toss_sides(week, talks, by_depth, reader);
    for (uint32_t n = 0; n < count; n++) {
        const struct side side = side_of(week, week->batch.list[n]);
        const uint64_t among = side.me->known & ~side.me->valued & side.other->valued;
        const uint64_t idea = pick_idea(among, week->batch.word[n]);
        side.me->valued |= idea;
        s->tally.valued += idea != 0;
        s->tally.rungs_deep += (idea != 0) & (side.talk->depth >= SHARING);
        if (s->watched)
            watch_talk(week, side.talk);
    }
}

static bool over_strong_tie(const struct school *s, const struct talk *talk)
{
    return talk->place != NO_TIE && s->teachers[talk->a].strength[talk->place] >= STRONG;
}

/* In the first `talks` of the batch, by those whose coin falls. */
static void take_up_in(struct week *week, uint32_t talks, float joint, struct rng_reader *reader)
{
    const float by_depth[DEPTHS] = {0.0f, 0.0f, 0.0f, joint};
    struct school *s = week->school;
    const uint32_t count = toss_sides(week, talks, by_depth, reader);
    for (uint32_t n = 0; n < count; n++) {
        const struct side side = side_of(week, week->batch.list[n]);
        const uint64_t among = side.me->valued & ~side.me->used & side.other->used;
        const uint64_t idea = pick_idea(among, week->batch.word[n]);
        side.me->used |= idea;
        side.me->shallow &= ~idea; /* practised, it is one's own */
        s->tally.enacted += idea != 0;
        s->tally.taken += idea != 0;
        s->tally.taken_strong += (idea != 0) & over_strong_tie(s, side.talk);
        s->tally.rungs_deep += idea != 0;
        week->practice_changes += idea != 0;
        if (s->watched)
            watch_talk(week, side.talk);
    }
}

static void take_up(struct week *week, const struct learning_params *p, struct rng_reader *reader)
{
    const struct school *s = week->school;
    const float by_time = (float)p->take_up_by_time, time = s->lived[LEVER_TIME];
    for (uint32_t n = 0; n < week->deep_count; n++)
        week->batch.who[n] = week->deep[n];
    take_up_in(week, week->deep_count, (float)p->take_up * ((float)p->without_time + by_time * time), reader);
    uint32_t given = 0;
    for (uint32_t n = 0; n < week->deep_count && s->says_yes > 0; n++) {
        const struct talk *talk = &week->talks[week->deep[n]];
        const uint32_t group = s->teachers[talk->a].group;
        week->batch.who[given] = week->deep[n];
        given += group && group == s->teachers[talk->b].group && s->groups[group - 1].given;
    }
    if (given) /* for whom time is as if it were 1 */
        take_up_in(week, given, (float)p->take_up * by_time * (1.0f - time), reader);
}

static void relieve(struct week *week, float relief)
{
    const float kept[DEPTHS] = {1.0f - relief, 1.0f - relief, 1.0f, 1.0f};
    struct teacher *teachers = week->school->teachers;
    for (uint32_t n = 0; n < week->talk_count; n++) {
        const struct talk *talk = &week->talks[n];
        teachers[talk->a].fatigue *= kept[talk->depth];
        teachers[talk->b].fatigue *= kept[talk->depth];
    }
}

/* Outside sources: one's own search, professional learning, workshops, orders. */
static void learn_outside(struct week *week, const struct learning_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    const struct world *world = week->world;
    const uint64_t pool = ~world->lasting;
    const float taught = (float)p->by_learning * s->lived[LEVER_LEARNING];
    struct batch *batch = &week->batch;
    for (uint32_t i = 0; i < s->staff; i++)
        batch->chance[i] = ((float)p->curiosity + taught) * week->open[i];
    const uint32_t count = batch_toss(batch, s->staff, reader);
    batch_draw(batch, count, reader);
    for (uint32_t n = 0; n < count; n++) {
        struct teacher *t = &s->teachers[batch->list[n]];
        const uint64_t idea = pick_idea(pool & ~t->known, batch->word[n]);
        t->known |= idea;
        s->tally.heard += idea != 0;
    }
}

static void workshops(struct week *week, const struct learning_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    const struct param_set *set = week->world->set;
    for (uint32_t n = 0; n < STRATEGIES_MAX && s->active >> n; n++) {
        if (!(s->active >> n & 1))
            continue;
        const struct strategy_params *strategy = param_set_get(set, &strategy_group, n);
        if (strategy->workshop_hours <= 0)
            continue;
        uint64_t taught = ~week->world->lasting;
        for (uint32_t k = 0; k < s->initiative_count; k++)
            if (s->initiatives[k].reach == 1u << n)
                taught = s->initiatives[k].ideas;
        const float rate = (float)(strategy->workshop_hours * p->per_hour);
        for (uint32_t i = 0; i < s->staff; i++) {
            struct teacher *t = &s->teachers[i];
            if (!(t->targeted >> n & 1))
                continue;
            for (int ideas = curve_poisson(rng_uniform(reader), rate * week->open[i]); ideas > 0; ideas--) {
                const uint64_t idea = draw_idea(taught & ~t->known, reader);
                t->known |= idea;
                s->tally.heard += idea != 0;
                if (rng_uniform(reader) < (float)p->inspired)
                    t->valued |= idea;
            }
        }
    }
}

static void obey(struct week *week, const struct initiative *order, float rate, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct batch *batch = &week->batch;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        const uint64_t missing = order->reach && !(t->targeted & order->reach) ? 0 : order->ideas & ~t->used;
        batch->chance[i] = rate * order->pressure * (float)count_bits(missing);
    }
    for (uint32_t i = 0; i < s->staff; i++)
        batch->chance[i] = 1.0f - curve_exp(-batch->chance[i]);
    const uint32_t count = batch_toss(batch, s->staff, reader);
    batch_draw(batch, count, reader);
    for (uint32_t n = 0; n < count; n++) {
        struct teacher *t = &s->teachers[batch->list[n]];
        const uint64_t idea = pick_idea(order->ideas & ~t->used, batch->word[n]);
        t->known |= idea; /* an order is also an announcement */
        t->used |= idea;
        s->tally.enacted++;
        week->practice_changes++;
    }
}

static void step(struct week *week, const void *params)
{
    const struct learning_params *p = params;
    struct school *s = week->school;
    struct rng_reader reader;
    for (uint32_t i = 0; i < week->people; i++)
        week->open[i] = willing(week->world, s->teachers[i].commitment);
    relieve(week, (float)p->relief);
    /* A week's talks have no order: everybody hears first, then comes to value, then takes up. */
    week_reader(week, STREAM_LEARN, &reader);
    hear(week, p, &reader);
    come_to_value(week, p, &reader);
    take_up(week, p, &reader);
    week_reader(week, STREAM_SUPPORT, &reader);
    learn_outside(week, p, &reader);
    if (s->watched)
        watch_outside(week, false);
    if (s->active)
        workshops(week, p, &reader);
    if (s->watched)
        watch_outside(week, true);
    for (uint32_t k = 0; k < s->initiative_count; k++)
        if (s->initiatives[k].pressure > 0)
            obey(week, &s->initiatives[k], (float)p->compliance, &reader);
}

const struct process learning_process = {"learning", "Learning", "S2 S3 S7", &learning_rules, step};

/* With evidence on the table the better of two ideas passes. */
static uint64_t better(const struct world *world, uint64_t a, uint64_t b)
{
    return world->quality[__builtin_ctzll(a)] >= world->quality[__builtin_ctzll(b)] ? a : b;
}

struct rungs learning_from(const struct world *world, const struct teacher *me, const struct rungs *other,
                           const struct spoken *spoken, float time, struct rng_reader *reader)
{
    const struct learning_params *p = world->params[PROCESS_learning];
    const double hear[DEPTHS] = {p->hear_storytelling, p->hear_aid, p->hear_sharing, p->hear_joint};
    const double value[DEPTHS] = {0, p->value_aid, p->value_sharing, p->value_joint};
    const float by_conflict[] = {1.0f, (float)p->quarrelled, (float)p->agreed};
    const uint64_t about = spoken->about;
    const float open = willing(world, me->commitment) * by_conflict[spoken->conflict];
    const float with_time = (float)p->without_time + (float)p->take_up_by_time * time;
    const uint64_t told = (spoken->depth <= AID ? other->known : other->valued | other->used) & about;
    struct rungs gained = {0};
    if (rng_uniform(reader) < (float)hear[spoken->depth] * open)
        gained.known = draw_idea(told & ~me->known, reader);
    if (rng_uniform(reader) < (float)value[spoken->depth] * open) {
        const uint64_t open_to = (me->known | gained.known) & ~me->valued & other->valued & about;
        gained.valued = draw_idea(open_to, reader);
        if (spoken->inquiry && gained.valued)
            gained.valued = better(world, gained.valued, draw_idea(open_to, reader));
    }
    if (spoken->depth == JOINT_WORK && rng_uniform(reader) < (float)p->take_up * with_time * open)
        gained.used = draw_idea((me->valued | gained.valued) & ~me->used & other->used & about, reader);
    return gained;
}

float learning_least(const struct world *world)
{
    const struct learning_params *p = world->params[PROCESS_learning];
    return (float)p->least;
}
