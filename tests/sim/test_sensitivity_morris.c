/* Morris screening of a polynomial whose elementary effects can be worked out by hand. */
#include "known.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effects_by_hand),
        cmocka_unit_test(luck_is_no_effect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
