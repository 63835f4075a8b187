/* Outreach: what carries an innovation over the boundaries of a community, arranged by strategies. Illumination shows
 * pioneers' work to those who neither share their unit nor are tied to them: visits to a classroom where it is practised.
 * Apprenticeship joins somebody, newcomers first, to one who practises it, for weeks of work side by side (Albury; Lave &
 * Wenger 1991: legitimate peripheral participation). Critical friends: two groups visit each other; what each is about is
 * looked at with the other's eyes, and conflict, invited, is eased (Costa & Kallick 1993; dissonance.c).
 *
 * Each such meeting is a talk like any other, from which ties and trust may grow. Besides, what it is about is learned by
 * its own chances, less of them without commitment, as all learning.
 *
 * Boundaries of units may be closed: a conversation across takes place with chance `permeability`, and else at home with
 * somebody of the own unit. Nothing of this is drawn or looked at in schools without such strategies and with open
 * boundaries. */
#include "../ladder.h"

#define OUTREACH_PARAMS(X, S)                                                                                          \
    X(S, REAL, permeability, "1", 0, 1, "share", "",                                                                   \
      "of talk across units that gets across, the rest staying at home; 0: sealed",                                    \
      "theory: Albury, permeable boundaries")                                                                          \
    X(S, REAL, seen, "0.5", 0, 1, "chance", "", "a visit: that one of the ideas in use there is heard of",             \
      "assumed: between sharing and joint work")                                                                       \
    X(S, REAL, convinced, "0.1", 0, 1, "chance", "", "a visit: to come to value one of those ideas, known before",     \
      "Guskey 1986: seeing is believing; number assumed")                                                              \
    X(S, REAL, sessions, "1", 0, 10, "1/week", "", "that an apprentice works beside the other", "assumed")             \
    X(S, REAL, shown, "0.6", 0, 1, "chance", "", "a session: to hear of an idea in use there",                         \
      "as learning.hear_joint")                                                                                        \
    X(S, REAL, shared, "0.6", 0, 1, "chance", "", "a session: to come to value one", "as learning.value_joint")        \
    X(S, REAL, done, "0.35", 0, 1, "chance", "", "a session: to take one up, times without_time + lived time",         \
      "as learning.take_up")                                                                                           \
    X(S, REAL, without_time, "0.5", 0, 5, "1", "", "of that without lived time, times",                                \
      "as learning.without_time, form")                                                                                \
    X(S, REAL, told, "0.35", 0, 1, "chance", "", "critical friends: to hear of an idea that the other group is about", \
      "as learning.hear_sharing")                                                                                      \
    X(S, REAL, weighed, "0.3", 0, 1, "chance", "", "critical friends: to come to value one",                           \
      "as learning.value_sharing")                                                                                     \
    X(S, INTEGER, new, "40", 0, 4000, "weeks", "", "of service up to which one is new, and an apprentice first",       \
      "assumed: the first year")
struct outreach_params {
    OUTREACH_PARAMS(PARAM_FIELD, outreach_params)
};
static const struct param rows[] = {OUTREACH_PARAMS(PARAM_ROW, outreach_params)};
const struct param_group outreach_rules = PARAM_GROUP("outreach", "Boundaries, and what is shown across them", rows,
                                                      struct outreach_params);

struct reaching {
    struct week *week;
    struct school *school;
    const struct outreach_params *p;
    struct rng_reader *reader;
    /* Of the strategy at hand. */
    uint32_t bit;
    const struct innovation *innovation;
    uint32_t count; /* who practises it */
    uint16_t practising[STAFF_MAX];
};

/* Chances to know, value and take up one idea. */
struct lesson {
    float hear, value, take_up;
};

static void learn(const struct reaching *r, uint32_t who, uint32_t from, uint64_t about, struct lesson lesson)
{
    struct school *s = r->school;
    struct teacher *t = &s->teachers[who];
    const struct teacher *o = &s->teachers[from];
    const float open = willing(r->week->world, t->commitment);
    const bool hears = rng_uniform(r->reader) < lesson.hear * open;
    const bool values = rng_uniform(r->reader) < lesson.value * open;
    const bool takes = rng_uniform(r->reader) < lesson.take_up * open;
    const uint64_t heard = hears ? draw_idea(about & (o->used | o->valued) & ~t->known, r->reader) : 0;
    const uint64_t valued = values ? draw_idea(about & o->valued & t->known & ~t->valued, r->reader) : 0;
    const uint64_t taken = takes ? draw_idea(about & o->used & t->valued & ~t->used, r->reader) : 0;
    t->known |= heard;
    t->valued |= valued;
    t->used |= taken;
    t->shallow &= ~taken;
    s->tally.heard += heard != 0;
    s->tally.valued += valued != 0;
    s->tally.enacted += taken != 0;
    r->week->practice_changes += taken != 0;
}

/* who learns from the other, in a talk that is added to the week's. */
static void meet(const struct reaching *r, uint32_t who, uint32_t from, enum venue venue, uint64_t about,
                 struct lesson lesson)
{
    struct week *week = r->week;
    const struct talk talk = {.a = (uint16_t)who, .b = (uint16_t)from, .place = NO_TIE, .venue = (uint8_t)venue};
    if (week->talk_count < TALKS_MAX)
        week->talks[week->talk_count++] = talk;
    learn(r, who, from, about, lesson);
    if (r->school->watched)
        watch_talk(week, &talk);
}

static void find_practising(struct reaching *r)
{
    r->count = 0;
    for (uint32_t i = 0; i < r->school->staff; i++)
        if (innovation_layer(r->innovation, &r->school->teachers[i]) == LAYER_PRACTICE)
            r->practising[r->count++] = (uint16_t)i;
}

/* ---- illumination ---- */

static bool outside(const struct school *s, uint32_t a, uint32_t b)
{
    return a != b && s->teachers[a].unit != s->teachers[b].unit && tie_place(&s->teachers[a], b) == NO_TIE;
}

static void illuminate(const struct reaching *r, float visits)
{
    const struct school *s = r->school;
    const struct lesson lesson = {.hear = (float)r->p->seen, .value = (float)r->p->convinced};
    for (uint32_t i = 0; i < s->staff && r->count; i++) {
        if (!(s->teachers[i].targeted & r->bit) || innovation_layer(r->innovation, &s->teachers[i]) == LAYER_PRACTICE)
            continue;
        for (int n = curve_poisson(rng_uniform(r->reader), visits * s->contact); n > 0; n--)
            for (int tries = 0; tries < 8; tries++) { /* who has all of them near needs no visit */
                const uint32_t host = r->practising[rng_below(r->reader, r->count)];
                if (!outside(s, i, host))
                    continue;
                meet(r, i, host, VENUE_VISIT, r->innovation->ideas, lesson);
                break;
            }
    }
}

/* ---- apprenticeship ---- */

static bool lasts(const struct reaching *r, const struct apprentice *a)
{
    const struct school *s = r->school;
    return r->week->number < a->until && s->teachers[a->who].person == a->person &&
           s->teachers[a->with].person == a->with_person && (s->teachers[a->who].targeted & r->bit) &&
           innovation_layer(r->innovation, &s->teachers[a->who]) < LAYER_PRACTICE;
}

static bool bound(const struct school *s, uint32_t i)
{
    for (uint32_t k = 0; k < s->apprentice_count; k++)
        if (s->apprentices[k].who == i || s->apprentices[k].with == i)
            return true;
    return false;
}

/* Who is new comes first, then who has heard of it; among them, chance. UINT32_MAX: nobody. */
static uint32_t next_apprentice(const struct reaching *r)
{
    const struct school *s = r->school;
    uint32_t best = UINT32_MAX, alike = 0;
    int most = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        const enum layer layer = innovation_layer(r->innovation, t);
        const int rank = t->service <= r->p->new ? 2 : layer >= LAYER_INTEREST ? 1 : 0;
        if (!(t->targeted & r->bit) || layer == LAYER_PRACTICE || rank == 0 || rank < most || bound(s, i))
            continue;
        alike = rank > most ? 1 : alike + 1;
        most = rank;
        if (rng_below(r->reader, alike) == 0)
            best = i;
    }
    return best;
}

static uint32_t next_master(const struct reaching *r)
{
    for (int tries = 0; tries < 16 && r->count; tries++) {
        const uint32_t host = r->practising[rng_below(r->reader, r->count)];
        if (!bound(r->school, host))
            return host;
    }
    return UINT32_MAX;
}

static void join(const struct reaching *r, int64_t wanted, int64_t weeks, uint32_t strategy)
{
    struct school *s = r->school;
    int64_t have = 0;
    for (uint32_t k = 0; k < s->apprentice_count; k++)
        have += s->apprentices[k].strategy == strategy;
    for (; have < wanted && s->apprentice_count < APPRENTICES_MAX; have++) {
        const uint32_t who = next_apprentice(r), with = who == UINT32_MAX ? who : next_master(r);
        if (with == UINT32_MAX)
            return;
        s->apprentices[s->apprentice_count++] = (struct apprentice){.person = s->teachers[who].person,
                                                                    .with_person = s->teachers[with].person,
                                                                    .until = r->week->number + weeks,
                                                                    .who = (uint16_t)who,
                                                                    .with = (uint16_t)with,
                                                                    .strategy = (uint8_t)strategy};
    }
}

static void work_beside(const struct reaching *r, uint32_t strategy)
{
    struct school *s = r->school;
    const struct lesson lesson = {.hear = (float)r->p->shown,
                                  .value = (float)r->p->shared,
                                  .take_up = (float)r->p->done * ((float)r->p->without_time + s->lived[LEVER_TIME])};
    for (uint32_t k = 0; k < s->apprentice_count; k++) {
        const struct apprentice *a = &s->apprentices[k];
        if (a->strategy != strategy)
            continue;
        for (int n = curve_poisson(rng_uniform(r->reader), (float)r->p->sessions * s->contact); n > 0; n--)
            meet(r, a->who, a->with, VENUE_APPRENTICE, r->innovation->ideas, lesson);
    }
}

/* Those whose time is over, who left, or who practise now. */
static void part(const struct reaching *r, uint32_t strategy)
{
    struct school *s = r->school;
    for (uint32_t k = s->apprentice_count; k-- > 0;)
        if (s->apprentices[k].strategy == strategy && !lasts(r, &s->apprentices[k]))
            s->apprentices[k] = s->apprentices[--s->apprentice_count];
}

/* ---- critical friends ---- */

/* A member of the group who still is one, and whom the strategy reaches. */
static uint32_t member_of(const struct reaching *r, uint32_t g)
{
    const struct school *s = r->school;
    const struct group *group = &s->groups[g];
    const uint32_t i = group->member[rng_below(r->reader, group->size)];
    return s->teachers[i].group == g + 1 && (s->teachers[i].targeted & r->bit) ? i : UINT32_MAX;
}

static void visit_groups(const struct reaching *r, float often)
{
    const struct school *s = r->school;
    const struct lesson lesson = {.hear = (float)r->p->told, .value = (float)r->p->weighed};
    for (uint32_t g = 0; g < s->group_count && s->group_count > 1; g++)
        for (int n = curve_poisson(rng_uniform(r->reader), often * s->contact); n > 0; n--) {
            const uint32_t other = (g + 1 + rng_below(r->reader, s->group_count - 1)) % s->group_count;
            for (uint32_t m = 0; m < s->groups[g].size; m++) { /* all who come find somebody of the other group */
                const uint32_t guest = s->groups[g].member[m], host = member_of(r, other);
                if (host == UINT32_MAX || s->teachers[guest].group != g + 1 || !(s->teachers[guest].targeted & r->bit))
                    continue;
                meet(r, guest, host, VENUE_CRITICAL, s->groups[other].ideas, lesson);
                learn(r, host, guest, s->groups[g].ideas, lesson);
                if (s->watched)
                    watch_talk(r->week,
                               &(struct talk){.a = (uint16_t)guest, .b = (uint16_t)host, .venue = VENUE_CRITICAL});
            }
        }
}

/* ---- the week ---- */

/* Another one of the same unit, by chance: the first from a random place on; oneself when there is none. */
static uint32_t colleague(const struct school *s, uint32_t i, struct rng_reader *reader)
{
    const uint32_t from = rng_below(reader, s->staff);
    for (uint32_t k = 0; k < s->staff; k++) {
        const uint32_t j = (from + k) % s->staff;
        if (j != i && s->teachers[j].unit == s->teachers[i].unit)
            return j;
    }
    return i;
}

/* Who does not get across talks at home instead: a closed boundary keeps talk in, it does not silence it. Alone in the unit:
 * not at all. */
static void seal(struct week *week, float permeability, struct rng_reader *reader)
{
    const struct school *s = week->school;
    uint32_t kept = 0, known = 0;
    for (uint32_t n = 0; n < week->talk_count; n++) {
        struct talk talk = week->talks[n];
        const uint32_t unit = s->teachers[talk.a].unit;
        if (talk.a < s->staff && talk.b < s->staff && s->teachers[talk.b].unit != unit &&
            rng_uniform(reader) >= permeability) {
            talk.b = (uint16_t)colleague(s, talk.a, reader);
            talk.place = (uint8_t)tie_place(&s->teachers[talk.a], talk.b);
            if (talk.b == talk.a)
                continue;
        }
        week->talks[kept++] = talk;
        known += n < week->known; /* they come first, and stay first */
    }
    week->talk_count = kept;
    week->known = known;
}

static void strategy(struct reaching *r, uint32_t n)
{
    const struct world *world = r->week->world;
    const struct strategy_params *p = param_set_get(world->set, &strategy_group, n);
    const int which = innovation_find(world->innovations, world->innovation_count, p->innovation);
    r->bit = 1u << n;
    if (which >= 0 && (p->illuminate > 0 || p->apprentices > 0)) {
        r->innovation = &world->innovations[which];
        find_practising(r);
        if (p->illuminate > 0)
            illuminate(r, (float)p->illuminate);
        if (p->apprentices > 0) {
            part(r, n);
            join(r, p->apprentices, p->apprenticeship, n);
            work_beside(r, n);
        }
    }
    if (p->critical_friends > 0)
        visit_groups(r, (float)p->critical_friends);
}

static void step(struct week *week, const void *params)
{
    struct school *s = week->school;
    const struct outreach_params *p = params;
    const uint32_t at_work = s->active & week->world->reaching_out;
    if (!at_work && p->permeability >= 1 && s->apprentice_count == 0)
        return;
    struct rng_reader reader;
    week_reader(week, STREAM_OUTREACH, &reader);
    if (p->permeability < 1)
        seal(week, (float)p->permeability, &reader);
    struct reaching r = {.week = week, .school = s, .p = p, .reader = &reader};
    for (uint32_t k = s->apprentice_count; k-- > 0;)
        if (!(at_work >> s->apprentices[k].strategy & 1)) /* its strategy has ended */
            s->apprentices[k] = s->apprentices[--s->apprentice_count];
    for (uint32_t n = 0; at_work >> n; n++)
        if (at_work >> n & 1)
            strategy(&r, n);
    s->tally.talks = week->talk_count;
}

bool outreach_passes(const struct world *world, const struct school *s, uint32_t a, uint32_t b,
                     struct rng_reader *reader)
{
    const struct outreach_params *p = world->params[PROCESS_outreach];
    return p->permeability >= 1 || s->teachers[a].unit == s->teachers[b].unit ||
           rng_uniform(reader) < (float)p->permeability;
}

uint32_t outreach_strategies(const struct param_set *set)
{
    uint32_t bits = 0;
    for (uint32_t n = 0; n < param_set_count(set, &strategy_group) && n < STRATEGIES_MAX; n++) {
        const struct strategy_params *p = param_set_get(set, &strategy_group, n);
        if (p->illuminate > 0 || p->apprentices > 0 || p->critical_friends > 0)
            bits |= 1u << n;
    }
    return bits;
}

const struct process outreach_process = {"outreach", "Boundaries and outreach", "S10 S11", &outreach_rules, step};
