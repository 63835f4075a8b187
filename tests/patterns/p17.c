/* P17: joint work changes practice; sharing changes what is valued; storytelling and aid keep people going: without
 * joint work use stalls, without storytelling and aid commitment sags. Each depth of talk is made fruitless in turn, in
 * a school that raises all five structures; what is lost after eight years is measured. */
#include "pattern.h"

#include <stdio.h>

#define YEARS 10
#define NO_JOINT "learning.hear_joint=0; learning.value_joint=0; learning.take_up=0; "
#define NO_SHARING "learning.hear_sharing=0; learning.value_sharing=0; "
#define NO_COMFORT "learning.hear_storytelling=0; learning.hear_aid=0; learning.value_aid=0; learning.relief=0; "

static void run(const struct trial *trial, struct finding *finding)
{
    static double used[RUNS_MAX], valued[RUNS_MAX], commitment[RUNS_MAX];
    char joint[1024], sharing[1024], comfort[1024];
    snprintf(joint, sizeof joint, "%s; " NO_JOINT, trial->settings);
    snprintf(sharing, sizeof sharing, "%s; " NO_SHARING, trial->settings);
    snprintf(comfort, sizeof comfort, "%s; " NO_COMFORT, trial->settings);
    struct lab *whole = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, NO_INNOVATION FIVE, trial->settings);
    struct lab *no_joint = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, NO_INNOVATION FIVE, joint);
    struct lab *no_sharing = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, NO_INNOVATION FIVE, sharing);
    struct lab *no_comfort = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, NO_INNOVATION FIVE, comfort);
    year_before(no_sharing, no_joint, YEARS * YEAR, "used",
                used); /* joint work carries more of use than sharing does */
    year_before(whole, no_sharing, YEARS * YEAR, "valued", valued);
    year_before(no_joint, no_comfort, YEARS * YEAR, "commitment",
                commitment); /* comfort carries more of it than joint work */
    finding_mean(finding, used, trial->runs);
    const struct interval v = interval_of(valued, trial->runs), c = interval_of(commitment, trial->runs);
    finding->held = finding->low > 0 && v.low > 0 && c.low > 0;
    snprintf(
        finding->text, sizeof finding->text,
        "use without sharing less use without joint work; valued lost without sharing %+.3f [%+.3f, %+.3f]; commitment "
        "without joint work less without storytelling and aid %+.2f [%+.2f, %+.2f]",
        v.mean, v.low, v.high, c.mean, c.low, c.high);
    lab_free(whole);
    lab_free(no_joint);
    lab_free(no_sharing);
    lab_free(no_comfort);
}

const struct pattern p17 = {"P17", "each depth of talk does its own work", NO_JOINT NO_SHARING NO_COMFORT,
                            "no depth of talk does anything", run};
