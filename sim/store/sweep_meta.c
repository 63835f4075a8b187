#include "../leaf/text.h"
#include "db.h"
#include "manifest.h"
#include "sweep_parts.h"

#include <stdlib.h>
#include <string.h>

enum status sweep_meta_data(struct sweep_store *self, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < self->asked.data_count && status == STATUS_OK; i++) {
        char sum[MANIFEST_SUM];
        status = manifest_sum(self->asked.data[i], sum, NULL, faults);
        rows_text_raw(&self->data, sum, strlen(sum));
        rows_text_raw(&self->data, " ", 1);
        rows_text_raw(&self->data, self->asked.data[i], strlen(self->asked.data[i]));
        rows_text_raw(&self->data, "\n", 1);
    }
    rows_text_raw(&self->data, "", 1);
    if (status == STATUS_OK && self->data.failed)
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for checksums");
    return status;
}

static int put(sqlite3 *db, const char *key, const char *value)
{
    sqlite3_stmt *insert = db_prepare(db, "INSERT OR REPLACE INTO meta VALUES(?,?)");
    int code = insert ? SQLITE_OK : SQLITE_NOMEM;
    if (insert) {
        sqlite3_bind_text(insert, 1, key, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, value, -1, SQLITE_STATIC);
        code = db_step(insert);
    }
    sqlite3_finalize(insert);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* "" when there is none; NULL: no memory. */
static char *get(sqlite3 *db, const char *key)
{
    sqlite3_stmt *select = db_prepare(db, "SELECT value FROM meta WHERE key = ?");
    char *text = NULL;
    if (select) {
        sqlite3_bind_text(select, 1, key, -1, SQLITE_STATIC);
        text = sqlite3_step(select) == SQLITE_ROW ? db_text(select, 0) : strdup("");
    }
    sqlite3_finalize(select);
    return text;
}

int sweep_meta_write(struct sweep_store *self, sqlite3 *db)
{
    char points[24], shard[64];
    const struct sweep_asked *asked = &self->asked;
    snprintf(points, sizeof points, "%lld", (long long)asked->design->points);
    snprintf(shard, sizeof shard, "%lld/%lld", (long long)asked->shard, (long long)asked->shards);
    int code = put(db, "config", asked->scenario->config_text);
    if (code == SQLITE_OK)
        code = put(db, "data", self->data.data);
    if (code == SQLITE_OK)
        code = put(db, "points", points);
    return code == SQLITE_OK && asked->shards > 1 ? put(db, "shard", shard) : code;
}

int sweep_meta_extend(struct sweep_store *self)
{
    char replicates[24];
    snprintf(replicates, sizeof replicates, "%lld", (long long)self->asked.scenario->plan->replicates);
    int code = put(self->db, "config", self->asked.scenario->config_text);
    if (code == SQLITE_OK)
        code = put(self->db, "replicates", replicates);
    sqlite3_stmt *update = db_prepare(self->db,
                                      "UPDATE param SET value = ? WHERE section = 'run' AND key = 'replicates'");
    if (update)
        sqlite3_bind_text(update, 1, replicates, -1, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = update && db_step(update) == SQLITE_DONE ? SQLITE_OK : SQLITE_ERROR;
    sqlite3_finalize(update);
    return code;
}

/* The first lines that differ, but for the number of replicates when that may; false when none do. */
static bool first_difference(const char *was, const char *is, bool extend, char line[2][160])
{
    while (*was || *is) {
        const size_t a = strcspn(was, "\n"), b = strcspn(is, "\n");
        const bool replicates = extend && strncmp(was, "replicates = ", 13) == 0 &&
                                strncmp(is, "replicates = ", 13) == 0;
        if (!replicates && (a != b || strncmp(was, is, a) != 0)) {
            snprintf(line[0], sizeof line[0], "%.*s", (int)(a < 150 ? a : 150), was);
            snprintf(line[1], sizeof line[1], "%.*s", (int)(b < 150 ? b : 150), is);
            return true;
        }
        was += a + (was[a] != '\0');
        is += b + (is[b] != '\0');
    }
    return false;
}

struct known {
    const char *key, *what, *is;
};

static enum status check_words(sqlite3 *db, const char *path, const struct known *known, struct faults *faults)
{
    for (; known->key; known++) {
        char *was = get(db, known->key);
        if (!was)
            return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory to compare the sweep");
        const bool same = strcmp(was, known->is) == 0;
        if (!same)
            fault_add(faults, STATUS_BAD_INPUT, path, 0,
                      "holds a sweep whose %s is %s; here it is %s: what it holds is left as it is", known->what,
                      *was ? was : "none", *known->is ? known->is : "none");
        free(was);
        if (!same)
            return STATUS_BAD_INPUT;
    }
    return STATUS_OK;
}

static enum status check_text(sqlite3 *db, const char *path, const char *key, const char *is, bool extend,
                              struct faults *faults)
{
    char line[2][160], quoted[2][TEXT_QUOTED];
    char *was = get(db, key);
    enum status status = STATUS_OK;
    if (!was)
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory to compare the sweep");
    else if (first_difference(was, is, extend, line)) {
        const bool replicates = strncmp(line[0], "replicates = ", 13) == 0;
        status = fault_add(faults, STATUS_BAD_INPUT, path, 0, "holds another sweep: it has %s and this %s%s",
                           text_quote(line[0], quoted[0]), text_quote(line[1], quoted[1]),
                           replicates ? "; --extend replicates=N makes it longer" : "; it is left as it is");
    }
    free(was);
    return status;
}

static enum status check_longer(struct sweep_store *self, sqlite3 *db, const char *path, struct faults *faults)
{
    char *was = get(db, "replicates");
    const long long had = was ? strtoll(was, NULL, 10) : 0, wants = self->asked.scenario->plan->replicates;
    free(was);
    if (had > wants)
        return fault_add(faults, STATUS_BAD_INPUT, path, 0,
                         "holds %lld replicates of each point; it can be extended to more, not cut to %lld", had,
                         wants);
    return STATUS_OK;
}

enum status sweep_meta_check(struct sweep_store *self, sqlite3 *db, const char *path, bool shard, struct faults *faults)
{
    char points[24], part[64] = "";
    const struct sweep_asked *asked = &self->asked;
    if (asked->shards > 1)
        snprintf(part, sizeof part, "%lld/%lld", (long long)asked->shard, (long long)asked->shards);
    snprintf(points, sizeof points, "%lld", (long long)asked->design->points);
    const struct known known[] = {{"version", "version", asked->scenario->version},
                                  {"commit", "build", asked->scenario->commit},
                                  {shard ? NULL : "shard", "shard", part},
                                  {NULL, NULL, NULL}};
    const struct known count[] = {{"points", "number of points", points}, {NULL, NULL, NULL}};
    char *design = get(db, "points");
    if (!design || !*design) {
        free(design);
        return fault_add(faults, STATUS_BAD_INPUT, path, 0, "holds no sweep");
    }
    free(design);
    enum status status = check_words(db, path, known, faults);
    if (status == STATUS_OK)
        status = check_text(db, path, "config", asked->scenario->config_text, asked->extend, faults);
    if (status == STATUS_OK)
        status = check_text(db, path, "data", self->data.data, false, faults);
    if (status == STATUS_OK)
        status = check_words(db, path, count, faults);
    return status == STATUS_OK && asked->extend ? check_longer(self, db, path, faults) : status;
}
