#include "../leaf/text.h"
#include "db.h"
#include "dictionary.h"
#include "read_part.h"

#include <stdlib.h>
#include <string.h>

static char *meta(const struct reading *r, const char *key)
{
    sqlite3_stmt *statement = db_prepare(r->db, "SELECT value FROM meta WHERE key = %Q", key);
    char *text = statement && sqlite3_step(statement) == SQLITE_ROW ? db_text(statement, 0) : NULL;
    sqlite3_finalize(statement);
    return text;
}

static int64_t meta_integer(const struct reading *r, const char *key)
{
    char *text = meta(r, key);
    const int64_t value = text ? strtoll(text, NULL, 10) : -1;
    free(text);
    return value;
}

static enum status read_meta(const struct reading *r)
{
    struct store_result *s = r->result;
    char *seed = meta(r, "seed");
    s->scenario = meta(r, "scenario");
    s->title = meta(r, "title");
    s->model = meta(r, "model");
    s->version = meta(r, "version");
    s->commit = meta(r, "commit");
    s->command = meta(r, "command");
    s->level = meta(r, "level");
    s->sets = meta(r, "sets");
    s->networks = meta(r, "networks");
    s->innovations = meta(r, "innovations");
    s->weeks_per_year = (int)meta_integer(r, "weeks_per_year");
    s->length = meta_integer(r, "weeks");
    s->seed = seed ? strtoull(seed, NULL, 10) : 0;
    const bool whole = seed && s->scenario && s->title && s->model && s->version && s->commit && s->command;
    free(seed);
    if (!whole || s->weeks_per_year < 1 || s->length < 0)
        return read_damaged(r, "meta");
    if (*s->title)
        return STATUS_OK;
    free(s->title);
    s->title = strdup(s->scenario);
    return s->title ? STATUS_OK : read_no_memory(r);
}

/* Prepares the statement and makes room for the rows of a table. NULL when either fails. */
static sqlite3_stmt *list_table(const struct reading *r, const char *table, const char *sql, size_t size, void *list,
                                int64_t *rows)
{
    sqlite3_stmt *counted = db_prepare(r->db, "SELECT count(*) FROM %s", table);
    *rows = counted && sqlite3_step(counted) == SQLITE_ROW ? sqlite3_column_int64(counted, 0) : -1;
    sqlite3_finalize(counted);
    void *room = *rows >= 0 ? calloc((size_t)*rows + 1, size) : NULL;
    memcpy(list, &room, sizeof room); /* whatever pointer it is */
    return room ? db_prepare(r->db, "%s", sql) : NULL;
}

static void free_column(struct column *c)
{
    free((char *)c->name);
    free((char *)c->unit);
    free((char *)c->meaning);
    free((char *)c->of);
}

static enum status read_columns(const struct reading *r)
{
    struct store_result *s = r->result;
    int64_t rows;
    int code = SQLITE_ERROR;
    sqlite3_stmt *statement = list_table(
        r, "\"column\"", "SELECT name, unit, kind, of, meaning, lo, hi FROM \"column\" ORDER BY position",
        sizeof *s->columns, &s->columns, &rows);
    while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW && s->column_count < (size_t)rows) {
        char *kind = db_text(statement, 2);
        struct column *c = &s->columns[s->column_count++];
        *c = (struct column){.name = db_text(statement, 0),
                             .unit = db_text(statement, 1),
                             .kind = kind ? dictionary_kind_of(kind) : COLUMN_STATE,
                             .of = db_text(statement, 3),
                             .meaning = db_text(statement, 4),
                             .lo = db_real(statement, 5),
                             .hi = db_real(statement, 6)};
        free(kind);
        if (!c->name || !c->unit || !c->of || !c->meaning)
            break;
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? STATUS_OK : read_damaged(r, "column");
}

static enum status read_attributes(const struct reading *r, const char *belongs, struct attribute **list, size_t *n)
{
    int64_t rows;
    int code = SQLITE_ERROR;
    sqlite3_stmt *statement = list_table(
        r, "attribute", "SELECT name, unit, labels, meaning FROM attribute WHERE belongs = ? ORDER BY position",
        sizeof **list, list, &rows);
    if (statement)
        sqlite3_bind_text(statement, 1, belongs, -1, SQLITE_STATIC);
    while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW && *n < (size_t)rows) {
        struct attribute *a = &(*list)[(*n)++];
        *a = (struct attribute){.name = db_text(statement, 0),
                                .unit = db_text(statement, 1),
                                .labels = db_text(statement, 2),
                                .meaning = db_text(statement, 3)};
        if (!a->name || !a->unit || !a->labels || !a->meaning)
            break;
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? STATUS_OK : read_damaged(r, "attribute");
}

static enum status read_events(const struct reading *r)
{
    struct store_result *s = r->result;
    int64_t rows;
    int code = SQLITE_ERROR;
    sqlite3_stmt *statement = list_table(r, "event",
                                         "SELECT name, kind, start, \"end\", ramp, cost FROM event ORDER BY position",
                                         sizeof *s->events, &s->events, &rows);
    while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW && s->event_count < (size_t)rows) {
        struct event *e = &s->events[s->event_count++];
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        const int kind = sqlite3_column_int(statement, 1);
        snprintf(e->name, sizeof e->name, "%s", name ? name : "");
        e->kind = kind == EVENT_SHOCK ? EVENT_SHOCK : kind == EVENT_INITIATIVE ? EVENT_INITIATIVE : EVENT_STRATEGY;
        e->start = sqlite3_column_int64(statement, 2);
        e->end = sqlite3_column_int64(statement, 3);
        e->ramp = sqlite3_column_int64(statement, 4);
        e->cost = db_real(statement, 5);
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE ? STATUS_OK : read_damaged(r, "event");
}

/* Whether each column is in the list; each of its names must be one. The list is cut up. */
static enum status mark_columns(const struct reading *r, char *list, bool *chosen)
{
    const struct store_result *s = r->result;
    enum status status = STATUS_OK;
    char *rest = NULL;
    for (char *name = strtok_r(list, ", ", &rest); name; name = strtok_r(NULL, ", ", &rest)) {
        struct text_near near = {.word = name};
        char quoted[TEXT_QUOTED];
        size_t c = 0;
        while (c < s->column_count && strcmp(s->columns[c].name, name) != 0)
            text_near_try(&near, s->columns[c++].name);
        if (c < s->column_count)
            chosen[c] = true;
        else
            status = fault_add(r->faults, STATUS_USAGE, r->path, 0, "has no column %s%s%s%s", text_quote(name, quoted),
                               near.best ? "; did you mean " : "", near.best ? near.best : "", near.best ? "?" : "");
    }
    return status;
}

/* Keeps the columns of the list, in the result's order. */
static enum status choose_columns(const struct reading *r, const char *list)
{
    struct store_result *s = r->result;
    bool *chosen = calloc(s->column_count + 1, sizeof *chosen);
    char *copy = strdup(list);
    const enum status status = chosen && copy ? mark_columns(r, copy, chosen) : read_no_memory(r);
    size_t kept = 0;
    for (size_t c = 0; status == STATUS_OK && chosen && c < s->column_count; c++) {
        if (chosen[c])
            s->columns[kept++] = s->columns[c];
        else
            free_column(&s->columns[c]);
    }
    s->column_count = status == STATUS_OK ? kept : s->column_count;
    free(copy);
    free(chosen);
    return status;
}

enum status read_tables(const struct reading *r, const char *columns)
{
    struct store_result *s = r->result;
    enum status status = read_meta(r);
    if (status == STATUS_OK)
        status = read_columns(r);
    if (status == STATUS_OK)
        status = read_attributes(r, "node", &s->node_attributes, &s->node_attribute_count);
    if (status == STATUS_OK)
        status = read_attributes(r, "tie", &s->tie_attributes, &s->tie_attribute_count);
    if (status == STATUS_OK)
        status = read_events(r);
    return status == STATUS_OK && columns ? choose_columns(r, columns) : status;
}

static void free_attributes(struct attribute *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free((char *)list[i].name);
        free((char *)list[i].unit);
        free((char *)list[i].labels);
        free((char *)list[i].meaning);
    }
    free(list);
}

void store_result_free(struct store_result *s)
{
    char *const texts[] = {s->scenario, s->title, s->model, s->version,  s->commit,
                           s->command,  s->level, s->sets,  s->networks, s->innovations};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        free(texts[i]);
    for (size_t i = 0; i < s->column_count; i++)
        free_column(&s->columns[i]);
    for (size_t i = 0; i < s->graph_count; i++)
        igraph_destroy(&s->graphs[i].graph);
    free_attributes(s->node_attributes, s->node_attribute_count);
    free_attributes(s->tie_attributes, s->tie_attribute_count);
    free(s->columns);
    free(s->weeks);
    free(s->paths);
    free(s->values);
    free(s->events);
    free(s->graphs);
    *s = (struct store_result){0};
}
