/* summary.h: over runs, for every observed week and measure: from the stored series into table and CSV. */
#ifndef EBB_STORE_SUMMARY_H
#define EBB_STORE_SUMMARY_H

#include "store.h"

#include <sqlite3.h>

/* Fills the summary table (inside the caller's transaction) and writes rows to csv. Returns SQLite's code; SQLITE_NOMEM
 * when memory is short, SQLITE_FULL when csv cannot be written. room: how many values are held at once, at least one a
 * run: weeks at a time, or columns of one week when there are very many runs. */
#define SUMMARY_ROOM ((size_t)1 << 22) /* 32 MB */
int summary_write(sqlite3 *db, const struct store_scenario *scenario, const int64_t *weeks, size_t week_count,
                  size_t room, FILE *csv);

#endif
