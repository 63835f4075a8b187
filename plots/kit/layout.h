/* layout.h: where everybody sits, once for all snapshots. */
#ifndef EBB_LAYOUT_H
#define EBB_LAYOUT_H

#include "snapshot.h"

struct layout_unit {
    double number; /* as in the attribute */
    double x, y, radius;
    int ring; /* 0: people without a unit are drawn without a ring */
};

/* Lengths are in seats: two seats are about 1 apart or more. */
struct layout {
    size_t seat_count, unit_count;
    double *x, *y; /* of each seat */
    size_t *unit;  /* of each seat, an index into units */
    struct layout_unit *units;
    double left, right, top, bottom; /* all rings and seats with their own room */
};

/* Fruchterman and Reingold (1991), by igraph, over the ties of all snapshots weighted by strength, with an invisible
 * hub in each unit; then units are packed as rings that do not touch and seats moved apart inside them. The
 * generator is igraph's with a fixed seed: the same networks give the same map. Takes about
 * (seats of a unit)^2 steps. */
enum status layout_make(const struct snapshots *snapshots, struct layout *layout, struct faults *faults) MUST_CHECK;
void layout_free(struct layout *layout);

#endif
