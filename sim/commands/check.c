#include "../command.h"
#include "../config/config.h"
#include "../leaf/text.h"
#include "plot/charts.h"
#include "sweep/sweeping.h"

#include <stdlib.h>
#include <string.h>

#define VALUE_SHOWN 8192

/* How the settings came about. */
struct counts {
    size_t origins[3];
    size_t restated; /* given, but as the default is */
};

/* Whether a value is what its default would be, in this configuration's calendar. */
static bool is_default(const struct config *config, const struct param_group *group, size_t index,
                       const struct param *row)
{
    const struct param_group *const groups[] = {group, NULL};
    char value[VALUE_SHOWN] = "", fallback[VALUE_SHOWN] = "";
    struct param_set *set = param_set_new(groups, param_set_weeks_per_year(config->set));
    const bool sound = set && (!group->named || param_set_add(set, group, "-", NULL, NULL, 0) == 0);
    if (sound) {
        param_set_format(config->set, group, index, row, value, sizeof value);
        param_set_format(set, group, 0, row, fallback, sizeof fallback);
    }
    param_set_free(set);
    return sound && strcmp(value, fallback) == 0;
}

static void list_change(const struct config *config, const struct param_group *group, size_t index,
                        const struct param *row)
{
    char value[VALUE_SHOWN];
    const struct param_origin origin = param_set_origin(config->set, group, index, row);
    param_set_format(config->set, group, index, row, value, sizeof value);
    printf("  %s%s%s.%s = %s (default %s; ", group->section, group->named ? " " : "",
           group->named ? (const char *)param_set_get(config->set, group, index) : "", row->key, value,
           *row->fallback ? row->fallback : "empty");
    const char *file = config_file(config, origin), *slash = strrchr(file, '/');
    if (origin.from == ORIGIN_FILE && origin.file > 0)
        printf("%s line %d)\n", slash ? slash + 1 : file, origin.line);
    else if (origin.from == ORIGIN_FILE)
        printf("line %d)\n", origin.line);
    else
        puts("--set)");
}

/* Counts the settings, and lists those that are other than by default. */
static struct counts go_through(const struct config *config, bool list)
{
    struct counts counts = {0};
    for (size_t g = 0; config->groups[g]; g++) {
        const struct param_group *group = config->groups[g];
        for (size_t i = 0; i < param_set_count(config->set, group); i++)
            for (size_t r = 0; r < group->count; r++) {
                const int from = param_set_origin(config->set, group, i, &group->rows[r]).from;
                const bool restated = from != ORIGIN_DEFAULT && is_default(config, group, i, &group->rows[r]);
                counts.origins[from]++;
                counts.restated += restated;
                if (list && from != ORIGIN_DEFAULT && !restated)
                    list_change(config, group, i, &group->rows[r]);
            }
    }
    return counts;
}

static void list_named(const struct config *config)
{
    for (size_t g = 0; config->groups[g]; g++) {
        const struct param_group *group = config->groups[g];
        const size_t count = group->named ? param_set_count(config->set, group) : 0;
        for (size_t i = 0; i < count; i++)
            printf("  %-10s %s\n", group->section, (const char *)param_set_get(config->set, group, i));
    }
}

#define DESIGN_TOLD 60

/* What `ebb sweep` would ask of [sweep] and [vary …], and how many points they make. */
static enum status check_design(const struct config *config, char told[DESIGN_TOLD], struct faults *faults)
{
    const struct sweep_params *sweep = param_set_get(config->set, &sweep_group, 0);
    struct design design;
    if (param_set_count(config->set, &vary_group) == 0 && sweep->design != DESIGN_LIST)
        return STATUS_OK;
    enum status status = sweeping_check_target(config, faults);
    const enum status made = design_of_set(config->set, config_engine_groups, config->files, config->run->seed, &design,
                                           faults);
    if (made != STATUS_OK)
        return made;
    const enum status sound = design_check(&design, config->model, config->set, &config->input, faults);
    snprintf(told, DESIGN_TOLD, "%s, %lld points", design_kind_name(design.kind), (long long)design.points);
    design_free(&design);
    return status == STATUS_OK ? sound : status;
}

static void tell(const struct config *config, const char *design, bool verbose)
{
    char length[TEXT_WEEKS];
    const struct counts counts = go_through(config, false);
    text_print(stdout, *config->path ? config->path : config->name);
    puts(" is sound");
    printf("  %-10s %s: %s\n", "model", config->model->name, config->model->title);
    printf("  %-10s %lld of %s (%lld weeks), seed %llu\n", "runs", (long long)config->run->replicates,
           text_weeks(config->run->weeks, (int)config->calendar->weeks_per_year, length), (long long)config->run->weeks,
           (unsigned long long)config->run->seed);
    if (config->input.network)
        printf("  %-10s surveyed: %lld people, %lld ties\n", "network", (long long)igraph_vcount(config->input.network),
               (long long)igraph_ecount(config->input.network));
    else
        printf("  %-10s none given\n", "network");
    list_named(config);
    if (*design)
        printf("  %-10s %s\n", "design", design);
    printf("  %-10s %zu from the file, %zu by --set, %zu by default\n", "settings", counts.origins[ORIGIN_FILE],
           counts.origins[ORIGIN_SET], counts.origins[ORIGIN_DEFAULT]);
    if (counts.restated > 0)
        printf("  %-10s %zu of those given are as the default is\n", "", counts.restated);
    if (verbose)
        go_through(config, true);
}

static enum status run(const struct options *options, struct faults *faults)
{
    struct config config;
    char design[DESIGN_TOLD] = "";
    enum status status = config_load(options->arguments[0], options->sets, options->set_count, &config, faults);
    if (status != STATUS_OK)
        return status;
    const enum status drawn = charts_more_check(&config, faults);
    status = check_design(&config, design, faults);
    if (drawn != STATUS_OK)
        status = drawn;
    if (status == STATUS_OK && !options->quiet)
        tell(&config, design, options->verbose);
    config_free(&config);
    return status;
}

extern const struct command check_command;
const struct command check_command = {
    .name = "check",
    .usage = "CONFIG",
    .meaning = "whether a configuration is sound, and what it would run",
    .help = "Reads the configuration and every file it names, and reports all faults at once; what varies too.",
    .arguments_min = 1,
    .arguments_max = 1,
    .takes = TAKES_SET | TAKES_REPLICATES | TAKES_SEED | TAKES_QUIET | TAKES_VERBOSE,
    .run = run,
};
