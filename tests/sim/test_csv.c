/* The table reader: what it takes, what it refuses, and in which line. */
#include "../../sim/leaf/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct csv_table read_text(const char *text, size_t size, char delimiter)
{
    struct csv_table table;
    struct faults faults = {0};
    enum status status = csv_table_parse("t.csv", text, size, delimiter, &table, &faults);
    if (status)
        faults_print(&faults, stderr);
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(faults.count, 0);
    return table;
}
#define READ(text, delimiter) read_text(text, sizeof(text) - 1, delimiter)

static void expect_cell(const struct csv_table *table, size_t row, size_t column, const char *want)
{
    assert_string_equal(csv_table_field(table, row, column), want);
}

/* The first fault's line and a part of its sentence; all faults' number. */
static void refuse(const char *text, size_t size, int line, const char *part, size_t errors)
{
    struct csv_table table;
    struct faults faults = {0};
    assert_int_equal(csv_table_parse("t.csv", text, size, 0, &table, &faults), STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, errors);
    assert_string_equal(faults.list[0].file, "t.csv");
    if (!strstr(faults.list[0].text, part))
        fail_msg("\"%s\" is not in \"%s\"", part, faults.list[0].text);
    assert_int_equal(faults.list[0].line, line);
    assert_null(table.text);
    assert_null(table.name);
    faults_free(&faults);
}
#define REFUSE(text, line, part, errors) refuse(text, sizeof(text) - 1, line, part, errors)

static void takes_a_plain_table(void **state)
{
    (void)state;
    struct csv_table t = READ("id,unit\n7,north\n9,\n", 0);
    assert_int_equal(t.rows, 2);
    assert_int_equal(t.columns, 2);
    assert_int_equal(csv_table_find(&t, "unit"), 1);
    assert_int_equal(csv_table_find(&t, "Unit"), -1);
    assert_string_equal(csv_table_header(&t, 0), "id");
    expect_cell(&t, 0, 1, "north");
    expect_cell(&t, 1, 0, "9");
    expect_cell(&t, 1, 1, "");
    assert_int_equal(csv_table_line(&t, 1), 3);
    csv_table_free(&t);
    assert_null(t.text);
}

static void takes_quotes_and_counts_their_lines(void **state)
{
    (void)state;
    struct csv_table t = READ("id,name\n1,\"Ann, the \"\"boss\"\"\"\n2,\"two\nlines\r\nthree\"\n3,x\n", 0);
    assert_int_equal(t.rows, 3);
    expect_cell(&t, 0, 1, "Ann, the \"boss\"");
    expect_cell(&t, 1, 1, "two\nlines\r\nthree");
    assert_int_equal(csv_table_line(&t, 1), 3);
    assert_int_equal(csv_table_line(&t, 2), 6);
    csv_table_free(&t);
}

static void takes_every_line_end(void **state)
{
    (void)state;
    static const char *const texts[] = {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "a,b\n1,2\n3,4",
                                        "\n\na,b\r\n1,2\n \t\n\r3,4\r\n\r\n"};
    static const int second_line[] = {3, 3, 3, 3, 7};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct csv_table t = read_text(texts[i], strlen(texts[i]), 0);
        assert_int_equal(t.rows, 2);
        expect_cell(&t, 1, 1, "4");
        assert_int_equal(csv_table_line(&t, 1), second_line[i]);
        csv_table_free(&t);
    }
}

static void takes_a_byte_order_mark_and_utf8(void **state)
{
    (void)state;
    struct csv_table t = READ("\xef\xbb\xbfid,näme\n1,Łódź 東京 😀\n", 0);
    assert_int_equal(csv_table_find(&t, "id"), 0);
    assert_int_equal(csv_table_find(&t, "näme"), 1);
    expect_cell(&t, 0, 1, "Łódź 東京 😀");
    csv_table_free(&t);
    t = READ("\xef\xbb\xbf\xef\xbb\xbfid\n1\n", 0); /* found by fuzzing */
    assert_int_equal(csv_table_find(&t, "id"), 0);
    csv_table_free(&t);
}

static void finds_the_delimiter(void **state)
{
    (void)state;
    struct csv_table t = READ("id;unit;name\n1;2,5;x\n", 0);
    assert_int_equal(t.delimiter, ';');
    expect_cell(&t, 0, 1, "2,5");
    csv_table_free(&t);
    t = READ("id\tunit\n1\t\n", 0);
    assert_int_equal(t.delimiter, '\t');
    expect_cell(&t, 0, 1, "");
    csv_table_free(&t);
    t = READ("\"a;b;c\",d\n1,2\n", 0); /* those inside quotes do not count */
    assert_int_equal(t.delimiter, ',');
    csv_table_free(&t);
    t = READ("id\n1\n", 0);
    assert_int_equal(t.delimiter, ',');
    csv_table_free(&t);
    t = READ("a;b,c\n1;2,3\n", ','); /* asked for */
    assert_string_equal(csv_table_header(&t, 0), "a;b");
    csv_table_free(&t);
}

static void drops_spaces_and_empty_rows(void **state)
{
    (void)state;
    struct csv_table t = READ("id , unit\n  1,  a b \n,\n , \n2,\" kept \"\n", 0);
    assert_int_equal(t.rows, 2);
    assert_string_equal(csv_table_header(&t, 0), "id");
    expect_cell(&t, 0, 1, "a b");
    expect_cell(&t, 1, 1, " kept ");
    assert_int_equal(csv_table_line(&t, 1), 5);
    csv_table_free(&t);
}

static void takes_a_header_alone_and_unnamed_columns(void **state)
{
    (void)state;
    struct csv_table t = READ("id,unit\n", 0);
    assert_int_equal(t.rows, 0);
    csv_table_free(&t);
    t = READ("\"\",id,,\n1,a,,\n", 0);
    assert_int_equal(t.columns, 4);
    expect_cell(&t, 0, 1, "a");
    csv_table_free(&t);
}

static void refuses_what_is_broken(void **state)
{
    (void)state;
    REFUSE("", 0, "is empty", 1);
    REFUSE("\n\r\n  \n", 0, "blank lines only", 1);
    REFUSE("\xef\xbb\xbf", 0, "is empty", 1);
    REFUSE("a,b\n1\n1,2,3\n1,2\n4\n", 2, "has 1 field where the header has 2", 3);
    REFUSE("a,b,a,b\n1,2,3,4\n", 1, "'a' is named twice (columns 1 and 3)", 2);
    REFUSE("a,b\n1,\"2\n3,4\n5,6\n", 2, "never closes", 1);
    REFUSE("a,b\n1,\"", 2, "never closes", 1);
    REFUSE("a,b\n1,2\n1,x\"y\n", 3, "a quote is out of place", 1);
    REFUSE("a,b\n1,\"x\"y\n", 2, "a quote is out of place", 1);
    REFUSE("a,b\n1,\xe9t\xe9\nx,y\nz,\xff\n", 2, "byte 0xE9 is not UTF-8", 2);
    REFUSE("a,b\n1,\xc0\x80\n", 2, "byte 0xC0 is not UTF-8", 1);
    REFUSE("a,b\n1,\xe2\x82", 2, "byte 0xE2 is not UTF-8", 1);
    REFUSE("a,b\n1,\xed\xa0\x80\n", 2, "byte 0xED is not UTF-8", 1);
    REFUSE("a,b\r1,\0002\n", 2, "NUL byte", 1);
    REFUSE("\xff\xfe"
           "a\0,\0",
           1, "is UTF-16", 1);
}

static char *repeat(const char *head, const char *piece, size_t times, size_t *size)
{
    size_t h = strlen(head), p = strlen(piece);
    char *text = malloc(h + times * p + 1);
    assert_non_null(text);
    memcpy(text, head, h + 1);
    for (size_t i = 0; i < times; i++)
        memcpy(text + h + i * p, piece, p);
    *size = h + times * p;
    text[*size] = '\0';
    return text;
}

static void bounds_hold_on_both_sides(void **state)
{
    (void)state;
    size_t size;
    char *text = repeat("a\n", "x", CSV_FIELD_MAX, &size);
    struct csv_table t = read_text(text, size, 0);
    assert_int_equal(strlen(csv_table_field(&t, 0, 0)), CSV_FIELD_MAX);
    csv_table_free(&t);
    free(text);
    text = repeat("a\n", "x", CSV_FIELD_MAX + 1, &size);
    refuse(text, size, 2, "a field of 65537 bytes; at most 65536", 1);
    free(text);
    text = repeat("a\nb\n\"", "x\n", 40000, &size); /* a quote that swallows the rest of a long file */
    refuse(text, size, 3, "never closes", 1);
    free(text);
    text = repeat("a", ",", CSV_COLUMNS_MAX - 1, &size);
    t = read_text(text, size, 0);
    assert_int_equal(t.columns, CSV_COLUMNS_MAX);
    csv_table_free(&t);
    free(text);
    text = repeat("a", ",", CSV_COLUMNS_MAX, &size);
    refuse(text, size, 1, "more than 4096 columns", 1);
    free(text);
    text = repeat("a\n1\n", ",,,,,,,,\n", 3, &size); /* wide rows of nothing are rows of nothing */
    t = read_text(text, size, 0);
    assert_int_equal(t.rows, 1);
    csv_table_free(&t);
    free(text);
    text = repeat("a\n", "1\n", CSV_ROWS_MAX + 1, &size);
    refuse(text, size, (int)CSV_ROWS_MAX + 2, "more than 4000000 rows", 1);
    text[size - 2] = '\n';
    t = read_text(text, size, 0);
    assert_int_equal(t.rows, CSV_ROWS_MAX);
    csv_table_free(&t);
    free(text);
}

static void refuse_file(const char *path, const char *part)
{
    struct csv_table table;
    struct faults faults = {0};
    assert_int_equal(csv_table_read(path, 0, &table, &faults), STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, 1);
    assert_string_equal(faults.list[0].file, path);
    if (!strstr(faults.list[0].text, part))
        fail_msg("\"%s\" is not in \"%s\"", part, faults.list[0].text);
    faults_free(&faults);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    char folder[] = "/tmp/ebb-csv-XXXXXX", fifo[64], large[64];
    assert_non_null(mkdtemp(folder));
    snprintf(fifo, sizeof fifo, "%s/fifo", folder);
    snprintf(large, sizeof large, "%s/large", folder);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    FILE *sparse = fopen(large, "w");
    assert_non_null(sparse);
    assert_int_equal(ftruncate(fileno(sparse), 100 << 20), 0);
    fclose(sparse);
    refuse_file(folder, "is a folder");
    refuse_file(fifo, "is a pipe; a table is an ordinary text file");
    refuse_file("/dev/zero", "is a device");
    refuse_file("/no/such/file.csv", "No such file");
    refuse_file(large, "is larger than 64 MiB, the most that is read of a table");
    unlink(fifo);
    unlink(large);
    rmdir(folder);
}

static void reads_back_what_it_writes(void **state)
{
    (void)state;
    static const char *const fields[] = {"plain", "",          " led", "trailed ", "a,b", "a;b",   "a\tb",
                                         "\"",    "say \"x\"", "a\nb", "a\r\nb",   "é",   "\ttab", "\xef\xbb\xbfx"};
    size_t n = sizeof fields / sizeof *fields;
    for (size_t i = 0; i < n; i++) {
        char *text = NULL;
        size_t size;
        FILE *out = open_memstream(&text, &size);
        assert_non_null(out);

        assert_int_equal(csv_put(out, fields[i]), 0); /* first in the file, where a mark would be read as such */
        fputs(",b\nx,", out);
        assert_int_equal(csv_put(out, fields[i]), 0);
        fputs("\n", out);
        assert_int_equal(fclose(out), 0);
        struct csv_table t = read_text(text, size, ',');
        assert_string_equal(csv_table_header(&t, 0), fields[i]);
        expect_cell(&t, 0, 1, fields[i]);
        csv_table_free(&t);
        free(text);
    }
}

static void writing_to_a_full_disk_is_told(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    setvbuf(full, NULL, _IONBF, 0);
    assert_int_equal(csv_put(full, "plain"), -1);
    assert_int_equal(csv_put(full, "a,b"), -1);
    fclose(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_plain_table),
        cmocka_unit_test(takes_quotes_and_counts_their_lines),
        cmocka_unit_test(takes_every_line_end),
        cmocka_unit_test(takes_a_byte_order_mark_and_utf8),
        cmocka_unit_test(finds_the_delimiter),
        cmocka_unit_test(drops_spaces_and_empty_rows),
        cmocka_unit_test(takes_a_header_alone_and_unnamed_columns),
        cmocka_unit_test(refuses_what_is_broken),
        cmocka_unit_test(bounds_hold_on_both_sides),
        cmocka_unit_test(refuses_what_is_no_file),
        cmocka_unit_test(reads_back_what_it_writes),
        cmocka_unit_test(writing_to_a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
