/* What strategies arrange across boundaries: visits, apprentices, critical friends, sprint teams, time on demand; and
 * boundaries that are closed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../../models/ladder/observe/adoption.h"
#include "../near.h"
#include "school.h"

#define SCHOOL "school.teachers=31; school.units=4; school.settle=40w; people.leaving=0; people.principal_leaving=0; "
#define SILENT "leadership.formal=0; leadership.informal=0; meetings.base=0; meetings.by_time=0; groups.formation=0; "
#define MOST 20000

struct lived {
    struct param_set *set;
    struct world *world;
    struct adoption list[MOST];
    size_t count;
};

static void live(struct lived *l, const char *settings, int64_t weeks)
{
    struct faults faults = {0};
    l->set = school_settings(settings);
    l->world = school_world(l->set, NULL, 5);
    assert_int_equal(model_find("ladder")->adoptions_keep(l->world, &faults), STATUS_OK);
    school_settle(l->world);
    school_live(l->world, 1, weeks);
    l->count = adoption_list(l->world, 0, l->list, MOST);
    assert_true(l->count <= MOST);
}

static size_t count_kind(const struct lived *l, enum source_kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < l->count; i++)
        n += l->list[i].kind == kind;
    return n;
}

static void done(struct lived *l)
{
    model_find("ladder")->free(l->world);
    param_set_free(l->set);
}

static struct lived lived;

/* Nobody talks: without visits nobody hears of it; with them, strangers of other units do, from pioneers. */
static void visits_show_the_work_to_those_outside(void **state)
{
    (void)state;
    live(&lived, SCHOOL SILENT "innovation.protect=yes", 40);
    assert_int_equal(lived.count, 15);
    done(&lived);
    live(&lived, SCHOOL SILENT "innovation.protect=yes; lapse.rate=0; strategy a.start=1; strategy a.illuminate=0.5",
         1);
    assert_true(count_kind(&lived, SOURCE_ILLUMINATION) > 0);
    for (size_t i = 0; i < lived.count; i++) {
        const struct adoption *a = &lived.list[i];
        if (a->kind != SOURCE_ILLUMINATION)
            continue;
        assert_true(a->layer == LAYER_INTEREST && a->from_unit != a->unit);
        assert_true(lived.world->schools[0].teachers[a->from].pioneer);
    }
    done(&lived);
}

static void only_those_reached_visit(void **state)
{
    (void)state;
    live(&lived, SCHOOL SILENT "strategy a.start=1; strategy a.illuminate=2; strategy a.target=unit:2", 60);
    for (size_t i = 0; i < lived.count; i++)
        if (lived.list[i].kind == SOURCE_ILLUMINATION)
            assert_int_equal(lived.list[i].unit, 2);
    done(&lived);
}

static void apprentices_are_few_and_come_to_practise(void **state)
{
    (void)state;
    live(&lived,
         SCHOOL SILENT "lapse.rate=0; strategy a.start=1; strategy a.apprentices=3; strategy a.apprenticeship=20w; "
                       "reflection.rate=0; outreach.sessions=8",
         1);
    const struct school *s = &lived.world->schools[0];
    assert_true(s->apprentice_count > 0 && s->apprentice_count <= 3); /* few are new or interested yet */
    for (uint32_t k = 0; k < s->apprentice_count; k++) {
        assert_int_equal(s->apprentices[k].until, 21);
        assert_int_equal(innovation_layer(&lived.world->innovations[0], &s->teachers[s->apprentices[k].with]),
                         LAYER_PRACTICE);
    }
    for (int64_t week = 2; week <= 100; week++) {
        school_live(lived.world, week, week);
        assert_true(s->apprentice_count <= 3);
    }
    lived.count = adoption_list(lived.world, 0, lived.list, MOST);
    size_t practising = 0;
    for (size_t i = 0; i < lived.count; i++)
        practising += lived.list[i].kind == SOURCE_APPRENTICE && lived.list[i].layer == LAYER_PRACTICE;
    if (practising < 5)
        fail_msg("%zu came to practise", practising);
    done(&lived);
    live(&lived, SCHOOL "strategy a.start=1; strategy a.end=9; strategy a.apprentices=3", 8);
    assert_true(lived.world->schools[0].apprentice_count > 0);
    school_live(lived.world, 9, 9); /* the strategy is over */
    assert_int_equal(lived.world->schools[0].apprentice_count, 0);
    done(&lived);
}

#define GROUPED                                                                                        \
    SCHOOL "groups.formation=20; strategy d.start=0w; strategy d.dispersal=0.7; strategy d.time=0.5; " \
           "groups.trust=0.3; "

static void groups_learn_from_critical_friends(void **state)
{
    (void)state;
    live(&lived, GROUPED "strategy a.start=20; strategy a.critical_friends=2", 120);
    assert_true(school_measured(lived.world, "groups") >= 2);
    assert_true(count_kind(&lived, SOURCE_CRITICAL) > 0);
    done(&lived);
}

static void sprint_teams_have_a_task_and_an_end(void **state)
{
    (void)state;
    live(&lived,
         SCHOOL "groups.formation=0; strategy a.start=5; strategy a.end=25; strategy a.sprint_teams=3; "
                "strategy a.focal=yes; strategy a.target=unit:1",
         5);
    const struct school *s = &lived.world->schools[0];
    assert_int_equal(s->group_count, 2); /* eight in the unit: a team of five, and the three that are left */
    for (uint32_t g = 0; g < s->group_count; g++) {
        assert_true(s->groups[g].ideas && (s->groups[g].ideas & ~lived.world->focal) == 0);
        assert_true(count_bits(s->groups[g].ideas) <= 2);
        for (uint32_t m = 0; m < s->groups[g].size; m++)
            assert_int_equal(s->teachers[s->groups[g].member[m]].unit, 0);
    }
    school_live(lived.world, 6, 24);
    school_live(lived.world, 25, 26);
    assert_int_equal(s->group_count, 0);
    done(&lived);
}

/* Groups that ask are given time and it is paid; without money there is none; without yes nobody asks. */
static void time_is_given_to_those_who_ask(void **state)
{
    (void)state;
    static const struct {
        const char *settings;
        bool given;
    } cases[] = {
        {GROUPED "groups.asking=1; strategy a.start=0w; strategy a.on_demand=1; strategy a.grant_cost=3", true},
        {GROUPED "groups.asking=1; strategy a.start=0w; strategy a.on_demand=1; strategy a.grant_cost=3; "
                 "budget.total=29",
         false},
        {GROUPED "groups.asking=1", false}};
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        live(&lived, cases[c].settings, 120);
        const struct school *s = &lived.world->schools[0];
        uint32_t given = 0;
        for (uint32_t g = 0; g < s->group_count; g++)
            given += s->groups[g].given > 0;
        assert_true(s->group_count > 0);
        assert_int_equal(given > 0, cases[c].given);
        assert_int_equal(s->spent > 0, cases[c].given);
        assert_near(fmod(s->spent, 30), 0, 1e-9); /* ten weeks at three each */
        if (given)
            assert_near((double)s->cost, 3.0 * given, 1e-6);
        done(&lived);
    }
}

/* Hours that a group is given hold as many talks as scheduled ones: of five members who each start `meetings` and, for
 * what is given beyond lived time, `by_time` talks, four in five find another. 4,000 weeks, Poisson: within 5.3
 * standard errors. */
static void given_hours_are_hours(void **state)
{
    (void)state;
    live(&lived, GROUPED "groups.meetings=0.5; ", 120);
    struct school *s = &lived.world->schools[0];
    assert_true(s->group_count > 0);
    s->group_count = 1;
    s->groups[0].size = 5;
    s->groups[0].sprint = 0;
    s->lived[LEVER_TIME] = 0.25f;
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = 2385, .stream = STREAM_TEST});
    static struct talk talks[TALKS_MAX];
    for (int given = 0; given < 2; given++) {
        const double lone = 0.5 * (given ? 1 : 0.5 + 0.5 * 0.25);
        const double mean = 5 * 0.8 * (lone + (given ? 0.6 * 0.75 : 0)) * (double)s->contact;
        uint32_t count = 0;
        s->groups[0].given = (uint16_t)(3 * given);
        for (int week = 0; week < 4000; week++)
            count += groups_meet(lived.world, s, 0.6f, &reader, talks, TALKS_MAX);
        assert_near(count / 4000.0, mean, 5.3 * sqrt(mean / 4000));
    }
    done(&lived);
}

static void sealed_units_keep_what_they_know(void **state)
{
    (void)state;
    live(&lived, SCHOOL "outreach.permeability=0", 200);
    const uint32_t home = lived.list[0].unit;
    for (size_t i = 0; i < lived.count; i++)
        assert_int_equal(lived.list[i].unit, home);
    assert_true(lived.count > 15);
    done(&lived);
    live(&lived, SCHOOL "outreach.permeability=0.3", 200);
    size_t away = 0;
    for (size_t i = 0; i < lived.count; i++)
        away += lived.list[i].unit != lived.list[0].unit;
    assert_true(away > 10);
    done(&lived);
}

static void relations_are_told(void **state)
{
    (void)state;
    static const struct school_relation cases[] = {
        {"innovation.ideas=0; strategy a.illuminate=1", "whose practice it could show"},
        {"innovation.ideas=0; strategy a.apprentices=1", "join people to"},
        {"strategy a.sprint_teams=1", "no task"},
        {"strategy a.on_demand=1; groups.formation=0", "no group forms"},
        {"strategy a.critical_friends=1; groups.formation=0", "no group forms"},
        {"strategy a.grant_cost=1", "nobody is given time"}};
    school_tells(cases, sizeof cases / sizeof cases[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visits_show_the_work_to_those_outside),
        cmocka_unit_test(only_those_reached_visit),
        cmocka_unit_test(apprentices_are_few_and_come_to_practise),
        cmocka_unit_test(groups_learn_from_critical_friends),
        cmocka_unit_test(sprint_teams_have_a_task_and_an_end),
        cmocka_unit_test(time_is_given_to_those_who_ask),
        cmocka_unit_test(given_hours_are_hours),
        cmocka_unit_test(sealed_units_keep_what_they_know),
        cmocka_unit_test(relations_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
