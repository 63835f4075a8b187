#include "../command.h"
#include "../config/config.h"
#include "../leaf/text.h"

#include <stdlib.h>
#include <string.h>

#define VALUE_SHOWN 200

/* How many values came from where, over all sections. */
static void count_origins(const struct config *config, size_t counts[3])
{
    for (size_t g = 0; config->groups[g]; g++)
        for (size_t i = 0; i < param_set_count(config->set, config->groups[g]); i++)
            for (size_t r = 0; r < config->groups[g]->count; r++)
                counts[param_set_origin(config->set, config->groups[g], i, &config->groups[g]->rows[r]).from]++;
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

/* Every setting that is not a default, with what it was before. */
static void list_changed(const struct config *config)
{
    for (size_t g = 0; config->groups[g]; g++) {
        const struct param_group *group = config->groups[g];
        for (size_t i = 0; i < param_set_count(config->set, group); i++)
            for (size_t r = 0; r < group->count; r++) {
                char value[VALUE_SHOWN];
                const struct param *row = &group->rows[r];
                const struct param_origin origin = param_set_origin(config->set, group, i, row);
                if (origin.from == ORIGIN_DEFAULT)
                    continue;
                param_set_format(config->set, group, i, row, value, sizeof value);
                printf("  %s%s%s.%s = %s (default %s; ", group->section, group->named ? " " : "",
                       group->named ? (const char *)param_set_get(config->set, group, i) : "", row->key, value,
                       *row->fallback ? row->fallback : "empty");
                if (origin.from == ORIGIN_FILE)
                    printf("line %d)\n", origin.line);
                else
                    puts("--set)");
            }
    }
}

static void tell(const struct config *config, bool verbose)
{
    char length[TEXT_WEEKS];
    size_t counts[3] = {0};
    count_origins(config, counts);
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
        printf("  %-10s drawn by the model\n", "network");
    list_named(config);
    printf("  %-10s %zu from the file, %zu by --set, %zu at their default%s\n", "settings", counts[ORIGIN_FILE],
           counts[ORIGIN_SET], counts[ORIGIN_DEFAULT], verbose ? "" : "; -v lists what is changed");
    if (verbose)
        list_changed(config);
}

static enum status run(const struct options *options, struct faults *faults)
{
    struct config config;
    const enum status status =
        config_load(options->arguments[0], options->sets, options->set_count, &config, faults);
    if (status != STATUS_OK)
        return status;
    if (!options->quiet)
        tell(&config, options->verbose);
    config_free(&config);
    return STATUS_OK;
}

extern const struct command check_command;
const struct command check_command = {
    .name = "check",
    .usage = "CONFIG",
    .meaning = "whether a configuration is sound, and what it would run",
    .help = "Reads the configuration and every file it names, and reports all faults at once.",
    .arguments_min = 1,
    .arguments_max = 1,
    .takes = TAKES_SET | TAKES_REPLICATES | TAKES_SEED | TAKES_QUIET | TAKES_VERBOSE,
    .run = run,
};
