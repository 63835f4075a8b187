/* Sensitivity against functions whose indices are known in closed form: Ishigami and Homma 1990, Sobol's g (Saltelli and
 * Sobol 1995); against the Bass model, whose indices are integrals of its closed form; and for Morris a polynomial
 * whose elementary effects can be worked out by hand.
 *
 * False alarms: the replicate is a whole data set. A mean of SETS estimates is held to its own standard error times the t
 * quantile of FALSE_ALARM; with fewer than fifty such comparisons the file's budget is 5e-6. Rates of intervals are held to
 * binomial quantiles of the same. Seeds are fixed. */
#include "../../sim/config/config.h"
#include "../../sim/design/design.h"
#include "../../sim/engine/engine.h"
#include "../../sim/leaf/rng.h"
#include "../../sim/leaf/sensitivity.h"
#include "../../sim/leaf/stats.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../near.h"

#define FALSE_ALARM 1e-7
#define SETS 50
#define AXES_MAX 6

typedef double (*function)(const double *unit);

static double ishigami(const double *unit)
{
    const double pi = acos(-1), x = pi * (2 * unit[0] - 1), y = pi * (2 * unit[1] - 1), z = pi * (2 * unit[2] - 1);
    return sin(x) + 7 * sin(y) * sin(y) + 0.1 * z * z * z * z * sin(x);
}
/* Its variances (a = 7, b = .1): V1 = (1 + b π⁴/5)²/2, V2 = a²/8, V13 = b²π⁸ 8/225. */
static void ishigami_known(double *first, double *total, double *variance)
{
    const double pi = acos(-1), v1 = pow(1 + 0.1 * pow(pi, 4) / 5, 2) / 2, v2 = 49.0 / 8,
                 v13 = 0.01 * pow(pi, 8) * 8 / 225, v = v1 + v2 + v13;
    const double f[] = {v1 / v, v2 / v, 0}, t[] = {(v1 + v13) / v, v2 / v, v13 / v};
    memcpy(first, f, sizeof f);
    memcpy(total, t, sizeof t);
    *variance = v;
}

static const double g_a[AXES_MAX] = {0, 1, 4.5, 9, 99, 99};
static double sobol_g(const double *unit)
{
    double product = 1;
    for (size_t i = 0; i < AXES_MAX; i++)
        product *= (fabs(4 * unit[i] - 2) + g_a[i]) / (1 + g_a[i]);
    return product;
}
static void g_known(double *first, double *total, double *variance)
{
    double all = 1;
    for (size_t i = 0; i < AXES_MAX; i++)
        all *= 1 + 1 / (3 * (1 + g_a[i]) * (1 + g_a[i]));
    for (size_t i = 0; i < AXES_MAX; i++) {
        const double v = 1 / (3 * (1 + g_a[i]) * (1 + g_a[i]));
        first[i] = v / (all - 1);
        total[i] = v * all / (1 + v) / (all - 1);
    }
    *variance = all - 1;
}

/* How runs differ from the function: each has its own error, and each replicate one for all points. */
struct noise {
    size_t replicates;
    double own, shared;
    double missing; /* chance that a run is */
};

static struct sensitivity_data saltelli(function f, size_t axes, size_t samples, const struct noise *noise,
                                        unsigned long seed)
{
    gsl_rng *r = gsl_rng_alloc(rng_philox);
    gsl_rng_set(r, seed);
    const size_t points = axes + 2;
    double *values = malloc(samples * points * noise->replicates * sizeof *values), luck[16];
    for (size_t k = 0; k < noise->replicates; k++)
        luck[k] = gsl_ran_gaussian(r, noise->shared);
    for (size_t s = 0; s < samples; s++) {
        double a[AXES_MAX], b[AXES_MAX];
        for (size_t i = 0; i < axes; i++) {
            a[i] = gsl_rng_uniform(r);
            b[i] = gsl_rng_uniform(r);
        }
        for (size_t p = 0; p < points; p++) {
            double x[AXES_MAX];
            memcpy(x, p == 1 ? b : a, sizeof x);
            if (p >= 2)
                x[p - 2] = b[p - 2];
            const double y = f(x);
            for (size_t k = 0; k < noise->replicates; k++)
                values[(s * points + p) * noise->replicates + k] = gsl_rng_uniform(r) < noise->missing
                                                                       ? (double)NAN
                                                                       : y + luck[k] + gsl_ran_gaussian(r, noise->own);
        }
    }
    gsl_rng_free(r);
    return (struct sensitivity_data){
        .samples = samples, .axes = axes, .replicates = noise->replicates, .values = values, .seed = seed};
}

/* Whether a mean over data sets is where theory has it, as far as chance goes. */
static int is_at(double *estimates, double known, const char *what, size_t axis)
{
    const struct stats s = stats_of(estimates, SETS);
    const double t = fabs(s.mean - known) / (s.sd / sqrt((double)s.n) + 1e-12);
    const int at = t < gsl_cdf_tdist_Qinv(FALSE_ALARM / 2, (double)s.n - 1);
    if (!at)
        print_message("%s of axis %zu: mean %.6f, known %.6f, %.1f standard errors\n", what, axis, s.mean, known, t);
    return at;
}

struct known {
    double first[AXES_MAX], total[AXES_MAX], variance;
};

/* Means of SETS data sets against what is known; how many of 2 x axes + 1 are off. */
static int off(function f, const struct known *known, size_t axes, size_t samples, const struct noise *noise,
               double share_of_noise, int sabotage)
{
    static double first[AXES_MAX][SETS], total[AXES_MAX][SETS], share[SETS];
    int wrong = 0;
    for (size_t set = 0; set < SETS; set++) {
        struct sensitivity_data data = saltelli(f, axes, samples, noise, 2385 + set);
        struct sensitivity_sobol results[AXES_MAX];
        struct sensitivity_whole whole;
        double *values = (double *)data.values;
        for (size_t s = 0; sabotage && s < samples; s++) /* A and B mistaken for each other */
            for (size_t k = 0; k < data.replicates; k++) {
                double *a = &values[s * (axes + 2) * data.replicates + k], *b = a + data.replicates, keep = *a;
                *a = *b;
                *b = keep;
            }
        assert_int_equal(sensitivity_of_sobol(&data, 0, results, &whole), 0);
        for (size_t i = 0; i < axes; i++) {
            first[i][set] = results[i].first.value;
            total[i][set] = results[i].total.value;
        }
        share[set] = whole.noise.value;
        free(values);
    }
    for (size_t i = 0; i < axes; i++) {
        wrong += !is_at(first[i], known->first[i], "first", i);
        wrong += !is_at(total[i], known->total[i], "total", i);
    }
    if (share_of_noise > 0)
        wrong += !is_at(share, share_of_noise, "luck", 0);
    return wrong;
}

static void ishigami_indices(void **state)
{
    (void)state;
    struct known known;
    ishigami_known(known.first, known.total, &known.variance);
    assert_int_equal(off(ishigami, &known, 3, 500, &(struct noise){.replicates = 1}, 0, 0), 0);
    assert_true(off(ishigami, &known, 3, 500, &(struct noise){.replicates = 1}, 0, 1) > 2);
}

static void g_indices(void **state)
{
    (void)state;
    struct known known;
    g_known(known.first, known.total, &known.variance);
    assert_int_equal(off(sobol_g, &known, 6, 500, &(struct noise){.replicates = 1}, 0, 0), 0);
}

/* Luck as large as the function, shared by all points in part, moves no index; one replicate cannot tell it apart. */
static void luck_moves_nothing(void **state)
{
    (void)state;
    struct known known;
    ishigami_known(known.first, known.total, &known.variance);
    const double own = 3, share = own * own / (own * own + known.variance);
    const struct noise three = {.replicates = 3, .own = own}, one = {.replicates = 1, .own = own};
    const struct noise shared = {.replicates = 3, .own = 1, .shared = own};
    assert_int_equal(off(ishigami, &known, 3, 500, &three, share, 0), 0);
    assert_int_equal(off(ishigami, &known, 3, 500, &shared, 0, 0), 0);
    assert_true(off(ishigami, &known, 3, 500, &one, 0, 0) > 2);
}

/* A set cut off or with runs that failed tells the same. */
static void missing_runs(void **state)
{
    (void)state;
    struct known known;
    ishigami_known(known.first, known.total, &known.variance);
    const struct noise noise = {.replicates = 4, .own = 1, .missing = 0.05};
    assert_int_equal(off(ishigami, &known, 3, 400, &noise, 1 / (1 + known.variance), 0), 0);
}

static void too_few(void **state)
{
    (void)state;
    struct sensitivity_data data = saltelli(ishigami, 3, 9, &(struct noise){.replicates = 2, .own = 1}, 7);
    struct sensitivity_sobol results[3];
    struct sensitivity_whole whole;
    double *values = (double *)data.values;
    for (size_t i = 10; i < 9 * 5 * 2; i++) /* all but the first sample */
        values[i] = (double)NAN;
    assert_int_equal(sensitivity_of_sobol(&data, 0, results, &whole), 1);
    assert_int_equal(whole.samples, 1);
    assert_true(isnan(results[0].total.value) && isnan(results[2].first.lo));
    values[0] = (double)NAN; /* and now one replicate of it */
    assert_int_equal(sensitivity_of_sobol(&data, 0, results, &whole), 1);
    for (size_t i = 0; i < 9 * 5 * 2; i++)
        values[i] = 2.385;
    assert_int_equal(sensitivity_of_sobol(&data, 0, results, &whole), 1);
    assert_int_equal(whole.samples, 9);
    free(values);
}

/* Second replicates of a few samples are not enough to leave the others out. */
static void one_replicate_of_most(void **state)
{
    (void)state;
    struct sensitivity_data data = saltelli(ishigami, 3, 100, &(struct noise){.replicates = 2, .own = 1}, 7);
    struct sensitivity_sobol results[3];
    struct sensitivity_whole whole;
    double *values = (double *)data.values;
    for (size_t s = 30; s < 100; s++)
        for (size_t p = 0; p < 5; p++)
            values[(s * 5 + p) * 2 + 1] = (double)NAN;
    assert_int_equal(sensitivity_of_sobol(&data, 0, results, &whole), 0);
    assert_int_equal(whole.samples, 100);
    assert_true(whole.noisy && isnan(whole.noise.value));
    assert_int_equal(sensitivity_of_sobol(&data, 40, results, &whole), 0);
    assert_int_equal(whole.samples, 30);
    assert_false(whole.noisy);
    free(values);
}

/* 95 % intervals of SETS x 5 data sets hold the known value 91 times in 100 or more often (bootstrap quantiles of a few
 * hundred samples reach a little less than they say); an axis without effect is taken for one in at most 5 of 100, one-sided
 * 2.5 expected. */
static void intervals(void **state)
{
    (void)state;
    enum { MANY = 5 * SETS };
    struct known known;
    ishigami_known(known.first, known.total, &known.variance);
    unsigned held = 0, alarms = 0;
    for (unsigned long set = 0; set < MANY; set++) {
        struct sensitivity_data data = saltelli(ishigami, 3, 200, &(struct noise){.replicates = 2, .own = 2}, 77 + set);
        struct sensitivity_sobol results[3];
        struct sensitivity_whole whole;
        assert_int_equal(sensitivity_of_sobol(&data, 0, results, &whole), 0);
        held += results[1].total.lo <= known.total[1] && known.total[1] <= results[1].total.hi;
        alarms += results[2].first.lo > 0;
        free((double *)data.values);
    }
    print_message("intervals hold %u of %d, false alarms %u\n", held, MANY, alarms);
    assert_true(gsl_cdf_binomial_P(held, 0.91, MANY) > FALSE_ALARM);
    assert_true(gsl_cdf_binomial_Q(alarms, 0.05, MANY) > FALSE_ALARM);
}

/* y = 2 x₀ − 3 x₁ + 5 x₂ x₃: effects 2 and −3 everywhere; of x₂ 5 x₃, so mean and deviation are those of 5 x₃; none of
 * x₄. */
static double polynomial(const double *x)
{
    return 2 * x[0] - 3 * x[1] + 5 * x[2] * x[3];
}

static struct sensitivity_data morris(size_t trajectories, const struct noise *noise, unsigned long seed, double **unit)
{
    enum { AXES = 5, LEVELS = 4 };
    const double step = 2.0 / 3;
    gsl_rng *r = gsl_rng_alloc(rng_philox);
    gsl_rng_set(r, seed);
    double *values = malloc(trajectories * (AXES + 1) * noise->replicates * sizeof *values);
    *unit = malloc(trajectories * (AXES + 1) * AXES * sizeof **unit);
    for (size_t t = 0; t < trajectories; t++) {
        double x[AXES];
        size_t order[AXES] = {0, 1, 2, 3, 4};
        gsl_ran_shuffle(r, order, AXES, sizeof order[0]);
        for (size_t i = 0; i < AXES; i++)
            x[i] = (double)gsl_rng_uniform_int(r, LEVELS) / (LEVELS - 1);
        for (size_t p = 0; p <= AXES; p++) {
            if (p > 0)
                x[order[p - 1]] += x[order[p - 1]] < 0.5 ? step : -step;
            memcpy(*unit + (t * (AXES + 1) + p) * AXES, x, sizeof x);
            for (size_t k = 0; k < noise->replicates; k++)
                values[(t * (AXES + 1) + p) * noise->replicates + k] = gsl_rng_uniform(r) < noise->missing
                                                                           ? (double)NAN
                                                                           : polynomial(x) +
                                                                                 gsl_ran_gaussian(r, noise->own);
        }
    }
    gsl_rng_free(r);
    return (struct sensitivity_data){.samples = trajectories,
                                     .axes = AXES,
                                     .replicates = noise->replicates,
                                     .values = values,
                                     .unit = *unit,
                                     .seed = seed};
}

static void effects_by_hand(void **state)
{
    (void)state;
    double *unit, star[SETS], square[SETS];
    for (unsigned long set = 0; set < SETS; set++) {
        struct sensitivity_data data = morris(20, &(struct noise){.replicates = 1}, 91 + set, &unit);
        struct sensitivity_morris results[5];
        struct sensitivity_whole whole;
        assert_int_equal(sensitivity_of_morris(&data, 0, results, &whole), 0);
        assert_near(results[0].mu.value, 2, 1e-9);
        assert_near(results[0].mu_star.value, 2, 1e-9);
        assert_near(results[1].mu.value, -3, 1e-9);
        assert_near(results[1].mu_star.lo, 3, 1e-9);
        assert_near(results[1].sigma.value, 0, 1e-6);
        assert_near(results[4].mu_star.hi, 0, 1e-9);
        star[set] = results[2].mu_star.value;
        square[set] = results[2].square.value;
        free((double *)data.values);
        free(unit);
    }
    /* x₃ at the four levels 0, 1/3, 2/3, 1, equally often */
    assert_true(is_at(star, 5 * 0.5, "mean effect", 2));
    assert_true(is_at(square, 25 * (0 + 1.0 / 9 + 4.0 / 9 + 1) / 4, "mean square effect", 2));
}

/* Luck makes μ* of an idle axis large; its mean square effect stays at zero, and is taken for an effect in at most 5 of
 * 100. */
static void luck_is_no_effect(void **state)
{
    (void)state;
    enum { MANY = 5 * SETS };
    double *unit, square[MANY], moved[MANY];
    unsigned alarms = 0;
    for (unsigned long set = 0; set < MANY; set++) {
        const struct noise noise = {.replicates = 3, .own = 2, .missing = 0.02};
        struct sensitivity_data data = morris(40, &noise, 191 + set, &unit);
        struct sensitivity_morris results[5];
        struct sensitivity_whole whole;
        assert_int_equal(sensitivity_of_morris(&data, 0, results, &whole), 0);
        square[set] = results[4].square.value;
        moved[set] = results[1].square.value;
        alarms += results[4].square.lo > 0;
        assert_true(results[4].mu_star.value > 0.5);
        free((double *)data.values);
        free(unit);
    }
    assert_true(is_at(square, 0, "mean square effect", 4));
    assert_true(is_at(moved, 9, "mean square effect", 1));
    assert_true(gsl_cdf_binomial_Q(alarms, 0.05, MANY) > FALSE_ALARM);
}

/* --- Bass, well mixed: the share of adopters has a closed form, and its indices are integrals of that. --- */

#define YEARS 3
static const double bass_from[2] = {0.01, 0.1}, bass_to[2] = {0.1, 0.9}; /* p, q */

/* Bass 1969, eqn 7 integrated. */
static double bass_share(double p, double q)
{
    const double e = exp(-(p + q) * YEARS);
    return (1 - e) / (1 + q / p * e);
}

/* First and total indices by Gauss-Legendre quadrature, exact to ten digits and more here. */
static void bass_known(double first[2], double total[2])
{
    enum { N = 40 };
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(N);
    double mean = 0, square = 0, by[2] = {0, 0}, at[2][N], weight[N], point[N];
    memset(at, 0, sizeof at);
    for (size_t i = 0; i < N; i++)
        gsl_integration_glfixed_point(0, 1, i, &point[i], &weight[i], table);
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < N; k++) {
            const double f = bass_share(bass_from[0] + point[i] * (bass_to[0] - bass_from[0]),
                                        bass_from[1] + point[k] * (bass_to[1] - bass_from[1]));
            mean += weight[i] * weight[k] * f;
            square += weight[i] * weight[k] * f * f;
            at[0][i] += weight[k] * f;
            at[1][k] += weight[i] * f;
        }
    const double variance = square - mean * mean;
    for (size_t i = 0; i < N; i++)
        for (size_t a = 0; a < 2; a++)
            by[a] += weight[i] * at[a][i] * at[a][i];
    for (size_t a = 0; a < 2; a++)
        first[a] = (by[a] - mean * mean) / variance;
    for (size_t a = 0; a < 2; a++)
        total[a] = 1 - first[1 - a];
    gsl_integration_glfixed_table_free(table);
}

struct collecting {
    double *values; /* of the point's replicates */
    size_t column;
};

static enum status collect(void *self, const struct engine_run *run, struct faults *faults)
{
    const struct collecting *c = self;
    (void)faults;
    assert_int_equal(run->outcome, ENGINE_DONE);
    c->values[run->replicate] = run->rows[c->column]; /* the end alone is kept, behind the start */
    return STATUS_OK;
}

/* Runs of the model at the points of a design, as a sweep makes them. */
static void bass_run(const struct config *config, const struct design *design, size_t replicates, double *values)
{
    struct collecting c = {0};
    while (strcmp(config->model->columns[c.column].name, "adopters") != 0)
        c.column++;
    c.column += config->model->column_count;
    for (int64_t p = 0; p < design->points; p++) {
        struct param_set *set = param_set_copy(config->set);
        struct engine_tally tally;
        c.values = values + (size_t)p * replicates;
        assert_int_equal(design_apply(design, p, set, NULL), STATUS_OK);
        const struct engine_plan plan = {.model = config->model,
                                         .set = set,
                                         .input = &config->input,
                                         .seed = config->run->seed,
                                         .replicates = (int64_t)replicates,
                                         .weeks = config->run->weeks,
                                         .every = config->run->weeks,
                                         .threads = 1,
                                         .self = &c,
                                         .take = collect};
        assert_int_equal(engine_run_all(&plan, &tally, NULL), STATUS_OK);
        param_set_free(set);
    }
}

static void bass_indices(void **state)
{
    (void)state;
    enum { REPLICATES = 2, SAMPLES = 64 };
    static double first[2][SETS], total[2][SETS];
    double known_first[2], known_total[2];
    bass_known(known_first, known_total);
    for (int set = 0; set < SETS; set++) {
        char seed[32];
        snprintf(seed, sizeof seed, "run.seed=%d", 100 + set);
        const char *const sets[] = {"run.model=bass",        "run.weeks=3y",    "bass.people=1000",
                                    "sweep.design=saltelli", "sweep.points=64", seed};
        struct config config;
        struct design design;
        assert_int_equal(config_load(NULL, sets, 6, &config, NULL), STATUS_OK);
        assert_int_equal(design_vary_set(config.set, "bass.p=0.01:0.1", NULL), STATUS_OK);
        assert_int_equal(design_vary_set(config.set, "bass.q=0.1:0.9", NULL), STATUS_OK);
        assert_int_equal(design_of_set(config.set, config_engine_groups, NULL, config.run->seed, &design, NULL),
                         STATUS_OK);
        assert_int_equal(design.points, 4 * SAMPLES);
        double *values = malloc((size_t)design.points * REPLICATES * sizeof *values);
        bass_run(&config, &design, REPLICATES, values);
        const struct sensitivity_data data = {
            .samples = SAMPLES, .axes = 2, .replicates = REPLICATES, .values = values, .seed = 1};
        struct sensitivity_sobol results[2];
        struct sensitivity_whole whole;
        assert_int_equal(sensitivity_of_sobol(&data, 0, results, &whole), 0);
        for (size_t a = 0; a < 2; a++) {
            first[a][set] = results[a].first.value;
            total[a][set] = results[a].total.value;
        }
        free(values);
        design_free(&design);
        config_free(&config);
    }
    for (size_t a = 0; a < 2; a++) {
        assert_true(is_at(first[a], known_first[a], "first", a));
        assert_true(is_at(total[a], known_total[a], "total", a));
        assert_false(is_at(first[a], known_first[1 - a], "(sabotage) first", a));
    }
}

static void how_many_more(void **state)
{
    (void)state;
    assert_near(sensitivity_more(&(struct sensitivity_interval){0.5, 0.25, 1}), 1, 0);
    /* Half of the width must shrink from .3 to .1: nine times as many. */
    assert_near(sensitivity_more(&(struct sensitivity_interval){0.1, -0.2, 0.4}), 9, 1e-9);
    assert_true(isinf(sensitivity_more(&(struct sensitivity_interval){-0.1, -0.2, 0.4})));
    assert_true(isinf(sensitivity_more(&(struct sensitivity_interval){(double)NAN, (double)NAN, (double)NAN})));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigami_indices), cmocka_unit_test(g_indices),       cmocka_unit_test(luck_moves_nothing),
        cmocka_unit_test(missing_runs),     cmocka_unit_test(too_few),         cmocka_unit_test(one_replicate_of_most),
        cmocka_unit_test(intervals),        cmocka_unit_test(effects_by_hand), cmocka_unit_test(luck_is_no_effect),
        cmocka_unit_test(bass_indices),     cmocka_unit_test(how_many_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
