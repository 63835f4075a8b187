/* A store in trouble: foreign things in its folder stay, damage is told in a sentence, a full disk loses at most the runs
 * that had no room. */
#include "../../sim/store/export.h"
#include "stored.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

/* --- Folders --- */

static const char *const pictures[] = {"series.png", NULL};

static const char *check(const char *dir, bool force, enum status expected)
{
    static char text[600];
    struct faults faults = {0};
    assert_int_equal(store_check_folder(dir, pictures, force, &faults), expected);
    snprintf(text, sizeof text, "%s", faults.count ? faults.list[0].text : "");
    faults_free(&faults);
    return text;
}

static void folders(void **state)
{
    (void)state;
    assert_string_equal(check(in_base("new/deeper"), false, STATUS_OK), "");
    assert_false(exists(base, "new")); /* looking makes nothing */
    mkdir(in_base("empty"), 0777);
    assert_string_equal(check(in_base("empty"), false, STATUS_OK), "");
    mkdir(in_base("foreign"), 0777);
    spill(in_base("foreign"), "diary.txt", "dear diary");
    assert_non_null(strstr(check(in_base("foreign"), false, STATUS_BAD_INPUT), "is not empty"));
    check(in_base("foreign"), true, STATUS_OK);
    spill(in_base("foreign"), "series.csv", "mine");
    assert_non_null(strstr(check(in_base("foreign"), true, STATUS_BAD_INPUT), "somebody else's"));
    spill(in_base("foreign"), "manifest.json", "{\"name\": \"a web app\"}");
    assert_non_null(strstr(check(in_base("foreign"), true, STATUS_BAD_INPUT), "somebody else's"));
    mkdir(in_base("album"), 0777);
    spill(in_base("album"), "series.png", "our holidays");
    assert_non_null(strstr(check(in_base("album"), true, STATUS_BAD_INPUT), "holds series.png but no manifest"));
    assert_non_null(strstr(check(in_base("foreign/diary.txt"), true, STATUS_BAD_INPUT), "is no folder"));
    assert_non_null(strstr(check(in_base("foreign/diary.txt/x"), true, STATUS_BAD_INPUT), "Not a directory"));
    assert_non_null(strstr(check("", true, STATUS_USAGE), "empty name"));
    char deep[700];
    memset(deep, 'x', sizeof deep);
    memcpy(deep, base, strlen(base));
    for (size_t i = strlen(base); i < sizeof deep; i += 90)
        deep[i] = '/';
    deep[489] = '\0'; /* one more than the database can open */
    assert_non_null(strstr(check(deep, true, STATUS_BAD_INPUT), "may have 488"));
    deep[488] = '\0';
    check(deep, true, STATUS_OK);
    if (geteuid() != 0) {
        mkdir(in_base("closed"), 0555);
        assert_non_null(strstr(check(in_base("closed/in"), false, STATUS_BAD_INPUT), "Permission denied"));
    }
}

static void force_replaces_ours_only(void **state)
{
    (void)state;
    make("forced");
    const char *dir = in_base("forced");
    spill(dir, "diary.txt", "dear diary");
    spill(dir, "series.csv.part", "left by a run that was killed");
    spill(dir, "series.csv.partly", "not ours");
    assert_non_null(strstr(check(dir, false, STATUS_BAD_INPUT), "holds a result already"));
    struct writing w;
    start(&w, network_sets, SETS_COUNT);
    assert_int_equal(write_result(&w, in_base("forced"), NULL), STATUS_BAD_INPUT); /* however it was checked before */
    assert_true(exists(in_base("forced"), "series.csv.part"));
    check(in_base("forced"), true, STATUS_OK);
    w.scenario.replace = true;
    assert_int_equal(write_result(&w, in_base("forced"), NULL), STATUS_OK);
    finish(&w);
    char *diary = slurp(in_base("forced"), "diary.txt");
    assert_string_equal(diary, "dear diary");
    assert_false(exists(in_base("forced"), "series.csv.part"));
    assert_true(exists(in_base("forced"), "series.csv.partly"));
    free(diary);
}

/* --- Damage --- */

static void refuse(const char *name, enum status expected, const char *sentence)
{
    struct store_result r;
    struct faults faults = {0};
    const enum status status = store_read(in_base(name), &(struct store_wanted){.graphs = true}, &r, &faults);
    if (status != expected || faults.errors != 1 || !strstr(faults.list[0].text, sentence))
        fail_msg("%s: status %d, %zu faults: %s", name, (int)status, faults.errors,
                 faults.count ? faults.list[0].text : "");
    faults_free(&faults);
}

static void change(const char *name, const char *sql)
{
    sqlite3 *db;
    char path[512];
    snprintf(path, sizeof path, "%s/%s/results.db", base, name);
    make(name);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    sqlite3_close(db);
    assert_true(check(in_base(name), true, STATUS_OK));
}

static void damaged_databases(void **state)
{
    (void)state;
    refuse("nowhere", STATUS_BAD_INPUT, "No such file");
    spill(base, "a_file", "text");
    refuse("a_file", STATUS_BAD_INPUT, "is no folder");
    mkdir(in_base("void"), 0777);
    refuse("void", STATUS_BAD_INPUT, "holds no result");
    spill(in_base("void"), "results.db",
          "this is no database, but long enough to look like one if one only glances at it");
    refuse("void", STATUS_BAD_INPUT, "file is not a database");
    spill(in_base("void"), "results.db", "");
    refuse("void", STATUS_BAD_INPUT, "is empty");
    change("c1", "PRAGMA user_version=99");
    refuse("c1", STATUS_BAD_INPUT, "layout 99");
    change("c2", "PRAGMA application_id=7");
    refuse("c2", STATUS_BAD_INPUT, "holds no results of Ebb");
    change("c3", "DROP TABLE series");
    refuse("c3", STATUS_BAD_INPUT, "series");
    change("c4", "DELETE FROM series WHERE run = 2 AND week = 21");
    refuse("c4", STATUS_BAD_INPUT, "table series");
    change("c5", "DELETE FROM meta WHERE key = 'seed'");
    refuse("c5", STATUS_BAD_INPUT, "table meta");
    change("c6", "UPDATE tie SET \"to\" = 'nobody' WHERE position = 3");
    refuse("c6", STATUS_BAD_INPUT, "table tie");
    change("c7", "UPDATE node SET id = '1'");
    refuse("c7", STATUS_BAD_INPUT, "table node");
    change("c8", "DELETE FROM \"column\" WHERE name = 'degree'; INSERT INTO \"column\"(name) VALUES('gone')");
    refuse("c8", STATUS_BAD_INPUT, "series");
    change("c9", "UPDATE meta SET value = '-3' WHERE key = 'weeks_per_year'");
    refuse("c9", STATUS_BAD_INPUT, "table meta");
}

/* Cut anywhere, or with a page overwritten: a sentence, or the whole result if the damage lies in unused bytes. */
static void torn_databases(void **state)
{
    (void)state;
    make("torn");
    char from[512], to[512];
    struct stat info;
    snprintf(from, sizeof from, "%s/torn/results.db", base);
    assert_int_equal(stat(from, &info), 0);
    char *bytes = malloc((size_t)info.st_size);
    FILE *file = fopen(from, "rb");
    assert_int_equal(fread(bytes, 1, (size_t)info.st_size, file), info.st_size);
    fclose(file);
    mkdir(in_base("torn2"), 0777);
    snprintf(to, sizeof to, "%s/torn2/results.db", base);
    int refused = 0;
    for (int i = 1; i < 40; i++) {
        struct store_result r;
        struct faults faults = {0};
        const size_t at = (size_t)info.st_size / 40 * (size_t)i;
        file = fopen(to, "wb");
        fwrite(bytes, 1, i % 2 ? at : (size_t)info.st_size, file);
        if (i % 2 == 0) {
            fseek(file, (long)at, SEEK_SET);
            for (int k = 0; k < 3000; k++)
                putc(k * 7 + i, file);
        }
        fclose(file);
        if (store_read(in_base("torn2"), &(struct store_wanted){.graphs = true}, &r, &faults) == STATUS_OK)
            store_result_free(&r);
        else
            refused += faults.errors > 0;
        faults_free(&faults);
    }
    assert_in_range(refused, 20, 39);
    free(bytes);
}

static void read_only_result(void **state)
{
    (void)state;
    struct store_result r;
    char path[512];
    make("readonly");
    snprintf(path, sizeof path, "%s/readonly/results.db", base);
    chmod(path, 0444);
    chmod(in_base("readonly"), 0555);
    assert_int_equal(store_read(in_base("readonly"), NULL, &r, NULL), STATUS_OK);
    store_result_free(&r);
    chmod(in_base("readonly"), 0777);
}

/* --- Too little room --- */

static void no_room(void **state)
{
    (void)state;
    struct rlimit before;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    for (rlim_t limit = 1000; limit < 200000; limit = limit * 5 / 3) {
        struct writing w;
        struct faults faults = {0};
        char name[32];
        snprintf(name, sizeof name, "room%ld", (long)limit);
        start(&w, network_sets, SETS_COUNT);
        w.plan.replicates = 1000;
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, before.rlim_max});
        const enum status status = write_result(&w, in_base(name), &faults);
        setrlimit(RLIMIT_FSIZE, &before);
        assert_int_equal(status, STATUS_FAILED);
        assert_true(faults.errors > 0);
        faults_free(&faults);
        const int64_t kept = w.store ? store_runs_kept(w.store) : 0;
        if (kept > 0) {
            /* Every kept run is whole, in the database and in the tables. */
            struct store_result r;
            assert_int_equal(store_read(in_base(name), NULL, &r, NULL), STATUS_OK);
            assert_int_equal(r.run_count, kept);
            store_result_free(&r);
            char *series = slurp(in_base(name), "series.csv"), *text = NULL;
            size_t size, lines = 0;
            for (const char *c = series; *c; c++)
                lines += *c == '\n';
            assert_int_equal(lines, 1 + 9 * kept);
            FILE *out = open_memstream(&text, &size);
            assert_int_equal(store_export(in_base(name), "series", out, NULL), STATUS_OK);
            fclose(out);
            assert_string_equal(series, text);
            free(text);
            free(series);
        }
        if (!w.store) /* not even begun: nothing half made is left */
            assert_false(exists(base, name));
        if (limit > 100000)
            assert_true(kept > 10);
        finish(&w);
    }
    signal(SIGXFSZ, SIG_DFL);
}

static void estimate(void **state)
{
    (void)state;
    struct writing w;
    start(&w, network_sets, SETS_COUNT);
    const double one = store_estimate(&w.plan, 1);
    assert_int_equal(write_result(&w, in_base("estimate"), NULL), STATUS_OK);
    /* Small results have their fixed parts; a large one's size is told within a factor of two. */
    w.plan.replicates = 1000;
    const double many = store_estimate(&w.plan, 1);
    assert_true(many > 10 * one);
    store_free(w.store);
    w.plan.snapshot_count = 0;
    assert_int_equal(store_check_folder(in_base("estimate2"), NULL, false, NULL), STATUS_OK);
    assert_int_equal(write_result(&w, in_base("estimate2"), NULL), STATUS_OK);
    double bytes = 0;
    static const char *const files[] = {"estimate2/results.db", "estimate2/series.csv", "estimate2/summary.csv"};
    for (int i = 0; i < 3; i++) {
        struct stat info;
        assert_int_equal(stat(in_base(files[i]), &info), 0);
        bytes += (double)info.st_size;
    }
    assert_true(many > bytes / 2 && many < bytes * 2);
    finish(&w);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders),           cmocka_unit_test(force_replaces_ours_only),
        cmocka_unit_test(damaged_databases), cmocka_unit_test(torn_databases),
        cmocka_unit_test(read_only_result),  cmocka_unit_test(no_room),
        cmocka_unit_test(estimate),
    };
    return cmocka_run_group_tests_name("store in trouble", tests, set_up, tear_down);
}
