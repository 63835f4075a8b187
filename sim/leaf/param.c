#include "param.h"

#include "param_value.h"

#include <stdlib.h>
#include <string.h>

/* The instances of one group: `count` structs of group->size bytes, and for each the origins of its rows. */
struct slot {
    size_t count;
    unsigned char *values;
    struct param_origin *origins;
};

struct param_set {
    const struct param_group *const *groups;
    size_t group_count;
    int weeks_per_year;
    struct slot *slots;
};

const char *param_kind_name(enum param_kind kind)
{
    switch (kind) {
    case PARAM_REAL:
        return "number";
    case PARAM_INTEGER:
        return "whole number";
    case PARAM_SEED:
        return "seed";
    case PARAM_DURATION:
        return "duration";
    case PARAM_CHOICE:
        return "choice";
    case PARAM_TEXT:
        return "text";
    case PARAM_PATH:
        return "path";
    case PARAM_REALS:
        return "list of numbers";
    case PARAM_DURATIONS:
        return "list of durations";
    }
    return "value";
}

static size_t group_index(const struct param_set *set, const struct param_group *group)
{
    size_t i = 0;
    while (i < set->group_count && set->groups[i] != group)
        i++;
    return i;
}

static unsigned char *instance(const struct param_set *set, const struct param_group *group, size_t index)
{
    const size_t g = group_index(set, group);
    return g < set->group_count && index < set->slots[g].count ? set->slots[g].values + index * group->size : NULL;
}

static struct param_origin *origin_of(const struct param_set *set, const struct param_group *group, size_t index,
                                      const struct param *row)
{
    const struct slot *slot = &set->slots[group_index(set, group)];
    return &slot->origins[index * group->count + (size_t)(row - group->rows)];
}

/* Appends one instance with every value at its default. */
static int grow(struct param_set *set, size_t g)
{
    const struct param_group *group = set->groups[g];
    struct slot *slot = &set->slots[g];
    unsigned char *values = realloc(slot->values, (slot->count + 1) * group->size);
    if (!values)
        return -1;
    slot->values = values;
    struct param_origin *origins = realloc(slot->origins, ((slot->count + 1) * group->count + 1) * sizeof *origins);
    if (!origins)
        return -1;
    slot->origins = origins;
    memset(values + slot->count * group->size, 0, group->size);
    memset(origins + slot->count * group->count, 0, group->count * sizeof *origins);
    slot->count++;
    const struct param_origin fallback = {.from = ORIGIN_DEFAULT};
    for (size_t r = 0; r < group->count; r++) {
        const struct param *row = &group->rows[r];
        if (param_set_parse(set, group, slot->count - 1, row, row->fallback, fallback, NULL, NULL, NULL) != STATUS_OK)
            return -1;
    }
    return 0;
}

struct param_set *param_set_new(const struct param_group *const *groups, int weeks_per_year)
{
    struct param_set *set = calloc(1, sizeof *set);
    if (!set)
        return NULL;
    set->groups = groups;
    set->weeks_per_year = weeks_per_year;
    while (groups[set->group_count])
        set->group_count++;
    set->slots = calloc(set->group_count + 1, sizeof *set->slots);
    int failed = !set->slots;
    for (size_t g = 0; !failed && g < set->group_count; g++)
        failed = !groups[g]->named && grow(set, g) != 0;
    if (failed) {
        param_set_free(set);
        return NULL;
    }
    return set;
}

struct param_set *param_set_copy(const struct param_set *set)
{
    struct param_set *copy = calloc(1, sizeof *copy);
    if (!copy)
        return NULL;
    *copy = *set;
    copy->slots = calloc(set->group_count + 1, sizeof *copy->slots);
    for (size_t g = 0; copy->slots && g < set->group_count; g++) {
        const struct slot *from = &set->slots[g];
        struct slot *to = &copy->slots[g];
        if (from->count == 0)
            continue;
        const size_t bytes = from->count * set->groups[g]->size;
        const size_t origins = from->count * set->groups[g]->count * sizeof *from->origins;
        to->values = malloc(bytes);
        to->origins = malloc(origins + 1);
        if (!to->values || !to->origins) {
            param_set_free(copy);
            return NULL;
        }
        memcpy(to->values, from->values, bytes);
        memcpy(to->origins, from->origins, origins);
        to->count = from->count;
    }
    if (!copy->slots) {
        free(copy);
        return NULL;
    }
    return copy;
}

void param_set_free(struct param_set *set)
{
    if (!set)
        return;
    for (size_t g = 0; set->slots && g < set->group_count; g++) {
        free(set->slots[g].values);
        free(set->slots[g].origins);
    }
    free(set->slots);
    free(set);
}

const void *param_set_get(const struct param_set *set, const struct param_group *group, size_t index)
{
    return instance(set, group, index);
}

size_t param_set_count(const struct param_set *set, const struct param_group *group)
{
    const size_t g = group_index(set, group);
    return g < set->group_count ? set->slots[g].count : 0;
}

const struct param_group *const *param_set_groups(const struct param_set *set)
{
    return set->groups;
}

int param_set_weeks_per_year(const struct param_set *set)
{
    return set->weeks_per_year;
}

const struct param_group *param_group_find(const struct param_group *const *groups, const char *section)
{
    for (size_t g = 0; groups[g]; g++)
        if (strcmp(groups[g]->section, section) == 0)
            return groups[g];
    return NULL;
}

const struct param_group *param_group_find_named(const struct param_group *const *groups, const char *section,
                                                 bool named)
{
    for (size_t g = 0; groups[g]; g++)
        if (groups[g]->named == named && strcmp(groups[g]->section, section) == 0)
            return groups[g];
    return param_group_find(groups, section);
}

const struct param *param_find(const struct param_group *group, const char *key)
{
    for (size_t r = 0; r < group->count; r++)
        if (strcmp(group->rows[r].key, key) == 0)
            return &group->rows[r];
    return NULL;
}

long param_set_add(struct param_set *set, const struct param_group *group, const char *name, struct faults *faults,
                   const char *file, int line)
{
    char quoted[TEXT_QUOTED];
    const size_t g = group_index(set, group);
    const char *why = param_text_check(name);
    if (!why && (*name == '\0' || strpbrk(name, "=]\"")))
        why = *name ? "a name with = ] or \"" : "no name";
    if (why) {
        fault_add(faults, STATUS_BAD_INPUT, file, line, "[%s %s] has %s", group->section, text_quote(name, quoted),
                  why);
        return -1;
    }
    for (size_t i = 0; i < set->slots[g].count; i++)
        if (strcmp((const char *)instance(set, group, i), name) == 0) {
            fault_add(faults, STATUS_BAD_INPUT, file, line, "[%s %s] is there already; each needs a name of its own",
                      group->section, name);
            return -1;
        }
    if (set->slots[g].count == PARAM_NAMED_MAX) {
        fault_add(faults, STATUS_BAD_INPUT, file, line, "[%s %s] is one too many: at most %d sections of a kind",
                  group->section, name, PARAM_NAMED_MAX);
        return -1;
    }
    if (grow(set, g) != 0) {
        fault_add(faults, STATUS_FAILED, file, line, "not enough memory for [%s %s]", group->section, name);
        return -1;
    }
    const size_t index = set->slots[g].count - 1;
    memcpy(instance(set, group, index), name, strlen(name) + 1);
    return (long)index;
}

static enum status report(const struct param_set *set, const struct param_group *group, size_t index,
                          const struct param *row, const char *text, const struct param_error *error,
                          struct faults *faults, const char *file, int line)
{
    char quoted[TEXT_QUOTED], allowed[TEXT_QUOTED];
    param_allowed(row, allowed, sizeof allowed);
    const char *name = group->named ? (const char *)instance(set, group, index) : "";
    const char *space = *name ? " " : "";
    if (*text == '\0')
        return fault_add(faults, STATUS_BAD_INPUT, file, line, "%s%s%s.%s is empty; allowed: %s", group->section, space,
                         name, row->key, allowed);
    text_quote(text, quoted);
    if (*error->near)
        return fault_add(faults, STATUS_BAD_INPUT, file, line, "%s%s%s.%s is %s, %s; did you mean %s? Allowed: %s",
                         group->section, space, name, row->key, quoted, error->why, error->near, allowed);
    const bool comment = row->kind != PARAM_TEXT && row->kind != PARAM_PATH && strpbrk(text, ";#");
    return fault_add(faults, STATUS_BAD_INPUT, file, line, "%s%s%s.%s is %s, %s%s; allowed: %s", group->section, space,
                     name, row->key, quoted, error->why, comment ? " (a comment needs a space before it)" : "",
                     allowed);
}

enum status param_set_parse(struct param_set *set, const struct param_group *group, size_t index,
                            const struct param *row, const char *text, struct param_origin origin, const char *base_dir,
                            struct faults *faults, const char *file)
{
    union param_value value;
    struct param_error error;
    memset(&value, 0, sizeof value);
    if (!param_value_parse(row, text, set->weeks_per_year, base_dir, &value, &error))
        return report(set, group, index, row, text, &error, faults, file, origin.line);
    memcpy(instance(set, group, index) + row->offset, &value, param_value_size(row->kind));
    *origin_of(set, group, index, row) = origin;
    return STATUS_OK;
}

void param_set_refuse(struct param_set *set, const struct param_group *group, size_t index, const struct param *row)
{
    *origin_of(set, group, index, row) = (struct param_origin){.from = ORIGIN_REFUSED};
}

struct param_origin param_set_origin(const struct param_set *set, const struct param_group *group, size_t index,
                                     const struct param *row)
{
    return *origin_of(set, group, index, row);
}

int param_set_format(const struct param_set *set, const struct param_group *group, size_t index,
                     const struct param *row, char *text, size_t size)
{
    return param_value_format(row, instance(set, group, index) + row->offset, text, size);
}
