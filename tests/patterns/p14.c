/* P14: adding parents, students and partners to the conversation raises invitation and shared purpose, at a cost in time; it
 * helps a divided school most.
 *
 * The same school, and one whose units value things apart, each with and without community nights from its third year on;
 * and the first with nights of its staff alone. Means over the sixth to tenth year. Five bounds at once: purpose and
 * invitation rise, purpose more than by nights of staff alone; it costs hours; purpose rises more in the divided
 * school. The cost that the theory names is time. Whether it tires as well is told and no bound: in half of all draws
 * the nights carry people as much as they wear them out.
 *
 * A hundred replicates at least: the difference between the two schools varies by .03 from replicate to replicate, and
 * half of what it is with the defaults should be seen nine times in ten. */
#include "pattern.h"

#include <stdio.h>

#define YEARS 10
#define NIGHTS                                                                                                \
    "strategy night.start=2y; strategy night.night=4; strategy night.parents=10; strategy night.students=5; " \
    "strategy night.partners=4; strategy night.facilitators=2; "
#define STAFF_ALONE "strategy night.start=2y; strategy night.night=4; "
#define ENOUGH 100
#define DIVIDED "leaning.divided=0.5; "

static void gain(const struct lab *with, const struct lab *without, const char *column, double *values)
{
    for (size_t run = 0; run < with->runs; run++)
        values[run] = lab_mean(with, run, 5 * YEAR + with->every, YEARS * YEAR, column) -
                      lab_mean(without, run, 5 * YEAR + without->every, YEARS * YEAR, column);
}

static void run(const struct trial *asked, struct finding *finding)
{
    const struct trial enough = trial_of(asked, ENOUGH), *trial = &enough;
    static double purpose[RUNS_MAX], apart[RUNS_MAX], values[RUNS_MAX];
    static const char *const scenarios[] = {NO_INNOVATION, NO_INNOVATION NIGHTS, NO_INNOVATION DIVIDED,
                                            NO_INNOVATION DIVIDED NIGHTS, NO_INNOVATION STAFF_ALONE};
    struct lab *labs[5];
    for (int k = 0; k < 5; k++)
        labs[k] = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, scenarios[k], trial->settings);
    gain(labs[1], labs[0], "purpose", purpose);
    gain(labs[3], labs[2], "purpose", apart);
    gain(labs[1], labs[0], "invitation", values);
    const struct interval invitation = interval_of(values, trial->runs);
    gain(labs[1], labs[4], "purpose", values);
    const struct interval added = interval_of(values, trial->runs);
    gain(labs[1], labs[0], "fatigue", values);
    const struct interval fatigue = interval_of(values, trial->runs);
    gain(labs[1], labs[0], "hours", values);
    const struct interval hours = interval_of(values, trial->runs);
    const struct interval together = interval_of(purpose, trial->runs);
    for (size_t r = 0; r < trial->runs; r++)
        values[r] = apart[r] - purpose[r];
    finding_mean(finding, values, trial->runs);
    finding->runs = trial->runs;
    finding->held = finding->low > 0 && together.low > 0 && invitation.low > 0 && hours.low > 0 && added.low > 0;
    snprintf(finding->text, sizeof finding->text,
             "gain in shared purpose, divided school less another; the other's own %+.3f [%+.3f, %+.3f], %+.3f [%+.3f, "
             "%+.3f] of it "
             "over nights of staff alone; invitation %+.3f "
             "[%+.3f, %+.3f]; %.2f hours a person and week; told only: fatigue %+.3f [%+.3f, %+.3f]",
             together.mean, together.low, together.high, added.mean, added.low, added.high, invitation.mean,
             invitation.low, invitation.high, hours.mean, fatigue.mean, fatigue.low, fatigue.high);
    for (int k = 0; k < 5; k++)
        lab_free(labs[k]);
}

const struct pattern p14 = {"P14",
                            "parents, students and partners raise invitation and purpose, most in a divided school",
                            "learning.value_aid=0; learning.value_sharing=0; learning.value_joint=0; "
                            "community.question=0",
                            "nobody comes to value what others do", run};
