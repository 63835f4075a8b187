/* The engine with a toy model: the same results for any threads, runs that are carried on, what it tells on the way. */
#include "toy.h"

static void same_for_any_threads(void **state)
{
    (void)state;
    uint64_t unstretched = 0;
    for (int variant = 0; variant < 7; variant++) {
        uint64_t first = 0;
        for (int threads = 1; threads <= 7; threads += 2) {
            static const int64_t weeks[] = {0, 50, 131, 500};
            struct sink sink;
            struct engine_plan plan = plan_of(&sink);
            toy.schools = variant % 2 ? 9 : 1;
            toy.settle = variant == 4 ? 70 : 0;
            plan.replicates = variant < 2 ? 23 : 3; /* over runs, or over schools within one */
            plan.whole = variant == 3;
            plan.snapshots = weeks;
            plan.snapshot_count = 4;
            plan.snapshot_runs = 2;
            plan.threads = threads;
            if (variant == 5) {
                toy_model.exchange = toy_exchange;
                toy_model.week = toy_exchanged_week;
            }
            if (variant == 6) {
                toy_model.exchange = toy_far_exchange;
                toy_model.stretch = toy_stretch;
                toy_model.week = toy_stretched_week;
            }
            toy.schools = variant >= 5 ? 9 : toy.schools;
            toy.slow_run = 1;
            all_done(&plan);
            assert_int_equal(sink.prepared, plan.replicates);
            first = threads == 1 ? sink.hash : first;
            assert_true(sink.hash == first);
            unstretched = variant == 5 ? first : unstretched;
            assert_true(variant != 6 || first == unstretched); /* nor do stretches change anything */
        }
    }
}

/* A different seed, another replicate: other numbers, so that the hash above means something. */
/* Runs in two parts are the runs of one go. */
static void carried_on(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 4; threads += 3) {
        struct sink sink;
        struct engine_plan plan = plan_of(&sink);
        all_done(&plan);
        const uint64_t whole = sink.hash;
        plan = plan_of(&sink);
        plan.threads = threads;
        toy.slow_run = 9;
        plan.replicates = 8;
        all_done(&plan);
        assert_true(sink.last == 7 && sink.hash != whole);
        plan.first = 8;
        plan.replicates = 15;
        all_done(&plan);
        assert_int_equal(sink.last, 22);
        assert_true(sink.hash == whole);
    }
}

/* Work that comes by and by, and ends where nobody knew beforehand: the same runs as when it was known. */
static bool seventeen(void *self, int64_t turn)
{
    (void)self;
    if (turn % 5 == 3)
        usleep(2000);
    return turn < 17;
}

static void as_many_as_there_are(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 7; threads += 2) {
        struct sink sink;
        struct engine_tally tally;
        struct engine_plan plan = plan_of(&sink);
        plan.replicates = 17;
        all_done(&plan);
        const uint64_t known = sink.hash;
        plan = plan_of(&sink);
        plan.threads = threads;
        plan.replicates = 1000000;
        plan.more = seventeen;
        toy.slow_run = 9;
        assert_int_equal(go(&plan, &tally, NULL), STATUS_OK);
        assert_int_equal(tally.done, 17);
        assert_true(sink.hash == known);
        plan = plan_of(&sink);
        plan.threads = threads;
        plan.more = seventeen;
        sink.stop_at = 4;
        assert_int_equal(go(&plan, &tally, NULL), STATUS_INTERRUPTED);
        assert_true(tally.done >= 5 && tally.done <= 17);
    }
}

static void hash_sees_numbers(void **state)
{
    (void)state;
    struct sink a, b;
    struct engine_plan plan = plan_of(&a);
    all_done(&plan);
    plan = plan_of(&b);
    plan.seed++;
    all_done(&plan);
    assert_true(a.hash != b.hash);
}

/* A slow run holds the others up once the window is full: memory stays bounded. */
static void bounded_window(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_plan plan = plan_of(&sink);
    plan.replicates = 400;
    plan.threads = 3;
    toy.slow_run = 5;
    all_done(&plan);
    assert_in_range(atomic_load(&toy.most_worlds), 1, 3);
}

static void progress_is_told(void **state)
{
    (void)state;
    for (int threads = 1; threads <= 2; threads++) {
        struct sink sink;
        struct engine_tally tally;
        struct engine_plan plan = plan_of(&sink);
        plan.threads = threads;
        plan.weeks = 6000;
        plan.replicates = 2;
        toy.slow_run = 0; /* 0.6 s, or longer where others want the processors */
        assert_int_equal(go(&plan, &tally, NULL), STATUS_OK);
        assert_int_equal(tally.done, 2);
        assert_in_range(sink.progressed, 1, 2 + (int)(10 * tally.seconds));
    }
}

static void schools_counted(void **state)
{
    (void)state;
    struct sink sink;
    struct engine_plan plan = plan_of(&sink);
    struct faults faults = {0};
    toy.schools = 6;
    struct engine_size size;
    assert_int_equal(engine_look(&plan, &size, &faults), STATUS_OK);
    assert_int_equal(size.schools, 6);
    toy.fail_init = 0;
    assert_int_equal(engine_look(&plan, &size, &faults), STATUS_FAILED);
    assert_int_equal(size.schools, 0);
    assert_int_equal(faults.count, 1);
    faults_free(&faults);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_for_any_threads), cmocka_unit_test(carried_on),
        cmocka_unit_test(as_many_as_there_are), cmocka_unit_test(hash_sees_numbers),
        cmocka_unit_test(bounded_window),       cmocka_unit_test(progress_is_told),
        cmocka_unit_test(schools_counted),
    };
    return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
