#include "apply.h"

#include "../leaf/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    return fault_add(faults, STATUS_FAILED, apply->file_count ? apply->files[0].path : NULL, 0,
                     "not enough memory to read the settings");
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

static enum status find_here(struct apply *apply, struct faults *faults)
{
    apply->here = getcwd(NULL, 0);
    if (!apply->here)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "the working folder cannot be found: %s", strerror(errno));
    return STATUS_OK;
}

enum status apply_read(struct apply *apply, const char *path, const char *const *sets, size_t set_count,
                       struct faults *faults)
{
    enum status status = cut_sets(apply, sets, set_count, faults);
    if (status == STATUS_OK && path)
        status = apply_read_files(apply, path, faults);
    return status == STATUS_OK ? find_here(apply, faults) : status;
}

void apply_free(struct apply *apply)
{
    for (size_t f = 0; f < apply->file_count; f++) {
        struct apply_file *file = &apply->files[f];
        ini_free(&file->ini);
        free(file->path);
        free(file->real);
        free(file->folder);
    }
    free(apply->files);
    for (size_t i = 0; i < apply->set_count; i++)
        free(apply->sets[i].text);
    free(apply->sets);
    free(apply->here);
    *apply = (struct apply){0};
}

static const char *peek_in(const struct ini *ini, const char *section, const char *key)
{
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_item *item = &ini->items[i];
        if (item->what != INI_PAIR || item->section < 0 || strcmp(item->key, key) != 0)
            continue;
        const struct ini_item *in = &ini->items[item->section];
        if (!in->name && strcmp(in->kind, section) == 0)
            return item->value;
    }
    return NULL;
}

const char *apply_peek(const struct apply *apply, const char *section, const char *key)
{
    for (size_t i = apply->set_count; i-- > 0;) {
        const struct assignment *set = &apply->sets[i];
        if (!set->name && strcmp(set->kind, section) == 0 && strcmp(set->key, key) == 0)
            return set->value;
    }
    for (size_t f = 0; f < apply->file_count; f++) {
        const char *value = peek_in(&apply->files[apply->order[f]].ini, section, key);
        if (value)
            return value;
    }
    return NULL;
}
