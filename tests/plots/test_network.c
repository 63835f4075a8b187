/* Networks over time: a map that stays still, keeps its units together and can be read from 12 to 200 people. */
#include "look.h"

#include "../../plots/kit/layout.h"

static const struct chart_options usual = {.singles = -1};

static void four_weeks(struct sample *s, int nodes, int units)
{
    sample_open(s, 2, 1, 1);
    sample_event(s, "shared planning", EVENT_STRATEGY, 80, 300, 10);
    sample_network(s, nodes, units, 0, 0);
    sample_network(s, nodes, units, 80, 0.2);
    sample_network(s, nodes, units, 200, 0.5);
    sample_network(s, nodes, units, 405, 0.9);
}

static void all_sizes_can_be_read(void **state)
{
    (void)state;
    static const int size[][2] = {{1, 1}, {2, 1}, {12, 2}, {15, 3}, {60, 6}, {120, 9}, {200, 11}, {200, 40}};
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
        struct sample s;
        char people[32];
        four_weeks(&s, size[i][0], size[i][1]);
        struct look look = look_well("network", &s.data, &usual);
        snprintf(people, sizeof people, "%d people", size[i][0]);
        assert_says(&look, people);
        static const char *const words[] = {"year 0",
                                            "year 2",
                                            "year 2",
                                            "year 5",
                                            "year 10.125",
                                            "shared planning",
                                            "none",
                                            "interest",
                                            "engagement",
                                            "practice",
                                            "trust",
                                            "tie: strength",
                                            "size: repertoire",
                                            "seed 18446744073709551557"};
        for (size_t k = 0; k < sizeof words / sizeof words[0]; k++)
            assert_says(&look, words[k]);
        if (size[i][0] >= 120)
            assert_says(&look, "left out");
        else
            assert_silent(&look, "left out");
        look_end(&look);
        sample_close(&s);
    }
}

static void weeks_are_chosen(void **state)
{
    (void)state;
    struct sample s;
    four_weeks(&s, 30, 4);
    const int64_t weeks[] = {405, 0, 80, 0, 0, 0, 0, 0, 0}, wrong[] = {0, 79};
    struct chart_options o = {.weeks = weeks, .week_count = 2};
    struct look look = look_well("network", &s.data, &o);
    assert_says(&look, "year 10.125");
    assert_says(&look, "2 of 4 stored weeks");
    assert_silent(&look, "year 5");
    look_end(&look);
    o.week_count = 8;
    look = look_well("network", &s.data, &o);
    look_end(&look);
    o.week_count = 9;
    assert_refused("network", &s.data, &o, STATUS_USAGE, "shows 1 to 8");
    o = (struct chart_options){.weeks = wrong, .week_count = 2};
    assert_refused("network", &s.data, &o, STATUS_USAGE, "week 79; stored are 0w, 80w, 200w, 405w");
    s.data.graph_count = 0;
    assert_refused("network", &s.data, &usual, STATUS_BAD_INPUT, "output.snapshots");
    s.data.graph_count = 4;
    sample_close(&s);
}

/* Whatever of the attributes a model declares, there is a picture. */
static void missing_attributes_are_left_out(void **state)
{
    (void)state;
    struct sample s;
    four_weeks(&s, 23, 4);
    s.data.node_attribute_count = 0;
    s.data.tie_attribute_count = 0;
    struct look look = look_well("network", &s.data, &usual);
    assert_silent(&look, "fill");
    assert_silent(&look, "trust");
    assert_silent(&look, "unit");
    assert_says(&look, "23 people");
    look_end(&look);
    s.data.node_attribute_count = 2; /* unit and role */
    for (size_t k = 0; k < 4; k++)
        igraph_cattribute_VAN_set(&s.networks[k], "unit", 5, (double)NAN); /* somebody without a unit */
    look = look_well("network", &s.data, &usual);
    assert_says(&look, "unit 3");
    assert_says(&look, "principal");
    assert_silent(&look, "repertoire");
    look_end(&look);
    sample_close(&s);
}

/* A model without layers is coloured by the first plain number it declares, whatever its name and its range. */
static void plain_numbers_are_coloured(void **state)
{
    (void)state;
    static const struct attribute declared[] = {{"role", "", "part played", "teacher|principal"},
                                                {"mood", "points", "how well they feel", ""},
                                                {"age", "years", "time lived", ""}};
    static const double value[] = {-1234, 52.7, 0, NAN};
    struct sample s;
    struct snapshots all;
    four_weeks(&s, 12, 2);
    s.data.node_attributes = declared;
    s.data.node_attribute_count = 3;
    for (size_t k = 0; k < 4; k++)
        for (igraph_integer_t v = 0; v < 12; v++)
            igraph_cattribute_VAN_set(&s.networks[k], "mood", v, k ? 7 : value[v % 4]);
    assert_int_equal(snapshots_read(&s.data, &all, NULL), STATUS_OK);
    assert_ptr_equal(all.scheme.level, &declared[1]);
    assert_float_equal(all.list[0].level[1], 52.7, 0);
    snapshots_free(&all);
    struct look look = look_well("network", &s.data, &usual);
    assert_says(&look, "fill: mood, points -1300"); /* all weeks' range, rounded outwards */
    assert_says(&look, "Fill: how well they feel.");
    assert_says(&look, "mood -394 (sd 595)"); /* of nine */
    assert_says(&look, "mood 7 (sd 0)");
    assert_silent(&look, "age");
    look_end(&look);
    for (size_t k = 0; k < 4; k++) /* nobody has one */
        for (igraph_integer_t v = 0; v < 12; v++)
            igraph_cattribute_VAN_set(&s.networks[k], "mood", v, (double)NAN);
    look = look_well("network", &s.data, &usual);
    assert_silent(&look, "mood 7");
    look_end(&look);
    sample_close(&s);
}

static void too_large_is_told(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 2, 1, 1);
    igraph_t *graph = &s.networks[0];
    graph_library_init();
    assert_int_equal(igraph_empty(graph, SNAPSHOT_NODES_MAX + 1, IGRAPH_DIRECTED), 0);
    s.graphs[0] = (struct chart_graph){.run = 1, .school = 1, .graph = graph};
    s.data.graph_count = 1;
    assert_refused("network", &s.data, &usual, STATUS_BAD_INPUT, "has 2001 nodes; a picture shows 1 to 2000");
    sample_close(&s);
}

static void rings_and_seats_keep_apart(void **state)
{
    (void)state;
    static const int size[][2] = {{12, 2}, {60, 6}, {200, 11}, {97, 1}, {40, 40}};
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
        struct sample s;
        struct snapshots all;
        struct layout map;
        four_weeks(&s, size[i][0], size[i][1]);
        assert_int_equal(snapshots_read(&s.data, &all, NULL), STATUS_OK);
        assert_int_equal(layout_make(&all, &map, NULL), STATUS_OK);
        assert_int_equal(map.unit_count, size[i][1]);
        for (size_t u = 0; u < map.unit_count; u++)
            for (size_t v = 0; v < u; v++) {
                const struct layout_unit *a = &map.units[u], *b = &map.units[v];
                double gap = hypot(a->x - b->x, a->y - b->y) - a->radius - b->radius;
                if (gap < 0.5)
                    fail_msg("%d people: rings %zu and %zu are %.3f seats apart", size[i][0], u, v, gap);
            }
        for (size_t k = 0; k < map.seat_count; k++) {
            const struct layout_unit *unit = &map.units[map.unit[k]];
            assert_float_equal(unit->number, all.seat_unit[k], 0);
            double edge = unit->radius - hypot(map.x[k] - unit->x, map.y[k] - unit->y);
            if (edge < 0.6)
                fail_msg("seat %zu is %.3f from the edge of its ring", k, edge);
            for (size_t l = 0; l < k; l++)
                if (map.unit[k] == map.unit[l] && hypot(map.x[k] - map.x[l], map.y[k] - map.y[l]) < 0.84)
                    fail_msg("%d people: seats %zu and %zu are %.3f apart and overlap", size[i][0], k, l,
                             hypot(map.x[k] - map.x[l], map.y[k] - map.y[l]));
        }
        if (map.right - map.left < 0.99 * (map.bottom - map.top) && map.unit_count == 2)
            fail_msg("two units lie on top of each other");
        layout_free(&map);
        snapshots_free(&all);
        sample_close(&s);
    }
}

/* People keep their seat; whoever is new takes a free one of the unit, so that the map does not grow. */
static void seats_are_kept(void **state)
{
    (void)state;
    struct sample s;
    struct snapshots all;
    four_weeks(&s, 60, 6);
    /* Two people swap their places in the list: they do not swap seats. */
    igraph_t *last = &s.networks[3];
    double person7 = igraph_cattribute_VAN(last, "person", 7), person13 = igraph_cattribute_VAN(last, "person", 13);
    assert_float_equal(igraph_cattribute_VAN(last, "unit", 7), igraph_cattribute_VAN(last, "unit", 13), 0);
    igraph_cattribute_VAN_set(last, "person", 7, person13);
    igraph_cattribute_VAN_set(last, "person", 13, person7);
    assert_int_equal(snapshots_read(&s.data, &all, NULL), STATUS_OK);
    assert_int_equal(all.seat_count, 60);
    assert_true(all.newcomers);
    assert_int_equal(all.list[3].seat[7], all.list[2].seat[13]);
    assert_int_equal(all.list[3].seat[13], all.list[2].seat[7]);
    assert_int_equal(all.list[3].seat[20], all.list[0].seat[20]);
    assert_int_equal(all.list[3].seat[22], all.list[0].seat[22]); /* a newcomer in the place of who left */
    for (size_t k = 0; k < 4; k++) {
        char taken[60] = {0};
        for (size_t i = 0; i < 60; i++)
            assert_int_equal(taken[all.list[k].seat[i]]++, 0);
    }
    snapshots_free(&all);
    sample_close(&s);
}

/* Both arcs make one tie; the mean of its sides; a side that is missing does not count. */
static void ties_are_means_of_sides(void **state)
{
    (void)state;
    struct sample s;
    struct snapshots all;
    sample_open(&s, 2, 1, 1);
    sample_network(&s, 3, 1, 0, 0);
    igraph_t *graph = &s.networks[0];
    igraph_delete_edges(graph, igraph_ess_all(IGRAPH_EDGEORDER_ID));
    static const int ends[][2] = {{0, 1}, {2, 0}, {1, 0}, {1, 1}};
    static const double strength[] = {0.2, 0.05, 0.7, 1}, trust[] = {0.3, NAN, 0.5, 1};
    for (int e = 0; e < 4; e++) {
        igraph_add_edge(graph, ends[e][0], ends[e][1]);
        igraph_cattribute_EAN_set(graph, "strength", e, strength[e]);
        igraph_cattribute_EAN_set(graph, "trust", e, trust[e]);
    }
    assert_int_equal(snapshots_read(&s.data, &all, NULL), STATUS_OK);
    const struct snapshot *one = &all.list[0];
    assert_int_equal(one->tie_count, 2);
    assert_float_equal(one->ties[0].strength, 0.05, 1e-12); /* weakest first */
    assert_true(isnan(one->ties[0].trust));
    assert_float_equal(one->ties[1].strength, 0.45, 1e-12);
    assert_float_equal(one->ties[1].trust, 0.4, 1e-12);
    snapshots_free(&all);
    sample_close(&s);
}

/* The map is the same every time, and drawing it leaves igraph's random numbers where they were. */
static void layout_is_frozen(void **state)
{
    (void)state;
    struct sample s;
    struct snapshots all;
    struct layout one, two;
    four_weeks(&s, 31, 5);
    assert_int_equal(snapshots_read(&s.data, &all, NULL), STATUS_OK);
    assert_int_equal(igraph_rng_seed(igraph_rng_default(), 2385), 0);
    igraph_rng_get_unif01(igraph_rng_default());
    double next = igraph_rng_get_unif01(igraph_rng_default());
    assert_int_equal(igraph_rng_seed(igraph_rng_default(), 2385), 0);
    igraph_rng_get_unif01(igraph_rng_default());
    assert_int_equal(layout_make(&all, &one, NULL), STATUS_OK);
    assert_float_equal(igraph_rng_get_unif01(igraph_rng_default()), next, 0);
    assert_int_equal(layout_make(&all, &two, NULL), STATUS_OK);
    assert_memory_equal(one.x, two.x, 2 * one.seat_count * sizeof *one.x);
    layout_free(&one);
    layout_free(&two);
    snapshots_free(&all);
    sample_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_sizes_can_be_read),
        cmocka_unit_test(weeks_are_chosen),
        cmocka_unit_test(missing_attributes_are_left_out),
        cmocka_unit_test(too_large_is_told),
        cmocka_unit_test(plain_numbers_are_coloured),
        cmocka_unit_test(rings_and_seats_keep_apart),
        cmocka_unit_test(seats_are_kept),
        cmocka_unit_test(ties_are_means_of_sides),
        cmocka_unit_test(layout_is_frozen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
