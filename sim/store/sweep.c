#include "sweep.h"

#include "db.h"
#include "folder.h"
#include "sweep_parts.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COMMIT_SECONDS 0.25
#define STRIDES_TRIED 300 /* on either side of the golden section */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double sweep_estimate(const struct engine_plan *plan, size_t a_week, int64_t points)
{
    /* As measured for store_estimate(), in the database alone; twice while it is rebuilt. */
    const double rows = (double)engine_weeks(plan, NULL) * (double)a_week;
    return rows * (double)(plan->model->column_count + 2) * (double)plan->replicates * (double)points * 9 * 2;
}

/* The largest partial quotient of step / points; 0: they have a common divisor. Small quotients keep the gaps
 * between the points visited so far even (three gaps theorem). */
static int64_t worst_quotient(int64_t step, int64_t points)
{
    int64_t a = points, b = step, worst = 0;
    while (b) {
        const int64_t quotient = a / b, rest = a % b;
        worst = quotient > worst ? quotient : worst;
        a = b;
        b = rest;
    }
    return a == 1 ? worst : 0;
}

int64_t sweep_stride(int64_t points)
{
    const int64_t golden = (int64_t)((double)points * 0.6180339887498949);
    int64_t best = 1, worst = INT64_MAX;
    for (int64_t away = 0; away <= STRIDES_TRIED; away++)
        for (int side = -1; side <= 1; side += 2) {
            const int64_t step = golden + side * away;
            const int64_t quotient = step >= 1 && step < points ? worst_quotient(step, points) : 0;
            if (quotient > 0 && quotient < worst) {
                best = step;
                worst = quotient;
            }
        }
    return best;
}

bool sweep_has(const struct sweep_store *self, int64_t number)
{
    return self->held[number / 8] >> (number % 8) & 1;
}

int64_t sweep_held(const struct sweep_store *self)
{
    return self->count;
}

int64_t sweep_failed(const struct sweep_store *self)
{
    return self->failed;
}

/* ---- a new one ---- */

static enum status fill_new(struct sweep_store *self, const char *path, struct faults *faults)
{
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (code == SQLITE_OK)
        code = db_exec(db, "PRAGMA page_size=4096; PRAGMA synchronous=OFF; BEGIN");
    if (code == SQLITE_OK)
        code = schema_create(db, self->asked.scenario);
    if (code == SQLITE_OK)
        code = sweep_table_create(db, self->asked.design);
    if (code == SQLITE_OK)
        code = sweep_meta_write(self, db);
    if (code == SQLITE_OK)
        code = db_exec(db, "COMMIT");
    const enum status status = code == SQLITE_OK ? STATUS_OK : db_fault(db, path, "cannot be made", faults);
    sqlite3_close(db);
    return status;
}

/* Whole or not there at all: a kill in between leaves nothing that looks like a sweep. */
static enum status make_new(struct sweep_store *self, struct faults *faults)
{
    const struct store_scenario *s = self->asked.scenario;
    char *path = folder_path(self->out_dir, "results.db", FOLDER_PART);
    enum status status = path ? STATUS_OK : fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for results.db");
    if (status == STATUS_OK)
        status = folder_clear(self->out_dir, s->pictures, faults);
    if (status == STATUS_OK)
        status = sweep_manifest(self, "running", NULL, faults);
    if (status == STATUS_OK)
        status = folder_write(self->out_dir, "config.ini", s->config_text, strlen(s->config_text), faults);
    if (status == STATUS_OK)
        status = fill_new(self, path, faults);
    if (status == STATUS_OK)
        status = folder_finish(self->out_dir, "results.db", faults);
    free(path);
    return status;
}

/* ---- one that is there ---- */

static enum status check_sound(struct sweep_store *self, struct faults *faults)
{
    sqlite3_stmt *check = db_prepare(self->db, "PRAGMA quick_check(1)");
    const int code = check ? sqlite3_step(check) : SQLITE_ERROR;
    const char *word = code == SQLITE_ROW ? (const char *)sqlite3_column_text(check, 0) : NULL;
    enum status status = STATUS_OK;
    if (!word || strcmp(word, "ok") != 0)
        status = fault_add(faults, STATUS_BAD_INPUT, self->db_path, 0, "is damaged (%.200s): it is left as it is",
                           word ? word : sqlite3_errmsg(self->db));
    sqlite3_finalize(check);
    return status;
}

bool sweep_hold(struct sweep_store *self, const char *schema)
{
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT run, status = 'failed' FROM %s.run", schema);
    sqlite3_stmt *select = db_prepare(self->db, sql);
    int code = SQLITE_ERROR;
    while (select && (code = sqlite3_step(select)) == SQLITE_ROW) {
        const int64_t number = sqlite3_column_int64(select, 0) - 1;
        if (number < 0 || number >= self->total)
            break;
        self->held[number / 8] |= (unsigned char)(1u << number % 8);
        self->count++;
        self->failed += sqlite3_column_int(select, 1);
    }
    sqlite3_finalize(select);
    return code == SQLITE_DONE;
}

static enum status load_held(struct sweep_store *self, struct faults *faults)
{
    const bool sound = sweep_hold(self, "main");
    self->kept = self->count;
    self->kept_failed = self->failed;
    return sound ? STATUS_OK : fault_add(faults, STATUS_BAD_INPUT, self->db_path, 0, "holds runs of another design");
}

static enum status open_stored(struct sweep_store *self, struct faults *faults)
{
    enum status status = db_open_result(self->db_path, &self->db, faults);
    if (status != STATUS_OK)
        return status;
    if (db_exec(self->db, "PRAGMA query_only=0; PRAGMA synchronous=NORMAL; PRAGMA locking_mode=EXCLUSIVE;"
                          "PRAGMA cache_size=-16000; BEGIN EXCLUSIVE") != SQLITE_OK) {
        const bool busy = (sqlite3_errcode(self->db) & 0xff) == SQLITE_BUSY;
        return busy ? fault_add(faults, STATUS_FAILED, self->db_path, 0,
                                "is in use by another program: try again when "
                                "it has ended")
                    : db_fault(self->db, self->db_path, "cannot be written", faults);
    }
    status = check_sound(self, faults);
    if (status == STATUS_OK)
        status = sweep_meta_check(self, self->db, self->db_path, false, faults);
    if (status != STATUS_OK)
        return status;
    int code = db_exec(self->db, "DELETE FROM summary");
    if (code == SQLITE_OK && self->asked.retry)
        code = db_exec(self->db, "DELETE FROM run WHERE status = 'failed'");
    if (code == SQLITE_OK && self->asked.extend)
        code = sweep_meta_extend(self);
    if (code == SQLITE_OK)
        code = schema_prepare(self->db, self->asked.scenario->plan->model, &self->inserts);
    if (code == SQLITE_OK) {
        status = load_held(self, faults);
        code = status == STATUS_OK ? db_exec(self->db, "COMMIT") : SQLITE_OK;
    }
    return code == SQLITE_OK ? status : db_fault(self->db, self->db_path, "cannot be written", faults);
}

static enum status begin(struct sweep_store *self, struct faults *faults)
{
    const struct store_scenario *s = self->asked.scenario;
    enum status status = sweep_meta_data(self, faults);
    if (status == STATUS_OK)
        status = db_check_idle(self->db_path, faults);
    if (status == STATUS_OK)
        status = folder_claim(self->out_dir, s->pictures, s->replace || self->asked.carry_on, &self->lock, faults);
    if (status != STATUS_OK)
        return status;
    const bool there = self->asked.carry_on && access(self->db_path, F_OK) == 0;
    if (!there)
        status = make_new(self, faults);
    if (status == STATUS_OK)
        status = open_stored(self, faults);
    if (status != STATUS_OK && !there && folder_discard(self->out_dir, NULL, faults) != STATUS_OK)
        status = STATUS_FAILED;
    if (status == STATUS_OK && there)
        status = folder_tidy(self->out_dir, s->pictures, faults);
    if (status != STATUS_OK || !there)
        return status;
    status = sweep_manifest(self, "running", NULL, faults);
    return status == STATUS_OK
               ? folder_write(self->out_dir, "config.ini", s->config_text, strlen(s->config_text), faults)
               : status;
}

enum status sweep_open(const char *out_dir, const struct sweep_asked *asked, struct sweep_store **out,
                       struct faults *faults)
{
    const struct engine_plan *plan = asked->scenario->plan;
    struct sweep_store *self = calloc(1, sizeof *self);
    const time_t start = time(NULL);
    struct tm utc;
    *out = NULL;
    if (!self)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory to store results");
    self->lock = -1;
    self->asked = *asked;
    self->total = asked->design->points * plan->replicates;
    self->out_dir = strdup(out_dir);
    self->db_path = folder_path(out_dir, "results.db", "");
    self->held = calloc((size_t)self->total / 8 + 1, 1);
    self->weeks = malloc(engine_weeks(plan, NULL) * sizeof *self->weeks);
    gmtime_r(&start, &utc);
    strftime(self->started, sizeof self->started, "%Y-%m-%dT%H:%M:%SZ", &utc);
    self->committed = now();
    enum status status = STATUS_OK;
    if (!self->out_dir || !self->db_path || !self->held || !self->weeks)
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory to store results");
    if (status == STATUS_OK) {
        self->week_count = engine_weeks(plan, self->weeks);
        status = begin(self, faults);
    }
    if (status != STATUS_OK) {
        sweep_free(self);
        return status;
    }
    *out = self;
    return STATUS_OK;
}

void sweep_free(struct sweep_store *self)
{
    if (!self)
        return;
    schema_finalize(&self->inserts);
    sqlite3_close(self->db);
    if (self->lock >= 0)
        close(self->lock);
    free(self->data.data);
    free(self->weeks);
    free(self->held);
    free(self->db_path);
    free(self->out_dir);
    free(self);
}

/* ---- runs ---- */

static enum status commit(struct sweep_store *self, struct faults *faults)
{
    if (db_exec(self->db, "COMMIT") != SQLITE_OK)
        return db_fault(self->db, self->db_path, "runs cannot be stored", faults);
    self->kept = self->count;
    self->kept_failed = self->failed;
    self->committed = now();
    return STATUS_OK;
}

enum status sweep_take(struct sweep_store *self, const struct engine_run *run, struct faults *faults)
{
    const struct sweep_asked *asked = &self->asked;
    int code = sqlite3_get_autocommit(self->db) ? db_exec(self->db, "BEGIN") : SQLITE_OK;
    if (code == SQLITE_OK)
        code = schema_add_run(&self->inserts, asked->scenario, run);
    if (code == SQLITE_OK && run->outcome == ENGINE_DONE)
        code = schema_add_series(&self->inserts, asked->scenario->plan, self->weeks, run);
    if (code != SQLITE_OK)
        return db_fault(self->db, self->db_path, "runs cannot be stored", faults);
    self->held[run->number / 8] |= (unsigned char)(1u << run->number % 8);
    self->count++;
    self->failed += run->outcome == ENGINE_FAILED;
    return now() - self->committed > COMMIT_SECONDS ? commit(self, faults) : STATUS_OK;
}

enum status sweep_close(struct sweep_store *self, enum status ended, const struct engine_tally *tally,
                        struct faults *faults)
{
    enum status status = STATUS_OK;
    if (!sqlite3_get_autocommit(self->db)) {
        if (ended == STATUS_OK || ended == STATUS_INTERRUPTED)
            status = commit(self, faults);
        if (!sqlite3_get_autocommit(self->db))
            db_exec(self->db, "ROLLBACK");
    }
    self->count = self->kept;
    self->failed = self->kept_failed;
    if (status == STATUS_OK && (ended == STATUS_OK || ended == STATUS_INTERRUPTED))
        status = sweep_finish(self, faults);
    const bool sound = status == STATUS_OK && ended == STATUS_OK;
    const char *const word = ended == STATUS_INTERRUPTED ? "interrupted" : sound ? "done" : "failed";
    const enum status told = sweep_manifest(self, word, tally, faults);
    return status == STATUS_OK ? told : status;
}
