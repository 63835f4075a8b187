/* registry.h: every group of parameters there is, for the commands that describe them. */
#ifndef EBB_REGISTRY_H
#define EBB_REGISTRY_H

#include "../config/config.h"
#include "../leaf/text.h"

struct registry_entry {
    const struct model *model; /* NULL: the engine's own */
    const struct param_group *group;
};

/* The engine's groups, then those of `only`, or of every model when it is NULL. Owned by the caller; *count of them.
 * NULL when memory is short. */
struct registry_entry *registry_list(const struct model *only, size_t *count);

/* The model named by an option; NULL and a fault when there is none of that name. */
const struct model *registry_model(const char *name, struct faults *faults);

/* What is allowed, with its unit where the bounds do not carry it. Returns text. */
const char *registry_allowed(const struct param *row, char text[TEXT_QUOTED]);
/* One group as a heading and a Markdown table: the same for `ebb params --markdown` and the documents. */
void registry_markdown(const struct registry_entry *entry, FILE *out);

#endif
