#include "swept.h"

#include "db.h"
#include "folder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct picking {
    sqlite3 *db;
    const char *path;
    struct store_swept *points;
    int weeks_per_year;
    struct faults *faults;
};

void store_swept_free(struct store_swept *points)
{
    for (size_t a = 0; points->axes && a < points->axis_count; a++) {
        struct store_axis *axis = &points->axes[a];
        for (size_t i = 0; axis->labels && i < axis->level_count; i++)
            free(axis->labels[i]);
        free(axis->labels);
        free(axis->levels);
        free(axis->key);
        free(axis->unit);
    }
    free(points->axes);
    free(points->at);
    free(points->values);
    *points = (struct store_swept){0};
}

static int64_t number_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *select = db_prepare(db, "%s", sql);
    const int64_t value = select && sqlite3_step(select) == SQLITE_ROW ? sqlite3_column_int64(select, 0) : -1;
    sqlite3_finalize(select);
    return value;
}

static enum status damaged(const struct picking *p, const char *what)
{
    return fault_add(p->faults, STATUS_BAD_INPUT, p->path, 0, "its table of %s cannot be read: %s", what,
                     sqlite3_errmsg(p->db));
}

static enum status no_memory(const struct picking *p)
{
    return fault_add(p->faults, STATUS_FAILED, NULL, 0, "not enough memory for the points of %s", p->path);
}

bool store_is_sweep(const char *out_dir)
{
    sqlite3 *db;
    char *path;
    const bool found = db_open_folder(out_dir, &path, &db, NULL) == STATUS_OK &&
                       number_of(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'axis'") > 0;
    sqlite3_close(db);
    free(path);
    return found;
}

char *store_swept_setting(const char *out_dir, const char *section, const char *key)
{
    sqlite3 *db;
    char *path, *value = NULL;
    sqlite3_stmt *select = db_open_folder(out_dir, &path, &db, NULL) == STATUS_OK
                               ? db_prepare(db, "SELECT value FROM param WHERE section = %Q AND key = %Q", section, key)
                               : NULL;
    if (select && sqlite3_step(select) == SQLITE_ROW)
        value = db_text(select, 0);
    sqlite3_finalize(select);
    sqlite3_close(db);
    free(path);
    return value;
}

/* ---- axes and their levels ---- */

static enum status read_axes(const struct picking *p)
{
    struct store_swept *points = p->points;
    const int64_t count = number_of(p->db, "SELECT count(*) FROM axis");
    if (count < 1)
        return fault_add(p->faults, STATUS_BAD_INPUT, p->path, 0, "holds no sweep");
    points->axes = calloc((size_t)count, sizeof *points->axes);
    sqlite3_stmt *select = db_prepare(p->db, "SELECT key, unit, log, kind FROM axis ORDER BY position");
    int code = SQLITE_ERROR;
    while (points->axes && select && (code = sqlite3_step(select)) == SQLITE_ROW) {
        struct store_axis *axis = &points->axes[points->axis_count++];
        const char *kind = (const char *)sqlite3_column_text(select, 3);
        axis->words = kind && (strcmp(kind, "choice") == 0 || strcmp(kind, "text") == 0);
        axis->log = sqlite3_column_int(select, 2) != 0;
        axis->key = db_text(select, 0);
        axis->unit = db_text(select, 1);
        if (!axis->key || !axis->unit)
            break;
    }
    sqlite3_finalize(select);
    return code == SQLITE_DONE ? STATUS_OK : points->axes ? damaged(p, "axes") : no_memory(p);
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Digits that tell every level from the one before it, as few as that takes; an exponent only where six need one. */
static int digits_of(const struct store_axis *axis)
{
    char text[2][32];
    int digits = 3;
    for (size_t i = 0; i < axis->level_count && digits < 6; i++) {
        bool told;
        do {
            snprintf(text[i % 2], sizeof text[0], "%.*g", digits, axis->levels[i]);
            if (i > 0)
                snprintf(text[(i + 1) % 2], sizeof text[0], "%.*g", digits, axis->levels[i - 1]);
            told = !strchr(text[i % 2], 'e') && (i == 0 || strcmp(text[0], text[1]) != 0);
        } while (!told && ++digits < 6);
    }
    return digits;
}

static char *label_of(const struct picking *p, const struct store_axis *axis, int digits, double value)
{
    char text[64];
    /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): read_axes() has read a unit for each */
    const bool weeks = strcmp(axis->unit, "weeks") == 0;
    if (weeks && value < 0)
        return strdup("never");
    if (weeks && value > 0 && fmod(value, p->weeks_per_year) == 0)
        snprintf(text, sizeof text, "%gy", value / p->weeks_per_year);
    else if (weeks)
        snprintf(text, sizeof text, "%gw", value);
    else
        snprintf(text, sizeof text, "%.*g", digits, value);
    return strdup(text);
}

/* Distinct values of an axis; sorted when they are numbers. */
static enum status read_levels(const struct picking *p, struct store_axis *axis)
{
    sqlite3_stmt *select = axis->words
                               ? db_prepare(p->db, "SELECT \"%w\" FROM point GROUP BY 1 ORDER BY min(point)", axis->key)
                               : db_prepare(p->db, "SELECT DISTINCT \"%w\" FROM point", axis->key);
    size_t room = 0;
    int code = SQLITE_ERROR;
    while (select && (code = sqlite3_step(select)) == SQLITE_ROW) {
        if (axis->level_count == room) {
            room = 2 * room + 16;
            double *levels = realloc(axis->levels, room * sizeof *levels);
            char **labels = realloc(axis->labels, room * sizeof *labels);
            axis->levels = levels ? levels : axis->levels;
            axis->labels = labels ? labels : axis->labels;
            if (!levels || !labels)
                break;
        }
        axis->labels[axis->level_count] = axis->words ? db_text(select, 0) : NULL;
        axis->levels[axis->level_count] = axis->words ? (double)axis->level_count : sqlite3_column_double(select, 0);
        axis->level_count++;
    }
    sqlite3_finalize(select);
    if (code != SQLITE_DONE)
        return code == SQLITE_ROW ? no_memory(p) : damaged(p, "points");
    if (axis->words || axis->level_count == 0)
        return STATUS_OK;
    qsort(axis->levels, axis->level_count, sizeof *axis->levels, by_value);
    const int digits = digits_of(axis);
    for (size_t i = 0; i < axis->level_count; i++)
        if (!(axis->labels[i] = label_of(p, axis, digits, axis->levels[i])))
            return no_memory(p);
    return STATUS_OK;
}

static size_t level_of(const struct store_axis *axis, sqlite3_stmt *select, int column)
{
    if (axis->words) {
        const char *text = (const char *)sqlite3_column_text(select, column);
        for (size_t i = 0; i < axis->level_count; i++)
            if (strcmp(axis->labels[i], text ? text : "") == 0)
                return i;
        return 0;
    }
    const double value = sqlite3_column_double(select, column);
    const double *found = bsearch(&value, axis->levels, axis->level_count, sizeof value, by_value);
    return found ? (size_t)(found - axis->levels) : 0;
}

static enum status read_points(const struct picking *p)
{
    struct store_swept *points = p->points;
    const int64_t count = number_of(p->db, "SELECT count(*) FROM point");
    if (count < 1)
        return damaged(p, "points");
    if (count > STORE_SWEPT_MAX)
        return fault_add(p->faults, STATUS_BAD_INPUT, p->path, 0, "holds %lld points; a picture shows at most %d",
                         (long long)count, STORE_SWEPT_MAX);
    points->count = (size_t)count;
    points->at = calloc(points->count * points->axis_count, sizeof *points->at);
    points->values = calloc(points->count * points->column_count + 1, sizeof *points->values);
    if (!points->at || !points->values)
        return no_memory(p);
    for (size_t i = 0; i < points->count * points->column_count; i++)
        points->values[i].mean = points->values[i].median = (double)NAN;
    /* point, then the axes by position */
    sqlite3_stmt *select = db_prepare(p->db, "SELECT * FROM point ORDER BY point");
    int code = SQLITE_ERROR;
    for (size_t i = 0; select && i < points->count && (code = sqlite3_step(select)) == SQLITE_ROW; i++)
        for (size_t a = 0; a < points->axis_count; a++)
            points->at[i * points->axis_count + a] = level_of(&points->axes[a], select, (int)a + 1);
    sqlite3_finalize(select);
    return code == SQLITE_ROW ? STATUS_OK : damaged(p, "points");
}

/* ---- measures ---- */

static enum status read_column(const struct picking *p, const char *name, size_t column)
{
    struct store_swept *points = p->points;
    sqlite3_stmt *select = db_prepare(p->db,
                                      "SELECT point, n, mean, sd, mean_lo, mean_hi, q05, q25, median, q75, q95 FROM "
                                      "summary WHERE measure = %Q AND week = %lld",
                                      name, (long long)points->week);
    int code = SQLITE_ERROR;
    while (select && (code = sqlite3_step(select)) == SQLITE_ROW) {
        const int64_t point = sqlite3_column_int64(select, 0);
        if (point >= 1 && point <= (int64_t)points->count)
            points->values[(size_t)(point - 1) * points->column_count + column] = (struct stats){
                .n = (size_t)sqlite3_column_int64(select, 1),
                .mean = db_real(select, 2),
                .sd = db_real(select, 3),
                .mean_lo = db_real(select, 4),
                .mean_hi = db_real(select, 5),
                .q05 = db_real(select, 6),
                .q25 = db_real(select, 7),
                .median = db_real(select, 8),
                .q75 = db_real(select, 9),
                .q95 = db_real(select, 10),
            };
    }
    sqlite3_finalize(select);
    return code == SQLITE_DONE ? STATUS_OK : damaged(p, "the summary");
}

static enum status read_all(const struct picking *p, const char *const *columns)
{
    struct store_swept *points = p->points;
    enum status status = read_axes(p);
    for (size_t a = 0; a < points->axis_count && status == STATUS_OK; a++)
        status = read_levels(p, &points->axes[a]);
    if (status == STATUS_OK)
        status = read_points(p);
    if (status != STATUS_OK)
        return status;
    points->week = number_of(p->db, "SELECT max(week) FROM summary");
    points->replicates = (size_t)number_of(p->db, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'replicates'");
    if (number_of(p->db, "SELECT count(*) FROM summary") < 1)
        return fault_add(p->faults, STATUS_BAD_INPUT, p->path, 0,
                         "holds no summary: the sweep was stopped hard; `ebb sweep … --resume` finishes it");
    for (size_t c = 0; c < points->column_count && status == STATUS_OK; c++)
        status = columns[c] ? read_column(p, columns[c], c) : STATUS_OK;
    return status;
}

enum status store_swept_read(const char *out_dir, const char *const *columns, size_t column_count, int weeks_per_year,
                             struct store_swept *points, struct faults *faults)
{
    *points = (struct store_swept){.column_count = column_count};
    struct picking p = {.points = points, .weeks_per_year = weeks_per_year, .faults = faults};
    char *path;
    enum status status = db_open_folder(out_dir, &path, &p.db, faults);
    p.path = path;
    if (status == STATUS_OK)
        status = read_all(&p, columns);
    sqlite3_close(p.db);
    free(path);
    if (status != STATUS_OK)
        store_swept_free(points);
    return status;
}
