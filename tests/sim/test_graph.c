/* Measures of a network against numbers worked out by hand, and against published ones where the data is there. */
#include "../../sim/config/input.h"
#include "../../sim/leaf/published.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../near.h"

#define NEAR(value, want) assert_near(value, want, 1e-9)

static struct graph_measures measure(int nodes, const int *arcs, int count, const double *unit)
{
    igraph_t graph;
    struct graph_measures m;
    struct faults faults = {0};
    igraph_vector_int_t ends;
    assert_int_equal(igraph_vector_int_init(&ends, 2 * count), 0);
    for (int i = 0; i < 2 * count; i++)
        VECTOR(ends)[i] = arcs[i];
    assert_int_equal(igraph_create(&graph, &ends, nodes, IGRAPH_DIRECTED), 0);
    assert_int_equal(graph_measure(&graph, unit, &m, &faults), STATUS_OK);
    assert_int_equal(faults.count, 0);
    igraph_destroy(&graph);
    igraph_vector_int_destroy(&ends);
    return m;
}

static void a_star_is_all_centre(void **state)
{
    (void)state;
    const int arcs[] = {1, 0, 2, 0, 3, 0, 4, 0};
    struct graph_measures m = measure(5, arcs, 4, NULL);
    NEAR(m.nodes, 5);
    NEAR(m.arcs, 4);
    NEAR(m.out_degree, 0.8);
    NEAR(m.density, 0.2);
    NEAR(m.reciprocity, 0);
    NEAR(m.transitivity, 0);
    NEAR(m.mean_path, 1.6); /* four pairs at 1, six at 2 */
    NEAR(m.centralization, 1);
    NEAR(m.top_share, 0.5); /* half a person is a tenth of five */
    NEAR(m.never_sought, 0.8);
    NEAR(m.degree_dispersion, 4); /* (3.2^2 + 4 * 0.8^2) / 4 / 0.8 */
    NEAR(m.isolates, 0);
    NEAR(m.components, 1);
    assert_true(isnan(m.same_unit) && isnan(m.same_unit_odds) && isnan(m.ei_index));
}

static void units_and_returned_arcs(void **state)
{
    (void)state;
    const int arcs[] = {0, 1, 1, 0, 1, 2, 2, 0};
    const double unit[] = {3, 3, 7, 7};
    struct graph_measures m = measure(4, arcs, 4, unit);
    NEAR(m.reciprocity, 0.5);
    NEAR(m.transitivity, 1);
    NEAR(m.mean_path, 1);
    NEAR(m.isolates, 1);
    NEAR(m.components, 2);
    NEAR(m.never_sought, 0.25);
    NEAR(m.centralization, 4.0 / 9);
    NEAR(m.degree_dispersion, 2.0 / 3);
    NEAR(m.top_share, 0.2);
    NEAR(m.same_unit, 0.5);
    NEAR(m.ei_index, 0);
    NEAR(m.same_unit_odds, 3); /* 2 of 4 ordered pairs inside, 2 of 8 across: 2 * 6 / (2 * 2) */
}

static void returned_arcs_count_once_in_triangles(void **state)
{
    (void)state;
    const int arcs[] = {0, 1, 1, 0, 1, 2, 2, 0, 2, 3};
    NEAR(measure(4, arcs, 5, NULL).transitivity, 0.6); /* one triangle, five triples */
    const int path[] = {0, 1, 1, 0, 1, 2};
    NEAR(measure(3, path, 3, NULL).transitivity, 0);
}

static void nothing_is_undefined_rather_than_zero(void **state)
{
    (void)state;
    struct graph_measures m = measure(0, NULL, 0, NULL);
    NEAR(m.nodes, 0);
    assert_true(isnan(m.out_degree) && isnan(m.density) && isnan(m.never_sought) && isnan(m.mean_path));
    m = measure(1, NULL, 0, (const double[]){0});
    NEAR(m.isolates, 1);
    NEAR(m.components, 1);
    NEAR(m.out_degree, 0);
    assert_true(isnan(m.density) && isnan(m.centralization) && isnan(m.reciprocity) && isnan(m.same_unit));
    m = measure(3, NULL, 0, (const double[]){0, 1, 1});
    NEAR(m.density, 0);
    NEAR(m.components, 3);
    assert_true(isnan(m.reciprocity) && isnan(m.transitivity) && isnan(m.mean_path) && isnan(m.top_share));
    const int inside[] = {0, 1};
    m = measure(2, inside, 1, (const double[]){5, 5});
    NEAR(m.same_unit, 1);
    NEAR(m.ei_index, -1);
    assert_true(isnan(m.same_unit_odds)); /* there is no pair across */
}

/* On a ring every source sees the same distances, so a sample of sources must give the exact mean. */
static void long_paths_are_sampled(void **state)
{
    (void)state;
    const double n = 20000;
    igraph_t ring;
    struct graph_measures m;
    assert_int_equal(igraph_ring(&ring, (igraph_integer_t)n, IGRAPH_DIRECTED, false, true), 0);
    assert_int_equal(graph_measure(&ring, NULL, &m, NULL), STATUS_OK);
    NEAR(m.mean_path, n * n / 4 / (n - 1));
    igraph_destroy(&ring);
}

static void library_errors_become_sentences(void **state)
{
    (void)state;
    struct faults faults = {0};
    igraph_t graph;
    igraph_error_t code = igraph_empty(&graph, -5, IGRAPH_DIRECTED);
    assert_int_not_equal(code, 0);
    assert_int_not_equal(graph_fault(&faults, "x.csv", code), STATUS_OK);
    assert_non_null(strstr(faults.list[0].text, "the graph library says: "));
    assert_string_equal(faults.list[0].file, "x.csv");
    faults_free(&faults);
    faults = (struct faults){0};
    assert_int_equal(graph_fault(&faults, NULL, IGRAPH_ENOMEM), STATUS_FAILED); /* the last one is not said again */
    assert_non_null(strstr(faults.list[0].text, "memory"));
    faults_free(&faults);
}

static void ranges_are_judged_as_rounded(void **state)
{
    (void)state;
    struct published row = {"people named", 0, 3.5, 1.3, 5.4, 1};
    assert_int_equal(published_side(&row, 1.25), 0);
    assert_int_equal(published_side(&row, 1.24), -1);
    assert_int_equal(published_side(&row, 5.45), 0);
    assert_int_equal(published_side(&row, 5.46), 1);
    assert_int_equal(published_side(&row, (double)NAN), 0);
    row.lo = row.hi = (double)NAN;
    assert_int_equal(published_side(&row, 99), 0);
}

static struct graph_measures measure_school(int number)
{
    static const struct survey_columns columns = SURVEY_COLUMNS;
    const struct survey_bounds bounds = {1, 4, 1};
    char roster[80], advice[80];
    struct survey survey;
    struct faults faults = {0};
    struct graph_measures m;
    igraph_t graph;
    double unit[200];
    snprintf(roster, sizeof roster, "../shared/data/schools/school%02d-roster.csv", number);
    snprintf(advice, sizeof advice, "../shared/data/schools/school%02d-advice.csv", number);
    assert_int_equal(survey_read(roster, advice, 0, &columns, bounds, &survey, &faults), STATUS_OK);
    assert_int_equal(survey.finding_count, 0);
    assert_true(survey.people_count <= 200);
    for (size_t i = 0; i < survey.people_count; i++)
        unit[i] = survey.people[i].unit_number;
    assert_int_equal(input_build_network(&survey, &graph, &faults), STATUS_OK);
    assert_int_equal(graph_measure(&graph, unit, &m, &faults), STATUS_OK);
    igraph_destroy(&graph);
    survey_free(&survey);
    return m;
}

/* Ten of the fifteen published schools: each within the range of all, and their mean near the mean of all. A mean of
 * ten drawn from fifteen without replacement strays by sd * sqrt(5 / (14 * 10)); the range is some 3.5 sd wide, so a
 * sixth of it is three standard errors. */
static void ten_schools_lie_within_the_published_ranges(void **state)
{
    (void)state;
    static const int numbers[] = {1, 2, 3, 5, 6, 8, 10, 11, 13, 14};
    double sum[32] = {0};
    if (access("../shared/data/schools/school01-roster.csv", R_OK)) {
        print_message("skip ten_schools_lie_within_the_published_ranges: the schools' data is not there\n");
        skip();
    }
    for (size_t i = 0; i < 10; i++) {
        struct graph_measures m = measure_school(numbers[i]);
        for (size_t k = 0; k < published_count; k++) {
            double value = published_value(&published[k], &m);
            sum[k] += value;
            if (published_side(&published[k], value))
                fail_msg("school %d: %s is %g", numbers[i], published[k].label, value);
        }
        NEAR(m.components, 1);
    }
    for (size_t k = 0; k < published_count; k++) {
        double away = fabs(sum[k] / 10 - published[k].mean);
        if (!isnan(published[k].lo) && away > (published[k].hi - published[k].lo) / 6)
            fail_msg("%s: mean %g of ten schools, %g of fifteen", published[k].label, sum[k] / 10, published[k].mean);
    }
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_star_is_all_centre),
        cmocka_unit_test(units_and_returned_arcs),
        cmocka_unit_test(returned_arcs_count_once_in_triangles),
        cmocka_unit_test(nothing_is_undefined_rather_than_zero),
        cmocka_unit_test(long_paths_are_sampled),
        cmocka_unit_test(library_errors_become_sentences),
        cmocka_unit_test(ranges_are_judged_as_rounded),
        cmocka_unit_test(ten_schools_lie_within_the_published_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
