/* entries.h: a first step into each of the three capacities, and what it gains: for P2 and P3. */
#ifndef PATTERNS_ENTRIES_H
#define PATTERNS_ENTRIES_H

#include "pattern.h"

#define ENTRIES 3
#define ENTRY_PERSONAL "strategy p.start=2y; strategy p.coaches=1; " /* with HALF_TIME visits */
#define ENTRY_INTERPERSONAL "strategy i.start=2y; strategy i.facilitation=2; strategy i.dispersal=0.55; "
#define ENTRY_ORGANIZATIONAL "strategy o.start=2y; strategy o.time=0.55; "
extern const struct entry {
    const char *name, *settings;
} entries[ENTRIES];

/* School and entry by their settings; gain: practised repertoire in the tenth year over `none`, run by run. */
struct lab *entries_none(const struct trial *trial, const char *school);
void entries_gain(const struct trial *trial, const struct lab *none, const char *school, const char *entry,
                  double *gain);

#endif
