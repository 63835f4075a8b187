/* rows.h: rows of the tidy CSV files, into a growing text. One header line, LF, UTF-8, NA; fields are quoted when they
 * hold a comma, a quote, a line end or outer blanks. */
#ifndef EBB_STORE_ROWS_H
#define EBB_STORE_ROWS_H

#include "../engine/engine.h"

struct rows_text {
    char *data; /* owned; free() it */
    size_t size, room;
    bool failed; /* memory was short: the text is not whole */
};

void rows_text_raw(struct rows_text *text, const char *bytes, size_t size);

/* Fields of a row, each followed by its separator; rows_end() turns the last one into a line end. */
void rows_text_field(struct rows_text *text, const char *field);
void rows_fields(struct rows_text *text, const char *const *fields, size_t count);
void rows_integer(struct rows_text *text, int64_t value);
void rows_real(struct rows_text *text, double value);
void rows_end(struct rows_text *text);

/* The word for a number of "none|interest|practice"; empty when there is none. Returns word. */
#define ROWS_WORD 64
const char *rows_word(const char *words, size_t number, char word[ROWS_WORD]);

/* The header lines. */
void rows_series_header(struct rows_text *text, const struct model *model);
void rows_nodes_header(struct rows_text *text, const struct model *model);
void rows_ties_header(struct rows_text *text, const struct model *model);

void rows_lineage_header(struct rows_text *text);

/* school counts from 0 here and from 1 in the row; whole: it is written as 0. */
void rows_series(struct rows_text *text, const struct engine_plan *plan, const int64_t *weeks,
                 const struct engine_run *run, size_t week, size_t school);
void rows_nodes(struct rows_text *text, const struct model *model, int64_t run, const struct engine_snapshot *snapshot);
void rows_ties(struct rows_text *text, const struct model *model, int64_t run, const struct engine_snapshot *snapshot);
void rows_lineage(struct rows_text *text, const struct model *model, int64_t run, const struct engine_lineage *lineage);

#endif
