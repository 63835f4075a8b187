/* Which schools are in a network: between weeks, one thread. */
#include "networks.h"

void networks_join(struct world *world, struct network *n, uint32_t school)
{
    struct membership *m = &world->networks->of[school];
    n->member[n->size++] = school;
    m->network = (int32_t)n->number;
    m->missed = m->delegate_count = m->present = 0;
    m->worth = networks_expected(world);
    m->deep = m->inquired = 0;
}

static void leave(struct world *world, struct network *n, uint32_t at)
{
    struct networks *all = world->networks;
    communities_leave(world, n, n->member[at]);
    all->of[n->member[at]].network = -1;
    all->taken = n->member[at] < all->taken ? n->member[at] : all->taken;
    for (n->size--; at < n->size; at++) /* the order tells the lead school */
        n->member[at] = n->member[at + 1];
}

/* What an exclusive network looks for. */
static float fitness(const struct world *world, uint32_t school)
{
    const struct school *s = &world->schools[school];
    return 0.5f * (s->trust + s->enthusiasm);
}

static uint32_t next_free(const struct world *world)
{
    struct networks *all = world->networks;
    while (all->taken < world->school_count && all->of[all->taken].network >= 0)
        all->taken++;
    return all->taken;
}

/* The fittest of some free schools drawn; school_count when none is free. */
static uint32_t invite(const struct world *world, uint32_t compared, struct rng_reader *reader)
{
    uint32_t best = world->school_count;
    for (uint32_t found = 0, tries = 0; found < compared && tries < 16 * compared; tries++) {
        const uint32_t draw = (rng_below(reader, 1u << 15) << 15) + rng_below(reader, 1u << 15);
        const uint32_t school = draw % world->school_count;
        if (world->networks->of[school].network >= 0)
            continue;
        found++;
        if (best == world->school_count || fitness(world, school) > fitness(world, best))
            best = school;
    }
    return best == world->school_count ? next_free(world) : best;
}

/* The first founder is the next free school; each other place goes to the fittest of some, more of them the more exclusive
 * the network is. Where one alone is compared, schools come in their order. */
void networks_found(struct world *world, struct network *n, struct rng_reader *reader)
{
    const uint32_t compared = networks_compared(world, n->p);
    n->founded = true;
    while (n->size < n->wanted) {
        const uint32_t school = compared == 1 || n->size == 0 ? next_free(world) : invite(world, compared, reader);
        if (school == world->school_count)
            return;
        networks_join(world, n, school);
    }
}

/* Schools that were there tell others; who hears of it asks as keen as its people are, and is admitted as the network is
 * open, and as fit as it is not. */
void networks_grow(struct world *world, struct network *n, struct rng_reader *reader)
{
    const float e = (float)n->p->exclusivity;
    const uint32_t size = n->size;
    float usual = 0;
    for (uint32_t k = 0; k < size; k++)
        usual += fitness(world, n->member[k]) / (float)size;
    for (uint32_t k = 0; k < size; k++) {
        if (!world->networks->of[n->member[k]].present)
            continue;
        for (int told = curve_poisson(rng_uniform(reader), (float)n->p->word); told > 0; told--) {
            const uint32_t draw = (rng_below(reader, 1u << 15) << 15) + rng_below(reader, 1u << 15);
            const uint32_t school = draw % world->school_count;
            const bool asks = rng_uniform(reader) < world->schools[school].enthusiasm;
            const bool admitted = rng_uniform(reader) >= e && fitness(world, school) >= e * usual;
            if (world->networks->of[school].network < 0 && asks && admitted && n->size < n->room)
                networks_join(world, n, school);
        }
    }
}

void networks_shrink(struct world *world, struct network *n)
{
    for (uint32_t k = n->size; k-- > 0 && n->p->patience > 0;)
        if (world->networks->of[n->member[k]].missed >= n->p->patience)
            leave(world, n, k);
}
