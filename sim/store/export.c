#include "export.h"

#include "db.h"
#include "dictionary.h"
#include "folder.h"
#include "read.h"
#include "rows.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FLUSH_BYTES (1 << 18)

const char *const export_tables[] = {"runs",    "series",  "summary", "nodes", "ties",
                                     "lineage", "columns", "points",  NULL};

struct table_query {
    const char *what;
    const char *keys;  /* columns before the measures */
    const char *from;  /* table and order */
    const char *named; /* whose names follow: "column", "node", "tie" or "" */
};

static const struct table_query queries[] = {
    {"runs",
     "run, scenario, point, replicate, seed, status, CASE message WHEN '' THEN NULL ELSE message END AS message",
     "run ORDER BY run", ""},
    {"series", "run, week, school", "series ORDER BY run, week, school", "column"},
    {"summary", "scenario, point, week, measure, n, mean, sd, q05, q25, median, q75, q95, mean_lo, mean_hi",
     "summary ORDER BY rowid", ""},
    {"nodes", "run, week, school, id", "node ORDER BY run, week, school, position", "node"},
    {"ties", "run, week, school, \"from\", \"to\"", "tie ORDER BY run, week, school, position", "tie"},
    {"lineage",
     "run, school, number, innovation, layer, week, until, ended, id, person, unit, kind, source, source_person, "
     "source_unit, parent",
     "adoption ORDER BY run, school, number", ""},
    {"points", "*", "point ORDER BY point", ""},
};

static const struct table_query *query_of(const char *what)
{
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        if (strcmp(queries[i].what, what) == 0)
            return &queries[i];
    return NULL;
}

/* The parts of a model that describe tables, as the result keeps them. */
static struct model described(const struct store_result *s)
{
    return (struct model){
        .columns = s->columns,
        .column_count = s->column_count,
        .node_attributes = s->node_attributes,
        .node_attribute_count = s->node_attribute_count,
        .tie_attributes = s->tie_attributes,
        .tie_attribute_count = s->tie_attribute_count,
    };
}

static sqlite3_stmt *select_rows(sqlite3 *db, const struct table_query *query, const struct store_result *s)
{
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendf(sql, "SELECT %s", query->keys);
    for (size_t i = 0; strcmp(query->named, "column") == 0 && i < s->column_count; i++)
        sqlite3_str_appendf(sql, ", \"%w\"", s->columns[i].name);
    for (size_t i = 0; strcmp(query->named, "node") == 0 && i < s->node_attribute_count; i++)
        sqlite3_str_appendf(sql, ", \"%w\"", s->node_attributes[i].name);
    for (size_t i = 0; strcmp(query->named, "tie") == 0 && i < s->tie_attribute_count; i++)
        sqlite3_str_appendf(sql, ", \"%w\"", s->tie_attributes[i].name);
    sqlite3_str_appendf(sql, " FROM %s", query->from);
    char *text = sqlite3_str_finish(sql);
    sqlite3_stmt *statement = text ? db_prepare(db, "%s", text) : NULL;
    sqlite3_free(text);
    return statement;
}

static void add_row(struct rows_text *text, sqlite3_stmt *statement, int columns)
{
    for (int c = 0; c < columns; c++)
        switch (sqlite3_column_type(statement, c)) {
        case SQLITE_INTEGER:
            rows_integer(text, sqlite3_column_int64(statement, c));
            break;
        case SQLITE_FLOAT:
            rows_real(text, sqlite3_column_double(statement, c));
            break;
        case SQLITE_NULL:
            rows_text_field(text, "NA");
            break;
        default:
            rows_text_field(text, (const char *)sqlite3_column_text(statement, c));
            break;
        }
    rows_end(text);
}

static enum status flush(struct rows_text *text, FILE *out, struct faults *faults)
{
    if (text->failed)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for rows of a table");
    if (text->size && fwrite(text->data, 1, text->size, out) != text->size)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "the table cannot be written: %s", strerror(errno));
    text->size = 0;
    return STATUS_OK;
}

static enum status write_rows(sqlite3 *db, const char *path, sqlite3_stmt *statement, FILE *out, struct faults *faults)
{
    struct rows_text text = {0};
    enum status status = STATUS_OK;
    int code = SQLITE_ERROR;
    const int columns = statement ? sqlite3_column_count(statement) : 0;
    for (int c = 0; c < columns; c++)
        rows_text_field(&text, sqlite3_column_name(statement, c));
    rows_end(&text);
    while (statement && status == STATUS_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        add_row(&text, statement, columns);
        if (text.size > FLUSH_BYTES)
            status = flush(&text, out, faults);
    }
    if (status == STATUS_OK && code != SQLITE_DONE) {
        (void)db_fault(db, path, "is damaged", faults);
        status = STATUS_BAD_INPUT;
    }
    if (status == STATUS_OK)
        status = flush(&text, out, faults);
    free(text.data);
    return status;
}

static enum status write_table(const char *out_dir, const struct table_query *query, const struct store_result *s,
                               FILE *out, struct faults *faults)
{
    sqlite3 *db;
    char *path;
    enum status status = db_open_folder(out_dir, &path, &db, faults);
    sqlite3_stmt *statement = status == STATUS_OK ? select_rows(db, query, s) : NULL;
    if (status == STATUS_OK && !statement && strcmp(query->what, "points") == 0) {
        status = fault_add(faults, STATUS_BAD_INPUT, path, 0, "has no points: it is no result of `ebb sweep`");
    } else if (status == STATUS_OK) {
        status = write_rows(db, path, statement, out, faults);
        sqlite3_finalize(statement);
    }
    sqlite3_close(db);
    free(path);
    return status;
}

/* The columns of points.csv, where the result is a sweep's. */
static enum status add_points(const char *out_dir, struct rows_text *text, struct faults *faults)
{
    sqlite3 *db;
    char *path;
    const enum status status = db_open_folder(out_dir, &path, &db, faults);
    sqlite3_stmt *select =
        status == STATUS_OK
            ? db_prepare(db,
                         "SELECT a.key, lower(i.type), a.unit, a.meaning FROM axis a JOIN pragma_table_info('point') i "
                         "ON i.name = a.key ORDER BY a.position")
            : NULL; /* none: not a sweep */
    if (select)
        dictionary_add_point(text, "point", "integer", "", "counted from 1, as in runs.csv and summary.csv");
    while (select && sqlite3_step(select) == SQLITE_ROW)
        dictionary_add_point(text, (const char *)sqlite3_column_text(select, 0),
                             (const char *)sqlite3_column_text(select, 1), (const char *)sqlite3_column_text(select, 2),
                             (const char *)sqlite3_column_text(select, 3));
    sqlite3_finalize(select);
    sqlite3_close(db);
    free(path);
    return status;
}

enum status store_export(const char *out_dir, const char *what, FILE *out, struct faults *faults)
{
    struct store_result result;
    enum status status = store_read(out_dir, &(struct store_wanted){.no_values = true}, &result, faults);
    if (status != STATUS_OK)
        return status;
    const struct table_query *query = query_of(what);
    if (query) {
        status = write_table(out_dir, query, &result, out, faults);
    } else {
        struct rows_text text = {0};
        const struct model model = described(&result);
        dictionary_write(&text, &model);
        status = add_points(out_dir, &text, faults);
        if (status == STATUS_OK)
            status = flush(&text, out, faults);
        free(text.data);
    }
    store_result_free(&result);
    return status;
}
