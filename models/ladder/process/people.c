/* People leave and come. 16 % leave a school in a year, more in the first years of service (published: 80 / 82 / 86 / 85.5 %
 * stay at up to 3, 4–9, 10–14, 15 and more years), fewer where more are included, I: times 1 + ½ (.6 − I);
 * newcomers bring other ideas and no ties. Principals leave 18 % a year and the next one's style and emphases pull the
 * formal levers. Lead teachers' posts are filled from outside like any other. */
#include "../schools/district.h"

#define PEOPLE_PARAMS(X, S)                                                                                           \
    X(S, REAL, leaving, "0.16", 0, 1, "1/year", "", "of staff who leave, at inclusion .6",                            \
      "evidence: 84 % of US teachers stay (8 % move, 8 % leave)")                                                     \
    X(S, REAL, by_inclusion, "0.5", 0, 1.5, "1", "", "fall of leaving with inclusion: times 1 + this x (.6 − I)",     \
      "model: step 15, halved: see ODD")                                                                              \
    X(S, REAL, principal_leaving, "0.18", 0, 1, "1/year", "", "of principals who leave", "evidence: 80 to 82 % stay") \
    X(S, REAL, emphasis, "0.04", 0, 1, "0-1", "",                                                                     \
      "spread of what a new principal adds to or takes from formal levels", "assumed")                                \
    X(S, REAL, style_sd, "0.2", 0, 1, "0-1", "", "spread of principals' styles", "assumed")                           \
    X(S, REAL, by_style, "0.2", 0, 1, "0-1", "", "how far style moves formal dispersal", "assumed")                   \
    X(S, REAL, pull, "0.02", 0, 1, "1/week", "", "speed at which a principal moves formal levels", "assumed")
struct people_params {
    PEOPLE_PARAMS(PARAM_FIELD, people_params)
};
static const struct param rows[] = {PEOPLE_PARAMS(PARAM_ROW, people_params)};
const struct param_group people_rules = PARAM_GROUP("people", "Turnover and principals", rows, struct people_params);

/* Published shares leaving by experience (up to 3, 9, 14 years, more) over .175, what they give on a staff with quartiles of
 * 2, 5.5 and 11 years: relative hazards of mean 1. */
static const float hazard[] = {0.200f / 0.175f, 0.180f / 0.175f, 0.140f / 0.175f, 0.145f / 0.175f};

static inline uint32_t stretch_of(uint32_t service, uint32_t year)
{
    return (uint32_t)(service >= 4 * year) + (service >= 10 * year) + (service >= 15 * year);
}

/* A yearly share as a weekly chance: the share that would remain after a year of them is the same. */
static float weekly(float yearly, int weeks_per_year)
{
    /* −ln(1−y)/weeks to second order and beyond: y + y²/2 + y³/3 + y⁴/4, error < 1e-3 below y = .3 */
    const float y = curve_clip(yearly, 0.0f, 0.95f);
    return (y + y * y * (0.5f + y * (0.33333333f + y * 0.25f))) / (float)weeks_per_year;
}

void people_draw_principal(const struct world *world, struct school *s, struct rng_reader *reader)
{
    const struct people_params *p = world->params[PROCESS_people];
    const struct school_params *school = param_set_get(world->set, &school_group, 0);
    const struct levels_params *levels = param_set_get(world->set, &levels_group, 0);
    const double *formal = &levels->time; /* five neighbours, in the order of enum lever */
    const float wanted = (float)school->style + (s->district ? district_style(world, s) : 0);
    s->style = curve_share(wanted + (float)p->style_sd * draw_normal(reader));
    for (int l = 0; l < LEVERS; l++)
        s->base[l] = curve_share((float)formal[l] + (float)p->emphasis * draw_normal(reader));
    s->base[LEVER_DISPERSAL] = curve_share(s->base[LEVER_DISPERSAL] +
                                           (float)p->by_style * (s->style - (float)school->style));
}

void people_replace_principal(const struct world *world, struct school *s, struct rng_reader *reader)
{
    for (uint32_t i = 0; i < s->staff; i++) {
        if (s->teachers[i].role != ROLE_PRINCIPAL)
            continue;
        tie_drop_all(s, i);
        newcomer(world, s, i, reader);
        target_newcomer(world, s, i);
        s->tally.leavers++;
    }
    people_draw_principal(world, s, reader);
}

static void step(struct week *week, const void *params)
{
    const struct people_params *p = params;
    const struct world *world = week->world;
    struct school *s = week->school;
    struct rng_reader reader;
    week_reader(week, STREAM_PEOPLE, &reader);
    const float at_home = 1.0f + (float)p->by_inclusion * (0.6f - s->inclusion);
    const float leave = weekly((float)p->leaving, world->weeks_per_year) * at_home * s->leaving;
    const float principal_leave = weekly((float)p->principal_leaving, world->weeks_per_year) * s->leaving;
    for (int l = 0; l < LEVERS; l++)
        s->held[l] += (float)p->pull * (s->base[l] - s->held[l]);
    struct batch *batch = &week->batch;
    const uint32_t year = (uint32_t)world->weeks_per_year;
    const float by_post[2][4] = {{leave * hazard[0], leave * hazard[1], leave * hazard[2], leave * hazard[3]},
                                 {principal_leave, principal_leave, principal_leave, principal_leave}};
    bool led = false; /* a surveyed roster may leave the principal out: then only the style changes */
    for (uint32_t i = 0; i < s->staff; i++) {
        struct teacher *t = &s->teachers[i];
        const bool principal = t->role == ROLE_PRINCIPAL;
        led |= principal;
        t->service = (uint16_t)(t->service + (t->service < UINT16_MAX));
        batch->chance[i] = by_post[principal][stretch_of(t->service, year)];
    }
    for (uint32_t n = 0, count = batch_toss(batch, s->staff, &reader); n < count; n++) {
        const uint32_t i = batch->list[n];
        tie_drop_all(s, i);
        newcomer(world, s, i, &reader);
        target_newcomer(world, s, i);
        s->tally.leavers++;
        if (s->teachers[i].role == ROLE_PRINCIPAL)
            people_draw_principal(world, s, &reader);
    }
    if (!led && rng_uniform(&reader) < principal_leave)
        people_draw_principal(world, s, &reader);
}

const struct process people_process = {"people", "People", "S1 S12", &people_rules, step};
