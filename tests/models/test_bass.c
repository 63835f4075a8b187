/* Bass diffusion against its closed form and two chains that can be solved by hand.
 *
 * False alarms: each comparison is held to 1e-7, fewer than ten comparisons make at most 1e-6 for the file. Seeds are
 * fixed, so that a failure stays. Replicates are the unit. */
#include "../../models/models.h"
#include "../../sim/leaf/stats.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../near.h"
#include "settings.h"

#define FALSE_ALARM 1e-7

static const struct model *bass(void)
{
    return model_find("bass");
}

/* Adopters' share after `weeks`, in each of n replicates. */
static void shares(const struct param_set *set, const igraph_t *network, int64_t weeks, double *out, size_t n)
{
    const struct model_input input = {.network = network};
    for (size_t i = 0; i < n; i++) {
        struct world *world;
        char why[200] = "";
        double row[8];
        assert_int_equal(bass()->init(set, &input, 2385, (uint32_t)i, &world, NULL), STATUS_OK);
        for (int64_t week = 1; week <= weeks; week++) {
            bass()->week(world, 0, week);
            /* What is kept up from adoption to adoption is what a count of everybody finds. */
            if ((i == 0 || week == weeks) && bass()->verify(world, 0, why, sizeof why))
                fail_msg("week %lld: %s", (long long)week, why);
        }
        bass()->observe(world, 0, row);
        out[i] = row[0];
        bass()->free(world);
    }
}

/* Whether the mean of the values differs from mu beyond chance. */
static int differs(double *values, size_t n, double mu, const char *what)
{
    const struct stats s = stats_of(values, n);
    const double t = (s.mean - mu) / (s.sd / sqrt((double)n));
    const double limit = gsl_cdf_tdist_Qinv(FALSE_ALARM / 2, (double)(n - 1));
    printf("# %s: %.6f (se %.6f) against %.6f: t = %.2f, limit %.2f\n", what, s.mean, s.sd / sqrt((double)n), mu, t,
           limit);
    return fabs(t) > limit;
}

/* Bass 1969, eqn 9, with the values of evidence for p = .03, q = .38. */
static double closed_form(double p, double q, double t)
{
    return (1 - exp(-(p + q) * t)) / (1 + q / p * exp(-(p + q) * t));
}

enum { RUNS = 60 };

static void mixed_mean(void **state)
{
    (void)state;
    double values[RUNS];
    assert_near(closed_form(.03, .38, 5), .331199, 1e-6);
    assert_near(closed_form(.03, .38, 10), .812803, 1e-6);
    /* Weeks of a fortieth and of a quarter of a year: the chance of a week is exact for both. */
    static const int weeks_per_year[] = {40, 4};
    for (int i = 0; i < 2; i++) {
        struct param_set *set = settings_of(bass(), "people=20000;p=0.03;q=0.38", weeks_per_year[i]);
        shares(set, NULL, 5 * weeks_per_year[i], values, RUNS);
        assert_false(differs(values, RUNS, .331199, "F(5)"));
        shares(set, NULL, 10 * weeks_per_year[i], values, RUNS);
        assert_false(differs(values, RUNS, .812803, "F(10)"));
        param_set_free(set);
    }
}

static void mixed_mean_sabotaged(void **state)
{
    (void)state;
    double values[RUNS];
    struct param_set *set = settings_of(bass(), "people=20000;p=0.03;q=0.37", 40);
    shares(set, NULL, 200, values, RUNS);
    assert_true(differs(values, RUNS, .331199, "F(5) with q off by .01"));
    param_set_free(set);
}

/* Where a parabola through the weekly adopters from year 3.2 to 9.2 peaks. The window is symmetric about the true peak
 * nearly, and the same estimator is applied to the closed form, so its own bias cancels. */
static double peak_of(const double *share)
{
    double s[5] = {0}, y[3] = {0};
    for (int week = 128; week <= 368; week++) {
        const double t = (week - 248) / 120.0, rate = share[week] - share[week - 1];
        const double powers[5] = {1, t, t * t, t * t * t, t * t * t * t};
        for (int k = 0; k < 5; k++)
            s[k] += powers[k];
        for (int k = 0; k < 3; k++)
            y[k] += rate * powers[k];
    }
    /* The grid is symmetric about t = 0: odd sums vanish and the normal equations fall apart. */
    const double linear = y[1] / s[2], square = (y[2] * s[0] - y[0] * s[2]) / (s[4] * s[0] - s[2] * s[2]);
    return (248 - 0.5 + 120 * -linear / (2 * square)) / 40;
}

static void mixed_peak(void **state)
{
    (void)state;
    double curve[401], peaks[RUNS];
    struct param_set *set = settings_of(bass(), "people=20000;p=0.03;q=0.38", 40);
    const struct model_input input = {0};
    for (int week = 0; week <= 400; week++)
        curve[week] = closed_form(.03, .38, week / 40.0);
    const double expected = peak_of(curve);
    assert_near(expected, 6.19262, 0.02); /* log(q/p)/(p+q); the parabola bends a little */
    for (uint32_t i = 0; i < RUNS; i++) {
        struct world *world;
        assert_int_equal(bass()->init(set, &input, 17, i, &world, NULL), STATUS_OK);
        for (int64_t week = 0; week <= 400; week++) {
            double row[8];
            if (week)
                bass()->week(world, 0, week);
            bass()->observe(world, 0, row);
            curve[week] = row[0];
        }
        bass()->free(world);
        peaks[i] = peak_of(curve);
    }
    assert_false(differs(peaks, RUNS, expected, "peak, years"));
    param_set_free(set);
}

/* Chi-square of counts against chances; the p value. */
static double chi_square(const double *count, const double *chance, size_t cells, double n)
{
    double sum = 0;
    for (size_t i = 0; i < cells; i++)
        sum += (count[i] - n * chance[i]) * (count[i] - n * chance[i]) / (n * chance[i]);
    return gsl_cdf_chisq_Q(sum, (double)cells - 1);
}

/* Without imitation adopters are binomial, whatever the mixing: the whole law, not only its mean. */
static double p_of_binomial(const char *text, double chance)
{
    enum { N = 10, REPLICATES = 4000 };
    double values[REPLICATES], count[6] = {0}, expected[6] = {0};
    struct param_set *set = settings_of(bass(), text, 40);
    shares(set, NULL, 30, values, REPLICATES);
    param_set_free(set);
    for (int i = 0; i < REPLICATES; i++) {
        const int k = (int)lround(values[i] * N);
        count[k < 5 ? k : 5]++;
    }
    for (unsigned k = 0; k <= N; k++)
        expected[k < 5 ? k : 5] += gsl_ran_binomial_pdf(k, chance, N);
    const double p = chi_square(count, expected, 6, REPLICATES);
    printf("# %s: p = %g\n", text, p);
    return p;
}

static void without_imitation(void **state)
{
    (void)state;
    const double chance = -expm1(-0.3 * 30 / 40.0);
    assert_true(p_of_binomial("people=10;p=0.3;q=0", chance) > FALSE_ALARM);
    assert_true(p_of_binomial("people=10;p=0.3;q=0;mixing=network;degree=3;steps=2", chance) > FALSE_ALARM);
    assert_true(p_of_binomial("people=10;p=0.36;q=0", chance) < FALSE_ALARM); /* sabotage */
}

/* Two people who see each other: a chain on 0, 1, 2 adopters that can be solved. */
static double p_of_two(double p, double q)
{
    enum { REPLICATES = 4000, WEEKS = 45 };
    double values[REPLICATES], count[3] = {0}, state[3] = {1, 0, 0};
    igraph_t pair;
    char text[128];
    assert_int_equal(igraph_small(&pair, 2, IGRAPH_DIRECTED, 0, 1, 1, 0, -1), IGRAPH_SUCCESS);
    snprintf(text, sizeof text, "p=%g;q=%g;mixing=network;steps=3", 0.3, 1.5);
    struct param_set *set = settings_of(bass(), text, 40);
    shares(set, &pair, WEEKS, values, REPLICATES);
    param_set_free(set);
    igraph_destroy(&pair);
    for (int i = 0; i < REPLICATES; i++)
        count[lround(values[i] * 2)]++;
    const double alone = -expm1(-p / 120), moved = -expm1(-(p + q) / 120);
    for (int step = 0; step < 3 * WEEKS; step++) {
        const double none = state[0], one = state[1];
        state[0] = none * (1 - alone) * (1 - alone);
        state[1] = none * 2 * alone * (1 - alone) + one * (1 - moved);
        state[2] += none * alone * alone + one * moved;
    }
    const double chance = chi_square(count, state, 3, REPLICATES);
    printf("# two people, p = %g, q = %g: p value %g\n", p, q, chance);
    return chance;
}

static void two_people(void **state)
{
    (void)state;
    assert_true(p_of_two(0.3, 1.5) > FALSE_ALARM);
    assert_true(p_of_two(0.3, 1) < FALSE_ALARM); /* sabotage: the chain has another q than the model */
}

/* A network where all see all is the mixed market, once its steps are short; with steps of a year it lags. */
static void complete_network(void **state)
{
    (void)state;
    enum { N = 200 };
    double mixed[RUNS], network[RUNS], coarse[RUNS], difference[RUNS];
    igraph_t all;
    assert_int_equal(igraph_full(&all, N, IGRAPH_DIRECTED, false), IGRAPH_SUCCESS);
    struct param_set *set = settings_of(bass(), "people=200;p=0.03;q=0.38", 4);
    shares(set, NULL, 28, mixed, RUNS);
    param_set_free(set);
    set = settings_of(bass(), "mixing=network;steps=12", 4);
    shares(set, &all, 28, network, RUNS);
    param_set_free(set);
    set = settings_of(bass(), "mixing=network", 1);
    shares(set, &all, 7, coarse, RUNS);
    param_set_free(set);
    igraph_destroy(&all);
    for (int i = 0; i < RUNS; i++)
        difference[i] = network[i] - mixed[i];
    assert_false(differs(difference, RUNS, 0, "complete network less mixed, F(7)"));
    for (int i = 0; i < RUNS; i++)
        difference[i] = coarse[i] - mixed[i];
    assert_true(differs(difference, RUNS, 0, "the same in steps of a year"));
}

static void drawn_network(void **state)
{
    (void)state;
    enum { N = 400, NETWORKS = 40 };
    double ties[NETWORKS];
    struct param_set *set = settings_of(bass(), "people=400;mixing=network;degree=6.5;p=3", 40);
    const struct model_input input = {0};
    for (uint32_t i = 0; i < NETWORKS; i++) {
        struct world *world;
        igraph_t graph;
        igraph_bool_t simple, mutual;
        double row[8];
        assert_int_equal(bass()->init(set, &input, 5, i, &world, NULL), STATUS_OK);
        bass()->week(world, 0, 1);
        bass()->observe(world, 0, row);
        assert_int_equal(bass()->graph(world, 0, &graph, NULL), STATUS_OK);
        assert_int_equal(igraph_vcount(&graph), N);
        assert_near(row[3], (double)igraph_ecount(&graph) / N, 1e-12);
        igraph_is_simple(&graph, &simple);
        assert_true(simple);
        double reciprocity;
        igraph_reciprocity(&graph, &reciprocity, true, IGRAPH_RECIPROCITY_DEFAULT);
        mutual = reciprocity == 1;
        assert_true(mutual);
        double adopted = 0;
        for (igraph_integer_t v = 0; v < N; v++) {
            const double layer = igraph_cattribute_VAN(&graph, "layer", v);
            assert_true(layer == !isnan(igraph_cattribute_VAN(&graph, "adopted_week", v)));
            adopted += layer;
        }
        assert_near(adopted / N, row[0], 1e-12);
        ties[i] = (double)igraph_ecount(&graph) / 2;
        igraph_destroy(&graph);
        bass()->free(world);
    }
    param_set_free(set);
    assert_false(differs(ties, NETWORKS, N * 6.5 / 2, "ties of a drawn network"));
}

static void edges(void **state)
{
    (void)state;
    static const char *const texts[] = {"people=1",
                                        "people=1;mixing=network;degree=0",
                                        "people=2;mixing=network;degree=1",
                                        "people=50;mixing=network;degree=49",
                                        "people=50;mixing=network;degree=0",
                                        "people=50;p=0;q=0",
                                        "people=50;p=100;q=100",
                                        "people=50;p=0;q=3"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct param_set *set = settings_of(bass(), texts[i], 40);
        double share[3];
        shares(set, NULL, 80, share, 3);
        for (int r = 0; r < 3; r++) {
            assert_true(share[r] >= 0 && share[r] <= 1);
            if (strstr(texts[i], "p=0"))
                assert_true(share[r] == 0); /* nobody begins */
            if (strstr(texts[i], "p=100"))
                assert_true(share[r] == 1);
        }
        param_set_free(set);
    }
}

static void settings_that_contradict(void **state)
{
    (void)state;
    static const struct settings_contradiction cases[] = {
        {"people=5;mixing=network;degree=4.5", false, 1, 0},
        {"people=5;mixing=network;degree=4", false, 0, 0},
        {"people=5;degree=40", false, 0, 0},
        {"people=10000000;mixing=network;degree=1000", false, 1, 0},
        {"markets=2;mixing=network", true, 1, 0},
        {"people=1", true, 0, 1},
    };
    settings_contradict(bass(), cases, sizeof cases / sizeof cases[0]);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mixed_mean),
        cmocka_unit_test(mixed_mean_sabotaged),
        cmocka_unit_test(mixed_peak),
        cmocka_unit_test(without_imitation),
        cmocka_unit_test(two_people),
        cmocka_unit_test(complete_network),
        cmocka_unit_test(drawn_network),
        cmocka_unit_test(edges),
        cmocka_unit_test(settings_that_contradict),
    };
    return cmocka_run_group_tests_name("bass", tests, NULL, NULL);
}
