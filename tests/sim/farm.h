/* farm.h: settings to vary, for tests of designs. */
#ifndef EBB_TESTS_FARM_H
#define EBB_TESTS_FARM_H

#include "../../sim/design/design.h"

#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

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

static inline void farm_check(const struct param_set *set, const struct model_input *input, struct faults *faults)
{
    const struct farm_params *farm = param_set_get(set, &farm_group, 0);
    (void)input;
    if (farm->rain > 0.8 && farm->cows > 50)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "farm.cows drown");
}
static const struct model farm_model = {.name = "farm", .check = farm_check};

static struct param_set *set;
static struct faults faults;

static inline int begin(void **state)
{
    (void)state;
    set = param_set_new(groups, 40);
    faults = (struct faults){0};
    return set && param_set_add(set, &field_group, "by the river", NULL, NULL, 0) == 0 ? 0 : -1;
}

static inline int end(void **state)
{
    (void)state;
    param_set_free(set);
    faults_free(&faults);
    return 0;
}

static inline void give(const char *key, const char *value)
{
    const struct param *row = param_find(&sweep_group, key);
    assert_int_equal(
        param_set_parse(set, &sweep_group, 0, row, value, (struct param_origin){.from = ORIGIN_SET}, NULL, NULL, NULL),
        STATUS_OK);
}

static inline enum status vary(const char *text)
{
    return design_vary_set(set, text, &faults);
}

static inline enum status make(struct design *design)
{
    return design_of_set(set, fixed, (char *[]){"farm.ini"}, 2385, design, &faults);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
