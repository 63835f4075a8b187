/* Networks of schools, as one school lives them: what its delegates learned at this week's meeting, what its people
 * hear from those they know in other schools, and who goes to the next meeting. What they bring home spreads by the
 * ordinary meetings: they know, value and use more.
 *
 * A delegate comes to the meeting with chance
 *
 *     logit⁻¹(a₀ + a_c(c − ½) + a_p·purpose·(share of the agenda valued − ½) + a_w·worth + a_f·formality),
 *
 * worth being what meetings have given this school lately (Lieberman: activities keep people coming, purpose those who
 * share it). */
#include "networks.h"

#define NETWORKS_PARAMS(X, S)                                                                                       \
    X(S, REAL, attendance, "0", -10, 10, "logit", "", "a0: readiness to come to a meeting", "assumed")              \
    X(S, REAL, by_commitment, "3", 0, 20, "logit", "", "a_c: of the delegate", "assumed")                           \
    X(S, REAL, by_fit, "3", 0, 20, "logit", "", "a_p: who values the agenda comes, as far as the network has one",  \
      "theory: Lieberman, purpose")                                                                                 \
    X(S, REAL, by_worth, "4", 0, 20, "logit", "", "a_w: to a rung climbed in every talk", "theory: Lieberman")      \
    X(S, REAL, by_formality, "1.5", 0, 20, "logit", "", "a_f: it is expected", "theory: Lieberman")                 \
    X(S, REAL, stay, "0.4", 0, 1, "share", "",                                                                      \
      "of delegates who keep going in a wholly informal network; all in a formal one", "assumed, form")             \
    X(S, REAL, luck, "1", 0, 2, "1", "", "part of chance in who goes, where two are much alike", "assumed, form")   \
    X(S, REAL, expected, "0.3", 0, 1, "rungs", "", "worth that a school expects of meetings when it joins, a talk", \
      "assumed, form")                                                                                              \
    X(S, REAL, lately, "0.3", 0, 1, "share", "",                                                                    \
      "how much the last meeting counts against those before, in worth and inquiry", "assumed, form")               \
    X(S, INTEGER, concerns, "3", 1, 16, "ideas", "", "that a network without a programme works on at a time",       \
      "assumed, form")                                                                                              \
    X(S, REAL, done, "0.7", 0, 1, "share", "",                                                                      \
      "of those present who use an idea of the agenda, beyond which it is done with", "assumed: most, form")        \
    X(S, REAL, compared, "7", 0, 60, "schools", "",                                                                 \
      "more whom a wholly exclusive network compares for each founder's place", "assumed, form")                    \
    X(S, REAL, by_focus, "1", 0, 10, "logit", "", "depth of a talk about an idea that both value", "theory: S9")    \
    X(S, REAL, informality, "0.6", 0, 10, "logit", "", "depth of talk in a wholly informal network", "assumed")     \
    X(S, REAL, inquiry, "-1", -20, 20, "logit", "",                                                                 \
      "of inquiry in a deep talk where evidence is half lived; facilitation adds to it", "assumed")                 \
    X(S, REAL, by_evidence, "4", 0, 50, "logit", "", "of inquiry: with lived evidence of the two schools",          \
      "theory: Earl & Katz, inquiry")                                                                               \
    X(S, REAL, again, "0.6", 0, 1, "chance", "", "to talk with somebody one knows already, when there", "assumed")  \
    X(S, REAL, expert, "0.5", 0, 1, "chance", "", "to hear of an idea from an outside expert", "assumed")           \
    X(S, REAL, persuasion, "0.06", 0, 1, "chance", "", "to come to value one so: as in aid", "model: step 6")       \
    X(S, REAL, founding, "0.2", 0, 1, "chance", "", "that a talk makes a contact, times 1 + depth",                 \
      "assumed: a little below ties.founding")                                                                      \
    X(S, REAL, first_strength, "0.1", 0, 1, "0-1", "", "of a new contact", "as leadership.first_strength, form")    \
    X(S, REAL, growth, "0.1", 0, 1, "1", "", "of a contact's strength in a talk, times 1 + depth", "assumed")       \
    X(S, REAL, trust_growth, "0.1", 0, 1, "1", "", "of its trust, times ties.trust_story + depth", "assumed")       \
    X(S, REAL, decay, "0.01", 0, 0.5, "1/week", "", "of its strength", "assumed: half of what a colleague loses")   \
    X(S, REAL, dissolve, "0.02", 0, 0.5, "0-1", "", "strength below which a contact is gone",                       \
      "as ties.dissolve, form")                                                                                     \
    X(S, REAL, between, "0.15", 0, 5, "talks/week", "", "along a contact of strength 1 in an informal network",     \
      "assumed")                                                                                                    \
    X(S, REAL, apart, "0.5", 0, 1, "share", "",                                                                     \
      "of what a community of colleagues does in a week that one across schools does; 0: none forms", "assumed")    \
    X(S, REAL, tiring, "0.01", 0, 1, "0-1", "", "fatigue from a meeting", "assumed")                                \
    X(S, REAL, reward, "0.02", 0, 1, "0-1", "", "benefit from a rung climbed there", "model: step 10")
struct networks_params {
    NETWORKS_PARAMS(PARAM_FIELD, networks_params)
};
static const struct param rows[] = {NETWORKS_PARAMS(PARAM_ROW, networks_params)};
const struct param_group networks_rules = PARAM_GROUP("networks", "What happens in networks of schools", rows,
                                                      struct networks_params);

static const struct param network_rows[] = {NETWORK_PARAMS(PARAM_ROW, network_params)};
const struct param_group network_group = PARAM_GROUP_NAMED("network", "A network of schools, or many alike",
                                                           network_rows, struct network_params);

bool network_lasts(const struct network *n, int64_t week)
{
    return week >= n->p->start && (n->p->end < 0 || week < n->p->end);
}

bool network_meets(const struct network *n, int64_t week)
{
    const int64_t since = week - n->p->start;
    return network_lasts(n, week) && since >= n->p->interval && since % n->p->interval == 0;
}

struct shown networks_show(const struct school *s, uint32_t i, uint32_t school, uint32_t slot)
{
    const struct teacher *t = &s->teachers[i];
    return (struct shown){.rungs = {t->known, t->valued, t->used},
                          .person = t->person,
                          .school = school,
                          .teacher = (uint16_t)i,
                          .role = t->role,
                          .slot = (uint8_t)slot};
}

/* ---- what is brought home ---- */

static uint32_t rungs_count(const struct rungs *gained)
{
    return (uint32_t)(count_bits(gained->known) + count_bits(gained->valued) + count_bits(gained->used));
}

static void gain(struct week *week, struct teacher *t, const struct rungs *gained, float reward)
{
    struct school *s = week->school;
    const uint32_t climbed = rungs_count(gained);
    t->known |= gained->known | gained->valued | gained->used;
    t->valued |= gained->valued;
    t->used |= gained->used;
    t->shallow &= ~gained->used;
    t->benefit = curve_share(t->benefit + reward * (float)climbed);
    s->tally.heard += gained->known != 0;
    s->tally.valued += gained->valued != 0;
    s->tally.enacted += gained->used != 0;
    week->practice_changes += gained->used != 0;
}

static struct rungs hear_expert(const struct week *week, const struct networks_params *p, const struct teacher *t,
                                uint64_t about, struct rng_reader *reader)
{
    const float open = week->open[t - week->school->teachers];
    struct rungs gained = {0};
    if (rng_uniform(reader) < (float)p->expert * open)
        gained.known = draw_idea(about & ~t->known, reader);
    if (rng_uniform(reader) < (float)p->persuasion * open)
        gained.valued = draw_idea((t->known | gained.known) & about & ~t->valued, reader);
    return gained;
}

/* What meetings give, and what they take. */
static void judge_meeting(struct school *s, const struct networks_params *p, uint32_t talks)
{
    struct membership *m = s->membership;
    for (uint32_t k = 0; k < m->delegate_count; k++) {
        const struct shown *shown = &m->delegates[k].shown;
        struct teacher *t = &s->teachers[shown->teacher];
        if (m->delegates[k].coming && t->person == shown->person)
            t->fatigue = curve_share(t->fatigue + (float)p->tiring);
    }
    const float worth = talks ? (float)m->climbed / (float)talks : 0.0f;
    m->worth += (float)p->lately * (curve_share(worth) - m->worth);
}

static void come_home(struct week *week, const struct networks_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct membership *m = s->membership;
    uint32_t talks = 0, climbed = 0, deep = 0, inquired = 0;
    bool met = false;
    for (uint32_t k = 0; k < m->encounter_count; k++) {
        const struct encounter *e = &m->encounters[k];
        struct teacher *t = &s->teachers[e->teacher];
        met |= !e->between;
        if (t->person != e->person)
            continue; /* has left since */
        const struct rungs gained = e->expert ? hear_expert(week, p, t, e->spoken.about, reader)
                                              : learning_from(week->world, t, &e->other, &e->spoken,
                                                              s->lived[LEVER_TIME], reader);
        gain(week, t, &gained, (float)p->reward);
        talks += !e->between;
        climbed += e->between ? 0 : rungs_count(&gained);
        deep += !e->between && e->spoken.depth >= SHARING;
        inquired += !e->between && e->spoken.inquiry;
    }
    m->encounter_count = 0;
    if (!met)
        return;
    m->climbed = climbed;
    m->deep = (1 - (float)p->lately) * m->deep + (float)deep;
    m->inquired = (1 - (float)p->lately) * m->inquired + (float)inquired;
    judge_meeting(s, p, talks);
}

/* The work of communities across schools, for those of their members who are here. */
static void work_together(struct week *week, const struct networks_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    const int32_t network = s->membership->network;
    const struct network *n = network < 0 ? NULL : &week->world->networks->list[network];
    for (uint32_t i = 0; i < s->staff && n && n->community_count; i++) {
        struct teacher *t = &s->teachers[i];
        if (!t->community)
            continue;
        const struct community *c = &n->communities[t->community - 1];
        const struct worked worked = group_work(week->world, &c->group, &c->common, t, s->lived[LEVER_TIME],
                                                CONTACT_WEEKS * (float)p->apart, reader);
        group_tally(week, &worked);
    }
}

/* ---- contacts between meetings ---- */

static void let_go(struct contact *c)
{
    *c = (struct contact){0};
}

/* The other side as it was at last week's end, or NULL when that contact is no more. */
static const struct shown *seen(const struct week *week, const struct contact *c, uint8_t slot)
{
    const struct shown *o = &week->world->networks->of[c->school].shown[networks_page(week->number)][c->back];
    return o->person == c->person && o->school == week->school->number && o->slot == slot ? o : NULL;
}

static void keep_contacts(struct week *week, const struct networks_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct membership *m = s->membership;
    const struct network *n = m->network < 0 ? NULL : &week->world->networks->list[m->network];
    const float often = CONTACT_WEEKS * (float)p->between * (n ? 1.0f - (float)n->p->formality : 1.0f) * s->contact;
    const float kept = curve_share(1.0f - CONTACT_WEEKS * (float)p->decay);
    for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
        struct contact *c = &m->contacts[k];
        if (!c->taken)
            continue;
        struct teacher *t = &s->teachers[c->mine];
        const struct shown *other = t->person == c->own ? seen(week, c, (uint8_t)k) : NULL;
        c->strength = level_of(level_value(c->strength) * kept);
        if (!other || level_value(c->strength) < (float)p->dissolve) {
            let_go(c);
            continue;
        }
        if (rng_uniform(reader) >= often * level_value(c->strength))
            continue;
        const float outlook = depth_outlook(week->world, level_value(c->trust), s->lived[LEVER_OPENNESS], s->pushback);
        const int depth = depth_draw(week->world, outlook, rng_uniform(reader));
        const int conflict = depth < SHARING
                                 ? 0
                                 : dissonance_draw(week->world, likeness(t->valued, other->rungs.valued),
                                                   level_value(c->trust), s->lived[LEVER_DISPERSAL], reader);
        const struct spoken spoken = {~UINT64_C(0), (uint8_t)depth, (uint8_t)conflict, 0};
        const struct rungs gained = learning_from(week->world, t, &other->rungs, &spoken, s->lived[LEVER_TIME], reader);
        gain(week, t, &gained, (float)p->reward);
        contact_talk(week->world, c, depth, conflict);
    }
}

void contact_talk(const struct world *world, struct contact *c, int depth, int conflict)
{
    const struct networks_params *p = world->params[PROCESS_networks];
    float strength = level_value(c->strength), trust = level_value(c->trust);
    if (conflict == 1) {
        strength *= 1.0f - dissonance_hurt(world);
        trust *= 1.0f - dissonance_hurt(world);
    } else {
        strength += (float)p->growth * (1.0f + (float)depth) * (1.0f - strength);
        trust += (float)p->trust_growth * (ties_trust_story(world) + (float)depth) * (1.0f - trust);
    }
    c->strength = level_of(strength);
    c->trust = level_of(trust);
    c->talks = (uint16_t)(c->talks + (c->talks < UINT16_MAX));
}

float networks_apart(const struct world *world)
{
    const struct networks_params *p = world->params[PROCESS_networks];
    return (float)p->apart;
}

struct meeting_rules networks_meeting_rules(const struct world *world)
{
    const struct networks_params *p = world->params[PROCESS_networks];
    return (struct meeting_rules){.by_focus = (float)p->by_focus,
                                  .informality = (float)p->informality,
                                  .again = (float)p->again,
                                  .founding = (float)p->founding,
                                  .inquiry = (float)p->inquiry,
                                  .by_evidence = (float)p->by_evidence,
                                  .first_strength = (float)p->first_strength,
                                  .done = (float)p->done,
                                  .concerns = (int)p->concerns};
}

float networks_expected(const struct world *world)
{
    const struct networks_params *p = world->params[PROCESS_networks];
    return (float)p->expected;
}

uint32_t networks_compared(const struct world *world, const struct network_params *of)
{
    const struct networks_params *p = world->params[PROCESS_networks];
    return 1 + (uint32_t)(p->compared * of->exclusivity);
}

/* ---- who goes ---- */

static float trust_received(const struct school *s, const struct teacher *t)
{
    float sum = 0;
    for (uint32_t k = 0; k < t->ties; k++)
        sum += level_value(s->teachers[t->alter[k]].trust[t->back[k]]);
    return sum;
}

/* How much speaks for sending this one; part of it luck among the much alike. */
static float claim(const struct week *week, const struct teacher *t, int64_t send, struct rng_reader *reader)
{
    const struct networks_params *p = week->world->params[PROCESS_networks];
    const float part = (float)p->luck, luck = part * rng_uniform(reader);
    if (send == SEND_ROLE)
        return week->world->part[t->role].sought + luck;
    if (send == SEND_TRUSTED)
        return trust_received(week->school, t) * (1.0f - 0.5f * part + luck);
    return t->commitment - t->fatigue + 0.5f * luck;
}

static bool goes_already(const struct membership *m, uint32_t i)
{
    for (uint32_t k = 0; k < m->delegate_count; k++)
        if (m->delegates[k].shown.teacher == i)
            return true;
    return false;
}

/* Those who went before keep going as the network is formal; the other places go to whoever has the best claim. */
static void choose_delegates(struct week *week, const struct network_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct membership *m = s->membership;
    const uint32_t wanted = (uint32_t)p->delegates < s->staff ? (uint32_t)p->delegates : s->staff;
    const float stay = (float)((const struct networks_params *)week->world->params[PROCESS_networks])->stay;
    uint32_t kept = 0;
    for (uint32_t k = 0; k < m->delegate_count; k++) {
        const struct delegate *d = &m->delegates[k];
        const float stays = stay + (1.0f - stay) * (float)p->formality;
        if (kept < wanted && s->teachers[d->shown.teacher].person == d->shown.person && rng_uniform(reader) < stays)
            m->delegates[kept++] = *d;
    }
    m->delegate_count = kept;
    if (kept == wanted)
        return;
    float *claims = week->effort; /* its use this week is over: energy.c has read it */
    for (uint32_t i = 0; i < s->staff; i++)
        claims[i] = goes_already(m, i) ? -2.0f : claim(week, &s->teachers[i], p->send, reader);
    while (m->delegate_count < wanted) {
        uint32_t best = 0;
        for (uint32_t i = 1; i < s->staff; i++)
            best = claims[i] > claims[best] ? i : best;
        claims[best] = -2.0f;
        m->delegates[m->delegate_count++].shown = (struct shown){.teacher = (uint16_t)best,
                                                                 .person = s->teachers[best].person};
    }
}

static void prepare(struct week *week, const struct networks_params *p, const struct network *n,
                    struct rng_reader *reader)
{
    struct school *s = week->school;
    struct membership *m = s->membership;
    const float base = (float)p->attendance + (float)p->by_worth * m->worth +
                       (float)p->by_formality * (float)n->p->formality;
    choose_delegates(week, n->p, reader);
    m->present = 0;
    for (uint32_t k = 0; k < m->delegate_count; k++) {
        struct delegate *d = &m->delegates[k];
        const struct teacher *t = &s->teachers[d->shown.teacher];
        const float fit = n->agenda ? (float)count_bits(t->valued & n->agenda) / (float)count_bits(n->agenda) : 0.5f;
        const float outlook = base + (float)p->by_commitment * (t->commitment - 0.5f) +
                              (float)p->by_fit * (float)n->p->purpose * (fit - 0.5f);
        d->shown = networks_show(s, d->shown.teacher, s->number, 0);
        d->commitment = t->commitment;
        d->coming = rng_uniform(reader) < curve_logistic(outlook) * curve_share(s->contact);
        m->present += d->coming;
    }
}

/* To be read in the next week, by those who have contacts here. */
static void show_all(struct week *week)
{
    struct membership *m = week->school->membership;
    struct shown *page = m->shown[networks_page(week->number + 1)];
    for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
        const struct contact *c = &m->contacts[k];
        page[k] = c->taken ? networks_show(week->school, c->mine, c->school, c->back) : (struct shown){0};
    }
}

static void step(struct week *week, const void *params)
{
    const struct networks_params *p = params;
    struct school *s = week->school;
    struct membership *m = s->membership;
    if (!m)
        return;
    struct rng_reader reader;
    week_reader(week, STREAM_NETWORKS, &reader);
    if (m->encounter_count)
        come_home(week, p, &reader);
    if (week->number % CONTACT_WEEKS == 0) {
        keep_contacts(week, p, &reader);
        work_together(week, p, &reader);
    }
    if ((week->number + 1) % CONTACT_WEEKS == 0)
        show_all(week);
    if (m->network < 0)
        return;
    const struct network *n = &week->world->networks->list[m->network];
    if (network_lasts(n, week->number)) {
        s->cost += (float)n->p->cost;
        s->spent += n->p->cost;
    }
    if (network_meets(n, week->number + 1))
        prepare(week, p, n, &reader);
}

const struct process networks_process = {"networks", "Networks of schools", "S8 S9", &networks_rules, step};
