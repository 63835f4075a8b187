#include "db.h"
#include "parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Values of series after which a batch of runs is committed: a run of any size is one; only tiny ones wait for each
 * other, so that a full disk takes no more than some kilobytes of finished runs with it. A count and not a time, so
 * that the database's bytes do not depend on the machine (its header counts commits, at some 0.1 ms each). */
#define BATCH_VALUES 2000
/* A run with more values than this is written row by row instead of being formatted ahead in memory. */
#define PREPARE_VALUES 4000000

/* What a worker formats ahead: four texts in one block. */
struct prepared {
    size_t series, nodes, ties, lineage;
    char text[];
};

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
    struct rows_text series = {0}, nodes = {0}, ties = {0}, lineage = {0};
    if (run->week_count * run->schools * plan->model->column_count > PREPARE_VALUES)
        return;
    for (size_t w = 0; w < run->week_count; w++)
        for (size_t school = 0; school < run->schools; school++)
            rows_series(&series, plan, self->weeks, run, w, school);
    for (size_t i = 0; i < run->snapshot_count; i++) {
        rows_nodes(&nodes, plan->model, run->number + 1, &run->snapshots[i]);
        rows_ties(&ties, plan->model, run->number + 1, &run->snapshots[i]);
    }
    for (size_t i = 0; i < run->lineage_count; i++)
        rows_lineage(&lineage, plan->model, run->number + 1, &run->lineages[i]);
    struct prepared *p = malloc(sizeof *p + series.size + nodes.size + ties.size + lineage.size);
    if (p && !series.failed && !nodes.failed && !ties.failed && !lineage.failed) {
        char *to = p->text;
        take_text(&series, &to, &p->series);
        take_text(&nodes, &to, &p->nodes);
        take_text(&ties, &to, &p->ties);
        take_text(&lineage, &to, &p->lineage);
        run->prepared = p;
    } else {
        free(p); /* written row by row then */
    }
    free(series.data);
    free(nodes.data);
    free(ties.data);
    free(lineage.data);
}

static enum status put(struct store *self, int file, const char *text, size_t size, struct faults *faults)
{
    struct file *f = &self->files[file];
    if (size == 0 || fwrite(text, 1, size, f->stream) == size)
        return STATUS_OK;
    return fault_add(faults, STATUS_FAILED, f->path, 0, "cannot be written: %s", strerror(errno));
}

enum status store_put(struct store *self, int file, struct rows_text *text, struct faults *faults)
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
            status = store_put(self, SERIES, &text, faults);
        }
    for (size_t i = 0; i < run->snapshot_count && status == STATUS_OK; i++) {
        rows_nodes(&text, model, run->number + 1, &run->snapshots[i]);
        status = store_put(self, NODES, &text, faults);
        rows_ties(&text, model, run->number + 1, &run->snapshots[i]);
        status = status == STATUS_OK ? store_put(self, TIES, &text, faults) : status;
    }
    for (size_t i = 0; i < run->lineage_count && status == STATUS_OK; i++) {
        rows_lineage(&text, model, run->number + 1, &run->lineages[i]);
        status = store_put(self, LINEAGE, &text, faults);
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
    rows_integer(&text, run->number + 1);
    rows_text_field(&text, s->scenario);
    rows_integer(&text, run->point);
    rows_integer(&text, run->replicate + 1);
    rows_text_field(&text, seed);
    rows_text_field(&text, schema_outcome(run->outcome));
    rows_text_field(&text, *run->message ? run->message : "NA");
    rows_end(&text);
    enum status status = store_put(self, RUNS, &text, faults);
    free(text.data);
    const struct prepared *p = run->prepared;
    if (status != STATUS_OK || run->outcome != ENGINE_DONE)
        return status;
    if (!p)
        return put_row_by_row(self, run, faults);
    status = put(self, SERIES, p->text, p->series, faults);
    if (status == STATUS_OK)
        status = put(self, NODES, p->text + p->series, p->nodes, faults);
    if (status == STATUS_OK)
        status = put(self, TIES, p->text + p->series + p->nodes, p->ties, faults);
    return status == STATUS_OK ? put(self, LINEAGE, p->text + p->series + p->nodes + p->ties, p->lineage, faults)
                               : status;
}

static int insert(struct store *self, const struct engine_run *run)
{
    int code = schema_add_run(&self->inserts, &self->scenario, run);
    if (code == SQLITE_OK && run->outcome == ENGINE_DONE)
        code = schema_add_series(&self->inserts, self->plan, self->weeks, run);
    for (size_t i = 0; i < run->snapshot_count && run->outcome == ENGINE_DONE && code == SQLITE_OK; i++)
        code = schema_add_snapshot(&self->inserts, self->plan->model, run->number + 1, &run->snapshots[i]);
    for (size_t i = 0; i < run->lineage_count && run->outcome == ENGINE_DONE && code == SQLITE_OK; i++)
        code = schema_add_lineage(&self->inserts, self->plan->model, run->number + 1, &run->lineages[i]);
    return code;
}

enum status store_commit(struct store *self, struct faults *faults)
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

void store_miss(struct store *self, int64_t first, int64_t end)
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
        store_miss(self, self->expected, run->number);
        self->expected = run->number + 1;
        self->done += run->outcome == ENGINE_DONE;
        self->failed += run->outcome == ENGINE_FAILED;
        self->batch += (int64_t)(run->week_count * run->schools * (self->plan->model->column_count + 3)) + 10;
        if (self->batch >= BATCH_VALUES)
            status = store_commit(self, faults);
    }
    self->broken = status != STATUS_OK;
    return status;
}
