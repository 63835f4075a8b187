/* A district's money, shared out among its schools for their strategies (settings in [district NAME]).
 *
 * Equal and by need: once a year, all of it. Need is how far a school's student learning is behind the district's best, to
 * which the mean of these distances is added: a school as far behind as the mean gets an equal share, the best half of it.
 * By demand: in any week, to schools that ask for more than they hold, a year's worth of what they ask at most; committed
 * schools are served in proportion to their commitment, and what nobody asks for stays in the purse. */
#include "district.h"

#include <math.h>

static double furthest(const struct world *world, const struct district *d)
{
    double best = 0;
    for (uint32_t k = d->first; k < d->first + d->count; k++)
        best = fmax(best, (double)world->schools[k].student_learning);
    return best;
}

static void by_need(const struct world *world, struct district *d)
{
    const double best = furthest(world, d), n = d->count;
    double behind = 0;
    for (uint32_t k = d->first; k < d->first + d->count; k++)
        behind += best - (double)world->schools[k].student_learning;
    for (uint32_t k = d->first; k < d->first + d->count; k++) {
        struct school *s = &world->schools[k];
        const double own = best - (double)s->student_learning + behind / n;
        s->granted += behind > 0 ? d->purse * own / (2 * behind) : d->purse / n;
    }
    d->purse = 0;
}

static double wanted(const struct world *world, const struct school *s)
{
    const struct budget_params *own = param_set_get(world->set, &budget_group, 0);
    const double held = s->granted + fmax(0, own->total) - s->spent;
    return s->asked > 0 && held < s->asked ? s->asked * world->weeks_per_year : 0;
}

static void by_demand(const struct world *world, struct district *d)
{
    double weight = 0, left = d->purse;
    for (uint32_t k = d->first; k < d->first + d->count; k++)
        weight += wanted(world, &world->schools[k]) * (double)world->schools[k].enthusiasm;
    for (uint32_t k = d->first; k < d->first + d->count && weight > 0; k++) {
        struct school *s = &world->schools[k];
        const double want = wanted(world, s);
        const double grant = fmin(want, d->purse * want * (double)s->enthusiasm / weight);
        s->granted += grant;
        left -= grant;
    }
    d->purse = fmax(0, left); /* sums of shares may pass the whole by a rounding */
}

void grants_share(const struct world *world, struct district *d)
{
    const struct district_params *p = d->settings;
    const int64_t first = p->start > 1 ? p->start : 1;
    const bool year_begins = (world->week - first) % world->weeks_per_year == 0;
    if (year_begins)
        d->purse += p->budget;
    if (p->allocation == ALLOCATION_DEMAND) {
        by_demand(world, d);
    } else if (year_begins && p->allocation == ALLOCATION_NEED) {
        by_need(world, d);
    } else if (year_begins) {
        for (uint32_t k = d->first; k < d->first + d->count; k++)
            world->schools[k].granted += d->purse / d->count;
        d->purse = 0;
    }
}
