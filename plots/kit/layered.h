/* layered.h: the columns of charts that show nested layers: --columns, else the layers in the model's order. */
#ifndef EBB_LAYERED_H
#define EBB_LAYERED_H

#include "choose.h"

#define LAYERED_MAX 6

enum status layered_choose(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                           struct faults *faults) MUST_CHECK;

#endif
