/* libFuzzer target for the whole way of a configuration: bytes, INI items, settings. Bytes 0x1E part the file from what
 * --set is given. What loads must be written, load back to the same values and be written the same. */
#include "../../sim/config/config.h"
#include "../../sim/config/ini.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "must.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SETS_MAX 8

static FILE *nowhere; /* where sentences are printed */

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    graph_library_init();
    nowhere = fopen("/dev/null", "w");
    MUST(nowhere);
    return 0;
}

static void check_items(const struct ini *ini)
{
    int line = 1;
    for (size_t i = 0; i < ini->count; i++) {
        const struct ini_item *item = &ini->items[i];
        MUST(item->line >= 1 && item->first_line >= 0 && item->first_line < item->line);
        MUST(item->what == INI_BROKEN || item->line >= line); /* a broken continuation is told after its pair */
        line = item->line > line ? item->line : line;
        switch (item->what) {
        case INI_SECTION:
            MUST(item->kind && *item->kind && (!item->name || *item->name));
            break;
        case INI_PAIR:
            MUST(item->key && *item->key && item->value && strlen(item->value) <= INI_LINE_MAX);
            MUST(item->section >= -2 && item->section < (long)i);
            MUST(item->section < 0 || ini->items[item->section].what == INI_SECTION);
            break;
        case INI_BROKEN:
            MUST(item->text && *item->text);
            break;
        }
    }
}

static void check_faults(const struct faults *faults, enum status status)
{
    MUST((status == STATUS_OK) == (faults->errors == 0));
    MUST(status == STATUS_OK || status == STATUS_BAD_INPUT || status == STATUS_USAGE);
    faults_print(faults, nowhere);
}

/* A file without a name. */
static int put(const char *bytes, size_t size, char path[64])
{
    const int fd = memfd_create("ini", MFD_CLOEXEC);
    MUST(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
    snprintf(path, 64, "/proc/self/fd/%d", fd);
    return fd;
}

static char *written(const struct config *config, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    MUST(out && config_write(config, out) == 0 && fclose(out) == 0);
    return text;
}

static void check_round_trip(const struct config *config)
{
    size_t size, size_again;
    char path[64];
    struct config again;
    char *text = written(config, &size);
    const int fd = put(text, size, path);
    MUST(config_load(path, NULL, 0, &again, NULL) == STATUS_OK);
    char *text_again = written(&again, &size_again);
    MUST(size == size_again && memcmp(text, text_again, size) == 0);
    for (size_t g = 0; config->groups[g]; g++) {
        MUST(param_set_count(config->set, config->groups[g]) == param_set_count(again.set, config->groups[g]));
        for (size_t i = 0; i < param_set_count(config->set, config->groups[g]); i++)
            MUST(memcmp(param_set_get(config->set, config->groups[g], i),
                        param_set_get(again.set, config->groups[g], i), config->groups[g]->size) == 0);
    }
    config_free(&again);
    free(text_again);
    free(text);
    close(fd);
}

/* Cuts the sets off; returns how long the file is. */
static size_t cut_sets(char *bytes, size_t size, const char *sets[SETS_MAX], size_t *set_count)
{
    size_t file = size;
    *set_count = 0;
    for (size_t i = 0; i < size && *set_count < SETS_MAX; i++)
        if (bytes[i] == 0x1e) {
            file = i < file ? i : file;
            bytes[i] = '\0';
            sets[(*set_count)++] = bytes + i + 1;
        }
    return file;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ini ini;
    struct config config;
    struct faults faults = {0};
    const char *sets[SETS_MAX];
    size_t set_count;
    char path[64];
    char *bytes = malloc(size + 1);
    MUST(bytes);
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    const size_t length = cut_sets(bytes, size, sets, &set_count);

    enum status status = ini_read_bytes("fuzz.ini", bytes, length, &ini, &faults);
    check_faults(&faults, status);
    faults_free(&faults);
    if (status == STATUS_OK)
        check_items(&ini);
    ini_free(&ini);

    const int fd = put(bytes, length, path);
    status = config_load(path, sets, set_count, &config, &faults);
    check_faults(&faults, status);
    faults_free(&faults);
    if (status == STATUS_OK) {
        check_round_trip(&config);
        config_free(&config);
    }
    close(fd);
    free(bytes);
    return 0;
}
