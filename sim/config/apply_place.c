#include "apply.h"

#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyz0123456789_" /* of keys */

/* Whether text begins with these words, and no further letter. */
static bool begins_with(const char *text, const char *words)
{
    const size_t length = strlen(words);
    return strncmp(text, words, length) == 0 && (text[length] == '\0' || !strchr(LETTERS, text[length]));
}

static bool names_setting(const char *text, const struct param_group *group, const char *name, const char *key)
{
    char dotted[3 * PARAM_TEXT_SIZE], bracketed[3 * PARAM_TEXT_SIZE];
    const char *space = group->named ? " " : "";
    snprintf(dotted, sizeof dotted, "%s%s%s.%s", group->section, space, name, key);
    snprintf(bracketed, sizeof bracketed, "[%s%s%s] %s", group->section, space, name, key);
    return begins_with(text, dotted) || begins_with(text, bracketed);
}

/* The place of a setting that has a value of its own; else none. */
static struct apply_place place_of(const struct config *config, struct param_origin origin)
{
    switch (origin.from) {
    case ORIGIN_FILE:
        return (struct apply_place){config_file(config, origin), origin.line};
    case ORIGIN_SET:
        return (struct apply_place){APPLY_COMMAND_LINE, 0};
    default:
        return (struct apply_place){0};
    }
}

/* The word anywhere in the text, with no letter beside it. */
static bool says(const char *text, const char *word)
{
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
        if ((at == text || !strchr(LETTERS, at[-1])) && begins_with(at, word))
            return true;
    return false;
}

/* Whether the sentence rests on this setting, as far as words can tell: its key, and of a named section "strategy a". */
static bool rests_on(const char *text, const struct param_group *group, const char *name, const char *key)
{
    char words[2 * PARAM_TEXT_SIZE];
    snprintf(words, sizeof words, "%s %s", group->section, name);
    return says(text, key) && (!group->named || says(text, words));
}

/* What is known of a sentence about settings together. */
struct relation {
    struct apply_place place;
    bool refused; /* a setting it names was given a value that is none */
};

static void judge(const struct config *config, const char *text, struct relation *relation)
{
    for (size_t g = 0; config->groups[g]; g++) {
        const struct param_group *group = config->groups[g];
        for (size_t i = 0; i < param_set_count(config->set, group); i++)
            for (size_t r = 0; r < group->count; r++) {
                const char *name = group->named ? param_set_get(config->set, group, i) : "";
                const struct param_origin origin = param_set_origin(config->set, group, i, &group->rows[r]);
                if (!relation->place.file && names_setting(text, group, name, group->rows[r].key))
                    relation->place = place_of(config, origin);
                relation->refused |= origin.from == ORIGIN_REFUSED && rests_on(text, group, name, group->rows[r].key);
            }
    }
}

/* Where the section stands that the sentence begins with; none when no file has it. */
static struct apply_place place_of_section(const struct apply *apply, const char *text)
{
    char dotted[2 * PARAM_TEXT_SIZE], bracketed[2 * PARAM_TEXT_SIZE];
    for (size_t f = 0; f < apply->file_count; f++) {
        const struct apply_file *file = &apply->files[apply->order[f]];
        for (size_t i = 0; i < file->ini.count; i++) {
            const struct ini_item *item = &file->ini.items[i];
            if (item->what != INI_SECTION)
                continue;
            const char *space = item->name ? " " : "", *name = item->name ? item->name : "";
            snprintf(dotted, sizeof dotted, "%s%s%s.", item->kind, space, name);
            snprintf(bracketed, sizeof bracketed, "[%s%s%s]", item->kind, space, name);
            if (strncmp(text, dotted, strlen(dotted)) == 0 || strncmp(text, bracketed, strlen(bracketed)) == 0)
                return (struct apply_place){file->path, item->line};
        }
    }
    return (struct apply_place){0};
}

void apply_take_relations(const struct apply *apply, const struct config *config, const struct faults *found,
                          struct faults *faults)
{
    const bool faulty = faults->errors > 0;
    for (size_t i = 0; i < found->count; i++) {
        const struct fault *f = &found->list[i];
        struct relation relation = {.place = {f->file, f->line}};
        judge(config, f->text, &relation);
        if (!relation.place.file)
            relation.place = place_of_section(apply, f->text);
        if (f->warning && !faulty)
            fault_warn(faults, relation.place.file, relation.place.line, "%s", f->text);
        else if (!f->warning && !relation.refused)
            fault_add(faults, f->status, relation.place.file, relation.place.line, "%s", f->text);
    }
    if (!faulty)
        faults->unkept += found->unkept;
}
