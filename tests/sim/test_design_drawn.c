/* Designs that are drawn. Their properties are exact (a stratum each, a net, a step each), so nothing here fails by
 * chance. */
#include "farm.h"

static void make_drawn(const char *kind, const char *points, struct design *design)
{
    give("design", kind);
    give("points", points);
    if (make(design) != STATUS_OK)
        fail_msg("%s: %s", kind, faults.list[0].text);
}

static void latin_hypercube_has_a_point_a_stratum(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=log 0.01:100"), STATUS_OK);
    make_drawn("lhs", "97", &design);
    for (size_t a = 0; a < 2; a++) {
        int seen[97] = {0};
        for (int64_t p = 0; p < 97; p++)
            seen[(int)(design_unit(&design, p, a) * 97)]++;
        for (int i = 0; i < 97; i++)
            assert_int_equal(seen[i], 1);
    }
    for (int64_t p = 0; p < 97; p++)
        assert_near(log10(design_value(&design, p, 1)), -2 + 4 * design_unit(&design, p, 1), 1e-12);
    design_free(&design);
}

/* The first 2^m points of Sobol's sequence in two dimensions: one in each of 2^m cells of every elementary shape, by
 * construction a (0, m, 2)-net (Sobol 1967); the digital shift keeps it. */
static void sobol_is_a_net(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=0:1"), STATUS_OK);
    make_drawn("sobol", "64", &design);
    for (int high = 1; high <= 64; high *= 2) {
        int seen[64] = {0};
        for (int64_t p = 0; p < 64; p++)
            seen[(int)(design_unit(&design, p, 0) * high) * (64 / high) +
                 (int)(design_unit(&design, p, 1) * (64 / high))]++;
        for (int i = 0; i < 64; i++)
            assert_int_equal(seen[i], 1);
    }
    design_free(&design);
}

static void longer_designs_begin_with_shorter_ones(void **state)
{
    static const char *const kinds[] = {"random", "sobol", "morris", "saltelli"};
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=0:1"), STATUS_OK);
    for (size_t k = 0; k < 4; k++) {
        struct design few, many;
        make_drawn(kinds[k], "9", &few);
        make_drawn(kinds[k], "23", &many);
        for (int64_t p = 0; p < few.points; p++)
            for (size_t a = 0; a < 2; a++)
                assert_near(design_unit(&few, p, a), design_unit(&many, p, a), 0);
        design_free(&few);
        design_free(&many);
    }
}

static void seeds_make_other_designs(void **state)
{
    static const char *const kinds[] = {"random", "lhs", "sobol", "morris", "saltelli"};
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=0:1"), STATUS_OK);
    for (size_t k = 0; k < 5; k++) {
        struct design one, other;
        int64_t same = 0;
        make_drawn(kinds[k], "16", &one);
        assert_int_equal(design_of_set(set, fixed, NULL, 2386, &other, &faults), STATUS_OK);
        for (int64_t p = 0; p < one.points; p++)
            same += design_unit(&one, p, 0) == design_unit(&other, p, 0);
        if (same == one.points)
            fail_msg("%s does not depend on the seed", kinds[k]);
        design_free(&one);
        design_free(&other);
    }
}

static void morris_moves_one_axis_a_step(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=5:7"), STATUS_OK);
    assert_int_equal(vary("farm.cows=1:100"), STATUS_OK);
    give("levels", "6");
    make_drawn("morris", "50", &design);
    assert_int_equal(design.points, 200);
    int up = 0;
    for (int64_t t = 0; t < 50; t++) {
        int moved[3] = {0};
        for (int64_t p = 4 * t; p < 4 * t + 3; p++)
            for (size_t a = 0; a < 3; a++) {
                const double step = design_unit(&design, p + 1, a) - design_unit(&design, p, a);
                moved[a] += step != 0;
                up += step > 0;
                if (step != 0)
                    assert_near(fabs(step), 0.6, 1e-12); /* 6 / (2 * 5) */
            }
        for (size_t a = 0; a < 3; a++)
            assert_int_equal(moved[a], 1);
    }
    assert_in_range(up, 20, 130); /* of 150; a fixed seed */
    for (int64_t p = 0; p < design.points; p++) {
        assert_near(design_value(&design, p, 1), 5 + 2 * design_unit(&design, p, 1), 1e-12);
        assert_in_range((uintmax_t)design_value(&design, p, 2), 1, 100);
    }
    design_free(&design);
    give("levels", "5");
    assert_int_equal(make(&design), STATUS_BAD_INPUT);
    assert_non_null(strstr(faults.list[0].text, "needs an even number"));
}

static void saltelli_swaps_one_axis(void **state)
{
    struct design design;
    (void)state;
    assert_int_equal(vary("farm.rain=0:1"), STATUS_OK);
    assert_int_equal(vary("farm.any=5:7"), STATUS_OK);
    make_drawn("saltelli", "32", &design);
    assert_int_equal(design.points, 32 * 4);
    for (int64_t s = 0; s < 128; s += 4)
        for (size_t i = 0; i < 2; i++)
            for (size_t a = 0; a < 2; a++)
                assert_near(design_unit(&design, s + 2 + (int64_t)i, a), design_unit(&design, s + (a == i), a), 0);
    design_free(&design);
}

/* Whole numbers and levels are drawn equally often: exactly so from a Latin hypercube of a multiple of their number. */
static void whole_numbers_are_drawn_alike(void **state)
{
    struct design design;
    int cows[6] = {0}, crops[3] = {0};
    (void)state;
    assert_int_equal(vary("farm.cows=5:9"), STATUS_OK);
    assert_int_equal(vary("farm.crop=all"), STATUS_OK);
    make_drawn("lhs", "60", &design);
    for (int64_t p = 0; p < 60; p++) {
        cows[(int)design_value(&design, p, 0) - 5]++;
        crops[(int)design_value(&design, p, 1)]++;
    }
    for (int i = 0; i < 5; i++)
        assert_int_equal(cows[i], 12);
    for (int i = 0; i < 3; i++)
        assert_int_equal(crops[i], 20);
    design_free(&design);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(latin_hypercube_has_a_point_a_stratum),  CASE(sobol_is_a_net),
        CASE(longer_designs_begin_with_shorter_ones), CASE(seeds_make_other_designs),
        CASE(morris_moves_one_axis_a_step),           CASE(saltelli_swaps_one_axis),
        CASE(whole_numbers_are_drawn_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
