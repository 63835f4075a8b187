/* Strategies that cannot do what they say: targets that match nobody, conditions that never hold, strategies that undo each
 * other, or do nothing at all. What cannot be meant is a fault; what may be, a warning. */
#include "../ladder.h"

#include <math.h>
#include <string.h>

struct place {
    int64_t staff, leads;   /* leads: of a drawn school */
    const igraph_t *roster; /* NULL: a drawn school */
};

/* ---- targets ---- */

static int64_t roster_matches(const igraph_t *roster, const struct target *target)
{
    int64_t n = 0;
    for (igraph_integer_t i = 0; i < igraph_vcount(roster); i++)
        n += target->kind == TARGET_UNIT ? VAN(roster, "unit", i) + 1 == target->number
                                         : role_find(VAS(roster, "role", i)) == target->number;
    return n;
}

/* How many the target reaches at most; -1: that is seen only in the run. */
static int64_t reach(const struct target *target, const struct place *place)
{
    switch (target->kind) {
    case TARGET_RANDOM:
        return target->share < 0 ? target->number : (int64_t)(target->share * (float)place->staff + 0.5f);
    case TARGET_TRUSTED:
        return target->number;
    case TARGET_UNIT:
        return place->roster ? roster_matches(place->roster, target) : -1;
    case TARGET_ROLE:
        if (place->roster)
            return roster_matches(place->roster, target);
        return target->number == ROLE_LEAD ? place->leads : -1;
    default:
        return -1;
    }
}

static void check_reach(const struct strategy_params *p, const struct place *place, struct faults *faults)
{
    struct target target;
    if (target_parse(p->target, &target))
        return; /* said elsewhere */
    const int64_t reached = reach(&target, place);
    if (reached == 0)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[strategy %s] target: '%s' is nobody in a school of %lld staff%s",
                  p->name, p->target, (long long)place->staff,
                  target.kind == TARGET_ROLE && !place->roster ? " with [school] leads = 0" : "");
    else if (reached > place->staff)
        fault_warn(faults, NULL, 0, "[strategy %s] target: '%s' is everybody: the school has %lld staff", p->name,
                   p->target, (long long)place->staff);
}

/* ---- conditions ---- */

/* What is left of a column's range. */
struct span {
    double lo, hi;
    bool open; /* lo and hi themselves are out, where they meet */
};

static void narrow(struct span *span, const struct when_step *step)
{
    if (step->what == WHEN_OVER || step->what == WHEN_AT_LEAST) {
        if (step->number >= span->lo)
            span->open |= step->what == WHEN_OVER;
        span->lo = fmax(span->lo, step->number);
    } else {
        if (step->number <= span->hi)
            span->open |= step->what == WHEN_UNDER;
        span->hi = fmin(span->hi, step->number);
    }
}

/* The column whose comparisons leave nothing of it, or -1: only where all of them must hold, or a single one cannot. */
static int impossible(const struct when *when)
{
    bool either = false;
    for (uint32_t k = 0; k < when->count; k++)
        either |= when->steps[k].what == WHEN_OR;
    for (uint32_t k = 0; k < when->count && !either; k++) {
        const struct when_step *step = &when->steps[k];
        if (step->what >= WHEN_AND)
            continue;
        const struct column *column = &ladder_columns[step->column];
        struct span span = {column->lo, column->hi, false};
        for (uint32_t m = 0; m < when->count; m++)
            if (when->steps[m].what < WHEN_AND && when->steps[m].column == step->column)
                narrow(&span, &when->steps[m]);
        if (span.lo > span.hi || (span.lo >= span.hi && span.open))
            return step->column;
    }
    return -1;
}

static void check_condition(const struct strategy_params *p, struct faults *faults)
{
    struct when when;
    struct when_error error;
    if (when_parse(p->when, &when, &error))
        return; /* said elsewhere */
    const int column = impossible(&when);
    if (column >= 0)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[strategy %s] when: '%s' never holds: no %s (%g to %g) is as it says, so the strategy never starts",
                  p->name, p->when, ladder_columns[column].name, ladder_columns[column].lo, ladder_columns[column].hi);
}

/* ---- what it does ---- */

static int64_t last_week(const struct strategy_params *p)
{
    int64_t end = p->end < 0 ? INT64_MAX : p->end;
    if (p->lasts >= 0 && !*p->when && !*p->after && p->start + p->lasts < end)
        end = p->start + p->lasts;
    return end;
}

/* Any key but those that say when, for whom, how and at what price. */
static void check_deeds(const struct param_set *set, size_t n, struct faults *faults)
{
    static const char *const frame[] = {"active",     "start",          "end",    "lasts",  "when",
                                        "hold",       "after",          "ramp",   "decree", "night",
                                        "innovation", "apprenticeship", "target", "invited"};
    const struct strategy_params *p = param_set_get(set, &strategy_group, n);
    const char *given = ""; /* a key by which to find the section */
    bool does = !p->active;
    for (size_t r = 0; r < strategy_group.count && !does; r++) {
        const struct param *row = &strategy_group.rows[r];
        bool framing = false;
        for (size_t k = 0; k < sizeof frame / sizeof frame[0]; k++)
            framing |= strcmp(row->key, frame[k]) == 0;
        const bool set_here = param_set_origin(set, &strategy_group, n, row).from != ORIGIN_DEFAULT;
        does = !framing && set_here;
        given = set_here && !*given ? row->key : given;
    }
    if (!does)
        fault_warn(faults, NULL, 0, "[strategy %s] %s%sit does nothing: it says when or for whom, and not what",
                   p->name, given, *given ? ": " : "");
    if (p->ramp > 0 && last_week(p) != INT64_MAX && p->active && p->ramp > last_week(p) - p->start)
        fault_warn(faults, NULL, 0,
                   "[strategy %s] ramp: %lld weeks are longer than its %lld, so it never reaches its change", p->name,
                   (long long)p->ramp, (long long)(last_week(p) - p->start));
}

/* Two that take each other's change away while both last, dates alone considered. */
static void check_pair(const struct strategy_params *a, const struct strategy_params *b, struct faults *faults)
{
    static const char *const levers[LEVERS] = {"time", "learning", "openness", "evidence", "dispersal"};
    const double *up = &a->time, *down = &b->time; /* five neighbours each */
    if (!a->active || !b->active || *a->when || *b->when || *a->after || *b->after ||
        strcmp(a->target, b->target) != 0 || a->start >= last_week(b) || b->start >= last_week(a))
        return;
    for (int l = 0; l < LEVERS; l++)
        if (up[l] * down[l] < 0)
            fault_warn(faults, NULL, 0, "[strategy %s] %s: %+g and the %+g of [strategy %s] pull against each other",
                       a->name, levers[l], up[l], down[l], b->name);
}

void strategy_check(const struct param_set *set, const struct model_input *input, int64_t units, struct faults *faults)
{
    const struct school_params *school = param_set_get(set, &school_group, 0);
    const igraph_t *roster = input ? input->network : NULL;
    const struct place place = {
        .staff = roster ? igraph_vcount(roster) : school->teachers, .leads = school->leads * units, .roster = roster};
    const size_t count = param_set_count(set, &strategy_group);
    for (size_t n = 0; n < count; n++) {
        const struct strategy_params *p = param_set_get(set, &strategy_group, n);
        check_reach(p, &place, faults);
        check_condition(p, faults);
        check_deeds(set, n, faults);
        for (size_t m = 0; m < n; m++)
            check_pair(p, param_set_get(set, &strategy_group, m), faults);
    }
}
