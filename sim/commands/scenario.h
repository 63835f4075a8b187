/* scenario.h: one configuration on its way from the command line to a store: what `ebb run` makes once and
 * `ebb compare` several times. */
#ifndef EBB_COMMANDS_SCENARIO_H
#define EBB_COMMANDS_SCENARIO_H

#include "../config/config.h"
#include "../options.h"
#include "../store/rows.h"
#include "../store/store.h"
#include "libraries.h"

struct scenario {
    const struct options *options;
    struct config config;
    struct engine_plan plan;
    int64_t snapshots[PARAM_LIST_MAX];
    char *out_dir;     /* owned; set by the caller */
    bool carry_on;     /* OUT may hold a result already: it is carried on */
    const char *again; /* as in struct store_scenario */
    char *config_text;
    const char **inputs;
    size_t input_count;
    struct rows_text inputs_told; /* their checksums, as in struct store_scenario */
    const char **command;
    char **pictures; /* names in OUT, NULL-terminated */
    struct store_library libraries[LIBRARIES_MAX];
    struct store *store;
    struct engine_tally tally;
};

/* config_load() without its warnings, of what has been loaded before or will be again. */
enum status scenario_load_quietly(const char *path, const char *const *sets, size_t set_count, struct config *config,
                                  struct faults *faults) MUST_CHECK;

/* From a loaded configuration to its plan; self, prepare, take and progress are the caller's. The scenario must not move
 * afterwards. verify: check every invariant. Must be zero but for options and config. */
enum status scenario_plan(struct scenario *scenario, bool verify, struct faults *faults) MUST_CHECK;
void scenario_free(struct scenario *scenario);

/* Refuses a folder with --force when the configuration itself, or data that it names, would go with what lies there. */
enum status scenario_check_inputs(const struct scenario *scenario, const char *out_dir,
                                  struct faults *faults) MUST_CHECK;
/* Before anything is computed: is there room in memory and in OUT? */
enum status scenario_check(struct scenario *scenario, struct faults *faults) MUST_CHECK;

/* What a large result will take is said before it starts, not after the disk is full. bytes: of all that goes to
 * out_dir. */
void scenario_tell_size(const char *out_dir, double bytes);

/* What is stored beside its runs; the scenario must outlive it. */
struct store_scenario scenario_stored(struct scenario *scenario);
/* Opens the store in out_dir. */
enum status scenario_open(struct scenario *scenario, struct faults *faults) MUST_CHECK;

/* "out/NAME"; a name is never a way to another folder. NULL: no memory. */
char *scenario_folder(const char *name);

#endif
