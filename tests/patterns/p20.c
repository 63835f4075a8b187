/* P20: where unused initiatives are laid to rest, coherence recovers and the school outgrows one that lets them pile up. The
 * outside lays one and a half initiatives a year on both; both raise all five structures at year 2. */
#include "pattern.h"

#include <stdio.h>

#define YEARS 14
#define PILE NO_INNOVATION FIVE "ideas.initiatives=1.5; "
#define REST PILE "strategy hospice.rest=0.1; strategy hospice.start=2y; "

static void run(const struct trial *trial, struct finding *finding)
{
    struct lab *pile = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, PILE, trial->settings);
    struct lab *rest = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, REST, trial->settings);
    static double growth[RUNS_MAX], coherence[RUNS_MAX];
    year_before(rest, pile, YEARS * YEAR, "repertoire", growth);
    year_before(rest, pile, YEARS * YEAR, "coherence", coherence);
    finding_mean(finding, growth, trial->runs);
    const struct interval c = interval_of(coherence, trial->runs);
    finding->held = finding->low > 0 && c.low > 0;
    snprintf(finding->text, sizeof finding->text,
             "repertoire after twelve years, rest less pile; coherence %+.2f [%+.2f, %+.2f]", c.mean, c.low, c.high);
    lab_free(pile);
    lab_free(rest);
}

const struct pattern p20 = {"P20", "initiatives laid to rest", "energy.by_load=0", "a load of initiatives tires nobody",
                            run};
