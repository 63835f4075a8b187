/* Files of pictures: format by suffix, size, what is written into them, the same bytes twice, and no half pictures. */
#include "look.h"

#include "../../plots/kit/style.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];
static const struct chart_options usual = {.singles = -1};

static const char *in_folder(const char *name)
{
    static char path[400];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int files_in_folder(void)
{
    int count = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.') {
            count++;
            unlink(in_folder(entry->d_name));
            rmdir(in_folder(entry->d_name));
        }
    closedir(dir);
    return count;
}

/* The caller frees; a NUL follows the last byte. */
static char *file_bytes(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s is not there", path);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = calloc(*size + 1, 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static void school(struct sample *s)
{
    sample_open(s, 81, 40, 5);
    sample_event(s, "planning & <co>", EVENT_STRATEGY, 80, 200, 10);
    sample_event(s, "\u00c4rger \xff", EVENT_SHOCK, 250, 270, 0);
    sample_network(s, 20, 3, 0, 0);
    sample_network(s, 20, 3, 200, 0.6);
}

static char *draw(const char *kind, const struct sample *s, const char *name, size_t *size)
{
    struct faults faults = {0};
    if (chart_write(chart_find(kind), &s->data, &usual, in_folder(name), &faults) != STATUS_OK)
        fail_msg("%s: %s", name, faults.list[0].text);
    faults_free(&faults);
    return file_bytes(in_folder(name), size);
}

static void same_data_same_bytes(void **state)
{
    (void)state;
    static const char *const kinds[] = {"series", "network"}, *const names[] = {"a.png", "a.SVG", "a.pdf"};
    struct sample s;
    school(&s);
    for (size_t k = 0; k < 2; k++)
        for (size_t n = 0; n < 3; n++) {
            size_t size, size_again, other;
            char *bytes = draw(kinds[k], &s, names[n], &size);
            free(draw(kinds[1 - k], &s, "b.svg", &other)); /* what is drawn between leaves no trace */
            if (n == 2)
                sleep(1); /* nor does the clock */
            char *again = draw(kinds[k], &s, names[n], &size_again);
            assert_int_equal(size, size_again);
            if (memcmp(bytes, again, size) != 0)
                fail_msg("%s as %s differs when drawn again", kinds[k], names[n]);
            free(bytes);
            free(again);
        }
    sample_close(&s);
    assert_int_equal(files_in_folder(), 4);
}

static unsigned big_endian(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;
    return (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3];
}

/* The data of the first chunk of this type whose data begins like this, and its length. */
static const char *chunk(const char *bytes, size_t size, const char *type, const char *begins, unsigned *length)
{
    for (size_t at = 8; at + 12 <= size; at += 12 + *length) {
        *length = big_endian(bytes + at);
        if (memcmp(bytes + at + 4, type, 4) == 0 && memcmp(bytes + at + 8, begins, strlen(begins)) == 0)
            return bytes + at + 8;
    }
    return NULL;
}

static void png_is_300_dpi_and_tells_its_making(void **state)
{
    (void)state;
    struct sample s;
    size_t size;
    unsigned length;
    double width, height;
    school(&s);
    char *bytes = draw("series", &s, "x.png", &size);
    chart_find("series")->size(&s.data, &usual, &width, &height);
    assert_memory_equal(bytes, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal(big_endian(bytes + 16), lround(width * 300 / 72));
    assert_int_equal(big_endian(bytes + 20), lround(height * 300 / 72));
    const char *density = chunk(bytes, size, "pHYs", "", &length);
    assert_non_null(density);
    assert_int_equal(length, 9);
    assert_int_equal(big_endian(density), 11811); /* a metre: 300 an inch */
    static const char *const entries[][2] = {{"Command", "ebb run configs/school.ini -r 40 -s 1"},
                                             {"Seed", "18446744073709551557"},
                                             {"Commit", "0.1.0-g1234567"},
                                             {"Title", "A school of 60 plans together"}};
    for (size_t i = 0; i < 4; i++) {
        const char *text = chunk(bytes, size, "iTXt", entries[i][0], &length);
        assert_non_null(text);
        size_t key = strlen(entries[i][0]) + 5;
        assert_int_equal(length - key, strlen(entries[i][1]));
        assert_memory_equal(text + key, entries[i][1], length - key);
    }
    assert_non_null(chunk(bytes, size, "iTXt", "Description", &length));
    free(bytes);

    /* A reader that checks every chunk's sum opens it. */
    cairo_surface_t *read = cairo_image_surface_create_from_png(in_folder("x.png"));
    assert_int_equal(cairo_surface_status(read), CAIRO_STATUS_SUCCESS);
    assert_int_equal(cairo_image_surface_get_width(read), lround(width * 300 / 72));
    cairo_surface_destroy(read);
    sample_close(&s);
    files_in_folder();
}

static void svg_holds_its_words(void **state)
{
    (void)state;
    struct sample s;
    size_t size;
    school(&s);
    char *bytes = draw("series", &s, "x.svg", &size);
    static const char *const words[] = {"<title>A school of 60 plans together</title>",
                                        "n = 40 runs",
                                        "interpersonal",
                                        "planning &amp; &lt;co&gt;",
                                        "\u00c4rger \ufffd",
                                        "school years since the start",
                                        "<ebb:seed>18446744073709551557</ebb:seed>",
                                        "<ebb:commit>0.1.0-g1234567<",
                                        "<ebb:command>ebb run configs/school.ini -r 40 -s 1<"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!strstr(bytes, words[i]))
            fail_msg("the SVG does not hold \"%s\"", words[i]);
    assert_null(strstr(bytes, "planning & <co>"));
    free(bytes);
    sample_close(&s);
    files_in_folder();
}

static void pdf_tells_its_making(void **state)
{
    (void)state;
    struct sample s;
    size_t size;
    school(&s);
    char *bytes = draw("network", &s, "x.pdf", &size);
    static const char *const words[] = {"/Title (A school of 60 plans together)",
                                        "/Subject (ebb run configs/school.ini -r 40 -s 1; seed 18446744073709551557; "
                                        "commit 0.1.0-g1234567)"};
    for (size_t i = 0; i < 2; i++)
        if (!memmem(bytes, size, words[i], strlen(words[i])))
            fail_msg("the PDF does not hold %s", words[i]);
    assert_null(memmem(bytes, size, "CreationDate", 12));
    free(bytes);
    sample_close(&s);
    files_in_folder();
}

static void refused(const struct sample *s, const char *path, enum status status, const char *sentence)
{
    struct faults faults = {0};
    assert_int_equal(chart_write(chart_find("series"), &s->data, &usual, path, &faults), status);
    assert_int_equal(faults.count, 1);
    if (!strstr(faults.list[0].text, sentence))
        fail_msg("%s: \"%s\" does not tell \"%s\"", path, faults.list[0].text, sentence);
    assert_string_equal(faults.list[0].file, path);
    faults_free(&faults);
}

static void wrong_paths_are_told(void **state)
{
    (void)state;
    struct sample s;
    school(&s);
    static const char *const suffixes[] = {"x.jpg", "x", "", ".png", "x.png.gz", "folder.svg/x"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++)
        refused(&s, in_folder(suffixes[i]), STATUS_USAGE, ".png, .svg or .pdf");
    refused(&s, in_folder("nowhere/x.png"), STATUS_FAILED, "No such file or directory");
    assert_int_equal(mkdir(in_folder("is.png"), 0777), 0);
    refused(&s, in_folder("is.png"), STATUS_FAILED, "this is a folder");
    assert_int_equal(files_in_folder(), 1);
    sample_close(&s);
}

/* A disk that fills up, played by a limit on the size of files: the old picture stays, nothing half is left. */
static void full_disk_leaves_no_half_picture(void **state)
{
    (void)state;
    struct sample s;
    size_t size, after;
    struct rlimit before, tight;
    school(&s);
    char *old = draw("network", &s, "x.svg", &size);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    tight = before;
    tight.rlim_cur = 5000;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    refused(&s, in_folder("x.svg"), STATUS_FAILED, "could not be written: File too large");
    refused(&s, in_folder("y.png"), STATUS_FAILED, "could not be written: File too large");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    char *now = file_bytes(in_folder("x.svg"), &after);
    assert_int_equal(size, after);
    assert_memory_equal(now, old, size);
    free(now);
    free(old);
    assert_int_equal(files_in_folder(), 1);
    sample_close(&s);
}

static void permissions_follow_the_umask(void **state)
{
    (void)state;
    struct sample s;
    struct stat there;
    size_t size;
    school(&s);
    mode_t before = umask(027);
    free(draw("series", &s, "x.svg", &size));
    assert_int_equal(stat(in_folder("x.svg"), &there), 0);
    assert_int_equal(there.st_mode & 0777, 0640);
    umask(before);
    files_in_folder();
    sample_close(&s);
}

static void characters_without_a_font_are_told(void **state)
{
    (void)state;
    struct sample s;
    struct faults faults = {0};
    school(&s);
    sample_event(&s, "\U0010FFFD", EVENT_STRATEGY, 0, 40, 0); /* private use: in no font */
    assert_int_equal(chart_write(chart_find("series"), &s.data, &usual, in_folder("x.svg"), &faults), STATUS_OK);
    assert_int_equal(faults.count, 1);
    assert_true(faults.list[0].warning);
    assert_non_null(strstr(faults.list[0].text, "1 character"));
    faults_free(&faults);
    sample_close(&s);
    files_in_folder();
}

/* Whoever sees no colours still sees the order. */
static void ramp_darkens_evenly(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        double lighter = style_luminance(style_ramp(i / 20.0)), darker = style_luminance(style_ramp((i + 1) / 20.0));
        if (!(lighter > darker))
            fail_msg("the ramp does not darken from %d/20: %.3f to %.3f", i, lighter, darker);
    }
    assert_true(style_luminance(style_ramp(0)) < 0.75); /* seen on white */
    static const enum okabe_ito layers[] = {OKABE_YELLOW, OKABE_ORANGE, OKABE_VERMILLION};
    double before = 1;
    for (int i = 0; i < 3; i++) {
        double now = style_luminance(style_okabe_ito(layers[i]));
        assert_true(before - now > 0.15);
        before = now;
    }
}

static void charts_are_listed(void **state)
{
    (void)state;
    assert_null(chart_find("nonsense"));
    assert_null(chart_find(""));
    for (size_t i = 0; charts[i]; i++) {
        assert_ptr_equal(chart_find(charts[i]->name), charts[i]);
        assert_true(charts[i]->meaning[0] && charts[i]->size && charts[i]->draw);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(charts[i]->name, charts[k]->name);
    }
}

int main(void)
{
    snprintf(folder, sizeof folder, "/tmp/ebb-canvas-XXXXXX");
    if (!mkdtemp(folder))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_data_same_bytes),         cmocka_unit_test(png_is_300_dpi_and_tells_its_making),
        cmocka_unit_test(svg_holds_its_words),          cmocka_unit_test(pdf_tells_its_making),
        cmocka_unit_test(wrong_paths_are_told),         cmocka_unit_test(full_disk_leaves_no_half_picture),
        cmocka_unit_test(permissions_follow_the_umask), cmocka_unit_test(characters_without_a_font_are_told),
        cmocka_unit_test(ramp_darkens_evenly),          cmocka_unit_test(charts_are_listed),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    files_in_folder();
    rmdir(folder);
    return failed;
}
