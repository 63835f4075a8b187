/* models.h: the list of models. Adding one takes its file and one row here. */
#ifndef EBB_MODELS_H
#define EBB_MODELS_H

#include "../sim/leaf/model.h"

/* X(bass) stands for bass_model, whose name is "bass". The first is the default. */
#define MODELS(X) \
    X(ladder)     \
    X(bass)       \
    X(influence)
#define MODEL_DEFAULT "ladder"

#define MODEL_CHOICE(name) "|" #name
#define MODEL_CHOICES (&MODELS(MODEL_CHOICE)[1]) /* "ladder|bass|influence", for the registry */

extern const struct model *const models[];        /* NULL-terminated */
const struct model *model_find(const char *name); /* NULL when unknown */

#endif
