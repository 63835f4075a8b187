/* moments.h: which of the weeks that networks are stored at a picture shows side by side. */
#ifndef EBB_MOMENTS_H
#define EBB_MOMENTS_H

#include "../chart.h"

#define MOMENTS_MAX 8

/* The stored weeks, ascending. */
struct moments_stored {
    const void *list;
    size_t count;
    int64_t (*week)(const void *list, size_t i);
    const char *none; /* "no network is", begins the sentence on a week that is not among them */
};

struct moments {
    size_t at[MOMENTS_MAX]; /* places among the stored weeks, in the order drawn */
    size_t count;
};

/* Those of --weeks, up to `most`; without it `usual` of the stored, evenly from the first to the last. */
enum status moments_choose(const struct chart_options *options, const struct moments_stored *stored, size_t most,
                           size_t usual, struct moments *moments, struct faults *faults) MUST_CHECK;

#endif
