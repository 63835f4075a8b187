/* What a configuration asks for besides the usual charts: [output] more_charts = layers, rings. */
#include "../../../plots/charts.h"
#include "../../leaf/text.h"
#include "charts.h"

#include <stdio.h>
#include <string.h>

#define NAME_MAX_LENGTH 64

/* The next name of a list with commas, without white space around it. Returns what follows; NULL: that was the last. */
static const char *next(const char *list, char name[NAME_MAX_LENGTH])
{
    const char *comma = strchr(list, ',');
    snprintf(name, NAME_MAX_LENGTH, "%.*s", comma ? (int)(comma - list) : (int)strlen(list), list);
    char *trimmed = text_trim(name);
    memmove(name, trimmed, strlen(trimmed) + 1);
    return comma ? comma + 1 : NULL;
}

/* Whether a run can be shown by it. */
static bool is_of_runs(const struct chart *chart)
{
    return !chart->of_points && !chart->of_comparison && !chart->of_settings;
}

bool charts_more_has(const char *list, const struct chart *chart)
{
    char name[NAME_MAX_LENGTH];
    bool found = false;
    for (const char *at = list && *list ? list : NULL; at && !found;) {
        at = next(at, name);
        found = strcmp(name, chart->name) == 0;
    }
    return found;
}

static enum status refuse(const char *name, const char *file, int line, struct faults *faults)
{
    char known[CHARTS_KNOWN], quoted[TEXT_QUOTED];
    return fault_add(faults, STATUS_BAD_INPUT, file, line, "output.more_charts: %s is %s; %s", text_quote(name, quoted),
                     chart_find(name) ? "no chart of runs" : "no chart", charts_known(name, is_of_runs, known));
}

enum status charts_more_check(const struct config *config, struct faults *faults)
{
    const struct param *row = param_find(&output_group, "more_charts");
    const struct param_origin origin = param_set_origin(config->set, &output_group, 0, row);
    const char *file = origin.from == ORIGIN_FILE ? config_file(config, origin) : NULL;
    const char *list = config->output->more_charts;
    enum status status = STATUS_OK;
    char name[NAME_MAX_LENGTH];
    for (const char *at = *list ? list : NULL; at;) {
        at = next(at, name);
        const struct chart *chart = chart_find(name);
        if (!chart || !is_of_runs(chart))
            status = refuse(name, file, origin.line, faults);
    }
    return status;
}
