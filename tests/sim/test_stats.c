/* Small statistics against values worked out by hand or by their definition; swells against noise that has none.
 *
 * False alarms: swell_of() is itself a test at 1 in 20; 23 of 100 series would pass for swells once in a million times
 * if its rate were .07. Seeds are fixed. */
#include "../../sim/leaf/stats.h"
#include "../../sim/leaf/swell.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../near.h"

#define TINY 1e-12

static void by_hand(void **state)
{
    (void)state;
    double values[] = {7, (double)NAN, 2.385, -1.5, 0.25};
    const struct stats s = stats_of(values, 5);
    assert_int_equal(s.n, 4);
    assert_near(s.mean, 2.03375, TINY);
    assert_near(s.sd, sqrt((3.53375 * 3.53375 + 1.78375 * 1.78375 + 0.35125 * 0.35125 + 4.96625 * 4.96625) / 3), TINY);
    /* Type 7: position (n - 1) p between the sorted -1.5, .25, 2.385, 7 */
    assert_near(s.q05, -1.5 + 0.15 * 1.75, TINY);
    assert_near(s.q25, -1.5 + 0.75 * 1.75, TINY);
    assert_near(s.median, (0.25 + 2.385) / 2, TINY);
    assert_near(s.q75, 2.385 + 0.25 * 4.615, TINY);
    assert_near(s.q95, 2.385 + 0.85 * 4.615, TINY);
    /* t(.975, 3) = 3.182446305 */
    assert_near(s.mean_hi - s.mean, 3.182446305284263 * s.sd / 2, 1e-9);
    assert_near(s.mean - s.mean_lo, s.mean_hi - s.mean, TINY);
}

static void few(void **state)
{
    (void)state;
    double nothing[] = {(double)NAN, (double)NAN}, one[] = {2.385}, same[] = {3, 3, 3};
    struct stats s = stats_of(nothing, 2);
    assert_int_equal(s.n, 0);
    assert_true(isnan(s.mean) && isnan(s.median) && isnan(s.sd));
    s = stats_of(nothing, 0);
    assert_int_equal(s.n, 0);
    s = stats_of(one, 1);
    assert_true(s.mean == 2.385 && s.q05 == 2.385 && s.q95 == 2.385);
    assert_true(isnan(s.sd) && isnan(s.mean_lo) && isnan(s.mean_hi));
    s = stats_of(same, 3);
    assert_true(s.sd == 0 && s.mean_lo == 3 && s.mean_hi == 3);
    assert_true(isnan(stats_half_width(1, 1, 0.95)));
    assert_near(stats_half_width(2, 8, 0.99), 3.4994832973505 * 2 / sqrt(8), 1e-9);
}

/* Share of 95 % intervals that hold the mean, of samples of five: binomial, so 5.3 standard errors either way. */
static void intervals_cover(void **state)
{
    (void)state;
    enum { SAMPLES = 20000 };
    gsl_rng *r = gsl_rng_alloc(rng_philox);
    int covered = 0, too_narrow = 0;
    gsl_rng_set(r, 3);
    for (int i = 0; i < SAMPLES; i++) {
        double values[5];
        for (int k = 0; k < 5; k++)
            values[k] = 7 + gsl_ran_gaussian(r, 2.385);
        const struct stats s = stats_of(values, 5);
        covered += s.mean_lo <= 7 && 7 <= s.mean_hi;
        too_narrow += fabs(s.mean - 7) <= 1.96 * s.sd / sqrt(5); /* the normal's 1.96: the sabotage */
    }
    const double allowed = 5.3 * sqrt(.95 * .05 / SAMPLES);
    assert_near((double)covered / SAMPLES, .95, allowed);
    assert_true(fabs((double)too_narrow / SAMPLES - .95) > allowed);
    gsl_rng_free(r);
}

static void periodograms(void **state)
{
    (void)state;
    double series[101] = {0}, power[50];
    for (size_t n = 0; n <= 101; n++) {
        double sum = 0;
        for (size_t t = 0; t < n; t++)
            series[t] = cos(0.7 * (double)t * (double)t);
        assert_int_equal(stats_periodogram(series, n, power), 0);
        for (size_t k = 0; k < n / 2; k++) {
            assert_true(power[k] >= 0);
            sum += power[k];
        }
        assert_near(sum, n < 4 ? 0 : 1, 1e-9);
    }
    /* Seven waves in a hundred points: a Hann window leaves them at k = 6, 7, 8. */
    for (int t = 0; t < 100; t++)
        series[t] = sin(2 * M_PI * 7 * t / 100.0);
    stats_periodogram(series, 100, power);
    assert_true(power[5] + power[6] + power[7] > 0.97 && power[6] > power[5] && power[6] > power[7]);
}

static void dips(void **state)
{
    (void)state;
    static const double series[] = {2, 3, (double)NAN, 1.5, 4, 3.9, 2.6, 5};
    size_t at = 99;
    assert_near(stats_deepest_dip(series, 8, &at), 1.5, TINY);
    assert_int_equal(at, 3);
    assert_near(stats_deepest_dip(series + 4, 4, &at), 1.4, TINY);
    assert_int_equal(at, 2);
    assert_true(stats_deepest_dip(series, 2, &at) == 0 && at == 0);
    assert_true(stats_deepest_dip(series, 0, NULL) == 0);
}

/* How often a series of x(t) = a x(t-1) + b x(t-2) + noise passes for a swell. */
static double rate(double a, double b, int weeks, double *period)
{
    enum { SERIES = 100, LONGEST = 800 };
    double x[LONGEST], sum = 0;
    int told = 0;
    gsl_rng *r = gsl_rng_alloc(rng_philox);
    gsl_rng_set(r, 5);
    for (uint32_t i = 0; i < SERIES; i++) {
        double now = 0, before = 0;
        for (int t = -1000; t < weeks; t++) {
            const double next = a * now + b * before + gsl_ran_gaussian_ziggurat(r, 1);
            before = now;
            now = next;
            if (t >= 0)
                x[t] = now;
        }
        struct swell swell;
        const struct rng_key key = {.seed = 1, .replicate = i, .stream = STREAM_BOOTSTRAP};
        assert_int_equal(swell_of(x, (size_t)weeks, 1 / 40.0, 0.5, 6, &key, &swell), 0);
        assert_true(swell.chance > 0 && swell.chance <= 1);
        told += swell.chance <= 0.05;
        sum += swell.chance <= 0.05 ? swell.period : 0;
    }
    gsl_rng_free(r);
    *period = sum / told;
    printf("# a = %g, b = %g, %d weeks: %.3f swell, period %.2f years\n", a, b, weeks, (double)told / SERIES, *period);
    return (double)told / SERIES;
}

static void swells(void **state)
{
    (void)state;
    double period;
    /* No period of its own: white, with memory, with memory and inertia. Over 2000 series the rates were .045-.067. */
    assert_true(rate(0, 0, 400, &period) < 0.23);
    assert_true(rate(0.97, 0, 400, &period) < 0.23);
    assert_true(rate(1.8, -0.81, 400, &period) < 0.23);
    /* Swells of 70 weeks, roots of modulus .99: seen in most runs of twenty years, and at the right period. */
    assert_true(rate(2 * 0.99 * cos(2 * M_PI / 70), -0.9801, 800, &period) > 0.5);
    assert_near(period, 70 / 40.0, 0.15);
}

static void no_swell(void **state)
{
    (void)state;
    double x[100];
    struct swell swell;
    const struct rng_key key = {.seed = 1, .stream = STREAM_BOOTSTRAP};
    for (int t = 0; t < 100; t++)
        x[t] = 4.5;
    assert_int_equal(swell_of(x, 100, 1 / 40.0, 0.5, 6, &key, &swell), 0);
    assert_true(swell.chance == 1 && isnan(swell.period));
    assert_int_equal(swell_of(x, 3, 1 / 40.0, 0.5, 6, &key, &swell), 0);
    assert_true(swell.chance == 1);
    assert_int_equal(swell_of(x, 0, 1 / 40.0, 0.5, 6, &key, &swell), 0);
    assert_true(swell.chance == 1);
    x[7] = (double)NAN;
    assert_int_equal(swell_of(x, 100, 1 / 40.0, 0.5, 6, &key, &swell), 0);
    assert_true(swell.chance == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),      cmocka_unit_test(few),  cmocka_unit_test(intervals_cover),
        cmocka_unit_test(periodograms), cmocka_unit_test(dips), cmocka_unit_test(swells),
        cmocka_unit_test(no_swell),
    };
    return cmocka_run_group_tests_name("stats", tests, NULL, NULL);
}
