/* The ladder model: one ladder (known, valued, used) serves all the theory. See ODD.md. */
#include "observe/adoption.h"
#include "schools/district.h"
#include "schools/networks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LADDER_PROCESS_ADDRESS(name) &name##_process,
static const struct process *const processes[] = {LADDER_PROCESSES(LADDER_PROCESS_ADDRESS)};

/* With whom it hits, where that is not every school. */
static void name_shock(const struct shock_params *p, char *name, size_t size)
{
    char share[48] = "";
    if (p->schools < 1)
        snprintf(share, sizeof share, "%.3g %% of schools", 100 * p->schools);
    const bool some = *p->district || *share;
    snprintf(name, size, "%.*s%s%.*s%s%s%s", text_fit(p->name, 300), p->name, some ? " (" : "",
             text_fit(p->district, 100), p->district, *p->district && *share ? ", " : "", share, some ? ")" : "");
}

static size_t ladder_events(const struct param_set *set, struct event *list, size_t max)
{
    size_t count = 0;
    const struct budget_params *budget = param_set_get(set, &budget_group, 0);
    for (size_t n = 0; n < param_set_count(set, &strategy_group); n++) {
        const struct strategy_params *p = param_set_get(set, &strategy_group, n);
        if (!p->active)
            continue;
        if (count < max) {
            list[count] = (struct event){
                .kind = EVENT_STRATEGY, .start = p->start, .end = p->end, .ramp = p->ramp, .cost = p->cost};
            if (*p->when || *p->after || budget->total >= 0 || district_pays(set))
                list[count].cost = 0; /* nobody knows beforehand how many weeks it will be paid */
            timing_dates(set, p, &list[count].start, &list[count].end);
            timing_name(p, budget->total >= 0 || district_pays(set), list[count].name, sizeof list[count].name);
        }
        count++;
    }
    for (size_t n = 0; n < param_set_count(set, &shock_group); n++) {
        const struct shock_params *p = param_set_get(set, &shock_group, n);
        if (!p->active)
            continue;
        if (count < max) {
            list[count] = (struct event){.kind = EVENT_SHOCK, .start = p->start, .end = p->end};
            name_shock(p, list[count].name, sizeof list[count].name);
        }
        count++;
    }
    for (size_t n = 0; n < param_set_count(set, &initiative_group); n++) {
        const struct initiative_params *p = param_set_get(set, &initiative_group, n);
        if (!p->active)
            continue;
        if (count < max) {
            list[count] = (struct event){.kind = EVENT_INITIATIVE, .start = p->start, .end = p->end};
            memcpy(list[count].name, p->name, sizeof p->name);
        }
        count++;
    }
    for (size_t n = 0; n < param_set_count(set, &network_group); n++) {
        const struct network_params *p = param_set_get(set, &network_group, n);
        if (!p->active)
            continue;
        if (count < max) {
            list[count] = (struct event){.kind = EVENT_STRATEGY, .start = p->start, .end = p->end};
            snprintf(list[count].name, sizeof list[count].name, "network %.*s", text_fit(p->name, 480), p->name);
        }
        count++;
    }
    return count;
}

static size_t ladder_steps(struct model_step *list, size_t max)
{
    for (size_t k = 0; k < PROCESSES && k < max; k++)
        list[k] = (struct model_step){processes[k]->name, processes[k]->title, processes[k]->theory,
                                      processes[k]->group->section};
    return PROCESSES;
}

static enum status ladder_init(const struct param_set *set, const struct model_input *input, uint64_t seed,
                               uint32_t replicate, struct world **world, struct faults *faults)
{
    enum status status = world_new(set, input, seed, replicate, world, faults);
    if (status)
        return status;
    const struct school_params *p = param_set_get(set, &school_group, 0);
    if ((*world)->network || p->settle == 0)
        for (uint32_t n = 0; n < (*world)->school_count; n++)
            innovation_begin(*world, &(*world)->schools[n], 0);
    return STATUS_OK;
}

static size_t ladder_schools(const struct world *world)
{
    return world->school_count;
}

static size_t ladder_count(const struct param_set *set, const struct model_input *input)
{
    const struct school_params *p = param_set_get(set, &school_group, 0);
    (void)input;
    return (size_t)p->count;
}

/* A surveyed school is what the survey found: it does not settle. */
static int64_t ladder_settle(const struct world *world)
{
    const struct school_params *p = param_set_get(world->set, &school_group, 0);
    return world->network ? 0 : p->settle;
}

static void ladder_exchange(struct world *world, int64_t number)
{
    world->week = number;
    world_exchange(world, number);
    if (world->districts)
        district_exchange(world);
    merger_exchange(world);
    if (world->keeps_adoptions)
        adoption_reserve(world);
}

/* As long as ladder_exchange() has nothing to do but the pool's, and the pool stays as it is. */
static int64_t ladder_stretch(const struct world *world, int64_t number)
{
    return world->district_count > 0 || world->keeps_adoptions || merger_expected(world) ? 1
                                                                                         : world_stretch(world, number);
}

static void ladder_week(struct world *world, size_t school, int64_t number)
{
    struct week week;
    struct school *s = &world->schools[school];
    if (number < s->begins)
        return;
    week.world = world;
    week.school = s;
    week.number = number;
    week.people = s->staff + s->others;
    week.talk_count = 0;
    week.practice_changes = 0;
    week.any_eased = false;
    memset(week.effort, 0, (s->staff + s->other_room) * sizeof week.effort[0]);
    for (int k = 0; k < PROCESSES; k++) {
        processes[k]->step(&week, world->params[k]);
        if (s->watched)
            watch_step(&week, k, processes[k]->name);
    }
    s->stepped = number;
    if (number >= 0)
        innovation_begin(world, s, number);
    if (s->watched)
        watch_week(&week);
}

static size_t district_sets(const struct world *world)
{
    return world->district_count;
}

static size_t district_set(const struct world *world, size_t school)
{
    const uint16_t district = world->schools[school].district;
    return district ? district - 1u : SIZE_MAX;
}

/* Networks in the order of the file, then the schools that are in none. */
static size_t network_count(const struct world *world)
{
    return world->networks ? world->networks->count + 1 : 0;
}

static size_t network_of(const struct world *world, size_t school)
{
    const int32_t network = world->networks->of[school].network;
    return network < 0 ? world->networks->count : (size_t)network;
}

static size_t networks_of_section(const void *section)
{
    const struct network_params *p = section;
    return p->active ? (size_t)p->count : 0;
}

static const struct model_level levels[] = {
    {.name = "district",
     .section = "district",
     .rows = "districts, in the order of the file",
     .count = district_sets,
     .of = district_set},
    {.name = "network",
     .section = "network",
     .rows = "networks in the order of the file; the last row: schools in none",
     .count = network_count,
     .of = network_of,
     .of_section = networks_of_section},
};

#define LADDER_PROCESS_GROUP(name) &name##_rules,
static const struct param_group *const groups[] = {&school_group,
                                                   &start_group,
                                                   &levels_group,
                                                   &strategy_group,
                                                   &budget_group,
                                                   &shock_group,
                                                   &initiative_group,
                                                   &district_group,
                                                   &network_group,
                                                   &innovation_group,
                                                   &innovation_named_group,
                                                   &weights_group,
                                                   &advice_group,
                                                   &roles_group,
                                                   LADDER_PROCESSES(LADDER_PROCESS_GROUP) NULL};

extern const struct model ladder_model;
const struct model ladder_model = {
    .name = "ladder",
    .title = "Capacity in schools",
    .meaning = "teachers climb from known to valued to used ideas in talk, reflection and joint work; see "
               "models/ladder/ODD.md",
    .groups = groups,
    .columns = ladder_columns,
    .column_count = LADDER_COLUMN_COUNT,
    .node_attributes = ladder_node_attributes,
    .tie_attributes = ladder_tie_attributes,
    .node_attribute_count = LADDER_NODE_ATTRIBUTES,
    .tie_attribute_count = LADDER_TIE_ATTRIBUTES,
    .levels = levels,
    .level_count = sizeof levels / sizeof levels[0],
    .roster_key = "school.roster",
    .network_key = "school.network",
    .roster_roles = "teacher|lead teacher|principal",
    .check = ladder_check,
    .events = ladder_events,
    .steps = ladder_steps,
    .init = ladder_init,
    .schools = ladder_schools,
    .count = ladder_count,
    .settle = ladder_settle,
    .trace_agent = "teacher",
    .trace_tables = ladder_trace_tables,
    .trace_table_count = LADDER_TRACE_TABLES,
    .trace = ladder_trace,
    .innovations = adoption_innovations,
    .innovation_names = innovation_names,
    .adoption_layers = "none|interest|engagement|practice",
    .adoption_kinds = ADOPTION_WORDS,
    .adoptions_keep = adoption_keep,
    .adoptions = adoption_list,
    .agent_name = adoption_name,
    .exchange = ladder_exchange,
    .stretch = ladder_stretch,
    .week = ladder_week,
    .observe = ladder_observe,
    .graph = ladder_graph,
    .between = networks_graph,
    .verify = ladder_verify,
    .free = world_free,
};
