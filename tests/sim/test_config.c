/* From file and --set to a checked set: order, origins, places of faults, paths, and writing that loads back. Stands on
 * two models of its own, so that no model's settings can make it pass. */
#include "../../sim/config/config.h"

#include "../../sim/leaf/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define TOWN_PARAMS(X, S)                                                          \
    X(S, REAL, share, "0.25", 0, 1, "share", "", "a share", "assumed")             \
    X(S, REAL, wide, "0", -1e300, 1e300, "", "", "any number", "assumed")          \
    X(S, INTEGER, people, "60", 1, 100000, "people", "", "people", "assumed")      \
    X(S, SEED, salt, "7", 0, 0, "", "", "a second seed", "assumed")                \
    X(S, CHOICE, color, "green", 0, 0, "", "red|green|blue", "a color", "assumed") \
    X(S, TEXT, motto, "", 0, 0, "", "", "words", "assumed")                        \
    X(S, PATH, roster, "none", 0, 0, "", "", "people's file", "assumed")           \
    X(S, PATH, network, "none", 0, 0, "", "", "ties' file", "assumed")             \
    X(S, REALS, curve, "0.1, 2.385", -5, 5, "", "", "numbers", "assumed")          \
    X(S, DURATIONS, moments, "0w, 1y", 0, 16000000, "weeks", "", "weeks", "assumed")
struct town_params {
    TOWN_PARAMS(PARAM_FIELD, town_params)
};
static const struct param town_rows[] = {TOWN_PARAMS(PARAM_ROW, town_params)};
static const struct param_group town_group = PARAM_GROUP("town", "A town", town_rows, struct town_params);

#define PLAN_PARAMS(X, S)                                                           \
    X(S, DURATION, start, "2y", 0, 16000000, "weeks", "", "first week", "assumed")  \
    X(S, DURATION, end, "never", -1, 16000000, "weeks", "", "last week", "assumed") \
    X(S, REAL, share, "0", -1, 1, "share", "", "change of the share", "assumed")
struct plan_params {
    char name[PARAM_TEXT_SIZE];
    PLAN_PARAMS(PARAM_FIELD, plan_params)
};
static const struct param plan_rows[] = {PLAN_PARAMS(PARAM_ROW, plan_params)};
static const struct param_group plan_group = PARAM_GROUP_NAMED("plan", "A plan", plan_rows, struct plan_params);

static void town_check(const struct param_set *set, const struct model_input *input, struct faults *faults)
{
    const struct town_params *town = param_set_get(set, &town_group, 0);
    if (town->share + town->wide == 0.75)
        fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "[town] wide and share add up to 0.75");
    if (input->network && igraph_vcount(input->network) != town->people)
        fault_warn(faults, NULL, 0, "town.people is not used: the roster has %d", (int)igraph_vcount(input->network));
    for (size_t i = 0; i < param_set_count(set, &plan_group); i++) {
        const struct plan_params *plan = param_set_get(set, &plan_group, i);
        if (plan->end != -1 && plan->end < plan->start)
            fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "plan %s.end is before its start", plan->name);
    }
}

static size_t town_events(const struct param_set *set, struct event *list, size_t max)
{
    const size_t count = param_set_count(set, &plan_group);
    for (size_t i = 0; i < count && i < max; i++) {
        const struct plan_params *plan = param_set_get(set, &plan_group, i);
        list[i] = (struct event){.kind = EVENT_SHOCK, .start = plan->start, .end = plan->end};
        memcpy(list[i].name, plan->name, sizeof plan->name);
    }
    return count;
}

static const struct param_group *const town_groups[] = {&town_group, &plan_group, NULL};
static const struct model town_model = {
    .name = "town",
    .title = "A town",
    .meaning = "nothing happens in it",
    .groups = town_groups,
    .roster_key = "town.roster",
    .network_key = "town.network",
    .check = town_check,
    .events = town_events,
};

#define SEA_PARAMS(X, S) X(S, REAL, depth, "11", 0, 11, "km", "", "depth", "assumed")
struct sea_params {
    SEA_PARAMS(PARAM_FIELD, sea_params)
};
static const struct param sea_rows[] = {SEA_PARAMS(PARAM_ROW, sea_params)};
static const struct param_group sea_group = PARAM_GROUP("sea", "A sea", sea_rows, struct sea_params);
static const struct param_group *const sea_groups[] = {&sea_group, NULL};
static const struct model sea_model = {.name = "sea", .title = "A sea", .meaning = "waves", .groups = sea_groups};

/* In place of models.c. The registry's choices are the real names; they stand for these two, in order. */
const struct model *const models[] = {&town_model, &sea_model, NULL};
const struct model *model_find(const char *name)
{
    const size_t first = strcspn(MODEL_CHOICES, "|");
    if (strlen(name) == first && strncmp(name, MODEL_CHOICES, first) == 0)
        return &town_model;
    return strstr(MODEL_CHOICES, name) ? &sea_model : NULL;
}
static const char *second_model(void)
{
    return strrchr(MODEL_CHOICES, '|') + 1;
}

/* ---- files ---- */

static char folder[] = "/tmp/ebb-config-XXXXXX";
static char file[100];

static int make_folder(void **state)
{
    (void)state;
    graph_library_init();
    if (!mkdtemp(folder))
        return -1;
    snprintf(file, sizeof file, "%s/town.v2.ini", folder);
    return 0;
}

static void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    assert_int_equal(fclose(out), 0);
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"town.v2.ini", "roster.csv", "ties.csv", "again.ini"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static enum status load(const char *text, const char *const *sets, size_t set_count, struct config *config,
                        struct faults *faults)
{
    write_file("town.v2.ini", text);
    return config_load(file, sets, set_count, config, faults);
}

static char *printed(const struct faults *faults)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->list[i];
        const char *where = !fault->file ? "-" : strcmp(fault->file, file) == 0 ? "F" : fault->file;
        fprintf(out, "%s:%d:%s %s\n", where, fault->line, fault->warning ? " (warning)" : "", fault->text);
    }
    assert_int_equal(fclose(out), 0);
    return text;
}

/* ---- tests ---- */

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

/* ---- writing ---- */

/* A text for this row, drawn anew; what it may hold depends on the kind only. */
static void draw_value(struct rng_reader *reader, const struct param *row, char *text, size_t size)
{
    static const char *const words[] = {"a", ";", " ; ", "#", " #", "\"", "\"\"", " ",
                                        "=", "[", "]",   "é", "€",  "\\", ":",    "'"};
    size_t used = 0;
    const uint32_t high = rng_next(reader), low = rng_next(reader);
    const uint32_t count = rng_below(reader, 9);
    text[0] = '\0';
    switch (row->kind) {
    case PARAM_REAL:
        snprintf(text, size, "%.17g", row->lo + (row->hi - row->lo) * (double)rng_uniform(reader));
        break;
    case PARAM_INTEGER:
        snprintf(text, size, "%u", 1 + rng_below(reader, 60));
        break;
    case PARAM_SEED:
        snprintf(text, size, "%llu", (unsigned long long)high << 32 | low);
        break;
    case PARAM_DURATION:
        snprintf(text, size, "%u%s", 1 + rng_below(reader, 500), low % 3 ? "w" : "y");
        break;
    case PARAM_CHOICE:
        snprintf(text, size, "%.*s", (int)strcspn(row->choices, "|"), row->choices);
        break;
    case PARAM_TEXT:
    case PARAM_PATH:
        if (row->kind == PARAM_PATH)
            break; /* it would be read */
        for (uint32_t i = 0; i < count; i++)
            used += (size_t)snprintf(text + used, size - used, "%s", words[rng_below(reader, 16)]);
        break;
    case PARAM_REALS:
    case PARAM_DURATIONS:
        for (uint32_t i = 0; i < 30 * count; i++)
            used += (size_t)snprintf(
                text + used, size - used, "%s%.*g", i ? "," : "", row->kind == PARAM_REALS ? 17 : 3,
                row->kind == PARAM_REALS ? 5 * (double)rng_uniform(reader) : (double)rng_below(reader, 900));
        break;
    }
}

static void same_values(const struct config *a, const struct config *b)
{
    for (size_t g = 0; a->groups[g]; g++) {
        assert_ptr_equal(a->groups[g], b->groups[g]);
        assert_int_equal(param_set_count(a->set, a->groups[g]), param_set_count(b->set, a->groups[g]));
        for (size_t i = 0; i < param_set_count(a->set, a->groups[g]); i++)
            assert_memory_equal(param_set_get(a->set, a->groups[g], i), param_set_get(b->set, a->groups[g], i),
                                a->groups[g]->size);
    }
}

static void write_again(const struct config *config, const char *name, int (*write)(const struct config *, FILE *))
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(write(config, out), 0);
    assert_int_equal(fclose(out), 0);
}

/* Any configuration, written, loads back to the very same values: 300 random ones, each setting given or not. */
static void what_is_written_loads_back_the_same(void **state)
{
    struct rng_reader reader;
    char path[200];
    (void)state;
    rng_reader_start(&reader, (struct rng_key){.seed = 2385, .stream = STREAM_TEST});
    snprintf(path, sizeof path, "%s/again.ini", folder);
    for (int trial = 0; trial < 300; trial++) {
        static char sets[40][16384];
        const char *list[40];
        size_t count = 0;
        struct config config, again;
        struct faults faults = {0};
        char names[400] = "";
        for (uint32_t i = 0, n = rng_below(&reader, 4); i < n; i++)
            snprintf(names + strlen(names), sizeof names - strlen(names), "[plan p%u # ; é]\n", i);
        for (size_t g = 0; town_groups[g] && !town_groups[g]->named; g++)
            for (size_t r = 0; r < town_groups[g]->count; r++) {
                const struct param *row = &town_groups[g]->rows[r];
                const int used = snprintf(sets[count], sizeof sets[count], "%s.%s=", town_groups[g]->section, row->key);
                draw_value(&reader, row, sets[count] + used, sizeof sets[count] - (size_t)used);
                if (row->kind != PARAM_PATH && rng_below(&reader, 3) > 0) {
                    list[count] = sets[count];
                    count++;
                }
            }
        if (*names) {
            snprintf(sets[count], sizeof sets[count], "plan p0 # ; é.start=%uw", rng_below(&reader, 1000));
            list[count] = sets[count];
            count++;
        }
        if (load(names, list, count, &config, &faults) != STATUS_OK) {
            char *text = printed(&faults);
            fail_msg("trial %d: %s", trial, text);
        }
        faults_free(&faults);
        write_again(&config, "again.ini", trial % 2 ? config_write : config_write_resolved);
        assert_int_equal(config_load(path, NULL, 0, &again, NULL), STATUS_OK);
        same_values(&config, &again);
        config_free(&again);
        config_free(&config);
    }
}

static void origins_are_written_beside_the_values(void **state)
{
    static const char *const sets[] = {"town.people=9"};
    struct config config;
    char *text = NULL;
    size_t size = 0;
    (void)state;
    assert_int_equal(load("[town]\nmotto = \"a ; b\"\n", sets, 1, &config, NULL), STATUS_OK);
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_int_equal(config_write(&config, out), 0);
    assert_int_equal(fclose(out), 0);
    assert_non_null(strstr(text, "\nmotto = \"a ; b\" ; town.v2.ini:2\n"));
    assert_non_null(strstr(text, "\npeople = 9 ; --set\n"));
    assert_non_null(strstr(text, "\nshare = 0.25 ; default\n"));
    free(text);
    out = fopen("/dev/full", "w");
    if (out) {
        setvbuf(out, NULL, _IONBF, 0);
        assert_int_equal(config_write(&config, out), -1);
        fclose(out);
    }
    config_free(&config);
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
        cmocka_unit_test(what_is_written_loads_back_the_same),
        cmocka_unit_test(origins_are_written_beside_the_values),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
