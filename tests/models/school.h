/* school.h: ladder worlds for tests, from settings written "section.key=value; strategy a.start=2; …". */
#ifndef EBB_TESTS_SCHOOL_H
#define EBB_TESTS_SCHOOL_H

#include "../../models/ladder/ladder.h"
#include "../../models/models.h"

#include <stdlib.h>
#include <string.h>

/* After <cmocka.h>. */
static inline void set_one(struct param_set *set, char *setting)
{
    setting += strspn(setting, " ");
    char *equals = strchr(setting, '=');
    assert_non_null(equals);
    *equals = 0;
    char *dot = strrchr(setting, '.'), *name;
    assert_non_null(dot);
    *dot = 0;
    if ((name = strchr(setting, ' ')))
        *name++ = 0;
    const struct param_group *group = param_group_find_named(param_set_groups(set), setting, name != NULL);
    assert_non_null(group);
    const struct param *row = param_find(group, dot + 1);
    assert_non_null(row);
    size_t at = 0;
    if (name) {
        const size_t count = param_set_count(set, group);
        while (at < count && strcmp((const char *)param_set_get(set, group, at), name))
            at++;
        if (at == count)
            assert_int_equal(param_set_add(set, group, name, NULL, NULL, 0), (long)at);
    }
    assert_int_equal(
        param_set_parse(set, group, at, row, equals + 1, (struct param_origin){.from = ORIGIN_SET}, NULL, NULL, NULL),
        STATUS_OK);
}

static inline struct param_set *school_settings(const char *text)
{
    struct param_set *set = param_set_new(model_find("ladder")->groups, 40);
    char *copy = strdup(text), *rest = NULL;
    assert_non_null(set);
    for (char *one = strtok_r(copy, ";", &rest); one; one = strtok_r(NULL, ";", &rest))
        if (one[strspn(one, " ")])
            set_one(set, one);
    free(copy);
    return set;
}

static inline struct world *school_world(const struct param_set *set, const igraph_t *network, uint32_t replicate)
{
    const struct model *ladder = model_find("ladder");
    const struct model_input input = {.network = network};
    struct faults faults = {0};
    struct world *world = NULL;
    ladder->check(set, &input, &faults);
    faults_print(&faults, stderr);
    assert_int_equal(faults.errors, 0);
    assert_int_equal(ladder->init(set, &input, 2385, replicate, &world, &faults), STATUS_OK);
    faults_free(&faults);
    return world;
}

/* Steps weeks from … to, holding every invariant after each. */
static inline void school_live(struct world *world, int64_t from, int64_t to)
{
    const struct model *ladder = model_find("ladder");
    char why[256];
    for (int64_t week = from; week <= to; week++) {
        ladder->exchange(world, week);
        for (size_t s = 0; s < ladder->schools(world); s++) {
            ladder->week(world, s, week);
            if (ladder->verify(world, s, why, sizeof why))
                fail_msg("week %lld, school %zu: %s", (long long)week, s, why);
        }
    }
}

static inline void school_settle(struct world *world)
{
    school_live(world, 1 - model_find("ladder")->settle(world), 0);
}

static inline void school_end(struct world *world, struct param_set *set)
{
    model_find("ladder")->free(world);
    param_set_free(set);
}

/* What a column is now, of the first school. */
static inline double school_measured(const struct world *world, const char *name)
{
    double row[LADDER_COLUMN_COUNT];
    ladder_observe(world, 0, row);
    for (size_t c = 0; c < LADDER_COLUMN_COUNT; c++)
        if (strcmp(ladder_columns[c].name, name) == 0)
            return row[c];
    fail_msg("no column %s", name);
    return 0;
}

/* Settings, and a word of what the model must say of them. */
struct school_relation {
    const char *settings, *word;
};
static inline void school_tells(const struct school_relation *cases, size_t count)
{
    for (size_t c = 0; c < count; c++) {
        struct param_set *set = school_settings(cases[c].settings);
        const struct model_input input = {0};
        struct faults faults = {0};
        bool told = false;
        model_find("ladder")->check(set, &input, &faults);
        for (size_t f = 0; f < faults.count; f++)
            told |= strstr(faults.list[f].text, cases[c].word) != NULL;
        if (!told)
            fail_msg("%s: nothing says '%s'", cases[c].settings, cases[c].word);
        faults_free(&faults);
        param_set_free(set);
    }
}

/* A way to break a school that is sound, and a word of what verify must say of it. */
struct school_break {
    void (*how)(struct school *);
    const char *word;
};
static inline void school_verify_sees(const char *settings, int64_t weeks, const struct school_break *cases,
                                      size_t count)
{
    struct param_set *set = school_settings(settings);
    for (size_t c = 0; c < count; c++) {
        struct world *world = school_world(set, NULL, 3);
        char why[256] = "";
        school_settle(world);
        school_live(world, 1, weeks);
        assert_int_equal(ladder_verify(world, 0, why, sizeof why), 0);
        cases[c].how(&world->schools[0]);
        if (!ladder_verify(world, 0, why, sizeof why) || !strstr(why, cases[c].word))
            fail_msg("case %zu: '%s' does not say '%s'", c, why, cases[c].word);
        model_find("ladder")->free(world);
    }
    param_set_free(set);
}

#endif
