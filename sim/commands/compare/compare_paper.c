/* sentences.txt: each difference as a paper would report it, with what makes it repeatable. */
#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "comparing.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define SENTENCE 1400

/* As many digits as the interval knows; a minus that is one. */
static const char *number(char text[40], double x, double spread)
{
    const double known = spread > 0 ? 1 - floor(log10(spread)) : 3;
    const int digits = known < 0 ? 0 : known > 9 ? 9 : (int)known;
    if (!isfinite(x))
        return strcpy(text, "NA");
    if (fabs(x) < 0.5 * pow(10, -digits))
        x = 0;
    snprintf(text, 40, "%s%.*f", x < 0 ? "\u2212" : "", digits, fabs(x));
    return text;
}

static const char *chance(char text[40], double p)
{
    if (isnan(p))
        return strcpy(text, "p: NA");
    snprintf(text, 40, p < 0.001 ? "p < 0.001" : "p = %.3f", p);
    return text;
}

/* How the interval was made. */
static const char *method(const struct paired *at)
{
    switch (at->interval) {
    case PAIRED_T:
        return "paired t";
    case PAIRED_EXACT:
        return "the same in all pairs";
    default:
        return "paired bootstrap";
    }
}

static void add(char *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(char *text, const char *format, ...)
{
    const size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, SENTENCE - used, format, arguments);
    va_end(arguments);
}

static void add_opening(const struct comparing *c, const struct contrast *d, char *text)
{
    const struct scenario *s = &c->scenarios[0];
    char length[TEXT_WEEKS];
    add(text, "In %zu pairs of simulated runs of %s with the same luck (ebb %s%s%s, model %s, seed %llu), ", d->at.n,
        text_weeks(s->plan.weeks, (int)s->config.calendar->weeks_per_year, length), EBB_VERSION,
        *EBB_COMMIT ? ", commit " : "", EBB_COMMIT, s->plan.model->name, (unsigned long long)s->plan.seed);
}

static void add_shown(const struct comparing *c, const struct contrast *d, const struct column *column, char *text)
{
    const struct paired *at = &d->at;
    const bool up = at->mean > 0;
    const double spread = at->hi > at->lo ? (at->hi - at->lo) / 2 : fabs(at->mean);
    char mean[40], lo[40], hi[40], p[40];
    add(text, "%s was %s under '%.*s' than under '%.*s', %s, by %s (95 %% interval %s to %s", column->name,
        up ? "higher" : "lower", text_fit(c->names[d->a], 160), c->names[d->a], text_fit(c->names[d->b], 160),
        c->names[d->b], c->when, number(mean, fabs(at->mean), spread), number(lo, up ? at->lo : -at->hi, spread),
        number(hi, up ? at->hi : -at->lo, spread));
    if (*column->unit)
        add(text, ", unit %s", column->unit);
    add(text, "; %s; d = %s; %s in %.0f %% of pairs; %s", method(at), number(mean, fabs(at->effect_pooled), 1),
        up ? "higher" : "lower", 100 * (up ? at->better : 1 - at->better), chance(p, d->p_holm));
    if (c->contrast_count > 1)
        add(text, " after Holm's correction for %zu comparisons", c->contrast_count);
    add(text, ")");
    if (isfinite(d->cost_per_gain))
        add(text, ", at %.3g units of cost (%.3g to %.3g) for each 0.01", d->cost_per_gain / 100,
            d->cost_per_gain_lo / 100, d->cost_per_gain_hi / 100);
    add(text, ".");
}

static void add_not_shown(const struct comparing *c, const struct contrast *d, const struct column *column, char *text)
{
    const struct paired *at = &d->at;
    const double spread = at->hi > at->lo ? (at->hi - at->lo) / 2 : fabs(at->mean);
    char mean[40], lo[40], hi[40], least[40], p[40];
    add(text, "a difference in %s between '%.*s' and '%.*s', %s, was not shown (%s; 95 %% interval %s to %s; %s; %s",
        column->name, text_fit(c->names[d->a], 160), c->names[d->a], text_fit(c->names[d->b], 160), c->names[d->b],
        c->when, number(mean, at->mean, spread), number(lo, at->lo, spread), number(hi, at->hi, spread), method(at),
        chance(p, d->p_holm));
    if (c->contrast_count > 1)
        add(text, " after Holm's correction for %zu comparisons", c->contrast_count);
    add(text, ")");
    if (at->detectable > 0)
        add(text, "; so many pairs show one of %s four times in five", number(least, at->detectable, spread));
    add(text, ".");
}

static void write_sentence(const struct comparing *c, const struct contrast *d, struct rows_text *text)
{
    char sentence[SENTENCE] = "";
    const struct column *column = &c->set.model->columns[c->set.measures[d->measure]];
    if (d->at.n < 2)
        return;
    add_opening(c, d, sentence);
    if (d->at.interval == PAIRED_EXACT && d->at.mean == 0)
        add(sentence, "%s was the same in every run under '%.*s' and '%.*s', %s.", column->name,
            text_fit(c->names[d->a], 160), c->names[d->a], text_fit(c->names[d->b], 160), c->names[d->b], c->when);
    else if (contrast_shown(d))
        add_shown(c, d, column, sentence);
    else
        add_not_shown(c, d, column, sentence);
    add(sentence, "\n");
    rows_text_raw(text, sentence, strlen(sentence));
}

enum status comparing_write_sentences(const struct comparing *c, struct faults *faults)
{
    struct rows_text text = {0};
    for (size_t i = 0; i < c->contrast_count; i++)
        write_sentence(c, &c->contrasts[i], &text);
    const enum status status = text.failed ? fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for sentences.txt")
                                           : folder_write(c->out_dir, "sentences.txt", text.data ? text.data : "",
                                                          text.size, faults);
    free(text.data);
    return status;
}
