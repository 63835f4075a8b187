#include "../leaf/file.h"
#include "../leaf/text.h"
#include "ini.h"

#include <stdlib.h>
#include <string.h>

enum status ini_read(const char *path, struct ini *ini, struct faults *faults)
{
    char *bytes;
    size_t size;
    *ini = (struct ini){0};
    enum status status = file_read(path, "a configuration", INI_FILE_MAX, &bytes, &size, faults);
    if (status)
        return status;
    status = ini_read_bytes(path, bytes, size, ini, faults);
    free(bytes);
    return status;
}

void ini_free(struct ini *ini)
{
    for (size_t i = 0; i < ini->count; i++) {
        struct ini_item *item = &ini->items[i];
        free(item->kind);
        free(item->name);
        free(item->key);
        free(item->value);
        free(item->text);
    }
    free(ini->items);
    *ini = (struct ini){0};
}

/* Quoted where the reader would see a comment, a quote or white space at the ends. */
void ini_write_value(const char *value, FILE *out)
{
    const size_t length = strlen(value);
    const char *white = " \t\v\f\r\n";
    const int quoted = length > 0 &&
                       (strpbrk(value, "\";#") || strchr(white, value[0]) || strchr(white, value[length - 1]));
    if (!quoted) {
        fputs(value, out);
        return;
    }
    fputc('"', out);
    for (; *value; value++)
        fputs(*value == '"' ? "\"\"" : (const char[]){*value, '\0'}, out);
    fputc('"', out);
}
