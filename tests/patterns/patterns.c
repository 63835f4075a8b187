/* patterns [--short] [--seed N] [--replicates N] [--set "section.key=value; …"] [P1 P5 …]
 *
 * Prints a line a pattern: whether it held, its effect with a 95 % interval, what was measured, and that it fails, as it must,
 * with its mechanism switched off. Rows E… hold the default school to the evidence. Exit status 1 when one did not hold or a
 * sabotage went unnoticed. */
#include "pattern.h"

#include "../../sim/leaf/stats.h"

#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PATTERNS(X) X(e01) X(e02) X(p01) X(p04) X(p05) X(p10) X(p11) X(p12) X(p13) X(p17) X(p18) X(p20)
#define PATTERN_EXTERN(name) extern const struct pattern name;
PATTERNS(PATTERN_EXTERN)
#define PATTERN_ROW(name) &name,
static const struct pattern *const patterns[] = {PATTERNS(PATTERN_ROW)};

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

static int run_pattern(const struct pattern *pattern, const struct trial *trial)
{
    struct finding finding = {0}, sabotaged = {0};
    char settings[4096];
    pattern->run(trial, &finding);
    snprintf(settings, sizeof settings, "%s; %s", trial->settings, pattern->sabotage);
    const struct trial other = {.runs = trial->runs, .seed = trial->seed, .settings = settings};
    pattern->run(&other, &sabotaged);
    const bool held = finding.held && !sabotaged.held;
    printf("%-3s  %-8s  %+.3f [%+.3f, %+.3f]  %s; %s when %s (%+.3f)\n", pattern->name, held ? "held" : "not held",
           finding.effect, finding.low, finding.high, finding.text,
           sabotaged.held ? "NOT MISSED, though it must be," : "missed, as it must be,", pattern->switched,
           sabotaged.effect);
    fflush(stdout);
    return !held;
}

int main(int argc, char **argv)
{
    struct trial trial = {.runs = 200, .seed = 20260, .settings = ""};
    static const struct option options[] = {{"short", no_argument, NULL, 'q'},
                                            {"seed", required_argument, NULL, 's'},
                                            {"replicates", required_argument, NULL, 'r'},
                                            {"set", required_argument, NULL, 'x'},
                                            {0}};
    int failed = 0;
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (c == 'q')
            trial.runs = 40;
        else if (c == 's')
            trial.seed = strtoull(optarg, NULL, 10);
        else if (c == 'r')
            trial.runs = strtoul(optarg, NULL, 10);
        else if (c == 'x')
            trial.settings = optarg;
        else
            return 2;
    }
    if (trial.runs < 2 || trial.runs > RUNS_MAX) {
        fprintf(stderr, "patterns: --replicates must be 2 to %d\n", RUNS_MAX);
        return 2;
    }
    graph_library_init();
    printf("%zu replicates a scenario, seed %llu, 95 %% intervals\n", trial.runs, (unsigned long long)trial.seed);
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        if (wanted(patterns[i]->name, argv + optind, argc - optind))
            failed += run_pattern(patterns[i], &trial);
    return failed != 0;
}
