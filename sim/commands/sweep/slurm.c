#include "slurm.h"

#include "../../command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM_SIZE 4096

/* In single quotes for a shell, whatever it holds. */
static void put_quoted(const char *word, FILE *out)
{
    fputc('\'', out);
    for (; *word; word++)
        if (*word == '\'')
            fputs("'\\''", out);
        else
            fputc(*word, out);
    fputc('\'', out);
}

/* The job's name is one word of a comment line: letters, digits and the like. */
static void put_name(const char *name, FILE *out)
{
    for (; *name; name++)
        fputc(strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", *name) ? *name : '_', out);
}

static bool is_each_shards_own(const char *name)
{
    return strcmp(name, "slurm") == 0 || strcmp(name, "shard") == 0 || strcmp(name, "resume") == 0;
}

/* What was asked, as it was asked, but for what differs from shard to shard. */
static void put_options(const struct options *options, FILE *out)
{
    fputc(' ', out);
    put_quoted(options->arguments[0], out);
    for (size_t i = 0; i < options->set_count; i++) {
        fputs(" --set ", out);
        put_quoted(options->sets[i], out);
    }
    for (size_t i = 0; i < options->given_count; i++) {
        const struct option_row *row = &options->command->own[options->given[i].row];
        if (is_each_shards_own(row->name))
            continue;
        fprintf(out, " --%s", row->name);
        if (row->argument) {
            fputc(' ', out);
            put_quoted(options->given[i].value, out);
        }
    }
}

enum status slurm_write(const struct options *options, const char *name, const char *out_dir, long tasks, FILE *out,
                        struct faults *faults)
{
    char program[PROGRAM_SIZE];
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    char *here = getcwd(NULL, 0);
    if (length < 0 || !here) {
        free(here);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "this program or its folder cannot be found: %s",
                         strerror(errno));
    }
    program[length] = '\0';
    fputs("#!/bin/sh\n#SBATCH --job-name=", out);
    put_name(name, out);
    fprintf(out, "\n#SBATCH --array=1-%ld\n#SBATCH --cpus-per-task=%d\n", tasks, options->jobs ? options->jobs : 1);
    fputs("# A task that was stopped carries on when it is submitted again. When all have ended:\n#   ", out);
    put_quoted(program, out);
    fputs(" merge ", out);
    put_quoted(out_dir, out);
    fputs("/part-* -o ", out);
    put_quoted(out_dir, out);
    fputs("/whole\ncd ", out);
    put_quoted(here, out);
    fputs(" || exit 1\nexec ", out);
    put_quoted(program, out);
    fputs(" sweep", out);
    put_options(options, out);
    fprintf(out, " -q -j \"${SLURM_CPUS_PER_TASK:-1}\" --resume --shard \"$SLURM_ARRAY_TASK_ID/%ld\" -o ", tasks);
    put_quoted(out_dir, out);
    fputs("/\"part-$SLURM_ARRAY_TASK_ID\"\n", out);
    free(here);
    return ferror(out) ? fault_add(faults, STATUS_FAILED, NULL, 0, "the script cannot be written: %s", strerror(errno))
                       : STATUS_OK;
}
