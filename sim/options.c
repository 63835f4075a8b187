#include "options.h"

#include "command.h"
#include "leaf/text.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* Row i belongs to bit i of `takes`. */
static const struct option_row common[] = {
    {"out", 'o', "PATH", "where results go"},
    {"jobs", 'j', "N", "threads; otherwise one a processor"},
    {"replicates", 'r', "N", "runs that differ in chance only: --set run.replicates=N"},
    {"seed", 's', "N", "same seed, same bytes: --set run.seed=N"},
    {"set", 0, "SECTION.KEY=VALUE", "change one setting after the file; repeatable"},
    {"quiet", 'q', NULL, "say only what went wrong"},
    {"verbose", 'v', NULL, "say more"},
    {"force", 0, NULL, "overwrite what exists"},
    {"progress", 0, "auto|plain|none", "how progress is shown"},
    {"dry-run", 'n', NULL, "check everything, say what would be done, do nothing"},
};
enum { COMMON_COUNT = sizeof common / sizeof common[0], ID_HELP = 1000, ID_OWN = 2000 };

/* The table of getopt_long() for one command. */
struct table {
    struct option rows[COMMON_COUNT + OPTIONS_OWN_MAX + 2];
    size_t count;
    char letters[2 * (COMMON_COUNT + OPTIONS_OWN_MAX) + 4];
};

static void table_add(struct table *table, const struct option_row *row, int id)
{
    table->rows[table->count++] = (struct option){row->name, row->argument ? required_argument : no_argument, NULL, id};
    if (row->letter) {
        const char letter[3] = {row->letter, row->argument ? ':' : '\0', '\0'};
        strcat(table->letters, letter);
    }
}

static size_t own_count(const struct command *command)
{
    size_t count = 0;
    while (command->own && command->own[count].name && count < OPTIONS_OWN_MAX)
        count++;
    return count;
}

static struct table table_of(const struct command *command)
{
    static const struct option_row help = {"help", 'h', NULL, ""};
    struct table table = {.letters = ":"}; /* ':' first: a missing value is told apart */
    for (int i = 0; i < COMMON_COUNT; i++)
        if (command->takes & 1u << i)
            table_add(&table, &common[i], i + 1);
    for (size_t i = 0; i < own_count(command); i++)
        table_add(&table, &command->own[i], ID_OWN + (int)i);
    table_add(&table, &help, ID_HELP);
    return table;
}

/* The id behind a letter, or 0. */
static int id_of_letter(const struct command *command, int letter)
{
    if (letter == 'h')
        return ID_HELP;
    for (int i = 0; i < COMMON_COUNT; i++)
        if (common[i].letter == letter && (command->takes & 1u << i))
            return i + 1;
    for (size_t i = 0; i < own_count(command); i++)
        if (command->own[i].letter == letter)
            return ID_OWN + (int)i;
    return 0;
}

static enum status unknown_option(const struct command *command, const struct table *table, const char *word,
                                  int letter, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    if (letter) {
        const char text[] = {'-', (char)letter, '\0'};
        return fault_add(faults, STATUS_USAGE, NULL, 0, "ebb %s has no option %s; `ebb %s --help` lists what it takes",
                         command->name, text_quote(text, quoted), command->name);
    }
    char typed[64];
    snprintf(typed, sizeof typed, "%.*s", (int)strcspn(word + 2, "="), word + 2);
    struct text_near near = {.word = typed};
    size_t begins = 0;
    for (size_t i = 0; i < table->count; i++) {
        text_near_try(&near, table->rows[i].name);
        begins += strncmp(table->rows[i].name, typed, strlen(typed)) == 0;
    }
    text_quote(word, quoted);
    if (begins > 1)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "option %s could be several; write it out", quoted);
    if (near.best)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "ebb %s has no option %s; did you mean --%s?", command->name,
                         quoted, near.best);
    return fault_add(faults, STATUS_USAGE, NULL, 0, "ebb %s has no option %s; `ebb %s --help` lists what it takes",
                     command->name, quoted, command->name);
}

enum status options_integer(const char *option, const char *text, long lo, long hi, long *value, struct faults *faults)
{
    char *end;
    errno = 0;
    const long number = strtol(text, &end, 10);
    if (end != text && *end == '\0' && errno == 0 && number >= lo && number <= hi) {
        *value = number;
        return STATUS_OK;
    }
    char quoted[TEXT_QUOTED];
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--%s is %s; allowed: a whole number from %ld to %ld", option,
                     text_quote(text, quoted), lo, hi);
}

static enum status out_of_memory(struct faults *faults)
{
    return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the command line");
}

static enum status add_set(struct options *options, const char *set, struct faults *faults)
{
    const char **list = realloc(options->sets, (options->set_count + 1) * sizeof *list);
    if (!list)
        return out_of_memory(faults);
    options->sets = list;
    options->sets[options->set_count++] = set;
    return STATUS_OK;
}

/* -r 40 is --set run.replicates=40: one way in, one way to be checked and recorded. */
static enum status add_run_set(struct options *options, const char *key, const char *value, struct faults *faults)
{
    char **list = realloc(options->owned, (options->owned_count + 1) * sizeof *list);
    if (!list)
        return out_of_memory(faults);
    options->owned = list;
    char *set;
    if (asprintf(&set, "run.%s=%s", key, value) < 0)
        return out_of_memory(faults);
    options->owned[options->owned_count++] = set;
    return add_set(options, set, faults);
}

static enum status parse_progress(struct options *options, const char *text, struct faults *faults)
{
    static const char *const names[] = {"auto", "plain", "none"};
    for (int i = 0; i < 3; i++)
        if (strcmp(text, names[i]) == 0) {
            options->progress = (enum progress)i;
            return STATUS_OK;
        }
    char quoted[TEXT_QUOTED];
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--progress is %s; allowed: auto, plain, none",
                     text_quote(text, quoted));
}

static enum status take_own(struct options *options, size_t row, const char *value, struct faults *faults)
{
    struct option_given *list = realloc(options->given, (options->given_count + 1) * sizeof *list);
    if (!list)
        return out_of_memory(faults);
    options->given = list;
    options->given[options->given_count++] = (struct option_given){row, value};
    options->own[row] = value;
    return STATUS_OK;
}

static enum status take(struct options *options, int id, const char *value, struct faults *faults)
{
    if (id > COMMON_COUNT) {
        if (id != ID_HELP)
            return take_own(options, (size_t)(id - ID_OWN), value ? value : "", faults);
        options->help = true;
        return STATUS_OK;
    }
    long number = 0;
    enum status status = STATUS_OK;
    switch (1 << (id - 1)) {
    case TAKES_OUT:
        options->out = value;
        break;
    case TAKES_JOBS:
        status = options_integer("jobs", value, 1, 4096, &number, faults);
        options->jobs = (int)number;
        break;
    case TAKES_REPLICATES:
        status = add_run_set(options, "replicates", value, faults);
        break;
    case TAKES_SEED:
        status = add_run_set(options, "seed", value, faults);
        break;
    case TAKES_SET:
        status = add_set(options, value, faults);
        break;
    case TAKES_QUIET:
        options->quiet = true;
        break;
    case TAKES_VERBOSE:
        options->verbose = true;
        break;
    case TAKES_FORCE:
        options->force = true;
        break;
    case TAKES_PROGRESS:
        status = parse_progress(options, value, faults);
        break;
    case TAKES_DRY_RUN:
        options->dry_run = true;
        break;
    default:
        break;
    }
    return status;
}

static void check_arguments(const struct command *command, const struct options *options, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    if (options->argument_count < command->arguments_min)
        fault_add(faults, STATUS_USAGE, NULL, 0, "ebb %s needs %s: ebb %s %s", command->name,
                  options->argument_count == 0 ? "an argument" : "another argument", command->name, command->usage);
    if (options->argument_count > command->arguments_max)
        fault_add(faults, STATUS_USAGE, NULL, 0, "%s is one argument too many: ebb %s %s",
                  text_quote(options->arguments[command->arguments_max], quoted), command->name, command->usage);
}

enum status options_parse(const struct command *command, int argc, char **argv, struct options *options,
                          struct faults *faults)
{
    *options = (struct options){.command = command};
    const struct table table = table_of(command);
    const size_t errors = faults->errors;
    enum status status = STATUS_OK;
    opterr = 0;
    optind = 0; /* GNU: start afresh */
    int id;
    while (status != STATUS_FAILED &&
           (optopt = 0, id = getopt_long(argc, argv, table.letters, table.rows, NULL)) != -1) {
        const char *word = argv[optind > 0 ? optind - 1 : 0];
        char quoted[TEXT_QUOTED];
        if (id == ':') {
            fault_add(faults, STATUS_USAGE, NULL, 0, "option %s needs a value", text_quote(word, quoted));
        } else if (id == '?' && (optopt >= ID_HELP || (optopt > 0 && optopt <= COMMON_COUNT))) {
            /* getopt_long() tells the id of a long flag that was given a value */
            fault_add(faults, STATUS_USAGE, NULL, 0, "option %s takes no value", text_quote(word, quoted));
        } else if (id == '?') {
            unknown_option(command, &table, word, optopt, faults);
        } else {
            status = take(options, id < ID_HELP && id > COMMON_COUNT ? id_of_letter(command, id) : id, optarg, faults);
        }
    }
    options->words = argv;
    options->word_count = argc;
    options->arguments = argv + optind;
    options->argument_count = argc - optind;
    if (!options->help)
        check_arguments(command, options, faults);
    if (faults->errors > errors && !options->help) {
        status = status == STATUS_OK ? STATUS_USAGE : status;
        options_free(options);
        return status;
    }
    return STATUS_OK;
}

void options_free(struct options *options)
{
    for (size_t i = 0; i < options->owned_count; i++)
        free(options->owned[i]);
    free(options->owned);
    free(options->given);
    free(options->sets);
    *options = (struct options){0};
}

const char *options_own(const struct options *options, const char *name)
{
    for (size_t i = 0; i < own_count(options->command); i++)
        if (strcmp(options->command->own[i].name, name) == 0)
            return options->own[i];
    return NULL;
}

const char *options_own_at(const struct options *options, const char *name, size_t i)
{
    for (size_t k = 0; k < options->given_count; k++)
        if (strcmp(options->command->own[options->given[k].row].name, name) == 0 && i-- == 0)
            return options->given[k].value;
    return NULL;
}

static void help_line(const struct option_row *row, FILE *out)
{
    char spelled[80];
    char letter[8] = "    ";
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(spelled, sizeof spelled, "%s--%s%s%s", letter, row->name, row->argument ? " " : "",
             row->argument ? row->argument : "");
    fprintf(out, "  %-29s %s\n", spelled, row->meaning);
}

void options_help(const struct command *command, FILE *out)
{
    static const struct option_row help = {"help", 'h', NULL, "this page"};
    for (size_t i = 0; i < own_count(command); i++)
        help_line(&command->own[i], out);
    for (int i = 0; i < COMMON_COUNT; i++)
        if (command->takes & 1u << i)
            help_line(&common[i], out);
    help_line(&help, out);
}
