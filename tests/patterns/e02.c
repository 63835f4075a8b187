/* E2: the default school is believable without any strategy: its capacities hold for twenty years (means of years 3 to 6 and 17
 * to 20 differ by less than a tenth of the level), and yearly turnover is as published, 84 % stay (within 3 points). */
#include "pattern.h"

#include <math.h>
#include <stdio.h>

#define YEARS 20
#define DRIFT 0.10

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *lab = lab_run(trial->runs < 400 ? 400 : trial->runs, trial->seed, YEARS * YEAR, 1, NO_INNOVATION, trial->settings);
    static const char *const columns[] = {"personal", "interpersonal", "organizational"};
    static double change[RUNS_MAX], level[RUNS_MAX], stay[RUNS_MAX];
    finding->held = true;
    finding->effect = 0;
    for (size_t c = 0; c < 3; c++) {
        for (size_t r = 0; r < lab->runs; r++) {
            level[r] = lab_mean(lab, r, 2 * YEAR, 6 * YEAR, columns[c]);
            change[r] = lab_mean(lab, r, 16 * YEAR, YEARS * YEAR, columns[c]) - level[r];
        }
        const double scale = interval_of(level, lab->runs).mean;
        const struct interval i = interval_of(change, lab->runs);
        finding->held &= i.low > -DRIFT * scale && i.high < DRIFT * scale;
        if (fabs(i.mean / scale) >= fabs(finding->effect)) {
            finding->effect = i.mean / scale;
            finding->low = i.low / scale;
            finding->high = i.high / scale;
        }
    }
    for (size_t r = 0; r < lab->runs; r++)
        stay[r] = 1 - lab_mean(lab, r, 1, YEARS * YEAR, "turnover") * (double)YEAR;
    const struct interval s = interval_of(stay, lab->runs);
    finding->held &= s.low > 0.81 && s.high < 0.87;
    snprintf(finding->text, sizeof finding->text,
             "largest change of a capacity from years 3-6 to 17-20, share of its level, holds within %.0f %%; %.1f %% stay a year",
             100 * DRIFT, 100 * s.mean);
    lab_free(lab);
}

const struct pattern e02 = {"E2", "capacities hold for twenty years", "learning.take_up=0; reflection.success=0; reflection.by_support=0",
                            "nothing new is ever enacted", run};
