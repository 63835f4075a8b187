#include "compare.h"

#include "../leaf/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a, 64 bits. */
#define HASH_START 14695981039346656037u
#define HASH_PRIME 1099511628211u

enum status compare_open(struct compare_set *set, const struct engine_plan *plan, const size_t *measures,
                         size_t measure_count, const char *const *names, size_t count, struct faults *faults)
{
    *set = (struct compare_set){.model = plan->model,
                                .seed = plan->seed,
                                .measure_count = measure_count,
                                .week_count = engine_weeks(plan, NULL),
                                .runs = (size_t)plan->replicates};
    set->measures = malloc(measure_count * sizeof *set->measures + 1);
    set->weeks = malloc(set->week_count * sizeof *set->weeks);
    set->samples = calloc(count + 1, sizeof *set->samples);
    bool failed = !set->measures || !set->weeks || !set->samples;
    for (size_t i = 0; !failed && i < count; i++) {
        struct compare_sample *s = &set->samples[set->sample_count++];
        s->name = names[i];
        s->values = calloc(set->runs * set->week_count, measure_count * sizeof *s->values);
        s->marks = calloc(set->runs * set->week_count, sizeof *s->marks);
        s->costs = calloc(set->runs, sizeof *s->costs);
        failed = !s->values || !s->marks || !s->costs;
        for (size_t k = 0; !failed && k < set->runs * set->week_count * measure_count; k++)
            s->values[k] = (double)NAN;
    }
    if (failed) {
        compare_free(set);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory to compare %zu scenarios of %lld runs", count,
                         (long long)plan->replicates);
    }
    memcpy(set->measures, measures, measure_count * sizeof *measures);
    engine_weeks(plan, set->weeks);
    set->first = set->last = set->week_count - 1;
    return STATUS_OK;
}

void compare_free(struct compare_set *set)
{
    for (size_t i = 0; set->samples && i < set->sample_count; i++) {
        free(set->samples[i].values);
        free(set->samples[i].marks);
        free(set->samples[i].costs);
    }
    free(set->samples);
    free(set->measures);
    free(set->weeks);
    *set = (struct compare_set){0};
}

static double mean_of_schools(const struct compare_set *set, const struct engine_run *run, size_t week, size_t column)
{
    double sum = 0, n = 0;
    for (size_t school = 0; school < run->schools; school++) {
        const double value = run->rows[(week * run->schools + school) * set->model->column_count + column];
        sum += isnan(value) ? 0 : value;
        n += isnan(value) ? 0 : 1;
    }
    return n > 0 ? sum / n : (double)NAN;
}

static uint64_t mark_of(const struct compare_set *set, const struct engine_run *run, size_t week)
{
    const size_t count = run->schools * set->model->column_count;
    uint64_t mark = HASH_START;
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, &run->rows[week * count + i], sizeof bits);
        mark = (mark ^ bits) * HASH_PRIME;
    }
    return mark ^ mark >> 32; /* the product carries upwards only */
}

void compare_take(struct compare_set *set, size_t sample, const struct engine_run *run)
{
    struct compare_sample *s = &set->samples[sample];
    const size_t at = (size_t)run->replicate;
    if (run->outcome != ENGINE_DONE || at >= set->runs)
        return;
    for (size_t w = 0; w < set->week_count; w++) {
        for (size_t m = 0; m < set->measure_count; m++)
            s->values[(at * set->week_count + w) * set->measure_count + m] = mean_of_schools(set, run, w,
                                                                                             set->measures[m]);
        s->marks[at * set->week_count + w] = mark_of(set, run, w);
    }
    s->costs[at] = 0;
    for (size_t c = 0; c < set->model->column_count; c++)
        for (size_t w = 1; w < set->week_count && set->model->columns[c].kind == COLUMN_COST; w++) {
            /* a row stands for the weeks since the one before */
            const double cost = mean_of_schools(set, run, w, c);
            s->costs[at] += isnan(cost) ? 0 : cost * (double)(set->weeks[w] - set->weeks[w - 1]);
        }
}

static double value_of(const struct compare_set *set, size_t sample, size_t run, size_t week, size_t measure)
{
    return set->samples[sample].values[(run * set->week_count + week) * set->measure_count + measure];
}

double compare_score(const struct compare_set *set, size_t sample, size_t run, size_t measure)
{
    double sum = 0, n = 0;
    for (size_t w = set->first; w <= set->last; w++) {
        const double value = value_of(set, sample, run, w, measure);
        sum += isnan(value) ? 0 : value;
        n += isnan(value) ? 0 : 1;
    }
    return n > 0 ? sum / n : (double)NAN;
}

/* First week in which any pair of runs differs. A failed run's marks are 0: it is left out. */
static int64_t parts(const struct compare_set *set, size_t a, size_t b)
{
    for (size_t w = 0; w < set->week_count; w++)
        for (size_t run = 0; run < set->runs; run++) {
            const uint64_t x = set->samples[a].marks[run * set->week_count + w];
            const uint64_t y = set->samples[b].marks[run * set->week_count + w];
            if (x && y && x != y)
                return set->weeks[w];
        }
    return -1;
}

/* --- Contrasts --- */

static struct rng_key key_of(const struct compare_set *set, const struct contrast *c, uint32_t week)
{
    return (struct rng_key){.seed = set->seed,
                            .replicate = (uint32_t)(c->a * set->sample_count + c->b),
                            .school = (uint32_t)set->measures[c->measure],
                            .week = week,
                            .stream = STREAM_BOOTSTRAP};
}

/* Costs and gains of the pairs in which both are defined. */
static void cost_gain(const struct compare_set *set, struct contrast *c, double *cost, double *gain)
{
    size_t n = 0;
    double sum = 0;
    for (size_t run = 0; run < set->runs; run++) {
        const double a = compare_score(set, c->a, run, c->measure), b = compare_score(set, c->b, run, c->measure);
        if (isnan(a) || isnan(b))
            continue;
        gain[n] = a - b;
        cost[n] = set->samples[c->a].costs[run] - set->samples[c->b].costs[run];
        sum += cost[n++];
    }
    c->cost = n > 0 ? sum / (double)n : (double)NAN;
    c->cost_per_gain = c->cost_per_gain_lo = c->cost_per_gain_hi = (double)NAN;
    if (c->cost != 0 && contrast_shown(c) && (c->cost > 0) == (c->at.mean > 0) &&
        paired_ratio(cost, gain, n, &c->cost_per_gain_lo, &c->cost_per_gain_hi) == 0)
        c->cost_per_gain = c->cost / c->at.mean;
}

static int contrast_at(const struct compare_set *set, struct contrast *c, double *room)
{
    double *const a = room, *const b = room + set->runs;
    for (size_t run = 0; run < set->runs; run++) {
        a[run] = compare_score(set, c->a, run, c->measure);
        b[run] = compare_score(set, c->b, run, c->measure);
    }
    /* weeks lie below 2^24: this one is nobody's */
    const struct rng_key key = key_of(set, c, 0xffffff);
    return paired_of(a, b, set->runs, COMPARE_RESAMPLES, &key, &c->at);
}

static int contrast_week(const struct compare_set *set, struct contrast *c, size_t week, double *room)
{
    double *const a = room, *const b = room + set->runs;
    struct paired paired;
    for (size_t run = 0; run < set->runs; run++) {
        a[run] = value_of(set, c->a, run, week, c->measure);
        b[run] = value_of(set, c->b, run, week, c->measure);
    }
    const struct rng_key key = key_of(set, c, (uint32_t)set->weeks[week]);
    if (paired_of(a, b, set->runs, COMPARE_RESAMPLES_WEEK, &key, &paired))
        return -1;
    c->mean[week] = paired.mean;
    c->lo[week] = paired.lo;
    c->hi[week] = paired.hi;
    return 0;
}

/* All times of all contrasts: the last "week" of each is the compared time. */
static int fill(const struct compare_set *set, struct contrast *list, size_t count)
{
    const int64_t each = (int64_t)set->week_count + 1;
    int failed = 0;
#pragma omp parallel reduction(| : failed)
    {
        double *room = malloc(2 * set->runs * sizeof *room + 1);
        failed = !room;
#pragma omp for schedule(dynamic, 8)
        for (int64_t i = 0; i < each * (int64_t)count; i++) {
            struct contrast *c = &list[i / each];
            const size_t week = (size_t)(i % each);
            if (room)
                failed |= week < set->week_count ? contrast_week(set, c, week, room) != 0
                                                 : contrast_at(set, c, room) != 0;
        }
        free(room);
    }
    return failed ? -1 : 0;
}

static int adjust(struct contrast *list, size_t count)
{
    double *p = calloc(2 * count + 1, sizeof *p);
    if (!p)
        return -1;
    for (size_t i = 0; i < count; i++)
        p[i] = list[i].at.p;
    const int failed = paired_holm(p, count, p + count);
    for (size_t i = 0; i < count && !failed; i++)
        list[i].p_holm = p[count + i];
    free(p);
    return failed;
}

/* weeks: room for three numbers a week of each contrast. */
static void list_contrasts(const struct compare_set *set, struct contrast *list, double *weeks)
{
    struct contrast *c = list;
    for (size_t a = 1; a < set->sample_count; a++)
        for (size_t b = 0; b < a; b++) {
            const int64_t part = parts(set, a, b);
            for (size_t m = 0; m < set->measure_count; m++, c++, weeks += 3 * set->week_count)
                *c = (struct contrast){.a = a,
                                       .b = b,
                                       .measure = m,
                                       .parts = part,
                                       .mean = weeks,
                                       .lo = weeks + set->week_count,
                                       .hi = weeks + 2 * set->week_count};
        }
}

enum status compare_contrasts(const struct compare_set *set, struct contrast **list, size_t *count,
                              struct faults *faults)
{
    *count = set->sample_count > 1 ? set->sample_count * (set->sample_count - 1) / 2 * set->measure_count : 0;
    struct contrast *made = calloc(*count + 1, sizeof *made);
    double *weeks = calloc(3 * set->week_count * *count + 1, sizeof *weeks);
    double *room = malloc(2 * set->runs * sizeof *room + 1);
    bool failed = !made || !weeks || !room;
    if (!failed) {
        made[0].mean = weeks; /* the first contrast owns the weeks of all */
        list_contrasts(set, made, weeks);
        failed = fill(set, made, *count) || adjust(made, *count);
    }
    for (size_t i = 0; i < *count && !failed; i++)
        cost_gain(set, &made[i], room, room + set->runs);
    free(room);
    *list = failed ? NULL : made;
    if (!failed)
        return STATUS_OK;
    free(weeks);
    free(made);
    return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for %zu comparisons", *count);
}

void contrasts_free(struct contrast *list)
{
    if (list)
        free(list[0].mean);
    free(list);
}

bool contrast_shown(const struct contrast *c)
{
    return c->p_holm < COMPARE_LEVEL && (c->at.lo > 0 || c->at.hi < 0);
}

/* --- Costs --- */

static int by_cost(const void *x, const void *y)
{
    const struct frontier_point *a = x, *b = y;
    return a->cost < b->cost ? -1 : a->cost > b->cost ? 1 : a->effect > b->effect ? -1 : a->effect < b->effect;
}

static double slope(const struct frontier_point *a, const struct frontier_point *b)
{
    return (b->effect - a->effect) / (b->cost - a->cost);
}

/* The upper hull from the cheapest point up to the most effective one: what is dominated, or reached for less by a mix
 * of two others, is off. */
static void mark_frontier(struct frontier_point *points, size_t count, size_t *hull)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(points[i].effect) || (kept > 0 && !(points[i].effect > points[hull[kept - 1]].effect)))
            continue;
        while (kept > 1 &&
               slope(&points[hull[kept - 1]], &points[i]) >= slope(&points[hull[kept - 2]], &points[hull[kept - 1]]))
            kept--;
        hull[kept++] = i;
    }
    for (size_t k = 0; k < kept; k++)
        points[hull[k]].on = true;
}

int compare_frontier(const struct compare_set *set, size_t measure, struct frontier_point *points)
{
    double *room = malloc(set->runs * sizeof *room + 1);
    size_t *hull = malloc(set->sample_count * sizeof *hull + 1);
    for (size_t i = 0; room && i < set->sample_count; i++) {
        double cost = 0, n = 0;
        for (size_t run = 0; run < set->runs; run++) {
            room[run] = compare_score(set, i, run, measure);
            cost += isnan(room[run]) ? 0 : set->samples[i].costs[run];
            n += isnan(room[run]) ? 0 : 1;
        }
        const struct stats effect = stats_of(room, set->runs);
        points[i] = (struct frontier_point){.sample = i,
                                            .cost = n > 0 ? cost / n : (double)NAN,
                                            .effect = effect.mean,
                                            .lo = effect.mean_lo,
                                            .hi = effect.mean_hi};
    }
    const bool failed = !room || !hull;
    if (!failed) {
        qsort(points, set->sample_count, sizeof *points, by_cost);
        mark_frontier(points, set->sample_count, hull);
    }
    free(room);
    free(hull);
    return failed ? -1 : 0;
}
