#include "manifest_read.h"

#include "folder.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct texts {
    char **list;
    size_t count;
    bool failed;
};

/* From behind the opening quote to the closing one, in place; json.c escapes quotes, backslashes and control bytes. */
static char *unquote(char *from)
{
    char *to = from;
    for (char *at = from; *at && *at != '"'; at++) {
        char digits[5], *end;
        snprintf(digits, sizeof digits, "%.4s", *at == '\\' && at[1] == 'u' ? at + 2 : "");
        const unsigned long code = strtoul(digits, &end, 16);
        if (*at != '\\') {
            *to++ = *at;
        } else if (end == digits + 4) {
            if (code >= 0x80) /* bytes that were not UTF-8 were taken for Latin-1 */
                *to++ = (char)(0xc0 | code >> 6);
            *to++ = (char)(code >= 0x80 ? 0x80 | (code & 0x3f) : code);
            at += 5;
        } else if (at[1]) {
            *to++ = *++at;
        }
    }
    *to = '\0';
    return from;
}

static void add(struct texts *texts, char *quoted)
{
    char **more = realloc(texts->list, (texts->count + 2) * sizeof *more), *text = strdup(unquote(quoted));
    if (more)
        texts->list = more;
    if (!more || !text) {
        free(text);
        texts->failed = true;
        return;
    }
    more[texts->count++] = text;
    more[texts->count] = NULL;
}

static void read_lines(FILE *file, const char *key, struct texts *texts)
{
    char *line = NULL;
    size_t room = 0;
    const size_t length = strlen(key);
    bool listed = false; /* inside the list under the key */
    while (getline(&line, &room, file) > 0) {
        char *at = line + strspn(line, " ");
        if (listed && *at == '"') {
            add(texts, at + 1);
            continue;
        }
        listed = false;
        if (*at != '"' || strncmp(at + 1, key, length) != 0 || strncmp(at + 1 + length, "\": ", 3) != 0)
            continue;
        at += length + 4;
        listed = *at == '[';
        if (*at == '"')
            add(texts, at + 1);
    }
    free(line);
}

char **manifest_texts(const char *out_dir, const char *key)
{
    char *path = folder_path(out_dir, "manifest.json", "");
    struct texts texts = {.list = calloc(1, sizeof(char *)), .failed = !path};
    texts.failed |= !texts.list;
    FILE *file = texts.failed ? NULL : fopen(path, "rb");
    if (file) {
        read_lines(file, key, &texts);
        fclose(file);
    }
    free(path);
    if (!texts.failed)
        return texts.list;
    manifest_texts_free(texts.list);
    return NULL;
}

void manifest_texts_free(char **texts)
{
    for (size_t i = 0; texts && texts[i]; i++)
        free(texts[i]);
    free(texts);
}
