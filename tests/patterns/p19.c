/* P19: spread of practice rises with the density between communities up to near-saturation, and with the permeability
 * of their boundaries; fully sealed communities keep their quality and do not spread, and unprotected pioneers lapse.
 *
 * The communities are the units of a school that raises all five structures from the start; five pioneers are in one of
 * them. Density: visits of everyone to classrooms beyond own unit and ties, from none over one a year to twenty, where
 * units are sealed otherwise. Permeability: the share of talk across units that gets across, no visits; from nothing to
 * a tenth, which is where units are communities still. (Beyond it practice falls again: talk spread over the whole
 * school is talk among weak ties. That is told, and no part of the verdict.) Spread is the practice of all staff in
 * year five. Pioneers: in the school as it is, of those still there after a year; with protection is told beside it. */
#include "pattern.h"

#include <math.h>
#include <stdio.h>

#define NOW "strategy five.start=0w; "
#define YEARS 5
#define SEALED FIVE NOW "outreach.permeability=0; "
#define UNITS 6 /* of the default school */
enum { NONE, YEARLY, MORE, MOST, DENSITIES };
static const char *const density[DENSITIES] = {"", "strategy v.start=0w; strategy v.illuminate=0.025; ",
                                               "strategy v.start=0w; strategy v.illuminate=0.1; ",
                                               "strategy v.start=0w; strategy v.illuminate=0.5; "};

static void practice_of(const struct trial *trial, const char *settings, double *practice)
{
    struct lab *lab = lab_run(trial->runs, trial->seed, YEARS * YEAR, 4, settings, trial->settings);
    year_before(lab, NULL, YEARS * YEAR, "practice", practice);
    lab_free(lab);
}

static struct interval more(const double *a, const double *b, size_t n)
{
    static double by[RUNS_MAX];
    for (size_t r = 0; r < n; r++)
        by[r] = a[r] - b[r];
    return interval_of(by, n);
}

/* After a year, of the pioneers still there; runs in which none is left are no evidence. */
static struct interval pioneers(const struct trial *trial, const char *settings)
{
    static double share[RUNS_MAX];
    struct lab *lab = lab_run(trial->runs, trial->seed, YEAR, 4, settings, trial->settings);
    for (size_t r = 0; r < lab->runs; r++)
        share[r] = lab_at(lab, r, YEAR, "pioneering");
    const struct interval i = interval_of(share, lab->runs);
    lab_free(lab);
    return i;
}

static void run(const struct trial *trial, struct finding *finding)
{
    static double by[DENSITIES][RUNS_MAX], tenth[RUNS_MAX], little[RUNS_MAX], open[RUNS_MAX];
    const size_t n = trial->runs;
    char settings[1024];
    for (int d = 0; d < DENSITIES; d++) {
        snprintf(settings, sizeof settings, SEALED "%s", density[d]);
        practice_of(trial, settings, by[d]);
    }
    practice_of(trial, FIVE NOW "outreach.permeability=0.05; ", little);
    practice_of(trial, FIVE NOW "outreach.permeability=0.1; ", tenth);
    practice_of(trial, FIVE NOW, open);
    const struct interval first = more(by[YEARLY], by[NONE], n), last = more(by[MOST], by[MORE], n),
                          sealed = interval_of(by[NONE], n), let = more(little, by[NONE], n),
                          further = more(tenth, little, n), wide = interval_of(open, n), bare = pioneers(trial, ""),
                          kept = pioneers(trial, "innovation.protect=yes; ");
    for (size_t r = 0; r < n; r++)
        by[MOST][r] -= by[NONE][r];
    finding_mean(finding, by[MOST], n);
    const bool dense = first.low > 0 && finding->low > 0 && last.high < first.low; /* rises, then hardly */
    const bool permeable = let.low > 0 && further.low > 0;                         /* rises, step by step */
    const bool quality = sealed.low * UNITS > 0.5 && sealed.high * UNITS <= 1;     /* at home, and only there */
    const bool lapse = bare.high < 0.5;
    finding->held = dense && permeable && quality && lapse;
    snprintf(
        finding->text, sizeof finding->text,
        "practice in year 5, visits between sealed units less none; of this %.2f by one visit a year, the last "
        "fivefold adds %.2f [%.2f, %.2f]; permeability 0 to .05 %+.2f, to .1 %+.2f more (at 1: %.2f in all); sealed, "
        "%.0f %% of the pioneers' unit practise, elsewhere nobody; pioneers left after a year %.0f %%, protected "
        "%.0f %%",
        first.mean, last.mean, last.low, last.high, let.mean, further.mean, wide.mean, 100 * sealed.mean * UNITS,
        100 * bare.mean, 100 * kept.mean);
}

const struct pattern p19 = {"P19", "spread rises with links between communities; sealed ones keep, bare pioneers lapse",
                            "outreach.permeability=1", "units without boundaries", run};
