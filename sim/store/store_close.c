#include "db.h"
#include "dictionary.h"
#include "folder.h"
#include "parts.h"
#include "summary.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Cuts the tables back to the runs that the database holds, closes them and gives them their names. */
static enum status finish_files(struct store *self, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (int i = 0; i < FILES; i++) {
        struct file *f = &self->files[i];
        /* A failed flush left some of the unkept rows in the buffer: close first, then cut. */
        const bool wrong = fclose(f->stream) != 0 && !self->broken;
        f->stream = NULL;
        if (wrong || truncate(f->path, f->kept))
            status = fault_add(faults, STATUS_FAILED, f->path, 0, "cannot be finished: %s", strerror(errno));
        else if (folder_finish(self->out_dir, store_files[i], faults) != STATUS_OK)
            status = STATUS_FAILED;
    }
    return status;
}

static enum status write_summary(struct store *self, struct faults *faults)
{
    char *path = folder_path(self->out_dir, "summary.csv", FOLDER_PART);
    FILE *csv = path ? fopen(path, "wb") : NULL;
    enum status status = STATUS_OK;
    if (!csv) {
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be written: %s", strerror(errno));
        free(path);
        return status;
    }
    db_exec(self->db, "SAVEPOINT summary");
    const int code = summary_write(self->db, &self->scenario, self->weeks, self->week_count, SUMMARY_ROOM, csv);
    const int closed = fclose(csv);
    if (code == SQLITE_NOMEM)
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for the summary; the runs are kept");
    else if (closed || (code == SQLITE_FULL && sqlite3_errcode(self->db) != SQLITE_FULL))
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be written: %s", strerror(errno));
    else if (code != SQLITE_OK || db_exec(self->db, "RELEASE summary; COMMIT") != SQLITE_OK)
        status = db_fault(self->db, self->db_path, "the summary cannot be stored", faults);
    else
        status = folder_finish(self->out_dir, "summary.csv", faults);
    if (status != STATUS_OK)
        unlink(path);
    free(path);
    return status;
}

static enum status write_dictionary(struct store *self, struct faults *faults)
{
    struct rows_text text = {0};
    dictionary_write(&text, self->plan->model);
    const enum status status = text.failed ? fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for columns.csv")
                                           : folder_write(self->out_dir, "columns.csv", text.data, text.size, faults);
    free(text.data);
    return status;
}

/* Undoes what the last commit did not cover. */
static void roll_back(struct store *self)
{
    if (!sqlite3_get_autocommit(self->db))
        db_exec(self->db, "ROLLBACK");
    self->done = self->kept_done;
    self->failed = self->kept_failed;
    self->expected = self->kept_expected;
}

enum status store_close(struct store *self, enum status ended, const struct engine_tally *tally, struct faults *faults)
{
    enum status status = STATUS_OK, step;
    if (!self->broken && store_commit(self, faults) != STATUS_OK)
        self->broken = true;
    if (self->broken) {
        status = STATUS_FAILED;
        roll_back(self);
        db_exec(self->db, "BEGIN");
    }
    store_miss(self, self->expected, self->plan->first + self->plan->replicates);
    if ((step = finish_files(self, faults)) != STATUS_OK)
        status = step;
    if ((step = write_summary(self, faults)) != STATUS_OK)
        status = step;
    schema_finalize(&self->inserts);
    if (!sqlite3_get_autocommit(self->db))
        db_exec(self->db, "ROLLBACK");
    db_exec(self->db, "PRAGMA journal_mode=DELETE"); /* takes the spent journal away */
    if (sqlite3_close(self->db) == SQLITE_OK)
        self->db = NULL;
    if ((step = write_dictionary(self, faults)) != STATUS_OK)
        status = step;
    const char *const word = ended == STATUS_INTERRUPTED                 ? "interrupted"
                             : status == STATUS_OK && ended == STATUS_OK ? "done"
                                                                         : "failed";
    if ((step = store_manifest(self, word, tally, faults)) != STATUS_OK)
        status = step;
    return status;
}
