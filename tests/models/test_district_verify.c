/* What must hold of districts: a verify() that sees each invariant broken, a check() that tells each relation of
 * settings. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../../models/ladder/schools/district.h"
#include "school.h"

#define SMALL "school.teachers=20; school.units=4; school.settle=12; ideas.initiatives=0; "

static void check_tells_each_relation(void **state)
{
    (void)state;
    static const struct school_relation cases[] = {
        {"district a.schools=2", "2 are wanted where 1 are left"},
        {"school.count=5; district a.schools=3; district b.schools=4", "4 are wanted where 2 are left"},
        {"school.count=5; district a.schools=5; district b.control=1", "none is left for it"},
        {"school.count=5; district a.control=1; district b.control=1", "takes already"},
        {"district a.offices=9", "more than the 6 units"},
        {"district a.offices=6; district a.initiatives=20; district a.lasts=2y", "a school holds 32"},
        {"district a.hospice=0.5; district a.unused=0", "no initiative is ever unused"},
        {"district a.allocation=need", "no budget to share out"},
        {"district a.offices=1; district a.coupling=0.5", "there is one office"},
        {"district a.budget=100", "pays for nothing"},
        {"district north.control=1; shock s.district=nort", "did you mean north?"},
        {"shock s.district=north", "there is no district"},
        {"school.count=4; shock s.schools=0.1", "is nobody"},
        {"shock s.merger=yes", "it takes two schools and one is hit"},
        {"school.count=3; shock s.merger=yes", "stays alone"},
        {"school.count=2; school.units=1; shock s.merger=yes", "has but one"},
    };
    school_tells(cases, sizeof cases / sizeof cases[0]);
}

static void break_file(struct world *world)
{
    world->districts[0].file[1][3] = IDEAS;
}

static void break_purse(struct world *world)
{
    world->districts[0].purse = -1;
}

static void break_order(struct world *world)
{
    world->districts[0].orders[0].office = 3;
    world->districts[0].order_count = 1;
}

static void break_report(struct world *world)
{
    world->schools[0].reports[2] = 64;
}

static void break_membership(struct world *world)
{
    world->schools[0].district = 2;
}

static void break_grant(struct world *world)
{
    world->schools[0].granted = (double)NAN;
}

static void break_weight(struct world *world)
{
    world->schools[0].initiatives[0].weight = -1;
}

static void break_span(struct world *world)
{
    world->districts[0].count = 0;
}

static void verify_sees_what_is_broken(void **state)
{
    (void)state;
    static void (*const breaks[])(struct world *) = {break_file,       break_purse, break_order,  break_report,
                                                     break_membership, break_grant, break_weight, break_span};
    for (size_t k = 0; k < sizeof breaks / sizeof breaks[0]; k++) {
        struct param_set *set = school_settings(SMALL "district d.initiatives=0; ideas.initiatives=2");
        struct world *world = school_world(set, NULL, 0);
        char why[256] = "";
        school_settle(world);
        assert_false(ladder_verify(world, 0, why, sizeof why));
        breaks[k](world);
        if (!ladder_verify(world, 0, why, sizeof why))
            fail_msg("break %zu goes unseen", k);
        school_end(world, set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verify_sees_what_is_broken),
        cmocka_unit_test(check_tells_each_relation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
