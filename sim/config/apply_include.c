/* A configuration may be made of several files: each may name others before its first section. */
#include "../leaf/text.h"
#include "apply.h"

#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Who asks for a file: number -1 for the one asked for on the command line. */
struct asker {
    int file, line;
    const char *path;
};

bool apply_is_include(const struct ini_item *item)
{
    return item->what == INI_PAIR && item->section == -1 && strcmp(item->key, APPLY_INCLUDE) == 0;
}

/* The folder of path as it is written, with its slash; "" for a bare name. */
static int folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash - path) + 1 : 0;
}

static int depth_of(const struct apply *apply, int file)
{
    int depth = 0;
    for (; file >= 0; file = apply->files[file].by)
        depth++;
    return depth;
}

/* Whether `file` includes itself by way of `asker`, or was included before. */
static enum status refuse_again(const struct apply *apply, const char *real, const struct asker *asker,
                                struct faults *faults)
{
    for (int above = asker->file; above >= 0; above = apply->files[above].by)
        if (strcmp(apply->files[above].real, real) == 0)
            return fault_add(faults, STATUS_BAD_INPUT, asker->path, asker->line,
                             above == asker->file ? "%s includes itself" : "%s is included by itself: a loop",
                             apply->files[above].path);
    for (size_t f = 0; f < apply->file_count; f++)
        if (strcmp(apply->files[f].real, real) == 0)
            return fault_add(faults, STATUS_BAD_INPUT, asker->path, asker->line,
                             "%s is included already, at %s:%d; keep one", apply->files[f].path,
                             apply->files[apply->files[f].by].path, apply->files[f].line);
    return STATUS_OK;
}

/* Adds a file and reads it; STATUS_FAILED also without memory. Takes path and real. */
static enum status add_file(struct apply *apply, char *path, char *real, const struct asker *asker,
                            struct faults *faults)
{
    struct apply_file *files = realloc(apply->files, (apply->file_count + 1) * sizeof *files);
    if (!files) {
        free(path);
        free(real);
        return fault_add(faults, STATUS_FAILED, asker->path, asker->line, "not enough memory to read a file");
    }
    apply->files = files;
    struct apply_file *file = &files[apply->file_count++];
    *file = (struct apply_file){.path = path, .real = real, .by = asker->file, .line = asker->line};
    const enum status status = ini_read(path, &file->ini, faults);
    if (status != STATUS_OK)
        return status;
    char *copy = strdup(path);
    file->folder = copy ? realpath(dirname(copy), NULL) : NULL;
    free(copy);
    return file->folder ? STATUS_OK
                        : fault_add(faults, STATUS_FAILED, path, 0, "its folder cannot be found: %s", strerror(errno));
}

static enum status read_one(struct apply *apply, char *path, const struct asker *asker, size_t *done,
                            struct faults *faults);

/* The includes of one file. A fault in one is remembered, and the others are read all the same. */
static enum status read_includes(struct apply *apply, int number, size_t *done, struct faults *faults)
{
    for (size_t i = 0; i < apply->files[number].ini.count; i++) {
        const struct apply_file *file = &apply->files[number]; /* moves as files are added */
        const struct ini_item *item = &file->ini.items[i];
        const struct asker asker = {number, item->line, file->path};
        char *path = NULL;
        if (!apply_is_include(item))
            continue;
        if (*item->value == '\0') {
            apply->included = fault_add(faults, STATUS_BAD_INPUT, file->path, item->line,
                                        "include names no file, as in include = strategies/coaching.ini");
            continue;
        }
        const int folder = *item->value == '/' ? 0 : folder_length(file->path);
        if (asprintf(&path, "%.*s%s", folder, file->path, item->value) < 0)
            return fault_add(faults, STATUS_FAILED, asker.path, asker.line, "not enough memory");
        const enum status status = read_one(apply, path, &asker, done, faults);
        if (status == STATUS_FAILED)
            return status;
        apply->included = status == STATUS_OK ? apply->included : status;
    }
    return STATUS_OK;
}

/* Reads a file and what it includes. Takes path. */
static enum status read_one(struct apply *apply, char *path, const struct asker *asker, size_t *done,
                            struct faults *faults)
{
    char *real = realpath(path, NULL);
    char quoted[TEXT_QUOTED];
    struct stat info;
    enum status status = STATUS_OK;
    if (!real && asker->file < 0)
        real = strdup(path); /* has no name of its own, or cannot be read: ini_read() will say */
    if (!real)
        status = fault_add(faults, STATUS_BAD_INPUT, asker->path, asker->line, "include: %s cannot be read: %s",
                           text_quote(path, quoted), strerror(errno));
    else if (asker->file >= 0 && stat(real, &info) == 0 && S_ISDIR(info.st_mode))
        status = fault_add(faults, STATUS_BAD_INPUT, asker->path, asker->line,
                           "include: %s is a folder; name a file in it", text_quote(path, quoted));
    else if (depth_of(apply, asker->file) > APPLY_DEPTH_MAX)
        status = fault_add(faults, STATUS_BAD_INPUT, asker->path, asker->line,
                           "include: files are nested deeper than %d", APPLY_DEPTH_MAX);
    else if (apply->file_count == APPLY_FILES_MAX)
        status = fault_add(faults, STATUS_BAD_INPUT, asker->path, asker->line,
                           "include: a configuration has at most %d files", APPLY_FILES_MAX);
    else
        status = refuse_again(apply, real, asker, faults);
    if (status != STATUS_OK) {
        free(path);
        free(real);
        return status;
    }
    status = add_file(apply, path, real, asker, faults);
    const int number = (int)apply->file_count - 1;
    if (status == STATUS_OK)
        status = read_includes(apply, number, done, faults);
    if (status != STATUS_FAILED)
        apply->order[(*done)++] = (size_t)number;
    return status;
}

enum status apply_read_files(struct apply *apply, const char *path, struct faults *faults)
{
    const struct asker nobody = {-1, 0, path};
    size_t done = 0;
    char *copy = strdup(path);
    return copy ? read_one(apply, copy, &nobody, &done, faults)
                : fault_add(faults, STATUS_FAILED, path, 0, "not enough memory");
}
