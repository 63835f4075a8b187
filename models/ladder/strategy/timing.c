/* Which strategies are on this week. Dates first (start, end, lasts), then what comes before (after), then the school's
 * own state (when, hold), then the money, which strategies take in the order of the file. */
#include "../schools/district.h"

#include <string.h>

/* Number of a strategy, or -1. */
static int number_of(const struct param_set *set, const char *name)
{
    const int count = (int)param_set_count(set, &strategy_group);
    for (int n = 0; n < count; n++)
        if (strcmp(((const struct strategy_params *)param_set_get(set, &strategy_group, (size_t)n))->name, name) == 0)
            return n;
    return -1;
}

void timing_prepare(struct world *world)
{
    struct when_error error;
    for (uint32_t n = 0; n < param_set_count(world->set, &strategy_group); n++) {
        const struct strategy_params *p = param_set_get(world->set, &strategy_group, n);
        /* ladder_check() refused what does not parse */
        if (when_parse(p->when, &world->when[n], &error) == 0 && world->when[n].count > 0)
            world->whens |= 1u << n;
        world->after[n] = (int8_t)(*p->after ? number_of(world->set, p->after) : -1);
    }
}

/* Money of a school for its strategies: its own, and what its district gives it. */
struct purse {
    double total; /* < 0: no limit */
    bool refilled;
};

static struct purse purse_of(const struct world *world, const struct school *s)
{
    const struct budget_params *own = param_set_get(world->set, &budget_group, 0);
    if (!s->district || !district_funds(world, s))
        return (struct purse){own->total, false};
    return (struct purse){s->granted + (own->total > 0 ? own->total : 0), true};
}

/* Dates, sequence and money known by the school alone; `row` is what it observed of itself last week. */
static bool due(const struct week *week, uint32_t n, const double *row, const struct purse *purse)
{
    const struct world *world = week->world;
    const struct strategy_params *p = param_set_get(world->set, &strategy_group, n);
    struct school *s = week->school;
    const uint32_t bit = 1u << n;
    const bool running = s->begun & bit;
    if (s->over & bit)
        return false;
    if (!p->active || (p->end >= 0 && week->number >= p->end) ||
        (running && p->lasts >= 0 && week->number >= s->since[n] + p->lasts)) {
        s->over |= bit;
        return false;
    }
    if (week->number < p->start)
        return false;
    if (!running && world->after[n] >= 0 && !(s->over >> world->after[n] & 1))
        return false;
    if ((world->whens & bit) && !(running && p->hold) && !when_holds(&world->when[n], row))
        return false;
    s->asked += p->cost;
    if (purse->total >= 0 && p->cost > 0 && s->spent + p->cost > purse->total) {
        s->over |= purse->refilled ? 0 : bit; /* it rests until there is money again */
        s->unfunded |= bit;
        return false;
    }
    s->unfunded &= ~bit;
    s->spent += p->cost;
    return true;
}

uint32_t timing_due(const struct week *week)
{
    const struct world *world = week->world;
    struct school *s = week->school;
    const size_t count = param_set_count(world->set, &strategy_group);
    const struct purse purse = purse_of(world, s);
    double row[LADDER_COLUMN_COUNT];
    uint32_t on = 0;
    s->asked = 0;
    if (world->whens & ~s->over)
        ladder_observe(world, s->number, row);
    for (uint32_t n = 0; n < count; n++) {
        const struct strategy_params *p = param_set_get(world->set, &strategy_group, n);
        const bool fixed = !(world->whens >> n & 1) && world->after[n] < 0;
        if (!due(week, n, row, &purse))
            continue;
        on |= 1u << n;
        if (!(s->begun >> n & 1))
            s->since[n] = fixed ? p->start : week->number;
    }
    return on;
}

bool timing_pay(const struct world *world, struct school *s, double price)
{
    const struct purse purse = purse_of(world, s);
    s->asked += price;
    if (purse.total >= 0 && s->spent + price > purse.total)
        return false;
    s->spent += price;
    return true;
}

void timing_dates(const struct param_set *set, const struct strategy_params *p, int64_t *start, int64_t *end)
{
    const struct strategy_params *chain = p;
    int64_t before = 0; /* what those that it waits for last, where one follows on the other */
    *start = p->start;
    for (size_t steps = param_set_count(set, &strategy_group); *chain->after && steps > 0; steps--) {
        const int n = number_of(set, chain->after);
        if (n < 0)
            break;
        chain = param_set_get(set, &strategy_group, (size_t)n);
        if (!chain->active)
            break; /* what is switched off has ended */
        const int64_t over = chain->lasts >= 0 && !(chain->end >= 0 && chain->end < chain->start + chain->lasts)
                                 ? chain->start + chain->lasts
                                 : chain->end;
        *start = over + before > *start ? over + before : *start;
        before += chain->lasts > 0 ? chain->lasts : 0;
    }
    *end = p->end;
    if (p->lasts >= 0 && (p->end < 0 || *start + p->lasts < p->end))
        *end = *start + p->lasts;
}

void timing_name(const struct strategy_params *p, bool budgeted, char *name, size_t size)
{
    const char *when = p->when + strspn(p->when, " \t");
    snprintf(name, size, "%.*s%s%.*s%s%.*s%s", text_fit(p->name, 200), p->name, *p->after ? ", after " : "",
             text_fit(p->after, 100), p->after, *when ? ", when " : "", text_fit(when, 100), when,
             budgeted && p->cost > 0 ? ", while it is paid" : "");
}

/* ---- relations ---- */

/* Columns of layers are numbered: those of the first innovation bear no number. */
static uint32_t innovation_of(const struct column *column)
{
    const char *number = strrchr(column->name, '_');
    return number ? (uint32_t)(number[1] - '0') : 1;
}

static void check_when(const struct strategy_params *p, uint32_t innovations, struct faults *faults)
{
    struct when when;
    struct when_error error;
    if (when_parse(p->when, &when, &error)) {
        size_t character = 1;
        for (size_t i = 0; i < error.at; i++)
            character += ((unsigned char)p->when[i] & 0xc0) != 0x80;
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[strategy %s] when: '%.*s' ▸ '%s' (character %zu): %s", p->name,
                  (int)error.at, p->when, p->when + error.at, character, error.why);
        return;
    }
    for (uint32_t k = 0; k < when.count; k++)
        if (when.steps[k].what < WHEN_AND && ladder_columns[when.steps[k].column].kind == COLUMN_LAYER &&
            innovation_of(&ladder_columns[when.steps[k].column]) > innovations)
            fault_warn(faults, NULL, 0, "[strategy %s] when: %s is never defined, for %s", p->name,
                       ladder_columns[when.steps[k].column].name,
                       innovations ? "there are not so many innovations" : "[innovation] ideas = 0");
    if (when.count == 0 && !p->hold)
        fault_warn(faults, NULL, 0, "[strategy %s] hold = no does nothing without a condition in when", p->name);
}

static void unknown_strategy(const struct param_set *set, const struct strategy_params *p, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = p->after};
    for (size_t k = 0; k < param_set_count(set, &strategy_group); k++) {
        const struct strategy_params *other = param_set_get(set, &strategy_group, k);
        if (other != p)
            text_near_try(&near, other->name);
    }
    text_quote(p->after, quoted);
    if (near.best)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[strategy %s] after: there is no strategy %s; did you mean %s?",
                  p->name, quoted, near.best);
    else
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[strategy %s] after: there is no strategy %s", p->name, quoted);
}

static void check_after(const struct param_set *set, const struct strategy_params *p, struct faults *faults)
{
    const struct budget_params *budget = param_set_get(set, &budget_group, 0);
    const struct strategy_params *before = p;
    size_t steps = 0;
    const size_t count = param_set_count(set, &strategy_group);
    while (*before->after && steps++ <= count) {
        const int n = number_of(set, before->after);
        if (n < 0)
            break; /* said at that strategy */
        before = param_set_get(set, &strategy_group, (size_t)n);
        if (before == p) {
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                      "[strategy %s] after: it would wait for itself, by way of '%s'; neither would start", p->name,
                      p->after);
            return;
        }
    }
    const int n = number_of(set, p->after);
    if (n < 0) {
        unknown_strategy(set, p, faults);
        return;
    }
    before = param_set_get(set, &strategy_group, (size_t)n);
    if (before->active && before->end < 0 && before->lasts < 0 && !(budget->total >= 0 && before->cost > 0))
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[strategy %s] after: [strategy %s] never ends, so this never starts; give that one an end or lasts",
                  p->name, before->name);
}

void timing_check(const struct param_set *set, struct faults *faults)
{
    struct innovation innovations[INNOVATIONS_MAX];
    uint32_t followed;
    const struct budget_params *budget = param_set_get(set, &budget_group, 0);
    double cost = 0;
    innovation_read(set, innovations, &followed);
    for (size_t n = 0; n < param_set_count(set, &strategy_group); n++) {
        const struct strategy_params *p = param_set_get(set, &strategy_group, n);
        check_when(p, followed, faults);
        if (*p->after)
            check_after(set, p, faults);
        cost += p->active ? p->cost + p->grant_cost : 0;
    }
    if (budget->total >= 0 && cost <= 0)
        fault_warn(faults, NULL, 0, "budget.total limits nothing: no strategy has a cost");
    for (size_t n = 0; n < param_set_count(set, &district_group) && cost <= 0; n++) {
        const struct district_params *p = param_set_get(set, &district_group, n);
        if (p->budget >= 0)
            fault_warn(faults, NULL, 0, "[district %s] budget pays for nothing: no strategy has a cost", p->name);
    }
}
