#include "../command.h"
#include "../leaf/text.h"
#include "registry.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MAX_SIZE (2 * PARAM_TEXT_SIZE + 2) /* of section.key */

/* What is looked for: "section.key", or one word; how much was found, and the nearest name when nothing was. */
struct search {
    const char *section; /* NULL: anywhere */
    const char *word;
    size_t found;
    char near[NAME_MAX_SIZE];
    size_t distance;
};

/* Tries a name; what was asked for as section.key is near to a section.key only. */
static void consider(struct search *search, const char *section, const char *key)
{
    char asked[NAME_MAX_SIZE], full[NAME_MAX_SIZE];
    snprintf(full, sizeof full, "%s%s%s", section, *section ? "." : "", key);
    snprintf(asked, sizeof asked, "%s%s%s", search->section ? search->section : "", search->section ? "." : "",
             search->word);
    struct text_near near = {.word = asked};
    text_near_try(&near, search->section ? full : key);
    if (!near.best || (search->near[0] && near.distance >= search->distance))
        return;
    snprintf(search->near, sizeof search->near, "%s", full);
    search->distance = near.distance;
}

/* An empty line between entries. */
static void start_entry(struct search *search)
{
    if (search->found++ > 0)
        putchar('\n');
}

static void field(const char *name, const char *value)
{
    if (*value)
        printf("  %-10s%s\n", name, value);
}

static void explain_row(struct search *search, const struct registry_entry *entry, const struct param *row)
{
    const struct param_group *group = entry->group;
    const char *name = group->named ? " NAME" : "";
    char text[TEXT_QUOTED];
    start_entry(search);
    printf("%s%s.%s: %s\n", group->section, name, row->key, row->meaning);
    field("kind", param_kind_name(row->kind));
    field("default", row->fallback);
    param_allowed(row, text, sizeof text);
    field("allowed", text);
    field("unit", row->unit);
    field("source", row->source);
    field("model", entry->model ? entry->model->name : "");
    printf("  %-10s%s = %s   under [%s%s], or --set '%s%s.%s=%s'\n", "written", row->key, row->fallback, group->section,
           name, group->section, name, row->key, row->fallback);
}

static void explain_group(struct search *search, const struct registry_entry *entry)
{
    const struct param_group *group = entry->group;
    start_entry(search);
    printf("[%s%s]: %s%s%s%s\n", group->section, group->named ? " NAME" : "", group->title,
           entry->model ? " (model " : "", entry->model ? entry->model->name : "", entry->model ? ")" : "");
    for (size_t r = 0; r < group->count; r++)
        printf("  %-20s %s\n", group->rows[r].key, group->rows[r].meaning);
}

static void search_groups(struct search *search, const struct registry_entry *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct param_group *group = list[i].group;
        if (!search->section && strcmp(group->section, search->word) == 0)
            explain_group(search, &list[i]);
        if (!search->section)
            consider(search, "", group->section);
        const bool open = !search->section || strcmp(group->section, search->section) == 0;
        for (size_t r = 0; r < group->count; r++) {
            if (open && strcmp(group->rows[r].key, search->word) == 0)
                explain_row(search, &list[i], &group->rows[r]);
            consider(search, group->section, group->rows[r].key);
        }
    }
}

static void explain_column(struct search *search, const struct model *model, const struct column *column)
{
    static const char *const kinds[] = {
        [COLUMN_CAPACITY] = "capacity",        [COLUMN_COMPONENT] = "component of a capacity",
        [COLUMN_LAYER] = "share that spreads", [COLUMN_STATE] = "state",
        [COLUMN_NETWORK] = "network measure",  [COLUMN_COST] = "cost",
    };
    char range[80];
    start_entry(search);
    printf("%s: %s\n", column->name, column->meaning);
    field("measure", kinds[column->kind]);
    field("of", column->of);
    field("unit", column->unit);
    snprintf(range, sizeof range, "%g to %g", column->lo, column->hi);
    field("range", range);
    field("model", model->name);
    field("in", "series.csv, summary.csv, results.db");
}

static void explain_attribute(struct search *search, const struct model *model, const struct attribute *attribute,
                              const char *of)
{
    start_entry(search);
    printf("%s: %s\n", attribute->name, attribute->meaning);
    field("attribute", of);
    field("values", attribute->labels);
    field("unit", attribute->unit);
    field("model", model->name);
}

static void search_attributes(struct search *search, const struct model *model, const struct attribute *list,
                              size_t count, const char *of)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, search->word) == 0)
            explain_attribute(search, model, &list[i], of);
        consider(search, "", list[i].name);
    }
}

static void search_model(struct search *search, const struct model *model)
{
    for (size_t c = 0; c < model->column_count; c++) {
        if (strcmp(model->columns[c].name, search->word) == 0)
            explain_column(search, model, &model->columns[c]);
        consider(search, "", model->columns[c].name);
    }
    search_attributes(search, model, model->node_attributes, model->node_attribute_count, "of a node of the network");
    search_attributes(search, model, model->tie_attributes, model->tie_attribute_count, "of a tie of the network");
    if (strcmp(model->name, search->word) == 0 || strcmp(search->word, "model") == 0) {
        start_entry(search);
        printf("model %s: %s\n  %s\n", model->name, model->title, model->meaning);
    }
    consider(search, "", model->name);
}

static enum status run(const struct options *options, struct faults *faults)
{
    char copy[2 * PARAM_TEXT_SIZE], quoted[TEXT_QUOTED];
    size_t count;
    const char *asked = options->arguments[0];
    snprintf(copy, sizeof copy, "%s", asked + (asked[0] == '[')); /* [section] may be pasted from a file */
    copy[strcspn(copy, "]")] = '\0';
    char *dot = strrchr(copy, '.');
    if (dot)
        *dot = '\0';
    copy[strcspn(copy, " \t")] = '\0'; /* "strategy NAME.time" is strategy.time */
    struct search search = {.word = dot ? dot + 1 : copy, .section = dot ? copy : NULL};
    struct registry_entry *list = registry_list(NULL, &count);
    if (!list)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the list of settings");
    search_groups(&search, list, count);
    free(list);
    for (size_t i = 0; !search.section && models[i]; i++)
        search_model(&search, models[i]);
    if (search.found)
        return STATUS_OK;
    return fault_add(faults, STATUS_USAGE, NULL, 0, "there is no setting, section or measure %s%s%s%s",
                     text_quote(asked, quoted),
                     search.near[0] ? "; did you mean " : "; `ebb params` lists the settings", search.near,
                     search.near[0] ? "?" : "");
}

extern const struct command explain_command;
const struct command explain_command = {
    .name = "explain",
    .usage = "KEY",
    .meaning = "one setting, section or measure: what it means and where it comes from",
    .help = "examples\n"
            "  ebb explain run.weeks     a setting\n"
            "  ebb explain output        a section\n"
            "  ebb explain adopters      a column of series.csv",
    .arguments_min = 1,
    .arguments_max = 1,
    .run = run,
};
