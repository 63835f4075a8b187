/* Relations between the settings of districts, shocks and schools. */
#include "district.h"

#include <string.h>

static const struct district_params *settings_of(const struct param_set *set, size_t n)
{
    return param_set_get(set, &district_group, n);
}

/* Schools that no district has asked for by number. */
static int64_t schools_left(const struct param_set *set)
{
    const struct school_params *school = param_set_get(set, &school_group, 0);
    int64_t left = school->count;
    for (size_t n = 0; n < param_set_count(set, &district_group); n++)
        left -= settings_of(set, n)->schools;
    return left;
}

struct district_span district_span(const struct param_set *set, size_t n)
{
    struct district_span span = {0, 0};
    for (size_t k = 0; k <= n; k++) {
        const int64_t asked = settings_of(set, k)->schools;
        span.first += span.count;
        span.count = asked ? asked : schools_left(set);
    }
    return span;
}

static int find(const struct param_set *set, const char *name)
{
    for (size_t n = 0; n < param_set_count(set, &district_group); n++)
        if (strcmp(settings_of(set, n)->name, name) == 0)
            return (int)n;
    return -1;
}

static void check_membership(const struct param_set *set, struct faults *faults)
{
    const struct school_params *school = param_set_get(set, &school_group, 0);
    const struct district_params *rest = NULL;
    int64_t asked = 0;
    for (size_t n = 0; n < param_set_count(set, &district_group); n++) {
        const struct district_params *p = settings_of(set, n);
        if (!p->schools && rest)
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                      "[district %s] schools: 0 is all that are left, which [district %s] takes already", p->name,
                      rest->name);
        rest = p->schools ? rest : p;
        asked += p->schools;
        if (asked > school->count && asked - p->schools <= school->count)
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                      "[district %s] schools: %lld are wanted where %lld are left; [school] count = %lld", p->name,
                      (long long)p->schools, (long long)school->count - asked + p->schools, (long long)school->count);
    }
    if (rest && asked >= school->count)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[district %s] schools: none is left for it; the others take all %lld of [school] count", rest->name,
                  (long long)school->count);
}

static void check_one(const struct district_params *p, int64_t units, int weeks_per_year, struct faults *faults)
{
    const double at_once = (double)p->offices * p->initiatives * (1 - p->coupling) * (double)p->lasts / weeks_per_year;
    if (p->offices > units)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[district %s] offices: %lld are more than the %lld units of a school that they deal with", p->name,
                  (long long)p->offices, (long long)units);
    if (at_once > INITIATIVES_MAX)
        fault_add(
            faults, STATUS_BAD_INPUT, NULL, 0,
            "[district %s] initiatives: %lld offices, %g a year each for %lld weeks would keep some %.0f in force; a "
            "school holds %d",
            p->name, (long long)p->offices, p->initiatives, (long long)p->lasts, at_once, INITIATIVES_MAX);
    if (p->hospice > 0 && p->unused == 0)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[district %s] hospice: with unused = 0 no initiative is ever unused, so none is laid to rest",
                  p->name);
    if (p->allocation != ALLOCATION_EQUAL && p->budget < 0)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[district %s] allocation: there is no budget to share out",
                  p->name);
}

static void check_silos(const struct param_set *set, const struct district_params *p, size_t n, struct faults *faults)
{
    const struct param *row = param_find(&district_group, "coupling");
    if (p->offices == 1 && param_set_origin(set, &district_group, n, row).from != ORIGIN_DEFAULT)
        fault_warn(faults, NULL, 0, "[district %s] coupling does nothing: there is one office", p->name);
}

static void unknown_district(const struct param_set *set, const struct shock_params *p, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = p->district};
    for (size_t n = 0; n < param_set_count(set, &district_group); n++)
        text_near_try(&near, settings_of(set, n)->name);
    text_quote(p->district, quoted);
    if (near.best)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[shock %s] district: there is no district %s; did you mean %s?",
                  p->name, quoted, near.best);
    else
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[shock %s] district: there is no district %s", p->name, quoted);
}

static void check_shock(const struct param_set *set, const struct shock_params *p, int64_t units, struct faults *faults)
{
    const struct school_params *school = param_set_get(set, &school_group, 0);
    const int district = *p->district ? find(set, p->district) : -1;
    if (*p->district && district < 0) {
        unknown_district(set, p, faults);
        return;
    }
    const int64_t schools = district < 0 ? school->count : district_span(set, (size_t)district).count;
    if (schools < 1 || !p->active)
        return; /* said at that district */
    const uint32_t hits = merger_hits(p, (uint32_t)schools);
    if (hits == 0)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[shock %s] schools: %g of %lld school%s is nobody; the least that hits one is %g", p->name,
                  p->schools, (long long)schools, schools == 1 ? "" : "s", 0.5 / (double)schools);
    if (!p->merger)
        return;
    if (hits == 1)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[shock %s] merger: it takes two schools and one is hit ([school] count = %lld, schools = %g)",
                  p->name, (long long)school->count, p->schools);
    else if (hits % 2)
        fault_warn(faults, NULL, 0, "[shock %s] merger: of the %u schools hit the last one stays alone", p->name, hits);
    if (units < 2)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[shock %s] merger: every other unit changes places, and a school has but one", p->name);
}

void district_check(const struct param_set *set, int64_t units, struct faults *faults)
{
    check_membership(set, faults);
    for (size_t n = 0; n < param_set_count(set, &district_group); n++) {
        check_one(settings_of(set, n), units, param_set_weeks_per_year(set), faults);
        check_silos(set, settings_of(set, n), n, faults);
    }
    for (size_t n = 0; n < param_set_count(set, &shock_group); n++)
        check_shock(set, param_set_get(set, &shock_group, n), units, faults);
}
