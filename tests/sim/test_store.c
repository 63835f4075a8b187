/* The results contract: what is written is read back, foreign things stay, damage is told in a sentence, a full disk
 * keeps what had room. The runs are the Bass model's. */
#include "../../sim/config/config.h"
#include "../../sim/store/db.h"
#include "../../sim/store/export.h"
#include "../../sim/store/folder.h"
#include "../../sim/store/json.h"
#include "../../sim/store/read.h"
#include "../../sim/store/store.h"
#include "../../sim/store/summary.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../near.h"

static char base[256]; /* the folder of all tests */

static const char *in_base(const char *name)
{
    static char path[2][512];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", base, name);
    return path[turn];
}

static char *slurp(const char *dir, const char *name)
{
    char *path = folder_path(dir, name, "");
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long size;
    if (file && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && (text = calloc(1, (size_t)size + 1))) {
        rewind(file);
        assert_int_equal(fread(text, 1, (size_t)size, file), size);
    }
    if (file)
        fclose(file);
    free(path);
    return text;
}

static void spill(const char *dir, const char *name, const char *text)
{
    char *path = folder_path(dir, name, "");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static bool exists(const char *dir, const char *name)
{
    char *path = folder_path(dir, name, "");
    const bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

/* --- Writing a result --- */

struct writing {
    struct config config;
    struct engine_plan plan;
    struct store_scenario scenario;
    struct store *store;
    struct engine_tally tally;
    int64_t snapshots[3];
    int64_t fail; /* this replicate is turned into a failed one; -1: none */
    double sum;   /* of all numbers handed to the store */
    size_t numbers;
};

static void prepare(void *self, struct engine_run *run)
{
    struct writing *w = self;
    if (run->replicate == w->fail) {
        run->outcome = ENGINE_FAILED;
        snprintf(run->message, sizeof run->message, "it said \"no, never\",\nand left");
    } else {
        store_prepare(w->store, run);
    }
}

static enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    struct writing *w = self;
    const size_t n = run->week_count * run->schools * w->plan.model->column_count;
    for (size_t i = 0; run->outcome == ENGINE_DONE && i < n; i++, w->numbers++)
        w->sum += isnan(run->rows[i]) ? 0 : run->rows[i] * (double)(1 + w->numbers % 97);
    return store_take(w->store, run, faults);
}

static void start(struct writing *w, const char *const *sets, size_t count)
{
    static const char *const inputs[] = {"/dev/null"};
    static const char *const command[] = {"ebb", "run", "it's \"odd\" \\ \x01 \xff.ini"};
    static const struct store_library libraries[] = {{"gsl", "2.7.1"}};
    *w = (struct writing){.snapshots = {30, 0, 1000}, .fail = -1};
    assert_int_equal(config_load(NULL, sets, count, &w->config, NULL), STATUS_OK);
    w->plan = (struct engine_plan){.model = w->config.model,
                                   .set = w->config.set,
                                   .input = &w->config.input,
                                   .seed = 18446744073709551615u,
                                   .replicates = w->config.run->replicates,
                                   .weeks = 50,
                                   .every = 7,
                                   .snapshots = w->snapshots,
                                   .snapshot_count = 3,
                                   .snapshot_runs = 2,
                                   .threads = 2,
                                   .self = w,
                                   .prepare = prepare,
                                   .take = take};
    w->scenario = (struct store_scenario){.scenario = "odd, \"name\"",
                                          .title = "Zürich",
                                          .plan = &w->plan,
                                          .config_text = "[run]\n",
                                          .version = "0.1.0",
                                          .commit = "abc",
                                          .command = command,
                                          .command_count = 3,
                                          .inputs = inputs,
                                          .input_count = 1,
                                          .libraries = libraries,
                                          .library_count = 1};
}

static const char *const network_sets[] = {"run.model=bass",      "run.replicates=4", "bass.people=20",
                                           "bass.mixing=network", "bass.degree=3",    "bass.p=2"};
#define SETS_COUNT (sizeof network_sets / sizeof network_sets[0])

static enum status write_result(struct writing *w, const char *dir, struct faults *faults)
{
    enum status status = store_open(dir, &w->scenario, &w->store, faults);
    if (status != STATUS_OK)
        return status;
    status = engine_run_all(&w->plan, &w->tally, faults);
    const enum status closed = store_close(w->store, status, &w->tally, faults);
    return status == STATUS_OK ? closed : status;
}

static void finish(struct writing *w)
{
    store_free(w->store);
    config_free(&w->config);
}

/* A small result in base/name. */
static void make(const char *name)
{
    struct writing w;
    start(&w, network_sets, SETS_COUNT);
    assert_int_equal(write_result(&w, in_base(name), NULL), STATUS_OK);
    finish(&w);
}

/* --- What is written is what is read --- */

static void back_again(void **state)
{
    (void)state;
    struct writing w;
    struct store_result r;
    const char *dir = in_base("back/again/deep");
    start(&w, network_sets, SETS_COUNT);
    w.fail = 1;
    assert_int_equal(write_result(&w, dir, NULL), STATUS_OK);
    assert_int_equal(store_runs_kept(w.store), 4);
    assert_int_equal(store_read(dir, &(struct store_wanted){.graphs = true}, &r, NULL), STATUS_OK);
    assert_string_equal(r.scenario, "odd, \"name\"");
    assert_string_equal(r.title, "Zürich");
    assert_string_equal(r.model, "bass");
    assert_true(r.seed == 18446744073709551615u);
    assert_int_equal(r.weeks_per_year, 40);
    assert_int_equal(r.length, 50);
    assert_int_equal(r.run_count, 3);
    assert_int_equal(r.path_count, 3);
    assert_int_equal(r.paths[1].run, 3); /* run 2 failed */
    static const int64_t weeks[] = {0, 7, 14, 21, 28, 35, 42, 49, 50};
    assert_int_equal(r.week_count, 9);
    assert_memory_equal(r.weeks, weeks, sizeof weeks);
    assert_int_equal(r.column_count, w.plan.model->column_count);
    double sum = 0;
    assert_int_equal(w.numbers, 3 * 9 * r.column_count);
    for (size_t i = 0; i < w.numbers; i++)
        sum += isnan(r.values[i]) ? 0 : r.values[i] * (double)(1 + i % 97);
    assert_near(sum, w.sum, 0); /* to the last bit */
    for (size_t c = 0; c < r.column_count; c++) {
        assert_string_equal(r.columns[c].name, w.plan.model->columns[c].name);
        assert_string_equal(r.columns[c].unit, w.plan.model->columns[c].unit);
        assert_int_equal(r.columns[c].kind, w.plan.model->columns[c].kind);
        assert_near(r.columns[c].hi, w.plan.model->columns[c].hi, 0);
    }
    /* Networks of runs 1 and 2 at weeks 0 and 30; run 2 failed, week 1000 never came. */
    assert_int_equal(r.graph_count, 2);
    assert_int_equal(r.graphs[1].week, 30);
    assert_int_equal(igraph_vcount(&r.graphs[1].graph), 20);
    assert_true(igraph_ecount(&r.graphs[1].graph) > 10);
    store_result_free(&r);
    finish(&w);
}

static void chosen_parts(void **state)
{
    (void)state;
    struct store_result r;
    struct faults faults = {0};
    make("parts");
    const char *dir = in_base("parts");
    assert_int_equal(
        store_read(dir, &(struct store_wanted){.columns = " exposure,adopters", .first_run = 2, .runs = 2}, &r, NULL),
        STATUS_OK);
    assert_int_equal(r.column_count, 2);
    assert_string_equal(r.columns[0].name, "adopters"); /* the result's order */
    assert_int_equal(r.run_count, 2);
    assert_int_equal(r.paths[0].run, 2);
    assert_int_equal(r.graph_count, 0);
    store_result_free(&r);
    assert_int_equal(
        store_read(dir, &(struct store_wanted){.no_values = true, .graphs = true, .graph_run = 2, .graph_max = 1}, &r,
                   NULL),
        STATUS_OK);
    assert_null(r.values);
    assert_int_equal(r.graph_count, 1);
    assert_int_equal(r.graphs[0].run, 2);
    store_result_free(&r);
    assert_int_equal(store_read(dir, &(struct store_wanted){.columns = "adoptrs,zzz"}, &r, &faults), STATUS_USAGE);
    assert_int_equal(faults.count, 2);
    assert_string_equal(faults.list[0].text, "has no column 'adoptrs'; did you mean adopters?");
    assert_string_equal(faults.list[1].text, "has no column 'zzz'");
    faults_free(&faults);
}

static void whole_and_many_schools(void **state)
{
    (void)state;
    static const char *const sets[] = {"run.model=bass", "run.replicates=3", "bass.people=20", "bass.markets=5"};
    struct writing w;
    struct store_result r;
    for (int whole = 0; whole < 2; whole++) {
        const char *dir = in_base(whole ? "whole" : "each");
        start(&w, sets, 4);
        w.plan.whole = whole;
        w.plan.snapshot_count = 0;
        assert_int_equal(write_result(&w, dir, NULL), STATUS_OK);
        assert_int_equal(store_read(dir, NULL, &r, NULL), STATUS_OK);
        assert_int_equal(r.school_count, whole ? 1 : 5);
        assert_int_equal(r.paths[0].school, whole ? 0 : 1);
        assert_int_equal(r.path_count, whole ? 3 : 15);
        store_result_free(&r);
        finish(&w);
    }
    /* A run's value is the mean over its schools either way. */
    char *each = slurp(in_base("each"), "summary.csv"), *mean = slurp(in_base("whole"), "summary.csv");
    assert_string_equal(each, mean);
    free(each);
    free(mean);
}

static void summary_by_hand(void **state)
{
    (void)state;
    struct store_result r;
    make("summary");
    char *text = slurp(in_base("summary"), "summary.csv");
    assert_int_equal(store_read(in_base("summary"), &(struct store_wanted){.columns = "adopters"}, &r, NULL),
                     STATUS_OK);
    double values[4], sum = 0, square = 0;
    for (size_t p = 0; p < 4; p++)
        sum += values[p] = r.values[p * r.week_count + 7];
    for (size_t p = 0; p < 4; p++)
        square += (values[p] - sum / 4) * (values[p] - sum / 4);
    char expected[128];
    snprintf(expected, sizeof expected, ",49,adopters,4,%.9g,%.9g,", sum / 4, sqrt(square / 3));
    assert_non_null(strstr(text, expected));
    store_result_free(&r);
    free(text);
}

/* Whatever is held at once, down to one column of one week, the summary has the same bytes. */
static void summary_in_little_room(void **state)
{
    (void)state;
    struct writing w;
    int64_t weeks[16];
    start(&w, network_sets, SETS_COUNT);
    assert_int_equal(write_result(&w, in_base("room"), NULL), STATUS_OK);
    char *expected = slurp(in_base("room"), "summary.csv"), path[300];
    const size_t count = engine_weeks(&w.plan, weeks), columns = w.plan.model->column_count;
    const size_t rooms[] = {0, 4, 4 * columns - 1, 4 * columns, 12 * columns + 3, 1u << 20};
    snprintf(path, sizeof path, "%s/results.db", in_base("room"));
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++) {
        sqlite3 *db;
        char *text = NULL;
        size_t size;
        FILE *csv = open_memstream(&text, &size);
        assert_non_null(csv);
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        assert_int_equal(db_exec(db, "BEGIN; DELETE FROM summary"), SQLITE_OK);
        assert_int_equal(summary_write(db, &w.scenario, weeks, count, rooms[i], csv), SQLITE_OK);
        sqlite3_close(db);
        fclose(csv);
        assert_string_equal(text, expected);
        free(text);
    }
    free(expected);
    finish(&w);
}

/* --- Files --- */

static int json_is_valid(const char *text)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT json_valid(?), json_extract(?1, '$.command[2]')", -1, &statement, NULL),
        SQLITE_OK);
    sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
    sqlite3_step(statement);
    const int valid = sqlite3_column_int(statement, 0);
    /* what is not UTF-8 is taken for Latin-1 */
    if (valid && strstr(text, "\"command\""))
        assert_string_equal((const char *)sqlite3_column_text(statement, 1), "it's \"odd\" \\ \x01 \xc3\xbf.ini");
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return valid;
}

static void manifest(void **state)
{
    (void)state;
    make("manifest");
    char *text = slurp(in_base("manifest"), "manifest.json");
    assert_true(json_is_valid(text));
    assert_non_null(strstr(text, "\"seed\": \"18446744073709551615\""));
    assert_non_null(strstr(text, "\"status\": \"done\""));
    assert_non_null(strstr(text, "\"missing\": \"\""));
    /* The SHA-256 of nothing. */
    assert_non_null(strstr(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    free(text);
}

static void json_nests(void **state)
{
    (void)state;
    struct json json = {0};
    json_open(&json, NULL, '{');
    json_open(&json, "empty", '[');
    json_close(&json, '[');
    json_open(&json, "list", '[');
    json_integer(&json, NULL, INT64_MIN);
    json_real(&json, NULL, 2.385);
    json_real(&json, NULL, (double)NAN);
    json_bool(&json, NULL, true);
    json_string(&json, NULL, "é\n\t\"\\\x7f");
    json_close(&json, '[');
    json_close(&json, '{');
    rows_text_raw(&json.text, "", 1);
    assert_string_equal(json.text.data,
                        "{\n  \"empty\": [],\n  \"list\": [\n    -9223372036854775808,\n    2.385,\n    null,\n"
                        "    true,\n    \"é\\u000a\\u0009\\\"\\\\\\u007f\"\n  ]\n}\n");
    assert_true(json_is_valid(json.text.data));
    free(json.text.data);
}

static void headers(void **state)
{
    (void)state;
    static const struct {
        const char *file, *begins;
    } files[] = {
        {"runs.csv",
         "run,scenario,point,replicate,seed,status,message\n1,\"odd, \"\"name\"\"\",0,1,18446744073709551615,done,NA\n"
         "2,\"odd, \"\"name\"\"\",0,2,18446744073709551615,failed,\"it said \"\"no, never\"\",\nand left\"\n"},
        {"series.csv", "run,week,school,adopters,new_adopters,exposure,degree\n1,0,1,0,0,0,"},
        {"summary.csv", "scenario,point,week,measure,n,mean,sd,q05,q25,median,q75,q95,mean_lo,mean_hi\n"
                        "\"odd, \"\"name\"\"\",0,0,adopters,3,0,0,"},
        {"nodes.csv", "run,week,school,id,layer,adopted_week\n1,0,1,1,0,NA\n"},
        {"ties.csv", "run,week,school,from,to,active\n1,0,1,1,"},
        {"columns.csv",
         "file,column,type,digits,unit,lo,hi,kind,of,labels,meaning\nruns.csv,run,integer,NA,,NA,NA,,,,"},
        {"config.ini", "[run]\n"},
    };
    struct writing w;
    start(&w, network_sets, SETS_COUNT);
    w.fail = 1;
    assert_int_equal(write_result(&w, in_base("headers"), NULL), STATUS_OK);
    finish(&w);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *text = slurp(in_base("headers"), files[i].file);
        assert_non_null(text);
        if (strncmp(text, files[i].begins, strlen(files[i].begins)) != 0)
            fail_msg("%s begins\n%.300s", files[i].file, text);
        assert_null(strstr(text, "nan"));
        assert_null(strchr(text, '\r'));
        free(text);
    }
}

/* Every column of every table stands in the dictionary, in its order. */
static void dictionary_is_complete(void **state)
{
    (void)state;
    static const char *const files[] = {"runs.csv",  "series.csv", "summary.csv",
                                        "nodes.csv", "ties.csv",   "lineage.csv"};
    make("dictionary");
    char *dictionary = slurp(in_base("dictionary"), "columns.csv");
    const char *at = dictionary;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char *text = slurp(in_base("dictionary"), files[i]), *rest = NULL, row[128];
        *strchr(text, '\n') = '\0';
        for (char *name = strtok_r(text, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
            at = strchr(at, '\n') + 1;
            snprintf(row, sizeof row, "%s,%s,", files[i], name);
            if (strncmp(at, row, strlen(row)) != 0)
                fail_msg("columns.csv has %.40s where %s belongs", at, row);
        }
        free(text);
    }
    assert_string_equal(strchr(at, '\n'), "\n");
    free(dictionary);
}

static void same_bytes(void **state)
{
    (void)state;
    make("one");
    struct writing w;
    start(&w, network_sets, SETS_COUNT);
    w.plan.threads = 1;
    w.plan.prepare = NULL; /* row by row, as for runs too large to be formatted ahead */
    assert_int_equal(write_result(&w, in_base("two"), NULL), STATUS_OK);
    finish(&w);
    for (size_t i = 0; folder_files[i]; i++) {
        if (strcmp(folder_files[i], "manifest.json") == 0)
            continue;
        char command[1200];
        snprintf(command, sizeof command, "%s/one/%s", base, folder_files[i]);
        char *a = slurp(in_base("one"), folder_files[i]), *b = slurp(in_base("two"), folder_files[i]);
        assert_int_equal(!a, !b);
        struct stat one, two;
        if (a && strcmp(folder_files[i], "results.db") != 0)
            assert_string_equal(a, b);
        if (a) {
            assert_int_equal(stat(command, &one), 0);
            snprintf(command, sizeof command, "cmp -s '%s/one/%s' '%s/two/%s'", base, folder_files[i], base,
                     folder_files[i]);
            assert_int_equal(stat(in_base("two"), &two), 0);
            assert_int_equal(system(command), 0);
        }
        free(a);
        free(b);
    }
    assert_false(exists(in_base("one"), "results.db-journal"));
}

static void exported_tables(void **state)
{
    (void)state;
    make("exported");
    for (size_t i = 0; export_tables[i]; i++) {
        char name[64], *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);
        const bool points = strcmp(export_tables[i], "points") == 0; /* a sweep's, which this is not */
        assert_int_equal(store_export(in_base("exported"), export_tables[i], out, NULL),
                         points ? STATUS_BAD_INPUT : STATUS_OK);
        fclose(out);
        if (points) {
            free(text);
            continue;
        }
        snprintf(name, sizeof name, "%s.csv", export_tables[i]);
        char *file = slurp(in_base("exported"), name);
        assert_string_equal(text, file);
        free(file);
        free(text);
    }
}

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
    check(dir, true, STATUS_OK);
    make("forced");
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
    refuse("void", STATUS_BAD_INPUT, "not one of `ebb run`");
    change("c1", "PRAGMA user_version=99");
    refuse("c1", STATUS_BAD_INPUT, "layout 99");
    change("c2", "PRAGMA application_id=7");
    refuse("c2", STATUS_BAD_INPUT, "not one of");
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

static int set_up(void **state)
{
    (void)state;
    const char *temp = getenv("TMPDIR");
    snprintf(base, sizeof base, "%.200s/ebb-store-XXXXXX", temp && *temp ? temp : "/tmp");
    return mkdtemp(base) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[600];
    snprintf(command, sizeof command, "chmod -R u+w '%s'; rm -rf '%s'", base, base);
    return system(command);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(back_again),
        cmocka_unit_test(chosen_parts),
        cmocka_unit_test(whole_and_many_schools),
        cmocka_unit_test(summary_by_hand),
        cmocka_unit_test(summary_in_little_room),
        cmocka_unit_test(manifest),
        cmocka_unit_test(json_nests),
        cmocka_unit_test(headers),
        cmocka_unit_test(dictionary_is_complete),
        cmocka_unit_test(same_bytes),
        cmocka_unit_test(exported_tables),
        cmocka_unit_test(folders),
        cmocka_unit_test(force_replaces_ours_only),
        cmocka_unit_test(damaged_databases),
        cmocka_unit_test(torn_databases),
        cmocka_unit_test(read_only_result),
        cmocka_unit_test(no_room),
        cmocka_unit_test(estimate),
    };
    return cmocka_run_group_tests_name("store", tests, set_up, tear_down);
}
