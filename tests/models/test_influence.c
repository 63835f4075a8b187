/* Continuous influence against matrices whose answers are known, and against the law of noise on a complete network.
 *
 * False alarms: three comparisons at 1e-7 each. Seeds are fixed; replicates are the unit. */
#include "../../models/influence_tiles.h"
#include "../../models/models.h"
#include "../../sim/leaf/stats.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../near.h"
#include "settings.h"

#define FALSE_ALARM 1e-7

static const struct model *influence(void)
{
    return model_find("influence");
}

static struct world *begin(const struct param_set *set, const struct model_input *input, uint32_t replicate)
{
    struct world *world;
    assert_int_equal(influence()->init(set, input, 2385, replicate, &world, NULL), STATUS_OK);
    return world;
}

static void live(struct world *world, int64_t weeks)
{
    char why[200] = "";
    for (int64_t week = 1; week <= weeks; week++)
        influence()->week(world, 0, week);
    if (influence()->verify(world, 0, why, sizeof why))
        fail_msg("%s", why);
}

static double opinion(const struct world *world, igraph_integer_t v)
{
    igraph_t graph;
    assert_int_equal(influence()->graph(world, 0, &graph, NULL), STATUS_OK);
    const double x = igraph_cattribute_VAN(&graph, "opinion", v);
    igraph_destroy(&graph);
    return x;
}

/* A network from off-diagonal weights, row by row; what people give themselves is a setting. */
static void network_of(const double *weight, igraph_integer_t n, igraph_t *graph)
{
    igraph_vector_t strength;
    igraph_vector_int_t arcs;
    igraph_vector_init(&strength, 0);
    igraph_vector_int_init(&arcs, 0);
    for (igraph_integer_t i = 0; i < n; i++)
        for (igraph_integer_t j = n - 1; j >= 0; j--) /* not in the order of numbers: no model may count on it */
            if (i != j && weight[i * n + j] > 0) {
                igraph_vector_int_push_back(&arcs, i);
                igraph_vector_int_push_back(&arcs, j);
                igraph_vector_push_back(&strength, weight[i * n + j]);
            }
    assert_int_equal(igraph_create(graph, &arcs, n, IGRAPH_DIRECTED), IGRAPH_SUCCESS);
    igraph_cattribute_EAN_setv(graph, GRAPH_STRENGTH, &strength);
    igraph_vector_destroy(&strength);
    igraph_vector_int_destroy(&arcs);
}

/* Where opinions end, to be freed by free(). */
static double *ends(const char *text, const igraph_t *network, igraph_integer_t n, int64_t weeks)
{
    struct param_set *set = settings_of(influence(), text, 40);
    const struct model_input input = {.network = network};
    struct world *world = begin(set, &input, 0);
    double *x = calloc((size_t)n, sizeof *x);
    live(world, weeks);
    for (igraph_integer_t v = 0; v < n; v++)
        x[v] = opinion(world, v);
    influence()->free(world);
    param_set_free(set);
    return x;
}

/* DeGroot: W = [[1/3,1/3,1/3],[1/2,1/2,0],[0,1/4,3/4]] agrees on 3/11, 4/11, 4/11 of the first opinions. */
static void degroot(void **state)
{
    (void)state;
    static const double weight[] = {0, 1, 1, 1, 0, 0, 0, 1, 0};
    static const double answer[] = {3 / 11.0, 4 / 11.0, 4 / 11.0};
    static const char *const first[] = {"1, 0, 0", "0, 1, 0", "0, 0, 1"};
    igraph_t network;
    network_of(weight, 3, &network);
    for (int i = 0; i < 3; i++) {
        char text[128];
        snprintf(text, sizeof text, "noise=0;self=0.33333333333333333, 0.5, 0.75;opinions=%s", first[i]);
        double *x = ends(text, &network, 3, 200);
        for (int v = 0; v < 3; v++)
            assert_near(x[v], answer[i], 1e-12);
        free(x);
        snprintf(text, sizeof text, "noise=0;self=0.33333333333333333, 0.5, 0.7;opinions=%s", first[i]); /* sabotage */
        x = ends(text, &network, 3, 200);
        assert_true(fabs(x[0] - answer[i]) > 0.01);
        free(x);
    }
    igraph_destroy(&network);
}

/* Friedkin and Johnsen's example: one holds to her opinion for good, the others are drawn between it and their first. */
static void friedkin_johnsen(void **state)
{
    (void)state;
    static const double weight[] = {0, .120, .360, .300, .147, 0, .344, .294, 0, 0, 0, 0, .090, .178, .446, 0};
    static const double answer[] = {60.0208, 59.9840, 75, 74.9862};
    const char *const text = "noise=0;self=.220, .215, 1, .286;opinions=25, 25, 75, 85";
    char anchored[128];
    igraph_t network;
    network_of(weight, 4, &network);
    snprintf(anchored, sizeof anchored, "%s;anchored=yes", text);
    double *x = ends(anchored, &network, 4, 200);
    for (int v = 0; v < 4; v++)
        assert_near(x[v], answer[v], 5e-5);
    free(x);
    x = ends(text, &network, 4, 400); /* without anchors all go where the one who never moves is */
    for (int v = 0; v < 4; v++)
        assert_near(x[v], 75, 1e-9);
    free(x);
    igraph_destroy(&network);
}

enum { RUNS = 400, PEOPLE = 50 };

/* Where all see all, distance from the mean shrinks by 1 - (1 - self) n/(n - 1) a week and noise keeps it up: a first-order
 * autoregression. The mean itself walks at random. */
static void noise(void **state)
{
    (void)state;
    double squares[RUNS], means[RUNS], sum = 0;
    igraph_t all;
    assert_int_equal(igraph_full(&all, PEOPLE, IGRAPH_DIRECTED, false), IGRAPH_SUCCESS);
    struct param_set *set = settings_of(influence(), "noise=0.2;self=0.7;spread=0;mean=3", 40);
    const struct model_input input = {.network = &all};
    for (uint32_t i = 0; i < RUNS; i++) {
        double row[8];
        struct world *world = begin(set, &input, i);
        live(world, 40);
        influence()->observe(world, 0, row);
        means[i] = row[0] - 3;
        squares[i] = row[1] * row[1];
        influence()->free(world);
        sum += means[i] * means[i] / (40 * 0.04 / PEOPLE);
    }
    igraph_destroy(&all);
    param_set_free(set);
    const double kept = 1 - 0.3 * PEOPLE / (PEOPLE - 1.0), share = 1 - 1.0 / PEOPLE;
    const double expected = 0.04 * share / (1 - kept * kept); /* 0.7^80 away from it */
    const struct stats s = stats_of(squares, RUNS), m = stats_of(means, RUNS);
    const double t = (s.mean - expected) / (s.sd / sqrt(RUNS)), limit = gsl_cdf_tdist_Qinv(FALSE_ALARM / 2, RUNS - 1);
    printf("# variance of opinions: %.6f against %.6f: t = %.2f; of the mean: %.1f against %d\n", s.mean, expected, t,
           sum, RUNS);
    assert_true(fabs(t) < limit);
    assert_true(fabs((s.mean - expected * 1.1) / (s.sd / sqrt(RUNS))) > limit); /* sabotage: a tenth more */
    assert_true(fabs(m.mean / (m.sd / sqrt(RUNS))) < limit);
    assert_true(gsl_cdf_chisq_P(sum, RUNS) > FALSE_ALARM / 2 && gsl_cdf_chisq_Q(sum, RUNS) > FALSE_ALARM / 2);
}

/* Tiles hold each tie once: sums of whole numbers are exact, whatever their order. */
static void tiles(void **state)
{
    (void)state;
    static const struct {
        uint32_t people;
        double degree;
    } cases[] = {{1, 0}, {2, 1}, {500, 0.5}, {500, 499}, {8192, 8}, {8193, 3}, {66000, 2}, {150000, 8}, {300000, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const uint32_t n = cases[i].people;
        const struct rng_key key = {.seed = 5, .stream = STREAM_TEST};
        struct neighbours sees = {0};
        struct influence_tiles cut = {0};
        float *x = malloc(n * sizeof *x);
        double *sum = malloc(n * sizeof *sum);
        assert_non_null(x);
        assert_non_null(sum);
        assert_int_equal(neighbours_draw(&sees, n, cases[i].degree, &key), 0);
        assert_int_equal(influence_tiles_begin(&cut, &sees), 0);
        for (uint32_t v = 0; v < n; v++)
            x[v] = (float)(v * 7919u % 100003u);
        for (uint32_t row = cut.rows; row-- > 0;)
            influence_tiles_add(&cut, row, x, sum + row * cut.height);
        for (uint32_t v = 0; v < n; v++) {
            for (uint32_t a = sees.first[v]; a < sees.first[v + 1]; a++)
                sum[v] -= (double)x[sees.alters[a]];
            assert_true(sum[v] == 0);
        }
        free(sum);
        free(x);
        influence_tiles_free(&cut);
        neighbours_free(&sees);
    }
}

/* Parts by themselves, from the last to the first, make the same weeks. */
static void parts(void **state)
{
    (void)state;
    const struct model *model = influence();
    const struct model_input input = {0};
    struct param_set *set = settings_of(influence(), "people=20001", 40);
    struct world *whole = begin(set, &input, 3), *cut = begin(set, &input, 3);
    assert_int_equal(model->parts(cut, 0), 3);
    for (int64_t week = 1; week <= 5; week++) {
        double a[8], b[8];
        model->week(whole, 0, week);
        for (size_t i = model->parts(cut, 0); i-- > 0;)
            model->part(cut, 0, i, week);
        model->join(cut, 0, week);
        model->observe(whole, 0, a);
        model->observe(cut, 0, b);
        assert_memory_equal(a, b, model->column_count * sizeof *a);
    }
    model->free(whole);
    model->free(cut);
    param_set_free(set);
}

/* Who sees nobody keeps her opinion; a pair agrees half way; groups of a world have luck of their own. */
static void edges(void **state)
{
    (void)state;
    const struct model_input input = {0};
    struct param_set *set = settings_of(influence(), "people=40;degree=0;noise=0;mean=5;groups=2", 40);
    struct world *world = begin(set, &input, 0);
    double before[8], after[8], other[8];
    influence()->observe(world, 0, before);
    influence()->observe(world, 1, other);
    live(world, 30);
    influence()->observe(world, 0, after);
    assert_memory_equal(before, after, influence()->column_count * sizeof *before);
    assert_true(before[0] != other[0]);
    assert_int_equal(influence()->schools(world), 2);
    influence()->free(world);
    param_set_free(set);
    set = settings_of(influence(), "people=2;degree=1;noise=0;opinions=2, 6", 40);
    world = begin(set, &input, 0);
    live(world, 1);
    assert_near(opinion(world, 0), 2.4, 1e-15);
    live(world, 300);
    assert_near(opinion(world, 0), 4, 1e-6); /* neighbours in drawn networks are seen as floats */
    influence()->observe(world, 0, after);
    assert_near(after[1], 0, 1e-6);
    influence()->free(world);
    param_set_free(set);
}

static void settings_that_contradict(void **state)
{
    (void)state;
    static const struct settings_contradiction cases[] = {
        {"people=5;degree=4.5", false, 1, 0},
        {"people=5;degree=4", false, 0, 0},
        {"people=10000000;degree=1000", false, 1, 0},
        {"groups=2", true, 1, 0},
        {"self=0.5, 0.5", true, 0, 0},
        {"self=0.5, 0.5, 0.5", true, 1, 0},
        {"self=none", true, 1, 0},
        {"opinions=1, 2", true, 0, 0},
        {"opinions=1", true, 1, 0},
        {"people=3;degree=1;opinions=1, 2", false, 1, 0},
    };
    settings_contradict(influence(), cases, sizeof cases / sizeof cases[0]);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(degroot),
        cmocka_unit_test(friedkin_johnsen),
        cmocka_unit_test(noise),
        cmocka_unit_test(tiles),
        cmocka_unit_test(parts),
        cmocka_unit_test(edges),
        cmocka_unit_test(settings_that_contradict),
    };
    return cmocka_run_group_tests_name("influence", tests, NULL, NULL);
}
