/* Networks of schools: what is asked of their settings, and how they begin. */
#include "networks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- members told by number ---- */

/* "1, 4, 7-12": calls take for each school, from 1; 0, or -1 with what is wrong in why. */
static int read_members(const char *text, int64_t schools, void (*take)(void *self, uint32_t school), void *self,
                        char *why, size_t size)
{
    for (const char *at = text; *at;) {
        char *end;
        const long long first = strtoll(at, &end, 10);
        long long last = first;
        if (end == at)
            return snprintf(why, size, "'%.40s' is no list of schools by number, such as 1, 4, 7-12", at), -1;
        end += strspn(end, " \t");
        if (*end == '-') {
            at = end + 1;
            last = strtoll(at, &end, 10);
            if (end == at || last < first)
                return snprintf(why, size, "'%.40s' is no range of schools, such as 7-12", text), -1;
            end += strspn(end, " \t");
        }
        if (first < 1 || last > schools)
            return snprintf(why, size, "there is no school %lld; school.count makes schools 1 to %lld",
                            first < 1                         ? first
                            : last > first && first > schools ? first
                                                              : last,
                            (long long)schools),
                   -1;
        for (long long s = first; s <= last; s++)
            take(self, (uint32_t)s - 1);
        if (*end && *end != ',')
            return snprintf(why, size, "'%.40s' is not expected; schools are parted by commas", end), -1;
        at = *end ? end + 1 : end;
        at += strspn(at, " \t");
    }
    return 0;
}

/* ---- relations ---- */

/* Which section has named which school first. */
struct named {
    const struct param_set *set;
    uint16_t *by; /* 1 + section; 0: none */
    size_t section, count;
    const char *twice; /* the other section that named one of these */
    uint32_t school;
};

static void name_one(void *self, uint32_t school)
{
    struct named *named = self;
    if (named->by[school] && !named->twice) {
        const struct network_params *p = param_set_get(named->set, &network_group, named->by[school] - 1u);
        named->twice = p->name;
        named->school = school;
    }
    named->count += named->by[school] == 0;
    named->by[school] = (uint16_t)(named->section + 1);
}

static void check_members(struct named *named, const struct network_params *p, int64_t schools, struct faults *faults)
{
    char why[200];
    const size_t before = named->count;
    named->twice = NULL;
    if (read_members(p->members, schools, name_one, named, why, sizeof why)) {
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[network %s] members: %s", p->name, why);
        return;
    }
    if (named->twice)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[network %s] members: school %u is named %s; a school is in one network at a time", p->name,
                  named->school + 1, strcmp(named->twice, p->name) ? "by another network too" : "twice");
    if (p->count > 1)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[network %s] members names the schools of one network, but count = %lld; give schools instead",
                  p->name, (long long)p->count);
    if (p->schools > 0)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[network %s] members says which schools it has, and schools how many; choose one", p->name);
    const size_t own = named->count - before;
    if (!named->twice && own < 2)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[network %s] members: %zu school is no network; it takes two",
                  p->name, own);
    if ((int64_t)own > p->most)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[network %s] members: %zu schools are more than most = %lld",
                  p->name, own, (long long)p->most);
}

static void check_sizes(const struct network_params *p, int64_t free, struct faults *faults)
{
    const int64_t schools = p->schools ? p->schools : free;
    if (p->most < p->least)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[network %s] most: %lld schools are fewer than least = %lld",
                  p->name, (long long)p->most, (long long)p->least);
    else if (schools > free)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[network %s] schools: %lld are asked for, but %lld of school.count are in no other network", p->name,
                  (long long)schools, (long long)free);
    else if (schools < p->count * p->least)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[network %s] %s: %lld schools are too few for count = %lld networks of least = %lld", p->name,
                  p->schools ? "schools" : "count", (long long)schools, (long long)p->count, (long long)p->least);
    else if (schools > p->count * p->most)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[network %s] %s: %lld schools are too many for count = %lld networks of most = %lld", p->name,
                  p->schools ? "schools" : "count", (long long)schools, (long long)p->count, (long long)p->most);
}

static void check_one(const struct param_set *set, const struct network_params *p, struct faults *faults)
{
    const struct innovation_params *innovation = param_set_get(set, &innovation_group, 0);
    if (p->end >= 0 && p->end <= p->start)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[network %s] end: week %lld is not after its start, week %lld",
                  p->name, (long long)p->end, (long long)p->start);
    else if (p->end >= 0 && p->end <= p->start + p->interval)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[network %s] interval: it would first meet in week %lld, but ends in week %lld", p->name,
                  (long long)p->start + p->interval, (long long)p->end);
    if (p->focal && p->ideas)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[network %s] its programme is the focal innovation (focal = yes) and one of its own (ideas = %lld); "
                  "choose one",
                  p->name, (long long)p->ideas);
    if (p->focal && !innovation->ideas)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[network %s] focal = yes, but [innovation] ideas = 0", p->name);
    if (p->outside + p->centralization > 0.999 && p->outside > 0 && p->outside < 1 && p->centralization >= 1)
        fault_warn(faults, NULL, 0, "[network %s] centralization = 1: only the lead school is talked with", p->name);
}

void networks_check(const struct param_set *set, const struct model_input *input, struct faults *faults)
{
    const struct school_params *school = param_set_get(set, &school_group, 0);
    const size_t sections = param_set_count(set, &network_group);
    struct named named = {.set = set, .by = calloc((size_t)school->count, sizeof *named.by)};
    int64_t taken = 0, networks = 0;
    for (size_t n = 0; n < sections && named.by; n++) {
        const struct network_params *p = param_set_get(set, &network_group, n);
        if (!p->active)
            continue;
        if (input && input->network)
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                      "[network %s] active: a surveyed school has no others to meet; school.count must be 2 or more "
                      "and school.network none",
                      p->name);
        else if (school->count < 2)
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                      "[network %s] count: a network takes schools, but school.count = 1", p->name);
        check_one(set, p, faults);
        named.section = n;
        if (*p->members && !(input && input->network) && school->count > 1)
            check_members(&named, p, school->count, faults);
        networks += p->count;
    }
    taken = (int64_t)named.count;
    for (size_t n = 0; n < sections && school->count > 1 && !(input && input->network); n++) {
        const struct network_params *p = param_set_get(set, &network_group, n);
        if (!p->active || *p->members)
            continue;
        check_sizes(p, school->count - taken, faults);
        taken += p->schools ? p->schools : school->count - taken;
    }
    if (networks > NETWORKS_MAX)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[network …] sections make %lld networks; at most %d are allowed",
                  (long long)networks, NETWORKS_MAX);
    free(named.by);
}

/* ---- how they begin ---- */

struct joining {
    struct world *world;
    struct network *network;
};

static void member_add(void *self, uint32_t school)
{
    struct joining *j = self;
    networks_join(j->world, j->network, school);
}

/* Sizes between least and most that add up: every network its least, then each further school to one drawn in proportion to
 * its size: large ones grow (a Pólya urn; England's had 6 to 40, mean 11). */
static void share_out(struct network *first, int64_t count, int64_t schools, const struct network_params *p,
                      struct rng_reader *reader)
{
    int64_t left = schools - count * p->least;
    for (int64_t k = 0; k < count; k++)
        first[k].wanted = (uint32_t)p->least;
    while (left > 0) {
        /* Rejection: any network, accepted as likely as it is large. */
        const uint32_t draw = (rng_below(reader, 1u << 15) << 15) + rng_below(reader, 1u << 15);
        struct network *n = &first[draw % (uint32_t)count];
        if (n->wanted >= p->most || rng_uniform(reader) * (float)p->most >= (float)n->wanted)
            continue;
        n->wanted++;
        left--;
    }
}

static uint32_t room_of(const struct world *world, const struct network_params *p)
{
    return p->most < world->school_count ? (uint32_t)p->most : world->school_count;
}

static uint32_t communities_of(const struct world *world, const struct network_params *p)
{
    return room_of(world, p) < COMMUNITIES_MAX ? room_of(world, p) : COMMUNITIES_MAX;
}

static int allocate(struct world *world)
{
    const struct param_set *set = world->set;
    struct networks *all = world->networks;
    size_t places = 0, communities = 0, most = 0;
    for (uint32_t n = 0; n < param_set_count(set, &network_group); n++) {
        const struct network_params *p = param_set_get(set, &network_group, n);
        if (!p->active)
            continue;
        all->count += (uint32_t)p->count;
        places += (size_t)p->count * room_of(world, p);
        communities += (size_t)p->count * communities_of(world, p);
        most = room_of(world, p) > most ? room_of(world, p) : most;
    }
    all->list = calloc(all->count, sizeof *all->list);
    all->members = calloc(places, sizeof *all->members);
    all->communities = calloc(communities, sizeof *all->communities);
    all->of = calloc(world->school_count, sizeof *all->of);
    all->attending = meeting_space(most);
    return all->list && all->members && all->communities && all->of && all->attending ? 0 : -1;
}

/* Empty networks, in the order of the file; those whose schools are told by number get them. Returns how many those are. */
static uint32_t begin_networks(struct world *world)
{
    struct networks *all = world->networks;
    uint32_t number = 0, taken = 0, *places = all->members;
    struct community *communities = all->communities;
    for (uint32_t section = 0; section < param_set_count(world->set, &network_group); section++) {
        const struct network_params *p = param_set_get(world->set, &network_group, section);
        for (int64_t k = 0; k < p->count && p->active; k++) {
            struct network *n = &all->list[number];
            *n = (struct network){
                .p = p, .number = number, .section = section, .room = room_of(world, p), .member = places};
            n->communities = communities;
            n->community_room = communities_of(world, p);
            communities += n->community_room;
            n->features = (struct features){NAN, NAN, NAN, NAN, NAN, NAN, NAN};
            places += n->room;
            number++;
            char why[200];
            struct joining joining = {world, n};
            if (*p->members) /* networks_check() refused what does not parse */
                n->founded = read_members(p->members, world->school_count, member_add, &joining, why, sizeof why) == 0;
            taken += n->size;
        }
    }
    return taken;
}

static void share_out_all(struct world *world, uint32_t taken, struct rng_reader *reader)
{
    struct networks *all = world->networks;
    for (uint32_t k = 0; k < all->count; k += (uint32_t)all->list[k].p->count) {
        const struct network_params *p = all->list[k].p;
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): begin_networks() gave each its section */
        if (*p->members)
            continue;
        const uint32_t schools = p->schools ? (uint32_t)p->schools : world->school_count - taken;
        share_out(&all->list[k], p->count, schools, p, reader);
        taken += schools;
    }
}

enum status networks_new(struct world *world, struct faults *faults)
{
    const struct param_set *set = world->set;
    bool any = false;
    for (uint32_t n = 0; n < param_set_count(set, &network_group); n++)
        any |= ((const struct network_params *)param_set_get(set, &network_group, n))->active != 0;
    if (!any)
        return STATUS_OK;
    world->networks = calloc(1, sizeof *world->networks);
    if (!world->networks || allocate(world))
        return fault_add(faults, STATUS_FAILED, NULL, 0, "out of memory for networks of schools");
    struct networks *all = world->networks;
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = world->seed,
                                               .replicate = world->replicate,
                                               .school = UINT32_MAX,
                                               .stream = STREAM_MEETINGS});
    for (uint32_t s = 0; s < world->school_count; s++) {
        all->of[s].network = -1;
        world->schools[s].membership = &all->of[s];
    }
    share_out_all(world, begin_networks(world), &reader);
    all->first = INT64_MAX;
    for (uint32_t k = 0; k < all->count; k++)
        all->first = all->list[k].p->start < all->first ? all->list[k].p->start : all->first;
    /* Who is chosen by what schools are like is chosen when the network begins. */
    for (uint32_t k = 0; k < all->count; k++)
        if (!all->list[k].founded && networks_compared(world, all->list[k].p) == 1)
            networks_found(world, &all->list[k], &reader);
    return STATUS_OK;
}

void networks_free(struct networks *networks)
{
    if (!networks)
        return;
    free(networks->list);
    free(networks->members);
    free(networks->communities);
    free(networks->of);
    free(networks->attending);
    free(networks);
}

void networks_draw_programmes(struct world *world, struct rng_reader *reader)
{
    for (uint32_t n = 0; n < param_set_count(world->set, &network_group); n++) {
        const struct network_params *p = param_set_get(world->set, &network_group, n);
        uint64_t *programme = &world->networks->programme[n];
        for (int64_t k = 0; k < p->ideas && p->active; k++)
            *programme |= draw_idea(~(world->lasting | *programme), reader);
        world->promoted |= *programme;
        if (p->focal)
            *programme = world->focal;
        world->lasting |= *programme;
    }
}
