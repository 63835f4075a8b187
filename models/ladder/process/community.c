/* Members of the learning community who are not staff: coaches and facilitators, parents, student voices, partners from
 * outside (Dietz; Mitchell & Sackney: the community is more than its teachers). Strategies bring them; what they may do
 * is their role's row. They are not staff: in no mean of staff, not named as advisers, not replaced. What they change
 * they change in talk: they tell what they know, staff come to value what they value too, ties to them are trusted.
 *
 * Their venue is the community night: those of the staff whom the strategy reaches, invites and who are committed enough
 * sit with whoever of the others comes, at mixed tables, over a question that the community cares for:
 * each talks with a few drawn from all who are there. It costs hours, and tires. Facilitators sit in with a few
 * colleagues a week, whose conflicts are the likelier to teach. */
#include "../ladder.h"

#define COMMUNITY_PARAMS(X, S)                                                                                       \
    X(S, REAL, coach_skill, "0.5", 0, 1, "share", "", "of the pool that a coach without a bundle has in use",        \
      "assumed")                                                                                                     \
    X(S, INTEGER, concerns, "16", 0, 64, "ideas", "",                                                                \
      "practices that a school's parents, students and partners care for", "assumed: a quarter of the pool")         \
    X(S, REAL, held, "0.7", 0, 1, "share", "", "of them that one parent or student knows and values", "assumed")     \
    X(S, REAL, minded, "0.5", 0, 1, "share", "", "of what else they know that they value", "assumed: as staff")      \
    X(S, REAL, talks, "3", 0, 20, "talks", "", "started on a community night by each of the staff who comes",        \
      "assumed")                                                                                                     \
    X(S, INTEGER, table, "5", 1, 50, "people", "", "who sit together over the question of the night",                \
      "assumed: World Cafe")                                                                                         \
    X(S, REAL, question, "0.8", 0, 1, "chance", "", "to come to value what is asked for, where all at the table do", \
      "assumed")                                                                                                     \
    X(S, REAL, attendance, "0.6", 0, 1, "share", "", "of parents, students and partners who come", "assumed")        \
    X(S, REAL, hours, "2", 0, 24, "hours", "", "that a community night takes from each of the staff who comes",      \
      "assumed")                                                                                                     \
    X(S, REAL, effort, "0.01", 0, 1, "0-1", "", "fatigue from coming", "assumed: two hours beside a week's work")    \
    X(S, REAL, catching, "0.1", 0, 1, "1/week", "", "speed at which their enthusiasm follows that of staff",         \
      "assumed")                                                                                                     \
    X(S, INTEGER, sits, "10", 0, 200, "people", "", "with whom a facilitator sits in a week", "assumed: two a day")
struct community_params {
    COMMUNITY_PARAMS(PARAM_FIELD, community_params)
};
static const struct param rows[] = {COMMUNITY_PARAMS(PARAM_ROW, community_params)};
const struct param_group community_rules = PARAM_GROUP("community", "Members who are not staff, and community nights",
                                                       rows, struct community_params);

void community_welcome(const struct world *world, struct school *s, enum role_id id, uint32_t strategy,
                       struct rng_reader *reader)
{
    const struct community_params *p = world->params[PROCESS_community];
    const struct part *role = &world->part[id];
    const uint64_t bundle = world->bundle[strategy], pool = ~world->lasting;
    struct teacher *t = &s->teachers[s->staff + s->others++];
    *t = (struct teacher){.role = (uint8_t)id, .unit = UNITS_MAX, .person = s->next_person++};
    t->targeted = 1u << strategy;
    t->commitment = t->disposition = role->spirit > 0 ? role->spirit : s->enthusiasm;
    t->expertise = 1.0f;
    if (role->joint > 0) { /* a coach practises all that she brings */
        t->used = bundle ? bundle : draw_set(reader, pool, (float)p->coach_skill);
        t->known = t->valued = t->used;
        return;
    }
    if (role->concern > 0) {
        for (int64_t k = s->concerns ? p->concerns : 0; k < p->concerns; k++)
            s->concerns |= draw_idea(pool & ~s->concerns, reader);
        t->valued = draw_set(reader, s->concerns, role->concern * (float)p->held);
    }
    if (role->knows > 0)
        t->known = draw_set(reader, pool, role->knows);
    if (role->concern > 0)
        t->valued |= draw_set(reader, t->known, (float)p->minded);
    if (role->uses > 0)
        t->used = draw_set(reader, t->known, role->uses);
    if (role->concern > 0) /* a family or partner that values a practice backs it */
        t->used |= t->valued;
    t->valued |= t->used;
    t->known |= t->valued;
}

/* Who comes, into the batch's list: staff first. Returns how many; *staff: how many of them are. */
static uint32_t come(struct week *week, const struct community_params *p, uint32_t night, uint32_t *staff,
                     struct rng_reader *reader)
{
    const struct school *s = week->school;
    struct batch *batch = &week->batch;
    const struct strategy_params *strategy = param_set_get(week->world->set, &strategy_group, night);
    const float open = s->contact < 1 ? s->contact : 1.0f, attendance = (float)p->attendance * open;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        const bool reached = t->targeted >> night & 1;
        batch->chance[i] = reached ? (float)strategy->invited * open * willing(week->world, t->commitment) : 0.0f;
    }
    for (uint32_t i = s->staff; i < week->people; i++)
        batch->chance[i] = attendance * week->world->part[s->teachers[i].role].night;
    const uint32_t count = batch_toss(batch, week->people, reader);
    *staff = 0;
    while (*staff < count && batch->list[*staff] < s->staff)
        ++*staff;
    return count;
}

/* A facilitator is there: what people learn of talking together, they take along through the week. */
static void ease_all(struct week *week, uint32_t there)
{
    for (uint32_t n = 0; n < there; n++)
        week_ease(week, week->batch.list[n]);
}

/* The question of the night is one of the community's concerns: everyone there hears of it, and some of those who do
 * not value it come to: the social test, by the share of the table that does. */
static void ask(struct week *week, const struct community_params *p, uint32_t there, uint32_t staff,
                struct rng_reader *reader)
{
    struct school *s = week->school;
    const uint64_t concern = draw_idea(s->concerns & ~week->world->obsolete, reader);
    if (!concern)
        return;
    uint64_t convinced[(STAFF_MAX + 63) / 64] = {0}; /* all are asked at the same time */
    for (uint32_t n = 0; n < staff; n++) {
        const uint32_t i = week->batch.list[n];
        uint32_t agree = 0;
        for (int64_t k = 0; k < p->table; k++)
            agree += (s->teachers[week->batch.list[rng_below(reader, there)]].valued & concern) != 0;
        const float open = willing(week->world, s->teachers[i].commitment), share = (float)agree / (float)p->table;
        if (rng_uniform(reader) < (float)p->question * open * share)
            convinced[i / 64] |= UINT64_C(1) << (i % 64);
    }
    for (uint32_t n = 0; n < staff; n++) {
        const uint32_t i = week->batch.list[n];
        struct teacher *t = &s->teachers[i];
        const bool values = convinced[i / 64] >> (i % 64) & 1;
        s->tally.heard += !(t->known & concern);
        s->tally.valued += values && !(t->valued & concern);
        t->known |= concern;
        t->valued |= values ? concern : 0;
    }
}

/* Each of the staff there talks with some of all there; others are met, they do not meet each other. */
static void hold_night(struct week *week, const struct community_params *p, uint32_t night, struct rng_reader *reader)
{
    struct school *s = week->school;
    uint32_t staff;
    const uint32_t there = come(week, p, night, &staff, reader);
    s->tally.hours += (float)p->hours * (float)staff;
    for (uint32_t n = staff; n < there; n++)
        if (week->world->part[s->teachers[week->batch.list[n]].role].sits > 0)
            ease_all(week, there);
    ask(week, p, there, staff, reader);
    for (uint32_t n = 0; n < staff; n++) {
        const uint32_t i = week->batch.list[n];
        week->effort[i] += (float)p->effort;
        for (int k = (int)((float)p->talks + rng_uniform(reader)); k > 0; k--) {
            const uint32_t j = week->batch.list[rng_below(reader, there)];
            if (i != j && week->talk_count < TALKS_MAX)
                week->talks[week->talk_count++] = (struct talk){
                    .a = (uint16_t)i, .b = (uint16_t)j, .place = NO_TIE, .venue = VENUE_NIGHT};
        }
    }
}

/* A facilitator sits in with some of those reached. */
static void sit_in(struct week *week, uint32_t facilitator, float sits, struct rng_reader *reader)
{
    const struct school *s = week->school;
    const uint32_t sent_by = s->teachers[facilitator].targeted;
    for (int k = (int)(sits + rng_uniform(reader)); k > 0; k--) {
        const uint32_t j = rng_below(reader, s->staff);
        if (s->teachers[j].targeted & sent_by)
            week_ease(week, j);
    }
}

static void step(struct week *week, const void *params)
{
    const struct community_params *p = params;
    struct school *s = week->school;
    if (!s->others && !s->nights)
        return;
    struct rng_reader reader;
    week_reader(week, STREAM_COMMUNITY, &reader);
    for (uint32_t i = s->staff; i < week->people; i++) {
        struct teacher *t = &s->teachers[i];
        const struct part *part = &week->world->part[t->role];
        if (part->concern > 0)
            t->commitment += (float)p->catching * (s->enthusiasm - t->commitment);
        if (part->sits > 0)
            sit_in(week, i, part->sits * (float)p->sits, &reader);
    }
    for (uint32_t nights = s->nights; nights; nights &= nights - 1)
        hold_night(week, p, (uint32_t)__builtin_ctz(nights), &reader);
    s->tally.talks = week->talk_count;
}

const struct process community_process = {"community", "Other members, community night", "S7 S9", &community_rules,
                                          step};
