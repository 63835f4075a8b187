#include "../leaf/text.h"
#include "ini.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *kind_of_file(mode_t mode)
{
    return S_ISDIR(mode)    ? "a folder"
           : S_ISFIFO(mode) ? "a pipe"
           : S_ISCHR(mode)  ? "a device"
           : S_ISBLK(mode)  ? "a device"
           : S_ISSOCK(mode) ? "a socket"
                            : "no ordinary file";
}

/* Opens an ordinary file and nothing that could block or never end. */
static int open_file(const char *path, struct faults *faults)
{
    struct stat about;
    const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &about) != 0) {
        fault_add(faults, STATUS_BAD_INPUT, path, 0, "cannot be read: %s", strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    if (!S_ISREG(about.st_mode)) {
        fault_add(faults, STATUS_BAD_INPUT, path, 0, "is %s; a configuration is an ordinary text file",
                  kind_of_file(about.st_mode));
        close(fd);
        return -1;
    }
    return fd;
}

/* Reads until the end or one byte beyond what is allowed. Returns -1 with errno. */
static ssize_t read_all(int fd, char *bytes, size_t size)
{
    size_t used = 0;
    while (used < size) {
        const ssize_t got = read(fd, bytes + used, size - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        used += (size_t)got;
    }
    return (ssize_t)used;
}

enum status ini_read(const char *path, struct ini *ini, struct faults *faults)
{
    *ini = (struct ini){0};
    const int fd = open_file(path, faults);
    if (fd < 0)
        return STATUS_BAD_INPUT;
    enum status status;
    char *bytes = malloc(INI_FILE_MAX + 1);
    const ssize_t length = bytes ? read_all(fd, bytes, INI_FILE_MAX + 1) : 0;
    if (!bytes)
        status = fault_add(faults, STATUS_FAILED, path, 0, "not enough memory to read it");
    else if (length < 0)
        status = fault_add(faults, STATUS_BAD_INPUT, path, 0, "cannot be read: %s", strerror(errno));
    else if (length > INI_FILE_MAX)
        status = fault_add(faults, STATUS_BAD_INPUT, path, 0,
                           "is larger than one mebibyte; a configuration is a short text file");
    else
        status = ini_read_bytes(path, bytes, (size_t)length, ini, faults);
    free(bytes);
    close(fd);
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
