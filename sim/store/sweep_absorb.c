#include "db.h"
#include "folder.h"
#include "sweep_parts.h"

#include <stdlib.h>

static int64_t number_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *select = db_prepare(db, "%s", sql);
    const int64_t value = select && sqlite3_step(select) == SQLITE_ROW ? sqlite3_column_int64(select, 0) : -1;
    sqlite3_finalize(select);
    return value;
}

static enum status check_shard(struct sweep_store *self, const char *path, struct faults *faults)
{
    sqlite3 *db = NULL;
    enum status status = db_open_result(path, &db, faults);
    if (status == STATUS_OK)
        status = sweep_meta_check(self, db, path, true, faults);
    sqlite3_close(db);
    return status;
}

static enum status copy_runs(struct sweep_store *self, const char *path, struct faults *faults)
{
    const int64_t twice = number_of(self->db, "SELECT min(run) FROM shard.run WHERE run IN (SELECT run FROM main.run)");
    if (twice > 0)
        return fault_add(faults, STATUS_BAD_INPUT, path, 0,
                         "holds run %lld, which an earlier shard holds too: shards must not overlap", (long long)twice);
    int code = db_exec(self->db, "BEGIN; INSERT INTO main.run SELECT * FROM shard.run ORDER BY run;"
                                 "INSERT INTO main.series SELECT * FROM shard.series ORDER BY run, week, school");
    if (code == SQLITE_OK)
        code = sweep_hold(self, "shard") ? SQLITE_OK : SQLITE_CORRUPT;
    if (code == SQLITE_OK)
        code = db_exec(self->db, "COMMIT");
    if (code == SQLITE_OK) {
        self->kept = self->count;
        self->kept_failed = self->failed;
        return STATUS_OK;
    }
    const enum status status = db_fault(self->db, path, "cannot be taken over", faults);
    if (!sqlite3_get_autocommit(self->db))
        db_exec(self->db, "ROLLBACK");
    return status;
}

enum status sweep_absorb(struct sweep_store *self, const char *out_dir, struct faults *faults)
{
    char *path = folder_path(out_dir, "results.db", "");
    if (!path)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for a file name");
    enum status status = check_shard(self, path, faults);
    sqlite3_stmt *attach = status == STATUS_OK ? db_prepare(self->db, "ATTACH %Q AS shard", path) : NULL;
    if (status == STATUS_OK && (!attach || db_step(attach) != SQLITE_DONE))
        status = db_fault(self->db, path, "cannot be opened", faults);
    sqlite3_finalize(attach);
    if (status == STATUS_OK) {
        status = copy_runs(self, path, faults);
        db_exec(self->db, "DETACH shard");
    }
    free(path);
    return status;
}
