/* Faults are counted, kept up to a bound, and printed one line each. */
#include "../../sim/leaf/fault.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *printed(const struct faults *faults)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    faults_print(faults, out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void the_first_error_decides_the_status(void **state)
{
    struct faults faults = {0};
    (void)state;
    fault_warn(&faults, "a.ini", 3, "odd %d", 7);
    assert_int_equal(faults.status, STATUS_OK);
    assert_int_equal(faults.errors, 0);
    assert_int_equal(fault_add(&faults, STATUS_BAD_INPUT, "a.ini", 14, "bad"), STATUS_BAD_INPUT);
    assert_int_equal(fault_add(&faults, STATUS_FAILED, NULL, 0, "worse"), STATUS_FAILED);
    assert_int_equal(faults.status, STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, 2);
    char *text = printed(&faults);
    assert_string_equal(text, "ebb: a.ini:3: warning: odd 7\nebb: a.ini:14: bad\nebb: worse\n");
    free(text);
    faults_free(&faults);
    assert_int_equal(faults.count, 0);
    assert_null(faults.list);
}

static void a_flood_is_counted_not_kept(void **state)
{
    struct faults faults = {0};
    (void)state;
    for (int i = 0; i < FAULTS_KEPT; i++)
        fault_warn(&faults, NULL, 0, "warning %d", i);
    assert_int_equal(faults.count, FAULTS_KEPT / 2);
    for (int i = 0; i < 1000; i++)
        fault_add(&faults, STATUS_FAILED, NULL, 0, "error %d", i);
    assert_int_equal(faults.count, FAULTS_KEPT);
    assert_int_equal(faults.errors, 1000);
    assert_int_equal(faults.unkept, FAULTS_KEPT / 2 + 1000 - FAULTS_KEPT / 2);
    char *text = printed(&faults);
    assert_non_null(strstr(text, "error 99\n"));
    assert_null(strstr(text, "error 100\n"));
    assert_non_null(strstr(text, "ebb: and 1000 more\n"));
    free(text);
    faults_free(&faults);
}

static void hostile_bytes_are_shown_as_numbers(void **state)
{
    struct faults faults = {0};
    (void)state;
    fault_add(&faults, STATUS_USAGE, "\033]0;x\a.ini", 1, "%s", "two\nlines\x80");
    char *text = printed(&faults);
    assert_string_equal(text, "ebb: \\x1B]0;x\\x07.ini:1: two\\x0Alines\\x80\n");
    free(text);
    faults_free(&faults);
}

static void nobody_needs_to_listen(void **state)
{
    (void)state;
    assert_int_equal(fault_add(NULL, STATUS_FAILED, "a", 1, "%s", "b"), STATUS_FAILED);
    fault_warn(NULL, "a", 1, "%s", "b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_error_decides_the_status),
        cmocka_unit_test(a_flood_is_counted_not_kept),
        cmocka_unit_test(hostile_bytes_are_shown_as_numbers),
        cmocka_unit_test(nobody_needs_to_listen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
