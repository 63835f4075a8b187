/* store.h: the results contract on disk: manifest.json, config.ini, results.db and the tidy CSV files beside it.
 *
 * The bytes of everything but the manifest follow from configuration and seed alone. Runs are committed in batches
 * whose size depends on the runs' numbers only; whatever happens afterwards, committed runs stay readable. */
#ifndef EBB_STORE_H
#define EBB_STORE_H

#include "../engine/engine.h"

/* Name and version of a library, for the manifest. */
struct store_library {
    const char *name, *version;
};

struct rows_text;

/* What is stored beside the runs. Everything outlives the store. */
struct store_scenario {
    const char *scenario, *title;
    const struct engine_plan *plan;
    const char *again;            /* the command that makes the result again, inside OUT; NULL: ebb run config.ini */
    const char *config_text;      /* the resolved configuration, as config.ini will hold it */
    const char *version, *commit; /* of the program */
    const char *const *command;   /* argv, for the manifest */
    size_t command_count;
    const char *const *inputs; /* paths of the files that were read */
    size_t input_count;
    const struct rows_text *inputs_told; /* by manifest_inputs() when they were read: they may be others by the end of a
                                            long run, or gone. NULL: as they are when the manifest is written */
    const struct store_library *libraries;
    size_t library_count;
    const char *const *pictures; /* NULL-terminated names of what the caller will add to OUT; NULL: nothing */
    bool replace;                /* a result that OUT holds gives way */
};

struct store;

/* Before anything is computed: can OUT be written, and is there nothing in it that is not ours to replace? Creates
 * nothing. An existing result needs force; then its files, the pictures among them, and no others will be replaced.
 * pictures as in struct store_scenario. */
enum status store_check_folder(const char *out_dir, const char *const *pictures, bool force,
                               struct faults *faults) MUST_CHECK;

/* About how many bytes the runs will take, of so many rows a week. */
double store_estimate(const struct engine_plan *plan, size_t rows);

/* Makes OUT and its first files. On any status but STATUS_OK nothing is left to free. */
enum status store_open(const char *out_dir, const struct store_scenario *scenario, struct store **store,
                       struct faults *faults) MUST_CHECK;

/* For struct engine_plan: self is the store. */
void store_prepare(struct store *self, struct engine_run *run);
enum status store_take(struct store *self, const struct engine_run *run, struct faults *faults) MUST_CHECK;

/* Commits what is left, writes the summary, the dictionary and the manifest, and renames the finished files. `ended`
 * is how the runs ended: STATUS_OK, STATUS_INTERRUPTED, STATUS_FAILED. Also after a failed store_take(): what was
 * committed is kept. */
enum status store_close(struct store *store, enum status ended, const struct engine_tally *tally,
                        struct faults *faults) MUST_CHECK;

/* After store_close(), and before store_free(): runs that are on disk. */
int64_t store_runs_kept(const struct store *store);
/* "3, 6-40": those that are not; "" when all are. */
const char *store_runs_missing(const struct store *store);
void store_free(struct store *store);

#endif
