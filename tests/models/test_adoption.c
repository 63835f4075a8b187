/* Who brought whom in: every step into a layer is written down once, with a source that stood there, and keeping the list
 * changes nothing of the run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "../../models/ladder/observe/adoption.h"
#include "school.h"

#define LIVELY                                                                                                         \
    "school.teachers=37; school.units=4; school.settle=40w; people.leaving=0.4; innovation.pioneers=4; "               \
    "innovation b.ideas=4; innovation b.start=30; groups.formation=8; strategy a.start=10; strategy a.end=90; "        \
    "strategy a.time=0.7; strategy a.dispersal=0.7; strategy a.openness=0.5; strategy b.start=20; strategy b.end=80; " \
    "strategy b.focal=yes; strategy b.innovation=b; strategy b.coaches=2; strategy b.workshop_hours=1; initiative "    \
    "o.start=50;"                                                                                                      \
    "initiative o.pressure=1"
#define MOST 20000

static struct world *begin(const struct param_set *set, bool keep)
{
    struct world *world = school_world(set, NULL, 3);
    struct faults faults = {0};
    if (keep)
        assert_int_equal(model_find("ladder")->adoptions_keep(world, &faults), STATUS_OK);
    school_settle(world);
    return world;
}

static void keeping_it_changes_nothing(void **state)
{
    (void)state;
    struct param_set *set = school_settings(LIVELY);
    struct world *plain = begin(set, false), *kept = begin(set, true);
    double a[LADDER_COLUMN_COUNT], b[LADDER_COLUMN_COUNT];
    school_live(plain, 1, 130);
    school_live(kept, 1, 130);
    ladder_observe(plain, 0, a);
    ladder_observe(kept, 0, b);
    assert_memory_equal(a, b, sizeof a);
    model_find("ladder")->free(plain);
    model_find("ladder")->free(kept);
    param_set_free(set);
}

static void check_source(const struct adoption *list, size_t at, const struct school *s)
{
    const struct adoption *one = &list[at];
    const bool person = one->from != ADOPTION_NOBODY;
    const bool by_talk = one->kind >= SOURCE_TALK && one->kind <= SOURCE_CRITICAL;
    const bool by_leader = one->kind == SOURCE_LEADER;
    assert_true(one->parent < (int64_t)at);
    assert_true(!person || one->from < s->staff + 64);
    assert_true(!person || one->from != one->post);
    assert_int_equal(by_leader, by_leader && person);
    assert_true(!person || by_talk || by_leader);
    assert_true(person || one->kind == SOURCE_GROUP || !by_talk); /* a group's own work has no one source */
    assert_int_equal(one->kind == SOURCE_COACH, person && one->from >= s->staff);
    if (one->parent >= 0) {
        const struct adoption *parent = &list[one->parent];
        assert_true(person && parent->person == one->from_person && parent->post == one->from);
        assert_true(parent->innovation == one->innovation && parent->layer <= one->layer && parent->week <= one->week);
        assert_true(parent->until < 0 || parent->until >= one->week);
    }
}

static void every_step_has_a_source_that_stood_there(void **state)
{
    (void)state;
    struct param_set *set = school_settings(LIVELY);
    struct world *world = begin(set, true);
    const struct school *s = &world->schools[0];
    static struct adoption list[MOST];
    uint32_t lasting[2][LAYERS] = {{0}}, kinds[SOURCES] = {0}, ended[3] = {0};
    school_live(world, 1, 160); /* and every week adoption_verify() */
    const size_t count = adoption_list(world, 0, list, MOST);
    assert_true(count > 200 && count < MOST);
    for (size_t i = 0; i < count; i++) {
        check_source(list, i, s);
        assert_true(i == 0 || list[i].week >= list[i - 1].week);
        assert_int_equal(list[i].end == ADOPTION_LASTS, list[i].until < 0);
        lasting[list[i].innovation][list[i].layer] += list[i].until < 0;
        kinds[list[i].kind]++;
        ended[list[i].end]++;
    }
    assert_true(kinds[SOURCE_PIONEER] >= 3 * 4 + 5 && kinds[SOURCE_PIONEER] <= 3 * (4 + 5)); /* some of b were in it */
    assert_true(kinds[SOURCE_TALK] && kinds[SOURCE_COACH] && kinds[SOURCE_SELF] && kinds[SOURCE_WORKSHOP]);
    assert_int_equal(kinds[SOURCE_BROUGHT], 0);
    assert_true(ended[ADOPTION_LAPSED] && ended[ADOPTION_LEFT]);
    for (int n = 0; n < 2; n++)
        for (int layer = LAYER_INTEREST; layer < LAYERS; layer++) {
            uint32_t there = 0;
            for (uint32_t i = 0; i < s->staff; i++)
                there += (int)innovation_layer(&world->innovations[n], &s->teachers[i]) >= layer;
            assert_int_equal(lasting[n][layer], there);
        }
    school_end(world, set);
}

static void a_list_that_was_tampered_with_is_seen(void **state)
{
    (void)state;
    struct param_set *set = school_settings("school.teachers=20; school.units=2");
    char why[256] = "";
    struct world *world = begin(set, true);
    assert_int_equal(ladder_verify(world, 0, why, sizeof why), 0);
    for (uint32_t i = 0; i < 20; i++)
        world->schools[0].teachers[i].known ^= world->focal; /* behind its back */
    assert_true(ladder_verify(world, 0, why, sizeof why) != 0);
    assert_non_null(strstr(why, "adoptions") ? why : strstr(why, "beyond known"));
    school_end(world, set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeping_it_changes_nothing),
        cmocka_unit_test(every_step_has_a_source_that_stood_there),
        cmocka_unit_test(a_list_that_was_tampered_with_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
