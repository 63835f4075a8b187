/* From file and --set to a checked set: order, origins, places of faults, paths. */
#include "town.h"

static void defaults_then_file_then_sets(void **state)
{
    static const char *const sets[] = {"town.people=9", "plan second try.share=-0.5", "run.weeks=3y"};
    struct config config;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(load("[town]\nshare = 0.5\npeople = 8\n[calendar]\nweeks_per_year = 30\n"
                          "[plan first]\nstart = 1.5y\n[plan second  try]\n",
                          sets, 3, &config, &faults),
                     STATUS_OK);
    assert_int_equal(faults.count, 0);
    const struct town_params *town = param_set_get(config.set, &town_group, 0);
    assert_true(town->share == 0.5);
    assert_int_equal(town->people, 9);
    assert_int_equal(config.run->weeks, 90); /* years of 30 weeks, also before the calendar's line */
    assert_int_equal(config.calendar->weeks_per_year, 30);
    assert_string_equal(config.name, "town.v2");
    assert_string_equal(config.path, file);
    assert_ptr_equal(config.model, &town_model);
    assert_null(config.input.network);
    assert_int_equal(param_set_count(config.set, &plan_group), 2);
    const struct plan_params *first = param_set_get(config.set, &plan_group, 0);
    const struct plan_params *second = param_set_get(config.set, &plan_group, 1);
    assert_int_equal(first->start, 45);
    assert_int_equal(second->start, 60);
    assert_string_equal(second->name, "second try");
    assert_true(second->share == -0.5);
    assert_true(town->moments.value[1] == 30); /* a default in years, too */
    const struct param_origin share = param_set_origin(config.set, &town_group, 0, param_find(&town_group, "share"));
    assert_int_equal(share.from, ORIGIN_FILE);
    assert_int_equal(share.line, 2);
    assert_int_equal(param_set_origin(config.set, &town_group, 0, param_find(&town_group, "people")).from, ORIGIN_SET);
    assert_int_equal(param_set_origin(config.set, &town_group, 0, param_find(&town_group, "wide")).from,
                     ORIGIN_DEFAULT);
    config_free(&config);
}

static void the_model_decides_which_sections_there_are(void **state)
{
    char set[100];
    struct config config;
    struct faults faults = {0};
    (void)state;
    snprintf(set, sizeof set, "run.model=%s", second_model());
    const char *const sets[] = {set, "sea.depth=2.385"};
    assert_int_equal(config_load(NULL, sets, 2, &config, &faults), STATUS_OK);
    assert_ptr_equal(config.model, &sea_model);
    assert_string_equal(config.name, "default");
    assert_true(((const struct sea_params *)param_set_get(config.set, &sea_group, 0))->depth == 2.385);
    config_free(&config);

    assert_int_equal(load("[sea]\ndepth = 3\n", NULL, 0, &config, &faults), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[0].text, "[sea] belongs to the model sea, but run.model is town"));
    faults_free(&faults);
}

static void an_unknown_model_hides_nothing_else(void **state)
{
    struct config config;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(load("[run]\nmodel = x\nweeks = 1z\n[deep]\na = b\n", NULL, 0, &config, &faults),
                     STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, 2); /* [deep] may be right in the model that was meant */
    assert_int_equal(faults.list[0].line, 2);
    assert_int_equal(faults.list[1].line, 3);
    faults_free(&faults);
}

static void every_fault_in_one_pass_and_in_order(void **state)
{
    static const char *const sets[] = {"weeks",
                                       "town.shar=1",
                                       "plan frst.start=1",
                                       "town.people=0",
                                       "town.people=1",
                                       "town.people=2",
                                       "plan.start=1",
                                       "town x.share=1",
                                       "a.b",
                                       "=",
                                       ".=",
                                       "a.=1",
                                       "sae.depth=1"};
    struct config config;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(load("share = 1\n"                                  /* 1 */
                          "[town]\nshare = 1.5\nsahre = 1\npeople\n"     /* 2 … 5 */
                          "start = 1\nweeks = 2\ncolor = gren\n"         /* 6 … 8 */
                          "color = red\nroster = ~/x\n"                  /* 9, 10 */
                          "[towm]\nshare = nan\n"                        /* 11, 12: not judged */
                          "[plan first]\nend = nevr\n[plan first]\n"     /* 13 … 15 */
                          "end = 1.25w\n[plan]\nstart = -1\n[town]\n"    /* 16 … 19 */
                          "wide = 1e999\n[town x]\n[run\nweeks = x\n"    /* 20 … 23 */
                          "[calendar]\nweeks_per_year = 61\n[people]\n", /* 24 … 26 */
                          sets, sizeof sets / sizeof sets[0], &config, &faults),
                     STATUS_USAGE);
    char *text = printed(&faults);
    assert_string_equal(
        text,
        "-:0: --set 'weeks' has not the form section.key=value, as in --set run.weeks=5y\n"
        "-:0: --set 'a.b' has not the form section.key=value, as in --set run.weeks=5y\n"
        "-:0: --set '=' has not the form section.key=value, as in --set run.weeks=5y\n"
        "-:0: --set '.=' has not the form section.key=value, as in --set run.weeks=5y\n"
        "-:0: --set 'a.=1' has not the form section.key=value, as in --set run.weeks=5y\n"
        "F:1: 'share' stands before any [section]; it is a key of [town], [plan NAME]\n"
        "F:3: town.share is '1.5', out of range; allowed: 0 to 1\n"
        "F:4: [town] has no key 'sahre'; did you mean share?\n"
        "F:5: 'people' is neither [section] nor key = value\n"
        "F:6: [town] has no key 'start'; it is a key of [plan NAME]\n"
        "F:7: [town] has no key 'weeks'; it is a key of [run]\n"
        "F:8: town.color is 'gren', not one of its choices; did you mean green? Allowed: red, green, blue\n"
        "F:9: color is given here and at line 8; keep one\n"
        "F:10: town.roster is '~/x', not a path here (only a shell knows ~; write the folder out); allowed: a path "
        "relative to the file that names it, or none\n"
        "F:11: there is no section 'towm'; did you mean [town]?\n"
        "F:14: plan first.end is 'nevr', not a duration (10w is ten weeks, 2y two years); allowed: 0w to 16000000w, or "
        "never\n"
        "F:15: [plan first] is there already, at line 13; put its keys there\n"
        "F:17: [plan] needs a name of its own, as in [plan first try]\n"
        "F:18: plan ?.start is '-1', not a duration (10w is ten weeks, 2y two years); allowed: 0w to 16000000w\n"
        "F:19: [town] is there already, at line 2; put its keys there\n"
        "F:20: town.wide is '1e999', too large a number; allowed: -1e+300 to 1e+300\n"
        "F:21: [town] takes no name, but here it has 'x'\n"
        "F:22: '[run' lacks its closing ]\n"
        "F:25: calendar.weeks_per_year is '61', out of range; allowed: 1 to 60\n"
        "F:26: there is no section 'people'; it is a key of [town]\n"
        "command line:0: [town] has no key 'shar'; did you mean share?\n"
        "command line:0: the configuration has no [plan frst]; did you mean [plan first]?\n"
        "command line:0: town.people is '0', out of range; allowed: 1 to 100000\n"
        "command line:0: town.people is set twice on the command line; keep one\n"
        "command line:0: [plan] needs a name of its own, as in [plan first try]\n"
        "command line:0: [town] takes no name, but here it has 'x'\n"
        "command line:0: there is no section 'sae'; `ebb params --model town` lists them\n");
    free(text);
    faults_free(&faults);
}

static void relations_are_told_with_their_line(void **state)
{
    struct config config;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(load("[plan a b]\nstart = 3y\nend = 2y\n[town]\nwide = 0.5\n[run]\nweeks = 1y\n[output]\n"
                          "snapshots = 0w, 2y\nevery = 3y\n",
                          NULL, 0, &config, &faults),
                     STATUS_BAD_INPUT);
    char *text = printed(&faults);
    assert_string_equal(text,
                        "F:9: (warning) output.snapshots asks for week 80; the run ends at week 40\n"
                        "F:10: (warning) output.every is longer than the run: only its start and its end are kept\n"
                        "-:0: (warning) shock a b.start is week 120, after the run's end in week 40\n"
                        "F:5: [town] wide and share add up to 0.75\n"
                        "F:3: plan a b.end is before its start\n");
    free(text);
    faults_free(&faults);
}

/* All faults at once: also how settings go together, but for what rests on a value that was refused. */
static void relations_are_told_with_other_faults(void **state)
{
    struct config config;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(load("[plan a]\nstart = 3y\nend = 2y\nshare = 7\n[plan b]\nstrat = 1y\nend = 2y\nshare = 1\n"
                          "[plan c]\nstart = x\nend = 1y\n[town]\nwide = 0.5\n[output]\nevery = 30y\n",
                          NULL, 0, &config, &faults),
                     STATUS_BAD_INPUT);
    char *text = printed(&faults);
    assert_string_equal(text,
                        "F:4: plan a.share is '7', out of range; allowed: -1 to 1\n"
                        "F:6: [plan] has no key 'strat'; did you mean start?\n"
                        "F:10: plan c.start is 'x', not a duration (10w is ten weeks, 2y two years); allowed: 0w to "
                        "16000000w\n"
                        "F:13: [town] wide and share add up to 0.75\n"
                        "F:3: plan a.end is before its start\n");
    free(text);
    faults_free(&faults);
}

static void paths_start_where_they_are_named(void **state)
{
    char here[400], expected[500];
    static const char *const sets[] = {"town.network=my ties.csv"};
    struct config config;
    struct faults faults = {0};
    (void)state;
    assert_non_null(getcwd(here, sizeof here));
    /* Neither file exists, so loading fails; both sentences name the whole path. */
    assert_int_equal(load("[town]\nroster = ./people.csv\n", sets, 1, &config, &faults), STATUS_BAD_INPUT);
    char *text = printed(&faults);
    snprintf(expected, sizeof expected, "%s/people.csv:", folder);
    assert_non_null(strstr(text, expected));
    snprintf(expected, sizeof expected, "%s/my ties.csv:", here);
    assert_non_null(strstr(text, expected));
    free(text);
    faults_free(&faults);

    assert_int_equal(load("[town]\nroster = people.csv\n", NULL, 0, &config, &faults), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[0].text, "town.roster is given but town.network is not"));
    faults_free(&faults);
}

static void a_surveyed_network_is_read(void **state)
{
    struct config config;
    struct faults faults = {0};
    (void)state;
    write_file("roster.csv", "id,unit\na,x\nb,x\nc,y\n");
    write_file("ties.csv", "from,to,strength\na,b,0.5\nb,c,0.25\n");
    assert_int_equal(load("[town]\nroster = roster.csv\nnetwork = ties.csv\npeople = 60\n", NULL, 0, &config, &faults),
                     STATUS_OK);
    assert_ptr_equal(config.input.network, &config.network);
    assert_int_equal(igraph_vcount(&config.network), 3);
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.list[0].warning, 1);
    assert_int_equal(faults.list[0].line, 4);
    config_free(&config);
    faults_free(&faults);
    assert_int_equal(load("[town]\nroster = roster.csv\nnetwork = ties.csv\nwide = x\n", NULL, 0, &config, NULL),
                     STATUS_BAD_INPUT); /* and the graph is freed */
}

static void an_empty_section_is_told(void **state)
{
    static const char *const sets[] = {"plan c.share=1"};
    struct config config;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(load("[plan a]\nstart = 3w\n[plan b]\n[plan c]\n[town]\n", sets, 1, &config, &faults), STATUS_OK);
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.list[0].line, 3);
    assert_string_equal(faults.list[0].text, "[plan b] sets nothing; all of it is as by default");
    config_free(&config);
    faults_free(&faults);
}

static void an_empty_file_is_told(void **state)
{
    struct config config;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(load("; nothing\n", NULL, 0, &config, &faults), STATUS_OK);
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.list[0].warning, 1);
    config_free(&config);
    faults_free(&faults);
    assert_int_equal(config_load("/nowhere/x.ini", NULL, 0, &config, NULL), STATUS_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_then_file_then_sets),
        cmocka_unit_test(the_model_decides_which_sections_there_are),
        cmocka_unit_test(an_unknown_model_hides_nothing_else),
        cmocka_unit_test(every_fault_in_one_pass_and_in_order),
        cmocka_unit_test(relations_are_told_with_their_line),
        cmocka_unit_test(relations_are_told_with_other_faults),
        cmocka_unit_test(paths_start_where_they_are_named),
        cmocka_unit_test(a_surveyed_network_is_read),
        cmocka_unit_test(an_empty_section_is_told),
        cmocka_unit_test(an_empty_file_is_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
