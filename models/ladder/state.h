/* state.h: what the ladder model remembers.
 *
 * One ladder serves all the theory: each teacher holds three sets of ideas, `known`, `valued` (espoused theory) and
 * `used` (theory-in-use), as 64-bit words; set algebra on words is exact and fast. */
#ifndef LADDER_STATE_H
#define LADDER_STATE_H

#include "../../sim/leaf/curve.h"
#include "../../sim/leaf/model.h"
#include "ideas.h"
#include "settings.h"
#include "strategy/when.h"

#include <stdalign.h>
#include <string.h>

#define TIES_MAX 24 /* a much sought colleague at 60 staff is named by 15 to 25 (Pitts & Spillane 2009) */
#define TIES_STEP \
    8 /* a free place weighs nothing, so loops over ties may end at a multiple of this: seldom foretold wrong */
#define STAFF_MAX 2000
#define UNITS_MAX 200
#define STRATEGIES_MAX 32 /* bits of teacher.targeted */
#define INITIATIVES_MAX 32
#define OTHERS_MAX 64     /* members who are not staff */
#define INNOVATIONS_MAX 4 /* bits of teacher.pioneer */
#define GROUPS_MAX 64
#define GROUP_SIZE_MAX 12
#define APPRENTICES_MAX 32
#define CAUSES_MAX 8
#define OFFICES_MAX 16
#define NO_REPORT 255
#define PEOPLE_MAX (STAFF_MAX + OTHERS_MAX)

enum lever { LEVER_TIME, LEVER_LEARNING, LEVER_OPENNESS, LEVER_EVIDENCE, LEVER_DISPERSAL, LEVERS };
enum layer { LAYER_NONE, LAYER_INTEREST, LAYER_ENGAGEMENT, LAYER_PRACTICE, LAYERS };
enum { STORYTELLING, AID, SHARING, JOINT_WORK, DEPTHS }; /* Little (1990) */

#define STRONG 32768 /* of a tie: more than half its greatest strength */

/* Strength and trust of a tie are fixed-point shares, 65535 = 1: 24 of them pass through three vector registers. */
typedef uint16_t level;
static inline float level_value(level x)
{
    return (float)x * (1.0f / 65535.0f);
}
static inline level level_of(float x)
{
    return (level)(curve_share(x) * 65535.0f + 0.5f);
}

struct teacher {
    alignas(64) uint64_t known; /* heard of */
    uint64_t valued;            /* passed the individual and the social test; within known */
    uint64_t used;              /* enacted in class; within known */
    uint64_t shallow;           /* valued under problem pressure, not from curiosity; within valued */
    float commitment;           /* c, 0..1 */
    float fatigue;              /* F, 0..1 */
    float benefit;              /* B, 0..1: what recent successes gave */
    float disposition;          /* c0, 0..1: lasting */
    float expertise;            /* lasting, mean 1 over staff: how much advice is worth asking for */
    uint32_t person;            /* changes when somebody else takes the post */
    uint32_t targeted;          /* bit s: reached by strategy s */
    uint16_t service;           /* weeks of experience, capped */
    uint16_t unit;
    uint8_t role;                      /* row of roles[] */
    uint8_t ties;                      /* places in use, the first ones */
    uint8_t names;                     /* how many colleagues this one would name as advisers */
    uint8_t pioneer : INNOVATIONS_MAX; /* bit n: began with innovation n */
    uint8_t sheltered : 1;             /* feels no push-back */
    uint16_t alter[TIES_MAX];
    level strength[TIES_MAX];
    level trust[TIES_MAX];
    uint8_t back[TIES_MAX]; /* the place that the tie has at the alter */
    uint8_t group;          /* 1 + its place among the school's groups; 0: none */
    uint8_t community;      /* across schools: 1 + its place among the network's; 0: none */
};
_Static_assert(sizeof(struct teacher) == 256, "a teacher is four cache lines");

/* A role is a row of venues, rates and powers, not code. */
struct role {
    const char *name;
    bool staff;  /* counts in the school's means, can leave and be replaced; else sent by a strategy */
    bool formal; /* a post of leadership */
    size_t sent; /* where strategy_params say how many are sent */
};
/* What its members do, as [roles] says; the 1s of which others are shares are roles_read()'s. */
struct part {
    float sought;  /* added to the worth of asking this person */
    float talks;   /* times the rate at which staff start conversations */
    float office;  /* share of a principal's part in formal leadership */
    float visits;  /* of meetings.visits: talks started with those reached by the strategy */
    float joint;   /* of depth.by_coach in talks started */
    float sits;    /* of community.sits: colleagues whose talks are facilitated */
    float night;   /* of community.attendance at a community night */
    float concern; /* of community.held: how much of the community's concerns is known and valued */
    float knows;   /* share of the pool known besides, */
    float uses;    /* and of that in use */
    float spirit;  /* commitment, which stays; 0: it follows that of staff */
};
enum role_id {
    ROLE_TEACHER,
    ROLE_LEAD,
    ROLE_PRINCIPAL,
    ROLE_COACH,
    ROLE_FACILITATOR,
    ROLE_PARENT,
    ROLE_STUDENT,
    ROLE_PARTNER,
    ROLES
};
extern const struct role roles[ROLES];
struct param_set;
void roles_read(const struct param_set *set, struct part list[ROLES]);
struct strategy_params;
struct school;
int64_t role_sent(int role, const struct strategy_params *p); /* how many of this role a strategy sends */
void role_name_other(const struct school *school, uint32_t post, char text[PARAM_TEXT_SIZE]); /* "parent 3" */
int role_find(const char *name);                                                              /* row, or -1 */
#define ROLE_LABELS "teacher|lead teacher|principal|coach|facilitator|parent|student voice|partner"

struct unit {    /* a department or grade team: a silo, and the team that has a phase */
    float phase; /* 0 naming and framing … 1 analyzing … 2 experimenting and applying */
    uint16_t members;
};

/* An emergent community of practice. Stages after Wenger (1998). */
enum group_stage { STAGE_POTENTIAL, STAGE_COALESCING, STAGE_MATURING, STAGE_STEWARDSHIP };
struct group {
    uint64_t ideas; /* what it is about */
    float phase;    /* as a unit's */
    uint32_t age;   /* weeks */
    uint8_t size;
    uint8_t stage;
    uint16_t member[GROUP_SIZE_MAX];
    uint16_t given;  /* weeks of time that it asked for and was given, left */
    uint32_t sprint; /* bit of the strategy that formed it for a task; 0: it formed by itself */
};

/* Somebody who works beside one who practises an innovation. */
struct apprentice {
    uint32_t person, with_person; /* it ends when either leaves */
    int64_t until;
    uint16_t who, with;
    uint8_t strategy;
};

/* A bundle of ideas whose way through the layers of nested communities is followed (Albury). */
struct innovation {
    uint64_t ideas;
    double enough; /* of them one must value to be engaged, value and use to practise */
    int64_t pioneers, start;
    int64_t schools; /* that have pioneers, the first ones; 0: all */
    bool protect;
    const char *name; /* "" for the plain [innovation] */
};

/* A bundle of ideas laid on the school, by its own strategy, a district, or in a past that nobody cleared. */
struct initiative {
    uint64_t ideas;
    float pressure; /* 0 wish … 1 order; -1 once it has ended */
    float weight;   /* attention it takes; what is left of it after its end is its residue */
    int64_t begun;  /* week */
    int64_t end;    /* week; -1: open */
    uint32_t reach; /* bit of the strategy whose targets it reaches, or 0: everyone */
    uint32_t by;    /* 1 + the person of the principal who ordered it; 0: nobody inside */
};

/* An idea that somebody champions. */
struct cause {
    uint64_t idea;
    uint32_t person; /* who does */
    uint16_t who;    /* at this post */
};

struct school {
    struct teacher *teachers; /* `staff` of them, then room for `other_room` members who are not */
    uint32_t number;          /* in the world; key of its streams */
    uint32_t staff;
    uint32_t others; /* present now, at teachers[staff …]: coaches, facilitators, parents, students, partners */
    uint32_t other_room;
    uint32_t unit_count;
    uint32_t next_person;
    uint32_t principal; /* post; at or beyond staff: a roster left it out */
    float office;       /* sum of part[].office over staff */

    float base[LEVERS];   /* formal levels this principal works toward, before strategies */
    float held[LEVERS];   /* how far they have come toward it */
    float formal[LEVERS]; /* policy in force */
    float lived[LEVERS];  /* what people make of it */
    float decree[LEVERS]; /* how far the level in force is imposed, 0..1 */
    float style;          /* principal: 0 controls … 1 distributes */
    float trust;          /* A: general trust, 0..1 */
    float tie_trust;      /* mean trust of ties when stock was last taken */
    float inclusion;      /* share of staff with two or more ties of trust above a half, then */
    float enthusiasm;     /* mean commitment */
    float shared;         /* mean |valued and used| / 64 */
    float self_organized; /* sigma H, what the community organizes for itself */
    float change;         /* v: smoothed changes of practice per teacher-week */
    float pushback_lag;   /* first of two lags */
    float pushback;       /* R, 0..1 */
    float mandate;        /* strongest decree in force, 0..1 */
    float contact;        /* shock: conversations multiplied */
    float strain;         /* shock: fatigue added a week */
    float leaving;        /* shock: turnover multiplied */
    float facilitation;   /* added to the logit of productive conflict */
    uint64_t concerns;    /* ideas that parents, students and partners care for; drawn when the first of them come */
    uint32_t nights;      /* bit s: strategy s holds a community night this week */
    float acts[2];        /* leadership acts a week, all and informal, smoothed over half a year */
    float rest;           /* share of residue laid to rest a week */
    float load;           /* weight of initiatives and their residues */
    float student_learning;
    float cost;                    /* this week */
    int64_t begins;                /* first week lived, at most 0: schools differ, so that their swells do */
    int64_t stepped;               /* last week lived */
    uint32_t active;               /* bit s: strategy s is on this week */
    uint32_t begun;                /* bit s: its moment of start is past */
    uint32_t over;                 /* bit s: it cannot come any more */
    uint32_t unfunded;             /* bit s: it ended for want of money */
    int64_t since[STRATEGIES_MAX]; /* week of that moment */
    double spent;                  /* on strategies so far */
    double granted;                /* by its district so far */
    double asked;                  /* last week's cost of strategies that wait for nothing but money, or run */
    uint32_t shocked;              /* the same for shocks */
    uint32_t hit;                  /* bit s: shock s happens to this school too */
    uint16_t district;             /* 1 + its place among the world's districts; 0: none */
    uint32_t rested;               /* initiatives laid to rest so far */
    uint8_t reports[OFFICES_MAX];  /* what each office heard in this school last week: an idea, or NO_REPORT */
    uint32_t initiative_count;
    struct initiative initiatives[INITIATIVES_MAX];
    struct unit units[UNITS_MAX + 1]; /* others belong to the last, which nobody is a member of */
    uint32_t group_count;
    struct group groups[GROUPS_MAX];
    float says_yes;    /* chance that a group which asks is given time this week */
    double grant_cost; /* a week of it */
    uint32_t apprentice_count;
    struct apprentice apprentices[APPRENTICES_MAX];
    uint32_t cause_count;
    struct cause causes[CAUSES_MAX];
    uint64_t championed; /* ideas of all causes */

    struct membership *membership; /* in networks of schools; NULL: none are configured */

    struct lineage *lineage;     /* owned; NULL unless somebody of this school is followed */
    struct adoptions *adoptions; /* owned; NULL unless it is kept who brought whom in */
    bool watched;                /* one of the two */

    /* Sums of the last week, for observation. */
    struct tally {
        uint32_t talks, by_depth[DEPTHS];
        uint32_t conflicts, productive;
        uint32_t leavers;
        uint32_t acts, acts_informal;             /* of leadership */
        float hours;                              /* given to community nights */
        uint32_t heard, valued, enacted, dropped; /* rungs climbed and lost */
        uint32_t told, told_across;               /* of those heard: by a colleague, of another unit */
        uint32_t taken, taken_strong;             /* of those enacted: in joint work, over a strong tie */
        uint32_t rungs_deep;                      /* climbed in sharing and joint work */
    } tally;
};

struct world {
    const struct param_set *set;
    const void *params[32]; /* by row of processes */
    uint64_t seed;
    uint32_t replicate;
    uint32_t school_count;
    struct school *schools;
    struct teacher *teachers; /* all of them, one block */
    int64_t week;
    int weeks_per_year;
    float quality[IDEAS]; /* q_k: latent worth for students, 0..1 */
    uint64_t focal;       /* ideas of the first innovation */
    struct innovation innovations[INNOVATIONS_MAX];
    uint32_t innovation_count;
    uint64_t bundle[STRATEGIES_MAX]; /* ideas that strategy s promotes */
    struct when when[STRATEGIES_MAX];
    uint32_t whens;                  /* bit s: strategy s has a condition */
    int8_t after[STRATEGIES_MAX];    /* the strategy that must have ended first, or -1 */
    uint64_t order[INITIATIVES_MAX]; /* ideas that the n-th configured initiative asks for */
    uint64_t promoted;               /* all bundles and orders but the focal one */
    uint64_t lasting;                /* all of these: new to everyone at the start, and they do not become obsolete */
    struct networks *networks;       /* owned; NULL: none are configured */
    const igraph_t *network;         /* surveyed, or NULL */
    uint64_t obsolete;               /* ideas replaced in `week`, that of the last exchange */
    uint32_t merged;                 /* bit s: the mergers of shock s are done */
    uint32_t district_count;
    struct district *districts; /* owned; NULL when there are none */
    bool keeps_adoptions;
    uint32_t reaching_out;   /* bit s: outreach.c carries out strategy s */
    float least;             /* learning.least */
    struct part part[ROLES]; /* by role */
};

/* What somebody of this commitment does of what a wholly committed one would: learns, tries, comes (model: step 6). */
static inline float willing(const struct world *world, float commitment)
{
    return world->least + (1.0f - world->least) * commitment;
}

#endif
