#include "config.h"

#include "../leaf/text.h"
#include "apply.h"
#include "input.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SETTING_MAX 8192 /* as text: a list of 256 numbers */

static const struct param run_rows[] = {RUN_PARAMS(PARAM_ROW, run_params)};
static const struct param calendar_rows[] = {CALENDAR_PARAMS(PARAM_ROW, calendar_params)};
static const struct param output_rows[] = {OUTPUT_PARAMS(PARAM_ROW, output_params)};
const struct param_group run_group = PARAM_GROUP("run", "The run", run_rows, struct run_params);
static const struct param_group calendar_group = PARAM_GROUP("calendar", "The calendar", calendar_rows,
                                                             struct calendar_params);
const struct param_group output_group = PARAM_GROUP("output", "What is kept", output_rows, struct output_params);

const struct param_group *const config_engine_groups[] = {&run_group,   &calendar_group, &output_group,
                                                          &sweep_group, &vary_group,     NULL};

static size_t count_groups(const struct param_group *const *groups)
{
    size_t count = 0;
    while (groups[count])
        count++;
    return count;
}

const struct param_group **config_groups(const struct model *model)
{
    const size_t engine = count_groups(config_engine_groups), own = count_groups(model->groups);
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): a list of pointers is meant */
    const struct param_group **groups = calloc(engine + own + 1, sizeof groups[0]);
    for (size_t g = 0; groups && g < engine + own; g++)
        groups[g] = g < engine ? config_engine_groups[g] : model->groups[g - engine];
    return groups;
}

/* The model's name decides which keys exist, so it is looked up before anything else. An unknown name is reported when
 * its turn comes; until then the nearest name stands in for it, so that the rest can be checked too. */
static const struct model *choose_model(const struct apply *apply, bool *unknown)
{
    const char *name = apply_peek(apply, "run", "model");
    const struct model *model = name ? model_find(name) : models[0];
    *unknown = false;
    if (model)
        return model;
    struct text_near near = {.word = name};
    for (size_t i = 0; models[i]; i++)
        text_near_try(&near, models[i]->name);
    *unknown = !near.best;
    return near.best ? model_find(near.best) : models[0];
}

/* Years become weeks as values are read, so the calendar comes before them. A wrong value is reported later. */
static int choose_weeks_per_year(const struct apply *apply)
{
    static const struct param_group *const groups[] = {&calendar_group, NULL};
    const struct param *row = param_find(&calendar_group, "weeks_per_year");
    const char *text = apply_peek(apply, "calendar", "weeks_per_year");
    struct param_set *set = param_set_new(groups, 1);
    if (!set)
        return 0;
    if (text && param_set_parse(set, &calendar_group, 0, row, text, (struct param_origin){.from = ORIGIN_FILE}, NULL,
                                NULL, NULL) != STATUS_OK)
        text = NULL; /* the default stays */
    const struct calendar_params *calendar = param_set_get(set, &calendar_group, 0);
    const int weeks_per_year = (int)calendar->weeks_per_year;
    param_set_free(set);
    return weeks_per_year;
}

static char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    const char *dot = strrchr(base, '.');
    return strndup(base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

/* The value of "section.key", kind PARAM_PATH, or NULL when it is empty. */
static const char *path_value(const struct config *config, const char *section_key)
{
    char section[PARAM_TEXT_SIZE];
    const char *dot = section_key ? strchr(section_key, '.') : NULL;
    if (!dot)
        return NULL;
    snprintf(section, sizeof section, "%.*s", (int)(dot - section_key), section_key);
    const struct param_group *group = param_group_find(config->model->groups, section);
    const struct param *row = group ? param_find(group, dot + 1) : NULL;
    const char *value = row ? (const char *)param_set_get(config->set, group, 0) + row->offset : "";
    return *value ? value : NULL;
}

static enum status read_network(struct config *config, struct faults *faults)
{
    const char *roster = path_value(config, config->model->roster_key);
    const char *network = path_value(config, config->model->network_key);
    if (!roster && !network)
        return STATUS_OK;
    if (!roster || !network)
        return fault_add(faults, STATUS_BAD_INPUT, config->path, 0,
                         "%s is given but %s is not; a surveyed network needs both",
                         roster ? config->model->roster_key : config->model->network_key,
                         roster ? config->model->network_key : config->model->roster_key);
    const enum status status = input_read_network(roster, network, &config->network, faults);
    if (status == STATUS_OK)
        config->input.network = &config->network;
    return status;
}

bool config_is_usual(const struct config *config, const struct param_group *group, const struct param *row)
{
    char value[SETTING_MAX], usual[SETTING_MAX];
    if (param_set_origin(config->set, group, 0, row).from == ORIGIN_DEFAULT)
        return true;
    struct param_set *defaults = param_set_new(config_engine_groups, (int)config->calendar->weeks_per_year);
    if (!defaults)
        return false;
    param_set_format(config->set, group, 0, row, value, sizeof value);
    param_set_format(defaults, group, 0, row, usual, sizeof usual);
    param_set_free(defaults);
    return strcmp(value, usual) == 0;
}

/* What the engine's own settings ask of one another: nothing is left out without a word. */
static void check_engine(const struct config *config, struct faults *faults)
{
    const struct output_params *output = config->output;
    const struct param *snapshots = param_find(&output_group, "snapshots"), *every = param_find(&output_group, "every");
    if (!config_is_usual(config, &output_group, snapshots))
        for (int64_t i = 0; i < output->snapshots.count; i++)
            if (output->snapshots.value[i] > (double)config->run->weeks)
                fault_warn(faults, NULL, 0, "output.snapshots asks for week %.0f; the run ends at week %lld",
                           output->snapshots.value[i], (long long)config->run->weeks);
    if (param_set_origin(config->set, &output_group, 0, every).from != ORIGIN_DEFAULT &&
        output->every > config->run->weeks)
        fault_warn(faults, NULL, 0, "output.every is longer than the run: only its start and its end are kept");
}

const struct model_level *config_level(const struct config *config)
{
    static const char *const names[] = {[OUTPUT_NETWORK] = "network", [OUTPUT_DISTRICT] = "district"};
    const int64_t level = config->output->level;
    for (size_t k = 0; k < config->model->level_count && level != OUTPUT_SCHOOL && level != OUTPUT_ALL; k++)
        if (strcmp(config->model->levels[k].name, names[level]) == 0)
            return &config->model->levels[k];
    return NULL;
}

static void check_level(const struct config *config, struct faults *faults)
{
    const struct model_level *level = config_level(config);
    if (config->output->level == OUTPUT_SCHOOL || config->output->level == OUTPUT_ALL)
        return;
    if (!level) {
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                  "output.level: the model %s has nothing of this kind; allowed: school, all", config->model->name);
        return;
    }
    const struct param_group *group = param_group_find(config->model->groups, level->section);
    const size_t sections = group && group->named ? param_set_count(config->set, group) : 0;
    size_t sets = 0;
    for (size_t n = 0; n < sections; n++)
        sets += level->of_section ? level->of_section(param_set_get(config->set, group, n)) : 1;
    if (group && group->named && sections == 0)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "output.level = %s, but there is no [%s …] section", level->name,
                  level->section);
    else if (group && group->named && sets == 0)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "output.level = %s, but no [%s …] section is active", level->name,
                  level->section);
}

/* What is dated after the end would never be seen to be missing. */
static void check_events(const struct config *config, struct faults *faults)
{
    static const char *const kinds[] = {
        [EVENT_STRATEGY] = "strategy", [EVENT_SHOCK] = "shock", [EVENT_INITIATIVE] = "initiative"};
    const size_t count = config->model->events ? config->model->events(config->set, NULL, 0) : 0;
    struct event *events = calloc(count + 1, sizeof *events);
    const size_t filled = events && count > 0 ? config->model->events(config->set, events, count) : 0;
    for (size_t i = 0; i < filled && i < count; i++)
        if (events[i].start > config->run->weeks)
            fault_warn(faults, NULL, 0, "%s %s.start is week %lld, after the run's end in week %lld",
                       kinds[events[i].kind], events[i].name, (long long)events[i].start,
                       (long long)config->run->weeks);
    free(events);
}

/* The scenario's name is kept in the set, so that a result's config.ini carries it on under whatever file name. */
static enum status settle_name(struct config *config, struct faults *faults)
{
    const struct param *row = param_find(&run_group, "scenario");
    if (!*config->run->scenario)
        return param_set_parse(config->set, &run_group, 0, row, config->name,
                               (struct param_origin){.from = ORIGIN_DEFAULT}, NULL, faults, config->path);
    char *name = strdup(config->run->scenario);
    if (!name)
        return fault_add(faults, STATUS_FAILED, config->path, 0, "not enough memory");
    free(config->name);
    config->name = name;
    return STATUS_OK;
}

/* Measured: some 10 kB a school, which nobody looks at in a world of thousands unless they ask for it. */
#define LINEAGE_SCHOOLS 1000

/* Not kept by default for a large world. It is kept in the set, so that a result's config.ini says so. */
static enum status settle_lineage(struct config *config, struct faults *faults)
{
    const struct param *row = param_find(&output_group, "lineage_runs");
    const struct model *model = config->model;
    const size_t schools = model->count && model->adoptions ? model->count(config->set, &config->input) : 0;
    if (schools <= LINEAGE_SCHOOLS || param_set_origin(config->set, &output_group, 0, row).from != ORIGIN_DEFAULT)
        return STATUS_OK;
    fault_warn(faults, config->path, 0,
               "of %zu schools it is not kept who brought whom in: beyond %d schools only if output.lineage_runs asks "
               "for it (some %.1f GB of memory); 0 says so without this warning",
               schools, LINEAGE_SCHOOLS, fmax(0.1, 1e-5 * (double)schools));
    return param_set_parse(config->set, &output_group, 0, row, "0", (struct param_origin){.from = ORIGIN_DEFAULT}, NULL,
                           faults, config->path);
}

/* with_model: also what the model asks; not when another stands in for it, or its people could not be read. */
static enum status check_relations(const struct apply *apply, struct config *config, bool with_model,
                                   struct faults *faults)
{
    struct faults found = {0};
    check_engine(config, &found);
    check_events(config, &found);
    if (with_model)
        check_level(config, &found);
    if (with_model && config->model->check)
        config->model->check(config->set, &config->input, &found);
    const enum status status = found.errors > 0 ? STATUS_BAD_INPUT : STATUS_OK;
    apply_take_relations(apply, config, &found, faults);
    faults_free(&found);
    return status;
}

/* Everything after the file's lines are known. */
static enum status fill(struct config *config, const struct apply *apply, struct faults *faults)
{
    bool unknown;
    config->model = choose_model(apply, &unknown);
    config->groups = config_groups(config->model);
    const int weeks_per_year = choose_weeks_per_year(apply);
    if (config->groups && weeks_per_year > 0)
        config->set = param_set_new(config->groups, weeks_per_year);
    if (!config->set)
        return fault_add(faults, STATUS_FAILED, config->path, 0, "not enough memory for the settings");
    const enum status applied = apply_all(apply, config, unknown, faults);
    config->run = param_set_get(config->set, &run_group, 0);
    config->calendar = param_set_get(config->set, &calendar_group, 0);
    config->output = param_set_get(config->set, &output_group, 0);
    const enum status read = read_network(config, faults);
    const enum status named = settle_name(config, faults);
    if (named != STATUS_OK)
        return named;
    const enum status kept = unknown ? STATUS_OK : settle_lineage(config, faults);
    if (kept != STATUS_OK)
        return kept;
    const enum status related = check_relations(apply, config, !unknown && read == STATUS_OK, faults);
    return applied != STATUS_OK ? applied : read != STATUS_OK ? read : related;
}

const char *config_file(const struct config *config, struct param_origin origin)
{
    return origin.file >= 0 && (size_t)origin.file < config->file_count ? config->files[origin.file] : config->path;
}

static enum status keep_files(struct config *config, const struct apply *apply, struct faults *faults)
{
    config->files = calloc(apply->file_count + 1, sizeof *config->files);
    for (size_t f = 0; config->files && f < apply->file_count; f++) {
        config->files[f] = strdup(apply->files[f].path);
        if (!config->files[f])
            return fault_add(faults, STATUS_FAILED, config->path, 0, "not enough memory");
        config->file_count++;
    }
    return config->files ? STATUS_OK : fault_add(faults, STATUS_FAILED, config->path, 0, "not enough memory");
}

enum status config_load(const char *path, const char *const *sets, size_t set_count, struct config *config,
                        struct faults *faults)
{
    struct faults ignored = {0};
    struct faults *const told = faults ? faults : &ignored;
    struct apply apply = {0};
    *config = (struct config){0};
    config->path = strdup(path ? path : "");
    config->name = path ? name_of(path) : strdup("default");
    enum status status = STATUS_OK;
    if (!config->path || !config->name)
        status = fault_add(told, STATUS_FAILED, path, 0, "not enough memory");
    if (status == STATUS_OK)
        status = apply_read(&apply, path, sets, set_count, told);
    if (status == STATUS_OK)
        status = keep_files(config, &apply, told);
    if (status == STATUS_OK)
        status = fill(config, &apply, told);
    apply_free(&apply);
    faults_free(&ignored);
    if (status != STATUS_OK)
        config_free(config);
    return status;
}

void config_free(struct config *config)
{
    if (config->input.network)
        igraph_destroy(&config->network);
    param_set_free(config->set);
    free(config->groups);
    for (size_t f = 0; f < config->file_count; f++)
        free(config->files[f]);
    free(config->files);
    free(config->path);
    free(config->name);
    *config = (struct config){0};
}
