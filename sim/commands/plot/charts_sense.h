/* charts_sense.h: the pictures of `ebb sense`. */
#ifndef EBB_COMMANDS_CHARTS_SENSE_H
#define EBB_COMMANDS_CHARTS_SENSE_H

#include "../../../plots/chart.h"
#include "../sense/sensing.h"

/* A told measure as a chart wants it. The sensing and the shape must outlive it; free() its settings. */
struct sense_picture {
    struct chart_setting *settings; /* owned */
    char measure[256], basis[256];
    struct chart_data data;
};
enum status sense_picture_open(const struct sensing *sensing, const struct store_result *shape, uint64_t seed,
                               struct sense_picture *picture, struct faults *faults) MUST_CHECK;

/* OUT/morris-MEASURE-WEEK.png or OUT/sobol-…, and OUT/convergence-…, as PNG, SVG and PDF; each is told unless quiet. */
enum status sense_draw(const struct sensing *sensing, const struct store_result *shape, uint64_t seed, bool quiet,
                       struct faults *faults) MUST_CHECK;

#endif
