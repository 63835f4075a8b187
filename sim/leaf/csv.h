/* csv.h: a CSV file as a table of texts, read with libcsv (RFC 4180) and checked as a whole.
 *
 * The first row names the columns. UTF-8 with or without a byte order mark; LF, CRLF or CR; fields in double quotes may
 * hold delimiters, line ends and doubled quotes. Spaces around an unquoted field are dropped; rows with nothing in them
 * are left out. All of these are faults, each with its line: a row of another width than the header, a column named
 * twice, a quote that never closes or stands inside an unquoted field, bytes that are not UTF-8, NUL bytes, and more
 * than the bounds below. */
#ifndef EBB_CSV_H
#define EBB_CSV_H

#include "fault.h"

#include <stdint.h>

#define CSV_BYTES_MAX (64u << 20) /* of a file */
#define CSV_FIELD_MAX 65536u      /* bytes of one field */
#define CSV_COLUMNS_MAX 4096u
#define CSV_ROWS_MAX 4000000u

struct csv_table {
    char *name; /* owned; the file, for messages */
    size_t rows, columns;
    char delimiter;
    char *text;      /* owned; all fields, each with its final NUL */
    uint32_t *start; /* owned; into text, (1 + rows) * columns, the header first */
    uint32_t *line;  /* owned; of the file, 1 + rows, where the row begins */
};

/* Reads a file. delimiter 0: the one of comma, semicolon and tab that the header line holds most of (comma when
 * none). Every fault is reported; on any status but STATUS_OK there is nothing to free. */
enum status csv_table_read(const char *path, char delimiter, struct csv_table *table, struct faults *faults) MUST_CHECK;

/* The same for bytes in memory; name stands for the file in messages. */
enum status csv_table_parse(const char *name, const char *bytes, size_t size, char delimiter, struct csv_table *table,
                            struct faults *faults) MUST_CHECK;
void csv_table_free(struct csv_table *table);

/* Never NULL for row < rows and column < columns. */
static inline const char *csv_table_field(const struct csv_table *table, size_t row, size_t column)
{
    return table->text + table->start[(row + 1) * table->columns + column];
}
static inline const char *csv_table_header(const struct csv_table *table, size_t column)
{
    return table->text + table->start[column];
}
static inline int csv_table_line(const struct csv_table *table, size_t row)
{
    return (int)table->line[row + 1];
}
/* The column of that name, or -1. */
long csv_table_find(const struct csv_table *table, const char *name);

/* Writes one field, in quotes where it needs them. Returns 0, or -1 when the stream has an error. */
int csv_put(FILE *out, const char *field);

#endif
