/* Time series: what they say for many runs and few, long names, gaps, and wrong wishes. */
#include "look.h"

#include "../../plots/kit/bands.h"

static const struct chart_options usual = {.singles = -1};

static void three_events(struct sample *s)
{
    sample_event(s, "shared planning", EVENT_STRATEGY, 80, 200, 10);
    sample_event(s, "coaching in joint work", EVENT_STRATEGY, 120, 320, 40);
    sample_event(s, "budget cut", EVENT_SHOCK, 240, 280, 0);
}

static void forty_runs_have_both_bands(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 401, 40, 1);
    three_events(&s);
    struct look look = look_well("series", &s.data, &usual);
    static const char *const words[] = {"n = 40 runs",
                                        "median of runs",
                                        "middle 50 % of runs",
                                        "middle 90 % of runs",
                                        "3 single runs",
                                        "personal",
                                        "interpersonal",
                                        "organizational",
                                        "level, 0 to 1",
                                        "school years since the start",
                                        "shared planning",
                                        "coaching in joint work",
                                        "budget cut",
                                        "A school of 60 plans together",
                                        "seed 18446744073709551557",
                                        "0.1.0-g1234567",
                                        "Scenario school",
                                        "A school year has 40 weeks",
                                        "strategy",
                                        "shock"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_says(&look, words[i]);
    assert_silent(&look, "initiative");
    assert_silent(&look, "repertoire 0");
    look_end(&look);
    sample_close(&s);
}

static void few_runs_say_what_is_drawn(void **state)
{
    (void)state;
    static const struct {
        size_t paths;
        const char *says[3], *silent;
    } row[] = {{1, {"n = 1 run", "one run has no band", "personal"}, "median"},
               {2, {"n = 2 runs", "lowest to highest", "2 single runs"}, "middle"},
               {4, {"n = 4 runs", "lowest to highest", "4 single runs"}, "middle"},
               {5, {"n = 5 runs", "middle 50 %", "lowest to highest"}, "middle 90 %"},
               {19, {"n = 19 runs", "middle 50 %", "too few for a 90 % band"}, "middle 90 %"},
               {20, {"n = 20 runs", "middle 50 %", "middle 90 %"}, "lowest"}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct sample s;
        sample_open(&s, 57, row[i].paths, 7);
        struct look look = look_well("series", &s.data, &usual);
        for (size_t k = 0; k < 3; k++)
            assert_says(&look, row[i].says[k]);
        assert_silent(&look, row[i].silent);
        look_end(&look);
        sample_close(&s);
    }
}

static void schools_are_told_from_runs(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 90, 36, 1);
    s.data.run_count = 3;
    s.data.school_count = 12;
    struct look look = look_well("series", &s.data, &usual);
    assert_says(&look, "n = 36 schools (12 in each of 3 runs)");
    assert_says(&look, "middle 90 % of schools");
    look_end(&look);
    sample_close(&s);
}

/* Against quantiles worked out by hand: 1 to 21 in any order. */
static void bands_are_quantiles(void **state)
{
    (void)state;
    struct sample s;
    struct bands bands;
    sample_open(&s, 2, 21, 1);
    for (size_t p = 0; p < 21; p++) {
        s.values[(p * 2 + 0) * SAMPLE_COLUMNS + 4] = (double)((p * 8) % 21) + 1;
        s.values[(p * 2 + 1) * SAMPLE_COLUMNS + 4] = p < 20 ? (double)NAN : 2.385;
    }
    assert_int_equal(bands_of(&s.data, 4, &bands), 0);
    assert_float_equal(bands.outer_lo[0], 2, 1e-12);
    assert_float_equal(bands.inner_lo[0], 6, 1e-12);
    assert_float_equal(bands.median[0], 11, 1e-12);
    assert_float_equal(bands.inner_hi[0], 16, 1e-12);
    assert_float_equal(bands.outer_hi[0], 20, 1e-12);
    assert_float_equal(bands.median[1], 2.385, 1e-12);
    assert_int_equal(bands.n_least, 1);
    bands_free(&bands);
    s.data.path_count = 7;
    assert_int_equal(bands_of(&s.data, 4, &bands), 0);
    assert_float_equal(bands.outer_lo[0], 1, 1e-12); /* of 1 9 17 4 12 20 7: below twenty runs, the range */
    assert_float_equal(bands.outer_hi[0], 20, 1e-12);
    assert_float_equal(bands.median[0], 9, 1e-12);
    assert_true(isnan(bands.median[1]) && isnan(bands.outer_hi[1]));
    bands_free(&bands);
    sample_close(&s);
}

static void thirty_strategies_with_long_names(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 801, 3, 1);
    for (int i = 0; i < 30; i++) {
        char name[200];
        snprintf(name, sizeof name, "strategy %d, %s", i,
                 i % 3 ? "\u00c4rger \u00fcber \u00c7a et \u0141\u00f3d\u017a"
                       : "whose name goes on until nobody can read it any more");
        sample_event(&s, name,
                     i % 7 == 6    ? EVENT_SHOCK
                     : i % 11 == 3 ? EVENT_INITIATIVE
                                   : EVENT_STRATEGY,
                     i * 25, i % 5 == 0 ? -1 : i * 25 + 60, i % 4 * 10);
    }
    sample_event(&s, "after the end", EVENT_STRATEGY, 900, 950, 0);
    struct look look = look_well("series", &s.data, &usual);
    for (size_t i = 0; i < 30; i++)
        assert_says(&look, s.events[i].name);
    assert_silent(&look, "after the end");
    assert_says(&look, "1 strategy or shock lies outside these weeks");
    assert_says(&look, "initiative");
    look_end(&look);
    sample_close(&s);
}

static void names_that_are_hostile(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 81, 3, 1);
    sample_event(&s, "wrong \xff\xfe bytes", EVENT_STRATEGY, 10, 30, 0);
    sample_event(&s, "two\nlines <b>&amp;</b>", EVENT_SHOCK, 40, 40, 0);
    sample_event(&s, "", EVENT_STRATEGY, 40, -1, 100);
    struct look look = look_well("series", &s.data, &usual);
    assert_says(&look, "bytes");
    assert_says(&look, "<b>&amp;</b>");
    look_end(&look);
    sample_close(&s);
}

static void gaps_constants_and_single_weeks(void **state)
{
    (void)state;
    for (size_t weeks = 1; weeks <= 3; weeks++) {
        struct sample s;
        sample_open(&s, weeks, 6, 1);
        struct look look = look_well("series", &s.data, &usual);
        assert_says(&look, "weeks since the start");
        assert_silent(&look, "school year");
        look_end(&look);
        sample_close(&s);
    }
    struct sample s;
    sample_open(&s, 200, 6, 2);
    for (size_t p = 0; p < 6; p++)
        for (size_t w = 0; w < 200; w++) {
            double *row = &s.values[(p * 200 + w) * SAMPLE_COLUMNS];
            row[0] = NAN;
            row[1] = (w > 50 && w < 99) || p == 3 ? (double)NAN : row[1];
            row[2] = 0.25;
        }
    struct look look = look_well("series", &s.data, &usual);
    assert_says(&look, "undefined in every week");
    assert_says(&look, "undefined in some runs");
    assert_says(&look, "0.25");
    look_end(&look);
    sample_close(&s);
}

static void columns_are_chosen(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 120, 25, 2);
    struct chart_options o = {.singles = -1, .of = "personal"};
    struct look look = look_well("series", &s.data, &o);
    assert_says(&look, "congruence");
    assert_says(&look, "repertoire");
    assert_silent(&look, "interpersonal");
    look_end(&look);

    o = (struct chart_options){.singles = 0, .columns = " talks , practice"};
    look = look_well("series", &s.data, &o);
    assert_says(&look, "talks per teacher-week");
    assert_says(&look, "share");
    assert_silent(&look, "single run");
    assert_silent(&look, "personal");
    look_end(&look);

    o = (struct chart_options){.singles = -1,
                               .columns = "personal,talks,interest,practice,congruence,repertoire,organizational",
                               .overlaid = 1};
    look = look_well("series", &s.data, &o);
    assert_says(&look, "practice 0."); /* labelled at the end of its line */
    assert_says(&look, "talks 2.");
    look_end(&look);

    s.data.columns = sample_columns + 4; /* a model without capacities: its layers */
    s.data.column_count = SAMPLE_COLUMNS - 4;
    look = look_well("series", &s.data, &usual);
    assert_says(&look, "interest");
    assert_says(&look, "practice");
    assert_silent(&look, "talks");
    look_end(&look);
    sample_close(&s);
}

static void wrong_wishes_are_told(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 12, 3, 1);
    struct chart_options o = {.singles = -1, .columns = "personel,nonsense"};
    struct look look = look_at("series", &s.data, &o);
    assert_int_equal(look.status, STATUS_USAGE);
    assert_int_equal(look.faults.errors, 2);
    assert_non_null(strstr(look.faults.list[0].text, "did you mean 'personal'"));
    assert_non_null(strstr(look.faults.list[1].text, "'nonsense'"));
    look_end(&look);
    o = (struct chart_options){.of = "talks"};
    assert_refused("series", &s.data, &o, STATUS_USAGE, "allowed: personal, interpersonal, organizational");
    o.columns = "talks";
    assert_refused("series", &s.data, &o, STATUS_USAGE, "exclude each other");
    s.data.path_count = 0;
    assert_refused("series", &s.data, &usual, STATUS_BAD_INPUT, "nothing to draw");
    sample_close(&s);
}

/* How many points of a 1:1 drawing have about this colour, and between which heights. */
static int count_ink(const struct chart_data *data, struct colour colour, int *top, int *bottom)
{
    const struct chart_options o = {.columns = "personal", .singles = 0};
    const struct chart *chart = chart_find("series");
    double width, height;
    int count = 0;
    chart->size(data, &o, &width, &height);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)width, (int)height);
    cairo_t *cr = cairo_create(surface);
    style_source(cr, style_white, 1);
    cairo_paint(cr);
    assert_int_equal(chart->draw(cr, width, height, data, &o, NULL), STATUS_OK);
    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    *top = (int)height;
    *bottom = 0;
    for (int y = 90; y < (int)height; y++) /* below the key */
        for (int x = 60; x < 460; x++) {
            const unsigned char *bgr = pixels + y * stride + 4 * x;
            if (fabs(bgr[2] / 255.0 - colour.red) + fabs(bgr[1] / 255.0 - colour.green) +
                    fabs(bgr[0] / 255.0 - colour.blue) >
                0.15)
                continue;
            count++;
            *top = y < *top ? y : *top;
            *bottom = y > *bottom ? y : *bottom;
        }
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return count;
}

/* A constant is a level line, a rise goes across, nothing defined leaves no ink. */
static void lines_are_where_the_values_are(void **state)
{
    (void)state;
    struct sample s;
    int top, bottom;
    sample_open(&s, 201, 1, 1);
    for (size_t w = 0; w < 201; w++)
        s.values[w * SAMPLE_COLUMNS] = 0.4385;
    assert_in_range(count_ink(&s.data, style_series(0), &top, &bottom), 380, 900);
    assert_in_range(bottom - top, 0, 2);
    for (size_t w = 0; w < 201; w++)
        s.values[w * SAMPLE_COLUMNS] = (double)w / 200;
    assert_in_range(count_ink(&s.data, style_series(0), &top, &bottom), 133, 900);
    assert_in_range(bottom - top, 140, 190); /* nearly the height of the panel */
    for (size_t w = 0; w < 201; w++)
        s.values[w * SAMPLE_COLUMNS] = NAN;
    assert_int_equal(count_ink(&s.data, style_series(0), &top, &bottom), 0);
    sample_close(&s);
}

/* The check itself: a label moved onto another is found. */
static void collisions_are_found(void **state)
{
    (void)state;
    struct sample s;
    sample_open(&s, 90, 4, 1);
    struct look look = look_well("series", &s.data, &usual);
    const struct label_entry *other;
    assert_null(look_collision(&look, &other));
    look.log.list[3].box = look.log.list[5].box;
    look.log.list[3].box.x += 1.3;
    assert_non_null(look_collision(&look, &other));
    look_end(&look);
    sample_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forty_runs_have_both_bands),
        cmocka_unit_test(few_runs_say_what_is_drawn),
        cmocka_unit_test(schools_are_told_from_runs),
        cmocka_unit_test(bands_are_quantiles),
        cmocka_unit_test(thirty_strategies_with_long_names),
        cmocka_unit_test(names_that_are_hostile),
        cmocka_unit_test(gaps_constants_and_single_weeks),
        cmocka_unit_test(columns_are_chosen),
        cmocka_unit_test(wrong_wishes_are_told),
        cmocka_unit_test(collisions_are_found),
        cmocka_unit_test(lines_are_where_the_values_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
