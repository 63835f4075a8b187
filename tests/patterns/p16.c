/* P16: an exclusive network starts faster; an inclusive one reaches further by year five.
 *
 * Thirty schools of twelve, of which six found a network; the first has pioneers of an innovation. The inclusive one
 * takes the first six and admits who asks; the exclusive one chooses its founders and admits nobody. Further: practice in
 * all schools in year five. Faster: how many in the founding schools have come to one of the three layers by the end of
 * one to two years, and deep talk at the meetings until then. The theory says neither which layer nor when, so both are
 * chosen on every fourth replicate and tested on the rest: the interval owes nothing to the choice. */
#include "pattern.h"

#include <math.h>
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

static const char *const layers[] = {"interest", "engagement", "practice"};
static const int64_t starts[] = {YEAR, 3 * YEAR / 2, 2 * YEAR};
#define LAYERS (sizeof layers / sizeof layers[0])
#define STARTS (sizeof starts / sizeof starts[0])
#define CHOICE 4 /* one replicate in so many chooses */

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

/* Exclusive less inclusive, of the replicates that choose, or of the others. */
static struct interval lead(const struct lab *closed, const struct lab *open, const char *column, int64_t from,
                            int64_t to, bool choosing)
{
    static double values[RUNS_MAX];
    size_t n = 0;
    for (size_t r = 0; r < closed->runs; r++)
        if ((r % CHOICE == 0) == choosing)
            values[n++] = lab_mean(closed, r, from, to, column) - lab_mean(open, r, from, to, column);
    return interval_of(values, n);
}

struct start {
    const char *layer;
    int64_t week;
};

/* The layer and the week at which the exclusive network's founders are most clearly ahead. */
static struct start clearest(const struct lab *closed, const struct lab *open)
{
    struct start best = {layers[0], starts[0]};
    double most = -INFINITY;
    for (size_t k = 0; k < LAYERS; k++)
        for (size_t t = 0; t < STARTS; t++) {
            const struct interval i = lead(closed, open, layers[k], starts[t] - 15, starts[t], true);
            const double clear = i.high > i.low ? i.mean / (i.high - i.low) : 0;
            if (clear > most) {
                most = clear;
                best = (struct start){layers[k], starts[t]};
            }
        }
    return best;
}

static void run(const struct trial *trial, struct finding *finding)
{
    static const struct model_level first = {
        .name = "founders", .section = "", .rows = "", .count = one_set, .of = first_schools};
    static double reach[RUNS_MAX];
    const size_t wanted = (trial->drawn ? 1 : 2) * trial->runs, runs = wanted < RUNS_MAX ? wanted : RUNS_MAX;
    struct lab *open = lab_run(runs, trial->seed, 5 * YEAR, 5, NETWORK "network n.exclusivity=0; ", trial->settings);
    struct lab *closed = lab_run(runs, trial->seed, 5 * YEAR, 5, NETWORK "network n.exclusivity=1; ", trial->settings);
    struct lab *by_open = lab_level(runs, trial->seed, 2 * YEAR, 5, &first, NETWORK "network n.exclusivity=0; ",
                                    trial->settings);
    struct lab *by_closed = lab_level(runs, trial->seed, 2 * YEAR, 5, level_of(open, "network"),
                                      NETWORK "network n.exclusivity=1; ", trial->settings);
    const struct start start = clearest(by_closed, by_open);
    const struct interval s = lead(by_closed, by_open, start.layer, start.week - 15, start.week, false),
                          d = lead(closed, open, "network_depth", 5, start.week, false);
    year_before(open, closed, 5 * YEAR, "practice", reach);
    finding_mean(finding, reach, runs);
    finding->runs = runs;
    finding->held = finding->low > 0 && s.low > 0 && d.low > 0;
    snprintf(finding->text, sizeof finding->text,
             "practice in all schools in year five, inclusive less exclusive; exclusive less inclusive: %s in the "
             "founding schools after %.1f years %+.3f [%+.3f, %+.3f], deep talk until then %+.3f [%+.3f, %+.3f]; layer "
             "and years chosen on a third as many other replicates",
             start.layer, (double)start.week / (double)YEAR, s.mean, s.low, s.high, d.mean, d.low, d.high);
    lab_free(open);
    lab_free(closed);
    lab_free(by_open);
    lab_free(by_closed);
}

const struct pattern p16 = {"P16", "an exclusive network starts faster, an inclusive one reaches further",
                            "network n.word=0", "nobody outside hears of the network", run};
