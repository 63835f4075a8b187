/* What the engine hands on of each run: which weeks, means over schools, networks. */
#include "toy.h"

struct grab {
    struct sink sink; /* first: sink functions see it */
    double rows[200][COLUMNS];
    size_t row_count, snapshots;
    int64_t snapshot_weeks[8];
};

static enum status grab_take(void *self, const struct engine_run *run, struct faults *faults)
{
    struct grab *g = self;
    g->row_count = run->week_count * run->schools;
    memcpy(g->rows, run->rows, g->row_count * sizeof g->rows[0]);
    g->snapshots = run->snapshot_count;
    for (size_t i = 0; i < run->snapshot_count && i < 8; i++) {
        const struct engine_snapshot *n = &run->snapshots[i];
        g->snapshot_weeks[i] = n->week;
        assert_int_equal(n->nodes, 3 + n->school);
        assert_int_equal(n->ties, 3 + n->school);
        assert_string_equal(n->ids[2], "p2");
        assert_near(n->node_values[2 * 2], 2 + (double)n->week / 8, 0);
        assert_true(isnan(n->node_values[2 * 2 + 1])); /* declared, but not in the graph */
    }
    return sink_take(&g->sink, run, faults);
}

/* One run, taken by what keeps it. */
static struct engine_plan plan_of_one(struct grab *grab)
{
    struct engine_plan plan = plan_of(&grab->sink);
    plan.replicates = 1;
    plan.self = grab;
    plan.take = grab_take;
    return plan;
}

static void weeks_observed(void **state)
{
    (void)state;
    static const struct {
        int64_t weeks, every, count, last_but_one;
    } cases[] = {{131, 7, 20, 126}, {21, 7, 4, 14}, {1, 1, 2, 0}, {5, 100, 2, 0}, {100, 1, 101, 99}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct grab grab = {0};
        int64_t weeks[200];
        struct engine_plan plan = plan_of_one(&grab);
        plan.weeks = cases[i].weeks;
        plan.every = cases[i].every;
        toy.settle = 60;
        all_done(&plan);
        assert_int_equal(engine_weeks(&plan, weeks), cases[i].count);
        assert_int_equal(engine_weeks(&plan, NULL), cases[i].count);
        assert_int_equal(grab.row_count, cases[i].count);
        for (int64_t r = 0; r < cases[i].count; r++)
            assert_true(grab.rows[r][1] == (double)weeks[r]);
        assert_int_equal(weeks[cases[i].count - 1], cases[i].weeks);
        assert_int_equal(weeks[cases[i].count - 2], cases[i].last_but_one);
    }
}

static void mean_of_schools(void **state)
{
    (void)state;
    struct grab each = {0}, whole = {0};
    struct engine_plan plan = plan_of_one(&each);
    toy.schools = 5;
    all_done(&plan);
    plan = plan_of_one(&whole);
    plan.whole = true;
    toy.schools = 5;
    all_done(&plan);
    assert_int_equal(each.row_count, 20 * 5);
    assert_int_equal(whole.row_count, 20);
    for (size_t r = 0; r < 20; r++) {
        double sum = 0;
        for (size_t s = 0; s < 5; s++)
            sum += each.rows[5 * r + s][0];
        assert_near(whole.rows[r][0], sum / 5, 1e-15);
        assert_near(whole.rows[r][2], (0 + 2 + 4) / 3.0, 1e-15); /* odd schools have none */
    }
}

/* Schools in three sets of which the last stays empty, and one school in none; school 1 changes over in week 11. */
static size_t toy_sets(const struct world *world)
{
    (void)world;
    return 3;
}

static size_t toy_set(const struct world *world, size_t school)
{
    static const size_t sets[] = {0, 0, 1, 9, 1};
    return school == 1 && world->exchanged > 10 ? 1 : sets[school];
}

static void levels_are_means_of_sets(void **state)
{
    (void)state;
    static const struct model_level level = {
        .name = "gang", .section = "gang", .rows = "", .count = toy_sets, .of = toy_set};
    struct grab each = {0}, sets = {0};
    struct engine_plan plan = plan_of_one(&each);
    toy_model.exchange = toy_exchange;
    toy_model.week = toy_exchanged_week;
    toy.schools = 5;
    all_done(&plan);
    plan = plan_of_one(&sets);
    plan.level = &level;
    toy_model.exchange = toy_exchange;
    toy_model.week = toy_exchanged_week;
    toy.schools = 5;
    all_done(&plan);
    toy.schools = 5;
    struct engine_size size;
    assert_int_equal(engine_look(&plan, &size, NULL), STATUS_OK);
    assert_int_equal(size.schools, 5);
    assert_int_equal(size.rows, 3);
    assert_int_equal(size.parts, 5);
    assert_int_equal(sets.row_count, 20 * 3);
    for (size_t r = 0; r < 20; r++) {
        const double *of[5];
        for (size_t s = 0; s < 5; s++)
            of[s] = each.rows[5 * r + s];
        const bool before = plan.every * (int64_t)r <= 10;
        assert_near(sets.rows[3 * r][0], before ? (of[0][0] + of[1][0]) / 2 : of[0][0], 1e-15);
        assert_near(sets.rows[3 * r + 1][0], before ? (of[2][0] + of[4][0]) / 2 : (of[1][0] + of[2][0] + of[4][0]) / 3,
                    1e-15);
        assert_true(isnan(sets.rows[3 * r + 2][0]));
    }
}

static void snapshots_of_the_first_runs(void **state)
{
    (void)state;
    static const int64_t weeks[] = {50, 0, 131, 132, 9000};
    struct grab grab = {0};
    struct engine_plan plan = plan_of_one(&grab);
    plan.snapshots = weeks;
    plan.snapshot_count = 5;
    plan.snapshot_runs = 1;
    toy.schools = 2;
    all_done(&plan);
    static const int64_t expected[] = {0, 0, 50, 50, 131, 131};
    assert_int_equal(grab.snapshots, 6);
    assert_memory_equal(grab.snapshot_weeks, expected, sizeof expected);
    plan.replicates = 2; /* the sink keeps the last run: it has none */
    grab.sink.last = -1;
    all_done(&plan);
    assert_int_equal(grab.snapshots, 0);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weeks_observed),
        cmocka_unit_test(mean_of_schools),
        cmocka_unit_test(levels_are_means_of_sets),
        cmocka_unit_test(snapshots_of_the_first_runs),
    };
    return cmocka_run_group_tests_name("engine_rows", tests, NULL, NULL);
}
