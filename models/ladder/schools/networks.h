/* networks.h: networks of schools, what a user describes of them and what the world remembers.
 *
 * Schools of a network meet every so many weeks through a few delegates each. Who comes and what they show is settled by
 * each school at the end of the week before (networks.c); between weeks they are matched (meeting.c, one thread, only these
 * copies are read); in the meeting's week each school works out what its own delegates learn. So schools read one another
 * only as of last week's end, and the numbers do not depend on threads. */
#ifndef LADDER_NETWORKS_H
#define LADDER_NETWORKS_H

#include "../process/group.h"

#define NETWORKS_MAX 100000
#define DELEGATES_MAX 8
#define MEETING_TALKS_MAX 12
#define CONTACTS_MAX 32 /* ties of a school's people with people of other schools */
#define CONTACT_WEEKS \
    4 /* people with contacts hear from them in every fourth week, by what was so at the last one's end */

#define NETWORK_PARAMS(X, S)                                                                                         \
    X(S, CHOICE, active, "yes", 0, 0, "", "no|yes", "no: the section is kept but does nothing", "the case at hand")  \
    X(S, INTEGER, count, "1", 1, 100000, "networks", "", "networks like this one", "the case at hand")               \
    X(S, INTEGER, schools, "0", 0, 200000, "schools", "",                                                            \
      "members at the start, shared out over its networks, the next free ones; 0: all that are free",                \
      "the case at hand")                                                                                            \
    X(S, TEXT, members, "", 0, 0, "", "", "or these very schools, by number: 1, 4, 7-12", "the case at hand")        \
    X(S, INTEGER, least, "2", 2, 200000, "schools", "", "in each network at the start",                              \
      "evidence: 6 to 40 in England's networks")                                                                     \
    X(S, INTEGER, most, "40", 2, 200000, "schools", "", "in each network, ever", "evidence: 6 to 40 in England")     \
    X(S, DURATION, start, "2y", 0, 16000000, "weeks", "", "when it is founded; it first meets an interval later",    \
      "the case at hand")                                                                                            \
    X(S, DURATION, end, "never", -1, 16000000, "weeks", "", "when it ends; what people have of one another stays",   \
      "the case at hand")                                                                                            \
    X(S, DURATION, interval, "6w", 1, 400, "weeks", "", "between meetings", "assumed")                               \
    X(S, INTEGER, delegates, "4", 1, 8, "people", "", "a school sends", "assumed")                                   \
    X(S, CHOICE, send, "trusted", 0, 0, "", "role|trusted|volunteers",                                               \
      "who goes: principal and lead teachers, whom most colleagues trust, or who is keenest", "theory: S8, S9")      \
    X(S, INTEGER, talks, "6", 1, 12, "talks", "", "rounds of talk in a meeting", "assumed: a day")                   \
    X(S, REAL, purpose, "0.5", 0, 1, "share", "",                                                                    \
      "tension purpose/activities: of talks that keep to the agenda; the others go where they go",                   \
      "theory: Lieberman")                                                                                           \
    X(S, REAL, outside, "0.2", 0, 1, "share", "", "tension inside/outside: of talks that are with outside experts",  \
      "theory: Lieberman")                                                                                           \
    X(S, REAL, centralization, "0.2", 0, 1, "share", "",                                                             \
      "tension: of talks sought with the lead school, which sets as much of the agenda", "theory: Lieberman")        \
    X(S, REAL, formality, "0.4", 0, 1, "0-1", "",                                                                    \
      "tension: the same delegates come, as expected; less is talked freely and between meetings",                   \
      "theory: Lieberman")                                                                                           \
    X(S, REAL, exclusivity, "0.2", 0, 1, "0-1", "", "tension: how few of those who ask are admitted, and how alike", \
      "theory: Lieberman")                                                                                           \
    X(S, INTEGER, ideas, "0", 0, 64, "ideas", "",                                                                    \
      "practices of its programme, new to the schools: the agenda; 0: members' own concerns", "the case at hand")    \
    X(S, CHOICE, focal, "no", 0, 0, "", "no|yes", "yes: the focal innovation is its programme", "the case at hand")  \
    X(S, REAL, facilitation, "0", 0, 4, "logit", "", "skilled facilitation of meetings: raises productive conflict", \
      "theory: Lieberman, leaders facilitate")                                                                       \
    X(S, REAL, word, "0.05", 0, 10, "schools", "", "that a school which attends tells of it, after each meeting",    \
      "assumed")                                                                                                     \
    X(S, INTEGER, patience, "8", 0, 1000, "meetings", "",                                                            \
      "in a row without anybody there after which a school is out; 0: never",                                        \
      "evidence: a third of 395 schools had ended a reform relationship within three years")                         \
    X(S, REAL, cost, "0", 0, 1e12, "unit/week", "", "cost of a member school and week, in the user's unit",          \
      "the case at hand")
struct network_params {
    char name[PARAM_TEXT_SIZE];
    NETWORK_PARAMS(PARAM_FIELD, network_params)
};
enum { SEND_ROLE, SEND_TRUSTED, SEND_VOLUNTEERS };

/* Somebody as others see them: a copy from the end of a week. */
struct shown {
    struct rungs rungs;
    uint32_t person;
    uint32_t school; /* whose; of somebody shown to a contact: the contact's, so that it knows it is meant */
    uint16_t teacher;
    uint8_t role;
    uint8_t slot; /* of the contact on the other side */
};

/* A tie with somebody of another school: each side keeps its own. */
struct contact {
    uint32_t school, person; /* the other's */
    uint32_t own;            /* my person, when it was made */
    uint16_t mine, theirs;   /* posts */
    level strength, trust;
    uint8_t back; /* the slot it has there */
    uint8_t taken;
    uint16_t talks; /* since they know each other */
};

/* One talk with somebody of another school, or an expert, from one side. */
struct encounter {
    struct rungs other;
    struct spoken spoken;
    uint32_t person;  /* whose */
    uint16_t teacher; /* at this post */
    uint8_t expert;
    uint8_t between; /* 1: between meetings, in a community */
};
#define ENCOUNTERS_MAX (DELEGATES_MAX * MEETING_TALKS_MAX + 32) /* a full meeting, and communities besides */

/* A school's part in networks. */
struct membership {
    int32_t network;  /* -1: in none */
    uint32_t missed;  /* meetings in a row */
    float worth;      /* what meetings have given lately: rungs climbed a talk, smoothed */
    uint32_t present; /* delegates who come to the next meeting */
    struct delegate {
        struct shown shown;
        float commitment;
        uint8_t coming;
    } delegates[DELEGATES_MAX];
    uint32_t delegate_count;
    uint32_t encounter_count;
    struct encounter encounters[ENCOUNTERS_MAX];
    uint32_t climbed;     /* rungs at the last meeting */
    float deep, inquired; /* deep talks and inquiries at meetings, those before counting less */
    struct contact contacts[CONTACTS_MAX];
    struct shown shown[2][CONTACTS_MAX]; /* my people with contacts; while one page is read, the other is written */
};

/* A community of practice that spans schools. */
struct community {
    struct group group;                                      /* its members are posts, */
    uint32_t school[GROUP_SIZE_MAX], person[GROUP_SIZE_MAX]; /* of these schools, where they were these people */
    struct common common;                                    /* when it last met */
};
#define COMMUNITIES_MAX 16 /* of a network; a smaller one has room for one a school */

/* One network: changes between weeks only. */
struct network {
    const struct network_params *p;
    uint32_t number;  /* from 0 */
    uint32_t section; /* [network …] */
    uint32_t *member; /* schools, the lead school first; room for p->most */
    uint32_t size, room;
    uint32_t wanted; /* founders */
    bool founded;    /* members are known */
    uint64_t agenda; /* ideas it works on */
    uint32_t meetings;
    struct community *communities; /* room for community_room */
    uint32_t community_count, community_room;
    /* Earl & Katz's features, of the last meeting; NAN before the first */
    struct features {
        float purpose, trust, depth, formal, distributed, attendance, climbed;
    } features;
};

struct networks {
    uint32_t count;
    struct network *list;
    uint32_t *members;                   /* one block for all lists of members */
    struct community *communities;       /* one for theirs */
    struct membership *of;               /* by school */
    uint32_t taken;                      /* the first so many schools are all in a network */
    uint64_t programme[PARAM_NAMED_MAX]; /* by section */
    int64_t first;                       /* week in which one begins */
    struct attending *attending;         /* working space of a meeting */
};

/* Rules of networks.c that a meeting goes by. */
struct meeting_rules {
    float by_focus, informality, again, founding, inquiry, by_evidence, first_strength, done;
    int concerns;
};
struct shown networks_show(const struct school *s, uint32_t i, uint32_t school, uint32_t slot);
struct meeting_rules networks_meeting_rules(const struct world *world);
void contact_talk(const struct world *world, struct contact *c, int depth, int conflict); /* what it does to the tie */
uint32_t networks_compared(const struct world *world,
                           const struct network_params *p); /* schools for each founder's place */
float networks_expected(const struct world *world);         /* worth of meetings before the first */
float networks_apart(const struct world *world); /* share of a week's life that a community across schools has */

/* What is read in this week, written at the end of the one before. */
static inline uint32_t networks_page(int64_t week)
{
    return (uint32_t)(week / CONTACT_WEEKS) & 1;
}

/* The week's view of a network. */
bool network_meets(const struct network *n, int64_t week);
bool network_lasts(const struct network *n, int64_t week);

/* networks_begin.c */
enum status networks_new(struct world *world, struct faults *faults);
void networks_free(struct networks *networks);
void networks_check(const struct param_set *set, const struct model_input *input, struct faults *faults);
void networks_draw_programmes(struct world *world, struct rng_reader *reader); /* new to everyone, as bundles are */

/* networks_observe.c. The features are those of the last meeting. */
#define NETWORK_COLUMNS(X)                                                                                             \
    X(networked, "share", "schools in a network of schools", STATE, "", 0, 1)                                          \
    X(network_schools, "schools", "in the school's network", STATE, "", 0, 200000)                                     \
    X(network_purpose, "share", "purpose and focus: of the network's agenda, valued by those who came", STATE, "", 0,  \
      1)                                                                                                               \
    X(network_trust, "0-1", "relationships: trust in the talks of its last meeting", STATE, "", 0, 1)                  \
    X(network_depth, "share", "collaboration: talks of the meeting that reach sharing or joint work", STATE, "", 0, 1) \
    X(network_inquiry, "share", "inquiry: deep talks of its delegates at the last meetings that examine practice",     \
      STATE, "", 0, 1)                                                                                                 \
    X(network_formal, "share", "formal leadership: principals and lead teachers among those who came", STATE, "", 0,   \
      1)                                                                                                               \
    X(network_distributed, "0-1", "distributed leadership: how evenly others learned from those who came", STATE, "",  \
      0, 1)                                                                                                            \
    X(network_attendance, "share", "accountability: expected delegates who came", STATE, "", 0, 1)                     \
    X(network_climbed, "rungs", "capacity building: ideas heard, valued or taken up by a delegate at the meeting",     \
      STATE, "", 0, 300)                                                                                               \
    X(network_groups, "groups", "communities of practice that span schools of the network", STATE, "", 0,              \
      COMMUNITIES_MAX)                                                                                                 \
    X(network_grouped, "share", "staff in one of them", STATE, "", 0, 1)                                               \
    X(contacts, "people", "ties with people of other schools, per person", NETWORK, "", 0, 100)                        \
    X(brokers, "share", "staff with ties in two or more other schools", NETWORK, "", 0, 1)
void networks_observe(const struct world *world, const struct school *s, double *row); /* these, in a row */

int networks_verify(const struct world *world, const struct school *s, char *why, size_t size); /* 0, or a sentence */

/* networks_graph.c: schools as nodes; none where there are no networks. */
enum status networks_graph(const struct world *world, igraph_t *graph, struct faults *faults);

/* across.c: talks between people of two schools. */
struct side {
    struct membership *of;
    const struct school *school;
    struct shown shown;
};
struct across {
    uint64_t about;
    float focus;       /* logit of depth: they share a concern */
    float informality; /* 0..1 */
    float facilitation;
    uint8_t between; /* 1: between meetings */
};
struct talked {
    struct spoken spoken;
    float trust;
};
void across_bring(struct side *a, const struct encounter *e); /* to school: for this week's step */
struct talked across_talk(const struct world *world, const struct across *across, struct side *a, struct side *b,
                          struct rng_reader *reader);

/* communities.c: in every fourth week. */
void communities_exchange(struct world *world, struct network *network, int64_t week);
void communities_leave(struct world *world, struct network *network, uint32_t school);

/* meeting.c: between weeks, one thread. */
void networks_exchange(struct world *world, int64_t week);
bool networks_exchange_due(const struct world *world, int64_t week);
struct attending *meeting_space(size_t schools); /* for a meeting of so many; free() it */

/* members.c */
void networks_join(struct world *world, struct network *network, uint32_t school);
void networks_found(struct world *world, struct network *network, struct rng_reader *reader);
void networks_grow(struct world *world, struct network *network, struct rng_reader *reader);
void networks_shrink(struct world *world, struct network *network);

#endif
