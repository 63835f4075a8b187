/* One measure of a whole sweep: a number a run. */
#include "db.h"
#include "read_part.h"

#include <math.h>
#include <stdlib.h>

static enum status count_runs(const struct reading *r, int64_t points, struct store_points *s)
{
    sqlite3_stmt *statement = db_prepare(
        r->db, "SELECT coalesce(max(replicate), 0), coalesce(max(point), 0), coalesce(min(point), 1),"
               " coalesce(sum(status = 'done'), 0), count(*) FROM run");
    enum status status = STATUS_OK;
    if (!statement || sqlite3_step(statement) != SQLITE_ROW) {
        status = read_damaged(r, "run");
    } else {
        s->points = points;
        s->replicates = sqlite3_column_int64(statement, 0);
        s->done = sqlite3_column_int64(statement, 3);
        s->failed = sqlite3_column_int64(statement, 4) - s->done;
        if (sqlite3_column_int64(statement, 1) > points || sqlite3_column_int64(statement, 2) < 1)
            status = fault_add(r->faults, STATUS_BAD_INPUT, r->path, 0,
                               "holds runs that are not of the design its config.ini describes (points 1 to %lld)",
                               (long long)points);
    }
    sqlite3_finalize(statement);
    return status;
}

static enum status read_values(const struct reading *r, const char *measure, int64_t week, struct store_points *s)
{
    const size_t count = (size_t)(s->points * s->replicates);
    s->values = malloc((count + 1) * sizeof *s->values);
    if (!s->values)
        return read_no_memory(r);
    for (size_t i = 0; i < count; i++)
        s->values[i] = (double)NAN;
    sqlite3_stmt *statement = db_prepare(r->db,
                                         "SELECT point, replicate, avg(\"%w\") FROM run JOIN series USING(run)"
                                         " WHERE status = 'done' AND week = %lld GROUP BY run.run",
                                         measure, (long long)week);
    int code = statement ? SQLITE_DONE : SQLITE_ERROR;
    while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const int64_t point = sqlite3_column_int64(statement, 0), replicate = sqlite3_column_int64(statement, 1);
        if (replicate >= 1)
            s->values[(point - 1) * s->replicates + replicate - 1] = db_real(statement, 2);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? STATUS_OK : read_damaged(r, "series");
}

enum status store_read_points(const char *out_dir, const char *measure, int64_t week, int64_t points,
                              struct store_points *result, struct faults *faults)
{
    struct reading r;
    *result = (struct store_points){0};
    enum status status = read_open(&r, out_dir, faults);
    if (status == STATUS_OK)
        status = count_runs(&r, points, result);
    if (status == STATUS_OK)
        status = read_values(&r, measure, week, result);
    read_close(&r);
    if (status != STATUS_OK) {
        free(result->values);
        *result = (struct store_points){0};
    }
    return status;
}
