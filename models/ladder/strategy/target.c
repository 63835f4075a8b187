#include "../ladder.h"

#include <stdlib.h>
#include <string.h>

static int whole_number(const char *text, int *number, const char **rest)
{
    char *end;
    if (*text < '0' || *text > '9')
        return -1;
    const long value = strtol(text, &end, 10);
    if (value > 100000)
        return -1;
    *number = (int)value;
    *rest = end;
    return 0;
}

int target_parse(const char *text, struct target *target)
{
    const char *rest = "";
    *target = (struct target){.kind = TARGET_ALL, .share = -1};
    if (strcmp(text, "all") == 0)
        return 0;
    if (strcmp(text, "pioneers") == 0) {
        target->kind = TARGET_PIONEERS;
        return 0;
    }
    if (strncmp(text, "role:", 5) == 0) {
        target->kind = TARGET_ROLE;
        target->number = role_find(text + 5);
        return target->number >= 0 && roles[target->number].staff ? 0 : -1;
    }
    if (strncmp(text, "unit:", 5) == 0) {
        target->kind = TARGET_UNIT;
        return whole_number(text + 5, &target->number, &rest) == 0 && *rest == 0 && target->number > 0 ? 0 : -1;
    }
    if (strncmp(text, "trusted:", 8) == 0) {
        target->kind = TARGET_TRUSTED;
        return whole_number(text + 8, &target->number, &rest) == 0 && *rest == 0 && target->number > 0 ? 0 : -1;
    }
    if (strncmp(text, "random:", 7) == 0) {
        target->kind = TARGET_RANDOM;
        if (whole_number(text + 7, &target->number, &rest) || target->number == 0)
            return -1;
        if (strcmp(rest, "%") == 0 && target->number <= 100)
            target->share = (float)target->number / 100.0f;
        else if (*rest)
            return -1;
        return 0;
    }
    return -1;
}

/* Trust that others put in i, summed. */
static uint32_t trust_received(const struct school *s, uint32_t i)
{
    const struct teacher *t = &s->teachers[i];
    uint32_t sum = 0;
    for (uint32_t k = 0; k < t->ties; k++)
        sum += s->teachers[t->alter[k]].trust[t->back[k]];
    return sum;
}

/* The `number` most trusted among those not yet reached: one at a time, a strategy begins but once. */
static void reach_trusted(struct school *s, uint32_t bit, int number)
{
    for (; number > 0; number--) {
        uint32_t best = UINT32_MAX, most = 0;
        for (uint32_t i = 0; i < s->staff; i++) {
            const uint32_t trust = trust_received(s, i);
            if (!(s->teachers[i].targeted & bit) && (best == UINT32_MAX || trust > most)) {
                best = i;
                most = trust;
            }
        }
        if (best == UINT32_MAX)
            return;
        s->teachers[best].targeted |= bit;
    }
}

static void reach_random(struct school *s, uint32_t bit, int number, struct rng_reader *reader)
{
    /* Selection sampling (Knuth 3.4.2 S): exactly `number`, each subset alike. */
    uint32_t left = (uint32_t)number < s->staff ? (uint32_t)number : s->staff;
    for (uint32_t i = 0; i < s->staff && left; i++)
        if (rng_below(reader, s->staff - i) < left) {
            s->teachers[i].targeted |= bit;
            left--;
        }
}

static bool reached(const struct target *target, const struct teacher *t)
{
    return target->kind == TARGET_ALL || (target->kind == TARGET_UNIT && t->unit + 1 == target->number) ||
           (target->kind == TARGET_ROLE && t->role == target->number) ||
           (target->kind == TARGET_PIONEERS && t->pioneer);
}

void target_choose(const struct world *world, struct school *s, uint32_t strategy, struct rng_reader *reader)
{
    const struct strategy_params *p = param_set_get(world->set, &strategy_group, strategy);
    const uint32_t bit = 1u << strategy;
    struct target target;
    if (target_parse(p->target, &target))
        return; /* refused by ladder_check() */
    if (target.kind == TARGET_TRUSTED) {
        reach_trusted(s, bit, target.number);
    } else if (target.kind == TARGET_RANDOM) {
        const float people = target.share < 0 ? (float)target.number : target.share * (float)s->staff + 0.5f;
        reach_random(s, bit, (int)people, reader);
    } else {
        for (uint32_t i = 0; i < s->staff; i++)
            if (reached(&target, &s->teachers[i]))
                s->teachers[i].targeted |= bit;
    }
}

void target_newcomer(const struct world *world, struct school *s, uint32_t i)
{
    struct teacher *t = &s->teachers[i];
    t->targeted = 0;
    for (uint32_t n = 0; n < STRATEGIES_MAX && s->active >> n; n++) {
        const struct strategy_params *p = param_set_get(world->set, &strategy_group, n);
        struct target target;
        if ((s->active >> n & 1) && target_parse(p->target, &target) == 0 && reached(&target, t))
            t->targeted |= 1u << n;
    }
}
