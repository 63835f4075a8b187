/* compared.h: a stored comparison, read again from its folder. Inside charts_compared.c and compared.c only. */
#ifndef EBB_COMMANDS_COMPARED_H
#define EBB_COMMANDS_COMPARED_H

#include "charts_job.h"

struct compared {
    char **names, **folders, **when; /* of the manifest */
    char *command, *scenario;
    struct chart_pair *pairs;
    struct chart_point *points;
    struct chart_look *looks;
    double *values; /* mean, lo, hi of each pair by week */
    int64_t *weeks;
    size_t week_count;
    struct chart_comparison shown;
};

/* Each reads one table of the folder; a table that is none of this comparison is a fault with its line. */
enum status compared_read_pairs(const struct job *job, struct compared *c, struct choice *choice,
                                struct faults *faults) MUST_CHECK;
enum status compared_read_weeks(const struct job *job, struct compared *c, struct faults *faults) MUST_CHECK;
enum status compared_read_points(const struct job *job, struct compared *c, const struct choice *choice,
                                 struct faults *faults) MUST_CHECK;
enum status compared_read_looks(const struct job *job, struct compared *c, struct faults *faults) MUST_CHECK;

#endif
