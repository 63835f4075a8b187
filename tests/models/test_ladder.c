/* The ladder's parts: invariants under everything that can happen at once, ties, targets, coaches, strategies, shocks,
 * initiatives, layers, measures against igraph's. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../near.h"
#include "school.h"

#define EVENTFUL                                                                                                      \
    "school.teachers=23; school.units=4; strategy a.start=3; strategy a.end=60; strategy a.coaches=3; "               \
    "strategy a.ideas=7; strategy a.workshop_hours=2; strategy a.target=random:40%; strategy b.start=20; "            \
    "strategy b.end=90; strategy b.coaches=2; strategy b.decree=0.7; strategy b.time=+0.5; strategy b.ideas=5; "      \
    "strategy d.start=8; strategy d.end=100; strategy d.night=3; strategy d.parents=5; strategy d.students=4; "       \
    "strategy d.partners=3; strategy d.facilitators=2; strategy d.acts=1; strategy d.invited=0.7; "                   \
    "leaning.divided=0.6; strategy c.start=10; strategy c.focal=yes; strategy c.target=trusted:5; strategy "          \
    "c.protect=yes; "                                                                                                 \
    "shock s.start=40; shock s.end=50; shock s.trust=0.5; shock s.principal=yes; shock s.contact=0.2; "               \
    "shock s.turnover=20; shock s.fatigue=0.05; initiative i.start=5; initiative i.end=70; initiative i.pressure=1; " \
    "ideas.initiatives=15; people.leaving=0.6; ideas.obsolescence=0.5"

static void invariants_hold_when_everything_happens(void **state)
{
    (void)state;
    school_holds(EVENTFUL, 3, 130);
}

static void observed_values_keep_their_declared_range(void **state)
{
    (void)state;
    const struct model *ladder = model_find("ladder");
    struct param_set *set = school_settings(EVENTFUL);
    struct world *world = school_world(set, NULL, 9);
    double row[LADDER_COLUMN_COUNT];
    school_settle(world);
    for (int64_t week = 1; week <= 100; week++) {
        school_live(world, week, week);
        ladder->observe(world, 0, row);
        for (size_t c = 0; c < ladder->column_count; c++)
            if (!isnan(row[c]) && (row[c] < ladder->columns[c].lo || row[c] > ladder->columns[c].hi))
                fail_msg("week %lld: %s is %g", (long long)week, ladder->columns[c].name, row[c]);
    }
    ladder->free(world);
    param_set_free(set);
}

static void layers_are_nested_and_begin_with_the_pioneers(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "innovation.pioneers=7; innovation.ideas=5; school.teachers=50; school.units=5");
    struct world *world = school_world(set, NULL, 1);
    school_settle(world);
    assert_near(school_measured(world, "interest"), 7 / 50.0, 1e-12);
    assert_near(school_measured(world, "practice"), 7 / 50.0, 1e-12);
    for (int64_t week = 1; week <= 200; week += 20) {
        school_live(world, week, week + 19);
        assert_true(school_measured(world, "practice") <= school_measured(world, "engagement"));
        assert_true(school_measured(world, "engagement") <= school_measured(world, "interest"));
    }
    assert_true(school_measured(world, "interest") > 7 / 50.0);
    school_end(world, set);
}

static void ties_are_founded_and_dropped_on_both_sides(void **state)
{
    (void)state;
    struct param_set *set = school_settings("school.teachers=40; school.units=3");
    struct world *world = school_world(set, NULL, 2);
    struct school *s = &world->schools[0];
    char why[256];
    for (uint32_t i = 0; i < s->staff; i++)
        tie_drop_all(s, i);
    assert_int_equal(tie_found(s, 3, 3, 0.5f, 0.5f), NO_TIE);
    assert_int_equal(tie_found(s, 3, 17, 0.385f, 0.62f), 0);
    assert_int_equal(tie_found(s, 17, 3, 0.5f, 0.5f), NO_TIE); /* there already */
    assert_int_equal(tie_place(&s->teachers[17], 3), 0);
    assert_near((double)level_value(s->teachers[17].trust[0]), 0.62, 1e-4);
    /* All places full: the weakest goes, and with it the other side's. */
    for (uint32_t k = 0; k < TIES_MAX - 1; k++)
        assert_true(tie_found(s, 3, k < 3 ? k : k + 1 + (k >= 16 ? 1u : 0u), 0.5f + 0.01f * (float)k, 0.5f) != NO_TIE);
    assert_int_equal(s->teachers[3].ties, TIES_MAX);
    assert_true(tie_found(s, 3, 39, 0.9f, 0.5f) != NO_TIE);
    assert_int_equal(s->teachers[3].ties, TIES_MAX);
    assert_int_equal(tie_place(&s->teachers[3], 17), NO_TIE);
    assert_int_equal(s->teachers[17].ties, 0);
    assert_int_equal(ladder_verify(world, 0, why, sizeof why), 0);
    tie_drop_all(s, 3);
    for (uint32_t i = 0; i < s->staff; i++)
        assert_int_equal(s->teachers[i].ties, 0);
    school_end(world, set);
}

static void targets_reach_whom_they_name(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        int reached;
    } cases[] = {{"all", 30},        {"unit:2", 6},     {"role:principal", 1}, {"role:lead teacher", 5},
                 {"trusted:4", 4},   {"random:7", 7},   {"random:20%", 6},     {"pioneers", 5},
                 {"random:999", 30}, {"trusted:99", 30}};
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        char text[256];
        snprintf(text, sizeof text,
                 "school.teachers=30; school.units=5; people.leaving=0; people.principal_leaving=0; "
                 "strategy x.start=1; strategy x.target=%s",
                 cases[c].target);
        struct param_set *set = school_settings(text);
        struct world *world = school_world(set, NULL, 4);
        school_settle(world);
        school_live(world, 1, 3);
        int reached = 0;
        for (uint32_t i = 0; i < 30; i++)
            reached += (int)(world->schools[0].teachers[i].targeted & 1u);
        if (reached != cases[c].reached)
            fail_msg("%s reaches %d, not %d", cases[c].target, reached, cases[c].reached);
        model_find("ladder")->free(world);
        param_set_free(set);
    }
    struct target target;
    static const char *const wrong[] = {"",           "al",       "unit:",       "unit:0",   "unit:-1",
                                        "unit:3x",    "role:",    "role:coach",  "random:0", "random:101%",
                                        "random:5%%", "trusted:", "trusted:1e3", "ALL"};
    for (size_t c = 0; c < sizeof wrong / sizeof wrong[0]; c++)
        if (target_parse(wrong[c], &target) == 0)
            fail_msg("'%s' is taken for a target", wrong[c]);
}

static void coaches_come_and_go_with_their_strategy(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "strategy a.start=2; strategy a.end=30; strategy a.coaches=2; strategy b.start=10; "
        "strategy b.end=20; strategy b.coaches=1; strategy b.ideas=4");
    struct world *world = school_world(set, NULL, 5);
    const struct school *s = &world->schools[0];
    static const struct {
        int64_t week;
        uint32_t coaches;
    } expected[] = {{1, 0}, {2, 2}, {9, 2}, {10, 3}, {19, 3}, {20, 2}, {29, 2}, {30, 0}, {31, 0}};
    school_settle(world);
    int64_t week = 0;
    for (size_t c = 0; c < sizeof expected / sizeof expected[0]; c++) {
        school_live(world, week + 1, expected[c].week);
        week = expected[c].week;
        assert_int_equal(s->others, expected[c].coaches);
    }
    for (uint32_t i = 0; i < s->staff; i++)
        for (uint32_t k = 0; k < s->teachers[i].ties; k++)
            assert_true(s->teachers[i].alter[k] < s->staff);
    school_end(world, set);
}

static void levels_ramp_and_return(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "people.emphasis=0; people.by_style=0; structures.time=0.3; strategy a.start=5; "
        "strategy a.end=25; strategy a.ramp=10; strategy a.time=+0.4; strategy a.decree=0.6");
    struct world *world = school_world(set, NULL, 6);
    const struct school *s = &world->schools[0];
    school_settle(world);
    school_live(world, 1, 4);
    assert_near((double)s->formal[LEVER_TIME], 0.3, 1e-6);
    school_live(world, 5, 5);
    assert_near((double)s->formal[LEVER_TIME], 0.3 + 0.04, 1e-6);
    assert_near((double)s->decree[LEVER_TIME], 0.6, 1e-6);
    assert_near((double)s->decree[LEVER_EVIDENCE], 0, 0);
    school_live(world, 6, 14);
    assert_near((double)s->formal[LEVER_TIME], 0.7, 1e-6);
    school_live(world, 15, 25);
    assert_near((double)s->formal[LEVER_TIME], 0.3, 1e-6);
    assert_near((double)s->mandate, 0, 0.2);
    school_end(world, set);
}

static void costs_add_up(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "strategy a.start=3; strategy a.end=8; strategy a.cost=2.5; strategy b.start=5; "
        "strategy b.cost=1; strategy c.active=no; strategy c.start=0; strategy c.cost=100");
    struct world *world = school_world(set, NULL, 7);
    double sum = 0;
    school_settle(world);
    for (int64_t week = 1; week <= 10; week++) {
        school_live(world, week, week);
        sum += school_measured(world, "cost");
    }
    assert_near(sum, 5 * 2.5 + 6 * 1, 1e-6);
    struct event events[4];
    assert_int_equal(model_find("ladder")->events(set, events, 4), 2);
    assert_string_equal(events[1].name, "b");
    assert_int_equal(events[1].end, -1);
    school_end(world, set);
}

static void a_shock_takes_trust_and_talk(void **state)
{
    (void)state;
    struct param_set *calm = school_settings("people.leaving=0; people.principal_leaving=0");
    struct param_set *hit = school_settings(
        "people.leaving=0; people.principal_leaving=0; shock s.start=1; shock s.end=4; "
        "shock s.trust=0.4; shock s.contact=0");
    struct world *a = school_world(calm, NULL, 8), *b = school_world(hit, NULL, 8);
    school_settle(a);
    school_settle(b);
    assert_near(school_measured(a, "trust"), school_measured(b, "trust"), 0); /* same luck until they differ */
    school_live(a, 1, 1);
    school_live(b, 1, 1);
    assert_near(school_measured(b, "talks"), 0, 0);
    assert_true(school_measured(b, "trust") < 0.65 * school_measured(a, "trust"));
    school_live(b, 2, 4);
    assert_true(school_measured(b, "talks") > 0);
    model_find("ladder")->free(a);
    model_find("ladder")->free(b);
    param_set_free(calm);
    param_set_free(hit);
}

static void orders_are_used_while_pressed_and_leave_residue(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "ideas.initiatives=0; initiative i.start=1; initiative i.end=80; initiative i.ideas=6; "
        "initiative i.pressure=1; initiative i.weight=0.8");
    struct world *world = school_world(set, NULL, 10);
    school_settle(world);
    assert_near(school_measured(world, "promoted_known"), 0, 0); /* new to everyone */
    school_live(world, 1, 79);
    assert_true(school_measured(world, "promoted_used") > 0.8);
    assert_true(school_measured(world, "compliance") > 0.03);
    assert_true(school_measured(world, "load") > 0.8);
    school_live(world, 80, 80);
    const double left = school_measured(world, "load");
    assert_true(left > 0.39 && left < 0.7); /* half of .8 stays, beside what was there */
    school_live(world, 81, 240);
    assert_true(school_measured(world, "promoted_used") < 0.4);
    assert_true(school_measured(world, "load") < left);
    school_end(world, set);
}

static void obsolete_ideas_leave_every_set(void **state)
{
    (void)state;
    struct param_set *set = school_settings(
        "ideas.obsolescence=1; learning.curiosity=0; learning.by_learning=0; people.leaving=0; "
        "people.principal_leaving=0; innovation.ideas=6; ideas.initiatives=0");
    struct world *world = school_world(set, NULL, 11);
    school_settle(world);
    school_live(world, 1, 900);
    /* Every idea that may become obsolete has gone, and nothing brought its successor; the focal ones never do. */
    for (uint32_t i = 0; i < world->schools[0].staff; i++)
        assert_true((world->schools[0].teachers[i].known & ~world->focal) == 0);
    assert_true(school_measured(world, "interest") > 0);
    school_end(world, set);
}

/* What was seen of groups while a school lived. */
struct groups_seen {
    uint32_t most, oldest, stages;
    bool ended;
};

static void watch_groups(struct world *world, struct groups_seen *seen)
{
    const struct school *s = &world->schools[0];
    school_settle(world);
    for (int64_t week = 1; week <= 800; week++) {
        const uint32_t before = s->group_count;
        school_live(world, week, week);
        seen->ended |= s->group_count < before;
        seen->most = s->group_count > seen->most ? s->group_count : seen->most;
        for (uint32_t g = 0; g < s->group_count; g++) {
            seen->oldest = s->groups[g].age > seen->oldest ? s->groups[g].age : seen->oldest;
            seen->stages |= 1u << s->groups[g].stage;
            assert_true(s->groups[g].size >= 3);
        }
    }
    assert_near(school_measured(world, "groups"), s->group_count, 0);
}

/* Trusting colleagues who value something and do not practise it find each other; their group meets, climbs and ends. Three
 * schools, as a stage may be short. */
static void groups_form_live_and_end(void **state)
{
    (void)state;
    const char *eager =
        "groups.formation=20; structures.dispersal=0.9; structures.time=0.7; school.trust=0.7; groups.renewal=0.2";
    struct param_set *set = school_settings(eager), *none = school_settings("groups.formation=0");
    struct groups_seen seen = {0}, unseen = {0};
    for (uint32_t replicate = 12; replicate < 15; replicate++) {
        struct world *world = school_world(set, NULL, replicate);
        watch_groups(world, &seen);
        model_find("ladder")->free(world);
    }
    assert_true(seen.most >= 4);
    assert_true(seen.oldest > 20);
    assert_true(seen.ended);
    assert_int_equal(seen.stages, 15); /* all four stages */
    struct world *without = school_world(none, NULL, 12);
    watch_groups(without, &unseen);
    assert_int_equal(unseen.most, 0);
    model_find("ladder")->free(without);
    param_set_free(set);
    param_set_free(none);
}

/* What snapshots say of a community: every member the same stage, nobody else any. */
static void snapshots_tell_stages(void **state)
{
    (void)state;
    struct param_set *set = school_settings("groups.formation=20; structures.dispersal=0.9; structures.time=0.7; "
                                            "school.trust=0.7");
    struct world *world = school_world(set, NULL, 12);
    const struct school *s = &world->schools[0];
    unsigned seen = 0;
    for (int64_t week = 1; week <= 80; week += 8) {
        igraph_t graph;
        school_live(world, week, week + 7);
        assert_int_equal(model_find("ladder")->graph(world, 0, &graph, NULL), STATUS_OK);
        for (uint32_t i = 0; i < s->staff; i++) {
            const int group = (int)VAN(&graph, "group", i), stage = (int)VAN(&graph, "stage", i);
            assert_int_equal(stage, group ? 1 + s->groups[group - 1].stage : 0);
            seen |= 1u << stage;
        }
        igraph_destroy(&graph);
    }
    assert_true((seen & 7) == 7); /* none, potential, coalescing at least */
    model_find("ladder")->free(world);
    param_set_free(set);
}

static void measures_agree_with_igraph(void **state)
{
    (void)state;
    const struct model *ladder = model_find("ladder");
    struct param_set *set = school_settings("school.teachers=37; school.units=4");
    for (uint32_t replicate = 0; replicate < 4; replicate++) {
        struct world *world = school_world(set, NULL, replicate);
        igraph_t graph, advice;
        igraph_es_t named;
        igraph_vector_int_t arcs;
        struct graph_measures m;
        double unit[37];
        school_settle(world);
        school_live(world, 1, 25);
        assert_int_equal(ladder->graph(world, 0, &graph, NULL), STATUS_OK);
        assert_int_equal(igraph_vcount(&graph), 37);
        igraph_vector_int_init(&arcs, 0);
        for (igraph_integer_t e = 0; e < igraph_ecount(&graph); e++)
            if (EAN(&graph, GRAPH_ADVICE, e) > 0)
                igraph_vector_int_push_back(&arcs, e);
        igraph_es_vector(&named, &arcs);
        igraph_subgraph_edges(&graph, &advice, named, false);
        for (igraph_integer_t i = 0; i < 37; i++)
            unit[i] = VAN(&advice, "unit", i);
        assert_int_equal(graph_measure(&advice, unit, &m, NULL), STATUS_OK);
        assert_near(school_measured(world, "names"), m.out_degree, 1e-9);
        assert_near(school_measured(world, "density"), m.density, 1e-9);
        assert_near(school_measured(world, "reciprocity"), m.reciprocity, 1e-9);
        assert_near(school_measured(world, "transitivity"), m.transitivity, 1e-9);
        assert_near(school_measured(world, "centralization"), m.centralization, 1e-9);
        assert_near(school_measured(world, "ei_index"), m.ei_index, 1e-9);
        igraph_vector_int_destroy(&arcs);
        igraph_destroy(&advice);
        igraph_destroy(&graph);
        ladder->free(world);
    }
    param_set_free(set);
}

static void schools_of_a_world_differ_and_replicates_do(void **state)
{
    (void)state;
    struct param_set *set = school_settings("school.count=3");
    struct world *a = school_world(set, NULL, 0), *b = school_world(set, NULL, 0), *c = school_world(set, NULL, 1);
    school_settle(a);
    school_settle(b);
    school_settle(c);
    double first[LADDER_COLUMN_COUNT], other[LADDER_COLUMN_COUNT];
    ladder_observe(a, 0, first);
    ladder_observe(b, 0, other);
    assert_memory_equal(first, other, sizeof first);
    ladder_observe(a, 1, other);
    assert_true(first[0] != other[0]);
    ladder_observe(c, 0, other);
    assert_true(first[0] != other[0]);
    assert_int_equal(model_find("ladder")->count(set, &(struct model_input){0}), 3); /* as there are */
    assert_int_equal(model_find("ladder")->schools(a), 3);
    model_find("ladder")->free(a);
    model_find("ladder")->free(b);
    model_find("ladder")->free(c);
    param_set_free(set);
}

/* Schools stepped through as many weeks as an exchange is said to serve are the same as with one every week. */
static void stretches_change_nothing(void **state)
{
    (void)state;
    const struct model *ladder = model_find("ladder");
    struct param_set *set = school_settings("school.count=2; ideas.obsolescence=0.2; school.teachers=12");
    struct world *each = school_world(set, NULL, 0), *few = school_world(set, NULL, 0);
    int64_t exchanges = 0;
    for (int64_t week = -30; week <= 90; week++) {
        ladder->exchange(each, week);
        for (size_t s = 0; s < 2; s++)
            ladder->week(each, s, week);
    }
    for (int64_t week = -30, to; week <= 90; week = to, exchanges++) {
        ladder->exchange(few, week);
        to = week + ladder->stretch(few, week);
        for (size_t s = 0; s < 2; s++)
            for (int64_t w = week; w < to && w <= 90; w++)
                ladder->week(few, s, w);
    }
    assert_in_range(exchanges, 20, 100); /* a change each fifth week, before and after it a stretch */
    for (size_t s = 0; s < 2; s++) {
        double a[LADDER_COLUMN_COUNT], b[LADDER_COLUMN_COUNT];
        ladder_observe(each, s, a);
        ladder_observe(few, s, b);
        assert_memory_equal(a, b, sizeof a);
    }
    ladder->free(each);
    ladder->free(few);
    param_set_free(set);
    set = school_settings("school.count=2; district d.schools=2"); /* offices look at their schools every week */
    each = school_world(set, NULL, 0);
    for (int64_t week = 1; week < 60; week++)
        assert_int_equal(ladder->stretch(each, week), 1);
    ladder->free(each);
    param_set_free(set);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invariants_hold_when_everything_happens),
        cmocka_unit_test(observed_values_keep_their_declared_range),
        cmocka_unit_test(layers_are_nested_and_begin_with_the_pioneers),
        cmocka_unit_test(ties_are_founded_and_dropped_on_both_sides),
        cmocka_unit_test(targets_reach_whom_they_name),
        cmocka_unit_test(coaches_come_and_go_with_their_strategy),
        cmocka_unit_test(levels_ramp_and_return),
        cmocka_unit_test(costs_add_up),
        cmocka_unit_test(a_shock_takes_trust_and_talk),
        cmocka_unit_test(orders_are_used_while_pressed_and_leave_residue),
        cmocka_unit_test(obsolete_ideas_leave_every_set),
        cmocka_unit_test(groups_form_live_and_end),
        cmocka_unit_test(snapshots_tell_stages),
        cmocka_unit_test(measures_agree_with_igraph),
        cmocka_unit_test(schools_of_a_world_differ_and_replicates_do),
        cmocka_unit_test(stretches_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
