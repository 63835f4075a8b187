#include "schema.h"

#include "../leaf/rng.h"
#include "db.h"
#include "dictionary.h"
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#define INNOVATIONS_NAMED 16

static const char tables[] =
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE run(run INTEGER PRIMARY KEY, scenario TEXT, point INTEGER, replicate INTEGER, seed TEXT, status TEXT,"
    " message TEXT);"
    "CREATE TABLE param(section TEXT, name TEXT, key TEXT, value TEXT, unit TEXT, meaning TEXT,"
    " PRIMARY KEY(section, name, key)) WITHOUT ROWID;"
    "CREATE TABLE summary(scenario TEXT, point INTEGER, week INTEGER, measure TEXT, n INTEGER, mean REAL, sd REAL,"
    " q05 REAL, q25 REAL, median REAL, q75 REAL, q95 REAL, mean_lo REAL, mean_hi REAL);"
    "CREATE TABLE \"column\"(position INTEGER PRIMARY KEY, name TEXT, unit TEXT, kind TEXT, of TEXT, lo REAL, hi REAL,"
    " meaning TEXT);"
    "CREATE TABLE attribute(belongs TEXT, position INTEGER, name TEXT, unit TEXT, labels TEXT, meaning TEXT,"
    " PRIMARY KEY(belongs, position)) WITHOUT ROWID;"
    "CREATE TABLE event(position INTEGER PRIMARY KEY, name TEXT, kind INTEGER, start INTEGER, \"end\" INTEGER,"
    " ramp INTEGER, cost REAL);"
    "CREATE TABLE adoption(run INTEGER, school INTEGER, number INTEGER, innovation TEXT, layer TEXT, week INTEGER,"
    " until INTEGER, ended TEXT, id TEXT, person INTEGER, unit INTEGER, kind TEXT, source TEXT, source_person INTEGER,"
    " source_unit INTEGER, parent INTEGER, PRIMARY KEY(run, school, number)) WITHOUT ROWID;";

/* "CREATE TABLE name(keys, one REAL for each measure, PRIMARY KEY(…))". */
static int create_wide(sqlite3 *db, const char *name, const char *keys, const char *primary,
                       const char *(*measure)(const struct model *, size_t), size_t count, const struct model *model)
{
    sqlite3_str *sql = sqlite3_str_new(db);
    sqlite3_str_appendf(sql, "CREATE TABLE %s(%s", name, keys);
    for (size_t i = 0; i < count; i++)
        sqlite3_str_appendf(sql, ", \"%w\" REAL", measure(model, i));
    sqlite3_str_appendf(sql, ", PRIMARY KEY(%s)) WITHOUT ROWID", primary);
    char *text = sqlite3_str_finish(sql);
    const int code = text ? db_exec(db, text) : SQLITE_NOMEM;
    sqlite3_free(text);
    return code;
}

static const char *column_name(const struct model *model, size_t i)
{
    return model->columns[i].name;
}

static const char *node_name(const struct model *model, size_t i)
{
    return model->node_attributes[i].name;
}

static const char *tie_name(const struct model *model, size_t i)
{
    return model->tie_attributes[i].name;
}

/* Binds text to 1, 2 … and steps. */
static int insert_texts(sqlite3_stmt *statement, const char *const *texts, int count)
{
    for (int i = 0; i < count; i++)
        sqlite3_bind_text(statement, i + 1, texts[i], -1, SQLITE_STATIC);
    const int code = db_step(statement);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Names of a level's sets of schools, a line each; of a section that makes several, with their number in it. */
static void put_sets(const struct param_set *set, const struct model_level *level, FILE *out)
{
    const struct param_group *group = param_group_find(param_set_groups(set), level->section);
    const size_t count = group && group->named ? param_set_count(set, group) : 0;
    for (size_t n = 0, sets = 0; n < count; n++) {
        const char *const name = param_set_get(set, group, n);
        const size_t many = level->of_section ? level->of_section(name) : 1;
        for (size_t k = 1; k <= many; k++, sets++) {
            fprintf(out, "%s%s", sets ? "\n" : "", name);
            if (many > 1)
                fprintf(out, " %zu", k);
        }
    }
}

static void put_innovations(const struct engine_plan *plan, FILE *out)
{
    const char *names[INNOVATIONS_NAMED];
    const size_t count = plan->model->innovation_names
                             ? plan->model->innovation_names(plan->set, names, INNOVATIONS_NAMED)
                             : 0;
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%s", i ? "\n" : "", names[i]);
}

/* Names that the user has given, a line each: of a level's sets of schools, or without a level of the innovations. The
 * caller frees them. NULL: no memory. */
static char *names_of(const struct engine_plan *plan, const struct model_level *level, bool innovations)
{
    char *names = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&names, &size);
    if (!out)
        return NULL;
    if (level)
        put_sets(plan->set, level, out);
    else if (innovations)
        put_innovations(plan, out);
    if (fclose(out) != 0) {
        free(names);
        names = NULL;
    }
    return names;
}

/* Networks have names also where rows are of something else: pictures of the schools show them. */
static const struct model_level *level_called(const struct model *model, const char *name)
{
    for (size_t i = 0; i < model->level_count; i++)
        if (strcmp(model->levels[i].name, name) == 0)
            return &model->levels[i];
    return NULL;
}

static int add_meta(sqlite3 *db, const struct store_scenario *s)
{
    char seed[24], years[24], weeks[24], replicates[24], streams[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)s->plan->seed);
    snprintf(years, sizeof years, "%d", param_set_weeks_per_year(s->plan->set));
    snprintf(weeks, sizeof weeks, "%lld", (long long)s->plan->weeks);
    snprintf(replicates, sizeof replicates, "%lld", (long long)s->plan->replicates);
    snprintf(streams, sizeof streams, "%d", RNG_LAYOUT_VERSION);
    char *sets = names_of(s->plan, s->plan->level, false),
         *networks = names_of(s->plan, level_called(s->plan->model, "network"), false),
         *innovations = names_of(s->plan, NULL, true);
    if (!sets || !networks || !innovations) {
        free(sets);
        free(networks);
        free(innovations);
        return SQLITE_NOMEM;
    }
    const char *const rows[][2] = {{"scenario", s->scenario},
                                   {"level", s->plan->level   ? s->plan->level->name
                                             : s->plan->whole ? "all"
                                                              : "school"},
                                   {"sets", sets},
                                   {"networks", networks},
                                   {"innovations", innovations},
                                   {"title", s->title},
                                   {"model", s->plan->model->name},
                                   {"version", s->version},
                                   {"commit", s->commit},
                                   {"command", s->again ? s->again : "ebb run config.ini"},
                                   {"seed", seed},
                                   {"stream_layout", streams},
                                   {"weeks_per_year", years},
                                   {"weeks", weeks},
                                   {"replicates", replicates}};
    sqlite3_stmt *statement = db_prepare(db, "INSERT INTO meta VALUES(?,?)");
    int code = statement ? SQLITE_OK : sqlite3_errcode(db);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && code == SQLITE_OK; i++)
        if (s->plan->model->innovation_names || rows[i][1] != innovations) /* else not told, rather than none */
            code = insert_texts(statement, rows[i], 2);
    sqlite3_finalize(statement);
    free(sets);
    free(networks);
    free(innovations);
    return code;
}

static int add_param(sqlite3_stmt *statement, const struct param_set *set, const struct param_group *group,
                     size_t index, const struct param *row)
{
    const char *const name = group->named ? (const char *)param_set_get(set, group, index) : "";
    const int size = param_set_format(set, group, index, row, NULL, 0) + 1;
    char *value = malloc((size_t)size);
    if (!value)
        return SQLITE_NOMEM;
    param_set_format(set, group, index, row, value, (size_t)size);
    const char *const texts[] = {group->section, name, row->key, value, row->unit, row->meaning};
    const int code = insert_texts(statement, texts, 6);
    free(value);
    return code;
}

static int add_params(sqlite3 *db, const struct param_set *set)
{
    sqlite3_stmt *statement = db_prepare(db, "INSERT INTO param VALUES(?,?,?,?,?,?)");
    int code = statement ? SQLITE_OK : sqlite3_errcode(db);
    for (const struct param_group *const *g = param_set_groups(set); *g; g++)
        for (size_t index = 0; index < param_set_count(set, *g); index++)
            for (size_t i = 0; i < (*g)->count && code == SQLITE_OK; i++)
                code = add_param(statement, set, *g, index, &(*g)->rows[i]);
    sqlite3_finalize(statement);
    return code;
}

static int add_columns(sqlite3 *db, const struct model *model)
{
    sqlite3_stmt *statement = db_prepare(db, "INSERT INTO \"column\" VALUES(?6,?1,?2,?3,?4,?7,?8,?5)");
    int code = statement ? SQLITE_OK : sqlite3_errcode(db);
    for (size_t i = 0; i < model->column_count && code == SQLITE_OK; i++) {
        const struct column *c = &model->columns[i];
        sqlite3_bind_int64(statement, 6, (int64_t)i + 1);
        db_bind_real(statement, 7, c->lo);
        db_bind_real(statement, 8, c->hi);
        code = insert_texts(
            statement, (const char *const[]){c->name, c->unit, dictionary_kind_name(c->kind), c->of, c->meaning}, 5);
    }
    sqlite3_finalize(statement);
    return code;
}

static int add_attributes(sqlite3 *db, const char *belongs, const struct attribute *list, size_t count)
{
    sqlite3_stmt *statement = db_prepare(db, "INSERT INTO attribute VALUES(?1,?6,?2,?3,?4,?5)");
    int code = statement ? SQLITE_OK : sqlite3_errcode(db);
    for (size_t i = 0; i < count && code == SQLITE_OK; i++) {
        const struct attribute *a = &list[i];
        sqlite3_bind_int64(statement, 6, (int64_t)i + 1);
        code = insert_texts(statement, (const char *const[]){belongs, a->name, a->unit, a->labels, a->meaning}, 5);
    }
    sqlite3_finalize(statement);
    return code;
}

static int add_event(sqlite3_stmt *statement, size_t position, const struct event *event)
{
    sqlite3_bind_int64(statement, 2, (int64_t)position);
    sqlite3_bind_int(statement, 3, (int)event->kind);
    sqlite3_bind_int64(statement, 4, event->start);
    sqlite3_bind_int64(statement, 5, event->end);
    sqlite3_bind_int64(statement, 6, event->ramp);
    db_bind_real(statement, 7, event->cost);
    return insert_texts(statement, (const char *const[]){event->name}, 1);
}

static int add_events(sqlite3 *db, const struct engine_plan *plan)
{
    const size_t count = plan->model->events ? plan->model->events(plan->set, NULL, 0) : 0;
    struct event *list = calloc(count + 1, sizeof *list);
    sqlite3_stmt *statement = db_prepare(db, "INSERT INTO event VALUES(?2,?1,?3,?4,?5,?6,?7)");
    int code = list && statement ? SQLITE_OK : SQLITE_NOMEM;
    if (count && code == SQLITE_OK)
        plan->model->events(plan->set, list, count);
    for (size_t i = 0; i < count && code == SQLITE_OK; i++)
        code = add_event(statement, i + 1, &list[i]);
    sqlite3_finalize(statement);
    free(list);
    return code;
}

int schema_create(sqlite3 *db, const struct store_scenario *s)
{
    const struct model *model = s->plan->model;
    char pragmas[96];
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id=%d; PRAGMA user_version=%d;", DB_APPLICATION, DB_LAYOUT);
    int code = db_exec(db, pragmas);
    if (code == SQLITE_OK)
        code = db_exec(db, tables);
    if (code == SQLITE_OK)
        code = create_wide(db, "series", "run INTEGER, week INTEGER, school INTEGER", "run, week, school", column_name,
                           model->column_count, model);
    if (code == SQLITE_OK)
        code = create_wide(db, "node", "run INTEGER, week INTEGER, school INTEGER, position INTEGER, id TEXT",
                           "run, week, school, position", node_name, model->node_attribute_count, model);
    if (code == SQLITE_OK)
        code = create_wide(db, "tie",
                           "run INTEGER, week INTEGER, school INTEGER, position INTEGER, \"from\" TEXT, \"to\" TEXT",
                           "run, week, school, position", tie_name, model->tie_attribute_count, model);
    if (code == SQLITE_OK)
        code = add_meta(db, s);
    if (code == SQLITE_OK)
        code = add_params(db, s->plan->set);
    if (code == SQLITE_OK)
        code = add_columns(db, model);
    if (code == SQLITE_OK)
        code = add_attributes(db, "node", model->node_attributes, model->node_attribute_count);
    if (code == SQLITE_OK)
        code = add_attributes(db, "tie", model->tie_attributes, model->tie_attribute_count);
    return code == SQLITE_OK ? add_events(db, s->plan) : code;
}

/* "INSERT INTO table VALUES(?,?,…)". */
static sqlite3_stmt *prepare_insert(sqlite3 *db, const char *table, size_t count)
{
    sqlite3_str *marks = sqlite3_str_new(db);
    sqlite3_str_appendchar(marks, 1, '?');
    for (size_t i = 1; i < count; i++)
        sqlite3_str_appendall(marks, ",?");
    char *text = sqlite3_str_finish(marks);
    sqlite3_stmt *statement = text ? db_prepare(db, "INSERT INTO %s VALUES(%s)", table, text) : NULL;
    sqlite3_free(text);
    return statement;
}

int schema_prepare(sqlite3 *db, const struct model *model, struct schema_inserts *inserts)
{
    inserts->run = prepare_insert(db, "run", 7);
    inserts->series = prepare_insert(db, "series", 3 + model->column_count);
    inserts->node = prepare_insert(db, "node", 5 + model->node_attribute_count);
    inserts->tie = prepare_insert(db, "tie", 6 + model->tie_attribute_count);
    inserts->adoption = prepare_insert(db, "adoption", 16);
    return inserts->run && inserts->series && inserts->node && inserts->tie && inserts->adoption ? SQLITE_OK
                                                                                                 : SQLITE_ERROR;
}

void schema_finalize(struct schema_inserts *inserts)
{
    sqlite3_finalize(inserts->run);
    sqlite3_finalize(inserts->series);
    sqlite3_finalize(inserts->node);
    sqlite3_finalize(inserts->tie);
    sqlite3_finalize(inserts->adoption);
    *inserts = (struct schema_inserts){0};
}

const char *schema_outcome(enum engine_outcome outcome)
{
    return outcome == ENGINE_DONE ? "done" : "failed";
}

int schema_add_run(struct schema_inserts *inserts, const struct store_scenario *scenario, const struct engine_run *run)
{
    sqlite3_stmt *s = inserts->run;
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)scenario->plan->seed);
    sqlite3_bind_int64(s, 1, run->number + 1);
    sqlite3_bind_text(s, 2, scenario->scenario, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 3, run->point);
    sqlite3_bind_int64(s, 4, run->replicate + 1);
    sqlite3_bind_text(s, 5, seed, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 6, schema_outcome(run->outcome), -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 7, run->message, -1, SQLITE_STATIC);
    const int code = db_step(s);
    sqlite3_clear_bindings(s);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

int schema_add_series(struct schema_inserts *inserts, const struct engine_plan *plan, const int64_t *weeks,
                      const struct engine_run *run)
{
    sqlite3_stmt *s = inserts->series;
    const size_t columns = plan->model->column_count;
    const double *row = run->rows;
    sqlite3_bind_int64(s, 1, run->number + 1);
    for (size_t w = 0; w < run->week_count; w++) {
        sqlite3_bind_int64(s, 2, weeks[w]);
        for (size_t school = 0; school < run->schools; school++, row += columns) {
            sqlite3_bind_int64(s, 3, plan->whole ? 0 : (int64_t)school + 1);
            for (size_t c = 0; c < columns; c++)
                db_bind_real(s, (int)c + 4, row[c]);
            const int code = db_step(s);
            if (code != SQLITE_DONE)
                return code;
        }
    }
    return SQLITE_OK;
}

static void bind_where(sqlite3_stmt *s, int64_t run, const struct engine_snapshot *snapshot, size_t position)
{
    sqlite3_bind_int64(s, 1, run);
    sqlite3_bind_int64(s, 2, snapshot->week);
    sqlite3_bind_int64(s, 3, (int64_t)snapshot->school + 1);
    sqlite3_bind_int64(s, 4, (int64_t)position + 1);
}

static int add_node(sqlite3_stmt *s, const struct model *model, int64_t run, const struct engine_snapshot *snapshot,
                    size_t v)
{
    bind_where(s, run, snapshot, v);
    sqlite3_bind_text(s, 5, snapshot->ids[v], -1, SQLITE_STATIC);
    for (size_t a = 0; a < model->node_attribute_count; a++)
        db_bind_real(s, (int)a + 6, snapshot->node_values[v * model->node_attribute_count + a]);
    return db_step(s);
}

static int add_tie(sqlite3_stmt *s, const struct model *model, int64_t run, const struct engine_snapshot *snapshot,
                   size_t t)
{
    bind_where(s, run, snapshot, t);
    sqlite3_bind_text(s, 5, snapshot->ids[snapshot->ends[2 * t]], -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 6, snapshot->ids[snapshot->ends[2 * t + 1]], -1, SQLITE_STATIC);
    for (size_t a = 0; a < model->tie_attribute_count; a++)
        db_bind_real(s, (int)a + 7, snapshot->tie_values[t * model->tie_attribute_count + a]);
    return db_step(s);
}

int schema_add_snapshot(struct schema_inserts *inserts, const struct model *model, int64_t run,
                        const struct engine_snapshot *snapshot)
{
    int code = SQLITE_DONE;
    for (size_t v = 0; v < snapshot->nodes && code == SQLITE_DONE; v++)
        code = add_node(inserts->node, model, run, snapshot, v);
    for (size_t t = 0; t < snapshot->ties && code == SQLITE_DONE; t++)
        code = add_tie(inserts->tie, model, run, snapshot, t);
    sqlite3_clear_bindings(inserts->node);
    sqlite3_clear_bindings(inserts->tie);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static void bind_integer_or_null(sqlite3_stmt *s, int at, bool there, int64_t value)
{
    if (there)
        sqlite3_bind_int64(s, at, value);
    else
        sqlite3_bind_null(s, at);
}

static int add_adoption(sqlite3_stmt *s, const struct model *model, int64_t run, const struct engine_lineage *lineage,
                        size_t i)
{
    const struct adoption *a = &lineage->list[i];
    const bool from = a->from != ADOPTION_NOBODY;
    char layer[ROWS_WORD], kind[ROWS_WORD], ended[ROWS_WORD];
    rows_word(model->adoption_layers, a->layer, layer);
    rows_word(model->adoption_kinds, a->kind, kind);
    rows_word(ADOPTION_ENDS, a->end, ended);
    sqlite3_bind_int64(s, 1, run);
    sqlite3_bind_int64(s, 2, (int64_t)lineage->school + 1);
    sqlite3_bind_int64(s, 3, (int64_t)i + 1);
    sqlite3_bind_text(s, 4, lineage->innovations[a->innovation], -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 5, layer, -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 6, a->week);
    bind_integer_or_null(s, 7, a->until >= 0, a->until);
    sqlite3_bind_text(s, 8, a->until >= 0 ? ended : NULL, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 9, lineage->names[a->post], -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 10, a->person);
    sqlite3_bind_int64(s, 11, a->unit);
    sqlite3_bind_text(s, 12, kind, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 13, from ? lineage->names[a->from] : NULL, -1, SQLITE_STATIC);
    bind_integer_or_null(s, 14, from, a->from_person);
    bind_integer_or_null(s, 15, a->from_unit > 0, a->from_unit);
    bind_integer_or_null(s, 16, a->parent >= 0, a->parent + 1);
    return db_step(s);
}

int schema_add_lineage(struct schema_inserts *inserts, const struct model *model, int64_t run,
                       const struct engine_lineage *lineage)
{
    int code = SQLITE_DONE;
    for (size_t i = 0; i < lineage->count && code == SQLITE_DONE; i++)
        code = add_adoption(inserts->adoption, model, run, lineage, i);
    sqlite3_clear_bindings(inserts->adoption);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}
