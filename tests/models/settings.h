/* settings.h: a model's settings for tests, written "section.key=value; strategy a.start=2; …"; a key alone is of the
 * model's first section. */
#ifndef EBB_TESTS_SETTINGS_H
#define EBB_TESTS_SETTINGS_H

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
    char *dot = strrchr(setting, '.'), *key = dot ? dot + 1 : setting, *name = NULL;
    const struct param_group *group = param_set_groups(set)[0];
    if (dot) {
        *dot = 0;
        if ((name = strchr(setting, ' ')))
            *name++ = 0;
        group = param_group_find_named(param_set_groups(set), setting, name != NULL);
        assert_non_null(group);
    }
    const struct param *row = param_find(group, key);
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

static inline struct param_set *settings_of(const struct model *model, const char *text, int weeks_per_year)
{
    struct param_set *set = param_set_new(model->groups, weeks_per_year);
    char *copy = strdup(text), *rest = NULL;
    assert_non_null(set);
    assert_non_null(copy);
    for (char *one = strtok_r(copy, ";", &rest); one; one = strtok_r(NULL, ";", &rest))
        if (one[strspn(one, " ")])
            set_one(set, one);
    free(copy);
    return set;
}

/* Settings, whether a network of two is given, and how much the model must say of them. */
struct settings_contradiction {
    const char *text;
    bool network;
    size_t errors, warnings;
};
static inline void settings_contradict(const struct model *model, const struct settings_contradiction *cases,
                                       size_t count)
{
    igraph_t pair;
    assert_int_equal(igraph_small(&pair, 2, IGRAPH_DIRECTED, 0, 1, -1), IGRAPH_SUCCESS);
    for (size_t i = 0; i < count; i++) {
        const struct model_input input = {.network = cases[i].network ? &pair : NULL};
        struct faults faults = {0};
        struct param_set *set = settings_of(model, cases[i].text, 40);
        model->check(set, &input, &faults);
        if (faults.errors != cases[i].errors || faults.count != cases[i].errors + cases[i].warnings)
            fail_msg("%s: %zu errors of %zu sentences", cases[i].text, (size_t)faults.errors, (size_t)faults.count);
        faults_free(&faults);
        param_set_free(set);
    }
    igraph_destroy(&pair);
}

#endif
