/* The command line: every option read alike everywhere, every slip of the fingers told in one sentence. */
#include "../../sim/command.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ALL_OPTIONS                                                                                                   \
    (TAKES_OUT | TAKES_JOBS | TAKES_REPLICATES | TAKES_SEED | TAKES_SET | TAKES_QUIET | TAKES_VERBOSE | TAKES_FORCE | \
     TAKES_PROGRESS | TAKES_DRY_RUN)

static const struct option_row own[] = {
    {"layout", 'l', "NAME", "how it is laid out"},
    {"single", 0, NULL, "only one"},
    {0},
};
static const struct command all_of_them = {
    .name = "do", .usage = "A [B]", .arguments_min = 1, .arguments_max = 2, .takes = ALL_OPTIONS, .own = own};
static const struct command few = {.name = "few", .usage = "", .takes = TAKES_QUIET | TAKES_SET};

#define WORDS_MAX 12

static enum status parse(const struct command *command, const char *const *words, struct options *options,
                         struct faults *faults)
{
    static char copies[WORDS_MAX][80];
    static char *argv[WORDS_MAX + 1];
    int argc = 1;
    strcpy(copies[0], command->name);
    for (; words[argc - 1]; argc++)
        snprintf(copies[argc], sizeof copies[argc], "%s", words[argc - 1]);
    for (int i = 0; i < argc; i++)
        argv[i] = copies[i];
    argv[argc] = NULL;
    return options_parse(command, argc, argv, options, faults);
}

static void everything_is_read(void **state)
{
    static const char *const words[] = {"first", "-o",    "out", "-j3",     "--replicates=40",
                                        "--set", "a.b=c", "-qv", "--force", "--progress=plain",
                                        "-nl",   NULL};
    static const char *const more[] = {"--layout",    "wide", "--seed", "7",   "--single",
                                       "--set=d.e=f", "--",   "-x",     "--y", NULL};
    struct options options;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(parse(&all_of_them, words, &options, &faults), STATUS_USAGE); /* -l lacks its value */
    assert_int_equal(faults.errors, 1);
    assert_non_null(strstr(faults.list[0].text, "needs a value"));
    faults_free(&faults);

    static const char *const sound[] = {
        "first", "-o", "out", "-j3", "-r", "40", "--set", "a.b=c", "-qvn", "--force", "--progress=plain", NULL};
    assert_int_equal(parse(&all_of_them, sound, &options, &faults), STATUS_OK);
    assert_string_equal(options.out, "out");
    assert_int_equal(options.jobs, 3);
    assert_true(options.quiet && options.verbose && options.force && options.dry_run && !options.help);
    assert_int_equal(options.progress, PROGRESS_PLAIN);
    assert_int_equal(options.set_count, 2);
    assert_string_equal(options.sets[0], "run.replicates=40");
    assert_string_equal(options.sets[1], "a.b=c");
    assert_int_equal(options.argument_count, 1);
    assert_string_equal(options.arguments[0], "first");
    assert_null(options_own(&options, "layout"));
    options_free(&options);

    assert_int_equal(parse(&all_of_them, more, &options, &faults), STATUS_OK);
    assert_string_equal(options_own(&options, "layout"), "wide");
    assert_string_equal(options_own(&options, "single"), "");
    assert_null(options_own(&options, "no such option"));
    assert_string_equal(options.sets[0], "run.seed=7");
    assert_string_equal(options.sets[1], "d.e=f");
    assert_int_equal(options.argument_count, 2);
    assert_string_equal(options.arguments[0], "-x");
    assert_null(options.out);
    assert_int_equal(options.jobs, 0);
    options_free(&options);
    assert_int_equal(faults.count, 0);
}

static const struct {
    const struct command *command;
    const char *words[6];
    const char *sentence;
} slips[] = {
    {&all_of_them, {NULL}, "ebb do needs an argument: ebb do A [B]"},
    {&all_of_them, {"a", "b", "c"}, "'c' is one argument too many: ebb do A [B]"},
    {&all_of_them, {"a", "--outt"}, "ebb do has no option '--outt'; did you mean --out?"},
    {&all_of_them, {"a", "--sed=4"}, "ebb do has no option '--sed=4'; did you mean --seed?"},
    {&all_of_them, {"a", "--xyzzy"}, "ebb do has no option '--xyzzy'; `ebb do --help` lists what it takes"},
    {&all_of_them, {"a", "-z"}, "ebb do has no option '-z'; `ebb do --help` lists what it takes"},
    {&all_of_them, {"a", "--se", "4"}, "option '--se' could be several; write it out"},
    {&all_of_them, {"a", "--out"}, "option '--out' needs a value"},
    {&all_of_them, {"a", "-j"}, "option '-j' needs a value"},
    {&all_of_them, {"a", "--force=yes"}, "option '--force=yes' takes no value"},
    {&all_of_them, {"a", "--single=1"}, "option '--single=1' takes no value"},
    {&all_of_them, {"a", "--help=me"}, "option '--help=me' takes no value"},
    {&all_of_them, {"a", "-j", "0"}, "--jobs is '0'; allowed: a whole number from 1 to 4096"},
    {&all_of_them, {"a", "-j", "4x"}, "--jobs is '4x'; allowed: a whole number from 1 to 4096"},
    {&all_of_them, {"a", "-j", ""}, "--jobs is ''; allowed: a whole number from 1 to 4096"},
    {&all_of_them, {"a", "-j", "-1"}, "--jobs is '-1'; allowed: a whole number from 1 to 4096"},
    {&all_of_them,
     {"a", "-j", "99999999999999999999"},
     "--jobs is '99999999999999999999'; allowed: a whole number from 1 to 4096"},
    {&all_of_them, {"a", "--progress", "bar"}, "--progress is 'bar'; allowed: auto, plain, none"},
    {&few, {"-o", "x"}, "ebb few has no option '-o'; `ebb few --help` lists what it takes"},
    {&few, {"--jobs=3"}, "ebb few has no option '--jobs=3'; `ebb few --help` lists what it takes"},
    {&few, {"\033[2J"}, "'\\x1B[2J' is one argument too many: ebb few "},
};

static void own_options_may_be_repeated(void **state)
{
    static const char *const words[] = {"a", "-l", "none", "--single", "--layout=x+y", "-lz", NULL};
    struct options options;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(parse(&all_of_them, words, &options, &faults), STATUS_OK);
    assert_string_equal(options_own(&options, "layout"), "z");
    assert_string_equal(options_own_at(&options, "layout", 0), "none");
    assert_string_equal(options_own_at(&options, "layout", 1), "x+y");
    assert_string_equal(options_own_at(&options, "layout", 2), "z");
    assert_null(options_own_at(&options, "layout", 3));
    assert_string_equal(options_own_at(&options, "single", 0), "");
    assert_null(options_own_at(&options, "single", 1));
    assert_null(options_own_at(&options, "other", 0));
    options_free(&options);
}

static void slips_are_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        struct options options;
        struct faults faults = {0};
        assert_int_equal(parse(slips[i].command, slips[i].words, &options, &faults), STATUS_USAGE);
        assert_true(faults.errors >= 1);
        assert_string_equal(faults.list[0].text, slips[i].sentence);
        faults_free(&faults);
    }
}

static void all_slips_at_once(void **state)
{
    static const char *const words[] = {"-j0", "--outt", "--progress=x", "-z", NULL};
    struct options options;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(parse(&all_of_them, words, &options, &faults), STATUS_USAGE);
    assert_int_equal(faults.errors, 5); /* and the missing argument */
    faults_free(&faults);
}

static void help_asks_for_nothing_else(void **state)
{
    static const char *const words[] = {"--help", NULL}, *const letter[] = {"-h", "--outt", NULL};
    struct options options;
    struct faults faults = {0};
    (void)state;
    assert_int_equal(parse(&all_of_them, words, &options, &faults), STATUS_OK);
    assert_true(options.help);
    options_free(&options);
    assert_int_equal(parse(&all_of_them, letter, &options, &faults), STATUS_OK);
    assert_true(options.help);
    options_free(&options);
    faults_free(&faults);
}

static void letters_and_names_do_not_clash(const struct command *command)
{
    char seen[128] = "h";
    for (const struct option_row *row = command->own; row && row->name; row++) {
        assert_true(*row->meaning != '\0');
        if (row->letter) {
            assert_null(strchr(seen, row->letter));
            assert_null(strchr("ojrsqvn", row->letter)); /* those mean the same everywhere */
            strncat(seen, &row->letter, 1);
        }
        for (const struct option_row *other = command->own; other != row; other++)
            assert_string_not_equal(other->name, row->name);
    }
}

static void every_command_has_its_row(void **state)
{
    (void)state;
    assert_non_null(commands[0]);
    for (size_t i = 0; commands[i]; i++) {
        const struct command *command = commands[i];
        assert_true(*command->meaning != '\0' && command->run && command->usage);
        assert_ptr_equal(command_find(command->name), command);
        assert_in_range(command->arguments_max, command->arguments_min, ARGUMENTS_ANY);
        letters_and_names_do_not_clash(command);

        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        assert_non_null(out);
        options_help(command, out);
        assert_int_equal(fclose(out), 0);
        assert_non_null(strstr(text, "--help"));
        assert_int_equal(strstr(text, "--jobs N") != NULL, (command->takes & TAKES_JOBS) != 0);
        free(text);
    }
    assert_null(command_find("no such command"));
    assert_null(command_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),        cmocka_unit_test(slips_are_told),
        cmocka_unit_test(all_slips_at_once),         cmocka_unit_test(help_asks_for_nothing_else),
        cmocka_unit_test(every_command_has_its_row), cmocka_unit_test(own_options_may_be_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
