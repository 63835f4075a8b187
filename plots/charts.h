/* charts.h: the rows of charts.c. */
#ifndef EBB_CHARTS_H
#define EBB_CHARTS_H

#include "chart.h"

extern const struct chart series_chart;
extern const struct chart network_chart;
extern const struct chart network_of_schools_chart;
extern const struct chart heat_chart;
extern const struct chart response_chart;
extern const struct chart forest_chart;
extern const struct chart difference_chart;
extern const struct chart frontier_chart;
extern const struct chart precision_chart;
extern const struct chart layers_chart;
extern const struct chart rings_chart;
extern const struct chart phase_chart;
extern const struct chart spectrum_chart;
extern const struct chart initiatives_chart;
extern const struct chart schools_chart;
extern const struct chart lineage_chart;
extern const struct chart multiples_chart;
extern const struct chart morris_chart;
extern const struct chart sobol_chart;
extern const struct chart convergence_chart;

#endif
