#include "store.h"

#include "db.h"
#include "folder.h"
#include "manifest.h"
#include "parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

const char *const store_files[FILES] = {"runs.csv", "series.csv", "nodes.csv", "ties.csv", "lineage.csv"};

static void stamp(char out[32])
{
    const time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

double store_estimate(const struct engine_plan *plan, size_t a_week)
{
    /* Measured: 11 bytes a value as text, 9 in the database; summaries have 14 columns twice. */
    const double rows = (double)engine_weeks(plan, NULL), columns = (double)plan->model->column_count;
    const double series = rows * (double)a_week * (columns + 2) * (double)plan->replicates * 20;
    return series + rows * columns * 14 * 20;
}

static enum status open_db(struct store *self, struct faults *faults)
{
    self->db_path = folder_path(self->out_dir, "results.db", "");
    if (!self->db_path)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for results.db");
    int code = sqlite3_open_v2(self->db_path, &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    /* A rollback journal keeps committed runs through a kill or a full disk; syncing each batch would cost more than
     * simulating it, so a power cut may lose the batches since the last sync by the system. */
    if (code == SQLITE_OK)
        code = db_exec(self->db, "PRAGMA page_size=4096; PRAGMA journal_mode=PERSIST; PRAGMA synchronous=OFF;"
                                 "PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-16000; BEGIN");
    if (code == SQLITE_OK)
        code = schema_create(self->db, &self->scenario);
    if (code == SQLITE_OK)
        code = db_exec(self->db, "COMMIT; BEGIN");
    if (code == SQLITE_OK)
        code = schema_prepare(self->db, self->plan->model, &self->inserts);
    return code == SQLITE_OK ? STATUS_OK : db_fault(self->db, self->db_path, "cannot be made", faults);
}

static enum status open_files(struct store *self, struct faults *faults)
{
    struct rows_text header[FILES] = {0};
    enum status status = STATUS_OK;
    static const char runs[] = "run,scenario,point,replicate,seed,status,message\n";
    rows_text_raw(&header[RUNS], runs, sizeof runs - 1);
    rows_series_header(&header[SERIES], self->plan->model);
    rows_nodes_header(&header[NODES], self->plan->model);
    rows_ties_header(&header[TIES], self->plan->model);
    rows_lineage_header(&header[LINEAGE]);
    for (int i = 0; i < FILES && status == STATUS_OK; i++) {
        struct file *f = &self->files[i];
        f->path = folder_path(self->out_dir, store_files[i], FOLDER_PART);
        f->stream = f->path ? fopen(f->path, "wb") : NULL;
        if (!f->stream) {
            status = fault_add(faults, STATUS_FAILED, f->path, 0, "cannot be written: %s", strerror(errno));
            break;
        }
        setvbuf(f->stream, NULL, _IOFBF, 1 << 18);
        status = store_put(self, i, &header[i], faults);
        if (status == STATUS_OK && fflush(f->stream))
            status = fault_add(faults, STATUS_FAILED, f->path, 0, "cannot be written: %s", strerror(errno));
        f->kept = ftell(f->stream);
    }
    for (int i = 0; i < FILES; i++)
        free(header[i].data);
    return status;
}

enum status store_manifest(struct store *self, const char *word, const struct engine_tally *tally,
                           struct faults *faults)
{
    char finished[32];
    stamp(finished);
    rows_text_raw(&self->missing, "", 1);
    self->missing.size--;
    const struct manifest manifest = {
        .scenario = &self->scenario,
        .status = word,
        .done = self->kept_done,
        .failed = self->kept_failed,
        .missing = store_runs_missing(self),
        .started = self->started,
        .finished = tally ? finished : NULL,
        .seconds = tally ? tally->seconds : (double)NAN,
        .threads = tally ? tally->threads : self->plan->threads,
    };
    return manifest_write(self->out_dir, &manifest, faults);
}

enum status store_open(const char *out_dir, const struct store_scenario *scenario, struct store **out,
                       struct faults *faults)
{
    struct store *self = calloc(1, sizeof *self);
    enum status status = STATUS_OK;
    *out = NULL;
    if (self)
        self->lock = -1;
    if (!self || !(self->out_dir = strdup(out_dir)) ||
        !(self->weeks = malloc(engine_weeks(scenario->plan, NULL) * sizeof *self->weeks))) {
        store_free(self);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory to store results");
    }
    self->scenario = *scenario;
    self->plan = scenario->plan;
    self->expected = self->kept_expected = self->plan->first;
    self->week_count = engine_weeks(self->plan, self->weeks);
    stamp(self->started);
    status = folder_claim(out_dir, scenario->pictures, scenario->replace, &self->lock, faults);
    if (status != STATUS_OK) {
        store_free(self);
        return status;
    }
    status = folder_clear(out_dir, scenario->pictures, faults);
    if (status == STATUS_OK)
        status = store_manifest(self, "running", NULL, faults);
    if (status == STATUS_OK)
        status = folder_write(out_dir, "config.ini", scenario->config_text, strlen(scenario->config_text), faults);
    if (status == STATUS_OK)
        status = open_files(self, faults);
    if (status == STATUS_OK)
        status = open_db(self, faults);
    if (status != STATUS_OK) {
        if (folder_discard(out_dir, scenario->pictures, faults) != STATUS_OK)
            status = STATUS_FAILED;
        store_free(self);
        return status;
    }
    *out = self;
    return STATUS_OK;
}

int64_t store_runs_kept(const struct store *store)
{
    return store->kept_done + store->kept_failed;
}

const char *store_runs_missing(const struct store *store)
{
    return store->missing.data ? store->missing.data : "";
}

void store_free(struct store *self)
{
    if (!self)
        return;
    schema_finalize(&self->inserts);
    sqlite3_close(self->db);
    for (int i = 0; i < FILES; i++) {
        if (self->files[i].stream)
            fclose(self->files[i].stream);
        free(self->files[i].path);
    }
    if (self->lock >= 0)
        close(self->lock);
    free(self->missing.data);
    free(self->db_path);
    free(self->weeks);
    free(self->out_dir);
    free(self);
}
