#include "lab.h"

#include "../../sim/config/config.h"
#include "../../sim/engine/engine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SETTINGS_MAX 128

static void die(const struct faults *faults)
{
    faults_print(faults, stderr);
    exit(2);
}

static size_t split(char *text, const char **list, size_t count)
{
    for (char *next, *word = strtok_r(text, ";", &next); word; word = strtok_r(NULL, ";", &next)) {
        word += strspn(word, " \n");
        if (*word && count < SETTINGS_MAX)
            list[count++] = word;
    }
    return count;
}

static enum status keep(void *self, const struct engine_run *run, struct faults *faults)
{
    struct lab *lab = self;
    if (run->outcome != ENGINE_DONE)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "run %lld: %s", (long long)run->replicate, run->message);
    memcpy(lab->values + (size_t)run->replicate * lab->weeks * lab->columns, run->rows,
           lab->weeks * lab->columns * sizeof lab->values[0]);
    return STATUS_OK;
}

struct lab *lab_run(size_t runs, uint64_t seed, int64_t weeks, int64_t every, const char *settings, const char *more)
{
    struct faults faults = {0};
    struct config config;
    const char *list[SETTINGS_MAX];
    char *own = strdup(settings ? settings : ""), *also = strdup(more ? more : "");
    size_t count = split(own, list, 0);
    count = split(also, list, count);
    if (config_load(NULL, list, count, &config, &faults))
        die(&faults);
    struct lab *lab = calloc(1, sizeof *lab);
    *lab = (struct lab){.runs = runs, .model = config.model, .columns = config.model->column_count, .every = every};
    struct engine_plan plan = {.model = config.model,
                               .set = config.set,
                               .input = &config.input,
                               .seed = seed,
                               .replicates = (int64_t)runs,
                               .weeks = weeks,
                               .every = every,
                               .whole = true,
                               .self = lab,
                               .take = keep};
    lab->weeks = engine_weeks(&plan, NULL);
    lab->values = malloc(runs * lab->weeks * lab->columns * sizeof lab->values[0]);
    struct engine_tally tally;
    if (engine_run_all(&plan, &tally, &faults))
        die(&faults);
    config_free(&config);
    faults_free(&faults);
    free(own);
    free(also);
    return lab;
}

void lab_free(struct lab *lab)
{
    if (!lab)
        return;
    free(lab->values);
    free(lab);
}

static size_t column_of(const struct lab *lab, const char *name)
{
    for (size_t c = 0; c < lab->columns; c++)
        if (strcmp(lab->model->columns[c].name, name) == 0)
            return c;
    fprintf(stderr, "no column '%s'\n", name);
    exit(2);
}

double lab_at(const struct lab *lab, size_t run, int64_t week, const char *column)
{
    const size_t row = (size_t)(week / lab->every);
    return lab->values[(run * lab->weeks + row) * lab->columns + column_of(lab, column)];
}

double lab_mean(const struct lab *lab, size_t run, int64_t from, int64_t to, const char *column)
{
    double sum = 0;
    int64_t n = 0;
    const size_t c = column_of(lab, column);
    for (int64_t week = from; week <= to; week += lab->every, n++)
        sum += lab->values[(run * lab->weeks + (size_t)(week / lab->every)) * lab->columns + c];
    return n ? sum / (double)n : (double)NAN;
}

size_t lab_series(const struct lab *lab, size_t run, int64_t from, int64_t to, const char *column, double *out)
{
    size_t n = 0;
    const size_t c = column_of(lab, column);
    for (int64_t week = from; week <= to; week += lab->every)
        out[n++] = lab->values[(run * lab->weeks + (size_t)(week / lab->every)) * lab->columns + c];
    return n;
}
