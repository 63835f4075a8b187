/* A stored sweep that `ebb sense` can read, and which of its measures and weeks. */
#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "../scenario.h"
#include "sensing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum status sense_week(const char *text, const char *option, int weeks_per_year, int64_t last, int64_t *week,
                       struct faults *faults)
{
    char quoted[TEXT_QUOTED], *end;
    *week = last;
    if (!text)
        return STATUS_OK;
    const double number = strtod(text, &end);
    const double weeks = *end == 'y' ? number * weeks_per_year : number;
    end += *end == 'y' || *end == 'w';
    if (*text && end != text && !*end && weeks >= 0 && weeks <= (double)last && weeks == floor(weeks)) {
        *week = (int64_t)weeks;
        return STATUS_OK;
    }
    return fault_add(faults, STATUS_USAGE, NULL, 0, "%s is %s; allowed: a week from 0w to %lldw, or years as in 2y",
                     option, text_quote(text, quoted), (long long)last);
}

enum status sense_check_week(const struct sense_stored *s, const char *out_dir, int64_t week, struct faults *faults)
{
    for (size_t w = 0; w < s->shape.week_count; w++)
        if (s->shape.weeks[w] == week)
            return STATUS_OK;
    if (s->shape.week_count == 0)
        return fault_add(faults, STATUS_BAD_INPUT, out_dir, 0, "holds no run that is done");
    return fault_add(faults, STATUS_USAGE, out_dir, 0,
                     "does not hold week %lld: kept are %zu weeks from %lld to %lld, as sweep.keep says",
                     (long long)week, s->shape.week_count, (long long)s->shape.weeks[0],
                     (long long)s->shape.weeks[s->shape.week_count - 1]);
}

enum status sense_open(struct sense_stored *s, const char *out_dir, struct faults *faults)
{
    char *path = folder_path(out_dir, "config.ini", "");
    const struct store_wanted wanted = {.no_values = true};
    enum status status = store_read(out_dir, &wanted, &s->shape, faults);
    if (status == STATUS_OK && path)
        status = store_tell_build(out_dir, scenario_load_quietly(path, NULL, 0, &s->config, faults), faults);
    if (status == STATUS_OK && path && param_set_count(s->config.set, &vary_group) == 0)
        status = fault_add(faults, STATUS_BAD_INPUT, out_dir, 0,
                           "is a result in which nothing varies; give `ebb sense` the configuration it came from");
    if (status == STATUS_OK && path)
        status = design_of_set(s->config.set, config_engine_groups, NULL, s->config.run->seed, &s->design, faults);
    if (!path)
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    free(path);
    if (status == STATUS_OK && s->design.kind != DESIGN_MORRIS && s->design.kind != DESIGN_SALTELLI)
        status = fault_add(faults, STATUS_BAD_INPUT, out_dir, 0,
                           "is of a %s design; what settings decide is told from a morris or a saltelli one",
                           design_kind_name(s->design.kind));
    return status;
}

void sense_close(struct sense_stored *s)
{
    design_free(&s->design);
    store_result_free(&s->shape);
    if (s->config.set)
        config_free(&s->config);
}

const struct column *sense_column(const struct column *columns, size_t count, const char *name, const char *out_dir,
                                  struct faults *faults)
{
    struct text_near near = {.word = name};
    char quoted[TEXT_QUOTED];
    for (size_t c = 0; c < count; c++) {
        if (strcmp(columns[c].name, name) == 0)
            return &columns[c];
        text_near_try(&near, columns[c].name);
    }
    fault_add(faults, STATUS_USAGE, out_dir, 0, "there is no measure %s%s%s%s", text_quote(name, quoted),
              near.best ? "; did you mean " : "", near.best ? near.best : "", near.best ? "?" : "");
    return NULL;
}
