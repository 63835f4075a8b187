/* Targets: read with every wrong word told; and the contour on which a table reaches one, against lines known in closed
 * form. */
#include "../../plots/kit/contour.h"
#include "../../plots/kit/target.h"
#include "../../sim/leaf/fault.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "../near.h"

/* ---- the line ---- */

static struct {
    double x[200], y[200];
    size_t count, pieces;
} line;

/* Cells of 10 by 10 whose lower left corner is at 5, 95. */
static void trace(const double *values, size_t across, size_t up, double level, int stepped)
{
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
    cairo_t *cr = cairo_create(surface);
    line.count = 0;
    line.pieces = contour_path(cr, &(struct contour){.values = values,
                                                     .across = across,
                                                     .up = up,
                                                     .level = level,
                                                     .left = 5,
                                                     .bottom = 95,
                                                     .width = 10 * (double)across,
                                                     .height = 10 * (double)up,
                                                     .stepped = stepped});
    cairo_path_t *path = cairo_copy_path(cr);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length)
        if (path->data[i].header.type != CAIRO_PATH_CLOSE_PATH && line.count < 200) {
            line.x[line.count] = path->data[i + 1].point.x;
            line.y[line.count++] = path->data[i + 1].point.y;
        }
    cairo_path_destroy(path);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    assert_int_equal(line.count, 2 * line.pieces);
}

static void bounds(double *left, double *right, double *top, double *bottom)
{
    *left = *top = (double)INFINITY;
    *right = *bottom = -(double)INFINITY;
    for (size_t i = 0; i < line.count; i++) {
        *left = fmin(*left, line.x[i]);
        *right = fmax(*right, line.x[i]);
        *top = fmin(*top, line.y[i]);
        *bottom = fmax(*bottom, line.y[i]);
    }
}

static void a_slope_is_crossed_where_it_has_the_value(void **state)
{
    double values[3 * 5], left, right, top, bottom;
    (void)state;
    for (size_t i = 0; i < 15; i++)
        values[i] = (double)(i % 5);
    trace(values, 5, 3, 2.385, 0);
    bounds(&left, &right, &top, &bottom);
    assert_near(left, 5 + 10 * (0.5 + 2.385), 4e-3); /* the middle of cell 2 has 2 */
    assert_near(right, left, 4e-3);
    assert_near(top, 65, 4e-3); /* from border to border */
    assert_near(bottom, 95, 4e-3);
    trace(values, 5, 3, 2.385, 1);
    bounds(&left, &right, &top, &bottom);
    assert_near(left, 5 + 10 * 3, 4e-3); /* between the third cell and the fourth */
    assert_near(right, left, 4e-3);
    assert_int_equal(line.pieces, 3);
}

static void a_cone_is_crossed_in_a_ring(void **state)
{
    enum { N = 41 };
    static double values[N * N];
    (void)state;
    for (size_t i = 0; i < N * N; i++)
        values[i] = hypot((double)(i % N) - 20, (double)(i / N) - 20);
    trace(values, N, N, 12.5, 0);
    assert_in_range(line.pieces, 90, 110);
    for (size_t i = 0; i < line.count; i++) /* linear between cells: off by less than 1 / (8 r) */
        assert_near(hypot(line.x[i] - 5 - 205, line.y[i] - 95 + 205), 125, 0.2);
}

static void a_saddle_goes_with_its_middle(void **state)
{
    static const double high[] = {1, 0, 0, 1}, low[] = {0.6, 0, 0, 0.6};
    (void)state;
    /* The middle of the table is the saddle: its mean 0.5 lies above 0.4, so the ones are joined through it. */
    for (int k = 0; k < 2; k++) {
        trace(k ? low : high, 2, 2, 0.4, 0);
        int joined = 1;
        for (size_t i = 0; i < line.count; i += 2) {
            const double x = (line.x[i] + line.x[i + 1]) / 2, y = (line.y[i] + line.y[i + 1]) / 2;
            const int upper_left = x < 15 && y<85, lower_right = x> 15 && y > 85;
            joined &= upper_left || lower_right || fabs(x - 15) > 5 || fabs(y - 85) > 5;
        }
        assert_int_equal(joined, !k);
    }
}

static void nothing_is_crossed_where_nothing_is(void **state)
{
    double values[9] = {0};
    (void)state;
    trace(values, 3, 3, 0.5, 0);
    assert_int_equal(line.pieces, 0);
    values[4] = (double)NAN;
    trace(values, 3, 3, 0.5, 0);
    assert_int_equal(line.pieces, 0);
    values[0] = values[1] = values[2] = 1;
    trace(values, 3, 3, 0.5, 0);
    for (size_t i = 0; i < line.count; i++) /* the hole's neighbours have no line */
        assert_true(line.x[i] <= 10.001 || line.x[i] >= 29.999);
    trace(values, 0, 0, 0.5, 0);
    assert_int_equal(line.pieces, 0);
    trace(&values[4], 1, 1, 0.5, 1);
    assert_int_equal(line.pieces, 0);
}

/* ---- the words ---- */

static const struct column columns[] = {{.name = "personal", .unit = "0-1", .lo = 0, .hi = 1},
                                        {.name = "ties", .unit = "ties", .lo = -5, .hi = 1000}};

static void targets_are_read(void **state)
{
    struct targets targets;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(targets_read(" personal=0.385,ties =  -4", "--target", columns, 2, &targets, &faults), STATUS_OK);
    assert_int_equal(targets.count, 2);
    assert_true(target_of(&targets, 0) == 0.385);
    assert_true(target_of(&targets, 1) == -4);
    assert_int_equal(targets_read(NULL, "--target", columns, 2, &targets, &faults), STATUS_OK);
    assert_int_equal(targets_read("", "--target", columns, 2, &targets, &faults), STATUS_OK);
    assert_int_equal(targets.count, 0);
    assert_true(isnan(target_of(&targets, 0)));
    assert_int_equal(faults.count, 0);
}

static void every_wrong_word_is_told(void **state)
{
    static const char *const said[] = {"--target: there is no measure 'persnal'; did you mean personal?",
                                       "--target: ties = '2000'; allowed: a number from -5 to 1000",
                                       "--target: 'ties' has not the form MEASURE=VALUE, as in personal=0.5",
                                       "--target: personal = 'much'; allowed: a number from 0 to 1",
                                       "--target: personal has a target already; keep one",
                                       "--target: personal = 'nan'; allowed: a number from 0 to 1",
                                       "--target: '' has not the form MEASURE=VALUE, as in personal=0.5"};
    struct targets targets;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(targets_read("persnal=0.5, ties=2000, ties, personal=much, personal=0.5, personal=0.6, "
                                  "personal=nan,",
                                  "--target", columns, 2, &targets, &faults),
                     STATUS_USAGE);
    assert_int_equal(faults.count, sizeof said / sizeof said[0]);
    for (size_t i = 0; i < faults.count; i++) {
        int found = 0;
        for (size_t k = 0; k < sizeof said / sizeof said[0]; k++)
            found |= strcmp(faults.list[i].text, said[k]) == 0;
        if (!found)
            fail_msg("%s", faults.list[i].text);
    }
    faults_free(&faults);
    assert_int_equal(targets_read("ties=x", "sweep.target", columns, 2, &targets, &faults), STATUS_BAD_INPUT);
    faults_free(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slope_is_crossed_where_it_has_the_value),
        cmocka_unit_test(a_cone_is_crossed_in_a_ring),
        cmocka_unit_test(a_saddle_goes_with_its_middle),
        cmocka_unit_test(nothing_is_crossed_where_nothing_is),
        cmocka_unit_test(targets_are_read),
        cmocka_unit_test(every_wrong_word_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
