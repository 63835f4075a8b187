/* The ladder reduces to two processes whose laws are known.
 *
 * 1. Valuing and use automatic, well mixed, no lapse: one idea spreads as the pure birth (SI) process, rate
 *    β i (n − i)/(n − 1). The mean time from i₀ to a carriers is the sum of 1/rate (Bailey 1975, ch. 5).
 * 2. Meetings off: each teacher alone takes up ideas one at a time and loses each at the same rate: births and deaths. A
 *    reflection takes up one idea however many are open, so the stationary law is not binomial but Erlang's (a Poisson law
 *    cut at the number of ideas); here it is solved exactly for the weekly chain.
 *
 * False alarms: each comparison is held to 1e-7, fewer than ten make at most 1e-6 for the file; seeds are fixed. Each test
 * carries a sabotage that must be seen. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../../sim/leaf/stats.h"
#include "school.h"

#define FALSE_ALARM 1e-7

/* c = 1 for all, no trust in anything but depth, nobody leaves, nothing is lost. */
#define AUTOMATIC                                                                                                   \
    "school.teachers=600; school.units=1; school.known=0; school.disposition=1; school.disposition_sd=0; "          \
    "school.settle=40w; "                                                                                           \
    "energy.base=20; people.leaving=0; people.principal_leaving=0; ideas.obsolescence=0; ideas.initiatives=0; "     \
    "learning.curiosity=0; learning.by_learning=0; depth.base=10; dissonance.rate=0; meetings.random=1; "           \
    "meetings.reputation=1; meetings.crowd=0; meetings.by_time=0; learning.take_up=1; learning.take_up_by_time=5; " \
    "learning.hear_joint=1; learning.value_joint=1; lapse.rate=0; reflection.rate=0; structures.time=1; "           \
    "innovation.ideas=1; innovation.pioneers=30; school.leads=0; "

#define PEOPLE 600
#define FROM 30
#define TO 300
#define RATE 0.02 /* λ₀: a teacher starts 1.2 λ₀ talks a week, few enough that a week is a small step */

/* Weeks from 30 carriers to 300, interpolated inside the week in which it happens. */
static double weeks_to_half(const struct param_set *set, uint32_t replicate)
{
    const struct model *ladder = model_find("ladder");
    struct world *world = school_world(set, NULL, replicate);
    const struct school *s = &world->schools[0];
    school_settle(world);
    double before = FROM, at = 0;
    for (int64_t week = 1; week < 4000; week++) {
        ladder->exchange(world, week);
        ladder->week(world, 0, week);
        double carriers = 0;
        for (uint32_t i = 0; i < s->staff; i++)
            carriers += (s->teachers[i].used & world->focal) != 0;
        if (carriers >= TO) {
            at = (double)week - (carriers - TO) / (carriers - before);
            break;
        }
        before = carriers;
    }
    ladder->free(world);
    return at;
}

/* Mean waiting time of the pure birth process; a talk joins two people, either of whom may have started it. The principal
 * starts talks half as often again; a talk with oneself does not happen. */
static double birth_time(void)
{
    const double starts = (PEOPLE - 1 + 1.5) / PEOPLE * 1.2 * RATE * (PEOPLE - 1.0) / PEOPLE;
    double sum = 0;
    for (int i = FROM; i < TO; i++)
        sum += 1 / (2 * starts * i * (double)(PEOPLE - i) / (PEOPLE - 1));
    return sum;
}

static double t_of(const char *more, double expected, size_t n)
{
    char text[2048];
    double weeks[64];
    snprintf(text, sizeof text, AUTOMATIC "meetings.base=%g; %s", RATE, more);
    struct param_set *set = school_settings(text);
    for (size_t r = 0; r < n; r++)
        weeks[r] = weeks_to_half(set, (uint32_t)r);
    param_set_free(set);
    const struct stats s = stats_of(weeks, n);
    const double t = (s.mean - expected) / (s.sd / sqrt((double)n));
    printf("# %s%.2f weeks (se %.2f) against %.2f: t = %.2f\n", more, s.mean, s.sd / sqrt((double)n), expected, t);
    return t;
}

static void spread_is_pure_birth(void **state)
{
    (void)state;
    const size_t n = 40;
    const double limit = gsl_cdf_tdist_Qinv(FALSE_ALARM / 2, (double)n - 1), expected = birth_time();
    assert_true(fabs(t_of("", expected, n)) < limit);
    assert_true(fabs(t_of("learning.take_up=0.9; learning.take_up_by_time=0; ", expected, n)) > limit); /* sabotage */
}

/* Alone: K ideas known and valued by all, one attempt with chance b a week (if any is open), then each used idea lapses:
 * Poisson(μ U) picks, at most U of them. */
#define IDEAS_ALONE 58 /* all but the six of the focal bundle */
#define BIRTH 0.30
#define DEATH 0.02
#define ALONE                                                                                                      \
    "school.teachers=1000; school.units=1; school.known=1; school.valued=1; school.used=0.2; school.settle=600w; " \
    "school.leads=0; "                                                                                             \
    "meetings.base=0; meetings.by_time=0; people.leaving=0; people.principal_leaving=0; ideas.obsolescence=0; "    \
    "ideas.initiatives=0; innovation.pioneers=0; energy.base=20; reflection.attempt=1; reflection.success=0.30; "  \
    "structures.evidence=0; people.emphasis=0; lived.self_organizing=0; reflection.by_time=0; "                    \
    "reflection.rationalize=0; lapse.by_pushback=0; lapse.by_fatigue=0; "

/* Exact stationary law of the weekly chain. One reflection a week: 0.8333 · 1.2 with c = 1 is 1. */
static void stationary(double birth, double death, double *law)
{
    static double next[IDEAS_ALONE + 1];
    for (int u = 0; u <= IDEAS_ALONE; u++)
        law[u] = 1.0 / (IDEAS_ALONE + 1);
    for (int round = 0; round < 4000; round++) {
        memset(next, 0, sizeof next);
        for (int u = 0; u <= IDEAS_ALONE; u++)
            for (int born = 0; born <= 1; born++) {
                const double chance = u == IDEAS_ALONE ? (born ? 0 : 1) : born ? birth : 1 - birth;
                const int have = u + born;
                if (chance == 0)
                    continue;
                double term = exp(-death * have), left = 1;
                for (int lost = 0; lost < have; lost++) {
                    next[have - lost] += law[u] * chance * term;
                    left -= term;
                    term *= death * have / (lost + 1);
                }
                next[0] += law[u] * chance * left;
            }
        memcpy(law, next, sizeof next);
    }
}

/* Pearson's statistic over cells of at least ten expected, as a tail probability. */
static double chi_square(const int *found, const double *law, int n)
{
    double statistic = 0, expected = 0;
    int cells = 0, observed = 0;
    for (int u = 0; u <= IDEAS_ALONE; u++) {
        expected += n * law[u];
        observed += found[u];
        if (expected >= 10 || u == IDEAS_ALONE) {
            statistic += expected > 0 ? (observed - expected) * (observed - expected) / expected : 0;
            cells++;
            expected = observed = 0;
        }
    }
    return gsl_cdf_chisq_Q(statistic, cells - 1);
}

static double tail(const char *more)
{
    char text[2048];
    int found[IDEAS_ALONE + 1] = {0};
    double law[IDEAS_ALONE + 1];
    snprintf(text, sizeof text, ALONE "reflection.rate=%.9g; lapse.rate=%g; %s", 1 / 1.2, DEATH, more);
    struct param_set *set = school_settings(text);
    struct world *world = school_world(set, NULL, 0);
    school_settle(world);
    for (uint32_t i = 0; i < 1000; i++)
        found[count_bits(world->schools[0].teachers[i].used)]++;
    school_end(world, set);
    stationary(BIRTH, DEATH, law);
    const double p = chi_square(found, law, 1000);
    printf("# %sp = %g\n", more, p);
    return p;
}

static void alone_it_is_birth_and_death(void **state)
{
    (void)state;
    assert_true(tail("") > FALSE_ALARM);
    assert_true(tail("lapse.by_fatigue=1; ") < FALSE_ALARM); /* sabotage: the tired lose more */
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spread_is_pure_birth),
        cmocka_unit_test(alone_it_is_birth_and_death),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
