#include "db.h"
#include "read_part.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

/* Which snapshot. */
struct place {
    int64_t run, week, school;
};

/* Rows of a snapshot as they are read: values row by row, then text or ends. */
struct table {
    size_t rows, room, columns;
    double *values; /* [row][column] */
    int64_t *from, *to;
    char **ids;
};

static void table_free(struct table *t)
{
    for (size_t i = 0; t->ids && i < t->rows; i++)
        free(t->ids[i]);
    free(t->ids);
    free(t->values);
    free(t->from);
    free(t->to);
}

static int grow(void **list, size_t room, size_t size)
{
    void *more = realloc(*list, room * size + 1);
    if (more)
        *list = more;
    return more ? 0 : -1;
}

/* Makes place for one more row. */
static int table_grow(struct table *t, bool named)
{
    if (t->rows < t->room)
        return 0;
    t->room = 2 * t->room + 64;
    if (grow((void **)&t->values, t->room * t->columns, sizeof *t->values))
        return -1;
    if (named)
        return grow((void **)&t->ids, t->room, sizeof *t->ids);
    return grow((void **)&t->from, t->room, sizeof *t->from) || grow((void **)&t->to, t->room, sizeof *t->to) ? -1 : 0;
}

static sqlite3_stmt *select_rows(const struct reading *r, const char *table, const char *keys,
                                 const struct attribute *attributes, size_t count, const struct place *place)
{
    sqlite3_str *sql = sqlite3_str_new(r->db);
    sqlite3_str_appendf(sql, "SELECT %s", keys);
    for (size_t i = 0; i < count; i++)
        sqlite3_str_appendf(sql, ", \"%w\"", attributes[i].name);
    sqlite3_str_appendf(sql, " FROM %s WHERE run = %lld AND week = %lld AND school = %lld ORDER BY position", table,
                        (long long)place->run, (long long)place->week, (long long)place->school);
    char *text = sqlite3_str_finish(sql);
    sqlite3_stmt *statement = text ? db_prepare(r->db, "%s", text) : NULL;
    sqlite3_free(text);
    return statement;
}

/* Returns SQLite's code; ids maps each node's id to its number + 1. */
static int read_nodes(const struct reading *r, const struct place *place, struct table *t, GHashTable *ids)
{
    const struct store_result *s = r->result;
    sqlite3_stmt *statement = select_rows(r, "node", "id", s->node_attributes, s->node_attribute_count, place);
    int code = SQLITE_ERROR;
    t->columns = s->node_attribute_count;
    while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (table_grow(t, true) || !(t->ids[t->rows] = db_text(statement, 0))) {
            code = SQLITE_NOMEM;
            break;
        }
        for (size_t c = 0; c < t->columns; c++)
            t->values[t->rows * t->columns + c] = db_real(statement, (int)c + 1);
        g_hash_table_insert(ids, t->ids[t->rows], GSIZE_TO_POINTER(t->rows + 1));
        t->rows++;
    }
    sqlite3_finalize(statement);
    return code;
}

static int64_t number_of(sqlite3_stmt *statement, int column, GHashTable *ids)
{
    const char *id = (const char *)sqlite3_column_text(statement, column);
    return id ? (int64_t)GPOINTER_TO_SIZE(g_hash_table_lookup(ids, id)) - 1 : -1;
}

static int read_ties(const struct reading *r, const struct place *place, struct table *t, GHashTable *ids)
{
    const struct store_result *s = r->result;
    sqlite3_stmt *statement = select_rows(r, "tie", "\"from\", \"to\"", s->tie_attributes, s->tie_attribute_count,
                                          place);
    int code = SQLITE_ERROR;
    t->columns = s->tie_attribute_count;
    while (statement && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (table_grow(t, false)) {
            code = SQLITE_NOMEM;
            break;
        }
        t->from[t->rows] = number_of(statement, 0, ids);
        t->to[t->rows] = number_of(statement, 1, ids);
        if (t->from[t->rows] < 0 || t->to[t->rows] < 0) {
            code = SQLITE_CORRUPT;
            break;
        }
        for (size_t c = 0; c < t->columns; c++)
            t->values[t->rows * t->columns + c] = db_real(statement, (int)c + 2);
        t->rows++;
    }
    sqlite3_finalize(statement);
    return code;
}

static igraph_error_t set_values(igraph_t *graph, const struct table *t, const struct attribute *attributes, bool nodes)
{
    igraph_vector_t values;
    igraph_error_t code = igraph_vector_init(&values, (igraph_integer_t)t->rows);
    if (code)
        return code;
    for (size_t c = 0; c < t->columns && !code; c++) {
        for (size_t i = 0; i < t->rows; i++)
            VECTOR(values)[i] = t->values[i * t->columns + c];
        code = nodes ? igraph_cattribute_VAN_setv(graph, attributes[c].name, &values)
                     : igraph_cattribute_EAN_setv(graph, attributes[c].name, &values);
    }
    igraph_vector_destroy(&values);
    return code;
}

static igraph_error_t build(const struct store_result *s, const struct table *nodes, const struct table *ties,
                            igraph_t *graph)
{
    igraph_vector_int_t ends;
    igraph_error_t code = igraph_vector_int_init(&ends, 2 * (igraph_integer_t)ties->rows);
    if (code)
        return code;
    for (size_t i = 0; i < ties->rows; i++) {
        VECTOR(ends)[2 * i] = (igraph_integer_t)ties->from[i];
        VECTOR(ends)[2 * i + 1] = (igraph_integer_t)ties->to[i];
    }
    code = igraph_create(graph, &ends, (igraph_integer_t)nodes->rows, IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
    if (code)
        return code;
    for (size_t v = 0; v < nodes->rows && !code; v++)
        code = igraph_cattribute_VAS_set(graph, GRAPH_ID, (igraph_integer_t)v, nodes->ids[v]);
    if (!code)
        code = set_values(graph, nodes, s->node_attributes, true);
    if (!code)
        code = set_values(graph, ties, s->tie_attributes, false);
    if (code)
        igraph_destroy(graph);
    return code;
}

static enum status read_graph(const struct reading *r, const struct place *place, struct store_graph *out)
{
    struct table nodes = {0}, ties = {0};
    GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal); /* its keys are the nodes' */
    enum status status = STATUS_OK;
    int code = read_nodes(r, place, &nodes, ids);
    if (code == SQLITE_DONE && g_hash_table_size(ids) != nodes.rows)
        code = SQLITE_CORRUPT; /* an id twice */
    if (code != SQLITE_DONE)
        status = code == SQLITE_NOMEM ? read_no_memory(r) : read_damaged(r, "node");
    else if ((code = read_ties(r, place, &ties, ids)) != SQLITE_DONE)
        status = code == SQLITE_NOMEM ? read_no_memory(r) : read_damaged(r, "tie");
    if (status == STATUS_OK) {
        *out = (struct store_graph){.run = place->run, .school = place->school, .week = place->week};
        const igraph_error_t error = build(r->result, &nodes, &ties, &out->graph);
        status = error ? graph_fault(r->faults, r->path, error) : STATUS_OK;
    }
    g_hash_table_destroy(ids);
    table_free(&nodes);
    table_free(&ties);
    return status;
}

enum status read_graphs(const struct reading *r, const struct store_wanted *wanted)
{
    struct store_result *s = r->result;
    sqlite3_stmt *statement = db_prepare(
        r->db, "SELECT run, week, school FROM node WHERE position = 1 AND (?1 = 0 OR run = ?1 OR"
               " (?1 < 0 AND run = (SELECT min(run) FROM node))) AND"
               " (?2 = 0 OR (?2 = 1 AND school > 0) OR (?2 = 2 AND school = 0)) ORDER BY run, week, school");
    if (!statement)
        return read_damaged(r, "node");
    sqlite3_bind_int64(statement, 1, wanted->graph_run);
    sqlite3_bind_int64(statement, 2, wanted->graph_kind);
    enum status status = STATUS_OK;
    int code = SQLITE_DONE;
    while (status == STATUS_OK && (!wanted->graph_max || s->graph_count < wanted->graph_max) &&
           (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const struct place place = {sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1),
                                    sqlite3_column_int64(statement, 2)};
        if (grow((void **)&s->graphs, s->graph_count + 1, sizeof *s->graphs))
            status = read_no_memory(r);
        else
            status = read_graph(r, &place, &s->graphs[s->graph_count]);
        s->graph_count += status == STATUS_OK;
        code = SQLITE_DONE;
    }
    sqlite3_finalize(statement);
    return status == STATUS_OK && code != SQLITE_DONE ? read_damaged(r, "node") : status;
}
