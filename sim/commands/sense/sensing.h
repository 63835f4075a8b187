/* sensing.h: the parts of `ebb sense`: which settings, from a configuration; what the runs say; how it is told. */
#ifndef EBB_COMMANDS_SENSING_H
#define EBB_COMMANDS_SENSING_H

#include "../../config/config.h"
#include "../../design/design.h"
#include "../../leaf/sensitivity.h"
#include "../../options.h"
#include "../../store/read.h"

/* sense_factors.c: "section.key=from:to" for every numeric setting that a pattern such as "learning.*" names, `percent`
 * around its value and inside what the registry allows. Appends to *list (owned, with its texts). */
enum status sense_factors(const struct config *config, const char *patterns, double percent, char ***list,
                          size_t *count, struct faults *faults) MUST_CHECK;

#define SENSE_STEPS 4 /* subsets over which convergence is shown */

/* One measure of one sweep, looked at. */
struct sensing {
    const char *out_dir;
    const struct design *design;
    const struct column *column;
    int64_t week;
    int weeks_per_year;
    int64_t asked; /* runs of the whole sweep */
    struct store_points points;
    double *unit;                   /* Morris */
    size_t steps, use[SENSE_STEPS]; /* the last: all samples */
    struct sensitivity_whole whole[SENSE_STEPS];
    struct sensitivity_morris *morris[SENSE_STEPS]; /* by axis; one of the two kinds */
    struct sensitivity_sobol *sobol[SENSE_STEPS];
    bool told; /* enough runs, and the measure varies */
};

/* sense_words.c: what `ebb sweep` will be told, and telling it. */
struct sense_words {
    char **words;
    size_t count;
    size_t first_factor, factors; /* what --factors became: every second word from the first on */
    bool failed;
};
enum status sense_say(const struct options *options, const struct config *config, const char *out_dir, int64_t week,
                      struct sense_words *words, struct faults *faults) MUST_CHECK;
enum status sense_sweep(struct sense_words *words, struct faults *faults) MUST_CHECK;
void sense_forget(struct sense_words *words);

/* sense_stored.c: a result to look at. Close it whatever the status. */
struct sense_stored {
    struct config config;
    struct design design;
    struct store_result shape; /* weeks, and the columns asked for */
};
enum status sense_open(struct sense_stored *stored, const char *out_dir, struct faults *faults) MUST_CHECK;
void sense_close(struct sense_stored *stored);
/* "2y", "80w"; text NULL: the last. option: for the sentence, "--week". */
enum status sense_week(const char *text, const char *option, int weeks_per_year, int64_t last, int64_t *week,
                       struct faults *faults) MUST_CHECK;
/* Whether the week is kept. */
enum status sense_check_week(const struct sense_stored *stored, const char *out_dir, int64_t week,
                             struct faults *faults) MUST_CHECK;
/* NULL, with the nearest name told, when there is none. */
const struct column *sense_column(const struct column *columns, size_t count, const char *name, const char *out_dir,
                                  struct faults *faults);

/* sense_look.c */
enum status sense_look(struct sensing *sensing, uint64_t seed, struct faults *faults) MUST_CHECK;
void sense_free(struct sensing *sensing);
/* What this axis decides, and the squares from which it is told from zero. */
struct sensitivity_interval sense_size(const struct sensing *sensing, size_t step, size_t axis);
struct sensitivity_interval sense_proof(const struct sensing *sensing, size_t step, size_t axis);
/* Axes from the most to the least; the caller frees the list. NULL: no memory. */
size_t *sense_order(const struct sensing *sensing);

/* sense_tell.c: on the screen, and as "measure,week,method,…". */
enum status sense_tell(const struct sensing *sensing, FILE *out, struct faults *faults) MUST_CHECK;
enum status sense_write(const struct sensing *sensing, const char *name, struct faults *faults) MUST_CHECK;

#endif
