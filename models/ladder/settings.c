#include "ladder.h"

#include <stddef.h>
#include <stdio.h>
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

/* Of other members only the coach has a source for the numbers' size: two visits a day. The others are assumed: a student
 * voice talks with teachers twice a week, a partner every other week, a parent on community nights alone. */
#define SENT(key) offsetof(struct strategy_params, key)
const struct role roles[ROLES] = {
    [ROLE_TEACHER] = {.name = "teacher", .staff = 1, .talks = 1.0f},
    [ROLE_LEAD] = {.name = "lead teacher", .staff = 1, .talks = 1.2f, .sought = 1.0f, .office = 0.3f},
    [ROLE_PRINCIPAL] = {.name = "principal", .staff = 1, .talks = 1.5f, .sought = 1.0f, .office = 1.0f},
    [ROLE_COACH] =
        {.name = "coach", .sent = SENT(coaches), .sought = 1.5f, .visits = 1.0f, .joint = 1.0f, .spirit = 0.8f},
    [ROLE_FACILITATOR] =
        {.name = "facilitator", .sent = SENT(facilitators), .sits = 1.0f, .night = 1.0f, .spirit = 0.8f},
    [ROLE_PARENT] = {.name = "parent", .sent = SENT(parents), .night = 1.0f, .concern = 1.0f, .knows = 0.3f},
    [ROLE_STUDENT] = {.name = "student voice",
                      .sent = SENT(students),
                      .visits = 0.08f,
                      .night = 1.0f,
                      .concern = 1.0f,
                      .knows = 0.3f},
    [ROLE_PARTNER] = {.name = "partner",
                      .sent = SENT(partners),
                      .sought = 0.5f,
                      .visits = 0.02f,
                      .night = 1.0f,
                      .concern = 0.5f,
                      .knows = 0.5f,
                      .uses = 0.5f},
};

int64_t role_sent(int role, const struct strategy_params *p)
{
    return roles[role].sent ? *(const int64_t *)((const char *)p + roles[role].sent) : 0;
}

/* By place among those of the same role; whoever has gone since is a visitor. */
void role_name_other(const struct school *s, uint32_t post, char text[PARAM_TEXT_SIZE])
{
    if (post >= s->staff + s->others) {
        snprintf(text, PARAM_TEXT_SIZE, "visitor %u", post - s->staff + 1);
        return;
    }
    uint32_t number = 1;
    for (uint32_t i = s->staff; i < post; i++)
        number += s->teachers[i].role == s->teachers[post].role;
    snprintf(text, PARAM_TEXT_SIZE, "%s %u", roles[s->teachers[post].role].name, number);
}

int role_find(const char *name)
{
    for (int r = 0; r < ROLES; r++)
        if (strcmp(roles[r].name, name) == 0)
            return r;
    return -1;
}
