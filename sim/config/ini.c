#include "ini.h"

#include "../leaf/text.h"

#include <ini.h>
#include <search.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WHITE " \t"

/* One line of the file, without its end and its comment; `text` is a copy that may be cut. */
struct line {
    char *text; /* trimmed; "" when blank */
    int number;
    bool indented;
    bool comment; /* a comment and nothing else */
    bool broken;  /* already reported */
};

/* Where ini_parse_stream() reads from and where its handler puts what it finds. */
struct source {
    const char *path;
    const char *bytes;
    size_t length, at;
    int number;    /* of the last line taken */
    int pair_line; /* of the pair inih is being given */
    long section;  /* as in struct ini_item */
    bool no_memory;
    char *buffer; /* one line, INI_LINE_MAX + 1 bytes */
    void *seen;   /* tsearch tree of "section-index:key" and "[section]" */
    struct ini *ini;
};

/* A name that must be unique, and where it stood first. */
struct seen {
    int line;
    char name[];
};

static struct ini_item *add_item(struct source *source, int what, int line)
{
    struct ini *ini = source->ini;
    if ((ini->count & (ini->count - 1)) == 0) { /* a power of two: full */
        const size_t size = ini->count ? 2 * ini->count : 1;
        struct ini_item *items = realloc(ini->items, size * sizeof *items);
        if (!items) {
            source->no_memory = true;
            return NULL;
        }
        ini->items = items;
    }
    struct ini_item *item = &ini->items[ini->count++];
    memset(item, 0, sizeof *item);
    item->what = what;
    item->line = line;
    return item;
}

static char *copy(struct source *source, const char *text)
{
    char *copied = strdup(text);
    source->no_memory |= !copied;
    return copied;
}

__attribute__((format(printf, 3, 4))) static void broken(struct source *source, int line, const char *format, ...)
{
    struct ini_item *item = add_item(source, INI_BROKEN, line);
    if (!item)
        return;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&item->text, format, arguments) < 0) {
        item->text = NULL;
        source->no_memory = true;
    }
    va_end(arguments);
}

static int compare_seen(const void *a, const void *b)
{
    return strcmp(((const struct seen *)a)->name, ((const struct seen *)b)->name);
}

/* The line where this name stood first, 0 when it is new. */
static int remember(struct source *source, long section, const char *kind, const char *name, int line)
{
    const size_t size = strlen(kind) + strlen(name) + 32;
    struct seen *seen = malloc(sizeof *seen + size);
    struct seen **found = NULL;
    if (seen) {
        seen->line = line;
        snprintf(seen->name, size, "%ld %s\n%s", section, kind, name);
        found = tsearch(seen, &source->seen, compare_seen);
    }
    if (!found)
        source->no_memory = true;
    if (found && *found == seen)
        return 0;
    const int first = found ? (*found)->line : 0;
    free(seen);
    return first;
}

/* ---- lines ---- */

/* Where the comment starts, or the end. A section's name and a value in double quotes hide what is inside. */
static size_t comment_start(const char *text)
{
    const char *section = text + strspn(text, WHITE);
    const char *close = *section == '[' ? strchr(section, ']') : NULL;
    const size_t from = close ? (size_t)(close - text) : 0;
    const char *value = strchr(text, '=');
    const char *quote = value ? value + 1 + strspn(value + 1, WHITE) : NULL;
    bool quoted = false;
    for (size_t i = 0; text[i]; i++) {
        if (text[i] == '"' && quote && text + i >= quote && *quote == '"')
            quoted = !quoted;
        if ((text[i] == ';' || text[i] == '#') && !quoted && i >= from && (i == 0 || strchr(WHITE, text[i - 1])))
            return i;
    }
    return strlen(text);
}

/* Reports what no line may hold. */
static bool is_sound(struct source *source, const char *text, size_t length, int number)
{
    const size_t valid = text_utf8_valid(text, length);
    if (valid < length) {
        broken(source, number, "byte %zu of this line, 0x%02X, is not UTF-8; save the file as UTF-8", valid + 1,
               (unsigned)(unsigned char)text[valid]);
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f) {
            broken(source, number, "byte %zu of this line, 0x%02X, is a control character; this is a text file", i + 1,
                   c);
            return false;
        }
    }
    if (length > INI_LINE_MAX) {
        broken(source, number, "this line is longer than %d bytes", INI_LINE_MAX);
        return false;
    }
    return true;
}

/* Takes the next line; false at the end of the file. */
static bool next_line(struct source *source, struct line *line)
{
    if (source->at >= source->length)
        return false;
    const char *start = source->bytes + source->at;
    const size_t left = source->length - source->at;
    size_t length = 0;
    while (length < left && start[length] != '\n' && start[length] != '\r')
        length++;
    *line = (struct line){.number = ++source->number, .text = source->buffer};
    source->at += length + (length < left);
    if (length + 1 < left && start[length] == '\r' && start[length + 1] == '\n')
        source->at++;
    source->buffer[0] = '\0';
    line->broken = !is_sound(source, start, length, line->number);
    if (line->broken)
        return true;
    memcpy(source->buffer, start, length);
    source->buffer[length] = '\0';
    const size_t comment = comment_start(source->buffer);
    line->comment = comment < length && strspn(source->buffer, WHITE) == comment;
    source->buffer[comment] = '\0';
    line->indented = length > 0 && strchr(WHITE, start[0]);
    line->text = text_trim(source->buffer);
    return true;
}

static size_t key_length(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
}

/* The line as "key = value", or a sentence about what it is instead. */
static bool is_pair(struct source *source, const struct line *line)
{
    char quoted[TEXT_QUOTED];
    const size_t length = key_length(line->text);
    const char *after = line->text + length + strspn(line->text + length, WHITE);
    text_quote(line->text, quoted);
    if (length > 0 && *after == '=')
        return true;
    if (strncmp(line->text, "--", 2) == 0 || !strpbrk(line->text, "=:"))
        broken(source, line->number, "%s is neither [section] nor key = value", quoted);
    else if (length > 0 && *after == ':')
        broken(source, line->number, "%s has : where = belongs: %.*s =", quoted, (int)length, line->text);
    else
        broken(source, line->number, "%s does not begin with a key: a key is letters, digits and _", quoted);
    return false;
}

/* ---- sections ---- */

/* Makes each run of white space one space. */
static void squeeze(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++)
        if (!strchr(WHITE, *from))
            *to++ = *from;
        else if (to > text && to[-1] != ' ')
            *to++ = ' ';
    *to = '\0';
}

static void open_section(struct source *source, const struct line *line)
{
    char quoted[TEXT_QUOTED];
    char *inside = line->text + 1;
    char *close = strchr(inside, ']');
    source->section = -2;
    if (!close || close[1] != '\0') {
        text_quote(line->text, quoted);
        broken(source, line->number, close ? "%s goes on after its ]" : "%s lacks its closing ]", quoted);
        return;
    }
    *close = '\0';
    inside = text_trim(inside);
    squeeze(inside);
    char *name = strchr(inside, ' ');
    if (name)
        *name++ = '\0';
    if (*inside == '\0') {
        broken(source, line->number, "[] names no section");
        return;
    }
    struct ini_item *item = add_item(source, INI_SECTION, line->number);
    if (!item)
        return;
    item->kind = copy(source, inside);
    item->name = name ? copy(source, name) : NULL;
    item->first_line = remember(source, -1, inside, name ? name : "", line->number);
    source->section = (long)source->ini->count - 1;
}

/* ---- pairs ---- */

/* Joins the lines that continue a pair onto it; what follows them is read again. */
static void join_continuations(struct source *source, char *pair, size_t size)
{
    const int first = source->number;
    bool reported = false;
    for (;;) {
        const size_t at = source->at;
        const int number = source->number;
        const size_t items = source->ini->count;
        struct line line;
        if (!next_line(source, &line))
            return;
        const size_t length = key_length(line.text);
        const bool is_key = length > 0 && line.text[length + strspn(line.text + length, WHITE)] == '=';
        const bool goes_on = line.comment || (line.indented && *line.text && !is_key && *line.text != '[');
        if (line.broken || !goes_on) {
            /* read again by the caller, who reports it again */
            while (source->ini->count > items)
                free(source->ini->items[--source->ini->count].text);
            source->at = at;
            source->number = number;
            return;
        }
        if (line.comment)
            continue;
        const size_t used = strlen(pair);
        if (used + 1 + strlen(line.text) < size)
            snprintf(pair + used, size - used, " %s", line.text);
        else if (!reported)
            broken(source, first, "with its continuation lines this is longer than %d bytes", INI_LINE_MAX);
        reported |= used + 1 + strlen(line.text) >= size;
    }
}

/* An fgets() for ini_parse_stream(): gives it pairs only, one whole pair a call. */
static char *read_pair(char *pair, int size, void *stream)
{
    struct source *source = stream;
    struct line line;
    while (!source->no_memory && next_line(source, &line)) {
        if (line.broken || *line.text == '\0')
            continue;
        if (*line.text == '[') {
            open_section(source, &line);
        } else if (is_pair(source, &line)) {
            if (strlen(line.text) >= (size_t)size) { /* an inih built with a smaller, fixed buffer */
                broken(source, line.number, "this line is longer than %d bytes", size - 1);
                continue;
            }
            source->pair_line = line.number;
            memcpy(pair, line.text, strlen(line.text) + 1);
            join_continuations(source, pair, (size_t)size);
            return pair;
        }
    }
    return NULL;
}

/* Takes the double quotes off, in place; NULL, or what is wrong with them. */
static const char *unquote(char *value)
{
    if (*value != '"')
        return NULL;
    char *to = value;
    for (const char *from = value + 1; *from; from++) {
        if (*from == '"' && from[1] != '"') {
            *to = '\0';
            return from[1] ? "goes on after its closing quote" : NULL;
        }
        from += *from == '"';
        *to++ = *from;
    }
    return "lacks its closing quote";
}

/* inih's handler; its section is always empty, because it would cut a long one. */
static int take_pair(void *user, const char *section, const char *key, const char *value)
{
    struct source *source = user;
    (void)section;
    char *own = copy(source, value);
    const char *why = own ? unquote(own) : NULL;
    if (why) {
        char quoted[TEXT_QUOTED];
        broken(source, source->pair_line, "%s = %s %s", key, text_quote(value, quoted), why);
        free(own);
        return 1;
    }
    struct ini_item *item = own ? add_item(source, INI_PAIR, source->pair_line) : NULL;
    if (!item) {
        free(own);
        return 1;
    }
    item->value = own;
    item->key = copy(source, key);
    item->section = source->section;
    if (source->section >= 0)
        item->first_line = remember(source, source->section, "", key, source->pair_line);
    return 1;
}

/* ---- the whole ---- */

static bool starts_with(const char *bytes, size_t length, const char *start, size_t size)
{
    return length >= size && memcmp(bytes, start, size) == 0;
}

/* What the first bytes or a NUL say about the file as a whole. */
static enum status check_bytes(const char *path, const char *bytes, size_t length, struct faults *faults)
{
    if (starts_with(bytes, length, "\xff\xfe", 2) || starts_with(bytes, length, "\xfe\xff", 2))
        return fault_add(faults, STATUS_BAD_INPUT, path, 0, "is UTF-16 text; save it as UTF-8");
    const char *nul = memchr(bytes, '\0', length);
    if (!nul)
        return STATUS_OK;
    int line = 1;
    for (const char *at = bytes; at < nul; at++)
        line += *at == '\n';
    return fault_add(faults, STATUS_BAD_INPUT, path, line, "is no text file: it holds a NUL byte");
}

enum status ini_read_bytes(const char *path, const char *bytes, size_t length, struct ini *ini, struct faults *faults)
{
    *ini = (struct ini){0};
    enum status status = check_bytes(path, bytes, length, faults);
    if (status != STATUS_OK)
        return status;
    const size_t mark = starts_with(bytes, length, "\xef\xbb\xbf", 3) ? 3 : 0;
    struct source source = {.path = path, .bytes = bytes + mark, .length = length - mark, .section = -1, .ini = ini};
    source.buffer = malloc(INI_LINE_MAX + 1);
    ini_max_line = INI_LINE_MAX + 1; /* Debian's inih takes these at run time; always the same values */
    ini_allow_inline_comments = false;
    const int result = source.buffer ? ini_parse_stream(read_pair, &source, take_pair, &source) : -2;
    free(source.buffer);
    tdestroy(source.seen, free);
    if (result == -2 || source.no_memory)
        status = fault_add(faults, STATUS_FAILED, path, 0, "not enough memory to read it");
    else if (result != 0)
        status = fault_add(faults, STATUS_FAILED, path, source.pair_line, "inih could not read a line it was given");
    if (status != STATUS_OK)
        ini_free(ini);
    return status;
}
