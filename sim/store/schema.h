/* schema.h: the tables of results.db, and what is written into them before the first run. */
#ifndef EBB_STORE_SCHEMA_H
#define EBB_STORE_SCHEMA_H

#include "store.h"

#include <sqlite3.h>

/* Statements that store one run, prepared once. */
struct schema_inserts {
    sqlite3_stmt *run, *series, *node, *tie, *adoption;
};

/* Makes the tables and fills meta, param, column, attribute and event. Returns SQLite's code. */
int schema_create(sqlite3 *db, const struct store_scenario *scenario);
int schema_prepare(sqlite3 *db, const struct model *model, struct schema_inserts *inserts);
void schema_finalize(struct schema_inserts *inserts);

/* Rows of one run; all return SQLite's code, SQLITE_OK when done. */
int schema_add_run(struct schema_inserts *inserts, const struct store_scenario *scenario, const struct engine_run *run);
int schema_add_series(struct schema_inserts *inserts, const struct engine_plan *plan, const int64_t *weeks,
                      const struct engine_run *run);
int schema_add_snapshot(struct schema_inserts *inserts, const struct model *model, int64_t run,
                        const struct engine_snapshot *snapshot);

int schema_add_lineage(struct schema_inserts *inserts, const struct model *model, int64_t run,
                       const struct engine_lineage *lineage);

/* "done" or "failed", as in runs.csv. */
const char *schema_outcome(enum engine_outcome outcome);

#endif
