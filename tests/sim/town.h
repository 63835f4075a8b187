/* town.h: two models in place of the real ones, for tests of configurations, so that no model's settings can make one pass;
 * and a folder for files. */
#ifndef EBB_TESTS_TOWN_H
#define EBB_TESTS_TOWN_H

#include "../../sim/config/config.h"

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

static inline void town_check(const struct param_set *set, const struct model_input *input, struct faults *faults)
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

static inline size_t town_events(const struct param_set *set, struct event *list, size_t max)
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
static inline const char *second_model(void)
{
    return strrchr(MODEL_CHOICES, '|') + 1;
}

/* ---- files ---- */

static char folder[] = "/tmp/ebb-config-XXXXXX";
static char file[100];

static inline int make_folder(void **state)
{
    (void)state;
    graph_library_init();
    if (!mkdtemp(folder))
        return -1;
    snprintf(file, sizeof file, "%s/town.v2.ini", folder);
    return 0;
}

static inline void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    assert_int_equal(fclose(out), 0);
}

static inline int remove_folder(void **state)
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

static inline enum status load(const char *text, const char *const *sets, size_t set_count, struct config *config,
                               struct faults *faults)
{
    write_file("town.v2.ini", text);
    return config_load(file, sets, set_count, config, faults);
}

static inline char *printed(const struct faults *faults)
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

#endif
