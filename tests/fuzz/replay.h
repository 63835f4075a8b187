/* replay.h: runs a fuzz target over its corpus, as an ordinary test. Include after the target. */
#ifndef EBB_REPLAY_H
#define EBB_REPLAY_H

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Feeds one file to the target, which aborts on what must not be. Returns 0, or -1 when the file cannot be read. */
static int replay_file(const char *path)
{
    struct stat about;
    FILE *in = fopen(path, "rb");
    if (!in || fstat(fileno(in), &about) != 0)
        return -1;
    const size_t size = (size_t)about.st_size;
    uint8_t *bytes = malloc(size + 1);
    const int whole = bytes && fread(bytes, 1, size, in) == size;
    if (whole)
        LLVMFuzzerTestOneInput(bytes, size);
    free(bytes);
    fclose(in);
    return whole ? 0 : -1;
}

/* The status of a test program: 0 when all files of the folder were run. */
static int replay_folder(const char *name, const char *folder)
{
    int failed = 0, count = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        char path[1000];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        fprintf(stderr, "# %s\n", path); /* so that an abort says where */
        failed |= replay_file(path) != 0;
        count++;
    }
    if (dir)
        closedir(dir);
    failed |= count == 0;
    printf("%s corpus.%s: %d inputs\n", failed ? "not ok" : "ok", name, count);
    return failed;
}

#endif
