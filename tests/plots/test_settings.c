/* Charts of sensitivity: what they say of settings that are told from zero and of those that are not, of many, of long
 * names and of numbers that are not there. */
#include "look.h"

#include "../../plots/charts.h"

static const struct chart_options usual = {.singles = -1};

static struct chart_setting setting(const char *key, double size, double other, int told)
{
    return (struct chart_setting){.key = key,
                                  .size = {size, size - 0.02385, size + 0.02385},
                                  .other = {other, other - 0.01, other + 0.01},
                                  .told = told};
}

static struct chart_data data_of(const struct chart_setting *settings, size_t count)
{
    return (struct chart_data){.title = "A school of 60 plans together",
                               .scenario = "school",
                               .settings = settings,
                               .setting_count = count,
                               .measure = "personal after 10 years",
                               .unit = "0-1",
                               .basis = "n = 640 runs: 128 samples of 5 points, 1 replicate each.",
                               .command = "ebb sweep config.ini",
                               .commit = "0.1.0-g1234567",
                               .seed = 7};
}

static struct look well(const struct chart *chart, const struct chart_data *data)
{
    struct look look = look_draw(chart, data, &usual);
    assert_int_equal(look.status, STATUS_OK);
    assert_tidy(&look);
    return look;
}

static void what_they_say(void **state)
{
    (void)state;
    const struct chart_setting settings[] = {setting("structures.time", 0.61, 0.44, 1),
                                             setting("strategy shared planning.time", 0.31, 0.12, 1),
                                             setting("meetings.random", 0.011, 0.009, 0)};
    const struct chart_data data = data_of(settings, 3);
    static const char *const both[] = {"A school of 60 plans together",
                                       "What decides personal after 10 years",
                                       "structures.time",
                                       "strategy shared planning.time",
                                       "meetings.random",
                                       "n = 640 runs",
                                       "95 % intervals",
                                       "Scenario school",
                                       "0.1.0-g1234567"};
    struct look sobol = well(&sobol_chart, &data), morris = well(&morris_chart, &data);
    for (size_t i = 0; i < sizeof both / sizeof both[0]; i++) {
        assert_says(&sobol, both[i]);
        assert_says(&morris, both[i]);
    }
    assert_says(&sobol, "(meetings.random)");
    assert_silent(&sobol, "(structures.time)");
    assert_says(&sobol, "share of the variance that the settings decide");
    assert_says(&morris, "mean |effect| over a setting's range, 0-1");
    assert_says(&morris, "not told from zero");
    look_end(&sobol);
    look_end(&morris);
}

/* From growing parts of the samples: one of them too small for a number. */
static void growing_parts(void **state)
{
    (void)state;
    struct chart_setting settings[9];
    char names[9][40];
    for (size_t i = 0; i < 9; i++) {
        snprintf(names[i], sizeof names[i], "structures.setting_%zu", i);
        settings[i] = setting(names[i], 0.6 / (double)(i + 1), 0, i < 3);
        for (size_t k = 0; k < 3; k++)
            settings[i].grown[k] = (struct chart_estimate){settings[i].size.value, -0.1, 0.9};
        settings[i].grown[0] = (struct chart_estimate){(double)NAN, (double)NAN, (double)NAN};
    }
    struct chart_data data = data_of(settings, 9);
    data.step_count = 3;
    for (size_t k = 0; k < 3; k++)
        data.step_runs[k] = 8 << k;
    data.size_means = "share of the variance, with others";
    data.step_means = "samples that count";
    struct look look = well(&convergence_chart, &data);
    static const char *const words[] = {"told from growing parts of the runs",
                                        "32",
                                        "samples that count",
                                        "share of the variance, with others",
                                        "(structures.setting_3)",
                                        "structures.setting_0",
                                        "the 7 settings that do most",
                                        "n = 640 runs"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_says(&look, words[i]);
    assert_silent(&look, "(structures.setting_0)");
    assert_silent(&look, "setting_7");
    look_end(&look);
    data.step_count = 1;
    look = look_draw(&convergence_chart, &data, &usual);
    assert_int_equal(look.status, STATUS_BAD_INPUT);
    look_end(&look);
}

/* Many that cannot be told from zero lie on one spot; the rest is counted in the caption. */
static void many(void **state)
{
    (void)state;
    enum { MANY = 37 };
    struct chart_setting settings[MANY];
    char names[MANY][96];
    for (size_t i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof names[i], "strategy the %zuth of many that go by a rather long name.time", i);
        settings[i] = setting(names[i], i < 2 ? 0.5 / (double)(i + 1) : 0.001, i < 2 ? 0.2 : 0.001, i < 2);
    }
    const struct chart_data data = data_of(settings, MANY);
    struct look sobol = well(&sobol_chart, &data), morris = well(&morris_chart, &data);
    assert_says(&sobol, "7 settings that do less are left out.");
    assert_says(&morris, "7 settings that do less are left out.");
    look_end(&sobol);
    look_end(&morris);
}

static void nothing_to_show(void **state)
{
    (void)state;
    struct chart_setting settings[] = {setting("a.b", (double)NAN, (double)NAN, 0), setting("a.c", 0, 0, 0)};
    settings[1].size = settings[1].other = (struct chart_estimate){0, 0, 0};
    const struct chart_data data = data_of(settings, 2);
    struct look sobol = well(&sobol_chart, &data), morris = well(&morris_chart, &data);
    look_end(&sobol);
    look_end(&morris);
}

/* Indices beyond 0 and 1, as samples give them, stay on the page. */
static void beyond(void **state)
{
    (void)state;
    const struct chart_setting settings[] = {setting("a.b", 1.385, 1.2, 1), setting("a.c", -0.2385, -0.3, 0)};
    const struct chart_data data = data_of(settings, 2);
    struct look sobol = well(&sobol_chart, &data);
    assert_says(&sobol, "-0.5");
    assert_says(&sobol, "1.5");
    look_end(&sobol);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_they_say),   cmocka_unit_test(growing_parts), cmocka_unit_test(many),
        cmocka_unit_test(nothing_to_show), cmocka_unit_test(beyond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
