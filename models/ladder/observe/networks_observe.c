/* What is observed of networks of schools: Earl & Katz's features as each member school has them, and its people's
 * contacts. */
#include "../schools/networks.h"

#include <math.h>
#include <string.h>

#define COLUMN_ENUM(name, unit, meaning, kind, of, lo, hi) AT_##name,
enum { NETWORK_COLUMNS(COLUMN_ENUM) AT_COUNT };

/* A broker has contacts in two schools: the first one's school is remembered, another one counts. */
static void observe_contacts(const struct school *s, double *row)
{
    static _Thread_local uint32_t first[STAFF_MAX]; /* 1 + school; UINT32_MAX: counted */
    uint32_t contacts = 0, brokers = 0;
    memset(first, 0, s->staff * sizeof first[0]);
    for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
        const struct contact *c = &s->membership->contacts[k];
        if (!c->taken)
            continue;
        contacts++;
        if (first[c->mine] && first[c->mine] != UINT32_MAX && first[c->mine] != c->school + 1) {
            brokers++;
            first[c->mine] = UINT32_MAX;
        } else if (!first[c->mine]) {
            first[c->mine] = c->school + 1;
        }
    }
    row[AT_contacts] = (double)contacts / s->staff;
    row[AT_brokers] = (double)brokers / s->staff;
}

/* Features of networks after Earl & Katz: of the whole network, but inquiry, which is the school's own. */
void networks_observe(const struct world *world, const struct school *s, double *row)
{
    for (int c = 0; c < AT_COUNT; c++)
        row[c] = (double)NAN;
    if (!s->membership)
        return;
    const int32_t number = s->membership->network;
    row[AT_networked] = number >= 0;
    observe_contacts(s, row);
    if (number < 0)
        return;
    const struct network *n = &world->networks->list[number];
    const struct features *f = &n->features;
    row[AT_network_schools] = n->size;
    row[AT_network_groups] = n->community_count;
    uint32_t grouped = 0;
    for (uint32_t i = 0; i < s->staff; i++)
        grouped += s->teachers[i].community != 0;
    row[AT_network_grouped] = (double)grouped / s->staff;
    row[AT_network_purpose] = (double)f->purpose;
    row[AT_network_trust] = (double)f->trust;
    row[AT_network_depth] = (double)f->depth;
    row[AT_network_inquiry] = s->membership->deep > 0 ? (double)(s->membership->inquired / s->membership->deep)
                                                      : (double)NAN;
    row[AT_network_formal] = (double)f->formal;
    row[AT_network_distributed] = (double)f->distributed;
    row[AT_network_attendance] = (double)f->attendance;
    row[AT_network_climbed] = (double)f->climbed;
}

/* Looks at no other school: those may be at work. */
static int verify_contacts(const struct world *world, const struct school *s, char *why, size_t size)
{
    for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
        const struct contact *c = &s->membership->contacts[k];
        if (!c->taken)
            continue;
        if (c->school >= world->school_count || c->school == s->number || c->mine >= s->staff ||
            c->theirs >= world->schools[c->school].staff || c->back >= CONTACTS_MAX)
            return snprintf(why, size, "school %u: contact %u is with nobody", s->number + 1, k);
    }
    return 0;
}

/* Its people in communities across schools, as these have them. Who came to a post in this week is struck from the list of
 * those before in the next. */
static int verify_communities(const struct network *n, const struct school *s, char *why, size_t size)
{
    uint32_t said = 0, seats = 0;
    for (uint32_t i = 0; i < s->staff; i++)
        said += s->teachers[i].community != 0;
    for (uint32_t k = 0; n && k < n->community_count; k++) {
        const struct community *c = &n->communities[k];
        if (n->community_count > n->community_room || c->group.size > GROUP_SIZE_MAX ||
            !(c->group.phase >= 0 && c->group.phase <= 2))
            return snprintf(why, size, "network %u: community %u: size %u or phase %g out of range", n->number + 1,
                            k + 1, c->group.size, (double)c->group.phase);
        for (uint32_t m = 0; m < c->group.size; m++) {
            const uint32_t post = c->group.member[m];
            if (c->school[m] != s->number || (post < s->staff && s->teachers[post].person != c->person[m]))
                continue;
            if (post >= s->staff || s->teachers[post].community != k + 1)
                return snprintf(why, size, "school %u: community %u lists post %u, which is not in it", s->number + 1,
                                k + 1, post);
            seats++;
        }
    }
    return said == seats
               ? 0
               : snprintf(why, size, "school %u: %u people say they are in a community across schools, %u are listed",
                          s->number + 1, said, seats);
}

int networks_verify(const struct world *world, const struct school *s, char *why, size_t size)
{
    const struct networks *all = world->networks;
    const struct membership *m = s->membership;
    if (!m)
        return 0;
    if (m->network >= (int32_t)all->count || m->delegate_count > DELEGATES_MAX || m->present > m->delegate_count ||
        m->encounter_count > ENCOUNTERS_MAX || !(m->worth >= 0 && m->worth <= 1) ||
        !(m->inquired >= 0 && m->inquired <= m->deep))
        return snprintf(why, size, "school %u: network, delegates, encounters or worth are out of bounds",
                        s->number + 1);
    if (m->network < 0 && s->number < all->taken)
        return snprintf(why, size, "school %u: in no network, yet counted among the first %u, which are", s->number + 1,
                        all->taken);
    for (uint32_t d = 0; d < m->delegate_count; d++)
        for (uint32_t e = 0; e < d; e++)
            if (m->delegates[d].shown.teacher == m->delegates[e].shown.teacher)
                return snprintf(why, size, "school %u: sends person %u twice", s->number + 1,
                                m->delegates[d].shown.teacher);
    if (verify_contacts(world, s, why, size))
        return 1;
    if (verify_communities(m->network < 0 ? NULL : &all->list[m->network], s, why, size))
        return 1;
    if (m->network < 0)
        return 0;
    const struct network *n = &all->list[m->network];
    uint32_t here = 0;
    for (uint32_t k = 0; k < n->size; k++)
        here += n->member[k] == s->number;
    if (here != 1 || n->size > n->room)
        return snprintf(why, size, "school %u: its network %d lists it %u times among %u members", s->number + 1,
                        m->network + 1, here, n->size);
    return 0;
}
