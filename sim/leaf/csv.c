#include "csv.h"

#include "file.h"
#include "text.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* Bytes that no table may hold, one fault a line of them. */
static void check_bytes(const char *name, const char *bytes, size_t size, struct faults *faults)
{
    int line = 1, told = 0;
    for (size_t i = 0; i < size;) {
        uint32_t character;
        size_t length = text_utf8_next(bytes + i, size - i, &character);
        int newline = bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == size || bytes[i + 1] != '\n'));
        if (!length && told != line)
            fault_add(faults, STATUS_BAD_INPUT, name, line, "byte 0x%02X is not UTF-8; save the table as \"CSV UTF-8\"",
                      (unsigned char)bytes[i]);
        else if (!bytes[i] && told != line)
            fault_add(faults, STATUS_BAD_INPUT, name, line, "has a NUL byte, so this is no text file");
        if (!length || !bytes[i])
            told = line;
        line += newline;
        i += length ? length : 1;
    }
}

/* What the parser's callbacks fill. */
struct filling {
    struct csv_table *table;
    struct faults *faults;
    size_t text_size, cell_size, row_size; /* allocated */
    size_t text_used, cells, finished;     /* finished rows, header included */
    size_t width;                          /* fields of the row so far */
    int filled;                            /* whether one of them holds anything */
    int line;                              /* where the row begins */
    int row_ended;
    enum status status; /* once not OK, the rest is passed over */
};

static int grow(void **list, size_t *size, size_t need, size_t each)
{
    if (need <= *size)
        return 0;
    size_t more = *size * 2 > need ? *size * 2 : need + 1024;
    void *grown = realloc(*list, more * each);
    if (!grown)
        return -1;
    *list = grown;
    *size = more;
    return 0;
}

static void stop(struct filling *f, enum status status)
{
    f->status = status;
}

static void on_field(void *data, size_t length, void *context)
{
    struct filling *f = context;
    struct csv_table *t = f->table;
    if (f->status)
        return;
    if (length > CSV_FIELD_MAX) {
        stop(f, fault_add(f->faults, STATUS_BAD_INPUT, t->name, f->line,
                          "the row that begins here has a field of %zu bytes; at most %u are allowed (does a quote not "
                          "close?)",
                          length, CSV_FIELD_MAX));
        return;
    }
    if (++f->width > CSV_COLUMNS_MAX) {
        stop(f, fault_add(f->faults, STATUS_BAD_INPUT, t->name, f->line, "has more than %u columns", CSV_COLUMNS_MAX));
        return;
    }
    if (f->finished && f->width > t->columns) {
        f->filled |= length > 0;
        return; /* counted and told at the row's end */
    }
    if (grow((void **)&t->text, &f->text_size, f->text_used + length + 1, 1) ||
        grow((void **)&t->start, &f->cell_size, f->cells + 1, sizeof *t->start)) {
        stop(f, fault_add(f->faults, STATUS_FAILED, t->name, f->line, "not enough memory for the table"));
        return;
    }
    t->start[f->cells++] = (uint32_t)f->text_used;
    if (length)
        memcpy(t->text + f->text_used, data, length);
    t->text[f->text_used + length] = '\0';
    f->text_used += length + 1;
    f->filled |= length > 0;
}

/* Forgets the cells of the row that is being read. */
static void drop_row(struct filling *f)
{
    size_t keep = f->finished * f->table->columns;
    if (f->cells > keep)
        f->text_used = f->table->start[keep];
    f->cells = keep;
}

static void on_row(int terminator, void *context)
{
    struct filling *f = context;
    struct csv_table *t = f->table;
    (void)terminator;
    f->row_ended = 1;
    size_t width = f->width;
    int filled = f->filled;
    f->width = 0;
    f->filled = 0;
    if (f->status)
        return;
    if (!filled) {
        drop_row(f);
        return;
    }
    if (!f->finished) {
        t->columns = width;
    } else if (width != t->columns) {
        fault_add(f->faults, STATUS_BAD_INPUT, t->name, f->line, "has %zu field%s where the header has %zu", width,
                  width == 1 ? "" : "s", t->columns);
        drop_row(f);
        return;
    } else if (f->finished > CSV_ROWS_MAX) {
        stop(f, fault_add(f->faults, STATUS_BAD_INPUT, t->name, f->line, "has more than %u rows", CSV_ROWS_MAX));
        return;
    }
    if (grow((void **)&t->line, &f->row_size, f->finished + 1, sizeof *t->line)) {
        stop(f, fault_add(f->faults, STATUS_FAILED, t->name, f->line, "not enough memory for the table"));
        return;
    }
    t->line[f->finished++] = (uint32_t)f->line;
}

/* End of the line that begins at i, its line end included. */
static size_t line_end(const char *bytes, size_t i, size_t size)
{
    while (i < size && bytes[i] != '\n' && bytes[i] != '\r')
        i++;
    if (i < size && bytes[i] == '\r' && i + 1 < size && bytes[i + 1] == '\n')
        i++;
    return i < size ? i + 1 : size;
}

static int is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(" \t\r\n", bytes[i]))
            return 0;
    return 1;
}

static char detect_delimiter(const char *bytes, size_t size)
{
    static const char choices[] = ",;\t";
    size_t begin = 0, end = line_end(bytes, 0, size), counts[3] = {0}, best = 0;
    while (end < size && is_blank(bytes + begin, end - begin)) {
        begin = end;
        end = line_end(bytes, begin, size);
    }
    for (int quoted = 0; begin < end; begin++) {
        quoted ^= bytes[begin] == '"';
        for (size_t c = 0; c < 3; c++)
            counts[c] += !quoted && bytes[begin] == choices[c];
    }
    for (size_t c = 1; c < 3; c++)
        if (counts[c] > counts[best])
            best = c;
    return choices[best];
}

/* Feeds the parser line by line, so that each row knows where it begins. */
static void feed(struct csv_parser *parser, const char *bytes, size_t size, struct filling *f)
{
    int line = 0, open = 0;
    for (size_t i = 0, end; i < size && !f->status; i = end) {
        end = line_end(bytes, i, size);
        line++;
        if (!open) {
            f->line = line;
            if (is_blank(bytes + i, end - i))
                continue;
        }
        f->row_ended = 0;
        if (csv_parse(parser, bytes + i, end - i, on_field, on_row, f) != end - i) {
            int quote = csv_error(parser) == CSV_EPARSE;
            stop(f, fault_add(f->faults, quote ? STATUS_BAD_INPUT : STATUS_FAILED, f->table->name, line, "%s",
                              quote ? "a quote is out of place; a field with quotes in it stands in quotes, its own "
                                      "doubled: \"the \"\"best\"\" school\""
                                    : "not enough memory for the table"));
            return;
        }
        open = !f->row_ended;
    }
    if (f->status)
        return;
    if (csv_fini(parser, on_field, on_row, f)) {
        int quote = csv_error(parser) == CSV_EPARSE;
        stop(f, fault_add(f->faults, quote ? STATUS_BAD_INPUT : STATUS_FAILED, f->table->name, f->line, "%s",
                          quote ? "the quote that opens in this row never closes" : "not enough memory for the table"));
    }
}

static int by_name(const void *a, const void *b, void *context)
{
    const struct csv_table *t = context;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    int order = strcmp(csv_table_header(t, x), csv_table_header(t, y));
    return order ? order : (x > y) - (x < y);
}

static void check_header(struct csv_table *t, struct faults *faults)
{
    size_t order[CSV_COLUMNS_MAX];
    for (size_t c = 0; c < t->columns; c++)
        order[c] = c;
    qsort_r(order, t->columns, sizeof *order, by_name, t);
    for (size_t k = 1; k < t->columns; k++) {
        const char *name = csv_table_header(t, order[k]);
        /* Unnamed columns are common (row names, spreadsheet leftovers) and cannot be asked for. */
        if (*name && !strcmp(name, csv_table_header(t, order[k - 1])))
            fault_add(faults, STATUS_BAD_INPUT, t->name, (int)t->line[0],
                      "the column %s is named twice (columns %zu and %zu)", text_quote(name, (char[TEXT_QUOTED]){0}),
                      order[k - 1] + 1, order[k] + 1);
    }
}

enum status csv_table_parse(const char *name, const char *bytes, size_t size, char delimiter, struct csv_table *table,
                            struct faults *faults)
{
    struct csv_parser parser;
    struct faults none = {0};
    struct faults *all = faults ? faults : &none;
    size_t errors = all->errors;
    *table = (struct csv_table){.name = strdup(name)};
    struct filling f = {.table = table, .faults = all};
    while (size >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) /* some programs put two */
        bytes += 3, size -= 3;
    if (!table->name || csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI)) {
        free(table->name);
        return fault_add(faults, STATUS_FAILED, name, 0, "not enough memory for the table");
    }
    table->delimiter = delimiter ? delimiter : detect_delimiter(bytes, size);
    csv_set_delim(&parser, (unsigned char)table->delimiter);
    csv_set_blk_size(&parser, 4096);

    if (size > CSV_BYTES_MAX)
        f.status = fault_add(all, STATUS_BAD_INPUT, name, 0, "has %zu bytes; at most %u are read", size, CSV_BYTES_MAX);
    else if (size >= 2 && (!memcmp(bytes, "\xff\xfe", 2) || !memcmp(bytes, "\xfe\xff", 2)))
        f.status = fault_add(all, STATUS_BAD_INPUT, name, 1, "is UTF-16; save the table as \"CSV UTF-8\"");
    else
        check_bytes(name, bytes, size, all);
    if (!f.status && all->errors == errors)
        feed(&parser, bytes, size, &f);
    csv_free(&parser);
    if (!f.status && all->errors == errors) {
        if (!f.finished)
            fault_add(all, STATUS_BAD_INPUT, name, 0,
                      size ? "holds blank lines only; a header was expected" : "is empty; a header was expected");
        else
            check_header(table, all);
    }
    table->rows = f.finished ? f.finished - 1 : 0;
    if (all->errors == errors)
        return STATUS_OK;
    csv_table_free(table);
    faults_free(&none);
    return f.status ? f.status : STATUS_BAD_INPUT;
}

enum status csv_table_read(const char *path, char delimiter, struct csv_table *table, struct faults *faults)
{
    char *bytes;
    size_t size;
    enum status status = file_read(path, "a table", CSV_BYTES_MAX, &bytes, &size, faults);
    if (status)
        return status;
    status = csv_table_parse(path, bytes, size, delimiter, table, faults);
    free(bytes);
    return status;
}

void csv_table_free(struct csv_table *table)
{
    free(table->name);
    free(table->text);
    free(table->start);
    free(table->line);
    *table = (struct csv_table){0};
}

long csv_table_find(const struct csv_table *table, const char *name)
{
    for (size_t c = 0; c < table->columns; c++)
        if (!strcmp(csv_table_header(table, c), name))
            return (long)c;
    return -1;
}

int csv_put(FILE *out, const char *field)
{
    size_t length = strlen(field);
    int plain = !strpbrk(field, ",;\t\"\r\n") && (!length || (field[0] != ' ' && field[length - 1] != ' ')) &&
                strncmp(field, "\xef\xbb\xbf", 3); /* at the beginning of a file it would be a mark */
    return (plain ? fputs(field, out) : csv_fwrite(out, field, length)) == EOF ? -1 : 0;
}
