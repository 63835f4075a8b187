/* ours.c: our models on the tasks of tasks.py, for peers.py. Reads "TASK PEOPLE WEEKS THREADS SEED" line by line;
 * answers with seconds to build, seconds for the weeks (the thread's own, or passed by for several), and what was seen
 * last. Steps as the engine does: parts over threads where there are enough. */
#include "../../../models/models.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(int threads)
{
    struct timespec t;
    clock_gettime(threads > 1 ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void set(struct param_set *settings, const struct param_group *group, const char *key, const char *value)
{
    const struct param *row = param_find(group, key);
    if (!row || param_set_parse(settings, group, 0, row, value, (struct param_origin){.from = ORIGIN_SET}, NULL, NULL,
                                NULL) != STATUS_OK) {
        fprintf(stderr, "ours: %s = %s is refused\n", key, value);
        exit(1);
    }
}

static void step(const struct model *model, struct world *world, int64_t week, int threads)
{
    const size_t parts = model->parts ? model->parts(world, 0) : 1;
    if (parts < (size_t)threads || threads == 1) {
        model->week(world, 0, week);
        return;
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t part = 0; part < parts; part++)
        model->part(world, 0, part, week);
    model->join(world, 0, week);
}

static void run(const struct model *model, const struct param_set *settings, int64_t weeks, int threads, uint64_t seed)
{
    const struct model_input input = {0};
    struct world *world;
    double row[16];
    const double start = now(threads);
    if (model->init(settings, &input, seed, 0, &world, NULL) != STATUS_OK) {
        fputs("ours: no world\n", stderr);
        exit(1);
    }
    const double built = now(threads);
    for (int64_t week = 1; week <= weeks; week++) {
        step(model, world, week, threads);
        model->observe(world, 0, row);
    }
    const double end = now(threads);
    model->free(world);
    printf("%.9g %.9g %.17g\n", built - start, end - built, strcmp(model->name, "bass") ? row[1] : row[0]);
    fflush(stdout);
}

int main(void)
{
    char task[32], people[32];
    long long weeks;
    int threads;
    unsigned long long seed;
    graph_library_init();
    while (scanf("%31s %31s %lld %d %llu", task, people, &weeks, &threads, &seed) == 5) {
        const struct model *model = model_find(task);
        struct param_set *settings = model ? param_set_new(model->groups, 40) : NULL;
        if (!settings)
            return 1;
        set(settings, model->groups[0], "people", people);
        set(settings, model->groups[0], "degree", "8");
        if (param_find(model->groups[0], "mixing"))
            set(settings, model->groups[0], "mixing", "network");
        run(model, settings, weeks, threads, seed);
        param_set_free(settings);
    }
    return 0;
}
