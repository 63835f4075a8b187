/* school.h: ladder worlds for tests, from settings written "section.key=value; strategy a.start=2; …". */
#ifndef EBB_TESTS_SCHOOL_H
#define EBB_TESTS_SCHOOL_H

#include "../../models/ladder/ladder.h"
#include "../../models/models.h"

#include <stdlib.h>
#include <string.h>

/* After <cmocka.h>. */
#include "settings.h"

static inline struct param_set *school_settings(const char *text)
{
    return settings_of(model_find("ladder"), text, 40);
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

/* Lives some weeks in each of several worlds, holding every invariant. */
static inline void school_holds(const char *settings, uint32_t replicates, int64_t weeks)
{
    struct param_set *set = school_settings(settings);
    for (uint32_t replicate = 0; replicate < replicates; replicate++) {
        struct world *world = school_world(set, NULL, replicate);
        school_settle(world);
        school_live(world, 1, weeks);
        model_find("ladder")->free(world);
    }
    param_set_free(set);
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
