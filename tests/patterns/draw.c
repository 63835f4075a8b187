#include "draw.h"

#include "../../sim/leaf/rng.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS_MAX 64

static bool is_uncertain(const struct param *row)
{
    const bool number = row->kind == PARAM_REAL || row->kind == PARAM_INTEGER || row->kind == PARAM_DURATION;
    const char *form = strstr(row->source, ", form");
    return number && strncmp(row->source, "evidence:", strlen("evidence:")) != 0 && !(form && !form[strlen(", form")]);
}

/* FNV-1a: a number for a name. */
static uint32_t number_of(const char *name)
{
    uint32_t hash = 2166136261u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash;
}

double draw_place(uint64_t seed, const char *name, size_t index, size_t count)
{
    struct rng_reader reader;
    uint32_t strata[DRAW_COUNT_MAX];
    rng_reader_start(&reader, (struct rng_key){.seed = seed, .school = number_of(name), .stream = STREAM_DESIGN});
    for (uint32_t i = 0; i < count; i++)
        strata[i] = i;
    for (uint32_t i = (uint32_t)count; i > 1; i--) {
        const uint32_t j = rng_below(&reader, i), kept = strata[i - 1];
        strata[i - 1] = strata[j];
        strata[j] = kept;
    }
    double inside = 0;
    for (size_t i = 0; i <= index; i++)
        inside = (double)rng_uniform(&reader);
    return (strata[index] + inside) / (double)count;
}

static double value_of(const struct param_group *group, const struct param *row, const struct param_set *set,
                       double place)
{
    const void *field = (const char *)param_set_get(set, group, 0) + row->offset;
    const double usual = row->kind == PARAM_REAL ? *(const double *)field : (double)*(const int64_t *)field;
    double value = usual * (1 + DRAW_SPREAD * (2 * place - 1));
    if (row->kind != PARAM_REAL)
        value = round(value);
    return fmin(fmax(value, row->lo), row->hi);
}

static size_t draw_group(const struct param_group *group, const struct param_set *set, uint64_t seed, int draw,
                         struct drawn *list, size_t max)
{
    size_t count = 0;
    for (size_t r = 0; group && !group->named && r < group->count; r++) {
        const struct param *row = &group->rows[r];
        if (!is_uncertain(row))
            continue;
        char name[128];
        snprintf(name, sizeof name, "%s.%s", group->section, row->key);
        const double place = draw_place(seed, name, (size_t)draw, DRAWS);
        if (count < max)
            list[count] = (struct drawn){group->section, row->key, value_of(group, row, set, place)};
        count++;
    }
    return count;
}

size_t draw_settings(const struct model *model, uint64_t seed, int draw, struct drawn *list, size_t max)
{
    struct model_step steps[STEPS_MAX];
    struct param_set *usual = param_set_new(model->groups, 40);
    if (!usual)
        abort();
    const size_t step_count = model->steps(steps, STEPS_MAX);
    size_t count = draw_group(param_group_find(model->groups, "advice"), usual, seed, draw, list, max);
    for (size_t s = 0; s < step_count && s < STEPS_MAX; s++) {
        const size_t room = count < max ? max - count : 0;
        count += draw_group(param_group_find(model->groups, steps[s].section), usual, seed, draw, list + (max - room),
                            room);
    }
    param_set_free(usual);
    return count;
}
