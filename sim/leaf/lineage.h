/* lineage.h: what a list of adoptions tells: who carried an innovation, how permeable each boundary was, how many steps
 * went over a bridge between units. Lists are one school's, as models and results hold them (model.h). */
#ifndef EBB_LINEAGE_H
#define EBB_LINEAGE_H

#include "model.h"

#define LINEAGE_LAYERS 8 /* at most, with that of nobody */

/* Somebody who brought others in. */
struct lineage_carrier {
    uint32_t post, person, unit;
    size_t brought;              /* steps of others that this one was the source of */
    size_t into[LINEAGE_LAYERS]; /* of these, into each layer */
    size_t bridged;              /* of these, people of another unit */
    size_t onward;               /* and all steps that came of them in turn, themselves not counted */
};

/* Most steps first, then most onward; returns how many there are, of which at most max are filled. -1: no memory. */
long lineage_carriers(const struct adoption *list, size_t count, uint32_t innovation, struct lineage_carrier *carriers,
                      size_t max);

/* The boundary below a layer: steps over it, and weeks that people spent right below it until the run's last week. Who
 * takes two layers in one week spent no time between them and is not counted. */
struct lineage_boundary {
    size_t steps;
    double person_weeks;
};
struct lineage_boundary lineage_boundary(const struct adoption *list, size_t count, uint32_t innovation, int layer,
                                         int64_t last_week);

/* Steps with a source of the staff, and those of them from another unit. */
struct lineage_bridges {
    size_t steps, bridged;
};
struct lineage_bridges lineage_bridges(const struct adoption *list, size_t count, uint32_t innovation);

#endif
