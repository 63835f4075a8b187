/* ebb sense: which settings decide. Runs a Morris or a Saltelli design as `ebb sweep` does, or takes a stored one. */
#include "../command.h"
#include "../leaf/text.h"
#include "../store/folder.h"
#include "charts_sense.h"
#include "scenario.h"
#include "sensing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define REPLICATES "4"  /* of each point, unless something says otherwise: two are needed to tell luck apart */
#define SCREENED 8      /* more settings than this are screened by Morris first */
#define TRAJECTORIES 20 /* Morris: 10 to 50 in the literature (Saltelli et al. 2008) */
#define SAMPLES 128

/* --- The sweep --- */

/* What `ebb sweep` will be told. */
struct sweep_words {
    char **words;
    size_t count;
    bool failed;
};

static void say(struct sweep_words *w, const char *option, const char *value)
{
    char **more = realloc(w->words, (w->count + 3) * sizeof *more);
    if (more) {
        w->words = more;
        more[w->count] = strdup(option);
        w->failed |= !more[w->count++];
        if (value) {
            more[w->count] = strdup(value);
            w->failed |= !more[w->count++];
        }
        more[w->count] = NULL;
    }
    w->failed |= !more;
}

static void forget(struct sweep_words *w)
{
    for (size_t i = 0; i < w->count; i++)
        free(w->words[i]);
    free(w->words);
}

static enum status ask_percent(const struct options *options, double *percent, struct faults *faults)
{
    const char *text = options_own(options, "around");
    char quoted[TEXT_QUOTED], *end;
    *percent = 20;
    if (!text)
        return STATUS_OK;
    *percent = strtod(text, &end);
    if (end != text && !*end && *percent > 0 && *percent <= 1000)
        return STATUS_OK;
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--around is %s; allowed: percent above 0, at most 1000",
                     text_quote(text, quoted));
}

/* --factors as --vary. */
static enum status say_factors(const struct options *options, const struct config *config, struct sweep_words *w,
                               size_t *settings, struct faults *faults)
{
    char **list = NULL;
    size_t count = 0;
    double percent;
    const char *text;
    enum status status = ask_percent(options, &percent, faults);
    for (size_t i = 0; status == STATUS_OK && (text = options_own_at(options, "factors", i)); i++)
        status = sense_factors(config, text, percent, &list, &count, faults);
    for (size_t i = 0; i < count; i++) {
        if (status == STATUS_OK)
            say(w, "--vary", list[i]);
        free(list[i]);
    }
    free(list);
    *settings += count;
    for (size_t i = 0; status == STATUS_OK && (text = options_own_at(options, "vary", i)); i++, ++*settings)
        say(w, "--vary", text);
    return status;
}

/* The rows that are needed: those of the end, of years, or of every week. */
static const char *keep_of(const struct config *config, int64_t week)
{
    return week < 0 || week == config->run->weeks         ? "summary"
           : week % config->calendar->weeks_per_year == 0 ? "yearly"
                                                          : "weekly";
}

static enum status say_design(const struct options *options, const struct config *config, size_t settings,
                              struct sweep_words *w, struct faults *faults)
{
    const struct sweep_params *sweep = param_set_get(config->set, &sweep_group, 0);
    const char *method = options_own(options, "method"), *samples = options_own(options, "samples");
    const struct param *points = param_find(&sweep_group, "points");
    char number[32], quoted[TEXT_QUOTED];
    const bool chosen = sweep->design == DESIGN_MORRIS || sweep->design == DESIGN_SALTELLI;
    bool morris = chosen ? sweep->design == DESIGN_MORRIS : settings > SCREENED;
    if (method && strcmp(method, "morris") != 0 && strcmp(method, "sobol") != 0)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--method is %s; allowed: morris, sobol",
                         text_quote(method, quoted));
    if (method)
        morris = strcmp(method, "morris") == 0;
    say(w, "--design", morris ? "morris" : "saltelli");
    if (samples) {
        long wanted = 0;
        const enum status status = options_integer("samples", samples, 2, 1000000, &wanted, faults);
        if (status != STATUS_OK)
            return status;
    }
    snprintf(number, sizeof number, "%d", morris ? TRAJECTORIES : SAMPLES);
    if (samples || param_set_origin(config->set, &sweep_group, 0, points).from == ORIGIN_DEFAULT)
        say(w, "--points", samples ? samples : number);
    return STATUS_OK;
}

static bool says_replicates(const struct options *options)
{
    for (size_t i = 0; i < options->set_count; i++)
        if (strncmp(options->sets[i], "run.replicates=", 15) == 0)
            return true;
    return false;
}

static void say_rest(const struct options *options, const char *out_dir, struct sweep_words *w)
{
    static const char *const progress[] = {"auto", "plain", "none"};
    char jobs[16];
    for (size_t i = 0; i < options->set_count; i++)
        say(w, "--set", options->sets[i]);
    say(w, "--set", "output.charts=no"); /* a sweep's pictures are of other questions; `ebb plot` draws them */
    if (!says_replicates(options))
        say(w, "--replicates", REPLICATES);
    if (options->jobs) {
        snprintf(jobs, sizeof jobs, "%d", options->jobs);
        say(w, "--jobs", jobs);
    }
    say(w, "--out", out_dir);
    say(w, "--progress", progress[options->progress]);
    if (options->force)
        say(w, "--force", NULL);
    if (options->quiet)
        say(w, "--quiet", NULL);
    if (options->dry_run)
        say(w, "--dry-run", NULL);
    if (options_own(options, "resume"))
        say(w, "--resume", NULL);
}

static enum status run_sweep(struct sweep_words *w, struct faults *faults)
{
    const struct command *sweep = command_find("sweep");
    struct options options;
    /* getopt reorders the words: give it a list of its own. */
    char **words = calloc(w->count + 1, sizeof *words);
    if (!words || !w->words || w->failed) {
        free(words);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the sweep's options");
    }
    memcpy(words, w->words, w->count * sizeof *words);
    enum status status = options_parse(sweep, (int)w->count, words, &options, faults);
    if (status == STATUS_OK) {
        status = sweep->run(&options, faults);
        options_free(&options);
    }
    free(words);
    return status;
}

/* --- What is looked at --- */

static enum status parse_week(const struct options *options, int weeks_per_year, int64_t last, int64_t *week,
                              struct faults *faults)
{
    const char *text = options_own(options, "week");
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
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--week is %s; allowed: a week from 0w to %lldw, or years as in 2y",
                     text_quote(text, quoted), (long long)last);
}

struct stored {
    struct config config;
    struct design design;
    struct store_result shape; /* weeks, and the columns asked for */
};

static enum status check_week(const struct stored *s, const char *out_dir, int64_t week, struct faults *faults)
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

static enum status open_stored(struct stored *s, const char *out_dir, struct faults *faults)
{
    char *path = folder_path(out_dir, "config.ini", "");
    const struct store_wanted wanted = {.no_values = true};
    enum status status = store_read(out_dir, &wanted, &s->shape, faults);
    if (status == STATUS_OK && path)
        status = scenario_load_quietly(path, NULL, 0, &s->config, faults);
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

static void close_stored(struct stored *s)
{
    design_free(&s->design);
    store_result_free(&s->shape);
    if (s->config.set)
        config_free(&s->config);
}

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
static enum status look(const struct options *options, const struct stored *s, const char *out_dir,
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

static const struct column *find_column(const struct stored *s, const char *name, const char *out_dir,
                                        struct faults *faults)
{
    struct text_near near = {.word = name};
    char quoted[TEXT_QUOTED];
    for (size_t c = 0; c < s->shape.column_count; c++) {
        if (strcmp(s->shape.columns[c].name, name) == 0)
            return &s->shape.columns[c];
        text_near_try(&near, s->shape.columns[c].name);
    }
    fault_add(faults, STATUS_USAGE, out_dir, 0, "there is no measure %s%s%s%s", text_quote(name, quoted),
              near.best ? "; did you mean " : "", near.best ? near.best : "", near.best ? "?" : "");
    return NULL;
}

/* The measures asked for; else every capacity; else the first column. */
static enum status look_at_all(const struct options *options, const struct stored *s, const char *out_dir, int64_t week,
                               bool fresh, struct faults *faults)
{
    const char *asked = options_own(options, "measure");
    char *copy = asked ? strdup(asked) : NULL, *rest = NULL;
    enum status status = STATUS_OK;
    size_t looked = 0;
    for (char *name = copy ? strtok_r(copy, ", ", &rest) : NULL; name && status == STATUS_OK;
         name = strtok_r(NULL, ", ", &rest)) {
        const struct column *column = find_column(s, name, out_dir, faults);
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
    struct stored s = {0};
    int64_t week = 0;
    enum status status = open_stored(&s, out_dir, faults);
    if (status == STATUS_OK)
        status = parse_week(options, s.shape.weeks_per_year, s.shape.length, &week, faults);
    if (status == STATUS_OK)
        status = check_week(&s, out_dir, week, faults);
    if (status == STATUS_OK)
        status = look_at_all(options, &s, out_dir, week, fresh, faults);
    if (status == STATUS_OK && !options->quiet) {
        puts("\nEach interval stands by itself: of forty idle settings one would seem to matter.");
        fputs("results in ", stdout);
        text_print(stdout, out_dir);
        puts("");
    }
    close_stored(&s);
    return status;
}

/* Measures are looked for before anything is run. */
static enum status check_measures(const struct options *options, const struct model *model, struct faults *faults)
{
    const struct stored s = {
        .shape = {.columns = (struct column *)model->columns, .column_count = model->column_count}};
    const char *asked = options_own(options, "measure");
    char *copy = asked ? strdup(asked) : NULL, *rest = NULL;
    enum status status = STATUS_OK;
    for (char *name = copy ? strtok_r(copy, ", ", &rest) : NULL; name; name = strtok_r(NULL, ", ", &rest))
        if (!find_column(&s, name, NULL, faults))
            status = STATUS_USAGE;
    free(copy);
    return status;
}

static enum status prepare_sweep(const struct options *options, const struct config *config, struct sweep_words *w,
                                 char **out_dir, struct faults *faults)
{
    size_t settings = param_set_count(config->set, &vary_group);
    int64_t week = 0;
    char *name = NULL;
    enum status status = check_measures(options, config->model, faults);
    if (status == STATUS_OK)
        status = parse_week(options, (int)config->calendar->weeks_per_year, config->run->weeks, &week, faults);
    if (status != STATUS_OK)
        return status;
    *out_dir = options->out                                     ? strdup(options->out)
               : asprintf(&name, "%s-sense", config->name) >= 0 ? scenario_folder(name)
                                                                : NULL;
    free(name);
    if (!*out_dir)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    say(w, "sweep", options->arguments[0]);
    status = say_factors(options, config, w, &settings, faults);
    if (status == STATUS_OK && settings == 0)
        status = fault_add(faults, STATUS_USAGE, NULL, 0,
                           "nothing varies: name settings with --factors 'section.*' or --vary section.key=from:to");
    if (status == STATUS_OK)
        status = say_design(options, config, settings, w, faults);
    say(w, "--keep", keep_of(config, week));
    say_rest(options, *out_dir, w);
    return status;
}

static enum status sense_config(const struct options *options, struct faults *faults)
{
    struct config config;
    struct sweep_words w = {0};
    char *out_dir = NULL;
    enum status status = scenario_load_quietly(options->arguments[0], options->sets, options->set_count, &config,
                                               faults); /* the sweep tells its warnings */
    if (status != STATUS_OK)
        return status;
    status = prepare_sweep(options, &config, &w, &out_dir, faults);
    config_free(&config);
    if (status == STATUS_OK) {
        status = run_sweep(&w, faults);
        /* Failed runs are told, and the rest is looked at. */
        if (!options->dry_run && (status == STATUS_OK || status == STATUS_FAILED)) {
            const enum status looked = sense_stored(options, out_dir, true, faults);
            status = status == STATUS_OK ? looked : status;
        }
    }
    forget(&w);
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
    .takes = TAKES_OUT | TAKES_JOBS | TAKES_REPLICATES | TAKES_SEED | TAKES_SET | TAKES_QUIET | TAKES_FORCE |
             TAKES_PROGRESS | TAKES_DRY_RUN,
    .own = own,
    .run = run,
};
