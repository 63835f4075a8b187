#include "../leaf/text.h"
#include "config.h"
#include "ini.h"

#include <string.h>

/* Longest: a list of 256 numbers of 24 characters and two between. */
#define VALUE_MAX 8192

static void write_instance(const struct config *config, const struct param_group *group, size_t index, FILE *out)
{
    if (group->named)
        fprintf(out, "\n[%s %s]\n", group->section, (const char *)param_set_get(config->set, group, index));
    else
        fprintf(out, "\n[%s]\n", group->section);
    for (size_t r = 0; r < group->count; r++) {
        char value[VALUE_MAX];
        param_set_format(config->set, group, index, &group->rows[r], value, sizeof value);
        fprintf(out, "%s = ", group->rows[r].key);
        ini_write_value(value, out);
        fputc('\n', out);
    }
}

int config_write(const struct config *config, FILE *out)
{
    fputs("; Every setting as it was used. Runs as it stands.\n", out);
    for (size_t g = 0; config->groups[g]; g++)
        for (size_t i = 0; i < param_set_count(config->set, config->groups[g]); i++)
            write_instance(config, config->groups[g], i, out);
    return ferror(out) ? -1 : 0;
}
