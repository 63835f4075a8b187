/* P16: an exclusive network starts faster; an inclusive one reaches further by year five.
 *
 * Thirty schools of twelve, of which six found a network; the first has pioneers of an innovation. The inclusive one
 * takes the first six and admits who asks; the exclusive one chooses its founders and admits nobody. Faster: engagement
 * in the founding schools at the end of year two, and deep talk at the meetings of the first two years. Further:
 * practice in all schools in year five. */
#include "pattern.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define FOUNDERS 6
#define NETWORK                                                                                                   \
    "school.count=30; school.teachers=12; school.units=2; innovation.schools=1; innovation.pioneers=4; "          \
    "structures.time=0.5; structures.learning=0.4; structures.openness=0.5; structures.evidence=0.4; "            \
    "structures.dispersal=0.5; school.settle=80w; network n.focal=yes; network n.schools=6; network n.start=0w; " \
    "network n.outside=0; "                                                                                       \
    "network n.delegates=3; network n.patience=0; network n.word=0.7; "

static size_t one_set(const struct world *world)
{
    (void)world;
    return 1;
}

/* An inclusive network takes schools in their order. */
static size_t first_schools(const struct world *world, size_t school)
{
    (void)world;
    return school < FOUNDERS ? 0 : SIZE_MAX;
}

static const struct model_level *level_of(const struct lab *lab, const char *name)
{
    for (size_t k = 0; k < lab->model->level_count; k++)
        if (!strcmp(lab->model->levels[k].name, name))
            return &lab->model->levels[k];
    return NULL;
}

static void run(const struct trial *trial, struct finding *finding)
{
    static const struct model_level first = {
        .name = "founders", .section = "", .rows = "", .count = one_set, .of = first_schools};
    static double start[RUNS_MAX], depth[RUNS_MAX], reach[RUNS_MAX];
    const size_t wanted = (trial->drawn ? 1 : 2) * trial->runs, runs = wanted < RUNS_MAX ? wanted : RUNS_MAX;
    struct lab *open = lab_run(runs, trial->seed, 5 * YEAR, 5, NETWORK "network n.exclusivity=0; ", trial->settings);
    struct lab *closed = lab_run(runs, trial->seed, 5 * YEAR, 5, NETWORK "network n.exclusivity=1; ", trial->settings);
    struct lab *by_open = lab_level(runs, trial->seed, 2 * YEAR, 5, &first, NETWORK "network n.exclusivity=0; ",
                                    trial->settings);
    struct lab *by_closed = lab_level(runs, trial->seed, 2 * YEAR, 5, level_of(open, "network"),
                                      NETWORK "network n.exclusivity=1; ", trial->settings);
    for (size_t r = 0; r < runs; r++) {
        start[r] = lab_mean(by_closed, r, 2 * YEAR - 15, 2 * YEAR, "engagement") -
                   lab_mean(by_open, r, 2 * YEAR - 15, 2 * YEAR, "engagement");
        depth[r] = lab_mean(closed, r, 5, 2 * YEAR, "network_depth") - lab_mean(open, r, 5, 2 * YEAR, "network_depth");
    }
    year_before(open, closed, 5 * YEAR, "practice", reach);
    const struct interval s = interval_of(start, runs), d = interval_of(depth, runs);
    finding_mean(finding, reach, runs);
    finding->runs = runs;
    finding->held = finding->low > 0 && s.low > 0 && d.low > 0;
    snprintf(
        finding->text, sizeof finding->text,
        "practice in all schools in year five, inclusive less exclusive; exclusive less inclusive: engagement in the "
        "founding "
        "schools at the end of year two %+.3f [%+.3f, %+.3f], deep talk in the first two years %+.3f [%+.3f, %+.3f]",
        s.mean, s.low, s.high, d.mean, d.low, d.high);
    lab_free(open);
    lab_free(closed);
    lab_free(by_open);
    lab_free(by_closed);
}

const struct pattern p16 = {"P16", "an exclusive network starts faster, an inclusive one reaches further",
                            "network n.word=0", "nobody outside hears of the network", run};
