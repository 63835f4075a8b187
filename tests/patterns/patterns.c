/* patterns [--short] [--robust] [--write FILE] [--seed N] [--replicates N] [--set "section.key=value; …"] [P1 P5 …]
 *
 * Prints a line a pattern: whether it held, its effect with a 95 % interval, what was measured, and that it fails, as
 * it must, with its mechanism switched off. Rows E… hold the default school to the evidence. --robust: and in how many
 * draws of all uncertain settings it holds, and in how many settled ones (settled.h). --write: and the table as a
 * document; of some patterns only, their lines in the document that is there. Exit status 1 when one did not hold that
 * was not known to, or a sabotage went unnoticed. */
#include "pattern.h"

#include "../../sim/leaf/stats.h"
#include "draw.h"
#include "report.h"
#include "settled.h"

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

/* Settings of every draw of the uncertain ones: as drawn, and as they are where the school still is what it was ("":
 * nowhere). */
struct draws {
    char drawn[DRAWS][32], settled[DRAWS][SETTLED_SIZE];
};

static void draw_all(const struct trial *trial, struct draws *draws)
{
    const struct settled usual = settled_usual(trial->seed, trial->settings);
    int settled = 0;
    for (int d = 0; d < DRAWS; d++) {
        snprintf(draws->drawn[d], sizeof draws->drawn[d], "lab.draw=%d", d);
        if (settled_draw(&usual, d, draws->settled[d]))
            draws->settled[d][0] = 0;
        settled += draws->settled[d][0] != 0;
    }
    printf("%d of %d draws leave the school that nobody changes as it was, with another rate of lapse\n", settled,
           DRAWS);
    fflush(stdout);
}

/* Whether it holds in a draw. */
static bool run_draw(const struct result *result, const struct trial *trial, const char *settings)
{
    const struct trial fewer = {.runs = trial->runs < DRAW_RUNS ? trial->runs : DRAW_RUNS,
                                .seed = trial->seed,
                                .settings = trial->settings,
                                .drawn = true};
    struct finding finding;
    run_once(result->pattern, &fewer, settings, &finding);
    return finding.held;
}

static void run_draws(struct result *result, const struct trial *trial, const struct draws *draws)
{
    const bool terminal = isatty(fileno(stderr));
    for (int d = 0; d < DRAWS; d++) {
        result->draws++;
        result->draws_held += run_draw(result, trial, draws->drawn[d]);
        if (draws->settled[d][0]) {
            result->settled++;
            result->settled_held += run_draw(result, trial, draws->settled[d]);
        }
        if (terminal || d + 1 == DRAWS)
            fprintf(stderr, "%s%-3s  draw %d of %d, holds in %d, settled in %d of %d%s", terminal ? "\r" : "",
                    result->pattern->name, d + 1, DRAWS, result->draws_held, result->settled_held, result->settled,
                    terminal && d + 1 < DRAWS ? "" : "\n");
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
    else
        return can_write(asked->write);
    return -1;
}

/* After the patterns, and again after the draws of each: who interrupts the draws keeps those that are done. */
static int document(const struct asked *asked, const struct result *results, size_t count)
{
    if (!asked->write)
        return 0;
    const struct report report = {.results = results,
                                  .count = count,
                                  .whole = count == PATTERN_COUNT,
                                  .seed = asked->trial.seed,
                                  .draw_runs = DRAW_RUNS};
    return report_write(asked->write, &report);
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
    static struct draws draws;
    if (asked.robust)
        draw_all(trial, &draws);
    for (size_t n = 0; n < count && asked.robust && !unwritten; n++) {
        if (results[n].pattern->name[0] != 'P' || !results[n].held)
            continue;
        run_draws(&results[n], trial, &draws);
        printf("%-3s  holds in %d of %d draws, in %d of %d settled ones\n", results[n].pattern->name,
               results[n].draws_held, results[n].draws, results[n].settled_held, results[n].settled);
        fflush(stdout);
        unwritten = document(&asked, results, count);
    }
    if (unwritten)
        return 1;
    return failed != 0;
}
