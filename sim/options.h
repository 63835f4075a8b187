/* options.h: the command line. Options mean the same in every command: one table holds them. */
#ifndef EBB_OPTIONS_H
#define EBB_OPTIONS_H

#include "leaf/fault.h"

#include <stdbool.h>
#include <stdio.h>

struct command;

/* The common options; a command's `takes` says which it knows. --help and --version are known everywhere. */
enum {
    TAKES_OUT = 1 << 0,        /* -o, --out PATH */
    TAKES_JOBS = 1 << 1,       /* -j, --jobs N */
    TAKES_REPLICATES = 1 << 2, /* -r, --replicates N: the same as --set run.replicates=N */
    TAKES_SEED = 1 << 3,       /* -s, --seed N: the same as --set run.seed=N */
    TAKES_SET = 1 << 4,        /* --set section.key=value, repeatable */
    TAKES_QUIET = 1 << 5,      /* -q, --quiet */
    TAKES_VERBOSE = 1 << 6,    /* -v, --verbose */
    TAKES_FORCE = 1 << 7,      /* --force */
    TAKES_PROGRESS = 1 << 8,   /* --progress auto|plain|none */
    TAKES_DRY_RUN = 1 << 9,    /* -n, --dry-run */
    /* what every command that simulates a configuration takes */
    TAKES_RUNS = TAKES_OUT | TAKES_JOBS | TAKES_REPLICATES | TAKES_SEED | TAKES_SET | TAKES_QUIET | TAKES_FORCE |
                 TAKES_PROGRESS | TAKES_DRY_RUN,
};

/* One option: common, or a command's own. */
struct option_row {
    const char *name;     /* "layout", without the dashes */
    char letter;          /* 'l', or 0 */
    const char *argument; /* "NAME", or NULL: a flag */
    const char *meaning;  /* one line */
};
#define OPTIONS_OWN_MAX 32

struct options {
    const struct command *command;
    char **words; /* the whole command from its name on, as it will be recorded */
    int word_count;
    char **arguments; /* what is no option, in order; into argv */
    int argument_count;

    const char *out; /* NULL: not given */
    int jobs;        /* 0: as many as there are processors */
    bool quiet, verbose, force, dry_run, help;
    enum progress { PROGRESS_AUTO, PROGRESS_PLAIN, PROGRESS_NONE } progress;
    const char **sets; /* for config_load(): --set, -r and -s in the order given */
    size_t set_count;

    const char
        *own[OPTIONS_OWN_MAX]; /* by row of the command's own options: NULL not given, "" a flag, else its value */
    struct option_given {
        size_t row; /* of the command's own options */
        const char *value;
    } * given; /* every one of them as it was typed, for those that may be repeated */
    size_t given_count;
    char **owned; /* what -r and -s became */
    size_t owned_count;
};

/* Reads argv (argv[0] is the command's name) by the command's row; argv is reordered. Reports every fault. On any
 * status but STATUS_OK nothing is left to free. With --help nothing else is asked for. */
enum status options_parse(const struct command *command, int argc, char **argv, struct options *options,
                          struct faults *faults) MUST_CHECK;
void options_free(struct options *options);

/* The value of one of the command's own options: NULL when not given, "" for a flag. */
const char *options_own(const struct options *options, const char *name);

/* The i-th value, in the order typed, of an option that may be repeated; NULL beyond the last. */
const char *options_own_at(const struct options *options, const char *name, size_t i);

/* A whole number of at least lo and at most hi given to an option, for commands' own options too. */
enum status options_integer(const char *option, const char *text, long lo, long hi, long *value,
                            struct faults *faults) MUST_CHECK;

/* Prints the options a command takes, a line each. */
void options_help(const struct command *command, FILE *out);

#endif
