#include "selftest.h"

#include "../config/config.h"
#include "../store/folder.h"
#include "../store/read.h"
#include "../store/store.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REPLICATES = 6, WEEKS = 24 };

struct collected {
    double *rows; /* [replicate][row] */
    size_t size;  /* numbers a run */
    int64_t next; /* replicate that must come next */
    char message[ENGINE_MESSAGE];
};

static enum status collect(void *self, const struct engine_run *run, struct faults *faults)
{
    struct collected *c = self;
    (void)faults;
    if (run->outcome != ENGINE_DONE)
        snprintf(c->message, sizeof c->message, "run %lld: %.400s", (long long)run->replicate + 1, run->message);
    else if (run->replicate != c->next)
        snprintf(c->message, sizeof c->message, "run %lld comes in the place of run %lld",
                 (long long)run->replicate + 1, (long long)c->next + 1);
    else
        memcpy(c->rows + (size_t)run->replicate * c->size, run->rows, c->size * sizeof *c->rows);
    c->next++;
    return *c->message ? STATUS_FAILED : STATUS_OK;
}

static int load(const struct model *model, struct config *config, char why[WHY])
{
    char name[128];
    snprintf(name, sizeof name, "run.model=%s", model->name);
    const char *const sets[] = {name};
    struct faults faults = {0};
    const enum status status = config_load(NULL, sets, 1, config, &faults);
    if (status != STATUS_OK)
        snprintf(why, WHY, "its defaults are not sound: %s", faults.count ? faults.list[0].text : "no reason given");
    faults_free(&faults);
    return status != STATUS_OK;
}

static struct engine_plan short_plan(const struct config *config)
{
    return (struct engine_plan){.model = config->model,
                                .set = config->set,
                                .input = &config->input,
                                .seed = 2385,
                                .replicates = REPLICATES,
                                .weeks = WEEKS,
                                .every = 5,
                                .verify = true};
}

/* Runs the model's defaults on some threads; rows is the caller's, REPLICATES * size numbers. */
static int collect_runs(const struct config *config, int threads, struct collected *c, char why[WHY])
{
    struct engine_plan plan = short_plan(config);
    struct engine_tally tally;
    struct faults faults = {0};
    plan.threads = threads;
    plan.self = c;
    plan.take = collect;
    const enum status status = engine_run_all(&plan, &tally, &faults);
    if (status != STATUS_OK)
        snprintf(why, WHY, "%s", *c->message ? c->message : faults.count ? faults.list[0].text : "no reason given");
    faults_free(&faults);
    return status != STATUS_OK;
}

int selftest_threads(const struct model *model, char why[WHY])
{
    struct config config;
    if (load(model, &config, why))
        return 1;
    struct engine_plan plan = short_plan(&config);
    if (engine_look(&plan, &plan.size, NULL) != STATUS_OK)
        plan.size.rows = 0; /* the runs will fail */
    const size_t size = engine_weeks(&plan, NULL) * plan.size.rows * model->column_count;
    struct collected one = {.size = size}, many = {.size = size};
    one.rows = malloc(REPLICATES * size * sizeof *one.rows + 1);
    many.rows = malloc(REPLICATES * size * sizeof *many.rows + 1);
    int failed = !one.rows || !many.rows ? snprintf(why, WHY, "there is not enough memory") : 0;
    if (!failed)
        failed = collect_runs(&config, 1, &one, why) || collect_runs(&config, 3, &many, why);
    if (!failed && memcmp(one.rows, many.rows, REPLICATES * size * sizeof *one.rows) != 0)
        failed = snprintf(why, WHY, "three threads give other numbers than one");
    free(one.rows);
    free(many.rows);
    config_free(&config);
    return failed;
}

struct storing {
    struct collected collected;
    struct store *store;
};

static enum status collect_and_store(void *self, const struct engine_run *run, struct faults *faults)
{
    struct storing *s = self;
    const enum status status = collect(&s->collected, run, faults);
    return status == STATUS_OK ? store_take(s->store, run, faults) : status;
}

static enum status store_runs(struct engine_plan *plan, const char *dir, struct storing *s, struct faults *faults)
{
    struct engine_tally tally;
    plan->self = s;
    plan->take = collect_and_store;
    const struct store_scenario scenario = {.scenario = "selftest",
                                            .title = "",
                                            .plan = plan,
                                            .config_text = "",
                                            .version = EBB_VERSION,
                                            .commit = EBB_COMMIT};
    enum status status = store_open(dir, &scenario, &s->store, faults);
    if (status != STATUS_OK)
        return status;
    status = engine_run_all(plan, &tally, faults);
    const enum status closed = store_close(s->store, status, &tally, faults);
    store_free(s->store);
    return status == STATUS_OK ? closed : status;
}

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

/* The store keeps [path][week][column], the engine hands over [run][week][school][column]. */
static int compare(const struct store_result *r, const struct collected *c, char why[WHY])
{
    if (r->run_count * r->school_count * r->week_count * r->column_count != REPLICATES * c->size)
        return snprintf(why, WHY, "%zu runs of %zu weeks come back", r->run_count, r->week_count);
    for (size_t p = 0; p < r->path_count; p++)
        for (size_t w = 0; w < r->week_count; w++)
            for (size_t k = 0; k < r->column_count; k++) {
                const size_t run = p / r->school_count, school = p % r->school_count;
                const double was = c->rows[run * c->size + (w * r->school_count + school) * r->column_count + k];
                const double is = r->values[(p * r->week_count + w) * r->column_count + k];
                if (!same(was, is))
                    return snprintf(why, WHY, "run %zu, week %lld: %s was %.17g and is %.17g", run + 1,
                                    (long long)r->weeks[w], r->columns[k].name, was, is);
            }
    return 0;
}

int selftest_store(const struct model *model, char why[WHY])
{
    const char *const temp = getenv("TMPDIR");
    struct config config;
    struct faults faults = {0};
    struct store_result result = {0};
    struct storing s = {.collected = {0}};
    char dir[4096];
    snprintf(dir, sizeof dir, "%s/ebb-selftest-XXXXXX", temp && *temp ? temp : "/tmp");
    if (!mkdtemp(dir))
        return snprintf(why, WHY, "no folder can be made in %.400s: %s", temp && *temp ? temp : "/tmp",
                        strerror(errno));
    if (load(model, &config, why)) {
        rmdir(dir);
        return 1;
    }
    struct engine_plan plan = short_plan(&config);
    if (engine_look(&plan, &plan.size, NULL) != STATUS_OK)
        plan.size.rows = 0; /* the runs will fail */
    s.collected.size = engine_weeks(&plan, NULL) * plan.size.rows * model->column_count;
    s.collected.rows = malloc(REPLICATES * s.collected.size * sizeof *s.collected.rows + 1);
    int failed = 1;
    if (!s.collected.rows)
        snprintf(why, WHY, "there is not enough memory");
    else if (store_runs(&plan, dir, &s, &faults) != STATUS_OK || store_read(dir, NULL, &result, &faults) != STATUS_OK)
        snprintf(why, WHY, "%s", faults.count ? faults.list[0].text : s.collected.message);
    else
        failed = compare(&result, &s.collected, why);
    store_result_free(&result);
    if (folder_clear(dir, NULL, &faults) == STATUS_OK)
        rmdir(dir);
    free(s.collected.rows);
    faults_free(&faults);
    config_free(&config);
    return failed;
}
