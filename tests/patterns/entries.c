#include "entries.h"

#include <stdio.h>

#define HALF_TIME "meetings.visits=12; "
#define YEARS 10

const struct entry entries[ENTRIES] = {
    {"coaching", ENTRY_PERSONAL},
    {"dialogue and shared power", ENTRY_INTERPERSONAL},
    {"time", ENTRY_ORGANIZATIONAL},
};

static struct lab *enter(const struct trial *trial, const char *school, const char *entry)
{
    char settings[1024];
    snprintf(settings, sizeof settings, NO_INNOVATION HALF_TIME "%s%s", school, entry);
    return lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, settings, trial->settings);
}

struct lab *entries_none(const struct trial *trial, const char *school)
{
    return enter(trial, school, "");
}

void entries_gain(const struct trial *trial, const struct lab *none, const char *school, const char *entry,
                  double *gain)
{
    struct lab *lab = enter(trial, school, entry);
    year_before(lab, none, YEARS * YEAR, "repertoire", gain);
    lab_free(lab);
}
