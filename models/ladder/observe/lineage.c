/* Where everybody's ideas came from. Kept only while a teacher is followed: a teacher's record is full, and nobody else
 * asks. Sets are compared with how they were last seen after every talk and every process, so no draw depends on it. */
#include "trace.h"

#include <stdlib.h>
#include <string.h>

/* What a process that is not talk does to the rungs; the others say their name. */
struct way {
    const char *gained[RUNGS], *lost[RUNGS];
};
#define ALIKE(word)      \
    {                    \
        word, word, word \
    }
static const struct way ways[PROCESSES] = {
    [PROCESS_community] = {ALIKE("community night"), ALIKE("community night")},
    [PROCESS_leaning] = {ALIKE("the unit's norm"), ALIKE("the unit's norm")},
    [PROCESS_leadership] = {ALIKE("championed"), ALIKE("leadership")},
    [PROCESS_policy] = {ALIKE("brought along"), ALIKE("left")},
    [PROCESS_learning] = {ALIKE("order"), ALIKE("learning")},
    [PROCESS_reflection] = {{"own search", "own reflection", "own attempt"},
                            {"forgotten", "rationalized away", "habit dropped"}},
    [PROCESS_lapse] = {ALIKE("lapse"), ALIKE("lapse")},
    [PROCESS_groups] = {ALIKE("group"), ALIKE("habit dropped in the group")},
    [PROCESS_people] = {ALIKE("brought along"), ALIKE("left")},
    [PROCESS_ideas] = {ALIKE("a new idea"), ALIKE("obsolete")},
};

static uint64_t rung_set(const struct teacher *t, enum rung rung)
{
    return rung == RUNG_KNOWN ? t->known : rung == RUNG_VALUED ? t->valued : t->used;
}

static int64_t source_add(struct lineage *l, const struct lineage_source *source)
{
    if (l->count == l->room) {
        const size_t room = l->room ? 2 * l->room : 4096;
        struct lineage_source *more = realloc(l->sources, room * sizeof *more);
        if (!more) {
            l->short_of_memory = true;
            return -1;
        }
        l->sources = more;
        l->room = room;
    }
    l->sources[l->count] = *source;
    return (int64_t)l->count++;
}

static void gain(struct week *week, uint32_t post, enum rung rung, int idea, const char *how,
                 const struct lineage_post *from)
{
    struct lineage *l = week->school->lineage;
    const struct lineage_source source = {.parent = from ? from->source[rung][idea] : -1,
                                          .week = week->number,
                                          .how = how,
                                          .post = post,
                                          .person = week->school->teachers[post].person};
    l->posts[post].source[rung][idea] = source_add(l, &source);
    if (post == l->followed)
        trace_idea(l, week->school, week->number, rung, idea, &source, how);
}

/* Brings what is remembered of a person up to date. from: whom new ideas came from, or NULL. */
static void look(struct week *week, uint32_t post, const char *const gained[RUNGS], const char *const lost[RUNGS],
                 const struct lineage_post *from)
{
    struct lineage *l = week->school->lineage;
    struct lineage_post *p = &l->posts[post];
    const struct teacher *t = &week->school->teachers[post];
    const bool other = !p->present || p->person != t->person;
    for (enum rung rung = RUNG_KNOWN; rung < RUNGS; rung++) {
        const uint64_t now = rung_set(t, rung), before = p->set[rung];
        for (uint64_t left = other ? before : before & ~now; left; left &= left - 1) {
            p->source[rung][__builtin_ctzll(left)] = -1;
            if (post == l->followed)
                trace_idea(l, week->school, week->number, rung, __builtin_ctzll(left), NULL, lost[rung]);
        }
        for (uint64_t left = other ? now : now & ~before; left; left &= left - 1)
            gain(week, post, rung, __builtin_ctzll(left), gained[rung], from);
        p->set[rung] = now;
    }
    p->person = t->person;
    p->present = true;
}

static void look_at_all(struct week *week, const char *const gained[RUNGS], const char *const lost[RUNGS])
{
    const struct school *s = week->school;
    for (uint32_t post = 0; post < s->staff + s->other_room; post++) {
        if (post < s->staff + s->others)
            look(week, post, gained, lost, NULL);
        else
            s->lineage->posts[post].present = false;
    }
}

void lineage_note(struct week *week, const char *how)
{
    const char *const words[RUNGS] = ALIKE(how);
    look_at_all(week, words, words);
}

void lineage_talk(struct week *week, const struct talk *talk)
{
    static const char *const depths[DEPTHS] = {"storytelling", "aid", "sharing", "joint work"};
    const char *const words[RUNGS] = ALIKE(depths[talk->depth]);
    struct lineage_post *posts = week->school->lineage->posts;
    look(week, talk->a, words, words, &posts[talk->b]);
    look(week, talk->b, words, words, &posts[talk->a]);
}

void lineage_step(struct week *week, int process, const char *name)
{
    const struct way *way = &ways[process];
    if (way->gained[0])
        look_at_all(week, way->gained, way->lost);
    else
        lineage_note(week, name);
}

void lineage_begin(struct world *world, struct school *s)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    struct week week = {.world = world, .school = s, .number = s->begins, .people = s->staff + s->others};
    lineage_note(&week, "brought along");
    if (world->network || p->settle == 0) /* week 0 is not lived but found */
        trace_week(&week);
}

void lineage_week(struct week *week)
{
    lineage_note(week, "pioneer"); /* the innovation begins at the end of week 0 */
    if (week->number >= 0)
        trace_week(week);
}

void lineage_free(struct lineage *l)
{
    if (!l)
        return;
    free(l->posts);
    free(l->names);
    free(l->sources);
    free(l);
}

const char *lineage_name(const struct lineage *l, const struct school *s, uint32_t post, char text[PARAM_TEXT_SIZE])
{
    if (post < s->staff)
        return l->names[post];
    role_name_other(s, post, text);
    return text;
}
