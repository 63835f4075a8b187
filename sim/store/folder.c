#include "folder.h"

#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

const char *const folder_files[] = {"manifest.json",
                                    "config.ini",
                                    "results.db",
                                    "results.db-journal",
                                    "runs.csv",
                                    "series.csv",
                                    "nodes.csv",
                                    "ties.csv",
                                    "lineage.csv",
                                    "summary.csv",
                                    "columns.csv",
                                    "points.csv",
                                    "results.db.part-journal",
                                    NULL};

char *folder_path(const char *out_dir, const char *name, const char *suffix)
{
    char *path = NULL;
    return asprintf(&path, "%s/%s%s", out_dir, name, suffix) < 0 ? NULL : path;
}

static enum status no_memory(struct faults *faults)
{
    return fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for a file name");
}

/* The nearest folder above that exists. */
static char *existing_parent(const char *path)
{
    char *parent = strdup(path);
    struct stat info;
    while (parent && stat(parent, &info) && errno == ENOENT) {
        char *end = parent + strlen(parent);
        while (end > parent && end[-1] == '/')
            *--end = '\0';
        char *slash = strrchr(parent, '/');
        if (!slash)
            strcpy(parent, parent[0] ? "." : "/");
        else if (slash == parent)
            parent[1] = '\0';
        else
            *slash = '\0';
    }
    return parent;
}

static bool is_listed(const char *name, const char *const *list)
{
    for (size_t i = 0; list && list[i]; i++) {
        const size_t n = strlen(list[i]);
        if (strchr(list[i], '*') && fnmatch(list[i], name, FNM_PERIOD) == 0)
            return true;
        if (strncmp(name, list[i], n) == 0 && (!name[n] || strcmp(name + n, FOLDER_PART) == 0))
            return true;
    }
    return false;
}

/* A manifest that this program wrote begins so. */
static bool has_manifest(const char *out_dir)
{
    static const char begins[] = "{\n  \"program\": \"ebb\"";
    char head[sizeof begins] = "";
    bool found = false;
    for (int part = 0; part < 2 && !found; part++) {
        char *path = folder_path(out_dir, "manifest.json", part ? FOLDER_PART : "");
        FILE *file = path ? fopen(path, "rb") : NULL;
        if (file) {
            found = fread(head, 1, sizeof begins - 1, file) == sizeof begins - 1 && strcmp(head, begins) == 0;
            fclose(file);
        }
        free(path);
    }
    return found;
}

/* Counts what lies in the folder: entries, and those that bear our names. -1: it cannot be read. */
static int look_into(const char *out_dir, const char *const *pictures, size_t *entries, size_t *ours,
                     char first_ours[NAME_MAX + 1])
{
    DIR *folder = opendir(out_dir);
    if (!folder)
        return -1;
    *entries = *ours = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        ++*entries;
        if ((is_listed(entry->d_name, folder_files) || is_listed(entry->d_name, pictures)) && (*ours)++ == 0)
            strcpy(first_ours, entry->d_name);
    }
    closedir(folder);
    return 0;
}

static enum status check_existing(const char *out_dir, const char *const *pictures, bool force, struct faults *faults)
{
    size_t entries, ours;
    char name[NAME_MAX + 1] = "";
    if (look_into(out_dir, pictures, &entries, &ours, name))
        return fault_add(faults, STATUS_BAD_INPUT, out_dir, 0, "cannot be read: %s", strerror(errno));
    const bool manifest = has_manifest(out_dir);
    if (entries && !force)
        return fault_add(faults, STATUS_BAD_INPUT, out_dir, 0,
                         manifest ? "holds a result already; choose another folder with -o, or replace it with --force"
                                  : "is not empty; choose another folder with -o, or write beside what is there with "
                                    "--force");
    if (ours && !manifest)
        return fault_add(faults, STATUS_BAD_INPUT, out_dir, 0,
                         "holds %s but no manifest.json of ebb: it may be somebody else's and is not replaced", name);
    return STATUS_OK;
}

/* SQLite keeps whole paths of 512 bytes, with eight of them for its journal's suffix. */
#define PATH_MOST (512 - 8 - sizeof "/results.db" FOLDER_PART + 1)

/* The length of its path from the root. */
static size_t whole_length(const char *out_dir)
{
    char *here = *out_dir == '/' ? NULL : getcwd(NULL, 0);
    const size_t length = strlen(out_dir) + (here ? strlen(here) + 1 : 0);
    free(here);
    return length;
}

enum status store_check_folder(const char *out_dir, const char *const *pictures, bool force, struct faults *faults)
{
    struct stat info;
    if (!*out_dir)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "the folder of results has an empty name");
    if (whole_length(out_dir) > PATH_MOST)
        return fault_add(faults, STATUS_BAD_INPUT, out_dir, 0,
                         "is %zu bytes long from the root on; the path of a result may have %zu", whole_length(out_dir),
                         PATH_MOST);
    char *parent = existing_parent(out_dir);
    if (!parent)
        return no_memory(faults);
    enum status status = STATUS_OK;
    if (stat(parent, &info))
        status = fault_add(faults, STATUS_BAD_INPUT, parent, 0, "cannot be reached: %s", strerror(errno));
    else if (!S_ISDIR(info.st_mode))
        status = fault_add(faults, STATUS_BAD_INPUT, parent, 0, "is no folder, so no result can be written there");
    else if (access(parent, W_OK | X_OK))
        status = fault_add(faults, STATUS_BAD_INPUT, parent, 0, "cannot be written to: %s", strerror(errno));
    else if (stat(out_dir, &info) == 0)
        status = check_existing(out_dir, pictures, force, faults);
    free(parent);
    return status;
}

enum status folder_make(const char *out_dir, struct faults *faults)
{
    char *path = strdup(out_dir);
    if (!path)
        return no_memory(faults);
    enum status status = STATUS_OK;
    for (char *slash = path + 1; status == STATUS_OK && slash; slash = slash ? slash + 1 : NULL) {
        slash = strchr(slash, '/');
        if (slash)
            *slash = '\0';
        if (mkdir(path, 0777) && errno != EEXIST)
            status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be made: %s", strerror(errno));
        if (!slash)
            break;
        *slash = '/';
    }
    free(path);
    return status;
}

enum status folder_lock(const char *out_dir, int *fd, struct faults *faults)
{
    const struct timespec moment = {.tv_nsec = 50000000};
    bool taken = true; /* one that was just killed may still be ending: half a second */
    *fd = -1;
    const enum status made = folder_make(out_dir, faults);
    if (made != STATUS_OK)
        return made;
    *fd = open(out_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*fd < 0)
        return STATUS_OK;
    for (int i = 0; taken && i < 10; i++) {
        if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
            return STATUS_OK;
        taken = errno == EWOULDBLOCK;
        if (taken)
            nanosleep(&moment, NULL);
    }
    close(*fd);
    *fd = -1;
    return taken ? fault_add(faults, STATUS_FAILED, out_dir, 0, "is being written by another ebb that has not ended")
                 : STATUS_OK;
}

enum status folder_claim(const char *out_dir, const char *const *pictures, bool replace, int *fd, struct faults *faults)
{
    enum status status = folder_lock(out_dir, fd, faults);
    if (status == STATUS_OK)
        status = check_existing(out_dir, pictures, replace, faults);
    if (status != STATUS_OK && *fd >= 0) {
        close(*fd);
        *fd = -1;
    }
    return status;
}

static enum status clear_one(char *path, struct faults *faults)
{
    enum status status = path ? STATUS_OK : no_memory(faults);
    if (path && unlink(path) && errno != ENOENT)
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be replaced: %s", strerror(errno));
    free(path);
    return status;
}

/* What lies there under a name like this one. */
static enum status clear_like(const char *out_dir, const char *pattern, struct faults *faults)
{
    DIR *folder = opendir(out_dir);
    enum status status = STATUS_OK;
    for (struct dirent *entry; folder && status == STATUS_OK && (entry = readdir(folder));)
        if (fnmatch(pattern, entry->d_name, FNM_PERIOD) == 0)
            status = clear_one(folder_path(out_dir, entry->d_name, ""), faults);
    if (folder)
        closedir(folder);
    return status;
}

/* Both forms of each name of the list, where they are there. */
static enum status clear(const char *out_dir, const char *const *list, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; list && list[i] && status == STATUS_OK; i++) {
        if (strchr(list[i], '*')) {
            status = clear_like(out_dir, list[i], faults);
            continue;
        }
        status = clear_one(folder_path(out_dir, list[i], ""), faults);
        if (status == STATUS_OK)
            status = clear_one(folder_path(out_dir, list[i], FOLDER_PART), faults);
    }
    return status;
}

enum status folder_tidy(const char *out_dir, const char *const *pictures, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; pictures && pictures[i] && status == STATUS_OK; i++) {
        char *pattern = NULL;
        if (asprintf(&pattern, "%s" FOLDER_PART ".??????", pictures[i]) < 0)
            return no_memory(faults);
        status = clear_like(out_dir, pattern, faults);
        free(pattern);
    }
    return status;
}

enum status folder_clear(const char *out_dir, const char *const *pictures, struct faults *faults)
{
    enum status status = clear(out_dir, folder_files, faults);
    if (status == STATUS_OK)
        status = clear(out_dir, pictures, faults);
    return status == STATUS_OK ? folder_tidy(out_dir, pictures, faults) : status;
}

enum status folder_discard(const char *out_dir, const char *const *pictures, struct faults *faults)
{
    const enum status status = folder_clear(out_dir, pictures, faults);
    if (status == STATUS_OK)
        rmdir(out_dir);
    return status;
}

bool folder_would_clear(const char *out_dir, const char *const *pictures, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    char *in = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    const bool here = in && file_is_same(in, out_dir);
    free(in);
    return here && (is_listed(name, folder_files) || is_listed(name, pictures));
}

enum status folder_finish(const char *out_dir, const char *name, struct faults *faults)
{
    char *from = folder_path(out_dir, name, FOLDER_PART), *to = folder_path(out_dir, name, "");
    enum status status = STATUS_OK;
    if (!from || !to)
        status = no_memory(faults);
    else if (rename(from, to))
        status = fault_add(faults, STATUS_FAILED, to, 0, "cannot be written: %s", strerror(errno));
    free(from);
    free(to);
    return status;
}

enum status folder_write(const char *out_dir, const char *name, const char *text, size_t size, struct faults *faults)
{
    char *path = folder_path(out_dir, name, FOLDER_PART);
    if (!path)
        return no_memory(faults);
    enum status status = STATUS_OK;
    FILE *file = fopen(path, "wb");
    int failed = !file || fwrite(text, 1, size, file) != size || fflush(file) || fsync(fileno(file));
    const int why = errno;
    if (file)
        failed |= fclose(file) != 0;
    if (failed) {
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be written: %s", strerror(why));
        unlink(path);
    }
    free(path);
    return status == STATUS_OK ? folder_finish(out_dir, name, faults) : status;
}
