/* How runs end: broken, stopped by the user, or with nowhere to put them. */
#include "toy.h"

static void failing_runs_are_recorded(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads += 3) {
        struct sink sink;
        struct engine_tally tally;
        struct faults faults = {0};
        static const int64_t weeks[] = {50};
        struct engine_plan plan = plan_of(&sink);
        plan.threads = threads;
        plan.snapshots = weeks;
        plan.snapshot_count = 1;
        plan.snapshot_runs = 23;
        toy.schools = 4;
        toy.fail_init = 3;
        toy.break_run = 7;
        toy.break_week = 60;
        toy.break_school = 2;
        toy.escape_run = 11;
        toy.graph_fails = 19;
        assert_int_equal(go(&plan, &tally, &faults), STATUS_OK);
        assert_int_equal(tally.failed, 4);
        assert_int_equal(tally.done, 19);
        assert_string_equal(sink.messages, "3: the floor of this world is missing\n"
                                           "7: week 60, school 3: school number 2 fell in\n"
                                           "11: week 0, school 1: even is 100, declared to lie within 0 and 9\n"
                                           "19: week 50, school 1: no network: nobody is left\n");
        faults_free(&faults);
    }
}

/* The same school is blamed whatever the threads, also when several break. */
static void earliest_fault(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 5; threads++) {
        struct sink sink;
        struct engine_tally tally;
        struct engine_plan plan = plan_of(&sink);
        plan.replicates = 1;
        plan.threads = threads;
        toy.schools = 9;
        toy.break_run = 0;
        toy.break_week = 77;
        toy.break_school = 4;
        assert_int_equal(go(&plan, &tally, NULL), STATUS_OK);
        assert_string_equal(sink.messages, "0: week 77, school 5: school number 4 fell in\n");
    }
}

static void without_verify(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_plan plan = plan_of(&sink);
    plan.verify = false;
    toy.break_run = 0;
    toy.escape_run = 1;
    all_done(&plan);
}

static void stopped(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct sink sink;
        struct engine_tally tally;
        struct faults faults = {0};
        struct engine_plan plan = plan_of(&sink);
        plan.replicates = 300;
        plan.threads = threads;
        toy.slow_run = 9; /* dropped while others beyond it are done: these are kept */
        sink.stop_at = 5;
        assert_int_equal(go(&plan, &tally, &faults), STATUS_INTERRUPTED);
        assert_in_range(tally.done, 6, 100);
        assert_int_equal(tally.done, sink.runs);
        assert_int_equal(faults.count, 0);
    }
}

static void stopped_inside_a_run(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_tally tally;
    struct engine_plan plan = plan_of(&sink);
    plan.replicates = 1;
    plan.weeks = 10000000;
    plan.every = 10000000;
    plan.verify = false;
    toy.schools = 5;
    plan.threads = 2;
    toy.stop_week = 1000;
    assert_int_equal(go(&plan, &tally, NULL), STATUS_INTERRUPTED);
    assert_int_equal(tally.done, 0);
    assert_int_equal(sink.runs, 0);
    assert_in_range(atomic_load(&toy.steps), 1000, 5 * plan.weeks - 1); /* and not after the last week */
}

static void stopped_after_the_last(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_plan plan = plan_of(&sink);
    sink.stop_at = 22;
    all_done(&plan); /* nothing is missing: nothing was interrupted */
}

static void sink_fails(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads++) {
        struct sink sink;
        struct engine_tally tally;
        struct faults faults = {0};
        struct engine_plan plan = plan_of(&sink);
        plan.threads = threads;
        plan.replicates = 300;
        sink.fail_at = 8;
        assert_int_equal(go(&plan, &tally, &faults), STATUS_FAILED);
        assert_int_equal(sink.runs, 9);
        assert_int_equal(tally.done, 8);
        assert_int_equal(faults.count, 1);
        assert_string_equal(faults.list[0].text, "the paper has run out");
        faults_free(&faults);
    }
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failing_runs_are_recorded),
        cmocka_unit_test(earliest_fault),
        cmocka_unit_test(without_verify),
        cmocka_unit_test(stopped),
        cmocka_unit_test(stopped_inside_a_run),
        cmocka_unit_test(stopped_after_the_last),
        cmocka_unit_test(sink_fails),
    };
    return cmocka_run_group_tests_name("engine_ends", tests, NULL, NULL);
}
