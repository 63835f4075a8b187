/* read_part.h: the parts that store_read() loads a result from. */
#ifndef EBB_STORE_READ_PART_H
#define EBB_STORE_READ_PART_H

#include "read.h"

#include <sqlite3.h>

struct reading {
    sqlite3 *db;
    char *path; /* of the database */
    struct store_result *result;
    struct faults *faults, own; /* own: of a reader who was given none */
};

/* Sentences for what went wrong; they return their status. */
enum status read_damaged(const struct reading *r, const char *table);
enum status read_no_memory(const struct reading *r);

/* Opens the database of OUT, or says why there is none; faults NULL: to nobody. read_close() whatever the status. It
 * must not move in between. */
enum status read_open(struct reading *r, const char *out_dir, struct faults *faults) MUST_CHECK;
void read_close(struct reading *r);

/* read_tables.c: meta, columns (those of the list, NULL: all), attributes, events. */
enum status read_tables(const struct reading *r, const char *columns) MUST_CHECK;
/* read_graph.c */
enum status read_graphs(const struct reading *r, const struct store_wanted *wanted) MUST_CHECK;

#endif
