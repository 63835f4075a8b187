/* E1: the default school's advice network lies inside all published ranges at once, for 15, 30 and 60 staff: means over
 * schools and two survey years, each with its whole 95 % interval inside the range of fifteen real schools (Pitts &
 * Spillane 2009); and yearly Jaccard of names .35 to .65. For 120 staff, beyond the data, it is told, not held. The
 * effect is the smallest distance of an interval to the edge of its range, as a share of the range. */
#include "pattern.h"

#include "../../sim/leaf/published.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *settings;
    int staff;
    bool held;
} sizes[] = {{"school.teachers=15; school.units=4; ", 15, true},
             {"school.teachers=30; school.units=5; ", 30, true},
             {"school.teachers=60; school.units=6; ", 60, true},
             {"school.teachers=120; school.units=10; ", 120, false}};

/* Two surveys, each with one a year before, for Jaccard. */
static const int64_t weeks[] = {4 * YEAR, 5 * YEAR, 9 * YEAR, 10 * YEAR};

static double room(double *values, size_t n, double lo, double hi)
{
    const struct interval i = interval_of(values, n);
    return fmin(i.low - lo, hi - i.high) / (hi - lo);
}

static double measure_of(const struct lab *lab, size_t run, size_t offset)
{
    double sum = 0;
    for (size_t t = 1; t < 4; t += 2)
        sum += *(const double *)((const char *)&lab->advice[run * lab->snapshots + t] + offset) / 2;
    return sum;
}

static void one_size(const struct lab *lab, double *least, char *worst, size_t size)
{
    static double values[RUNS_MAX];
    *least = INFINITY;
    for (size_t m = 0; m <= published_count; m++) {
        const struct published *row = m < published_count ? &published[m] : NULL;
        if (row && (isnan(row->lo) || row->offset == offsetof(struct graph_measures, nodes)))
            continue;
        for (size_t r = 0; r < lab->runs; r++)
            values[r] = row ? measure_of(lab, r, row->offset)
                            : (lab->jaccard[r * lab->snapshots + 1] + lab->jaccard[r * lab->snapshots + 3]) / 2;
        const double left = row ? room(values, lab->runs, row->lo, row->hi) : room(values, lab->runs, 0.35, 0.65);
        if (left < *least) {
            *least = left;
            snprintf(worst, size, "%s %.2f", row ? row->label : "yearly Jaccard", interval_of(values, lab->runs).mean);
        }
    }
}

static void run(const struct trial *trial, struct finding *finding)
{
    finding->held = true;
    finding->effect = INFINITY;
    size_t length = (size_t)snprintf(finding->text, sizeof finding->text,
                                     "least room in a published range, as a share of it:");
    for (size_t z = 0; z < sizeof sizes / sizeof sizes[0]; z++) {
        struct lab *lab = lab_survey(trial->runs, trial->seed, weeks, 4, sizes[z].settings, trial->settings);
        double least;
        char worst[64];
        one_size(lab, &least, worst, sizeof worst);
        if (sizes[z].held) {
            finding->held &= least > 0;
            finding->effect = fmin(finding->effect, least);
        }
        length += (size_t)snprintf(finding->text + length, sizeof finding->text - length, " %d staff %+.2f (%s)%s",
                                   sizes[z].staff, least, worst, sizes[z].held ? "," : ", told only");
        lab_free(lab);
    }
    finding->low = finding->high = finding->effect; /* intervals are inside the room already */
}

const struct pattern e01 = {
    "E1", "the advice network of real schools",
    "meetings.seeking=0; meetings.reputation=1; advice.by_news=0; advice.by_role=0; school.expertise_sd=0",
    "nobody is sought for expertise or role", run};
