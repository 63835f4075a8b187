/* `ebb export`: GraphML that igraph reads back with every attribute, tables to files, and what it refuses. */
#include "../../models/models.h"
#include "../../sim/command.h"
#include "../../sim/leaf/graph.h"
#include "../../sim/store/read.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../near.h"

static char base[256];

static void place(char path[512], const char *name)
{
    snprintf(path, 512, "%s/%s", base, name);
}

/* Calls a command as main() does; the words are split at blanks, "@name" is base/name. */
static enum status call(const char *line, struct faults *faults)
{
    char copy[1024], paths[32][512], *words[33], *rest = NULL;
    int count = 0;
    struct options options;
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok_r(copy, " ", &rest); word && count < 32; word = strtok_r(NULL, " ", &rest)) {
        words[count] = word;
        if (*word == '@') {
            place(paths[count], word + 1);
            words[count] = paths[count];
        }
        count++;
    }
    words[count] = NULL;
    const struct command *command = command_find(words[0]);
    assert_non_null(command);
    enum status status = options_parse(command, count, words, &options, faults);
    if (status != STATUS_OK)
        return status;
    status = command->run(&options, faults);
    options_free(&options);
    return status;
}

static void good(const char *line)
{
    struct faults faults = {0};
    const enum status status = call(line, &faults);
    if (status != STATUS_OK)
        fail_msg("%s: %s", line, faults.count ? faults.list[0].text : "");
    faults_free(&faults);
}

static void refused(const char *line, enum status expected, const char *sentence)
{
    struct faults faults = {0};
    const enum status status = call(line, &faults);
    if (status != expected || faults.errors == 0 || !strstr(faults.list[0].text, sentence))
        fail_msg("%s: status %d: %s", line, (int)status, faults.count ? faults.list[0].text : "");
    faults_free(&faults);
}

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-14 * fabs(a); /* GraphML carries 15 digits */
}

static void compare(const struct store_result *r, const struct store_graph *g, const igraph_t *read)
{
    const igraph_t *graph = &g->graph;
    assert_int_equal(igraph_vcount(read), igraph_vcount(graph));
    assert_int_equal(igraph_ecount(read), igraph_ecount(graph));
    assert_true(igraph_is_directed(read));
    assert_near(igraph_cattribute_GAN(read, "week"), (double)g->week, 0);
    assert_string_equal(igraph_cattribute_GAS(read, "scenario"), r->scenario);
    for (igraph_integer_t v = 0; v < igraph_vcount(graph); v++) {
        assert_string_equal(igraph_cattribute_VAS(read, GRAPH_ID, v), igraph_cattribute_VAS(graph, GRAPH_ID, v));
        for (size_t a = 0; a < r->node_attribute_count; a++)
            assert_true(same(igraph_cattribute_VAN(graph, r->node_attributes[a].name, v),
                             igraph_cattribute_VAN(read, r->node_attributes[a].name, v)));
    }
    for (igraph_integer_t e = 0; e < igraph_ecount(graph); e++) {
        assert_int_equal(IGRAPH_FROM(read, e), IGRAPH_FROM(graph, e));
        assert_int_equal(IGRAPH_TO(read, e), IGRAPH_TO(graph, e));
        for (size_t a = 0; a < r->tie_attribute_count; a++)
            assert_true(same(igraph_cattribute_EAN(graph, r->tie_attributes[a].name, e),
                             igraph_cattribute_EAN(read, r->tie_attributes[a].name, e)));
    }
}

static void graphml_of_every_model(void **state)
{
    (void)state;
    for (size_t m = 0; models[m]; m++) {
        char line[512], path[512], dir[64];
        struct store_result r;
        snprintf(dir, sizeof dir, "%s", models[m]->name);
        place(path, "empty.ini");
        fclose(fopen(path, "w"));
        snprintf(line, sizeof line,
                 "run @empty.ini --set run.model=%s --set run.weeks=20w -r 2 -q --set output.snapshots=0,20 --set "
                 "output.charts=no --set output.snapshot_runs=2 -o @%s%s",
                 models[m]->name, dir,
                 strcmp(models[m]->name, "bass") ? "" : " --set bass.mixing=network --set bass.p=1");
        good(line);
        snprintf(line, sizeof line, "export @%s --format graphml -q -o @%s-nets", dir, dir);
        good(line);
        place(path, dir);
        assert_int_equal(store_read(path, &(struct store_wanted){.graphs = true}, &r, NULL), STATUS_OK);
        assert_int_equal(r.graph_count, 4);
        for (size_t i = 0; i < r.graph_count; i++) {
            igraph_t read;
            snprintf(path, sizeof path, "%s/%s-nets/run%d-week%d.graphml", base, dir, (int)r.graphs[i].run,
                     (int)r.graphs[i].week);
            FILE *file = fopen(path, "r");
            assert_non_null(file);
            assert_int_equal(igraph_read_graph_graphml(&read, file, 0), IGRAPH_SUCCESS);
            fclose(file);
            compare(&r, &r.graphs[i], &read);
            igraph_destroy(&read);
        }
        store_result_free(&r);
    }
}

static void labels(void **state)
{
    (void)state;
    igraph_t read;
    char path[512];
    good("export @bass --format graphml --run 2 --week 20 -o @one.graphml");
    place(path, "one.graphml");
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(igraph_read_graph_graphml(&read, file, 0), IGRAPH_SUCCESS);
    fclose(file);
    int adopted = 0;
    for (igraph_integer_t v = 0; v < igraph_vcount(&read); v++) {
        const double layer = igraph_cattribute_VAN(&read, "layer", v);
        assert_string_equal(igraph_cattribute_VAS(&read, "layer_label", v), layer > 0 ? "adopted" : "not yet");
        adopted += layer > 0;
    }
    assert_in_range(adopted, 1, igraph_vcount(&read) - 1);
    igraph_destroy(&read);
}

static void refusals(void **state)
{
    (void)state;
    refused("export @bass --format xml", STATUS_USAGE, "allowed: csv, graphml");
    refused("export @bass --what node", STATUS_USAGE, "did you mean nodes?");
    refused("export @bass --what zzz", STATUS_USAGE, "allowed: runs, series");
    refused("export @bass --week 3", STATUS_USAGE, "goes with --format graphml");
    refused("export @bass --what nodes --format graphml", STATUS_USAGE, "GraphML files hold networks");
    refused("export @bass --format graphml", STATUS_USAGE, "4 networks need a folder");
    refused("export @bass --format graphml --week 7", STATUS_USAGE, "keeps 4 networks, but not this one");
    refused("export @bass --format graphml --run 0", STATUS_USAGE, "allowed: a whole number from 1");
    refused("export @bass --format graphml --run 2 --week 20 -o @one.graphml", STATUS_BAD_INPUT, "exists already");
    refused("export @bass --format graphml -o @bass-nets", STATUS_BAD_INPUT, "exists already");
    refused("export @nowhere", STATUS_BAD_INPUT, "No such file");
    refused("export @bass -o @no/such/folder.csv", STATUS_FAILED, "No such file");
    refused("export @bass -o /dev/full", STATUS_FAILED, "No space left");
    good("export @bass --what summary -o @summary.csv");
    refused("export @bass --what summary -o @summary.csv", STATUS_BAD_INPUT, "exists already");
    good("export @bass --what summary -o @summary.csv --force");
    good("export @bass --format graphml -q -o @bass-nets --force");
}

static int set_up(void **state)
{
    (void)state;
    const char *temp = getenv("TMPDIR");
    snprintf(base, sizeof base, "%.200s/ebb-export-XXXXXX", temp && *temp ? temp : "/tmp");
    return mkdtemp(base) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", base);
    return system(command);
}

int main(void)
{
    graph_library_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graphml_of_every_model),
        cmocka_unit_test(labels),
        cmocka_unit_test(refusals),
    };
    return cmocka_run_group_tests_name("export", tests, set_up, tear_down);
}
