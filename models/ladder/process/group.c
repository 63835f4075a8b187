/* The rules of one community of practice (group.h): what its phase does to members, its stages, and how it ends. */
#include "group.h"

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
    const float chance = rng_uniform(reader), open = weeks * willing(t->commitment);
    struct worked worked = {0};
    if (group->phase < 2.0f / 3.0f) {
        if (chance < (float)p->widen * open)
            worked.heard = draw_idea(common->heard & ~t->known, reader);
    } else if (group->phase < 4.0f / 3.0f) {
        if (chance < (float)p->sift * open) {
            worked.habit = draw_idea(t->used & ~t->valued, reader);
            worked.valued = draw_idea(group->ideas & ~t->valued, reader);
        }
    } else if (chance < (float)p->enact * open * (0.5f + time)) {
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

uint64_t group_concern(const struct school *s, const struct teacher *t, struct rng_reader *reader)
{
    const uint64_t open = t->valued & ~t->used, championed = open & s->championed;
    return draw_idea(championed ? championed : open, reader);
}

void group_advance(const struct world *world, struct group *group, int conflict)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    const float by = conflict == 1 ? -(float)p->phase_fall : (float)p->phase_gain;
    group->phase = curve_clip(group->phase + by / (float)group->size, 0.0f, 2.0f);
}

void group_ages(struct group *group, float using, uint32_t weeks)
{
    group->age += weeks;
    group->stage = using > 0.7f       ? STAGE_STEWARDSHIP
                   : group->phase > 1 ? STAGE_MATURING
                   : group->age > 8   ? STAGE_COALESCING
                                      : STAGE_POTENTIAL;
}

/* A new idea that at least half of the members value and do not use; none: 0. */
static uint64_t next_concern(const struct circle *circle, struct rng_reader *reader)
{
    uint64_t shared = 0;
    for (uint64_t left = ~UINT64_C(0); left; left &= left - 1) {
        const uint64_t idea = left & -left;
        uint32_t want = 0;
        for (uint32_t m = 0; m < circle->size; m++)
            want += (circle->member[m]->valued & ~circle->member[m]->used & idea) != 0;
        if (2 * want >= circle->size)
            shared |= idea;
    }
    return draw_idea(shared, reader);
}

bool group_goes_on(const struct world *world, const struct circle *circle, float spirit, float weeks,
                   struct rng_reader *reader)
{
    const struct groups_params *p = world->params[PROCESS_groups];
    struct group *group = circle->group;
    if (rng_uniform(reader) < weeks * (float)p->fading * (1 - curve_share(3 * spirit)))
        return false;
    if (group->stage != STAGE_STEWARDSHIP || rng_uniform(reader) >= weeks * (float)p->renewal)
        return true;
    group->phase = 0.5f;
    const uint64_t idea = next_concern(circle, reader);
    group->ideas = idea ? idea : group->ideas;
    return idea != 0;
}
