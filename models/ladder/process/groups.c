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
#include "../ladder.h"

#define GROUPS_PARAMS(X, S)                                                                                           \
    X(S, REAL, formation, "0.10", 0, 20, "tries/week", "",                                                            \
      "tries to form a group in a school of 60, at full lived dispersal", "assumed")                                  \
    X(S, REAL, trust, "0.5", 0, 1, "0-1", "", "trust in a colleague whom one would ask to join", "assumed")           \
    X(S, INTEGER, least, "4", 3, 12, "people", "", "who it takes", "model: step 12")                                  \
    X(S, REAL, meetings, "0.5", 0, 5, "1/week", "",                                                                   \
      "meetings a member attends at full lived time, half of it without", "assumed")                                  \
    X(S, REAL, phase_gain, "0.06", 0, 2, "phase", "", "advance for each deep talk per member", "assumed")             \
    X(S, REAL, phase_fall, "0.3", 0, 2, "phase", "", "fall for each unproductive conflict per member", "assumed")     \
    X(S, REAL, widen, "0.10", 0, 1, "1/week", "", "naming: chance of a member to learn of an idea another knows",     \
      "assumed")                                                                                                      \
    X(S, REAL, sift, "0.10", 0, 1, "1/week", "",                                                                      \
      "analyzing: chance to drop a habit not valued, and to come to value one of the group's ideas", "assumed")       \
    X(S, REAL, enact, "0.20", 0, 1, "1/week", "", "experimenting: chance to try one of the group's ideas, with time", \
      "assumed")                                                                                                      \
    X(S, REAL, boundary, "0.5", 0, 1, "share", "", "of push-back that a member is spared",                            \
      "theory: Albury, protection")                                                                                   \
    X(S, REAL, permeability, "0.05", 0, 1, "1/week", "", "chance that a colleague who values its idea joins",         \
      "theory: Albury")                                                                                               \
    X(S, REAL, renewal, "0.04", 0, 1, "1/week", "",                                                                   \
      "chance that a group whose ideas are in use transforms or dissolves", "theory: Wenger")                         \
    X(S, REAL, fading, "0.04", 0, 1, "1/week", "", "chance that a group without any commitment or trust dissolves",   \
      "assumed")                                                                                                      \
    X(S, REAL, asking, "0.1", 0, 1, "1/week", "", "chance that a group of full commitment and trust asks for time",   \
      "assumed")                                                                                                      \
    X(S, DURATION, given, "10w", 1, 4000, "weeks", "", "for how long it is given time when the answer is yes",        \
      "assumed: a quarter of a year")                                                                                 \
    X(S, INTEGER, sprint_size, "5", 3, 12, "people", "", "in a sprint team", "assumed")                               \
    X(S, INTEGER, sprint_ideas, "2", 1, 8, "ideas", "", "of the strategy's bundle that are its task", "assumed")      \
    X(S, REAL, sprint_meetings, "2", 0, 10, "1/week", "", "meetings a member attends, instead of `meetings`", "assumed")
struct groups_params {
    GROUPS_PARAMS(PARAM_FIELD, groups_params)
};
static const struct param rows[] = {GROUPS_PARAMS(PARAM_ROW, groups_params)};
const struct param_group groups_rules = PARAM_GROUP("groups", "Communities of practice", rows, struct groups_params);

/* Lived time, but for a group that asked and was given all of it. */
static inline float time_of(const struct school *s, const struct group *group)
{
    return group->given ? 1.0f : s->lived[LEVER_TIME];
}

/* Meetings of groups: each member who attends talks with another member. Called by meetings.c. */
uint32_t groups_meet(const struct world *world, const struct school *s, struct rng_reader *reader, struct talk *talks,
                     uint32_t room)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    uint32_t count = 0;
    for (uint32_t g = 0; g < s->group_count; g++) {
        const struct group *group = &s->groups[g];
        const float each = (float)(group->sprint ? p->sprint_meetings : p->meetings);
        const float often = each * (0.5f + 0.5f * time_of(s, group)) * s->contact;
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

/* An idea that this teacher values and does not use, and the colleagues who feel the same. */
static void form(struct week *week, const struct groups_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    const uint32_t i = rng_below(reader, s->staff);
    const struct teacher *t = &s->teachers[i];
    const uint64_t open = t->valued & ~t->used, championed = open & s->championed; /* a concern that has a voice */
    const uint64_t idea = draw_idea(championed ? championed : open, reader);
    if (!idea || t->group || s->group_count == GROUPS_MAX)
        return;
    struct group group = {.ideas = idea};
    group.member[group.size++] = (uint16_t)i;
    const level enough = level_of((float)p->trust);
    for (uint32_t k = 0; k < t->ties && group.size < GROUP_SIZE_MAX - 4; k++) {
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

/* What the phase does to one member. */
static void work(struct week *week, const struct group *group, uint32_t i, const struct groups_params *p,
                 uint64_t heard, float using, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct teacher *t = &s->teachers[i];
    const float chance = rng_uniform(reader), open = 0.3f + 0.7f * t->commitment;
    if (group->phase < 2.0f / 3.0f) {
        if (chance < (float)p->widen * open) {
            const uint64_t idea = draw_idea(heard & ~t->known, reader);
            t->known |= idea;
            s->tally.heard += idea != 0;
        }
    } else if (group->phase < 4.0f / 3.0f) {
        if (chance < (float)p->sift * open) {
            const uint64_t habit = draw_idea(t->used & ~t->valued, reader),
                           idea = draw_idea(group->ideas & ~t->valued, reader);
            t->used &= ~habit;
            t->known |= idea;
            t->valued |= idea;
            s->tally.dropped += habit != 0;
            s->tally.valued += idea != 0;
            week->practice_changes += habit != 0;
        }
    } else if (chance < (float)p->enact * open * (0.5f + time_of(s, group))) {
        const uint64_t idea = draw_idea(group->ideas & t->valued & ~t->used, reader);
        if (idea && rng_uniform(reader) < 0.25f + 0.6f * using + 0.2f * time_of(s, group)) {
            t->used |= idea;
            t->shallow &= ~idea;
            s->tally.enacted++;
            week->practice_changes++;
        }
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

/* A new idea that at least half of the members value and do not use; none: 0. */
static uint64_t next_concern(const struct school *s, const struct group *group, struct rng_reader *reader)
{
    uint64_t shared = 0;
    for (uint64_t left = ~UINT64_C(0); left; left &= left - 1) {
        const uint64_t idea = left & -left;
        uint32_t want = 0;
        for (uint32_t m = 0; m < group->size; m++) {
            const struct teacher *t = &s->teachers[group->member[m]];
            want += (t->valued & ~t->used & idea) != 0;
        }
        if (2 * want >= group->size)
            shared |= idea;
    }
    return draw_idea(shared, reader);
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

static bool live(struct week *week, uint32_t g, const struct groups_params *p, struct rng_reader *reader)
{
    struct school *s = week->school;
    struct group *group = &s->groups[g];
    for (uint32_t m = group->size; m-- > 0;) /* who has left the school has left the group */
        if (s->teachers[group->member[m]].group != g + 1)
            group->member[m] = group->member[--group->size];
    if (group->size < 3 || (group->sprint && !(s->active & group->sprint)))
        return false;
    uint64_t heard = 0;
    float spirit = 0, using = 0;
    for (uint32_t m = 0; m < group->size; m++) {
        const struct teacher *t = &s->teachers[group->member[m]];
        heard |= t->known;
        spirit += t->commitment;
        using += (float)count_bits(t->used & group->ideas) / (float)count_bits(group->ideas);
    }
    spirit *= s->trust / (float)group->size;
    using /= (float)group->size;
    for (uint32_t m = 0; m < group->size; m++)
        work(week, group, group->member[m], p, heard, using, reader);
    recruit(week, g, p, reader);
    group->age++;
    group->stage = using > 0.7f       ? STAGE_STEWARDSHIP
                   : group->phase > 1 ? STAGE_MATURING
                   : group->age > 8   ? STAGE_COALESCING
                                      : STAGE_POTENTIAL;
    ask(week, group, spirit, p, reader);
    if (group->sprint)
        return group->stage != STAGE_STEWARDSHIP; /* done */
    if (rng_uniform(reader) < (float)p->fading * (1 - curve_share(3 * spirit)))
        return false;
    if (group->stage == STAGE_STEWARDSHIP && rng_uniform(reader) < (float)p->renewal) {
        const uint64_t idea = next_concern(s, group, reader);
        if (!idea)
            return false;
        group->ideas = idea;
        group->phase = 0.5f;
    }
    return true;
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
        struct group *group = &s->groups[g - 1];
        const float by = talk->conflict == 1 ? -(float)p->phase_fall : (float)p->phase_gain;
        group->phase = curve_clip(group->phase + by / (float)group->size, 0.0f, 2.0f);
    }
    for (uint32_t g = s->group_count; g-- > 0;)
        if (!live(week, g, p, &reader))
            dissolve(s, g);
    const float tries = (float)p->formation * (float)s->staff / 60.0f * s->lived[LEVER_DISPERSAL];
    for (int n = curve_poisson(rng_uniform(&reader), tries * 4.0f); n > 0; n--)
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
        s->groups[s->group_count++] = (struct group){.phase = 2.0f / 3.0f, .sprint = bit};
        for (int64_t k = 0; k < p->sprint_ideas; k++)
            s->groups[g].ideas |= draw_idea(world->bundle[strategy] & ~s->groups[g].ideas, reader);
        for (uint32_t who = first; who != UINT32_MAX && s->groups[g].size < p->sprint_size;
             who = next_member(s, first, bit, reader))
            join(s, g, who);
        if (s->groups[g].size < 3 || !s->groups[g].ideas) {
            dissolve(s, g);
            return;
        }
    }
}

const struct process groups_process = {"groups", "Groups", "S4 S9 S10 S11", &groups_rules, step};
