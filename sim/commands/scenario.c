#include "scenario.h"

#include "../leaf/text.h"
#include "../store/folder.h"
#include "../store/manifest.h"
#include "plot/charts_job.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#ifdef EBB_VERIFY /* as `make check` builds it: there every run checks itself */
#define VERIFY_ALWAYS true
#else
#define VERIFY_ALWAYS false
#endif

#define GIGABYTE 1e9

/* What may lie in OUT beside the store's own files: every chart in every format, those of `ebb sense` by measure and
 * week. */
static int list_pictures(struct scenario *s)
{
    static const char *const tables[] = {"precision.csv", "sense-*w.csv"};
    enum { TABLES = sizeof tables / sizeof tables[0] };
    size_t count = 0, used = 0;
    while (charts[count])
        count++;
    s->pictures = calloc(count * CHARTS_FORMATS + TABLES + 1, sizeof *s->pictures);
    if (!s->pictures)
        return -1;
    for (size_t i = 0; i < count * CHARTS_FORMATS; i++) {
        const struct chart *chart = charts[i / CHARTS_FORMATS];
        if (asprintf(&s->pictures[used], "%s%s.%s", chart->name, chart->of_settings ? "-*w" : "",
                     charts_formats[i % CHARTS_FORMATS]) < 0) {
            s->pictures[used] = NULL; /* the list ends here */
            return -1;
        }
        used++;
    }
    for (size_t i = 0; i < TABLES; i++)
        if (!(s->pictures[used++] = strdup(tables[i])))
            return -1;
    return 0;
}

/* The configuration, and every file that a setting names. */
static int list_inputs(struct scenario *s)
{
    const struct config *config = &s->config;
    size_t count = config->file_count;
    for (size_t g = 0; config->groups[g]; g++)
        count += config->groups[g]->count * param_set_count(config->set, config->groups[g]);
    s->inputs = calloc(count + 1, sizeof *s->inputs);
    if (!s->inputs)
        return -1;
    for (size_t f = 0; f < config->file_count; f++)
        s->inputs[s->input_count++] = config->files[f];
    for (size_t g = 0; config->groups[g]; g++)
        for (size_t i = 0; i < param_set_count(config->set, config->groups[g]); i++)
            for (size_t k = 0; k < config->groups[g]->count; k++) {
                const struct param *row = &config->groups[g]->rows[k];
                const char *path = (const char *)param_set_get(config->set, config->groups[g], i) + row->offset;
                if (row->kind == PARAM_PATH && *path)
                    s->inputs[s->input_count++] = path;
            }
    return 0;
}

static int write_texts(struct scenario *s)
{
    size_t size;
    FILE *stream = open_memstream(&s->config_text, &size);
    if (!stream)
        return -1;
    const int failed = config_write(&s->config, stream);
    if (fclose(stream) || failed)
        return -1;
    s->command = calloc((size_t)s->options->word_count + 1, sizeof *s->command);
    if (!s->command)
        return -1;
    s->command[0] = "ebb";
    for (int i = 0; i < s->options->word_count; i++)
        s->command[i + 1] = s->options->words[i];
    return list_inputs(s) || list_pictures(s);
}

enum status scenario_load_quietly(const char *path, const char *const *sets, size_t set_count, struct config *config,
                                  struct faults *faults)
{
    struct faults own = {0};
    const enum status status = config_load(path, sets, set_count, config, &own);
    for (size_t i = 0; i < own.count; i++)
        if (!own.list[i].warning)
            fault_add(faults, own.list[i].status, own.list[i].file, own.list[i].line, "%s", own.list[i].text);
    faults_free(&own);
    return status;
}

enum status scenario_plan(struct scenario *s, bool verify, struct faults *faults)
{
    const struct config *config = &s->config;
    for (int64_t i = 0; i < config->output->snapshots.count; i++)
        s->snapshots[i] = (int64_t)config->output->snapshots.value[i];
    s->plan = (struct engine_plan){
        .model = config->model,
        .set = config->set,
        .input = &config->input,
        .seed = config->run->seed,
        .replicates = config->run->replicates,
        .weeks = config->run->weeks,
        .every = config->output->every,
        .whole = config->output->level == OUTPUT_ALL,
        .level = config_level(config),
        .snapshots = s->snapshots,
        .snapshot_count = (size_t)config->output->snapshots.count,
        .snapshot_runs = config->output->snapshot_runs,
        .snapshot_schools = config->output->snapshot_schools,
        .lineage_runs = config->output->lineage_runs,
        .threads = s->options->jobs,
        .verify = VERIFY_ALWAYS || verify,
    };
    if (write_texts(s))
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    return manifest_inputs(s->inputs, s->input_count, &s->inputs_told, faults);
}

void scenario_free(struct scenario *s)
{
    store_free(s->store);
    free(s->out_dir);
    free(s->config_text);
    free(s->inputs);
    free(s->inputs_told.data);
    free(s->command);
    for (size_t i = 0; s->pictures && s->pictures[i]; i++)
        free(s->pictures[i]);
    free(s->pictures);
    config_free(&s->config);
}

/* A single run's rows are in memory until it is done. */
static enum status check_memory(const struct scenario *s, struct faults *faults)
{
    const double rows = (double)engine_weeks(&s->plan, NULL) * (double)s->plan.size.rows;
    const double need = rows * (double)s->plan.model->column_count * sizeof(double);
    const double have = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    if (need < have * 0.8)
        return STATUS_OK;
    return fault_add(
        faults, STATUS_BAD_INPUT, s->config.path, 0,
        "the %.0f rows of a run need %.1f GB of memory and this machine has %.1f GB: raise output.every or "
        "set output.level = all",
        rows, need / GIGABYTE, have / GIGABYTE);
}

enum status scenario_check_inputs(const struct scenario *s, const char *out_dir, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < s->input_count; i++)
        if (folder_would_clear(out_dir, (const char *const *)s->pictures, s->inputs[i]))
            status = fault_add(
                faults, STATUS_USAGE, s->inputs[i], 0,
                "is read for this, and --force would take it away with the result it lies beside: choose "
                "another folder with -o");
    return status;
}

enum status scenario_check(struct scenario *s, struct faults *faults)
{
    const enum status sound = charts_more_check(&s->config, faults);
    enum status status = store_check_folder(s->out_dir, (const char *const *)s->pictures,
                                            s->options->force || s->carry_on, faults);
    if (status == STATUS_OK && !s->carry_on)
        status = scenario_check_inputs(s, s->out_dir, faults);
    if (sound != STATUS_OK || status != STATUS_OK)
        return sound != STATUS_OK ? sound : status;
    if (engine_look(&s->plan, &s->plan.size, NULL) != STATUS_OK)
        s->plan.size.rows = 0; /* the runs will tell why */
    return check_memory(s, faults);
}

/* Free bytes where OUT will be; NAN when that cannot be told. */
static double free_bytes(const char *out_dir)
{
    struct statvfs info;
    char *path = strdup(out_dir);
    double bytes = (double)NAN;
    while (path && statvfs(path, &info) && errno == ENOENT && strrchr(path, '/'))
        *strrchr(path, '/') = '\0';
    if (path && statvfs(*path ? path : ".", &info) == 0)
        bytes = (double)info.f_bavail * (double)info.f_frsize;
    free(path);
    return bytes;
}

void scenario_tell_size(const char *out_dir, double bytes)
{
    const double room = free_bytes(out_dir);
    if (bytes <= GIGABYTE)
        return;
    fprintf(stderr, "ebb: this will write about %.1f GB to ", bytes / GIGABYTE);
    text_print(stderr, out_dir);
    if (room < bytes)
        fprintf(stderr, ", where only %.1f GB are free", room / GIGABYTE);
    fputs("; raise output.every or set output.level = all for less\n", stderr);
}

struct store_scenario scenario_stored(struct scenario *s)
{
    return (struct store_scenario){
        .scenario = s->config.name,
        .title = s->config.run->title,
        .plan = &s->plan,
        .again = s->again,
        .config_text = s->config_text,
        .version = EBB_VERSION,
        .commit = EBB_COMMIT,
        .command = s->command,
        .command_count = (size_t)s->options->word_count + 1,
        .inputs = s->inputs,
        .input_count = s->input_count,
        .inputs_told = &s->inputs_told,
        .libraries = s->libraries,
        .library_count = libraries_list(s->libraries),
        .pictures = (const char *const *)s->pictures,
        .replace = s->options->force,
    };
}

enum status scenario_open(struct scenario *s, struct faults *faults)
{
    const struct store_scenario stored = scenario_stored(s);
    return store_open(s->out_dir, &stored, &s->store, faults);
}

char *scenario_folder(const char *name)
{
    char *path = NULL;
    if (asprintf(&path, "out/%s", name) < 0)
        return NULL;
    for (char *c = path + 4; *c; c++)
        if (*c == '/' || (c == path + 4 && *c == '.'))
            *c = '_';
    return path;
}
