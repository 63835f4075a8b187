/* Comparisons of scenarios against what is known: the Bass curve in closed form, a toy whose costs and gains are worked
 * out by hand; and how often intervals cover when the number of runs was found by looking.
 *
 * False alarms: 5.3 standard errors, 1e-7 each; seeds are fixed. */
#include "../../sim/config/config.h"
#include "../../sim/experiment/precision.h"
#include "../../sim/leaf/graph.h"
#include "../../sim/leaf/stats.h"

#include <gsl/gsl_randist.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../near.h"

/* --- The Bass model --- */

/* Bass (1969): F(t) = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t). */
static double bass(double p, double q, double years)
{
    const double e = exp(-(p + q) * years);
    return (1 - e) / (1 + q / p * e);
}

struct sink {
    struct compare_set *set;
    size_t sample;
};

static enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    const struct sink *sink = self;
    (void)faults;
    compare_take(sink->set, sink->sample, run);
    return STATUS_OK;
}

static void load(struct config *config, const char *p, const char *seed)
{
    const char *const sets[] = {"run.model=bass",  "run.weeks=5y",     p, seed, "bass.people=200000",
                                "output.every=8w", "run.replicates=12"};
    struct faults faults = {0};
    assert_int_equal(config_load(NULL, sets, sizeof sets / sizeof sets[0], config, &faults), STATUS_OK);
    assert_int_equal(faults.errors, 0);
}

static struct engine_plan plan_of(const struct config *config)
{
    return (struct engine_plan){.model = config->model,
                                .set = config->set,
                                .input = &config->input,
                                .seed = config->run->seed,
                                .replicates = config->run->replicates,
                                .weeks = config->run->weeks,
                                .every = config->output->every};
}

/* Runs the scenarios and compares the adopters in the last week; the caller frees all. */
static void compare(const struct config *configs, size_t count, struct compare_set *set, struct contrast **list)
{
    static const char *const names[] = {"first", "second", "third"};
    struct faults faults = {0};
    struct engine_plan plan = plan_of(&configs[0]);
    size_t column = 0, found;
    while (strcmp(plan.model->columns[column].name, "adopters") != 0)
        column++;
    assert_int_equal(compare_open(set, &plan, &column, 1, names, count, &faults), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        struct sink sink = {set, i};
        struct engine_tally tally;
        plan = plan_of(&configs[i]);
        plan.self = &sink;
        plan.take = take;
        assert_int_equal(engine_run_all(&plan, &tally, &faults), STATUS_OK);
    }
    assert_int_equal(compare_contrasts(set, list, &found, &faults), STATUS_OK);
    assert_int_equal(found, count * (count - 1) / 2);
}

static void closed_form(void **state)
{
    (void)state;
    struct config configs[3];
    struct compare_set set;
    struct contrast *list;
    load(&configs[0], "bass.p=0.03", "run.seed=23");
    load(&configs[1], "bass.p=0.03", "run.seed=23");
    load(&configs[2], "bass.p=0.045", "run.seed=23");
    compare(configs, 3, &set, &list);
    /* The same settings, the same luck: nothing differs, in any run and week. */
    assert_true(list[0].a == 1 && list[0].b == 0);
    assert_true(list[0].at.mean == 0 && list[0].at.lo == 0 && list[0].at.hi == 0 && list[0].at.p == 1);
    assert_int_equal(list[0].parts, -1);
    assert_false(contrast_shown(&list[0]));
    for (size_t w = 0; w < set.week_count; w++)
        assert_true(list[0].mean[w] == 0 && list[0].lo[w] == 0 && list[0].hi[w] == 0);
    /* Others: the difference of two curves that are known. */
    assert_near(bass(0.03, 0.38, 5), 0.331199, 1e-6);
    for (size_t i = 1; i < 3; i++) {
        const struct contrast *c = &list[i];
        assert_true(c->a == 2 && c->b == i - 1);
        const double known = bass(0.045, 0.38, 5) - bass(0.03, 0.38, 5);
        assert_near(c->at.mean, known, 5.3 * c->at.sd / sqrt(12));
        assert_true(contrast_shown(c) && c->at.lo > 0 && c->at.better == 1);
        assert_near(c->mean[set.week_count - 1], c->at.mean, 1e-12);
        assert_int_equal(c->parts, 8); /* the first observed week after the start */
        for (size_t w = 1; w < set.week_count; w++) {
            const double years = (double)set.weeks[w] / 40;
            assert_near(c->mean[w], bass(0.045, 0.38, years) - bass(0.03, 0.38, years), 0.002);
        }
    }
    contrasts_free(list);
    compare_free(&set);
    for (int i = 0; i < 3; i++)
        config_free(&configs[i]);
}

/* Other luck and nothing else: no difference is shown, though the runs part. */
static void luck_alone(void **state)
{
    (void)state;
    struct config configs[2];
    struct compare_set set;
    struct contrast *list;
    load(&configs[0], "bass.p=0.03", "run.seed=23");
    load(&configs[1], "bass.p=0.03", "run.seed=24");
    compare(configs, 2, &set, &list);
    assert_true(list[0].parts == 8 && list[0].at.sd > 0 && list[0].at.detectable > 0);
    assert_false(contrast_shown(&list[0]));
    contrasts_free(list);
    compare_free(&set);
    for (int i = 0; i < 2; i++)
        config_free(&configs[i]);
}

/* --- A toy: each run a number and a cost --- */

static const struct column columns[] = {{"gain", "", "", COLUMN_STATE, "", 0, 1},
                                        {"spent", "", "", COLUMN_COST, "", 0, 9}};
static const struct model toy = {.name = "toy", .columns = columns, .column_count = 2};
enum { RUNS = 9, WEEKS = 3 };

/* Runs of three weeks, 0, 10, 20, two schools: gains at the level and some luck, a cost a week. */
static void give(struct compare_set *set, size_t sample, double level, double cost)
{
    for (int r = 0; r < RUNS; r++) {
        double rows[WEEKS * 2 * 2];
        for (int w = 0; w < WEEKS; w++)
            for (int school = 0; school < 2; school++) {
                const double luck = 0.01 * (r % 3) + 0.002 * ((r * 7 + (int)sample * 5) % 4);
                rows[(w * 2 + school) * 2] = level * w + luck + (school ? 0.05 : -0.05);
                rows[(w * 2 + school) * 2 + 1] = w ? cost : 0;
            }
        struct engine_run run = {
            .replicate = r, .outcome = r == 8 && sample == 1 ? ENGINE_FAILED : ENGINE_DONE, .schools = 2, .rows = rows};
        run.week_count = WEEKS;
        compare_take(set, sample, &run);
    }
}

static void costs_and_gains(void **state)
{
    (void)state;
    static const char *const names[] = {"nothing", "cheap", "dear", "waste", "middling"};
    const struct engine_plan plan = {.model = &toy, .seed = 5, .replicates = RUNS, .weeks = 20, .every = 10};
    const size_t column = 0;
    struct compare_set set;
    struct faults faults = {0};
    struct contrast *list;
    size_t count;
    assert_int_equal(compare_open(&set, &plan, &column, 1, names, 5, &faults), STATUS_OK);
    set.first = 1; /* the mean of weeks 10 and 20: one and a half levels */
    give(&set, 0, 0.0, 0);
    give(&set, 1, 0.2, 1);
    give(&set, 2, 0.4, 4);
    give(&set, 3, 0.1, 5);
    give(&set, 4, 0.25, 3); /* between cheap and dear, but below the line that joins them */
    assert_near(compare_score(&set, 1, 0, 0), 0.3 + 0.002, 1e-12); /* (0 x 7 + 5) mod 4 = 1 */
    assert_true(isnan(compare_score(&set, 1, 8, 0)));
    assert_int_equal(compare_contrasts(&set, &list, &count, &faults), STATUS_OK);
    assert_int_equal(count, 10);
    assert_int_equal(list[0].at.n, 8); /* a failed run takes its pair along */
    assert_int_equal(list[1].at.n, 9);
    assert_near(list[0].cost, 20, 1e-12);
    assert_near(list[0].cost_per_gain, 20 / list[0].at.mean, 1e-12);
    assert_true(list[0].cost_per_gain_lo < list[0].cost_per_gain && list[0].cost_per_gain < list[0].cost_per_gain_hi);
    assert_near(list[0].at.mean, 0.3, 0.006);
    const struct contrast *waste_dear = &list[5]; /* 3 against 2: costs more, reaches less */
    assert_true(waste_dear->a == 3 && waste_dear->b == 2 && contrast_shown(waste_dear));
    assert_true(isnan(waste_dear->cost_per_gain) && waste_dear->cost == 20);
    for (size_t i = 0; i < count; i++)
        assert_true(list[i].p_holm >= list[i].at.p);

    struct frontier_point points[5];
    assert_int_equal(compare_frontier(&set, 0, points), 0);
    static const size_t order[] = {0, 1, 4, 2, 3};
    static const bool on[] = {true, true, false, true, false};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(points[i].sample, order[i]);
        assert_int_equal(points[i].on, on[i]);
    }
    assert_near(points[3].cost, 80, 1e-12);
    contrasts_free(list);
    compare_free(&set);
}

/* --- Precision --- */

/* The whole procedure on normal numbers: it ends as narrow as asked, and covers nearly as often as it says. */
static void looking_covers(void **state)
{
    (void)state;
    enum { SETS = 4000, MOST = 2000 };
    static double scores[MOST];
    gsl_rng *r = gsl_rng_alloc(rng_philox);
    int covered = 0, early = 0;
    double runs = 0;
    gsl_rng_set(r, 17);
    for (int i = 0; i < SETS; i++) {
        struct precision p = {.asked = 0.25, .most = MOST};
        int64_t n = 0, next = PRECISION_FIRST;
        double half = 9;
        for (; half > p.asked && n < next; next = precision_next(&p, n, half)) {
            for (; n < next; n++)
                scores[n] = 3 + gsl_ran_gaussian(r, 1);
            half = precision_half_width(scores, 1, (size_t)n, MOST);
        }
        assert_true(half <= p.asked);
        const struct stats s = stats_of(scores, (size_t)n);
        covered += fabs(s.mean - 3) <= half;
        runs += (double)n / SETS;
        /* the sabotage: looking after every run from the third on, for half of that */
        for (n = 2, half = 9; half > 2 * p.asked; n++) {
            scores[n] = 3 + gsl_ran_gaussian(r, 1);
            half = n < 3 ? 9 : precision_half_width(scores, 1, (size_t)n, MOST);
        }
        double sum = 0;
        for (int64_t k = 0; k < n - 1; k++)
            sum += scores[k] / (double)(n - 1);
        early += fabs(sum - 3) <= half;
    }
    const double allowed = 5.3 * sqrt(.94 * .06 / SETS);
    assert_near((double)covered / SETS, 0.94, allowed);
    assert_true((double)early / SETS < 0.94 - allowed);
    assert_true(runs > 61.5 && runs < 80); /* (1.96 / 0.25)^2 runs are needed */
    gsl_rng_free(r);
}

static void next_looks(void **state)
{
    (void)state;
    const struct precision p = {.asked = 0.1, .most = 500};
    assert_int_equal(precision_next(&p, 20, 0.3), 40);         /* 189 wanted: at most doubled */
    assert_int_equal(precision_next(&p, 100, 0.12), 152);      /* 1.05 x 1.44 x 100 = 151.2 */
    assert_int_equal(precision_next(&p, 100, 0.1001), 125);    /* at least a quarter more */
    assert_int_equal(precision_next(&p, 400, 0.3), 500);       /* the cap */
    assert_int_equal(precision_next(&p, 20, (double)NAN), 40); /* nothing known yet */
    const double scores[] = {1, 2, 4, 1.5, 2, 3};              /* two scenarios: differences .5, 0, -1 */
    assert_near(precision_half_width(scores, 2, 3, 3), stats_half_width(sqrt(7.0 / 12), 3, 0.95), 1e-9);
}

static void found_and_repeated(void **state)
{
    (void)state;
    struct config configs[2];
    struct faults faults = {0};
    load(&configs[0], "bass.p=0.03", "run.seed=23");
    load(&configs[1], "bass.p=0.045", "run.seed=23");
    struct engine_plan plans[2] = {plan_of(&configs[0]), plan_of(&configs[1])};
    struct precision p = {.measure = 0, .asked = 0.0002, .most = 3000}, again;
    while (strcmp(plans[0].model->columns[p.measure].name, "adopters") != 0)
        p.measure++;
    again = p;
    const size_t last = engine_weeks(&plans[0], NULL) - 1;
    plans[0].threads = plans[1].threads = 1;
    assert_int_equal(precision_find(&p, plans, 2, last, last, NULL, NULL, &faults), STATUS_OK);
    assert_true(p.reached && p.look_count > 1 && p.looks[p.look_count - 1].half_width <= 0.0002);
    assert_true(p.looks[p.look_count - 2].half_width > 0.0002);
    plans[0].threads = plans[1].threads = 3;
    assert_int_equal(precision_find(&again, plans, 2, last, last, NULL, NULL, &faults), STATUS_OK);
    assert_memory_equal(&p, &again, sizeof p);
    struct precision capped = {.measure = p.measure, .asked = 1e-9, .most = 25};
    assert_int_equal(precision_find(&capped, plans, 1, 0, last, NULL, NULL, &faults), STATUS_OK);
    assert_true(!capped.reached && capped.look_count == 2 && capped.looks[1].n == 25);
    config_free(&configs[0]);
    config_free(&configs[1]);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_form),    cmocka_unit_test(luck_alone), cmocka_unit_test(costs_and_gains),
        cmocka_unit_test(looking_covers), cmocka_unit_test(next_looks), cmocka_unit_test(found_and_repeated),
    };
    return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
