/* json.h: a small writer of JSON, for the manifest: two blanks a level, keys in the order they are written. */
#ifndef EBB_STORE_JSON_H
#define EBB_STORE_JSON_H

#include "rows.h"

struct json {
    struct rows_text text;
    int depth;
    bool first; /* nothing at this level yet */
};

/* key NULL: an element of a list. '{' or '['; closed by the same. */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
/* Text that is not UTF-8 is read as Latin-1, so that the file stays valid. */
void json_string(struct json *json, const char *key, const char *value);
void json_integer(struct json *json, const char *key, int64_t value);
void json_real(struct json *json, const char *key, double value); /* null when not finite */

#endif
