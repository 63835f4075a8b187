/* Schools as nodes: read from two schools to hundreds, in places that stay, whether they are in networks or not. */
#include "look.h"

#include "../../plots/kit/school_map.h"

static const struct chart_options usual = {.singles = -1};
static const struct attribute attributes[] = {{"network", "", "of a school: its network", ""},
                                              {"people", "people", "of a school: staff", ""},
                                              {"practising", "share", "of a school: staff who practise it", ""}};

#define WEEKS 3
struct world_sample {
    struct sample s;
    igraph_t graph[WEEKS];
    struct chart_graph graphs[WEEKS];
};

/* Schools in networks of nine; the last fifth joins in the second week, the very last never. */
static void world_open(struct world_sample *w, int schools, int ties)
{
    sample_open(&w->s, 2, 1, 1);
    w->s.data.node_attributes = attributes;
    w->s.data.node_attribute_count = 3;
    w->s.data.graphs = w->graphs;
    w->s.data.graph_count = WEEKS;
    for (int k = 0; k < WEEKS; k++) {
        igraph_vector_int_t ends;
        igraph_vector_int_init(&ends, 0);
        for (int t = 0; t < ties * k; t++) {
            const int a = t * 7 % schools, b = (a + 1 + t % 5 + t / schools % 9) % schools;
            if (a != b) {
                igraph_vector_int_push_back(&ends, a);
                igraph_vector_int_push_back(&ends, b);
            }
        }
        igraph_create(&w->graph[k], &ends, schools, IGRAPH_DIRECTED);
        igraph_vector_int_destroy(&ends);
        for (int i = 0; i < schools; i++) {
            const bool late = i >= schools * 4 / 5, never = i == schools - 1;
            SETVAN(&w->graph[k], "network", i, never || (late && k == 0) ? 0 : 1 + i / 9);
            SETVAN(&w->graph[k], "people", i, 20 + i % 40);
            SETVAN(&w->graph[k], "practising", i, 0.08 * k * (i % 5));
        }
        for (igraph_integer_t e = 0; e < igraph_ecount(&w->graph[k]); e++)
            SETEAN(&w->graph[k], "talks", e, 3 + (double)(e % 11) * k);
        w->graphs[k] = (struct chart_graph){.run = 1, .week = 80 * k, .graph = &w->graph[k]};
    }
}

static void world_close(struct world_sample *w)
{
    for (int k = 0; k < WEEKS; k++)
        igraph_destroy(&w->graph[k]);
    w->s.data.graph_count = 0;
    sample_close(&w->s);
}

/* People of every school at the last week: in each network of nine the first school's and the fourth's share a community. */
static void communities_span_schools(void **state)
{
    (void)state;
    enum { SCHOOLS = 18 };
    struct world_sample w;
    world_open(&w, SCHOOLS, 20);
    igraph_t people[SCHOOLS];
    struct chart_graph graphs[WEEKS + SCHOOLS];
    memcpy(graphs, w.graphs, sizeof w.graphs);
    for (int i = 0; i < SCHOOLS; i++) {
        igraph_empty(&people[i], 5, IGRAPH_DIRECTED);
        for (int k = 0; k < 5; k++)
            SETVAN(&people[i], "community", k, i % 9 % 3 == 0 && i % 9 < 4 && k > 2);
        graphs[WEEKS + i] = (struct chart_graph){.run = 1, .school = i + 1, .week = 160, .graph = &people[i]};
    }
    w.s.data.graphs = graphs;
    w.s.data.graph_count = WEEKS + SCHOOLS;
    struct look look = look_well("network-of-schools", &w.s.data, &usual);
    assert_says(&look, "a community of practice across schools");
    assert_says(&look, "2 communities across");
    look_end(&look);
    w.s.data.graph_count--; /* a band would pass the last school by */
    look = look_well("network-of-schools", &w.s.data, &usual);
    assert_says(&look, "people are stored of some schools only");
    assert_silent(&look, "communities across,");
    assert_silent(&look, "a community of practice across schools");
    look_end(&look);
    for (int i = 0; i < SCHOOLS; i++)
        igraph_destroy(&people[i]);
    w.s.data.graphs = w.graphs;
    world_close(&w);
}

static void all_sizes_can_be_read(void **state)
{
    (void)state;
    static const int size[][2] = {{2, 1}, {9, 10}, {24, 60}, {60, 200}, {200, 700}, {450, 2000}};
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++) {
        struct world_sample w;
        char words[64];
        world_open(&w, size[i][0], size[i][1]);
        struct look look = look_well("network-of-schools", &w.s.data, &usual);
        snprintf(words, sizeof words, "of %d schools in", size[i][0]);
        assert_says(&look, words);
        assert_says(&look, "year 0");
        assert_says(&look, "year 4");
        assert_says(&look, "staff who practise it");
        assert_says(&look, "a network's schools");
        assert_says(&look, "in no network"); /* the last school is in none */
        assert_says(&look, " %: staff");
        assert_says(&look, "opens a school");
        if (size[i][0] == 450)
            assert_says(&look, "are left out");
        look_end(&look);
        world_close(&w);
    }
}

/* Every school has a place of its own in all weeks, inside the picture. */
static void places_are_apart(void **state)
{
    (void)state;
    struct world_sample w;
    struct schools schools;
    world_open(&w, 60, 100);
    assert_int_equal(schools_read(&w.s.data, &schools, NULL), STATUS_OK);
    assert_int_equal(schools.week_count, WEEKS);
    assert_int_equal(schools.place_count, 60 / 9 + 2); /* and the one in none */
    for (size_t i = 0; i < schools.count; i++) {
        assert_true(schools.x[i] > 0 && schools.x[i] < schools.width && schools.y[i] > 0 &&
                    schools.y[i] < schools.height);
        for (size_t j = 0; j < i; j++)
            assert_true(hypot(schools.x[i] - schools.x[j], schools.y[i] - schools.y[j]) > 0.8);
    }
    schools_free(&schools);
    world_close(&w);
}

static void wrong_wishes(void **state)
{
    (void)state;
    struct world_sample w;
    world_open(&w, 12, 10);
    const int64_t weeks[] = {80, 81};
    struct chart_options options = usual;
    options.weeks = weeks;
    options.week_count = 2;
    assert_refused("network-of-schools", &w.s.data, &options, STATUS_USAGE, "no schools are stored at week 81");
    options.week_count = 1;
    struct look look = look_well("network-of-schools", &w.s.data, &options);
    assert_says(&look, "1 of 3 stored weeks");
    look_end(&look);
    w.s.data.graph_count = 0;
    assert_refused("network-of-schools", &w.s.data, &usual, STATUS_BAD_INPUT, "holds no schools as nodes");
    world_close(&w);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_sizes_can_be_read),
        cmocka_unit_test(communities_span_schools),
        cmocka_unit_test(places_are_apart),
        cmocka_unit_test(wrong_wishes),
    };
    return cmocka_run_group_tests_name("network of schools", tests, NULL, NULL);
}
