/* P20: where unused initiatives are laid to rest, coherence recovers and the schools outgrow those that let them pile up.
 *
 * Once for a school whose outside lays one and a half initiatives a year on it, and lays all residue to rest by a
 * strategy of its own, or nothing. Once for a district of five schools whose three offices launch two initiatives a
 * year between them and look twice a year at what is used: with a hospice it lays to rest four in five of those that
 * fewer than half of a staff value and use, without it none. All schools raise their five structures at year 2. */
#include "pattern.h"

#include <stdio.h>

#define YEARS 14
#define PILE NO_INNOVATION FIVE "ideas.initiatives=1.5; "
#define REST PILE "strategy hospice.rest=0.1; strategy hospice.start=2y; "
#define DISTRICT                                                                    \
    NO_INNOVATION FIVE                                                              \
        "school.count=5; school.teachers=40; school.units=5; ideas.initiatives=0; " \
        "district d.start=1y; district d.offices=3; district d.initiatives=0.7; district d.control=0.3; "
#define HOSPICE DISTRICT "district d.hospice=0.8; "

struct contrast {
    struct interval growth, coherence;
};

static struct contrast rest_less_pile(const struct trial *trial, const char *rested, const char *piled, double *growth)
{
    static double coherence[RUNS_MAX];
    struct lab *pile = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, piled, trial->settings);
    struct lab *rest = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, rested, trial->settings);
    year_before(rest, pile, YEARS * YEAR, "repertoire", growth);
    year_before(rest, pile, YEARS * YEAR, "coherence", coherence);
    lab_free(pile);
    lab_free(rest);
    return (struct contrast){interval_of(growth, trial->runs), interval_of(coherence, trial->runs)};
}

static void run(const struct trial *trial, struct finding *finding)
{
    static double growth[RUNS_MAX];
    const struct contrast school = rest_less_pile(trial, REST, PILE, growth);
    const struct contrast district = rest_less_pile(trial, HOSPICE, DISTRICT, growth);
    finding_mean(finding, growth, trial->runs);
    finding->held = school.growth.low > 0 && school.coherence.low > 0 && district.growth.low > 0 &&
                    district.coherence.low > 0;
    snprintf(finding->text, sizeof finding->text,
             "repertoire after twelve years, district with hospice less without; its coherence %+.2f [%+.2f, %+.2f]; a "
             "school by itself %+.3f [%+.3f, %+.3f], coherence %+.2f",
             district.coherence.mean, district.coherence.low, district.coherence.high, school.growth.mean,
             school.growth.low, school.growth.high, school.coherence.mean);
}

const struct pattern p20 = {"P20", "initiatives laid to rest", "energy.by_load=0", "a load of initiatives tires nobody",
                            run};
