#include "sensitivity_parts.h"

#include "rng.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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
                good &= isfinite(counted_at(c, s, p)[r]) != 0;
            c->good[s * c->data->replicates + r] = good;
        }
}

/* The first `use` samples (0: all), each of `points` points. Returns 0, or -1 when memory is short; free it either way. */
static int counted_make(struct counted *c, const struct sensitivity_data *data, size_t points, size_t use)
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

static void counted_free(struct counted *c)
{
    free(c->good);
    free(c->samples);
    free(c->terms);
}

double counted_cross(const struct counted *c, size_t sample, const double *a, const double *a_less, const double *b,
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

/* Returns 0, or -1 when memory is short; free it either way. */
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

static struct sensitivity_interval boots_interval(struct boots *b, size_t number, double value)
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
    const double *v = counted_at(c, sample, point);
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

void counted_means(const struct counted *c, const size_t *picks, size_t points, double *means)
{
    for (size_t r = 0; r < c->data->replicates; r++) {
        double sum = 0;
        size_t n = 0;
        for (size_t i = 0; i < c->count; i++)
            for (size_t p = 0; p < points && c->good[c->samples[picks[i]] * c->data->replicates + r]; p++, n++)
                sum += counted_at(c, c->samples[picks[i]], p)[r];
        means[r] = n ? sum / (double)n : 0;
    }
}

int counted_decided(const struct counted *c, const size_t *picks, size_t points, double *decided)
{
    double *means = malloc((c->data->replicates + 1) * sizeof *means), square = 0;
    if (!means)
        return -1;
    counted_means(c, picks, points, means);
    for (size_t i = 0; i < c->count; i++)
        for (size_t p = 0; p < points; p++) {
            const double *v = counted_at(c, c->samples[picks[i]], p);
            square += counted_cross(c, c->samples[picks[i]], v, means, v, means);
        }
    *decided = square / ((double)(c->count * points) - 1);
    free(means);
    return 0;
}

double counted_luck(const struct counted *c, size_t sample, size_t points)
{
    double sum = 0;
    for (size_t p = 0; p < points && c->least == 2; p++)
        sum += luck_at(c, sample, p);
    return sum / (double)points;
}

double counted_share(const struct counted *c, double luck, double decided)
{
    return c->least == 2 ? luck / (luck + fmax(decided, 0)) : (double)NAN;
}

static void counted_tell(const struct counted *c, struct sensitivity_whole *whole)
{
    double sum = 0, square = 0;
    size_t n = 0;
    *whole = (struct sensitivity_whole){.samples = c->count, .noisy = c->least == 1};
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < c->count; i++)
            for (size_t k = 0; k < c->points * c->data->replicates; k++) {
                const size_t s = c->samples[i];
                const double v = counted_at(c, s, 0)[k];
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
static int sensitivity_varies(const struct sensitivity_whole *whole)
{
    return whole->sd > 1e-12 * fabs(whole->mean);
}

double counted_sum(const struct counted *c, const size_t *picks, size_t term)
{
    double sum = 0;
    for (size_t i = 0; i < c->count; i++)
        sum += c->terms[picks[i] * c->term_count + term];
    return sum;
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

int method_estimate(const struct method *method, const struct sensitivity_data *data, size_t use,
                    struct sensitivity_interval *all, struct sensitivity_whole *whole)
{
    static const struct sensitivity_interval none = {(double)NAN, (double)NAN, (double)NAN};
    const size_t last = method->numbers - 1;
    struct counted c;
    struct boots b = {0};
    double *value = malloc(method->numbers * sizeof *value);
    int status = counted_make(&c, data, method->points, use);
    if (!status && value)
        counted_tell(&c, whole);
    if (!value || status || boots_make(&b, method->numbers, c.count))
        status = -1;
    else if (c.count < 2 || !sensitivity_varies(whole))
        status = 1;
    else if (method->terms(&c) || boots_run(&b, &c, method->estimate, value))
        status = -1;
    for (size_t n = 0; n < last; n++)
        all[n] = status ? none : boots_interval(&b, n, value[n]);
    if (!status)
        whole->noise = boots_interval(&b, last, value[last]);
    boots_free(&b);
    counted_free(&c);
    free(value);
    return status;
}
