/* Walks every row of every model and of the engine: nothing is declared twice or without a meaning, every bound is
 * accepted, what lies beyond is refused, and what is written reads back the same. */
#include "../../sim/config/config.h"

#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define VALUE_MAX 16384

/* One row of one model's configuration, in a set of its own. */
struct here {
    struct param_set *set;
    const struct param_group *group;
    const struct param *row;
};

static void for_each_row(void (*test)(const struct here *here))
{
    for (size_t m = 0; models[m]; m++) {
        const struct param_group **groups = config_groups(models[m]);
        assert_non_null(groups);
        for (size_t g = 0; groups[g]; g++)
            for (size_t r = 0; r < groups[g]->count; r++) {
                struct here here = {param_set_new(groups, 40), groups[g], &groups[g]->rows[r]};
                assert_non_null(here.set);
                if (groups[g]->named)
                    assert_int_equal(param_set_add(here.set, groups[g], "a name", NULL, NULL, 0), 0);
                test(&here);
                param_set_free(here.set);
            }
        free(groups);
    }
}

static enum status parse(const struct here *here, const char *text)
{
    const struct param_origin origin = {.from = ORIGIN_FILE, .line = 7};
    return param_set_parse(here->set, here->group, 0, here->row, text, origin, NULL, NULL, "row.ini");
}

static size_t size_of(enum param_kind kind)
{
    switch (kind) {
    case PARAM_TEXT:
    case PARAM_PATH:
        return PARAM_TEXT_SIZE;
    case PARAM_REALS:
    case PARAM_DURATIONS:
        return sizeof(struct param_list);
    default:
        return 8;
    }
}

/* Accepted, nothing but its own field touched, and the same again from what is written. */
static void accepts(const struct here *here, const char *text)
{
    const size_t size = here->group->size, from = here->row->offset, field = size_of(here->row->kind);
    unsigned char *before = malloc(size), *after = malloc(size);
    char written[VALUE_MAX];
    assert_true(before && after && from + field <= size);
    memcpy(before, param_set_get(here->set, here->group, 0), size);
    if (parse(here, text) != STATUS_OK)
        fail_msg("%s.%s refuses %s", here->group->section, here->row->key, text);
    memcpy(after, param_set_get(here->set, here->group, 0), size);
    assert_memory_equal(before, after, from);
    assert_memory_equal(before + from + field, after + from + field, size - from - field);

    const int length = param_set_format(here->set, here->group, 0, here->row, written, sizeof written);
    assert_true(length >= 0 && (size_t)length < sizeof written);
    assert_int_equal(parse(here, here->row->fallback), STATUS_OK);
    if (parse(here, written) != STATUS_OK)
        fail_msg("%s.%s = %s is written as %s and refused", here->group->section, here->row->key, text, written);
    assert_memory_equal(param_set_get(here->set, here->group, 0), after, size);
    free(before);
    free(after);
}

static void refuses(const struct here *here, const char *text)
{
    struct faults faults = {0};
    char before[VALUE_MAX], after[VALUE_MAX], full[200];
    const struct param_origin origin = {.from = ORIGIN_FILE, .line = 7};
    param_set_format(here->set, here->group, 0, here->row, before, sizeof before);
    if (param_set_parse(here->set, here->group, 0, here->row, text, origin, NULL, &faults, "row.ini") == STATUS_OK)
        fail_msg("%s.%s takes %s", here->group->section, here->row->key, text);
    param_set_format(here->set, here->group, 0, here->row, after, sizeof after);
    assert_string_equal(before, after);
    assert_int_equal(faults.errors, 1);
    assert_int_equal(faults.list[0].line, 7);
    snprintf(full, sizeof full, "%s%s.%s is ", here->group->section, here->group->named ? " a name" : "",
             here->row->key);
    assert_ptr_equal(strstr(faults.list[0].text, full), faults.list[0].text);
    faults_free(&faults);
}

static void accepts_number(const struct here *here, const char *format, double value)
{
    char text[400];
    snprintf(text, sizeof text, format, value);
    accepts(here, text);
}

static void refuses_number(const struct here *here, const char *format, double value)
{
    char text[400];
    snprintf(text, sizeof text, format, value);
    refuses(here, text);
}

static void try_bounds(const struct here *here)
{
    const struct param *row = here->row;
    const bool real = row->kind == PARAM_REAL || row->kind == PARAM_REALS;
    const bool whole = row->kind == PARAM_INTEGER || row->kind == PARAM_DURATION || row->kind == PARAM_DURATIONS;
    const bool duration = row->kind == PARAM_DURATION || row->kind == PARAM_DURATIONS;
    if (!real && !whole)
        return;
    const char *format = real ? "%.17g" : duration ? "%.0fw" : "%.0f";
    assert_true(row->lo <= row->hi);
    const bool never = duration && row->lo == -1;
    if (never)
        accepts(here, "never");
    if (isfinite(row->lo))
        accepts_number(here, format, never ? 0 : row->lo);
    if (isfinite(row->hi))
        accepts_number(here, format, row->hi);
    if (isfinite(row->lo))
        refuses_number(here, format, real ? nextafter(row->lo, -INFINITY) : row->lo - 1);
    if (isfinite(row->hi))
        refuses_number(here, format, real ? nextafter(row->hi, INFINITY) : row->hi + 1);
    static const char *const never_numbers[] = {"nan", "inf", "-inf", "1e999", "1 2", "1x", "x", "50%", "--1", "1;2"};
    for (size_t i = 0; i < sizeof never_numbers / sizeof never_numbers[0]; i++)
        refuses(here, never_numbers[i]);
    refuses(here, real ? "0x1p-1" : duration ? "1m" : "1.5");
}

static void try_lists(const struct here *here)
{
    const struct param *row = here->row;
    if (row->kind != PARAM_REALS && row->kind != PARAM_DURATIONS)
        return;
    char text[VALUE_MAX] = "";
    size_t used = 0;
    for (int i = 0; i <= PARAM_LIST_MAX; i++) {
        if (i == PARAM_LIST_MAX)
            accepts(here, text);
        used += (size_t)snprintf(text + used, sizeof text - used, i % 2 ? ", %.0f" : ",%.0f" + (i == 0),
                                 row->lo + i % 2);
    }
    refuses(here, text);
    accepts(here, "none");
}

static void try_choices(const struct here *here)
{
    if (here->row->kind != PARAM_CHOICE)
        return;
    for (const char *at = here->row->choices; *at; at += strspn(at, "|")) {
        char choice[100], other[102];
        const size_t length = strcspn(at, "|");
        assert_in_range(length, 1, 40);
        snprintf(choice, sizeof choice, "%.*s", (int)length, at);
        snprintf(other, sizeof other, "%sx", choice);
        accepts(here, choice);
        refuses(here, other);
        at += length;
    }
    refuses(here, "");
    refuses(here, here->row->choices);
}

static void try_words(const struct here *here)
{
    char longest[PARAM_TEXT_SIZE + 1];
    if (here->row->kind == PARAM_SEED) {
        accepts(here, "0");
        accepts(here, "18446744073709551615");
        accepts(here, "0x8000000000000001");
        refuses(here, "18446744073709551616");
        refuses(here, "-1");
    }
    if (here->row->kind != PARAM_TEXT && here->row->kind != PARAM_PATH)
        return;
    accepts(here, "");
    accepts(here, "/a b; Größe = \"#\"");
    refuses(here, "two\nlines");
    refuses(here, "\xc3(");
    memset(longest, 'x', sizeof longest);
    longest[PARAM_TEXT_SIZE] = '\0';
    refuses(here, longest);
    longest[PARAM_TEXT_SIZE - 1] = '\0';
    accepts(here, longest);
}

static void every_row_keeps_its_bounds(void **state)
{
    (void)state;
    for_each_row(try_bounds);
    for_each_row(try_lists);
    for_each_row(try_choices);
    for_each_row(try_words);
}

static bool is_name(const char *name)
{
    const size_t length = strlen(name);
    return length > 0 && length <= 40 && name[0] >= 'a' && name[0] <= 'z' && name[length - 1] != '_' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

static void read_row(const struct here *here)
{
    const struct param *row = here->row;
    const char *where = here->row->key;
    if (!is_name(row->key))
        fail_msg("%s.%s is no snake_case name", here->group->section, where);
    const size_t meaning = strlen(row->meaning);
    if (meaning == 0 || meaning > 120 || row->meaning[meaning - 1] == '.')
        fail_msg("%s.%s: its meaning is no phrase of at most 120 characters", here->group->section, where);
    assert_non_null(row->unit);
    assert_non_null(row->source);
    assert_true((row->kind == PARAM_CHOICE) == (*row->choices != '\0'));
    if (row->kind == PARAM_PATH) /* a default has no folder to be relative to */
        assert_true(*row->fallback == '\0' || strcmp(row->fallback, "none") == 0);
    assert_int_equal(row->offset % (row->kind == PARAM_TEXT || row->kind == PARAM_PATH ? 1 : 8), 0);
    if (here->group->named)
        assert_true(row->offset >= PARAM_TEXT_SIZE);
    for (size_t r = 0; r < here->group->count; r++)
        assert_true(&here->group->rows[r] == row || strcmp(here->group->rows[r].key, row->key) != 0);
}

static void every_row_says_what_it_is(void **state)
{
    (void)state;
    for_each_row(read_row);
}

/* Sections that people name describe a case, not a claim about schools. */
static void every_number_of_a_model_has_a_source(void **state)
{
    (void)state;
    for (size_t m = 0; models[m]; m++)
        for (size_t g = 0; models[m]->groups[g]; g++)
            for (size_t r = 0; r < models[m]->groups[g]->count; r++) {
                const struct param *row = &models[m]->groups[g]->rows[r];
                const bool number = row->kind == PARAM_REAL || row->kind == PARAM_INTEGER || row->kind == PARAM_REALS;
                if (number && !models[m]->groups[g]->named && *row->source == '\0')
                    fail_msg("%s.%s has no source", models[m]->groups[g]->section, row->key);
            }
}

static void sections_are_told_apart(void **state)
{
    (void)state;
    for (size_t m = 0; models[m]; m++) {
        const struct param_group **groups = config_groups(models[m]);
        assert_non_null(groups);
        for (size_t g = 0; groups[g]; g++) {
            assert_true(is_name(groups[g]->section));
            assert_true(*groups[g]->title != '\0' && groups[g]->count > 0);
            assert_ptr_equal(
                param_group_find_named((const struct param_group *const *)groups, groups[g]->section, groups[g]->named),
                groups[g]);
        }
        free(groups);
    }
}

static void models_are_told_apart(void **state)
{
    char names[1000] = "";
    (void)state;
    for (size_t m = 0; models[m]; m++) {
        assert_true(is_name(models[m]->name));
        assert_ptr_equal(model_find(models[m]->name), models[m]);
        strcat(names, m > 0 ? "|" : "");
        strcat(names, models[m]->name);
    }
    assert_string_equal(names, MODEL_CHOICES);
    assert_string_equal(models[0]->name, MODEL_DEFAULT);
    assert_null(model_find(""));
    assert_null(model_find("no such model"));
}

static void check_path_key(const struct model *model, const char *section_key)
{
    char section[100];
    if (!section_key)
        return;
    snprintf(section, sizeof section, "%.*s", (int)strcspn(section_key, "."), section_key);
    const struct param_group *group = param_group_find(model->groups, section);
    assert_non_null(group);
    const struct param *row = param_find(group, section_key + strlen(section) + 1);
    assert_non_null(row);
    assert_int_equal(row->kind, PARAM_PATH);
}

static void every_column_says_what_it_is(void **state)
{
    (void)state;
    for (size_t m = 0; models[m]; m++) {
        const struct model *model = models[m];
        assert_true(model->column_count > 0);
        check_path_key(model, model->roster_key);
        check_path_key(model, model->network_key);
        for (size_t c = 0; c < model->column_count; c++) {
            const struct column *column = &model->columns[c];
            assert_true(is_name(column->name) && *column->meaning && *column->unit);
            assert_true(column->lo < column->hi);
            bool found = *column->of == '\0' || (column->kind == COLUMN_LAYER && is_name(column->of));
            for (size_t o = 0; o < model->column_count; o++) {
                assert_true(o == c || strcmp(model->columns[o].name, column->name) != 0);
                found |= model->columns[o].kind == COLUMN_CAPACITY && strcmp(model->columns[o].name, column->of) == 0;
            }
            if (!found)
                fail_msg("%s is a component of %s, which is no capacity", column->name, column->of);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_keeps_its_bounds),
        cmocka_unit_test(every_row_says_what_it_is),
        cmocka_unit_test(every_number_of_a_model_has_a_source),
        cmocka_unit_test(sections_are_told_apart),
        cmocka_unit_test(models_are_told_apart),
        cmocka_unit_test(every_column_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
