/* comparing.h: one `ebb compare`: its scenarios, what is asked of them, and what came out. */
#ifndef EBB_COMMANDS_COMPARING_H
#define EBB_COMMANDS_COMPARING_H

#include "../../experiment/precision.h"
#include "../../store/rows.h"
#include "../progress.h"
#include "../scenario.h"
#include "cases.h"

#define COMPARING_MEASURES_MAX 64
#define COMPARING_RUNS_MOST 10000

struct comparing {
    const struct options *options;
    struct cases cases;
    struct scenario *scenarios;    /* one a case */
    const char **names, **folders; /* of each; folders owned, inside out_dir */
    char *out_dir;
    char **own; /* names of files in out_dir, NULL-terminated */
    int lock;   /* on out_dir; -1: none */

    size_t measures[COMPARING_MEASURES_MAX];
    size_t measure_count;
    size_t first, last;         /* of the observed weeks: what is compared is their mean */
    char when[160];             /* the same in words */
    struct precision precision; /* asked 0: not asked for */

    struct compare_set set;
    struct contrast *contrasts;
    size_t contrast_count;
    struct frontier_point *points; /* [measure][scenario]; NULL where nothing costs anything */

    struct progress_line line;
    size_t running; /* scenario */
    double seconds; /* of those before it */
    int64_t failed;
};

/* compare_load.c: every case's configuration, plan and folder. more: one more "section.key=value", or NULL; what was
 * loaded before is let go. */
enum status comparing_load(struct comparing *c, const char *more, struct faults *faults) MUST_CHECK;
/* What must be alike, for runs to be paired week by week: model, length, observed weeks, runs, seed. */
enum status comparing_check_alike(const struct comparing *c, struct faults *faults) MUST_CHECK;

/* compare_ask.c: reads --measure, --at and --precision against the first scenario. */
enum status comparing_ask(struct comparing *c, struct faults *faults) MUST_CHECK;
/* One measure and its half width, "personal=0.01", and the cap, for `ebb run` too. Nothing asked: asked stays 0. */
enum status comparing_ask_precision(const struct options *options, const struct model *model,
                                    struct precision *precision, struct faults *faults) MUST_CHECK;

/* compare_tell.c: table and sentences on stdout. */
enum status comparing_tell(const struct comparing *c, struct faults *faults) MUST_CHECK;
/* One row of the comparison in words. */
void comparing_verdict(const struct comparing *c, const struct contrast *contrast, char *text, size_t size);
/* What looking until it is narrow enough has given. */
void comparing_tell_precision(const struct model *model, const struct precision *precision);

/* compare_write.c: tables, pictures and manifest in out_dir. */
enum status comparing_write(const struct comparing *c, struct faults *faults) MUST_CHECK;
enum status comparing_manifest(const struct comparing *c, const char *word, struct faults *faults) MUST_CHECK;
/* precision.csv, for `ebb run` too; nothing when none was asked for. */
enum status comparing_write_precision(const char *out_dir, const struct model *model, const struct precision *precision,
                                      struct faults *faults) MUST_CHECK;
/* compare_paper.c: sentences.txt, a line for each difference. */
enum status comparing_write_sentences(const struct comparing *c, struct faults *faults) MUST_CHECK;
/* compare_columns.c: the header line of a table that only a comparison has, and columns.csv, which describes them. */
void comparing_header(struct rows_text *text, const char *file);
void comparing_columns(struct rows_text *text);
/* compare_charts.c */
enum status comparing_draw(const struct comparing *c, struct faults *faults) MUST_CHECK;
/* precision.png, .svg, .pdf of a single scenario's mean at its last week. */
enum status comparing_draw_precision(const struct scenario *scenario, const struct precision *precision,
                                     struct faults *faults) MUST_CHECK;
/* Names of files that come beside the scenarios' folders: NULL-terminated, owned by the caller. */
char **comparing_files(void);

#endif
