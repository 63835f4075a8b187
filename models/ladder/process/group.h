/* group.h: the rules of one community of practice, whoever its members are: colleagues (groups.c), or people of several
 * schools of one network (communities.c). */
#ifndef LADDER_GROUP_H
#define LADDER_GROUP_H

#include "../ladder.h"

#define GROUPS_PARAMS(X, S)                                                                                           \
    X(S, REAL, formation, "0.4", 0, 80, "tries/week", "",                                                             \
      "tries to form a group in a school of 60, at full lived dispersal", "assumed")                                  \
    X(S, REAL, trust, "0.5", 0, 1, "0-1", "", "trust in a colleague whom one would ask to join", "assumed")           \
    X(S, INTEGER, least, "4", 3, 12, "people", "", "who it takes", "model: step 12")                                  \
    X(S, REAL, meetings, "0.5", 0, 5, "1/week", "", "meetings a member attends at full lived time", "assumed")        \
    X(S, REAL, without_time, "0.5", 0, 1, "share", "", "of these meetings that take place without lived time",        \
      "assumed, form")                                                                                                \
    X(S, REAL, phase_gain, "0.06", 0, 2, "phase", "", "advance for each deep talk per member", "assumed")             \
    X(S, REAL, phase_fall, "0.3", 0, 2, "phase", "", "fall for each unproductive conflict per member", "assumed")     \
    X(S, REAL, analyzing, "0.66666667", 0, 2, "phase", "", "from here on a group analyzes; before, it names",         \
      "assumed: thirds of the range, form")                                                                           \
    X(S, REAL, experimenting, "1.33333333", 0, 2, "phase", "", "from here on it experiments",                         \
      "assumed: thirds of the range, form")                                                                           \
    X(S, REAL, widen, "0.10", 0, 1, "1/week", "", "naming: chance of a member to learn of an idea another knows",     \
      "assumed")                                                                                                      \
    X(S, REAL, sift, "0.10", 0, 1, "1/week", "",                                                                      \
      "analyzing: chance to drop a habit not valued, and to come to value one of the group's ideas", "assumed")       \
    X(S, REAL, enact, "0.20", 0, 1, "1/week", "",                                                                     \
      "experimenting: chance to try one of the group's ideas, times tried + lived time", "assumed")                   \
    X(S, REAL, tried, "0.5", 0, 5, "1", "", "of that without lived time, times", "as learning.without_time, form")    \
    X(S, REAL, boundary, "0.5", 0, 1, "share", "", "of push-back that a member is spared",                            \
      "theory: Albury, protection")                                                                                   \
    X(S, REAL, permeability, "0.05", 0, 1, "1/week", "", "chance that a colleague who values its idea joins",         \
      "theory: Albury")                                                                                               \
    X(S, INTEGER, founders, "8", 3, 12, "people", "", "who begin one, at most; twelve can be in it", "assumed, form") \
    X(S, INTEGER, few, "3", 2, 12, "people", "", "with fewer it dissolves", "assumed, form")                          \
    X(S, REAL, stewardship, "0.7", 0, 1, "share", "",                                                                 \
      "of its ideas in use by its members, beyond which it is a steward of them", "assumed: most, form")              \
    X(S, REAL, wanted, "0.5", 0, 1, "share", "",                                                                      \
      "of members who must value an idea and not use it for it to be the next concern", "assumed, form")              \
    X(S, REAL, renewed, "0.5", 0, 2, "phase", "", "in which a group begins with it", "assumed, form")                 \
    X(S, REAL, renewal, "0.04", 0, 1, "1/week", "",                                                                   \
      "chance that a group whose ideas are in use transforms or dissolves", "theory: Wenger")                         \
    X(S, REAL, fading, "0.04", 0, 1, "1/week", "", "chance that a group without any commitment or trust dissolves",   \
      "assumed")                                                                                                      \
    X(S, REAL, by_spirit, "3", 0, 100, "1", "",                                                                       \
      "fall of that chance with commitment x general trust: times 1 - this x both, at least 0", "assumed, form")      \
    X(S, REAL, asking, "0.1", 0, 1, "1/week", "", "chance that a group of full commitment and trust asks for time",   \
      "assumed")                                                                                                      \
    X(S, DURATION, given, "10w", 1, 4000, "weeks", "", "for how long it is given time when the answer is yes",        \
      "assumed: a quarter of a year")                                                                                 \
    X(S, INTEGER, sprint_size, "5", 3, 12, "people", "", "in a sprint team", "assumed")                               \
    X(S, INTEGER, sprint_ideas, "2", 1, 8, "ideas", "", "of the strategy's bundle that are its task", "assumed")      \
    X(S, REAL, sprint_meetings, "2", 0, 10, "1/week", "", "meetings a member attends, instead of `meetings`", "assumed")
struct groups_params {
    GROUPS_PARAMS(PARAM_FIELD, groups_params)
};

/* The members of one group, as its rules look at them. */
struct circle {
    struct group *group;
    uint32_t size;
    struct teacher *member[GROUP_SIZE_MAX];
};

/* What members have in common at a week's end. */
struct common {
    uint64_t heard;   /* ideas that any of them knows */
    float commitment; /* summed */
    float using;      /* mean share of the group's ideas in use */
};
struct common group_common(const struct circle *circle);

/* What its work of some weeks brought to a member, who is changed. */
struct worked {
    uint64_t heard, habit, valued, enacted; /* habit: dropped */
};
struct worked group_work(const struct world *world, const struct group *group, const struct common *common,
                         struct teacher *t, float time, float weeks, struct rng_reader *reader);

void group_tally(struct week *week, const struct worked *worked); /* of one of this school */

/* An idea that somebody values and does not use: what they would form a group around, first one that has a
 * voice; none that becomes obsolete this week. */
uint64_t group_concern(const struct world *world, const struct school *school, const struct teacher *t,
                       struct rng_reader *reader);
void group_advance(const struct world *world, struct group *group, int conflict); /* by one deep talk of its members */
void group_ages(const struct world *world, struct group *group, float using, uint32_t weeks); /* and comes to a stage */

/* Share of its meetings that take place with so much time. */
static inline float groups_time(const struct groups_params *p, float time)
{
    return (float)p->without_time + (1.0f - (float)p->without_time) * time;
}

/* Tries of colleagues to form one, a week. */
static inline float groups_tries(const struct groups_params *p, const struct school *s)
{
    return (float)p->formation * (float)s->staff / 60.0f * s->lived[LEVER_DISPERSAL];
}

/* Whether it goes on for so many weeks more, around another idea if it is done with this one. */
bool group_goes_on(const struct world *world, const struct circle *circle, float spirit, float weeks,
                   struct rng_reader *reader);

#endif
