/* Communities of practice across schools of one network: whom they take, what they do, when they end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../models/ladder/schools/networks.h"
#include "../near.h"
#include "school.h"

#include <math.h>
#include <stdio.h>

/* Two networks of three schools, and one in none; a trusting world in which communities come soon. */
#define SEVEN                                                                                                     \
    "school.teachers=12; school.units=2; school.settle=0; innovation.ideas=0; school.trust=0.7; school.count=7; " \
    "structures.time=0.6; structures.openness=0.7; structures.dispersal=0.8; groups.trust=0.35; "                 \
    "network a.members=1-3; network a.start=1w; network a.interval=2w; network a.word=0; network a.formality=0; " \
    "network b.members=4-6; network b.start=1w; network b.interval=2w; network b.word=0; network b.formality=0; "

static const struct community *first_community(const struct world *world)
{
    for (uint32_t n = 0; n < world->networks->count; n++)
        if (world->networks->list[n].community_count)
            return world->networks->list[n].communities;
    return NULL;
}

static double mean(const struct world *world, const char *name, size_t schools)
{
    double row[LADDER_COLUMN_COUNT], sum = 0;
    size_t at = 0;
    while (strcmp(ladder_columns[at].name, name))
        at++;
    for (size_t s = 0; s < schools; s++) {
        ladder_observe(world, s, row);
        sum += row[at] / (double)schools;
    }
    return sum;
}

/* Of several schools, all of one network, each person in one; members are seen where they are. */
static void they_span_schools_of_one_network(void **state)
{
    (void)state;
    struct param_set *set = school_settings(SEVEN);
    struct world *world = school_world(set, NULL, 0);
    uint32_t seen = 0;
    for (int64_t week = 1; week <= 200; week += 4) {
        school_live(world, week, week + 3);
        for (uint32_t n = 0; n < 2; n++)
            for (uint32_t k = 0; k < world->networks->list[n].community_count; k++) {
                const struct community *c = &world->networks->list[n].communities[k];
                bool several = false;
                for (uint32_t m = 0; m < c->group.size; m++) {
                    assert_true(c->school[m] / 3 == n);
                    several |= c->school[m] != c->school[0];
                }
                assert_true(several && c->group.size >= 3 && c->group.ideas);
                seen++;
            }
    }
    assert_true(seen > 20);
    assert_true(mean(world, "network_groups", 6) > 0);
    assert_true(mean(world, "network_grouped", 6) > 0);
    struct faults faults = {0};
    igraph_t graph;
    uint32_t drawn = 0, said = 0;
    for (size_t s = 0; s < 7; s++) {
        assert_int_equal(ladder_graph(world, s, &graph, &faults), STATUS_OK);
        for (uint32_t i = 0; i < world->schools[s].staff; i++) {
            drawn += VAN(&graph, "community", (igraph_integer_t)i) > 0;
            said += world->schools[s].teachers[i].community != 0;
        }
        igraph_destroy(&graph);
    }
    assert_true(drawn == said && said >= 3);
    for (uint32_t i = 0; i < world->schools[6].staff; i++)
        assert_int_equal(world->schools[6].teachers[i].community, 0);
    world_free(world);
    param_set_free(set);
}

/* How many there are in all weeks, summed. */
static uint32_t community_weeks(const char *settings, int64_t weeks)
{
    struct param_set *set = school_settings(settings);
    struct world *world = school_world(set, NULL, 0);
    uint32_t sum = 0;
    for (int64_t week = 1; week <= weeks; week++) {
        school_live(world, week, week);
        for (uint32_t n = 0; n < world->networks->count; n++)
            sum += world->networks->list[n].community_count;
    }
    world_free(world);
    param_set_free(set);
    return sum;
}

static void they_need_trust_contacts_and_power_shared(void **state)
{
    (void)state;
    assert_true(community_weeks(SEVEN, 120) > 40);
    assert_int_equal(community_weeks(SEVEN "networks.apart=0; ", 120), 0);
    assert_int_equal(community_weeks(SEVEN "networks.founding=0; ", 120), 0);
    assert_int_equal(community_weeks(SEVEN "groups.trust=1; ", 120), 0);
    assert_int_equal(community_weeks(SEVEN "groups.formation=0; ", 120), 0);
    assert_int_equal(community_weeks(SEVEN "groups.least=12; ", 120), 0);
    /* They end when nothing is left of spirit, but for whom it would be far too soon. */
    assert_true(community_weeks(SEVEN "groups.fading=1; groups.boundary=0; ", 120) <
                community_weeks(SEVEN "groups.fading=0; groups.boundary=0; ", 120));
}

/* Deep talk takes it on, quarrels throw it back; in use, it goes over into stewardship. */
static void phases_advance_and_fall(void **state)
{
    (void)state;
    static const char *const settings[] = {SEVEN "groups.phase_gain=1; groups.phase_fall=0; ",
                                           SEVEN "groups.phase_gain=0; "};
    float top[2] = {0};
    bool steward[2] = {false};
    for (int k = 0; k < 2; k++) {
        struct param_set *set = school_settings(settings[k]);
        struct world *world = school_world(set, NULL, 0);
        for (int64_t week = 1; week <= 240; week++) {
            school_live(world, week, week);
            for (uint32_t n = 0; n < 2; n++)
                for (uint32_t c = 0; c < world->networks->list[n].community_count; c++) {
                    const struct group *g = &world->networks->list[n].communities[c].group;
                    top[k] = g->phase > top[k] ? g->phase : top[k];
                    steward[k] |= g->stage == STAGE_STEWARDSHIP;
                }
        }
        world_free(world);
        param_set_free(set);
    }
    assert_true(top[0] > 4.0f / 3.0f && steward[0]);
    assert_near(top[1], 0.5, 0.5); /* what renewal sets, or less */
    assert_true(top[1] <= 0.5f);
}

/* A school that is out, or a person who leaves, is in none. */
static void who_leaves_has_left(void **state)
{
    (void)state;
    struct param_set *set = school_settings(SEVEN "people.leaving=0.4; ");
    struct world *world = school_world(set, NULL, 0);
    school_live(world, 1, 100); /* verified in every week */
    const struct community *c = first_community(world);
    assert_non_null(c);
    const uint32_t school = c->school[0];
    struct network *n = &world->networks->list[world->networks->of[school].network];
    communities_leave(world, n, school);
    for (uint32_t k = 0; k < n->community_count; k++)
        for (uint32_t m = 0; m < n->communities[k].group.size; m++)
            assert_true(n->communities[k].school[m] != school);
    for (uint32_t i = 0; i < world->schools[school].staff; i++)
        assert_int_equal(world->schools[school].teachers[i].community, 0);
    school_live(world, 101, 120);
    world_free(world);
    param_set_free(set);
}

/* In whatever order schools are stepped the same comes of it, and communities where exchange() is called before
 * stretches only, as the engine does. */
static void order_and_stretches_do_not_matter(void **state)
{
    (void)state;
    const struct model *ladder = model_find("ladder");
    struct param_set *set = school_settings(SEVEN);
    struct world *a = school_world(set, NULL, 0), *b = school_world(set, NULL, 0);
    school_live(a, 1, 160);
    for (int64_t week = 1; week <= 160;) {
        ladder->exchange(b, week);
        int64_t to = week + ladder->stretch(b, week) - 1;
        to = to > 160 ? 160 : to;
        for (size_t s = 7; s-- > 0;)
            for (int64_t w = week; w <= to; w++)
                ladder->week(b, s, w);
        week = to + 1;
    }
    assert_non_null(first_community(a));
    for (size_t s = 0; s < 7; s++)
        assert_memory_equal(a->schools[s].teachers, b->schools[s].teachers,
                            a->schools[s].staff * sizeof(struct teacher));
    for (uint32_t n = 0; n < 2; n++)
        assert_int_equal(a->networks->list[n].community_count, b->networks->list[n].community_count);
    world_free(a);
    world_free(b);
    param_set_free(set);
}

static void broken_states_are_seen(void **state)
{
    (void)state;
    static const char *const whys[] = {"out of range", "which is not in it", "are listed"};
    for (int how = 0; how < 3; how++) {
        struct param_set *set = school_settings(SEVEN);
        struct world *world = school_world(set, NULL, 0);
        char why[256] = "";
        school_live(world, 1, 160);
        struct community *c = (struct community *)first_community(world);
        assert_non_null(c);
        const uint32_t school = c->school[0];
        if (how == 0)
            c->group.phase = 2.385f;
        if (how == 1)
            world->schools[school].teachers[c->group.member[0]].community = 0;
        for (uint32_t i = 0; i < world->schools[school].staff && how == 2; i++)
            world->schools[school].teachers[i].community = 16;
        if (how == 2)
            for (uint32_t n = 0; n < 2; n++)
                world->networks->list[n].community_count = 0;
        if (!ladder_verify(world, school, why, sizeof why) || !strstr(why, whys[how]))
            fail_msg("case %d: '%s'", how, why);
        world_free(world);
        param_set_free(set);
    }
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_span_schools_of_one_network),
        cmocka_unit_test(they_need_trust_contacts_and_power_shared),
        cmocka_unit_test(phases_advance_and_fall),
        cmocka_unit_test(who_leaves_has_left),
        cmocka_unit_test(order_and_stretches_do_not_matter),
        cmocka_unit_test(broken_states_are_seen),
    };
    return cmocka_run_group_tests_name("communities", tests, NULL, NULL);
}
