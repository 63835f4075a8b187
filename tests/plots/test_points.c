/* Pictures of a sweep: heat maps and responses say what they show, of many runs and of one, with gaps, long names, a third
 * setting; what cannot be drawn is told. */
#include "look.h"

static const struct chart_options usual = {.singles = -1};

#define LEVELS_MAX 100

/* A full grid of up to three settings, its measures a smooth function of their levels. */
struct swept {
    struct sample sample;
    struct chart_axis axes[3];
    double level[3][LEVELS_MAX];
    char words[3][LEVELS_MAX][32];
    const char *label[3][LEVELS_MAX];
    struct chart_points points;
    size_t *at;
    struct chart_spread *values, *course;
    int64_t weeks[11];
};

static void spread_of(struct chart_spread *s, double mean, size_t n)
{
    *s = (struct chart_spread){.n = n,
                               .mean = n ? mean : (double)NAN,
                               .lo = n > 1 ? mean - 0.031 : (double)NAN,
                               .hi = n > 1 ? mean + 0.031 : (double)NAN,
                               .q05 = mean - 0.09,
                               .q25 = mean - 0.04,
                               .median = mean,
                               .q75 = mean + 0.04,
                               .q95 = mean + 0.09};
}

static void sweep_open(struct swept *w, size_t a, size_t b, size_t c, size_t n)
{
    static const char *const names[] = {"school.teachers", "strategy shared planning.start", "structures.time"};
    static const char *const units[] = {"people", "weeks", "0-1"};
    const size_t levels[] = {a, b, c};
    memset(w, 0, sizeof *w);
    sample_open(&w->sample, 41, 2, 10);
    w->points = (struct chart_points){.axes = w->axes, .count = 1, .week = 400, .replicates = n};
    for (size_t i = 0; i < 3 && levels[i]; i++) {
        w->axes[w->points.axis_count++] = (struct chart_axis){
            .name = names[i], .unit = units[i], .level_count = levels[i], .level = w->level[i], .label = w->label[i]};
        w->points.count *= levels[i];
        for (size_t k = 0; k < levels[i]; k++) {
            w->level[i][k] = (double)k * 2.385;
            if (i == 1)
                snprintf(w->words[i][k], sizeof w->words[i][k], "%zuy", k + 1);
            else
                snprintf(w->words[i][k], sizeof w->words[i][k], "%.4g", w->level[i][k]);
            w->label[i][k] = w->words[i][k];
        }
    }
    const size_t columns = w->sample.data.column_count, axes = w->points.axis_count;
    w->at = calloc(w->points.count * axes, sizeof *w->at);
    w->values = calloc(w->points.count * columns, sizeof *w->values);
    for (size_t p = 0; p < w->points.count; p++) {
        size_t rest = p;
        double mean = 0.2;
        for (size_t i = axes; i-- > 0;) {
            w->at[p * axes + i] = rest % levels[i];
            mean += 0.5 * (double)(rest % levels[i]) / (double)levels[i] / (double)axes;
            rest /= levels[i];
        }
        for (size_t k = 0; k < columns; k++)
            spread_of(&w->values[p * columns + k], mean, n);
    }
    w->points.at = w->at;
    w->points.values = w->values;
    w->course = calloc(11 * w->points.count * columns, sizeof *w->course); /* grows to the values */
    for (size_t i = 0; i < 11 * w->points.count * columns; i++)
        spread_of(&w->course[i],
                  w->values[i % (w->points.count * columns)].mean * (double)(i / (w->points.count * columns)) / 10,
                  w->values[i % (w->points.count * columns)].n);
    for (size_t k = 0; k < 11; k++)
        w->weeks[k] = 40 * (int64_t)k;
    w->points.weeks = w->weeks;
    w->points.week_count = 11;
    w->points.course = w->course;
    w->sample.data.points = &w->points;
}

static void sweep_close(struct swept *w)
{
    free(w->at);
    free(w->values);
    free(w->course);
    sample_close(&w->sample);
}

static void heat_of_two(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 5, 4, 0, 30);
    struct look look = look_well("heat", &w.sample.data, &usual);
    static const char *const words[] = {"n = 30 runs a point",
                                        "95 % interval",
                                        "year 10",
                                        "personal (0-1)",
                                        "0.20",
                                        "\u00b10.03",
                                        "school.teachers (people)",
                                        "strategy shared planning.start",
                                        "3y",
                                        "share their luck",
                                        "Scenario school",
                                        "seed"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_says(&look, words[i]);
    assert_silent(&look, "Hatched");
    look_end(&look);
    sweep_close(&w);
}

static void heat_of_three_has_slices(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 3, 2, 4, 12);
    struct look look = look_well("heat", &w.sample.data, &usual);
    assert_says(&look, "time = 0");
    assert_says(&look, "time = 7.155");
    look_end(&look);
    sweep_close(&w);
}

/* Words are made smaller, not left out as numbers are. */
static void no_word_is_left_out(void **state)
{
    static const char *const targets[] = {"random:10%", "role:principal", "role:counsellor", "all of them"};
    static const char *const kinds[] = {"heat", "response"};
    struct swept w;
    (void)state;
    sweep_open(&w, 4, 4, 0, 30);
    w.axes[0].words = 1;
    memcpy(w.label[0], targets, sizeof targets);
    for (size_t c = 0; c < 2; c++) {
        struct look look = look_well(kinds[c], &w.sample.data, &usual);
        for (size_t i = 0; i < 4; i++)
            assert_says(&look, targets[i]);
        look_end(&look);
    }
    sweep_close(&w);
}

/* Of two runs an interval by Student's t may be wider than all that a share can be. */
static void bars_end_where_the_measure_does(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 20, 2, 2, 2);
    struct look within = look_well("response", &w.sample.data, &usual);
    assert_silent(&within, "Bars end");
    look_end(&within);
    for (size_t i = 0; i < w.points.count * w.sample.data.column_count; i++) {
        w.values[i].lo = -3;
        w.values[i].hi = 4;
    }
    struct look beyond = look_well("response", &w.sample.data, &usual);
    assert_says(&beyond, "Bars end where the measure does.");
    assert_silent(&beyond, "-3");
    look_end(&beyond);
    sweep_close(&w);
}

static void a_logarithmic_range_has_round_ticks(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 20, 2, 2, 30);
    w.axes[0].log = 1;
    for (size_t k = 0; k < 20; k++)
        w.level[0][k] = 7 * pow(1.2, (double)k); /* 7 to 224 */
    struct look look = look_well("response", &w.sample.data, &usual);
    assert_says(&look, "20");
    assert_says(&look, "50");
    assert_says(&look, "200");
    look_end(&look);
    sweep_close(&w);
}

static void a_target_is_marked_and_counted(void **state)
{
    struct swept w;
    struct chart_options options = usual;
    (void)state;
    sweep_open(&w, 5, 4, 0, 30); /* means from 0.2 in steps of 0.05 and 0.0625, half intervals of 0.031 */
    options.target = "personal=0.35";
    struct look look = look_well("heat", &w.sample.data, &options);
    assert_says(&look, "personal = 0.35");
    assert_says(&look, "the same of either end of the intervals");
    assert_says(&look,
                "personal reaches 0.35 with its whole interval at 11 of 20 points; at 4 the interval includes it.");
    assert_says(&look, "by interpolation");
    look_end(&look);
    w.axes[1].words = 1;
    look = look_well("heat", &w.sample.data, &options);
    assert_silent(&look, "by interpolation");
    look_end(&look);
    look = look_well("response", &w.sample.data, &options);
    assert_says(&look, "target: personal = 0.35");
    look_end(&look);
    options.target = "congruence=0.35";
    options.columns = "personal";
    assert_refused("heat", &w.sample.data, &options, STATUS_USAGE,
                   "congruence is not among the columns that are drawn");
    options.columns = NULL;
    look = look_well("heat", &w.sample.data, &options);
    assert_says(&look, "congruence (0-1)");
    look_end(&look);
    options.target = "congruence=7";
    assert_refused("response", &w.sample.data, &options, STATUS_USAGE, "allowed: a number from 0 to 1");
    sweep_close(&w);
}

static void gaps_are_hatched_and_told(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 3, 3, 0, 12);
    for (size_t k = 0; k < w.sample.data.column_count; k++)
        spread_of(&w.values[4 * w.sample.data.column_count + k], 0.4, 0);
    struct look look = look_well("heat", &w.sample.data, &usual);
    assert_says(&look, "Hatched: no finished run");
    assert_says(&look, "n = 0 to 12 runs a point");
    look_end(&look);
    look = look_well("response", &w.sample.data, &usual);
    look_end(&look);
    sweep_close(&w);
}

static void one_run_has_no_interval(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 4, 3, 0, 1);
    struct look look = look_well("heat", &w.sample.data, &usual);
    assert_says(&look, "n = 1 run a point");
    assert_silent(&look, "\u00b10");
    look_end(&look);
    sweep_close(&w);
}

static void many_levels_leave_the_numbers_out(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 60, 50, 0, 20);
    struct look look = look_well("heat", &w.sample.data, &usual);
    assert_silent(&look, "\u00b10");
    look_end(&look);
    sweep_close(&w);
}

static void heat_of_one_or_scattered_is_refused(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 5, 0, 0, 20);
    assert_refused("heat", &w.sample.data, &usual, STATUS_BAD_INPUT, "this sweep varies 1");
    sweep_close(&w);
    sweep_open(&w, 50, 50, 0, 20);
    w.points.count = 60;
    assert_refused("heat", &w.sample.data, &usual, STATUS_BAD_INPUT, "lie scattered");
    sweep_close(&w);
}

static void response_says_its_bands(void **state)
{
    static const struct {
        size_t n;
        const char *says, *silent;
    } row[] = {
        {30, "middle 50 % and 90 %", "Lines"}, {19, "middle 50 % of runs", "90 % of"}, {4, "n = 4 runs", "middle"}};
    struct swept w;
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        sweep_open(&w, 6, 0, 0, row[i].n);
        struct look look = look_well("response", &w.sample.data, &usual);
        assert_says(&look, row[i].says);
        assert_silent(&look, row[i].silent);
        look_end(&look);
        sweep_close(&w);
    }
}

static void response_of_two_has_named_lines(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 6, 4, 0, 20);
    struct look look = look_well("response", &w.sample.data, &usual);
    assert_says(&look, "Lines: strategy shared planning.start");
    assert_says(&look, "4y");
    look_end(&look);
    sweep_close(&w);
}

static void response_of_many_is_a_cloud(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 20, 3, 3, 8);
    struct look look = look_well("response", &w.sample.data, &usual);
    assert_says(&look, "vary from dot to dot");
    look_end(&look);
    sweep_close(&w);
}

static void multiples_of_one_two_and_three(void **state)
{
    struct swept w;
    (void)state;
    sweep_open(&w, 5, 4, 0, 30);
    struct look look = look_well("multiples", &w.sample.data, &usual);
    static const char *const words[] = {"personal",
                                        "interpersonal",
                                        "95 % interval of the mean",
                                        "n = 30 runs a",
                                        "school.teachers",
                                        "strategy shared planning.start",
                                        "3y",
                                        "9.54",
                                        "school years since the start",
                                        "level, 0 to 1",
                                        "share their luck",
                                        "A school year has 40 weeks"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_says(&look, words[i]);
    look_end(&look);
    sweep_close(&w);
    sweep_open(&w, 7, 0, 0, 1);
    look = look_well("multiples", &w.sample.data, &usual);
    assert_says(&look, "n = 1 run a point");
    look_end(&look);
    sweep_close(&w);
    sweep_open(&w, 3, 2, 4, 12);
    const struct chart_options target = {.singles = -1, .target = "personal=0.3"};
    look = look_well("multiples", &w.sample.data, &target);
    assert_says(&look, "time = 7.155");
    assert_says(&look, "target: personal = 0.3");
    assert_silent(&look, "interpersonal");
    look_end(&look);
    sweep_close(&w);
}

static void multiples_are_refused_where_there_are_too_many(void **state)
{
    const struct chart_options units = {.singles = -1, .columns = "personal,talks"};
    const struct chart_options two = {.singles = -1, .columns = "personal,interpersonal"};
    struct swept w;
    (void)state;
    sweep_open(&w, 11, 2, 0, 5);
    assert_refused("multiples", &w.sample.data, &usual, STATUS_BAD_INPUT, "a full grid of up to 10 by 14 values");
    sweep_close(&w);
    sweep_open(&w, 5, 2, 0, 5);
    w.points.count = 9;
    assert_refused("multiples", &w.sample.data, &usual, STATUS_BAD_INPUT, "here are 9 points of 5 by 2");
    w.points.count = 10;
    w.points.week_count = 2;
    assert_refused("multiples", &w.sample.data, &usual, STATUS_BAD_INPUT, "--keep yearly or weekly");
    w.points.week_count = 11;
    assert_refused("multiples", &w.sample.data, &units, STATUS_USAGE, "measures of one unit share a panel");
    sweep_close(&w);
    sweep_open(&w, 3, 2, 4, 12);
    assert_refused("multiples", &w.sample.data, &two, STATUS_USAGE, "with three settings a panel shows one measure");
    sweep_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heat_of_two),
        cmocka_unit_test(heat_of_three_has_slices),
        cmocka_unit_test(no_word_is_left_out),
        cmocka_unit_test(bars_end_where_the_measure_does),
        cmocka_unit_test(a_logarithmic_range_has_round_ticks),
        cmocka_unit_test(a_target_is_marked_and_counted),
        cmocka_unit_test(gaps_are_hatched_and_told),
        cmocka_unit_test(one_run_has_no_interval),
        cmocka_unit_test(many_levels_leave_the_numbers_out),
        cmocka_unit_test(heat_of_one_or_scattered_is_refused),
        cmocka_unit_test(response_says_its_bands),
        cmocka_unit_test(response_of_two_has_named_lines),
        cmocka_unit_test(response_of_many_is_a_cloud),
        cmocka_unit_test(multiples_of_one_two_and_three),
        cmocka_unit_test(multiples_are_refused_where_there_are_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
