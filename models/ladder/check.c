/* Relations between settings, each with a sentence when it does not hold. */
#include "schools/district.h"
#include "schools/networks.h"

static void check_count(const struct param_set *set, const struct param_group *group, size_t most,
                        struct faults *faults)
{
    const size_t count = param_set_count(set, group);
    if (count > most)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "there are %zu [%s …] sections; at most %zu are allowed", count,
                  group->section, most);
}

static void check_strategy(const struct param_set *set, size_t n, int64_t units, struct faults *faults)
{
    const struct strategy_params *p = param_set_get(set, &strategy_group, n);
    struct innovation innovations[INNOVATIONS_MAX];
    uint32_t followed;
    int64_t pioneers = 0;
    struct target target;
    innovation_read(set, innovations, &followed);
    for (uint32_t k = 0; k < followed; k++)
        pioneers += innovations[k].pioneers;
    if (target_parse(p->target, &target))
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[strategy %s] target: '%s' is not a target; allowed: %s", p->name,
                  p->target, TARGET_ALLOWED);
    else if (target.kind == TARGET_UNIT && target.number > units)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[strategy %s] target: there is no unit %d; the school has %lld",
                  p->name, target.number, (long long)units);
    else if (target.kind == TARGET_PIONEERS && !pioneers)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[strategy %s] target: nobody is a pioneer without ideas and pioneers in [innovation]", p->name);
    if (p->end >= 0 && p->end <= p->start)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[strategy %s] end: week %lld is not after its start, week %lld",
                  p->name, (long long)p->end, (long long)p->start);
    if (p->focal && p->ideas)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[strategy %s] promotes the focal innovation (focal = yes) and a bundle of its own (ideas = %lld); "
                  "choose one",
                  p->name, (long long)p->ideas);
    if (p->focal && !followed)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[strategy %s] focal = yes, but [innovation] ideas = 0", p->name);
}

static void check_dates(const char *kind, const char *name, int64_t start, int64_t end, struct faults *faults)
{
    if (end >= 0 && end <= start)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[%s %s] end: week %lld is not after its start, week %lld", kind,
                  name, (long long)end, (long long)start);
}

/* Acts and visits of a week are counted one by one: a thousand times as many take seconds, and then far more, forever. */
#define CONTACT_MOST 1000

/* Shocks at the same time multiply each other; most at the start of one of them. */
static void check_contact(const struct param_set *set, size_t n, struct faults *faults)
{
    const struct shock_params *p = param_set_get(set, &shock_group, n);
    double contact = 1;
    for (size_t k = 0; k < param_set_count(set, &shock_group); k++) {
        const struct shock_params *other = param_set_get(set, &shock_group, k);
        if (other->active && p->active && other->start <= p->start && (other->end < 0 || p->start < other->end))
            contact *= other->contact;
    }
    if (contact > CONTACT_MOST)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[shock %s] contact: with the shocks that last in week %lld conversations are multiplied by %.4g; at "
                  "most %d is allowed",
                  p->name, (long long)p->start, contact, CONTACT_MOST);
}

static void check_pool(const struct param_set *set, struct faults *faults)
{
    const struct innovation_params *innovation = param_set_get(set, &innovation_group, 0);
    int64_t ideas = innovation->ideas, others = 0;
    for (size_t n = 0; n < param_set_count(set, &innovation_named_group); n++)
        ideas += ((const struct innovation_named *)param_set_get(set, &innovation_named_group, n))->ideas;
    for (size_t n = 0; n < param_set_count(set, &strategy_group); n++) {
        const struct strategy_params *p = param_set_get(set, &strategy_group, n);
        ideas += p->focal ? 0 : p->ideas;
        for (int r = 0; r < ROLES; r++)
            others += role_sent(r, p);
    }
    for (size_t n = 0; n < param_set_count(set, &initiative_group); n++)
        ideas += ((const struct initiative_params *)param_set_get(set, &initiative_group, n))->ideas;
    for (size_t n = 0; n < param_set_count(set, &network_group); n++) {
        const struct network_params *p = param_set_get(set, &network_group, n);
        ideas += p->active && !p->focal ? p->ideas : 0;
    }
    if (ideas > IDEAS)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "innovations, strategies, initiatives and networks ask for %lld ideas together; the pool has %d",
                  (long long)ideas, IDEAS);
    if (others > OTHERS_MAX)
        fault_add(
            faults, STATUS_BAD_INPUT, NULL, 0,
            "strategies bring %lld coaches, facilitators, parents, students and partners together; at most %d are "
            "allowed",
            (long long)others, OTHERS_MAX);
}

/* Who is brought has to meet somebody. */
static void check_nights(const struct param_set *set, struct faults *faults)
{
    bool nights = false;
    for (size_t n = 0; n < param_set_count(set, &strategy_group); n++) {
        const struct strategy_params *p = param_set_get(set, &strategy_group, n);
        nights |= p->night >= 0; /* 0 is told already */
        if (p->night == 0)
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                      "[strategy %s] night: 0 weeks from one community night to the next; give weeks, or never",
                      p->name);
    }
    for (size_t n = 0; n < param_set_count(set, &strategy_group) && !nights; n++) {
        const struct strategy_params *p = param_set_get(set, &strategy_group, n);
        if (p->active && p->parents > 0)
            fault_add(
                faults, STATUS_BAD_INPUT, NULL, 0,
                "[strategy %s] parents: %lld parents would meet nobody: no strategy holds a community night (night = "
                "4w)",
                p->name, (long long)p->parents);
    }
}

/* How many colleagues each has ties with, in either direction; 0 or igraph's code. */
static igraph_error_t count_colleagues(const igraph_t *network, igraph_vector_int_t *colleagues)
{
    igraph_t pairs;
    IGRAPH_CHECK(igraph_copy(&pairs, network));
    IGRAPH_FINALLY(igraph_destroy, &pairs);
    IGRAPH_CHECK(igraph_to_undirected(&pairs, IGRAPH_TO_UNDIRECTED_COLLAPSE, NULL));
    IGRAPH_CHECK(igraph_degree(&pairs, colleagues, igraph_vss_all(), IGRAPH_ALL, IGRAPH_NO_LOOPS));
    igraph_destroy(&pairs);
    IGRAPH_FINALLY_CLEAN(1);
    return IGRAPH_SUCCESS;
}

/* A record holds TIES_MAX ties: whoever was told with more starts with fewer, and that is said. */
static void check_ties(const igraph_t *network, const char *roster, struct faults *faults)
{
    igraph_vector_int_t colleagues;
    igraph_error_t code = igraph_vector_int_init(&colleagues, 0);
    if (code) {
        graph_fault(faults, roster, code);
        return;
    }
    code = count_colleagues(network, &colleagues);
    if (code)
        graph_fault(faults, roster, code);
    for (igraph_integer_t i = 0; !code && i < igraph_vcount(network); i++)
        if (VECTOR(colleagues)[i] > TIES_MAX)
            fault_warn(faults, roster, 0, "'%s' has ties with %lld colleagues; the model holds %d of them at a time",
                       VAS(network, GRAPH_ID, i), (long long)VECTOR(colleagues)[i], TIES_MAX);
    igraph_vector_int_destroy(&colleagues);
}

static void check_roster(const igraph_t *network, const char *roster, struct faults *faults)
{
    const int64_t staff = igraph_vcount(network);
    double units = 0;
    for (int64_t i = 0; i < staff; i++) {
        const double unit = VAN(network, "unit", i) + 1;
        units = unit > units ? unit : units;
        const int role = role_find(VAS(network, "role", i));
        if (role < 0 || !roles[role].staff)
            fault_add(faults, STATUS_BAD_INPUT, roster, 0,
                      "role of '%s': '%s' is not known; allowed: teacher, lead teacher, principal",
                      VAS(network, GRAPH_ID, i), VAS(network, "role", i));
    }
    if (staff < 2 || staff > STAFF_MAX)
        fault_add(faults, STATUS_BAD_INPUT, roster, 0, "the roster has %lld people; a school has 2 to %d",
                  (long long)staff, STAFF_MAX);
    if (units > UNITS_MAX)
        fault_add(faults, STATUS_BAD_INPUT, roster, 0, "the roster has %g units; at most %d are allowed", units,
                  UNITS_MAX);
}

void ladder_check(const struct param_set *set, const struct model_input *input, struct faults *faults)
{
    const struct school_params *school = param_set_get(set, &school_group, 0);
    const bool surveyed = input && input->network;
    int64_t units = school->units;
    if (surveyed) {
        check_roster(input->network, school->roster, faults);
        check_ties(input->network, school->roster, faults);
        for (int64_t i = 0; i < igraph_vcount(input->network); i++)
            units = i == 0 || VAN(input->network, "unit", i) + 1 > (double)units
                        ? (int64_t)VAN(input->network, "unit", i) + 1
                        : units;
    } else if (units > school->teachers) {
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[school] units: %lld units are more than %lld teachers",
                  (long long)units, (long long)school->teachers);
    }
    check_count(set, &strategy_group, STRATEGIES_MAX, faults);
    check_count(set, &shock_group, STRATEGIES_MAX, faults);
    check_count(set, &initiative_group, INITIATIVES_MAX, faults);
    for (size_t n = 0; n < param_set_count(set, &strategy_group); n++)
        check_strategy(set, n, units, faults);
    strategy_check(set, input, units, faults);
    for (size_t n = 0; n < param_set_count(set, &shock_group); n++) {
        const struct shock_params *p = param_set_get(set, &shock_group, n);
        check_dates("shock", p->name, p->start, p->end, faults);
        check_contact(set, n, faults);
    }
    for (size_t n = 0; n < param_set_count(set, &initiative_group); n++) {
        const struct initiative_params *p = param_set_get(set, &initiative_group, n);
        check_dates("initiative", p->name, p->start, p->end, faults);
        if (p->active && p->start == 0 && (surveyed || school->settle == 0)) /* week 0 is looked at, not lived */
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                      "[initiative %s] start: a %s is first lived in week 1, so what begins in week 0 would never be "
                      "laid on it; say 1w",
                      p->name, surveyed ? "surveyed school" : "school that does not settle (school.settle = 0)");
    }
    check_pool(set, faults);
    check_nights(set, faults);
    innovation_check(set, faults);
    groups_check(set, faults);
    district_check(set, units, faults);
    timing_check(set, faults);
    networks_check(set, input, faults);
}
