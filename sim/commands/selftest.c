#include "selftest.h"

#include "../../models/models.h"
#include "../../plots/kit/label.h"
#include "../command.h"
#include "../leaf/number.h"
#include "../leaf/rng.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

struct check {
    const char *name;
    int (*run)(const struct model *model, char why[WHY]);
    bool every_model;
};

/* Published with Random123 (kat_vectors, philox4x32 10): counter, key, answer. */
static int check_philox(const struct model *model, char why[WHY])
{
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
    (void)model;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const uint32_t *c = known[i].counter;
        const struct rng_key key = {.seed = known[i].seed,
                                    .replicate = c[3],
                                    .school = c[2],
                                    .week = c[1] & 0xffffffu,
                                    .stream = (enum rng_stream)(c[1] >> 24)};
        uint32_t words[4];
        rng_words(&key, c[0], words, 4);
        if (memcmp(words, known[i].answer, sizeof words) != 0)
            return snprintf(why, WHY, "vector %zu gives %08x %08x %08x %08x", i + 1, words[0], words[1], words[2],
                            words[3]);
    }
    return 0;
}

/* Ten thousand draws of each, their mean within 5 standard errors: a sound build fails once in a million times, and
 * since the stream is fixed it either always fails or never. */
static int check_gsl(const struct model *model, char why[WHY])
{
    enum { N = 10000 };
    struct rng_reader reader;
    const gsl_rng r = {.type = rng_philox, .state = &reader};
    double binomial = 0, gauss = 0;
    (void)model;
    rng_gsl_key((gsl_rng *)&r, &(struct rng_key){.seed = 2385, .stream = STREAM_TEST});
    for (int i = 0; i < N; i++) {
        binomial += gsl_ran_binomial(&r, 0.3, 50);
        gauss += gsl_ran_gaussian_ziggurat(&r, 1);
    }
    if (fabs(binomial / N - 15) > 5 * sqrt(50 * 0.3 * 0.7 / N) || fabs(gauss / N) > 5 / sqrt(N))
        return snprintf(why, WHY, "means are %g and %g, not near 15 and 0", binomial / N, gauss / N);
    if (fabs(gsl_cdf_tdist_Qinv(0.025, 7) - 2.364624251592785) > 1e-9)
        return snprintf(why, WHY, "Student's t is %.12g", gsl_cdf_tdist_Qinv(0.025, 7));
    return 0;
}

static int check_sqlite(const struct model *model, char why[WHY])
{
    (void)model;
    if (!sqlite3_threadsafe())
        return snprintf(why, WHY, "the library was built without thread safety");
    if (sqlite3_libversion_number() < SQLITE_VERSION_NUMBER)
        return snprintf(why, WHY, "the library is %s, older than the %s that this program was built for",
                        sqlite3_libversion(), SQLITE_VERSION);
    return 0;
}

static int check_igraph(const struct model *model, char why[WHY])
{
    igraph_t ring;
    struct graph_measures m;
    (void)model;
    if (igraph_ring(&ring, 7, IGRAPH_DIRECTED, true, true))
        return snprintf(why, WHY, "a ring of seven cannot be made");
    const enum status status = graph_measure(&ring, NULL, &m, NULL);
    igraph_destroy(&ring);
    if (status != STATUS_OK || m.nodes != 7 || m.arcs != 14 || m.reciprocity != 1 || fabs(m.mean_path - 2) > 1e-12)
        return snprintf(why, WHY, "a ring of seven has %g ties, reciprocity %g, mean path %g", m.arcs, m.reciprocity,
                        m.mean_path);
    return 0;
}

static int check_numbers(const struct model *model, char why[WHY])
{
    (void)model;
    for (int i = 0; i < 2000; i++) {
        char fast[NUMBER_SIZE], slow[64];
        const double value = ldexp(i * 0.123456789012345 - 100, i % 40 - 20);
        number_write(fast, value);
        snprintf(slow, sizeof slow, "%.9g", value);
        if (strcmp(fast, slow) != 0)
            return snprintf(why, WHY, "%s is written as %s", slow, fast);
    }
    return 0;
}

static int check_fonts(const struct model *model, char why[WHY])
{
    struct label_log log = {0};
    (void)model;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 400, 40);
    cairo_t *cr = cairo_create(surface);
    label_log_attach(cr, &log);
    const struct label label = {.string = "0.25\u20130.75, 95 %, \u00c9cole, Z\u00fcrich", .x = 5, .y = 20, .size = 9};
    const struct label_box box = label_draw(cr, &label);
    const int missing = log.missing_glyphs;
    const cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    label_log_free(&log);
    if (status != CAIRO_STATUS_SUCCESS)
        return snprintf(why, WHY, "drawing fails: %s", cairo_status_to_string(status));
    if (missing || !(box.width > 0))
        return snprintf(why, WHY, "no installed font has all letters that charts need; install fonts-dejavu-core");
    return 0;
}

static const struct check checks[] = {
    {"Philox 4x32-10 gives Random123's published numbers", check_philox, false},
    {"GSL draws its distributions from these streams", check_gsl, false},
    {"numbers are written as printf writes them", check_numbers, false},
    {"igraph measures a known network", check_igraph, false},
    {"SQLite is the one this program was built for, or newer", check_sqlite, false},
    {"fonts for charts are there", check_fonts, false},
    {"the same numbers on one thread and on three, every invariant kept", selftest_threads, true},
    {"what is stored is read back to the last bit", selftest_store, true},
};

static int tell(const struct check *check, const struct model *model)
{
    char why[WHY] = "";
    const int failed = check->run(model, why);
    printf("%s %s%s%s%s%s\n", failed ? "not ok" : "ok", model ? model->name : "", model ? ": " : "", check->name,
           failed ? ": " : "", why);
    return failed ? 1 : 0;
}

static enum status run(const struct options *options, struct faults *faults)
{
    int failed = 0, all = 0;
    (void)options;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
        for (size_t m = 0; models[m] && (m == 0 || checks[i].every_model); m++, all++)
            failed += tell(&checks[i], checks[i].every_model ? models[m] : NULL);
    if (failed)
        return fault_add(faults, STATUS_FAILED, NULL, 0,
                         "%d of %d checks failed: results of this build cannot be trusted", failed, all);
    printf("all %d checks passed\n", all);
    return STATUS_OK;
}

extern const struct command selftest_command;
const struct command selftest_command = {
    .name = "selftest",
    .usage = "",
    .meaning = "whether this build is sound: random numbers, libraries, threads, store, fonts",
    .help = "One line a check. A build that fails one gives results that cannot be trusted.\n",
    .run = run,
};
