/* adoption.h: who brought whom in: every step of the staff into a community around an innovation (interest, engagement,
 * practice) with its source, kept beside the school when asked for. */
#ifndef LADDER_ADOPTION_H
#define LADDER_ADOPTION_H

#include "../ladder.h"

/* What brought a step about. The words stand in the tables of results. */
#define SOURCE_KINDS(X)              \
    X(PIONEER, "pioneer")            \
    X(TALK, "talk")                  \
    X(GROUP, "group")                \
    X(COACH, "coach")                \
    X(ILLUMINATION, "illumination")  \
    X(APPRENTICE, "apprenticeship")  \
    X(CRITICAL, "critical friends")  \
    X(WORKSHOP, "workshop")          \
    X(ORDER, "order")                \
    X(LEADER, "leadership")          \
    X(NETWORK, "network of schools") \
    X(COMMUNITY, "other members")    \
    X(SELF, "oneself")               \
    X(BROUGHT, "brought along")
#define SOURCE_ENUM(name, word) SOURCE_##name,
enum source_kind { SOURCE_KINDS(SOURCE_ENUM) SOURCES };

void adoption_talk(struct week *week, const struct talk *talk); /* after both have learned from each other */
void adoption_note(struct week *week, enum source_kind kind);   /* what is new to anybody came so */
void adoption_step(struct week *week, int process);             /* after each process */
void adoption_week(struct week *week);                          /* at the week's end */
void adoption_reserve(struct world *world);                     /* between weeks */
void adoption_free(struct adoptions *adoptions);
int adoption_verify(const struct world *world, const struct school *s, char *why, size_t size);

/* For the model. */
#define SOURCE_WORD(name, word) word "|"
#define ADOPTION_WORDS SOURCE_KINDS(SOURCE_WORD) /* the last word is empty: nothing is of that kind */
enum status adoption_keep(struct world *world, struct faults *faults);
size_t adoption_list(const struct world *world, size_t school, struct adoption *list, size_t max);
void adoption_name(const struct world *world, size_t school, uint32_t post, char text[PARAM_TEXT_SIZE]);
size_t adoption_innovations(const struct world *world, const char *names[], size_t max);

#endif
