/* Paired comparisons against published numbers and against laws that hold exactly; intervals by how often they cover.
 *
 * False alarms: coverages are held to 5.3 standard errors of their binomial law, 1e-7 each; seeds are fixed. */
#include "../../sim/leaf/paired.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_statistics.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../near.h"

enum { RESAMPLES = 999 };
static const struct rng_key key = {.seed = 2385, .stream = STREAM_BOOTSTRAP};

/* Student (1908): hours of sleep gained by ten patients with two drugs; R's t.test(paired = TRUE) and effect sizes. */
static const double dextro[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
static const double laevo[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

static void students_sleep(void **state)
{
    (void)state;
    struct paired s;
    assert_int_equal(paired_of(dextro, laevo, 10, 0, &key, &s), 0);
    assert_int_equal(s.n, 10);
    assert_near(s.mean_a, 0.75, 1e-12);
    assert_near(s.mean_b, 2.33, 1e-12);
    assert_near(s.mean, -1.58, 1e-12);
    assert_int_equal(s.interval, PAIRED_T);
    assert_near(s.lo, -2.4598858, 1e-7);
    assert_near(s.hi, -0.7001142, 1e-7);
    assert_near(s.p, 0.00283289, 1e-8);
    assert_near(s.effect_paired, -1.2845582, 1e-6);
    assert_near(s.effect_pooled, -0.8321811, 1e-6);
    assert_near(s.better, 0.05, 1e-12); /* one tie */
    assert_false(s.t_valid);            /* 4.6 hours: the skewness is -1.2 and wants 40 pairs */
    assert_true(isnan(s.t_lo) && isnan(s.t_hi));
    /* (2.262157 + 0.883404) x 1.229995 / sqrt(10) */
    assert_near(s.detectable, 1.223485, 1e-5);
}

/* The other way round everything changes sides and nothing changes size, drawn samples included. */
static void other_way_round(void **state)
{
    (void)state;
    struct paired s, t;
    assert_int_equal(paired_of(dextro, laevo, 10, 9999, &key, &s), 0);
    assert_int_equal(paired_of(laevo, dextro, 10, 9999, &key, &t), 0);
    assert_int_equal(s.interval, PAIRED_BOOTSTRAP);
    assert_near(s.lo, -t.hi, 1e-9);
    assert_near(s.hi, -t.lo, 1e-9);
    assert_near(s.p, t.p, 1e-12);
    assert_near(s.better + t.better, 1, 1e-12);
    assert_near(s.better_lo, 1 - t.better_hi, 1e-9);
    assert_near(s.effect_pooled, -t.effect_pooled, 1e-12);
    assert_true(s.lo < s.mean && s.mean < s.hi && s.hi < 0 && s.p > 0 && s.p < 0.05);
    assert_int_equal(paired_of(dextro, laevo, 10, 9999, &key, &t), 0); /* the same key, the same samples */
    assert_true(s.lo == t.lo && s.hi == t.hi && s.p == t.p);
}

static void identical(void **state)
{
    (void)state;
    struct paired s;
    assert_int_equal(paired_of(laevo, laevo, 10, RESAMPLES, &key, &s), 0);
    assert_int_equal(s.interval, PAIRED_EXACT);
    assert_true(s.mean == 0 && s.lo == 0 && s.hi == 0 && s.sd == 0 && s.p == 1 && s.detectable == 0);
    assert_true(s.better == 0.5 && s.effect_pooled == 0);
    assert_true(isnan(s.effect_paired));
    /* Always the same and not nothing: as sure as the signs. */
    const double a[] = {3.5, 4.5, 7.5}, b[] = {1, 2, 5};
    assert_int_equal(paired_of(a, b, 3, RESAMPLES, &key, &s), 0);
    assert_true(s.mean == 2.5 && s.lo == 2.5 && s.hi == 2.5 && s.p == 0.25 && s.better == 1);
}

static void missing_and_few(void **state)
{
    (void)state;
    const double gap = (double)NAN, a[] = {1, gap, 3, 4, gap}, b[] = {0.5, 1, gap, 2, gap};
    struct paired s;
    assert_int_equal(paired_of(a, b, 5, RESAMPLES, &key, &s), 0);
    assert_int_equal(s.n, 2);
    assert_near(s.mean, 1.25, 1e-12);
    assert_int_equal(s.interval, PAIRED_T);
    assert_int_equal(paired_of(a, b, 2, RESAMPLES, &key, &s), 0);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.interval, PAIRED_NONE);
    assert_true(s.mean == 0.5 && isnan(s.lo) && isnan(s.p) && s.better == 1);
    assert_int_equal(paired_of(a + 1, b + 1, 1, RESAMPLES, &key, &s), 0);
    assert_true(s.n == 0 && isnan(s.mean) && isnan(s.better));
    assert_int_equal(paired_of(NULL, NULL, 0, RESAMPLES, &key, &s), 0);
    assert_int_equal(s.n, 0);
}

/* Most pairs equal: many samples have no spread at all, so the mean's own quantiles are told. */
static void mostly_equal(void **state)
{
    (void)state;
    double a[12] = {0}, b[12] = {0};
    struct paired s;
    a[3] = 2.385;
    assert_int_equal(paired_of(a, b, 12, RESAMPLES, &key, &s), 0);
    assert_int_equal(s.interval, PAIRED_PERCENTILE);
    assert_true(s.lo == 0 && s.hi > s.mean && isfinite(s.hi) && s.p > 0.05);
    for (int i = 0; i < 6; i++)
        a[i] = 2.385 + 0.1 * i;
    assert_int_equal(paired_of(a, b, 12, RESAMPLES, &key, &s), 0); /* half of them */
    assert_int_equal(s.interval, PAIRED_PERCENTILE);
    assert_true(s.lo > 0 && s.hi < 3);
    a[6] = 1;
    assert_int_equal(paired_of(a, b, 12, RESAMPLES, &key, &s), 0);
    assert_int_equal(s.interval, PAIRED_BOOTSTRAP);
}

/* Two of twenty differences are a thousand times the others: the interval stays within what was seen. */
static void few_make_the_spread(void **state)
{
    (void)state;
    double a[20], b[20] = {0};
    struct paired s;
    for (int i = 0; i < 20; i++)
        a[i] = 1e-5 * (i % 7 - 3);
    a[4] = 0.02;
    a[11] = 0.01;
    assert_int_equal(paired_of(a, b, 20, RESAMPLES, &key, &s), 0);
    assert_int_equal(s.interval, PAIRED_PERCENTILE);
    assert_true(s.lo > -1e-4 && s.lo < s.mean && s.mean < s.hi && s.hi < 0.02);
}

/* Differences as skewed as an exponential's: the studentized bootstrap covers, t and its own quantiles do not. */
static void bootstrap_covers(void **state)
{
    (void)state;
    enum { SETS = 4000, N = 20 };
    gsl_rng *r = gsl_rng_alloc(rng_philox);
    int covered = 0, by_t = 0;
    gsl_rng_set(r, 11);
    for (int i = 0; i < SETS; i++) {
        double a[N], b[N] = {0};
        struct paired s, t;
        for (int k = 0; k < N; k++)
            a[k] = gsl_ran_exponential(r, 2.385);
        const struct rng_key own = {.seed = 7, .replicate = (uint32_t)i, .stream = STREAM_BOOTSTRAP};
        assert_int_equal(paired_of(a, b, N, RESAMPLES, &own, &s), 0);
        assert_int_equal(paired_of(a, b, N, 0, &own, &t), 0);
        covered += s.lo <= 2.385 && 2.385 <= s.hi;
        by_t += t.lo <= 2.385 && 2.385 <= t.hi;
    }
    const double allowed = 5.3 * sqrt(.95 * .05 / SETS);
    assert_near((double)covered / SETS, .95, allowed);
    assert_true((double)by_t / SETS < .95 - allowed); /* the sabotage: a wrong interval is seen */
    gsl_rng_free(r);
}

/* Under no difference the chance is below 5 % in 5 % of sets; a true difference of the size called detectable is seen in
 * 80 % of them. */
static void chance_and_power(void **state)
{
    (void)state;
    enum { SETS = 4000, N = 15 };
    gsl_rng *r = gsl_rng_alloc(rng_philox);
    int alarms = 0, seen = 0;
    gsl_rng_set(r, 5);
    const double detectable = (2.1447866879 + 0.8681) * 1.7 / sqrt(N); /* t quantiles .975 and .8, 14 degrees */
    for (int i = 0; i < SETS; i++) {
        double a[N], b[N], c[N];
        struct paired s;
        for (int k = 0; k < N; k++) {
            b[k] = gsl_ran_gaussian(r, 3); /* shared luck */
            a[k] = b[k] + gsl_ran_gaussian(r, 1.7);
            c[k] = a[k] + detectable;
        }
        assert_int_equal(paired_of(a, b, N, 0, &key, &s), 0);
        alarms += s.p < 0.05;
        assert_int_equal(paired_of(c, b, N, 0, &key, &s), 0);
        seen += s.p < 0.05;
    }
    assert_near((double)alarms / SETS, .05, 5.3 * sqrt(.95 * .05 / SETS));
    /* the sum of both quantiles is a little short of the exact noncentral t, by less than .01 */
    assert_near((double)seen / SETS, .80, 0.01 + 5.3 * sqrt(.8 * .2 / SETS));
    gsl_rng_free(r);
}

/* R: binom.test(0, 10), (5, 10), (7, 9). */
static void shares(void **state)
{
    (void)state;
    double lo, hi;
    paired_share(0, 10, &lo, &hi);
    assert_true(lo == 0);
    assert_near(hi, 0.3084971, 1e-7);
    paired_share(5, 10, &lo, &hi);
    assert_near(lo, 0.187086, 1e-6);
    assert_near(hi, 0.812914, 1e-6);
    paired_share(7, 9, &lo, &hi);
    assert_near(lo, 0.399906, 1e-5);
    assert_near(hi, 0.971855, 1e-5);
    paired_share(4, 4, &lo, &hi);
    assert_near(lo, 0.3976354, 1e-7);
    assert_true(hi == 1);
    /* By its definition, where GSL's inverse of the beta distribution gives up. */
    for (size_t n = 500; n <= 100000; n *= 10)
        for (double wins = 0.5; wins < (double)n; wins = wins * 1.37 + 1) {
            paired_share(wins, n, &lo, &hi);
            assert_near(gsl_cdf_beta_P(lo, wins, (double)n - wins + 1), 0.025, 1e-6);
            assert_near(gsl_cdf_beta_Q(hi, wins + 1, (double)n - wins), 0.025, 1e-6);
        }
}

/* R: p.adjust(c(.01, .04, .03, .005), "holm"); what is missing is no test. */
static void holm(void **state)
{
    (void)state;
    const double p[] = {0.01, 0.04, (double)NAN, 0.03, 0.005};
    double q[5];
    assert_int_equal(paired_holm(p, 5, q), 0);
    assert_near(q[0], 0.03, 1e-12);
    assert_near(q[1], 0.06, 1e-12);
    assert_true(isnan(q[2]));
    assert_near(q[3], 0.06, 1e-12);
    assert_near(q[4], 0.02, 1e-12);
    const double large[] = {0.9, 0.8, 0.7};
    assert_int_equal(paired_holm(large, 3, q), 0);
    assert_true(q[0] == 1 && q[1] == 1 && q[2] == 1);
    assert_int_equal(paired_holm(NULL, 0, q), 0);
}

static void ratios(void **state)
{
    (void)state;
    double lo, hi, bottom[10], fixed[10];
    struct paired s;
    for (int i = 0; i < 10; i++) {
        bottom[i] = laevo[i] - dextro[i];
        fixed[i] = 400;
    }
    /* A cost without spread: the ends of the gain's own t interval, turned over. */
    assert_int_equal(paired_of(laevo, dextro, 10, 0, &key, &s), 0);
    assert_int_equal(paired_ratio(fixed, bottom, 10, &lo, &hi), 0);
    assert_near(lo, 400 / s.hi, 1e-9);
    assert_near(hi, 400 / s.lo, 1e-9);
    assert_int_equal(paired_ratio(fixed, dextro, 10, &lo, &hi), -1); /* 0.75 +- 1.28 may be nothing */
    assert_true(isnan(lo) && isnan(hi));
    assert_int_equal(paired_ratio(fixed, bottom, 1, &lo, &hi), -1);

    enum { SETS = 4000, N = 12 };
    gsl_rng *r = gsl_rng_alloc(rng_philox);
    int covered = 0;
    gsl_rng_set(r, 9);
    for (int i = 0; i < SETS; i++) {
        double x[N], y[N];
        for (int k = 0; k < N; k++) {
            const double shared = gsl_ran_gaussian(r, 1);
            x[k] = 30 + 2 * shared + gsl_ran_gaussian(r, 2);
            y[k] = 10 + shared + gsl_ran_gaussian(r, 1);
        }
        covered += paired_ratio(x, y, N, &lo, &hi) == 0 && lo <= 3 && 3 <= hi;
    }
    assert_near((double)covered / SETS, .95, 5.3 * sqrt(.95 * .05 / SETS));
    gsl_rng_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(students_sleep),   cmocka_unit_test(other_way_round),
        cmocka_unit_test(identical),        cmocka_unit_test(missing_and_few),
        cmocka_unit_test(mostly_equal),     cmocka_unit_test(few_make_the_spread),
        cmocka_unit_test(bootstrap_covers), cmocka_unit_test(chance_and_power),
        cmocka_unit_test(shares),           cmocka_unit_test(holm),
        cmocka_unit_test(ratios),
    };
    return cmocka_run_group_tests_name("paired", tests, NULL, NULL);
}
