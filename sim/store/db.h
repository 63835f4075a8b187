/* db.h: the layout of results.db and what its readers and writers share. */
#ifndef EBB_STORE_DB_H
#define EBB_STORE_DB_H

#include "../leaf/fault.h"

#include <sqlite3.h>
#include <stdint.h>

/* Raised when a table changes so that older programs would misread it. */
#define DB_LAYOUT 1
/* PRAGMA application_id: tells our file from any other database ("Ebb1"). */
#define DB_APPLICATION 0x45626231

/* Opens for reading what a run has written, finished or killed. Checks that it is ours and of this layout. */
enum status db_open_result(const char *path, sqlite3 **db, struct faults *faults) MUST_CHECK;

/* The same of OUT/results.db. *path is its name, the caller's to free; it and *db are NULL where there is none. */
enum status db_open_folder(const char *out_dir, char **path, sqlite3 **db, struct faults *faults) MUST_CHECK;

/* Adds the sentence for what SQLite last said about this file, and returns STATUS_FAILED. */
enum status db_fault(sqlite3 *db, const char *path, const char *what, struct faults *faults);

/* One or more statements without results. Returns SQLite's code. */
int db_exec(sqlite3 *db, const char *sql);
/* Prepares a printf-like statement; "%w" quotes a name between double quotes. NULL on failure. */
sqlite3_stmt *db_prepare(sqlite3 *db, const char *format, ...);
/* Steps a statement that returns no row and makes it ready for its next use. Returns SQLITE_DONE or what went wrong. */
int db_step(sqlite3_stmt *statement);

int db_bind_real(sqlite3_stmt *statement, int index, double value); /* NAN: NULL */
double db_real(sqlite3_stmt *statement, int column);                /* NULL: NAN */
/* A copy of the text, "" for NULL; NULL when memory is short. */
char *db_text(sqlite3_stmt *statement, int column);

/* STATUS_FAILED when somebody else is writing to it; what is not there, or no database, is nobody's. */
enum status db_check_idle(const char *path, struct faults *faults) MUST_CHECK;

#endif
