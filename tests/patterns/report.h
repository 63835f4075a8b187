/* report.h: what came out of the patterns, on the screen and as a document. */
#ifndef PATTERNS_REPORT_H
#define PATTERNS_REPORT_H

#include "pattern.h"

struct result {
    const struct pattern *pattern;
    struct finding finding, sabotaged;
    bool held;                 /* and missed under its sabotage */
    size_t runs;               /* replicates a scenario */
    int draws;                 /* of the uncertain settings; 0: none asked for */
    int draws_held;            /* of these */
    int settled, settled_held; /* the same of draws that leave the default school as it was */
};

/* "P7   held      +0.123 [+0.1, +0.2]  what was measured; …" */
void report_line(const struct result *result, FILE *out);
struct report {
    const struct result *results;
    size_t count;
    bool whole; /* these are all patterns; else their lines are replaced in the document that is there */
    uint64_t seed;
    size_t draw_runs; /* replicates a scenario and draw */
};

/* The table as Markdown. Returns 0, or -1, having said why: the file cannot be written, or is not one of the same seed. */
int report_write(const char *path, const struct report *report);

#endif
