#include "import.h"

#include "../../command.h"
#include "../../config/graphml.h"
#include "../../leaf/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SHOWN_ON_SCREEN 12 /* of each list; report.txt has all */

static const struct option_row own_options[] = {
    {"id-col", 0, "NAME", "the roster's column of ids; default id"},
    {"unit-col", 0, "NAME", "its column of departments, grades or teams; default unit"},
    {"years-col", 0, "NAME", "its column of years of service; default years"},
    {"trust-col", 0, "NAME", "its column of trust; default trust"},
    {"role-col", 0, "NAME", "its column of roles; default role"},
    {"from-col", 0, "NAME", "the ties' column of who was asked; default from"},
    {"to-col", 0, "NAMES", "of whom they named, one or several as name1,name2; default to"},
    {"weight-col", 0, "NAME", "of how strong the tie is; default strength"},
    {"trust-scale", 0, "LO:HI", "the survey's scale of trust, as 1:4; guessed when not given"},
    {"delimiter", 0, "CHAR", "comma, semicolon or tab; found in the header when not given"},
    {0},
};

static const char help[] =
    "ROSTER is a CSV file with a row for each member of staff, TIES one with a row for each survey\n"
    "answer: who (from) names whom (to). A GraphML file with nodes and edges may stand for both.\n"
    "Files are UTF-8. Empty cells and NA are gaps. Nobody is dropped from the roster; nominations\n"
    "that cannot be ties are left out, each with a word in the report.\n"
    "\n"
    "The folder (-o) gets roster.csv, ties.csv, report.txt and school.ini, which `ebb run` takes as it is.\n"
    "\n"
    "  ebb import roster.csv nominations.csv -o school\n"
    "  ebb import staff.csv survey.csv --id-col code --to-col name1,name2,name3 --trust-scale 1:5 -o school\n"
    "  ebb import network.graphml --id-col name -o school\n";

static void set_column(struct survey_column *column, const struct options *options, const char *name)
{
    const char *given = options_own(options, name);
    if (given)
        *column = (struct survey_column){given, true};
}

static enum status read_delimiter(const struct options *options, char *delimiter, struct faults *faults)
{
    static const struct {
        const char *word;
        char character;
    } words[] = {{"comma", ','}, {",", ','},   {"semicolon", ';'}, {";", ';'},
                 {"tab", '\t'},  {"\t", '\t'}, {"\\t", '\t'}};
    const char *given = options_own(options, "delimiter");
    *delimiter = 0;
    if (!given)
        return STATUS_OK;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].word, given))
            *delimiter = words[i].character;
    return *delimiter ? STATUS_OK
                      : fault_add(faults, STATUS_USAGE, NULL, 0, "--delimiter is %s; allowed are comma, semicolon, tab",
                                  text_quote(given, (char[TEXT_QUOTED]){0}));
}

static enum status read_scale(const struct options *options, double *lo, double *hi, struct faults *faults)
{
    const char *given = options_own(options, "trust-scale");
    char *end;
    *lo = -INFINITY;
    *hi = INFINITY;
    if (!given)
        return STATUS_OK;
    *lo = strtod(given, &end);
    bool good = end != given && *end == ':';
    if (good) {
        const char *second = end + 1;
        *hi = strtod(second, &end);
        good = end != second && !*end && isfinite(*lo) && isfinite(*hi) && *lo < *hi;
    }
    return good ? STATUS_OK
                : fault_add(faults, STATUS_USAGE, NULL, 0,
                            "--trust-scale is %s; it takes the lowest and highest answer, as 1:4",
                            text_quote(given, (char[TEXT_QUOTED]){0}));
}

static enum status read_survey(const struct options *options, struct import *import, struct faults *faults)
{
    struct survey_columns columns = SURVEY_COLUMNS;
    struct survey_bounds bounds = {-INFINITY, INFINITY, INFINITY};
    char delimiter;
    set_column(&columns.id, options, "id-col");
    set_column(&columns.unit, options, "unit-col");
    set_column(&columns.years, options, "years-col");
    set_column(&columns.trust, options, "trust-col");
    set_column(&columns.role, options, "role-col");
    set_column(&columns.from, options, "from-col");
    set_column(&columns.to, options, "to-col");
    set_column(&columns.strength, options, "weight-col");
    enum status first = read_delimiter(options, &delimiter, faults);
    enum status second = read_scale(options, &bounds.trust_lo, &bounds.trust_hi, faults);
    if (first || second)
        return STATUS_USAGE;
    import->trust_lo = bounds.trust_lo;
    import->trust_hi = bounds.trust_hi;

    if (import->sources[1])
        return survey_read(import->sources[0], import->sources[1], delimiter, &columns, bounds, &import->survey,
                           faults);
    struct csv_table roster, nominations;
    enum status status = graphml_read(import->sources[0], columns.id.name, &roster, &nominations, &import->undirected,
                                      faults);
    return status ? status : survey_join(&roster, &nominations, &columns, bounds, &import->survey, faults);
}

static bool is_graphml(const char *path)
{
    size_t length = strlen(path);
    return (length > 8 && !strcasecmp(path + length - 8, ".graphml")) ||
           (length > 4 && !strcasecmp(path + length - 4, ".xml"));
}

static enum status check_usage(const struct options *options, struct faults *faults)
{
    if (options->argument_count == 1 && !is_graphml(options->arguments[0]))
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "ebb import needs two CSV files, ROSTER and TIES, or one .graphml file");
    if (options->argument_count == 2 && (is_graphml(options->arguments[0]) || is_graphml(options->arguments[1])))
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "a GraphML file holds staff and ties; give it alone, or two CSV files");
    if (!options->out && !options->dry_run)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "-o DIR is missing: where the school is to be written (or -n: only "
                         "the report)");
    return STATUS_OK;
}

static enum status run_import(const struct options *options, struct faults *faults)
{
    struct import import = {0};
    enum status status = check_usage(options, faults);
    if (status)
        return status;
    for (int i = 0; i < options->argument_count; i++)
        import.sources[i] = options->arguments[i];
    if (!options->dry_run)
        status = import_refuse(import.sources, options->out, options->force, faults);
    if (status)
        return status;
    graph_library_init();
    status = read_survey(options, &import, faults);
    if (status)
        return status;
    status = import_treat(&import, faults);
    if (!status && !options->dry_run)
        status = import_write(&import, options->out, options->force, faults);
    if (!status && !options->quiet) {
        if (import_report(&import, SHOWN_ON_SCREEN, stdout))
            status = fault_add(faults, STATUS_FAILED, NULL, 0, "the report cannot be printed");
        if (!options->dry_run)
            printf("\nWritten to %s: roster.csv, ties.csv, report.txt, school.ini. Next: ebb run %s/school.ini\n",
                   options->out, options->out);
    }
    import_free(&import);
    return status;
}

extern const struct command import_command;
const struct command import_command = {
    .name = "import",
    .usage = "ROSTER TIES",
    .meaning = "make a school to simulate from a survey",
    .help = help,
    .arguments_min = 1,
    .arguments_max = 2,
    .takes = TAKES_OUT | TAKES_QUIET | TAKES_FORCE | TAKES_DRY_RUN,
    .own = own_options,
    .run = run_import,
};
