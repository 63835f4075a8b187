#include "../command.h"
#include "../config/ini.h"
#include "../leaf/text.h"
#include "registry.h"

#include <stdlib.h>
#include <string.h>

enum layout { LAYOUT_TEXT, LAYOUT_MARKDOWN, LAYOUT_INI };

static void heading(const struct registry_entry *entry, FILE *out)
{
    fprintf(out, "[%s%s]  %s%s%s%s\n", entry->group->section, entry->group->named ? " NAME" : "", entry->group->title,
            entry->model ? " (model " : "", entry->model ? entry->model->name : "", entry->model ? ")" : "");
}

static void print_text(const struct registry_entry *entry)
{
    char text[TEXT_QUOTED];
    heading(entry, stdout);
    for (size_t r = 0; r < entry->group->count; r++) {
        const struct param *row = &entry->group->rows[r];
        char pair[TEXT_QUOTED];
        snprintf(pair, sizeof pair, "%s = %s", row->key, row->fallback);
        printf("  %-32s %s\n  %-32s   %s\n", pair, row->meaning, "", registry_allowed(row, text));
    }
}

/* A file that loads as it stands; named sections are commented out, to be named and used. */
static void print_ini(const struct registry_entry *entry, const struct model *model)
{
    const struct param_group *group = entry->group;
    const char *off = group->named ? ";" : "";
    printf("; %s\n%s[%s%s]\n", group->title, off, group->section, group->named ? " NAME" : "");
    for (size_t r = 0; r < group->count; r++) {
        const struct param *row = &group->rows[r];
        char text[TEXT_QUOTED];
        printf("; %s (%s)\n%s%s = ", row->meaning, registry_allowed(row, text), off, row->key);
        /* the one default that depends on whose template this is */
        ini_write_value(group == &run_group && strcmp(row->key, "model") == 0 ? model->name : row->fallback, stdout);
        putchar('\n');
    }
}

static enum status unknown_section(const struct registry_entry *list, size_t count, const char *section,
                                   struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = section};
    for (size_t i = 0; i < count; i++)
        text_near_try(&near, list[i].group->section);
    return fault_add(faults, STATUS_USAGE, NULL, 0, "there is no section %s%s%s%s", text_quote(section, quoted),
                     near.best ? "; did you mean " : "; `ebb params` lists them all", near.best ? near.best : "",
                     near.best ? "?" : "");
}

static enum status print(const struct registry_entry *list, size_t count, const char *section, enum layout layout,
                         const struct model *model, struct faults *faults)
{
    size_t printed = 0;
    for (size_t i = 0; i < count; i++) {
        if (section && strcmp(list[i].group->section, section) != 0)
            continue;
        if (printed++ > 0)
            putchar('\n');
        switch (layout) {
        case LAYOUT_TEXT:
            print_text(&list[i]);
            break;
        case LAYOUT_MARKDOWN:
            registry_markdown(&list[i], stdout);
            break;
        case LAYOUT_INI:
            print_ini(&list[i], model);
            break;
        }
    }
    return printed ? STATUS_OK : unknown_section(list, count, section, faults);
}

static enum status run(const struct options *options, struct faults *faults)
{
    const char *name = options_own(options, "model");
    const bool markdown = options_own(options, "markdown"), ini = options_own(options, "ini");
    const struct model *model = name ? registry_model(name, faults) : NULL;
    if (name && !model)
        return STATUS_USAGE;
    if (markdown && ini)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--markdown and --ini exclude each other");
    if (ini && !model)
        model = models[0];
    size_t count;
    struct registry_entry *list = registry_list(model, &count);
    if (!list)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the list of settings");
    const enum layout layout = markdown ? LAYOUT_MARKDOWN : ini ? LAYOUT_INI : LAYOUT_TEXT;
    const enum status status = print(list, count, options->argument_count ? options->arguments[0] : NULL, layout, model,
                                     faults);
    free(list);
    return status;
}

static const struct option_row own[] = {
    {"markdown", 0, NULL, "as tables for a document"},
    {"ini", 0, NULL, "as a configuration that runs, every default written out"},
    {"model", 0, "NAME", "of this model only"},
    {0},
};

extern const struct command params_command;
const struct command params_command = {
    .name = "params",
    .usage = "[SECTION]",
    .meaning = "every setting: its default, what is allowed, what it means",
    .help = "examples\n"
            "  ebb params run                 the settings of one section\n"
            "  ebb params --ini > new.ini     a configuration to start from",
    .arguments_max = 1,
    .own = own,
    .run = run,
};
