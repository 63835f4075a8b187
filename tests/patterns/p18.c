/* P18: interest spreads first and far, engagement follows, practice last: an S-curve each, with growing lags; without trust,
 * practice never takes off although interest reaches nearly everyone.
 *
 * Five pioneers, all five structures raised at once. Times are those at which half the staff are in a layer, of the mean
 * school (24 years are enough for it). Without trust: trust neither grows nor is brought. */
#include "pattern.h"

#include <math.h>
#include <stdio.h>

#define NO_TRUST "ties.trust_growth=0; school.trust=0.25; ties.trust_rest=0.25; "
#define NOW "strategy five.start=0w; "
#define YEARS 24

/* Years until a run's layer first reaches half; the end when never. */
static double half(const struct lab *lab, size_t run, const char *layer)
{
    for (int64_t week = 0; week <= YEARS * YEAR; week += lab->every)
        if (lab_at(lab, run, week, layer) >= 0.5)
            return (double)week / YEAR;
    return YEARS;
}

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *lab = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, FIVE NOW, trial->settings);
    struct lab *cold = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, FIVE NOW NO_TRUST, trial->settings);
    static double interest[RUNS_MAX], first[RUNS_MAX], second[RUNS_MAX], growth[RUNS_MAX], heard[RUNS_MAX],
        done[RUNS_MAX], warm[RUNS_MAX];
    for (size_t r = 0; r < lab->runs; r++) {
        interest[r] = half(lab, r, "interest");
        const double engagement = half(lab, r, "engagement"), practice = half(lab, r, "practice");
        first[r] = engagement - interest[r];
        second[r] = practice - engagement;
        growth[r] = second[r] - first[r];
    }
    year_before(lab, NULL, YEARS * YEAR, "practice", warm);
    year_before(cold, NULL, YEARS * YEAR, "practice", done);
    year_before(cold, NULL, YEARS * YEAR, "interest", heard);
    finding_mean(finding, growth, lab->runs);
    const struct interval i = interval_of(interest, lab->runs), f = interval_of(first, lab->runs),
                          s = interval_of(second, lab->runs), w = interval_of(warm, lab->runs),
                          h = interval_of(heard, lab->runs), d = interval_of(done, lab->runs);
    finding->held = f.low > 0 && s.low > 0 && finding->low > 0 && w.low > 0.5 && h.low > 0.8 && d.high < 0.1;
    snprintf(
        finding->text, sizeof finding->text,
        "years of lag, second less first; half interested after %.1f, engaged %.1f later, practising %.1f later still "
        "(%.0f %% in the end); without trust interest %.0f %%, practice %.0f %%",
        i.mean, f.mean, s.mean, 100 * w.mean, 100 * h.mean, 100 * d.mean);
    lab_free(lab);
    lab_free(cold);
}

const struct pattern p18 = {
    "P18", "interest, engagement, practice in turn",
    "learning.value_joint=0; learning.value_sharing=0; learning.value_aid=0; learning.take_up=0; reflection.success=0",
    "no social test, nothing taken up together", run};
