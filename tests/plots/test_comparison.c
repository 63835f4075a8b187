/* Charts of comparisons: what they say for two scenarios and for many, long and hostile names, gaps, no differences. */
#include "look.h"

static const struct chart_options usual = {.singles = -1};
enum { WEEKS = 101, PAIRS_MOST = 276 * 3, POINTS_MOST = 24 * 3 };

struct made {
    struct chart_data data;
    struct chart_comparison comparison;
    struct chart_pair pairs[PAIRS_MOST];
    struct chart_point points[POINTS_MOST];
    struct chart_look looks[5];
    char names[24][200];
    const char *scenarios[24];
    int64_t weeks[WEEKS];
    double mean[3][WEEKS], lo[3][WEEKS], hi[3][WEEKS];
};

/* Scenarios compared in `columns` measures of the sample. */
static struct made *make(size_t scenarios, size_t columns, const char *name)
{
    struct made *m = calloc(1, sizeof *m);
    uint64_t luck = 5;
    assert_non_null(m);
    for (size_t w = 0; w < WEEKS; w++) {
        m->weeks[w] = (int64_t)w * 4;
        for (size_t c = 0; c < 3; c++) {
            m->mean[c][w] = w < 20 ? 0 : 0.001 * (double)(w - 20) * (c == 1 ? -1 : 1);
            m->lo[c][w] = m->mean[c][w] - 0.01 - 0.002 * sample_uniform(&luck);
            m->hi[c][w] = m->mean[c][w] + 0.01;
        }
    }
    for (size_t i = 0; i < scenarios; i++)
        snprintf(m->names[i], sizeof m->names[i], i ? "%s %zu" : "none", name, i);
    for (size_t i = 0; i < scenarios; i++)
        m->scenarios[i] = m->names[i];
    size_t at = 0;
    for (size_t a = 1; a < scenarios; a++)
        for (size_t b = 0; b < a; b++)
            for (size_t c = 0; c < columns; c++)
                m->pairs[at++] = (struct chart_pair){.a = a,
                                                     .b = b,
                                                     .column = c,
                                                     .n = 40,
                                                     .mean = 0.01 * (double)(a - b),
                                                     .lo = 0.01 * (double)(a - b) - 0.015,
                                                     .hi = 0.01 * (double)(a - b) + 0.015,
                                                     .shown = a - b > 1,
                                                     .week_mean = m->mean[c],
                                                     .week_lo = m->lo[c],
                                                     .week_hi = m->hi[c]};
    for (size_t c = 0; c < columns; c++)
        for (size_t i = 0; i < scenarios; i++)
            m->points[c * scenarios + i] = (struct chart_point){.scenario = i,
                                                                .column = c,
                                                                .cost = 300 * (double)i,
                                                                .effect = 0.3 + 0.05 * sqrt((double)i),
                                                                .lo = 0.29 + 0.05 * sqrt((double)i),
                                                                .hi = 0.31 + 0.05 * sqrt((double)i),
                                                                .on = i != 1};
    for (int i = 0; i < 5; i++)
        m->looks[i] = (struct chart_look){20 << i, 0.05 / sqrt(1 << i)};
    m->comparison = (struct chart_comparison){.scenarios = m->scenarios,
                                              .scenario_count = scenarios,
                                              .pairs = m->pairs,
                                              .pair_count = at,
                                              .column_count = columns,
                                              .points = m->points,
                                              .point_count = columns * scenarios,
                                              .when = "mean of weeks 361 to 400, the last year",
                                              .interval = "bootstrap",
                                              .looks = m->looks,
                                              .look_count = 5,
                                              .asked = 0.0145};
    m->data = (struct chart_data){.title = "A school of 60 plans together",
                                  .scenario = "none, plan",
                                  .weeks_per_year = 40,
                                  .columns = sample_columns,
                                  .column_count = SAMPLE_COLUMNS,
                                  .weeks = m->weeks,
                                  .week_count = WEEKS,
                                  .comparison = &m->comparison,
                                  .command = "ebb compare",
                                  .commit = "0.1.0-g1234567",
                                  .seed = 23};
    return m;
}

static void says(const char *kind, const struct made *m, const char *const *words)
{
    struct look look = look_well(kind, &m->data, &usual);
    for (size_t i = 0; words[i]; i++)
        assert_says(&look, words[i]);
    look_end(&look);
}

static void three_scenarios(void **state)
{
    (void)state;
    struct made *m = make(3, 3, "plan");
    says("forest", m,
         (const char *const[]){"n = 40 pairs of runs", "plan 1 \u2212 none", "plan 2 \u2212 plan 1", "personal",
                               "organizational", "+0.010 [-0.005, +0.025]", "mean of weeks 361 to 400", "bootstrap",
                               "Holm for all 9", "seed 23", "difference (level, 0 to 1)", "none is shown", NULL});
    says("difference", m,
         (const char *const[]){"n = 40 pairs of runs", "plan 2 \u2212 none", "95 % interval of the mean",
                               "school years since the start", "each week by itself", NULL});
    says("frontier", m,
         (const char *const[]){"n = 40 runs of each scenario", "scenarios", "plan 2", "cost, in the user's unit",
                               "on the frontier", "level, 0 to 1", NULL});
    says("precision", m,
         (const char *const[]){"n = 320 runs", "asked: 0.0145", "after 5 looks", "about 94 of 100", "runs", NULL});
    free(m);
}

/* 24 orders of entry: every row is there, lines are chosen and it is said how. */
static void many_scenarios(void **state)
{
    (void)state;
    struct made *m = make(24, 3, "shared planning then coaching then data teams then walls opened");
    says("forest", m,
         (const char *const[]){"Holm for all 828", "Drawn are 23 of 276 pairs: with none", "23 \u2212 1", "24",
                               "shared planning then coaching then data teams then walls opened 23", NULL});
    says("difference", m,
         (const char *const[]){"Drawn are 7 of 276 pairs: with none", "Bands are left out", "2 \u2212 1", NULL});
    double width, height;
    chart_find("forest")->size(&m->data, &usual, &width, &height);
    assert_true(height < 1500);
    struct look look = look_at("frontier", &m->data, &usual); /* numbers of near points may touch */
    assert_int_equal(look.status, STATUS_OK);
    assert_says(&look, "24");
    look_end(&look);
    free(m);
}

static void one_measure_and_hostile_names(void **state)
{
    (void)state;
    struct made *m = make(2, 1,
                          "<b>&amp; \xff\xfe \u202e %s %n a name that goes on and on and on and on and on and on");
    m->pairs[0].column = 5; /* talks, in its own unit */
    m->data.title = "";
    says("forest", m, (const char *const[]){"talks", "difference (talks per teacher-week)", NULL});
    says("difference", m, (const char *const[]){"talks", NULL});
    says("frontier", m, (const char *const[]){"none", NULL});
    free(m);
}

/* No difference at all, no interval, weeks without values: drawn without a fault. */
static void gaps_and_nothing(void **state)
{
    (void)state;
    struct made *m = make(2, 3, "plan");
    for (int c = 0; c < 3; c++) {
        m->pairs[c].mean = c ? 0 : (double)NAN;
        m->pairs[c].lo = m->pairs[c].hi = c == 2 ? 0 : (double)NAN;
        m->pairs[c].n = (size_t)c;
        for (int w = 0; w < WEEKS; w++) {
            m->mean[c][w] = c == 0 || w % 5 == 0 ? (double)NAN : 0;
            m->lo[c][w] = m->hi[c][w] = c == 1 ? (double)NAN : 0;
        }
    }
    m->points[0].effect = m->points[0].lo = m->points[0].hi = (double)NAN;
    m->looks[0].half_width = (double)NAN;
    says("forest", m, (const char *const[]){"n = 0 to 2 pairs of runs", "NA", NULL});
    says("difference", m, (const char *const[]){"personal", NULL});
    says("frontier", m, (const char *const[]){"personal", NULL});
    says("precision", m, (const char *const[]){"asked: 0.0145", NULL});
    m->comparison.pair_count = 0;
    says("precision", m, (const char *const[]){"Mean of personal", NULL});
    free(m);
}

static void without_a_comparison(void **state)
{
    (void)state;
    struct made *m = make(2, 1, "plan");
    m->comparison.point_count = m->comparison.look_count = 0;
    assert_refused("frontier", &m->data, &usual, STATUS_BAD_INPUT, "costs anything");
    assert_refused("precision", &m->data, &usual, STATUS_BAD_INPUT, "--precision");
    m->data.comparison = NULL;
    static const char *const kinds[] = {"forest", "difference", "frontier", "precision"};
    for (size_t i = 0; i < 4; i++)
        assert_refused(kinds[i], &m->data, &usual, STATUS_BAD_INPUT, i < 2 ? "ebb compare" : "no ");
    free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_scenarios),
        cmocka_unit_test(many_scenarios),
        cmocka_unit_test(one_measure_and_hostile_names),
        cmocka_unit_test(gaps_and_nothing),
        cmocka_unit_test(without_a_comparison),
    };
    return cmocka_run_group_tests_name("comparison", tests, NULL, NULL);
}
