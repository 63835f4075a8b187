/* selftest.h: the checks of `ebb selftest` that run models. */
#ifndef EBB_COMMANDS_SELFTEST_H
#define EBB_COMMANDS_SELFTEST_H

#include "../leaf/model.h"

#define WHY 600

/* A check returns 0, or nonzero with a sentence in why. */
int selftest_threads(const struct model *model, char why[WHY]);
int selftest_store(const struct model *model, char why[WHY]);

#endif
