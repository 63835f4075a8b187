/* charts.h: pictures of a stored result, for `ebb plot` and for the end of `ebb run`. */
#ifndef EBB_COMMANDS_CHARTS_H
#define EBB_COMMANDS_CHARTS_H

#include "../../../plots/chart.h"
#include "../../config/config.h"

#include <stdbool.h>

struct charts_wanted {
    const char *kind;    /* of chart_find(); NULL: every usual one that the result can feed, */
    const char *more;    /* and these, "layers, rings"; may be NULL */
    const char *out;     /* folder, or with a kind a file; NULL: the result's own folder */
    const char *format;  /* "png", "svg", "pdf" or several with commas; NULL: png, or the suffix of out */
    const char *weeks;   /* snapshots, "0w, 2y"; NULL: all */
    int64_t run, school; /* 0: all; of networks the first */
    bool force;          /* replace pictures that exist; else that is a fault, found before anything is drawn */
    struct chart_options options; /* its weeks are set from `weeks` */
    /* Called with each picture's path when it is there; may be NULL. */
    void (*made)(void *self, const char *path);
    void *self;
};

/* Zero is a good start, but for options.singles = -1. Single thread. */
enum status charts_make(const char *out_dir, const struct charts_wanted *wanted, struct faults *faults) MUST_CHECK;

/* For a word that names none: "there are series, network; did you mean series?", of those among them (NULL: all). Returns
 * text. */
#define CHARTS_KNOWN 400
const char *charts_known(const char *word, bool (*among)(const struct chart *chart), char text[CHARTS_KNOWN]);

/* charts_more.c: of output.more_charts, which was checked or finds nothing. */
bool charts_more_has(const char *list, const struct chart *chart);
enum status charts_more_check(const struct config *config, struct faults *faults) MUST_CHECK;

#endif
