/* patterns [--short] [--robust] [--write FILE] [--seed N] [--replicates N] [--set "section.key=value; …"] [P1 P5 …]
 *
 * Prints a line a pattern: whether it held, its effect with a 95 % interval, what was measured, and that it fails, as
 * it must, with its mechanism switched off. Rows E… hold the default school to the evidence. --robust: and in how many
 * draws of all uncertain settings it holds. --write: and the table as a document. Exit status 1 when one did not hold
 * that was not known to, or a sabotage went unnoticed. */
#include "pattern.h"

#include "../../sim/leaf/stats.h"
#include "draw.h"
#include "report.h"

#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One a line: several hands add theirs. */
#define PATTERNS(X) \
    X(e01)          \
    X(e02)          \
    X(p01)          \
    X(p02)          \
    X(p03)          \
    X(p04)          \
    X(p05)          \
    X(p06)          \
    X(p07)          \
    X(p08)          \
    X(p09)          \
    X(p10)          \
    X(p11)          \
    X(p12)          \
    X(p13)          \
    X(p14)          \
    X(p15)          \
    X(p16)          \
    X(p17)          \
    X(p18)          \
    X(p19)          \
    X(p20)
#define PATTERN_EXTERN(name) extern const struct pattern name;
PATTERNS(PATTERN_EXTERN)
#define PATTERN_ROW(name) &name,
static const struct pattern *const patterns[] = {PATTERNS(PATTERN_ROW)};
#define PATTERN_COUNT (sizeof patterns / sizeof patterns[0])
#define DRAW_RUNS 32 /* at most, for each draw of the uncertain settings */

struct interval interval_of(double *values, size_t n)
{
    const struct stats s = stats_of(values, n);
    return (struct interval){s.mean, s.mean_lo, s.mean_hi};
}

void finding_mean(struct finding *finding, double *values, size_t n)
{
    const struct interval i = interval_of(values, n);
    finding->effect = i.mean;
    finding->low = i.low;
    finding->high = i.high;
}

void year_before(const struct lab *a, const struct lab *b, int64_t week, const char *column, double *out)
{
    for (size_t run = 0; run < a->runs; run++) {
        out[run] = lab_mean(a, run, week - YEAR + a->every, week, column);
        if (b)
            out[run] -= lab_mean(b, run, week - YEAR + b->every, week, column);
    }
}

static bool wanted(const char *name, char **list, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return count == 0;
}

static void run_once(const struct pattern *pattern, const struct trial *trial, const char *more,
                     struct finding *finding)
{
    char settings[4096];
    snprintf(settings, sizeof settings, "%s; %s", trial->settings, more);
    const struct trial other = {.runs = trial->runs, .seed = trial->seed, .settings = settings, .drawn = trial->drawn};
    memset(finding, 0, sizeof *finding);
    pattern->run(&other, finding);
}

/* In how many draws of the uncertain settings it holds. */
static void run_draws(struct result *result, const struct trial *trial)
{
    const struct trial fewer = {.runs = trial->runs < DRAW_RUNS ? trial->runs : DRAW_RUNS,
                                .seed = trial->seed,
                                .settings = trial->settings,
                                .drawn = true};
    const bool terminal = isatty(fileno(stderr));
    for (int draw = 0; draw < DRAWS; draw++) {
        struct finding finding;
        char setting[32];
        snprintf(setting, sizeof setting, "lab.draw=%d", draw);
        run_once(result->pattern, &fewer, setting, &finding);
        result->draws++;
        result->draws_held += finding.held;
        if (terminal || draw + 1 == DRAWS)
            fprintf(stderr, "%s%-3s  draw %d of %d, holds in %d%s", terminal ? "\r" : "", result->pattern->name,
                    draw + 1, DRAWS, result->draws_held, terminal && draw + 1 < DRAWS ? "" : "\n");
    }
}

static void run_pattern(const struct pattern *pattern, const struct trial *trial, struct result *result)
{
    *result = (struct result){.pattern = pattern};
    run_once(pattern, trial, "", &result->finding);
    run_once(pattern, trial, pattern->sabotage, &result->sabotaged);
    result->held = result->finding.held && !result->sabotaged.held;
    result->runs = result->finding.runs ? result->finding.runs : trial->runs;
    report_line(result, stdout);
    fflush(stdout);
}

struct asked {
    struct trial trial;
    bool robust;
    const char *write;
};

/* Asked before minutes of work, not after. */
static int can_write(const char *path)
{
    FILE *out = path ? fopen(path, "a") : NULL;
    if (!path || (out && fclose(out) == 0))
        return 0;
    perror(path);
    return -1;
}

static int read_options(int argc, char **argv, struct asked *asked)
{
    static const struct option options[] = {{"short", no_argument, NULL, 'q'},
                                            {"robust", no_argument, NULL, 'b'},
                                            {"write", required_argument, NULL, 'w'},
                                            {"seed", required_argument, NULL, 's'},
                                            {"replicates", required_argument, NULL, 'r'},
                                            {"set", required_argument, NULL, 'x'},
                                            {0}};
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (c == 'q')
            asked->trial.runs = 40;
        else if (c == 'b')
            asked->robust = true;
        else if (c == 'w')
            asked->write = optarg;
        else if (c == 's')
            asked->trial.seed = strtoull(optarg, NULL, 10);
        else if (c == 'r')
            asked->trial.runs = strtoul(optarg, NULL, 10);
        else if (c == 'x')
            asked->trial.settings = optarg;
        else
            return -1;
    }
    if (asked->trial.runs < 2 || asked->trial.runs > RUNS_MAX)
        fprintf(stderr, "patterns: --replicates must be 2 to %d\n", RUNS_MAX);
    else if (asked->write && optind < argc)
        fprintf(stderr, "patterns: --write is for all patterns; name none\n");
    else
        return can_write(asked->write);
    return -1;
}

/* After the patterns, and again after the draws of each: who interrupts the draws keeps those that are done. */
static int document(const struct asked *asked, const struct result *results, size_t count)
{
    if (!asked->write)
        return 0;
    const int failed = report_write(asked->write, results, count, asked->trial.seed, DRAW_RUNS);
    if (failed)
        perror(asked->write);
    return failed;
}

int main(int argc, char **argv)
{
    struct asked asked = {.trial = {.runs = 200, .seed = 20260, .settings = ""}};
    struct result results[PATTERN_COUNT];
    size_t count = 0, failed = 0;
    if (read_options(argc, argv, &asked))
        return 2;
    const struct trial *trial = &asked.trial;
    graph_library_init();
    printf("%zu replicates a scenario, seed %llu, 95 %% intervals\n", trial->runs, (unsigned long long)trial->seed);
    for (size_t i = 0; i < PATTERN_COUNT; i++) {
        if (!wanted(patterns[i]->name, argv + optind, argc - optind))
            continue;
        struct result *result = &results[count++];
        run_pattern(patterns[i], trial, result);
        failed += !result->held && (!result->finding.tried || result->sabotaged.held);
    }
    int unwritten = document(&asked, results, count);
    for (size_t n = 0; n < count && asked.robust && !unwritten; n++) {
        if (results[n].pattern->name[0] != 'P' || !results[n].held)
            continue;
        run_draws(&results[n], trial);
        printf("%-3s  holds in %d of %d draws\n", results[n].pattern->name, results[n].draws_held, DRAWS);
        fflush(stdout);
        unwritten = document(&asked, results, count);
    }
    if (unwritten)
        return 1;
    return failed != 0;
}
