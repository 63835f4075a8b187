/* Every trap of inih, and every way in which a file can be no INI: each item of the file, in order, with its line. */
#include "../../sim/config/ini.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* The items one a line: "2 [kind NAME]", "3 SECTION'S ITEM:key=value", "4 ! sentence"; "(=line)" when twice. */
static char *dump(const struct ini *ini)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_item *item = &ini->items[i];
        fprintf(out, "%d ", item->line);
        if (item->what == INI_SECTION)
            fprintf(out, "[%s%s%s]", item->kind, item->name ? " " : "", item->name ? item->name : "");
        else if (item->what == INI_PAIR)
            fprintf(out, "%ld:%s=%s", item->section, item->key, item->value);
        else
            fprintf(out, "! %s", item->text);
        if (item->first_line)
            fprintf(out, " (=%d)", item->first_line);
        fputc('\n', out);
    }
    assert_int_equal(fclose(out), 0);
    return text;
}

static void expect(const char *bytes, size_t length, const char *items)
{
    struct ini ini;
    struct faults faults = {0};
    assert_int_equal(ini_read_bytes("x.ini", bytes, length, &ini, &faults), STATUS_OK);
    assert_int_equal(faults.count, 0);
    char *text = dump(&ini);
    assert_string_equal(text, items);
    free(text);
    ini_free(&ini);
    faults_free(&faults);
}

static const struct {
    const char *bytes, *items;
} cases[] = {
    {"", ""},
    {"\n\n", ""},
    {"[a]\nk = v\n", "1 [a]\n2 0:k=v\n"},
    {"[a]\nk=v", "1 [a]\n2 0:k=v\n"},
    {"\xef\xbb\xbf[a]\nk=v\n", "1 [a]\n2 0:k=v\n"},
    {"[a]\r\nk = v\r\n\r\nl = w\r\n", "1 [a]\n2 0:k=v\n4 0:l=w\n"},
    {"[a]\rk = v\rl=w", "1 [a]\n2 0:k=v\n3 0:l=w\n"},
    {"k = v\n[a]\n", "1 -1:k=v\n2 [a]\n"},
    {"[a]\n[b]\nk=v\n", "1 [a]\n2 [b]\n3 1:k=v\n"},
    {"  [ a   first \t try ]  ; why\n", "1 [a first try]\n"},
    {"[a x ; y # z]\n", "1 [a x ; y # z]\n"},
    {"[a]\nk =\n l\t=\t\n", "1 [a]\n2 0:k=\n3 0:l=\n"},
    {"[a]\nk = a=b=c:d\n", "1 [a]\n2 0:k=a=b=c:d\n"},
    {"[a]\nkey = Größe\n", "1 [a]\n2 0:key=Größe\n"},
    /* comments */
    {"; c\n# c\n\t ; c\n[a] # c\nk = v ; c\nl = w\t# c ; d\n", "4 [a]\n5 0:k=v\n6 0:l=w\n"},
    {"[a]\nk = v;w#x\n", "1 [a]\n2 0:k=v;w#x\n"},
    {"[a]\nk = ; nothing\n", "1 [a]\n2 0:k=\n"},
    {"[a]\nk = \"v ; w # x\" ; c\n", "1 [a]\n2 0:k=v ; w # x\n"},
    {"[a]\nk = \"  two\"\"quotes \" # c\n", "1 [a]\n2 0:k=  two\"quotes \n"},
    {"[a]\nk = \"\"\n", "1 [a]\n2 0:k=\n"},
    {"[a]\nk = a \"b\" ; c\n", "1 [a]\n2 0:k=a \"b\"\n"},
    {"[a]\nk = \"open\n", "1 [a]\n2 ! k = '\"open' lacks its closing quote\n"},
    {"[a]\nk = \"a\" b\n", "1 [a]\n2 ! k = '\"a\" b' goes on after its closing quote\n"},
    /* continuation */
    {"[a]\nk = 1,\n  2,\n\t3\nl = w\n", "1 [a]\n2 0:k=1, 2, 3\n5 0:l=w\n"},
    {"[a]\nk = 1,\n; between\n  2 ; end\n", "1 [a]\n2 0:k=1, 2\n"},
    {"[a]\nk = 1\n  l = 2\n", "1 [a]\n2 0:k=1\n3 0:l=2\n"},
    {"[a]\nk = 1\n\n  2\n", "1 [a]\n2 0:k=1\n4 ! '2' is neither [section] nor key = value\n"},
    {"[a]\nk = 1\n  [b]\nl=2\n", "1 [a]\n2 0:k=1\n3 [b]\n4 2:l=2\n"},
    {"[a]\n  2\n", "1 [a]\n2 ! '2' is neither [section] nor key = value\n"},
    /* twice */
    {"[a]\nk=1\nk=2\n[b]\nk=3\n[a]\nk=4\n", "1 [a]\n2 0:k=1\n3 0:k=2 (=2)\n4 [b]\n5 3:k=3\n6 [a] (=1)\n7 5:k=4\n"},
    {"[a x]\n[a  x]\n[a y]\n[a]\n", "1 [a x]\n2 [a x] (=1)\n3 [a y]\n4 [a]\n"},
    /* broken lines; the others still count */
    {"[a]\ngarbage\nk=v\n", "1 [a]\n2 ! 'garbage' is neither [section] nor key = value\n3 0:k=v\n"},
    {"[a]\nk: v\n", "1 [a]\n2 ! 'k: v' has : where = belongs: k =\n"},
    {"[a]\nk l = v\n", "1 [a]\n2 ! 'k l = v' does not begin with a key: a key is letters, digits and _\n"},
    {"[a]\n= v\n", "1 [a]\n2 ! '= v' does not begin with a key: a key is letters, digits and _\n"},
    {"[a]\n--set k=v\n", "1 [a]\n2 ! '--set k=v' is neither [section] nor key = value\n"},
    {"[a\nk=v\n", "1 ! '[a' lacks its closing ]\n2 -2:k=v\n"},
    {"[a] k=v\n", "1 ! '[a] k=v' goes on after its ]\n"},
    {"[]\n[ ]\n", "1 ! [] names no section\n2 ! [] names no section\n"},
    {"[a]\nk = caf\xe9\nl=w\n",
     "1 [a]\n2 ! byte 8 of this line, 0xE9, is not UTF-8; save the file as UTF-8\n3 0:l=w\n"},
    {"[a]\nk = \a\n", "1 [a]\n2 ! byte 5 of this line, 0x07, is a control character; this is a text file\n"},
    {"[a]\nk = 1,\n  \xff\n  2\n",
     "1 [a]\n2 0:k=1,\n3 ! byte 3 of this line, 0xFF, is not UTF-8; save the file as UTF-8\n"
     "4 ! '2' is neither [section] nor key = value\n"},
};

static void every_item_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        print_message("# case %zu\n", i);
        expect(cases[i].bytes, strlen(cases[i].bytes), cases[i].items);
    }
}

/* "[a]\nk = xxx…" with a line of `length` bytes in all, read whole. */
static void read_long(size_t length, const char *start, const char *end)
{
    char *bytes = malloc(length + 100);
    struct ini ini;
    assert_non_null(bytes);
    memset(bytes, 'x', length + 4);
    memcpy(bytes, "[a]\n", 4);
    memcpy(bytes + 4, start, strlen(start));
    memcpy(bytes + 4 + length - strlen(end), end, strlen(end));
    memcpy(bytes + 4 + length, "\nl = w\n", 8);
    assert_int_equal(ini_read_bytes("x.ini", bytes, length + 11, &ini, NULL), STATUS_OK);
    const struct ini_item *last = &ini.items[ini.count - 1];
    assert_int_equal(last->what, INI_PAIR);
    assert_string_equal(last->value, "w");
    assert_int_equal(last->line, 3);
    if (*start == ';' || *start == '#') {
        assert_int_equal(ini.count, 2);
    } else if (length > INI_LINE_MAX) {
        assert_int_equal(ini.count, 3);
        assert_int_equal(ini.items[1].what, INI_BROKEN);
        assert_non_null(strstr(ini.items[1].text, "longer than 16000 bytes"));
    } else {
        assert_int_equal(ini.count, 3);
        assert_int_equal(strlen(ini.items[1].value), length - strlen(start));
    }
    ini_free(&ini);
    free(bytes);
}

/* inih's own buffer holds 199 bytes; lengths around it, and around our own bound. */
static void long_lines_are_whole_or_refused(void **state)
{
    static const size_t lengths[] = {150,
                                     196,
                                     197,
                                     198,
                                     199,
                                     200,
                                     201,
                                     202,
                                     203,
                                     400,
                                     5000,
                                     INI_LINE_MAX - 1,
                                     INI_LINE_MAX,
                                     INI_LINE_MAX + 1,
                                     INI_LINE_MAX + 2,
                                     100000};
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        read_long(lengths[i], "k = ", "xx");
        if (lengths[i] <= INI_LINE_MAX)
            read_long(lengths[i], "; a comment ", " k = 9"); /* its tail must not come alive */
    }
}

static void a_long_section_name_is_not_cut(void **state)
{
    char bytes[700] = "[a ", items[700];
    (void)state;
    memset(bytes + 3, 'n', 500);
    strcpy(bytes + 503, "]\nk=v\n");
    snprintf(items, sizeof items, "1 [a %.500s]\n2 0:k=v\n", bytes + 3);
    expect(bytes, strlen(bytes), items);
}

static void continuations_cannot_grow_forever(void **state)
{
    char *bytes = malloc(50000);
    struct ini ini;
    (void)state;
    assert_non_null(bytes);
    size_t used = (size_t)sprintf(bytes, "[a]\nk = 1,\n");
    for (int i = 0; i < 4000; i++)
        used += (size_t)sprintf(bytes + used, "  1234567,\n");
    used += (size_t)sprintf(bytes + used, "l = w\n");
    assert_int_equal(ini_read_bytes("x.ini", bytes, used, &ini, NULL), STATUS_OK);
    size_t broken = 0;
    for (size_t i = 0; i < ini.count; i++)
        if (ini.items[i].what == INI_BROKEN) {
            broken++;
            assert_int_equal(ini.items[i].line, 2);
            assert_non_null(strstr(ini.items[i].text, "continuation lines"));
        }
    assert_int_equal(broken, 1);
    assert_int_equal(ini.items[ini.count - 1].line, 4003);
    ini_free(&ini);
    free(bytes);
}

static void no_text_file(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *sentence;
        int line;
    } bad[] = {
        {"[a]\nk=\0v\n", 9, "NUL byte", 2},
        {"\xff\xfe[\0a\0]\0", 8, "UTF-16", 0},
        {"\xfe\xff\0[\0a\0]", 8, "UTF-16", 0},
        {"\x7f"
         "ELF\0\0",
         6, "NUL byte", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct ini ini;
        struct faults faults = {0};
        assert_int_equal(ini_read_bytes("x.ini", bad[i].bytes, bad[i].length, &ini, &faults), STATUS_BAD_INPUT);
        assert_int_equal(faults.errors, 1);
        assert_string_equal(faults.list[0].file, "x.ini");
        assert_int_equal(faults.list[0].line, bad[i].line);
        assert_non_null(strstr(faults.list[0].text, bad[i].sentence));
        assert_int_equal(ini.count, 0);
        faults_free(&faults);
    }
}

static void refuse_file(const char *path, const char *sentence)
{
    struct ini ini;
    struct faults faults = {0};
    assert_int_equal(ini_read(path, &ini, &faults), STATUS_BAD_INPUT);
    assert_int_equal(faults.errors, 1);
    assert_string_equal(faults.list[0].file, path);
    if (!strstr(faults.list[0].text, sentence))
        fail_msg("%s: %s", path, faults.list[0].text);
    assert_int_equal(ini.count, 0);
    faults_free(&faults);
}

static void what_is_no_ordinary_file_is_refused_at_once(void **state)
{
    char folder[] = "/tmp/ebb-ini-XXXXXX", path[80];
    (void)state;
    assert_non_null(mkdtemp(folder));
    refuse_file(folder, "a folder");
    refuse_file("/dev/zero", "a device");
    refuse_file("/dev/null", "a device");
    snprintf(path, sizeof path, "%s/pipe", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    refuse_file(path, "a pipe"); /* nobody writes: it must not wait */
    assert_int_equal(unlink(path), 0);
    refuse_file(path, "No such file");
    assert_int_equal(symlink(path, path), 0);
    refuse_file(path, "symbolic links");
    assert_int_equal(unlink(path), 0);

    const int fd = open(path, O_CREAT | O_RDWR, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, (off_t)1 << 40), 0); /* a hole of a tebibyte */
    refuse_file(path, "larger than 1 MiB");
    assert_int_equal(ftruncate(fd, 100), 0);
    refuse_file(path, "NUL byte");
    assert_int_equal(ftruncate(fd, 0), 0);
    struct ini ini;
    assert_int_equal(ini_read(path, &ini, NULL), STATUS_OK);
    assert_int_equal(ini.count, 0);
    assert_int_equal(write(fd, "[a]\nk=v", 7), 7);
    assert_int_equal(ini_read(path, &ini, NULL), STATUS_OK);
    assert_int_equal(ini.count, 2);
    ini_free(&ini);
    assert_int_equal(close(fd), 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void written_values_read_back(void **state)
{
    static const char *const values[] = {"",     "plain", " lead",   "trail ", "a;b",  "a ; b",     "a # b",    "\"",
                                         "\"\"", "a\"b",  "\"a\" b", "a = b",  "[x]",  "Größe ; €", "x\"\"\"y", ";",
                                         "#",    "-1",    "a\\",     "'a'",    "a: b", "\t",        "a\tb"};
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char *bytes = NULL;
        size_t size = 0;
        struct ini ini;
        FILE *out = open_memstream(&bytes, &size);
        assert_non_null(out);
        fputs("[a]\nk = ", out);
        ini_write_value(values[i], out);
        fputs(" ; where \"from\"\n", out);
        assert_int_equal(fclose(out), 0);
        assert_int_equal(ini_read_bytes("x.ini", bytes, size, &ini, NULL), STATUS_OK);
        assert_int_equal(ini.count, 2);
        assert_int_equal(ini.items[1].what, INI_PAIR);
        assert_string_equal(ini.items[1].value, values[i]);
        ini_free(&ini);
        free(bytes);
    }
}

/* Quadratic work would take minutes here. */
static void many_keys_and_sections_are_quick(void **state)
{
    char *bytes = malloc(INI_FILE_MAX);
    struct ini ini;
    size_t used = 0, lines = 0;
    (void)state;
    assert_non_null(bytes);
    for (; used < INI_FILE_MAX - 40; lines++)
        used += (size_t)sprintf(bytes + used, lines % 2 ? "k%zu=\n" : "[s%zu]\n", lines);
    assert_int_equal(ini_read_bytes("x.ini", bytes, used, &ini, NULL), STATUS_OK);
    assert_int_equal(ini.count, lines);
    ini_free(&ini);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_in_order),
        cmocka_unit_test(long_lines_are_whole_or_refused),
        cmocka_unit_test(a_long_section_name_is_not_cut),
        cmocka_unit_test(continuations_cannot_grow_forever),
        cmocka_unit_test(no_text_file),
        cmocka_unit_test(what_is_no_ordinary_file_is_refused_at_once),
        cmocka_unit_test(written_values_read_back),
        cmocka_unit_test(many_keys_and_sections_are_quick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
