/* target.h: values of measures that a picture marks: "personal = 0.5, trust = 0.4". */
#ifndef EBB_TARGET_H
#define EBB_TARGET_H

#include "choose.h"

#define TARGETS_MAX 16

struct targets {
    size_t column[TARGETS_MAX];
    double value[TARGETS_MAX];
    size_t count;
};

/* Every wrong word is told, with what is allowed; `from` begins the sentence: "--target", "sweep.target". text NULL or
 * empty: none. */
enum status targets_read(const char *text, const char *from, const struct column *columns, size_t column_count,
                         struct targets *targets, struct faults *faults) MUST_CHECK;

/* The target of this column; NAN: none. */
double target_of(const struct targets *targets, size_t column);

/* choose_columns(), and with it the targets; a measure with a target is drawn too, unless columns are named: then it
 * must be among them. */
enum status targets_choose(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                           struct targets *targets, struct faults *faults) MUST_CHECK;
/* The same columns, for struct chart. */
enum status targets_columns(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                            struct faults *faults) MUST_CHECK;

#endif
