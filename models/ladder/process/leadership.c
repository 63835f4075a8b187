/* Leadership acts. Who leads is what somebody does, not only which post they hold (Mitchell & Sackney; Spillane 2006;
 * Lieberman: leaders facilitate, broker, link). An act is one of five: to invite somebody with few trusted ties into a talk;
 * to introduce two of one's ties to each other; to champion an idea that one values and uses; to facilitate when people of
 * one's surroundings are at odds; to lay to rest what an ended initiative has left.
 *
 *     formal acts    = formal · office · style     by office: principals, and lead teachers at a share of it
 *     informal acts  = informal · staff · lived dispersal, each by somebody named in proportion to the trust received
 *
 * and either is done only with the actor's commitment, as one learns, and tires. A principal who controls orders instead: a
 * bundle of what the principal values becomes an initiative, mandates · (1 − style)² a year. Whoever leaves takes along the
 * ties, the trust they act by, what they championed, and what they ordered. Acts come before the week's other talks. */
#include "../ladder.h"

#define LEADERSHIP_PARAMS(X, S)                                                                                       \
    X(S, REAL, formal, "0.2", 0, 20, "acts/week", "",                                                                 \
      "of a principal who distributes; of lead teachers a share of it", "assumed")                                    \
    X(S, REAL, informal, "0.02", 0, 2, "acts/week", "", "of a colleague fully trusted, at full lived dispersal",      \
      "assumed")                                                                                                      \
    X(S, REAL, invite, "1", 0, 100, "weight", "", "of inviting the isolated among acts", "assumed: equal")            \
    X(S, REAL, broker, "1", 0, 100, "weight", "", "of introducing two of one's ties", "assumed: equal")               \
    X(S, REAL, champion, "1", 0, 100, "weight", "", "of championing an idea", "assumed: equal")                       \
    X(S, REAL, facilitate, "1", 0, 100, "weight", "", "of facilitating conflict", "assumed: equal")                   \
    X(S, REAL, rest, "1", 0, 100, "weight", "", "of laying initiatives to rest", "assumed: equal")                    \
    X(S, INTEGER, looks, "4", 1, 50, "people", "", "considered for an invitation: the loneliest of them is asked",    \
      "assumed")                                                                                                      \
    X(S, REAL, first_strength, "0.1", 0, 1, "0-1", "", "strength of a tie that an invitation or introduction founds", \
      "assumed: a first talk of aid")                                                                                 \
    X(S, REAL, carried, "0.7", 0, 1, "share", "", "of the trust in the broker that two introduced put in each other", \
      "assumed; Burt & Knez 1995: trust through third parties")                                                       \
    X(S, INTEGER, audience, "4", 1, 24, "people", "", "ties to whom an idea is championed at a time", "assumed")      \
    X(S, REAL, heard, "0.35", 0, 1, "chance", "", "that one of them hears of it, as in sharing",                      \
      "as learning.hear_sharing")                                                                                     \
    X(S, REAL, tenure, "40", 1, 4000, "weeks", "", "mean time for which an idea stays championed", "assumed: a year") \
    X(S, REAL, easing, "1", 0, 10, "logit", "", "facilitation by acts or facilitators, in talks of those around",     \
      "assumed: as much as full lived dispersal")                                                                     \
    X(S, REAL, laid, "0.15", 0, 1, "share", "", "of the heaviest residue that an act lays to rest",                   \
      "theory: Wheatley")                                                                                             \
    X(S, REAL, effort, "0.01", 0, 1, "0-1", "", "fatigue from an act", "assumed: as an attempt that fails")           \
    X(S, REAL, mandates, "0.05", 0, 20, "1/year", "", "orders of a principal who controls", "assumed")                \
    X(S, INTEGER, ordered, "3", 1, 32, "ideas", "", "practices such an order asks for", "assumed")                    \
    X(S, REAL, pressure, "0.2", 0, 1, "0-1", "", "its pressure", "assumed")                                           \
    X(S, REAL, weight, "0.2", 0, 10, "load", "", "attention it takes", "assumed")                                     \
    X(S, DURATION, lasts, "2y", 1, 4000, "weeks", "", "how long it is pressed, at most while the principal stays",    \
      "assumed")
struct leadership_params {
    LEADERSHIP_PARAMS(PARAM_FIELD, leadership_params)
};
static const struct param rows[] = {LEADERSHIP_PARAMS(PARAM_ROW, leadership_params)};
const struct param_group leadership_rules = PARAM_GROUP("leadership", "Leadership acts", rows,
                                                        struct leadership_params);

#define RECENT 0.05f /* weight of this week in what is observed: single acts are too rare to be seen */

struct leading {
    struct week *week;
    struct school *school;
    const struct leadership_params *p;
    struct rng_reader *reader;
};

static void offer_talk(struct week *week, uint32_t a, uint32_t b)
{
    if (week->talk_count < TALKS_MAX)
        week->talks[week->talk_count++] = (struct talk){.a = (uint16_t)a, .b = (uint16_t)b, .place = NO_TIE};
}

static uint32_t trusted_ties(const struct teacher *t)
{
    uint32_t trusted = 0;
    for (uint32_t k = 0; k < t->ties; k++)
        trusted += t->trust[k] >> 15; /* 1 from a half on */
    return trusted;
}

/* Who is included needs no invitation: two ties of trust above a half, as in the column. */
static bool invite(const struct leading *l, uint32_t who)
{
    struct school *s = l->school;
    uint32_t lonely = who, fewest = 2;
    for (int64_t k = 0; k < l->p->looks; k++) {
        const uint32_t j = rng_below(l->reader, s->staff), trusted = trusted_ties(&s->teachers[j]);
        if (j != who && trusted < fewest) {
            lonely = j;
            fewest = trusted;
        }
    }
    if (lonely == who)
        return false;
    tie_found(s, who, lonely, (float)l->p->first_strength, s->trust);
    offer_talk(l->week, who, lonely);
    return true;
}

static bool broker(const struct leading *l, uint32_t who)
{
    struct school *s = l->school;
    const struct teacher *t = &s->teachers[who];
    if (t->ties < 2)
        return false;
    for (int tries = 0; tries < 4; tries++) {
        const uint32_t j = rng_below(l->reader, t->ties), k = rng_below(l->reader, t->ties);
        const uint32_t a = t->alter[j], b = t->alter[k];
        if (a == b || a >= s->staff || tie_place(&s->teachers[a], b) != NO_TIE)
            continue;
        const level trust_a = s->teachers[a].trust[t->back[j]], trust_b = s->teachers[b].trust[t->back[k]];
        const float trust = level_value(trust_a < trust_b ? trust_a : trust_b) * (float)l->p->carried;
        tie_found(s, a, b, (float)l->p->first_strength, trust);
        offer_talk(l->week, a, b);
        return true;
    }
    return false;
}

static struct cause *cause_of(struct school *s, uint32_t who)
{
    for (uint32_t c = 0; c < s->cause_count; c++)
        if (s->causes[c].who == who)
            return &s->causes[c];
    return NULL;
}

static bool champion(const struct leading *l, uint32_t who)
{
    struct school *s = l->school;
    const struct teacher *t = &s->teachers[who];
    const struct cause *cause = cause_of(s, who);
    if (!cause && s->cause_count < CAUSES_MAX) {
        const uint64_t idea = draw_idea(t->valued & t->used & ~s->championed, l->reader);
        if (idea) {
            s->causes[s->cause_count] = (struct cause){.idea = idea, .person = t->person, .who = (uint16_t)who};
            cause = &s->causes[s->cause_count++];
            s->championed |= idea;
        }
    }
    if (!cause || t->ties == 0)
        return false;
    for (int64_t n = 0; n < l->p->audience; n++) {
        const uint32_t j = t->alter[rng_below(l->reader, t->ties)];
        struct teacher *o = &s->teachers[j];
        const bool hears = rng_uniform(l->reader) < (float)l->p->heard * willing(l->week->world, o->commitment);
        if (!hears || (o->known & cause->idea) || !outreach_passes(l->week->world, s, who, j, l->reader))
            continue;
        o->known |= cause->idea;
        s->tally.heard++;
        if (s->watched)
            watch_talk(l->week, &(struct talk){.a = (uint16_t)j, .b = (uint16_t)who, .venue = VENUE_LEADER});
    }
    return true;
}

static bool facilitate(const struct leading *l, uint32_t who)
{
    const struct teacher *t = &l->school->teachers[who];
    week_ease(l->week, who);
    for (uint32_t k = 0; k < t->ties; k++)
        week_ease(l->week, t->alter[k]);
    return true;
}

static bool lay_to_rest(const struct leading *l, uint32_t who)
{
    (void)who;
    struct school *s = l->school;
    struct initiative *heaviest = NULL;
    for (uint32_t k = 0; k < s->initiative_count; k++)
        if (s->initiatives[k].pressure < 0 && (!heaviest || s->initiatives[k].weight > heaviest->weight))
            heaviest = &s->initiatives[k];
    if (!heaviest)
        return false;
    heaviest->weight *= 1.0f - (float)l->p->laid;
    return true;
}

static bool (*const acts[])(const struct leading *l, uint32_t who) = {invite, broker, champion, facilitate,
                                                                      lay_to_rest};
#define ACTS (sizeof acts / sizeof acts[0])

/* One act of this person, of a kind drawn by the weights; nothing comes of it, and it costs nothing, where there is nobody
 * to invite, nothing to lay to rest. */
static void act(const struct leading *l, uint32_t who)
{
    struct school *s = l->school;
    const double *weight = &l->p->invite; /* five neighbours, in the order of acts[] */
    double sum = 0, aim = (double)rng_uniform(l->reader);
    for (size_t k = 0; k < ACTS; k++)
        sum += weight[k];
    size_t kind = 0;
    for (aim *= sum; kind < ACTS - 1 && aim >= weight[kind]; kind++)
        aim -= weight[kind];
    if (sum <= 0 || !acts[kind](l, who))
        return;
    l->week->effort[who] += (float)l->p->effort;
    s->tally.acts++;
    s->tally.acts_informal += l->week->world->part[s->teachers[who].role].office <= 0;
}

static bool is_willing(const struct leading *l, uint32_t who)
{
    return rng_uniform(l->reader) < willing(l->week->world, l->school->teachers[who].commitment);
}

/* The nearest whole number, the one or the other by a coin. */
static uint32_t round_by_coin(float mean, struct rng_reader *reader)
{
    return (uint32_t)(int32_t)(mean + rng_uniform(reader));
}

/* Whoever holds the office at this point of its sum over staff. */
static uint32_t office_at(const struct world *world, const struct school *s, float point)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const float office = world->part[s->teachers[i].role].office;
        if (office <= 0)
            continue;
        last = i;
        if (point < office)
            return i;
        point -= office;
    }
    return last; /* the sum rounded */
}

static void acts_by_office(const struct leading *l)
{
    const struct school *s = l->school;
    for (uint32_t n = round_by_coin((float)l->p->formal * s->office * s->style * s->contact, l->reader); n > 0; n--) {
        const uint32_t who = office_at(l->week->world, s, rng_uniform(l->reader) * s->office);
        if (is_willing(l, who))
            act(l, who);
    }
}

/* Whom a strategy gives time and backing for it leads as that strategy says. */
static void acts_by_backing(const struct leading *l)
{
    const struct school *s = l->school;
    for (uint32_t left = s->active; left; left &= left - 1) {
        const uint32_t n = (uint32_t)__builtin_ctz(left);
        const struct strategy_params *strategy = param_set_get(l->week->world->set, &strategy_group, n);
        if (strategy->acts <= 0)
            continue;
        for (uint32_t i = 0; i < s->staff; i++)
            if (s->teachers[i].targeted >> n & 1)
                for (uint32_t k = round_by_coin((float)strategy->acts * s->contact, l->reader); k > 0; k--)
                    if (is_willing(l, i))
                        act(l, i);
    }
}

/* Somebody thinks of one of their ties: who is trusted by many is thought of by many. */
static void acts_by_trust(const struct leading *l)
{
    const struct school *s = l->school;
    const float mean = (float)l->p->informal * (float)s->staff * s->lived[LEVER_DISPERSAL] * s->contact;
    for (uint32_t n = round_by_coin(mean, l->reader); n > 0; n--) {
        const struct teacher *t = &s->teachers[rng_below(l->reader, s->staff)];
        if (t->ties == 0)
            continue;
        const uint32_t place = rng_below(l->reader, t->ties), who = t->alter[place];
        if (who < s->staff && rng_uniform(l->reader) < level_value(t->trust[place]) && is_willing(l, who))
            act(l, who);
    }
}

/* A cause ends with its champion, with the champion's own practice of it, and by and by. */
static void causes_end(const struct leading *l)
{
    struct school *s = l->school;
    uint32_t kept = 0;
    s->championed = 0;
    for (uint32_t c = 0; c < s->cause_count; c++) {
        const struct cause cause = s->causes[c];
        const struct teacher *t = &s->teachers[cause.who];
        if (t->person != cause.person || !(t->valued & t->used & cause.idea) ||
            rng_uniform(l->reader) * (float)l->p->tenure < 1.0f)
            continue;
        s->causes[kept++] = cause;
        s->championed |= cause.idea;
    }
    s->cause_count = kept;
}

static void order(const struct leading *l)
{
    struct school *s = l->school;
    const struct leadership_params *p = l->p;
    const struct teacher *principal = &s->teachers[s->principal];
    struct initiative order = {.pressure = (float)p->pressure,
                               .weight = (float)p->weight,
                               .begun = l->week->number,
                               .end = l->week->number + p->lasts,
                               .by = principal->person + 1};
    uint64_t pool = principal->valued & ~l->week->world->lasting;
    for (int64_t k = 0; k < p->ordered; k++)
        order.ideas |= draw_idea(pool & ~order.ideas, l->reader);
    if (order.ideas)
        initiative_add(s, order);
}

/* What a principal has ordered is pressed no longer than the principal stays. */
static void orders_end(const struct leading *l)
{
    struct school *s = l->school;
    const uint32_t by = s->teachers[s->principal].person + 1;
    for (uint32_t k = 0; k < s->initiative_count; k++) {
        struct initiative *it = &s->initiatives[k];
        if (it->by && it->by != by && it->end > l->week->number)
            it->end = l->week->number;
    }
}

static void step(struct week *week, const void *params)
{
    const struct leadership_params *p = params;
    struct school *s = week->school;
    struct rng_reader reader;
    const struct leading leading = {.week = week, .school = s, .p = p, .reader = &reader};
    week_reader(week, STREAM_LEADERSHIP, &reader);
    causes_end(&leading);
    acts_by_office(&leading);
    acts_by_trust(&leading);
    if (s->active)
        acts_by_backing(&leading);
    week->offered = week->talk_count;
    s->acts[0] += RECENT * ((float)s->tally.acts - s->acts[0]);
    s->acts[1] += RECENT * ((float)s->tally.acts_informal - s->acts[1]);
    if (s->principal >= s->staff)
        return;
    orders_end(&leading);
    const float control = 1.0f - s->style;
    const float orders = (float)p->mandates * control * control / (float)week->world->weeks_per_year;
    if (rng_uniform(&reader) < curve_chance(orders))
        order(&leading);
}

float leadership_easing(const struct world *world)
{
    const struct leadership_params *p = world->params[PROCESS_leadership];
    return (float)p->easing;
}

const struct process leadership_process = {"leadership", "Leadership acts", "S5 S8 S9 S12", &leadership_rules, step};
