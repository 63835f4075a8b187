/* P15: a network of schools does best with some centralization, and with some outside knowledge.
 *
 * Thirty schools of twelve meet four times a year, two delegates each; the lead school has the only pioneers of an
 * innovation. What is measured is who practises it in years five and six, over all schools. Centralization none, some,
 * all, without outside knowledge; outside knowledge none, some, all, without centralization. Early the lead school and
 * experts, who tell many at once, are the quicker way; later colleagues of other schools, with whom one works, are: at
 * year two the most of either leads, at year seven the least. */
#include "pattern.h"

#include <stdio.h>

#define NETWORK                                                                                          \
    "school.count=30; school.teachers=12; school.units=2; innovation.schools=1; innovation.pioneers=4; " \
    "structures.time=0.5; structures.learning=0.4; structures.openness=0.5; structures.evidence=0.4; "   \
    "structures.dispersal=0.5; network n.focal=yes; network n.start=0w; network n.interval=10w; "        \
    "network "                                                                                           \
    "n.delegates=2; "                                                                                    \
    "network n.exclusivity=0; network n.patience=0; "
enum { NONE, SOME, ALL, SHARES };

static void measure(const struct trial *trial, size_t runs, const char *key, const char *share, double *practice)
{
    char settings[1024];
    snprintf(settings, sizeof settings, NETWORK "network n.outside=0; network n.centralization=0; network n.%s=%s; ",
             key, share);
    struct lab *lab = lab_run(runs, trial->seed, 6 * YEAR, 10, settings, trial->settings);
    for (size_t r = 0; r < runs; r++)
        practice[r] = lab_mean(lab, r, 4 * YEAR + 10, 6 * YEAR, "practice");
    lab_free(lab);
}

/* Some less none, and some less all. */
static void hump(const struct trial *trial, size_t runs, const char *key, const char *some, struct interval gains[2])
{
    static double practice[SHARES][RUNS_MAX];
    const char *const shares[SHARES] = {"0", some, "1"};
    for (int s = 0; s < SHARES; s++)
        measure(trial, runs, key, shares[s], practice[s]);
    for (size_t r = 0; r < runs; r++) {
        practice[NONE][r] = practice[SOME][r] - practice[NONE][r];
        practice[ALL][r] = practice[SOME][r] - practice[ALL][r];
    }
    gains[0] = interval_of(practice[NONE], runs);
    gains[1] = interval_of(practice[ALL], runs);
}

static void run(const struct trial *trial, struct finding *finding)
{
    const size_t wanted = (trial->drawn ? 1 : 4) * trial->runs, runs = wanted < RUNS_MAX ? wanted : RUNS_MAX;
    struct interval led[2], outside[2];
    hump(trial, runs, "centralization", "0.5", led);
    hump(trial, runs, "outside", "0.3", outside);
    finding->runs = runs;
    finding->effect = led[0].mean;
    finding->low = led[0].low;
    finding->high = led[0].high;
    finding->held = led[0].low > 0 && led[1].low > 0 && outside[0].low > 0 && outside[1].low > 0;
    snprintf(finding->text, sizeof finding->text,
             "practice in years five and six, centralization .5 less 0; less 1 %+.3f [%+.3f, %+.3f]; outside knowledge "
             ".3 less 0 "
             "%+.3f [%+.3f, %+.3f], less 1 %+.3f [%+.3f, %+.3f]",
             led[1].mean, led[1].low, led[1].high, outside[0].mean, outside[0].low, outside[0].high, outside[1].mean,
             outside[1].low, outside[1].high);
}

const struct pattern p15 = {"P15", "centralization and outside knowledge of a network have an interior optimum",
                            "learning.hear_storytelling=0; learning.hear_aid=0; networks.expert=0",
                            "nothing is learned by being told", run};
