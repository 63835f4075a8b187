/* command.h: one row a command. Adding one takes its file in sim/commands/ and its row in sim/command.c. */
#ifndef EBB_COMMAND_H
#define EBB_COMMAND_H

#include "leaf/fault.h"

struct command {
    const char *name;
    const char *usage;   /* "CONFIG [options]" */
    const char *meaning; /* one line */
    const char *help;    /* options, examples */
    /* argv[0] is the command's name. Prints its data on stdout; faults are printed by main(). */
    enum status (*run)(int argc, char **argv, struct faults *faults);
};

extern const struct command *const commands[]; /* NULL-terminated */
const struct command *command_find(const char *name);

#endif
