#include "apply.h"

#include "../leaf/text.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- reading ---- */

/* Cuts "strategy NAME.key=value" in pieces; false when it has not this shape. */
static bool cut(struct assignment *set)
{
    char *equals = strchr(set->text, '=');
    if (!equals)
        return false;
    *equals = '\0';
    set->value = equals + 1;
    char *left = text_trim(set->text);
    char *dot = strrchr(left, '.');
    if (!dot || dot == left || dot[1] == '\0')
        return false;
    *dot = '\0';
    set->key = dot + 1;
    set->kind = left;
    char *space = left + strcspn(left, " \t");
    if (*space) {
        *space = '\0';
        set->name = text_trim(space + 1);
    }
    return true;
}

static enum status bad_set(const char *text, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    return fault_add(faults, STATUS_USAGE, NULL, 0,
                     "--set %s has not the form section.key=value, as in --set run.weeks=5y", text_quote(text, quoted));
}

static enum status out_of_memory(const struct apply *apply, struct faults *faults)
{
    return fault_add(faults, STATUS_FAILED, apply->path, 0, "not enough memory to read the settings");
}

static enum status cut_sets(struct apply *apply, const char *const *sets, size_t set_count, struct faults *faults)
{
    apply->sets = calloc(set_count + 1, sizeof *apply->sets);
    if (!apply->sets)
        return out_of_memory(apply, faults);
    for (size_t i = 0; i < set_count; i++) {
        struct assignment set = {.text = strdup(sets[i])};
        if (!set.text)
            return out_of_memory(apply, faults);
        if (cut(&set)) {
            apply->sets[apply->set_count++] = set;
        } else {
            free(set.text);
            apply->cut = bad_set(sets[i], faults);
        }
    }
    return STATUS_OK;
}

static enum status find_folders(struct apply *apply, struct faults *faults)
{
    apply->here = getcwd(NULL, 0);
    if (!apply->here)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "the working folder cannot be found: %s", strerror(errno));
    if (!apply->path)
        return STATUS_OK;
    char *copy = strdup(apply->path);
    apply->folder = copy ? realpath(dirname(copy), NULL) : NULL;
    free(copy);
    if (!apply->folder)
        return fault_add(faults, STATUS_FAILED, apply->path, 0, "its folder cannot be found: %s", strerror(errno));
    return STATUS_OK;
}

enum status apply_read(struct apply *apply, const char *path, const char *const *sets, size_t set_count,
                       struct faults *faults)
{
    apply->path = path;
    enum status status = cut_sets(apply, sets, set_count, faults);
    if (status == STATUS_OK && path)
        status = ini_read(path, &apply->ini, faults);
    return status == STATUS_OK ? find_folders(apply, faults) : status;
}

void apply_free(struct apply *apply)
{
    ini_free(&apply->ini);
    for (size_t i = 0; i < apply->set_count; i++)
        free(apply->sets[i].text);
    free(apply->sets);
    free(apply->folder);
    free(apply->here);
    *apply = (struct apply){0};
}

const char *apply_peek(const struct apply *apply, const char *section, const char *key)
{
    for (size_t i = apply->set_count; i-- > 0;) {
        const struct assignment *set = &apply->sets[i];
        if (!set->name && strcmp(set->kind, section) == 0 && strcmp(set->key, key) == 0)
            return set->value;
    }
    for (size_t i = 0; i < apply->ini.count; i++) {
        const struct ini_item *item = &apply->ini.items[i];
        if (item->what != INI_PAIR || item->section < 0 || strcmp(item->key, key) != 0)
            continue;
        const struct ini_item *in = &apply->ini.items[item->section];
        if (!in->name && strcmp(in->kind, section) == 0)
            return item->value;
    }
    return NULL;
}

/* ---- what is unknown ---- */

/* Where a fault is: a line of the file, or --set. */
struct place {
    const char *file;
    int line;
};

/* The only group that has this key, or NULL. */
static const struct param_group *home_of(const struct param_group *const *groups, const char *key)
{
    const struct param_group *home = NULL;
    for (size_t g = 0; groups[g]; g++)
        if (param_find(groups[g], key)) {
            if (home)
                return NULL;
            home = groups[g];
        }
    return home;
}

static const char *name_hint(const struct param_group *group)
{
    return group->named ? " NAME" : "";
}

static enum status unknown_key(const struct config *config, const struct param_group *group, const char *key,
                               struct place place, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    text_quote(key, quoted);
    const struct param_group *home = home_of(config->groups, key);
    if (home)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "[%s] has no key %s; it belongs in [%s%s]",
                         group->section, quoted, home->section, name_hint(home));
    struct text_near near = {.word = key};
    for (size_t r = 0; r < group->count; r++)
        text_near_try(&near, group->rows[r].key);
    if (near.best)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "[%s] has no key %s; did you mean %s?",
                         group->section, quoted, near.best);
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

static enum status unknown_section(const struct config *config, const char *kind, struct place place,
                                   struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    text_quote(kind, quoted);
    const struct model *other = model_with(kind);
    if (other)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                         "[%s] belongs to the model %s, but run.model is %s", kind, other->name, config->model->name);
    struct text_near near = {.word = kind};
    for (size_t g = 0; config->groups[g]; g++)
        text_near_try(&near, config->groups[g]->section);
    if (near.best)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "there is no section %s; did you mean [%s%s]?",
                         quoted, near.best, name_hint(param_group_find(config->groups, near.best)));
    const struct param_group *home = home_of(config->groups, kind);
    if (home)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                         "there is no section %s; it is a key of [%s%s]", quoted, home->section, name_hint(home));
    return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                     "there is no section %s; `ebb params --model %s` lists them", quoted, config->model->name);
}

/* A plain section given a name, or a named one given none. */
static enum status check_name(const struct param_group *group, const char *name, struct place place,
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

/* A section that is open while the file is walked. */
struct open {
    const struct param_group *group; /* NULL: unknown, its keys are not judged */
    size_t index;
};

static enum status open_section(const struct apply *apply, struct config *config, const struct ini_item *item,
                                bool any_section, struct open *open, struct faults *faults)
{
    const struct place place = {apply->path, item->line};
    *open = (struct open){param_group_find(config->groups, item->kind), 0};
    if (!open->group)
        return any_section ? STATUS_BAD_INPUT : unknown_section(config, item->kind, place, faults);
    enum status status = check_name(open->group, item->name, place, faults);
    if (status == STATUS_OK && item->first_line) {
        status = fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                           "[%s%s%s] is there already, at line %d; put its keys there", item->kind,
                           item->name ? " " : "", item->name ? item->name : "", item->first_line);
        open->group = open->group->named ? NULL : open->group;
    } else if (open->group->named) {
        /* without a name of its own, one nobody can write keeps its keys apart, to be checked all the same */
        const char *name = item->name ? item->name : "?";
        const long index = param_set_add(config->set, open->group, name, item->name ? faults : NULL, place.file, place.line);
        if (index < 0) {
            status = STATUS_BAD_INPUT;
            open->group = NULL;
        }
        open->index = index < 0 ? 0 : (size_t)index;
    }
    return status;
}

static enum status apply_pair(const struct apply *apply, struct config *config, const struct ini_item *item,
                              const struct open *open, struct faults *faults)
{
    const struct place place = {apply->path, item->line};
    char quoted[TEXT_QUOTED];
    if (item->section == -1) {
        const struct param_group *home = home_of(config->groups, item->key);
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line,
                         "%s stands before any [section]%s%s%s%s", text_quote(item->key, quoted),
                         home ? "; it belongs in [" : "", home ? home->section : "", home ? name_hint(home) : "",
                         home ? "]" : "");
    }
    if (!open->group || item->section == -2)
        return STATUS_OK; /* its section is reported */
    if (item->first_line)
        return fault_add(faults, STATUS_BAD_INPUT, place.file, place.line, "%s is given here and at line %d; keep one",
                         item->key, item->first_line);
    const struct param *row = param_find(open->group, item->key);
    if (!row)
        return unknown_key(config, open->group, item->key, place, faults);
    const struct param_origin origin = {ORIGIN_FILE, item->line};
    const enum status status = param_set_parse(config->set, open->group, open->index, row, item->value, origin,
                                               apply->folder, faults, apply->path);
    return status;
}

static enum status apply_file(const struct apply *apply, struct config *config, bool any_section, struct faults *faults)
{
    enum status status = STATUS_OK;
    struct open open = {0};
    for (size_t i = 0; i < apply->ini.count; i++) {
        const struct ini_item *item = &apply->ini.items[i];
        enum status one = STATUS_OK;
        switch (item->what) {
        case INI_SECTION: one = open_section(apply, config, item, any_section, &open, faults); break;
        case INI_PAIR: one = apply_pair(apply, config, item, &open, faults); break;
        case INI_BROKEN:
            one = fault_add(faults, STATUS_BAD_INPUT, apply->path, item->line, "%s", item->text ? item->text : "");
            break;
        }
        status = status == STATUS_OK ? one : status;
    }
    if (apply->path && apply->ini.count == 0)
        fault_warn(faults, apply->path, 0, "sets nothing; every setting keeps its default");
    return status;
}

/* ---- --set ---- */

static enum status find_instance(const struct config *config, const struct param_group *group, const char *name,
                                 size_t *index, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
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
    text_quote(name, quoted);
    return fault_add(faults, STATUS_BAD_INPUT, "--set", 0, "the configuration has no [%s %s]%s%s%s", group->section,
                     name, near.best ? "; did you mean [" : "; add the section to the file first",
                     near.best ? near.best : "", near.best ? "]?" : "");
}

static enum status apply_set(const struct apply *apply, struct config *config, const struct assignment *set,
                             bool any_section, struct faults *faults)
{
    const struct place place = {"--set", 0};
    const struct param_group *group = param_group_find(config->groups, set->kind);
    if (!group)
        return any_section ? STATUS_BAD_INPUT : unknown_section(config, set->kind, place, faults);
    enum status status = check_name(group, set->name, place, faults);
    size_t index = 0;
    if (status == STATUS_OK)
        status = find_instance(config, group, set->name, &index, faults);
    if (status != STATUS_OK)
        return status;
    const struct param *row = param_find(group, set->key);
    if (!row)
        return unknown_key(config, group, set->key, place, faults);
    if (param_set_origin(config->set, group, index, row).from == ORIGIN_SET)
        return fault_add(faults, STATUS_BAD_INPUT, "--set", 0, "%s%s%s.%s is set twice on the command line; keep one",
                         set->kind, set->name ? " " : "", set->name ? set->name : "", set->key);
    const struct param_origin origin = {ORIGIN_SET, 0};
    return param_set_parse(config->set, group, index, row, set->value, origin, apply->here, faults, "--set");
}

enum status apply_all(const struct apply *apply, struct config *config, bool any_section, struct faults *faults)
{
    const enum status file = apply_file(apply, config, any_section, faults);
    enum status status = apply->cut != STATUS_OK ? apply->cut : file;
    for (size_t i = 0; i < apply->set_count; i++) {
        const enum status one = apply_set(apply, config, &apply->sets[i], any_section, faults);
        status = status == STATUS_OK ? one : status;
    }
    return status;
}

/* ---- places ---- */

/* Whether text begins with this setting's name and then something that cannot belong to it. */
static bool names_setting(const char *text, const struct param_group *group, const char *name, const char *key)
{
    char full[3 * PARAM_TEXT_SIZE];
    snprintf(full, sizeof full, "%s%s%s.%s", group->section, group->named ? " " : "", name, key);
    const size_t length = strlen(full);
    return strncmp(text, full, length) == 0 && !strchr("abcdefghijklmnopqrstuvwxyz0123456789_", text[length]);
}

static void place_one(const struct config *config, struct fault *fault)
{
    for (size_t g = 0; config->groups[g]; g++) {
        const struct param_group *group = config->groups[g];
        for (size_t i = 0; i < param_set_count(config->set, group); i++)
            for (size_t r = 0; r < group->count; r++) {
                const char *name = group->named ? param_set_get(config->set, group, i) : "";
                if (!names_setting(fault->text, group, name, group->rows[r].key))
                    continue;
                const struct param_origin origin = param_set_origin(config->set, group, i, &group->rows[r]);
                if (origin.from != ORIGIN_DEFAULT)
                    fault->file = strdup(origin.from == ORIGIN_FILE ? config->path : "--set");
                fault->line = fault->file ? origin.line : 0;
                return;
            }
    }
}

void apply_place(const struct config *config, size_t first, struct faults *faults)
{
    for (size_t i = first; i < faults->count; i++)
        if (!faults->list[i].file)
            place_one(config, &faults->list[i]);
}
