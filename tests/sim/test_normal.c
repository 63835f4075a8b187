/* Normal numbers for whole loops: the law against GSL's, the polynomials against libm.
 *
 * False alarms: three comparisons at 1e-7 each; the seed is fixed. */
#include "../../sim/leaf/normal.h"

#include "../../sim/leaf/rng.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../near.h"

#define FALSE_ALARM 1e-7

enum { N = 400000, LOT = 1000 };

static double *draw(void)
{
    double *x = malloc(N * sizeof *x);
    uint32_t words[LOT];
    float normals[LOT];
    assert_non_null(x);
    for (uint32_t i = 0; i < N; i += LOT) {
        rng_words(&(struct rng_key){.seed = 2385, .stream = STREAM_TEST}, i / 4, words, LOT);
        normal_pairs(words, normals, LOT / 2);
        for (uint32_t k = 0; k < LOT; k++)
            x[i + k] = (double)normals[k];
    }
    return x;
}

/* Kolmogorov and Smirnov: chance of a distance of sqrt(n) d or more (Smirnov 1948). */
static double kolmogorov(double *x, size_t n, double scale)
{
    double most = 0, sum = 0;
    gsl_sort(x, 1, n);
    for (size_t i = 0; i < n; i++) {
        const double p = gsl_cdf_ugaussian_P(x[i] * scale);
        most = fmax(most, fmax((double)(i + 1) / (double)n - p, p - (double)i / (double)n));
    }
    const double z = most * sqrt((double)n);
    for (int k = 1; k < 100; k++)
        sum += 2 * (k % 2 ? 1 : -1) * exp(-2.0 * k * k * z * z);
    return fmin(1, sum);
}

static void law(void **state)
{
    (void)state;
    double *x = draw();
    /* The two of a pair do not know of each other; nor do their sizes. */
    double product = 0, squares = 0;
    for (size_t i = 0; i < N; i += LOT)
        for (size_t k = 0; k < LOT / 2; k++) {
            const double a = x[i + k], b = x[i + LOT / 2 + k];
            product += a * b;
            squares += (a * a - 1) * (b * b - 1);
        }
    assert_true(gsl_cdf_ugaussian_Q(fabs(product) / sqrt(N / 2)) > FALSE_ALARM / 2);
    assert_true(gsl_cdf_ugaussian_Q(fabs(squares) / (2 * sqrt(N / 2))) > FALSE_ALARM / 2);
    const double p = kolmogorov(x, N, 1);
    printf("# p = %g; lowest %g, highest %g\n", p, x[0], x[N - 1]);
    assert_true(p > FALSE_ALARM);
    assert_true(x[0] < -4 && x[N - 1] > 4);
    assert_true(kolmogorov(x, N, 1.02) < FALSE_ALARM); /* sabotage: two percent too narrow */
    free(x);
}

static void polynomials(void **state)
{
    (void)state;
    for (float x = 0x1p-32f; x <= 1; x *= 1.0001f)
        assert_near((double)normal_log(x), log((double)x), 2.5e-7 * fmax(0.1, -log((double)x)));
    assert_true(normal_log(1) == 0);
    for (uint32_t k = 0; k < 100000; k++) { /* all around: the radius is kept at every angle */
        const uint32_t words[2] = {0x20000000u, k * 42949u};
        float pair[2];
        normal_pairs(words, pair, 1);
        assert_near(hypot((double)pair[0], (double)pair[1]), sqrt(-2 * log(0.125)), 1e-6);
    }
    const uint32_t ends[4] = {0, ~0u, ~0u, 0};
    float x[4];
    normal_pairs(ends, x, 2);
    for (int i = 0; i < 4; i++)
        assert_true(isfinite(x[i]));
    assert_near(hypot((double)x[0], (double)x[2]), sqrt(64 * log(2)), 1e-5); /* the largest radius */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(law), cmocka_unit_test(polynomials)};
    return cmocka_run_group_tests_name("normal", tests, NULL, NULL);
}
