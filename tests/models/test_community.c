/* Members who are not staff: they come and go with their strategy, meet staff on community nights, are in no mean of staff,
 * and change nothing where they are not. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../near.h"
#include "school.h"

#define STILL "people.leaving=0; people.principal_leaving=0; ideas.initiatives=0; innovation.ideas=0; "
#define NIGHT "strategy n.start=1; strategy n.night=4; "
#define EVERYBODY "strategy n.parents=5; strategy n.students=3; strategy n.partners=2; strategy n.facilitators=1; "

static void they_come_by_role_and_go(void **state)
{
    (void)state;
    struct param_set *set = school_settings(STILL NIGHT EVERYBODY "strategy n.end=30; strategy n.coaches=1");
    struct world *world = school_world(set, NULL, 1);
    const struct school *s = &world->schools[0];
    uint32_t count[ROLES] = {0};
    school_settle(world);
    assert_int_equal(s->others, 0);
    school_live(world, 1, 20);
    assert_near(school_measured(world, "others"), 12, 0);
    for (uint32_t i = s->staff; i < s->staff + s->others; i++) {
        const struct teacher *t = &s->teachers[i];
        count[t->role]++;
        if (t->role == ROLE_PARENT)
            assert_true(count_bits(t->valued & s->concerns) > 3);
        if (world->part[t->role].concern > 0) /* their enthusiasm follows that of staff */
            assert_near((double)t->commitment, (double)s->enthusiasm, 0.15);
    }
    assert_int_equal(count[ROLE_COACH], 1);
    assert_int_equal(count[ROLE_FACILITATOR], 1);
    assert_int_equal(count[ROLE_PARENT], 5);
    assert_int_equal(count[ROLE_STUDENT], 3);
    assert_int_equal(count[ROLE_PARTNER], 2);
    char name[PARAM_TEXT_SIZE];
    ladder_name(world, 0, s->staff + 1, name);
    assert_string_equal(name, "facilitator 1");
    ladder_name(world, 0, s->staff + 4, name);
    assert_string_equal(name, "parent 3");
    school_live(world, 21, 40);
    assert_int_equal(s->others, 0);
    for (uint32_t i = 0; i < s->staff; i++)
        for (uint32_t k = 0; k < s->teachers[i].ties; k++)
            assert_true(s->teachers[i].alter[k] < s->staff);
    assert_near(school_measured(world, "hours"), 0, 0);
    school_end(world, set);
}

/* Every fourth week from the first on, of those invited; and it tires. */
static void nights_are_held_at_their_interval(void **state)
{
    (void)state;
    struct param_set *set = school_settings(STILL NIGHT EVERYBODY "strategy n.invited=0.5; community.hours=3");
    struct world *world = school_world(set, NULL, 2);
    const struct school *s = &world->schools[0];
    school_settle(world);
    double came = 0, could = 0;
    for (int64_t week = 1; week <= 40; week++) {
        school_live(world, week, week);
        const double hours = school_measured(world, "hours");
        assert_true((hours > 0) == (week % 4 == 1));
        came += hours / 3;
        could += week % 4 == 1 ? 0.5 * (0.3 + 0.7 * (double)s->enthusiasm) : 0;
    }
    /* 600 asked: the share that came is within five standard errors of what was said, and commitment moves in between */
    assert_near(came / 10, could / 10, 5 * sqrt(0.25 / 600));
    school_end(world, set);
}

/* The question of the night goes through the social test: where nobody values it nobody comes to. */
static void a_question_needs_somebody_who_values_it(void **state)
{
    (void)state;
    const char *silent = STILL NIGHT "community.talks=0; community.question=1; strategy n.parents=20; "
                                     "learning.curiosity=0; learning.by_learning=0";
    for (int convinced = 0; convinced < 2; convinced++) {
        struct param_set *set = school_settings(silent);
        struct world *world = school_world(set, NULL, 3);
        struct school *s = &world->schools[0];
        school_settle(world);
        school_live(world, 1, 2); /* the parents are there, and so are the concerns */
        const uint64_t before = s->concerns;
        assert_int_equal(count_bits(before), 16);
        for (uint32_t i = 0; i < s->staff + s->others; i++) {
            struct teacher *t = &s->teachers[i];
            t->valued = t->used = t->shallow = 0;
            if (convinced && i >= s->staff)
                t->valued = before, t->known |= before;
        }
        uint32_t asked = 0, valued = 0;
        struct week week = {.world = world, .school = s, .number = 5, .people = s->staff + s->others};
        s->nights = 1;
        community_process.step(&week, world->params[PROCESS_community]);
        for (uint32_t i = 0; i < s->staff; i++) {
            valued += count_bits(s->teachers[i].valued) > 0;
            asked += week.effort[i] > 0;
            assert_int_equal(s->teachers[i].valued & ~before, 0);
        }
        assert_true(asked > 20);
        assert_true(convinced ? valued > 2 && valued < asked : valued == 0);
        assert_int_equal(week.talk_count, 0);
        model_find("ladder")->free(world);
        param_set_free(set);
    }
}

/* A facilitator sits in: conflict teaches more often, and only while the facilitator is there. */
static void facilitators_make_conflict_teach(void **state)
{
    (void)state;
    double share[2] = {0};
    for (int with = 0; with < 2; with++) {
        struct param_set *set = school_settings(with ? STILL "leadership.facilitate=0; strategy f.start=1; "
                                                             "strategy f.facilitators=6"
                                                     : STILL "leadership.facilitate=0");
        uint32_t conflicts = 0, productive = 0;
        for (uint32_t replicate = 0; replicate < 6; replicate++) {
            struct world *world = school_world(set, NULL, replicate);
            school_settle(world);
            for (int64_t week = 1; week <= 40; week++) {
                school_live(world, week, week);
                conflicts += world->schools[0].tally.conflicts;
                productive += world->schools[0].tally.productive;
            }
            model_find("ladder")->free(world);
        }
        share[with] = (double)productive / conflicts;
        param_set_free(set);
    }
    assert_true(share[1] > share[0] + 0.05);
}

/* Not staff: the means of staff are over staff, ties to others are no ties of staff, nobody names them as advisers. */
static void they_are_not_staff(void **state)
{
    (void)state;
    struct param_set *set = school_settings(STILL NIGHT EVERYBODY "strategy n.parents=20");
    struct world *world = school_world(set, NULL, 4);
    struct school *s = &world->schools[0];
    school_settle(world);
    school_live(world, 1, 60);
    static struct advice advice;
    advice_ask(world, s, &advice);
    uint32_t ties = 0, to_others = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        for (uint32_t k = 0; k < s->teachers[i].ties; k++) {
            ties += s->teachers[i].alter[k] < s->staff;
            to_others += s->teachers[i].alter[k] >= s->staff;
        }
        for (uint32_t m = 0; m < advice.count[i]; m++)
            assert_true(advice.named[i][m] < s->staff);
    }
    assert_true(to_others > 10);
    assert_near(school_measured(world, "degree"), (double)ties / s->staff, 1e-12);
    const double commitment = school_measured(world, "commitment"), trust = school_measured(world, "trust");
    for (uint32_t i = s->staff; i < s->staff + s->others; i++) {
        s->teachers[i].commitment = 0;
        for (uint32_t k = 0; k < s->teachers[i].ties; k++)
            s->teachers[s->teachers[i].alter[k]].trust[s->teachers[i].back[k]] = 0;
    }
    assert_near(school_measured(world, "commitment"), commitment, 0);
    assert_near(school_measured(world, "trust"), trust, 0);
    school_end(world, set);
}

/* Purpose and invitation, worked out again in the plain way. */
static void purpose_and_invitation_are_what_they_say(void **state)
{
    (void)state;
    struct param_set *set = school_settings(NIGHT EVERYBODY "leaning.divided=0.5; school.teachers=31; school.units=4");
    struct world *world = school_world(set, NULL, 5);
    const struct school *s = &world->schools[0];
    school_settle(world);
    school_live(world, 1, 50);
    double held = 0, met = 0, invited = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        uint32_t beyond = 0;
        for (uint32_t j = 0; j < s->staff; j++)
            met += i == j ? 0 : count_bits(s->teachers[i].valued & s->teachers[j].valued);
        held += count_bits(s->teachers[i].valued);
        for (uint32_t k = 0; k < s->teachers[i].ties; k++)
            beyond += level_value(s->teachers[i].trust[k]) > 0.5f &&
                      s->teachers[s->teachers[i].alter[k]].unit != s->teachers[i].unit;
        invited += beyond >= 2;
    }
    assert_near(school_measured(world, "purpose"), met / (held * (s->staff - 1)), 1e-12);
    assert_near(school_measured(world, "invitation"), invited / s->staff, 1e-12);
    school_end(world, set);
}

/* Units of a divided school agree less across than within; those of another do not. */
static void a_divided_school_is_divided(void **state)
{
    (void)state;
    double gap[2] = {0};
    for (int divided = 0; divided < 2; divided++) {
        struct param_set *set = school_settings(divided ? "leaning.divided=0.7" : "");
        for (uint32_t replicate = 0; replicate < 8; replicate++) {
            struct world *world = school_world(set, NULL, replicate);
            const struct school *s = &world->schools[0];
            double alike[2] = {0}, pairs[2] = {0};
            school_settle(world);
            school_live(world, 1, 80);
            for (uint32_t i = 0; i < s->staff; i++)
                for (uint32_t j = 0; j < i; j++) {
                    const int same = s->teachers[i].unit == s->teachers[j].unit;
                    alike[same] += (double)likeness(s->teachers[i].valued, s->teachers[j].valued);
                    pairs[same]++;
                }
            gap[divided] += (alike[1] / pairs[1] - alike[0] / pairs[0]) / 8;
            model_find("ladder")->free(world);
        }
        param_set_free(set);
    }
    print_message("# gap %.4f, divided %.4f\n", gap[0], gap[1]);
    assert_true(fabs(gap[0]) < 0.03);
    assert_true(gap[1] > 0.08);
}

static void break_unit(struct school *s)
{
    s->teachers[s->staff].unit = 1;
}
static void break_sender(struct school *s)
{
    s->teachers[s->staff].targeted = 0;
}
static void break_role(struct school *s)
{
    s->teachers[s->staff].role = ROLE_TEACHER;
}
static void break_ghost(struct school *s)
{
    s->others++;
}

static void verify_sees_what_is_broken(void **state)
{
    (void)state;
    static const struct school_break cases[] = {
        {break_unit, "not staff"}, {break_sender, "not staff"}, {break_role, "post"}, {break_ghost, "add up"}};
    school_verify_sees(STILL NIGHT EVERYBODY, 3, cases, sizeof cases / sizeof cases[0]);
}

/* A strategy's acts are done by those it reaches, at its rate. */
static void backing_makes_leaders(void **state)
{
    (void)state;
    struct param_set *set = school_settings(STILL "leadership.formal=0; leadership.informal=0; "
                                                  "leadership.invite=0; leadership.broker=0; leadership.champion=0; "
                                                  "leadership.rest=0; strategy t.start=1; strategy t.acts=1; "
                                                  "strategy t.target=role:lead teacher");
    struct world *world = school_world(set, NULL, 6);
    const struct school *s = &world->schools[0];
    uint32_t acts = 0;
    school_settle(world);
    for (int64_t week = 1; week <= 100; week++) {
        school_live(world, week, week);
        acts += s->tally.acts;
        assert_true(s->tally.acts <= 6 && s->tally.acts_informal == 0);
    }
    assert_true(acts > 600 * 3 / 10 && acts < 600); /* each of six a week, as committed as they are */
    school_end(world, set);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_come_by_role_and_go),
        cmocka_unit_test(nights_are_held_at_their_interval),
        cmocka_unit_test(a_question_needs_somebody_who_values_it),
        cmocka_unit_test(facilitators_make_conflict_teach),
        cmocka_unit_test(they_are_not_staff),
        cmocka_unit_test(purpose_and_invitation_are_what_they_say),
        cmocka_unit_test(a_divided_school_is_divided),
        cmocka_unit_test(verify_sees_what_is_broken),
        cmocka_unit_test(backing_makes_leaders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
