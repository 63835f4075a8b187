#include "db.h"
#include "sweep_parts.h"

#include <stdlib.h>
#include <string.h>

static bool is_word(const struct design_axis *axis)
{
    return axis->row->kind == PARAM_CHOICE || axis->row->kind == PARAM_TEXT;
}

static int create(sqlite3 *db, const struct design *design)
{
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendall(sql, "CREATE TABLE axis(position INTEGER PRIMARY KEY, key TEXT, kind TEXT, unit TEXT,"
                               " log INTEGER, meaning TEXT);"
                               "CREATE TABLE point(point INTEGER PRIMARY KEY");
    for (size_t a = 0; a < design->axis_count; a++) {
        const struct design_axis *axis = &design->axes[a];
        sqlite3_str_appendf(sql, ", \"%w\" %s", axis->key,
                            is_word(axis)                   ? "TEXT"
                            : axis->row->kind == PARAM_REAL ? "REAL"
                                                            : "INTEGER");
    }
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    const int code = text ? db_exec(db, text) : SQLITE_NOMEM;
    sqlite3_free(text);
    return code;
}

static int add_axes(sqlite3 *db, const struct design *design)
{
    sqlite3_stmt *insert = db_prepare(db, "INSERT INTO axis VALUES(?,?,?,?,?,?)");
    int code = insert ? SQLITE_DONE : SQLITE_NOMEM;
    for (size_t a = 0; a < design->axis_count && code == SQLITE_DONE; a++) {
        const struct design_axis *axis = &design->axes[a];
        sqlite3_bind_int64(insert, 1, (int64_t)a + 1);
        sqlite3_bind_text(insert, 2, axis->key, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, param_kind_name(axis->row->kind), -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 4, axis->row->unit, -1, SQLITE_STATIC);
        sqlite3_bind_int(insert, 5, axis->log);
        sqlite3_bind_text(insert, 6, axis->row->meaning, -1, SQLITE_STATIC);
        code = db_step(insert);
    }
    sqlite3_finalize(insert);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static void bind_value(sqlite3_stmt *insert, const struct design *design, int64_t point, size_t a)
{
    char text[PARAM_TEXT_SIZE];
    const struct design_axis *axis = &design->axes[a];
    if (is_word(axis)) {
        design_format(design, point, a, text, sizeof text);
        sqlite3_bind_text(insert, (int)a + 2, text, -1, SQLITE_TRANSIENT);
    } else if (axis->row->kind == PARAM_REAL) {
        sqlite3_bind_double(insert, (int)a + 2, design_value(design, point, a));
    } else {
        sqlite3_bind_int64(insert, (int)a + 2, (int64_t)design_value(design, point, a));
    }
}

static int add_points(sqlite3 *db, const struct design *design)
{
    sqlite3_str *marks = sqlite3_str_new(db);
    sqlite3_str_appendall(marks, "INSERT INTO point VALUES(?");
    for (size_t a = 0; a < design->axis_count; a++)
        sqlite3_str_appendall(marks, ",?");
    sqlite3_str_appendall(marks, ")");
    char *text = sqlite3_str_finish(marks);
    sqlite3_stmt *insert = text ? db_prepare(db, "%s", text) : NULL;
    int code = insert ? SQLITE_DONE : SQLITE_NOMEM;
    for (int64_t point = 0; point < design->points && code == SQLITE_DONE; point++) {
        sqlite3_bind_int64(insert, 1, point + 1);
        for (size_t a = 0; a < design->axis_count; a++)
            bind_value(insert, design, point, a);
        code = db_step(insert);
    }
    sqlite3_finalize(insert);
    sqlite3_free(text);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

int sweep_table_create(sqlite3 *db, const struct design *design)
{
    int code = create(db, design);
    if (code == SQLITE_OK)
        code = add_axes(db, design);
    return code == SQLITE_OK ? add_points(db, design) : code;
}
