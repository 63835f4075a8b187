/* The results contract: what is written is read back, by whatever threads; tables, manifest and dictionary. */
#include "../../sim/store/export.h"
#include "../../sim/store/json.h"
#include "../../sim/store/manifest_read.h"
#include "../../sim/store/summary.h"
#include "stored.h"

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
    json_string(&json, NULL, "é\n\t\"\\\x7f");
    json_close(&json, '[');
    json_close(&json, '{');
    rows_text_raw(&json.text, "", 1);
    assert_string_equal(json.text.data,
                        "{\n  \"empty\": [],\n  \"list\": [\n    -9223372036854775808,\n    2.385,\n    null,\n"
                        "    \"é\\u000a\\u0009\\\"\\\\\\u007f\"\n  ]\n}\n");
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

/* What a comparison's folder is drawn from again. */
static void manifest_is_read_back(void **state)
{
    static const char *const odd = "it's \"odd\" \\ \x01 \xc3\xbc";
    struct json json = {0};
    (void)state;
    json_open(&json, NULL, '{');
    json_string(&json, "program", "ebb");
    json_string(&json, "name", odd);
    json_open(&json, "command", '[');
    json_string(&json, NULL, "ebb");
    json_string(&json, NULL, "name");
    json_close(&json, '[');
    json_open(&json, "scenarios", '[');
    json_open(&json, NULL, '{');
    json_string(&json, "name", "second");
    json_close(&json, '{');
    json_close(&json, '[');
    json_integer(&json, "runs", 3);
    json_close(&json, '{');
    rows_text_raw(&json.text, "", 1);
    assert_int_equal(folder_make(in_base("told"), NULL), STATUS_OK);
    spill(in_base("told"), "manifest.json", json.text.data);
    static const struct {
        const char *key, *texts[3];
    } row[] = {{"name", {odd, "second"}}, {"command", {"ebb", "name"}}, {"runs", {NULL}}, {"nam", {NULL}}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        char **texts = manifest_texts(in_base("told"), row[i].key);
        assert_non_null(texts);
        for (size_t k = 0; row[i].texts[k]; k++)
            assert_string_equal(texts[k], row[i].texts[k]);
        assert_null(texts[row[i].texts[0] ? 2 : 0]);
        manifest_texts_free(texts);
    }
    char **none = manifest_texts(in_base("nowhere"), "name");
    assert_non_null(none);
    assert_null(none[0]);
    manifest_texts_free(none);
    free(json.text.data);
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
        cmocka_unit_test(manifest_is_read_back),
    };
    return cmocka_run_group_tests_name("store", tests, set_up, tear_down);
}
