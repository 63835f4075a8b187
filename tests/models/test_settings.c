/* Settings of the ladder's rules: none is declared in vain, and those that must agree are held to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../sim/leaf/graph.h"
#include "../near.h"
#include "school.h"

#include <math.h>
#include <stdio.h>

/* Small worlds in which everything happens: other members, networks, districts, groups, orders, subcultures. */
#define BUSY                                                                                                      \
    "school.teachers=14; school.units=3; school.settle=20w; school.count=6; innovation.pioneers=2; "              \
    "structures.time=0.6; structures.openness=0.7; structures.dispersal=0.8; structures.evidence=0.6; "           \
    "groups.trust=0.3; groups.formation=8; groups.analyzing=0.6; groups.founders=12; leaning.divided=0.3; "       \
    "ideas.initiatives=2; leadership.mandates=4; "                                                                \
    "leadership.formal=1; outreach.permeability=0.9; outreach.new=20; school.trust=0.6; learning.curiosity=0.3; " \
    "network a.schools=5; network a.start=1w; network a.interval=2w; network a.exclusivity=0.8; network "         \
    "a.outside=0.5; "                                                                                             \
    "network a.facilitation=0.5; network a.centralization=0.3; "                                                  \
    "district d.control=0.3; district d.initiatives=5; district d.hospice=0.5; district d.lasts=30w; district "   \
    "d.unused=1; "                                                                                                \
    "people.principal_leaving=0.6; networks.decay=0.05; strategy b.start=5w; strategy b.coaches=1; "              \
    "strategy s.start=4w; strategy s.ideas=6; strategy s.decree=0.3; strategy s.time=0.2; strategy s.coaches=1; " \
    "strategy s.facilitators=1; strategy s.parents=4; strategy s.students=3; strategy s.partners=3; "             \
    "strategy s.night=2w; strategy s.workshop_hours=2; strategy s.illuminate=1; strategy s.apprentices=3; "       \
    "strategy s.critical_friends=1; strategy s.sprint_teams=2; strategy s.on_demand=1; strategy s.acts=0.3; "
#define WEEKS 120
#define EVERY 4

/* All that is observed of all schools, in a row. */
static size_t observe(const char *settings, double *seen)
{
    struct param_set *set = school_settings(settings);
    struct world *world = school_world(set, NULL, 1);
    const size_t schools = model_find("ladder")->schools(world);
    size_t count = 0;
    for (int64_t week = 1 - model_find("ladder")->settle(world); week <= WEEKS; week++) {
        model_find("ladder")->exchange(world, week);
        for (size_t s = 0; s < schools; s++) {
            model_find("ladder")->week(world, s, week);
            if (week > 0 && week % EVERY == 0)
                ladder_observe(world, s, seen + LADDER_COLUMN_COUNT * count++);
        }
    }
    school_end(world, set);
    return count * LADDER_COLUMN_COUNT;
}

static bool differs(const double *a, const double *b, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (!(isnan(a[k]) && isnan(b[k])) && fabs(a[k] - b[k]) > 0)
            return true;
    return false;
}

/* Another value that is allowed: half of it, or as much again, or a third of what is allowed. */
static double another(const struct param *row, double usual)
{
    const double half = row->kind == PARAM_REAL ? usual / 2 : floor(usual / 2);
    if (fabs(half - usual) > 0 && half >= row->lo)
        return half;
    const double twice = row->kind == PARAM_REAL ? 2 * usual : 2 * usual + 1;
    return fabs(twice - usual) > 0 && twice <= row->hi ? twice : row->lo + (row->hi - row->lo) / 3;
}

/* In groups without a name: rules, and what a school is like at the start. A survey's are held in
 * a_survey_begins_as_it_is_told(). */
static void every_setting_does_something(void **state)
{
    (void)state;
    static const char *const groups[] = {"beginning", "roles",     "advice",     "policy",  "lived",      "leadership",
                                         "meetings",  "community", "outreach",   "depth",   "dissonance", "learning",
                                         "ties",      "leaning",   "reflection", "lapse",   "energy",     "pushback",
                                         "groups",    "networks",  "people",     "offices", "ideas",      "students"};
    const size_t size = 6 * LADDER_COLUMN_COUNT * (WEEKS / EVERY);
    double *usual = malloc(size * sizeof *usual), *now = malloc(size * sizeof *now);
    struct param_set *set = school_settings(BUSY);
    assert_true(usual && now);
    assert_int_equal(observe(BUSY, usual), size);
    observe(BUSY, now);
    assert_false(differs(usual, now, size));
    size_t tried = 0;
    for (size_t g = 0; g < sizeof groups / sizeof groups[0]; g++) {
        const struct param_group *group = param_group_find(model_find("ladder")->groups, groups[g]);
        assert_non_null(group);
        for (size_t r = 0; r < group->count; r++) {
            const struct param *row = &group->rows[r];
            const bool surveyed = strcmp(groups[g], "beginning") == 0 && strncmp(row->key, "nam", 3) == 0;
            if (row->kind == PARAM_CHOICE || surveyed)
                continue;
            const void *field = (const char *)param_set_get(set, group, 0) + row->offset;
            char settings[4096];
            const double value = row->kind == PARAM_REAL ? *(const double *)field : (double)*(const int64_t *)field;
            snprintf(settings, sizeof settings, BUSY "%s.%s=%.17g", groups[g], row->key, another(row, value));
            observe(settings, now);
            if (!differs(usual, now, size))
                fail_msg("%s.%s changes nothing", groups[g], row->key);
            tried++;
        }
    }
    assert_true(tried > 200);
    param_set_free(set);
    free(usual);
    free(now);
}

/* Three people: 1 names 2 with all strength, 2 names 3 with half, nobody names back. */
static void a_survey_begins_as_it_is_told(void **state)
{
    (void)state;
    igraph_t survey;
    graph_library_init();
    struct param_set *set = school_settings(
        "beginning.naming=0.4; beginning.named=0.2; beginning.lived=0.25; innovation.ideas=0; "
        "structures.time=0.8");
    assert_int_equal(igraph_small(&survey, 3, IGRAPH_DIRECTED, 0, 1, 1, 2, -1), IGRAPH_SUCCESS);
    for (igraph_integer_t i = 0; i < 3; i++) {
        const char id[] = {(char)('a' + i), 0};
        SETVAS(&survey, GRAPH_ID, i, id);
        SETVAS(&survey, "role", i, "teacher");
        SETVAN(&survey, "unit", i, 0);
        SETVAN(&survey, "years", i, -1);
        SETVAN(&survey, "trust", i, -1);
    }
    SETEAN(&survey, GRAPH_STRENGTH, 0, 1);
    SETEAN(&survey, GRAPH_STRENGTH, 1, 0.5);
    struct world *world = school_world(set, &survey, 0);
    const struct school *s = &world->schools[0];
    const double step = 1.0 / 65535;
    assert_near(level_value(s->teachers[0].strength[tie_place(&s->teachers[0], 1)]), 0.4, step);
    assert_near(level_value(s->teachers[1].strength[tie_place(&s->teachers[1], 0)]), 0.2, step);
    assert_near(level_value(s->teachers[1].strength[tie_place(&s->teachers[1], 2)]), 0.2, step);
    assert_near(level_value(s->teachers[2].strength[tie_place(&s->teachers[2], 1)]), 0.1, step);
    assert_near(s->lived[LEVER_TIME], 0.25 * 0.8, 1e-6);
    igraph_destroy(&survey);
    school_end(world, set);
}

/* Who comes: service, fatigue and commitment as told. */
static void newcomers_are_as_told(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "beginning.beginners=0.25; beginning.brought=4; beginning.fatigue=0.1; beginning.fatigue_more=0.2; "
        "beginning.commitment_sd=0; "
        "beginning.service=3; beginning.ties=0; school.settle=0; school.teachers=400; innovation.ideas=0");
    struct world *world = school_world(set, NULL, 0);
    struct school *s = &world->schools[0];
    double service = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        service += (double)t->service / 40 / s->staff;
        assert_true(t->fatigue >= 0.1f && t->fatigue <= 0.3f + 1e-6f && t->ties == 0);
        assert_near(t->commitment, t->disposition, 1e-6);
    }
    /* 12 u v years: sd of a mean of 400 is 12 sqrt(1/9 - 1/16) / 20 = .13; five of it are missed once in two million. */
    assert_near(service, 3, 0.66);
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = 5, .stream = STREAM_INIT});
    uint32_t beginners = 0, most = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        newcomer(world, s, i, &reader);
        beginners += s->teachers[i].service == 0;
        most = s->teachers[i].service > most ? s->teachers[i].service : most;
    }
    /* A quarter, and those who bring less than a week: 101.9 of 400, sd 8.7. */
    assert_near(beginners, 101.9, 5 * 8.7);
    assert_true(most <= 4 * 40 && most > 3.8 * 40);
    school_end(world, set);
}

static void relations_are_told(void **state)
{
    (void)state;
    static const struct school_relation cases[] = {
        {"groups.analyzing=1.5", "before it analyzes"},
        {"groups.founders=3", "none forms"},
        {"groups.few=5", "form with least = 4"},
        {"groups.few=4; groups.sprint_size=3", "sprint_size = 3"},
    };
    school_tells(cases, sizeof cases / sizeof cases[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_survey_begins_as_it_is_told),
        cmocka_unit_test(newcomers_are_as_told),
        cmocka_unit_test(relations_are_told),
        cmocka_unit_test(every_setting_does_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
