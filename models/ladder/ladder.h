/* ladder.h: what the files of the ladder ask of each other, by file. */
#ifndef LADDER_LADDER_H
#define LADDER_LADDER_H

#include "../../sim/leaf/text.h"
#include "week.h"

/* ties.c: a tie exists on both sides. */
int tie_place(const struct teacher *of, uint32_t alter);                                   /* place, or NO_TIE */
int tie_found(struct school *school, uint32_t a, uint32_t b, float strength, float trust); /* place at a, or NO_TIE */
/* What a tie drawn by strength with this random word uses; nothing without ties. */
uint64_t tie_practice(const struct school *school, const struct teacher *of, uint32_t word);
void tie_drop(struct school *school, uint32_t a, uint32_t place);
void tie_drop_all(struct school *school, uint32_t a);
void ties_take_stock(struct school *school); /* tie_trust and inclusion, as they are now */

/* people.c: the principal leaves and another comes. */
void people_replace_principal(const struct world *world, struct school *school, struct rng_reader *reader);
void people_draw_principal(const struct world *world, struct school *school,
                           struct rng_reader *reader); /* style and emphases */

float ties_trust_story(const struct world *world); /* what storytelling counts for trust */
float learning_least(const struct world *world);   /* learning.c: share done without any commitment */

/* groups.c: talks of groups that meet this week, at most room; returns how many. by_time: that full time brings a person. */
uint32_t groups_meet(const struct world *world, const struct school *school, float by_time, struct rng_reader *reader,
                     struct talk *talks, uint32_t room);

/* A strategy's teams for a task, among those it reaches. */
void groups_sprint(const struct world *world, struct school *school, uint32_t strategy, struct rng_reader *reader);

/* outreach.c. Whether something that is no talk of meetings.c gets over the boundary between their units, if there is
 * one. */
bool outreach_passes(const struct world *world, const struct school *school, uint32_t a, uint32_t b,
                     struct rng_reader *reader);
uint32_t outreach_strategies(const struct param_set *set); /* bit s: strategy s shows, joins or exchanges */

float groups_boundary(const struct world *world); /* share of push-back that members are spared */

/* leadership.c: what facilitation adds to the logit of productive conflict. */
float leadership_easing(const struct world *world);

/* reflection.c: chance that an attempt to enact an idea succeeds. support: share of those around who use it. */
float reflection_success(const struct world *world, float support, float time);

/* leaning.c: what somebody of this unit values of what is known: each with this chance, but for subcultures. */
uint64_t leaning_draw(const struct world *world, const struct school *school, uint32_t unit, uint64_t known,
                      float share, struct rng_reader *reader);

/* community.c: a member who is not staff comes to the first free place behind staff. */
void community_welcome(const struct world *world, struct school *school, enum role_id role, uint32_t strategy,
                       struct rng_reader *reader);

/* world.c: somebody new takes post i; ties, role and unit of the post stay as they are. */
void newcomer(const struct world *world, struct school *school, uint32_t i, struct rng_reader *reader);
float draw_normal(struct rng_reader *reader); /* sum of twelve uniforms less six: within six sigma, no libm */
enum status world_new(const struct param_set *set, const struct model_input *input, uint64_t seed, uint32_t replicate,
                      struct world **out, struct faults *faults);
void world_free(struct world *world);
void world_exchange(struct world *world, int64_t week);
int64_t world_stretch(const struct world *world, int64_t week); /* weeks, from this one on, in which the pool stays */
float ideas_obsolescence(const struct world *world);            /* ideas.c: chance a week */
float ideas_residue(const struct world *world);
/* ideas.c: one more initiative; where there is no place, the two oldest residues become one. */
void initiative_add(struct school *school, struct initiative it);
uint64_t draw_set(struct rng_reader *reader, uint64_t among, float share); /* each member with this chance */

/* innovation.c: what spreads, beside which people are counted in layers. */
void innovation_read(const struct param_set *set, struct innovation list[INNOVATIONS_MAX], uint32_t *count);
/* Of the sections; "innovation" is the plain one. */
size_t innovation_names(const struct param_set *set, const char *names[], size_t max);
/* Number of the one of this name, "" the first; -1: there is none. */
int innovation_find(const struct innovation *list, uint32_t count, const char *name);
void innovation_begin(const struct world *world, struct school *school, int64_t week); /* the pioneers of that week */
enum layer innovation_layer(const struct innovation *innovation, const struct teacher *t);
void innovation_check(const struct param_set *set, struct faults *faults);
void groups_check(const struct param_set *set, struct faults *faults); /* group.c */

/* Talks elsewhere than at home go by the same rules (depth.c, dissonance.c, learning.c). */
struct rungs {
    uint64_t known, valued, used;
};
struct spoken {
    uint64_t about;
    uint8_t depth, conflict, inquiry;
};
float depth_outlook(const struct world *world, float trust, float openness, float pushback);
float depth_strangers(const struct world *world);                        /* share of general trust */
float depth_by_phase(const struct world *world);                         /* logit, of a group's phase */
int depth_draw(const struct world *world, float outlook, float uniform); /* STORYTELLING … JOINT_WORK */
int dissonance_draw(const struct world *world, float alike, float trust, float skill,
                    struct rng_reader *reader); /* 0 none, 1 unproductive, 2 productive */
float dissonance_hurt(const struct world *world);
/* What `me` gains in a talk with the other about these ideas: at most one idea a rung, new to me. In an inquiry, of two
 * that may come to be valued it is the better one. */
struct rungs learning_from(const struct world *world, const struct teacher *me, const struct rungs *other,
                           const struct spoken *spoken, float time, struct rng_reader *reader);

/* target.c: who a strategy reaches. */
struct target {
    enum { TARGET_ALL, TARGET_UNIT, TARGET_ROLE, TARGET_TRUSTED, TARGET_RANDOM, TARGET_PIONEERS } kind;
    int number;  /* unit from 1, role, or people */
    float share; /* TARGET_RANDOM given in percent; else -1 */
};
int target_parse(const char *text, struct target *target); /* 0, or -1 when it is not understood */
#define TARGET_ALLOWED "all, unit:3, role:principal, trusted:5, random:10, random:10%, pioneers"
void target_choose(const struct world *world, struct school *school, uint32_t strategy, struct rng_reader *reader);
void target_newcomer(const struct world *world, struct school *school, uint32_t i);

/* timing.c: when strategies are on. */
void timing_prepare(struct world *world);
uint32_t timing_due(const struct week *week); /* bit s: strategy s is on this week; before anything else of the week */
bool timing_pay(const struct world *world, struct school *school, double price); /* false: there is no money for it */
void timing_check(const struct param_set *set, struct faults *faults);

struct strategy_params;
struct school;
/* With its conditions, for charts. */
void timing_name(const struct strategy_params *p, bool budgeted, char *name, size_t size);
/* First and last week by its dates and those of what it comes after; conditions may delay it. end -1: none. */
void timing_dates(const struct param_set *set, const struct strategy_params *p, int64_t *start, int64_t *end);

/* advice.c: whom each member of staff would name in a survey of advice. */
#define NAMES_MAX 8
uint32_t advice_lines(const struct world *world); /* names of one person, at most */
struct advice {
    uint8_t count[STAFF_MAX];
    uint16_t named[STAFF_MAX][NAMES_MAX];
    uint8_t place[STAFF_MAX][NAMES_MAX]; /* of the one named, among the namer's ties */
};
void advice_ask(const struct world *world, const struct school *school, struct advice *advice);

/* observe.c */
#define LADDER_COLUMN_COUNT 88
extern const struct column ladder_columns[LADDER_COLUMN_COUNT];
void ladder_observe(const struct world *world, size_t school, double *row);

/* network.c */
#define LADDER_PERSON_ATTRIBUTES 12 /* the others are of schools */
#define LADDER_NODE_ATTRIBUTES (LADDER_PERSON_ATTRIBUTES + 3)
#define LADDER_TIE_ATTRIBUTES 5
extern const struct attribute ladder_node_attributes[LADDER_NODE_ATTRIBUTES],
    ladder_tie_attributes[LADDER_TIE_ATTRIBUTES];
void ladder_name(const struct world *world, size_t school, uint32_t post, char text[PARAM_TEXT_SIZE]);
enum status ladder_graph(const struct world *world, size_t school, igraph_t *graph, struct faults *faults);

/* trace.c: one teacher followed week by week, and lineage.c: where everybody's ideas came from, kept for that. */
#define LADDER_TRACE_TABLES 4
extern const struct trace_table ladder_trace_tables[LADDER_TRACE_TABLES];
enum status ladder_trace(struct world *world, const struct trace *trace, struct faults *faults);
void lineage_talk(struct week *week, const struct talk *talk);       /* after both have learned from each other */
void lineage_note(struct week *week, const char *how);               /* what is new in anybody's sets came so */
void lineage_step(struct week *week, int process, const char *name); /* after each process */
void lineage_week(struct week *week);                                /* at the week's end */
void lineage_free(struct lineage *lineage);

/* watch.c: both of these, and adoption.c: called where school.watched. */
void watch_talk(struct week *week, const struct talk *talk);       /* after both have learned from each other */
void watch_outside(struct week *week, bool workshop);              /* after what was learned outside the school */
void watch_step(struct week *week, int process, const char *name); /* after each process */
void watch_week(struct week *week);                                /* at the week's end */

/* verify.c */
int ladder_verify(const struct world *world, size_t school, char *why, size_t size);

/* strategy_check.c: targets that match nobody, conditions that never hold, strategies that undo each other. */
void strategy_check(const struct param_set *set, const struct model_input *input, int64_t units, struct faults *faults);

/* check.c */
void ladder_check(const struct param_set *set, const struct model_input *input, struct faults *faults);

/* Groups of settings that belong to no single process. */
extern const struct param_group network_group; /* networks.c */
extern const struct param_group school_group, levels_group, strategy_group, budget_group, shock_group, initiative_group,
    innovation_group, innovation_named_group, weights_group, advice_group, district_group, roles_group, start_group;

#endif
