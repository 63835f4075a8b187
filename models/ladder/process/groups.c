/* Groups: communities of practice form by themselves around a shared, valued, not yet practised idea among four or more
 * trusting colleagues, across units. They meet (meetings.c), and their phase rises with deep talk and falls with quarrels:
 * naming and framing widens what is known; analyzing and integrating drops what is not valued and brings people to value
 * the group's ideas; experimenting and applying enacts them together (Mitchell & Sackney). Stages after Wenger (1998):
 * potential, coalescing, maturing, stewardship once most members use its ideas; then the group transforms itself around
 * another idea, or dissolves. Its boundary shelters members from push-back (lapse.c); its permeability lets colleagues who
 * value the idea join.
 *
 * A committed group asks for time. Where somebody says yes (a strategy's `on_demand`), its members have all the time there
 * is for what the group does, for some weeks; scheduled support gives everyone some of it, asked for or not.
 *
 * Sprint teams are formed by a strategy around a task, a few of its ideas: they begin where the task is named, meet often,
 * let nobody in, and dissolve when it is done or the strategy ends. */
#include "group.h"

static const struct param rows[] = {GROUPS_PARAMS(PARAM_ROW, groups_params)};
const struct param_group groups_rules = PARAM_GROUP("groups", "Communities of practice", rows, struct groups_params);

/* Lived time, but for a group that asked and was given all of it. */
static inline float time_of(const struct school *s, const struct group *group)
{
    return group->given ? 1.0f : s->lived[LEVER_TIME];
}

/* Meetings of groups: each member who attends talks with another member. Called by meetings.c. */
uint32_t groups_meet(const struct world *world, const struct school *s, float by_time, struct rng_reader *reader,
                     struct talk *talks, uint32_t room)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    uint32_t count = 0;
    for (uint32_t g = 0; g < s->group_count; g++) {
        const struct group *group = &s->groups[g];
        const float each = (float)(group->sprint ? p->sprint_meetings : p->meetings);
        const float more = time_of(s, group) -
                           s->lived[LEVER_TIME]; /* given hours hold as many talks as scheduled ones */
        const float often = (each * groups_time(p, time_of(s, group)) + by_time * more) * s->contact;
        for (uint32_t m = 0; m < group->size; m++)
            for (int n = curve_poisson(rng_uniform(reader), often); n > 0 && count < room; n--) {
                const uint32_t other = rng_below(reader, group->size);
                if (other != m)
                    talks[count++] = (struct talk){
                        .a = group->member[m], .b = group->member[other], .place = NO_TIE, .venue = VENUE_GROUP};
            }
    }
    return count;
}

float groups_boundary(const struct world *world)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    return (float)p->boundary;
}

static void leave(struct school *s, uint32_t g, uint32_t at)
{
    struct group *group = &s->groups[g];
    s->teachers[group->member[at]].group = 0;
    group->member[at] = group->member[--group->size];
}

static void join(struct school *s, uint32_t g, uint32_t who)
{
    struct group *group = &s->groups[g];
    group->member[group->size++] = (uint16_t)who;
    s->teachers[who].group = (uint8_t)(g + 1);
}

static void dissolve(struct school *s, uint32_t g)
{
    while (s->groups[g].size)
        leave(s, g, 0);
    const uint32_t last = --s->group_count;
    if (g == last)
        return;
    s->groups[g] = s->groups[last];
    for (uint32_t m = 0; m < s->groups[g].size; m++)
        s->teachers[s->groups[g].member[m]].group = (uint8_t)(g + 1);
}

/* Around an idea that somebody values and does not use, with the colleagues who feel the same. */
static void form(struct week *week, const struct groups_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    const uint32_t i = rng_below(reader, s->staff);
    const struct teacher *t = &s->teachers[i];
    const uint64_t idea = group_concern(week->world, s, t, reader);
    if (!idea || t->group || s->group_count == GROUPS_MAX)
        return;
    struct group group = {.ideas = idea};
    group.member[group.size++] = (uint16_t)i;
    const level enough = level_of((float)p->trust);
    for (uint32_t k = 0; k < t->ties && group.size < p->founders; k++) {
        const struct teacher *o = &s->teachers[t->alter[k]];
        if (t->alter[k] < s->staff && !o->group && t->trust[k] >= enough && (o->valued & idea) &&
            outreach_passes(week->world, s, i, t->alter[k], reader))
            group.member[group.size++] = t->alter[k];
    }
    if (group.size < p->least)
        return;
    const uint32_t g = s->group_count++;
    s->groups[g] = group;
    for (uint32_t m = 0; m < group.size; m++)
        s->teachers[group.member[m]].group = (uint8_t)(g + 1);
}

/* What the phase does to its members. */
static void work(struct week *week, const struct circle *circle, const struct common *common, struct rng_reader *reader)
{
    const float time = time_of(week->school, circle->group);
    for (uint32_t m = 0; m < circle->size; m++) {
        const struct worked worked = group_work(week->world, circle->group, common, circle->member[m], time, 1, reader);
        group_tally(week, &worked);
    }
}

/* Somebody tied to a member, who values the idea and is in no group. */
static void recruit(struct week *week, uint32_t g, const struct groups_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct group *group = &s->groups[g];
    if (group->size == GROUP_SIZE_MAX || group->sprint || rng_uniform(reader) >= (float)p->permeability)
        return;
    const uint32_t host = group->member[rng_below(reader, group->size)];
    const struct teacher *t = &s->teachers[host];
    if (t->ties == 0)
        return;
    const uint32_t who = t->alter[rng_below(reader, t->ties)];
    if (who < s->staff && !s->teachers[who].group && (s->teachers[who].valued & group->ideas) &&
        outreach_passes(week->world, s, host, who, reader))
        join(s, g, who);
}

/* For time: the more spirit, the sooner. Nothing is drawn where nobody says yes. */
static void ask(struct week *week, struct group *group, float spirit, const struct groups_params *p,
                struct rng_reader *reader)
{
    struct school *s = week->school;
    group->given = (uint16_t)(group->given - (group->given > 0));
    if (s->says_yes <= 0)
        group->given = 0;
    else if (!group->given && rng_uniform(reader) < (float)p->asking * curve_share(spirit) &&
             rng_uniform(reader) < s->says_yes && timing_pay(week->world, s, s->grant_cost * (double)p->given))
        group->given = (uint16_t)p->given;
    s->cost += group->given ? (float)s->grant_cost : 0.0f;
}

static struct circle circle_of(const struct school *s, struct group *group)
{
    struct circle circle = {.group = group, .size = group->size};
    for (uint32_t m = 0; m < group->size; m++)
        circle.member[m] = &s->teachers[group->member[m]];
    return circle;
}

static bool live(struct week *week, uint32_t g, const struct groups_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct group *group = &s->groups[g];
    group->ideas &= ~week->world->obsolete;
    for (uint32_t m = group->size; m-- > 0;) /* who has left the school has left the group */
        if (s->teachers[group->member[m]].group != g + 1)
            group->member[m] = group->member[--group->size];
    if (group->size < p->few || !group->ideas || (group->sprint && !(s->active & group->sprint)))
        return false;
    struct circle circle = circle_of(s, group);
    const struct common common = group_common(&circle);
    const float spirit = common.commitment * (s->trust / (float)group->size);
    work(week, &circle, &common, reader);
    recruit(week, g, p, reader);
    group_ages(week->world, group, common.using, 1);
    ask(week, group, spirit, p, reader);
    if (group->sprint)
        return group->stage != STAGE_STEWARDSHIP; /* done */
    circle = circle_of(s, group);                 /* who has just come has a say */
    return group_goes_on(week->world, &circle, spirit, 1, reader);
}

static void step(struct week *week, const void *params)
{
    const struct groups_params *p = params;
    struct school *s = week->school;
    if (p->formation <= 0 && s->group_count == 0)
        return;
    struct rng_reader reader;
    week_reader(week, STREAM_GROUPS, &reader);
    for (uint32_t n = 0; n < week->deep_count; n++) {
        const struct talk *talk = &week->talks[week->deep[n]];
        const uint32_t g = s->teachers[talk->a].group;
        if (!g || g != s->teachers[talk->b].group)
            continue;
        group_advance(week->world, &s->groups[g - 1], talk->conflict);
    }
    for (uint32_t g = s->group_count; g-- > 0;)
        if (!live(week, g, p, &reader))
            dissolve(s, g);
    for (int n = curve_poisson(rng_uniform(&reader), groups_tries(p, s)); n > 0; n--)
        form(week, p, &reader);
}

/* ---- sprint teams ---- */

static bool free_for(const struct school *s, uint32_t i, uint32_t bit)
{
    return (s->teachers[i].targeted & bit) && !s->teachers[i].group;
}

/* Somebody free, by chance; UINT32_MAX: nobody was found. */
static uint32_t find_free(const struct school *s, uint32_t bit, struct rng_reader *reader)
{
    const uint32_t from = rng_below(reader, s->staff);
    for (uint32_t k = 0; k < s->staff; k++)
        if (free_for(s, (from + k) % s->staff, bit))
            return (from + k) % s->staff;
    return UINT32_MAX;
}

/* First the trusted ties of who was asked first, then anyone. */
static uint32_t next_member(const struct school *s, uint32_t first, uint32_t bit, struct rng_reader *reader)
{
    const struct teacher *t = &s->teachers[first];
    uint32_t best = UINT32_MAX, most = 0;
    for (uint32_t k = 0; k < t->ties; k++)
        if (t->alter[k] < s->staff && t->trust[k] >= most && free_for(s, t->alter[k], bit)) {
            best = t->alter[k];
            most = t->trust[k];
        }
    return best == UINT32_MAX ? find_free(s, bit, reader) : best;
}

void groups_sprint(const struct world *world, struct school *s, uint32_t strategy, struct rng_reader *reader)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    const struct strategy_params *of = param_set_get(world->set, &strategy_group, strategy);
    const uint32_t bit = 1u << strategy;
    for (int64_t n = 0; n < of->sprint_teams && s->group_count < GROUPS_MAX; n++) {
        const uint32_t g = s->group_count, first = find_free(s, bit, reader);
        if (first == UINT32_MAX)
            return;
        s->groups[s->group_count++] = (struct group){.phase = (float)p->analyzing, .sprint = bit};
        for (int64_t k = 0; k < p->sprint_ideas; k++)
            s->groups[g].ideas |= draw_idea(world->bundle[strategy] & ~s->groups[g].ideas, reader);
        for (uint32_t who = first; who != UINT32_MAX && s->groups[g].size < p->sprint_size;
             who = next_member(s, first, bit, reader))
            join(s, g, who);
        if (s->groups[g].size < p->few || !s->groups[g].ideas) {
            dissolve(s, g);
            return;
        }
    }
}

const struct process groups_process = {"groups", "Groups", "S4 S9 S10 S11", &groups_rules, step};
