/* A meeting of a network, and what is due between weeks, one thread: networks are founded, their delegates matched,
 * newcomers admitted, communities met.
 *
 * A meeting has rounds. In each, a delegate sits with an outside expert (chance `outside`), seeks the lead school (chance
 * `centralization`), or a fellow of the same community of practice, or somebody known from before, or anyone of another
 * school. A person talks with one other at a time: who finds the lead school's people taken listens to them with
 * others, which is storytelling. A talk's depth goes by the rule of depth.c, with the trust of the contact, what both
 * value of the agenda, and how informal the network is. */
#include "../process/group.h"
#include "networks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One who has come. */
struct attending {
    struct side side;
    uint8_t community; /* of the network, from 1; 0: in none */
    bool lead, busy;
    uint32_t taught; /* talks in which others learned from this one's school, for the distribution of leadership */
};

struct attending *meeting_space(size_t schools)
{
    return calloc(schools * DELEGATES_MAX, sizeof(struct attending));
}

struct meeting {
    struct world *world;
    struct network *network;
    const struct network_params *p;
    struct meeting_rules rules;
    struct attending *list;
    uint32_t count, leads; /* the lead school's people come first */
    struct rng_reader reader;
    uint32_t talks, deep;
    float trust; /* of talks, summed */
};

/* What a talk is about: the agenda, as often as the network keeps to it. */
static uint64_t subject(struct meeting *m)
{
    return rng_uniform(&m->reader) < (float)m->p->purpose && m->network->agenda ? m->network->agenda : ~UINT64_C(0);
}

static void sit_with_expert(struct meeting *m, struct attending *a)
{
    uint64_t about = subject(m);
    if (about == ~UINT64_C(0)) /* experts bring what is about in the world, and the programme */
        about = ~m->world->lasting | m->network->agenda;
    across_bring(&a->side, &(struct encounter){.spoken.about = about, .expert = 1});
}

/* One hears, of several, what the lead school tells. */
static void listen(struct meeting *m, struct attending *a, struct attending *teller)
{
    across_bring(&a->side, &(struct encounter){.other = teller->side.shown.rungs, .spoken.about = subject(m)});
    teller->taught++;
    m->talks++;
    m->trust += depth_strangers(m->world) * a->side.school->trust;
}

static void talk(struct meeting *m, struct attending *a, struct attending *b)
{
    const uint64_t agenda = m->network->agenda, about = subject(m);
    const bool shared = (a->side.shown.rungs.valued & b->side.shown.rungs.valued & about & agenda) && about == agenda;
    const uint8_t both = a->community == b->community ? a->community : 0;
    struct group *group = both ? &m->network->communities[both - 1].group : NULL;
    const struct across across = {.about = about,
                                  .focus = (shared ? m->rules.by_focus : 0.0f) +
                                           (group ? depth_by_phase(m->world) * group->phase : 0.0f),
                                  .informality = 1.0f - (float)m->p->formality,
                                  .facilitation = (float)m->p->facilitation};
    const struct talked talked = across_talk(m->world, &across, &a->side, &b->side, &m->reader);
    if (group && talked.spoken.depth >= SHARING)
        group_advance(m->world, group, talked.spoken.conflict);
    a->busy = b->busy = true;
    a->taught++;
    b->taught++;
    m->talks += 2;
    m->deep += talked.spoken.depth >= SHARING ? 2 : 0;
    m->trust += 2 * talked.trust;
}

/* The contacts that are a's own, not a colleague's: few, and looked for once rather than for everyone present. */
static uint32_t own_contacts(const struct side *a, const struct contact *own[CONTACTS_MAX])
{
    uint32_t count = 0;
    for (uint32_t k = 0; k < CONTACTS_MAX; k++)
        if (a->of->contacts[k].taken && a->of->contacts[k].own == a->shown.person)
            own[count++] = &a->of->contacts[k];
    return count;
}

static bool is_among(const struct contact *const *own, uint32_t count, const struct side *b)
{
    for (uint32_t k = 0; k < count; k++)
        if (own[k]->school == b->shown.school && own[k]->person == b->shown.person)
            return true;
    return false;
}

/* Somebody of another school who is free: a fellow, known already, or whoever comes along. */
static struct attending *partner(struct meeting *m, const struct attending *a)
{
    if (rng_uniform(&m->reader) < m->rules.again) {
        const struct contact *own[CONTACTS_MAX];
        const uint32_t from = rng_below(&m->reader, m->count), contacts = own_contacts(&a->side, own);
        const uint32_t worth = contacts || a->community ? m->count : 0; /* looking at so many */
        struct attending *known = NULL;
        for (uint32_t k = 0; k < worth && !(known && !a->community); k++) {
            struct attending *b = &m->list[(from + k) % m->count];
            if (b->busy || b->side.school == a->side.school)
                continue;
            if (a->community && a->community == b->community)
                return b;
            known = known || !is_among(own, contacts, &b->side) ? known : b;
        }
        if (known)
            return known;
    }
    for (int tries = 0; tries < 6; tries++) {
        struct attending *b = &m->list[rng_below(&m->reader, m->count)];
        if (!b->busy && b->side.school != a->side.school)
            return b;
    }
    return NULL;
}

static void round_of_talks(struct meeting *m)
{
    for (uint32_t k = 0; k < m->count; k++)
        m->list[k].busy = false;
    const uint32_t from = rng_below(&m->reader, m->count);
    for (uint32_t k = 0; k < m->count; k++) {
        struct attending *a = &m->list[(from + k) % m->count];
        if (a->busy)
            continue;
        if (rng_uniform(&m->reader) < (float)m->p->outside) {
            sit_with_expert(m, a);
            a->busy = true;
        } else if (m->leads && !a->lead && rng_uniform(&m->reader) < (float)m->p->centralization) {
            struct attending *lead = &m->list[rng_below(&m->reader, m->leads)];
            if (lead->busy)
                listen(m, a, lead);
            else
                talk(m, a, lead);
            a->busy = true;
        } else {
            struct attending *b = partner(m, a);
            if (b)
                talk(m, a, b);
        }
    }
}

/* ---- what it is about ---- */

/* An idea that many value and do not use; of the lead school alone when it sets the agenda. */
static uint64_t concern(struct meeting *m, uint64_t not_these)
{
    const bool led = m->leads && rng_uniform(&m->reader) < (float)m->p->centralization;
    const uint32_t people = led ? m->leads : m->count;
    uint32_t wanted[IDEAS] = {0}, most = 0;
    uint64_t best = 0;
    for (uint32_t k = 0; k < people; k++) {
        const struct rungs *r = &m->list[k].side.shown.rungs;
        for (uint64_t left = r->valued & ~r->used & ~not_these; left; left &= left - 1)
            wanted[__builtin_ctzll(left)]++;
    }
    for (int k = 0; k < IDEAS; k++) {
        if (wanted[k] > most)
            best = 0;
        if (wanted[k] >= most && wanted[k])
            best |= UINT64_C(1) << k;
        most = wanted[k] > most ? wanted[k] : most;
    }
    return draw_idea(best, &m->reader);
}

static void set_agenda(struct meeting *m)
{
    struct network *n = m->network;
    const uint64_t programme = m->world->networks->programme[n->section];
    if (programme) {
        n->agenda = programme;
        return;
    }
    for (uint64_t left = n->agenda; left; left &= left - 1) {
        uint32_t use = 0;
        for (uint32_t k = 0; k < m->count; k++)
            use += (m->list[k].side.shown.rungs.used & left & -left) != 0;
        if ((float)use > m->rules.done * (float)m->count)
            n->agenda &= ~(left & -left);
    }
    while (count_bits(n->agenda) < m->rules.concerns) {
        const uint64_t idea = concern(m, n->agenda);
        if (!idea)
            return;
        n->agenda |= idea;
    }
}

/* ---- the meeting ---- */

/* Of a delegate who has not left since. */
static uint8_t community_of(const struct school *s, const struct shown *shown)
{
    const struct teacher *t = &s->teachers[shown->teacher];
    return t->person == shown->person ? t->community : 0;
}

static void gather(struct meeting *m)
{
    m->count = m->leads = 0;
    for (uint32_t k = 0; k < m->network->size; k++) {
        const uint32_t number = m->network->member[k];
        const struct school *s = &m->world->schools[number];
        struct membership *of = &m->world->networks->of[number];
        of->encounter_count = 0;
        for (uint32_t d = 0; d < of->delegate_count; d++)
            if (of->delegates[d].coming && of->present)
                m->list[m->count++] = (struct attending){.side = {of, s, of->delegates[d].shown},
                                                         .community = community_of(s, &of->delegates[d].shown),
                                                         .lead = k == 0};
        of->missed = of->present ? 0 : of->missed + 1;
        if (k == 0)
            m->leads = m->count;
    }
}

static void measure(struct meeting *m)
{
    struct features *f = &m->network->features;
    const float count = (float)m->count;
    float formal = 0, purpose = 0, squares = 0, sum = 0, expected = 0;
    for (uint32_t k = 0; k < m->count; k++) {
        const struct shown *s = &m->list[k].side.shown;
        formal += roles[s->role].formal;
        purpose += m->network->agenda
                       ? (float)count_bits(s->rungs.valued & m->network->agenda) / (float)count_bits(m->network->agenda)
                       : 0;
        squares += (float)m->list[k].taught * (float)m->list[k].taught;
        sum += (float)m->list[k].taught;
    }
    for (uint32_t k = 0; k < m->network->size; k++)
        expected += (float)m->world->networks->of[m->network->member[k]].delegate_count;
    const float talks = (float)m->talks, none = m->count ? 0.0f : (float)NAN;
    f->attendance = expected > 0 ? count / expected : 0;
    f->purpose = m->count ? purpose / count : none;
    f->formal = m->count ? formal / count : none;
    f->trust = m->talks ? m->trust / talks : none;
    f->depth = m->talks ? (float)m->deep / talks : none;
    /* Evenness: how many would share it equally, of those present (inverse Herfindahl). */
    f->distributed = squares > 0 ? sum * sum / squares / count : none;
}

static void meet(struct meeting *m)
{
    gather(m);
    if (m->count) {
        set_agenda(m);
        for (int64_t r = 0; r < m->p->talks && m->count > 1; r++)
            round_of_talks(m);
    }
    measure(m);
    m->network->meetings++;
}

/* What the last meeting gave, told by the schools: rungs climbed a delegate. */
static void count_gains(struct world *world, struct network *n)
{
    float climbed = 0, people = 0;
    for (uint32_t k = 0; k < n->size; k++) {
        const struct membership *of = &world->networks->of[n->member[k]];
        climbed += of->present ? (float)of->climbed : 0;
        people += (float)of->present;
    }
    n->features.climbed = people > 0 ? climbed / people : (float)NAN;
}

/* Where schools read what others showed, all of them must have come to the end of the week before. */
bool networks_exchange_due(const struct world *world, int64_t week)
{
    const struct networks *all = world->networks;
    bool due = week >= all->first && week % CONTACT_WEEKS == 0;
    for (uint32_t k = 0; k < all->count && !due; k += (uint32_t)all->list[k].p->count) {
        const struct network *n = &all->list[k]; /* those of one section keep the same weeks */
        due = (!n->founded && week >= n->p->start) || network_meets(n, week - 1) || network_meets(n, week);
    }
    return due;
}

static void exchange(struct world *world, struct network *n, int64_t week)
{
    struct meeting m = {.world = world, .network = n, .p = n->p, .list = world->networks->attending};
    const bool founds = !n->founded && week >= n->p->start;
    const bool met = network_meets(n, week - 1), meets = network_meets(n, week);
    if (!founds && !met && !meets)
        return;
    rng_reader_start(&m.reader, (struct rng_key){.seed = world->seed,
                                                 .replicate = world->replicate,
                                                 .school = n->number,
                                                 .week = (uint32_t)week,
                                                 .stream = STREAM_MEETINGS});
    if (founds)
        networks_found(world, n, &m.reader);
    if (met)
        count_gains(world, n);
    if (!meets)
        return;
    m.rules = networks_meeting_rules(world);
    meet(&m);
    networks_grow(world, n, &m.reader);
    networks_shrink(world, n);
}

void networks_exchange(struct world *world, int64_t week)
{
    struct networks *all = world->networks;
    for (uint32_t k = 0; k < all->count; k++) {
        all->list[k].agenda &= ~world->obsolete;
        exchange(world, &all->list[k], week);
        if (week >= all->first && week % CONTACT_WEEKS == 0)
            communities_exchange(world, &all->list[k], week);
    }
}
