/* chart.h: what a chart is given and how one is added: one file with a draw function, one row in charts.c.
 *
 * A chart draws from tables and graphs and knows no model and no file. canvas.c opens PNG, SVG and PDF. */
#ifndef EBB_CHART_H
#define EBB_CHART_H

#include "../sim/leaf/model.h"

#include <cairo.h>

/* One path is one school of one run. */
struct chart_graph {
    int run, school;
    int64_t week;
    const igraph_t *graph; /* attributes as declared by the model */
};

/* One scenario against another in one measure: differences are a - b, run by run under the same luck. */
struct chart_pair {
    size_t a, b; /* scenarios, from 0 */
    size_t column, n;
    double mean, lo, hi;                         /* at the compared time; 95 % interval */
    int shown;                                   /* whether the two are shown to differ */
    const double *week_mean, *week_lo, *week_hi; /* at data->weeks; each week's own 95 % interval */
};

/* What a scenario costs and reaches in one measure. */
struct chart_point {
    size_t scenario, column;
    double cost, effect, lo, hi;
    int on; /* the frontier */
};

/* How well a mean, or a difference, is known after n runs. */
struct chart_look {
    double n, half_width;
};

struct chart_comparison {
    const char *const *scenarios; /* names */
    size_t scenario_count;
    const struct chart_pair *pairs; /* by pair, then column */
    size_t pair_count, column_count;
    const struct chart_point *points; /* by column, then cost */
    size_t point_count;
    const char *when;     /* "mean of weeks 361 to 400" */
    const char *interval; /* "bootstrap" */
    const struct chart_look *looks;
    size_t look_count, look_column;
    double asked; /* half width; NAN: none was */
};

#define CHART_STEPS_MAX 8

/* A varied setting, for charts of sensitivity. */
struct chart_estimate {
    double value, lo, hi; /* with its 95 % interval */
};
struct chart_setting {
    const char *key;
    struct chart_estimate size;  /* Morris: mean |effect|; Sobol: total index */
    struct chart_estimate other; /* Morris: standard deviation of the effect; Sobol: first-order index */
    int told;                    /* its effect can be told from zero */
    struct chart_estimate grown[CHART_STEPS_MAX]; /* size, from growing parts of the samples; the last is size */
};

/* A setting that a design varied, and its values in ascending order. */
struct chart_axis {
    const char *name, *unit;
    int log;   /* numbers spaced evenly in the logarithm */
    int words; /* choices and texts: without an order of their own */
    size_t level_count;
    const double *level; /* of words: 0, 1, 2 … */
    const char *const *label;
};

/* One measure at one point: over the point's runs. */
struct chart_spread {
    size_t n;
    double mean, lo, hi; /* 95 % interval of the mean; NAN below two runs */
    double q05, q25, median, q75, q95;
};

/* The points of a sweep, at one week. */
struct chart_points {
    const struct chart_axis *axes;
    size_t axis_count, count;
    const size_t *at;                  /* [point][axis]: index of its level */
    const struct chart_spread *values; /* [point][column of chart_data] */
    int64_t week;
    size_t replicates;    /* asked for, of each point */
    const int64_t *weeks; /* of the course, for charts that want it */
    size_t week_count;
    const struct chart_spread *course; /* [week][point][column of chart_data] */
    const char *design;
};

/* Who brought whom in, in one school of one run; see struct adoption. */
struct chart_lineage {
    int64_t run, school, last_week;
    const struct adoption *list;
    size_t count;
    const char *const *ids, *const *innovations, *const *layers, *const *kinds; /* layers[0]: of nobody */
    size_t id_count, innovation_count, layer_count, kind_count;
};

struct chart_data {
    const char *title;    /* the scenario's */
    const char *scenario; /* file name */
    int weeks_per_year;

    const struct column *columns;
    size_t column_count;
    const int64_t *weeks;
    size_t week_count;
    size_t path_count; /* runs x schools */
    size_t run_count, school_count;
    int64_t run, school;     /* when only one was chosen to be drawn: its number; else 0 */
    const char *level;       /* what a path is of a run: "school", "network", "district", "all"; NULL: a school */
    const char *sets;        /* names of the networks or districts, a line each; NULL or "": none */
    const char *networks;    /* the same of the networks, whatever the level; NULL: not told */
    const char *innovations; /* names, a line each, in the order of what the columns of layers are of; NULL: not told */
    const double *values;    /* [path][week][column], NAN where undefined */

    const struct event *events;
    size_t event_count;

    const struct attribute *node_attributes, *tie_attributes;
    size_t node_attribute_count, tie_attribute_count;
    const struct chart_graph *graphs;
    size_t graph_count;

    const struct chart_comparison *comparison; /* NULL: of a single scenario */
    const struct chart_setting *settings;      /* from the most to the least */
    size_t setting_count;
    double step_runs[CHART_STEPS_MAX]; /* samples of each growing part */
    size_t step_count;
    const char *size_means, *step_means; /* as axis titles */
    const char *measure, *unit;          /* what they act on: "personal after 10 years", "0-1" */
    const char *basis;                   /* "n = 640 runs: …" */
    const struct chart_points *points;   /* NULL: not a sweep */

    const struct chart_lineage *lineage; /* NULL: none was read */

    const char *command, *commit; /* for the picture's metadata */
    unsigned long long seed;
};

struct chart_options {
    const char *columns;  /* "personal,trust" or NULL: the chart's own choice */
    const char *target;   /* "personal=0.5, trust=0.4": marked in pictures of sweeps; NULL: none */
    const char *of;       /* component panels of this capacity, or NULL */
    int overlaid;         /* panels overlaid rather than stacked */
    int singles;          /* how many single runs are drawn; -1: the chart's own choice */
    const int64_t *weeks; /* snapshots to draw, or NULL: all */
    size_t week_count;
};

struct choice; /* choose.h */

struct chart {
    const char *name;      /* the KIND of `ebb plot` */
    const char *meaning;   /* one line */
    const char *takes;     /* which options of `ebb plot` say something to it: "columns weeks run" */
    int of_graphs;         /* drawn from data->graphs: 1, of people; 2, of schools */
    const char *opens;     /* of schools: the chart of one of them; NULL: none */
    int of_lineage;        /* drawn from data->lineage */
    int of_points;         /* drawn from data->points; with neither, from data->values */
    int of_course;         /* the same, and wants the points' course over time */
    int of_comparison;     /* drawn from data->comparison */
    const char *only_with; /* a table of the comparison; where it is missing there is nothing to draw. NULL: none */
    int of_settings;       /* drawn from data->settings: one picture a measure */
    int asked;             /* drawn only when asked for by name */
    /* Which columns it needs of a result; NULL: choose_columns(). */
    enum status (*choose)(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                          struct faults *faults);
    /* Preferred size in points (72 an inch) for this data. */
    void (*size)(const struct chart_data *data, const struct chart_options *options, double *width, double *height);
    enum status (*draw)(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults);
};

extern const struct chart *const charts[]; /* NULL-terminated */
const struct chart *chart_find(const char *name);

/* Draws to path; the suffix .png (300 dpi), .svg or .pdf chooses the format. Written beside and renamed, so that a full
 * disk leaves no half picture. Carries command, seed and commit as metadata. */
enum status chart_write(const struct chart *chart, const struct chart_data *data, const struct chart_options *options,
                        const char *path, struct faults *faults) MUST_CHECK;

#endif
