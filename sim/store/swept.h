/* swept.h: the points of a finished sweep with the summary of some measures, for charts. */
#ifndef EBB_STORE_SWEPT_H
#define EBB_STORE_SWEPT_H

#include "../leaf/fault.h"
#include "../leaf/stats.h"

#include <stdbool.h>
#include <stdint.h>

struct store_axis {
    char *key, *unit;
    bool log, words;
    size_t level_count; /* distinct values, ascending; words in the order they come */
    double *levels;
    char **labels; /* "0.25", "2y", "rye" */
};

struct store_swept {
    struct store_axis *axes;
    size_t axis_count, count, column_count;
    size_t *at;           /* [point][axis]: index of its level */
    struct stats *values; /* [point][column] */
    int64_t week;
    size_t replicates;
};

#define STORE_SWEPT_MAX 20000 /* that are read for a picture */

/* Whether OUT holds a sweep: false also when it cannot be read. */
bool store_is_sweep(const char *out_dir);

/* What config.ini of the result says of a setting; owned; NULL when there is none. */
char *store_swept_setting(const char *out_dir, const char *section, const char *key);

/* The named columns, in their order; NULL names are passed over and their values left without runs. On any status but
 * STATUS_OK nothing is left to free. */
enum status store_swept_read(const char *out_dir, const char *const *columns, size_t column_count, int weeks_per_year,
                             struct store_swept *points, struct faults *faults) MUST_CHECK;
void store_swept_free(struct store_swept *points);

#endif
