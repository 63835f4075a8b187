/* When strategies are on: the language of conditions, what a condition, a sequence and a budget do week by week, and every
 * sentence about those that cannot be. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../near.h"
#include "school.h"

static int at(const char *name)
{
    for (int c = 0; c < LADDER_COLUMN_COUNT; c++)
        if (strcmp(ladder_columns[c].name, name) == 0)
            return c;
    fail_msg("no column %s", name);
    return -1;
}

static void conditions_are_what_they_say(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool holds; /* with trust 0.5, fatigue 0.385, coherence 0.7, practice undefined */
    } cases[] = {
        {"trust > 0.5", false},
        {"trust >= 0.5", true},
        {"trust<0.5", false},
        {"trust <= .5", true},
        {"  fatigue\t<  +3.9e-1 ", true},
        {"trust > 0.6 or fatigue < 0.4", true},
        {"trust > 0.6 and fatigue < 0.4", false},
        {"trust > 0.4 or trust > 2 and trust > 3", true}, /* and binds */
        {"(trust > 0.4 or trust > 2) and trust > 3", false},
        {"trust > 3 and trust > 2 or trust > 0.4", true},
        {"trust > 3 and (trust > 2 or trust > 0.4)", false},
        {"((trust > 0.4)) and ((fatigue < 1 and (coherence > 0.9 or trust > -1)))", true},
        {"practice > 0", false},
        {"practice <= 0", false},
        {"practice <= 0 or trust > 0.4", true},
    };
    double row[LADDER_COLUMN_COUNT] = {0};
    row[at("trust")] = 0.5;
    row[at("fatigue")] = 0.385;
    row[at("coherence")] = 0.7;
    row[at("practice")] = (double)NAN;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct when when;
        struct when_error error;
        if (when_parse(cases[k].text, &when, &error))
            fail_msg("'%s' is refused at %zu: %s", cases[k].text, error.at, error.why);
        if (when_holds(&when, row) != cases[k].holds)
            fail_msg("'%s' is %s", cases[k].text, cases[k].holds ? "false" : "true");
    }
}

static void broken_conditions_are_told_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
        const char *why;
    } cases[] = {
        {"trust >> 0.5", 7, "a number"},
        {"trus > 0.5", 0, "there is no column trus; did you mean trust?"},
        {"xyzzy > 0.5", 0, "there is no column xyzzy; columns.csv"},
        {"trust > 0.5 nad fatigue < 3", 12, "`and` or `or`"},
        {"(trust > 0.5", 12, "a )"},
        {"trust > 0.5)", 11, "`and` or `or`"},
        {"trust >", 7, "a number"},
        {"trust > 0x", 8, "a number"},
        {"trust > -0x1", 8, "a number"},
        {"trust > 1e999", 8, "a number"},
        {"trust > nan", 8, "a number"},
        {"trust", 5, "one of > >= < <="},
        {"trust == 1", 6, "one of > >= < <="},
        {"and", 0, "there is no column and"},
        {"trust > 0.5 and", 15, "the name of a column"},
        {"()", 1, "the name of a column"},
        {"(((((((((((((((((trust > 1", 16, "deeper than 16"},
        {"trust>1 or trust>1 or trust>1 or trust>1 or trust>1 or trust>1 or trust>1 or trust>1 or trust>1 or trust>1 "
         "or "
         "trust>1 or trust>1 or trust>1 or trust>1 or trust>1 or trust>1 or trust>1",
         183, "at most 32"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct when when;
        struct when_error error = {0};
        assert_int_equal(when_parse(cases[k].text, &when, &error), -1);
        if (error.at != cases[k].at || !strstr(error.why, cases[k].why))
            fail_msg("'%s': at %zu, not %zu: %s", cases[k].text, error.at, cases[k].at, error.why);
    }
}

static void a_condition_starts_and_rests(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "school.teachers=23; strategy a.start=5; strategy a.end=150; strategy a.when=turnover < 0.01; strategy "
        "a.time=0.5; "
        "strategy a.coaches=2; strategy a.ideas=3; strategy a.hold=no; strategy b.start=5; strategy b.end=150; "
        "strategy b.when=turnover < 0.01; strategy b.cost=1.385");
    struct world *world = school_world(set, NULL, 3);
    school_settle(world);
    bool met = false;
    uint32_t changes = 0, before = 0;
    for (int64_t week = 1; week <= 160; week++) {
        const bool holds = school_measured(world, "turnover") < 0.01, dated = week >= 5 && week < 150;
        school_live(world, week, week);
        const struct school *s = &world->schools[0];
        met |= holds && dated;
        assert_int_equal(s->active & 1, holds && dated);
        assert_int_equal(s->active >> 1 & 1, met && dated);
        assert_int_equal(s->others, holds && dated ? 2 : 0);
        assert_near(school_measured(world, "cost"), met && dated ? 1.385 : 0, 1e-6);
        uint32_t open = 0;
        for (uint32_t k = 0; k < s->initiative_count; k++)
            open += s->initiatives[k].reach == 1 && s->initiatives[k].pressure >= 0;
        assert_int_equal(open, holds && dated);
        changes += (s->active & 1) != before;
        before = s->active & 1;
    }
    assert_true(changes > 2); /* it did rest and come again, else nothing was tested */
    school_end(world, set);
}

static void one_starts_when_the_other_has_ended(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "school.teachers=23; strategy c.start=2; strategy c.after=b; strategy c.time=0.5; strategy c.ramp=10; "
        "strategy a.start=3; strategy a.lasts=7; strategy b.after=a; "
        "strategy b.start=1; strategy b.lasts=4; strategy d.active=no; strategy e.after=d; strategy e.start=6");
    struct world *world = school_world(set, NULL, 3);
    school_settle(world);
    for (int64_t week = 1; week <= 40; week++) {
        school_live(world, week, week);
        const uint32_t active = world->schools[0].active;
        assert_int_equal(active >> 1 & 1, week >= 3 && week < 10);  /* a */
        assert_int_equal(active >> 2 & 1, week >= 10 && week < 14); /* b */
        /* c stands before b in the file: it sees the end of b a week later */
        assert_int_equal(active & 1, week >= 15);
        assert_int_equal(active >> 4 & 1, week >= 6); /* what is switched off has ended */
    }
    school_end(world, set);
}

static void money_is_taken_in_order_until_it_is_spent(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "school.teachers=23; budget.total=20; strategy a.start=1; strategy a.cost=3; "
        "strategy b.start=1; strategy b.cost=2; strategy c.start=1");
    struct world *world = school_world(set, NULL, 3);
    school_settle(world);
    /* 5 a week for four weeks: 20; then neither is paid, and c goes on */
    for (int64_t week = 1; week <= 8; week++) {
        school_live(world, week, week);
        assert_near(school_measured(world, "spent"), week < 4 ? 5.0 * (double)week : 20, 1e-9);
        assert_near(school_measured(world, "cost"), week <= 4 ? 5 : 0, 1e-9);
        assert_near(school_measured(world, "unfunded"), week <= 4 ? 0 : 2, 0);
        assert_near(school_measured(world, "strategies"), week <= 4 ? 3 : 1, 0);
    }
    school_end(world, set);
    /* the second one goes on when only the first cannot be paid */
    set = school_settings("school.teachers=23; budget.total=19; strategy a.start=1; strategy a.cost=3; "
                          "strategy b.start=1; strategy b.cost=2");
    world = school_world(set, NULL, 3);
    school_settle(world);
    school_live(world, 1, 4);
    assert_near(school_measured(world, "spent"), 18, 1e-9);
    assert_int_equal(world->schools[0].unfunded, 2);
    school_live(world, 5, 5);
    assert_int_equal(world->schools[0].unfunded, 3);
    school_end(world, set);
}

static void a_condition_changes_nothing_until_it_holds(void **state)
{
    (void)state;
    struct param_set *plain = school_settings("school.teachers=23");
    struct param_set *waiting = school_settings("school.teachers=23; strategy a.start=0; strategy a.when=trust >= 1; "
                                                "strategy a.time=0.5; strategy a.coaches=0");
    struct world *a = school_world(plain, NULL, 1), *b = school_world(waiting, NULL, 1);
    school_settle(a);
    school_settle(b);
    school_live(a, 1, 60);
    school_live(b, 1, 60);
    double one[LADDER_COLUMN_COUNT], other[LADDER_COLUMN_COUNT];
    ladder_observe(a, 0, one);
    ladder_observe(b, 0, other);
    for (int c = 0; c < LADDER_COLUMN_COUNT; c++)
        assert_true(one[c] == other[c] || (isnan(one[c]) && isnan(other[c])));
    model_find("ladder")->free(a);
    model_find("ladder")->free(b);
    param_set_free(plain);
    param_set_free(waiting);
}

static void check_tells_what_cannot_be(void **state)
{
    (void)state;
    static const struct {
        const char *settings, *sentence;
        bool warning;
    } cases[] = {
        {"strategy a.when=trust > ", "[strategy a] when: 'trust > ' ▸ '' (character 9): a number belongs here", false},
        {"strategy first.lasts=3; strategy b.after=frist", "did you mean first?", false},
        {"strategy a.lasts=3; strategy b.after=xyzzy", "[strategy b] after: there is no strategy 'xyzzy'", false},
        {"strategy a.after=a", "[strategy a] after: it would wait for itself", false},
        {"strategy a.after=b; strategy b.after=c; strategy c.after=a", "by way of 'b'; neither would start", false},
        {"strategy a.time=0.1; strategy b.after=a", "never ends, so this never starts", false},
        {"strategy a.hold=no", "[strategy a] hold = no does nothing", true},
        {"innovation.ideas=0; strategy a.when=practice > 0.5", "practice is never defined", true},
        {"budget.total=5; strategy a.time=0.1", "budget.total limits nothing", true},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct param_set *set = school_settings(cases[k].settings);
        struct faults faults = {0};
        bool said = false;
        model_find("ladder")->check(set, NULL, &faults);
        for (size_t i = 0; i < faults.count; i++)
            said |= strstr(faults.list[i].text, cases[k].sentence) && faults.list[i].warning == cases[k].warning;
        if (!said)
            fail_msg("'%s' does not say: %s; but %s", cases[k].settings, cases[k].sentence,
                     faults.count ? faults.list[0].text : "nothing");
        faults_free(&faults);
        param_set_free(set);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_are_what_they_say),
        cmocka_unit_test(broken_conditions_are_told_with_their_place),
        cmocka_unit_test(a_condition_starts_and_rests),
        cmocka_unit_test(one_starts_when_the_other_has_ended),
        cmocka_unit_test(money_is_taken_in_order_until_it_is_spent),
        cmocka_unit_test(a_condition_changes_nothing_until_it_holds),
        cmocka_unit_test(check_tells_what_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
