/* ebb sense: which settings decide. Runs a Morris or a Saltelli design as `ebb sweep` does, or takes a stored one. */
#include "../../command.h"
#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "../plot/charts_sense.h"
#include "../scenario.h"
#include "sensing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static enum status refuse_existing(const struct options *options, const char *out_dir, const char *name,
                                   struct faults *faults)
{
    struct stat info;
    char *path = folder_path(out_dir, name, "");
    enum status status = STATUS_OK;
    if (path && !options->force && stat(path, &info) == 0)
        status = fault_add(faults, STATUS_BAD_INPUT, path, 0, "is there already; replace it with --force");
    free(path);
    return status;
}

/* One measure: told, written and drawn. */
static enum status look(const struct options *options, const struct sense_stored *s, const char *out_dir,
                        const struct column *column, int64_t week, bool fresh, struct faults *faults)
{
    struct sensing sensing = {.out_dir = out_dir,
                              .design = &s->design,
                              .column = column,
                              .week = week,
                              .weeks_per_year = s->shape.weeks_per_year,
                              .asked = s->design.points * s->config.run->replicates};
    char *name = NULL;
    enum status status = STATUS_OK;
    if (asprintf(&name, "sense-%s-%lldw.csv", column->name, (long long)week) < 0)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    if (!fresh)
        status = refuse_existing(options, out_dir, name, faults);
    if (status == STATUS_OK)
        status = sense_look(&sensing, s->config.run->seed, faults);
    if (status == STATUS_OK)
        status = options->quiet ? STATUS_OK : sense_tell(&sensing, stdout, faults);
    if (status == STATUS_OK && sensing.told)
        status = sense_write(&sensing, name, faults);
    if (status == STATUS_OK && sensing.told)
        status = sense_draw(&sensing, &s->shape, s->config.run->seed, options->quiet, faults);
    sense_free(&sensing);
    free(name);
    return status;
}

/* The measures asked for; else every capacity; else the first column. */
static enum status look_at_all(const struct options *options, const struct sense_stored *s, const char *out_dir,
                               int64_t week, bool fresh, struct faults *faults)
{
    const char *asked = options_own(options, "measure");
    char *copy = asked ? strdup(asked) : NULL, *rest = NULL;
    enum status status = STATUS_OK;
    size_t looked = 0;
    for (char *name = copy ? strtok_r(copy, ", ", &rest) : NULL; name && status == STATUS_OK;
         name = strtok_r(NULL, ", ", &rest)) {
        const struct column *column = sense_column(s->shape.columns, s->shape.column_count, name, out_dir, faults);
        status = column ? look(options, s, out_dir, column, week, fresh, faults) : STATUS_USAGE;
        looked++;
    }
    for (size_t c = 0; !asked && c < s->shape.column_count && status == STATUS_OK; c++)
        if (s->shape.columns[c].kind == COLUMN_CAPACITY) {
            status = look(options, s, out_dir, &s->shape.columns[c], week, fresh, faults);
            looked++;
        }
    if (looked == 0 && status == STATUS_OK)
        status = look(options, s, out_dir, &s->shape.columns[0], week, fresh, faults);
    free(copy);
    return status;
}

static enum status sense_stored(const struct options *options, const char *out_dir, bool fresh, struct faults *faults)
{
    struct sense_stored s = {0};
    int64_t week = 0;
    enum status status = sense_open(&s, out_dir, faults);
    if (status == STATUS_OK)
        status = sense_week(options_own(options, "week"), "--week", s.shape.weeks_per_year, s.shape.length, &week,
                            faults);
    if (status == STATUS_OK)
        status = sense_check_week(&s, out_dir, week, faults);
    if (status == STATUS_OK)
        status = look_at_all(options, &s, out_dir, week, fresh, faults);
    if (status == STATUS_OK && !options->quiet) {
        puts("\nEach interval stands by itself: of forty idle settings one would seem to matter.");
        fputs("results in ", stdout);
        text_print(stdout, out_dir);
        puts("");
    }
    sense_close(&s);
    return status;
}

/* Measures are looked for before anything is run. */
static enum status check_measures(const struct options *options, const struct model *model, struct faults *faults)
{
    const char *asked = options_own(options, "measure");
    char *copy = asked ? strdup(asked) : NULL, *rest = NULL;
    enum status status = STATUS_OK;
    for (char *name = copy ? strtok_r(copy, ", ", &rest) : NULL; name; name = strtok_r(NULL, ", ", &rest))
        if (!sense_column(model->columns, model->column_count, name, NULL, faults))
            status = STATUS_USAGE;
    free(copy);
    return status;
}

static enum status prepare_sweep(const struct options *options, const struct config *config, struct sense_words *w,
                                 char **out_dir, struct faults *faults)
{
    int64_t week = 0;
    char *name = NULL;
    enum status status = check_measures(options, config->model, faults);
    if (status == STATUS_OK)
        status = sense_week(options_own(options, "week"), "--week", (int)config->calendar->weeks_per_year,
                            config->run->weeks, &week, faults);
    if (status != STATUS_OK)
        return status;
    *out_dir = options->out                                     ? strdup(options->out)
               : asprintf(&name, "%s-sense", config->name) >= 0 ? scenario_folder(name)
                                                                : NULL;
    free(name);
    return *out_dir ? sense_say(options, config, *out_dir, week, w, faults)
                    : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
}

static enum status sense_config(const struct options *options, struct faults *faults)
{
    struct config config;
    struct sense_words w = {0};
    char *out_dir = NULL;
    enum status status = scenario_load_quietly(options->arguments[0], options->sets, options->set_count, &config,
                                               faults); /* the sweep tells its warnings */
    if (status != STATUS_OK)
        return status;
    status = prepare_sweep(options, &config, &w, &out_dir, faults);
    config_free(&config);
    if (status == STATUS_OK) {
        status = sense_sweep(&w, faults);
        /* Failed runs are told, and the rest is looked at. */
        if (!options->dry_run && (status == STATUS_OK || status == STATUS_FAILED)) {
            const enum status looked = sense_stored(options, out_dir, true, faults);
            status = status == STATUS_OK ? looked : status;
        }
    }
    sense_forget(&w);
    free(out_dir);
    return status;
}

static enum status run(const struct options *options, struct faults *faults)
{
    static const char *const makes[] = {"vary", "factors", "around", "method", "samples", "resume"};
    struct stat info;
    if (stat(options->arguments[0], &info) || !S_ISDIR(info.st_mode))
        return sense_config(options, faults);
    for (size_t i = 0; i < sizeof makes / sizeof makes[0]; i++)
        if (options_own(options, makes[i]))
            return fault_add(faults, STATUS_USAGE, NULL, 0,
                             "--%s says what to run, and %s is a result: name its configuration instead", makes[i],
                             options->arguments[0]);
    if (options->set_count || options->out || options->dry_run)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "-r, -s, --set, -o and -n say what to run, and %s is a result: name its configuration instead",
                         options->arguments[0]);
    return sense_stored(options, options->arguments[0], false, faults);
}

static const struct option_row own[] = {
    {"factors", 0, "SECTION.*", "vary every number of a section around its value; or section.key; repeatable"},
    {"around", 0, "PERCENT", "how far --factors vary, at most to what is allowed; otherwise 20"},
    {"vary", 0, "KEY=FROM:TO", "a setting and its range; repeatable"},
    {"method", 0, "morris|sobol", "screen many settings, or share out the variance; otherwise by their number"},
    {"samples", 0, "N", "trajectories of morris (20), samples of sobol (128)"},
    {"measure", 0, "A,B", "what is explained; otherwise every capacity"},
    {"week", 0, "2y", "when; otherwise at the end"},
    {"resume", 0, NULL, "carry on what OUT holds"},
    {0},
};

extern const struct command sense_command;
const struct command sense_command = {
    .name = "sense",
    .usage = "CONFIG|OUT",
    .meaning = "which settings decide: Morris screening, Sobol indices, intervals and a plain verdict",
    .help =
        "Runs a design over the settings that vary, as `ebb sweep` does, with 4 replicates a point unless -r says\n"
        "otherwise; or looks at a result of such a sweep, also an unfinished one or one with failed runs.\n\n"
        "morris  moves one setting at a time from many places: mean |effect| over its range, and how it differs\n"
        "        from place to place. Cheap: samples x (settings + 1) x replicates runs.\n"
        "sobol   shares out the variance: by itself, and with all it does by way of others. Dearer: samples x\n"
        "        (settings + 2) x replicates runs.\n\n"
        "Luck is told apart: with two replicates or more it is no part of an effect, and its share is told.\n"
        "Numbers go to OUT/sense-MEASURE-WEEK.csv, with those from fewer samples; charts beside them.\n\n"
        "  ebb sense configs/school.ini --factors 'learning.*' --factors 'meetings.*'\n"
        "  ebb sense configs/school.ini --vary structures.time=0:1 --vary structures.openness=0:1 --measure personal\n"
        "  ebb sense out/school-sense --measure trust,reach --week 2y\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .takes = TAKES_RUNS,
    .own = own,
    .run = run,
};
