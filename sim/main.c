/* Reads the command line, hands over to a command, prints what is wrong and exits; nobody else prints or exits. */
#include "command.h"
#include "leaf/graph.h"
#include "leaf/text.h"

#include <errno.h>
#include <string.h>

static void list_commands(FILE *out)
{
    fputs("Ebb simulates how personal, interpersonal and organizational capacity grow and regress in schools.\n\n"
          "usage: ebb COMMAND [options]\n\n",
          out);
    for (size_t i = 0; commands[i]; i++) {
        char call[64];
        snprintf(call, sizeof call, "%s %s", commands[i]->name, commands[i]->usage);
        fprintf(out, "  %-24s %s\n", call, commands[i]->meaning);
    }
    fputs("\n`ebb COMMAND --help` says more; `ebb --version` tells the version.\n"
          "Exit status: 0 done, 1 failed, 2 usage, 3 bad configuration or data, 130 interrupted.\n",
          out);
}

static void help(const struct command *command)
{
    printf("usage: ebb %s %s%s[options]\n\n%s\n\noptions\n", command->name, command->usage, *command->usage ? " " : "",
           command->meaning);
    options_help(command, stdout);
    if (command->help)
        printf("\n%s%s", command->help, command->help[strlen(command->help) - 1] == '\n' ? "" : "\n");
}

static enum status unknown_command(const char *word, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = word};
    for (size_t i = 0; commands[i]; i++)
        text_near_try(&near, commands[i]->name);
    text_quote(word, quoted);
    const char *what = word[0] == '-' ? "option" : "command";
    if (near.best)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "there is no %s %s; did you mean `ebb %s`?", what, quoted,
                         near.best);
    return fault_add(faults, STATUS_USAGE, NULL, 0, "there is no %s %s; `ebb --help` lists the commands", what, quoted);
}

static enum status run(const struct command *command, int argc, char **argv, struct faults *faults)
{
    struct options options;
    enum status status = options_parse(command, argc, argv, &options, faults);
    if (status != STATUS_OK)
        return status;
    if (options.help) {
        help(command);
        faults_free(faults); /* whoever asks for help is not scolded */
    } else {
        status = command->run(&options, faults);
    }
    options_free(&options);
    return status;
}

static enum status dispatch(int argc, char **argv, struct faults *faults)
{
    if (argc < 2) {
        list_commands(stderr);
        return STATUS_USAGE;
    }
    const char *word = argv[1];
    if (strcmp(word, "--version") == 0) {
        printf("ebb %s (%s)\n", EBB_VERSION, EBB_COMMIT);
        return STATUS_OK;
    }
    const bool asks = strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
    if (asks && argc == 2) {
        list_commands(stdout);
        return STATUS_OK;
    }
    const struct command *command = command_find(asks ? argv[2] : word);
    if (!command)
        return unknown_command(asks ? argv[2] : word, faults);
    if (asks) {
        help(command);
        return STATUS_OK;
    }
    return run(command, argc - 1, argv + 1, faults);
}

int main(int argc, char **argv)
{
    struct faults faults = {0};
    graph_library_init();
    enum status status = dispatch(argc, argv, &faults);
    if (status == STATUS_OK)
        status = faults.status;
    errno = 0;
    if ((fflush(stdout) != 0 || ferror(stdout)) && status == STATUS_OK)
        status = fault_add(&faults, STATUS_FAILED, NULL, 0, "standard output cannot be written: %s",
                           errno ? strerror(errno) : "an earlier write failed");
    faults_print(&faults, stderr);
    faults_free(&faults);
    return (int)status;
}
