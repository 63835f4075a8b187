#include "../../leaf/text.h"
#include "comparing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Pairs told one by one on the screen; of more, those with the best. All are in comparison.csv. */
#define PAIRS_TOLD 10
#define NAME_WIDTH_MOST 44

/* Digits behind the point that show a number of this spread: two of its own. */
static int decimals(double spread)
{
    if (!(spread > 0))
        return 3;
    const double digits = 1 - floor(log10(spread));
    return digits < 0 ? 0 : digits > 9 ? 9 : (int)digits;
}

/* "NA" for what is undefined, no "-0.00". */
static const char *number(char text[32], double x, int digits, bool sign)
{
    if (!isfinite(x))
        return strcpy(text, "NA");
    if (fabs(x) < 0.5 * pow(10, -digits))
        x = 0;
    snprintf(text, 32, sign ? "%+.*f" : "%.*f", digits, x);
    return text;
}

static const char *chance(char text[32], double p)
{
    if (isnan(p))
        return strcpy(text, "NA");
    if (p < 0.0005)
        return strcpy(text, "<0.001");
    snprintf(text, 32, "%.3f", p);
    return text;
}

static const char *measure_name(const struct comparing *c, size_t measure)
{
    return c->set.model->columns[c->set.measures[measure]].name;
}

static int decimals_of(const struct contrast *d)
{
    return decimals(d->at.n > 1 && d->at.sd > 0 ? (d->at.hi - d->at.lo) / 2 : fabs(d->at.mean));
}

/* --- Sentences --- */

static bool is_identical(const struct contrast *d)
{
    return d->at.n > 0 && d->at.interval == PAIRED_EXACT && d->at.mean == 0;
}

/* "personal is higher by 0.118 [0.101, 0.135]". */
static void clause(const struct comparing *c, const struct contrast *d, char *text, size_t size)
{
    const int digits = decimals_of(d);
    const char *name = measure_name(c, d->measure);
    char mean[32], lo[32], hi[32], least[32];
    if (d->at.n < 2) {
        snprintf(text, size, "%s cannot be compared: %zu pair%s of runs", name, d->at.n, d->at.n == 1 ? "" : "s");
    } else if (is_identical(d)) {
        snprintf(text, size, "%s is the same in every run", name);
    } else if (contrast_shown(d)) {
        const bool up = d->at.mean > 0;
        snprintf(text, size, "%s is %s by %s [%s, %s]", name, up ? "higher" : "lower",
                 number(mean, fabs(d->at.mean), digits, false), number(lo, up ? d->at.lo : -d->at.hi, digits, false),
                 number(hi, up ? d->at.hi : -d->at.lo, digits, false));
    } else if (c->contrast_count == 1 && (d->at.lo > 0 || d->at.hi < 0)) { /* interval and test are two methods */
        snprintf(text, size, "no difference shown in %s (%s [%s, %s] leaves out zero, but p = %.2g)", name,
                 number(mean, d->at.mean, digits, true), number(lo, d->at.lo, digits, true),
                 number(hi, d->at.hi, digits, true), d->p_holm);
    } else if (d->at.p < COMPARE_LEVEL || d->at.lo > 0 || d->at.hi < 0) {
        snprintf(text, size, "no difference shown in %s once all %zu comparisons are allowed for (%s [%s, %s])", name,
                 c->contrast_count, number(mean, d->at.mean, digits, true), number(lo, d->at.lo, digits, true),
                 number(hi, d->at.hi, digits, true));
    } else {
        snprintf(text, size, "no difference shown in %s (%s [%s, %s]; %s would have been)", name,
                 number(mean, d->at.mean, digits, true), number(lo, d->at.lo, digits, true),
                 number(hi, d->at.hi, digits, true), number(least, d->at.detectable, digits, false));
    }
}

void comparing_verdict(const struct comparing *c, const struct contrast *d, char *text, size_t size)
{
    char what[320];
    clause(c, d, what, sizeof what);
    snprintf(text, size, "%.*s against %.*s: %s", text_fit(c->names[d->a], 160), c->names[d->a],
             text_fit(c->names[d->b], 160), c->names[d->b], what);
}

static void tell_sentence(const struct comparing *c, const struct contrast *first)
{
    char what[320];
    text_print(stdout, c->names[first->a]);
    fputs(" against ", stdout);
    text_print(stdout, c->names[first->b]);
    printf(" (%zu pairs of runs): ", first->at.n);
    if (first->parts < 0) {
        puts("identical in every measure, week and run.");
        return;
    }
    for (size_t m = 0; m < c->measure_count; m++) {
        clause(c, first + m, what, sizeof what);
        printf("%s%s", m ? "; " : "", what);
    }
    if (first->parts > 0)
        printf("; the runs are the same before week %lld", (long long)first->parts);
    puts(".");
}

/* --- Tables --- */

static int width_of_names(const struct comparing *c)
{
    size_t width = strlen("scenario");
    for (size_t i = 0; i < c->cases.count; i++)
        width = strlen(c->names[i]) > width ? strlen(c->names[i]) : width;
    return width > NAME_WIDTH_MOST ? NAME_WIDTH_MOST : (int)width;
}

static void print_name(const char *name, int width)
{
    const int length = (int)strlen(name);
    text_print(stdout, name);
    printf("%*s", length < width ? width - length : 0, "");
}

/* The contrast of a pair's first measure; a is the later one. */
static const struct contrast *pair(const struct comparing *c, size_t a, size_t b)
{
    return &c->contrasts[(a * (a - 1) / 2 + b) * c->measure_count];
}

static double mean_of(const struct comparing *c, size_t scenario, size_t measure)
{
    double sum = 0, n = 0;
    for (size_t run = 0; run < c->set.runs; run++) {
        const double score = compare_score(&c->set, scenario, run, measure);
        sum += isnan(score) ? 0 : score;
        n += isnan(score) ? 0 : 1;
    }
    return n > 0 ? sum / n : (double)NAN;
}

static void tell_means(const struct comparing *c)
{
    const int width = width_of_names(c);
    printf("\n%-*s", width, "scenario");
    for (size_t m = 0; m < c->measure_count; m++)
        printf("  %*s", (int)fmax(8, (double)strlen(measure_name(c, m))), measure_name(c, m));
    puts(c->points ? "        cost" : "");
    for (size_t i = 0; i < c->cases.count; i++) {
        print_name(c->names[i], width);
        for (size_t m = 0; m < c->measure_count; m++) {
            char text[32];
            printf("  %*s", (int)fmax(8, (double)strlen(measure_name(c, m))), number(text, mean_of(c, i, m), 4, false));
        }
        for (size_t k = 0; c->points && k < c->cases.count; k++)
            if (c->points[k].sample == i)
                printf("  %10.6g", c->points[k].cost);
        puts("");
    }
}

static void tell_row(const struct comparing *c, const struct contrast *d)
{
    const int digits = decimals_of(d);
    char mean[32], lo[32], hi[32], effect[32], better[32], p[32], interval[80], often[80];
    snprintf(interval, sizeof interval, "[%s, %s]", number(lo, d->at.lo, digits, true),
             number(hi, d->at.hi, digits, true));
    snprintf(often, sizeof often, "%s [%s, %s]", number(better, d->at.better, 2, false),
             number(lo, d->at.better_lo, 2, false), number(hi, d->at.better_hi, 2, false));
    printf("  %-18s %10s  %-22s %8s  %-18s %7s\n", measure_name(c, d->measure), number(mean, d->at.mean, digits, true),
           interval, number(effect, d->at.effect_pooled, 2, true), often, chance(p, d->p_holm));
}

static void tell_pair(const struct comparing *c, size_t a, size_t b)
{
    const struct contrast *first = pair(c, a, b);
    puts("");
    text_print(stdout, c->names[a]);
    fputs(" minus ", stdout);
    text_print(stdout, c->names[b]);
    puts("");
    for (size_t m = 0; m < c->measure_count; m++)
        tell_row(c, first + m);
}

/* The scenario that the others are told against when there are too many pairs: highest in the first measure. */
static size_t best(const struct comparing *c)
{
    size_t highest = 0;
    for (size_t i = 1; i < c->cases.count; i++)
        if (mean_of(c, i, 0) > mean_of(c, highest, 0))
            highest = i;
    return highest;
}

/* tell(c, a, b) for each pair that is told. */
static void each_pair(const struct comparing *c, void (*tell)(const struct comparing *c, size_t a, size_t b))
{
    const size_t pairs = c->cases.count * (c->cases.count - 1) / 2, top = best(c);
    for (size_t a = 1; a < c->cases.count; a++)
        for (size_t b = 0; b < a; b++)
            if (pairs <= PAIRS_TOLD || a == top || b == top)
                tell(c, a, b);
}

static void tell_words(const struct comparing *c, size_t a, size_t b)
{
    tell_sentence(c, pair(c, a, b));
}

static void tell_differences(const struct comparing *c)
{
    const size_t pairs = c->cases.count * (c->cases.count - 1) / 2;
    printf("\n%-20s %10s  %-22s %8s  %-18s %7s\n", "difference", "mean", "95 % interval", "effect", "share higher",
           "p Holm");
    each_pair(c, tell_pair);
    printf("  effect: mean over the pooled standard deviation of single runs; share higher: of pairs of runs with the\n"
           "  same luck, with its exact 95 %% interval; p: two-sided, adjusted for all %zu comparisons\n",
           c->contrast_count);
    puts("");
    each_pair(c, tell_words);
    if (pairs > PAIRS_TOLD)
        printf("Told are the pairs of '%s', highest in %s, out of %zu; comparison.csv holds all.\n", c->names[best(c)],
               measure_name(c, 0), pairs);
}

/* --- Costs --- */

static void tell_cost_per_gain(const struct comparing *c)
{
    bool heading = false;
    for (size_t i = 0; i < c->contrast_count; i++) {
        const struct contrast *d = &c->contrasts[i];
        if (isnan(d->cost_per_gain))
            continue;
        if (!heading)
            puts("\ncost of 0.01 more, in your unit [95 % interval]");
        heading = true;
        fputs("  ", stdout);
        text_print(stdout, c->names[d->cost > 0 ? d->a : d->b]);
        fputs(" over ", stdout);
        text_print(stdout, c->names[d->cost > 0 ? d->b : d->a]);
        printf(", %s: %.4g [%.4g, %.4g]\n", measure_name(c, d->measure), d->cost_per_gain / 100,
               d->cost_per_gain_lo / 100, d->cost_per_gain_hi / 100);
    }
}

static void tell_frontier(const struct comparing *c)
{
    if (!c->points)
        return;
    tell_cost_per_gain(c);
    puts("\ncost-effect frontier, cheapest first: nothing here, nor a mix, reaches as much for less");
    for (size_t m = 0; m < c->measure_count; m++) {
        const struct frontier_point *points = c->points + m * c->cases.count;
        printf("  %s:", measure_name(c, m));
        bool first = true;
        for (size_t i = 0; i < c->cases.count; i++) {
            if (!points[i].on)
                continue;
            fputs(first ? " " : ", ", stdout);
            first = false;
            text_print(stdout, c->names[points[i].sample]);
        }
        puts("");
    }
}

void comparing_tell_precision(const struct model *model, const struct precision *p)
{
    if (!(p->asked > 0) || p->look_count == 0)
        return;
    const struct precision_look *last = &p->looks[p->look_count - 1];
    printf("precision  %s is known to +-%.3g with %lld runs (asked: %g, %s after %zu look%s; looking often makes a\n"
           "           95 %% interval cover in about 94 of 100 cases)\n",
           model->columns[p->measure].name, last->half_width, (long long)last->n, p->asked,
           p->reached ? "reached" : "NOT reached", p->look_count, p->look_count == 1 ? "" : "s");
}

enum status comparing_tell(const struct comparing *c, struct faults *faults)
{
    const struct scenario *s = &c->scenarios[0];
    char length[TEXT_WEEKS], seconds[32];
    (void)faults;
    progress_seconds(c->seconds, seconds, sizeof seconds);
    printf("%zu scenarios, %zu run%s each of %s under the same luck, model %s, seed %llu; %s\n", c->cases.count,
           c->set.runs, c->set.runs == 1 ? "" : "s",
           text_weeks(s->plan.weeks, (int)s->config.calendar->weeks_per_year, length), s->plan.model->name,
           (unsigned long long)s->plan.seed, seconds);
    printf("compared   %s\n", c->when);
    comparing_tell_precision(s->plan.model, &c->precision);
    tell_means(c);
    tell_differences(c);
    tell_frontier(c);
    return STATUS_OK;
}
