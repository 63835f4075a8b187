/* The tables of a stored comparison. */
#include "compared.h"

#include "../../experiment/compare.h"
#include "../../leaf/csv.h"
#include "../../store/folder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct table {
    struct csv_table csv;
    char *path;
};

static void close_table(struct table *t)
{
    if (t->path)
        csv_table_free(&t->csv);
    free(t->path);
}

/* columns: NULL-terminated names, whose places go to at[]. */
static enum status open_table(const char *out_dir, const char *name, const char *const *columns, size_t *at,
                              struct table *t, struct faults *faults)
{
    char *path = folder_path(out_dir, name, "");
    *t = (struct table){.path = NULL};
    enum status status = path ? csv_table_read(path, ',', &t->csv, faults) : charts_no_memory(faults);
    if (status != STATUS_OK) {
        free(path);
        return status;
    }
    t->path = path;
    for (size_t i = 0; columns[i]; i++) {
        const long found = csv_table_find(&t->csv, columns[i]);
        at[i] = found < 0 ? 0 : (size_t)found;
        if (found < 0)
            status = fault_add(faults, STATUS_BAD_INPUT, path, 0, "has no column %s: it is no table of this version's",
                               columns[i]);
    }
    return status;
}

static double number(const struct table *t, size_t row, size_t column)
{
    const char *text = csv_table_field(&t->csv, row, column);
    char *end;
    const double value = strtod(text, &end);
    return end == text || *end ? (double)NAN : value;
}

static enum status damaged(const struct table *t, size_t row, const char *what, struct faults *faults)
{
    return fault_add(faults, STATUS_BAD_INPUT, t->path, row < t->csv.rows ? csv_table_line(&t->csv, row) : 0,
                     "%s; it is no table of this comparison", what);
}

/* A word's place in a NULL-terminated list; its length when it is not there. */
static size_t place_of(char *const *list, const char *word)
{
    size_t i = 0;
    while (list[i] && strcmp(list[i], word) != 0)
        i++;
    return i;
}

static size_t column_of(const struct job *job, const char *name)
{
    size_t i = 0;
    while (i < job->data.column_count && strcmp(job->data.columns[i].name, name) != 0)
        i++;
    return i;
}

/* ---- which measures ---- */

/* The measures of a table that are drawn: all, or those of --columns. */
static enum status choose_measures(const struct job *job, const struct table *t, size_t measure, struct choice *choice,
                                   struct faults *faults)
{
    struct choice asked = {.count = 0};
    struct chart_data any = job->data;
    any.week_count = any.path_count = 1; /* only names are chosen from */
    *choice = (struct choice){.count = 0};
    if (job->options.columns) {
        const enum status status = choose_columns(&any, &job->options, &asked, faults);
        if (status != STATUS_OK)
            return status;
    }
    for (size_t row = 0; row < t->csv.rows; row++) {
        const char *name = csv_table_field(&t->csv, row, measure);
        const size_t column = column_of(job, name);
        size_t i = 0, k = 0;
        while (i < choice->count && choice->column[i] != column)
            i++;
        while (k < asked.count && asked.column[k] != column)
            k++;
        if (column == job->data.column_count || choice->count == CHOOSE_MAX)
            return damaged(t, row, "names a measure that the scenarios have not", faults);
        if (i == choice->count && (k < asked.count || asked.count == 0))
            choice->column[choice->count++] = column;
    }
    for (size_t k = 0; k < asked.count; k++) {
        size_t i = 0;
        while (i < choice->count && choice->column[i] != asked.column[k])
            i++;
        if (i == choice->count)
            return fault_add(faults, STATUS_USAGE, NULL, 0, "--columns: %s was not compared",
                             job->data.columns[asked.column[k]].name);
    }
    return STATUS_OK;
}

static size_t chosen(const struct choice *choice, size_t column)
{
    size_t i = 0;
    while (i < choice->count && choice->column[i] != column)
        i++;
    return i;
}

/* ---- comparison.csv ---- */

enum { A, B, MEASURE, N, MEAN, LO, HI, INTERVAL, HOLM };

enum status compared_read_pairs(const struct job *job, struct compared *c, struct choice *choice, struct faults *faults)
{
    static const char *const names[] = {"scenario_a", "scenario_b", "measure",  "n",      "mean_difference",
                                        "lo",         "hi",         "interval", "p_holm", NULL};
    size_t at[9];
    struct table t;
    enum status status = open_table(job->out_dir, "comparison.csv", names, at, &t, faults);
    if (status == STATUS_OK)
        status = choose_measures(job, &t, at[MEASURE], choice, faults);
    c->pairs = status == STATUS_OK ? calloc(t.csv.rows + 1, sizeof *c->pairs) : NULL;
    if (status == STATUS_OK && !c->pairs)
        status = charts_no_memory(faults);
    c->shown.interval = "Student's t";
    for (size_t row = 0; status == STATUS_OK && row < t.csv.rows; row++) {
        const size_t a = place_of(c->names, csv_table_field(&t.csv, row, at[A]));
        const size_t b = place_of(c->names, csv_table_field(&t.csv, row, at[B]));
        const size_t column = column_of(job, csv_table_field(&t.csv, row, at[MEASURE]));
        if (!c->names[a] || !c->names[b])
            status = damaged(&t, row, "names a scenario that manifest.json does not", faults);
        if (strncmp(csv_table_field(&t.csv, row, at[INTERVAL]), "bootstrap", 9) == 0)
            c->shown.interval = "bootstrap";
        if (status != STATUS_OK || chosen(choice, column) == choice->count)
            continue;
        const struct contrast contrast = {.p_holm = number(&t, row, at[HOLM]),
                                          .at = {.lo = number(&t, row, at[LO]), .hi = number(&t, row, at[HI])}};
        c->pairs[c->shown.pair_count++] = (struct chart_pair){.a = a,
                                                              .b = b,
                                                              .column = column,
                                                              .n = (size_t)fmax(0, number(&t, row, at[N])),
                                                              .mean = number(&t, row, at[MEAN]),
                                                              .lo = contrast.at.lo,
                                                              .hi = contrast.at.hi,
                                                              .shown = contrast_shown(&contrast)};
    }
    c->shown.column_count = choice->count;
    if (status == STATUS_OK && (choice->count == 0 || c->shown.pair_count % choice->count))
        status = damaged(&t, t.csv.rows, "holds not every measure of every pair", faults);
    close_table(&t);
    return status;
}

/* ---- differences.csv ---- */

enum { WEEK = 3, DIFFERENCE, LOW, HIGH };

/* The pair of a row; pair_count: of a measure that is not drawn. */
static size_t pair_of(const struct job *job, const struct compared *c, const struct table *t, const size_t *at,
                      size_t row)
{
    const size_t a = place_of(c->names, csv_table_field(&t->csv, row, at[A]));
    const size_t b = place_of(c->names, csv_table_field(&t->csv, row, at[B]));
    const size_t column = column_of(job, csv_table_field(&t->csv, row, at[MEASURE]));
    size_t i = 0;
    while (i < c->shown.pair_count && (c->pairs[i].a != a || c->pairs[i].b != b || c->pairs[i].column != column))
        i++;
    return i;
}

static enum status fill_weeks(const struct job *job, struct compared *c, const struct table *t, const size_t *at,
                              size_t *filled, struct faults *faults)
{
    for (size_t row = 0; row < t->csv.rows; row++) {
        const size_t pair = pair_of(job, c, t, at, row);
        if (pair == c->shown.pair_count)
            continue;
        const size_t w = filled[pair]++;
        double *values = c->values + 3 * pair * c->week_count;
        if (w >= c->week_count || c->weeks[w] != (int64_t)number(t, row, at[WEEK]))
            return damaged(t, row, "has other weeks than the pair before", faults);
        values[w] = number(t, row, at[DIFFERENCE]);
        values[c->week_count + w] = number(t, row, at[LOW]);
        values[2 * c->week_count + w] = number(t, row, at[HIGH]);
    }
    for (size_t i = 0; i < c->shown.pair_count; i++) {
        const double *values = c->values + 3 * i * c->week_count;
        if (filled[i] < c->week_count)
            return damaged(t, t->csv.rows, "holds not every week of every pair", faults);
        c->pairs[i].week_mean = values;
        c->pairs[i].week_lo = values + c->week_count;
        c->pairs[i].week_hi = values + 2 * c->week_count;
    }
    return STATUS_OK;
}

enum status compared_read_weeks(const struct job *job, struct compared *c, struct faults *faults)
{
    static const char *const names[] = {"scenario_a",      "scenario_b", "measure", "week",
                                        "mean_difference", "lo",         "hi",      NULL};
    size_t at[7], *filled = calloc(c->shown.pair_count + 1, sizeof *filled);
    struct table t;
    enum status status = open_table(job->out_dir, "differences.csv", names, at, &t, faults);
    c->weeks = status == STATUS_OK ? calloc(t.csv.rows + 1, sizeof *c->weeks) : NULL;
    for (size_t row = 0; c->weeks && row < t.csv.rows; row++)
        if (pair_of(job, c, &t, at, row) == 0)
            c->weeks[c->week_count++] = (int64_t)number(&t, row, at[WEEK]);
    c->values = calloc(3 * c->shown.pair_count * c->week_count + 1, sizeof *c->values);
    if (status == STATUS_OK && (!c->weeks || !c->values || !filled))
        status = charts_no_memory(faults);
    if (status == STATUS_OK && c->week_count == 0)
        status = damaged(&t, t.csv.rows, "holds no weeks", faults);
    if (status == STATUS_OK)
        status = fill_weeks(job, c, &t, at, filled, faults);
    close_table(&t);
    free(filled);
    return status;
}

/* ---- frontier.csv and precision.csv ---- */

enum status compared_read_points(const struct job *job, struct compared *c, const struct choice *choice,
                                 struct faults *faults)
{
    enum { OF, SCENARIO, COST, EFFECT, EFFECT_LO, EFFECT_HI, ON };
    static const char *const names[] = {"measure", "scenario", "cost",        "mean",
                                        "mean_lo", "mean_hi",  "on_frontier", NULL};
    size_t at[7];
    struct table t;
    enum status status = open_table(job->out_dir, "frontier.csv", names, at, &t, faults);
    c->points = status == STATUS_OK ? calloc(t.csv.rows + 1, sizeof *c->points) : NULL;
    if (status == STATUS_OK && !c->points)
        status = charts_no_memory(faults);
    for (size_t i = 0; status == STATUS_OK && i < choice->count; i++) /* by column, in the order drawn */
        for (size_t row = 0; status == STATUS_OK && row < t.csv.rows; row++) {
            const size_t scenario = place_of(c->names, csv_table_field(&t.csv, row, at[SCENARIO]));
            if (column_of(job, csv_table_field(&t.csv, row, at[OF])) != choice->column[i])
                continue;
            if (!c->names[scenario])
                status = damaged(&t, row, "names a scenario that manifest.json does not", faults);
            c->points[c->shown.point_count++] = (struct chart_point){.scenario = scenario,
                                                                     .column = choice->column[i],
                                                                     .cost = number(&t, row, at[COST]),
                                                                     .effect = number(&t, row, at[EFFECT]),
                                                                     .lo = number(&t, row, at[EFFECT_LO]),
                                                                     .hi = number(&t, row, at[EFFECT_HI]),
                                                                     .on = number(&t, row, at[ON]) > 0};
        }
    if (status == STATUS_OK && c->shown.point_count != choice->count * c->shown.scenario_count)
        status = damaged(&t, t.csv.rows, "holds not every scenario of every measure", faults);
    close_table(&t);
    return status;
}

enum status compared_read_looks(const struct job *job, struct compared *c, struct faults *faults)
{
    enum { OF, RUNS, HALF, ASKED };
    static const char *const names[] = {"measure", "n", "half_width", "asked", NULL};
    size_t at[4];
    struct table t;
    enum status status = open_table(job->out_dir, "precision.csv", names, at, &t, faults);
    c->looks = status == STATUS_OK ? calloc(t.csv.rows + 1, sizeof *c->looks) : NULL;
    if (status == STATUS_OK && !c->looks)
        status = charts_no_memory(faults);
    if (status == STATUS_OK && t.csv.rows == 0)
        status = damaged(&t, 0, "holds no looks", faults);
    for (size_t row = 0; status == STATUS_OK && row < t.csv.rows; row++) {
        c->looks[c->shown.look_count++] = (struct chart_look){number(&t, row, at[RUNS]), number(&t, row, at[HALF])};
        c->shown.asked = number(&t, row, at[ASKED]);
        c->shown.look_column = column_of(job, csv_table_field(&t.csv, row, at[OF]));
        if (c->shown.look_column == job->data.column_count)
            status = damaged(&t, row, "names a measure that the scenarios have not", faults);
    }
    c->shown.looks = c->looks;
    close_table(&t);
    return status;
}
