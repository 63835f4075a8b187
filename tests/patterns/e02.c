/* E2: the default school is believable without any strategy: its capacities hold for twenty years (means of years 3 to
 * 6 and 17 to 20 differ by less than 0.02 of the 0-1 scale, half a standard deviation of the swells), and yearly
 * turnover is as published, 84 % stay (within 3 points). */
#include "pattern.h"

#include <math.h>
#include <stdio.h>

#define YEARS 20
#define DRIFT 0.02

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *lab = lab_run(trial->runs < 400 ? 400 : trial->runs, trial->seed, YEARS * YEAR, 1, NO_INNOVATION,
                              trial->settings);
    static const char *const columns[] = {"personal", "interpersonal", "organizational"};
    static double change[RUNS_MAX], stay[RUNS_MAX];
    finding->held = true;
    finding->runs = lab->runs;
    finding->effect = 0;
    for (size_t c = 0; c < 3; c++) {
        for (size_t r = 0; r < lab->runs; r++)
            change[r] = lab_mean(lab, r, 16 * YEAR, YEARS * YEAR, columns[c]) -
                        lab_mean(lab, r, 2 * YEAR, 6 * YEAR, columns[c]);
        const struct interval i = interval_of(change, lab->runs);
        finding->held &= i.low > -DRIFT && i.high < DRIFT;
        if (fabs(i.mean) >= fabs(finding->effect)) {
            finding->effect = i.mean;
            finding->low = i.low;
            finding->high = i.high;
        }
    }
    for (size_t r = 0; r < lab->runs; r++)
        stay[r] = 1 - lab_mean(lab, r, 1, YEARS * YEAR, "turnover") * (double)YEAR;
    const struct interval s = interval_of(stay, lab->runs);
    finding->held &= s.low > 0.81 && s.high < 0.87;
    snprintf(finding->text, sizeof finding->text,
             "largest change of a capacity from years 3-6 to 17-20, holds within %.2f; %.1f %% of staff stay a year",
             DRIFT, 100 * s.mean);
    lab_free(lab);
}

const struct pattern e02 = {"E2", "capacities hold for twenty years", "lapse.rate=0.011",
                            "practice lapses two fifths less", run};
