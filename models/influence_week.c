#include "influence.h"

#include "../sim/leaf/normal.h"

/* Into sum[] what the people of a part see, from `begin` on: opinions added, in a surveyed network weighted. */
static void look_around(const struct influence_group *g, size_t part, uint32_t begin, uint32_t end, double *sum)
{
    if (!g->share) {
        influence_tiles_add(&g->tiles, (uint32_t)part, g->seen, sum);
        return;
    }
    for (uint32_t v = begin; v < end; v++) {
        double s = 0;
        for (uint32_t a = g->sees.first[v]; a < g->sees.first[v + 1]; a++)
            s += g->share[a] * g->now[g->sees.alters[a]];
        sum[v - begin] = s;
    }
}

/* Who sees nobody has no pull, and keeps all of her own opinion. */
static void move(double *x, const double *now, const double *restrict sum, const uint16_t *restrict among,
                 const float *restrict normals, double self, double noise, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const double heard = (1 - self) / (double)(among[i] > 1 ? among[i] : 1) * sum[i];
        x[i] = (among[i] ? self : 1) * now[i] + heard + noise * (double)normals[i];
    }
}

/* The same, each by a weight of her own or held by her first opinion. */
static void move_one_by_one(const struct influence_params *p, struct influence_group *g, double *to, const double *sum,
                            const float *normals, uint32_t v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++, v++) {
        const double self = influence_self(p, v), pull = g->among[v] ? (1 - self) / g->among[v] : 0;
        double x = (pull > 0 ? self : 1) * g->now[v] + pull * sum[i];
        if (g->first)
            x += self * (g->first[v] - x);
        to[v] = x + p->noise * (double)normals[i];
    }
}

/* The people of a lot, from v on: her own opinion, what she saw, and what else moves it. */
static void move_lot(const struct influence_params *p, struct influence_group *g, const struct rng_key *key,
                     const double *sum, uint32_t v, uint32_t n)
{
    uint32_t words[INFLUENCE_LOT];
    float normals[INFLUENCE_LOT] = {0};
    double *const to = g->next ? g->next : g->now;
    if (p->noise > 0) {
        rng_words(key, v / 4, words, INFLUENCE_LOT);
        normal_pairs(words, normals, INFLUENCE_LOT / 2);
    }
    if (p->self.count == 1 && !g->first)
        move(to + v, g->now + v, sum, g->among + v, normals, p->self.value[0], p->noise, n);
    else
        move_one_by_one(p, g, to, sum, normals, v, n);
    for (uint32_t i = v; i < v + n && g->seen; i++)
        g->seen_next[i] = (float)to[i];
}

void influence_week_part(const struct influence_params *params, struct influence_group *g, size_t part,
                         struct rng_key key)
{
    double sum[INFLUENCE_TILE_HEIGHT]; /* stays in the cache, unlike one for all people */
    const uint32_t begin = (uint32_t)part * g->part_people, left = g->people - begin,
                   end = begin + (left < g->part_people ? left : g->part_people);
    key.stream = STREAM_INFLUENCE;
    look_around(g, part, begin, end, sum);
    for (uint32_t block = begin / INFLUENCE_BLOCK, v = begin; v < end; block++) {
        const uint32_t stop = end - v < INFLUENCE_BLOCK ? end : v + INFLUENCE_BLOCK;
        for (; v < stop; v += INFLUENCE_LOT)
            move_lot(params, g, &key, sum + (v - begin), v, stop - v < INFLUENCE_LOT ? stop - v : INFLUENCE_LOT);
        influence_group_sum_block(g, block, g->next ? g->next : g->now);
    }
}

void influence_week_join(struct influence_group *g)
{
    if (g->next) {
        double *const last = g->now;
        g->now = g->next;
        g->next = last;
    }
    float *const last_seen = g->seen;
    g->seen = g->seen_next;
    g->seen_next = last_seen;
    influence_group_sum(g);
    g->centre = g->mean;
}
