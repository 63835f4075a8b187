/* district.h: a district over a number of schools. Schools are stepped apart from one another, so all that passes between
 * them passes here, between weeks: offices read what the schools' last week left for them and write what the next one
 * will find. */
#ifndef LADDER_DISTRICT_H
#define LADDER_DISTRICT_H

#include "../ladder.h"

#define FILE_MAX 16 /* ideas an office has heard of last */

struct district {
    const struct district_params *settings;
    uint32_t first, count; /* its schools */
    double purse;          /* money not granted yet */
    /* What each office last heard that schools do, the latest over the earliest; and how many it ever heard. */
    uint8_t file[OFFICES_MAX][FILE_MAX];
    uint32_t heard[OFFICES_MAX];
    /* What it last launched and presses still. */
    struct district_order {
        uint64_t ideas;
        int64_t end;
        uint32_t office;
    } orders[INITIATIVES_MAX];
    uint32_t order_count;
};

/* Makes the world's districts and says which school is in which, and which schools each shock hits. 0, or -1: no memory. */
int district_begin(struct world *world);
void district_exchange(struct world *world); /* once a week, before the schools */

/* What a school's week asks, where school->district is not 0. */
void district_lean(struct week *week, float change[LEVERS]); /* control or support */
float district_style(const struct world *world, const struct school *school);
bool district_funds(const struct world *world, const struct school *school);
bool district_pays(const struct param_set *set); /* any of them has money for strategies */

/* grants.c: a district's money shared out among its schools. */
void grants_share(const struct world *world, struct district *district);

/* merger.c: schools joined two by two. */
void merger_draw(struct world *world); /* which schools each shock hits */
uint32_t merger_hits(const struct shock_params *shock, uint32_t schools);
void merger_exchange(struct world *world);
bool merger_expected(const struct world *world); /* some shock is still to merge schools */

/* district_check.c */
struct district_span {
    int64_t first, count; /* of the world's schools */
};
struct district_span district_span(const struct param_set *set, size_t n);
void district_check(const struct param_set *set, int64_t units, struct faults *faults);

int district_verify(const struct world *world, const struct district *district, char *why, size_t size);

#endif
