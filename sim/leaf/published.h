/* published.h: what staff advice networks measured in schools look like, to hold a school's own measures against. */
#ifndef EBB_PUBLISHED_H
#define EBB_PUBLISHED_H

#include "graph.h"

/* One measure over fifteen schools. */
struct published {
    const char *label; /* for people */
    size_t offset;     /* of the double in struct graph_measures */
    double mean;       /* over schools; pooled where there is no range */
    double lo, hi;     /* of the schools' own values; NAN where only the pooled value is known */
    int decimals;      /* to which lo and hi are rounded */
};
extern const struct published published[];
extern const size_t published_count;

/* In lines to be printed after a label. */
#define PUBLISHED_SOURCE                                                                    \
    "computed from the schools of V. M. Pitts and J. P. Spillane (2009), Using social\n"    \
    "  network methods to study school leadership, International Journal of Research and\n" \
    "  Method in Education 32(2), 185-207, as distributed with the R package HLSM"

/* -1 below the range, 0 inside (as far as its rounding tells) or unknown, 1 above. */
int published_side(const struct published *row, double value);

static inline double published_value(const struct published *row, const struct graph_measures *measures)
{
    return *(const double *)(const void *)((const char *)measures + row->offset);
}

#endif
