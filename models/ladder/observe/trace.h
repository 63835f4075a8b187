/* trace.h: what following one teacher needs; lineage.c remembers, trace.c tells. */
#ifndef LADDER_TRACE_H
#define LADDER_TRACE_H

#include "../ladder.h"

enum rung { RUNG_KNOWN, RUNG_VALUED, RUNG_USED, RUNGS };
enum trace_table_row { TRACE_WEEKS, TRACE_TALKS, TRACE_TIES, TRACE_IDEAS };

/* How somebody came by an idea on one rung. Kept for good: what others took from it points here. */
struct lineage_source {
    int64_t parent; /* the source of the person it came from, or -1: not from a colleague */
    int64_t week;
    const char *how;
    uint32_t post, person;
};

/* A person's sets as last seen, and the source of each member. */
struct lineage_post {
    uint32_t person;
    bool present;
    uint64_t set[RUNGS];
    int64_t source[RUNGS][IDEAS]; /* index into sources; -1 where the set has no such member */
};

struct lineage {
    const struct trace *trace;
    uint32_t followed;              /* post */
    struct lineage_post *posts;     /* staff, then coaches */
    char (*names)[PARAM_TEXT_SIZE]; /* of staff, as the network names them */
    struct lineage_source *sources;
    size_t count, room;
    bool short_of_memory; /* sources are lost from now on, and lineages say so */
};

/* What everybody knows before the first week that is lived. */
void lineage_begin(struct world *world, struct school *s);
/* "17", "coach 2". Returns text. */
const char *lineage_name(const struct lineage *lineage, const struct school *s, uint32_t post,
                         char text[PARAM_TEXT_SIZE]);

/* trace.c: a row for a change of the followed teacher. source NULL: lost. */
void trace_idea(const struct lineage *lineage, const struct school *s, int64_t week, enum rung rung, int idea,
                const struct lineage_source *source, const char *how);
void trace_week(const struct week *week);

#endif
