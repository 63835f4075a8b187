#include "../../leaf/param_value.h"
#include "../../leaf/text.h"
#include "comparing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- Measures --- */

static enum status find_measure(const struct model *model, const char *option, const char *word, size_t *column,
                                struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = word};
    for (*column = 0; *column < model->column_count; ++*column) {
        if (strcmp(model->columns[*column].name, word) == 0)
            return STATUS_OK;
        text_near_try(&near, model->columns[*column].name);
    }
    text_quote(word, quoted);
    if (near.best)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--%s: there is no measure %s; did you mean %s?", option,
                         quoted, near.best);
    return fault_add(faults, STATUS_USAGE, NULL, 0,
                     "--%s: the model %s has no measure %s; `ebb explain` and columns.csv list them", option,
                     model->name, quoted);
}

static enum status add_measure(struct comparing *c, size_t column, struct faults *faults)
{
    const struct column *row = &c->scenarios[0].plan.model->columns[column];
    for (size_t i = 0; i < c->measure_count; i++)
        if (c->measures[i] == column)
            return fault_add(faults, STATUS_USAGE, NULL, 0, "--measure: %s is named twice", row->name);
    if (c->measure_count == COMPARING_MEASURES_MAX)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--measure: at most %d measures are compared at once",
                         COMPARING_MEASURES_MAX);
    c->measures[c->measure_count++] = column;
    return STATUS_OK;
}

/* The capacities; of a model without them, what spreads; else its first column. */
static void usual_measures(struct comparing *c)
{
    const struct model *model = c->scenarios[0].plan.model;
    static const enum column_kind kinds[] = {COLUMN_CAPACITY, COLUMN_LAYER};
    for (size_t k = 0; k < 2 && c->measure_count == 0; k++)
        for (size_t i = 0; i < model->column_count && c->measure_count < COMPARING_MEASURES_MAX; i++)
            if (model->columns[i].kind == kinds[k])
                c->measures[c->measure_count++] = i;
    if (c->measure_count == 0)
        c->measures[c->measure_count++] = 0;
}

static enum status ask_measures(struct comparing *c, struct faults *faults)
{
    enum status status = STATUS_OK;
    const char *text;
    for (size_t i = 0; (text = options_own_at(c->options, "measure", i)); i++) {
        char *copy = strdup(text), *rest = copy;
        if (!copy)
            return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
        for (char *word; (word = strsep(&rest, ","));) {
            size_t column;
            enum status one = find_measure(c->scenarios[0].plan.model, "measure", text_trim(word), &column, faults);
            if (one == STATUS_OK)
                one = add_measure(c, column, faults);
            status = status == STATUS_OK ? one : status;
        }
        free(copy);
    }
    if (status == STATUS_OK && c->measure_count == 0)
        usual_measures(c);
    return status;
}

/* --- Time --- */

static enum status read_week(const struct comparing *c, const char *text, int64_t *week, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    union param_value value = {.integer = 0};
    struct param_error error = {.why = ""};
    const struct scenario *s = &c->scenarios[0];
    if (!param_value_weeks(PARAM_DURATION, text, (int)s->config.calendar->weeks_per_year, &value, &error))
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--at %s: %s; allowed: a week or a span, as in 5y or 4y-5y",
                         text_quote(text, quoted), error.why);
    *week = value.integer;
    if (*week > s->plan.weeks)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--at %s is week %lld; the runs end with week %lld",
                         text_quote(text, quoted), (long long)*week, (long long)s->plan.weeks);
    return STATUS_OK;
}

/* Observed weeks from `from` to `to`. */
static enum status set_span(struct comparing *c, int64_t from, int64_t to, struct faults *faults)
{
    const struct engine_plan *plan = &c->scenarios[0].plan;
    const size_t count = engine_weeks(plan, NULL);
    int64_t *weeks = malloc(count * sizeof *weeks);
    if (!weeks)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    engine_weeks(plan, weeks);
    enum status status = STATUS_OK;
    c->first = 0;
    c->last = count - 1;
    while (c->first < count && weeks[c->first] < from)
        c->first++;
    while (c->last > 0 && weeks[c->last] > to)
        c->last--;
    if (c->first > c->last || weeks[c->last] > to) {
        const size_t before = c->last < count ? c->last : 0;
        status = fault_add(
            faults, STATUS_USAGE, NULL, 0,
            "--at: week %lld is not observed; the nearest are %lld and %lld (output.every is %lld weeks)",
            (long long)from, (long long)weeks[before], (long long)weeks[before + 1 < count ? before + 1 : before],
            (long long)plan->every);
    } else if (c->first == c->last) {
        snprintf(c->when, sizeof c->when, "week %lld", (long long)weeks[c->last]);
    } else {
        snprintf(c->when, sizeof c->when, "mean of weeks %lld to %lld", (long long)weeks[c->first],
                 (long long)weeks[c->last]);
    }
    free(weeks);
    return status;
}

static enum status ask_time(struct comparing *c, struct faults *faults)
{
    const struct engine_plan *plan = &c->scenarios[0].plan;
    const int64_t year = c->scenarios[0].config.calendar->weeks_per_year;
    const char *text = options_own(c->options, "at");
    if (!text) { /* the last year's mean: a single week would weigh where in a swell it falls */
        const enum status status = set_span(c, plan->weeks > year ? plan->weeks - year + 1 : plan->weeks, plan->weeks,
                                            faults);
        const size_t used = strlen(c->when);
        if (c->first < c->last)
            snprintf(c->when + used, sizeof c->when - used, ", the last year");
        return status;
    }
    char *copy = strdup(text), *rest = copy;
    int64_t from = 0, to = 0;
    if (!copy)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    enum status status = read_week(c, text_trim(strsep(&rest, "-")), &from, faults);
    to = from;
    if (status == STATUS_OK && rest)
        status = read_week(c, text_trim(rest), &to, faults);
    if (status == STATUS_OK && to < from)
        status = fault_add(faults, STATUS_USAGE, NULL, 0, "--at %.80s ends before it begins", text);
    if (status == STATUS_OK)
        status = set_span(c, from, to, faults);
    free(copy);
    return status;
}

/* --- Precision --- */

enum status comparing_ask_precision(const struct options *options, const struct model *model,
                                    struct precision *precision, struct faults *faults)
{
    const char *text = options_own(options, "precision"), *most = options_own(options, "most");
    long cap = COMPARING_RUNS_MOST;
    *precision = (struct precision){0};
    if (!text && most)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--most goes with --precision");
    if (!text)
        return STATUS_OK;
    for (size_t i = 0; i < options->set_count; i++)
        if (strncmp(options->sets[i], "run.replicates=", strlen("run.replicates=")) == 0)
            return fault_add(faults, STATUS_USAGE, NULL, 0,
                             "--precision finds the number of runs; leave -r out, or bound it with --most");
    if (most) {
        const enum status status = options_integer("most", most, 2, 1000000, &cap, faults);
        if (status != STATUS_OK)
            return status;
    }
    const char *equals = strchr(text, '=');
    char *end = NULL;
    const double width = equals ? strtod(equals + 1, &end) : 0;
    char quoted[TEXT_QUOTED];
    if (!equals || end == equals + 1 || *end || !isfinite(width) || !(width > 0))
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "--precision %s: allowed is MEASURE=HALFWIDTH with a number above 0, as in personal=0.01",
                         text_quote(text, quoted));
    char *name = strndup(text, (size_t)(equals - text));
    if (!name)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    const enum status status = find_measure(model, "precision", text_trim(name), &precision->measure, faults);
    free(name);
    precision->asked = width;
    precision->most = cap;
    return status;
}

enum status comparing_ask(struct comparing *c, struct faults *faults)
{
    const enum status measures = ask_measures(c, faults), time = ask_time(c, faults);
    const enum status precision = comparing_ask_precision(c->options, c->scenarios[0].plan.model, &c->precision,
                                                          faults);
    return measures != STATUS_OK ? measures : time != STATUS_OK ? time : precision;
}
