/* config.h: from an INI file and --set to a checked set of parameters and the data it names. */
#ifndef EBB_CONFIG_H
#define EBB_CONFIG_H

#include "../../models/models.h"
#include "../design/design.h"

/* The engine's own groups; a model's groups follow them in every set. */
#define RUN_PARAMS(X, S)                                                                           \
    X(S, TEXT, title, "", 0, 0, "", "", "title of charts and reports; empty: the file's name", "") \
    X(S, TEXT, scenario, "", 0, 0, "", "", "name of its results; empty: the file's name", "")      \
    X(S, CHOICE, model, MODEL_DEFAULT, 0, 0, "", MODEL_CHOICES, "which model runs", "")            \
    X(S, DURATION, weeks, "10y", 1, 16000000, "weeks", "", "length of a run", "")                  \
    X(S, INTEGER, replicates, "20", 1, 1000000, "runs", "", "runs that differ in chance only", "") \
    X(S, SEED, seed, "1", 0, 0, "", "", "same seed, same bytes", "")
struct run_params {
    RUN_PARAMS(PARAM_FIELD, run_params)
};
extern const struct param_group run_group;

#define CALENDAR_PARAMS(X, S) X(S, INTEGER, weeks_per_year, "40", 1, 60, "weeks", "", "weeks in a school year", "model")
struct calendar_params {
    CALENDAR_PARAMS(PARAM_FIELD, calendar_params)
};

#define OUTPUT_PARAMS(X, S)                                                                                     \
    X(S, DURATION, every, "1w", 1, 16000000, "weeks", "", "between rows of series.csv; both ends are kept", "") \
    X(S, CHOICE, level, "school", 0, 0, "", "school|network|district|all",                                      \
      "a row for each school, for each network's or district's schools, or for all: their mean", "")            \
    X(S, DURATIONS, snapshots, "0w, 2y, 5y, 10y", 0, 16000000, "weeks", "", "when the network is kept", "")     \
    X(S, INTEGER, snapshot_runs, "1", 0, 1000000, "runs", "", "of how many runs networks are kept", "")         \
    X(S, INTEGER, lineage_runs, "1", 0, 1000000, "runs", "",                                                    \
      "of how many runs it is kept who brought whom in; by default of none beyond 1,000 schools", "")           \
    X(S, INTEGER, snapshot_schools, "0", 0, 200000, "schools", "",                                              \
      "of how many schools of such a run, the first ones; 0: of all", "")                                       \
    X(S, CHOICE, charts, "yes", 0, 0, "", "no|yes", "whether `ebb run` draws its charts", "")                   \
    X(S, TEXT, more_charts, "", 0, 0, "", "", "which it draws besides series and network: layers, rings", "")
enum output_level { OUTPUT_SCHOOL, OUTPUT_NETWORK, OUTPUT_DISTRICT, OUTPUT_ALL };
struct output_params {
    OUTPUT_PARAMS(PARAM_FIELD, output_params)
};
extern const struct param_group output_group;

struct config {
    char *path;   /* owned; as given */
    char **files; /* owned: path, then those it includes, as param_origin.file counts them */
    size_t file_count;
    char *name; /* owned; the scenario's: run.scenario, or else the file's name without folder and suffix */
    const struct model *model;
    const struct param_group **groups; /* owned, NULL-terminated: run, calendar, output, sweep, vary, the model's */
    struct param_set *set;
    const struct run_params *run;           /* into set */
    const struct calendar_params *calendar; /* into set */
    const struct output_params *output;     /* into set */
    igraph_t network;                       /* valid when input.network points here */
    struct model_input input;
};

extern const struct param_group *const config_engine_groups[]; /* NULL-terminated */

/* The groups of this model's configurations: the engine's, then its own. The caller frees the list. NULL: no memory. */
const struct param_group **config_groups(const struct model *model);

/* What output.level asks of the model; NULL: school or all, or what the model has not (config_load() refuses that). */
const struct model_level *config_level(const struct config *config);

/* Whether a setting of one of config_engine_groups has its default, written or not: a written default is no wish, and every
 * default is written in the config.ini of a result. */
bool config_is_usual(const struct config *config, const struct param_group *group, const struct param *row);

/* The file that a value with ORIGIN_FILE comes from. */
const char *config_file(const struct config *config, struct param_origin origin);

/* Reads, checks everything and reports all faults at once, in the file's order. On any status but STATUS_OK nothing is
 * left to free. path may be NULL: defaults and sets only. Each set is "section.key=value" or "strategy
 * NAME.key=value", applied after the file; its paths are relative to the working folder. Uses igraph: single thread. */
enum status config_load(const char *path, const char *const *sets, size_t set_count, struct config *config,
                        struct faults *faults) MUST_CHECK;
void config_free(struct config *config);

/* Writes the resolved configuration as an INI that loads to the same set: every key. Paths are written absolute. Loading it
 * and writing it again gives the same bytes: this is a result's config.ini. Returns 0, or -1 when the stream has an
 * error. */
int config_write(const struct config *config, FILE *out);

#endif
