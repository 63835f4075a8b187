/* stored.h: small results for tests of the store: a model of the registry run and written into a folder of the test's. */
#ifndef EBB_TESTS_SIM_STORED_H
#define EBB_TESTS_SIM_STORED_H

#include "../../sim/config/config.h"
#include "../../sim/store/db.h"
#include "../../sim/store/folder.h"
#include "../../sim/store/read.h"
#include "../../sim/store/store.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../near.h"

static char base[256]; /* the folder of all tests */

static inline const char *in_base(const char *name)
{
    static char path[2][512];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", base, name);
    return path[turn];
}

static inline char *slurp(const char *dir, const char *name)
{
    char *path = folder_path(dir, name, "");
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long size;
    if (file && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && (text = calloc(1, (size_t)size + 1))) {
        rewind(file);
        assert_int_equal(fread(text, 1, (size_t)size, file), size);
    }
    if (file)
        fclose(file);
    free(path);
    return text;
}

static inline void spill(const char *dir, const char *name, const char *text)
{
    char *path = folder_path(dir, name, "");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static inline bool exists(const char *dir, const char *name)
{
    char *path = folder_path(dir, name, "");
    const bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

/* --- Writing a result --- */

struct writing {
    struct config config;
    struct engine_plan plan;
    struct store_scenario scenario;
    struct store *store;
    struct engine_tally tally;
    int64_t snapshots[3];
    int64_t fail; /* this replicate is turned into a failed one; -1: none */
    double sum;   /* of all numbers handed to the store */
    size_t numbers;
};

static inline void prepare(void *self, struct engine_run *run)
{
    struct writing *w = self;
    if (run->replicate == w->fail) {
        run->outcome = ENGINE_FAILED;
        snprintf(run->message, sizeof run->message, "it said \"no, never\",\nand left");
    } else {
        store_prepare(w->store, run);
    }
}

static inline enum status take(void *self, const struct engine_run *run, struct faults *faults)
{
    struct writing *w = self;
    const size_t n = run->week_count * run->schools * w->plan.model->column_count;
    for (size_t i = 0; run->outcome == ENGINE_DONE && i < n; i++, w->numbers++)
        w->sum += isnan(run->rows[i]) ? 0 : run->rows[i] * (double)(1 + w->numbers % 97);
    return store_take(w->store, run, faults);
}

static inline void start(struct writing *w, const char *const *sets, size_t count)
{
    static const char *const inputs[] = {"/dev/null"};
    static const char *const command[] = {"ebb", "run", "it's \"odd\" \\ \x01 \xff.ini"};
    static const struct store_library libraries[] = {{"gsl", "2.7.1"}};
    *w = (struct writing){.snapshots = {30, 0, 1000}, .fail = -1};
    assert_int_equal(config_load(NULL, sets, count, &w->config, NULL), STATUS_OK);
    w->plan = (struct engine_plan){.model = w->config.model,
                                   .set = w->config.set,
                                   .input = &w->config.input,
                                   .seed = 18446744073709551615u,
                                   .replicates = w->config.run->replicates,
                                   .weeks = 50,
                                   .every = 7,
                                   .snapshots = w->snapshots,
                                   .snapshot_count = 3,
                                   .snapshot_runs = 2,
                                   .threads = 2,
                                   .self = w,
                                   .prepare = prepare,
                                   .take = take};
    w->scenario = (struct store_scenario){.scenario = "odd, \"name\"",
                                          .title = "Zürich",
                                          .plan = &w->plan,
                                          .config_text = "[run]\n",
                                          .version = "0.1.0",
                                          .commit = "abc",
                                          .command = command,
                                          .command_count = 3,
                                          .inputs = inputs,
                                          .input_count = 1,
                                          .libraries = libraries,
                                          .library_count = 1};
}

static const char *const network_sets[] = {"run.model=bass",      "run.replicates=4", "bass.people=20",
                                           "bass.mixing=network", "bass.degree=3",    "bass.p=2"};
#define SETS_COUNT (sizeof network_sets / sizeof network_sets[0])

static inline enum status write_result(struct writing *w, const char *dir, struct faults *faults)
{
    enum status status = store_open(dir, &w->scenario, &w->store, faults);
    if (status != STATUS_OK)
        return status;
    status = engine_run_all(&w->plan, &w->tally, faults);
    const enum status closed = store_close(w->store, status, &w->tally, faults);
    return status == STATUS_OK ? closed : status;
}

static inline void finish(struct writing *w)
{
    store_free(w->store);
    config_free(&w->config);
}

/* A small result in base/name. */
static inline void make(const char *name)
{
    struct writing w;
    start(&w, network_sets, SETS_COUNT);
    assert_int_equal(write_result(&w, in_base(name), NULL), STATUS_OK);
    finish(&w);
}

static inline int set_up(void **state)
{
    (void)state;
    const char *temp = getenv("TMPDIR");
    snprintf(base, sizeof base, "%.200s/ebb-store-XXXXXX", temp && *temp ? temp : "/tmp");
    return mkdtemp(base) ? 0 : -1;
}

static inline int tear_down(void **state)
{
    (void)state;
    char command[600];
    snprintf(command, sizeof command, "chmod -R u+w '%s'; rm -rf '%s'", base, base);
    return system(command);
}

#endif
