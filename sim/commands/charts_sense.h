/* charts_sense.h: the pictures of `ebb sense`. */
#ifndef EBB_COMMANDS_CHARTS_SENSE_H
#define EBB_COMMANDS_CHARTS_SENSE_H

#include "sensing.h"

/* OUT/morris-MEASURE-WEEK.png or OUT/sobol-…, as PNG, SVG and PDF; each is told unless quiet. */
enum status sense_draw(const struct sensing *sensing, const struct store_result *shape, uint64_t seed, bool quiet,
                       struct faults *faults) MUST_CHECK;

#endif
