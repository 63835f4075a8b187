/* command.h: one row a command. Adding one takes its file in sim/commands/ and its row in sim/command.c. */
#ifndef EBB_COMMAND_H
#define EBB_COMMAND_H

#include "options.h"

struct command {
    const char *name;
    const char *usage;   /* "CONFIG" or "OUT KIND": its arguments, without the options */
    const char *meaning; /* one line, for the list of commands */
    const char *help;    /* paragraphs and examples after the list of options; may be NULL */

    int arguments_min, arguments_max; /* how many arguments it takes; ARGUMENTS_ANY: no upper bound */
    unsigned takes;                   /* which of the common options: TAKES_OUT | TAKES_SET | … */
    const struct option_row *own;     /* options of its own, ended by a row without name; may be NULL */

    /* Prints its data on stdout; main() has read the options, prints the faults and answers --help. */
    enum status (*run)(const struct options *options, struct faults *faults);
};

#define ARGUMENTS_ANY 1000000

extern const struct command *const commands[];        /* NULL-terminated */
const struct command *command_find(const char *name); /* NULL when unknown */

#endif
