#include "sweeping.h"

#include "../../../plots/kit/target.h"
#include "../../leaf/text.h"
#include "../plot/charts.h"

#include <stdlib.h>
#include <string.h>

enum { KEEP_SUMMARY, KEEP_YEARLY, KEEP_WEEKLY };

/* Which weeks are kept is the sweep's own setting; what [output] says of single runs is not used, and told so. */
static void plan_weeks(struct sweeping *w, struct faults *faults)
{
    static const char *const unused[] = {"every", "snapshots", "snapshot_runs", "lineage_runs", "more_charts"};
    const struct config *config = &w->scenario.config;
    const struct sweep_params *sweep = param_set_get(config->set, &sweep_group, 0);
    struct engine_plan *plan = &w->scenario.plan;
    plan->every = sweep->keep == KEEP_SUMMARY  ? plan->weeks
                  : sweep->keep == KEEP_YEARLY ? config->calendar->weeks_per_year
                                               : 1;
    plan->snapshot_count = 0;
    plan->lineage_runs = 0;
    for (size_t i = 0; i < sizeof unused / sizeof unused[0]; i++) {
        const struct param *row = param_find(&output_group, unused[i]);
        const struct param_origin origin = param_set_origin(config->set, &output_group, 0, row);
        if (!config_is_usual(config, &output_group, row))
            fault_warn(faults, origin.from == ORIGIN_FILE ? config_file(config, origin) : NULL, origin.line,
                       "output.%s is for `ebb run`; a sweep keeps the weeks of sweep.keep, no networks or lineages, "
                       "and has charts of its own",
                       unused[i]);
    }
}

static void ask(struct sweeping *w)
{
    struct scenario *s = &w->scenario;
    w->stored = scenario_stored(s);
    w->stored.again = "ebb sweep config.ini";
    w->asked = (struct sweep_asked){
        .scenario = &w->stored,
        .design = &w->design,
        .data = s->inputs + s->config.file_count,
        .data_count = s->input_count - s->config.file_count,
        .shard = 1,
        .shards = 1,
    };
}

enum status sweeping_check_target(const struct config *config, struct faults *faults)
{
    const struct sweep_params *sweep = param_set_get(config->set, &sweep_group, 0);
    struct targets targets;
    return targets_read(sweep->target, "sweep.target", config->model->columns, config->model->column_count, &targets,
                        faults);
}

enum status sweeping_plan(struct sweeping *w, struct faults *faults)
{
    struct scenario *s = &w->scenario;
    const struct config *config = &s->config;
    enum status status = scenario_plan(s, options_own(s->options, "verify") != NULL, faults);
    if (status != STATUS_OK)
        return status;
    plan_weeks(w, faults);
    status = sweeping_check_target(config, faults);
    if (status != STATUS_OK)
        return status;
    status = design_of_set(config->set, config_engine_groups, config->files, config->run->seed, &w->design, faults);
    if (status != STATUS_OK)
        return status;
    if (w->design.points > SWEEPING_RUNS_MAX / s->plan.replicates)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "%lld points with %lld replicates each are %.6g runs; at most %d are allowed",
                         (long long)w->design.points, (long long)s->plan.replicates,
                         (double)w->design.points * (double)s->plan.replicates, SWEEPING_RUNS_MAX);
    ask(w);
    return design_check(&w->design, config->model, config->set, &config->input, faults);
}

void sweeping_free(struct sweeping *w)
{
    sweep_free(w->store);
    design_free(&w->design);
    free(w->stretches);
    scenario_free(&w->scenario);
}

void sweeping_tell_results(const struct sweeping *w)
{
    fputs("results in ", stdout);
    text_print(stdout, w->scenario.out_dir);
    puts("");
}

enum status sweeping_tell_end(const struct sweeping *w, enum status status, struct faults *faults)
{
    const long long held = sweep_held(w->store), failed = sweep_failed(w->store);
    const long long all = w->design.points * w->scenario.plan.replicates;
    if (status == STATUS_INTERRUPTED)
        fault_add(faults, status, w->scenario.out_dir, 0,
                  "interrupted: %lld of %lld runs are kept; the same command with --resume carries on", held, all);
    else if (status != STATUS_OK)
        fault_add(faults, status, w->scenario.out_dir, 0,
                  "%lld of %lld runs are kept; once the cause is gone the same command with --resume carries on", held,
                  all);
    if (failed)
        return fault_add(faults, status == STATUS_OK ? STATUS_FAILED : status, w->scenario.out_dir, 0,
                         "%lld of %lld runs failed; runs.csv says why, and --retry-failed runs them again", failed,
                         held);
    return status;
}

static void tell_chart(void *self, const char *path)
{
    const struct sweeping *w = self;
    if (w->scenario.options->quiet)
        return;
    fputs("chart in   ", stdout);
    text_print(stdout, path);
    puts("");
}

enum status sweeping_draw(struct sweeping *w, struct faults *faults)
{
    const struct scenario *s = &w->scenario;
    if (s->config.output->charts == 0 || w->asked.shards > 1 || sweep_held(w->store) == sweep_failed(w->store))
        return STATUS_OK;
    const struct charts_wanted wanted = {.format = "png,svg,pdf",
                                         .force = true, /* the folder was checked before anything was computed */
                                         .options = {.singles = -1},
                                         .made = tell_chart,
                                         .self = w};
    return charts_make(s->out_dir, &wanted, faults);
}
