/* What `ebb sense` tells `ebb sweep`. */
#include "../../command.h"
#include "../../leaf/text.h"
#include "sensing.h"

#include <stdlib.h>
#include <string.h>

#define REPLICATES "4"  /* of each point, unless something says otherwise: two are needed to tell luck apart */
#define SCREENED 8      /* more settings than this are screened by Morris first */
#define TRAJECTORIES 20 /* Morris: 10 to 50 in the literature (Saltelli et al. 2008) */
#define SAMPLES 128

static void say(struct sense_words *w, const char *option, const char *value)
{
    char **more = realloc(w->words, (w->count + 3) * sizeof *more);
    if (more) {
        w->words = more;
        more[w->count] = strdup(option);
        w->failed |= !more[w->count++];
        if (value) {
            more[w->count] = strdup(value);
            w->failed |= !more[w->count++];
        }
        more[w->count] = NULL;
    }
    w->failed |= !more;
}

void sense_forget(struct sense_words *w)
{
    for (size_t i = 0; i < w->count; i++)
        free(w->words[i]);
    free(w->words);
}

static enum status ask_percent(const struct options *options, double *percent, struct faults *faults)
{
    const char *text = options_own(options, "around");
    char quoted[TEXT_QUOTED], *end;
    *percent = 20;
    if (!text)
        return STATUS_OK;
    if (!options_own(options, "factors"))
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "--around says how far --factors vary, and there are none; --vary has its own range");
    *percent = strtod(text, &end);
    if (end != text && !*end && *percent > 0 && *percent <= 1000)
        return STATUS_OK;
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--around is %s; allowed: percent above 0, at most 1000",
                     text_quote(text, quoted));
}

/* --factors as --vary. */
static enum status say_factors(const struct options *options, const struct config *config, struct sense_words *w,
                               size_t *settings, struct faults *faults)
{
    char **list = NULL;
    size_t count = 0;
    double percent;
    const char *text;
    enum status status = ask_percent(options, &percent, faults);
    for (size_t i = 0; status == STATUS_OK && (text = options_own_at(options, "factors", i)); i++)
        status = sense_factors(config, text, percent, &list, &count, faults);
    w->first_factor = w->count + 1;
    w->factors = status == STATUS_OK ? count : 0;
    for (size_t i = 0; i < count; i++) {
        if (status == STATUS_OK)
            say(w, "--vary", list[i]);
        free(list[i]);
    }
    free(list);
    *settings += count;
    for (size_t i = 0; status == STATUS_OK && (text = options_own_at(options, "vary", i)); i++, ++*settings)
        say(w, "--vary", text);
    return status;
}

/* The rows that are needed: those of the end, of years, or of every week. */
static const char *keep_of(const struct config *config, int64_t week)
{
    return week < 0 || week == config->run->weeks         ? "summary"
           : week % config->calendar->weeks_per_year == 0 ? "yearly"
                                                          : "weekly";
}

static enum status say_design(const struct options *options, const struct config *config, size_t settings,
                              struct sense_words *w, struct faults *faults)
{
    const struct sweep_params *sweep = param_set_get(config->set, &sweep_group, 0);
    const char *method = options_own(options, "method"), *samples = options_own(options, "samples");
    const struct param *points = param_find(&sweep_group, "points");
    char number[32], quoted[TEXT_QUOTED];
    const bool chosen = sweep->design == DESIGN_MORRIS || sweep->design == DESIGN_SALTELLI;
    bool morris = chosen ? sweep->design == DESIGN_MORRIS : settings > SCREENED;
    if (method && strcmp(method, "morris") != 0 && strcmp(method, "sobol") != 0)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--method is %s; allowed: morris, sobol",
                         text_quote(method, quoted));
    if (method)
        morris = strcmp(method, "morris") == 0;
    say(w, "--design", morris ? "morris" : "saltelli");
    if (samples) {
        long wanted = 0;
        const enum status status = options_integer("samples", samples, 2, 1000000, &wanted, faults);
        if (status != STATUS_OK)
            return status;
    }
    snprintf(number, sizeof number, "%d", morris ? TRAJECTORIES : SAMPLES);
    if (samples || param_set_origin(config->set, &sweep_group, 0, points).from == ORIGIN_DEFAULT)
        say(w, "--points", samples ? samples : number);
    return STATUS_OK;
}

static bool says_replicates(const struct options *options)
{
    for (size_t i = 0; i < options->set_count; i++)
        if (strncmp(options->sets[i], "run.replicates=", 15) == 0)
            return true;
    return false;
}

/* Whether a --set gave the value around which a factor varies: it has done its work, and sweep would refuse it. */
static bool is_centre(const char *set, const struct sense_words *w)
{
    const char *equals = strchr(set, '=');
    for (size_t i = 0; equals && !w->failed && i < w->factors; i++) {
        const char *factor = w->words[w->first_factor + 2 * i];
        const size_t length = strcspn(factor, "=");
        if (length == (size_t)(equals - set) && strncmp(factor, set, length) == 0)
            return true;
    }
    return false;
}

static void say_rest(const struct options *options, const char *out_dir, struct sense_words *w)
{
    static const char *const progress[] = {"auto", "plain", "none"};
    char jobs[16];
    for (size_t i = 0; i < options->set_count; i++)
        if (!is_centre(options->sets[i], w))
            say(w, "--set", options->sets[i]);
    say(w, "--set", "output.charts=no"); /* a sweep's pictures are of other questions; `ebb plot` draws them */
    if (!says_replicates(options))
        say(w, "--replicates", REPLICATES);
    if (options->jobs) {
        snprintf(jobs, sizeof jobs, "%d", options->jobs);
        say(w, "--jobs", jobs);
    }
    say(w, "--out", out_dir);
    say(w, "--progress", progress[options->progress]);
    if (options->force)
        say(w, "--force", NULL);
    if (options->quiet)
        say(w, "--quiet", NULL);
    if (options->dry_run)
        say(w, "--dry-run", NULL);
    if (options_own(options, "resume"))
        say(w, "--resume", NULL);
}

enum status sense_say(const struct options *options, const struct config *config, const char *out_dir, int64_t week,
                      struct sense_words *w, struct faults *faults)
{
    size_t settings = param_set_count(config->set, &vary_group);
    say(w, "sweep", options->arguments[0]);
    enum status status = say_factors(options, config, w, &settings, faults);
    if (status == STATUS_OK && settings == 0)
        status = fault_add(faults, STATUS_USAGE, NULL, 0,
                           "nothing varies: name settings with --factors 'section.*' or --vary section.key=from:to");
    if (status == STATUS_OK)
        status = say_design(options, config, settings, w, faults);
    say(w, "--keep", keep_of(config, week));
    say_rest(options, out_dir, w);
    return status;
}

enum status sense_sweep(struct sense_words *w, struct faults *faults)
{
    const struct command *sweep = command_find("sweep");
    struct options options;
    /* getopt reorders the words: give it a list of its own. */
    char **words = calloc(w->count + 1, sizeof *words);
    if (!words || !w->words || w->failed) {
        free(words);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the sweep's options");
    }
    memcpy(words, w->words, w->count * sizeof *words);
    enum status status = options_parse(sweep, (int)w->count, words, &options, faults);
    if (status == STATUS_OK) {
        status = sweep->run(&options, faults);
        options_free(&options);
    }
    free(words);
    return status;
}
