#include "lineage.h"

#include "db.h"
#include "read_part.h"

#include <stdlib.h>
#include <string.h>

/* Number of a word, which is added when it is new; -1: no memory. Few words differ, so they are looked for in a row. */
static int number_of(struct store_words *words, const char *text)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->word[i], text) == 0)
            return (int)i;
    char **more = realloc(words->word, (words->count + 1) * sizeof *more);
    if (!more)
        return -1;
    words->word = more;
    words->word[words->count] = strdup(text);
    return words->word[words->count] ? (int)words->count++ : -1;
}

static const char *text_of(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return text ? text : "";
}

static int64_t integer_of(sqlite3_stmt *s, int column, int64_t missing)
{
    return sqlite3_column_type(s, column) == SQLITE_NULL ? missing : sqlite3_column_int64(s, column);
}

/* Columns: innovation, layer, week, until, ended, id, person, unit, kind, source, source_person, source_unit, parent. */
static int take(struct store_lineage *l, sqlite3_stmt *s)
{
    const char *ended = text_of(s, 4), *source = text_of(s, 9);
    const int innovation = number_of(&l->innovations, text_of(s, 0)), layer = number_of(&l->layers, text_of(s, 1)),
              id = number_of(&l->ids, text_of(s, 5)), kind = number_of(&l->kinds, text_of(s, 8)),
              from = *source ? number_of(&l->ids, source) : 0;
    if (innovation < 0 || layer < 0 || id < 0 || kind < 0 || from < 0)
        return -1;
    if (innovation > UINT8_MAX || layer > UINT8_MAX || kind > UINT8_MAX)
        return -2; /* words that no model of ours has */
    l->list[l->count] = (struct adoption){
        .week = sqlite3_column_int64(s, 2),
        .until = integer_of(s, 3, -1),
        .parent = integer_of(s, 12, 0) - 1,
        .post = (uint32_t)id,
        .person = (uint32_t)sqlite3_column_int64(s, 6),
        .from = *source ? (uint32_t)from : ADOPTION_NOBODY,
        .from_person = (uint32_t)integer_of(s, 10, ADOPTION_NOBODY),
        .unit = (uint32_t)sqlite3_column_int64(s, 7),
        .from_unit = (uint32_t)integer_of(s, 11, 0),
        .innovation = (uint8_t)innovation,
        .layer = (uint8_t)layer,
        .kind = (uint8_t)kind,
        .end = *ended ? strcmp(ended, "left") == 0 ? ADOPTION_LEFT : ADOPTION_LAPSED : ADOPTION_LASTS,
    };
    const bool sound = l->list[l->count].parent < (int64_t)l->count;
    l->count++;
    return sound ? 0 : -2;
}

static enum status read_rows(const struct reading *r, struct store_lineage *l)
{
    sqlite3_stmt *size = db_prepare(r->db, "SELECT count(*) FROM adoption WHERE run = %lld AND school = %lld",
                                    (long long)l->run, (long long)l->school);
    const size_t most = size && sqlite3_step(size) == SQLITE_ROW ? (size_t)sqlite3_column_int64(size, 0) : 0;
    sqlite3_finalize(size);
    l->list = calloc(most + 1, sizeof *l->list);
    if (!l->list || number_of(&l->layers, "") < 0)
        return read_no_memory(r);
    sqlite3_stmt *s = db_prepare(r->db,
                                 "SELECT innovation, layer, week, until, ended, id, person, unit, kind, source, "
                                 "source_person, source_unit, parent FROM adoption WHERE run = %lld AND school = %lld "
                                 "ORDER BY number",
                                 (long long)l->run, (long long)l->school);
    int code = s ? SQLITE_ROW : SQLITE_ERROR, taken = 0;
    while (code == SQLITE_ROW && taken == 0 && (code = sqlite3_step(s)) == SQLITE_ROW)
        taken = l->count < most ? take(l, s) : -2;
    sqlite3_finalize(s);
    if (taken == -1)
        return read_no_memory(r);
    return code == SQLITE_DONE ? STATUS_OK : read_damaged(r, "adoption");
}

/* The first run and school that are kept, of those asked for; false: none. */
static bool find(const struct reading *r, int64_t run, int64_t school, struct store_lineage *l)
{
    sqlite3_stmt *s = db_prepare(r->db,
                                 "SELECT run, school FROM adoption WHERE (%lld = 0 OR run = %lld) AND (%lld = 0 OR "
                                 "school = %lld) ORDER BY run, school LIMIT 1",
                                 (long long)run, (long long)run, (long long)school, (long long)school);
    const bool found = s && sqlite3_step(s) == SQLITE_ROW;
    if (found) {
        l->run = sqlite3_column_int64(s, 0);
        l->school = sqlite3_column_int64(s, 1);
    }
    sqlite3_finalize(s);
    return found;
}

static enum status none(const struct reading *r, int64_t run, int64_t school)
{
    char of[96] = "";
    if (run && school)
        snprintf(of, sizeof of, " of run %lld, school %lld", (long long)run, (long long)school);
    else if (run || school)
        snprintf(of, sizeof of, run ? " of run %lld" : " of school %lld", (long long)(run ? run : school));
    return fault_add(
        r->faults, STATUS_BAD_INPUT, r->path, 0,
        "keeps no lineage%s: output.lineage_runs says of how many runs it is kept who brought whom in, and "
        "`ebb replay OUT --run N` makes it of any",
        of);
}

enum status store_read_lineage(const char *out_dir, int64_t run, int64_t school, struct store_lineage *lineage,
                               struct faults *faults)
{
    struct reading r;
    *lineage = (struct store_lineage){0};
    enum status status = read_open(&r, out_dir, faults);
    if (status == STATUS_OK)
        status = find(&r, run, school, lineage) ? read_rows(&r, lineage) : none(&r, run, school);
    if (status != STATUS_OK)
        store_lineage_free(lineage);
    read_close(&r);
    return status;
}

bool store_has_lineage(const char *out_dir)
{
    struct store_lineage lineage = {0};
    struct reading r;
    const bool has = read_open(&r, out_dir, NULL) == STATUS_OK && find(&r, 0, 0, &lineage);
    read_close(&r);
    return has;
}

static void words_free(struct store_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->word[i]);
    free(words->word);
}

void store_lineage_free(struct store_lineage *l)
{
    free(l->list);
    words_free(&l->ids);
    words_free(&l->innovations);
    words_free(&l->layers);
    words_free(&l->kinds);
    *l = (struct store_lineage){0};
}
