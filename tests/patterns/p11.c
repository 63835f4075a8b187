/* P11: dispersed leadership beats control at equal resources; several concurrent initiatives do worse than one.
 *
 * The same time to meet, with power shared or drawn together; the same hours of workshops for one bundle of five
 * practices or spread over four bundles. Measured on the repertoire after eight years. */
#include "pattern.h"

#include <stdio.h>

#define YEARS 10
#define SHARED "strategy time.time=0.4; strategy time.start=2y; strategy time.dispersal=0.4; "
#define CONTROL "strategy time.time=0.4; strategy time.start=2y; strategy time.dispersal=-0.25; "
#define BUNDLE(name, hours) \
    "strategy " name ".ideas=5; strategy " name ".start=2y; strategy " name ".workshop_hours=" hours "; "
#define ONE BUNDLE("a", "0.4")
#define FOUR BUNDLE("a", "0.1") BUNDLE("b", "0.1") BUNDLE("c", "0.1") BUNDLE("d", "0.1")

static struct interval gain(const struct trial *trial, const char *with, const char *against, double *values)
{
    struct lab *a = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, with, trial->settings);
    struct lab *b = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, against, trial->settings);
    year_before(a, b, YEARS * YEAR, "repertoire", values);
    lab_free(a);
    lab_free(b);
    return interval_of(values, trial->runs);
}

static void run(const struct trial *trial, struct finding *finding)
{
    static double values[RUNS_MAX];
    const struct interval shared = gain(trial, NO_INNOVATION SHARED, NO_INNOVATION CONTROL, values);
    const struct interval one = gain(trial, NO_INNOVATION ONE, NO_INNOVATION FOUR, values);
    finding_mean(finding, values, trial->runs);
    finding->held = shared.low > 0 && one.low > 0;
    snprintf(finding->text, sizeof finding->text,
             "repertoire, one initiative less four at once; power shared less drawn together %+.3f [%+.3f, %+.3f]",
             shared.mean, shared.low, shared.high);
}

const struct pattern p11 = {"P11", "shared power beats control, one initiative beats four",
                            "energy.by_load=0; policy.attention=0", "initiatives take no attention and tire nobody",
                            run};
