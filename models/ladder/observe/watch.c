/* What watches a school at work: one teacher followed (lineage.c), who brought whom in (adoption.c). They draw nothing and
 * change nothing of it. */
#include "adoption.h"

void watch_talk(struct week *week, const struct talk *talk)
{
    if (week->school->lineage)
        lineage_talk(week, talk);
    if (week->school->adoptions)
        adoption_talk(week, talk);
}

void watch_outside(struct week *week, bool workshop)
{
    if (week->school->lineage)
        lineage_note(week, workshop ? "workshop" : "own search");
    if (week->school->adoptions && workshop && week->school->active)
        adoption_note(week, SOURCE_WORKSHOP);
}

void watch_step(struct week *week, int process, const char *name)
{
    if (week->school->lineage)
        lineage_step(week, process, name);
    if (week->school->adoptions)
        adoption_step(week, process);
}

void watch_week(struct week *week)
{
    if (week->school->lineage)
        lineage_week(week);
    if (week->school->adoptions)
        adoption_week(week);
}
