/* Communities of practice that span schools of one network: between weeks, one thread, in every fourth week.
 *
 * The rules are those of communities among colleagues (process/group.h). Somebody who values an idea and does not use
 * it asks those whom one trusts and who value it too: contacts in other schools first, then colleagues; where one of
 * the former says yes it spans schools. Its members may be in a community at home besides (Wenger 1998: who belongs to
 * several is a broker). They talk with members of other schools, as contacts do, between the network's meetings and at
 * these, where they look for each other (meeting.c); deep talk advances its phase, quarrels throw it back. What the
 * phase does to members is worked out by each school in the week (networks.c). They talk and work at the share
 * `networks.apart` of what colleagues do; they form, take in and end in a week as likely as colleagues' groups. */
#include "../process/group.h"
#include "networks.h"

static struct teacher *member_of(const struct world *world, const struct community *c, uint32_t m)
{
    return &world->schools[c->school[m]].teachers[c->group.member[m]];
}

static void strike(struct community *c, uint32_t m)
{
    const uint32_t last = --c->group.size;
    c->group.member[m] = c->group.member[last];
    c->school[m] = c->school[last];
    c->person[m] = c->person[last];
}

static void enrol(const struct world *world, struct community *c, uint32_t school, uint32_t post)
{
    const uint32_t m = c->group.size++;
    c->group.member[m] = (uint16_t)post;
    c->school[m] = school;
    c->person[m] = world->schools[school].teachers[post].person;
}

/* Its members are told that they are in the number-th, from 1; 0: in none. */
static void tell(const struct world *world, const struct community *c, uint32_t number)
{
    for (uint32_t m = 0; m < c->group.size; m++)
        member_of(world, c, m)->community = (uint8_t)number;
}

static void dissolve(const struct world *world, struct network *n, uint32_t c)
{
    const uint32_t last = --n->community_count;
    tell(world, &n->communities[c], 0);
    if (c == last)
        return;
    n->communities[c] = n->communities[last];
    tell(world, &n->communities[c], c + 1);
}

void communities_leave(struct world *world, struct network *n, uint32_t school)
{
    for (uint32_t k = 0; k < n->community_count; k++) {
        struct community *c = &n->communities[k];
        for (uint32_t m = c->group.size; m-- > 0;)
            if (c->school[m] == school) {
                if (member_of(world, c, m)->person == c->person[m])
                    member_of(world, c, m)->community = 0;
                strike(c, m);
            }
    }
}

/* ---- how one forms ---- */

/* Somebody there who values the idea and is in no such community. */
static bool would_join(const struct world *world, const struct network *n, uint32_t school, uint32_t post,
                       uint64_t ideas)
{
    const struct teacher *t = &world->schools[school].teachers[post];
    return world->networks->of[school].network == (int32_t)n->number && !t->community && (t->valued & ideas);
}

/* The contact is this person's, and the other is still there. */
static bool knows(const struct world *world, const struct contact *c, const struct teacher *t)
{
    return c->taken && c->own == t->person && world->schools[c->school].teachers[c->theirs].person == c->person;
}

static void form(const struct world *world, struct network *n, uint32_t school, const struct groups_params *p,
                 struct rng_reader *reader)
{
    const struct school *s = &world->schools[school];
    const struct membership *of = &world->networks->of[school];
    const uint32_t i = rng_below(reader, s->staff);
    const struct teacher *t = &s->teachers[i];
    const level enough = level_of((float)p->trust);
    uint32_t trusted[CONTACTS_MAX], count = 0;
    for (uint32_t k = 0; k < CONTACTS_MAX; k++)
        if (of->contacts[k].mine == i && of->contacts[k].trust >= enough && knows(world, &of->contacts[k], t))
            trusted[count++] = k;
    if (!count || t->community || n->community_count == n->community_room)
        return;
    const uint64_t idea = group_concern(world, s, t, reader);
    if (!idea)
        return;
    struct community *c = &n->communities[n->community_count];
    *c = (struct community){.group = {.ideas = idea}};
    enrol(world, c, school, i);
    for (uint32_t k = 0; k < count && c->group.size < p->founders; k++) {
        const struct contact *contact = &of->contacts[trusted[k]];
        if (would_join(world, n, contact->school, contact->theirs, idea))
            enrol(world, c, contact->school, contact->theirs);
    }
    const bool spans = c->group.size > 1;
    for (uint32_t k = 0; k < t->ties && spans && c->group.size < p->founders; k++)
        if (t->alter[k] < s->staff && t->trust[k] >= enough && would_join(world, n, school, t->alter[k], idea) &&
            outreach_passes(world, s, i, t->alter[k], reader))
            enrol(world, c, school, t->alter[k]);
    if (!spans || c->group.size < p->least)
        return;
    tell(world, c, ++n->community_count);
}

/* ---- how one lives ---- */

static bool spans(const struct community *c)
{
    for (uint32_t m = 1; m < c->group.size; m++)
        if (c->school[m] != c->school[0])
            return true;
    return false;
}

static struct side side_of(const struct world *world, const struct community *c, uint32_t m)
{
    const struct school *s = &world->schools[c->school[m]];
    return (struct side){.of = &world->networks->of[c->school[m]],
                         .school = s,
                         .shown = networks_show(s, c->group.member[m], c->school[m], 0)};
}

/* Who lets themselves be heard between the network's meetings, with members of other schools. */
static void talk(struct world *world, const struct network *n, struct community *c, float often,
                 struct rng_reader *reader)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    const struct across across = {.about = ~UINT64_C(0),
                                  .focus = depth_by_phase(world) * c->group.phase,
                                  .informality = 1.0f - (float)n->p->formality,
                                  .between = 1};
    for (uint32_t m = 0; m < c->group.size; m++) {
        const struct school *s = &world->schools[c->school[m]];
        const float rate = often * groups_time(p, s->lived[LEVER_TIME]) * s->contact;
        for (int k = curve_poisson(rng_uniform(reader), rate); k > 0; k--) {
            const uint32_t other = rng_below(reader, c->group.size);
            if (c->school[other] == c->school[m])
                continue;
            struct side a = side_of(world, c, m), b = side_of(world, c, other);
            const struct talked talked = across_talk(world, &across, &a, &b, reader);
            if (talked.spoken.depth >= SHARING)
                group_advance(world, &c->group, talked.spoken.conflict);
        }
    }
}

/* Somebody whom a member knows, elsewhere or at home. */
static void recruit(const struct world *world, struct network *n, uint32_t number, struct rng_reader *reader)
{
    struct community *c = &n->communities[number - 1];
    const uint32_t host = rng_below(reader, c->group.size), school = c->school[host];
    const struct teacher *t = member_of(world, c, host);
    const struct membership *of = &world->networks->of[school];
    uint32_t known[CONTACTS_MAX], count = 0;
    for (uint32_t k = 0; k < CONTACTS_MAX; k++)
        if (of->contacts[k].mine == c->group.member[host] && knows(world, &of->contacts[k], t))
            known[count++] = k;
    if (count + t->ties == 0)
        return;
    const uint32_t which = rng_below(reader, count + t->ties);
    const bool elsewhere = which < count;
    const uint32_t there = elsewhere ? of->contacts[known[which]].school : school;
    const uint32_t who = elsewhere ? of->contacts[known[which]].theirs : t->alter[which - count];
    if (who >= world->schools[there].staff || !would_join(world, n, there, who, c->group.ideas) ||
        (!elsewhere && !outreach_passes(world, &world->schools[school], c->group.member[host], who, reader)))
        return;
    enrol(world, c, there, who);
    world->schools[there].teachers[who].community = (uint8_t)number;
}

static struct circle circle_of(const struct world *world, struct community *c)
{
    struct circle circle = {.group = &c->group, .size = c->group.size};
    for (uint32_t m = 0; m < circle.size; m++)
        circle.member[m] = member_of(world, c, m);
    return circle;
}

static bool live(struct world *world, struct network *n, uint32_t number, const struct groups_params *p, float apart,
                 struct rng_reader *reader)
{
    struct community *c = &n->communities[number - 1];
    c->group.ideas &= ~world->obsolete;
    for (uint32_t m = c->group.size; m-- > 0;) /* who has left the school has left it */
        if (member_of(world, c, m)->person != c->person[m])
            strike(c, m);
    if (c->group.size < p->few || !spans(c) || !c->group.ideas)
        return false;
    struct circle circle = circle_of(world, c);
    float trust = 0;
    for (uint32_t m = 0; m < c->group.size; m++)
        trust += world->schools[c->school[m]].trust / (float)c->group.size;
    c->common = group_common(&circle);
    const float spirit = c->common.commitment * (trust / (float)c->group.size);
    talk(world, n, c, CONTACT_WEEKS * apart * (float)p->meetings * (1.0f - (float)n->p->formality), reader);
    if (c->group.size < GROUP_SIZE_MAX && rng_uniform(reader) < CONTACT_WEEKS * (float)p->permeability)
        recruit(world, n, number, reader);
    group_ages(world, &c->group, c->common.using, CONTACT_WEEKS);
    circle = circle_of(world, c);
    return group_goes_on(world, &circle, spirit, CONTACT_WEEKS, reader);
}

void communities_exchange(struct world *world, struct network *n, int64_t week)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    const float apart = networks_apart(world);
    if (apart <= 0 || !n->founded)
        return;
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = world->seed,
                                               .replicate = world->replicate,
                                               .school = n->number,
                                               .week = (uint32_t)week,
                                               .stream = STREAM_COMMUNITIES});
    for (uint32_t c = n->community_count; c > 0; c--)
        if (!live(world, n, c, p, apart, &reader))
            dissolve(world, n, c - 1);
    for (uint32_t k = 0; k < n->size && network_lasts(n, week); k++) {
        const struct school *s = &world->schools[n->member[k]];
        const float tries = groups_tries(p, s) * CONTACT_WEEKS;
        for (int left = curve_poisson(rng_uniform(&reader), tries); left > 0; left--)
            form(world, n, n->member[k], p, &reader);
    }
}
