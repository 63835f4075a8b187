#include "command.h"

#include <string.h>

extern const struct command run_command;
extern const struct command compare_command;
extern const struct command check_command;
extern const struct command params_command;
extern const struct command explain_command;
extern const struct command replay_command;
extern const struct command import_command;
extern const struct command sweep_command;
extern const struct command merge_command;
extern const struct command sense_command;
extern const struct command plot_command;
extern const struct command export_command;
extern const struct command selftest_command;

const struct command *const commands[] = {
    &run_command,      &sweep_command,
    &compare_command,  &sense_command,
    &merge_command,    &replay_command,
    &plot_command,     &export_command,
    &import_command,   &check_command,
    &params_command,   &explain_command,
    &selftest_command, NULL, /* a row each */
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}
