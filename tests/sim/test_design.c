/* Designs: every form an axis is written in, grids, lists, every way to ask for none. */
#include "farm.h"

#include <unistd.h>

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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axes_are_read),
        cmocka_unit_test(wrong_axes_are_told),
        CASE(nothing_is_set_in_vain),
        CASE(grid_turns_its_last_axis_fastest),
        CASE(points_reach_the_set),
        CASE(unequal_zips_and_twins_are_told),
        CASE(nothing_and_far_too_much_are_told),
        CASE(lists_are_read),
        CASE(wrong_lists_are_told),
        CASE(the_model_is_asked_of_every_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
