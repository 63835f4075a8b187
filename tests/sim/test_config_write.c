/* A configuration that is written loads back the same, with every key; a full disk is told. */
#include "../../sim/leaf/rng.h"
#include "town.h"

/* A text for this row, drawn anew; what it may hold depends on the kind only. */
static void draw_value(struct rng_reader *reader, const struct param *row, char *text, size_t size)
{
    static const char *const words[] = {"a", ";", " ; ", "#", " #", "\"", "\"\"", " ",
                                        "=", "[", "]",   "é", "€",  "\\", ":",    "'"};
    size_t used = 0;
    const uint32_t high = rng_next(reader), low = rng_next(reader);
    const uint32_t count = rng_below(reader, 9);
    text[0] = '\0';
    switch (row->kind) {
    case PARAM_REAL:
        snprintf(text, size, "%.17g", row->lo + (row->hi - row->lo) * (double)rng_uniform(reader));
        break;
    case PARAM_INTEGER:
        snprintf(text, size, "%u", 1 + rng_below(reader, 60));
        break;
    case PARAM_SEED:
        snprintf(text, size, "%llu", (unsigned long long)high << 32 | low);
        break;
    case PARAM_DURATION:
        snprintf(text, size, "%u%s", 1 + rng_below(reader, 500), low % 3 ? "w" : "y");
        break;
    case PARAM_CHOICE:
        snprintf(text, size, "%.*s", (int)strcspn(row->choices, "|"), row->choices);
        break;
    case PARAM_TEXT:
    case PARAM_PATH:
        if (row->kind == PARAM_PATH)
            break; /* it would be read */
        for (uint32_t i = 0; i < count; i++)
            used += (size_t)snprintf(text + used, size - used, "%s", words[rng_below(reader, 16)]);
        break;
    case PARAM_REALS:
    case PARAM_DURATIONS:
        for (uint32_t i = 0; i < 30 * count; i++)
            used += (size_t)snprintf(
                text + used, size - used, "%s%.*g", i ? "," : "", row->kind == PARAM_REALS ? 17 : 3,
                row->kind == PARAM_REALS ? 5 * (double)rng_uniform(reader) : (double)rng_below(reader, 900));
        break;
    }
}

static void same_values(const struct config *a, const struct config *b)
{
    for (size_t g = 0; a->groups[g]; g++) {
        assert_ptr_equal(a->groups[g], b->groups[g]);
        assert_int_equal(param_set_count(a->set, a->groups[g]), param_set_count(b->set, a->groups[g]));
        for (size_t i = 0; i < param_set_count(a->set, a->groups[g]); i++)
            assert_memory_equal(param_set_get(a->set, a->groups[g], i), param_set_get(b->set, a->groups[g], i),
                                a->groups[g]->size);
    }
}

static void write_again(const struct config *config, const char *name)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(config_write(config, out), 0);
    assert_int_equal(fclose(out), 0);
}

/* Any configuration, written, loads back to the very same values: 300 random ones, each setting given or not. */
static void what_is_written_loads_back_the_same(void **state)
{
    struct rng_reader reader;
    char path[200];
    (void)state;
    rng_reader_start(&reader, (struct rng_key){.seed = 2385, .stream = STREAM_TEST});
    snprintf(path, sizeof path, "%s/again.ini", folder);
    for (int trial = 0; trial < 300; trial++) {
        static char sets[40][16384];
        const char *list[40];
        size_t count = 0;
        struct config config, again;
        struct faults faults = {0};
        char names[400] = "";
        for (uint32_t i = 0, n = rng_below(&reader, 4); i < n; i++)
            snprintf(names + strlen(names), sizeof names - strlen(names), "[plan p%u # ; é]\n", i);
        for (size_t g = 0; town_groups[g] && !town_groups[g]->named; g++)
            for (size_t r = 0; r < town_groups[g]->count; r++) {
                const struct param *row = &town_groups[g]->rows[r];
                const int used = snprintf(sets[count], sizeof sets[count], "%s.%s=", town_groups[g]->section, row->key);
                draw_value(&reader, row, sets[count] + used, sizeof sets[count] - (size_t)used);
                if (row->kind != PARAM_PATH && rng_below(&reader, 3) > 0) {
                    list[count] = sets[count];
                    count++;
                }
            }
        if (*names) {
            snprintf(sets[count], sizeof sets[count], "plan p0 # ; é.start=%uw", rng_below(&reader, 1000));
            list[count] = sets[count];
            count++;
        }
        if (load(names, list, count, &config, &faults) != STATUS_OK) {
            char *text = printed(&faults);
            fail_msg("trial %d: %s", trial, text);
        }
        faults_free(&faults);
        write_again(&config, "again.ini");
        assert_int_equal(config_load(path, NULL, 0, &again, NULL), STATUS_OK);
        same_values(&config, &again);
        config_free(&again);
        config_free(&config);
    }
}

static void every_key_is_written(void **state)
{
    static const char *const sets[] = {"town.people=9"};
    struct config config;
    char *text = NULL;
    size_t size = 0;
    (void)state;
    assert_int_equal(load("[town]\nmotto = \"a ; b\"\n", sets, 1, &config, NULL), STATUS_OK);
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_int_equal(config_write(&config, out), 0);
    assert_int_equal(fclose(out), 0);
    assert_non_null(strstr(text, "\nmotto = \"a ; b\"\n"));
    assert_non_null(strstr(text, "\npeople = 9\n"));
    assert_non_null(strstr(text, "\nshare = 0.25\n"));
    free(text);
    out = fopen("/dev/full", "w");
    if (out) {
        setvbuf(out, NULL, _IONBF, 0);
        assert_int_equal(config_write(&config, out), -1);
        fclose(out);
    }
    config_free(&config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_loads_back_the_same),
        cmocka_unit_test(every_key_is_written),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
