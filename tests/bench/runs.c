/* runs.c: what runs cost beside the simulation: storage, memory, threads; and the sizes the program is made for.
 *
 * Each measurement is a process of its own, so that its processor time and its largest memory are known: `ebb run` as a
 * user starts it, or this program simulating the same runs and keeping nothing. In turn, several times over, medians. */
#include "bench.h"

#include "../../sim/config/config.h"
#include "../../sim/engine/engine.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORDS 40
#define IN_TURN 5

struct cost {
    double passed, worked, megabytes; /* seconds, of processors; most memory at any time */
};

struct place {
    const char *bench, *ebb;
    char folder[64], config[96], out[96];
};

static const char plain[] =
    "[run]\nweeks = 10y\n[output]\nevery = 1y\ncharts = no\nsnapshot_runs = 0\nlineage_runs = 0\n";

/* ---- a process ---- */

static void run_process(const char *const *words)
{
    const int quiet = open("/dev/null", O_WRONLY);
    if (quiet < 0 || dup2(quiet, STDOUT_FILENO) < 0)
        _exit(126);
    execv(words[0], (char *const *)(uintptr_t)words);
    _exit(127);
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static double clock_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* So many of the same process side by side, until the last ends. */
static struct cost measure(const char *const *words, int processes)
{
    struct cost cost = {0};
    fflush(stdout);
    const double start = clock_now();
    int failed = 0;
    for (int i = 0; i < processes; i++) {
        const pid_t child = fork();
        if (child == 0)
            run_process(words);
        failed |= child < 0;
    }
    for (int i = 0; i < processes && !failed; i++) {
        struct rusage use;
        int status;
        failed = wait4(-1, &status, 0, &use) < 0 || !WIFEXITED(status) || WEXITSTATUS(status);
        cost.worked += seconds(use.ru_utime) + seconds(use.ru_stime);
        cost.megabytes += (double)use.ru_maxrss / 1024;
    }
    if (failed) {
        fprintf(stderr, "bench: %s %s failed\n", words[0], words[1]);
        exit(1);
    }
    cost.passed = clock_now() - start;
    return cost;
}

enum kept { KEPT, NOWHERE, NOWHERE_FOUR_PROCESSES };

/* ebb run, or what keeps nothing; settings end with NULL. */
static struct cost cost_of(const struct place *at, enum kept kept, long long runs, int threads,
                           const char *const *settings)
{
    const int stored = kept == KEPT;
    char count[32], jobs[16];
    const char *words[WORDS] = {
        stored ? at->ebb : at->bench, stored ? "run" : "null", at->config, "-r", count, "-j", jobs};
    size_t n = 7;
    snprintf(count, sizeof count, "%lld", runs);
    snprintf(jobs, sizeof jobs, "%d", threads);
    if (stored) {
        words[n++] = "-qo";
        words[n++] = at->out;
        words[n++] = "--force";
    }
    for (; *settings && n < WORDS - 2; settings++) {
        words[n++] = "--set";
        words[n++] = *settings;
    }
    return measure(words, kept == NOWHERE_FOUR_PROCESSES ? 4 : 1);
}

/* ---- the runs of `ebb run`, kept nowhere: bench null CONFIG -r RUNS -j THREADS [--set SETTING]… ---- */

static enum status forget(void *self, const struct engine_run *run, struct faults *faults)
{
    (void)self;
    (void)faults;
    return run->outcome == ENGINE_DONE ? STATUS_OK : STATUS_FAILED;
}

int runs_null(int argc, char **argv)
{
    const char *sets[WORDS];
    size_t count = 0;
    struct faults faults = {0};
    struct config config;
    struct engine_tally tally;
    for (int i = 8; i < argc; i += 2)
        sets[count++] = argv[i];
    if (argc < 7 || config_load(argv[2], sets, count, &config, &faults) != STATUS_OK) {
        faults_print(&faults, stderr);
        return 1;
    }
    const struct engine_plan plan = {.model = config.model,
                                     .set = config.set,
                                     .input = &config.input,
                                     .seed = config.run->seed,
                                     .replicates = atoll(argv[4]),
                                     .weeks = config.run->weeks,
                                     .every = config.output->every,
                                     .threads = atoi(argv[6]),
                                     .take = forget};
    const enum status status = engine_run_all(&plan, &tally, &faults);
    faults_print(&faults, stderr);
    faults_free(&faults);
    config_free(&config);
    return status != STATUS_OK;
}

/* ---- rows ---- */

static int ascending(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static double median(double *values)
{
    qsort(values, IN_TURN, sizeof *values, ascending);
    return values[IN_TURN / 2];
}

static void storage(const struct place *at, long long runs)
{
    const char *const none[] = {NULL};
    double kept[IN_TURN], lost[IN_TURN], ratio[IN_TURN];
    for (int i = 0; i < IN_TURN; i++) {
        const struct cost with = cost_of(at, KEPT, runs, 1, none), without = cost_of(at, NOWHERE, runs, 1, none);
        kept[i] = with.worked;
        lost[i] = without.worked;
        ratio[i] = with.worked / without.worked - 1;
    }
    printf("storage       %lld ten-year runs, yearly series: %.2f s of a processor kept, %.2f s kept nowhere: %.1f %% "
           "more\n",
           runs, median(kept), median(lost), 100 * median(ratio));
}

/* Efficiency: the part of four processors that is of use. What is lost to start and end is the less the more runs there
 * are; what the machine itself takes from four that work at once (clock, cache, others) is told by processes that share
 * nothing: no thread can do better. */
static void threads(const struct place *at, long long runs)
{
    const char *const none[] = {NULL};
    double passed[IN_TURN], worked[IN_TURN], machine[IN_TURN], of_it[IN_TURN];
    for (int i = 0; i < IN_TURN; i++) {
        const struct cost one = cost_of(at, KEPT, runs, 1, none), four = cost_of(at, KEPT, runs, 4, none);
        const struct cost alone = cost_of(at, NOWHERE, runs / 4, 1, none),
                          apart = cost_of(at, NOWHERE_FOUR_PROCESSES, runs / 4, 1, none);
        passed[i] = one.passed / four.passed / 4;
        worked[i] = one.worked / four.worked;
        machine[i] = alone.passed / apart.passed;
        of_it[i] = passed[i] / machine[i];
    }
    printf("four threads  %lld runs: efficiency %.2f by the time that passed, %.2f by processor time; four processes "
           "of %lld "
           "runs side by side: %.2f; so %.2f of what the machine allows\n",
           runs, median(passed), median(worked), runs / 4, median(machine), median(of_it));
}

static double file_megabytes(const struct place *at, const char *name)
{
    char path[128];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", at->out, name);
    return stat(path, &info) ? 0 : (double)info.st_size / 1e6;
}

/* Small and short, so that there can be many. */
static const char *const tiny[] = {"school.teachers=5", "school.units=1",  "school.settle=0w",
                                   "run.weeks=4w",      "output.every=4w", NULL};

static void flat_memory(const struct place *at, long long runs)
{
    const struct cost few = cost_of(at, KEPT, runs, 4, tiny), many = cost_of(at, KEPT, 10 * runs, 4, tiny);
    printf("memory        %lld runs %.0f MB, %lld runs %.0f MB: ratio %.2f\n", runs, few.megabytes, 10 * runs,
           many.megabytes, many.megabytes / few.megabytes);
}

/* A programme of networks of the size of England's, beside the same schools without them. */
static void programme(const struct place *at)
{
    const char *const with[] = {"output.charts=no", "output.snapshot_runs=0", NULL};
    const char *const without[] = {"output.charts=no", "output.snapshot_runs=0", "output.level=all",
                                   "network learning communities.active=no", NULL};
    struct place there = *at;
    snprintf(there.config, sizeof there.config, "configs/networked-schools.ini");
    const struct cost four = cost_of(&there, KEPT, 1, 4, with), one = cost_of(&there, KEPT, 1, 1, with),
                      alone = cost_of(&there, KEPT, 1, 1, without);
    printf("programme     1,500 schools, 90,000 teachers in 137 networks, ten years: four threads %.1f s passed, %.1f "
           "s of "
           "processors, %.0f MB; one thread %.1f s: efficiency %.2f; without networks %.1f s of a processor\n",
           four.passed, four.worked, four.megabytes, one.passed, one.passed / four.passed / 4, alone.worked);
}

/* The sizes asked for; minutes. */
static void large(const struct place *at)
{
    const char *const none[] = {NULL};
    const char *const world[] = {"school.count=100000", "school.teachers=38", "output.level=all", NULL};
    struct cost c = cost_of(at, KEPT, 10000, 4, none);
    printf("10,000 runs   ten years of 60 staff, yearly series: %.1f s passed, %.1f s of processors, %.0f MB; "
           "tables %.0f MB, database %.0f MB\n",
           c.passed, c.worked, c.megabytes, file_megabytes(at, "series.csv"), file_megabytes(at, "results.db"));
    c = cost_of(at, KEPT, 1, 4, world);
    printf("one world     100,000 schools, 3.8 million teachers, ten years: %.1f s passed, %.1f s of processors, %.0f "
           "MB\n",
           c.passed, c.worked, c.megabytes);
    c = cost_of(at, KEPT, 1000000, 4, tiny);
    printf(
        "10^6 runs     four weeks of five people, first and last kept: %.1f s passed, %.1f s of processors, %.0f MB; "
        "tables %.0f MB, database %.0f MB\n",
        c.passed, c.worked, c.megabytes, file_megabytes(at, "series.csv"), file_megabytes(at, "results.db"));
}

static int make_place(struct place *at)
{
    snprintf(at->folder, sizeof at->folder, "/tmp/ebb-bench-XXXXXX");
    if (!mkdtemp(at->folder))
        return -1;
    snprintf(at->config, sizeof at->config, "%s/plain.ini", at->folder);
    snprintf(at->out, sizeof at->out, "%s/out", at->folder);
    FILE *file = fopen(at->config, "w");
    const int failed = !file || fputs(plain, file) < 0;
    return (file && fclose(file)) || failed ? -1 : 0;
}

int runs_measure(const char *bench, const char *ebb, int full)
{
    struct place at = {.bench = bench, .ebb = ebb};
    double load[1] = {0};
    if (make_place(&at)) {
        perror("bench: no folder for runs");
        return 1;
    }
    if (getloadavg(load, 1) == 1)
        printf("load %.1f: what passes is told on an idle machine only\n", load[0]);
    storage(&at, 300);
    threads(&at, 1200);
    flat_memory(&at, 20000);
    programme(&at);
    if (full)
        large(&at);
    const char *const remove[] = {"/bin/rm", "-r", at.folder, NULL};
    measure(remove, 1);
    return 0;
}
