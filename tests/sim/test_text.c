/* Names that are near, hostile input made harmless, time in words. */
#include "../../sim/leaf/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void distances_are_edits(void **state)
{
    static const struct {
        const char *a, *b;
        size_t distance;
    } cases[] = {
        {"", "", 0},
        {"weeks", "weeks", 0},
        {"WEEKS", "weeks", 0},
        {"weeks", "wekes", 1},
        {"weeks", "weks", 1},
        {"weeks", "weeeks", 1},
        {"weeks", "", 5},
        {"", "weeks", 5},
        {"seed", "sede", 1},
        {"time", "emit", 3},
        {"ca", "abc", 3},
        {"units", "unit", 1},
        {"kitten", "sitting", 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(text_distance(cases[i].a, cases[i].b), cases[i].distance);
        assert_int_equal(text_distance(cases[i].b, cases[i].a), cases[i].distance);
    }
    char longest[1000];
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(text_distance(longest, "aaa"), sizeof longest - 1); /* near nothing, and no overrun */
}

static void nearest_name_is_found(void **state)
{
    static const char *const names[] = {"weeks", "replicates", "seed", "title", "model", "p", "q", "snapshots"};
    static const struct {
        const char *typed, *near;
    } cases[] = {
        {"wekks", "weeks"}, {"Weeks", "weeks"},       {"rep", "replicates"}, {"sed", "seed"}, {"seeds", "seed"},
        {"week", "weeks"},  {"modell", "model"},      {"xyzzy", NULL},       {"x", NULL},     {"P", "p"},
        {"", NULL},         {"snapshot_weeks", NULL}, {"snap", "snapshots"}, {"re", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text_near near = {.word = cases[i].typed};
        for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
            text_near_try(&near, names[n]);
        if (cases[i].near)
            assert_string_equal(near.best, cases[i].near);
        else
            assert_null(near.best);
    }
}

static void the_first_of_equals_wins(void **state)
{
    (void)state;
    struct text_near near = {.word = "cat"};
    text_near_try(&near, "bat");
    text_near_try(&near, "rat");
    assert_string_equal(near.best, "bat");
}

static void quoting_shows_every_byte(void **state)
{
    char out[TEXT_QUOTED];
    (void)state;
    assert_string_equal(text_quote("Größe", out), "'Größe'");
    assert_string_equal(text_quote("\033[2J", out), "'\\x1B[2J'");
    assert_string_equal(text_quote("a\tb\n", out), "'a\\x09b\\x0A'");
    assert_string_equal(text_quote("\xff\xc3", out), "'\\xFF\\xC3'");
    assert_string_equal(text_quote("\xe2\x80\xae", out), "'\\xE2\\x80\\xAE'"); /* turns the writing direction */
    assert_string_equal(text_quote("\xc2\x9b", out), "'\\xC2\\x9B'");          /* a control beyond ASCII */
    assert_string_equal(text_quote("", out), "''");
}

static void quoting_cuts_long_input(void **state)
{
    char out[TEXT_QUOTED], input[5000];
    (void)state;
    for (size_t length = TEXT_QUOTED - 10; length < TEXT_QUOTED + 10; length++) {
        memset(input, 'x', length);
        input[length] = '\0';
        const size_t quoted = strlen(text_quote(input, out));
        assert_true(quoted < TEXT_QUOTED);
        assert_int_equal(out[quoted - 1], '\'');
        assert_int_equal(text_utf8_valid(out, quoted), quoted);
    }
    memset(input, 0xff, sizeof input - 1);
    input[sizeof input - 1] = '\0';
    assert_true(strlen(text_quote(input, out)) < TEXT_QUOTED);
    assert_non_null(strstr(out, "…'"));
}

static void utf8_is_strict(void **state)
{
    static const struct {
        const char *bytes;
        size_t valid;
    } cases[] = {
        {"plain", 5},
        {"é", 2},
        {"€", 3},
        {"😀", 4},
        {"\x80", 0},
        {"a\xc0\x80", 1},
        {"\xed\xa0\x80", 0},
        {"\xf4\x90\x80\x80", 0},
        {"\xe0\x80\x80", 0},
        {"\xf0\x80\x80\x80", 0},
        {"ab\xe2\x82", 2},
        {"\xf5\x80\x80\x80", 0},
        {"\xc3(", 0},
        {"\xf4\x8f\xbf\xbf", 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(text_utf8_valid(cases[i].bytes, strlen(cases[i].bytes)), cases[i].valid);
}

static void printing_cannot_drive_a_terminal(void **state)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    (void)state;
    assert_non_null(out);
    text_print(out, "a\033]0;b\a é \xff");
    assert_int_equal(fclose(out), 0);
    assert_string_equal(text, "a\\x1B]0;b\\x07 é \\xFF");
    free(text);
}

static void weeks_read_as_years(void **state)
{
    static const struct {
        int64_t weeks;
        int year;
        const char *text;
    } cases[] = {
        {0, 40, "0 weeks"},        {1, 40, "1 week"},
        {39, 40, "39 weeks"},      {40, 40, "1 year"},
        {41, 40, "1 year 1 week"}, {85, 40, "2 years 5 weeks"},
        {400, 40, "10 years"},     {7, 1, "7 years"},
        {7, 0, "7 weeks"},         {16000000, 60, "266666 years 40 weeks"},
    };
    char out[TEXT_WEEKS];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(text_weeks(cases[i].weeks, cases[i].year, out), cases[i].text);
}

static void trimming_keeps_the_middle(void **state)
{
    char text[] = " \t a b \r\n", blank[] = "  ";
    (void)state;
    assert_string_equal(text_trim(text), "a b");
    assert_string_equal(text_trim(blank), "");
}

static void cutting_keeps_characters_whole(void **state)
{
    (void)state;
    assert_int_equal(text_fit("Anna", 10), 4);
    assert_int_equal(text_fit("Anna", 4), 4);
    assert_int_equal(text_fit("Anna", 3), 3);
    assert_int_equal(text_fit("a\u00e9\u20ac\U0001f600", 10), 10);
    assert_int_equal(text_fit("a\u00e9\u20ac\U0001f600", 9), 6);
    assert_int_equal(text_fit("a\u00e9\u20ac\U0001f600", 6), 6);
    assert_int_equal(text_fit("a\u00e9\u20ac\U0001f600", 5), 3);
    assert_int_equal(text_fit("a\u00e9\u20ac\U0001f600", 2), 1);
    assert_int_equal(text_fit("", 5), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_are_edits),      cmocka_unit_test(nearest_name_is_found),
        cmocka_unit_test(the_first_of_equals_wins), cmocka_unit_test(quoting_shows_every_byte),
        cmocka_unit_test(quoting_cuts_long_input),  cmocka_unit_test(cutting_keeps_characters_whole),
        cmocka_unit_test(utf8_is_strict),           cmocka_unit_test(printing_cannot_drive_a_terminal),
        cmocka_unit_test(weeks_read_as_years),      cmocka_unit_test(trimming_keeps_the_middle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
