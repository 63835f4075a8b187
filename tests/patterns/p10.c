/* P10: a voluntary strategy beats the same one mandated, on use after five years and on commitment. */
#include "pattern.h"

#include <stdio.h>

#define AGREED FIVE
#define ORDERED FIVE "strategy five.decree=1; "

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *agreed = lab_run(trial->runs, trial->seed, 7 * YEAR, 4, NO_INNOVATION AGREED, trial->settings);
    struct lab *ordered = lab_run(trial->runs, trial->seed, 7 * YEAR, 4, NO_INNOVATION ORDERED, trial->settings);
    static double use[RUNS_MAX], commitment[RUNS_MAX];
    year_before(agreed, ordered, 7 * YEAR, "used", use);
    year_before(agreed, ordered, 7 * YEAR, "commitment", commitment);
    finding_mean(finding, use, trial->runs);
    const struct interval c = interval_of(commitment, trial->runs);
    finding->held = finding->low > 0 && c.low > 0;
    snprintf(finding->text, sizeof finding->text,
             "use after five years, agreed less ordered; commitment %+.2f [%+.2f, %+.2f]", c.mean, c.low, c.high);
    lab_free(agreed);
    lab_free(ordered);
}

const struct pattern p10 = {"P10", "agreed beats ordered", "lived.decree_loss=0; energy.by_mandate=0",
                            "a decree costs neither participation nor commitment", run};
