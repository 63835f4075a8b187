/* Columns over time, and networks, of a stored result. */
#include "charts_job.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Leaves the paths of one school, or of all. */
static enum status keep_school(struct job *job, struct faults *faults)
{
    struct store_result *r = &job->result;
    const int64_t school = job->wanted->school;
    const size_t stride = r->week_count * r->column_count;
    size_t kept = 0, highest = 0;
    for (size_t p = 0; p < r->path_count; p++) {
        highest = (size_t)r->paths[p].school > highest ? (size_t)r->paths[p].school : highest;
        if (school && r->paths[p].school != school)
            continue;
        memmove(r->values + kept * stride, r->values + p * stride, stride * sizeof *r->values);
        r->paths[kept++] = r->paths[p];
    }
    if (school && kept == 0)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--school %lld: the result has %s%zu", (long long)school,
                         highest > 1 ? "schools 1 to " : "only school ", highest);
    r->path_count = kept;
    r->school_count = school ? 1 : r->school_count;
    return STATUS_OK;
}

/* The last of several sets is of schools in none of them; where there are none of those, it has nothing but gaps. */
static void drop_empty_rest(struct store_result *r)
{
    const size_t stride = r->week_count * r->column_count, schools = r->school_count;
    size_t kept = 0;
    if (!r->sets || !*r->sets || schools < 2 || r->path_count != r->run_count * schools)
        return;
    for (size_t p = schools - 1; p < r->path_count; p += schools)
        for (size_t k = 0; k < stride; k++)
            if (!isnan(r->values[p * stride + k]))
                return;
    for (size_t p = 0; p < r->path_count; p++) {
        if (p % schools == schools - 1)
            continue;
        memmove(r->values + kept * stride, r->values + p * stride, stride * sizeof *r->values);
        r->paths[kept++] = r->paths[p];
    }
    r->path_count = kept;
    r->school_count = schools - 1;
}

/* The chosen columns; the capacities, by whose order colours are given; where layers are chosen by name, all of them, by
 * whose order they are found. NULL when memory is short. */
static char *names_of(const struct chart_data *data, const struct chart_options *options, const struct choice *choice)
{
    size_t size = 1;
    for (size_t c = 0; c < data->column_count; c++)
        size += strlen(data->columns[c].name) + 1;
    char *names = calloc(size, 1);
    for (size_t c = 0; names && c < data->column_count; c++) {
        bool wanted = data->columns[c].kind == COLUMN_CAPACITY ||
                      (options->of && data->columns[c].kind == COLUMN_LAYER);
        for (size_t i = 0; i < choice->count; i++)
            wanted |= choice->column[i] == c;
        if (!wanted)
            continue;
        strcat(names, names[0] ? "," : "");
        strcat(names, data->columns[c].name);
    }
    return names;
}

enum status charts_read_series(struct job *job, const struct chart *chart, struct faults *faults)
{
    struct store_wanted wanted = {.no_values = true, .first_run = job->wanted->run, .runs = job->wanted->run > 0};
    struct choice choice;
    enum status status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status != STATUS_OK)
        return status;
    charts_bridge(job);
    if (job->wanted->run && job->data.path_count == 0) {
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--run %lld: the result holds no finished run of this number",
                         (long long)job->wanted->run);
    }
    status = (chart->choose ? chart->choose : choose_columns)(&job->data, &job->options, &choice, faults);
    char *names = status == STATUS_OK ? names_of(&job->data, &job->options, &choice) : NULL;
    store_result_free(&job->result);
    job->result = (struct store_result){0};
    if (status == STATUS_OK && !names)
        status = charts_no_memory(faults);
    wanted.no_values = false;
    wanted.columns = names; /* of many runs, only what is drawn is read */
    if (status == STATUS_OK)
        status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status == STATUS_OK)
        status = keep_school(job, faults);
    if (status == STATUS_OK && !job->wanted->school)
        drop_empty_rest(&job->result);
    free(names);
    charts_bridge(job);
    return status;
}

enum status charts_read_graphs(struct job *job, const struct chart *chart, struct faults *faults)
{
    struct store_wanted wanted = {.no_values = true,
                                  .graphs = true,
                                  /* of schools: with their people, whose communities span schools */
                                  .graph_kind = chart->of_graphs == 2 ? STORE_ALL_GRAPHS : STORE_GRAPHS_OF_PEOPLE,
                                  .graph_run = job->wanted->run ? job->wanted->run : STORE_FIRST_GRAPHS};
    enum status status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status != STATUS_OK)
        return status;
    const struct store_result *r = &job->result;
    charts_bridge(job);
    job->graphs = calloc(r->graph_count + 1, sizeof *job->graphs);
    if (!job->graphs)
        return charts_no_memory(faults);
    for (size_t i = 0; i < r->graph_count; i++) {
        const struct store_graph *g = &r->graphs[i];
        if (!job->wanted->school || g->school == job->wanted->school)
            job->graphs[job->data.graph_count++] = (struct chart_graph){
                .run = (int)g->run, .school = (int)g->school, .week = g->week, .graph = &g->graph};
    }
    job->data.graphs = job->graphs;
    if (job->data.graph_count == 0 && (job->wanted->run || job->wanted->school))
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "no network is stored of run %lld%s; output.snapshot_runs says of "
                         "how many runs networks are kept",
                         (long long)wanted.graph_run, job->wanted->school ? " and this school" : "");
    return STATUS_OK;
}

enum status charts_read_lineage(struct job *job, struct faults *faults)
{
    const struct store_wanted wanted = {.no_values = true};
    enum status status = store_read(job->out_dir, &wanted, &job->result, faults);
    if (status != STATUS_OK)
        return status;
    charts_bridge(job);
    status = charts_lineage_read(job->out_dir, job->wanted->run, job->wanted->school, job->result.length, &job->lineage,
                                 faults);
    job->data.lineage = &job->lineage.shown;
    return status;
}
