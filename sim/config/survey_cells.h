/* survey_cells.h: columns and cells of a survey's tables. Inside sim/config only. */
#ifndef EBB_SURVEY_CELLS_H
#define EBB_SURVEY_CELLS_H

#include "survey.h"

/* The column, marked in `taken`, or -1; a fault when it is needed or was asked for. option: what names it in a command. */
long cell_column(const struct csv_table *table, const struct survey_column *column, bool needed, const char *option,
                 bool *taken, struct faults *faults);

/* Empty, NA and the like. */
bool cell_is_missing(const char *text);

/* A number of a row, or NAN when the column (-1) or the value is missing. One that is none or outside is a fault. */
double cell_number(const struct csv_table *table, size_t row, long column, double lo, double hi, struct faults *faults);

/* A text of a row; "" when the column (-1) or the value is missing. */
const char *cell_text(const struct csv_table *table, size_t row, long column);

/* Fills the people of survey->roster, their ids in order and their units numbered. */
enum status survey_read_people(struct survey *survey, const struct survey_columns *columns, struct survey_bounds bounds,
                               struct faults *faults) MUST_CHECK;

#endif
