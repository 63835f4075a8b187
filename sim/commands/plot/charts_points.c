/* The points of a stored sweep: at its end, at another week that is kept, or over all its weeks. */
#include "charts_job.h"

#include <math.h>
#include <stdlib.h>

#define COURSE_WEEKS_MAX 81 /* of a picture; of more that are kept, evenly chosen ones */

static struct chart_spread spread_of(const struct stats *s)
{
    return (struct chart_spread){.n = s->n,
                                 .mean = s->n > 0 ? s->mean : (double)NAN,
                                 .lo = s->n > 1 ? s->mean_lo : (double)NAN,
                                 .hi = s->n > 1 ? s->mean_hi : (double)NAN,
                                 .q05 = s->q05,
                                 .q25 = s->q25,
                                 .median = s->median,
                                 .q75 = s->q75,
                                 .q95 = s->q95};
}

static enum status choose(const struct job *job, const struct chart *chart, struct choice *choice,
                          struct faults *faults)
{
    return (chart->choose ? chart->choose : choose_columns)(&job->data, &job->options, choice, faults);
}

/* The chosen columns' names by their places; the others are not read. */
static enum status read_chosen(struct job *job, const struct choice *choice, struct faults *faults)
{
    const char **names = calloc(job->data.column_count + 1, sizeof *names);
    if (!names)
        return charts_no_memory(faults);
    for (size_t i = 0; i < choice->count; i++)
        names[choice->column[i]] = job->data.columns[choice->column[i]].name;
    const enum status read = store_swept_read(job->out_dir, names, job->data.column_count, job->data.weeks_per_year,
                                              &job->points, faults);
    free(names);
    return read;
}

static enum status bridge_points(struct job *job, struct faults *faults)
{
    const struct store_swept *p = &job->points;
    job->axes = calloc(p->axis_count + 1, sizeof *job->axes);
    job->spreads = calloc(p->count * p->column_count + 1, sizeof *job->spreads);
    if (!job->axes || !job->spreads)
        return charts_no_memory(faults);
    for (size_t a = 0; a < p->axis_count; a++)
        job->axes[a] = (struct chart_axis){.name = p->axes[a].key,
                                           .unit = p->axes[a].unit,
                                           .log = p->axes[a].log,
                                           .words = p->axes[a].words,
                                           .level_count = p->axes[a].level_count,
                                           .level = p->axes[a].levels,
                                           .label = (const char *const *)p->axes[a].labels};
    for (size_t i = 0; i < p->count * p->column_count; i++)
        job->spreads[i] = spread_of(&p->values[i]);
    job->shown = (struct chart_points){.axes = job->axes,
                                       .axis_count = p->axis_count,
                                       .count = p->count,
                                       .at = p->at,
                                       .values = job->spreads,
                                       .week = p->week,
                                       .replicates = p->replicates};
    job->data.points = &job->shown;
    return STATUS_OK;
}

/* ---- weeks before the end ---- */

/* One column of one week, into spreads[point][column of chart_data]. */
static enum status read_week(const struct job *job, size_t column, int64_t week, struct chart_spread *spreads,
                             struct faults *faults)
{
    struct store_points points;
    const size_t count = job->points.count;
    const enum status status = store_read_points(job->out_dir, job->data.columns[column].name, week, (int64_t)count,
                                                 &points, faults);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct stats stats = stats_of(points.values + i * (size_t)points.replicates, (size_t)points.replicates);
        spreads[i * job->data.column_count + column] = spread_of(&stats);
    }
    if (status == STATUS_OK)
        free(points.values);
    return status;
}

static enum status read_columns(const struct job *job, const struct choice *choice, int64_t week,
                                struct chart_spread *spreads, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < choice->count && status == STATUS_OK; i++)
        status = read_week(job, choice->column[i], week, spreads, faults);
    return status;
}

/* --weeks: the one at which the points are looked at. */
static enum status look_at_week(struct job *job, const struct choice *choice, struct faults *faults)
{
    const enum status status = charts_read_weeks(job, job->data.weeks_per_year, faults);
    if (status != STATUS_OK || job->options.week_count == 0)
        return status;
    if (job->options.week_count > 1)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--weeks: a picture of a sweep is of one week; here are %zu",
                         job->options.week_count);
    const int64_t week = job->options.weeks[0];
    for (size_t w = 0; w < job->data.week_count; w++)
        if (job->data.weeks[w] == week) {
            job->shown.week = week;
            return read_columns(job, choice, week, job->spreads, faults);
        }
    return fault_add(faults, STATUS_USAGE, NULL, 0,
                     "--weeks: week %lld is not kept; there are %zu weeks from %lld to %lld, as sweep.keep says",
                     (long long)week, job->data.week_count, (long long)job->data.weeks[0],
                     (long long)job->data.weeks[job->data.week_count - 1]);
}

/* Every week that is kept, or some of them evenly, the last one among them. */
static enum status read_course(struct job *job, const struct choice *choice, struct faults *faults)
{
    const size_t kept = job->data.week_count, stride = (kept + COURSE_WEEKS_MAX - 1) / COURSE_WEEKS_MAX;
    const size_t spreads = job->points.count * job->data.column_count;
    enum status status = STATUS_OK;
    job->course_weeks = calloc(kept + 1, sizeof *job->course_weeks);
    job->course = calloc((COURSE_WEEKS_MAX + 1) * spreads + 1, sizeof *job->course);
    if (!job->course || !job->course_weeks)
        return charts_no_memory(faults);
    size_t count = 0;
    for (size_t w = (kept - 1) % stride; w < kept && status == STATUS_OK; w += stride) {
        job->course_weeks[count] = job->data.weeks[w];
        status = read_columns(job, choice, job->data.weeks[w], job->course + count++ * spreads, faults);
    }
    job->shown.weeks = job->course_weeks;
    job->shown.week_count = count;
    job->shown.course = job->course;
    return status;
}

enum status charts_read_points(struct job *job, const struct chart *chart, struct faults *faults)
{
    const struct store_wanted wanted = {.no_values = true};
    struct choice choice;
    enum status status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status != STATUS_OK)
        return status;
    charts_bridge(job);
    if (!job->options.target && !job->target)
        job->target = store_swept_setting(job->out_dir, "sweep", "target");
    job->options.target = job->options.target ? job->options.target : job->target;
    status = choose(job, chart, &choice, faults);
    if (status == STATUS_OK)
        status = read_chosen(job, &choice, faults);
    if (status == STATUS_OK)
        status = bridge_points(job, faults);
    if (status == STATUS_OK)
        status = chart->of_course ? read_course(job, &choice, faults) : look_at_week(job, &choice, faults);
    return status;
}
