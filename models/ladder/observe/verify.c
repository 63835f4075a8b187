/* Every invariant, derived again from the state: ties mutual, sets nested, levels in range, nobody dead is named. */
#include "adoption.h"
#include "../schools/district.h"
#include "../schools/networks.h"

#include <math.h>
#include <stdio.h>

static int outside(float x)
{
    return !(x >= 0.0f && x <= 1.0f); /* NAN is outside */
}

static int verify_ties(const struct school *s, uint32_t i, char *why, size_t size)
{
    const struct teacher *t = &s->teachers[i];
    const uint32_t people = s->staff + s->others;
    for (uint32_t k = 0; k < TIES_MAX; k++) {
        if (k >= t->ties) {
            if (t->strength[k] || t->trust[k] || t->alter[k] || t->back[k])
                return snprintf(why, size, "person %u: place %u is not in use and not empty", i, k);
            continue;
        }
        if (t->alter[k] >= people || t->alter[k] == i)
            return snprintf(why, size, "person %u: tie %u leads to %u of %u people", i, k, t->alter[k], people);
        const struct teacher *o = &s->teachers[t->alter[k]];
        if (t->back[k] >= o->ties || o->alter[t->back[k]] != i || o->back[t->back[k]] != k)
            return snprintf(why, size, "person %u: the tie to %u is not mutual", i, t->alter[k]);
        for (uint32_t m = 0; m < k; m++)
            if (t->alter[m] == t->alter[k])
                return snprintf(why, size, "person %u: two ties to %u", i, t->alter[k]);
    }
    return 0;
}

static int verify_person(const struct world *world, const struct school *s, uint32_t i, char *why, size_t size)
{
    const struct teacher *t = &s->teachers[i];
    if (t->valued & ~t->known || t->used & ~t->known || t->shallow & ~t->valued)
        return snprintf(why, size, "person %u: valued or used beyond known, or shallow beyond valued", i);
    if (outside(t->commitment) || outside(t->fatigue) || outside(t->benefit) || outside(t->disposition))
        return snprintf(why, size, "person %u: commitment %g, fatigue %g, benefit %g or disposition %g not in 0 to 1",
                        i, (double)t->commitment, (double)t->fatigue, (double)t->benefit, (double)t->disposition);
    if (!(t->expertise > 0) || t->role >= ROLES || t->ties > TIES_MAX || t->names > NAMES_MAX)
        return snprintf(why, size, "person %u: expertise, role, ties or names out of range", i);
    if (roles[t->role].staff != (i < s->staff) || (i < s->staff && t->unit >= s->unit_count))
        return snprintf(why, size, "person %u: role %u or unit %u does not fit the post", i, t->role, t->unit);
    if (i >= s->staff && (t->unit != UNITS_MAX || t->group || !(t->targeted & s->active)))
        return snprintf(why, size,
                        "person %u: not staff, yet in unit %u or group %u, or sent by no strategy that is on", i,
                        t->unit, t->group);
    if (t->used & world->obsolete && world->week == s->stepped)
        return snprintf(why, size, "person %u: still uses an idea that became obsolete", i);
    return verify_ties(s, i, why, size);
}

static int verify_groups(const struct school *s, char *why, size_t size)
{
    uint32_t grouped = 0, said = 0;
    for (uint32_t g = 0; g < s->group_count; g++) {
        const struct group *group = &s->groups[g];
        if (group->size > GROUP_SIZE_MAX || !group->ideas || !(group->phase >= 0 && group->phase <= 2))
            return snprintf(why, size, "group %u: size %u, ideas or phase %g out of range", g, group->size,
                            (double)group->phase);
        for (uint32_t m = 0; m < group->size; m++)
            /* Who left the school this week is struck from the list in the next. */
            said += group->member[m] < s->staff && s->teachers[group->member[m]].group == g + 1;
    }
    for (uint32_t i = 0; i < s->staff; i++)
        grouped += s->teachers[i].group != 0;
    if (said != grouped)
        return snprintf(why, size, "groups list %u members, %u people say they are one", said, grouped);
    return 0;
}

static int verify_leadership(const struct world *world, const struct school *s, char *why, size_t size)
{
    float office = 0;
    uint64_t championed = 0;
    for (uint32_t i = 0; i < s->staff; i++)
        office += world->part[s->teachers[i].role].office;
    if (office != s->office || (s->principal < s->staff && s->teachers[s->principal].role != ROLE_PRINCIPAL))
        return snprintf(why, size, "office %g of %g, or post %u is not the principal's", (double)s->office,
                        (double)office, s->principal);
    if (s->cause_count > CAUSES_MAX)
        return snprintf(why, size, "%u causes are more than there is room for", s->cause_count);
    for (uint32_t c = 0; c < s->cause_count; c++) {
        if (s->causes[c].who >= s->staff || count_bits(s->causes[c].idea) != 1 || (championed & s->causes[c].idea))
            return snprintf(why, size, "cause %u: nobody's, no idea or another's", c);
        championed |= s->causes[c].idea;
    }
    return championed == s->championed ? 0 : snprintf(why, size, "the championed ideas are not those of the causes");
}

static int verify_policy(const struct world *world, const struct school *s, char *why, size_t size)
{
    if (s->district > world->district_count || !(s->granted >= 0) || !(s->asked >= 0))
        return snprintf(why, size, "district %u of %u, granted %g or asked %g out of range", s->district,
                        world->district_count, s->granted, s->asked);
    for (int k = 0; k < OFFICES_MAX && s->district; k++)
        if (s->reports[k] >= IDEAS && s->reports[k] != NO_REPORT)
            return snprintf(why, size, "reports idea %u to office %d", s->reports[k], k);
    for (uint32_t k = 0; k < s->initiative_count; k++)
        if (!(s->initiatives[k].weight >= 0) || !(s->initiatives[k].pressure <= 1))
            return snprintf(why, size, "initiative %u has weight %g or pressure %g", k,
                            (double)s->initiatives[k].weight, (double)s->initiatives[k].pressure);
    return s->district && district_verify(world, &world->districts[s->district - 1], why, size);
}

static int verify_apprentices(const struct school *s, char *why, size_t size)
{
    for (uint32_t k = 0; k < s->apprentice_count; k++) {
        const struct apprentice *a = &s->apprentices[k];
        if (k >= APPRENTICES_MAX || a->who >= s->staff || a->with >= s->staff || a->who == a->with ||
            a->strategy >= STRATEGIES_MAX)
            return snprintf(why, size, "apprentice %u: post %u with post %u cannot be", k, a->who, a->with);
        for (uint32_t m = 0; m < k; m++)
            if (s->apprentices[m].who == a->who || s->apprentices[m].with == a->with)
                return snprintf(why, size, "apprentices %u and %u share a post", m, k);
    }
    return 0;
}

int ladder_verify(const struct world *world, size_t school, char *why, size_t size)
{
    const struct school *s = &world->schools[school];
    const float shares[] = {
        s->trust,           s->inclusion, s->enthusiasm,   s->shared,  s->self_organized,
        s->style,           s->pushback,  s->pushback_lag, s->mandate, s->change > 1 ? 1 : s->change,
        s->student_learning};
    for (size_t k = 0; k < sizeof shares / sizeof shares[0]; k++)
        if (outside(shares[k]))
            return snprintf(why, size, "school %zu: state %zu is %g, not in 0 to 1", school, k, (double)shares[k]);
    for (int l = 0; l < LEVERS; l++)
        if (outside(s->formal[l]) || outside(s->lived[l]) || outside(s->held[l]) || outside(s->decree[l]))
            return snprintf(why, size, "school %zu: lever %d formal %g or lived %g not in 0 to 1", school, l,
                            (double)s->formal[l], (double)s->lived[l]);
    uint32_t members = 0;
    for (uint32_t u = 0; u < s->unit_count; u++) {
        members += s->units[u].members;
        if (!(s->units[u].phase >= 0 && s->units[u].phase <= 2))
            return snprintf(why, size, "school %zu: unit %u is in phase %g", school, u, (double)s->units[u].phase);
    }
    if (members != s->staff || s->others > s->other_room || s->initiative_count > INITIATIVES_MAX || !(s->load >= 0))
        return snprintf(why, size, "school %zu: members, others, initiatives or load do not add up", school);
    if (verify_apprentices(s, why, size))
        return 1;
    if (verify_policy(world, s, why, size) || verify_groups(s, why, size) || verify_leadership(world, s, why, size) ||
        adoption_verify(world, s, why, size) || networks_verify(world, s, why, size))
        return 1;
    for (uint32_t i = 0; i < s->staff + s->others; i++)
        if (verify_person(world, s, i, why, size))
            return 1;
    return 0;
}
