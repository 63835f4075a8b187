/* Between weeks, one thread: networks are founded, their delegates matched, newcomers admitted. Only copies made at last week's
 * end are read (networks.h).
 *
 * A meeting has rounds. In each, a delegate sits with an outside expert (chance `outside`), seeks the lead school (chance
 * `centralization`), or somebody known from before, or anyone of another school. A person talks with one other at a time: who
 * finds the lead school's people taken listens to them with others, which is storytelling. A talk's depth goes by the rule
 * of depth.c, with the trust of the contact, what both value of the agenda, and how informal the network is. */
#include "networks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RENEW_AFTER 0.7f /* share of those present who use an idea of the agenda: it is done with */

/* One who has come. */
struct attending {
    struct membership *of;
    const struct school *school;
    uint8_t delegate;
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
    uint32_t talks, deep, conflicts, productive;
    float trust; /* of talks, summed */
};

static const struct shown *shown_of(const struct attending *a)
{
    return &a->of->delegates[a->delegate].shown;
}

/* The contact that a has with b, or NULL. */
static struct contact *contact_of(const struct attending *a, const struct attending *b)
{
    const struct shown *me = shown_of(a), *other = shown_of(b);
    for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
        struct contact *c = &a->of->contacts[k];
        if (c->taken && c->own == me->person && c->school == other->school && c->person == other->person)
            return c;
    }
    return NULL;
}

/* A free slot, or the weakest, whose other side notices when it looks. */
static uint32_t contact_slot(const struct membership *m)
{
    uint32_t best = 0;
    for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
        if (!m->contacts[k].taken)
            return k;
        if (m->contacts[k].strength < m->contacts[best].strength)
            best = k;
    }
    return best;
}

static void contact_half(const struct attending *a, uint32_t slot, const struct attending *b, uint32_t back,
                         float trust, int64_t week)
{
    const struct shown *me = shown_of(a), *other = shown_of(b);
    a->of->contacts[slot] = (struct contact){.school = other->school,
                                             .person = other->person,
                                             .own = me->person,
                                             .mine = me->teacher,
                                             .theirs = other->teacher,
                                             .strength = level_of(0.1f),
                                             .trust = level_of(trust),
                                             .back = (uint8_t)back,
                                             .taken = 1};
    a->of->shown[networks_page(week)][slot] = *me;
    a->of->shown[networks_page(week)][slot].school = other->school;
    a->of->shown[networks_page(week)][slot].slot = (uint8_t)back;
}

static void contact_make(struct meeting *m, const struct attending *a, const struct attending *b, float trust)
{
    const uint32_t at_a = contact_slot(a->of), at_b = contact_slot(b->of);
    contact_half(a, at_a, b, at_b, trust, m->world->week);
    contact_half(b, at_b, a, at_a, trust, m->world->week);
}

static void encounter_add(struct attending *a, const struct encounter *e)
{
    if (a->of->encounter_count == ENCOUNTERS_MAX)
        return;
    struct encounter *at = &a->of->encounters[a->of->encounter_count++];
    *at = *e;
    at->delegate = a->delegate;
}

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
    encounter_add(a, &(struct encounter){.about = about, .expert = 1});
}

/* One hears, of several, what the lead school tells. */
static void listen(struct meeting *m, struct attending *a, struct attending *teller)
{
    encounter_add(a, &(struct encounter){.other = shown_of(teller)->rungs, .about = subject(m)});
    teller->taught++;
    m->talks++;
    m->trust += depth_strangers(m->world) * a->school->trust;
}

static void talk(struct meeting *m, struct attending *a, struct attending *b)
{
    const struct shown *sa = shown_of(a), *sb = shown_of(b);
    struct contact *ca = contact_of(a, b), *cb = contact_of(b, a);
    const float stranger = depth_strangers(m->world) * 0.5f * (a->school->trust + b->school->trust);
    const float trust = ca && cb ? 0.5f * (level_value(ca->trust) + level_value(cb->trust)) : stranger;
    const uint64_t about = subject(m);
    const bool shared = (sa->rungs.valued & sb->rungs.valued & about & m->network->agenda) &&
                        about == m->network->agenda;
    const float openness = 0.5f * (a->school->lived[LEVER_OPENNESS] + b->school->lived[LEVER_OPENNESS]);
    const float pushback = 0.5f * (a->school->pushback + b->school->pushback);
    const float outlook = depth_outlook(m->world, trust, openness, pushback) + (shared ? m->rules.by_focus : 0.0f) +
                          m->rules.informality * (1.0f - (float)m->p->formality);
    const int depth = depth_draw(m->world, outlook, rng_uniform(&m->reader));
    int conflict = 0;
    if (depth >= SHARING) {
        const float skill = 0.5f * (a->school->lived[LEVER_DISPERSAL] + b->school->lived[LEVER_DISPERSAL]) +
                            (float)m->p->facilitation;
        conflict = dissonance_draw(m->world, likeness(sa->rungs.valued, sb->rungs.valued), trust, skill, &m->reader);
    }
    encounter_add(a, &(struct encounter){
                         .other = sb->rungs, .about = about, .depth = (uint8_t)depth, .conflict = (uint8_t)conflict});
    encounter_add(b, &(struct encounter){
                         .other = sa->rungs, .about = about, .depth = (uint8_t)depth, .conflict = (uint8_t)conflict});
    if (ca && cb) {
        contact_talk(m->world, ca, depth, conflict);
        contact_talk(m->world, cb, depth, conflict);
    } else if (depth >= AID && conflict != 1 && !ca && !cb &&
               rng_uniform(&m->reader) < m->rules.founding * (1.0f + (float)depth)) {
        contact_make(m, a, b, stranger);
    }
    a->busy = b->busy = true;
    a->taught++;
    b->taught++;
    m->talks += 2;
    m->deep += depth >= SHARING ? 2 : 0;
    m->conflicts += conflict > 0 ? 2 : 0;
    m->productive += conflict == 2 ? 2 : 0;
    m->trust += 2 * trust;
}

/* Somebody of another school who is free: known already, or whoever comes along. */
static struct attending *partner(struct meeting *m, const struct attending *a)
{
    if (rng_uniform(&m->reader) < m->rules.again) {
        const uint32_t from = rng_below(&m->reader, m->count);
        for (uint32_t k = 0; k < m->count; k++) {
            struct attending *b = &m->list[(from + k) % m->count];
            if (!b->busy && b->school != a->school && contact_of(a, b))
                return b;
        }
    }
    for (int tries = 0; tries < 6; tries++) {
        struct attending *b = &m->list[rng_below(&m->reader, m->count)];
        if (!b->busy && b->school != a->school)
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
        const struct rungs *r = &shown_of(&m->list[k])->rungs;
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
            use += (shown_of(&m->list[k])->rungs.used & left & -left) != 0;
        if ((float)use > RENEW_AFTER * (float)m->count)
            n->agenda &= ~(left & -left);
    }
    while (count_bits(n->agenda) < AGENDA_IDEAS) {
        const uint64_t idea = concern(m, n->agenda);
        if (!idea)
            return;
        n->agenda |= idea;
    }
}

/* ---- the meeting ---- */

static void gather(struct meeting *m)
{
    m->count = m->leads = 0;
    for (uint32_t k = 0; k < m->network->size; k++) {
        const uint32_t number = m->network->member[k];
        struct membership *of = &m->world->networks->of[number];
        of->encounter_count = 0;
        for (uint32_t d = 0; d < of->delegate_count; d++)
            if (of->delegates[d].coming && of->present)
                m->list[m->count++] = (struct attending){
                    .of = of, .school = &m->world->schools[number], .delegate = (uint8_t)d, .lead = k == 0};
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
        const struct shown *s = shown_of(&m->list[k]);
        formal += roles[s->role].sought > 0;
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
    f->inquiry = m->deep ? (float)m->productive / (float)m->deep : (float)NAN;
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

/* ---- members ---- */

void networks_join(struct world *world, struct network *n, uint32_t school)
{
    struct membership *m = &world->networks->of[school];
    n->member[n->size++] = school;
    m->network = (int32_t)n->number;
    m->missed = m->delegate_count = m->present = 0;
    m->worth = 0.3f; /* expectations */
}

static void leave(struct world *world, struct network *n, uint32_t at)
{
    world->networks->of[n->member[at]].network = -1;
    for (n->size--; at < n->size; at++) /* the order tells the lead school */
        n->member[at] = n->member[at + 1];
}

/* What an exclusive network looks for. */
static float fitness(const struct world *world, uint32_t school)
{
    const struct school *s = &world->schools[school];
    return 0.5f * (s->trust + s->enthusiasm);
}

static uint32_t next_free(const struct world *world)
{
    uint32_t s = 0;
    while (s < world->school_count && world->networks->of[s].network >= 0)
        s++;
    return s;
}

uint32_t networks_compared(const struct network_params *p)
{
    return 1 + (uint32_t)(7 * p->exclusivity);
}

/* The fittest of some free schools drawn; school_count when none is free. */
static uint32_t invite(const struct world *world, uint32_t compared, struct rng_reader *reader)
{
    uint32_t best = world->school_count;
    for (uint32_t found = 0, tries = 0; found < compared && tries < 16 * compared; tries++) {
        const uint32_t draw = (rng_below(reader, 1u << 15) << 15) + rng_below(reader, 1u << 15);
        const uint32_t school = draw % world->school_count;
        if (world->networks->of[school].network >= 0)
            continue;
        found++;
        if (best == world->school_count || fitness(world, school) > fitness(world, best))
            best = school;
    }
    return best == world->school_count ? next_free(world) : best;
}

/* The first founder is the next free school; each other place goes to the fittest of some, more of them the more exclusive
 * the network is. Where one alone is compared, schools come in their order. */
void networks_found(struct world *world, struct network *n, struct rng_reader *reader)
{
    const uint32_t compared = networks_compared(n->p);
    n->founded = true;
    while (n->size < n->wanted) {
        const uint32_t school = compared == 1 || n->size == 0 ? next_free(world) : invite(world, compared, reader);
        if (school == world->school_count)
            return;
        networks_join(world, n, school);
    }
}

/* Schools that were there tell others; who hears of it asks as keen as its people are, and is admitted as the network is
 * open, and as fit as it is not. */
static void grow(struct world *world, struct network *n, struct rng_reader *reader)
{
    const float e = (float)n->p->exclusivity;
    const uint32_t size = n->size;
    float usual = 0;
    for (uint32_t k = 0; k < size; k++)
        usual += fitness(world, n->member[k]) / (float)size;
    for (uint32_t k = 0; k < size; k++) {
        if (!world->networks->of[n->member[k]].present)
            continue;
        for (int told = curve_poisson(rng_uniform(reader), (float)n->p->word); told > 0; told--) {
            const uint32_t draw = (rng_below(reader, 1u << 15) << 15) + rng_below(reader, 1u << 15);
            const uint32_t school = draw % world->school_count;
            const bool asks = rng_uniform(reader) < world->schools[school].enthusiasm;
            const bool admitted = rng_uniform(reader) >= e && fitness(world, school) >= e * usual;
            if (world->networks->of[school].network < 0 && asks && admitted && n->size < n->room)
                networks_join(world, n, school);
        }
    }
}

static void shrink(struct world *world, struct network *n)
{
    for (uint32_t k = n->size; k-- > 0 && n->p->patience > 0;)
        if (world->networks->of[n->member[k]].missed >= n->p->patience)
            leave(world, n, k);
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

void networks_exchange(struct world *world, int64_t week)
{
    struct networks *all = world->networks;
    for (uint32_t k = 0; k < all->count; k++) {
        struct network *n = &all->list[k];
        struct meeting m = {.world = world, .network = n, .p = n->p, .list = all->attending};
        n->agenda &= ~world->obsolete;
        const bool founds = !n->founded && week >= n->p->start;
        const bool met = network_meets(n, week - 1), meets = network_meets(n, week);
        if (!founds && !met && !meets)
            continue;
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
            continue;
        m.rules = networks_meeting_rules(world);
        meet(&m);
        grow(world, n, &m.reader);
        shrink(world, n);
    }
}
