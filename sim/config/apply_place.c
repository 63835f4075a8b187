#include "apply.h"

#include <string.h>

/* Whether text begins with these words, and no further letter. */
static bool begins_with(const char *text, const char *words)
{
    const size_t length = strlen(words);
    const char *letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
    return strncmp(text, words, length) == 0 && (text[length] == '\0' || !strchr(letters, text[length]));
}

static bool names_setting(const char *text, const struct param_group *group, const char *name, const char *key)
{
    char dotted[3 * PARAM_TEXT_SIZE], bracketed[3 * PARAM_TEXT_SIZE];
    const char *space = group->named ? " " : "";
    snprintf(dotted, sizeof dotted, "%s%s%s.%s", group->section, space, name, key);
    snprintf(bracketed, sizeof bracketed, "[%s%s%s] %s", group->section, space, name, key);
    return begins_with(text, dotted) || begins_with(text, bracketed);
}

static void place(const struct config *config, struct fault *fault, struct param_origin origin)
{
    if (origin.from != ORIGIN_DEFAULT)
        fault->file = strdup(origin.from == ORIGIN_FILE ? config_file(config, origin) : APPLY_COMMAND_LINE);
    fault->line = fault->file ? origin.line : 0;
}

static void place_one(const struct config *config, struct fault *fault)
{
    for (size_t g = 0; config->groups[g]; g++) {
        const struct param_group *group = config->groups[g];
        for (size_t i = 0; i < param_set_count(config->set, group); i++)
            for (size_t r = 0; r < group->count; r++) {
                const char *name = group->named ? param_set_get(config->set, group, i) : "";
                if (names_setting(fault->text, group, name, group->rows[r].key)) {
                    place(config, fault, param_set_origin(config->set, group, i, &group->rows[r]));
                    return;
                }
            }
    }
}

void apply_find_places(const struct config *config, size_t first, struct faults *faults)
{
    for (size_t i = first; i < faults->count; i++)
        if (!faults->list[i].file)
            place_one(config, &faults->list[i]);
}
