#include "../../command.h"
#include "charts.h"

static void made(void *self, const char *path)
{
    (void)self;
    puts(path);
}

/* An option that is a whole number; `otherwise` when it is not given. */
static enum status whole(const struct options *options, const char *name, long lo, long hi, long otherwise, long *value,
                         struct faults *faults)
{
    const char *text = options_own(options, name);
    *value = otherwise;
    return text ? options_integer(name, text, lo, hi, value, faults) : STATUS_OK;
}

static enum status run(const struct options *options, struct faults *faults)
{
    long run_number = 0, school = 0, singles = -1;
    enum status status = whole(options, "run", 1, 1000000, 0, &run_number, faults);
    if (whole(options, "school", 1, 10000000, 0, &school, faults) != STATUS_OK)
        status = STATUS_USAGE;
    if (whole(options, "singles", 0, 1000, -1, &singles, faults) != STATUS_OK)
        status = STATUS_USAGE;
    if (status != STATUS_OK)
        return status;
    const struct charts_wanted wanted = {
        .kind = options->argument_count > 1 ? options->arguments[1] : NULL,
        .out = options->out,
        .format = options_own(options, "format"),
        .weeks = options_own(options, "weeks"),
        .run = run_number,
        .school = school,
        .force = options->force,
        .options = {.columns = options_own(options, "columns"),
                    .of = options_own(options, "of"),
                    .target = options_own(options, "target"),
                    .overlaid = options_own(options, "overlaid") != NULL,
                    .singles = (int)singles},
        .made = options->quiet ? NULL : made,
    };
    return charts_make(options->arguments[0], &wanted, faults);
}

static const struct option_row own[] = {
    {"columns", 0, "A,B", "these columns (columns.csv lists them); not of network, lineage, initiatives, precision"},
    {"of", 0, "NAME", "this capacity and its components; layers, rings, lineage: of which innovation"},
    {"target", 0, "MEASURE=X", "heat, response, multiples: where the measure reaches X; otherwise sweep.target"},
    {"overlaid", 0, NULL, "series: lines of one unit share a panel"},
    {"singles", 0, "N", "series, phase: how many single runs are drawn"},
    {"weeks", 0, "0w,2y", "network: 1 to 8 of the stored weeks; rings: up to 24; heat, response, morris, sobol: one"},
    {"run", 0, "N", "this run alone; of networks otherwise the first. Not of sweeps and comparisons"},
    {"school", 0, "N", "this school alone; of networks otherwise the first. Not of sweeps and comparisons"},
    {"format", 0, "png,svg,pdf", "one or several; otherwise png, or what the suffix of --out says"},
    {0},
};

extern const struct command plot_command;
const struct command plot_command = {
    .name = "plot",
    .usage = "OUT [KIND]",
    .meaning = "pictures of a stored result",
    .help = "OUT is the folder of a result. Without a KIND the usual ones are drawn: series and\n"
            "network; of a sweep heat and response; of a comparison forest, difference, frontier and precision;\n"
            "with options, those to which they say something. An option that says nothing to a KIND is refused.\n"
            "Pictures go to OUT, or where -o says; their names tell the options: series-personal-run4.png.\n"
            "kinds\n"
            "  series    columns over time: median and bands across runs, strategies and shocks by name\n"
            "  network   a school's network at chosen weeks, on one map that stays still\n"
            "  network-of-schools   schools as nodes, their networks as hulls; with --school N that school's network\n"
            "  layers    interest, engagement, practice as S-curves, with the time between them\n"
            "  rings     the same as discs inside each other, at a few moments (--weeks)\n"
            "  phase     the capacities against each other, through time\n"
            "  spectrum  which periods they swell with, against noise that has none\n"
            "  lineage   who brought whom in: people by unit, over time, and how many each brought\n"
            "  initiatives   initiatives in force and what is left of ended ones, with coherence\n"
            "  heat      a sweep of two or three settings on a grid: means and their intervals\n"
            "  response  a sweep: a measure against each setting, with its interval and the spread of runs\n"
            "  multiples a sweep as small panels: measures over time at every point, with their intervals\n"
            "  forest    a comparison: differences between scenarios with their intervals\n"
            "  difference  the same over time\n"
            "  frontier  cost and effect of the scenarios compared\n"
            "  precision what --precision found: how well a mean or a difference was known after so many runs\n"
            "  morris, sobol  which settings decide, of a sweep by `ebb sense`: a picture for each measure\n"
            "  convergence    the same from growing parts of the runs\n"
            "examples\n"
            "  ebb plot out/school                                  the usual pictures, into out/school\n"
            "  ebb plot out/school series --of personal -o p.pdf    a capacity and its components\n"
            "  ebb plot out/school series --columns trust,fatigue --overlaid -o trust.svg\n"
            "  ebb plot out/school network --weeks 0w,5y,10y -o figures --format pdf,svg\n"
            "  ebb plot out/sweep heat --columns organizational     a sweep's heat map\n"
            "  ebb plot out/sweep heat --target personal=0.5        with the line on which it is reached",
    .arguments_min = 1,
    .arguments_max = 2,
    .takes = TAKES_OUT | TAKES_QUIET | TAKES_FORCE,
    .own = own,
    .run = run,
};
