/* layered.h: the columns of charts that show nested layers: --columns, else the layers in the model's order. */
#ifndef EBB_LAYERED_H
#define EBB_LAYERED_H

#include "choose.h"

#include <stdbool.h>

#define LAYERED_MAX 6

enum status layered_choose(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                           struct faults *faults) MUST_CHECK;

/* Where a scenario has several innovations: the name of the one that is shown. */
bool layered_whose(const struct chart_data *data, const struct chart_options *options, char *name, size_t size);

#endif
