/* Draws of the uncertain settings (tests/patterns/draw.h): within a fifth, inside the registry's ranges, one a stratum,
 * and the same for the same seed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../models/models.h"
#include "../patterns/draw.c" /* of another program */

#define MOST 512

static size_t drawn(uint64_t seed, int draw, struct drawn *list)
{
    return draw_settings(model_find("ladder"), seed, draw, list, MOST);
}

static const struct param *row_of(const struct drawn *setting)
{
    return param_find(param_group_find(model_find("ladder")->groups, setting->section), setting->key);
}

static void each_is_within_a_fifth_and_its_range(void **state)
{
    (void)state;
    static struct drawn list[MOST];
    for (int draw = 0; draw < DRAWS; draw += 7) {
        const size_t count = drawn(3, draw, list);
        assert_in_range(count, 80, MOST);
        for (size_t n = 0; n < count; n++) {
            const struct param *row = row_of(&list[n]);
            assert_non_null(row);
            const double usual = strtod(row->fallback, NULL), rounding = row->kind == PARAM_REAL ? 1e-12 : 0.5;
            assert_true(list[n].value >= row->lo && list[n].value <= row->hi);
            if (row->kind != PARAM_DURATION) /* whose defaults have units */
                assert_true(fabs(list[n].value - usual) <= DRAW_SPREAD * fabs(usual) + rounding);
            assert_true(strncmp(row->source, "evidence:", 9) != 0);
        }
    }
}

static void each_is_named_once(void **state)
{
    (void)state;
    static struct drawn list[MOST];
    const size_t count = drawn(3, 0, list);
    for (size_t n = 0; n < count; n++)
        for (size_t m = 0; m < n; m++)
            assert_false(strcmp(list[n].key, list[m].key) == 0 && strcmp(list[n].section, list[m].section) == 0);
}

static void each_stratum_is_some_draws(void **state)
{
    (void)state;
    bool taken[DRAWS] = {false};
    for (size_t draw = 0; draw < DRAWS; draw++) {
        const double place = draw_place(3, "lapse.rate", draw, DRAWS);
        const size_t stratum = (size_t)(place * DRAWS);
        assert_in_range(stratum, 0, DRAWS - 1);
        assert_false(taken[stratum]);
        taken[stratum] = true;
    }
}

static void a_seed_means_a_design(void **state)
{
    (void)state;
    static struct drawn one[MOST], same[MOST], other[MOST];
    const size_t count = drawn(3, 5, one);
    size_t differ = 0;
    assert_int_equal(drawn(3, 5, same), count);
    assert_int_equal(drawn(4, 5, other), count);
    for (size_t n = 0; n < count; n++) {
        assert_true(one[n].value == same[n].value);
        differ += one[n].value != other[n].value;
    }
    assert_true(differ > count / 2);
}

static void there_may_be_more_than_fit(void **state)
{
    (void)state;
    struct drawn few[3] = {0};
    static struct drawn all[MOST];
    assert_int_equal(draw_settings(model_find("ladder"), 3, 0, few, 3), drawn(3, 0, all));
    for (int n = 0; n < 3; n++)
        assert_true(few[n].value == all[n].value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_within_a_fifth_and_its_range), cmocka_unit_test(each_is_named_once),
        cmocka_unit_test(each_stratum_is_some_draws),           cmocka_unit_test(a_seed_means_a_design),
        cmocka_unit_test(there_may_be_more_than_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
