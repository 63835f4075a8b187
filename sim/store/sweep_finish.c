#include "db.h"
#include "export.h"
#include "folder.h"
#include "manifest.h"
#include "sweep_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum status sweep_manifest(struct sweep_store *self, const char *word, const struct engine_tally *tally,
                           struct faults *faults)
{
    char finished[32], missing[64] = "";
    const time_t t = time(NULL);
    struct tm utc;
    gmtime_r(&t, &utc);
    strftime(finished, sizeof finished, "%Y-%m-%dT%H:%M:%SZ", &utc);
    const int64_t asked = self->total; /* of the whole design, also in a shard */
    if (tally && self->count < asked)
        snprintf(missing, sizeof missing, "%lld runs", (long long)(asked - self->count));
    const struct manifest manifest = {
        .scenario = self->asked.scenario,
        .status = word,
        .asked = asked,
        .done = self->count - self->failed,
        .failed = self->failed,
        .missing = missing,
        .started = self->started,
        .finished = tally ? finished : NULL,
        .seconds = tally ? tally->seconds : (double)NAN,
        .threads = tally ? tally->threads : self->asked.scenario->plan->threads,
    };
    return manifest_write(self->out_dir, &manifest, faults);
}

static int vacuum_into(sqlite3 *db, const char *path)
{
    /* VACUUM counts the schema's version on; begun from the same one, it ends with the same, however often it was done */
    if (db_exec(db, "PRAGMA schema_version=1") != SQLITE_OK)
        return sqlite3_errcode(db);
    sqlite3_stmt *vacuum = db_prepare(db, "VACUUM INTO %Q", path);
    const int code = vacuum ? db_step(vacuum) : SQLITE_NOMEM;
    sqlite3_finalize(vacuum);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* The same rows in a fresh file: packed in the order of their keys. The old one stays until the new one is whole. */
static enum status rebuild(struct sweep_store *self, struct faults *faults)
{
    char *path = folder_path(self->out_dir, "results.db", FOLDER_PART);
    char *journal = folder_path(self->out_dir, "results.db-journal", "");
    enum status status = STATUS_OK;
    if (!path || !journal) {
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for results.db");
        goto out;
    }
    schema_finalize(&self->inserts);
    unlink(path);
    if (vacuum_into(self->db, path) != SQLITE_OK) {
        status = db_fault(self->db, self->db_path, "all runs are stored, but cannot be brought in order", faults);
        unlink(path);
        goto out;
    }
    if (sqlite3_close(self->db) != SQLITE_OK) {
        status = db_fault(self->db, self->db_path, "cannot be closed", faults);
        goto out;
    }
    self->db = NULL;
    /* closed cleanly, the old file needs its journal no more, and the new one must not find it */
    if (unlink(journal) && errno != ENOENT)
        status = fault_add(faults, STATUS_FAILED, journal, 0, "cannot be removed: %s", strerror(errno));
    else
        status = folder_finish(self->out_dir, "results.db", faults);
out:
    free(journal);
    free(path);
    return status;
}

static enum status write_table(struct sweep_store *self, const char *what, struct faults *faults)
{
    char name[32];
    snprintf(name, sizeof name, "%s.csv", what);
    char *path = folder_path(self->out_dir, name, FOLDER_PART);
    FILE *file = path ? fopen(path, "wb") : NULL;
    enum status status = STATUS_OK;
    if (!file)
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be written: %s", strerror(errno));
    else
        status = store_export(self->out_dir, what, file, faults);
    if (file && fclose(file) && status == STATUS_OK)
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be written: %s", strerror(errno));
    if (status == STATUS_OK)
        status = folder_finish(self->out_dir, name, faults);
    else if (file)
        unlink(path);
    free(path);
    return status;
}

enum status sweep_finish(struct sweep_store *self, struct faults *faults)
{
    static const char *const tables[] = {"runs", "points", "summary", "columns"};
    enum status status = STATUS_OK;
    if (sweep_summary(self) != SQLITE_OK) {
        status = db_fault(self->db, self->db_path, "the summary cannot be stored", faults);
        if (!sqlite3_get_autocommit(self->db))
            db_exec(self->db, "ROLLBACK");
        return status;
    }
    status = rebuild(self, faults);
    for (size_t i = 0; i < sizeof tables / sizeof tables[0] && status == STATUS_OK; i++)
        status = write_table(self, tables[i], faults);
    return status;
}
