/* week.h: what the processes of a week hand to each other, and which processes there are. */
#ifndef LADDER_WEEK_H
#define LADDER_WEEK_H

#include "../../sim/leaf/rng.h"
#include "process/batch.h"
#include "state.h"

#include <string.h>

#define TALKS_MAX (BATCH_MAX / 2) /* two sides each */

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

#endif
