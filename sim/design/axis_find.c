#include "../leaf/text.h"
#include "parts.h"

#include <string.h>

#define NAME_SIZE (3 * PARAM_TEXT_SIZE)

/* "section NAME.key" cut at its first space and its last point. */
struct cut {
    char text[2 * PARAM_TEXT_SIZE];
    const char *section, *name, *key; /* name: NULL without one; key: NULL without a point, then section is the whole */
};

static bool cut_key(const char *key, struct cut *cut)
{
    *cut = (struct cut){.section = cut->text};
    if (strlen(key) >= sizeof cut->text)
        return false;
    memcpy(cut->text, key, strlen(key) + 1);
    char *dot = strrchr(cut->text, '.');
    if (!dot)
        return false;
    *dot = '\0';
    cut->key = dot + 1;
    char *space = strchr(cut->text, ' ');
    if (space) {
        *space = '\0';
        cut->name = space + 1;
    }
    return true;
}

static bool look_up(const struct param_set *set, const char *key, struct design_axis *axis)
{
    struct cut cut;
    if (!cut_key(key, &cut))
        return false;
    axis->group = param_group_find_named(param_set_groups(set), cut.section, cut.name != NULL);
    axis->row = axis->group ? param_find(axis->group, cut.key) : NULL;
    if (!axis->group || !axis->row || axis->group->named != (cut.name != NULL))
        return false;
    for (axis->index = 0; axis->index < param_set_count(set, axis->group); axis->index++)
        if (!cut.name || strcmp(param_set_get(set, axis->group, axis->index), cut.name) == 0)
            return true;
    return false;
}

static bool is_fixed(const struct design_request *request, const struct param_group *group)
{
    for (size_t g = 0; request->fixed && request->fixed[g]; g++)
        if (request->fixed[g] == group)
            return true;
    return false;
}

/* The setting whose full name, or whose key alone, is nearest to what was written; false: none is near. */
static bool nearest(const struct design_request *request, const char *word, bool key_alone, char best[NAME_SIZE])
{
    char name[NAME_SIZE];
    const struct param_group *const *groups = param_set_groups(request->base);
    size_t least = SIZE_MAX;
    for (size_t g = 0; groups[g]; g++)
        for (size_t i = 0; i < param_set_count(request->base, groups[g]) && !is_fixed(request, groups[g]); i++)
            for (size_t r = 0; r < groups[g]->count; r++) {
                struct text_near near = {.word = word};
                snprintf(name, sizeof name, "%s%s%s.%s", groups[g]->section, groups[g]->named ? " " : "",
                         groups[g]->named ? (const char *)param_set_get(request->base, groups[g], i) : "",
                         groups[g]->rows[r].key);
                text_near_try(&near, key_alone ? groups[g]->rows[r].key : name);
                if (near.best && near.distance < least) {
                    least = near.distance;
                    memcpy(best, name, strlen(name) + 1);
                }
            }
    return least < SIZE_MAX;
}

/* The sections of this kind that there are: "shared planning, coaching". */
static void list_names(const struct param_set *set, const struct param_group *group, char *list, size_t size)
{
    size_t used = 0;
    *list = '\0';
    for (size_t i = 0; i < param_set_count(set, group) && used < size; i++)
        used += (size_t)snprintf(list + used, size - used, "%s%s", i > 0 ? ", " : "",
                                 (const char *)param_set_get(set, group, i));
}

static enum status unknown(const struct design_request *request, const struct design_vary *vary, struct faults *faults)
{
    char quoted[TEXT_QUOTED], best[NAME_SIZE], list[NAME_SIZE];
    struct cut cut;
    const bool cuts = cut_key(vary->key, &cut);
    text_quote(vary->key, quoted);
    if (nearest(request, vary->key, false, best) || (!cuts && nearest(request, vary->key, true, best)))
        return fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line,
                         "there is no setting %s to vary; did you mean %s?", quoted, best);
    const struct param_group *group = cuts ? param_group_find_named(param_set_groups(request->base), cut.section, true)
                                           : NULL;
    if (group && group->named && param_find(group, cut.key)) {
        list_names(request->base, group, list, sizeof list);
        return fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line,
                         "there is no setting %s to vary: write '%s NAME.%s'; %s%s", quoted, cut.section, cut.key,
                         *list ? "the names here are " : "there is no section of this kind here", list);
    }
    return fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line,
                     "there is no setting %s to vary; write section.key, or 'section NAME.key' for a named section",
                     quoted);
}

static bool is_of_a_kind_that_varies(const struct param *row)
{
    return row->kind == PARAM_REAL || row->kind == PARAM_INTEGER || row->kind == PARAM_DURATION ||
           row->kind == PARAM_CHOICE || row->kind == PARAM_TEXT;
}

enum status axis_find(const struct design_request *request, const struct design_vary *vary, struct design_axis *axis,
                      struct faults *faults)
{
    *axis = (struct design_axis){0};
    if (!look_up(request->base, vary->key, axis))
        return unknown(request, vary, faults);
    if (is_fixed(request, axis->group))
        return fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line,
                         "%s holds for a whole sweep and cannot be varied", vary->key);
    if (!is_of_a_kind_that_varies(axis->row))
        return fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line,
                         "%s is a %s and cannot be varied; numbers, durations, choices and texts can", vary->key,
                         param_kind_name(axis->row->kind));
    if (param_set_origin(request->base, axis->group, axis->index, axis->row).from == ORIGIN_SET)
        return fault_add(faults, STATUS_BAD_INPUT, vary->file, vary->line,
                         "%s is varied, and --set gives it one value; keep one of the two", vary->key);
    axis->key = strdup(vary->key);
    return axis->key ? STATUS_OK : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the design");
}
