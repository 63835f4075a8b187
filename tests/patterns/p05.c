/* P5: learning under mandate is used but not valued, and most of it is gone two years after the pressure ends; valued
 * learning lasts. The same bundle is ordered for three years, or brought by a coach. */
#include "pattern.h"

#include <stdio.h>

#define BUNDLE "strategy bundle.ideas=8; strategy bundle.start=2y; strategy bundle.end=5y; "

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *none = lab_run(trial->runs, trial->seed, 7 * YEAR, 4, NO_INNOVATION BUNDLE, trial->settings);
    struct lab *order = lab_run(trial->runs, trial->seed, 7 * YEAR, 4,
                                NO_INNOVATION BUNDLE "strategy bundle.decree=1; ", trial->settings);
    struct lab *coach = lab_run(trial->runs, trial->seed, 7 * YEAR, 4,
                                NO_INNOVATION BUNDLE "strategy bundle.coaches=1; ", trial->settings);
    static double used[RUNS_MAX], valued[RUNS_MAX], left[RUNS_MAX], learned[RUNS_MAX], lasting[RUNS_MAX],
        margin[RUNS_MAX];
    year_before(order, none, 5 * YEAR, "promoted_used", used);
    year_before(order, none, 5 * YEAR, "promoted_valued", valued);
    year_before(order, none, 7 * YEAR, "promoted_used", left);
    year_before(coach, none, 5 * YEAR, "promoted_valued", learned);
    year_before(coach, none, 7 * YEAR, "promoted_valued", lasting);
    for (size_t r = 0; r < trial->runs; r++)
        margin[r] = used[r] - 2 * left[r]; /* more than half is gone */
    finding_mean(finding, margin, trial->runs);
    const struct interval u = interval_of(used, trial->runs), v = interval_of(valued, trial->runs),
                          l = interval_of(left, trial->runs), c = interval_of(learned, trial->runs),
                          k = interval_of(lasting, trial->runs);
    finding->held = u.low > 0.1 && v.high < 0.5 * u.low && finding->low > 0 && c.low > 0 && k.low > 0.5 * c.mean;
    snprintf(finding->text, sizeof finding->text,
             "ordered use less twice what is left; ordered: used %+.2f, valued %+.2f, two years on used %+.2f; "
             "coached: valued %+.2f, two years on %+.2f",
             u.mean, v.mean, l.mean, c.mean, k.mean);
    lab_free(none);
    lab_free(order);
    lab_free(coach);
}

const struct pattern p05 = {"P5", "what is ordered is used, not valued, and goes", "reflection.drop=0; lapse.rate=0",
                            "habits that are not valued are neither dropped nor lost", run};
