/* Innovations that spread beside each other: their ideas are apart, their pioneers others, their layers counted each. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "school.h"

#define THREE                                                                                                       \
    "school.teachers=29; innovation.ideas=5; innovation.pioneers=4; innovation b.ideas=3; innovation b.pioneers=6;" \
    "innovation b.start=7; innovation b.protect=yes; innovation c.ideas=2; innovation c.share=1; "                  \
    "strategy s.focal=yes; strategy s.innovation=b; strategy s.start=5"

static uint32_t pioneers(const struct school *s, uint32_t n)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < s->staff; i++)
        count += s->teachers[i].pioneer >> n & 1;
    return count;
}

static void bundles_are_apart_and_in_the_order_of_the_file(void **state)
{
    (void)state;
    struct param_set *set = school_settings(THREE);
    struct world *world = school_world(set, NULL, 0);
    const struct innovation *list = world->innovations;
    assert_int_equal(world->innovation_count, 3);
    assert_int_equal(count_bits(list[0].ideas), 5);
    assert_int_equal(count_bits(list[1].ideas), 3);
    assert_int_equal(count_bits(list[2].ideas), 2);
    assert_int_equal(count_bits(list[0].ideas | list[1].ideas | list[2].ideas), 10);
    assert_true(world->focal == list[0].ideas && world->bundle[0] == list[1].ideas);
    assert_string_equal(list[1].name, "b");
    assert_int_equal(innovation_find(list, 3, ""), 0);
    assert_int_equal(innovation_find(list, 3, "c"), 2);
    assert_int_equal(innovation_find(list, 3, "d"), -1);
    school_end(world, set);
}

static void without_the_plain_one_the_first_named_comes_first(void **state)
{
    (void)state;
    struct param_set *set = school_settings("innovation.ideas=0; innovation b.ideas=3");
    struct world *world = school_world(set, NULL, 0);
    assert_int_equal(world->innovation_count, 1);
    assert_string_equal(world->innovations[0].name, "b");
    school_settle(world);
    assert_true(school_measured(world, "interest") > 0);
    assert_true(isnan(school_measured(world, "interest_2")));
    school_end(world, set);
}

static void each_begins_in_its_week_with_other_people(void **state)
{
    (void)state;
    struct param_set *set = school_settings(THREE);
    struct world *world = school_world(set, NULL, 1);
    const struct school *s = &world->schools[0];
    school_settle(world);
    assert_int_equal(pioneers(s, 0), 4);
    assert_int_equal(pioneers(s, 1), 0);
    assert_int_equal(pioneers(s, 2), 5);
    assert_true(school_measured(world, "practice_2") == 0 && school_measured(world, "interest_2") == 0);
    assert_true(school_measured(world, "practice_3") * s->staff == 5);
    assert_true(school_measured(world, "pioneering") == 1);
    school_live(world, 1, 6);
    assert_true(school_measured(world, "practice_2") == 0);
    school_live(world, 7, 7);
    assert_int_equal(pioneers(s, 1), 6);
    assert_true(school_measured(world, "practice_2") * s->staff >= 6 - 1e-9);
    assert_true(isnan(school_measured(world, "practice_4")));
    for (uint32_t i = 0; i < s->staff; i++) {
        const uint32_t bits = s->teachers[i].pioneer;
        assert_true(count_bits(bits) <= 1);
        if (bits >> 1 & 1)
            assert_true(s->teachers[i].sheltered);
    }
    school_live(world, 8, 130);
    school_end(world, set);
}

static void relations_are_told(void **state)
{
    (void)state;
    static const struct school_relation cases[] = {
        {"innovation a.ideas=1; innovation b.ideas=1; innovation c.ideas=1; innovation d.ideas=1", "at most 4"},
        {"innovation a.ideas=0", "nothing to follow"},
        {"innovation a.ideas=32; innovation b.ideas=32", "the pool has 64"},
        {"innovation reading.ideas=2; strategy s.innovation=raeding", "did you mean reading?"},
        {"strategy s.innovation=other", "there is no [innovation 'other']"},
        {"innovation a.pioneers=0; innovation.pioneers=0; strategy s.target=pioneers", "pioneer"},
        {"strategy s.when=practice_2 > 0.1", "not so many innovations"}};
    school_tells(cases, sizeof cases / sizeof cases[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bundles_are_apart_and_in_the_order_of_the_file),
        cmocka_unit_test(without_the_plain_one_the_first_named_comes_first),
        cmocka_unit_test(each_begins_in_its_week_with_other_people),
        cmocka_unit_test(relations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
