/* One row of every kind: what is read, what is refused, what is written back; sets and their named sections. */
#include "../../sim/leaf/param.h"

#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ODD_PARAMS(X, S)                                                                             \
    X(S, REAL, share, "0.25", 0, 1, "share", "", "a share", "assumed")                               \
    X(S, REAL, wide, "-2.385e-7", -1e300, 1e300, "", "", "any number", "assumed")                    \
    X(S, REAL, open, "0", 0, INFINITY, "", "", "no upper bound", "assumed")                          \
    X(S, INTEGER, count, "-7", -9007199254740992.0, 9007199254740992.0, "", "", "counts", "assumed") \
    X(S, SEED, seed, "0xfeedfacecafebeef", 0, 0, "", "", "seeds", "assumed")                         \
    X(S, DURATION, length, "1.5y", 1, 16000000, "weeks", "", "lasts", "assumed")                     \
    X(S, DURATION, end, "never", -1, 16000000, "weeks", "", "ends", "assumed")                       \
    X(S, CHOICE, color, "green", 0, 0, "", "red|green|blue", "a color", "assumed")                   \
    X(S, TEXT, title, "as it is", 0, 0, "", "", "words", "assumed")                                  \
    X(S, PATH, file, "none", 0, 0, "", "", "a file", "assumed")                                      \
    X(S, REALS, curve, "0.1, 2.385, -3", -5, 5, "", "", "numbers", "assumed")                        \
    X(S, DURATIONS, moments, "0w, 2y", 0, 16000000, "weeks", "", "weeks", "assumed")
struct odd_params {
    ODD_PARAMS(PARAM_FIELD, odd_params)
};
static const struct param odd_rows[] = {ODD_PARAMS(PARAM_ROW, odd_params)};
static const struct param_group odd_group = PARAM_GROUP("odd", "Odd", odd_rows, struct odd_params);

#define NAMED_PARAMS(X, S) X(S, DURATION, start, "3w", 0, 100, "weeks", "", "starts", "assumed")
struct named_params {
    char name[PARAM_TEXT_SIZE];
    NAMED_PARAMS(PARAM_FIELD, named_params)
};
static const struct param named_rows[] = {NAMED_PARAMS(PARAM_ROW, named_params)};
static const struct param_group named_group = PARAM_GROUP_NAMED("named", "Named", named_rows, struct named_params);

static const struct param_group *const groups[] = {&odd_group, &named_group, NULL};
#define WEEKS_PER_YEAR 38

static int set_up(void **state)
{
    *state = param_set_new(groups, WEEKS_PER_YEAR);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    param_set_free(*state);
    return 0;
}

static const struct odd_params *odd(const struct param_set *set)
{
    return param_set_get(set, &odd_group, 0);
}

static enum status parse(struct param_set *set, const char *key, const char *text, struct faults *faults)
{
    const struct param_origin origin = {.from = ORIGIN_FILE, .line = 14};
    const struct param *row = param_find(&odd_group, key);
    assert_non_null(row);
    return param_set_parse(set, &odd_group, 0, row, text, origin, "/base", faults, "odd.ini");
}

static void defaults_are_read_like_any_text(void **state)
{
    const struct odd_params *p = odd(*state);
    assert_true(p->share == 0.25);
    assert_true(p->wide == -2.385e-7);
    assert_int_equal(p->count, -7);
    assert_true(p->seed == UINT64_C(0xfeedfacecafebeef));
    assert_int_equal(p->length, 57);
    assert_int_equal(p->end, -1);
    assert_int_equal(p->color, 1);
    assert_string_equal(p->title, "as it is");
    assert_string_equal(p->file, "");
    assert_int_equal(p->curve.count, 3);
    assert_true(p->curve.value[1] == 2.385);
    assert_true(p->moments.value[1] == 2 * WEEKS_PER_YEAR);
    assert_int_equal(param_set_origin(*state, &odd_group, 0, &odd_rows[0]).from, ORIGIN_DEFAULT);
    assert_int_equal(param_set_weeks_per_year(*state), WEEKS_PER_YEAR);
}

/* text in, and the text that comes back: NULL when it must be refused. */
static const struct {
    const char *key, *text, *back;
} texts[] = {
    {"share", "0", "0"},
    {"share", "1", "1"},
    {"share", "+0.55", "0.55"},
    {"share", ".5", "0.5"},
    {"share", "1e-3", "0.001"},
    {"share", "0.1", "0.1"},
    {"share", "0.30000000000000004", "0.30000000000000004"},
    {"share", "-0", "0"},
    {"share", "0.99999999999999994", "0.9999999999999999"},
    {"share", "1.0000000000000002", NULL},
    {"share", "-1e-300", NULL},
    {"share", "", NULL},
    {"share", " 0.5", NULL},
    {"share", "0.5 0.6", NULL},
    {"share", "0.5x", NULL},
    {"share", "0,5", NULL},
    {"share", "50%", NULL},
    {"share", "nan", NULL},
    {"share", "inf", NULL},
    {"share", "-inf", NULL},
    {"share", "0x1p-1", NULL},
    {"share", "1e", NULL},
    {"share", "e5", NULL},
    {"share", "--1", NULL},
    {"share", "1e-400", NULL},
    {"wide", "5e-324", NULL},
    {"wide", "1e308", NULL},
    {"wide", "1e999", NULL},
    {"wide", "-1e300", "-1e+300"},
    {"open", "1e308", "1e+308"},
    {"open", "1e309", NULL},
    {"open", "inf", NULL},
    {"count", "9007199254740992", "9007199254740992"},
    {"count", "-9007199254740992", "-9007199254740992"},
    {"count", "9223372036854775807", NULL},
    {"count", "9223372036854775808", NULL},
    {"count", "+3", "3"},
    {"count", "007", "7"},
    {"count", "3.0", NULL},
    {"count", "1e3", NULL},
    {"count", "0x10", NULL},
    {"count", "", NULL},
    {"count", "-", NULL},
    {"count", "1 000", NULL},
    {"seed", "0", "0"},
    {"seed", "18446744073709551615", "18446744073709551615"},
    {"seed", "0xffffffffffffffff", "18446744073709551615"},
    {"seed", "9223372036854775809", "9223372036854775809"},
    {"seed", "18446744073709551616", NULL},
    {"seed", "0x10000000000000000", NULL},
    {"seed", "-1", NULL},
    {"seed", "+1", NULL},
    {"seed", "0x", NULL},
    {"seed", "1.0", NULL},
    {"seed", "", NULL},
    {"length", "10w", "10w"},
    {"length", "2y", "76w"},
    {"length", "1.5y", "57w"},
    {"length", "0.5y", "19w"},
    {"length", "7", "7w"},
    {"length", "16000000", "16000000w"},
    {"length", "16000001w", NULL},
    {"length", "0w", NULL},
    {"length", "0.4y", NULL},
    {"length", "1.5w", NULL},
    {"length", "-1", NULL},
    {"length", "never", NULL},
    {"length", "y", NULL},
    {"length", "10 w", NULL},
    {"length", "10W", NULL},
    {"length", "10wy", NULL},
    {"length", "ten", NULL},
    {"length", "1e3w", NULL},
    {"length", "", NULL},
    {"length", "99999999999999999999999999999999999999999999999999999999999999999999999w", NULL},
    {"end", "never", "never"},
    {"end", "0", "0w"},
    {"end", "-1", NULL},
    {"end", "-1w", NULL},
    {"color", "red", "red"},
    {"color", "blue", "blue"},
    {"color", "Blue", NULL},
    {"color", "gree", NULL},
    {"color", "red|green", NULL},
    {"color", "", NULL},
    {"title", "", ""},
    {"title", "  spaces kept  ", "  spaces kept  "},
    {"title", "Größe \"quoted\" ; # = [x]", "Größe \"quoted\" ; # = [x]"},
    {"title", "two\nlines", NULL},
    {"title", "bell\a", NULL},
    {"title", "\xff", NULL},
    {"title", "\xc2\x9b", NULL},     /* a control beyond ASCII */
    {"title", "\xe2\x80\xae", NULL}, /* turns the writing direction */
    {"file", "none", "none"},
    {"file", "", "none"},
    {"file", "a b.csv", "/base/a b.csv"},
    {"file", "./x/../y.csv", "/base/x/../y.csv"},
    {"file", ".//./y.csv", "/base/y.csv"},
    {"file", "/abs/z.csv", "/abs/z.csv"},
    {"file", "./none", "/base/none"},
    {"file", "~/z.csv", NULL},
    {"file", "new\nline", NULL},
    {"curve", "1", "1"},
    {"curve", " 1 ,2,-5 ", "1, 2, -5"},
    {"curve", "none", "none"},
    {"curve", "", "none"},
    {"curve", "1,", NULL},
    {"curve", ",1", NULL},
    {"curve", "1,,2", NULL},
    {"curve", "1 2", NULL},
    {"curve", "1, 5.1", NULL},
    {"curve", "1; 2", NULL},
    {"curve", "1, 0.0000000000000000000000000000000000000000000000000000000000000000000001", NULL},
    {"moments", "0w,1y , 3", "0w, 38w, 3w"},
    {"moments", "1y, never", NULL},
    {"moments", "1.5w", NULL},
    {"moments", "none", "none"},
};

static void each_text_is_read_or_refused(void **state)
{
    struct param_set *set = *state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct faults faults = {0};
        char before[8192], text[8192];
        const struct param *row = param_find(&odd_group, texts[i].key);
        param_set_format(set, &odd_group, 0, row, before, sizeof before);
        const enum status status = parse(set, texts[i].key, texts[i].text, &faults);
        const int length = param_set_format(set, &odd_group, 0, row, text, sizeof text);
        if ((status == STATUS_OK) != (texts[i].back != NULL))
            fail_msg("%s = %s: status %d", texts[i].key, texts[i].text, (int)status);
        assert_string_equal(text, texts[i].back ? texts[i].back : before);
        assert_int_equal(length, strlen(text));
        assert_int_equal(faults.errors, texts[i].back ? 0 : 1);
        if (!texts[i].back) {
            char full[80];
            snprintf(full, sizeof full, "odd.%s is ", texts[i].key);
            assert_string_equal(faults.list[0].file, "odd.ini");
            assert_int_equal(faults.list[0].line, 14);
            assert_ptr_equal(strstr(faults.list[0].text, full), faults.list[0].text);
            assert_non_null(strstr(faults.list[0].text, "llowed: "));
        } else {
            assert_int_equal(param_set_origin(set, &odd_group, 0, row).line, 14);
        }
        faults_free(&faults);
    }
}

static void what_is_written_reads_back(void **state)
{
    struct param_set *set = *state;
    const double hard[] = {
        2.2250738585072014e-308, 0.1,  1.0 / 3, 2.385, 1e300, -1e300, 123456789.123456789, nextafter(1, 0),
        nextafter(1, 2),         4.35, 1e23};
    for (size_t i = 0; i < sizeof hard / sizeof hard[0]; i++) {
        char text[64];
        snprintf(text, sizeof text, "%.17g", hard[i]);
        assert_int_equal(parse(set, "wide", text, NULL), STATUS_OK);
        assert_true(odd(set)->wide == hard[i]);
        param_set_format(set, &odd_group, 0, param_find(&odd_group, "wide"), text, sizeof text);
        assert_int_equal(parse(set, "wide", text, NULL), STATUS_OK);
        assert_true(odd(set)->wide == hard[i]);
    }
}

static void the_longest_texts_and_lists(void **state)
{
    struct param_set *set = *state;
    char text[4 * PARAM_LIST_MAX + 8], word[PARAM_TEXT_SIZE + 1];
    memset(word, 'w', sizeof word);
    word[PARAM_TEXT_SIZE] = '\0';
    assert_int_equal(parse(set, "title", word, NULL), STATUS_BAD_INPUT);
    word[PARAM_TEXT_SIZE - 1] = '\0';
    assert_int_equal(parse(set, "title", word, NULL), STATUS_OK);
    assert_string_equal(odd(set)->title, word);
    assert_int_equal(parse(set, "file", word, NULL), STATUS_BAD_INPUT); /* "/base/" does not fit before it */
    word[PARAM_TEXT_SIZE - 1 - strlen("/base/")] = '\0';
    assert_int_equal(parse(set, "file", word, NULL), STATUS_OK);
    assert_int_equal(strlen(odd(set)->file), PARAM_TEXT_SIZE - 1);

    for (size_t i = 0; i <= PARAM_LIST_MAX; i++)
        memcpy(text + 3 * i, "-3,", 4);
    text[3 * PARAM_LIST_MAX + 2] = '\0'; /* one entry too many */
    assert_int_equal(parse(set, "curve", text, NULL), STATUS_BAD_INPUT);
    text[3 * PARAM_LIST_MAX - 1] = '\0';
    assert_int_equal(parse(set, "curve", text, NULL), STATUS_OK);
    assert_int_equal(odd(set)->curve.count, PARAM_LIST_MAX);
}

static void formatting_tells_the_length_it_needs(void **state)
{
    char small[5] = "xxxx";
    const struct param *row = param_find(&odd_group, "title");
    assert_int_equal(param_set_format(*state, &odd_group, 0, row, small, sizeof small), strlen("as it is"));
    assert_string_equal(small, "as i");
    assert_int_equal(param_set_format(*state, &odd_group, 0, row, NULL, 0), strlen("as it is"));
}

static void what_is_allowed_reads_well(void **state)
{
    static const struct {
        const char *key, *text;
    } cases[] = {
        {"share", "0 to 1"},
        {"open", "0 or more"},
        {"seed", "0 to 18446744073709551615"},
        {"length", "1w to 16000000w"},
        {"end", "0w to 16000000w, or never"},
        {"color", "red, green, blue"},
        {"curve", "-5 to 5 each, separated by commas; none for an empty list"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[200];
        const int length = param_allowed(param_find(&odd_group, cases[i].key), text, sizeof text);
        assert_string_equal(text, cases[i].text);
        assert_int_equal(length, strlen(text));
    }
    for (int kind = PARAM_REAL; kind <= PARAM_DURATIONS; kind++)
        assert_string_not_equal(param_kind_name((enum param_kind)kind), "value");
}

static void the_nearest_choice_is_named(void **state)
{
    struct faults faults = {0};
    assert_int_equal(parse(*state, "color", "gren", &faults), STATUS_BAD_INPUT);
    assert_string_equal(faults.list[0].text,
                        "odd.color is 'gren', not one of its choices; did you mean green? Allowed: red, green, blue");
    faults_free(&faults);
}

static void named_sections_are_added_once(void **state)
{
    struct param_set *set = *state;
    struct faults faults = {0};
    const struct param_origin origin = {.from = ORIGIN_SET};
    assert_int_equal(param_set_count(set, &named_group), 0);
    assert_int_equal(param_set_add(set, &named_group, "first", &faults, "f", 1), 0);
    assert_int_equal(param_set_add(set, &named_group, "zweites Größe", &faults, "f", 2), 1);
    assert_int_equal(param_set_add(set, &named_group, "first", &faults, "f", 3), -1);
    assert_int_equal(param_set_add(set, &named_group, "", &faults, "f", 4), -1);
    assert_int_equal(param_set_add(set, &named_group, "a=b", &faults, "f", 5), -1);
    assert_int_equal(param_set_add(set, &named_group, "a]b", &faults, "f", 6), -1);
    assert_int_equal(param_set_add(set, &named_group, "a\nb", &faults, "f", 7), -1);
    assert_int_equal(faults.errors, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(faults.list[i].line, 3 + (int)i);
    faults_free(&faults);
    assert_int_equal(param_set_count(set, &named_group), 2);
    assert_int_equal(param_set_parse(set, &named_group, 1, &named_rows[0], "9w", origin, NULL, NULL, NULL), STATUS_OK);
    const struct named_params *first = param_set_get(set, &named_group, 0),
                              *second = param_set_get(set, &named_group, 1);
    assert_string_equal(second->name, "zweites Größe");
    assert_int_equal(first->start, 3);
    assert_int_equal(second->start, 9);
    assert_int_equal(param_set_origin(set, &named_group, 1, &named_rows[0]).from, ORIGIN_SET);
    assert_int_equal(param_set_origin(set, &named_group, 0, &named_rows[0]).from, ORIGIN_DEFAULT);
}

static void there_is_an_end_to_named_sections(void **state)
{
    struct faults faults = {0};
    char name[PARAM_TEXT_SIZE + 1];
    for (int i = 0; i < PARAM_NAMED_MAX; i++) {
        snprintf(name, sizeof name, "n%d", i);
        assert_int_equal(param_set_add(*state, &named_group, name, &faults, NULL, 0), i);
    }
    assert_int_equal(param_set_add(*state, &named_group, "more", &faults, NULL, 0), -1);
    memset(name, 'n', PARAM_TEXT_SIZE);
    name[PARAM_TEXT_SIZE] = '\0';
    assert_int_equal(param_set_add(*state, &named_group, name, &faults, NULL, 0), -1);
    assert_int_equal(faults.errors, 2);
    faults_free(&faults);
}

static void a_copy_stands_alone(void **state)
{
    struct param_set *set = *state;
    assert_int_equal(param_set_add(set, &named_group, "first", NULL, NULL, 0), 0);
    struct param_set *copy = param_set_copy(set);
    assert_non_null(copy);
    assert_int_equal(parse(set, "share", "0.75", NULL), STATUS_OK);
    assert_int_equal(param_set_add(set, &named_group, "second", NULL, NULL, 0), 1);
    assert_true(odd(copy)->share == 0.25);
    assert_int_equal(param_set_count(copy, &named_group), 1);
    assert_int_equal(parse(copy, "share", "0.125", NULL), STATUS_OK);
    assert_true(odd(set)->share == 0.75);
    assert_int_equal(param_set_origin(copy, &odd_group, 0, &odd_rows[1]).from, ORIGIN_DEFAULT);
    param_set_free(copy);
}

static void unknown_names_are_null(void **state)
{
    (void)state;
    assert_ptr_equal(param_group_find(groups, "odd"), &odd_group);
    assert_null(param_group_find(groups, "Odd"));
    assert_null(param_find(&odd_group, "shar"));
    param_set_free(NULL);
}

#define BROKEN_PARAMS(X, S) X(S, REAL, beyond, "2", 0, 1, "", "", "its default is out of bounds", "assumed")
struct broken_params {
    BROKEN_PARAMS(PARAM_FIELD, broken_params)
};

static void a_default_out_of_bounds_makes_no_set(void **state)
{
    static const struct param rows[] = {BROKEN_PARAMS(PARAM_ROW, broken_params)};
    static const struct param_group group = PARAM_GROUP("broken", "Broken", rows, struct broken_params);
    static const struct param_group *const broken[] = {&group, NULL};
    (void)state;
    assert_null(param_set_new(broken, 40));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(defaults_are_read_like_any_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_text_is_read_or_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_written_reads_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_longest_texts_and_lists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(formatting_tells_the_length_it_needs, set_up, tear_down),
        cmocka_unit_test(what_is_allowed_reads_well),
        cmocka_unit_test_setup_teardown(the_nearest_choice_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(named_sections_are_added_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_is_an_end_to_named_sections, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_copy_stands_alone, set_up, tear_down),
        cmocka_unit_test(unknown_names_are_null),
        cmocka_unit_test(a_default_out_of_bounds_makes_no_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
