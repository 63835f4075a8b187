/* Memory on huge pages: aligned where it is large enough for them, and as long as was asked for. */
#include "../../sim/leaf/pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void sizes(void **state)
{
    (void)state;
    static const size_t bytes[] = {0, 1, 4097, 2 * PAGES_HUGE - 1, 2 * PAGES_HUGE, 2 * PAGES_HUGE + 1, 5 * PAGES_HUGE};
    for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
        char *memory = pages_new(bytes[i]);
        assert_non_null(memory);
        assert_true(bytes[i] < 2 * PAGES_HUGE || (uintptr_t)memory % PAGES_HUGE == 0);
        memset(memory, 7, bytes[i]);
        memory = realloc(memory, bytes[i] / 2 + 1); /* as of malloc() */
        assert_non_null(memory);
        assert_true(bytes[i] == 0 || memory[bytes[i] / 2 - (bytes[i] > 1)] == 7);
        free(memory);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sizes)};
    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
