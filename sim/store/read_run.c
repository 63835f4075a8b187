/* One run of a stored result: where it came from. */
#include "db.h"
#include "read_part.h"

#include <stdlib.h>
#include <string.h>

static void copy_text(sqlite3_stmt *statement, int column, char *to, size_t size)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    snprintf(to, size, "%s", text ? text : "");
}

static void read_meta_text(sqlite3 *db, const char *key, char *to, size_t size)
{
    sqlite3_stmt *statement = db_prepare(db, "SELECT value FROM meta WHERE key = %Q", key);
    *to = '\0';
    if (statement && sqlite3_step(statement) == SQLITE_ROW)
        copy_text(statement, 0, to, size);
    sqlite3_finalize(statement);
}

static enum status no_such_run(const struct reading *r, int64_t run)
{
    sqlite3_stmt *statement = db_prepare(r->db, "SELECT count(*), min(run), max(run) FROM run");
    long long count = 0, first = 0, last = 0;
    if (statement && sqlite3_step(statement) == SQLITE_ROW) {
        count = sqlite3_column_int64(statement, 0);
        first = sqlite3_column_int64(statement, 1);
        last = sqlite3_column_int64(statement, 2);
    }
    sqlite3_finalize(statement);
    if (count == 0)
        return fault_add(r->faults, STATUS_BAD_INPUT, r->path, 0, "holds no run at all");
    return fault_add(r->faults, STATUS_USAGE, r->path, 0, "holds no run %lld; it has %s%lld to %lld", (long long)run,
                     count == last - first + 1 ? "runs " : "some of runs ", first, last);
}

static enum status read_origin(const struct reading *r, int64_t run, struct store_origin *origin)
{
    sqlite3_stmt *statement = db_prepare(
        r->db, "SELECT point, replicate, seed, status, message FROM run WHERE run = %lld", (long long)run);
    const int code = statement ? sqlite3_step(statement) : SQLITE_ERROR;
    if (code == SQLITE_ROW) {
        char seed[32], status[16], layout[16];
        copy_text(statement, 2, seed, sizeof seed);
        copy_text(statement, 3, status, sizeof status);
        read_meta_text(r->db, "stream_layout", layout, sizeof layout);
        *origin = (struct store_origin){.point = sqlite3_column_int64(statement, 0),
                                        .replicate = sqlite3_column_int64(statement, 1),
                                        .seed = strtoull(seed, NULL, 10),
                                        .failed = strcmp(status, "done") != 0,
                                        .stream_layout = *layout ? (int)strtol(layout, NULL, 10) : -1};
        copy_text(statement, 4, origin->message, sizeof origin->message);
        read_meta_text(r->db, "version", origin->version, sizeof origin->version);
        read_meta_text(r->db, "commit", origin->commit, sizeof origin->commit);
    }
    sqlite3_finalize(statement);
    if (code == SQLITE_DONE)
        return no_such_run(r, run);
    if (code != SQLITE_ROW)
        return read_damaged(r, "run");
    return origin->replicate >= 1 ? STATUS_OK : read_damaged(r, "run");
}

enum status store_find_run(const char *out_dir, int64_t run, struct store_origin *origin, struct faults *faults)
{
    struct reading r;
    enum status status = read_open(&r, out_dir, faults);
    if (status == STATUS_OK)
        status = read_origin(&r, run, origin);
    read_close(&r);
    return status;
}

static const char *commit_named(const char *commit)
{
    return *commit ? commit : "unknown";
}

enum status store_tell_build(const char *out_dir, enum status status, struct faults *faults)
{
    char version[64], commit[64];
    struct reading r;
    if (status == STATUS_OK)
        return status;
    if (read_open(&r, out_dir, NULL) == STATUS_OK) {
        read_meta_text(r.db, "version", version, sizeof version);
        read_meta_text(r.db, "commit", commit, sizeof commit);
        if (strcmp(version, EBB_VERSION) != 0 || strcmp(commit, EBB_COMMIT) != 0)
            fault_add(
                faults, status, out_dir, 0,
                "was made by another build, ebb %s of commit %s; this is ebb %s of commit %s. The build that made it "
                "can read it",
                version, commit_named(commit), EBB_VERSION, commit_named(EBB_COMMIT));
    }
    read_close(&r);
    return status;
}
