/* parts.h: the inside of a store, shared by the files that open, fill and close it. */
#ifndef EBB_STORE_PARTS_H
#define EBB_STORE_PARTS_H

#include "rows.h"
#include "schema.h"
#include "store.h"

enum { RUNS, SERIES, NODES, TIES, LINEAGE, FILES };
extern const char *const store_files[FILES];

struct file {
    FILE *stream;
    char *path;
    long kept; /* bytes that belong to committed runs */
};

struct store {
    char *out_dir;
    struct store_scenario scenario;
    const struct engine_plan *plan;
    int64_t *weeks;
    size_t week_count;
    sqlite3 *db;
    char *db_path;
    struct schema_inserts inserts;
    struct file files[FILES];
    int64_t batch;                                 /* values since the last commit */
    int64_t done, failed, expected;                /* taken so far; the next run that has not come */
    int64_t kept_done, kept_failed, kept_expected; /* the same when last committed */
    struct rows_text missing;                      /* "3, 6-40" */
    int lock;                                      /* on the folder; -1: none */
    bool broken;                                   /* writing failed: nothing more is added */
    char started[32];
};

/* store_take.c: adds what a text has gathered to a table, and empties it. */
enum status store_put(struct store *self, int file, struct rows_text *text, struct faults *faults) MUST_CHECK;
/* store_take.c: ends a batch of runs. It is on disk, in the tables first, then in the database: or counts in neither. */
enum status store_commit(struct store *self, struct faults *faults) MUST_CHECK;
/* store_take.c: adds runs first … end - 1, counted from 0, to the list of those that did not come. */
void store_miss(struct store *self, int64_t first, int64_t end);
/* store.c: word is "running", "done", "interrupted" or "failed"; tally NULL while running. */
enum status store_manifest(struct store *self, const char *word, const struct engine_tally *tally,
                           struct faults *faults) MUST_CHECK;

#endif
