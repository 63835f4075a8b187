/* P1: structure alone, a mandated change of the timetable, leaves enacted and valued practice no higher than no strategy. */
#include "pattern.h"

#include <stdio.h>

#define DECREE                                                                                      \
    "strategy timetable.time=0.55; strategy timetable.openness=0.55; strategy timetable.start=2y; " \
    "strategy timetable.decree=1; "
/* "No higher" must be shown, not merely not refuted: the whole interval below a tenth of a usual repertoire. */
#define MARGIN 0.02

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *none = lab_run(trial->runs, trial->seed, 12 * YEAR, 4, NO_INNOVATION, trial->settings);
    struct lab *decree = lab_run(trial->runs, trial->seed, 12 * YEAR, 4, NO_INNOVATION DECREE, trial->settings);
    static double gain[RUNS_MAX];
    year_before(decree, none, 12 * YEAR, "repertoire", gain);
    finding_mean(finding, gain, trial->runs);
    finding->held = finding->high < MARGIN;
    snprintf(finding->text, sizeof finding->text,
             "repertoire after ten years of decreed time and openness against none; holds below %+.2f", MARGIN);
    lab_free(none);
    lab_free(decree);
}

const struct pattern p01 = {"P1", "structure alone changes no practice", "strategy timetable.decree=0",
                            "the same time and openness agreed instead of decreed", run};
