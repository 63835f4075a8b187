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

/* A principal's order has its date, so that a district waits for its probation before it finds it unused. */
static void orders_of_principals_have_their_probation(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "school.teachers=20; school.units=2; school.settle=0; innovation.ideas=0; school.style=0; people.style_sd=0; "
        "leadership.mandates=20; leadership.lasts=10y; people.principal_leaving=0; ideas.initiatives=0; "
        "ideas.obsolescence=0; ideas.residue=0; learning.compliance=0; district d.offices=2; district d.initiatives=0; "
        "district d.hospice=1; district d.unused=1; offices.probation=60w; offices.review=50w; offices.appoints=0");
    struct world *world = school_world(set, NULL, 0);
    school_live(world, 1, 40);
    const uint32_t old = world->schools[0].initiative_count;
    school_live(world, 41, 101); /* reviewed in weeks 50 and 100: only what was there in week 40 is old enough */
    assert_true(old > 0);
    assert_in_range(world->schools[0].rested, 1, old);
    school_end(world, set);
}

/* Valued under pressure, an idea is shallow until practised, by whatever way one came to practise it. */
static void joint_work_makes_it_ones_own(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "school.teachers=2; school.units=1; school.settle=0; innovation.ideas=0; depth.base=9; depth.noise=0.05; "
        "dissonance.rate=0; learning.take_up=1; learning.without_time=1; reflection.rate=0; lapse.rate=0; "
        "people.leaving=0; people.principal_leaving=0; groups.formation=0; ideas.obsolescence=0; meetings.base=4; "
        "ideas.initiatives=0; leadership.mandates=0");
    struct world *world = school_world(set, NULL, 0);
    struct teacher *a = &world->schools[0].teachers[0], *b = &world->schools[0].teachers[1];
    a->known = a->valued = a->shallow = b->known = b->valued = b->used = 1;
    a->used = b->shallow = 0;
    school_live(world, 1, 20);
    assert_true(a->used & 1); /* by joint work: nothing else could */
    assert_false(a->shallow & 1);
    school_end(world, set);
}

/* What a group is around may become obsolete: it is not around the idea that takes the place. */
static void a_group_ends_with_its_idea(void **state)
{
    (void)state;
    struct param_set *set = school_settings("school.settle=0; innovation.ideas=0; ideas.obsolescence=0; "
                                            "groups.formation=0");
    for (uint64_t obsolete = 0; obsolete <= 4; obsolete += 4) {
        struct world *world = school_world(set, NULL, 0);
        struct school *s = &world->schools[0];
        struct group group = {.ideas = 4, .size = 4};
        for (uint32_t m = 0; m < group.size; m++) {
            group.member[m] = (uint16_t)(m + 1);
            s->teachers[m + 1].group = 1;
            s->teachers[m + 1].valued |= 4;
            s->teachers[m + 1].known |= 4;
            s->teachers[m + 1].commitment = 1;
        }
        s->groups[s->group_count++] = group;
        model_find("ladder")->exchange(world, 1);
        world->obsolete = obsolete;
        model_find("ladder")->week(world, 0, 1);
        assert_int_equal(s->group_count, obsolete ? 0 : 1);
        assert_int_equal(s->teachers[1].group, obsolete ? 0 : 1);
        model_find("ladder")->free(world);
    }
    param_set_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_not_reached_may_drop_the_habit),
        cmocka_unit_test(a_bundle_finds_its_place_among_residues),
        cmocka_unit_test(orders_of_principals_have_their_probation),
        cmocka_unit_test(joint_work_makes_it_ones_own),
        cmocka_unit_test(a_group_ends_with_its_idea),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
