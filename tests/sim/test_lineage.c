/* What a list of adoptions tells, against numbers worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../sim/leaf/lineage.h"
#include "../near.h"

#define NOBODY ADOPTION_NOBODY
/* Two pioneers (0, 1); 2 interested by 0, engaged by 3; 3 interested by 2, all three layers in week 20 by 0; 4 of another
 * innovation. Post 2 is taken by somebody else (person 9) in week 50, whom person 2 cannot have brought in. */
static const struct adoption list[] = {
    {.week = 0, .until = -1, .parent = -1, .post = 0, .person = 0, .from = NOBODY, .unit = 1, .layer = 1},
    {.week = 0, .until = -1, .parent = -1, .post = 0, .person = 0, .from = NOBODY, .unit = 1, .layer = 2},
    {.week = 0, .until = 40, .parent = -1, .post = 0, .person = 0, .from = NOBODY, .unit = 1, .layer = 3, .end = 1},
    {.week = 10,
     .until = 50,
     .parent = 0,
     .post = 2,
     .person = 2,
     .from = 0,
     .from_person = 0,
     .unit = 2,
     .from_unit = 1,
     .layer = 1,
     .end = 2},
    {.week = 20,
     .until = -1,
     .parent = 3,
     .post = 3,
     .person = 3,
     .from = 2,
     .from_person = 2,
     .unit = 2,
     .from_unit = 2,
     .layer = 1},
    {.week = 20,
     .until = -1,
     .parent = 2,
     .post = 3,
     .person = 3,
     .from = 0,
     .from_person = 0,
     .unit = 2,
     .from_unit = 1,
     .layer = 2},
    {.week = 30,
     .until = 50,
     .parent = 5,
     .post = 2,
     .person = 2,
     .from = 3,
     .from_person = 3,
     .unit = 2,
     .from_unit = 2,
     .layer = 2,
     .end = 2},
    {.week = 45,
     .until = -1,
     .parent = -1,
     .post = 4,
     .person = 4,
     .from = 7,
     .from_person = 7,
     .unit = 3,
     .layer = 1,
     .innovation = 1},
    {.week = 60,
     .until = -1,
     .parent = 4,
     .post = 2,
     .person = 9,
     .from = 3,
     .from_person = 3,
     .unit = 2,
     .from_unit = 2,
     .layer = 1},
};
#define COUNT (sizeof list / sizeof list[0])

static void carriers_are_counted_by_person(void **state)
{
    (void)state;
    struct lineage_carrier c[4];
    assert_int_equal(lineage_carriers(list, COUNT, 0, c, 4), 3);
    assert_int_equal(c[0].person, 0); /* two steps each of 0 and 3; more came of those of 0 */
    assert_int_equal(c[0].brought, 2);
    assert_int_equal(c[0].into[1], 1);
    assert_int_equal(c[0].into[2], 1);
    assert_int_equal(c[0].bridged, 2);
    assert_int_equal(c[0].onward, 3); /* 4 and 8 came of 3; 6 of 5 */
    assert_int_equal(c[1].person, 3);
    assert_int_equal(c[1].brought, 2);
    assert_int_equal(c[1].bridged, 0);
    assert_int_equal(c[1].onward, 0);
    assert_int_equal(c[2].person, 2);
    assert_int_equal(c[2].onward, 1);
    assert_int_equal(lineage_carriers(list, COUNT, 0, c, 1), 3);
    assert_int_equal(lineage_carriers(list, COUNT, 1, c, 4), 1);
    assert_int_equal(c[0].post, 7);
    assert_int_equal(lineage_carriers(list, 0, 0, c, 4), 0);
}

static void boundaries_count_steps_and_the_time_below_them(void **state)
{
    (void)state;
    /* Into engagement: 6 alone (pioneers and 5 jumped). Below it: 2 from 10 to 30, person 9 from 60 to 100. */
    const struct lineage_boundary b = lineage_boundary(list, COUNT, 0, 2, 100);
    assert_int_equal(b.steps, 1);
    assert_near(b.person_weeks, 20 + 40, 1e-9);
    /* Into practice: none but the pioneer's jump. Below: 0 from 40, 3 from 20, 2 from 30 to 50. */
    const struct lineage_boundary p = lineage_boundary(list, COUNT, 0, 3, 100);
    assert_int_equal(p.steps, 0);
    assert_near(p.person_weeks, 60 + 80 + 20, 1e-9);
}

static void bridges_lie_between_units_of_the_staff(void **state)
{
    (void)state;
    const struct lineage_bridges b = lineage_bridges(list, COUNT, 0);
    assert_int_equal(b.steps, 5);
    assert_int_equal(b.bridged, 2);
    assert_int_equal(lineage_bridges(list, COUNT, 1).steps, 0); /* a coach has no unit */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carriers_are_counted_by_person),
        cmocka_unit_test(boundaries_count_steps_and_the_time_below_them),
        cmocka_unit_test(bridges_lie_between_units_of_the_staff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
