#include "manifest.h"

#include "../leaf/rng.h"
#include "db.h"
#include "folder.h"
#include "json.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum status manifest_sum(const char *path, char text[MANIFEST_SUM], int64_t *size, struct faults *faults)
{
    FILE *file = fopen(path, "rb");
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    guchar block[16384];
    int64_t bytes = 0;
    for (size_t n; file && (n = fread(block, 1, sizeof block, file)) > 0; bytes += (int64_t)n)
        g_checksum_update(sum, block, (gssize)n);
    enum status status = STATUS_OK;
    if (!file || ferror(file))
        status = fault_add(faults, STATUS_BAD_INPUT, path, 0, "cannot be read for its checksum: %s", strerror(errno));
    if (file)
        fclose(file);
    snprintf(text, MANIFEST_SUM, "%s", g_checksum_get_string(sum));
    g_checksum_free(sum);
    if (size)
        *size = bytes;
    return status;
}

/* An element of the list of inputs. */
static enum status add_input(struct json *json, const char *path, struct faults *faults)
{
    char sum[MANIFEST_SUM];
    int64_t bytes;
    const enum status status = manifest_sum(path, sum, &bytes, faults);
    json_open(json, NULL, '{');
    json_string(json, "path", path);
    json_integer(json, "bytes", bytes);
    json_string(json, "sha256", sum);
    json_close(json, '{');
    return status;
}

enum status manifest_inputs(const char *const *paths, size_t count, struct rows_text *text, struct faults *faults)
{
    struct json json = {.depth = 1}; /* a member that others stand before */
    enum status status = STATUS_OK;
    json_open(&json, "inputs", '[');
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_input(&json, paths[i], faults);
    json_close(&json, '[');
    if (status == STATUS_OK && json.text.failed)
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for the checksums of what was read");
    if (status == STATUS_OK)
        *text = json.text;
    else
        free(json.text.data);
    return status;
}

static void add_random(struct json *json, const struct engine_plan *plan)
{
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)plan->seed);
    json_open(json, "random", '{');
    json_string(json, "generator", rng_philox->name);
    json_string(json, "seed", seed); /* text: 64 bits do not fit every reader's numbers */
    json_integer(json, "stream_layout", RNG_LAYOUT_VERSION);
    json_close(json, '{');
}

static void add_runs(struct json *json, const struct manifest *m)
{
    json_open(json, "runs", '{');
    json_integer(json, "asked", m->asked > 0 ? m->asked : m->scenario->plan->replicates);
    json_integer(json, "done", m->done);
    json_integer(json, "failed", m->failed);
    json_string(json, "missing", m->missing);
    json_close(json, '{');
}

static void add_time(struct json *json, const struct manifest *m)
{
    json_open(json, "time", '{');
    json_string(json, "started", m->started);
    if (m->finished)
        json_string(json, "finished", m->finished);
    json_real(json, "wall_seconds", m->seconds);
    json_integer(json, "threads", m->threads);
    json_close(json, '{');
}

enum status manifest_write(const char *out_dir, const struct manifest *m, struct faults *faults)
{
    const struct store_scenario *s = m->scenario;
    struct json json = {0};
    struct rows_text inputs = {0};
    enum status status = s->inputs_told ? STATUS_OK : manifest_inputs(s->inputs, s->input_count, &inputs, faults);
    const struct rows_text *told = s->inputs_told ? s->inputs_told : &inputs;
    json_open(&json, NULL, '{');
    json_string(&json, "program", "ebb"); /* first: folder.c knows our manifest by it */
    json_string(&json, "version", s->version);
    json_string(&json, "commit", s->commit);
    json_integer(&json, "layout", DB_LAYOUT);
    json_string(&json, "status", m->status);
    json_open(&json, "command", '[');
    for (size_t i = 0; i < s->command_count; i++)
        json_string(&json, NULL, s->command[i]);
    json_close(&json, '[');
    json_string(&json, "scenario", s->scenario);
    json_string(&json, "model", s->plan->model->name);
    add_random(&json, s->plan);
    add_runs(&json, m);
    rows_text_raw(&json.text, told->size ? told->data : "", told->size);
    json_open(&json, "libraries", '{');
    for (size_t i = 0; i < s->library_count; i++)
        json_string(&json, s->libraries[i].name, s->libraries[i].version);
    json_close(&json, '{');
    add_time(&json, m);
    json_close(&json, '{');
    if (status == STATUS_OK && json.text.failed)
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for manifest.json");
    if (status == STATUS_OK)
        status = folder_write(out_dir, "manifest.json", json.text.data, json.text.size, faults);
    free(inputs.data);
    free(json.text.data);
    return status;
}
