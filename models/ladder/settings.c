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

static const struct param start_rows[] = {START_PARAMS(PARAM_ROW, start_params)};
const struct param_group start_group = PARAM_GROUP("beginning", "What a school is like when it is first seen",
                                                   start_rows, struct start_params);

static const struct param roles_rows[] = {ROLES_PARAMS(PARAM_ROW, roles_params)};
const struct param_group roles_group = PARAM_GROUP("roles", "What roles do", roles_rows, struct roles_params);

#define SENT(key) offsetof(struct strategy_params, key)
const struct role roles[ROLES] = {
    [ROLE_TEACHER] = {.name = "teacher", .staff = true},
    [ROLE_LEAD] = {.name = "lead teacher", .staff = true, .formal = true},
    [ROLE_PRINCIPAL] = {.name = "principal", .staff = true, .formal = true},
    [ROLE_COACH] = {.name = "coach", .sent = SENT(coaches)},
    [ROLE_FACILITATOR] = {.name = "facilitator", .sent = SENT(facilitators)},
    [ROLE_PARENT] = {.name = "parent", .sent = SENT(parents)},
    [ROLE_STUDENT] = {.name = "student voice", .sent = SENT(students)},
    [ROLE_PARTNER] = {.name = "partner", .sent = SENT(partners)},
};

void roles_read(const struct param_set *set, struct part list[ROLES])
{
    const struct roles_params *p = param_set_get(set, &roles_group, 0);
    list[ROLE_TEACHER] = (struct part){.talks = 1};
    list[ROLE_LEAD] = (struct part){
        .talks = (float)p->lead_talks, .sought = (float)p->lead_sought, .office = (float)p->lead_office};
    list[ROLE_PRINCIPAL] = (struct part){
        .talks = (float)p->principal_talks, .sought = (float)p->principal_sought, .office = 1};
    list[ROLE_COACH] = (struct part){
        .sought = (float)p->coach_sought, .visits = 1, .joint = 1, .spirit = (float)p->coach_spirit};
    list[ROLE_FACILITATOR] = (struct part){.sits = 1, .night = 1, .spirit = (float)p->facilitator_spirit};
    list[ROLE_PARENT] = (struct part){.night = 1, .concern = 1, .knows = (float)p->parent_knows};
    list[ROLE_STUDENT] = (struct part){
        .visits = (float)p->student_visits, .night = 1, .concern = 1, .knows = (float)p->student_knows};
    list[ROLE_PARTNER] = (struct part){.sought = (float)p->partner_sought,
                                       .visits = (float)p->partner_visits,
                                       .night = 1,
                                       .concern = (float)p->partner_held,
                                       .knows = (float)p->partner_knows,
                                       .uses = (float)p->partner_uses};
}

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
