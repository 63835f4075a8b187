#include "read.h"

#include "db.h"
#include "folder.h"
#include "read_part.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum status read_damaged(const struct reading *r, const char *table)
{
    const int code = sqlite3_errcode(r->db);
    const bool told = code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE;
    return fault_add(r->faults, STATUS_BAD_INPUT, r->path, 0, "is damaged: table %s %s%s", table,
                     told ? "cannot be read: " : "does not hold what it should", told ? sqlite3_errmsg(r->db) : "");
}

enum status read_no_memory(const struct reading *r)
{
    return fault_add(r->faults, STATUS_FAILED, r->path, 0, "there is not enough memory to load it");
}

/* The integers that a query returns, in a list of the caller's. */
static enum status read_integers(const struct reading *r, sqlite3_stmt *statement, int64_t **list, size_t *n,
                                 const char *table)
{
    size_t room = 64, count = 0;
    int64_t *all = malloc(room * sizeof *all);
    int code = statement && all ? SQLITE_ROW : SQLITE_ERROR;
    while (code == SQLITE_ROW && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (count == room) {
            room *= 2;
            int64_t *more = realloc(all, room * sizeof *all);
            if (!more)
                break;
            all = more;
        }
        all[count++] = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    *list = all;
    *n = count;
    if (code == SQLITE_DONE)
        return STATUS_OK;
    return code == SQLITE_ROW || !all ? read_no_memory(r) : read_damaged(r, table);
}

/* Weeks and schools are the same in every run: the first one tells. */
static enum status read_paths(const struct reading *r, const struct store_wanted *wanted)
{
    struct store_result *s = r->result;
    int64_t *runs = NULL, *schools = NULL;
    const int64_t first = wanted->runs ? wanted->first_run : 1;
    const int64_t last = wanted->runs ? wanted->first_run + wanted->runs - 1 : INT64_MAX;
    enum status status = read_integers(
        r,
        db_prepare(r->db, "SELECT run FROM run WHERE status = 'done' AND run BETWEEN %lld AND %lld ORDER BY run",
                   (long long)first, (long long)last),
        &runs, &s->run_count, "run");
    const int64_t one = s->run_count ? runs[0] : 0;
    if (status == STATUS_OK)
        status = read_integers(
            r, db_prepare(r->db, "SELECT DISTINCT week FROM series WHERE run = %lld ORDER BY week", (long long)one),
            &s->weeks, &s->week_count, "series");
    if (status == STATUS_OK)
        status = read_integers(r,
                               db_prepare(r->db,
                                          "SELECT school FROM series WHERE run = %lld AND week = 0 ORDER BY school",
                                          (long long)one),
                               &schools, &s->school_count, "series");
    if (status == STATUS_OK) {
        s->paths = calloc(s->run_count * s->school_count + 1, sizeof *s->paths);
        for (size_t i = 0; s->paths && i < s->run_count * s->school_count; i++)
            s->paths[s->path_count++] = (struct store_path){.run = runs[i / s->school_count],
                                                            .school = schools[i % s->school_count]};
        status = s->paths ? STATUS_OK : read_no_memory(r);
    }
    free(runs);
    free(schools);
    return status;
}

static sqlite3_stmt *select_series(const struct reading *r)
{
    sqlite3_str *sql = sqlite3_str_new(r->db);
    sqlite3_str_appendall(sql, "SELECT week, school");
    for (size_t c = 0; c < r->result->column_count; c++)
        sqlite3_str_appendf(sql, ", \"%w\"", r->result->columns[c].name);
    sqlite3_str_appendall(sql, " FROM series WHERE run = ? ORDER BY week, school");
    char *text = sqlite3_str_finish(sql);
    sqlite3_stmt *statement = text ? db_prepare(r->db, "%s", text) : NULL;
    sqlite3_free(text);
    return statement;
}

/* One run's rows, which must be every school in every week. */
static int read_run(const struct reading *r, sqlite3_stmt *statement, size_t first_path)
{
    struct store_result *s = r->result;
    sqlite3_bind_int64(statement, 1, s->paths[first_path].run);
    for (size_t w = 0; w < s->week_count; w++)
        for (size_t school = 0; school < s->school_count; school++) {
            const int code = sqlite3_step(statement);
            if (code != SQLITE_ROW)
                return code == SQLITE_DONE ? SQLITE_CORRUPT : code;
            if (sqlite3_column_int64(statement, 0) != s->weeks[w] ||
                sqlite3_column_int64(statement, 1) != s->paths[first_path + school].school)
                return SQLITE_CORRUPT;
            double *row = s->values + ((first_path + school) * s->week_count + w) * s->column_count;
            for (size_t c = 0; c < s->column_count; c++)
                row[c] = db_real(statement, (int)c + 2);
        }
    const int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code;
}

static enum status read_values(const struct reading *r)
{
    struct store_result *s = r->result;
    const double size = (double)s->path_count * (double)s->week_count * (double)s->column_count * sizeof *s->values;
    s->values = size < 1e15 ? malloc((size_t)size + 1) : NULL;
    if (!s->values)
        return fault_add(r->faults, STATUS_FAILED, r->path, 0,
                         "needs %.1f GB of memory to load; choose fewer columns or runs", size / 1e9);
    sqlite3_stmt *statement = select_series(r);
    int code = statement ? SQLITE_DONE : SQLITE_ERROR;
    for (size_t run = 0; run < s->run_count && code == SQLITE_DONE; run++)
        code = read_run(r, statement, run * s->school_count);
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? STATUS_OK : read_damaged(r, "series");
}

/* `ebb compare` keeps each scenario's result in a folder of its own. */
static bool is_comparison(const char *out_dir)
{
    struct stat info;
    char *path = folder_path(out_dir, "comparison.csv", "");
    const bool there = path && stat(path, &info) == 0;
    free(path);
    return there;
}

/* The path of the database, once it is clear that there is one. NULL: a fault says why not. */
static char *find(const char *out_dir, struct faults *faults)
{
    struct stat info;
    char *path = folder_path(out_dir, "results.db", "");
    if (!path)
        fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for a file name");
    else if (stat(out_dir, &info))
        fault_add(faults, STATUS_BAD_INPUT, out_dir, 0, "cannot be read: %s", strerror(errno));
    else if (!S_ISDIR(info.st_mode))
        fault_add(faults, STATUS_BAD_INPUT, out_dir, 0, "is no folder; name the one that `ebb run` made");
    else if (stat(path, &info) && errno == ENOENT)
        fault_add(faults, STATUS_BAD_INPUT, out_dir, 0,
                  is_comparison(out_dir) ? "holds a comparison: name the folder of one of its scenarios in there"
                                         : "holds no result of `ebb run` (no results.db)");
    else
        return path;
    free(path);
    return NULL;
}

enum status read_open(struct reading *r, const char *out_dir, struct faults *faults)
{
    *r = (struct reading){.faults = faults ? faults : &r->own};
    r->path = find(out_dir, r->faults);
    return r->path ? db_open_result(r->path, &r->db, r->faults) : r->faults->status;
}

void read_close(struct reading *r)
{
    sqlite3_close(r->db);
    free(r->path);
    faults_free(&r->own);
}

enum status store_read(const char *out_dir, const struct store_wanted *wanted, struct store_result *result,
                       struct faults *faults)
{
    static const struct store_wanted everything = {0};
    struct reading r;
    *result = (struct store_result){0};
    wanted = wanted ? wanted : &everything;
    enum status status = read_open(&r, out_dir, faults);
    r.result = result;
    if (status == STATUS_OK)
        status = read_tables(&r, wanted->columns);
    if (status == STATUS_OK)
        status = read_paths(&r, wanted);
    if (status == STATUS_OK && !wanted->no_values)
        status = read_values(&r);
    if (status == STATUS_OK && wanted->graphs)
        status = read_graphs(&r, wanted);
    if (status != STATUS_OK)
        store_result_free(result);
    read_close(&r);
    return status;
}
