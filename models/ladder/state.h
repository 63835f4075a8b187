/* state.h: what the ladder model remembers, and how its processes see it.
 *
 * One ladder serves all the theory: each teacher holds three sets of ideas, `known`, `valued` (espoused theory) and
 * `used` (theory-in-use), as 64-bit words; set algebra on words is exact and fast. */
#ifndef LADDER_STATE_H
#define LADDER_STATE_H

#include "../../sim/leaf/curve.h"
#include "../../sim/leaf/model.h"
#include "../../sim/leaf/rng.h"
#include "../../sim/leaf/text.h"
#include "batch.h"
#include "when.h"

#ifdef __BMI2__
#include <immintrin.h>
#endif
#include <stdalign.h>
#include <string.h>

#define IDEAS 64
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
#define DISTRICTS_MAX 256
#define OFFICES_MAX 16
#define NO_REPORT 255
#define PEOPLE_MAX (STAFF_MAX + OTHERS_MAX)
#define TALKS_MAX (BATCH_MAX / 2) /* two sides each */

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
};
_Static_assert(sizeof(struct teacher) == 256, "a teacher is four cache lines");

/* A role is a row of venues, rates and powers, not code. */
struct role {
    const char *name;
    int staff;     /* counts in the school's means, can leave and be replaced; else sent by a strategy */
    size_t sent;   /* where strategy_params say how many are sent */
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
    float office;       /* sum of roles[].office over staff */

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
    uint32_t reaching_out; /* bit s: outreach.c carries out strategy s */
};

/* What brought two people together. */
enum venue {
    VENUE_USUAL,
    VENUE_GROUP,
    VENUE_VISIT,
    VENUE_APPRENTICE,
    VENUE_CRITICAL,
    VENUE_LEADER,
    VENUE_NIGHT,
    VENUES
};

/* A conversation of this week. */
struct talk {
    union {
        struct {
            uint16_t a, b; /* who asked, who was asked */
        };
        uint16_t side[2]; /* the same two */
    };
    uint8_t place;    /* of b among a's ties, or NO_TIE: strangers */
    uint8_t depth;    /* STORYTELLING … JOINT_WORK */
    uint8_t conflict; /* 0 none, 1 unproductive, 2 productive */
    uint8_t venue;    /* VENUE_USUAL … */
};
#define NO_TIE 255

/* One school in one week: what the processes hand to each other. Lives on the stepping thread's stack. */
struct week {
    const struct world *world;
    struct school *school;
    int64_t number;
    uint32_t people; /* staff and others present */
    uint32_t talk_count;
    uint32_t offered; /* by leaders: the first talks, whose places are to be looked up */
    uint32_t known; /* the first so many are talks over a tie, its place told; depth.c looks for those of the others */
    uint32_t practice_changes;
    float effort[PEOPLE_MAX];         /* attempts of the week that tire */
    float open[PEOPLE_MAX];           /* to learning: all its chances are times this */
    struct talk talks[TALKS_MAX + 1]; /* one to spare: what may count is written before it is asked whether it does */
    uint16_t deep[TALKS_MAX + 1];     /* the talks that reached sharing */
    uint32_t deep_count;
    uint64_t eased[(PEOPLE_MAX + 63) / 64]; /* bit i: the talks of i are facilitated; meant only while any_eased */
    bool any_eased;
    uint64_t open_to[UNITS_MAX]; /* by unit: ideas that pass the individual test there, as they may pass it anywhere */
    struct batch batch;          /* working space of the process at work */
};

struct process {
    const char *name;
    const char *title;
    const char *theory; /* systems it carries, sources */
    const struct param_group *group;
    void (*step)(struct week *week, const void *params);
};

/* The order is the order of a week. Adding a process takes its file and its row here. */
#define LADDER_PROCESSES(X) \
    X(policy)               \
    X(structures)           \
    X(leadership)           \
    X(meetings)             \
    X(community)            \
    X(outreach)             \
    X(depth)                \
    X(dissonance)           \
    X(learning)             \
    X(ties)                 \
    X(leaning)              \
    X(reflection)           \
    X(lapse)                \
    X(energy)               \
    X(pushback)             \
    X(groups)               \
    X(networks)             \
    X(people)               \
    X(district)             \
    X(ideas)                \
    X(students)
#define LADDER_PROCESS_EXTERN(name)             \
    extern const struct process name##_process; \
    extern const struct param_group name##_rules;
LADDER_PROCESSES(LADDER_PROCESS_EXTERN)
#define LADDER_PROCESS_ROW(name) PROCESS_##name,
enum process_row { LADDER_PROCESSES(LADDER_PROCESS_ROW) PROCESSES };

static inline void week_reader(const struct week *week, enum rng_stream stream, struct rng_reader *reader)
{
    const struct rng_key key = {.seed = week->world->seed,
                                .replicate = week->world->replicate,
                                .school = week->school->number,
                                .week = (uint32_t)week->number,
                                .stream = stream};
    rng_reader_start(reader, key);
}

static inline bool week_eased(const struct week *week, uint32_t i)
{
    return week->eased[i / 64] >> (i % 64) & 1;
}

/* The talks of i are facilitated this week. */
static inline void week_ease(struct week *week, uint32_t i)
{
    if (!week->any_eased)
        memset(week->eased, 0, sizeof week->eased);
    week->any_eased = true;
    week->eased[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline int count_bits(uint64_t set)
{
    return __builtin_popcountll(set);
}

static inline float share_of_pool(uint64_t set)
{
    return (float)count_bits(set) * (1.0f / IDEAS);
}

/* The n-th lowest member of a set, as a set of one; n below its size, or 0 for the empty set, whose answer is not in it.
 * Each byte of a word is added up or compared at once: first which byte holds the member, then which of its bits. */
static inline uint64_t nth_idea(uint64_t set, uint32_t n)
{
#ifdef __BMI2__
    return _pdep_u64(UINT64_C(1) << n, set);
#else
    const uint64_t ones = 0x0101010101010101, high = 0x8080808080808080;
    uint64_t count = set - (set >> 1 & 0x5555555555555555);
    count = (count & 0x3333333333333333) + (count >> 2 & 0x3333333333333333);
    count = ((count + (count >> 4)) & 0x0f0f0f0f0f0f0f0f) * ones; /* byte k: how many are in bytes 0 to k */
    const uint64_t bytes_below = ((n * ones | high) - count) & high;
    const uint32_t shift = (uint32_t)count_bits(bytes_below) % 8 * 8;
    const uint64_t left = n - (count << 8 >> shift & 0xff);
    uint64_t rank = (set >> shift & 0xff) * ones & 0x8040201008040201; /* bit k alone in byte k */
    rank = ((rank + 0x7f7f7f7f7f7f7f7f) >> 7 & ones) * ones;           /* byte k: how many are in bits 0 to k */
    const uint64_t bits_below = ((left * ones | high) - rank) & high;
    return UINT64_C(1) << ((shift + (uint32_t)count_bits(bits_below)) % IDEAS);
#endif
}

/* One member chosen uniformly by a random word; the empty set from the empty set. */
static inline uint64_t pick_idea(uint64_t set, uint32_t word)
{
    return nth_idea(set, rng_word_below(word, (uint32_t)count_bits(set))) & set;
}

static inline uint64_t draw_idea(uint64_t set, struct rng_reader *reader)
{
    return set ? pick_idea(set, rng_next(reader)) : 0;
}

/* Jaccard index; two empty sets are alike. */
static inline float likeness(uint64_t a, uint64_t b)
{
    const int either = count_bits(a | b);
    return either ? (float)count_bits(a & b) / (float)either : 1.0f;
}

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

/* groups.c: talks of groups that meet this week, at most room; returns how many. */
uint32_t groups_meet(const struct world *world, const struct school *school, struct rng_reader *reader,
                     struct talk *talks, uint32_t room);

/* A strategy's teams for a task, among those it reaches. */
void groups_sprint(const struct world *world, struct school *school, uint32_t strategy, struct rng_reader *reader);

/* outreach.c. Whether something that is no talk of meetings.c gets over the boundary between their units, if there is one. */
bool outreach_passes(const struct world *world, const struct school *school, uint32_t a, uint32_t b,
                     struct rng_reader *reader);
uint32_t outreach_strategies(const struct param_set *set); /* bit s: strategy s shows, joins or exchanges */

float groups_boundary(const struct world *world); /* share of push-back that members are spared */

/* leadership.c: what facilitation adds to the logit of productive conflict. */
float leadership_easing(const struct world *world);

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
/* Number of the one of this name, "" the first; -1: there is none. */
int innovation_find(const struct innovation *list, uint32_t count, const char *name);
void innovation_begin(const struct world *world, struct school *school, int64_t week); /* the pioneers of that week */
enum layer innovation_layer(const struct innovation *innovation, const struct teacher *t);
void innovation_check(const struct param_set *set, struct faults *faults);

/* Talks elsewhere than at home go by the same rules (depth.c, dissonance.c, learning.c). */
struct rungs {
    uint64_t known, valued, used;
};
float depth_outlook(const struct world *world, float trust, float openness, float pushback);
float depth_strangers(const struct world *world);                        /* share of general trust */
int depth_draw(const struct world *world, float outlook, float uniform); /* STORYTELLING … JOINT_WORK */
int dissonance_draw(const struct world *world, float alike, float trust, float skill,
                    struct rng_reader *reader); /* 0 none, 1 unproductive, 2 productive */
float dissonance_hurt(const struct world *world);
/* What `me` gains in a talk with the other about these ideas: at most one idea a rung, new to me. */
struct rungs learning_from(const struct world *world, const struct teacher *me, const struct rungs *other, int depth,
                           int conflict, uint64_t about, float time, struct rng_reader *reader);

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
int timing_find(const struct param_set *set, const char *name); /* number of a strategy, or -1 */
void timing_prepare(struct world *world);
uint32_t timing_due(const struct week *week); /* bit s: strategy s is on this week; before anything else of the week */
bool timing_pay(const struct world *world, struct school *school, double price); /* false: there is no money for it */
void timing_check(const struct param_set *set, struct faults *faults);

struct strategy_params;
struct school;
void timing_name(const struct strategy_params *p, bool budgeted, char *name,
                 size_t size); /* with its conditions, for charts */

/* advice.c: whom each member of staff would name in a survey of advice. */
#define NAMES_MAX 8
struct advice {
    uint8_t count[STAFF_MAX];
    uint16_t named[STAFF_MAX][NAMES_MAX];
    uint8_t place[STAFF_MAX][NAMES_MAX]; /* of the one named, among the namer's ties */
};
void advice_ask(const struct world *world, const struct school *school, struct advice *advice);

/* observe.c */
#define LADDER_COLUMN_COUNT 86
extern const struct column ladder_columns[LADDER_COLUMN_COUNT];
void ladder_observe(const struct world *world, size_t school, double *row);

/* network.c */
#define LADDER_PERSON_ATTRIBUTES 10 /* the others are of schools */
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
    innovation_group, innovation_named_group, weights_group, advice_group, district_group;
#include "settings.h"

#endif
