/* Policy: the strategies and shocks due this week set formal levels, decrees, people, contact and cost. Formal levels
 * move at once (over `ramp`); what becomes of them is the matter of structures.c. A strategy that reaches only some
 * moves the school's levels by the share it reaches. */
#include "../schools/district.h"

#include <math.h>
#include <string.h>

#define POLICY_PARAMS(X, S) \
    X(S, REAL, attention, "0.3", 0, 10, "load", "", "attention that a strategy with a bundle of ideas takes", "assumed")
struct policy_params {
    POLICY_PARAMS(PARAM_FIELD, policy_params)
};
static const struct param rows[] = {POLICY_PARAMS(PARAM_ROW, policy_params)};
const struct param_group policy_rules = PARAM_GROUP("policy", "Strategies and shocks", rows, struct policy_params);

/* A shock or an order is due by its dates. */
static bool due(int64_t week, int64_t start, int64_t end)
{
    return week >= start && (end < 0 || week < end);
}

static float share_reached(const struct school *s, uint32_t bit)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->staff; i++)
        n += (s->teachers[i].targeted & bit) != 0;
    return (float)n / (float)s->staff;
}

static void others_come(struct week *week, uint32_t strategy, const struct strategy_params *p,
                        struct rng_reader *reader)
{
    struct school *s = week->school;
    for (int r = 0; r < ROLES; r++)
        for (int64_t number = role_sent(r, p); number > 0 && s->others < s->other_room; number--)
            community_welcome(week->world, s, (enum role_id)r, strategy, reader);
    week->people = s->staff + s->others;
}

static void others_go(struct week *week, uint32_t strategy)
{
    struct school *s = week->school;
    for (uint32_t i = s->staff; i < s->staff + s->others;) {
        if (!(s->teachers[i].targeted >> strategy & 1)) {
            i++;
            continue;
        }
        tie_drop_all(s, i);
        const uint32_t last = s->staff + --s->others;
        if (i != last) { /* the last one moves into the gap; the other ends of its ties follow */
            s->teachers[i] = s->teachers[last];
            const struct teacher *t = &s->teachers[i];
            for (uint32_t k = 0; k < t->ties; k++)
                s->teachers[t->alter[k]].alter[t->back[k]] = (uint16_t)i;
        }
        memset(&s->teachers[last], 0, sizeof s->teachers[last]);
    }
    week->people = s->staff + s->others;
}

static void strategy_begin(struct week *week, uint32_t n, const struct strategy_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    const struct world *world = week->world;
    const struct policy_params *policy = world->params[PROCESS_policy];
    s->begun |= 1u << n;
    target_choose(world, s, n, reader);
    others_come(week, n, p, reader);
    if (p->sprint_teams)
        groups_sprint(world, s, n, reader);
    for (uint32_t k = 0; k < s->initiative_count; k++)
        if (s->initiatives[k].reach == 1u << n) { /* it had rested */
            s->initiatives[k].pressure = (float)p->decree;
            s->initiatives[k].weight = (float)policy->attention;
            s->initiatives[k].begun = week->number;
            s->initiatives[k].end = p->end;
            return;
        }
    if (world->bundle[n])
        initiative_add(s, (struct initiative){.ideas = world->bundle[n],
                                              .pressure = (float)p->decree,
                                              .weight = (float)policy->attention,
                                              .begun = week->number,
                                              .end = p->end,
                                              .reach = 1u << n});
}

static void strategy_end(struct week *week, uint32_t n)
{
    struct school *s = week->school;
    others_go(week, n);
    s->begun &= ~(1u << n);
    for (uint32_t k = 0; k < s->initiative_count; k++)
        if (s->initiatives[k].reach == 1u << n && s->initiatives[k].pressure >= 0)
            s->initiatives[k].end = week->number;
    for (uint32_t i = 0; i < s->staff; i++)
        s->teachers[i].targeted &= ~(1u << n);
}

static void strategies(struct week *week, uint32_t on, float *change, struct rng_reader *reader)
{
    struct school *s = week->school;
    const struct param_set *set = week->world->set;
    const size_t count = param_set_count(set, &strategy_group);
    uint32_t protects = 0;
    for (uint32_t n = 0; n < count; n++) {
        const struct strategy_params *p = param_set_get(set, &strategy_group, n);
        const uint32_t bit = 1u << n;
        if (!(on & bit)) {
            if (s->active & bit)
                strategy_end(week, n);
            s->active &= ~bit;
            continue;
        }
        s->active |= bit;
        if (!(s->begun & bit))
            strategy_begin(week, n, p, reader);
        const float share = share_reached(s, bit);
        const float risen = p->ramp > 0 ? (float)(week->number - s->since[n] + 1) / (float)p->ramp : 1.0f;
        const double *by = &p->time; /* five neighbours, in the order of enum lever */
        for (int l = 0; l < LEVERS; l++) {
            change[l] += (float)by[l] * share * curve_share(risen);
            if (by[l] != 0 && (float)p->decree > s->decree[l])
                s->decree[l] = (float)p->decree;
        }
        if ((float)p->decree * share > s->mandate)
            s->mandate = (float)p->decree * share;
        s->facilitation += (float)p->facilitation * share;
        if (p->night > 0 && (week->number - s->since[n]) % p->night == 0)
            s->nights |= bit;
        s->rest = fmaxf(s->rest, (float)p->rest);
        if ((float)p->on_demand * share > s->says_yes) {
            s->says_yes = (float)p->on_demand * share;
            s->grant_cost = p->grant_cost;
        }
        s->cost += (float)p->cost;
        protects |= p->protect ? bit : 0;
    }
    if (count == 0)
        return;
    uint32_t shelters = 0;
    for (uint32_t n = 0; n < week->world->innovation_count; n++)
        shelters |= (uint32_t)week->world->innovations[n].protect << n;
    for (uint32_t i = 0; i < s->staff; i++) {
        struct teacher *t = &s->teachers[i];
        t->sheltered = (t->targeted & protects) || (t->pioneer & shelters);
    }
}

static void shocks(struct week *week, float *change, struct rng_reader *reader)
{
    struct school *s = week->school;
    const struct param_set *set = week->world->set;
    const size_t count = param_set_count(set, &shock_group);
    for (uint32_t n = 0; n < count; n++) {
        const struct shock_params *p = param_set_get(set, &shock_group, n);
        if (!p->active || !(s->hit >> n & 1) || !due(week->number, p->start, p->end))
            continue;
        const double *by = &p->time;
        for (int l = 0; l < LEVERS; l++)
            change[l] += (float)by[l];
        s->contact *= (float)p->contact;
        s->strain += (float)p->fatigue;
        s->leaving *= (float)p->turnover;
        if (s->shocked >> n & 1)
            continue;
        s->shocked |= 1u << n;
        if (p->trust > 0)
            for (uint32_t i = 0; i < week->people; i++)
                for (uint32_t k = 0; k < s->teachers[i].ties; k++)
                    s->teachers[i].trust[k] = level_of(level_value(s->teachers[i].trust[k]) * (1.0f - (float)p->trust));
        if (p->principal)
            people_replace_principal(week->world, s, reader);
    }
}

static void orders(struct week *week)
{
    struct school *s = week->school;
    const struct param_set *set = week->world->set;
    const size_t count = param_set_count(set, &initiative_group);
    for (uint32_t n = 0; n < count; n++) {
        const struct initiative_params *p = param_set_get(set, &initiative_group, n);
        if (p->active && week->number == p->start)
            initiative_add(s, (struct initiative){.ideas = week->world->order[n],
                                                  .pressure = (float)p->pressure,
                                                  .weight = (float)p->weight,
                                                  .begun = week->number,
                                                  .end = p->end});
    }
    for (uint32_t k = 0; k < s->initiative_count; k++)
        if (s->initiatives[k].pressure > s->mandate && !s->initiatives[k].reach)
            s->mandate = s->initiatives[k].pressure;
}

static void step(struct week *week, const void *params)
{
    (void)params;
    struct school *s = week->school;
    const uint32_t on = timing_due(week); /* sees last week's counts */
    float change[LEVERS] = {0};
    memset(&s->tally, 0, sizeof s->tally);
    memset(s->decree, 0, sizeof s->decree);
    s->mandate = s->strain = s->rest = s->facilitation = s->cost = s->says_yes = 0;
    s->nights = 0;
    s->contact = s->leaving = 1;
    struct rng_reader reader;
    week_reader(week, STREAM_POLICY, &reader);
    strategies(week, on, change, &reader);
    shocks(week, change, &reader);
    orders(week);
    if (s->district)
        district_lean(week, change);
    for (int l = 0; l < LEVERS; l++)
        s->formal[l] = curve_share(s->held[l] + change[l]);
}

const struct process policy_process = {"policy", "Policy", "S5 S12", &policy_rules, step};
