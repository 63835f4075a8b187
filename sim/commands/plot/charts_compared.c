/* A stored comparison: what `ebb compare` drew when it compared, again from the folder. */
#include "../../../plots/charts.h"
#include "../../store/folder.h"
#include "../../store/manifest_read.h"
#include "compared.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void charts_compared_free(struct compared *c)
{
    if (!c)
        return;
    manifest_texts_free(c->names);
    manifest_texts_free(c->folders);
    manifest_texts_free(c->when);
    free(c->command);
    free(c->scenario);
    free(c->pairs);
    free(c->points);
    free(c->looks);
    free(c->values);
    free(c->weeks);
    free(c);
}

bool charts_is_comparison(const char *out_dir)
{
    char **kinds = manifest_texts(out_dir, "kind");
    const bool found = kinds && kinds[0] && strcmp(kinds[0], "comparison") == 0;
    manifest_texts_free(kinds);
    return found;
}

/* Words with `between`, a word that a shell would cut in quotes; owned. */
static char *join(char *const *words, const char *between, const char *first)
{
    size_t size = strlen(first) + 1;
    for (size_t i = 0; words[i]; i++)
        size += strlen(words[i]) + strlen(between) + 2;
    char *text = calloc(size, 1), *end = text;
    if (!text)
        return NULL;
    end = stpcpy(end, first);
    for (size_t i = 0; words[i]; i++) {
        const bool cut = *between == ' ' && strpbrk(words[i], " ;*?'");
        end += sprintf(end, cut ? "%s'%s'" : "%s%s", i || *first ? between : "", words[i]);
    }
    return text;
}

/* Names, command and seed; the columns are those of the first scenario, or of the single one. */
static enum status read_manifest(struct job *job, struct compared *c, const char *of, struct faults *faults)
{
    const struct store_wanted wanted = {.no_values = true};
    char *dir = of ? folder_path(job->out_dir, of, "") : strdup(job->out_dir);
    const enum status status = dir ? store_read(dir, &wanted, &job->result, faults) : charts_no_memory(faults);
    free(dir);
    if (status != STATUS_OK)
        return status;
    charts_bridge(job);
    if (!of)
        return STATUS_OK;
    char **words = manifest_texts(job->out_dir, "command");
    c->scenario = join(c->names, ", ", "");
    c->command = words ? join(words, " ", "") : NULL;
    manifest_texts_free(words);
    if (!c->scenario || !c->command)
        return charts_no_memory(faults);
    if (strcmp(job->result.title, job->result.scenario) == 0) /* it has none of its own */
        job->data.title = c->scenario;
    job->data.scenario = c->scenario;
    job->data.command = c->command;
    return STATUS_OK;
}

static bool has(const struct job *job, const char *name)
{
    struct stat there;
    char *path = folder_path(job->out_dir, name, "");
    const bool found = path && stat(path, &there) == 0;
    free(path);
    return found;
}

static enum status read_comparison(struct job *job, struct compared *c, const struct chart *chart,
                                   struct faults *faults)
{
    struct choice choice;
    while (c->names[c->shown.scenario_count])
        c->shown.scenario_count++;
    c->shown.scenarios = (const char *const *)c->names;
    c->shown.when = c->when[0] ? c->when[0] : "";
    if (c->shown.scenario_count == 0 || !c->folders[0] || !has(job, "comparison.csv"))
        return fault_add(faults, STATUS_BAD_INPUT, job->out_dir, 0,
                         "holds a comparison that was not finished; `ebb compare` with --force makes it anew");
    enum status status = read_manifest(job, c, c->folders[0], faults);
    if (status == STATUS_OK)
        status = compared_read_pairs(job, c, &choice, faults);
    if (status == STATUS_OK && chart == &difference_chart)
        status = compared_read_weeks(job, c, faults);
    if (status == STATUS_OK && chart == &frontier_chart && has(job, "frontier.csv"))
        status = compared_read_points(job, c, &choice, faults);
    if (status == STATUS_OK && chart == &precision_chart && has(job, "precision.csv"))
        status = compared_read_looks(job, c, faults);
    c->shown.pairs = c->pairs;
    c->shown.points = c->points;
    job->data.weeks = c->weeks;
    job->data.week_count = c->week_count;
    return status;
}

/* Of a single scenario: how many runs its mean took. */
static enum status read_precision(struct job *job, struct compared *c, struct faults *faults)
{
    static const int enough = 64;
    enum status status = read_manifest(job, c, NULL, faults);
    if (status != STATUS_OK || !has(job, "precision.csv"))
        return status;
    free(c->scenario);
    c->scenario = calloc((size_t)enough, 1);
    if (!c->scenario)
        return charts_no_memory(faults);
    snprintf(c->scenario, (size_t)enough, "week %lld", (long long)job->result.length);
    c->shown.when = c->scenario;
    c->shown.interval = "Student's t";
    return compared_read_looks(job, c, faults);
}

enum status charts_read_compared(struct job *job, const struct chart *chart, struct faults *faults)
{
    struct compared *c = job->compared = calloc(1, sizeof *c);
    if (!c)
        return charts_no_memory(faults);
    c->names = manifest_texts(job->out_dir, "name");
    c->folders = manifest_texts(job->out_dir, "folder");
    c->when = manifest_texts(job->out_dir, "compared");
    if (!c->names || !c->folders || !c->when)
        return charts_no_memory(faults);
    const enum status status = job->comparison ? read_comparison(job, c, chart, faults)
                                               : read_precision(job, c, faults);
    job->data.comparison = &c->shown;
    return status;
}
