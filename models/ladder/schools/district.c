/* Districts: what offices above the schools do to them.
 *
 * A district has offices, each a silo: it launches initiatives without asking the others, and it deals with its own
 * units of a school (office k with units k, k + offices, …). With chance `coupling` an office does know the others: it
 * then builds on what is in force instead of laying on more, and passes on what another office heard. So coherence is
 * not decreed; it is what coupling, hospice and restraint leave over (Weick 1976: loosely coupled systems; Honig &
 * Hatch 2004: coherence is crafted; Hess 1999: policy churn).
 *
 * Control reaches schools only through the pressure of initiatives, the style of the principals it appoints, the power it
 * leaves to schools and the facilitation it offers. */
#include "district.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OFFICES_PARAMS(X, S)                                                                                        \
    X(S, REAL, visits, "0.1", 0, 1, "1/week", "", "visits of each office to each school", "assumed")                \
    X(S, DURATION, review, "20w", 1, 4000, "weeks", "", "from one review of what is in use to the next", "assumed") \
    X(S, DURATION, probation, "20w", 0, 4000, "weeks", "", "before an initiative in force can be found unused",     \
      "assumed")                                                                                                    \
    X(S, REAL, practised, "0.5", 0, 1, "share", "",                                                                 \
      "of an initiative's practices that one of the staff must value and use to count among those who use it",      \
      "assumed, form")                                                                                              \
    X(S, REAL, appoints, "0.3", 0, 1, "0-1", "",                                                                    \
      "style of principals appointed by a district that supports in full over the mean; controlling, below it",     \
      "assumed")                                                                                                    \
    X(S, REAL, disperses, "0.15", 0, 1, "0-1", "",                                                                  \
      "formal dispersal added by a district that supports in full; controlling, taken",                             \
      "theory: S5, S12; size assumed")                                                                              \
    X(S, REAL, facilitates, "0.5", 0, 4, "logit", "", "facilitation offered by a district that supports in full",   \
      "assumed")
struct offices_params {
    OFFICES_PARAMS(PARAM_FIELD, offices_params)
};
static const struct param rows[] = {OFFICES_PARAMS(PARAM_ROW, offices_params)};
const struct param_group district_rules = PARAM_GROUP("offices", "What districts' offices do", rows,
                                                      struct offices_params);

static struct district *district_of(const struct world *world, const struct school *s)
{
    return &world->districts[s->district - 1];
}

/* Week 0 is what a district finds: it acts from the first week lived. */
static bool acts(const struct world *world, const struct district *d)
{
    return world->week > 0 && world->week >= d->settings->start;
}

int district_begin(struct world *world)
{
    world->district_count = (uint32_t)param_set_count(world->set, &district_group);
    merger_draw(world);
    if (world->district_count == 0)
        return 0;
    world->districts = calloc(world->district_count, sizeof world->districts[0]);
    if (!world->districts)
        return -1;
    for (uint32_t n = 0; n < world->district_count; n++) {
        struct district *d = &world->districts[n];
        const struct district_span span = district_span(world->set, n);
        d->settings = param_set_get(world->set, &district_group, n);
        d->first = (uint32_t)span.first;
        d->count = (uint32_t)span.count;
        for (uint32_t k = d->first; k < d->first + d->count; k++) {
            world->schools[k].district = (uint16_t)(n + 1);
            memset(world->schools[k].reports, NO_REPORT, sizeof world->schools[k].reports);
        }
    }
    return 0;
}

/* ---- between weeks ---- */

static void take_reports(const struct world *world, struct district *d)
{
    for (uint32_t k = d->first; k < d->first + d->count; k++)
        for (uint32_t office = 0; office < d->settings->offices; office++) {
            uint8_t *report = &world->schools[k].reports[office];
            if (*report != NO_REPORT)
                d->file[office][d->heard[office]++ % FILE_MAX] = *report;
            *report = NO_REPORT;
        }
    for (uint32_t office = 0; office < d->settings->offices && world->obsolete; office++)
        for (uint32_t k = 0; k < FILE_MAX; k++)
            if (world->obsolete >> (d->file[office][k] % IDEAS) & 1)
                d->file[office][k] = NO_REPORT;
}

static void forget_ended(const struct world *world, struct district *d)
{
    uint32_t kept = 0;
    for (uint32_t n = 0; n < d->order_count; n++) {
        d->orders[n].ideas &= ~world->obsolete;
        if (world->week < d->orders[n].end)
            d->orders[kept++] = d->orders[n];
    }
    d->order_count = kept;
}

/* An order of another office in force, or NULL. */
static struct district_order *order_of_others(struct district *d, uint32_t office, struct rng_reader *reader)
{
    uint32_t list[INITIATIVES_MAX], count = 0;
    for (uint32_t n = 0; n < d->order_count; n++)
        if (d->orders[n].office != office)
            list[count++] = n;
    return count ? &d->orders[list[rng_below(reader, count)]] : NULL;
}

/* Builds on what is there: it is pressed for as long again, wherever it is still in force. */
static void renew(const struct world *world, const struct district *d, struct district_order *order)
{
    const int64_t end = world->week + d->settings->lasts;
    for (uint32_t k = d->first; k < d->first + d->count; k++) {
        struct school *s = &world->schools[k];
        for (uint32_t n = 0; n < s->initiative_count; n++) {
            struct initiative *it = &s->initiatives[n];
            if (!it->reach && it->pressure >= 0 && it->ideas == order->ideas && it->end == order->end)
                it->end = end;
        }
    }
    order->end = end;
}

static void launch(const struct world *world, struct district *d, uint32_t office, struct rng_reader *reader)
{
    const struct district_params *p = d->settings;
    struct district_order *there = order_of_others(d, office, reader);
    if (rng_uniform(reader) < (float)p->coupling && there) {
        renew(world, d, there);
        return;
    }
    if (d->order_count == INITIATIVES_MAX)
        return;
    struct district_order order = {.office = office, .end = world->week + p->lasts};
    for (int64_t k = 0; k < p->ideas; k++)
        order.ideas |= draw_idea(~world->lasting & ~order.ideas, reader);
    d->orders[d->order_count++] = order;
    for (uint32_t k = d->first; k < d->first + d->count; k++)
        initiative_add(&world->schools[k], (struct initiative){.ideas = order.ideas,
                                                               .pressure = (float)(p->pressure * p->control),
                                                               .weight = (float)p->weight,
                                                               .begun = world->week,
                                                               .end = order.end});
}

void district_exchange(struct world *world)
{
    for (uint32_t n = 0; n < world->district_count; n++) {
        struct district *d = &world->districts[n];
        if (!acts(world, d))
            continue;
        struct rng_reader reader;
        rng_reader_start(&reader, (struct rng_key){.seed = world->seed,
                                                   .replicate = world->replicate,
                                                   .school = UINT32_MAX - n, /* the offices' own draws */
                                                   .week = (uint32_t)world->week,
                                                   .stream = STREAM_DISTRICT});
        take_reports(world, d);
        forget_ended(world, d);
        const float chance = curve_chance((float)d->settings->initiatives / (float)world->weeks_per_year);
        for (uint32_t office = 0; office < d->settings->offices; office++)
            if (rng_uniform(&reader) < chance)
                launch(world, d, office, &reader);
        if (d->settings->budget >= 0)
            grants_share(world, d);
    }
}

/* ---- in a school's week ---- */

void district_lean(struct week *week, float change[LEVERS])
{
    const struct offices_params *p = week->world->params[PROCESS_district];
    const struct district *d = district_of(week->world, week->school);
    if (!acts(week->world, d))
        return;
    const float control = (float)d->settings->control;
    change[LEVER_DISPERSAL] += (float)p->disperses * (1.0f - 2.0f * control);
    week->school->facilitation += (float)p->facilitates * (1.0f - control);
}

float district_style(const struct world *world, const struct school *s)
{
    const struct offices_params *p = world->params[PROCESS_district];
    const struct district *d = district_of(world, s);
    return acts(world, d) ? (float)p->appoints * (1.0f - 2.0f * (float)d->settings->control) : 0.0f;
}

bool district_funds(const struct world *world, const struct school *s)
{
    return district_of(world, s)->settings->budget >= 0;
}

bool district_pays(const struct param_set *set)
{
    for (size_t n = 0; n < param_set_count(set, &district_group); n++)
        if (((const struct district_params *)param_set_get(set, &district_group, n))->budget >= 0)
            return true;
    return false;
}

/* Somebody of a unit that this office deals with, or of any unit. */
static struct teacher *somebody(struct school *s, uint32_t office, uint32_t offices, bool any,
                                struct rng_reader *reader)
{
    const uint32_t from = rng_below(reader, s->staff);
    for (uint32_t n = 0; n < s->staff; n++) {
        struct teacher *t = &s->teachers[(from + n) % s->staff];
        if (any || t->unit % offices == office)
            return t;
    }
    return NULL;
}

/* The office hears what two people of its units both do with conviction, and tells one of them what it has heard
 * elsewhere. */
static void visit(struct week *week, const struct district *d, uint32_t office, struct rng_reader *reader)
{
    struct school *s = week->school;
    const uint32_t offices = (uint32_t)d->settings->offices;
    const struct teacher *one = somebody(s, office, offices, false, reader);
    const struct teacher *two = somebody(s, office, offices, false, reader);
    const bool across = rng_uniform(reader) < (float)d->settings->coupling;
    const uint32_t source = across ? rng_below(reader, offices) : office;
    struct teacher *told = somebody(s, office, offices, across, reader);
    const uint32_t place = rng_next(reader);
    if (!one || !two || !told)
        return;
    const uint64_t done = draw_idea(one->valued & one->used & two->valued & two->used, reader);
    if (done)
        s->reports[office] = (uint8_t)__builtin_ctzll(done);
    const uint32_t filed = d->heard[source] < FILE_MAX ? d->heard[source] : FILE_MAX;
    if (filed == 0)
        return;
    const uint8_t number = d->file[source][rng_word_below(place, filed)];
    const uint64_t idea = number == NO_REPORT ? 0 : UINT64_C(1) << number;
    s->tally.heard += (idea & ~told->known) != 0;
    told->known |= idea;
}

static bool unused(const struct school *s, const struct initiative *it, double practised, float share)
{
    const int least = (int)ceil(practised * count_bits(it->ideas)); /* an order without ideas has no users */
    uint32_t users = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        users += it->ideas && count_bits(t->valued & t->used & it->ideas) >= least;
    }
    return (float)users < share * (float)s->staff;
}

/* What is in force and unused ends; what has ended and is unused leaves nothing behind. A school's own strategies are its
 * own affair. */
static void review(struct week *week, const struct district *d, const struct offices_params *p,
                   struct rng_reader *reader)
{
    struct school *s = week->school;
    for (uint32_t k = 0; k < s->initiative_count; k++) {
        struct initiative *it = &s->initiatives[k];
        const float coin = rng_uniform(reader);
        if (it->reach || (it->pressure >= 0 && week->number < it->begun + p->probation) ||
            coin >= (float)d->settings->hospice || !unused(s, it, p->practised, (float)d->settings->unused))
            continue;
        it->end = it->pressure >= 0 ? week->number : it->end;
        it->weight = 0;
        s->rested++;
    }
}

static void step(struct week *week, const void *params)
{
    const struct offices_params *p = params;
    struct school *s = week->school;
    if (!s->district)
        return;
    const struct district *d = district_of(week->world, s);
    if (!acts(week->world, d))
        return;
    struct rng_reader reader;
    week_reader(week, STREAM_DISTRICT, &reader);
    for (uint32_t office = 0; office < d->settings->offices; office++)
        if (rng_uniform(&reader) < (float)p->visits)
            visit(week, d, office, &reader);
    if (d->settings->hospice > 0 && (week->number - d->settings->start) % p->review == 0)
        review(week, d, p, &reader);
}

const struct process district_process = {"district", "Districts", "S11 S12", &district_rules, step};

int district_verify(const struct world *world, const struct district *d, char *why, size_t size)
{
    if (d->first + d->count > world->school_count || d->count == 0 || d->order_count > INITIATIVES_MAX)
        return snprintf(why, size, "district '%s': schools %u to %u of %u, %u orders", d->settings->name, d->first,
                        d->first + d->count, world->school_count, d->order_count);
    if (!(d->purse >= 0))
        return snprintf(why, size, "district '%s': %g in its purse", d->settings->name, d->purse);
    for (uint32_t office = 0; office < OFFICES_MAX; office++)
        for (uint32_t k = 0; k < FILE_MAX; k++)
            if (d->file[office][k] >= IDEAS && d->file[office][k] != NO_REPORT)
                return snprintf(why, size, "district '%s': office %u has heard of idea %u", d->settings->name, office,
                                d->file[office][k]);
    for (uint32_t n = 0; n < d->order_count; n++)
        if (d->orders[n].office >= d->settings->offices || d->orders[n].end < world->week)
            return snprintf(why, size, "district '%s': order %u is of office %u and ended in week %lld",
                            d->settings->name, n, d->orders[n].office, (long long)d->orders[n].end);
    return 0;
}
