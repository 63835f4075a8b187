#include "db.h"

#include "folder.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum status db_fault(sqlite3 *db, const char *path, const char *what, struct faults *faults)
{
    const int code = db ? sqlite3_errcode(db) : SQLITE_NOMEM;
    const int system = db ? sqlite3_system_errno(db) : 0;
    if (code == SQLITE_FULL)
        return fault_add(faults, STATUS_FAILED, path, 0, "%s: the disk is full", what);
    if ((code & 0xff) == SQLITE_IOERR && system)
        return fault_add(faults, STATUS_FAILED, path, 0, "%s: %s", what, strerror(system));
    return fault_add(faults, STATUS_FAILED, path, 0, "%s: %s", what, db ? sqlite3_errmsg(db) : "no memory");
}

int db_exec(sqlite3 *db, const char *sql)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

sqlite3_stmt *db_prepare(sqlite3 *db, const char *format, ...)
{
    sqlite3_stmt *statement = NULL;
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    if (sql && sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        statement = NULL;
    sqlite3_free(sql);
    return statement;
}

int db_step(sqlite3_stmt *statement)
{
    const int code = sqlite3_step(statement);
    const int reset = sqlite3_reset(statement);
    return code == SQLITE_DONE && reset != SQLITE_OK ? reset : code;
}

int db_bind_real(sqlite3_stmt *statement, int index, double value)
{
    return isnan(value) ? sqlite3_bind_null(statement, index) : sqlite3_bind_double(statement, index, value);
}

double db_real(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? (double)NAN
                                                                 : sqlite3_column_double(statement, column);
}

char *db_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return strdup(text ? text : "");
}

static int64_t pragma(sqlite3 *db, const char *name)
{
    sqlite3_stmt *statement = db_prepare(db, "PRAGMA %s", name);
    const int64_t value = statement && sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_finalize(statement);
    return value;
}

static enum status check_ours(sqlite3 *db, const char *path, struct faults *faults)
{
    const int64_t application = pragma(db, "application_id");
    if ((sqlite3_errcode(db) & 0xff) == SQLITE_BUSY)
        return fault_add(faults, STATUS_FAILED, path, 0, "is being written by a run that has not ended");
    const int64_t layout = pragma(db, "user_version");
    if (application < 0 || layout < 0)
        return fault_add(faults, STATUS_BAD_INPUT, path, 0, "cannot be read as results: %s", sqlite3_errmsg(db));
    if (pragma(db, "page_count") == 0)
        return fault_add(faults, STATUS_BAD_INPUT, path, 0, "is empty: it was cut off, or is no result");
    if (application != DB_APPLICATION)
        return fault_add(faults, STATUS_BAD_INPUT, path, 0, "is a database, but holds no results of Ebb");
    if (layout != DB_LAYOUT)
        return fault_add(faults, STATUS_BAD_INPUT, path, 0,
                         "has layout %lld of the results; this program reads layout %d", (long long)layout, DB_LAYOUT);
    return STATUS_OK;
}

enum status db_check_idle(const char *path, struct faults *faults)
{
    sqlite3 *db = NULL;
    enum status status = STATUS_OK;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        sqlite3_busy_timeout(db, 500) == SQLITE_OK && (db_exec(db, "BEGIN IMMEDIATE") & 0xff) == SQLITE_BUSY)
        status = fault_add(faults, STATUS_FAILED, path, 0, "is being written by a run that has not ended");
    sqlite3_close(db);
    return status;
}

enum status db_open_result(const char *path, sqlite3 **out, struct faults *faults)
{
    struct stat info;
    *out = NULL;
    if (stat(path, &info))
        return fault_add(faults, STATUS_BAD_INPUT, path, 0, "cannot be read: %s", strerror(errno));
    if (!S_ISREG(info.st_mode))
        return fault_add(faults, STATUS_BAD_INPUT, path, 0, "is no file of results");
    sqlite3 *db = NULL;
    /* Nothing is written, but a run that was killed may have left a journal that must be rolled back first. */
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK || db_exec(db, "PRAGMA query_only=1")) {
        fault_add(faults, STATUS_BAD_INPUT, path, 0, "cannot be read: %s", db ? sqlite3_errmsg(db) : "no memory");
        sqlite3_close(db);
        return STATUS_BAD_INPUT;
    }
    sqlite3_busy_timeout(db, 500);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL); /* else an unknown "column" is read as a text */
    const enum status status = check_ours(db, path, faults);
    if (status != STATUS_OK) {
        sqlite3_close(db);
        return status;
    }
    *out = db;
    return STATUS_OK;
}

enum status db_open_folder(const char *out_dir, char **path, sqlite3 **db, struct faults *faults)
{
    *db = NULL;
    *path = folder_path(out_dir, "results.db", "");
    return *path ? db_open_result(*path, db, faults)
                 : fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for a file name");
}
