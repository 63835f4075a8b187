#include "registry.h"

#include <stdlib.h>

/* Appends what a configuration of this model holds; the engine's groups only when `engine`. */
static struct registry_entry *append(struct registry_entry *list, size_t *count, const struct model *model, bool engine)
{
    const struct param_group **groups = config_groups(model);
    size_t all = 0, own = 0;
    while (groups && groups[all])
        all++;
    while (model->groups[own])
        own++;
    struct registry_entry *longer = groups ? realloc(list, (*count + all) * sizeof *list) : NULL;
    if (!longer) {
        free(groups);
        free(list);
        return NULL;
    }
    for (size_t g = engine ? 0 : all - own; g < all; g++)
        longer[(*count)++] = (struct registry_entry){g < all - own ? NULL : model, groups[g]};
    free(groups);
    return longer;
}

struct registry_entry *registry_list(const struct model *only, size_t *count)
{
    struct registry_entry *list = NULL;
    *count = 0;
    for (size_t i = 0; models[i]; i++)
        if (!only || only == models[i]) {
            list = append(list, count, models[i], *count == 0);
            if (!list)
                return NULL;
        }
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
    const int length = param_allowed(row, text, TEXT_QUOTED);
    if (number && *row->unit && length > 0 && length < TEXT_QUOTED)
        snprintf(text + length, TEXT_QUOTED - (size_t)length, " %s", row->unit);
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
