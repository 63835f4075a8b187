/* The order in which a sweep visits its points. */
#include "../../sim/store/sweep.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void every_point_has_its_turn(void **state)
{
    (void)state;
    for (int64_t points = 1; points <= 400; points++) {
        unsigned char seen[400] = {0};
        const int64_t stride = sweep_stride(points);
        for (int64_t turn = 0; turn < points; turn++) {
            const int64_t point = sweep_order(turn, stride, points);
            assert_in_range(point, 0, points - 1);
            if (seen[point]++)
                fail_msg("%d points: point %d comes twice", (int)points, (int)point);
        }
    }
}

/* Three gaps theorem: steps of the golden section itself leave no gap wider than about 2.6 times the mean one; a whole step
 * without a common divisor comes near. */
static void a_cut_sweep_is_balanced(void **state)
{
    static const int64_t sizes[] = {97, 100, 360, 1000, 4096};
    (void)state;
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        const int64_t stride = sweep_stride(sizes[s]);
        for (int64_t turns = 8; turns * 4 <= sizes[s]; turns *= 2) {
            unsigned char *seen = calloc((size_t)sizes[s] + 1, 1);
            int64_t widest = 0, last = -1;
            assert_non_null(seen);
            for (int64_t turn = 0; turn < turns; turn++)
                seen[sweep_order(turn, stride, sizes[s])] = 1;
            seen[sizes[s]] = 1; /* round the end to the first point, which is always there */
            for (int64_t point = 0; point <= sizes[s]; point++)
                if (seen[point]) {
                    widest = last >= 0 && point - last > widest ? point - last : widest;
                    last = point;
                }
            free(seen);
            if (widest * turns > 4 * sizes[s])
                fail_msg("%d of %d points leave %d in a row unvisited", (int)turns, (int)sizes[s], (int)widest);
        }
    }
}

static void ten_million_points_do_not_overflow(void **state)
{
    (void)state;
    const int64_t points = 10000000, stride = sweep_stride(points), last = sweep_order(points - 1, stride, points);
    assert_in_range(last, 1, points - 1);
    assert_int_equal(sweep_order(0, stride, points), 0);
    assert_int_equal((last + stride) % points, 0); /* one more step closes the circle */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_point_has_its_turn),
        cmocka_unit_test(a_cut_sweep_is_balanced),
        cmocka_unit_test(ten_million_points_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
