/* bench.c: what a teacher-week costs, beside what it must cost at least, measured in the same run.
 *
 *     bench [MODEL [section.key=value …]]
 *     bench runs EBB [full]                    runs.c
 *
 * full    the model's whole step: exchange and week
 * draws   the same random words, drawn again by calls of the same sizes in the same order, and nothing else: by the
 *         generator's library, a block after another. That is the yardstick, as it does not move with our own code
 * wide    the same by rng_words(), as the model draws them: many blocks at once where the processor can
 * memory  one pass that reads and writes each teacher's record, and nothing else
 * ties    one pass that reads one cache line of the record of each of a teacher's 16 ties, and nothing else
 * The floor is draws + memory; who wants to allow that people look at one another adds ties. Times on a busy machine
 * drift, so all are measured in turn, several times over, and the medians are told: read the ratios, not the
 * nanoseconds. On one core the thread's own time counts, not that of others on the machine. Worlds are stepped one after
 * the other, as `ebb run` does; the weeks before week 1 settle them and are not timed, as a school may sleep through
 * some. */
#include "../../models/models.h"
#include "../../sim/leaf/rng.h"
#include "bench.h"

#include <Random123/philox.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORLDS = 16, YEARS = 5, REPEATS = 9, WEEKS_PER_YEAR = 40, RECORD_BYTES = 256, TIES = 16, CALLS_MAX = 1 << 22 };

struct subject {
    const struct model *model;
    struct param_set *set;
    double agents; /* in a world at week 0 */
    int64_t first; /* week; those before 1 settle the world */
};

/* Each call of rng_words() by the model while counting; linked with --wrap=rng_words. Draws through GSL do not pass
 * here, so a model that uses them inside a week is charged too few. */
static struct tally {
    int on;
    size_t calls;
    uint64_t words;
    uint32_t sizes[CALLS_MAX]; /* of the first calls; beyond, the pattern is taken to repeat */
} tally;

void __wrap_rng_words(const struct rng_key *key, uint32_t first_block, uint32_t *words, size_t n)
{
    if (tally.on) {
        if (tally.calls < CALLS_MAX)
            tally.sizes[tally.calls] = (uint32_t)n;
        tally.calls++;
        tally.words += n;
    }
    __real_rng_words(key, first_block, words, n);
}

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Seconds that this thread has worked. */
static double worked(void)
{
    return now(CLOCK_THREAD_CPUTIME_ID);
}

static void die(const char *what, struct faults *faults)
{
    fprintf(stderr, "bench: %s\n", what);
    faults_print(faults, stderr);
    exit(1);
}

static struct world *world_new(const struct subject *subject, uint32_t replicate)
{
    struct faults faults = {0};
    struct world *world = NULL;
    const struct model_input input = {0};
    if (subject->model->init(subject->set, &input, 1, replicate, &world, &faults) != STATUS_OK)
        die("no world", &faults);
    faults_free(&faults);
    return world;
}

#define WEEKS (YEARS * WEEKS_PER_YEAR)

static void look(struct subject *subject)
{
    struct faults faults = {0};
    struct world *world = world_new(subject, 0);
    subject->first = subject->model->settle ? 1 - subject->model->settle(world) : 1;
    for (size_t s = 0; s < subject->model->schools(world); s++) {
        igraph_t graph;
        if (subject->model->graph(world, s, &graph, &faults) != STATUS_OK)
            die("no graph", &faults);
        subject->agents += (double)igraph_vcount(&graph);
        igraph_destroy(&graph);
    }
    subject->model->free(world);
    faults_free(&faults);
}

static void step(const struct model *model, struct world *world, int64_t week)
{
    if (model->exchange)
        model->exchange(world, week);
    for (size_t s = 0; s < model->schools(world); s++)
        model->week(world, s, week);
}

static struct world *world_settled(const struct subject *subject, uint32_t replicate)
{
    struct world *world = world_new(subject, replicate);
    for (int64_t week = subject->first; week <= 0; week++)
        step(subject->model, world, week);
    return world;
}

/* Seconds to step settled worlds through the years; count: whether their draws are tallied. */
static double full(const struct subject *subject, int count)
{
    struct world *worlds[WORLDS];
    for (int w = 0; w < WORLDS; w++)
        worlds[w] = world_settled(subject, (uint32_t)w);
    tally.on = count;
    const double start = worked();
    for (int w = 0; w < WORLDS; w++)
        for (int64_t week = 1; week <= WEEKS; week++)
            step(subject->model, worlds[w], week);
    const double seconds = worked() - start;
    tally.on = 0;
    for (int w = 0; w < WORLDS; w++)
        subject->model->free(worlds[w]);
    return seconds;
}

/* Seconds for a row of every week and school, as the engine asks when every = 1w. */
static double observing(const struct subject *subject, double *row)
{
    struct world *world = world_settled(subject, 0);
    const double start = worked();
    for (int64_t week = 1; week <= WEEKS; week++)
        for (size_t s = 0; s < subject->model->schools(world); s++)
            subject->model->observe(world, s, row);
    const double seconds = worked() - start;
    subject->model->free(world);
    return seconds;
}

static volatile uint32_t sink; /* keeps what is only timed from being optimized away */

static void library_words(const struct rng_key *key, uint32_t first_block, uint32_t *words, size_t n)
{
    const philox4x32_key_t seed = {{(uint32_t)key->seed, (uint32_t)(key->seed >> 32)}};
    philox4x32_ctr_t counter = {{0, ((uint32_t)key->stream << 24) | key->week, key->school, key->replicate}};
    for (size_t at = 0; at < n; at += 4) {
        counter.v[0] = first_block++;
        const philox4x32_ctr_t block = philox4x32(counter, seed);
        memcpy(words + at, block.v, sizeof block.v);
    }
}

typedef void generator(const struct rng_key *key, uint32_t first_block, uint32_t *words, size_t n);

static double draws(generator *generate)
{
    uint32_t words[4096 + 4];
    struct rng_key key = {.seed = 1, .stream = STREAM_TEST};
    const double start = worked();
    for (size_t i = 0; i < tally.calls; i++) {
        size_t n = tally.sizes[i % CALLS_MAX];
        key.week = (uint32_t)i & 0xffffffu;
        for (size_t part; n; n -= part) {
            part = n < 4096 ? n : 4096;
            generate(&key, 0, words, part);
            sink ^= words[part - 1];
        }
    }
    return worked() - start;
}

struct record {
    uint64_t word[RECORD_BYTES / 8];
};

/* Every word of every record is read, changed and written, week by week, world by world. */
static double memory(const struct subject *subject)
{
    const size_t count = (size_t)subject->agents;
    struct record *records = aligned_alloc(64, count * sizeof *records);
    if (!records)
        die("no memory", &(struct faults){0});
    memset(records, 1, count * sizeof *records);
    const double start = worked();
    const int passes = WORLDS * WEEKS;
    for (int pass = 0; pass < passes; pass++) {
        for (size_t i = 0; i < count; i++)
            for (size_t k = 0; k < RECORD_BYTES / 8; k++)
                records[i].word[k] += (uint64_t)pass;
        __asm__ volatile("" : : "r"(records) : "memory"); /* one pass may not be merged with the next */
    }
    const double seconds = worked() - start;
    sink ^= (uint32_t)records[count - 1].word[0];
    free(records);
    return seconds;
}

/* The others are drawn once, as scattered over the school as real ones are. */
static double ties(const struct subject *subject)
{
    const size_t count = (size_t)subject->agents;
    struct record *records = aligned_alloc(64, count * sizeof *records);
    uint32_t *others = malloc(count * TIES * sizeof *others);
    if (!records || !others)
        die("no memory", &(struct faults){0});
    memset(records, 1, count * sizeof *records);
    __real_rng_words(&(struct rng_key){.seed = 1, .stream = STREAM_TEST}, 0, others, count * TIES);
    for (size_t i = 0; i < count * TIES; i++)
        others[i] %= (uint32_t)count;
    uint64_t sum = 0;
    const double start = worked();
    const int passes = WORLDS * WEEKS;
    for (int pass = 0; pass < passes; pass++) {
        for (size_t i = 0; i < count * TIES; i++)
            sum += records[others[i]].word[0];
        __asm__ volatile("" : : "r"(records) : "memory");
    }
    const double seconds = worked() - start;
    sink ^= (uint32_t)sum;
    free(others);
    free(records);
    return seconds;
}

static int ascending(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, ascending);
    return values[n / 2];
}

static void floors(const struct subject *subject)
{
    double f[REPEATS], d[REPEATS], w[REPEATS], m[REPEATS], t[REPEATS], o[REPEATS], ratio[REPEATS], own[REPEATS],
        looking[REPEATS];
    double *row = calloc(subject->model->column_count + 1, sizeof *row);
    if (!row)
        die("no memory", &(struct faults){0});
    const double weeks = WORLDS * WEEKS * subject->agents;
    full(subject, 1); /* counts, and warms up */
    for (int i = 0; i < REPEATS; i++) {
        f[i] = 1e9 * full(subject, 0) / weeks;
        d[i] = 1e9 * draws(library_words) / weeks;
        w[i] = 1e9 * draws(__real_rng_words) / weeks;
        m[i] = 1e9 * memory(subject) / weeks;
        t[i] = 1e9 * ties(subject) / weeks;
        o[i] = 1e9 * observing(subject, row) * WORLDS / weeks;
        ratio[i] = f[i] / (d[i] + m[i]);
        own[i] = f[i] / (w[i] + m[i]);
        looking[i] = f[i] / (d[i] + m[i] + t[i]);
    }
    const double words = (double)tally.words / weeks, full_ns = median(f, REPEATS), draw_ns = median(d, REPEATS);
    const double memory_ns = median(m, REPEATS), times = median(ratio, REPEATS); /* which sorts them */
    printf("full step      %8.1f ns a teacher-week, one core: %.2f million teacher-weeks a second\n", full_ns,
           1e3 / full_ns);
    printf("random draws   %8.1f ns: %.1f words in %.2f calls, %.2f ns a word by the generator's library\n", draw_ns,
           words, (double)tally.calls / weeks, words > 0 ? draw_ns / words : 0.0);
    const double wide_ns = median(w, REPEATS);
    printf("  as the model draws %2.1f ns: %.2f ns a word, many at once where the processor can\n", wide_ns,
           words > 0 ? wide_ns / words : 0.0);
    printf("memory pass    %8.1f ns: %d bytes read and written\n", memory_ns, RECORD_BYTES);
    printf("ties pass      %8.1f ns: a line of %d others read\n", median(t, REPEATS), TIES);
    printf("full / (draws + memory)  %.2f   [%.2f to %.2f over %d repeats]\n", times, ratio[0], ratio[REPEATS - 1],
           REPEATS);
    printf("full / (draws + memory + ties)  %.2f\n", median(looking, REPEATS));
    printf("full / (draws as the model draws + memory)  %.2f\n", median(own, REPEATS));
    printf("observing, every week    %.1f ns more\n", median(o, REPEATS));
    free(row);
}

/* One world a turn; threads take turns as they come free, as replicates do in `ebb run`. */
static double threaded(const struct subject *subject, int threads)
{
    struct world *worlds[WORLDS * 4];
    for (int w = 0; w < WORLDS * 4; w++)
        worlds[w] = world_settled(subject, (uint32_t)w);
    const double start = now(CLOCK_MONOTONIC);
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (int w = 0; w < WORLDS * 4; w++)
        for (int64_t week = 1; week <= WEEKS; week++)
            step(subject->model, worlds[w], week);
    const double seconds = now(CLOCK_MONOTONIC) - start;
    for (int w = 0; w < WORLDS * 4; w++)
        subject->model->free(worlds[w]);
    return seconds;
}

static void scaling(const struct subject *subject)
{
    const int most = omp_get_num_procs() < 64 ? omp_get_num_procs() : 64;
    double seconds[64][REPEATS];
    for (int i = 0; i < REPEATS; i++)
        for (int t = 0; t < most; t++)
            seconds[t][i] = threaded(subject, t + 1);
    const double weeks = 4 * WORLDS * WEEKS * subject->agents;
    double one = 0;
    for (int t = 0; t < most; t++) {
        const double rate = weeks / median(seconds[t], REPEATS);
        one = t == 0 ? rate : one;
        printf("%2d thread%s  %8.2f million teacher-weeks a second, efficiency %.2f\n", t + 1, t ? "s" : " ",
               rate / 1e6, rate / one / (t + 1));
    }
}

/* section.key=value on the model's own groups. */
static void set(struct subject *subject, const char *text)
{
    struct faults faults = {0};
    char section[64], key[64], value[PARAM_TEXT_SIZE];
    const struct param_group *group = NULL;
    const struct param *row = NULL;
    if (sscanf(text, "%63[^.].%63[^=]=%511[^\n]", section, key, value) == 3)
        group = param_group_find(subject->model->groups, section);
    if (group)
        row = param_find(group, key);
    if (!row || param_set_parse(subject->set, group, 0, row, value, (struct param_origin){.from = ORIGIN_SET}, NULL,
                                &faults, NULL) != STATUS_OK)
        die(text, &faults);
}

int main(int argc, char **argv)
{
    graph_library_init();
    if (argc > 2 && strcmp(argv[1], "runs") == 0)
        return runs_measure(argv[0], argv[2], argc > 3 && strcmp(argv[3], "full") == 0);
    if (argc > 2 && strcmp(argv[1], "null") == 0)
        return runs_null(argc, argv);
    struct subject subject = {.model = argc > 1 ? model_find(argv[1]) : models[0]};
    if (!subject.model)
        die("no model is called so", &(struct faults){0});
    subject.set = param_set_new(subject.model->groups, WEEKS_PER_YEAR);
    if (!subject.set)
        die("no memory", &(struct faults){0});
    for (int i = 2; i < argc; i++)
        set(&subject, argv[i]);
    look(&subject);
    printf("%s, %g teachers (agents) a world, %d worlds, %d weeks each; %d repeats in turn, medians\n",
           subject.model->name, subject.agents, WORLDS, WEEKS, REPEATS);
    floors(&subject);
    scaling(&subject);
    param_set_free(subject.set);
    return 0;
}
