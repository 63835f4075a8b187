/* summary.h: over runs, for every observed week and measure: from the stored series into table and CSV. */
#ifndef EBB_STORE_SUMMARY_H
#define EBB_STORE_SUMMARY_H

#include "store.h"

#include <sqlite3.h>

/* Fills the summary table (inside the caller's transaction) and writes rows to csv. Returns SQLite's code; SQLITE_NOMEM
 * when memory is short, SQLITE_FULL when csv cannot be written. Its memory does not grow with the number of runs beyond
 * one week's values. */
int summary_write(sqlite3 *db, const struct store_scenario *scenario, const int64_t *weeks, size_t week_count,
                  FILE *csv);

#endif
