/* P7: new ideas arrive mostly over ties that bridge units or schools; new practice mostly over strong ties.
 *
 * The default school, ten years. Of the ideas that people first hear from a colleague, the share from another unit; of the
 * practices taken up in joint work, the share over a strong tie (more than half its greatest strength), and over how
 * few of all ties that is. Mostly: the whole interval above a half. */
#include "pattern.h"

#include <stdio.h>

#define YEARS 10

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *lab = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, NO_INNOVATION, trial->settings);
    static double across[RUNS_MAX], strong[RUNS_MAX], ties[RUNS_MAX], least[RUNS_MAX];
    for (size_t r = 0; r < lab->runs; r++) {
        across[r] = lab_mean(lab, r, 4, YEARS * YEAR, "told_across");
        strong[r] = lab_mean(lab, r, 4, YEARS * YEAR, "taken_strong");
        ties[r] = lab_mean(lab, r, 4, YEARS * YEAR, "strong");
        least[r] = strong[r] - ties[r];
    }
    finding_mean(finding, strong, lab->runs);
    const struct interval a = interval_of(across, lab->runs), t = interval_of(ties, lab->runs),
                          m = interval_of(least, lab->runs);
    finding->held = a.low > 0.5 && finding->low > 0.5 && m.low > 0;
    snprintf(
        finding->text, sizeof finding->text,
        "share of practices taken up over strong ties, which are %.0f %% of ties; share of new ideas heard from other "
        "units %.3f [%.3f, %.3f]; holds above a half, both",
        100 * t.mean, a.mean, a.low, a.high);
    lab_free(lab);
}

const struct pattern p07 = {"P7", "news comes over bridges, practice over strong ties",
                            "meetings.unit=1; depth.by_trust=0",
                            "one meets those of the unit, and talk goes no deeper in trust", run};
