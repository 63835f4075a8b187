/* sweep_parts.h: the inside of a stored sweep, shared by the files that open, fill and finish it. */
#ifndef EBB_STORE_SWEEP_PARTS_H
#define EBB_STORE_SWEEP_PARTS_H

#include "rows.h"
#include "schema.h"
#include "sweep.h"

struct sweep_store {
    char *out_dir;
    char *db_path;
    struct sweep_asked asked;
    struct rows_text data; /* checksums of the files that settings name, a line each */
    sqlite3 *db;
    struct schema_inserts inserts;
    int64_t *weeks;
    size_t week_count;
    int64_t total;       /* runs of the whole design */
    unsigned char *held; /* a bit a run */
    int64_t count, kept; /* runs held; of these, committed */
    int64_t failed, kept_failed;
    double committed; /* seconds, of a monotonic clock */
    char started[32];
    int lock; /* on the folder; -1: none */
};

/* sweep_meta.c: what a sweep is: written with its tables, and compared when it is carried on. */
int sweep_meta_write(struct sweep_store *self, sqlite3 *db);
enum status sweep_meta_check(struct sweep_store *self, sqlite3 *db, const char *path, bool shard,
                             struct faults *faults) MUST_CHECK;
/* The larger number of replicates, in the open transaction. */
int sweep_meta_extend(struct sweep_store *self);
/* Gathers the checksums. */
enum status sweep_meta_data(struct sweep_store *self, struct faults *faults) MUST_CHECK;

/* sweep_table.c: the design's tables: axis, point. */
int sweep_table_create(sqlite3 *db, const struct design *design);

/* sweep_summary.c: fills the summary table, in a transaction of its own. */
int sweep_summary(struct sweep_store *self);

/* sweep_finish.c */
enum status sweep_manifest(struct sweep_store *self, const char *word, const struct engine_tally *tally,
                           struct faults *faults) MUST_CHECK;
enum status sweep_finish(struct sweep_store *self, struct faults *faults) MUST_CHECK;

/* Notes the runs of the database's `schema` (main, or an attached shard) as held; false: damaged, or not of this design. */
bool sweep_hold(struct sweep_store *self, const char *schema);

#endif
