#include "../../sim/leaf/number.h"
#include "../../sim/leaf/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void same_as_printf(double value)
{
    char fast[NUMBER_SIZE], slow[64];
    const size_t n = number_write(fast, value);
    snprintf(slow, sizeof slow, "%.9g", value);
    assert_string_equal(fast, slow);
    assert_int_equal(n, strlen(slow));
}

static void odd_values(void **state)
{
    (void)state;
    static const double values[] = {0,
                                    -0.0,
                                    1,
                                    -1,
                                    0.1,
                                    0.5,
                                    2.385,
                                    1.0 / 3,
                                    2.0 / 3,
                                    999999999,
                                    999999999.4,
                                    999999999.5,
                                    1e9,
                                    1e15,
                                    9.99999999,
                                    9.999999995,
                                    0.999999999,
                                    0.9999999995,
                                    0.0001,
                                    0.00012345,
                                    9.9999e-5,
                                    1e-300,
                                    5e-324,
                                    1.7e308,
                                    123456789.5,
                                    123456788.5,
                                    0.1000000005,
                                    1e22,
                                    100,
                                    1200,
                                    100.25,
                                    -0.000123456789012,
                                    12345678.95,
                                    99999999.95};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        same_as_printf(values[i]);
        same_as_printf(-values[i]);
        same_as_printf(nextafter(values[i], INFINITY));
        same_as_printf(nextafter(values[i], -INFINITY));
    }
}

static void a_million_values(void **state)
{
    (void)state;
    struct rng_reader reader;
    rng_reader_start(&reader, (struct rng_key){.seed = 11, .stream = STREAM_TEST});
    for (int i = 0; i < 1000000; i++) {
        const double unit = ((double)rng_next(&reader) + 0.5) * 0x1p-32;
        const int shift = (int)rng_below(&reader, 60) - 20;
        same_as_printf(ldexp(unit, shift));
        /* Decimal fractions of few digits: where ties of rounding live. */
        same_as_printf((double)rng_next(&reader) / 2000.0);
    }
}

static void missing_and_whole(void **state)
{
    (void)state;
    char text[NUMBER_SIZE];
    assert_int_equal(number_write(text, (double)NAN), 2);
    assert_string_equal(text, "NA");
    number_write_integer(text, INT64_MIN);
    assert_string_equal(text, "-9223372036854775808");
    number_write_integer(text, INT64_MAX);
    assert_string_equal(text, "9223372036854775807");
    number_write_integer(text, 0);
    assert_string_equal(text, "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_values),
        cmocka_unit_test(a_million_values),
        cmocka_unit_test(missing_and_whole),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
