/* Districts: what their offices lay on schools and lay to rest, what control does, how money is shared out, whom shocks hit,
 * and what a merger leaves of two schools. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../../models/ladder/schools/district.h"
#include "../near.h"
#include "school.h"

#define SMALL "school.teachers=20; school.units=4; school.settle=12; ideas.initiatives=0; "
#define QUIET "district d.initiatives=0; offices.visits=0; "

static void invariants_hold_when_everything_happens(void **state)
{
    (void)state;
    school_holds(
        SMALL "school.count=7; ideas.obsolescence=0.5; people.leaving=0.6; offices.visits=1; offices.review=7; "
              "offices.probation=5; district a.schools=3; district a.initiatives=9; district a.lasts=30; "
              "district a.hospice=0.5; district a.control=1; district a.pressure=1; district a.budget=500; "
              "district a.allocation=demand; district b.offices=4; district b.coupling=0.7; district b.initiatives=5; "
              "district b.lasts=40; "
              "district b.budget=900; district b.allocation=need; district b.start=20; "
              "strategy s.start=3; strategy s.coaches=2; strategy s.ideas=3; strategy s.cost=9; strategy s.decree=0.5; "
              "strategy t.start=5; strategy t.target=random:30%; strategy t.cost=4; strategy t.when=trust > 0.4; "
              "shock m.start=40; shock m.end=41; shock m.merger=yes; shock m.principal=yes; shock m.schools=0.6; "
              "shock n.start=70; shock n.end=71; shock n.merger=yes; shock n.district=b; shock n.trust=0.5",
        3, 130);
}

static void a_district_that_does_nothing_changes_nothing(void **state)
{
    (void)state;
    struct param_set *with = school_settings(SMALL QUIET "school.count=3; offices.facilitates=0"),
                     *without = school_settings(SMALL "school.count=3");
    struct world *a = school_world(with, NULL, 0), *b = school_world(without, NULL, 0);
    school_settle(a);
    school_settle(b);
    school_live(a, 1, 90);
    school_live(b, 1, 90);
    for (size_t s = 0; s < 3; s++) {
        double one[LADDER_COLUMN_COUNT], other[LADDER_COLUMN_COUNT];
        ladder_observe(a, s, one);
        ladder_observe(b, s, other);
        assert_memory_equal(one, other, sizeof one);
    }
    school_end(a, with);
    school_end(b, without);
}

static void orders_lie_on_all_schools_of_the_district_and_no_other(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        SMALL "school.count=5; district a.schools=2; district a.initiatives=12; district a.lasts=25; "
              "district b.initiatives=0; district b.schools=2");
    struct world *world = school_world(set, NULL, 0);
    school_settle(world);
    school_live(world, 1, 20);
    const struct district *d = &world->districts[0];
    assert_true(d->order_count > 1);
    for (uint32_t n = 0; n < d->order_count; n++)
        for (uint32_t k = 0; k < 5; k++) {
            const struct school *s = &world->schools[k];
            bool laid = false;
            for (uint32_t m = 0; m < s->initiative_count; m++)
                laid |= s->initiatives[m].pressure >= 0 && s->initiatives[m].ideas == d->orders[n].ideas;
            assert_int_equal(laid, k < 2);
        }
    assert_int_equal(world->schools[4].district, 0);
    assert_near(world->schools[0].initiatives[world->schools[0].initiative_count - 1].pressure, 0.5 * 0.5, 1e-6);
    school_end(world, set);
}

/* Offices that know each other build on what is there: orders in force are then all of one of them. */
static void coupled_offices_do_not_pile_up(void **state)
{
    (void)state;
    const char *settings[] = {SMALL "district d.initiatives=5; district d.coupling=0",
                              SMALL "district d.initiatives=5; district d.coupling=1"};
    uint32_t foreign[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        struct param_set *set = school_settings(settings[k]);
        struct world *world = school_world(set, NULL, 0);
        school_settle(world);
        for (int64_t week = 1; week <= 100; week++) {
            school_live(world, week, week);
            for (uint32_t n = 1; n < world->districts[0].order_count; n++)
                foreign[k] += world->districts[0].orders[n].office != world->districts[0].orders[0].office;
        }
        school_end(world, set);
    }
    assert_true(foreign[0] > 0);
    assert_int_equal(foreign[1], 0);
}

static void reviews_lay_the_unused_to_rest_and_leave_the_used(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        SMALL QUIET "district d.hospice=1; district d.unused=0.5; offices.review=10; offices.probation=4; "
                    "ideas.obsolescence=0; lapse.rate=0; reflection.rate=0");
    struct world *world = school_world(set, NULL, 0);
    struct school *s = &world->schools[0];
    school_settle(world);
    school_live(world, 1, 6);
    const uint64_t loved = 0xf000, scorned = 0xf0000;
    for (uint32_t i = 0; i < s->staff; i++) {
        struct teacher *t = &s->teachers[i];
        t->known |= loved | scorned;
        t->valued = (t->valued | loved) & ~scorned;
        t->used |= loved | scorned;
        t->shallow &= t->valued;
    }
    s->initiative_count = 0;
    initiative_add(s, (struct initiative){.ideas = loved, .weight = 1, .begun = 0, .end = 60});
    initiative_add(s, (struct initiative){.ideas = loved, .weight = 1, .pressure = -1, .end = 1});
    initiative_add(s, (struct initiative){.ideas = scorned, .weight = 1, .pressure = 0.5, .begun = 1, .end = 60});
    initiative_add(s, (struct initiative){.ideas = scorned, .weight = 1, .pressure = 0.5, .begun = 8, .end = 60});
    initiative_add(s, (struct initiative){.ideas = scorned, .weight = 1, .pressure = -1, .end = 1});
    initiative_add(s, (struct initiative){.ideas = 0, .weight = 1, .pressure = -1, .end = 1});
    school_live(world, 7, 10);
    assert_int_equal(s->rested, 3); /* the second scorned one is on probation */
    assert_int_equal(s->initiative_count, 3);
    assert_int_equal(s->initiatives[0].ideas, loved);
    assert_int_equal(s->initiatives[1].ideas, loved);
    assert_int_equal(s->initiatives[2].begun, 8);
    school_end(world, set);
}

static void control_moves_power_facilitation_and_principals(void **state)
{
    (void)state;
    struct world *worlds[2];
    struct param_set *sets[2];
    const char *settings[] = {SMALL QUIET "school.count=40; district d.control=0; people.principal_leaving=1",
                              SMALL QUIET "school.count=40; district d.control=1; people.principal_leaving=1"};
    float style[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        sets[k] = school_settings(settings[k]);
        worlds[k] = school_world(sets[k], NULL, 0);
        school_settle(worlds[k]);
        school_live(worlds[k], 1, 1);
    }
    const struct school *free_one = &worlds[0]->schools[0], *held = &worlds[1]->schools[0];
    assert_near(free_one->formal[LEVER_DISPERSAL] - held->formal[LEVER_DISPERSAL], 0.3, 1e-5);
    assert_near(free_one->formal[LEVER_TIME] - held->formal[LEVER_TIME], 0, 1e-6);
    assert_near(free_one->facilitation - held->facilitation, 0.5, 1e-5);
    for (int k = 0; k < 2; k++) {
        school_live(worlds[k], 2, 120);
        for (uint32_t s = 0; s < 40; s++)
            style[k] += worlds[k]->schools[s].style / 40;
        school_end(worlds[k], sets[k]);
    }
    /* Means of 0.7 and 0.1, clipped at 0; sd .2: six standard errors of the difference of two means of 40 are .27. */
    assert_true(style[0] - style[1] > 0.25f);
}

/* The same money is granted whatever the rule, and no school spends what it was not given. */
static void money_is_shared_out_by_rule(void **state)
{
    (void)state;
    const char *rules[] = {"equal", "need", "demand"};
    double granted[3][4];
    for (int k = 0; k < 3; k++) {
        char settings[1024];
        snprintf(settings, sizeof settings,
                 SMALL QUIET "school.count=4; district d.budget=400; district d.allocation=%s; "
                             "strategy s.start=0; strategy s.cost=5; strategy s.time=0.2",
                 rules[k]);
        struct param_set *set = school_settings(settings);
        struct world *world = school_world(set, NULL, 1);
        school_settle(world);
        bool rested = false, came_back = false;
        for (int64_t week = 1; week <= 80; week++) {
            school_live(world, week, week);
            double sum = world->districts[0].purse;
            for (uint32_t s = 0; s < 4; s++) {
                const struct school *school = &world->schools[s];
                assert_true(school->spent <= school->granted);
                sum += school->granted;
                rested |= school->unfunded;
                came_back |= week > 40 && (school->active & 1);
            }
            assert_near(sum, week <= 40 ? 400 : 800, 1e-6);
        }
        assert_true(rested && came_back);
        for (uint32_t s = 0; s < 4; s++)
            granted[k][s] = world->schools[s].granted;
        school_end(world, set);
    }
    for (uint32_t s = 0; s < 4; s++)
        assert_near(granted[0][s], 200, 1e-9);
    assert_true(granted[1][0] != granted[1][1] && granted[2][0] != granted[2][1]);
}

static void need_gives_half_a_mean_share_to_the_best(void **state)
{
    (void)state;
    struct param_set *set = school_settings(SMALL QUIET
                                            "school.count=4; district d.budget=1000; district d.allocation=need");
    struct world *world = school_world(set, NULL, 0);
    const float learning[] = {0.5f, 0.4f, 0.3f, 0.0f}; /* behind: 0, .1, .2, .5; mean .2 */
    const double share[] = {0.2 / 1.6, 0.3 / 1.6, 0.4 / 1.6, 0.7 / 1.6};
    for (uint32_t s = 0; s < 4; s++)
        world->schools[s].student_learning = learning[s];
    world->week = 1;
    grants_share(world, &world->districts[0]);
    for (uint32_t s = 0; s < 4; s++)
        assert_near(world->schools[s].granted, 1000 * share[s], 1e-4);
    school_end(world, set);
}

static uint32_t hits(const struct world *world, uint32_t shock)
{
    uint32_t n = 0;
    for (uint32_t s = 0; s < world->school_count; s++)
        n += world->schools[s].hit >> shock & 1;
    return n;
}

static void shocks_hit_the_share_asked_for(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        SMALL "school.count=20; district a.schools=8; district b.initiatives=0; shock all.fatigue=0.1; "
              "shock some.schools=0.3; shock far.district=b; shock few.district=a; shock few.schools=0.25");
    struct world *world = school_world(set, NULL, 0), *again = school_world(set, NULL, 1);
    assert_int_equal(hits(world, 0), 20);
    assert_int_equal(hits(world, 1), 6);
    assert_int_equal(hits(world, 2), 12);
    assert_int_equal(hits(world, 3), 2);
    bool differ = false;
    for (uint32_t s = 0; s < 20; s++) {
        differ |= (world->schools[s].hit ^ again->schools[s].hit) >> 1 & 1;
        if (s < 8)
            assert_false(world->schools[s].hit >> 2 & 1);
        else
            assert_false(world->schools[s].hit >> 3 & 1);
    }
    assert_true(differ); /* a chance of 1 in 38,760 that they do not */
    model_find("ladder")->free(again);
    school_end(world, set);
}

static void a_merger_mixes_two_staffs_and_keeps_ties_of_those_who_move(void **state)
{
    (void)state;
    struct param_set *set = school_settings(SMALL "school.count=2; shock m.start=5; shock m.end=6; shock m.merger=yes; "
                                                  "ideas.obsolescence=0");
    struct world *world = school_world(set, NULL, 0);
    static struct teacher before[2][20];
    school_settle(world);
    school_live(world, 1, 4);
    struct school *a = &world->schools[0], *b = &world->schools[1];
    memcpy(before[0], a->teachers, sizeof before[0]);
    memcpy(before[1], b->teachers, sizeof before[1]);
    initiative_add(a, (struct initiative){.ideas = 7, .weight = 0.5f, .end = 300});
    model_find("ladder")->exchange(world, 5);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < 20; i++) {
        const bool moves = i % 4 % 2; /* units 1 and 3 */
        const struct teacher *now[2] = {&a->teachers[i], &b->teachers[i]};
        for (int side = 0; side < 2; side++) {
            const struct teacher *was = &before[moves ? 1 - side : side][i];
            if (i == 0 && side == 1)
                continue; /* one leadership: the second site's principal has gone */
            assert_int_equal(now[side]->used, was->used);
            assert_int_equal(now[side]->unit, i % 4);
            for (uint32_t k = 0; k < now[side]->ties; k++) {
                const uint32_t other = now[side]->alter[k];
                assert_int_equal(other % 4 % 2, moves);
                const int at = tie_place(was, other);
                assert_true(at != NO_TIE && was->strength[at] == now[side]->strength[k]);
                kept += moves;
            }
        }
    }
    assert_true(kept > 0);
    assert_near(a->style, b->style, 0);
    bool laid = false;
    for (uint32_t k = 0; k < b->initiative_count; k++)
        laid |= b->initiatives[k].ideas == 7;
    assert_true(laid);
    school_live(world, 6, 12);
    assert_int_equal(world->merged, 1);
    school_end(world, set);
}

static void what_finds_no_place_joins_the_oldest_residue(void **state)
{
    (void)state;
    static struct school s;
    s.initiative_count = 0;
    initiative_add(&s, (struct initiative){.ideas = 1, .weight = 0.1f, .pressure = -1});
    for (uint32_t k = 1; k < INITIATIVES_MAX; k++)
        initiative_add(&s, (struct initiative){.ideas = 2, .weight = 0.2f, .pressure = k == 5 ? -1.0f : 0.5f});
    initiative_add(&s, (struct initiative){.ideas = 4, .weight = 0.4f, .pressure = 1});
    assert_int_equal(s.initiative_count, INITIATIVES_MAX);
    assert_int_equal(s.initiatives[0].ideas, 3);
    assert_near(s.initiatives[0].weight, 0.3, 1e-6);
    assert_int_equal(s.initiatives[INITIATIVES_MAX - 1].ideas, 4);
    initiative_add(&s, (struct initiative){.ideas = 8});
    assert_int_equal(s.initiatives[INITIATIVES_MAX - 1].ideas, 4); /* nobody hears of it */
}

/* What one school does reaches the other by way of an office: people who are told, not who talk. */
static void offices_carry_what_one_school_does_to_the_others(void **state)
{
    (void)state;
    const char *settings[] = {SMALL QUIET "school.count=2; district d.coupling=0; ", SMALL
                              "school.count=2; district d.initiatives=0; offices.visits=1; district d.coupling=0; "};
    uint32_t knowing[2] = {0, 0}, elsewhere = 0;
    for (int k = 0; k < 2; k++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "%s innovation.pioneers=0; learning.curiosity=0; learning.by_learning=0; people.leaving=0; "
                 "people.principal_leaving=0; meetings.base=0; meetings.by_time=0; groups.formation=0; "
                 "district d.offices=4; reflection.rate=0; lapse.rate=0; ideas.obsolescence=0; leadership.formal=0; "
                 "leadership.informal=0; school.known=0; innovation.ideas=1",
                 settings[k]);
        struct param_set *set = school_settings(text);
        struct world *world = school_world(set, NULL, 0);
        school_settle(world);
        for (uint32_t i = 0; i < 20; i++)
            if (i % 4 == 2) {
                struct teacher *t = &world->schools[0].teachers[i];
                t->known |= 1;
                t->valued |= 1;
                t->used |= 1;
            }
        school_live(world, 1, 60);
        for (uint32_t i = 0; i < 20; i++) {
            knowing[k] += world->schools[1].teachers[i].known & 1;
            elsewhere += i % 4 != 2 && (world->schools[1].teachers[i].known & 1);
        }
        school_end(world, set);
    }
    assert_int_equal(knowing[0], 0);
    assert_true(knowing[1] > 0);
    assert_int_equal(elsewhere, 0); /* without coupling the office's own units only */
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invariants_hold_when_everything_happens),
        cmocka_unit_test(a_district_that_does_nothing_changes_nothing),
        cmocka_unit_test(orders_lie_on_all_schools_of_the_district_and_no_other),
        cmocka_unit_test(coupled_offices_do_not_pile_up),
        cmocka_unit_test(reviews_lay_the_unused_to_rest_and_leave_the_used),
        cmocka_unit_test(control_moves_power_facilitation_and_principals),
        cmocka_unit_test(money_is_shared_out_by_rule),
        cmocka_unit_test(need_gives_half_a_mean_share_to_the_best),
        cmocka_unit_test(shocks_hit_the_share_asked_for),
        cmocka_unit_test(a_merger_mixes_two_staffs_and_keeps_ties_of_those_who_move),
        cmocka_unit_test(what_finds_no_place_joins_the_oldest_residue),
        cmocka_unit_test(offices_carry_what_one_school_does_to_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
