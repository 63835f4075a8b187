#include "follow.h"

#include "../leaf/text.h"
#include "../store/folder.h"

#include <stdlib.h>
#include <string.h>

static void take_row(void *self, size_t table, int64_t week, const struct trace_cell *cells)
{
    struct follow *f = self;
    struct rows_text *text = &f->tables[table];
    rows_integer(text, f->run);
    rows_integer(text, week);
    for (size_t c = 0; c < f->model->trace_tables[table].column_count; c++) {
        if (cells[c].text)
            rows_text_field(text, cells[c].text);
        else
            rows_real(text, cells[c].number);
    }
    rows_end(text);
}

static void ignore_row(void *self, size_t table, int64_t week, const struct trace_cell *cells)
{
    (void)self, (void)table, (void)week, (void)cells;
}

/* Whether there is such an agent. */
static enum status ask(const struct follow *f, const struct engine_plan *plan, struct faults *faults)
{
    struct trace trace = f->trace;
    struct world *world = NULL;
    trace.row = ignore_row;
    enum status status = plan->model->init(plan->set, plan->input, plan->seed, (uint32_t)f->replicate, &world, faults);
    if (status != STATUS_OK)
        return status;
    status = plan->model->trace(world, &trace, faults);
    plan->model->free(world);
    return status;
}

static void write_header(struct rows_text *text, const struct trace_table *table)
{
    rows_text_field(text, "run");
    rows_text_field(text, "week");
    for (size_t c = 0; c < table->column_count; c++)
        rows_text_field(text, table->columns[c].name);
    rows_end(text);
}

enum status follow_begin(struct follow *f, const char *text, int64_t school, const struct engine_plan *plan,
                         struct faults *faults)
{
    const struct model *model = plan->model;
    const char *equals = strchr(text, '=');
    char quoted[TEXT_QUOTED];
    if (!model->trace)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--trace: the model %s follows nobody", model->name);
    const size_t word = strlen(model->trace_agent);
    if (!equals || !equals[1] || (size_t)(equals - text) != word || strncmp(text, model->trace_agent, word) != 0)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--trace is %s; the model %s follows a %s: --trace %s=17",
                         text_quote(text, quoted), model->name, model->trace_agent, model->trace_agent);
    f->model = model;
    f->trace = (struct trace){.school = (size_t)school - 1, .agent = equals + 1, .self = f, .row = take_row};
    for (size_t t = 0; t < model->trace_table_count; t++)
        write_header(&f->tables[t], &model->trace_tables[t]);
    return ask(f, plan, faults);
}

char *follow_file(const struct trace_table *table)
{
    char *name = NULL;
    return asprintf(&name, "%s.csv", table->name) < 0 ? NULL : name;
}

enum status follow_write(struct follow *f, const char *out_dir, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t t = 0; t < f->model->trace_table_count && status == STATUS_OK; t++) {
        char *name = follow_file(&f->model->trace_tables[t]);
        if (!name || f->tables[t].failed)
            status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for the rows of %s.csv",
                               f->model->trace_tables[t].name);
        else
            status = folder_write(out_dir, name, f->tables[t].data, f->tables[t].size, faults);
        free(name);
    }
    return status;
}

void follow_free(struct follow *f)
{
    for (size_t t = 0; t < FOLLOW_TABLES_MAX; t++)
        free(f->tables[t].data);
}
