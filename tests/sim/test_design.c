/* Designs: every form an axis is written in, every kind of design, every way to ask for none. The properties of the
 * drawn ones are exact (a stratum each, a net, a step each), so nothing here fails by chance. */
#include "../../sim/design/design.h"

#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../near.h"

#define FARM_PARAMS(X, S)                                                  \
    X(S, REAL, rain, "0.25", 0, 1, "share", "", "a share", "")             \
    X(S, REAL, any, "0", -1e300, INFINITY, "", "", "any number", "")       \
    X(S, INTEGER, cows, "60", 1, 100, "cows", "", "cows", "")              \
    X(S, DURATION, fallow, "2y", -1, 4000, "weeks", "", "rest", "")        \
    X(S, CHOICE, crop, "rye", 0, 0, "", "oats|rye|beet", "what grows", "") \
    X(S, TEXT, motto, "", 0, 0, "", "", "words", "")                       \
    X(S, SEED, salt, "7", 0, 0, "", "", "a second seed", "")               \
    X(S, REALS, curve, "0.1", 0, 1, "", "", "numbers", "")
struct farm_params {
    FARM_PARAMS(PARAM_FIELD, farm_params)
};
static const struct param farm_rows[] = {FARM_PARAMS(PARAM_ROW, farm_params)};
static const struct param_group farm_group = PARAM_GROUP("farm", "A farm", farm_rows, struct farm_params);

#define FIELD_PARAMS(X, S) X(S, REAL, share, "0", -1, 1, "share", "", "change of the share", "")
struct field_params {
    char name[PARAM_TEXT_SIZE];
    FIELD_PARAMS(PARAM_FIELD, field_params)
};
static const struct param field_rows[] = {FIELD_PARAMS(PARAM_ROW, field_params)};
static const struct param_group field_group = PARAM_GROUP_NAMED("field", "A field", field_rows, struct field_params);

static const struct param_group *const groups[] = {&sweep_group, &vary_group, &farm_group, &field_group, NULL};
static const struct param_group *const fixed[] = {&sweep_group, &vary_group, NULL};

static void farm_check(const struct param_set *set, const struct model_input *input, struct faults *faults)
{
    const struct farm_params *farm = param_set_get(set, &farm_group, 0);
    (void)input;
    if (farm->rain > 0.8 && farm->cows > 50)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "farm.cows drown");
}
static const struct model farm_model = {.name = "farm", .check = farm_check};

static struct param_set *set;
static struct faults faults;

static int begin(void **state)
{
    (void)state;
    set = param_set_new(groups, 40);
    faults = (struct faults){0};
    return set && param_set_add(set, &field_group, "by the river", NULL, NULL, 0) == 0 ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    param_set_free(set);
    faults_free(&faults);
    return 0;
}

static void give(const char *key, const char *value)
{
    const struct param *row = param_find(&sweep_group, key);
    assert_int_equal(
        param_set_parse(set, &sweep_group, 0, row, value, (struct param_origin){.from = ORIGIN_SET}, NULL, NULL, NULL),
        STATUS_OK);
}

static enum status vary(const char *text)
{
    return design_vary_set(set, text, &faults);
}

static enum status make(struct design *design)
{
    return design_of_set(set, fixed, (char *[]){"farm.ini"}, 2385, design, &faults);
}

/* The design of one axis must be refused with a sentence that holds these words. */
static void refused(const char *text, const char *words)
{
    struct design design;
    begin(NULL);
    const enum status status = vary(text) == STATUS_OK ? make(&design) : STATUS_BAD_INPUT;
    if (status == STATUS_OK)
        fail_msg("%s is taken", text);
    if (faults.count != 1 || !strstr(faults.list[0].text, words))
        fail_msg("%s: '%s' does not say '%s'", text, faults.count ? faults.list[0].text : "nothing", words);
    end(NULL);
}

/* The design of one axis visits exactly these values. */
static void visits(const char *text, const char *expected)
{
    struct design design;
    char found[400] = "", value[64];
    begin(NULL);
    if (vary(text) != STATUS_OK || make(&design) != STATUS_OK)
        fail_msg("%s: %s", text, faults.list[0].text);
    for (int64_t p = 0; p < design.points; p++) {
        design_format(&design, p, 0, value, sizeof value);
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", p ? " " : "", value);
    }
    assert_string_equal(found, expected);
    design_free(&design);
    end(NULL);
}

static void axes_are_read(void **state)
{
    (void)state;
    visits("farm.rain=0.1, 0.25,0.4", "0.1 0.25 0.4");
    visits("farm.rain=0:1:0.1", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1");
    visits("farm.rain = 0:1:0.3", "0 0.3 0.6 0.9");
    visits("farm.rain=0.2:0.7/3", "0.2 0.45 0.7");
    visits("farm.rain=log 0.001:1/4", "0.001 0.01 0.1 1");
    visits("farm.cows=3:11:4", "3 7 11");
    visits("farm.cows=log 1:100/3", "1 10 100");
    visits("farm.fallow=1y:2y:20w", "40w 60w 80w");
    visits("farm.fallow=1y, never", "40w never");
    visits("farm.crop=beet,oats", "beet oats");
    visits("farm.crop=all", "oats rye beet");
    visits("farm.rain=all/3", "0 0.5 1");
    visits("farm.cows=log all / 3", "1 10 100");
    visits("farm.motto=grow or go, grow: well", "grow or go grow: well");
    visits("field by the river.share=-1:1/3", "-1 0 1");
}

static void wrong_axes_are_told(void **state)
{
    (void)state;
    refused("farm.rian=0,1", "did you mean farm.rain?");
    refused("rain=0,1", "did you mean farm.rain?");
    refused("zzz=0,1", "section.key");
    refused("field by the rivers.share=0,1", "did you mean field by the river.share?");
    refused("field.share=0,1", "write 'field NAME.share'; the names here are by the river");
    refused("field at the top of the hill.share=0,1", "the names here are by the river");
    refused("farm.rain=0.5,1.2", "is to take '1.2', out of range; allowed: 0 to 1");
    refused("farm.rain=0:2:0.5", "out of range");
    refused("farm.rain=0:1:0", "step must be above 0");
    refused("farm.rain=0:1:-0.1", "step must be above 0");
    refused("farm.rain=0:1:1e-9", "ten million");
    refused("farm.rain=1:0:0.1", "first value must be below");
    refused("farm.rain=0.5:0.5", "first value must be below");
    refused("farm.rain=0:1", "write 0:1/5");
    refused("farm.rain=0:1/1", "2 to 10000000");
    refused("farm.rain=0:1/5x", "2 to 10000000");
    refused("farm.rain=log 0:1/4", "begin above 0");
    refused("farm.rain=log 0.1:1:0.1", "number of values");
    refused("farm.rain=log 0.1,0.3", "before a range");
    refused("farm.rain=0.3,0.3", "same value twice");
    refused("farm.rain=0.3,,0.4", "empty");
    refused("farm.rain=", "is no value");
    refused("farm.cows=1:3/4", "so many whole values");
    refused("farm.cows=1.5,2", "not a whole number");
    refused("farm.crop=oat", "did you mean oats");
    refused("farm.any=all", "no bounds");
    refused("farm.rain=all", "write all/5");
    refused("farm.rain=all/x", "2 to 10000000");
    refused("farm.rain=allow", "not a number");
    refused("farm.rain=log all/3", "begin above 0");
    refused("farm.crop=all/2", "is written all");
    refused("farm.fallow=never:2y:1y", "never is no end");
    refused("farm.salt=1,2", "cannot be varied");
    refused("farm.curve=0.1,0.2", "cannot be varied");
    refused("sweep.points=1,2", "holds for a whole sweep");
    refused("farm.rain", "has not the form");
    refused("=0,1", "has not the form");
}

/* What would be used by nothing is refused, or in a file told. */
static void nothing_is_set_in_vain(void **state)
{
    struct design design;
    const struct param *rain = param_find(&farm_group, "rain");
    (void)state;
    assert_int_equal(vary("farm.rain=0.2,0.4"), STATUS_OK);
    assert_int_equal(
        param_set_parse(set, &farm_group, 0, rain, "0.3", (struct param_origin){.from = ORIGIN_SET}, NULL, NULL, NULL),
        STATUS_OK);
    assert_int_equal(make(&design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[0].text, "farm.rain is varied, and --set gives it one value"));
    assert_int_equal(
        param_set_parse(set, &farm_group, 0, rain, "0.3", (struct param_origin){.from = ORIGIN_FILE}, NULL, NULL, NULL),
        STATUS_OK);
    give("points", "7");
    assert_int_equal(make(&design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[1].text, "sweep.points is 7, which is for random"));
    assert_int_equal(param_set_parse(set, &sweep_group, 0, param_find(&sweep_group, "points"), "7",
                                     (struct param_origin){.from = ORIGIN_FILE, .line = 3}, NULL, NULL, NULL),
                     STATUS_OK);
    assert_int_equal(make(&design), STATUS_OK);
    assert_true(faults.list[2].warning);
    assert_int_equal(faults.list[2].line, 3);
    design_free(&design);
}

static void grid_turns_its_last_axis_fastest(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0.2,0.4"), STATUS_OK);
    assert_int_equal(vary("farm.cows=3,5,9"), STATUS_OK);
    assert_int_equal(vary("farm.crop=all"), STATUS_OK);
    assert_int_equal(make(&design), STATUS_OK);
    assert_int_equal(design.points, 18);
    for (int64_t p = 0; p < 18; p++) {
        assert_near(design_value(&design, p, 0), p < 9 ? 0.2 : 0.4, 0);
        assert_near(design_value(&design, p, 1), ((double[]){3, 5, 9}[p / 3 % 3]), 0);
        assert_near(design_value(&design, p, 2), (double)(p % 3), 0);
    }
    design_free(&design);
}

static void points_reach_the_set(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0.2,0.4"), STATUS_OK);
    assert_int_equal(vary("farm.fallow=3w,1y"), STATUS_OK);
    assert_int_equal(vary("field by the river.share=-0.5,0.5"), STATUS_OK);
    assert_int_equal(vary("farm.motto=a b,c"), STATUS_OK);
    give("design", "zip");
    assert_int_equal(make(&design), STATUS_OK);
    assert_int_equal(design.points, 2);
    struct param_set *copy = param_set_copy(set);
    assert_int_equal(design_apply(&design, 1, copy, &faults), STATUS_OK);
    const struct farm_params *farm = param_set_get(copy, &farm_group, 0);
    const struct field_params *field = param_set_get(copy, &field_group, 0);
    assert_near(farm->rain, 0.4, 0);
    assert_int_equal(farm->fallow, 40);
    assert_string_equal(farm->motto, "c");
    assert_near(field->share, 0.5, 0);
    assert_int_equal(farm->cows, 60);
    param_set_free(copy);
    design_free(&design);
}

static void unequal_zips_and_twins_are_told(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0.2,0.4"), STATUS_OK);
    assert_int_equal(vary("farm.cows=3,5,9"), STATUS_OK);
    give("design", "zip");
    assert_int_equal(make(&design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[0].text, "farm.rain has 2 and farm.cows has 3"));
    assert_int_equal(vary("farm.cows=1,2"), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[1].text, "varied twice"));
}

static void nothing_and_far_too_much_are_told(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(make(&design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[0].text, "nothing to vary"));
    assert_int_equal(vary("farm.rain=0:1/10000"), STATUS_OK);
    assert_int_equal(vary("farm.any=0:1/10000"), STATUS_OK);
    assert_int_equal(vary("field by the river.share=0:1/10000"), STATUS_OK);
    assert_int_equal(make(&design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[1].text, "has 1e+12 points"));
}

static void make_drawn(const char *kind, const char *points, struct design *design)
{
    give("design", kind);
    give("points", points);
    if (make(design) != STATUS_OK)
        fail_msg("%s: %s", kind, faults.list[0].text);
}

static void latin_hypercube_has_a_point_a_stratum(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=log 0.01:100"), STATUS_OK);
    make_drawn("lhs", "97", &design);
    for (size_t a = 0; a < 2; a++) {
        int seen[97] = {0};
        for (int64_t p = 0; p < 97; p++)
            seen[(int)(design_unit(&design, p, a) * 97)]++;
        for (int i = 0; i < 97; i++)
            assert_int_equal(seen[i], 1);
    }
    for (int64_t p = 0; p < 97; p++)
        assert_near(log10(design_value(&design, p, 1)), -2 + 4 * design_unit(&design, p, 1), 1e-12);
    design_free(&design);
}

/* The first 2^m points of Sobol's sequence in two dimensions: one in each of 2^m cells of every elementary shape, by
 * construction a (0, m, 2)-net (Sobol 1967); the digital shift keeps it. */
static void sobol_is_a_net(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=0:1"), STATUS_OK);
    make_drawn("sobol", "64", &design);
    for (int high = 1; high <= 64; high *= 2) {
        int seen[64] = {0};
        for (int64_t p = 0; p < 64; p++)
            seen[(int)(design_unit(&design, p, 0) * high) * (64 / high) +
                 (int)(design_unit(&design, p, 1) * (64 / high))]++;
        for (int i = 0; i < 64; i++)
            assert_int_equal(seen[i], 1);
    }
    design_free(&design);
}

static void longer_designs_begin_with_shorter_ones(void **state)
{
    static const char *const kinds[] = {"random", "sobol", "morris", "saltelli"};
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=0:1"), STATUS_OK);
    for (size_t k = 0; k < 4; k++) {
        struct design few, many;
        make_drawn(kinds[k], "9", &few);
        make_drawn(kinds[k], "23", &many);
        for (int64_t p = 0; p < few.points; p++)
            for (size_t a = 0; a < 2; a++)
                assert_near(design_unit(&few, p, a), design_unit(&many, p, a), 0);
        design_free(&few);
        design_free(&many);
    }
}

static void seeds_make_other_designs(void **state)
{
    static const char *const kinds[] = {"random", "lhs", "sobol", "morris", "saltelli"};
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=0:1"), STATUS_OK);
    for (size_t k = 0; k < 5; k++) {
        struct design one, other;
        int64_t same = 0;
        make_drawn(kinds[k], "16", &one);
        assert_int_equal(design_of_set(set, fixed, NULL, 2386, &other, &faults), STATUS_OK);
        for (int64_t p = 0; p < one.points; p++)
            same += design_unit(&one, p, 0) == design_unit(&other, p, 0);
        if (same == one.points)
            fail_msg("%s does not depend on the seed", kinds[k]);
        design_free(&one);
        design_free(&other);
    }
}

static void morris_moves_one_axis_a_step(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=5:7"), STATUS_OK);
    assert_int_equal(vary("farm.cows=1:100"), STATUS_OK);
    give("levels", "6");
    make_drawn("morris", "50", &design);
    assert_int_equal(design.points, 200);
    int up = 0;
    for (int64_t t = 0; t < 50; t++) {
        int moved[3] = {0};
        for (int64_t p = 4 * t; p < 4 * t + 3; p++)
            for (size_t a = 0; a < 3; a++) {
                const double step = design_unit(&design, p + 1, a) - design_unit(&design, p, a);
                moved[a] += step != 0;
                up += step > 0;
                if (step != 0)
                    assert_near(fabs(step), 0.6, 1e-12); /* 6 / (2 * 5) */
            }
        for (size_t a = 0; a < 3; a++)
            assert_int_equal(moved[a], 1);
    }
    assert_in_range(up, 20, 130); /* of 150; a fixed seed */
    for (int64_t p = 0; p < design.points; p++) {
        assert_near(design_value(&design, p, 1), 5 + 2 * design_unit(&design, p, 1), 1e-12);
        assert_in_range((uintmax_t)design_value(&design, p, 2), 1, 100);
    }
    design_free(&design);
    give("levels", "5");
    assert_int_equal(make(&design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[0].text, "needs an even number"));
}

static void saltelli_swaps_one_axis(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=5:7"), STATUS_OK);
    make_drawn("saltelli", "32", &design);
    assert_int_equal(design.points, 32 * 4);
    for (int64_t s = 0; s < 128; s += 4)
        for (size_t i = 0; i < 2; i++)
            for (size_t a = 0; a < 2; a++)
                assert_near(design_unit(&design, s + 2 + (int64_t)i, a), design_unit(&design, s + (a == i), a), 0);
    design_free(&design);
}

/* Whole numbers and levels are drawn equally often: exactly so from a Latin hypercube of a multiple of their number. */
static void whole_numbers_are_drawn_alike(void **state)
{
    struct design design;
    int cows[6] = {0}, crops[3] = {0};
    (void)state;
    assert_int_equal(vary("farm.cows=5:9"), STATUS_OK);
    assert_int_equal(vary("farm.crop=all"), STATUS_OK);
    make_drawn("lhs", "60", &design);
    for (int64_t p = 0; p < 60; p++) {
        cows[(int)design_value(&design, p, 0) - 5]++;
        crops[(int)design_value(&design, p, 1)]++;
    }
    for (int i = 0; i < 5; i++)
        assert_int_equal(cows[i], 12);
    for (int i = 0; i < 3; i++)
        assert_int_equal(crops[i], 20);
    design_free(&design);
}

static enum status make_list(const char *text, struct design *design)
{
    char path[] = "/tmp/ebb-design-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    give("design", "list");
    give("list", path);
    const enum status status = make(design);
    unlink(path);
    return status;
}

static void lists_are_read(void **state)
{
    struct design design;
    char text[64];
    (void)state;
    assert_int_equal(make_list("farm.rain,field by the river.share,farm.crop,farm.fallow,farm.motto\n"
                               "0.5,-1,rye,2y,\"a, b\"\n0.25,1,beet,never,c\n0.5,0,oats,1w,\"a, b\"\n",
                               &design),
                     STATUS_OK);
    assert_int_equal(design.points, 3);
    assert_near(design_value(&design, 1, 0), 0.25, 0);
    assert_near(design_value(&design, 0, 1), -1, 0);
    design_format(&design, 1, 3, text, sizeof text);
    assert_string_equal(text, "never");
    design_format(&design, 2, 4, text, sizeof text);
    assert_string_equal(text, "a, b");
    design_free(&design);
}

static void wrong_lists_are_told(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(make_list("farm.rain,farm.cows\n0.5,3\n1.5,4\n0.5,0\n", &design), STATUS_BAD_INPUT);
    assert_int_equal(faults.count, 2);
    assert_int_equal(faults.list[0].line, 3);
    assert_int_equal(faults.list[1].line, 4);
    assert_int_equal(make_list("farm.rain,farm.rain2\n0.5,3\n", &design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[2].text, "did you mean farm.rain?"));
    assert_int_equal(make_list("farm.rain\n", &design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[3].text, "no rows"));
    assert_int_equal(vary("farm.rain=0,1"), STATUS_OK);
    assert_int_equal(make_list("farm.rain\n0.5\n", &design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[4].text, "columns"));
}

static void the_model_is_asked_of_every_point(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0.1,0.9"), STATUS_OK);
    assert_int_equal(vary("farm.cows=10:100:10"), STATUS_OK);
    assert_int_equal(make(&design), STATUS_OK);
    assert_int_equal(design_check(&design, &farm_model, set, NULL, &faults), STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, 5);
    assert_string_equal(faults.list[0].text, "point 16 (farm.rain = 0.9, farm.cows = 60): farm.cows drown");
    design_free(&design);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axes_are_read),
        cmocka_unit_test(wrong_axes_are_told),
        CASE(nothing_is_set_in_vain),
        CASE(grid_turns_its_last_axis_fastest),
        CASE(points_reach_the_set),
        CASE(unequal_zips_and_twins_are_told),
        CASE(nothing_and_far_too_much_are_told),
        CASE(latin_hypercube_has_a_point_a_stratum),
        CASE(sobol_is_a_net),
        CASE(longer_designs_begin_with_shorter_ones),
        CASE(seeds_make_other_designs),
        CASE(morris_moves_one_axis_a_step),
        CASE(saltelli_swaps_one_axis),
        CASE(whole_numbers_are_drawn_alike),
        CASE(lists_are_read),
        CASE(wrong_lists_are_told),
        CASE(the_model_is_asked_of_every_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
