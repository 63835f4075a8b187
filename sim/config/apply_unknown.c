#include "apply.h"

#include "../leaf/text.h"

#include <string.h>

static const char *name_hint(const struct param_group *group)
{
    return group->named ? " NAME" : "";
}

const char *apply_homes(const struct param_group *const *groups, const char *key, char text[APPLY_HOMES])
{
    size_t used = 0, count = 0;
    text[0] = '\0';
    for (size_t g = 0; groups[g]; g++) {
        if (!param_find(groups[g], key))
            continue;
        if (count++ < 3 && used < APPLY_HOMES)
            used += (size_t)snprintf(text + used, APPLY_HOMES - used, "%s[%s%s]", used > 0 ? ", " : "",
                                     groups[g]->section, name_hint(groups[g]));
    }
    if (count > 3 || used >= APPLY_HOMES)
        snprintf(text, APPLY_HOMES, "several sections; `ebb explain %.60s` lists them", key);
    return text;
}

enum status apply_unknown_key(const struct config *config, const struct param_group *group, size_t index,
                              const char *key, struct apply_place place, struct faults *faults)
{
    char quoted[TEXT_QUOTED], homes[APPLY_HOMES];
    text_quote(key, quoted);
    if (*apply_homes(config->groups, key, homes))
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "[%s] has no key %s; it is a key of %s",
                         group->section, quoted, homes);
    struct text_near near = {.word = key};
    for (size_t r = 0; r < group->count; r++)
        text_near_try(&near, group->rows[r].key);
    if (near.best) {
        param_set_refuse(config->set, group, index, param_find(group, near.best));
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "[%s] has no key %s; did you mean %s?",
                         group->section, quoted, near.best);
    }
    return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                     "[%s] has no key %s; `ebb params --model %s %s` lists what it has", group->section, quoted,
                     config->model->name, group->section);
}

static const struct model *model_with(const char *section)
{
    for (size_t i = 0; models[i]; i++)
        if (param_group_find(models[i]->groups, section))
            return models[i];
    return NULL;
}

enum status apply_unknown_section(const struct config *config, const char *kind, const char *name,
                                  struct apply_place place, struct faults *faults)
{
    char quoted[TEXT_QUOTED], homes[APPLY_HOMES];
    text_quote(kind, quoted);
    const struct model *other = model_with(kind);
    if (other)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                         "[%s] belongs to the model %s, but run.model is %s", kind, other->name, config->model->name);
    struct text_near near = {.word = kind};
    for (size_t g = 0; config->groups[g]; g++)
        text_near_try(&near, config->groups[g]->section);
    if (near.best) {
        const bool named = param_group_find(config->groups, near.best)->named;
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                         "there is no section %s; did you mean [%s%s%s]?", quoted, near.best, named ? " " : "",
                         !named ? ""
                         : name ? name
                                : "NAME");
    }
    if (*apply_homes(config->groups, kind, homes))
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "there is no section %s; it is a key of %s",
                         quoted, homes);
    return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                     "there is no section %s; `ebb params --model %s` lists them", quoted, config->model->name);
}
