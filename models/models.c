#include "models.h"

#include <string.h>

extern const struct model bass_model;
extern const struct model ladder_model;

const struct model *const models[] = {&ladder_model, &bass_model, NULL};

const struct model *model_find(const char *name)
{
    for (size_t i = 0; models[i]; i++)
        if (strcmp(models[i]->name, name) == 0)
            return models[i];
    return NULL;
}
