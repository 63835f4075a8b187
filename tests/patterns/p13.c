/* P13: withdraw support early and the school falls back; past a threshold of shared practice and trust the same withdrawal
 * leaves it up. A shock is followed by return to the old level unless that threshold was passed.
 *
 * All five structures are raised at year 2 and withdrawn after two, six, ten or fourteen years; gain is over the same
 * school without support, in the year before the withdrawal and again ten years later. What decides is not the date but
 * what a school had come to by then, as the theory says: shared practice times trust. Some schools have it after two
 * years and some not after fourteen, so early and late ones are no two groups.
 *
 * The threshold is the one that parts best the withdrawals after which most of the gain stays from those after which most
 * of it goes, chosen on every other replicate; the rest are the test, each replicate one unit with all its withdrawals.
 * They are counted, as it is a school that falls back or stays up: a few that go on rising by themselves would decide
 * any mean. Falling back: after fewer than half of the withdrawals below the threshold is half of the gain left; staying
 * up: after more than half of those above, by the whole interval. The same schools again, with a shock ending the support
 * (a pandemic with turnover): to return to the old level is to have less than a quarter of the gain left, all schools
 * below the same threshold together, by the whole interval; above it more is left (some fall back even then: a shock
 * takes them below). And schools that never had support are back, within 0.02, ten years after a shock too.
 *
 * A hundred replicates at least, in draws too: fifty are left for the test, and either side may have few of them. */
#include "pattern.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define AFTER 10
#define SHOCK \
    "shock pandemic.start=4y; shock pandemic.end=5y; shock pandemic.contact=0.3; shock pandemic.fatigue=0.01; "
#define ENDS "strategy five.end=%lldy; "
#define STRUCK                                                                                                    \
    "strategy five.end=%lldy; shock pandemic.start=%lldy; shock pandemic.end=%lldy; shock pandemic.contact=0.3; " \
    "shock pandemic.fatigue=0.01; shock pandemic.turnover=1.5; "
#define SIDES 8 /* at least one in so many withdrawals on either side of the threshold */
#define STAYS 0.5
#define RETURNS 0.25
#define ENOUGH 100
#define GAINED 0.01
#define NEAR 0.02

static const int64_t ends[] = {4, 8, 12, 16};
#define ENDINGS (sizeof ends / sizeof ends[0])
#define LAST 16

/* A school when its support ended, and what it had ten years later. */
struct ending {
    double shared, gain, kept, after_shock;
};
static struct ending endings[RUNS_MAX][ENDINGS];

static bool stays_up(const struct ending *e)
{
    return e->kept > STAYS * e->gain;
}

static void end_support(const struct trial *trial, const struct lab *none, size_t at)
{
    static double values[RUNS_MAX], trust[RUNS_MAX];
    const int64_t year = ends[at];
    const long long y = (long long)year;
    char settings[512];
    snprintf(settings, sizeof settings, NO_INNOVATION FIVE ENDS, y);
    struct lab *lab = lab_run(trial->runs, trial->seed, (year + AFTER) * YEAR, 4, settings, trial->settings);
    year_before(lab, NULL, year * YEAR, "repertoire", values);
    year_before(lab, NULL, year * YEAR, "trust", trust);
    for (size_t r = 0; r < trial->runs; r++)
        endings[r][at].shared = values[r] * trust[r];
    year_before(lab, none, year * YEAR, "repertoire", values);
    for (size_t r = 0; r < trial->runs; r++)
        endings[r][at].gain = values[r];
    year_before(lab, none, (year + AFTER) * YEAR, "repertoire", values);
    for (size_t r = 0; r < trial->runs; r++)
        endings[r][at].kept = values[r];
    lab_free(lab);
    snprintf(settings, sizeof settings, NO_INNOVATION FIVE STRUCK, y, y, y + 1);
    lab = lab_run(trial->runs, trial->seed, (year + AFTER) * YEAR, 4, settings, trial->settings);
    year_before(lab, none, (year + AFTER) * YEAR, "repertoire", values);
    for (size_t r = 0; r < trial->runs; r++)
        endings[r][at].after_shock = values[r];
    lab_free(lab);
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of the even replicates: the level of shared practice and trust that parts best who stays up from who falls back. */
static double threshold_of(size_t runs)
{
    static double levels[RUNS_MAX * ENDINGS];
    size_t count = 0;
    for (size_t r = 0; r < runs; r += 2)
        for (size_t k = 0; k < ENDINGS; k++)
            levels[count++] = endings[r][k].shared;
    qsort(levels, count, sizeof levels[0], ascending);
    double best = -INFINITY, threshold = levels[count / 2];
    for (size_t n = count / SIDES; n < count - count / SIDES; n++) {
        double parted = 0;
        for (size_t r = 0; r < runs; r += 2)
            for (size_t k = 0; k < ENDINGS; k++) {
                const struct ending *e = &endings[r][k];
                parted += stays_up(e) == (e->shared > levels[n]);
            }
        if (parted > best) {
            best = parted;
            threshold = levels[n];
        }
    }
    return threshold;
}

/* The odd replicates' withdrawals on one side of the threshold, by replicate, the unit: how many, after how many of them
 * the school stayed up; and the sums of what had been gained and of what a shock left. */
struct side {
    double withdrawals[RUNS_MAX], up[RUNS_MAX], gained[RUNS_MAX], left[RUNS_MAX];
    size_t units;
    double count, gain, kept; /* gain, kept: means, told */
};

static void gather(struct side *side, size_t runs, double threshold, bool above)
{
    *side = (struct side){0};
    for (size_t r = 1; r < runs; r += 2, side->units++)
        for (size_t k = 0; k < ENDINGS; k++) {
            const struct ending *e = &endings[r][k];
            if ((e->shared > threshold) != above)
                continue;
            side->withdrawals[side->units]++;
            side->up[side->units] += stays_up(e);
            side->gained[side->units] += e->gain;
            side->left[side->units] += e->after_shock;
            side->count++;
            side->gain += e->gain;
            side->kept += e->kept;
        }
    side->gain /= fmax(side->count, 1);
    side->kept /= fmax(side->count, 1);
}

/* All of `of` that is `part`, with its share in each replicate; the interval is that of a ratio, linearized. */
static struct interval share(const double *part, const double *of, size_t units, double *parts)
{
    double sum = 0, whole = 0;
    for (size_t u = 0; u < units; u++) {
        sum += part[u];
        whole += of[u];
    }
    const double ratio = whole > 0 ? sum / whole : 0;
    for (size_t u = 0; u < units; u++)
        parts[u] = ratio + (whole > 0 ? (part[u] - ratio * of[u]) * (double)units / whole : 0);
    return interval_of(parts, units);
}

static void run(const struct trial *asked, struct finding *finding)
{
    static double shock[RUNS_MAX], up[2][RUNS_MAX], parts[RUNS_MAX];
    static struct side low, high;
    const struct trial enough = trial_of(asked, ENOUGH), *trial = &enough;
    struct lab *none = lab_run(trial->runs, trial->seed, (LAST + AFTER) * YEAR, 4, NO_INNOVATION, trial->settings);
    struct lab *struck = lab_run(trial->runs, trial->seed, (4 + AFTER) * YEAR, 4, NO_INNOVATION SHOCK, trial->settings);
    for (size_t k = 0; k < ENDINGS; k++)
        end_support(trial, none, k);
    year_before(struck, none, (4 + AFTER) * YEAR, "repertoire", shock);
    lab_free(none);
    lab_free(struck);
    const double threshold = threshold_of(trial->runs);
    gather(&low, trial->runs, threshold, false);
    gather(&high, trial->runs, threshold, true);
    const size_t units = low.units;
    const struct interval falling = share(low.up, low.withdrawals, units, up[0]),
                          staying = share(high.up, high.withdrawals, units, up[1]),
                          back = share(low.left, low.gained, units, parts),
                          carried = share(high.left, high.gained, units, parts),
                          never = interval_of(shock, trial->runs);
    for (size_t u = 0; u < units; u++)
        up[1][u] -= up[0][u];
    finding_mean(finding, up[1], units);
    finding->runs = units;
    const double least = (double)(units * ENDINGS) / (2 * SIDES);
    finding->held = low.count >= least && high.count >= least && low.gain > GAINED && high.gain > GAINED &&
                    falling.high < 0.5 && staying.low > 0.5 && back.high < RETURNS && carried.low > RETURNS &&
                    (never.low < 0 ? never.high > -NEAR : never.high < NEAR);
    snprintf(finding->text, sizeof finding->text,
             "withdrawals after which half of the gain is left ten years on, share above %.3f of repertoire x trust "
             "(chosen on as many other replicates) less below; below, %.0f of %.0f: gain %+.2f -> %+.2f, left in %.2f "
             "[%.2f, %.2f], gain left by a shock %.2f [%.2f, %.2f]; above: %+.2f -> %+.2f, %.2f [%.2f, %.2f], "
             "%.2f [%.2f, %.2f]; never supported, after a shock %+.3f",
             threshold, low.count, low.count + high.count, low.gain, low.kept, falling.mean, falling.low, falling.high,
             back.mean, back.low, back.high, high.gain, high.kept, staying.mean, staying.low, staying.high,
             carried.mean, carried.low, carried.high, never.mean);
}

const struct pattern p13 = {"P13", "early withdrawal falls back, past a threshold of practice and trust it stays up",
                            "lived.self_organizing=0", "a community organizes nothing for itself", run};
