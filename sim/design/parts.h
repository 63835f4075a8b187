/* parts.h: the inside of a design, shared by the files that make it. */
#ifndef EBB_DESIGN_PARTS_H
#define EBB_DESIGN_PARTS_H

#include "../leaf/param_value.h"
#include "design.h"

/* One setting to vary, as it was written. */
struct design_vary {
    const char *key, *values;
    const char *file; /* for sentences; may be NULL */
    int line;
};

/* What a set says of a design. */
struct design_request {
    const struct param_set *base;
    const struct param_group *const *fixed; /* NULL-terminated: sections that hold for a whole sweep. May be NULL */
    enum design_kind kind;
    int64_t samples;
    int levels;
    const char *list; /* path, or "" */
    const struct design_vary *varies;
    size_t vary_count;
    uint64_t seed;
};

/* axis.c: finds the setting and reads its values. On any status but STATUS_OK the axis holds nothing. */
enum status axis_make(const struct design_request *request, const struct design_vary *vary, struct design_axis *axis,
                      struct faults *faults) MUST_CHECK;
/* axis.c: only the setting, without values. */
enum status axis_find(const struct design_request *request, const struct design_vary *vary, struct design_axis *axis,
                      struct faults *faults) MUST_CHECK;
void axis_free(struct design_axis *axis);
/* What a coordinate in [0, 1] stands for. */
double axis_value(const struct design_axis *axis, double unit);
/* One value as text to a number; texts get the next index. */
enum status axis_read(struct design_axis *axis, const char *text, int weeks_per_year, const struct design_vary *vary,
                      double *value, struct faults *faults) MUST_CHECK;

/* list.c: axes and points of a CSV file. */
enum status list_read(const struct design_request *request, struct design *design, struct faults *faults) MUST_CHECK;

/* sample.c: fills design->unit, which has points * axes places. Returns 0, or -1 when memory is short. */
int sample_fill(struct design *design, uint64_t seed);

#endif
