#include "summary.h"

#include "../leaf/stats.h"
#include "db.h"
#include "rows.h"

#include <math.h>
#include <stdlib.h>

struct block {
    const struct store_scenario *scenario;
    const int64_t *weeks;
    size_t first, count;    /* of the observed weeks */
    size_t column, columns; /* of the model's: the first, and how many */
    size_t runs;            /* done ones */
    int64_t *numbers;       /* of these runs */
    double *values;         /* [week][column][run] */
};

static int list_runs(sqlite3 *db, struct block *b)
{
    sqlite3_stmt *statement = db_prepare(db, "SELECT run FROM run WHERE status = 'done' ORDER BY run");
    size_t room = 0;
    int code = statement ? SQLITE_ROW : sqlite3_errcode(db);
    while (code == SQLITE_ROW && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (b->runs == room) {
            room = 2 * room + 64;
            int64_t *more = realloc(b->numbers, room * sizeof *more);
            if (!more) {
                code = SQLITE_NOMEM;
                break;
            }
            b->numbers = more;
        }
        b->numbers[b->runs++] = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* One run's weeks of the block: the mean over its schools, leaving out what is missing. Rows come in order. */
static int read_run(sqlite3_stmt *statement, const struct block *b, size_t run, double *sum, double *n)
{
    sqlite3_bind_int64(statement, 1, b->numbers[run]);
    sqlite3_bind_int64(statement, 2, b->weeks[b->first]);
    sqlite3_bind_int64(statement, 3, b->weeks[b->first + b->count - 1]);
    int code = sqlite3_step(statement);
    for (size_t w = 0; w < b->count; w++) {
        for (size_t c = 0; c < b->columns; c++)
            sum[c] = n[c] = 0;
        for (; code == SQLITE_ROW && sqlite3_column_int64(statement, 1) == b->weeks[b->first + w];
             code = sqlite3_step(statement))
            for (size_t c = 0; c < b->columns; c++) {
                const double value = db_real(statement, (int)(b->column + c) + 3);
                sum[c] += isnan(value) ? 0 : value;
                n[c] += isnan(value) ? 0 : 1;
            }
        for (size_t c = 0; c < b->columns; c++)
            b->values[(w * b->columns + c) * b->runs + run] = n[c] > 0 ? sum[c] / n[c] : (double)NAN;
    }
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code == SQLITE_ROW ? SQLITE_CORRUPT : code;
}

static int read_block(sqlite3 *db, const struct block *b)
{
    /* run, week, school, measures; the primary key's order, so that nothing is sorted */
    sqlite3_stmt *statement = db_prepare(
        db, "SELECT * FROM series WHERE run = ? AND week BETWEEN ? AND ? ORDER BY week, school");
    double *sum = malloc(2 * b->columns * sizeof *sum + 1);
    int code = statement && sum ? SQLITE_OK : SQLITE_NOMEM;
    for (size_t run = 0; run < b->runs && code == SQLITE_OK; run++)
        code = read_run(statement, b, run, sum, sum + b->columns);
    free(sum);
    sqlite3_finalize(statement);
    return code;
}

/* The numbers of a row after `n`, in the order of the table. */
#define NUMBERS 9
static void numbers_of(const struct stats *s, double out[NUMBERS])
{
    const double numbers[NUMBERS] = {s->mean, s->sd, s->q05, s->q25, s->median, s->q75, s->q95, s->mean_lo, s->mean_hi};
    for (int i = 0; i < NUMBERS; i++)
        out[i] = numbers[i];
}

static int write_row(sqlite3_stmt *insert, struct rows_text *text, const struct block *b, size_t week, size_t column,
                     const struct stats *s)
{
    double numbers[NUMBERS];
    const char *const measure = b->scenario->plan->model->columns[column].name;
    numbers_of(s, numbers);
    rows_text_field(text, b->scenario->scenario);
    rows_integer(text, 0);
    rows_integer(text, b->weeks[week]);
    rows_text_field(text, measure);
    rows_integer(text, (int64_t)s->n);
    sqlite3_bind_text(insert, 1, b->scenario->scenario, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 2, 0);
    sqlite3_bind_int64(insert, 3, b->weeks[week]);
    sqlite3_bind_text(insert, 4, measure, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 5, (int64_t)s->n);
    for (int i = 0; i < NUMBERS; i++) {
        rows_real(text, numbers[i]);
        db_bind_real(insert, i + 6, numbers[i]);
    }
    rows_end(text);
    const int code = db_step(insert);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int write_block(sqlite3_stmt *insert, const struct block *b, struct stats *stats, FILE *csv)
{
    const size_t rows = b->count * b->columns;
#pragma omp parallel for schedule(static) if (rows * b->runs > 10000)
    for (size_t i = 0; i < rows; i++)
        stats[i] = stats_of(b->values + i * b->runs, b->runs);
    struct rows_text text = {0};
    int code = SQLITE_OK;
    for (size_t i = 0; i < rows && code == SQLITE_OK; i++)
        code = write_row(insert, &text, b, b->first + i / b->columns, b->column + i % b->columns, &stats[i]);
    if (code == SQLITE_OK && text.failed)
        code = SQLITE_NOMEM;
    if (code == SQLITE_OK && fwrite(text.data, 1, text.size, csv) != text.size)
        code = SQLITE_FULL;
    free(text.data);
    return code;
}

static int write_header(FILE *csv)
{
    return fputs("scenario,point,week,measure,n,mean,sd,q05,q25,median,q75,q95,mean_lo,mean_hi\n", csv) < 0
               ? SQLITE_FULL
               : SQLITE_OK;
}

int summary_write(sqlite3 *db, const struct store_scenario *scenario, const int64_t *weeks, size_t week_count,
                  size_t room, FILE *csv)
{
    const size_t columns = scenario->plan->model->column_count;
    struct block b = {.scenario = scenario, .weeks = weeks};
    struct stats *stats = NULL;
    sqlite3_stmt *insert = NULL;
    int code = write_header(csv);
    if (code == SQLITE_OK)
        code = list_runs(db, &b);
    if (code != SQLITE_OK || b.runs == 0 || columns == 0)
        goto out;
    const size_t fitting = room / b.runs; /* weeks times columns */
    const size_t across = fitting < 1 ? 1 : fitting > columns ? columns : fitting;
    const size_t most = fitting / columns < 1 ? 1 : fitting / columns > week_count ? week_count : fitting / columns;
    insert = db_prepare(db, "INSERT INTO summary VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
    b.values = malloc(most * b.runs * across * sizeof *b.values);
    stats = malloc(most * across * sizeof *stats);
    code = insert && b.values && stats ? SQLITE_OK : SQLITE_NOMEM;
    for (; b.first < week_count && code == SQLITE_OK; b.first += b.count)
        for (b.column = 0; b.column < columns && code == SQLITE_OK; b.column += across) {
            b.count = b.first + most > week_count ? week_count - b.first : most;
            b.columns = b.column + across > columns ? columns - b.column : across;
            code = read_block(db, &b);
            if (code == SQLITE_OK)
                code = write_block(insert, &b, stats, csv);
        }
out:
    sqlite3_finalize(insert);
    free(stats);
    free(b.values);
    free(b.numbers);
    return code;
}
