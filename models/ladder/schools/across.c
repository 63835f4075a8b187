/* A talk between people of two schools, at a meeting or in a community of practice: between weeks, one thread. It is as
 * deep as the rule of depth.c has it, with the trust of their contact; what each learns is worked out by the own school
 * in the week that follows (networks.c). */
#include "networks.h"

/* That a has with b, or NULL. */
static struct contact *contact_find(const struct side *a, const struct side *b)
{
    for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
        struct contact *c = &a->of->contacts[k];
        if (c->taken && c->own == a->shown.person && c->school == b->shown.school && c->person == b->shown.person)
            return c;
    }
    return NULL;
}

/* A free slot, or the weakest, whose other side notices when it looks. */
static uint32_t contact_slot(const struct membership *m)
{
    uint32_t best = 0;
    for (uint32_t k = 0; k < CONTACTS_MAX; k++) {
        if (!m->contacts[k].taken)
            return k;
        if (m->contacts[k].strength < m->contacts[best].strength)
            best = k;
    }
    return best;
}

static void contact_half(const struct side *a, uint32_t slot, const struct side *b, uint32_t back, level strength,
                         float trust, int64_t week)
{
    const struct shown *me = &a->shown, *other = &b->shown;
    a->of->contacts[slot] = (struct contact){.school = other->school,
                                             .person = other->person,
                                             .own = me->person,
                                             .mine = me->teacher,
                                             .theirs = other->teacher,
                                             .strength = strength,
                                             .trust = level_of(trust),
                                             .back = (uint8_t)back,
                                             .taken = 1};
    a->of->shown[networks_page(week)][slot] = *me;
    a->of->shown[networks_page(week)][slot].school = other->school;
    a->of->shown[networks_page(week)][slot].slot = (uint8_t)back;
}

static void contact_make(const struct world *world, const struct side *a, const struct side *b, float first,
                         float trust)
{
    const level strength = level_of(first);
    const uint32_t at_a = contact_slot(a->of), at_b = contact_slot(b->of);
    contact_half(a, at_a, b, at_b, strength, trust, world->week);
    contact_half(b, at_b, a, at_a, strength, trust, world->week);
}

void across_bring(struct side *a, const struct encounter *e)
{
    if (a->of->encounter_count == ENCOUNTERS_MAX)
        return;
    struct encounter *at = &a->of->encounters[a->of->encounter_count++];
    *at = *e;
    at->person = a->shown.person;
    at->teacher = a->shown.teacher;
}

/* Deep talk becomes an inquiry when a conflict teaches, or when evidence of what one does is looked at and nobody takes it
 * amiss: as the two schools live by evidence, and as somebody skilled asks for it. */
static bool inquires(const struct across *across, const struct meeting_rules *rules, const struct side *a,
                     const struct side *b, int conflict, struct rng_reader *reader)
{
    const float evidence = 0.5f * (a->school->lived[LEVER_EVIDENCE] + b->school->lived[LEVER_EVIDENCE]);
    const float outlook = rules->inquiry + rules->by_evidence * (evidence - 0.5f) + across->facilitation;
    return conflict == 2 || (conflict == 0 && rng_uniform(reader) < curve_logistic(outlook));
}

static struct spoken speak(const struct world *world, const struct across *across, const struct meeting_rules *rules,
                           const struct side *a, const struct side *b, float trust, struct rng_reader *reader)
{
    const uint64_t values_a = a->shown.rungs.valued, values_b = b->shown.rungs.valued;
    const float openness = 0.5f * (a->school->lived[LEVER_OPENNESS] + b->school->lived[LEVER_OPENNESS]);
    const float pushback = 0.5f * (a->school->pushback + b->school->pushback);
    const float outlook = depth_outlook(world, trust, openness, pushback) + across->focus +
                          rules->informality * across->informality;
    const int depth = depth_draw(world, outlook, rng_uniform(reader));
    struct spoken spoken = {.about = across->about, .depth = (uint8_t)depth};
    if (depth >= SHARING) {
        const float skill = 0.5f * (a->school->lived[LEVER_DISPERSAL] + b->school->lived[LEVER_DISPERSAL]) +
                            across->facilitation;
        const int conflict = dissonance_draw(world, likeness(values_a, values_b), trust, skill, reader);
        spoken.conflict = (uint8_t)conflict;
        spoken.inquiry = inquires(across, rules, a, b, conflict, reader);
    }
    return spoken;
}

struct talked across_talk(const struct world *world, const struct across *across, struct side *a, struct side *b,
                          struct rng_reader *reader)
{
    const struct meeting_rules rules = networks_meeting_rules(world);
    struct contact *ca = contact_find(a, b), *cb = contact_find(b, a);
    const float stranger = depth_strangers(world) * 0.5f * (a->school->trust + b->school->trust);
    const float trust = ca && cb ? 0.5f * (level_value(ca->trust) + level_value(cb->trust)) : stranger;
    const struct spoken spoken = speak(world, across, &rules, a, b, trust, reader);
    struct encounter e = {.spoken = spoken, .between = across->between};
    e.other = b->shown.rungs;
    across_bring(a, &e);
    e.other = a->shown.rungs;
    across_bring(b, &e);
    if (ca && cb) {
        contact_talk(world, ca, spoken.depth, spoken.conflict);
        contact_talk(world, cb, spoken.depth, spoken.conflict);
    } else if (spoken.depth >= AID && spoken.conflict != 1 && !ca && !cb &&
               rng_uniform(reader) < rules.founding * (1.0f + (float)spoken.depth)) {
        contact_make(world, a, b, rules.first_strength, stranger);
    }
    return (struct talked){.spoken = spoken, .trust = trust};
}
