/* dictionary.h: columns.csv, which says what every column of every table means, and how many significant digits of it are
 * written (results.db holds the exact numbers). */
#ifndef EBB_STORE_DICTIONARY_H
#define EBB_STORE_DICTIONARY_H

#include "rows.h"

/* The word for a column's kind in tables, and back; an unknown word is COLUMN_STATE. */
const char *dictionary_kind_name(enum column_kind kind);
enum column_kind dictionary_kind_of(const char *name);

/* A column of a table. type: "real", "integer" or "text". */
struct dictionary_row {
    const char *file, *column, *type, *unit, *meaning;
};

/* A setting of points.csv; after dictionary_write(). */
void dictionary_add_point(struct rows_text *text, const char *column, const char *type, const char *unit,
                          const char *meaning);
void dictionary_write(struct rows_text *text, const struct model *model);

#endif
