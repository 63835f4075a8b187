/* Sobol indices of the Bass model, well mixed: the share of adopters has a closed form, and its indices are integrals of
 * that. */
#include "../../sim/config/config.h"
#include "../../sim/design/design.h"
#include "../../sim/engine/engine.h"
#include "known.h"

#include <gsl/gsl_integration.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bass_indices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
