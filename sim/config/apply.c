#include "apply.h"

#include "../leaf/text.h"

#include <string.h>

/* A value into the set; one that is refused is noted, for apply_take_relations(). */
static enum status put(const struct config *config, const struct param_group *group, size_t index,
                       const struct param *row, const char *text, struct param_origin origin, const char *folder,
                       struct apply_place place, struct faults *faults)
{
    const enum status status = param_set_parse(config->set, group, index, row, text, origin, folder, faults,
                                               place.file);
    if (status != STATUS_OK)
        param_set_refuse(config->set, group, index, row);
    return status;
}

/* A plain section given a name, or a named one given none. */
static enum status check_name(const struct param_group *group, const char *name, struct apply_place place,
                              struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    if (group->named && !name)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                         "[%s] needs a name of its own, as in [%s first try]", group->section, group->section);
    if (!group->named && name)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "[%s] takes no name, but here it has %s",
                         group->section, text_quote(name, quoted));
    return STATUS_OK;
}

/* ---- the file ---- */

/* A section that is open while a file is walked. */
struct open {
    const struct apply_file *file;
    int number;                      /* of the file */
    const struct param_group *group; /* NULL: unknown, its keys are not judged */
    size_t index;
};

static bool find_named(const struct config *config, const struct param_group *group, const char *name, size_t *index)
{
    for (*index = 0; *index < param_set_count(config->set, group); ++*index)
        if (strcmp(param_set_get(config->set, group, *index), name) == 0)
            return true;
    return false;
}

static enum status open_section(struct config *config, const struct ini_item *item, bool any_section, struct open *open,
                                struct faults *faults)
{
    const struct apply_place place = {open->file->path, item->line};
    open->index = 0;
    open->group = param_group_find_named(config->groups, item->kind, item->name != NULL);
    if (!open->group)
        return any_section ? STATUS_BAD_INPUT : apply_unknown_section(config, item->kind, item->name, place, faults);
    enum status status = check_name(open->group, item->name, place, faults);
    if (status == STATUS_OK && item->first_line) {
        status = fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                           "[%s%s%s] is there already, at line %d; put its keys there", item->kind,
                           item->name ? " " : "", item->name ? item->name : "", item->first_line);
        open->group = open->group->named ? NULL : open->group;
    } else if (open->group->named && item->name && find_named(config, open->group, item->name, &open->index)) {
        return status; /* goes on in this file, from one it includes */
    } else if (open->group->named) {
        /* without a name of its own, one nobody can write keeps its keys apart, to be checked all the same */
        const char *name = item->name ? item->name : "?";
        const long index = param_set_add(config->set, open->group, name, item->name ? faults : NULL, place.file,
                                         place.line);
        if (index < 0) {
            status = STATUS_BAD_INPUT;
            open->group = NULL;
        }
        open->index = index < 0 ? 0 : (size_t)index;
    }
    return status;
}

static enum status apply_pair(struct config *config, const struct ini_item *item, const struct open *open,
                              struct faults *faults)
{
    const struct apply_place place = {open->file->path, item->line};
    char quoted[TEXT_QUOTED];
    if (apply_is_include(item))
        return STATUS_OK; /* done */
    if (item->section == -1) {
        char homes[APPLY_HOMES];
        apply_homes(config->groups, item->key, homes);
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "%s stands before any [section]%s%s",
                         text_quote(item->key, quoted), *homes ? "; it is a key of " : "", homes);
    }
    if (!open->group || item->section == -2)
        return STATUS_OK; /* its section is reported */
    if (item->first_line)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "%s is given here and at line %d; keep one",
                         item->key, item->first_line);
    const struct param *row = param_find(open->group, item->key);
    if (!row && strcmp(item->key, APPLY_INCLUDE) == 0)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                         "include stands in a section; it belongs before the first [section] of its file");
    if (!row)
        return apply_unknown_key(config, open->group, open->index, item->key, place, faults);
    const struct param_origin before = param_set_origin(config->set, open->group, open->index, row);
    if (before.from == ORIGIN_FILE)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "%s is given here and at %s:%d; keep one",
                         item->key, config_file(config, before), before.line);
    const struct param_origin origin = {.from = ORIGIN_FILE, .line = item->line, .file = open->number};
    return put(config, open->group, open->index, row, item->value, origin, open->file->folder, place, faults);
}

static enum status apply_file(const struct apply *apply, size_t number, struct config *config, bool any_section,
                              struct faults *faults)
{
    enum status status = STATUS_OK;
    const struct apply_file *file = &apply->files[number];
    struct open open = {.file = file, .number = (int)number};
    for (size_t i = 0; i < file->ini.count; i++) {
        const struct ini_item *item = &file->ini.items[i];
        enum status one = STATUS_OK;
        switch (item->what) {
        case INI_SECTION:
            one = open_section(config, item, any_section, &open, faults);
            break;
        case INI_PAIR:
            one = apply_pair(config, item, &open, faults);
            break;
        case INI_BROKEN:
            one = fault_add(faults, STATUS_BAD_INPUT, file->path, item->line, "%s", item->text ? item->text : "");
            break;
        }
        status = status == STATUS_OK ? one : status;
    }
    if (file->ini.count == 0)
        fault_warn(faults, file->path, 0, "sets nothing; every setting keeps its default");
    return status;
}

/* ---- --set ---- */

static enum status find_instance(const struct config *config, const struct param_group *group, const char *name,
                                 size_t *index, struct faults *faults)
{
    *index = 0;
    if (!group->named)
        return STATUS_OK;
    struct text_near near = {.word = name};
    for (size_t i = 0; i < param_set_count(config->set, group); i++) {
        const char *known = param_set_get(config->set, group, i);
        if (strcmp(known, name) == 0) {
            *index = i;
            return STATUS_OK;
        }
        text_near_try(&near, known);
    }
    if (near.best)
        return fault_add(faults, STATUS_BAD_INPUT, APPLY_COMMAND_LINE, 0,
                         "the configuration has no [%s %s]; did you mean [%s %s]?", group->section, name,
                         group->section, near.best);
    return fault_add(faults, STATUS_BAD_INPUT, APPLY_COMMAND_LINE, 0,
                     "the configuration has no [%s %s]; add the section to the file first", group->section, name);
}

static enum status apply_set(const struct apply *apply, struct config *config, const struct assignment *set,
                             bool any_section, struct faults *faults)
{
    const struct apply_place place = {APPLY_COMMAND_LINE, 0};
    const struct param_group *group = param_group_find_named(config->groups, set->kind, set->name != NULL);
    if (!group)
        return any_section ? STATUS_BAD_INPUT : apply_unknown_section(config, set->kind, set->name, place, faults);
    enum status status = check_name(group, set->name, place, faults);
    size_t index = 0;
    if (status == STATUS_OK)
        status = find_instance(config, group, set->name, &index, faults);
    if (status != STATUS_OK)
        return status;
    const struct param *row = param_find(group, set->key);
    if (!row)
        return apply_unknown_key(config, group, index, set->key, place, faults);
    if (param_set_origin(config->set, group, index, row).from == ORIGIN_SET)
        return fault_add(faults, STATUS_BAD_INPUT, APPLY_COMMAND_LINE, 0,
                         "%s%s%s.%s is set twice on the command line; keep one", set->kind, set->name ? " " : "",
                         set->name ? set->name : "", set->key);
    const struct param_origin origin = {.from = ORIGIN_SET};
    return put(config, group, index, row, set->value, origin, apply->here, place, faults);
}

/* Says which named sections were written but got no setting, neither there nor on the command line. */
static void check_filled(const struct apply_file *file, const struct config *config, struct faults *faults)
{
    for (size_t i = 0; i < file->ini.count; i++) {
        const struct ini_item *item = &file->ini.items[i];
        size_t index, given = 0;
        if (item->what != INI_SECTION || !item->name)
            continue;
        const struct param_group *group = param_group_find_named(config->groups, item->kind, true);
        if (!group || find_instance(config, group, item->name, &index, NULL) != STATUS_OK)
            continue;
        for (size_t r = 0; r < group->count; r++)
            given += param_set_origin(config->set, group, index, &group->rows[r]).from != ORIGIN_DEFAULT;
        if (given == 0)
            fault_warn(faults, file->path, item->line, "[%s %s] sets nothing; all of it is as by default", item->kind,
                       item->name);
    }
}

enum status apply_all(const struct apply *apply, struct config *config, bool any_section, struct faults *faults)
{
    enum status status = apply->cut != STATUS_OK ? apply->cut : apply->included;
    for (size_t f = 0; f < apply->file_count; f++) {
        const enum status one = apply_file(apply, apply->order[f], config, any_section, faults);
        status = status == STATUS_OK ? one : status;
    }
    for (size_t i = 0; i < apply->set_count; i++) {
        const enum status one = apply_set(apply, config, &apply->sets[i], any_section, faults);
        status = status == STATUS_OK ? one : status;
    }
    for (size_t f = 0; f < apply->file_count && status == STATUS_OK; f++)
        check_filled(&apply->files[apply->order[f]], config, faults);
    return status;
}
