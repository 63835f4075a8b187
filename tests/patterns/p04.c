/* P4: workshops raise what is known, hardly what is used; the same dose as coaching embedded in joint work raises use. One
 * coach of 30 hours a week for 60 staff is half an hour of workshop a week for each. All three scenarios promote the same
 * bundle, so that attention and luck are alike. */
#include "pattern.h"

#include <stdio.h>

#define BUNDLE "strategy support.ideas=8; strategy support.start=2y; strategy support.end=5y; "
#define WORKSHOP BUNDLE "strategy support.workshop_hours=0.5; "
#define COACH BUNDLE "strategy support.coaches=1; "

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *none = lab_run(trial->runs, trial->seed, 5 * YEAR, 4, NO_INNOVATION BUNDLE, trial->settings);
    struct lab *workshop = lab_run(trial->runs, trial->seed, 5 * YEAR, 4, NO_INNOVATION WORKSHOP, trial->settings);
    struct lab *coach = lab_run(trial->runs, trial->seed, 5 * YEAR, 4, NO_INNOVATION COACH, trial->settings);
    static double known[RUNS_MAX], told[RUNS_MAX], shown[RUNS_MAX], margin[RUNS_MAX];
    year_before(workshop, none, 5 * YEAR, "promoted_known", known);
    year_before(workshop, none, 5 * YEAR, "promoted_used", told);
    year_before(coach, none, 5 * YEAR, "promoted_used", shown);
    for (size_t r = 0; r < trial->runs; r++)
        margin[r] = shown[r] - 2 * told[r];
    finding_mean(finding, margin, trial->runs);
    const struct interval k = interval_of(known, trial->runs), t = interval_of(told, trial->runs),
                          s = interval_of(shown, trial->runs);
    finding->held = k.low > 0 && s.low > 0 && finding->low > 0;
    snprintf(
        finding->text, sizeof finding->text,
        "use by coaching less twice the use by workshops; workshops: known %+.2f, used %+.3f; coaching: used %+.3f",
        k.mean, t.mean, s.mean);
    lab_free(none);
    lab_free(workshop);
    lab_free(coach);
}

const struct pattern p04 = {"P4", "training is known, coaching is used",
                            "depth.by_coach=0; learning.take_up=0; reflection.by_support=0",
                            "coaching without joint work: nothing is taken up or tried together", run};
