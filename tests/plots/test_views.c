/* The charts that are drawn when asked for: rings, layers, phase, spectrum, initiatives. What they say for many runs and
 * few, gaps and single weeks, numbers against worked ones, and wrong wishes. */
#include "look.h"

#include "../../sim/leaf/stats.h"
#include "../../sim/leaf/swell.h"

static const struct chart_options usual = {.singles = -1};
static const char *const kinds[] = {"rings", "layers", "phase", "spectrum", "initiatives"};
#define KINDS (sizeof kinds / sizeof kinds[0])

/* Load and residue in place of talks and interest. */
static struct column burdened[SAMPLE_COLUMNS];
static void burden(struct sample *s)
{
    memcpy(burdened, sample_columns, sizeof burdened);
    burdened[3] = (struct column){"load", "load", "weight of initiatives", COLUMN_STATE, "", 0, 1000};
    burdened[4] = (struct column){"residue", "load", "part of it", COLUMN_STATE, "", 0, 1000};
    burdened[2] = (struct column){"coherence", "0-1", "1 / (1 + load)", COLUMN_COMPONENT, "personal", 0, 1};
    s->data.columns = burdened;
    for (size_t k = 0; k < s->data.path_count * s->data.week_count; k++)
        s->values[k * SAMPLE_COLUMNS + 4] = 0.4 * s->values[k * SAMPLE_COLUMNS + 3];
}

static void open_for(struct sample *s, const char *kind, size_t weeks, size_t paths, int64_t every)
{
    sample_open(s, weeks, paths, every);
    if (strcmp(kind, "initiatives") == 0)
        burden(s);
    sample_event(s, "testing", EVENT_INITIATIVE, 80, 160, 0);
    sample_event(s, "budget cut", EVENT_SHOCK, 240, 280, 0);
}

static void all_say_n_and_what_bands_mean(void **state)
{
    (void)state;
    static const char *const words[KINDS][6] = {
        {"interest", "practice", "everyone", "middle 50 % of runs", "Areas are shares of all, medians of runs",
         "year 4"},
        {"interest", "practice", "median of runs", "middle 90 % of runs", "practice reaches 50 %",
         "school years since"},
        {"personal", "organizational", "median of runs", "middle 50 % of runs", "3 single runs", "year 0 (light)"},
        {"personal", "95 % interval of the mean", "noise with the same memory", "1 to 4 years", "Hann",
         "share of variance per factor e"},
        {"initiatives in force (mean of runs)", "residue of those that ended", "95 % interval of the mean load",
         "coherence", "middle 90 % of runs", "testing"},
    };
    for (size_t k = 0; k < KINDS; k++) {
        struct sample s;
        open_for(&s, kinds[k], 401, 40, 1);
        struct look look = look_well(kinds[k], &s.data, &usual);
        assert_says(&look, "n = 40 runs");
        assert_says(&look, "A school year has 40 weeks");
        assert_says(&look, "Scenario school");
        for (size_t i = 0; i < 6; i++)
            assert_says(&look, words[k][i]);
        look_end(&look);
        sample_close(&s);
    }
}

static void few_runs_claim_no_bands(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++)
        for (size_t paths = 1; paths <= 4; paths += 3) {
            struct sample s;
            open_for(&s, kinds[k], 120, paths, 3);
            struct look look = look_well(kinds[k], &s.data, &usual);
            assert_silent(&look, "middle 90");
            assert_silent(&look, "middle 50");
            if (paths == 1) {
                assert_says(&look, "n = 1 run");
                assert_silent(&look, "median of");
                assert_silent(&look, "95 %");
            }
            look_end(&look);
            sample_close(&s);
        }
}

static void gaps_and_short_runs_are_drawn(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        struct sample s;
        const size_t least = strcmp(kinds[k], "spectrum") == 0 ? 16 : 1;
        for (size_t weeks = least; weeks < least + 3; weeks++) {
            open_for(&s, kinds[k], weeks, 6, 1);
            struct look look = look_well(kinds[k], &s.data, &usual);
            look_end(&look);
            sample_close(&s);
        }
        open_for(&s, kinds[k], 200, 21, 2);
        for (size_t p = 0; p < 21; p++)
            for (size_t w = 0; w < 200; w++) {
                double *row = &s.values[(p * 200 + w) * SAMPLE_COLUMNS];
                row[0] = row[6] = (double)NAN;                                         /* nowhere defined */
                row[2] = row[3] = (w > 50 && w < 99) || p == 3 ? (double)NAN : row[2]; /* gaps */
                row[7] = row[1] = 0.25;                                                /* nothing happens */
            }
        struct look look = look_well(kinds[k], &s.data, &usual);
        look_end(&look);
        sample_close(&s);
    }
}

/* Interest rises over a half in week 40 p, practice 60 weeks later in even runs and never in odd ones. */
static void lags_are_those_of_the_runs(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 401, 9, 1);
    for (size_t p = 0; p < 9; p++)
        for (size_t w = 0; w < 401; w++) {
            double *row = &s.values[(p * 401 + w) * SAMPLE_COLUMNS];
            row[6] = w >= 10 * p + 5 ? 0.9 : 0.1;
            row[7] = w >= 10 * p + 5 + 60 && p != 4 && p != 7 ? 0.6 : 0.02;
        }
    struct look look = look_well("layers", &s.data, &usual);
    assert_says(&look, "practice reaches 50 % 1.5 years after interest");
    assert_says(&look, "7 of 9 get there");
    look_end(&look);
    /* none rises: said, not drawn */
    for (size_t k = 0; k < 9 * 401; k++)
        s.values[k * SAMPLE_COLUMNS + 7] = 0.02;
    look = look_well("layers", &s.data, &usual);
    assert_says(&look, "No lag of practice");
    assert_silent(&look, "years after");
    look_end(&look);
    sample_close(&s);
}

static void rings_show_the_weeks_asked_for(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 401, 25, 1);
    for (size_t k = 0; k < 25 * 401; k++) {
        s.values[k * SAMPLE_COLUMNS + 6] = 0.77;
        s.values[k * SAMPLE_COLUMNS + 7] = 0.31;
    }
    const int64_t weeks[] = {0, 37, 80};
    struct look look = look_well("rings", &s.data,
                                 &(struct chart_options){.singles = -1, .weeks = weeks, .week_count = 3});
    assert_says(&look, "year 0.925");
    assert_says(&look, "year 2");
    assert_says(&look, "77 \u00b7 31");
    assert_silent(&look, "year 5");
    look_end(&look);
    sample_close(&s);
}

/* A swing of two years in noise is found where it is. */
static void the_spectrum_finds_a_period(void **state)
{
    (void)state;
    struct sample s;
    uint64_t random = 3;
    sample_open(&s, 641, 21, 1);
    for (size_t p = 0; p < 21; p++)
        for (size_t w = 0; w < 641; w++)
            s.values[(p * 641 + w) * SAMPLE_COLUMNS] = 0.5 + 0.1 * sin(2 * 3.14159265 * (double)w / 80 + (double)p) +
                                                       0.05 * (sample_uniform(&random) - 0.5);
    struct look look = look_well("spectrum", &s.data, &(struct chart_options){.singles = -1, .columns = "personal"});
    assert_says(&look, "highest above the noise at 2.0 years");
    assert_silent(&look, "as a period too");
    look_end(&look);
    sample_event(&s, "planning together", EVENT_STRATEGY, 80, -1, 0);
    sample_event(&s, "later than shown", EVENT_SHOCK, 900, 980, 0);
    look = look_well("spectrum", &s.data, &(struct chart_options){.singles = -1, .columns = "personal"});
    assert_says(&look, "1 strategy, shock or initiative begins in these weeks");
    look_end(&look);
    sample_close(&s);
}

static void noise_has_the_sum_and_slope_of_its_series(void **state)
{
    (void)state;
    double values[400], power[200], sum = 0;
    uint64_t random = 5;
    values[0] = 0;
    for (int i = 1; i < 400; i++)
        values[i] = 0.9 * values[i - 1] + sample_uniform(&random) - 0.5;
    assert_int_equal(swell_noise(values, 400, power), 0);
    for (int k = 0; k < 200; k++) {
        sum += power[k];
        assert_true(power[k] > 0 && (k == 0 || power[k] <= power[k - 1] * 1.0000001)); /* memory: red */
    }
    assert_true(fabs(sum - 1) < 1e-9);
    assert_true(power[0] > 50 * power[199]);
    assert_int_equal(swell_noise(values, 15, power), -1);
}

static void wrong_wishes_are_told(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 60, 6, 1);
    assert_refused("initiatives", &s.data, &usual, STATUS_BAD_INPUT, "no column 'residue'");
    assert_refused("rings", &s.data, &(struct chart_options){.columns = "talks"}, STATUS_USAGE, "talks is no share");
    assert_refused("layers", &s.data, &(struct chart_options){.columns = "practise"}, STATUS_USAGE,
                   "did you mean 'practice'?");
    assert_refused("phase", &s.data, &(struct chart_options){.columns = "talks"}, STATUS_BAD_INPUT,
                   "needs two columns");
    s.data.column_count = 6; /* no layers left */
    assert_refused("layers", &s.data, &usual, STATUS_BAD_INPUT, "no shares that spread");
    s.data.column_count = SAMPLE_COLUMNS;
    s.data.week_count = 15;
    assert_refused("spectrum", &s.data, &usual, STATUS_BAD_INPUT, "16 rows or more");
    s.data.week_count = 60;
    sample_close(&s);
}

static void hostile_names_stay_inside(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        struct sample s;
        open_for(&s, kinds[k], 90, 22, 4);
        s.data.title =
            "A very long title that goes on and on \xff\xfe and \x1b[31m does not end before the page does, by far, "
            "because somebody pasted the abstract of the paper here";
        s.data.scenario = "\xe2\x80\xaereversed";
        struct look look = look_well(kinds[k], &s.data, &usual);
        look_end(&look);
        sample_close(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_say_n_and_what_bands_mean),
        cmocka_unit_test(few_runs_claim_no_bands),
        cmocka_unit_test(gaps_and_short_runs_are_drawn),
        cmocka_unit_test(lags_are_those_of_the_runs),
        cmocka_unit_test(rings_show_the_weeks_asked_for),
        cmocka_unit_test(the_spectrum_finds_a_period),
        cmocka_unit_test(noise_has_the_sum_and_slope_of_its_series),
        cmocka_unit_test(wrong_wishes_are_told),
        cmocka_unit_test(hostile_names_stay_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
