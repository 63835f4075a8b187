/* influence.h: what the files of continuous influence ask of each other.
 *
 *     influence.c        settings, columns, the world of groups
 *     influence_group.c  a group: who sees whom, first opinions, what observation asks
 *     influence_week.c   a group's week, part by part
 *     influence_tiles.c  sums over neighbours, laid out for the cache */
#ifndef EBB_INFLUENCE_H
#define EBB_INFLUENCE_H

#include "../sim/leaf/model.h"
#include "../sim/leaf/rng.h"
#include "influence_tiles.h"

#define INFLUENCE_PARAMS(X, S)                                                                                      \
    X(S, INTEGER, people, "1000", 1, 10000000, "people", "", "size of a group; a given network brings its own",     \
      "assumed")                                                                                                    \
    X(S, INTEGER, groups, "1", 1, 100000, "groups", "", "independent groups, each with its own people", "assumed")  \
    X(S, REAL, degree, "8", 0, 1000, "people", "", "mean number of others one sees in a drawn network", "assumed")  \
    X(S, REALS, self, "0.9", 0, 1, "0-1", "",                                                                       \
      "weight of one's own opinion, the rest is the neighbours'; one for all, or person by person", "assumed")      \
    X(S, CHOICE, anchored, "no", 0, 0, "", "no|yes",                                                                \
      "whether people hold to their first opinion, by as much as they weigh their own", "Friedkin & Johnsen 1990")  \
    X(S, REAL, noise, "0.01", 0, 1000, "opinion", "", "standard deviation of what else moves an opinion in a week", \
      "assumed")                                                                                                    \
    X(S, REAL, mean, "0", -1e6, 1e6, "opinion", "", "of first opinions, drawn normally", "assumed")                 \
    X(S, REAL, spread, "1", 0, 1e6, "opinion", "", "standard deviation of first opinions", "assumed")               \
    X(S, REALS, opinions, "none", -1e6, 1e6, "opinion", "", "first opinions, person by person; none: drawn",        \
      "assumed")                                                                                                    \
    X(S, PATH, network, "none", 0, 0, "", "", "ties of a surveyed network; none: drawn at random", "")              \
    X(S, PATH, roster, "none", 0, 0, "", "", "people of a surveyed network", "")
struct influence_params {
    INFLUENCE_PARAMS(PARAM_FIELD, influence_params)
};

#define INFLUENCE_LOT 512    /* people whose normal numbers are drawn at once */
#define INFLUENCE_BLOCK 8192 /* people summed by themselves; whole lots, and divides a part */

/* What observation asks of a block, gathered while its people are in the cache. */
struct influence_sums {
    double sum, squares; /* of x less the group's centre */
    double lowest, highest;
};

struct influence_group {
    uint32_t people;
    uint32_t parts, part_people; /* a part is a row of tiles */
    struct neighbours sees;
    struct influence_tiles tiles; /* of a drawn network */
    double *share;                /* [tie] of a surveyed one: of all the weight that this person gives to others */
    uint16_t *among;              /* [person] what the sum of what she sees is divided by; 0: she sees nobody */
    float *seen, *seen_next;      /* [person] now and next as the tiles look them up; NULL in a surveyed one */
    double *now, *next, *first;   /* [person] opinion; next: NULL in a drawn network; first: NULL unless anchored */
    struct influence_sums *sums;  /* [block] */
    double centre;                /* of these: last week's mean, so that squares do not cancel */
    double mean, spread, lowest, highest;
};

static inline double influence_self(const struct influence_params *p, uint32_t v)
{
    return p->self.value[p->self.count == 1 ? 0 : v];
}

/* group->people people at week 0, in the given network, or a drawn one where it is NULL. 0, or -1 when memory is short:
 * free it in any case. */
int influence_group_begin(struct influence_group *group, const struct influence_params *params, const igraph_t *given,
                          struct rng_key key);
void influence_group_free(struct influence_group *group);

/* Sums of a block of people at x, and of all blocks. */
void influence_group_sum_block(struct influence_group *group, uint32_t block, const double *x);
void influence_group_sum(struct influence_group *group);

void influence_week_part(const struct influence_params *params, struct influence_group *group, size_t part,
                         struct rng_key key);
void influence_week_join(struct influence_group *group);

#endif
