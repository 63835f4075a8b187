#include "sensitivity.h"

#include "rng.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What counts of a set of runs. */
struct counted {
    const struct sensitivity_data *data;
    size_t points;   /* a sample */
    size_t *samples; /* those that count */
    size_t count;
    unsigned char *good; /* [sample][replicate] */
    size_t least;        /* replicates that a sample needs */
    double *terms;       /* [counted sample][term]: what estimates are sums of */
    size_t term_count;
};

static const double *value_at(const struct counted *c, size_t sample, size_t point)
{
    return c->data->values + (sample * c->points + point) * c->data->replicates;
}

static size_t good_of(const struct counted *c, size_t sample)
{
    size_t n = 0;
    for (size_t r = 0; r < c->data->replicates; r++)
        n += c->good[sample * c->data->replicates + r];
    return n;
}

static void mark_good(struct counted *c, size_t use)
{
    for (size_t s = 0; s < use; s++)
        for (size_t r = 0; r < c->data->replicates; r++) {
            unsigned char good = 1;
            for (size_t p = 0; p < c->points; p++)
                good &= isfinite(value_at(c, s, p)[r]) != 0;
            c->good[s * c->data->replicates + r] = good;
        }
}

static int count_in(struct counted *c, const struct sensitivity_data *data, size_t points, size_t use)
{
    size_t once = 0, twice = 0;
    use = use && use < data->samples ? use : data->samples;
    *c = (struct counted){.data = data, .points = points};
    c->good = malloc(use * data->replicates + 1);
    c->samples = malloc((use + 1) * sizeof *c->samples);
    if (!c->good || !c->samples)
        return -1;
    mark_good(c, use);
    for (size_t s = 0; s < use; s++) {
        once += good_of(c, s) >= 1;
        twice += good_of(c, s) >= 2;
    }
    c->least = 2 * twice >= once && twice > 0 ? 2 : 1;
    for (size_t s = 0; s < use; s++)
        if (good_of(c, s) >= c->least)
            c->samples[c->count++] = s;
    return 0;
}

static void count_free(struct counted *c)
{
    free(c->good);
    free(c->samples);
    free(c->terms);
}

/* Mean of a_r b_s over pairs of different replicates; of a_r b_r where one is enough. What stands in `less` is taken off
 * first, by replicate. */
static double cross(const struct counted *c, size_t sample, const double *a, const double *a_less, const double *b,
                    const double *b_less)
{
    const unsigned char *good = c->good + sample * c->data->replicates;
    double sum_a = 0, sum_b = 0, sum_ab = 0;
    size_t n = 0;
    for (size_t r = 0; r < c->data->replicates; r++) {
        if (!good[r])
            continue;
        const double x = a[r] - a_less[r], y = b[r] - b_less[r];
        sum_a += x;
        sum_b += y;
        sum_ab += x * y;
        n++;
    }
    return c->least == 1 ? sum_ab / (double)n : (sum_a * sum_b - sum_ab) / ((double)n * (double)(n - 1));
}

/* Bootstrapped estimates of several numbers, and their intervals. */
struct boots {
    size_t numbers;
    double *all;   /* [number][bootstrap] */
    size_t *picks; /* among the counted samples */
};

static int boots_make(struct boots *b, size_t numbers, size_t samples)
{
    b->numbers = numbers;
    b->all = malloc(numbers * SENSITIVITY_BOOTSTRAPS * sizeof *b->all);
    b->picks = malloc((samples + 1) * sizeof *b->picks);
    return b->all && b->picks ? 0 : -1;
}

static void boots_free(struct boots *b)
{
    free(b->all);
    free(b->picks);
}

static void draw_picks(const struct counted *c, struct rng_reader *reader, size_t *picks)
{
    for (size_t i = 0; i < c->count; i++)
        picks[i] = (size_t)(((uint64_t)rng_next(reader) * c->count) >> 32);
}

static struct sensitivity_interval interval_of(struct boots *b, size_t number, double value)
{
    double *list = b->all + number * SENSITIVITY_BOOTSTRAPS;
    size_t n = 0;
    for (size_t i = 0; i < SENSITIVITY_BOOTSTRAPS; i++)
        if (isfinite(list[i]))
            list[n++] = list[i];
    gsl_sort(list, 1, n);
    if (!isfinite(value) || n == 0)
        return (struct sensitivity_interval){value, (double)NAN, (double)NAN};
    return (struct sensitivity_interval){value, gsl_stats_quantile_from_sorted_data(list, 1, n, 0.025),
                                         gsl_stats_quantile_from_sorted_data(list, 1, n, 0.975)};
}

/* Estimates from the samples in picks into out; given to boots_run(). */
typedef int (*estimator)(const struct counted *c, const size_t *picks, double *out);

/* The estimates from all that counts, and their bootstraps. Returns 0, or -1 when memory is short. */
static int boots_run(struct boots *b, const struct counted *c, estimator estimate, double *value)
{
    double *out = calloc(b->numbers, sizeof *out);
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = c->data->seed, .stream = STREAM_BOOTSTRAP});
    for (size_t i = 0; i < c->count; i++)
        b->picks[i] = i;
    int status = out ? estimate(c, b->picks, value) : -1;
    for (size_t i = 0; i < SENSITIVITY_BOOTSTRAPS && !status; i++) {
        draw_picks(c, &reader, b->picks);
        status = estimate(c, b->picks, out);
        for (size_t n = 0; n < b->numbers; n++)
            b->all[n * SENSITIVITY_BOOTSTRAPS + i] = out[n];
    }
    free(out);
    return status;
}

/* Variance between replicates at a point. */
static double luck_at(const struct counted *c, size_t sample, size_t point)
{
    const unsigned char *good = c->good + sample * c->data->replicates;
    const double *v = value_at(c, sample, point);
    double sum = 0, square = 0;
    size_t n = 0;
    for (size_t r = 0; r < c->data->replicates; r++)
        if (good[r]) {
            sum += v[r];
            n++;
        }
    for (size_t r = 0; r < c->data->replicates; r++)
        square += good[r] ? (v[r] - sum / (double)n) * (v[r] - sum / (double)n) : 0;
    return square / (double)(n - 1);
}

/* Mean over the picks' first `points` points, by replicate, into means. */
static void means_of(const struct counted *c, const size_t *picks, size_t points, double *means)
{
    for (size_t r = 0; r < c->data->replicates; r++) {
        double sum = 0;
        size_t n = 0;
        for (size_t i = 0; i < c->count; i++)
            for (size_t p = 0; p < points && c->good[c->samples[picks[i]] * c->data->replicates + r]; p++, n++)
                sum += value_at(c, c->samples[picks[i]], p)[r];
        means[r] = n ? sum / (double)n : 0;
    }
}

/* Variance that the settings decide, from the picks' first `points` points; below zero by chance. Returns 0, or -1 when
 * memory is short. */
static int decided_of(const struct counted *c, const size_t *picks, size_t points, double *decided)
{
    double *means = malloc((c->data->replicates + 1) * sizeof *means), square = 0;
    if (!means)
        return -1;
    means_of(c, picks, points, means);
    for (size_t i = 0; i < c->count; i++)
        for (size_t p = 0; p < points; p++) {
            const double *v = value_at(c, c->samples[picks[i]], p);
            square += cross(c, c->samples[picks[i]], v, means, v, means);
        }
    *decided = square / ((double)(c->count * points) - 1);
    free(means);
    return 0;
}

/* Variance of luck, the mean over a sample's first `points` points. */
static double luck_of(const struct counted *c, size_t sample, size_t points)
{
    double sum = 0;
    for (size_t p = 0; p < points && c->least == 2; p++)
        sum += luck_at(c, sample, p);
    return sum / (double)points;
}

static double share_of_luck(const struct counted *c, double luck, double decided)
{
    return c->least == 2 ? luck / (luck + fmax(decided, 0)) : (double)NAN;
}

static void tell_whole(const struct counted *c, struct sensitivity_whole *whole)
{
    double sum = 0, square = 0;
    size_t n = 0;
    *whole = (struct sensitivity_whole){.samples = c->count, .noisy = c->least == 1};
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < c->count; i++)
            for (size_t k = 0; k < c->points * c->data->replicates; k++) {
                const size_t s = c->samples[i];
                const double v = value_at(c, s, 0)[k];
                if (!c->good[s * c->data->replicates + k % c->data->replicates])
                    continue;
                sum += pass == 0 ? v : 0;
                n += pass == 0;
                square += pass == 1 ? (v - sum / (double)n) * (v - sum / (double)n) : 0;
            }
    for (size_t i = 0; i < c->count; i++)
        if (good_of(c, c->samples[i]) > whole->replicates)
            whole->replicates = good_of(c, c->samples[i]);
    whole->mean = n ? sum / (double)n : (double)NAN;
    whole->sd = n > 1 ? sqrt(square / (double)(n - 1)) : (double)NAN;
    whole->noise = (struct sensitivity_interval){(double)NAN, (double)NAN, (double)NAN};
}

/* More than the rounding of sums. */
static int varies(const struct sensitivity_whole *whole)
{
    return whole->sd > 1e-12 * fabs(whole->mean);
}

/* --- Morris --- */

/* The step of a trajectory that moves this axis, and by how much; 0 when none does. */
static double step_of(const struct counted *c, size_t sample, size_t axis, size_t *point)
{
    const double *unit = c->data->unit + sample * c->points * c->data->axes;
    for (size_t p = 0; p + 1 < c->points; p++) {
        const double step = unit[(p + 1) * c->data->axes + axis] - unit[p * c->data->axes + axis];
        if (fabs(step) > 1e-9) {
            *point = p;
            return step;
        }
    }
    return 0;
}

static double mean_difference(const struct counted *c, size_t sample, const double *to, const double *from)
{
    double sum = 0;
    size_t n = 0;
    for (size_t r = 0; r < c->data->replicates; r++)
        if (c->good[sample * c->data->replicates + r]) {
            sum += to[r] - from[r];
            n++;
        }
    return sum / (double)n;
}

enum { MORRIS_STAR, MORRIS_MU, MORRIS_SIGMA, MORRIS_SQUARE, MORRIS_NUMBERS };
enum { EFFECT, EFFECT_SQUARE, EFFECT_TERMS }; /* of an axis; behind all of them the luck */

static int morris_terms(struct counted *c)
{
    const size_t axes = c->data->axes;
    c->term_count = axes * EFFECT_TERMS + 1;
    c->terms = malloc((c->count * c->term_count + 1) * sizeof *c->terms);
    for (size_t i = 0; c->terms && i < c->count; i++) {
        double *terms = c->terms + i * c->term_count;
        for (size_t a = 0; a < axes; a++) {
            const size_t s = c->samples[i];
            size_t p = 0;
            const double step = step_of(c, s, a, &p);
            const double *to = value_at(c, s, p + 1), *from = value_at(c, s, p);
            terms[a * EFFECT_TERMS + EFFECT] = step != 0 ? mean_difference(c, s, to, from) / step : (double)NAN;
            terms[a * EFFECT_TERMS + EFFECT_SQUARE] = cross(c, s, to, from, to, from) / (step * step);
        }
        terms[axes * EFFECT_TERMS] = luck_of(c, c->samples[i], c->points);
    }
    return c->terms ? 0 : -1;
}

static void morris_axis(const struct counted *c, const size_t *picks, size_t axis, double out[MORRIS_NUMBERS])
{
    double star = 0, sum = 0, squares = 0, own = 0;
    size_t n = 0;
    for (size_t i = 0; i < c->count; i++) {
        const double *terms = c->terms + picks[i] * c->term_count + axis * EFFECT_TERMS;
        if (isnan(terms[EFFECT]))
            continue;
        star += fabs(terms[EFFECT]);
        sum += terms[EFFECT];
        own += terms[EFFECT] * terms[EFFECT];
        squares += terms[EFFECT_SQUARE];
        n++;
    }
    const double mean = sum / (double)n, var = (own - (double)n * mean * mean) / (double)(n - 1);
    out[MORRIS_STAR] = n ? star / (double)n : (double)NAN;
    out[MORRIS_MU] = n ? mean : (double)NAN;
    out[MORRIS_SIGMA] = n > 1 ? sqrt(fmax(var, 0)) : (double)NAN;
    out[MORRIS_SQUARE] = n ? squares / (double)n : (double)NAN;
}

/* Sum over the picks of one term. */
static double sum_term(const struct counted *c, const size_t *picks, size_t term)
{
    double sum = 0;
    for (size_t i = 0; i < c->count; i++)
        sum += c->terms[picks[i] * c->term_count + term];
    return sum;
}

/* The axes' numbers, then the share of luck. */
static int morris_estimate(const struct counted *c, const size_t *picks, double *out)
{
    const size_t axes = c->data->axes;
    double decided;
    if (decided_of(c, picks, c->points, &decided))
        return -1;
    for (size_t a = 0; a < axes; a++)
        morris_axis(c, picks, a, out + a * MORRIS_NUMBERS);
    out[axes * MORRIS_NUMBERS] = share_of_luck(c, sum_term(c, picks, axes * EFFECT_TERMS) / (double)c->count, decided);
    return 0;
}

int sensitivity_of_morris(const struct sensitivity_data *data, size_t use, struct sensitivity_morris *results,
                          struct sensitivity_whole *whole)
{
    static const struct sensitivity_interval none = {(double)NAN, (double)NAN, (double)NAN};
    const size_t numbers = data->axes * MORRIS_NUMBERS + 1;
    struct counted c;
    struct boots b = {0};
    double *value = malloc(numbers * sizeof *value);
    int status = count_in(&c, data, data->axes + 1, use);
    for (size_t a = 0; a < data->axes; a++)
        results[a] = (struct sensitivity_morris){none, none, none, none};
    if (!status && value)
        tell_whole(&c, whole);
    if (!value || status || boots_make(&b, numbers, c.count))
        status = -1;
    else if (c.count < 2 || !varies(whole))
        status = 1;
    else if (morris_terms(&c) || boots_run(&b, &c, morris_estimate, value))
        status = -1;
    for (size_t a = 0; a < data->axes && !status; a++)
        results[a] = (struct sensitivity_morris){
            .mu_star = interval_of(&b, a * MORRIS_NUMBERS + MORRIS_STAR, value[a * MORRIS_NUMBERS + MORRIS_STAR]),
            .mu = interval_of(&b, a * MORRIS_NUMBERS + MORRIS_MU, value[a * MORRIS_NUMBERS + MORRIS_MU]),
            .sigma = interval_of(&b, a * MORRIS_NUMBERS + MORRIS_SIGMA, value[a * MORRIS_NUMBERS + MORRIS_SIGMA]),
            .square = interval_of(&b, a * MORRIS_NUMBERS + MORRIS_SQUARE, value[a * MORRIS_NUMBERS + MORRIS_SQUARE])};
    if (!status)
        whole->noise = interval_of(&b, numbers - 1, value[numbers - 1]);
    boots_free(&b);
    count_free(&c);
    free(value);
    return status;
}

/* --- Sobol --- */

enum { POINT_A, POINT_B, POINT_AB }; /* of a Saltelli row; AB: A with one axis from B, for each axis */

/* First and total of each axis, behind all of them the luck. Any constant may be taken off B: the mean steadies most. */
static int sobol_terms(struct counted *c)
{
    const size_t axes = c->data->axes;
    double *means = malloc((c->data->replicates + 1) * sizeof *means);
    size_t *all = malloc((c->count + 1) * sizeof *all);
    c->term_count = 2 * axes + 1;
    c->terms = malloc((c->count * c->term_count + 1) * sizeof *c->terms);
    const int status = means && all && c->terms ? 0 : -1;
    for (size_t i = 0; i < c->count && !status; i++)
        all[i] = i;
    if (!status)
        means_of(c, all, POINT_AB, means);
    for (size_t i = 0; i < c->count && !status; i++) {
        const size_t s = c->samples[i];
        const double *base = value_at(c, s, POINT_A), *other = value_at(c, s, POINT_B);
        for (size_t a = 0; a < axes; a++) {
            const double *moved = value_at(c, s, POINT_AB + a);
            c->terms[i * c->term_count + 2 * a] = cross(c, s, other, means, moved, base);
            c->terms[i * c->term_count + 2 * a + 1] = cross(c, s, base, moved, base, moved) / 2;
        }
        c->terms[i * c->term_count + 2 * axes] = luck_of(c, s, POINT_AB);
    }
    free(all);
    free(means);
    return status;
}

static int sobol_estimate(const struct counted *c, const size_t *picks, double *out)
{
    const size_t axes = c->data->axes;
    double decided;
    if (decided_of(c, picks, POINT_AB, &decided))
        return -1;
    for (size_t n = 0; n < 2 * axes; n++)
        out[n] = decided > 0 ? sum_term(c, picks, n) / (double)c->count / decided : (double)NAN;
    out[2 * axes] = share_of_luck(c, sum_term(c, picks, 2 * axes) / (double)c->count, decided);
    return 0;
}

int sensitivity_of_sobol(const struct sensitivity_data *data, size_t use, struct sensitivity_sobol *results,
                         struct sensitivity_whole *whole)
{
    static const struct sensitivity_interval none = {(double)NAN, (double)NAN, (double)NAN};
    const size_t numbers = 2 * data->axes + 1;
    struct counted c;
    struct boots b = {0};
    double *value = malloc(numbers * sizeof *value);
    int status = count_in(&c, data, data->axes + 2, use);
    for (size_t a = 0; a < data->axes; a++)
        results[a] = (struct sensitivity_sobol){none, none};
    if (!status && value)
        tell_whole(&c, whole);
    if (!value || status || boots_make(&b, numbers, c.count))
        status = -1;
    else if (c.count < 2 || !varies(whole))
        status = 1;
    else if (sobol_terms(&c) || boots_run(&b, &c, sobol_estimate, value))
        status = -1;
    for (size_t a = 0; a < data->axes && !status; a++)
        results[a] = (struct sensitivity_sobol){.first = interval_of(&b, 2 * a, value[2 * a]),
                                                .total = interval_of(&b, 2 * a + 1, value[2 * a + 1])};
    if (!status)
        whole->noise = interval_of(&b, numbers - 1, value[numbers - 1]);
    boots_free(&b);
    count_free(&c);
    free(value);
    return status;
}

double sensitivity_more(const struct sensitivity_interval *e)
{
    if (e->lo > 0)
        return 1;
    if (!(e->value > 0))
        return (double)INFINITY;
    const double ratio = (e->value - e->lo) / e->value; /* half widths shrink with the root of the samples */
    return ratio * ratio;
}
