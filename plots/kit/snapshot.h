/* snapshot.h: one school's stored networks as plain arrays, and who sits where.
 *
 * A seat is a place on the map, held by one person at a time: whoever stays keeps the seat, a newcomer takes a free one
 * of the same unit. So the map stays still while people come and go. */
#ifndef EBB_SNAPSHOT_H
#define EBB_SNAPSHOT_H

#include "../chart.h"

/* What marks mean, as the model declares it; NULL where it declares no such attribute. */
struct snapshot_scheme {
    const struct attribute *unit, *layer, *role, *repertoire, *group; /* of nodes */
    const struct attribute *level;            /* of nodes without layers: the first plain number of no other meaning */
    const struct attribute *strength, *trust; /* of ties */
};

/* Both arcs of a tie in one: the mean of the sides that exist. */
struct snapshot_tie {
    size_t a, b;            /* nodes, a < b */
    double strength, trust; /* NAN where the model has none */
};

struct snapshot {
    int64_t week;
    size_t node_count, tie_count;
    size_t *seat;                                             /* of each node */
    double *unit, *layer, *role, *repertoire, *group, *level; /* of each node; NAN where missing */
    struct snapshot_tie *ties;                                /* weakest first */
};

struct snapshots {
    struct snapshot_scheme scheme;
    int run, school;
    struct snapshot *list; /* by week */
    size_t count;
    size_t seat_count;
    int newcomers;     /* some seat changes hands */
    double *seat_unit; /* NAN: none */
};

/* All networks of the run and school of the first graph. Returns a fault for none, or for one too large to show. */
enum status snapshots_read(const struct chart_data *data, struct snapshots *snapshots,
                           struct faults *faults) MUST_CHECK;
void snapshots_free(struct snapshots *snapshots);

#define SNAPSHOT_NODES_MAX 2000

#endif
