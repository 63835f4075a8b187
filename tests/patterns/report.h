/* report.h: what came out of the patterns, on the screen and as a document. */
#ifndef PATTERNS_REPORT_H
#define PATTERNS_REPORT_H

#include "pattern.h"

struct result {
    const struct pattern *pattern;
    struct finding finding, sabotaged;
    bool held;      /* and missed under its sabotage */
    size_t runs;    /* replicates a scenario */
    int draws;      /* of the uncertain settings; 0: none asked for */
    int draws_held; /* of these */
};

/* "P7   held      +0.123 [+0.1, +0.2]  what was measured; …" */
void report_line(const struct result *result, FILE *out);
/* The whole table as Markdown; draw_runs: replicates a scenario and draw. Returns 0, or -1 when the file cannot be
 * written. */
int report_write(const char *path, const struct result *results, size_t count, uint64_t seed, size_t draw_runs);

#endif
