/* The random streams: published numbers, no overlap, and uniform as far as chi-square and Kolmogorov-Smirnov can see.
 *
 * False alarms: at most ten comparisons at 1e-7 each, 1e-6 for the file; seeds are fixed. Each test of a law is given a
 * broken generator too, and must refuse it. */
#include "../../sim/leaf/rng.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../near.h"

#define FALSE_ALARM 1e-7

/* Salmon et al. 2011, Random123's kat_vectors, philox4x32 with ten rounds. */
static const struct {
    uint32_t counter[4];
    uint64_t seed;
    uint32_t answer[4];
} known[] = {
    {{0, 0, 0, 0}, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
    {{~0u, ~0u, ~0u, ~0u}, ~0ull, {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
    {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
     0x299f31d0a4093822,
     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
};

static struct rng_key key_of(size_t i)
{
    const uint32_t *c = known[i].counter;
    return (struct rng_key){.seed = known[i].seed,
                            .replicate = c[3],
                            .school = c[2],
                            .week = c[1] & 0xffffffu,
                            .stream = (enum rng_stream)(c[1] >> 24)};
}

static void published_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t words[4];
        const struct rng_key key = key_of(i);
        rng_words(&key, known[i].counter[0], words, 4);
        assert_memory_equal(words, known[i].answer, sizeof words);
    }
}

static void published_numbers_through_gsl(void **state)
{
    (void)state;
    gsl_rng *r = gsl_rng_alloc(rng_philox);
    const struct rng_key zero = key_of(0);
    rng_gsl_key(r, &zero);
    for (int i = 0; i < 4; i++)
        assert_int_equal(gsl_rng_get(r), known[0].answer[i]);
    rng_gsl_key(r, &zero);
    assert_near(gsl_rng_uniform(r), (0x6627e8d5 + 0.5) / 4294967296.0, 0);
    gsl_rng_set(r, 77);
    const struct rng_key seeded = {.seed = 77, .stream = STREAM_TEST};
    uint32_t word;
    rng_words(&seeded, 0, &word, 1);
    assert_int_equal(gsl_rng_get(r), word);
    gsl_rng_free(r);
}

/* A reader, the words, and any cut of them are the same stream. */
static void cuts(void **state)
{
    (void)state;
    const struct rng_key key = {.seed = 9, .replicate = 3, .school = 2, .week = 71, .stream = STREAM_MEET};
    uint32_t all[400], part[13];
    struct rng_reader reader;
    rng_words(&key, 0, all, 400);
    rng_reader_start(&reader, key);
    for (int i = 0; i < 400; i++)
        assert_int_equal(rng_next(&reader), all[i]);
    for (size_t n = 0; n <= 13; n++) {
        memset(part, 0, sizeof part);
        rng_words(&key, 5, part, n);
        assert_memory_equal(part, all + 20, n * sizeof part[0]);
        if (n < 13)
            assert_int_equal(part[n], 0); /* nothing is written behind the end */
    }
}

/* Many words at once are worked out by other instructions than few: the same words, from any block on and to any length,
 * and nothing behind them. */
static void many_at_once(void **state)
{
    (void)state;
    enum { MOST = 300, GUARD = 70 };
    static const uint32_t firsts[] = {0, 5, 0xfffffff0u};
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
        for (size_t f = 0; f < 3; f++) {
            const struct rng_key key = key_of(k);
            uint32_t one_by_one[MOST], at_once[MOST + GUARD];
            for (uint32_t b = 0; b < MOST / 4; b++)
                rng_words(&key, firsts[f] + b, one_by_one + 4 * (size_t)b, 4);
            for (size_t n = 0; n <= MOST; n++) {
                memset(at_once, 0xa5, sizeof at_once);
                rng_words(&key, firsts[f], at_once, n);
                assert_memory_equal(at_once, one_by_one, n * sizeof at_once[0]);
                for (size_t i = n; i < n + GUARD; i++)
                    assert_int_equal(at_once[i], 0xa5a5a5a5u);
            }
        }
}

static int compare_blocks(const void *a, const void *b)
{
    return memcmp(a, b, 16);
}

/* A million blocks of neighbouring keys: every key differs in one field by one. 128 bits never meet by chance. */
static void streams_do_not_overlap(void **state)
{
    (void)state;
    enum { KEYS = 2 * 3 * 3 * 4 * 3, BLOCKS = 200 };
    uint32_t(*blocks)[4] = malloc(KEYS * BLOCKS * sizeof *blocks);
    size_t n = 0;
    assert_non_null(blocks);
    static const enum rng_stream streams[] = {STREAM_INIT, STREAM_POLICY, STREAM_TEST};
    static const uint32_t weeks[] = {0, 1, 0x100, 0xffffff};
    for (uint64_t seed = 1; seed <= 2; seed++)
        for (uint32_t replicate = 0; replicate < 3; replicate++)
            for (uint32_t school = 0; school < 3; school++)
                for (size_t w = 0; w < 4; w++)
                    for (size_t s = 0; s < 3; s++, n++) {
                        const struct rng_key key = {seed, replicate, school, weeks[w], streams[s]};
                        rng_words(&key, 0, blocks[n * BLOCKS], 4 * BLOCKS);
                    }
    assert_int_equal(n, KEYS);
    qsort(blocks, KEYS * BLOCKS, sizeof *blocks, compare_blocks);
    for (size_t i = 1; i < KEYS * BLOCKS; i++)
        assert_memory_not_equal(blocks[i - 1], blocks[i], sizeof *blocks);
    free(blocks);
}

static void purposes_have_numbers_of_their_own(void **state)
{
    (void)state;
#define NUMBER(name, number) number,
    static const int numbers[] = {RNG_STREAMS(NUMBER)};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        assert_in_range(numbers[i], 1, 255); /* the top byte of a counter word */
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(numbers[i], numbers[k]);
    }
}

/* --- Laws --- */

enum { DRAWS = 1 << 20 };

/* A source of numbers in [0, 1): sound, or broken on purpose. */
typedef double (*source)(struct rng_reader *reader);

static double sound(struct rng_reader *reader)
{
    return ((double)rng_next(reader) + 0.5) * 0x1p-32;
}

static double as_float(struct rng_reader *reader)
{
    return (double)rng_uniform(reader);
}

/* A slight bend: the density changes by a tenth from end to end. */
static double bent(struct rng_reader *reader)
{
    const double u = sound(reader);
    return u - 0.05 * u * (1 - u);
}

/* The next number leans on the one before. */
static double sticky(struct rng_reader *reader)
{
    const uint32_t before = reader->position && reader->position < RNG_READER_WORDS
                                ? reader->words[reader->position - 1]
                                : 0;
    const double u = sound(reader);
    return before % 64 == 0 ? (double)before * 0x1p-32 : u;
}

/* Pairs of successive numbers on a grid of 16 x 16. */
static double p_of_pairs(source draw, uint32_t replicate)
{
    enum { CELLS = 16 };
    struct rng_reader reader;
    double count[CELLS * CELLS] = {0}, sum = 0;
    const double expected = (double)DRAWS / 2 / (CELLS * CELLS);
    rng_reader_start(&reader, (struct rng_key){.seed = 2385, .replicate = replicate, .stream = STREAM_TEST});
    for (int i = 0; i < DRAWS / 2; i++) {
        const int x = (int)(draw(&reader) * CELLS), y = (int)(draw(&reader) * CELLS);
        count[x * CELLS + y]++;
    }
    for (int i = 0; i < CELLS * CELLS; i++)
        sum += (count[i] - expected) * (count[i] - expected) / expected;
    return gsl_cdf_chisq_Q(sum, CELLS * CELLS - 1);
}

static int compare_doubles(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Kolmogorov and Smirnov's distance; its tail to first order, 2 exp(-2 n D^2), exact enough below 1e-3. */
static double p_of_distance(double *values, size_t n)
{
    double distance = 0;
    qsort(values, n, sizeof *values, compare_doubles);
    for (size_t i = 0; i < n; i++)
        distance = fmax(distance, fmax((double)(i + 1) / (double)n - values[i], values[i] - (double)i / (double)n));
    return fmin(1, 2 * exp(-2 * (double)n * distance * distance));
}

static double p_of_uniform(source draw)
{
    struct rng_reader reader;
    double *values = malloc(DRAWS * sizeof *values);
    assert_non_null(values);
    rng_reader_start(&reader, (struct rng_key){.seed = 2385, .school = 4, .stream = STREAM_TEST});
    for (int i = 0; i < DRAWS; i++)
        values[i] = draw(&reader);
    const double p = p_of_distance(values, DRAWS);
    free(values);
    return p;
}

static void uniform(void **state)
{
    (void)state;
    assert_true(p_of_uniform(sound) > FALSE_ALARM);
    assert_true(p_of_uniform(as_float) > FALSE_ALARM);
    assert_true(p_of_uniform(bent) < FALSE_ALARM);
    assert_true(p_of_pairs(sound, 0) > FALSE_ALARM);
    assert_true(p_of_pairs(as_float, 1) > FALSE_ALARM);
    assert_true(p_of_pairs(bent, 0) < FALSE_ALARM);
    assert_true(p_of_pairs(sticky, 0) < FALSE_ALARM);
}

/* First words over keys that differ in one field only: what a weak generator fails at. field 0 … 3; 4: the key is not
 * used, as a sabotage. */
static double p_of_neighbours(int field)
{
    double *values = malloc(DRAWS / 16 * sizeof *values);
    assert_non_null(values);
    for (uint32_t i = 0; i < DRAWS / 16; i++) {
        struct rng_key key = {.seed = 1, .stream = STREAM_TEST};
        uint32_t word;
        key.seed += field == 0 ? i : 0;
        key.replicate = field == 1 ? i : 0;
        key.school = field == 2 ? i : 0;
        key.week = field == 3 ? i : 0;
        rng_words(&key, 0, &word, 1);
        values[i] = ((double)word + 0.5) * 0x1p-32;
    }
    const double p = p_of_distance(values, DRAWS / 16);
    free(values);
    return p;
}

static void neighbouring_keys(void **state)
{
    (void)state;
    for (int field = 0; field < 4; field++)
        assert_true(p_of_neighbours(field) > FALSE_ALARM);
    assert_true(p_of_neighbours(4) < FALSE_ALARM);
}

static void whole_numbers_below(void **state)
{
    (void)state;
    enum { N = 7 };
    struct rng_reader reader;
    double count[N] = {0}, sum = 0;
    rng_reader_start(&reader, (struct rng_key){.seed = 5, .stream = STREAM_TEST});
    for (int i = 0; i < DRAWS; i++)
        count[rng_below(&reader, N)]++;
    for (int i = 0; i < N; i++)
        sum += (count[i] - DRAWS / (double)N) * (count[i] - DRAWS / (double)N) / (DRAWS / (double)N);
    assert_true(gsl_cdf_chisq_Q(sum, N - 1) > FALSE_ALARM);
    for (int i = 0; i < 100; i++)
        assert_int_equal(rng_below(&reader, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_numbers),
        cmocka_unit_test(published_numbers_through_gsl),
        cmocka_unit_test(cuts),
        cmocka_unit_test(many_at_once),
        cmocka_unit_test(streams_do_not_overlap),
        cmocka_unit_test(purposes_have_numbers_of_their_own),
        cmocka_unit_test(uniform),
        cmocka_unit_test(neighbouring_keys),
        cmocka_unit_test(whole_numbers_below),
    };
    return cmocka_run_group_tests_name("rng", tests, NULL, NULL);
}
