#include "../leaf/text.h"
#include "config.h"
#include "ini.h"

#include <string.h>

/* Longest: a list of 256 numbers of 24 characters and two between. */
#define VALUE_MAX 8192

static void write_origin(const struct config *config, struct param_origin origin, FILE *out)
{
    const char *file = config_file(config, origin), *slash = strrchr(file, '/');
    switch (origin.from) {
    case ORIGIN_DEFAULT:
    case ORIGIN_REFUSED: /* the default stands; such a configuration is not written */
        fputs("default", out);
        break;
    case ORIGIN_SET:
        fputs("--set", out);
        break;
    case ORIGIN_FILE:
        text_print(out, slash ? slash + 1 : file);
        fprintf(out, ":%d", origin.line);
        break;
    }
}

static void write_instance(const struct config *config, const struct param_group *group, size_t index, bool origins,
                           FILE *out)
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
        if (origins) {
            fputs(" ; ", out);
            write_origin(config, param_set_origin(config->set, group, index, &group->rows[r]), out);
        }
        fputc('\n', out);
    }
}

static int write_all(const struct config *config, bool origins, FILE *out)
{
    for (size_t g = 0; config->groups[g]; g++)
        for (size_t i = 0; i < param_set_count(config->set, config->groups[g]); i++)
            write_instance(config, config->groups[g], i, origins, out);
    return ferror(out) ? -1 : 0;
}

int config_write(const struct config *config, FILE *out)
{
    fputs("; Every setting as it was used, with where it came from. Runs as it stands.\n", out);
    return write_all(config, true, out);
}

int config_write_resolved(const struct config *config, FILE *out)
{
    fputs("; Every setting as it was used. Runs as it stands.\n", out);
    return write_all(config, false, out);
}
