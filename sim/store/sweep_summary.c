#include "../leaf/stats.h"
#include "db.h"
#include "sweep_parts.h"

#include <math.h>
#include <stdlib.h>

/* Over the replicates of one point, at the last week: a row a measure. Memory: one point's values. */
struct gathering {
    struct sweep_store *self;
    sqlite3_stmt *select, *insert;
    size_t columns, runs; /* values: [column][run] */
    double *values, *sum, *n;
};

/* One run's value of each measure: the mean over its schools, leaving out what is missing. False: it has no rows. */
static int read_run(struct gathering *g, int64_t number, bool *found)
{
    *found = false;
    for (size_t c = 0; c < g->columns; c++)
        g->sum[c] = g->n[c] = 0;
    sqlite3_bind_int64(g->select, 1, number + 1);
    sqlite3_bind_int64(g->select, 2, g->self->weeks[g->self->week_count - 1]);
    int code;
    while ((code = sqlite3_step(g->select)) == SQLITE_ROW) {
        *found = true;
        for (size_t c = 0; c < g->columns; c++) {
            const double value = db_real(g->select, (int)c + 3);
            g->sum[c] += isnan(value) ? 0 : value;
            g->n[c] += isnan(value) ? 0 : 1;
        }
    }
    sqlite3_reset(g->select);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int write_row(struct gathering *g, int64_t point, size_t column, size_t runs)
{
    const struct store_scenario *s = g->self->asked.scenario;
    const struct stats stats = stats_of(g->values + column * g->runs, runs);
    const double numbers[] = {stats.mean, stats.sd,  stats.q05,     stats.q25,    stats.median,
                              stats.q75,  stats.q95, stats.mean_lo, stats.mean_hi};
    sqlite3_bind_text(g->insert, 1, s->scenario, -1, SQLITE_STATIC);
    sqlite3_bind_int64(g->insert, 2, point + 1);
    sqlite3_bind_int64(g->insert, 3, g->self->weeks[g->self->week_count - 1]);
    sqlite3_bind_text(g->insert, 4, s->plan->model->columns[column].name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(g->insert, 5, (int64_t)stats.n);
    for (int i = 0; i < 9; i++)
        db_bind_real(g->insert, i + 6, numbers[i]);
    const int code = db_step(g->insert);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int summarize_point(struct gathering *g, int64_t point)
{
    const int64_t points = g->self->asked.design->points;
    size_t runs = 0;
    int code = SQLITE_OK;
    for (size_t r = 0; r < g->runs && code == SQLITE_OK; r++) {
        bool found = false;
        const int64_t number = (int64_t)r * points + point;
        if (sweep_has(g->self, number))
            code = read_run(g, number, &found);
        for (size_t c = 0; found && c < g->columns; c++)
            g->values[c * g->runs + runs] = g->n[c] > 0 ? g->sum[c] / g->n[c] : (double)NAN;
        runs += found;
    }
    for (size_t c = 0; c < g->columns && runs > 0 && code == SQLITE_OK; c++)
        code = write_row(g, point, c, runs);
    return code;
}

int sweep_summary(struct sweep_store *self)
{
    const struct engine_plan *plan = self->asked.scenario->plan;
    struct gathering g = {.self = self, .columns = plan->model->column_count, .runs = (size_t)plan->replicates};
    g.select = db_prepare(self->db, "SELECT * FROM series WHERE run = ? AND week = ? ORDER BY school");
    g.insert = db_prepare(self->db, "INSERT INTO summary VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    g.values = malloc(g.runs * g.columns * sizeof *g.values + 1);
    g.sum = malloc(2 * g.columns * sizeof *g.sum + 1);
    g.n = g.sum ? g.sum + g.columns : NULL;
    int code = g.select && g.insert && g.values && g.sum ? SQLITE_OK : SQLITE_NOMEM;
    if (code == SQLITE_OK)
        code = db_exec(self->db, "BEGIN; DELETE FROM summary");
    for (int64_t point = 0; point < self->asked.design->points && code == SQLITE_OK; point++)
        code = summarize_point(&g, point);
    sqlite3_finalize(g.select);
    sqlite3_finalize(g.insert);
    free(g.values);
    free(g.sum);
    return code == SQLITE_OK ? db_exec(self->db, "COMMIT") : code;
}
