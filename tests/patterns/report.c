#include "report.h"

#include "draw.h"

#include <stdlib.h>
#include <string.h>

#define FALSE_ALARM 0.025

void report_line(const struct result *r, FILE *out)
{
    fprintf(out, "%-3s  %-8s  %+.3f [%+.3f, %+.3f]  %s; %s when %s (%+.3f)", r->pattern->name,
            r->held ? "held" : "not held", r->finding.effect, r->finding.low, r->finding.high, r->finding.text,
            r->sabotaged.held ? "NOT MISSED, though it must be," : "missed, as it must be,", r->pattern->switched,
            r->sabotaged.effect);
    if (!r->held && r->finding.tried)
        fprintf(out, "; known: %s", r->finding.tried);
    fputc('\n', out);
}

static void write_head(FILE *out, uint64_t seed, size_t draw_runs)
{
    fprintf(
        out,
        "# The ladder's patterns\n\n"
        "Made by `make patterns`, seed %llu; not edited by hand. What each claims, and the experiment behind it, "
        "stands in its file in `tests/patterns`.\n\n"
        "A pattern is held when every bound of its experiment is passed by the whole 95 %% interval (over "
        "replicates, paired by seed), and when it is missed with its\n"
        "mechanism switched off. *Alarm*: the most often that a simulator at one of the bounds would be called "
        "right. Rows E hold the default school to the\n"
        "evidence. *Draws*: in how many of %d draws it is held, with the same bounds and %zu replicates a "
        "scenario (or the hundred of a row that asks as many), when all uncertain settings are drawn at once within\n"
        "%.0f %% of their defaults. Uncertain is every number of a step of the week whose source is not published "
        "evidence, but for shapes of equations (source: \"form\"): a Latin hypercube, clipped to the registry's "
        "ranges\n"
        "(`tests/patterns/draw.h`). Most draws move the default school itself: practice climbs or dies out without "
        "any strategy. *Settled*: in how many it is held when the rate of\n"
        "lapse is set anew in each draw, so that the school that nobody changes keeps the repertoire it has with "
        "the defaults (`tests/patterns/settled.h`); nothing else is tuned.\n"
        "Rows E are not drawn, as they say what the defaults were tuned to, and neither is what is not held.\n\n",
        (unsigned long long)seed, DRAWS, draw_runs, 100 * DRAW_SPREAD);
}

static void write_row(FILE *out, const struct result *r)
{
    const double alarm = r->finding.alarm > 0 ? r->finding.alarm : FALSE_ALARM;
    fprintf(out, "| %s | %s | %s | %+.3f [%+.3f, %+.3f] | %zu | %.3g %% | %s: %s, %+.3f |", r->pattern->name,
            r->pattern->claim, r->held ? "held" : "**not held**", r->finding.effect, r->finding.low, r->finding.high,
            r->runs, 100 * alarm, r->pattern->switched, r->sabotaged.held ? "**held**" : "missed", r->sabotaged.effect);
    if (r->draws)
        fprintf(out, " %d/%d | %d/%d |\n", r->draws_held, r->draws, r->settled_held, r->settled);
    else
        fprintf(out, " | |\n");
}

static void write_measured(FILE *out, const struct result *r)
{
    const char *tried = !r->held ? r->finding.tried : NULL;
    fprintf(out, "- **%s** %s%s%s. Off: `%s`\n", r->pattern->name, r->finding.text, tried ? ". Tried: " : "",
            tried ? tried : "", r->pattern->sabotage);
}

static int write_whole(const char *path, const struct report *report)
{
    FILE *out = fopen(path, "w");
    if (!out) {
        perror(path);
        return -1;
    }
    write_head(out, report->seed, report->draw_runs);
    fprintf(out, "| | pattern | | effect [95 %%] | n | alarm | with its mechanism off | draws | settled |\n"
                 "|---|---|---|---|---|---|---|---|---|\n");
    for (size_t n = 0; n < report->count; n++)
        write_row(out, &report->results[n]);
    fprintf(out, "\nWhat was measured:\n\n");
    for (size_t n = 0; n < report->count; n++)
        write_measured(out, &report->results[n]);
    const int failed = ferror(out);
    if (!fclose(out) && !failed)
        return 0;
    perror(path);
    return -1;
}

/* The result that this line of a document is about, and whether as a row of its table; NULL: none of these. */
static const struct result *result_of(const struct report *report, const char *line, bool *row)
{
    *row = line[0] == '|';
    for (size_t n = 0; n < report->count; n++) {
        const char *name = report->results[n].pattern->name;
        const size_t length = strlen(name), from = *row ? 2 : 4;
        if ((strncmp(line, "| ", 2) == 0 || strncmp(line, "- **", 4) == 0) && strncmp(line + from, name, length) == 0 &&
            strchr(" *", line[from + length]))
            return &report->results[n];
    }
    return NULL;
}

/* The document as it was, with these patterns' lines anew. */
static int write_some(const char *path, const struct report *report)
{
    char *old = NULL, *now = NULL, *line = NULL;
    size_t old_size = 0, now_size = 0, room = 0;
    FILE *in = fopen(path, "r"), *out = open_memstream(&now, &now_size), *head = open_memstream(&old, &old_size);
    int failed = !in || !out || !head;
    if (!in)
        perror(path);
    if (head) {
        write_head(head, report->seed, report->draw_runs);
        failed |= fclose(head);
    }
    for (ssize_t length; !failed && (length = getline(&line, &room, in)) > 0;) {
        bool row;
        const struct result *result = result_of(report, line, &row);
        if (!result)
            fputs(line, out);
        else if (row)
            write_row(out, result);
        else
            write_measured(out, result);
    }
    if (in)
        fclose(in);
    failed |= !out || fclose(out);
    if (!failed && (now_size < old_size || memcmp(now, old, old_size))) {
        fprintf(stderr, "patterns: %s was made with another seed, or by another program: write all patterns\n", path);
        failed = 1;
    }
    if (!failed) {
        FILE *file = fopen(path, "w");
        failed = !file || fwrite(now, 1, now_size, file) != now_size;
        failed |= file && fclose(file);
        if (failed)
            perror(path);
    }
    free(line);
    free(old);
    free(now);
    return failed ? -1 : 0;
}

int report_write(const char *path, const struct report *report)
{
    return report->whole ? write_whole(path, report) : write_some(path, report);
}
