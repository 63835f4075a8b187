/* Small multiples: a panel a school, network or district, each from its own paths alone. */
#include "look.h"

static const struct chart_options usual = {.singles = -1};

static void open_for(struct sample *s, size_t runs, size_t schools)
{
    sample_open(s, 201, runs * schools, 2);
    s->data.run_count = runs;
    s->data.school_count = schools;
    sample_event(s, "testing", EVENT_INITIATIVE, 80, 160, 0);
    sample_event(s, "planning together", EVENT_STRATEGY, 80, -1, 0);
    sample_event(s, "budget cut", EVENT_SHOCK, 240, 280, 0);
    sample_event(s, "later than shown", EVENT_SHOCK, 900, 980, 0);
}

static void every_school_has_its_panel(void **state)
{
    (void)state;
    for (size_t schools = 1; schools <= 30; schools += schools < 4 ? 1 : 13) {
        struct sample s;
        char last[32];
        open_for(&s, 6, schools);
        struct look look = look_well("schools", &s.data, &usual);
        snprintf(last, sizeof last, "school %zu", schools < 24 ? schools : 24);
        assert_says(&look, "n = 6 runs");
        assert_says(&look, last);
        assert_says(&look, "middle 50 % of runs");
        assert_says(&look, "budget cut from year 6");
        assert_says(&look, "A school year has 40 weeks");
        assert_silent(&look, "later than shown");
        if (schools > 24)
            assert_says(&look, "24 of 30 are drawn");
        look_end(&look);
        sample_close(&s);
    }
}

static void districts_go_by_their_names(void **state)
{
    (void)state;
    struct sample s;
    open_for(&s, 3, 3);
    s.data.level = "district";
    s.data.sets = "north\nsouth, at the sea";
    struct look look = look_well("schools", &s.data, &usual);
    assert_says(&look, "north");
    assert_says(&look, "south, at the sea");
    assert_says(&look, "schools in no district");
    assert_says(&look, "A panel is a district");
    assert_says(&look, "too few for quartiles");
    assert_silent(&look, "school 1");
    look_end(&look);
    s.data.sets = "";
    s.data.level = "all";
    s.data.school_count = 1;
    s.data.run_count = 9;
    look = look_well("schools", &s.data, &usual);
    assert_says(&look, "all schools");
    look_end(&look);
    sample_close(&s);
}

static void one_run_has_no_band(void **state)
{
    (void)state;
    struct sample s;
    open_for(&s, 1, 5);
    struct look look = look_well("schools", &s.data, &usual);
    assert_says(&look, "n = 1 run");
    assert_silent(&look, "middle 50");
    assert_silent(&look, "median");
    look_end(&look);
    sample_close(&s);
}

static void gaps_and_hostile_names_are_drawn(void **state)
{
    (void)state;
    struct sample s;
    open_for(&s, 5, 4);
    for (size_t k = 0; k < s.data.path_count * s.data.week_count; k++)
        s.values[k * SAMPLE_COLUMNS + 3] = k % 7 == 0 || k < 400 ? (double)NAN : s.values[k * SAMPLE_COLUMNS + 3];
    s.data.level = "district";
    s.data.sets =
        "<b>&amp;\n\xff\xfe\n \nA name that is much longer than a panel of this picture can ever be wide, and more";
    struct look look = look_well("schools", &s.data, &(struct chart_options){.columns = "repertoire,practice"});
    look_end(&look);
    sample_close(&s);
}

static void wrong_wishes_are_told(void **state)
{
    (void)state;
    struct sample s;
    open_for(&s, 5, 4);
    assert_refused("schools", &s.data, &(struct chart_options){.columns = "personal,talks"}, STATUS_USAGE,
                   "do not fit on it");
    assert_refused("schools", &s.data,
                   &(struct chart_options){.columns = "personal,interpersonal,organizational,interest,practice"},
                   STATUS_USAGE, "at most 4");
    assert_refused("schools", &s.data, &(struct chart_options){.columns = "tolks"}, STATUS_USAGE,
                   "did you mean 'talks'");
    sample_close(&s);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_school_has_its_panel), cmocka_unit_test(districts_go_by_their_names),
        cmocka_unit_test(one_run_has_no_band),        cmocka_unit_test(gaps_and_hostile_names_are_drawn),
        cmocka_unit_test(wrong_wishes_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
