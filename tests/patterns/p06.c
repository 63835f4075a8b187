/* P6: where outside input is scarce, only-strong and only-weak networks both end lower in practised ideas than a mixture: an
 * interior optimum.
 *
 * Scarce: newcomers bring little, hardly anyone looks outside, nobody is sent, and what is practised becomes obsolete
 * sooner. Only strong: nobody talks but with those tied already. Only weak: whoever is met is anyone in the school.
 * Mixtures: a share of talks is with anyone, the rest among ties. All five structures are raised at year 2, so that
 * there is practice to be had; measured is what is practised and valued after twenty years. The mixture is one, fixed
 * beforehand; the others are told. A hundred replicates at least: forty see a lead of .015, varying by .03 from one to
 * the next, in five seeds of six. */
#include "pattern.h"

#include <stdio.h>

#define YEARS 22
#define SCARCE "learning.curiosity=0.002; learning.by_learning=0; school.known=0.1; ideas.obsolescence=0.4; "
#define TIES_ONLY "meetings.by_openness=0; meetings.introduction=0; meetings.unit=0; "
#define MIXED 1
#define ENOUGH 100

static const char *const anyone[] = {"0", "0.02", "0.2", "1"};
#define DIAL (sizeof anyone / sizeof anyone[0])

static void run(const struct trial *asked, struct finding *finding)
{
    const struct trial enough = trial_of(asked, ENOUGH), *trial = &enough;
    static double end[DIAL][RUNS_MAX], strong[RUNS_MAX], weak[RUNS_MAX];
    size_t length = (size_t)snprintf(finding->text, sizeof finding->text, "repertoire by share of talks with anyone:");
    for (size_t d = 0; d < DIAL; d++) {
        char settings[512];
        snprintf(settings, sizeof settings, NO_INNOVATION FIVE SCARCE TIES_ONLY "meetings.random=%s; ", anyone[d]);
        struct lab *lab = lab_run(trial->runs, trial->seed, YEARS * YEAR, 8, settings, trial->settings);
        year_before(lab, NULL, YEARS * YEAR, "repertoire", end[d]);
        lab_free(lab);
    }
    for (size_t r = 0; r < trial->runs; r++) {
        strong[r] = end[MIXED][r] - end[0][r];
        weak[r] = end[MIXED][r] - end[DIAL - 1][r];
    }
    for (size_t d = 0; d < DIAL; d++) {
        const struct interval i = interval_of(end[d], trial->runs);
        length += (size_t)snprintf(finding->text + length, sizeof finding->text - length, " %s %.3f,", anyone[d],
                                   i.mean);
    }
    finding_mean(finding, strong, trial->runs);
    const struct interval w = interval_of(weak, trial->runs);
    finding->runs = trial->runs;
    finding->held = finding->low > 0 && w.low > 0;
    snprintf(finding->text + length, sizeof finding->text - length,
             " effect: at %s less at 0; less at 1 %+.3f [%+.3f, %+.3f]", anyone[MIXED], w.mean, w.low, w.high);
}

const struct pattern p06 = {
    "P6", "where outside input is scarce, strong and weak ties together end highest",
    "learning.curiosity=0.2; learning.by_learning=0.12; school.known=0.5; ideas.obsolescence=0.04",
    "outside input is plentiful", run};
