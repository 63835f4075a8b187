/* charts.c: the list of charts. Adding one takes its file and one row here (and its name in charts.h). */
#include "charts.h"

#include <string.h>

const struct chart *const charts[] = {&series_chart,
                                      &heat_chart,
                                      &response_chart,
                                      &network_chart,
                                      &network_of_schools_chart,
                                      &layers_chart,
                                      &rings_chart,
                                      &phase_chart,
                                      &spectrum_chart,
                                      &initiatives_chart,
                                      &schools_chart,
                                      &lineage_chart,
                                      &forest_chart,
                                      &difference_chart,
                                      &frontier_chart,
                                      &precision_chart,
                                      &multiples_chart,
                                      &morris_chart,
                                      &sobol_chart,
                                      &convergence_chart,
                                      NULL};

const struct chart *chart_find(const char *name)
{
    for (size_t i = 0; charts[i]; i++)
        if (strcmp(charts[i]->name, name) == 0)
            return charts[i];
    return NULL;
}
