#include "store.h"

#include "db.h"
#include "dictionary.h"
#include "folder.h"
#include "manifest.h"
#include "schema.h"
#include "summary.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Values of series after which a batch of runs is committed: a run of any size is one; only tiny ones wait for each
 * other, so that a full disk takes no more than some kilobytes of finished runs with it. A count and not a time, so
 * that the database's bytes do not depend on the machine (its header counts commits, at some 0.1 ms each). */
#define BATCH_VALUES 2000
/* A run with more values than this is written row by row instead of being formatted ahead in memory. */
#define PREPARE_VALUES 4000000

enum { RUNS, SERIES, NODES, TIES, FILES };
static const char *const file_names[FILES] = {"runs.csv", "series.csv", "nodes.csv", "ties.csv"};

struct file {
    FILE *stream;
    char *path;
    long kept; /* bytes that belong to committed runs */
};

struct store {
    char *out_dir;
    struct store_scenario scenario;
    const struct engine_plan *plan;
    int64_t *weeks;
    size_t week_count;
    sqlite3 *db;
    char *db_path;
    struct schema_inserts inserts;
    struct file files[FILES];
    int64_t batch;                                 /* values since the last commit */
    int64_t done, failed, expected;                /* taken so far; the next run that has not come */
    int64_t kept_done, kept_failed, kept_expected; /* the same when last committed */
    struct rows_text missing;                      /* "3, 6-40" */
    bool broken;                                   /* writing failed: nothing more is added */
    char started[32];
};

/* What a worker formats ahead: three texts in one block. */
struct prepared {
    size_t series, nodes, ties;
    char text[];
};

static void stamp(char out[32])
{
    const time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

double store_estimate(const struct engine_plan *plan, size_t schools)
{
    /* Measured: 11 bytes a value as text, 9 in the database; summaries have 14 columns twice. */
    const double rows = (double)engine_weeks(plan, NULL), columns = (double)plan->model->column_count;
    const double series = rows * (plan->whole ? 1 : (double)schools) * (columns + 2) * (double)plan->replicates * 20;
    return series + rows * columns * 14 * 20;
}

static void take_text(const struct rows_text *from, char **to, size_t *size)
{
    if (from->size)
        memcpy(*to, from->data, from->size);
    *to += from->size;
    *size = from->size;
}

void store_prepare(struct store *self, struct engine_run *run)
{
    const struct engine_plan *plan = self->plan;
    struct rows_text series = {0}, nodes = {0}, ties = {0};
    if (run->week_count * run->schools * plan->model->column_count > PREPARE_VALUES)
        return;
    for (size_t w = 0; w < run->week_count; w++)
        for (size_t school = 0; school < run->schools; school++)
            rows_series(&series, plan, self->weeks, run, w, school);
    for (size_t i = 0; i < run->snapshot_count; i++) {
        rows_nodes(&nodes, plan->model, run->replicate + 1, &run->snapshots[i]);
        rows_ties(&ties, plan->model, run->replicate + 1, &run->snapshots[i]);
    }
    struct prepared *p = malloc(sizeof *p + series.size + nodes.size + ties.size);
    if (p && !series.failed && !nodes.failed && !ties.failed) {
        char *to = p->text;
        take_text(&series, &to, &p->series);
        take_text(&nodes, &to, &p->nodes);
        take_text(&ties, &to, &p->ties);
        run->prepared = p;
    } else {
        free(p); /* written row by row then */
    }
    free(series.data);
    free(nodes.data);
    free(ties.data);
}

static enum status put(struct store *self, int file, const char *text, size_t size, struct faults *faults)
{
    struct file *f = &self->files[file];
    if (size == 0 || fwrite(text, 1, size, f->stream) == size)
        return STATUS_OK;
    return fault_add(faults, STATUS_FAILED, f->path, 0, "cannot be written: %s", strerror(errno));
}

/* Writes what has gathered in a text and empties it. */
static enum status put_text(struct store *self, int file, struct rows_text *text, struct faults *faults)
{
    const enum status status = text->failed ? fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for rows of a table")
                                            : put(self, file, text->data, text->size, faults);
    text->size = 0;
    return status;
}

static enum status put_row_by_row(struct store *self, const struct engine_run *run, struct faults *faults)
{
    const struct model *model = self->plan->model;
    struct rows_text text = {0};
    enum status status = STATUS_OK;
    for (size_t w = 0; w < run->week_count; w++)
        for (size_t school = 0; school < run->schools && status == STATUS_OK; school++) {
            rows_series(&text, self->plan, self->weeks, run, w, school);
            status = put_text(self, SERIES, &text, faults);
        }
    for (size_t i = 0; i < run->snapshot_count && status == STATUS_OK; i++) {
        rows_nodes(&text, model, run->replicate + 1, &run->snapshots[i]);
        status = put_text(self, NODES, &text, faults);
        rows_ties(&text, model, run->replicate + 1, &run->snapshots[i]);
        status = status == STATUS_OK ? put_text(self, TIES, &text, faults) : status;
    }
    free(text.data);
    return status;
}

static enum status put_run(struct store *self, const struct engine_run *run, struct faults *faults)
{
    const struct store_scenario *s = &self->scenario;
    char seed[24];
    struct rows_text text = {0};
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)self->plan->seed);
    rows_integer(&text, run->replicate + 1);
    rows_text_field(&text, s->scenario);
    rows_integer(&text, 0);
    rows_integer(&text, run->replicate + 1);
    rows_text_field(&text, seed);
    rows_text_field(&text, schema_outcome(run->outcome));
    rows_text_field(&text, *run->message ? run->message : "NA");
    rows_end(&text);
    enum status status = put_text(self, RUNS, &text, faults);
    free(text.data);
    const struct prepared *p = run->prepared;
    if (status != STATUS_OK || run->outcome != ENGINE_DONE)
        return status;
    if (!p)
        return put_row_by_row(self, run, faults);
    status = put(self, SERIES, p->text, p->series, faults);
    if (status == STATUS_OK)
        status = put(self, NODES, p->text + p->series, p->nodes, faults);
    return status == STATUS_OK ? put(self, TIES, p->text + p->series + p->nodes, p->ties, faults) : status;
}

static int insert(struct store *self, const struct engine_run *run)
{
    int code = schema_add_run(&self->inserts, &self->scenario, run);
    if (code == SQLITE_OK && run->outcome == ENGINE_DONE)
        code = schema_add_series(&self->inserts, self->plan, self->weeks, run);
    for (size_t i = 0; i < run->snapshot_count && run->outcome == ENGINE_DONE && code == SQLITE_OK; i++)
        code = schema_add_snapshot(&self->inserts, self->plan->model, run->replicate + 1, &run->snapshots[i]);
    return code;
}

/* The batch is on disk, in the tables first, then in the database: or it counts in neither. */
static enum status commit(struct store *self, struct faults *faults)
{
    for (int i = 0; i < FILES; i++)
        if (fflush(self->files[i].stream))
            return fault_add(faults, STATUS_FAILED, self->files[i].path, 0, "cannot be written: %s", strerror(errno));
    if (db_exec(self->db, "COMMIT") != SQLITE_OK)
        return db_fault(self->db, self->db_path, "runs cannot be stored", faults);
    for (int i = 0; i < FILES; i++)
        self->files[i].kept = ftell(self->files[i].stream);
    self->kept_done = self->done;
    self->kept_failed = self->failed;
    self->kept_expected = self->expected;
    self->batch = 0;
    if (db_exec(self->db, "BEGIN") != SQLITE_OK)
        return db_fault(self->db, self->db_path, "runs cannot be stored", faults);
    return STATUS_OK;
}

/* Adds "first-last" to the list of runs that did not come; they count from 1 there. */
static void add_missing(struct store *self, int64_t first, int64_t end)
{
    char range[64];
    if (first >= end)
        return;
    const int n = end - first == 1 ? snprintf(range, sizeof range, "%lld", (long long)first + 1)
                                   : snprintf(range, sizeof range, "%lld-%lld", (long long)first + 1, (long long)end);
    if (self->missing.size)
        rows_text_raw(&self->missing, ", ", 2);
    rows_text_raw(&self->missing, range, (size_t)n);
}

enum status store_take(struct store *self, const struct engine_run *run, struct faults *faults)
{
    enum status status = put_run(self, run, faults);
    if (status == STATUS_OK && insert(self, run) != SQLITE_OK)
        status = db_fault(self->db, self->db_path, "runs cannot be stored", faults);
    if (status == STATUS_OK) {
        add_missing(self, self->expected, run->replicate);
        self->expected = run->replicate + 1;
        self->done += run->outcome == ENGINE_DONE;
        self->failed += run->outcome == ENGINE_FAILED;
        self->batch += (int64_t)(run->week_count * run->schools * (self->plan->model->column_count + 3)) + 10;
        if (self->batch >= BATCH_VALUES)
            status = commit(self, faults);
    }
    self->broken = status != STATUS_OK;
    return status;
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
    for (int i = 0; i < FILES && status == STATUS_OK; i++) {
        struct file *f = &self->files[i];
        f->path = folder_path(self->out_dir, file_names[i], FOLDER_PART);
        f->stream = f->path ? fopen(f->path, "wb") : NULL;
        if (!f->stream) {
            status = fault_add(faults, STATUS_FAILED, f->path, 0, "cannot be written: %s", strerror(errno));
            break;
        }
        setvbuf(f->stream, NULL, _IOFBF, 1 << 18);
        status = put_text(self, i, &header[i], faults);
        if (status == STATUS_OK && fflush(f->stream))
            status = fault_add(faults, STATUS_FAILED, f->path, 0, "cannot be written: %s", strerror(errno));
        f->kept = ftell(f->stream);
    }
    for (int i = 0; i < FILES; i++)
        free(header[i].data);
    return status;
}

static enum status write_manifest(struct store *self, const char *word, const struct engine_tally *tally,
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
    if (!self || !(self->out_dir = strdup(out_dir)) ||
        !(self->weeks = malloc(engine_weeks(scenario->plan, NULL) * sizeof *self->weeks))) {
        store_free(self);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory to store results");
    }
    self->scenario = *scenario;
    self->plan = scenario->plan;
    self->week_count = engine_weeks(self->plan, self->weeks);
    stamp(self->started);
    status = folder_make(out_dir, faults);
    if (status == STATUS_OK)
        status = folder_clear(out_dir, scenario->pictures, faults);
    if (status == STATUS_OK)
        status = write_manifest(self, "running", NULL, faults);
    if (status == STATUS_OK)
        status = folder_write(out_dir, "config.ini", scenario->config_text, strlen(scenario->config_text), faults);
    if (status == STATUS_OK)
        status = open_files(self, faults);
    if (status == STATUS_OK)
        status = open_db(self, faults);
    if (status != STATUS_OK) {
        store_free(self);
        return status;
    }
    *out = self;
    return STATUS_OK;
}

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
        else if (folder_finish(self->out_dir, file_names[i], faults) != STATUS_OK)
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
    const int code = summary_write(self->db, &self->scenario, self->weeks, self->week_count, csv);
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
    if (!self->broken && commit(self, faults) != STATUS_OK)
        self->broken = true;
    if (self->broken) {
        status = STATUS_FAILED;
        roll_back(self);
        db_exec(self->db, "BEGIN");
    }
    add_missing(self, self->expected, self->plan->replicates);
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
    if ((step = write_manifest(self, word, tally, faults)) != STATUS_OK)
        status = step;
    return status;
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
    free(self->missing.data);
    free(self->db_path);
    free(self->weeks);
    free(self->out_dir);
    free(self);
}
