#include "state.h"

#include <string.h>

static const struct param school_rows[] = {SCHOOL_PARAMS(PARAM_ROW, school_params)};
const struct param_group school_group = PARAM_GROUP("school", "The school", school_rows, struct school_params);

static const struct param levels_rows[] = {LEVELS_PARAMS(PARAM_ROW, levels_params)};
const struct param_group levels_group = PARAM_GROUP("structures", "Formal levels of the five structures", levels_rows,
                                                    struct levels_params);

static const struct param strategy_rows[] = {STRATEGY_PARAMS(PARAM_ROW, strategy_params)};
const struct param_group strategy_group = PARAM_GROUP_NAMED("strategy", "A strategy of change", strategy_rows,
                                                            struct strategy_params);

static const struct param budget_rows[] = {BUDGET_PARAMS(PARAM_ROW, budget_params)};
const struct param_group budget_group = PARAM_GROUP("budget", "Money for strategies", budget_rows,
                                                    struct budget_params);

static const struct param shock_rows[] = {SHOCK_PARAMS(PARAM_ROW, shock_params)};
const struct param_group shock_group = PARAM_GROUP_NAMED("shock", "Something that happens to the school", shock_rows,
                                                         struct shock_params);

static const struct param district_rows[] = {DISTRICT_PARAMS(PARAM_ROW, district_params)};
const struct param_group district_group = PARAM_GROUP_NAMED("district", "A district over several schools",
                                                            district_rows, struct district_params);

static const struct param initiative_rows[] = {INITIATIVE_PARAMS(PARAM_ROW, initiative_params)};
const struct param_group initiative_group = PARAM_GROUP_NAMED(
    "initiative", "An initiative laid on the school from outside", initiative_rows, struct initiative_params);

static const struct param innovation_rows[] = {INNOVATION_PARAMS(PARAM_ROW, innovation_params)};
const struct param_group innovation_group = PARAM_GROUP("innovation",
                                                        "The focal innovation, followed through nested communities",
                                                        innovation_rows, struct innovation_params);

static const struct param named_rows[] = {INNOVATION_PARAMS(PARAM_ROW, innovation_named)};
const struct param_group innovation_named_group = PARAM_GROUP_NAMED(
    "innovation", "Another innovation, beside the plain one", named_rows, struct innovation_named);

static const struct param weights_rows[] = {WEIGHTS_PARAMS(PARAM_ROW, weights_params)};
const struct param_group weights_group = PARAM_GROUP("weights", "Weights of the components in the three capacities",
                                                     weights_rows, struct weights_params);

const struct role roles[ROLES] = {
    [ROLE_TEACHER] = {"teacher", 0.0f, 1.0f, 0.0f, 1},
    [ROLE_LEAD] = {"lead teacher", 1.0f, 1.2f, 0.3f, 1},
    [ROLE_PRINCIPAL] = {"principal", 1.0f, 1.5f, 1.0f, 1},
    [ROLE_COACH] = {"coach", 1.5f, 0.0f, 0.0f, 0}, /* coaches start no talks of their own: they visit */
};

int role_find(const char *name)
{
    for (int r = 0; r < ROLES; r++)
        if (strcmp(roles[r].name, name) == 0)
            return r;
    return -1;
}
