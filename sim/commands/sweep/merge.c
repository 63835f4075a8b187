#include "../../command.h"
#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "../../store/read.h"
#include "../../store/swept.h"
#include "sweeping.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Why it is none: it cannot be read, or nothing varies in it. */
static enum status check_sweep(const char *out_dir, struct faults *faults)
{
    const struct store_wanted wanted = {.no_values = true};
    struct store_result result;
    const enum status status = store_read(out_dir, &wanted, &result, faults);
    if (status != STATUS_OK)
        return status;
    store_result_free(&result);
    return fault_add(faults, STATUS_BAD_INPUT, out_dir, 0, "holds no shard of a sweep");
}

/* The first shard's own configuration makes the whole sweep again; the store then asks the same of every shard. */
static enum status load(struct sweeping *w, const struct options *options, struct faults *faults)
{
    char *path = NULL;
    if (asprintf(&path, "%s/config.ini", options->arguments[0]) < 0)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for a file name");
    struct faults found = {0};
    enum status status = config_load(path, NULL, 0, &w->scenario.config, &found);
    if (status == STATUS_OK && !store_is_sweep(options->arguments[0]))
        status = check_sweep(options->arguments[0], &found);
    if (status == STATUS_OK)
        status = sweeping_plan(w, &found);
    for (size_t i = 0; i < found.count; i++) /* warnings were told when the shard was run */
        if (!found.list[i].warning)
            fault_add(faults, status, found.list[i].file, found.list[i].line, "%s", found.list[i].text);
    faults_free(&found);
    free(path);
    return store_tell_build(options->arguments[0], status, faults);
}

static enum status check_missing(const struct sweeping *w, struct faults *faults)
{
    const int64_t all = w->design.points * w->scenario.plan.replicates, held = sweep_held(w->store);
    int64_t first = 0;
    if (held == all)
        return STATUS_OK;
    while (sweep_has(w->store, first))
        first++;
    return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                     "these shards hold %lld of %lld runs; the first that is missing is run %lld. Add the shards that "
                     "lack, or merge what there is with --partial",
                     (long long)held, (long long)all, (long long)first + 1);
}

static enum status absorb(struct sweeping *w, struct faults *faults)
{
    const struct options *options = w->scenario.options;
    enum status status = STATUS_OK;
    for (int i = 0; i < options->argument_count && status == STATUS_OK; i++)
        status = sweep_absorb(w->store, options->arguments[i], faults);
    if (status == STATUS_OK && !options_own(options, "partial"))
        status = check_missing(w, faults);
    return status;
}

static enum status run(const struct options *options, struct faults *faults)
{
    struct sweeping w = {.scenario = {.options = options}};
    struct scenario *s = &w.scenario;
    if (!options->out)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "ebb merge needs -o OUT, a folder for the whole");
    for (int i = 0; i < options->argument_count; i++)
        if (file_is_same(options->arguments[i], options->out))
            return fault_add(faults, STATUS_USAGE, NULL, 0,
                             "-o names one of the shards; the whole needs its own folder");
    enum status status = load(&w, options, faults);
    if (status == STATUS_OK) {
        s->out_dir = strdup(options->out);
        status = s->out_dir ? scenario_check(s, faults)
                            : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    }
    if (status == STATUS_OK)
        status = sweep_open(s->out_dir, &w.asked, &w.store, faults);
    if (w.store) {
        status = absorb(&w, faults);
        const enum status closed = sweep_close(w.store, status == STATUS_OK ? STATUS_OK : STATUS_FAILED, &s->tally,
                                               faults);
        if (status != STATUS_OK && folder_discard(s->out_dir, NULL, faults) != STATUS_OK)
            status = STATUS_FAILED;
        status = status == STATUS_OK ? closed : status;
    }
    if (status == STATUS_OK && !options->quiet) {
        printf("%lld runs of %d folder%s put together\n", (long long)sweep_held(w.store), options->argument_count,
               options->argument_count == 1 ? "" : "s");
        sweeping_tell_results(&w);
    }
    if (status == STATUS_OK)
        status = sweeping_draw(&w, faults);
    if (w.store && sweep_failed(w.store) > 0)
        fault_warn(faults, options->out, 0, "%lld of these runs failed; runs.csv says why",
                   (long long)sweep_failed(w.store));
    sweeping_free(&w);
    return status;
}

static const struct option_row own[] = {
    {"partial", 0, NULL, "also when runs are missing; --resume of `ebb sweep` in OUT adds them"},
    {NULL, 0, NULL, NULL},
};

extern const struct command merge_command;
const struct command merge_command = {
    .name = "merge",
    .usage = "OUT...",
    .meaning = "put the shards of a sweep together",
    .help =
        "The whole has the same bytes as a sweep that was never cut in shards. Shards that overlap, that come from\n"
        "another configuration, version or data, or that lack runs are refused; the shards stay as they are.\n\n"
        "  ebb merge out/part-* -o out/whole\n",
    .arguments_min = 1,
    .arguments_max = ARGUMENTS_ANY,
    .takes = TAKES_OUT | TAKES_QUIET | TAKES_FORCE,
    .own = own,
    .run = run,
};
