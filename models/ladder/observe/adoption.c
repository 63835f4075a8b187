/* Adoptions and their sources. A person's community is looked at after every talk in which something was learned and after
 * every process that touches what people know, value or use; a step up is written down with what has just happened. So a
 * step is credited to what carried the person over the threshold, not to all who prepared it. Nothing is drawn, no state
 * of the school is touched, and the table grows between weeks only. */
#include "adoption.h"

#include <stdlib.h>
#include <string.h>

/* A person as last seen. */
struct seen {
    uint64_t known, valued, used; /* of the innovations' ideas */
    uint32_t person;
    uint8_t layer[INNOVATIONS_MAX];
    int32_t open[INNOVATIONS_MAX][LAYERS]; /* the adoption that lasts, by layer; -1: none */
};

/* Sources who are not staff, in the order in which they were first met: their posts are taken by others later. */
#define OTHERS_MAX 64
struct other {
    uint32_t person;
    uint8_t role;
};

struct adoptions {
    struct seen *seen; /* of each post of the staff */
    struct adoption *list;
    size_t count, room;
    uint64_t ideas; /* of all innovations */
    struct other others[OTHERS_MAX];
    uint32_t other_count;
    bool failed; /* memory was short */
};

/* What a process teaches by; SOURCES: it changes no set, or what it changed is seen by the next that is looked at. */
static enum source_kind taught_by(const struct school *s, int process)
{
    switch (process) {
    case PROCESS_policy: /* those who came between weeks, from another school */
        return SOURCE_BROUGHT;
    case PROCESS_learning:
        return s->initiative_count ? SOURCE_ORDER : SOURCES;
    case PROCESS_reflection:
        return SOURCE_SELF;
    case PROCESS_community:
        return s->nights ? SOURCE_COMMUNITY : SOURCES;
    case PROCESS_groups:
        return s->group_count || s->membership ? SOURCE_GROUP : SOURCES; /* before networks are looked at */
    case PROCESS_networks:
        return s->membership ? SOURCE_NETWORK : SOURCES;
    default:
        return SOURCES;
    }
}

/* Where the source stands: its own adoption of that layer, or of the highest below that it has. */
static int64_t standing(const struct adoptions *a, uint32_t staff, uint32_t post, uint32_t innovation, int layer)
{
    if (post >= staff)
        return -1; /* nobody, or a coach */
    for (; layer > LAYER_NONE; layer--)
        if (a->seen[post].open[innovation][layer] >= 0)
            return a->seen[post].open[innovation][layer];
    return -1;
}

static void close_one(struct adoptions *a, struct seen *seen, uint32_t innovation, int layer, int64_t week, int end)
{
    const int32_t at = seen->open[innovation][layer];
    seen->open[innovation][layer] = -1;
    if (at < 0)
        return;
    a->list[at].until = week;
    a->list[at].end = (uint8_t)end;
}

/* Whom a post stands for in the list: one behind the staff's is numbered by who has it. */
static uint32_t source_post(const struct school *s, uint32_t from)
{
    struct adoptions *a = s->adoptions;
    if (from < s->staff || from >= s->staff + s->others)
        return from < s->staff ? from : ADOPTION_NOBODY;
    const struct teacher *t = &s->teachers[from];
    for (uint32_t k = 0; k < a->other_count; k++)
        if (a->others[k].person == t->person)
            return s->staff + k;
    if (a->other_count == OTHERS_MAX)
        return ADOPTION_NOBODY;
    a->others[a->other_count] = (struct other){.person = t->person, .role = t->role};
    return s->staff + a->other_count++;
}

static void open_one(struct week *week, uint32_t post, uint32_t innovation, int layer, enum source_kind kind,
                     uint32_t from)
{
    const struct school *s = week->school;
    struct adoptions *a = s->adoptions;
    const struct teacher *t = &s->teachers[post];
    if (a->count == a->room) {
        a->failed = true; /* adoption_reserve() says so */
        return;
    }
    const uint32_t source = source_post(s, from);
    const bool somebody = source != ADOPTION_NOBODY;
    a->list[a->count] = (struct adoption){
        .week = week->number,
        .until = -1,
        .parent = standing(a, s->staff, from, innovation, layer),
        .post = post,
        .person = t->person,
        .unit = t->unit + 1u,
        .from = source,
        .from_person = somebody ? s->teachers[from].person : ADOPTION_NOBODY,
        .from_unit = from < s->staff ? s->teachers[from].unit + 1u : 0,
        .innovation = (uint8_t)innovation,
        .layer = (uint8_t)layer,
        .kind = (uint8_t)kind,
    };
    a->seen[post].open[innovation][layer] = (int32_t)a->count++;
}

static void look(struct week *week, uint32_t post, enum source_kind kind, uint32_t from)
{
    const struct world *world = week->world;
    const struct teacher *t = &week->school->teachers[post];
    struct adoptions *a = week->school->adoptions;
    struct seen *seen = &a->seen[post];
    const bool other = seen->person != t->person;
    const uint64_t all = a->ideas, known = t->known & all, valued = t->valued & all, used = t->used & all;
    if (!((known ^ seen->known) | (valued ^ seen->valued) | (used ^ seen->used)) && !other)
        return;
    seen->known = known;
    seen->valued = valued;
    seen->used = used;
    for (uint32_t n = 0; n < world->innovation_count; n++) {
        const int now = (int)innovation_layer(&world->innovations[n], t), before = seen->layer[n];
        if (now == before && !other)
            continue;
        for (int layer = before; layer > (other ? LAYER_NONE : now); layer--)
            close_one(a, seen, n, layer, week->number, other ? ADOPTION_LEFT : ADOPTION_LAPSED);
        for (int layer = other ? LAYER_INTEREST : before + 1; layer <= now; layer++)
            open_one(week, post, n, layer, kind, from);
        seen->layer[n] = (uint8_t)now;
    }
    seen->person = t->person;
}

void adoption_note(struct week *week, enum source_kind kind)
{
    for (uint32_t post = 0; post < week->school->staff; post++)
        look(week, post, kind, UINT32_MAX);
}

static enum source_kind kind_of(const struct week *week, const struct talk *talk, uint32_t from)
{
    static const enum source_kind of_venue[VENUES] = {
        [VENUE_USUAL] = SOURCE_TALK,         [VENUE_GROUP] = SOURCE_GROUP,
        [VENUE_VISIT] = SOURCE_ILLUMINATION, [VENUE_APPRENTICE] = SOURCE_APPRENTICE,
        [VENUE_CRITICAL] = SOURCE_CRITICAL,  [VENUE_NIGHT] = SOURCE_COMMUNITY,
        [VENUE_LEADER] = SOURCE_LEADER,
    };
    if (from >= week->school->staff)
        return week->world->part[week->school->teachers[from].role].joint > 0 ? SOURCE_COACH : SOURCE_COMMUNITY;
    return of_venue[talk->venue];
}

void adoption_talk(struct week *week, const struct talk *talk)
{
    for (int k = 0; k < 2; k++) {
        const uint32_t post = talk->side[k], from = talk->side[1 - k];
        if (post < week->school->staff)
            look(week, post, kind_of(week, talk, from), from);
    }
}

void adoption_step(struct week *week, int process)
{
    const enum source_kind kind = taught_by(week->school, process);
    if (kind != SOURCES)
        adoption_note(week, kind);
}

void adoption_week(struct week *week)
{
    adoption_note(week, SOURCE_PIONEER); /* an innovation begins at a week's end */
}

/* ---- between weeks ---- */

/* So many steps a person and innovation may take in a week, three layers each time. */
#define STEPS_A_WEEK 6

static int reserve(const struct world *world, struct school *s)
{
    struct adoptions *a = s->adoptions;
    const size_t most = (size_t)s->staff * world->innovation_count * STEPS_A_WEEK;
    if (a->room - a->count >= most)
        return 0;
    const size_t room = 2 * a->room + 2 * most;
    struct adoption *more = realloc(a->list, room * sizeof *more);
    if (!more)
        return -1;
    a->list = more;
    a->room = room;
    return 0;
}

void adoption_reserve(struct world *world)
{
    for (uint32_t n = 0; world->keeps_adoptions && n < world->school_count; n++)
        if (reserve(world, &world->schools[n]))
            world->schools[n].adoptions->failed = true;
}

enum status adoption_keep(struct world *world, struct faults *faults)
{
    for (uint32_t n = 0; n < world->school_count; n++) {
        struct school *s = &world->schools[n];
        struct adoptions *a = s->adoptions = calloc(1, sizeof *a);
        if (a)
            a->seen = calloc(s->staff, sizeof *a->seen);
        if (!a || !a->seen || reserve(world, s))
            return fault_add(faults, STATUS_FAILED, NULL, 0, "out of memory for who brought whom in, of %u schools",
                             world->school_count);
        for (uint32_t k = 0; k < world->innovation_count; k++)
            a->ideas |= world->innovations[k].ideas;
        for (uint32_t i = 0; i < s->staff; i++)
            memset(a->seen[i].open, 0xff, sizeof a->seen[i].open);
        s->watched = true;
        struct week week = {.world = world, .school = s};
        for (uint32_t i = 0; i < s->staff; i++)
            a->seen[i].person = s->teachers[i].person;
        adoption_week(&week); /* a surveyed school's pioneers are there already */
    }
    world->keeps_adoptions = true;
    return STATUS_OK;
}

size_t adoption_list(const struct world *world, size_t school, struct adoption *list, size_t max)
{
    const struct adoptions *a = world->schools[school].adoptions;
    if (!a || a->failed)
        return ADOPTIONS_FAILED;
    for (size_t i = 0; i < a->count && i < max; i++)
        list[i] = a->list[i];
    return a->count;
}

void adoption_name(const struct world *world, size_t school, uint32_t post, char text[PARAM_TEXT_SIZE])
{
    const struct school *s = &world->schools[school];
    const struct adoptions *a = s->adoptions;
    uint32_t number = 1;
    if (post < s->staff || !a || post - s->staff >= a->other_count) {
        ladder_name(world, school, post, text);
        return;
    }
    const struct other *o = &a->others[post - s->staff];
    for (uint32_t k = 0; k < post - s->staff; k++)
        number += a->others[k].role == o->role;
    snprintf(text, PARAM_TEXT_SIZE, "%s %u", roles[o->role].name, number);
}

size_t adoption_innovations(const struct world *world, const char *names[], size_t max)
{
    for (uint32_t n = 0; n < world->innovation_count && n < max; n++)
        names[n] = *world->innovations[n].name ? world->innovations[n].name : "innovation";
    return world->innovation_count;
}

void adoption_free(struct adoptions *a)
{
    if (!a)
        return;
    free(a->seen);
    free(a->list);
    free(a);
}

static int verify_open(const struct adoptions *a, const struct seen *seen, uint32_t post, uint32_t n, int layer,
                       char *why, size_t size)
{
    const int32_t at = seen->open[n][layer];
    if ((at >= 0) != (layer <= seen->layer[n]))
        return snprintf(why, size, "adoptions: post %u, innovation %u, layer %d: open %d in layer %u", post, n, layer,
                        at, seen->layer[n]);
    if (at < 0)
        return 0;
    const struct adoption *one = &a->list[at];
    if ((size_t)at >= a->count || one->post != post || one->person != seen->person || one->innovation != n ||
        one->layer != layer || one->until >= 0 || one->parent >= at)
        return snprintf(why, size, "adoptions: number %d is not that of post %u", at, post);
    return 0;
}

int adoption_verify(const struct world *world, const struct school *s, char *why, size_t size)
{
    const struct adoptions *a = s->adoptions;
    if (!a || a->failed)
        return 0;
    for (uint32_t i = 0; i < s->staff; i++)
        for (uint32_t n = 0; n < world->innovation_count; n++) {
            const struct seen *seen = &a->seen[i];
            if (seen->person != s->teachers[i].person ||
                seen->layer[n] != innovation_layer(&world->innovations[n], &s->teachers[i]))
                return snprintf(why, size, "adoptions: post %u was not looked at", i);
            for (int layer = LAYER_INTEREST; layer < LAYERS; layer++)
                if (verify_open(a, seen, i, n, layer, why, size))
                    return 1;
        }
    return 0;
}
