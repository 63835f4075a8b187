#include "models.h"

#include <string.h>

#define MODEL_EXTERN(name) extern const struct model name##_model;
MODELS(MODEL_EXTERN)

#define MODEL_ADDRESS(name) &name##_model,
const struct model *const models[] = {MODELS(MODEL_ADDRESS) NULL};

const struct model *model_find(const char *name)
{
    for (size_t i = 0; models[i]; i++)
        if (strcmp(models[i]->name, name) == 0)
            return models[i];
    return NULL;
}
