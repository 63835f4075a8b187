/* school_map.h: the schools of a world as nodes, at the weeks of its snapshots, each in a place that it keeps. */
#ifndef EBB_SCHOOL_MAP_H
#define EBB_SCHOOL_MAP_H

#include "../chart.h"

struct schools_tie {
    size_t a, b;  /* a < b */
    double talks; /* of both sides */
};

/* A school that has somebody in a community of practice which spans schools. */
struct schools_member {
    double network, community; /* its number in its network */
    size_t school;
};

struct schools_week {
    int64_t week;
    double *network;          /* of each school, from 1; 0: none */
    double *share;            /* its fill, 0 to 1 */
    struct schools_tie *ties; /* weakest first */
    size_t tie_count;
    struct schools_member *members; /* by network, then community, then school; each once */
    size_t member_count;
};

/* Where a network's schools have their places: a circle. The last is of those in none. */
struct schools_place {
    double number; /* of the network; 0: none */
    double x, y, radius;
    size_t schools;
};

struct schools {
    size_t count; /* schools, the same in all weeks */
    int run;
    struct schools_week *weeks;
    size_t week_count;
    double *people, *x, *y; /* of each school; a seat is 1 wide */
    struct schools_place *places;
    size_t place_count;
    double width, height; /* of all places; from 0, 0 on */
    const struct attribute *fill;
    double most_people, most_talks, most_share;
    int partly; /* of some schools no people are stored: communities are not told */
};

/* Of the first run whose snapshots hold schools. None: a sentence. */
enum status schools_read(const struct chart_data *data, struct schools *schools, struct faults *faults) MUST_CHECK;
void schools_free(struct schools *schools);

#endif
