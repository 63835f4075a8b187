#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "../../store/rows.h"
#include "sensing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LITTLE 0.05 /* share of the variance below which a setting matters little */
#define RUNS_WORTH_TELLING 1e6
#define NAME_WIDTH 34

/* Two digits that count: "3,700". */
static const char *about(double number, char text[32])
{
    const double unit = number > 0 ? pow(10, floor(log10(number)) - 1) : 1;
    const double rounded = unit > 1 ? ceil(number / unit) * unit : ceil(number);
    char plain[32];
    size_t length = (size_t)snprintf(plain, sizeof plain, "%.0f", rounded), out = 0;
    for (size_t i = 0; i < length && out < 30; i++) {
        text[out++] = plain[i];
        if (i + 1 < length && (length - i - 1) % 3 == 0)
            text[out++] = ',';
    }
    text[out] = '\0';
    return text;
}

static void verdict_of_nothing(const struct sensing *s, size_t axis, char *words, size_t size)
{
    const struct sensitivity_interval proof = sense_proof(s, s->steps - 1, axis);
    const double times = sensitivity_more(&proof), more = (double)s->points.done * (times - 1);
    char number[32];
    if (proof.lo == 0 && proof.hi == 0)
        snprintf(words, size, "no effect at all");
    else if (s->design->kind == DESIGN_SALTELLI && proof.hi < LITTLE)
        snprintf(words, size, "matters little, if at all: at most %.0f %%", ceil(100 * fmax(proof.hi, 0)));
    else if (isfinite(times) && more > 0 && more < RUNS_WORTH_TELLING)
        snprintf(words, size, "cannot be told from zero; about %s more runs would", about(more, number));
    else
        snprintf(words, size, "cannot be told from zero");
}

static void verdict_of_sobol(const struct sensing *s, size_t axis, char *words, size_t size)
{
    const struct sensitivity_sobol *r = &s->sobol[s->steps - 1][axis];
    const struct sensitivity_whole *whole = &s->whole[s->steps - 1];
    if (whole->noisy && !(r->first.lo > 0) && r->total.lo > 0)
        snprintf(words, size, "cannot be told from luck with one replicate; use -r 2 or more");
    else if (!(r->total.lo > 0))
        verdict_of_nothing(s, axis, words, size);
    else if (r->total.hi < LITTLE)
        snprintf(words, size, "matters little: at most %.0f %%", ceil(100 * r->total.hi));
    else if (!(r->first.lo > 0))
        snprintf(words, size,
                 r->first.hi < r->total.value ? "matters, by way of other settings"
                                              : "matters; by itself or by way of others cannot be told");
    else if (r->first.hi < r->total.value)
        snprintf(words, size, "matters, by itself and by way of others");
    else
        snprintf(words, size, "matters, by itself");
}

static void verdict_of_morris(const struct sensing *s, size_t axis, char *words, size_t size)
{
    const struct sensitivity_morris *r = &s->morris[s->steps - 1][axis];
    if (!(r->square.lo > 0)) {
        verdict_of_nothing(s, axis, words, size);
        return;
    }
    /* Without luck: the mean square is the square of the mean and what varies about it. */
    const double varies = sqrt(fmax(r->square.value - r->mu.value * r->mu.value, 0));
    const char *way = r->mu.lo > 0 ? "raises it" : r->mu.hi < 0 ? "lowers it" : "moves it both ways";
    snprintf(words, size, "%s%s%s", way,
             varies > fabs(r->mu.value)         ? ", how much depends on the others or on its own height"
             : varies > 0.5 * fabs(r->mu.value) ? ", not everywhere alike"
                                                : ", much alike everywhere",
             s->whole[s->steps - 1].noisy ? " (luck included: one replicate)" : "");
}

static void print_share(FILE *out, const struct sensitivity_interval *e)
{
    char text[64];
    snprintf(text, sizeof text, "%.0f %% [%.0f, %.0f]", 100 * e->value, 100 * e->lo, 100 * e->hi);
    fprintf(out, "  %-17s", text);
}

static void print_number(FILE *out, const struct sensitivity_interval *e)
{
    char text[64];
    snprintf(text, sizeof text, "%.3g [%.3g, %.3g]", e->value, e->lo, e->hi);
    fprintf(out, "  %-24s", text);
}

/* A setting's name may hold what its section's name holds. */
static void print_key(FILE *out, const char *key, int width)
{
    text_print(out, key);
    fprintf(out, "%*s", width > (int)strlen(key) ? width - (int)strlen(key) : 0, "");
}

static void tell_axis(const struct sensing *s, size_t axis, FILE *out)
{
    char words[200];
    fputs("  ", out);
    print_key(out, s->design->axes[axis].key, NAME_WIDTH);
    if (s->design->kind == DESIGN_SALTELLI) {
        const struct sensitivity_sobol *r = &s->sobol[s->steps - 1][axis];
        print_share(out, &r->first);
        print_share(out, &r->total);
        verdict_of_sobol(s, axis, words, sizeof words);
    } else {
        const struct sensitivity_morris *r = &s->morris[s->steps - 1][axis];
        print_number(out, &r->mu_star);
        print_number(out, &r->sigma);
        verdict_of_morris(s, axis, words, sizeof words);
    }
    fprintf(out, "  %s\n", words);
}

static void tell_whole(const struct sensing *s, FILE *out)
{
    const struct sensitivity_whole *w = &s->whole[s->steps - 1];
    char length[TEXT_WEEKS];
    fprintf(out, "\n%s after %s", s->column->name, text_weeks(s->week, s->weeks_per_year, length));
    if (*s->column->unit)
        fprintf(out, ", %s", s->column->unit);
    fprintf(out, ": mean %.3g, sd %.3g between runs\n", w->mean, w->sd);
    fprintf(out, "  %lld of %lld runs are there%s; %zu of %lld %s count, with up to %zu replicate%s\n",
            (long long)s->points.done, (long long)s->asked, s->points.failed ? ", others failed" : "", w->samples,
            (long long)s->design->samples, s->design->kind == DESIGN_MORRIS ? "trajectories" : "samples", w->replicates,
            w->replicates == 1 ? "" : "s");
    if (w->noisy)
        fprintf(out, "  with one replicate luck cannot be told from the settings: it is part of every number\n");
    else if (isfinite(w->noise.value))
        fprintf(out, "  luck alone is %.0f %% [%.0f, %.0f] of the variance between runs%s\n", 100 * w->noise.value,
                100 * w->noise.lo, 100 * w->noise.hi,
                s->design->kind == DESIGN_SALTELLI ? "; the shares below are of the rest" : "");
}

static void tell_convergence(const struct sensing *s, const size_t *order, FILE *out)
{
    const size_t last = s->steps - 1;
    double moved = 0;
    size_t most = order[0];
    if (s->steps < 2)
        return;
    fprintf(out, "  with fewer samples%*s", NAME_WIDTH - 18, "");
    for (size_t k = 0; k < s->steps; k++)
        fprintf(out, "  %9zu", s->use[k]);
    fputs("\n", out);
    for (size_t i = 0; i < s->design->axis_count; i++) {
        const size_t a = order[i];
        fputs("    ", out);
        print_key(out, s->design->axes[a].key, NAME_WIDTH - 2);
        for (size_t k = 0; k < s->steps; k++)
            fprintf(out, "  %9.3g", sense_size(s, k, a).value);
        fputs("\n", out);
        const double by = fabs(sense_size(s, last, a).value - sense_size(s, last - 1, a).value);
        if (by > moved) {
            moved = by;
            most = a;
        }
    }
    const struct sensitivity_interval e = sense_size(s, last, most);
    fputs("  from half of them to all, ", out);
    text_print(out, s->design->axes[most].key);
    fprintf(out, " moved most, by %.2g: %s\n", moved,
            moved > (e.hi - e.lo) / 2 ? "more than its interval allows, so wait for more runs before trusting any"
                                      : "within its interval");
}

/* Estimates of what can only be the other way round. */
static bool above_total(const struct sensing *s)
{
    for (size_t a = 0; a < s->design->axis_count; a++)
        if (s->sobol[s->steps - 1][a].first.value > s->sobol[s->steps - 1][a].total.value + 0.005)
            return true;
    return false;
}

enum status sense_tell(const struct sensing *s, FILE *out, struct faults *faults)
{
    if (!s->told) {
        const struct sensitivity_whole *w = &s->whole[s->steps - 1];
        if (w->samples < 2)
            return fault_add(faults, STATUS_BAD_INPUT, s->out_dir, 0,
                             "of %lld runs that are there, %zu whole %s can be made of the design; two are the least. "
                             "Runs come spread over the design, so that a shard or an early end leaves most of them "
                             "with gaps: put shards together with `ebb merge`, or carry on with --resume",
                             (long long)s->points.done, w->samples,
                             s->design->kind == DESIGN_MORRIS ? "trajectories" : "samples");
        fprintf(out, "\n%s does not vary: it is %.6g in every run\n", s->column->name, w->mean);
        return STATUS_OK;
    }
    size_t *order = sense_order(s);
    if (!order)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    tell_whole(s, out);
    if (s->design->kind == DESIGN_SALTELLI)
        fprintf(out, "  %-*s  %-17s  %-17s\n", NAME_WIDTH, "setting [95 % interval]", "by itself", "with others");
    else
        fprintf(out, "  %-*s  %-24s  %-24s\n", NAME_WIDTH, "setting [95 % interval]", "mean |effect|", "sd of effect");
    for (size_t i = 0; i < s->design->axis_count; i++)
        tell_axis(s, order[i], out);
    if (s->design->kind == DESIGN_SALTELLI && above_total(s))
        fputs("  more by itself than with others is chance, and ends with more samples\n", out);
    if (s->design->kind == DESIGN_MORRIS && !s->whole[s->steps - 1].noisy)
        fputs("  luck makes |effect| larger; verdicts rest on the mean square of effects, which luck does not enter\n",
              out);
    tell_convergence(s, order, out);
    free(order);
    return STATUS_OK;
}

static void write_row(struct rows_text *text, const struct sensing *s, size_t step, const char *setting,
                      const char *index, const struct sensitivity_interval *e)
{
    rows_text_field(text, s->column->name);
    rows_integer(text, s->week);
    rows_text_field(text, s->design->kind == DESIGN_MORRIS ? "morris" : "sobol");
    rows_integer(text, (int64_t)s->whole[step].samples);
    rows_integer(text, (int64_t)s->whole[step].replicates);
    rows_text_field(text, setting);
    rows_text_field(text, index);
    rows_real(text, e->value);
    rows_real(text, e->lo);
    rows_real(text, e->hi);
    rows_end(text);
}

enum status sense_write(const struct sensing *s, const char *name, struct faults *faults)
{
    static const char header[] = "measure,week,method,samples,replicates,setting,index,value,lo,hi\n";
    struct rows_text text = {0};
    rows_text_raw(&text, header, sizeof header - 1);
    for (size_t k = 0; k < s->steps; k++) {
        for (size_t a = 0; a < s->design->axis_count; a++) {
            const char *key = s->design->axes[a].key;
            if (s->design->kind == DESIGN_MORRIS) {
                write_row(&text, s, k, key, "mu_star", &s->morris[k][a].mu_star);
                write_row(&text, s, k, key, "mu", &s->morris[k][a].mu);
                write_row(&text, s, k, key, "sigma", &s->morris[k][a].sigma);
                write_row(&text, s, k, key, "mean_square", &s->morris[k][a].square);
            } else {
                write_row(&text, s, k, key, "first", &s->sobol[k][a].first);
                write_row(&text, s, k, key, "total", &s->sobol[k][a].total);
            }
        }
        write_row(&text, s, k, "NA", "luck", &s->whole[k].noise);
    }
    const enum status status = text.failed ? fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for %s", name)
                                           : folder_write(s->out_dir, name, text.data, text.size, faults);
    free(text.data);
    return status;
}
