/* models.h: the list of models. Adding one takes its file and one row in models.c. */
#ifndef EBB_MODELS_H
#define EBB_MODELS_H

#include "../sim/leaf/model.h"

extern const struct model *const models[]; /* NULL-terminated; the first is the default */
const struct model *model_find(const char *name); /* NULL when unknown */

#endif
