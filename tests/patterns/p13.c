/* P13: withdraw support early and the school falls back; past a threshold of shared practice and trust the same withdrawal
 * leaves it up. A shock is followed by return to the old level unless that threshold was passed.
 *
 * All five structures are raised at year 2 and withdrawn after two years, or after fourteen; what is kept is the gain
 * over no strategy ten years after the withdrawal. Falling back: the whole interval of what is kept lies below the gain
 * at the withdrawal; staying up: above half of it; and the late share kept exceeds the early one. (A few schools pass
 * the threshold even in two years, and they stay up: the early mean is a mixture.)
 *
 * The same across a district of five schools, with the shock itself ending the support: a pandemic with turnover, and
 * the cut that follows it, in year 4 or in year 16. Struck early the schools are back at the old level ten years on
 * (the whole interval within 0.02 of the district that was never struck nor supported); struck late they are not (the
 * whole interval above a quarter of the gain they had: some schools of a district fall back even then). */
#include "pattern.h"

#include <stdio.h>

#define AFTER 10
#define SHOCK \
    "shock pandemic.start=4y; shock pandemic.end=5y; shock pandemic.contact=0.3; shock pandemic.fatigue=0.01; "

#define DISTRICT NO_INNOVATION "school.count=5; school.teachers=40; school.units=5; "
#define STRUCK                                                                                                    \
    "strategy five.end=%lldy; shock pandemic.start=%lldy; shock pandemic.end=%lldy; shock pandemic.contact=0.3; " \
    "shock pandemic.fatigue=0.01; shock pandemic.turnover=1.5; "

/* Gain over the district without support when the shock comes, and ten years later. */
static void strike(const struct trial *trial, const struct lab *none, int64_t year, double *gain, struct interval *kept)
{
    static double values[RUNS_MAX];
    char settings[1024];
    snprintf(settings, sizeof settings, DISTRICT FIVE STRUCK, (long long)year, (long long)year, (long long)year + 1);
    struct lab *lab = lab_run(trial->runs, trial->seed, (year + AFTER) * YEAR, 4, settings, trial->settings);
    year_before(lab, none, year * YEAR, "repertoire", values);
    *gain = interval_of(values, trial->runs).mean;
    year_before(lab, none, (year + AFTER) * YEAR, "repertoire", values);
    *kept = interval_of(values, trial->runs);
    lab_free(lab);
}

static bool district_returns(const struct trial *trial, char *text, size_t size)
{
    struct lab *none = lab_run(trial->runs, trial->seed, (16 + AFTER) * YEAR, 4, DISTRICT, trial->settings);
    struct interval early, late;
    double early_gain, late_gain;
    strike(trial, none, 4, &early_gain, &early);
    strike(trial, none, 16, &late_gain, &late);
    lab_free(none);
    snprintf(text, size,
             "a district struck in year 4 %+.2f -> %+.3f [%+.3f, %+.3f], in year 16 %+.2f -> %+.2f [%+.2f, %+.2f]",
             early_gain, early.mean, early.low, early.high, late_gain, late.mean, late.low, late.high);
    return early_gain > 0.01 && early.low > -0.02 && early.high < 0.02 && late.low > late_gain / 4;
}

static void withdraw(const struct trial *trial, const struct lab *none, int64_t year, double *at_end, double *later)
{
    char settings[512];
    snprintf(settings, sizeof settings, NO_INNOVATION FIVE "strategy five.end=%lldy; ", (long long)year);
    struct lab *lab = lab_run(trial->runs, trial->seed, (year + AFTER) * YEAR, 4, settings, trial->settings);
    year_before(lab, none, year * YEAR, "repertoire", at_end);
    year_before(lab, none, (year + AFTER) * YEAR, "repertoire", later);
    lab_free(lab);
}

/* Few schools pass the threshold early, but those weigh: fewer than a hundred leave the early mean to chance. */
static void run(const struct trial *asked, struct finding *finding)
{
    const struct trial enough = {.runs = asked->runs < 100 && !asked->drawn ? 100 : asked->runs,
                                 .seed = asked->seed,
                                 .settings = asked->settings};
    const struct trial *trial = &enough;
    char district[160];
    static double early[RUNS_MAX], early_kept[RUNS_MAX], late[RUNS_MAX], late_kept[RUNS_MAX], margin[RUNS_MAX],
        shock[RUNS_MAX];
    struct lab *none = lab_run(trial->runs, trial->seed, (16 + AFTER) * YEAR, 4, NO_INNOVATION, trial->settings);
    struct lab *struck = lab_run(trial->runs, trial->seed, 10 * YEAR, 4, NO_INNOVATION SHOCK, trial->settings);
    withdraw(trial, none, 4, early, early_kept);
    withdraw(trial, none, 16, late, late_kept);
    year_before(struck, none, 10 * YEAR, "repertoire", shock);
    const double early_gain = interval_of(early, trial->runs).mean, late_gain = interval_of(late, trial->runs).mean;
    for (size_t r = 0; r < trial->runs; r++)
        margin[r] = late_kept[r] / late_gain - early_kept[r] / early_gain;
    finding->runs = trial->runs;
    finding_mean(finding, margin, trial->runs);
    const struct interval e = interval_of(early_kept, trial->runs), l = interval_of(late_kept, trial->runs),
                          s = interval_of(shock, trial->runs);
    const bool falls = early_gain > e.high;
    const bool stays = l.low > 0.5 * late_gain;
    const bool returns = s.low < 0 ? s.high > -0.02 : s.high < 0.02;
    const bool also = district_returns(asked, district, sizeof district);
    finding->held = early_gain > 0.01 && falls && stays && returns && finding->low > 0 && also;
    snprintf(finding->text, sizeof finding->text,
             "share of the gain kept ten years on, late less early; early %+.2f -> %+.2f, late %+.2f -> %+.2f; "
             "five years after a shock %+.3f; %s",
             early_gain, e.mean, late_gain, l.mean, s.mean, district);
    lab_free(none);
    lab_free(struck);
}

const struct pattern p13 = {"P13", "early withdrawal falls back, late withdrawal stays up", "lived.self_organizing=0",
                            "a community organizes nothing for itself", run};
