#include "../leaf/csv.h"
#include "parts.h"

#include <stdlib.h>
#include <string.h>

static enum status read_axes(const struct design_request *request, const struct csv_table *table, struct design *design,
                             struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t c = 0; c < table->columns; c++) {
        const struct design_vary vary = {csv_table_header(table, c), "", request->list, 1};
        const enum status one = axis_find(request, &vary, &design->axes[c], faults);
        status = status == STATUS_OK ? one : status;
    }
    return status;
}

static enum status read_row(const struct csv_table *table, size_t row, int weeks_per_year, struct design *design,
                            struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t c = 0; c < table->columns; c++) {
        struct design_axis *axis = &design->axes[c];
        const struct design_vary vary = {axis->key, "", table->name, csv_table_line(table, row)};
        double *value = &design->listed[row * table->columns + c];
        const enum status one = axis_read(axis, csv_table_field(table, row, c), weeks_per_year, &vary, value, faults);
        status = status == STATUS_OK ? one : status;
        axis->from = row == 0 || *value < axis->from ? *value : axis->from;
        axis->to = row == 0 || *value > axis->to ? *value : axis->to;
    }
    return status;
}

enum status list_read(const struct design_request *request, struct design *design, struct faults *faults)
{
    struct csv_table table;
    if (!*request->list)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "a list design needs its CSV file: --list FILE, or list = FILE in [sweep]");
    if (request->vary_count > 0)
        return fault_add(faults, STATUS_BAD_INPUT, request->varies[0].file, request->varies[0].line,
                         "%s: a list design takes its settings from the columns of %s alone", request->varies[0].key,
                         request->list);
    enum status status = csv_table_read(request->list, 0, &table, faults);
    if (status != STATUS_OK)
        return status;
    if (table.columns > DESIGN_AXES_MAX)
        status = fault_add(faults, STATUS_BAD_INPUT, request->list, 1,
                           "has %zu columns; a design varies at most %d settings", table.columns, DESIGN_AXES_MAX);
    else if (table.rows == 0)
        status = fault_add(faults, STATUS_BAD_INPUT, request->list, 1, "has no rows: a design of no points");
    if (status != STATUS_OK)
        goto out;
    design->axes = calloc(table.columns, sizeof *design->axes);
    design->listed = calloc(table.rows * table.columns, sizeof *design->listed);
    if (!design->axes || !design->listed) {
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the design");
        goto out;
    }
    design->axis_count = table.columns;
    design->points = (int64_t)table.rows;
    status = read_axes(request, &table, design, faults);
    const bool known = status == STATUS_OK; /* without its settings nothing can be read */
    for (size_t row = 0; row < table.rows && known; row++) {
        const enum status one = read_row(&table, row, param_set_weeks_per_year(request->base), design, faults);
        status = status == STATUS_OK ? one : status;
    }
out:
    csv_table_free(&table);
    return status;
}
