/* What must hold: a verify() that sees each invariant broken, a check() that tells each relation of settings. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../near.h"
#include "school.h"

/* Each way to break a world, and a word of the sentence that must tell it. */
static void break_tie(struct school *s)
{
    s->teachers[0].back[0] ^= 1;
}
static void break_ghost(struct school *s)
{
    s->teachers[0].alter[0] = (uint16_t)s->staff;
}
static void break_empty(struct school *s)
{
    s->teachers[0].strength[TIES_MAX - 1] = 1;
}
static void break_valued(struct school *s)
{
    s->teachers[1].valued |= ~s->teachers[1].known & -~s->teachers[1].known;
}
static void break_used(struct school *s)
{
    s->teachers[1].used = ~UINT64_C(0);
    s->teachers[1].known = 0;
    s->teachers[1].valued = 0;
    s->teachers[1].shallow = 0;
}
static void break_level(struct school *s)
{
    s->teachers[2].commitment = 1.001f;
}
static void break_nan(struct school *s)
{
    s->teachers[2].fatigue = NAN;
}
static void break_lever(struct school *s)
{
    s->lived[LEVER_TIME] = -0.001f;
}
static void break_members(struct school *s)
{
    s->units[0].members++;
}
static void break_phase(struct school *s)
{
    s->units[0].phase = 2.1f;
}
static void break_role(struct school *s)
{
    s->teachers[3].role = ROLE_COACH;
}
static void break_group(struct school *s)
{
    s->teachers[4].group = 7;
}
static void break_office(struct school *s)
{
    s->office += 0.3f;
}
static void break_cause(struct school *s)
{
    s->championed ^= 1;
}
static void break_trust(struct school *s)
{
    s->trust = NAN;
}

static void verify_sees_what_is_broken(void **state)
{
    (void)state;
    static const struct school_break cases[] = {
        {break_tie, "mutual"},          {break_ghost, "leads to"},    {break_empty, "not empty"},
        {break_valued, "beyond known"}, {break_used, "beyond known"}, {break_level, "commitment"},
        {break_nan, "fatigue"},         {break_lever, "lever"},       {break_members, "add up"},
        {break_phase, "phase"},         {break_role, "post"},         {break_group, "say they are one"},
        {break_trust, "state"},         {break_office, "office"},     {break_cause, "championed"}};
    school_verify_sees("school.teachers=20; school.units=2", 0, cases, sizeof cases / sizeof cases[0]);
}

static void check_tells_each_relation(void **state)
{
    (void)state;
    static const struct school_relation cases[] = {
        {"school.teachers=5; school.units=6", "more than 5 teachers"},
        {"strategy a.target=unit:7", "no unit 7"},
        {"strategy a.target=everyone", "not a target"},
        {"strategy a.target=pioneers; innovation.pioneers=0", "pioneer"},
        {"strategy a.start=10; strategy a.end=10", "not after its start"},
        {"shock a.start=10; shock a.end=9", "not after its start"},
        {"initiative a.start=10; initiative a.end=9", "not after its start"},
        {"shock a.contact=5; shock b.contact=5; shock c.contact=5; shock d.contact=5; shock e.contact=5",
         "multiplied by 3125"},
        {"initiative a.start=0; school.settle=0", "would never be laid on it"},
        {"strategy a.focal=yes; strategy a.ideas=3", "choose one"},
        {"strategy a.focal=yes; innovation.ideas=0; innovation.pioneers=0", "innovation"},
        {"strategy a.ideas=40; strategy b.ideas=40", "the pool has 64"},
        {"strategy a.coaches=32; strategy b.parents=32; strategy b.night=4; strategy b.facilitators=1",
         "partners together"},
        {"strategy a.night=0", "from one community night"},
        {"strategy a.parents=3; strategy a.students=2", "would meet nobody"}};
    school_tells(cases, sizeof cases / sizeof cases[0]);
}

/* Two shocks take the principal of a school of two in one week, in which everybody leaves besides. */
static void no_more_leave_than_there_are(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "school.teachers=2; school.units=1; school.leads=0; people.leaving=1; people.principal_leaving=1; "
        "shock a.start=1; shock a.end=2; shock a.principal=yes; shock a.turnover=50; "
        "shock b.start=1; shock b.end=2; shock b.principal=yes; shock b.turnover=50");
    struct world *world = school_world(set, NULL, 0);
    school_settle(world);
    school_live(world, 1, 1);
    assert_int_equal(world->schools[0].tally.leavers, 4);
    assert_near(school_measured(world, "turnover"), 1, 0);
    school_end(world, set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verify_sees_what_is_broken),
        cmocka_unit_test(check_tells_each_relation),
        cmocka_unit_test(no_more_leave_than_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
