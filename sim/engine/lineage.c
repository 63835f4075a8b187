#include "one.h"

#include <stdlib.h>
#include <string.h>

#define INNOVATIONS_MOST 64

/* One block: the pointers, then the texts. NULL when memory is short. */
static char **name_posts(const struct model *model, const struct world *world, size_t school, size_t posts)
{
    char name[PARAM_TEXT_SIZE];
    size_t bytes = posts * sizeof(char *) + 1;
    for (size_t i = 0; i < posts; i++) {
        model->agent_name(world, school, (uint32_t)i, name);
        bytes += strlen(name) + 1;
    }
    char **names = malloc(bytes);
    char *text = names ? (char *)(names + posts) : NULL;
    for (size_t i = 0; names && i < posts; i++) {
        model->agent_name(world, school, (uint32_t)i, name);
        names[i] = text;
        text = stpcpy(text, name) + 1;
    }
    return names;
}

static char **copy_innovations(const struct model *model, const struct world *world, size_t *count)
{
    const char *names[INNOVATIONS_MOST];
    *count = model->innovations(world, names, INNOVATIONS_MOST);
    size_t bytes = *count * sizeof(char *) + 1;
    for (size_t i = 0; i < *count; i++)
        bytes += strlen(names[i]) + 1;
    char **copy = malloc(bytes);
    char *text = copy ? (char *)(copy + *count) : NULL;
    for (size_t i = 0; copy && i < *count; i++) {
        copy[i] = text;
        text = stpcpy(text, names[i]) + 1;
    }
    return copy;
}

static size_t posts_of(const struct adoption *list, size_t count)
{
    size_t posts = 0;
    for (size_t i = 0; i < count; i++) {
        if (list[i].post >= posts)
            posts = list[i].post + 1u;
        if (list[i].from != ADOPTION_NOBODY && list[i].from >= posts)
            posts = list[i].from + 1u;
    }
    return posts;
}

void engine_lineage_free(struct engine_lineage *lineage)
{
    free(lineage->list);
    free(lineage->names);
    free(lineage->innovations);
    *lineage = (struct engine_lineage){0};
}

int engine_lineage_take(const struct model *model, const struct world *world, size_t school,
                        struct engine_lineage *lineage, char *message, size_t size)
{
    struct engine_lineage l = {.school = school};
    l.count = model->adoptions(world, school, NULL, 0);
    if (l.count != ADOPTIONS_FAILED && (l.list = malloc(l.count * sizeof *l.list + 1))) {
        model->adoptions(world, school, l.list, l.count);
        l.names = name_posts(model, world, school, posts_of(l.list, l.count));
        l.innovations = copy_innovations(model, world, &l.innovation_count);
    }
    *lineage = l;
    if (l.names && l.innovations)
        return 0;
    engine_lineage_free(lineage);
    snprintf(message, size, "school %zu: no memory for who brought whom in", school + 1);
    return -1;
}
