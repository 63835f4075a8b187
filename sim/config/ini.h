/* ini.h: an INI file as a list of what stands in it, each with its line. Knows no parameter.
 *
 * inih splits keys from values; everything it would do in silence is done or refused here before it sees a line
 * (measured on Debian's 55-1: lines over 199 bytes are cut in two and the tail of a long comment comes alive, section
 * names are cut at 49 bytes, continuations come as repeated keys, there are no line numbers, # starts no inline
 * comment, text after ] vanishes, a section without keys is never told).
 *
 * The rules
 * - UTF-8, with or without byte order mark; lines end in LF, CRLF or CR; the last may lack its end.
 * - ; and # start a comment at the beginning of a line or after white space, except between double quotes.
 * - [kind] or [kind NAME]; runs of white space in a name count as one space.
 * - key = value. The key is letters, digits and _. Indentation means nothing.
 * - A value in double quotes is taken as it stands, "" inside for one quote: "a ; b".
 * - An indented line without = right after a pair continues its value, joined by a space; comments may stand between.
 * - A file is at most INI_FILE_MAX bytes, a value with its key at most INI_LINE_MAX. */
#ifndef EBB_INI_H
#define EBB_INI_H

#include "../leaf/fault.h"

#define INI_FILE_MAX (1 << 20)
#define INI_LINE_MAX 16000

struct ini_item {
    enum {
        INI_SECTION, /* kind, name */
        INI_PAIR,    /* key, value, section */
        INI_BROKEN   /* text: a sentence for the user */
    } what;
    int line;
    char *kind, *name; /* owned; name NULL in [kind] */
    char *key, *value; /* owned */
    char *text;        /* owned */
    long section;      /* INI_PAIR: index of its section's item; -1 before any, -2 under a broken one */
    int first_line;    /* this section, or this key in this section, stood there before; 0 when it did not */
};

struct ini {
    struct ini_item *items; /* in file order */
    size_t count;
};

/* Reads a file; what is wrong with a line becomes an INI_BROKEN item, what is wrong with the whole file a fault. On any
 * status but STATUS_OK nothing is left to free. */
enum status ini_read(const char *path, struct ini *ini, struct faults *faults) MUST_CHECK;

/* The same from memory; path is for sentences only. */
enum status ini_read_bytes(const char *path, const char *bytes, size_t length, struct ini *ini,
                           struct faults *faults) MUST_CHECK;
void ini_free(struct ini *ini);

/* Whether a value must be written in double quotes to come back the same, and writes it either way. */
void ini_write_value(const char *value, FILE *out);

#endif
