/* Innovations: bundles of ideas that pioneers bring, followed through nested communities of interest, engagement and
 * practice (Albury, in Inquiry & Learning for Change). Several may spread beside each other. */
#include "ladder.h"

#include <string.h>

static void add(struct innovation *list, uint32_t *count, const struct innovation *one, int64_t ideas, double share,
                int *used)
{
    if (ideas == 0 || *count == INNOVATIONS_MAX)
        return;
    list[*count] = *one;
    list[*count].ideas = ~UINT64_C(0) >> (IDEAS - ideas) << *used;
    list[*count].enough = share * (double)ideas;
    *used += (int)ideas;
    ++*count;
}

void innovation_read(const struct param_set *set, struct innovation list[INNOVATIONS_MAX], uint32_t *count)
{
    const struct innovation_params *plain = param_set_get(set, &innovation_group, 0);
    int used = 0;
    *count = 0;
    memset(list, 0, INNOVATIONS_MAX * sizeof *list);
    add(list, count,
        &(struct innovation){.pioneers = plain->pioneers,
                             .schools = plain->schools,
                             .start = plain->start,
                             .protect = plain->protect != 0,
                             .name = ""},
        plain->ideas, plain->share, &used);
    for (size_t n = 0; n < param_set_count(set, &innovation_named_group); n++) {
        const struct innovation_named *p = param_set_get(set, &innovation_named_group, n);
        if (used + p->ideas <= IDEAS) /* ladder_check() refused more */
            add(list, count,
                &(struct innovation){.pioneers = p->pioneers,
                                     .schools = p->schools,
                                     .start = p->start,
                                     .protect = p->protect != 0,
                                     .name = p->name},
                p->ideas, p->share, &used);
    }
}

size_t innovation_names(const struct param_set *set, const char *names[], size_t max)
{
    struct innovation list[INNOVATIONS_MAX];
    uint32_t count;
    innovation_read(set, list, &count);
    for (uint32_t n = 0; n < count && n < max; n++)
        names[n] = *list[n].name ? list[n].name : "innovation";
    return count < max ? count : max;
}

int innovation_find(const struct innovation *list, uint32_t count, const char *name)
{
    for (uint32_t n = 0; n < count; n++)
        if (!*name || strcmp(list[n].name, name) == 0)
            return (int)n;
    return -1;
}

enum layer innovation_layer(const struct innovation *innovation, const struct teacher *t)
{
    if (!(t->known & innovation->ideas))
        return LAYER_NONE;
    if (count_bits(t->valued & innovation->ideas) < innovation->enough)
        return LAYER_INTEREST;
    return count_bits(t->valued & t->used & innovation->ideas) < innovation->enough ? LAYER_ENGAGEMENT : LAYER_PRACTICE;
}

/* Most disposed first, rather than who has begun with another innovation already. */
static float fitness(const struct teacher *t)
{
    return t->disposition - (t->pioneer ? 2.0f : 0.0f);
}

static void begin(const struct innovation *innovation, uint32_t bit, struct school *s)
{
    const int64_t wanted = innovation->pioneers < s->staff ? innovation->pioneers : s->staff;
    /* Pioneers gather where the most disposed teacher is: that unit first, then the others in order. */
    uint32_t keenest = 0;
    for (uint32_t i = 1; i < s->staff; i++)
        if (fitness(&s->teachers[i]) > fitness(&s->teachers[keenest]))
            keenest = i;
    const uint32_t home = s->teachers[keenest].unit;
    for (int64_t n = 0; n < wanted; n++) {
        uint32_t best = UINT32_MAX;
        float most = 0;
        for (uint32_t i = 0; i < s->staff; i++) {
            const struct teacher *t = &s->teachers[i];
            const float fit = fitness(t) + (t->unit == home ? 1.0f : 0.0f);
            if (!(t->pioneer & bit) && (best == UINT32_MAX || fit > most)) {
                best = i;
                most = fit;
            }
        }
        struct teacher *t = &s->teachers[best];
        t->pioneer = (uint8_t)((t->pioneer | bit) & ((1u << INNOVATIONS_MAX) - 1));
        t->sheltered |= innovation->protect;
        t->known |= innovation->ideas;
        t->valued |= innovation->ideas;
        t->used |= innovation->ideas;
    }
}

void innovation_begin(const struct world *world, struct school *s, int64_t week)
{
    for (uint32_t n = 0; n < world->innovation_count; n++)
        if (world->innovations[n].start == week &&
            (world->innovations[n].schools == 0 || s->number < world->innovations[n].schools))
            begin(&world->innovations[n], 1u << n, s);
}

/* ---- relations ---- */

static void check_name(const struct param_set *set, const struct strategy_params *p, struct faults *faults)
{
    struct innovation list[INNOVATIONS_MAX];
    uint32_t count;
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = p->innovation};
    innovation_read(set, list, &count);
    if (!*p->innovation || innovation_find(list, count, p->innovation) >= 0)
        return;
    for (uint32_t n = 0; n < count; n++)
        text_near_try(&near, list[n].name);
    fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[strategy %s] innovation: there is no [innovation %s]%s%s%s", p->name,
              text_quote(p->innovation, quoted), near.best && *near.best ? "; did you mean " : "",
              near.best ? near.best : "", near.best && *near.best ? "?" : "");
}

static void check_outreach(const struct param_set *set, const struct strategy_params *p, uint32_t followed,
                           struct faults *faults)
{
    const struct param_group *groups = &groups_rules;
    const struct param *formation = param_find(groups, "formation");
    double forms;
    memcpy(&forms, (const char *)param_set_get(set, groups, 0) + formation->offset, sizeof forms);
    if ((p->illuminate > 0 || p->apprentices > 0) && !followed)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "[strategy %s] %s: there is no innovation whose practice it could %s", p->name,
                  p->illuminate > 0 ? "illuminate" : "apprentices", p->illuminate > 0 ? "show" : "join people to");
    if (p->sprint_teams > 0 && !p->ideas && !p->focal)
        fault_add(
            faults, STATUS_BAD_INPUT, NULL, 0,
            "[strategy %s] sprint_teams: they have no task; give the strategy a bundle (ideas = 4) or focal = yes",
            p->name);
    if ((p->critical_friends > 0 || p->on_demand > 0) && forms <= 0 && p->sprint_teams == 0)
        fault_warn(faults, NULL, 0, "[strategy %s] %s does nothing: no group forms with groups.formation = 0", p->name,
                   p->on_demand > 0 ? "on_demand" : "critical_friends");
    if (p->grant_cost > 0 && p->on_demand <= 0)
        fault_warn(faults, NULL, 0, "[strategy %s] grant_cost does nothing: nobody is given time with on_demand = 0",
                   p->name);
}

void innovation_check(const struct param_set *set, struct faults *faults)
{
    const struct innovation_params *plain = param_set_get(set, &innovation_group, 0);
    const size_t named = param_set_count(set, &innovation_named_group);
    struct innovation list[INNOVATIONS_MAX];
    uint32_t followed;
    innovation_read(set, list, &followed);
    if ((plain->ideas > 0) + named > INNOVATIONS_MAX)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "there are %zu innovations, with the plain [innovation]; at most %d are followed%s",
                  (plain->ideas > 0) + named, INNOVATIONS_MAX,
                  plain->ideas > 0 ? " ([innovation] ideas = 0 leaves the plain one out)" : "");
    for (size_t n = 0; n < named; n++) {
        const struct innovation_named *p = param_set_get(set, &innovation_named_group, n);
        if (p->ideas == 0)
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                      "[innovation %s] ideas: it has none, so there is nothing to follow; give it 1 to 32", p->name);
    }
    for (size_t n = 0; n < param_set_count(set, &strategy_group); n++) {
        check_name(set, param_set_get(set, &strategy_group, n), faults);
        check_outreach(set, param_set_get(set, &strategy_group, n), followed, faults);
    }
}
