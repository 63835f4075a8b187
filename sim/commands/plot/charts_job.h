/* charts_job.h: the parts of charts_make(): one request, and what is read for it from the folder. */
#ifndef EBB_COMMANDS_CHARTS_JOB_H
#define EBB_COMMANDS_CHARTS_JOB_H

#include "../../../plots/kit/choose.h"
#include "../../store/read.h"
#include "../../store/swept.h"
#include "charts.h"
#include "charts_lineage.h"

enum { CHARTS_FORMATS = 3 };
extern const char *const charts_formats[CHARTS_FORMATS]; /* "png", "svg", "pdf" */

/* One call of charts_make(). */
struct job {
    const char *out_dir;
    const struct charts_wanted *wanted;
    struct chart_options options;
    int64_t weeks[PARAM_LIST_MAX];
    bool format[CHARTS_FORMATS];
    struct store_result result;
    struct chart_data data;
    struct chart_graph *graphs;
    struct charts_lineage lineage;
    bool sweep, comparison; /* what out_dir holds */
    struct store_swept points;
    struct chart_points shown; /* points, in the charts' words */
    struct chart_axis *axes;
    struct chart_spread *spreads;
    char *design, *target; /* what the sweep's config.ini says */
    struct chart_spread *course;
    int64_t *course_weeks;
    struct compared *compared;
};

static inline enum status charts_no_memory(struct faults *faults)
{
    return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory to draw this result");
}
/* From job->result to job->data. */
void charts_bridge(struct job *job);

/* charts_series.c */
enum status charts_read_series(struct job *job, const struct chart *chart, struct faults *faults) MUST_CHECK;
/* Networks are kept of the first runs. */
enum status charts_read_graphs(struct job *job, const struct chart *chart, struct faults *faults) MUST_CHECK;
enum status charts_read_lineage(struct job *job, struct faults *faults) MUST_CHECK;
/* charts_points.c */
enum status charts_read_points(struct job *job, const struct chart *chart, struct faults *faults) MUST_CHECK;
/* charts_compared.c: a comparison; of a single scenario its precision. */
enum status charts_read_compared(struct job *job, const struct chart *chart, struct faults *faults) MUST_CHECK;
void charts_compared_free(struct compared *compared);
bool charts_is_comparison(const char *out_dir);

/* charts_settings.c: a picture for each measure, of a sweep that `ebb sense` can read. */
enum status charts_draw_settings(struct job *job, const struct chart *chart, struct faults *faults) MUST_CHECK;

/* charts_takes.c: whether every option that was given says something to the chart. */
bool charts_takes(const struct chart *chart, const struct charts_wanted *wanted);
/* A sentence for each option that says nothing to it; chart NULL: to none of the usual ones. */
enum status charts_refuse_idle(const struct job *job, const struct chart *chart, struct faults *faults) MUST_CHECK;
/* Whether the chart can be drawn from what the folder holds. */
bool charts_suits(const struct job *job, const struct chart *chart);

/* --weeks into job->options. */
enum status charts_read_weeks(struct job *job, int weeks_per_year, struct faults *faults) MUST_CHECK;
#define CHARTS_STEM 300
enum status charts_refuse_existing(const struct job *job, const char *stem, struct faults *faults) MUST_CHECK;
/* Draws job->data in each format asked for, to a file of this name without its suffix; each is told. */
enum status charts_write(struct job *job, const struct chart *chart, const char *stem,
                         struct faults *faults) MUST_CHECK;
/* Whether job->wanted->out is a picture's file, not a folder. */
bool charts_to_file(const struct job *job);

#endif
