#include "../../leaf/rng.h"
#include "../../store/folder.h"
#include "../../store/json.h"
#include "../plot/charts_job.h"
#include "comparing.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const tables[] = {"comparison.csv", "differences.csv", "frontier.csv",  "precision.csv", "runs.csv",
                                     "summary.csv",    "columns.csv",     "sentences.txt", "manifest.json"};

char **comparing_files(void)
{
    const size_t table_count = sizeof tables / sizeof tables[0];
    size_t count = 0, charts_count = 0;
    while (charts[charts_count])
        charts_count++;
    char **list = calloc(table_count + CHARTS_FORMATS * charts_count + 1, sizeof *list);
    if (!list)
        return NULL;
    bool failed = false;
    for (size_t i = 0; !failed && i < table_count; i++)
        failed = !(list[count++] = strdup(tables[i]));
    for (size_t i = 0; !failed && i < CHARTS_FORMATS * charts_count; i++)
        if (charts[i / CHARTS_FORMATS]->of_comparison &&
            asprintf(&list[count++], "%s.%s", charts[i / CHARTS_FORMATS]->name, charts_formats[i % CHARTS_FORMATS]) <
                0) {
            list[--count] = NULL;
            failed = true;
        }
    if (!failed)
        return list;
    for (size_t i = 0; list[i]; i++)
        free(list[i]);
    free(list);
    return NULL;
}

/* --- Rows --- */

static const char *measure_name(const struct comparing *c, size_t measure)
{
    return c->set.model->columns[c->set.measures[measure]].name;
}

static void comparison_row(const struct comparing *c, const struct contrast *d, struct rows_text *text)
{
    char verdict[700];
    const struct paired *at = &d->at;
    const double numbers[] = {at->mean_a, at->mean_b, at->mean, at->lo, at->hi};
    const double more[] = {at->t_lo,
                           at->t_hi,
                           at->effect_paired,
                           at->effect_pooled,
                           at->better,
                           at->better_lo,
                           at->better_hi,
                           at->p,
                           d->p_holm,
                           at->detectable,
                           d->cost,
                           d->cost_per_gain,
                           d->cost_per_gain_lo,
                           d->cost_per_gain_hi};
    rows_text_field(text, c->names[d->a]);
    rows_text_field(text, c->names[d->b]);
    rows_integer(text, c->set.weeks[c->set.first]);
    rows_integer(text, c->set.weeks[c->set.last]);
    rows_text_field(text, measure_name(c, d->measure));
    rows_integer(text, (int64_t)at->n);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        rows_real(text, numbers[i]);
    rows_text_field(text, paired_interval_names[at->interval]);
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++)
        rows_real(text, more[i]);
    rows_real(text, d->parts < 0 ? (double)NAN : (double)d->parts);
    comparing_verdict(c, d, verdict, sizeof verdict);
    rows_text_field(text, verdict);
    rows_end(text);
}

static void write_differences(const struct comparing *c, struct rows_text *text)
{
    comparing_header(text, "differences.csv");
    for (size_t i = 0; i < c->contrast_count; i++)
        for (size_t w = 0; w < c->set.week_count; w++) {
            const struct contrast *d = &c->contrasts[i];
            rows_text_field(text, c->names[d->a]);
            rows_text_field(text, c->names[d->b]);
            rows_integer(text, c->set.weeks[w]);
            rows_text_field(text, measure_name(c, d->measure));
            rows_real(text, d->mean[w]);
            rows_real(text, d->lo[w]);
            rows_real(text, d->hi[w]);
            rows_end(text);
        }
}

static void write_frontier(const struct comparing *c, struct rows_text *text)
{
    comparing_header(text, "frontier.csv");
    for (size_t i = 0; i < c->measure_count * c->cases.count; i++) {
        const struct frontier_point *p = &c->points[i];
        rows_text_field(text, measure_name(c, i / c->cases.count));
        rows_text_field(text, c->names[p->sample]);
        rows_real(text, p->cost);
        rows_real(text, p->effect);
        rows_real(text, p->lo);
        rows_real(text, p->hi);
        rows_integer(text, p->on);
        rows_end(text);
    }
}

/* Writes and empties a table. */
static enum status put(const char *out_dir, const char *name, struct rows_text *text, struct faults *faults)
{
    const enum status status = text->failed ? fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for %s", name)
                                            : folder_write(out_dir, name, text->data, text->size, faults);
    text->size = 0;
    return status;
}

/* The scenarios' tables below each other: they carry the scenario's name. */
static enum status add_table(const struct comparing *c, size_t i, const char *name, struct rows_text *text,
                             struct faults *faults)
{
    char *path = folder_path(c->scenarios[i].out_dir, name, "");
    FILE *file = path ? fopen(path, "rb") : NULL;
    char block[8192];
    bool skip = i > 0; /* one header */
    enum status status = STATUS_OK;
    for (size_t n; file && (n = fread(block, 1, sizeof block, file)) > 0;) {
        const char *from = skip ? memchr(block, '\n', n) : NULL;
        const size_t gone = from ? (size_t)(from + 1 - block) : 0;
        rows_text_raw(text, block + gone, skip && !from ? 0 : n - gone);
        skip = skip && !from;
    }
    if (!file || ferror(file))
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be read: %s", strerror(errno));
    if (file)
        fclose(file);
    free(path);
    return status;
}

enum status comparing_write_precision(const char *out_dir, const struct model *model, const struct precision *p,
                                      struct faults *faults)
{
    struct rows_text text = {0};
    if (!(p->asked > 0))
        return STATUS_OK;
    comparing_header(&text, "precision.csv");
    for (size_t i = 0; i < p->look_count; i++) {
        rows_text_field(&text, model->columns[p->measure].name);
        rows_integer(&text, p->looks[i].n);
        rows_real(&text, p->looks[i].half_width);
        rows_real(&text, p->asked);
        rows_end(&text);
    }
    const enum status status = put(out_dir, "precision.csv", &text, faults);
    free(text.data);
    return status;
}

static enum status write_tables(const struct comparing *c, struct faults *faults)
{
    struct rows_text text = {0};
    comparing_header(&text, "comparison.csv");
    for (size_t i = 0; i < c->contrast_count; i++)
        comparison_row(c, &c->contrasts[i], &text);
    enum status status = put(c->out_dir, "comparison.csv", &text, faults);
    if (status == STATUS_OK) {
        write_differences(c, &text);
        status = put(c->out_dir, "differences.csv", &text, faults);
    }
    if (status == STATUS_OK && c->points) {
        write_frontier(c, &text);
        status = put(c->out_dir, "frontier.csv", &text, faults);
    }
    if (status == STATUS_OK)
        status = comparing_write_precision(c->out_dir, c->set.model, &c->precision, faults);
    for (size_t t = 0; t < 2 && status == STATUS_OK; t++) {
        const char *const name = t ? "runs.csv" : "summary.csv";
        for (size_t i = 0; i < c->cases.count && status == STATUS_OK; i++)
            status = add_table(c, i, name, &text, faults);
        if (status == STATUS_OK)
            status = put(c->out_dir, name, &text, faults);
    }
    if (status == STATUS_OK) {
        comparing_columns(&text);
        status = put(c->out_dir, "columns.csv", &text, faults);
    }
    free(text.data);
    return status;
}

enum status comparing_manifest(const struct comparing *c, const char *word, struct faults *faults)
{
    struct json json = {0};
    char seed[24];
    const struct scenario *s = &c->scenarios[0];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)s->plan.seed);
    json_open(&json, NULL, '{');
    json_string(&json, "program", "ebb"); /* first: folder.c knows our manifest by it */
    json_string(&json, "version", EBB_VERSION);
    json_string(&json, "commit", EBB_COMMIT);
    json_string(&json, "kind", "comparison");
    json_string(&json, "status", word);
    json_open(&json, "command", '[');
    json_string(&json, NULL, "ebb");
    for (int i = 0; i < c->options->word_count; i++)
        json_string(&json, NULL, c->options->words[i]);
    json_close(&json, '[');
    json_string(&json, "model", s->plan.model->name);
    json_string(&json, "generator", rng_philox->name);
    json_string(&json, "seed", seed);
    json_integer(&json, "runs", s->plan.replicates);
    json_string(&json, "compared", c->when);
    json_open(&json, "scenarios", '[');
    for (size_t i = 0; i < c->cases.count; i++) {
        json_open(&json, NULL, '{');
        json_string(&json, "name", c->names[i]);
        json_string(&json, "folder", c->folders[i]);
        json_close(&json, '{');
    }
    json_close(&json, '[');
    json_close(&json, '{');
    const enum status status = json.text.failed
                                   ? fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for manifest.json")
                                   : folder_write(c->out_dir, "manifest.json", json.text.data, json.text.size, faults);
    free(json.text.data);
    return status;
}

enum status comparing_write(const struct comparing *c, struct faults *faults)
{
    enum status status = write_tables(c, faults);
    if (status == STATUS_OK)
        status = comparing_write_sentences(c, faults);
    return status == STATUS_OK ? comparing_draw(c, faults) : status;
}
