#include "file.h"

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

/* Reads until the end or one byte beyond what is allowed, into a buffer that grows. Returns -1 with errno. */
static ssize_t read_all(int fd, size_t guess, size_t most, char **bytes)
{
    size_t used = 0, room = (guess < most ? guess : most) + 2;
    *bytes = malloc(room);
    while (*bytes && used <= most) {
        if (used + 1 == room) {
            room = room * 2 < most + 2 ? room * 2 : most + 2;
            char *grown = realloc(*bytes, room);
            if (!grown)
                return -1;
            *bytes = grown;
        }
        const ssize_t got = read(fd, *bytes + used, room - 1 - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        used += (size_t)got;
    }
    if (!*bytes)
        return -1;
    (*bytes)[used] = '\0';
    return (ssize_t)used;
}

enum status file_read(const char *path, const char *what, size_t most, char **bytes, size_t *size,
                      struct faults *faults)
{
    struct stat about;
    char *text = NULL;
    enum status status = STATUS_BAD_INPUT;
    const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0 || fstat(fd, &about) != 0) {
        fault_add(faults, status, path, 0, "cannot be read: %s", strerror(errno));
        goto out;
    }
    if (!S_ISREG(about.st_mode)) {
        fault_add(faults, status, path, 0, "is %s; %s is an ordinary text file", kind_of_file(about.st_mode), what);
        goto out;
    }
    /* The size is only a guess: files of the kernel's say 0, and others may grow meanwhile. */
    const int large = about.st_size > 0 && (size_t)about.st_size > most;
    const ssize_t length = large ? (ssize_t)most + 1 : read_all(fd, (size_t)about.st_size, most, &text);
    if (length < 0) {
        if (errno == ENOMEM)
            status = STATUS_FAILED;
        fault_add(faults, status, path, 0, "cannot be read: %s", strerror(errno));
        goto out;
    }
    if ((size_t)length > most) {
        fault_add(faults, status, path, 0, "is larger than %zu MiB, the most that is read of %s", most >> 20, what);
        goto out;
    }
    *bytes = text;
    *size = (size_t)length;
    text = NULL;
    status = STATUS_OK;
out:
    free(text);
    if (fd >= 0)
        close(fd);
    return status;
}

FILE *file_open_beside(const char *path, char **beside)
{
    char *name = NULL;
    *beside = NULL;
    if (asprintf(&name, "%s" FILE_PART ".XXXXXX", path) < 0) {
        errno = ENOMEM;
        return NULL;
    }
    const int handle = mkstemp(name);
    const mode_t mask = umask(0);
    umask(mask);
    FILE *file = handle >= 0 && fchmod(handle, 0666 & ~mask) == 0 ? fdopen(handle, "wb") : NULL;
    if (file) {
        *beside = name;
        return file;
    }
    const int why = errno;
    if (handle >= 0) {
        close(handle);
        unlink(name);
    }
    free(name);
    errno = why;
    return NULL;
}

bool file_is_same(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}
