#include "registry.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static void append(struct registry_entry *list, size_t *count, const struct model *model,
                   const struct param_group *const *groups)
{
    for (size_t g = 0; groups[g]; g++, ++*count)
        if (list)
            list[*count] = (struct registry_entry){model, groups[g]};
}

/* Counts them, and fills the list when there is one. */
static size_t fill(struct registry_entry *list, const struct model *only)
{
    size_t count = 0;
    append(list, &count, NULL, config_engine_groups);
    for (size_t i = 0; models[i]; i++)
        if (!only || only == models[i])
            append(list, &count, models[i], models[i]->groups);
    return count;
}

struct registry_entry *registry_list(const struct model *only, size_t *count)
{
    struct registry_entry *list = calloc(fill(NULL, only), sizeof *list);
    *count = list ? fill(list, only) : 0;
    return list;
}

const struct model *registry_model(const char *name, struct faults *faults)
{
    const struct model *model = model_find(name);
    if (model)
        return model;
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = name};
    for (size_t i = 0; models[i]; i++)
        text_near_try(&near, models[i]->name);
    fault_add(faults, STATUS_USAGE, NULL, 0, "there is no model %s%s%s%s", text_quote(name, quoted),
              near.best ? "; did you mean " : "; `ebb explain model` lists them", near.best ? near.best : "",
              near.best ? "?" : "");
    return NULL;
}

const char *registry_allowed(const struct param *row, char text[TEXT_QUOTED])
{
    const bool number = row->kind == PARAM_REAL || row->kind == PARAM_INTEGER || row->kind == PARAM_REALS;
    const bool plain = *row->unit == '\0' || strcmp(row->unit, "1") == 0 || strcmp(row->unit, "0-1") == 0;
    const int length = param_allowed(row, text, TEXT_QUOTED);
    if (number && !plain && length > 0 && length < TEXT_QUOTED)
        snprintf(text + length, TEXT_QUOTED - (size_t)length, isdigit((unsigned char)*row->unit) ? " (%s)" : " %s",
                 row->unit);
    return text;
}

/* A cell of a Markdown table: a bar would end it. */
static void cell(const char *text, FILE *out)
{
    for (; *text; text++)
        fputs(*text == '|' ? "\\|" : (const char[]){*text, '\0'}, out);
    fputs(" | ", out);
}

void registry_markdown(const struct registry_entry *entry, FILE *out)
{
    const struct param_group *group = entry->group;
    fprintf(out, "### `[%s%s]` %s\n\n| key | default | allowed | meaning | source |\n|---|---|---|---|---|\n",
            group->section, group->named ? " NAME" : "", group->title);
    for (size_t r = 0; r < group->count; r++) {
        const struct param *row = &group->rows[r];
        char text[TEXT_QUOTED];
        fprintf(out, "| `%s` | %s%s%s | ", row->key, *row->fallback ? "`" : "", row->fallback,
                *row->fallback ? "`" : "");
        cell(registry_allowed(row, text), out);
        cell(row->meaning, out);
        cell(row->source, out);
        putc('\n', out);
    }
}
