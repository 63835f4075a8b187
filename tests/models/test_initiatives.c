/* Bundles of ideas laid on a school: whom they hold, and where there is no place for one more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../near.h"
#include "school.h"

/* Whom a decree does not reach is free to drop the habit that it orders. */
static void who_is_not_reached_may_drop_the_habit(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "school.teachers=20; school.units=2; school.settle=0; innovation.ideas=0; reflection.drop=1; "
        "reflection.rate=3; "
        "reflection.value=0; learning.value_aid=0; learning.value_sharing=0; learning.value_joint=0; "
        "groups.formation=0; "
        "lapse.rate=0; people.leaving=0; people.principal_leaving=0; leadership.mandates=0; learning.inspired=0; "
        "ideas.initiatives=0; "
        "strategy s.start=1w; strategy s.ideas=1; strategy s.decree=1; strategy s.target=unit:1");
    struct world *world = school_world(set, NULL, 0);
    struct school *s = &world->schools[0];
    const uint64_t idea = world->bundle[0];
    for (uint32_t i = 0; i < s->staff; i++)
        if (s->teachers[i].unit == 1) {
            s->teachers[i].known = s->teachers[i].used = idea;
            s->teachers[i].valued = s->teachers[i].shallow = 0;
        }
    school_live(world, 1, 60);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->staff; i++)
        kept += s->teachers[i].unit == 1 && (s->teachers[i].used & idea);
    assert_int_equal(kept, 0);
    school_end(world, set);
}

/* As many residues as there are places: two of them become one, and the strategy's bundle is an initiative. */
static void a_bundle_finds_its_place_among_residues(void **state)
{
    (void)state;
    struct param_set *set = school_settings("school.settle=0; innovation.ideas=0; ideas.initiatives=0; "
                                            "leadership.mandates=0; leadership.rest=0; strategy s.start=1w; "
                                            "strategy s.ideas=4; strategy s.decree=0.3");
    struct world *world = school_world(set, NULL, 0);
    struct school *s = &world->schools[0];
    while (s->initiative_count < INITIATIVES_MAX)
        s->initiatives[s->initiative_count++] = (struct initiative){
            .ideas = 1, .pressure = -1, .weight = 0.5f, .reach = 2};
    const float oldest = s->initiatives[0].weight;
    school_live(world, 1, 1);
    assert_int_equal(s->initiative_count, INITIATIVES_MAX);
    assert_true(s->initiatives[0].weight > oldest && s->initiatives[0].reach == 0);
    const struct initiative *last = &s->initiatives[INITIATIVES_MAX - 1];
    assert_true(last->ideas == world->bundle[0] && last->reach == 1);
    assert_near((double)last->pressure, 0.3, 1e-6);
    school_end(world, set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_not_reached_may_drop_the_habit),
        cmocka_unit_test(a_bundle_finds_its_place_among_residues),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
