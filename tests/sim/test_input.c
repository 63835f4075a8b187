/* Surveys: joining a staff list and nominations, GraphML, and the strict reading of what `ebb import` wrote. */
#include "../../sim/config/graphml.h"
#include "../../sim/config/input.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../near.h"

#define NEAR(value, want) assert_near(value, want, 1e-9)

static const struct survey_columns defaults = SURVEY_COLUMNS;
static const struct survey_bounds open_bounds = {-INFINITY, INFINITY, INFINITY};

static enum status join(const char *roster, const char *ties, const struct survey_columns *columns, struct survey *s,
                        struct faults *faults)
{
    struct csv_table people, named;
    assert_int_equal(csv_table_parse("r.csv", roster, strlen(roster), 0, &people, faults), STATUS_OK);
    assert_int_equal(csv_table_parse("t.csv", ties, strlen(ties), 0, &named, faults), STATUS_OK);
    return survey_join(&people, &named, columns, open_bounds, s, faults);
}

static struct survey good(const char *roster, const char *ties, const struct survey_columns *columns)
{
    struct survey s;
    struct faults faults = {0};
    enum status status = join(roster, ties, columns, &s, &faults);
    faults_print(&faults, stderr);
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(faults.count, 0);
    return s;
}

/* All faults' number, and line and part of one of them. */
static void bad(const char *roster, const char *ties, const struct survey_columns *columns, size_t errors, size_t which,
                int line, const char *part)
{
    struct survey s;
    struct faults faults = {0};
    assert_int_equal(join(roster, ties, columns, &s, &faults), STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, errors);
    assert_int_equal(faults.list[which].line, line);
    if (!strstr(faults.list[which].text, part))
        fail_msg("\"%s\" is not in \"%s\"", part, faults.list[which].text);
    assert_null(s.people);
    faults_free(&faults);
}

static void expect_finding(const struct survey *s, size_t i, enum survey_kind kind, int line, const char *want)
{
    char text[1000];
    assert_true(i < s->finding_count);
    assert_int_equal(s->findings[i].kind, kind);
    assert_int_equal(s->findings[i].line, line);
    survey_describe(s, &s->findings[i], true, text, sizeof text);
    assert_string_equal(text, want);
}

static void joins_people_units_and_ties(void **state)
{
    (void)state;
    struct survey s = good("id,unit,years,trust,role,name\nT3,west,4.5,2,teacher,x\nT1,,NA,,principal,y\n"
                           "T2,west,0,3.25,,z\nT9,east,80,1,N/A,w\n",
                           "from,to,strength\nT3,T1,0.25\nT1,T3,\nT2,T9,2\n", &defaults);
    assert_int_equal(s.people_count, 4);
    assert_int_equal(s.unit_count, 3);
    assert_int_equal(s.people[0].unit_number, 0);
    assert_int_equal(s.people[1].unit_number, 1);
    assert_int_equal(s.people[2].unit_number, 0);
    assert_int_equal(s.people[3].unit_number, 2);
    assert_string_equal(survey_unit(&s.people[1]), "unassigned");
    NEAR(s.people[0].years, 4.5);
    assert_true(isnan(s.people[1].years) && isnan(s.people[1].trust));
    assert_string_equal(s.people[2].role, "");
    assert_string_equal(s.people[3].role, "");
    assert_int_equal(s.tie_count, 3);
    NEAR(s.ties[0].strength, 0.25);
    NEAR(s.ties[1].strength, 1); /* not told */
    assert_int_equal(s.people[0].sought, 1);
    assert_int_equal(s.people[3].rows, 0);
    assert_int_equal(s.finding_count, 0);
    assert_false(s.roster_used[5]);
    assert_true(s.roster_used[4]);
    survey_free(&s);
}

static void keeps_what_every_survey_has_as_findings(void **state)
{
    (void)state;
    struct survey s = good("id\nanna\nbo\ncyd\n",
                           "from,to,strength\nanna,ana,1\nzed,bo,1\nbo,bo,1\nanna,cyd,1\nbo,anna,1\nanna,cyd,0.5\n"
                           "cyd,,\nbo,cyd,0\nzed,,1\n",
                           &defaults);
    assert_int_equal(s.tie_count, 2);
    assert_int_equal(s.nomination_count, 7);
    assert_int_equal(s.finding_count, 7);
    expect_finding(&s, 0, SURVEY_UNKNOWN_TO, 2, "'anna' names 'ana', who is not in the roster; did they mean 'anna'?");
    expect_finding(&s, 1, SURVEY_UNKNOWN_FROM, 3, "'zed' is not in the roster, but names 'bo'");
    expect_finding(&s, 2, SURVEY_SELF, 4, "'bo' names itself");
    expect_finding(&s, 3, SURVEY_REPEATED, 7, "'anna' names 'cyd' again (first in line 5)");
    expect_finding(&s, 4, SURVEY_BLANK, 8, "'cyd' names nobody in this row");
    expect_finding(&s, 5, SURVEY_ZERO, 9, "'bo' names 'cyd' with strength 0, which is no tie");
    expect_finding(&s, 6, SURVEY_UNKNOWN_FROM, 10, "'zed' is not in the roster, but names nobody");
    assert_int_equal(s.kinds[SURVEY_UNKNOWN_FROM], 2);
    assert_int_equal(s.people[2].rows, 1); /* answered, although with nobody */
    survey_free(&s);
}

static void reads_several_columns_of_names(void **state)
{
    (void)state;
    struct survey_columns wide = defaults;
    wide.from = (struct survey_column){"me", true};
    wide.to = (struct survey_column){"first,second,third", true};
    struct survey s = good("id\n1\n2\n3\n", "me,first,second,third\n1,2,3,\n2,NA,NA,NA\n3,1,1,9\n", &wide);
    assert_int_equal(s.tie_count, 3);
    assert_int_equal(s.nomination_count, 5);
    assert_int_equal(s.kinds[SURVEY_BLANK], 1);
    assert_int_equal(s.kinds[SURVEY_REPEATED], 1);
    assert_int_equal(s.kinds[SURVEY_UNKNOWN_TO], 1);
    survey_free(&s);
    bad("id\n1\n", "me,first,second\n1,,\n", &wide, 1, 0, 1,
        "has no column 'third' (`ebb import` takes another by --to-col)");
}

static void a_missing_word_can_be_an_id(void **state)
{
    (void)state;
    struct survey s = good("id\nNA\nnull\n", "from,to\nNA,null\nnull,NA\n", &defaults);
    assert_int_equal(s.tie_count, 2);
    assert_int_equal(s.finding_count, 0);
    survey_free(&s);
}

static void decimal_commas_where_they_are_plain(void **state)
{
    (void)state;
    struct survey s = good("id;years\n1;4,5\n2;3\n", "from;to\n1;2\n", &defaults);
    NEAR(s.people[0].years, 4.5);
    survey_free(&s);
    bad("id,years\n1,\"4,5\"\n", "from,to\n", &defaults, 1, 0, 2, "years is '4,5', which is no number");
}

static void every_fault_is_told_with_its_line(void **state)
{
    (void)state;
    struct survey_columns asked = defaults;
    asked.unit = (struct survey_column){"grade", true};
    bad("id,years\n1,three\n1,-2\n,81\n2,1e9\n3,0x10\n4,inf\n", "from,to\n1,2\n", &defaults, 8, 0, 2,
        "years is 'three', which is no number");
    bad("id,years\n1,3\n1,2\n", "from,to\n", &defaults, 1, 0, 3, "the id '1' stands in line 2 already");
    bad("id,x\n1,3\n,2\n", "from,to\n", &defaults, 1, 0, 3, "has no id");
    bad("id,years\n1,80.5\n", "from,to\n", &defaults, 1, 0, 2, "years is 80.5; allowed is 0 to 80");
    bad("id\n", "from,to\n", &defaults, 1, 0, 0, "no staff");
    bad("ident\n1\n", "from,to\n", &defaults, 1, 0, 1, "has no column 'id' (`ebb import` takes another by --id-col)");
    bad("id,grades\n1,2\n", "from,to\n", &asked, 1, 0, 1, "did you mean 'grades'?");
    bad("id\n1\n", "who,whom\n", &defaults, 2, 1, 1, "has no column 'to'");
    bad("id\n1\n", "from,to,strength\n1,1,-0.5\n", &defaults, 1, 0, 2, "strength is -0.5; allowed is 0 or more");
    bad("id\n1\n", "from,to,strength\n1,1,much\n", &defaults, 1, 0, 2, "strength is 'much'");
}

/* A graph from the two texts, through files; the faults stay with the caller. */
static enum status read_files(const char *roster, const char *ties, igraph_t *graph, struct faults *faults)
{
    char folder[] = "/tmp/ebb-input-XXXXXX", paths[2][64];
    const char *texts[2] = {roster, ties};
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < 2; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/%d.csv", folder, i);
        FILE *out = fopen(paths[i], "w");
        assert_non_null(out);
        fputs(texts[i], out);
        fclose(out);
    }
    enum status status = input_read_network(paths[0], paths[1], graph, faults);
    unlink(paths[0]);
    unlink(paths[1]);
    rmdir(folder);
    return status;
}

static void a_checked_network_carries_its_attributes(void **state)
{
    (void)state;
    igraph_t g;
    struct faults faults = {0};
    assert_int_equal(read_files("id,unit,years,trust,role\nb,u2,3,0.5,principal\na,u1,,1,\nc,u2,7,NA,coach\n",
                                "from,to,strength\na,b,0.5\nb,a,1\nc,a,\n", &g, &faults),
                     STATUS_OK);
    assert_int_equal(igraph_vcount(&g), 3);
    assert_int_equal(igraph_ecount(&g), 3);
    assert_true(igraph_is_directed(&g));
    assert_string_equal(VAS(&g, GRAPH_ID, 0), "b");
    assert_string_equal(VAS(&g, INPUT_UNIT_NAME, 2), "u2");
    NEAR(VAN(&g, INPUT_UNIT, 1), 1);
    NEAR(VAN(&g, INPUT_UNIT, 2), 0);
    NEAR(VAN(&g, INPUT_YEARS, 2), 7);
    assert_true(isnan(VAN(&g, INPUT_YEARS, 1)) && isnan(VAN(&g, INPUT_TRUST, 2)));
    NEAR(VAN(&g, INPUT_TRUST, 0), 0.5);
    assert_string_equal(VAS(&g, INPUT_ROLE, 0), "principal");
    assert_string_equal(VAS(&g, INPUT_ROLE, 1), "teacher");
    igraph_integer_t arc;
    assert_int_equal(igraph_get_eid(&g, &arc, 1, 0, true, true), 0);
    NEAR(EAN(&g, GRAPH_STRENGTH, arc), 0.5);
    igraph_destroy(&g);
}

static void an_unchecked_network_is_refused_as_a_whole(void **state)
{
    (void)state;
    igraph_t g;
    struct faults faults = {0};
    assert_int_equal(read_files("id\na\nb\n", "from,to\na,x\na,a\na,b\na,b\nq,b\nb,\n", &g, &faults), STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, 5);
    assert_int_equal(faults.list[0].line, 2);
    assert_non_null(strstr(faults.list[0].text, "'a' names 'x', who is not in the roster"));
    faults_free(&faults);
    faults = (struct faults){0};
    assert_int_equal(read_files("id,trust\na,1.01\nb,0\nc,-0.1\n", "from,to,strength\na,b,1.5\n", &g, &faults),
                     STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, 3);
    assert_non_null(strstr(faults.list[0].text, "trust is 1.01; allowed is 0 to 1"));
    faults_free(&faults);
    faults = (struct faults){0};
    assert_int_equal(input_read_network("/no/roster.csv", "/no/ties.csv", &g, &faults), STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, 2);
    faults_free(&faults);
}

#define XML(keys, direction, body) \
    "<?xml version=\"1.0\"?>\n<graphml>" keys "<graph edgedefault=\"" direction "\">\n" body "</graph></graphml>"
#define KEY(id, of, name, type) "<key id=\"" id "\" for=\"" of "\" attr.name=\"" name "\" attr.type=\"" type "\"/>"

static enum status read_xml(const char *text, const char *id, struct survey *s, bool *undirected, struct faults *faults)
{
    struct csv_table roster, ties;
    char *copy = strdup(text);
    assert_non_null(copy);
    enum status status = graphml_parse("n.graphml", copy, strlen(copy), id, &roster, &ties, undirected, faults);
    free(copy);
    struct survey_columns columns = defaults;
    columns.id = (struct survey_column){id, false};
    return status ? status : survey_join(&roster, &ties, &columns, open_bounds, s, faults);
}

static void reads_graphml(void **state)
{
    (void)state;
    struct survey s;
    struct faults faults = {0};
    bool undirected;
    assert_int_equal(read_xml(XML(KEY("u", "node", "unit", "string") KEY("y", "node", "years", "double")
                                      KEY("w", "edge", "strength", "double") KEY("n", "node", "name", "string"),
                                  "directed",
                                  "<node id=\"a\"><data key=\"u\">Maths, &amp; more</data><data key=\"y\">3.5</data>"
                                  "<data key=\"n\">Ann</data></node><node id=\"b\"><data key=\"n\">Bö</data></node>"
                                  "<edge source=\"a\" target=\"b\"><data key=\"w\">0.5</data></edge>"
                                  "<edge source=\"b\" target=\"b\"/>"),
                              "name", &s, &undirected, &faults),
                     STATUS_OK);
    assert_int_equal(faults.count, 0);
    assert_false(undirected);
    assert_string_equal(s.people[0].id, "Ann");
    assert_string_equal(s.people[0].unit, "Maths, & more");
    NEAR(s.people[0].years, 3.5);
    assert_true(isnan(s.people[1].years));
    assert_int_equal(s.tie_count, 1);
    NEAR(s.ties[0].strength, 0.5);
    assert_int_equal(s.kinds[SURVEY_SELF], 1);
    assert_int_equal(s.findings[0].line, 0);
    survey_free(&s);
    assert_int_equal(
        read_xml(XML("", "undirected", "<node id=\"a\"/><node id=\"b\"/><edge source=\"a\" target=\"b\"/>"), "id", &s,
                 &undirected, &faults),
        STATUS_OK);
    assert_true(undirected);
    assert_int_equal(s.tie_count, 2);
    survey_free(&s);
    assert_int_equal(faults.count, 0);
}

static void refuses_graphml_that_igraph_would_mend_in_silence(void **state)
{
    (void)state;
    static const struct {
        const char *text, *part;
    } rows[] = {
        {"", "is empty"},
        {"hello", "holds no <graph>"},
        {"<html><body/></html>", "holds no <graph>"},
        {"<graphml><graph edgedefault=\"directed\"><node id=\"a\"/>", "the graph library says"},
        {"<graphml><!-- <graph> --></graphml>", "holds no <graph>"},
        {"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>" XML("", "directed", "<node id=\"&b;\"/>"),
         "declares a document type or entities"},
        {XML("", "directed", ""), "has no <node>"},
        {XML("", "directed", "<node/>"), "missing ID"},
        {XML("", "directed", "<node id=\"\"/>"), "without an id"},
        {XML("", "directed", "<node id=\"a\"/><node id=\"a\"/>"), "2 <node>s but only 1 different ones"},
        {XML("", "directed", "<node id=\"a\"/><edge source=\"a\" target=\"q\"/>"), "1 node that no <node> tells of"},
        {XML("", "directed", "<node id=\"a\"/><edge source=\"a\"/>"), "missing source or target"},
        {XML("", "directed", "<node id=\"a\"/><hyperedge/>"), "hyperedges"},
        {XML("", "directed", "<node id=\"a\"><graph edgedefault=\"directed\"><node id=\"b\"/></graph></node>"),
         "a second <graph>"},
        {XML(KEY("u", "node", "unit", "color"), "directed", "<node id=\"a\"/>"), "Unknown attribute type"},
        {XML(KEY("u", "node", "years", "double"), "directed", "<node id=\"a\"><data key=\"u\">x</data></node>"),
         "the graph library says"},
        {XML(KEY("u", "node", "u", "double") KEY("v", "node", "u", "string"), "directed",
             "<node id=\"a\"><data key=\"u\">1</data><data key=\"v\">x</data></node>"),
         "the graph library says"},
        {XML(KEY("u", "node", "years", "double"), "directed", "<node id=\"a\"><data key=\"u\">-4</data></node>"),
         "years is -4; allowed is 0 to 80"},
        {XML("", "directed", "<node id=\"\xff\"/>"), "the graph library says"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct survey s;
        struct faults faults = {0};
        bool undirected;
        assert_int_not_equal(read_xml(rows[i].text, "id", &s, &undirected, &faults), STATUS_OK);
        assert_int_equal(faults.errors, 1);
        if (!strstr(faults.list[0].text, rows[i].part))
            fail_msg("row %zu: \"%s\" is not in \"%s\"", i, rows[i].part, faults.list[0].text);
        assert_int_equal(faults.list[0].status, STATUS_BAD_INPUT);
        faults_free(&faults);
    }
}

static void tells_of_data_that_igraph_passes_over(void **state)
{
    (void)state;
    struct survey s;
    struct faults faults = {0};
    bool undirected;
    assert_int_equal(read_xml(XML("", "directed", "<node id=\"a\"><data key=\"zz\">x</data></node>"), "id", &s,
                              &undirected, &faults),
                     STATUS_OK);
    assert_int_equal(faults.count, 1);
    assert_non_null(strstr(faults.list[0].text, "Unknown attribute key 'zz'"));
    faults_free(&faults);
    survey_free(&s);
}

/* A key's default is copied for every node: 100 kB times 10,000 nodes would be a gigabyte. */
static void refuses_defaults_that_would_fill_the_memory(void **state)
{
    (void)state;
    struct survey s;
    struct faults faults = {0};
    bool undirected;
    size_t size;
    char *text = NULL;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    fprintf(
        out,
        "<graphml><key id=\"u\" for=\"node\" attr.name=\"unit\" attr.type=\"string\"><default>%0100000d</default></key>"
        "<graph edgedefault=\"directed\">",
        1);
    for (int i = 0; i < 10000; i++)
        fprintf(out, "<node id=\"%d\"/>", i);
    fputs("</graph></graphml>", out);
    fclose(out);
    assert_int_equal(read_xml(text, "id", &s, &undirected, &faults), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[0].text, "too many to read"));
    faults_free(&faults);
    free(text);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_people_units_and_ties),
        cmocka_unit_test(keeps_what_every_survey_has_as_findings),
        cmocka_unit_test(reads_several_columns_of_names),
        cmocka_unit_test(a_missing_word_can_be_an_id),
        cmocka_unit_test(decimal_commas_where_they_are_plain),
        cmocka_unit_test(every_fault_is_told_with_its_line),
        cmocka_unit_test(a_checked_network_carries_its_attributes),
        cmocka_unit_test(an_unchecked_network_is_refused_as_a_whole),
        cmocka_unit_test(reads_graphml),
        cmocka_unit_test(refuses_graphml_that_igraph_would_mend_in_silence),
        cmocka_unit_test(tells_of_data_that_igraph_passes_over),
        cmocka_unit_test(refuses_defaults_that_would_fill_the_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
