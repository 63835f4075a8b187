/* The rules of one community of practice (group.h): what its phase does to members, its stages, and how it ends. */
#include "group.h"

#define YOUNG 8 /* weeks in which a community is but a potential one */

struct common group_common(const struct circle *circle)
{
    const uint64_t ideas = circle->group->ideas;
    struct common common = {0};
    for (uint32_t m = 0; m < circle->size; m++) {
        const struct teacher *t = circle->member[m];
        common.heard |= t->known;
        common.commitment += t->commitment;
        common.using += (float)count_bits(t->used & ideas) / (float)count_bits(ideas);
    }
    common.using /= (float)circle->size;
    return common;
}

struct worked group_work(const struct world *world, const struct group *group, const struct common *common,
                         struct teacher *t, float time, float weeks, struct rng_reader *reader)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    const float chance = rng_uniform(reader), open = weeks * willing(world, t->commitment);
    struct worked worked = {0};
    if (group->phase < (float)p->analyzing) {
        if (chance < (float)p->widen * open)
            worked.heard = draw_idea(common->heard & ~t->known, reader);
    } else if (group->phase < (float)p->experimenting) {
        if (chance < (float)p->sift * open) {
            worked.habit = draw_idea(t->used & ~t->valued, reader);
            worked.valued = draw_idea(group->ideas & ~t->valued, reader);
        }
    } else if (chance < (float)p->enact * open * ((float)p->tried + time)) {
        const uint64_t idea = draw_idea(group->ideas & t->valued & ~t->used, reader);
        if (idea && rng_uniform(reader) < reflection_success(world, common->using, time))
            worked.enacted = idea;
    }
    t->used = (t->used & ~worked.habit) | worked.enacted;
    t->known |= worked.heard | worked.valued;
    t->valued |= worked.valued;
    t->shallow &= ~worked.enacted;
    return worked;
}

void group_tally(struct week *week, const struct worked *worked)
{
    struct tally *tally = &week->school->tally;
    tally->heard += worked->heard != 0;
    tally->dropped += worked->habit != 0;
    tally->valued += worked->valued != 0;
    tally->enacted += worked->enacted != 0;
    week->practice_changes += (worked->habit | worked->enacted) != 0;
}

uint64_t group_concern(const struct world *world, const struct school *s, const struct teacher *t,
                       struct rng_reader *reader)
{
    const uint64_t open = t->valued & ~t->used & ~world->obsolete, championed = open & s->championed;
    return draw_idea(championed ? championed : open, reader);
}

void group_advance(const struct world *world, struct group *group, int conflict)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    const float by = conflict == 1 ? -(float)p->phase_fall : (float)p->phase_gain;
    group->phase = curve_clip(group->phase + by / (float)group->size, 0.0f, 2.0f);
}

void group_ages(const struct world *world, struct group *group, float using, uint32_t weeks)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    group->age += weeks;
    /* On the last of Wenger's stages depends whether it goes on; the others are but names for what came before. */
    group->stage = using > (float)p->stewardship ? STAGE_STEWARDSHIP
                   : group->phase > 1            ? STAGE_MATURING
                   : group->age > YOUNG          ? STAGE_COALESCING
                                                 : STAGE_POTENTIAL;
}

void groups_check(const struct param_set *set, struct faults *faults)
{
    const struct groups_params *p = param_set_get(set, &groups_rules, 0);
    if (p->experimenting < p->analyzing)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[groups] experimenting: a group would experiment from phase %g on, before it analyzes (analyzing = "
                  "%g)",
                  p->experimenting, p->analyzing);
    if (p->founders < p->least)
        fault_warn(faults, NULL, 0,
                   "[groups] founders: %lld people at most begin a group, but it takes least = %lld: none forms",
                   (long long)p->founders, (long long)p->least);
    if (p->few > p->least || p->few > p->sprint_size)
        fault_warn(
            faults, NULL, 0,
            "[groups] few: with fewer than %lld people groups dissolve, but they form with least = %lld and sprint "
            "teams with sprint_size = %lld",
            (long long)p->few, (long long)p->least, (long long)p->sprint_size);
}

/* A new idea that this share of the members, at least, value and do not use; none: 0. */
static uint64_t next_concern(const struct circle *circle, float wanted, struct rng_reader *reader)
{
    uint64_t shared = 0;
    for (uint64_t left = ~UINT64_C(0); left; left &= left - 1) {
        const uint64_t idea = left & -left;
        uint32_t want = 0;
        for (uint32_t m = 0; m < circle->size; m++)
            want += (circle->member[m]->valued & ~circle->member[m]->used & idea) != 0;
        if (want > 0 && (float)want >= wanted * (float)circle->size)
            shared |= idea;
    }
    return draw_idea(shared, reader);
}

bool group_goes_on(const struct world *world, const struct circle *circle, float spirit, float weeks,
                   struct rng_reader *reader)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    struct group *group = circle->group;
    if (rng_uniform(reader) < weeks * (float)p->fading * (1 - curve_share((float)p->by_spirit * spirit)))
        return false;
    if (group->stage != STAGE_STEWARDSHIP || rng_uniform(reader) >= weeks * (float)p->renewal)
        return true;
    group->phase = (float)p->renewed;
    const uint64_t idea = next_concern(circle, (float)p->wanted, reader);
    group->ideas = idea ? idea : group->ideas;
    return idea != 0;
}
