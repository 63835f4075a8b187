#include "../../leaf/text.h"
#include "sensing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct factors {
    const struct config *config;
    double percent;
    char ***list;
    size_t *count;
    struct faults *faults;
};

static bool is_numeric(const struct param *row)
{
    return row->kind == PARAM_REAL || row->kind == PARAM_INTEGER || row->kind == PARAM_DURATION;
}

static double value_of(const struct config *config, const struct param_group *group, size_t index,
                       const struct param *row)
{
    const char *at = (const char *)param_set_get(config->set, group, index) + row->offset;
    double real;
    int64_t whole;
    if (row->kind == PARAM_REAL) {
        memcpy(&real, at, sizeof real);
        return real;
    }
    memcpy(&whole, at, sizeof whole);
    return (double)whole;
}

static enum status append(struct factors *f, char *text)
{
    char **more = text ? realloc(*f->list, (*f->count + 1) * sizeof *more) : NULL;
    if (!more) {
        free(text);
        return fault_add(f->faults, STATUS_FAILED, NULL, 0, "not enough memory to list settings");
    }
    more[(*f->count)++] = text;
    *f->list = more;
    return STATUS_OK;
}

/* One setting with its range. */
static enum status add(struct factors *f, const struct param_group *group, size_t index, const struct param *row)
{
    const char *name = group->named ? (const char *)param_set_get(f->config->set, group, index) : "";
    const double value = value_of(f->config, group, index, row), part = fabs(value) * f->percent / 100;
    const bool whole = row->kind != PARAM_REAL;
    double from = fmax(row->lo, value - part), to = fmin(row->hi, value + part);
    char *text = NULL;
    if (whole) {
        from = fmin(value, ceil(from));
        to = fmax(value, floor(to));
    }
    if (!(to > from) || (row->kind == PARAM_DURATION && value < 0)) {
        fault_warn(f->faults, NULL, 0,
                   "%s%s%s.%s is %g: %g %% around it is no range, so it stays; give it one with --vary", group->section,
                   *name ? " " : "", name, row->key, value, f->percent);
        return STATUS_OK;
    }
    if (asprintf(&text, "%s%s%s.%s=%.9g%s:%.9g%s", group->section, *name ? " " : "", name, row->key, from,
                 row->kind == PARAM_DURATION ? "w" : "", to, row->kind == PARAM_DURATION ? "w" : "") < 0)
        text = NULL;
    return append(f, text);
}

static bool is_engine(const struct param_group *group)
{
    for (size_t g = 0; config_engine_groups[g]; g++)
        if (config_engine_groups[g] == group)
            return true;
    return false;
}

static enum status unknown(const struct factors *f, const char *pattern, const struct param_group *group,
                           const char *word)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = word};
    for (size_t g = 0; !group && f->config->groups[g]; g++)
        if (!is_engine(f->config->groups[g]))
            text_near_try(&near, f->config->groups[g]->section);
    for (size_t k = 0; group && k < group->count; k++)
        if (is_numeric(&group->rows[k]))
            text_near_try(&near, group->rows[k].key);
    return fault_add(f->faults, STATUS_USAGE, NULL, 0, "--factors %s: %s %s%s%s%s", text_quote(pattern, quoted),
                     group ? "no number in that section is called" : "there is no section of the model called", word,
                     near.best ? "; did you mean " : "", near.best ? near.best : "", near.best ? "?" : "");
}

/* "learning.*", "learning.take_up", "strategy shared planning.time". */
static enum status add_pattern(struct factors *f, const char *pattern)
{
    char section[PARAM_TEXT_SIZE], quoted[TEXT_QUOTED];
    const char *dot = strrchr(pattern, '.');
    if (!dot || dot == pattern || !dot[1] || (size_t)(dot - pattern) >= sizeof section)
        return fault_add(f->faults, STATUS_USAGE, NULL, 0, "--factors is %s; allowed: section.* or section.key",
                         text_quote(pattern, quoted));
    snprintf(section, sizeof section, "%.*s", (int)(dot - pattern), pattern);
    char *name = strchr(section, ' ');
    if (name)
        *name++ = '\0';
    const struct param_group *group = param_group_find_named(f->config->groups, section, name != NULL);
    if (!group || is_engine(group))
        return unknown(f, pattern, NULL, section);
    const bool all = strcmp(dot + 1, "*") == 0;
    const size_t before = *f->count, warned = f->faults->count;
    bool found = false;
    for (size_t i = 0; i < param_set_count(f->config->set, group); i++)
        for (size_t k = 0; k < group->count; k++) {
            const struct param *row = &group->rows[k];
            if (!is_numeric(row) || (!all && strcmp(row->key, dot + 1) != 0) ||
                (name && strcmp((const char *)param_set_get(f->config->set, group, i), name) != 0))
                continue;
            found = true;
            const enum status status = add(f, group, i, row);
            if (status != STATUS_OK)
                return status;
        }
    if (!found && !all)
        return unknown(f, pattern, group, dot + 1);
    if (*f->count == before && f->faults->count == warned)
        fault_warn(f->faults, NULL, 0, "--factors %s names no setting of this configuration",
                   text_quote(pattern, quoted));
    return STATUS_OK;
}

enum status sense_factors(const struct config *config, const char *patterns, double percent, char ***list,
                          size_t *count, struct faults *faults)
{
    struct factors f = {config, percent, list, count, faults};
    char *copy = strdup(patterns), *rest = NULL;
    enum status status = copy ? STATUS_OK : fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    for (char *one = copy ? strtok_r(copy, ",", &rest) : NULL; one && status == STATUS_OK;
         one = strtok_r(NULL, ",", &rest))
        status = add_pattern(&f, text_trim(one));
    free(copy);
    return status;
}
