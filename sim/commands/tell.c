#include "tell.h"

#include "../leaf/stats.h"
#include "../leaf/swell.h"
#include "../leaf/text.h"
#include "../store/read.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Values loaded at most; a larger result is told from its first runs. */
#define VALUES_MAX 2e7
/* Schools' series that are searched for swells at most. */
#define SWELL_PATHS 200
/* With at least so many series their mean is taken off first: what strategies and shocks do to all alike is no swell,
 * and would pass for memory. */
#define SWELL_MEAN_OF 10
/* Swells are searched between these periods, in years. */
#define SWELL_SHORTEST 0.5
#define SWELL_LONGEST 6.0
/* A series swells when noise does so as strongly in one of twenty; the runs do, when more of them than that are seen
 * to, by a binomial test at one in a thousand. */
#define SWELL_LEVEL 0.05
#define SWELLS_LEVEL 0.001

#define HALF 0.5 /* of a share that spreads */

struct telling {
    FILE *out;
    const struct store_result *result;
    double *runs;   /* room for a number a run */
    double *paths;  /* two numbers a path */
    double *series; /* a path's */
};

static double value(const struct store_result *s, size_t path, size_t week, size_t column)
{
    return s->values[(path * s->week_count + week) * s->column_count + column];
}

/* A run's mean over its schools; NAN when none has a value. */
static double run_mean(const struct store_result *s, size_t run, size_t week, size_t column)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < s->school_count; i++) {
        const double v = value(s, run * s->school_count + i, week, column);
        sum += isnan(v) ? 0 : v;
        n += isnan(v) ? 0 : 1;
    }
    return n > 0 ? sum / n : (double)NAN;
}

static struct stats over_runs(const struct telling *t, size_t column, size_t from, size_t to)
{
    const struct store_result *s = t->result;
    for (size_t run = 0; run < s->run_count; run++)
        t->runs[run] = run_mean(s, run, to, column) - (from == to ? 0 : run_mean(s, run, from, column));
    return stats_of(t->runs, s->run_count);
}

static double years(const struct store_result *s, double weeks)
{
    return weeks / s->weeks_per_year;
}

/* "NA" for what is undefined, as in the tables. */
static const char *number(char text[32], const char *format, double x)
{
    if (isnan(x))
        return strcpy(text, "NA");
    /* No "-0.000": what rounds to nothing has no sign. */
    snprintf(text, 32, format, x);
    const bool nothing = strspn(text, "+-0.") == strlen(text);
    if (nothing && text[0] == '-')
        snprintf(text, 32, format, 0.0);
    return text;
}

/* "year 3.4": where the run stood. */
static const char *when(char text[32], double year)
{
    return number(text, "year %.1f", year);
}

static void tell_change(const struct telling *t, size_t column)
{
    const size_t last = t->result->week_count - 1;
    const struct stats start = over_runs(t, column, 0, 0), end = over_runs(t, column, last, last);
    const struct stats change = over_runs(t, column, 0, last);
    char a[32], b[32], c[32], lo[32], hi[32];
    fprintf(t->out, "  %-16s %6s  %6s  %6s", t->result->columns[column].name, number(a, "%.3f", start.mean),
            number(b, "%.3f", end.mean), number(c, "%+.3f", change.mean));
    char interval[80] = "";
    if (change.n > 1)
        snprintf(interval, sizeof interval, "[%s, %s]", number(lo, "%+.3f", change.mean_lo),
                 number(hi, "%+.3f", change.mean_hi));
    fprintf(t->out, " %-18s", interval);
}

/* Medians over paths of how deep and when. */
static void tell_dip(const struct telling *t, size_t column)
{
    const struct store_result *s = t->result;
    double *const depths = t->paths, *const times = t->paths + s->path_count;
    for (size_t p = 0; p < s->path_count; p++) {
        size_t at;
        for (size_t w = 0; w < s->week_count; w++)
            t->series[w] = value(s, p, w, column);
        depths[p] = stats_deepest_dip(t->series, s->week_count, &at);
        times[p] = depths[p] > 0 ? years(s, (double)s->weeks[at]) : (double)NAN;
    }
    char depth[32], time[32];
    const struct stats deep = stats_of(depths, s->path_count), late = stats_of(times, s->path_count);
    if (late.n == 0)
        fprintf(t->out, "  %-18s", "none");
    else
        fprintf(t->out, "  %s, %-11s", number(depth, "%.3f", deep.median), when(time, late.median));
}

/* Points at an even distance: the last week may stand alone. */
static size_t even_points(const struct store_result *s)
{
    size_t n = s->week_count;
    if (n > 2 && s->weeks[n - 1] - s->weeks[n - 2] != s->weeks[1] - s->weeks[0])
        n--;
    return n;
}

/* Fewest of n runs that would show a swell by luck less often than that. */
static size_t enough_swells(size_t n)
{
    unsigned k = 1;
    while (k < n && gsl_cdf_binomial_Q(k - 1, SWELL_LEVEL, (unsigned)n) > SWELLS_LEVEL)
        k++;
    return k;
}

/* The mean of a week over paths, 0 when there are too few to take it off. */
static void fill_means(const struct telling *t, size_t column)
{
    const struct store_result *s = t->result;
    for (size_t w = 0; w < s->week_count; w++) {
        t->series[w] = 0;
        for (size_t p = 0; s->path_count >= SWELL_MEAN_OF && p < s->path_count; p++)
            t->series[w] += value(s, p, w, column) / (double)s->path_count;
    }
}

static enum status tell_swells(const struct telling *t, size_t column, struct faults *faults)
{
    const struct store_result *s = t->result;
    const size_t n = even_points(s), paths = s->path_count < SWELL_PATHS ? s->path_count : SWELL_PATHS;
    const double spacing = s->week_count > 1 ? years(s, (double)(s->weeks[1] - s->weeks[0])) : 1;
    int failed = 0;
    fill_means(t, column);
#pragma omp parallel for reduction(| : failed)
    for (size_t p = 0; p < paths; p++) {
        struct swell swell = {.period = (double)NAN};
        double *series = malloc(n * sizeof *series);
        for (size_t w = 0; series && w < n; w++)
            series[w] = value(s, p, w, column) - t->series[w];
        const struct rng_key key = {.seed = s->seed,
                                    .replicate = (uint32_t)s->paths[p].run,
                                    .school = (uint32_t)s->paths[p].school,
                                    .week = (uint32_t)column,
                                    .stream = STREAM_BOOTSTRAP};
        failed |= !series || swell_of(series, n, spacing, SWELL_SHORTEST, SWELL_LONGEST, &key, &swell);
        free(series);
        t->paths[p] = swell.chance <= SWELL_LEVEL ? swell.period : (double)NAN;
    }
    if (failed)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for the spectra of %zu series", paths);
    const struct stats periods = stats_of(t->paths, paths);
    if (periods.n < enough_swells(paths))
        fprintf(t->out, "no clear swell (%zu of %zu)\n", periods.n, paths);
    else
        fprintf(t->out, "%.1f years (%.1f-%.1f), in %zu of %zu\n", periods.median, periods.q25, periods.q75, periods.n,
                paths);
    return STATUS_OK;
}

static bool has(const struct store_result *s, enum column_kind kind)
{
    for (size_t c = 0; c < s->column_count; c++)
        if (s->columns[c].kind == kind)
            return true;
    return false;
}

/* What the headline columns are measured in: the ladder's capacities are levels. */
static const char *heading(const struct store_result *s)
{
    for (size_t c = 0; c < s->column_count; c++)
        if (s->columns[c].kind == COLUMN_CAPACITY && strcmp(s->columns[c].unit, "0-1") != 0)
            return "measure";
    return "capacity, 0 to 1";
}

static enum status tell_capacities(const struct telling *t, struct faults *faults)
{
    const struct store_result *s = t->result;
    enum status status = STATUS_OK;
    if (!has(s, COLUMN_CAPACITY))
        return STATUS_OK;
    fprintf(t->out, "\n%-18s %6s  %6s  %-25s  %-18s %s\n", heading(s), "start", "end", "change [95 % interval]",
            "deepest dip", "typical swell");
    for (size_t c = 0; c < s->column_count && status == STATUS_OK; c++) {
        if (s->columns[c].kind != COLUMN_CAPACITY)
            continue;
        tell_change(t, c);
        tell_dip(t, c);
        status = tell_swells(t, c, faults);
    }
    fprintf(
        t->out,
        "  start, end, change: mean of %zu run%s, interval by Student's t; dip: median of %s's largest fall below an\n"
        "  earlier height; swell: median period (quartiles) where a peak stands out as noise's does in 5 of 100\n",
        s->run_count, s->run_count == 1 ? "" : "s", s->school_count > 1 ? "each school" : "each run");
    return status;
}

/* Every measure that the other tables leave out. */
static void tell_others(const struct telling *t)
{
    const struct store_result *s = t->result;
    fprintf(t->out, "\n%-18s %6s  %6s  %s\n", "other measures", "start", "end", "change [95 % interval]");
    for (size_t c = 0; c < s->column_count; c++) {
        if (s->columns[c].kind == COLUMN_CAPACITY || s->columns[c].kind == COLUMN_LAYER)
            continue;
        tell_change(t, c);
        fprintf(t->out, " %s\n", s->columns[c].unit);
    }
}

static void tell_half(const struct telling *t, size_t column)
{
    const struct store_result *s = t->result;
    for (size_t run = 0; run < s->run_count; run++) {
        t->runs[run] = (double)NAN;
        for (size_t w = 0; w < s->week_count && isnan(t->runs[run]); w++)
            if (run_mean(s, run, w, column) >= HALF)
                t->runs[run] = years(s, (double)s->weeks[w]);
    }
    const struct stats reached = stats_of(t->runs, s->run_count);
    char time[32];
    if (reached.n == 0)
        fprintf(t->out, "  not reached\n");
    else
        fprintf(t->out, "  %s, in %zu of %zu runs\n", when(time, reached.median), reached.n, s->run_count);
}

static void tell_layers(const struct telling *t)
{
    const struct store_result *s = t->result;
    const size_t last = s->week_count - 1;
    size_t told = 0;
    for (size_t c = 0; c < s->column_count; c++) {
        if (s->columns[c].kind != COLUMN_LAYER || over_runs(t, c, 0, last).n == 0)
            continue; /* of an innovation that there is not */
        if (!told++)
            fprintf(t->out, "\n%-18s %6s  %6s  %s\n", "share reached", "start", "end", "half reached");
        char a[32], b[32];
        fprintf(t->out, "  %-16s %4s %%  %4s %%", s->columns[c].name,
                number(a, "%.0f", 100 * over_runs(t, c, 0, 0).mean),
                number(b, "%.0f", 100 * over_runs(t, c, last, last).mean));
        tell_half(t, c);
    }
}

/* How many of the weeks 1 … length an event lasts, which begins in the week `start` and is over in the week `end`; end -1:
 * it is not. */
static double lasts(const struct event *e, int64_t length)
{
    const int64_t first = e->start > 1 ? e->start : 1, last = e->end < 0 || e->end > length ? length : e->end - 1;
    return last >= first ? (double)(last - first + 1) : 0;
}

static void tell_costs(const struct telling *t)
{
    const struct store_result *s = t->result;
    const char *heading = "\ncosts, in your unit\n";
    for (size_t i = 0; i < s->event_count; i++) {
        const struct event *e = &s->events[i];
        if (!(e->cost > 0))
            continue;
        fprintf(t->out, "%s  ", heading);
        heading = "";
        text_print(t->out, e->name);
        fprintf(t->out, ": %g a week for %.0f weeks = %g\n", e->cost, lasts(e, s->length),
                e->cost * lasts(e, s->length));
    }
    for (size_t c = 0; c < s->column_count; c++) {
        if (s->columns[c].kind != COLUMN_COST)
            continue;
        for (size_t run = 0; run < s->run_count; run++) {
            t->runs[run] = 0;
            for (size_t w = 1; w < s->week_count; w++) {
                /* Every week is there, or a row stands for the weeks up to the next: what begins and ends there counts
                 * whole. */
                const int64_t step = s->weeks[w] - s->weeks[w - 1];
                t->runs[run] += run_mean(s, run, step == 1 ? w : w - 1, c) * (double)step;
            }
        }
        const struct stats total = stats_of(t->runs, s->run_count);
        if (!(total.mean > 0))
            continue;
        fprintf(t->out, "%s  %s: %.6g a school over the run%s\n", heading, s->columns[c].name, total.mean,
                s->week_count > 1 && s->weeks[1] > 1 ? ", from the weeks that were kept" : "");
        heading = "";
    }
}

/* "personal,interest": the columns that are told. NULL: no memory. */
static char *told_columns(const struct store_result *s, bool verbose)
{
    size_t size = 1;
    for (size_t c = 0; c < s->column_count; c++)
        size += strlen(s->columns[c].name) + 1;
    char *list = malloc(size), *end = list;
    for (size_t c = 0; list && c < s->column_count; c++) {
        const enum column_kind kind = s->columns[c].kind;
        if (verbose || kind == COLUMN_CAPACITY || kind == COLUMN_LAYER || kind == COLUMN_COST)
            end += sprintf(end, "%s%s", end == list ? "" : ",", s->columns[c].name);
    }
    if (list)
        *end = '\0';
    return list;
}

static enum status tell_loaded(FILE *out, const struct store_result *s, bool verbose, struct faults *faults)
{
    struct telling t = {.out = out, .result = s};
    enum status status = STATUS_OK;
    t.runs = malloc(s->run_count * sizeof *t.runs + 1);
    t.paths = malloc(2 * s->path_count * sizeof *t.paths + 1);
    t.series = malloc(s->week_count * sizeof *t.series + 1);
    if (!t.runs || !t.paths || !t.series)
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory to tell %zu runs", s->run_count);
    if (status == STATUS_OK)
        status = tell_capacities(&t, faults);
    if (status == STATUS_OK) {
        tell_layers(&t);
        if (verbose)
            tell_others(&t);
        tell_costs(&t);
    }
    free(t.runs);
    free(t.paths);
    free(t.series);
    return status;
}

enum status tell_result(FILE *out, const char *out_dir, bool verbose, struct faults *faults)
{
    struct store_result shape, loaded;
    enum status status = store_read(out_dir, &(struct store_wanted){.no_values = true}, &shape, faults);
    if (status != STATUS_OK)
        return status;
    struct store_wanted wanted = {.columns = told_columns(&shape, verbose), .first_run = 1};
    const double a_run = (double)(shape.week_count * shape.school_count * (shape.column_count + 1));
    const size_t runs = shape.run_count;
    if (runs == 0 || !wanted.columns || !*wanted.columns)
        goto out;
    if (a_run * (double)runs > VALUES_MAX)
        wanted.runs = (int64_t)fmax(1, VALUES_MAX / a_run);
    status = store_read(out_dir, &wanted, &loaded, faults);
    if (status == STATUS_OK) {
        if (loaded.run_count < runs)
            fprintf(out, "\nthe first %zu of %zu runs:\n", loaded.run_count, runs);
        status = tell_loaded(out, &loaded, verbose, faults);
        if (status == STATUS_OK)
            status = tell_lineage(out, out_dir, loaded.length, loaded.weeks_per_year,
                                  loaded.school_count > 1 || (loaded.level && strcmp(loaded.level, "school") != 0),
                                  faults);
        store_result_free(&loaded);
    }
out:
    free((char *)wanted.columns);
    store_result_free(&shape);
    return status;
}
