#include "report.h"

#include "draw.h"

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
    fprintf(out,
            "# The ladder's patterns\n\n"
            "Made by `make patterns`, seed %llu; not edited by hand. What each claims, and the experiment behind it, "
            "stands in its file in `tests/patterns`.\n\n"
            "A pattern is held when every bound of its experiment is passed by the whole 95 %% interval (over "
            "replicates, paired by seed), and when it is missed with its\n"
            "mechanism switched off. *Alarm*: the most often that a simulator at one of the bounds would be called "
            "right. Rows E hold the default school to the\n"
            "evidence. *Draws*: in how many of %d draws it is held, with the same bounds and %zu replicates a "
            "scenario, when all uncertain settings are drawn at once within\n"
            "%.0f %% of their defaults. Uncertain is every number of a step of the week whose source is not published "
            "evidence: a Latin hypercube, clipped to the registry's ranges\n"
            "(`tests/patterns/draw.h`). Rows E are not drawn, as they say what the defaults\n"
            "were tuned to, and neither is what is not held.\n\n",
            (unsigned long long)seed, DRAWS, draw_runs, 100 * DRAW_SPREAD);
}

static void write_row(FILE *out, const struct result *r)
{
    const double alarm = r->finding.alarm > 0 ? r->finding.alarm : FALSE_ALARM;
    fprintf(out, "| %s | %s | %s | %+.3f [%+.3f, %+.3f] | %zu | %.3g %% | %s: %s, %+.3f |", r->pattern->name,
            r->pattern->claim, r->held ? "held" : "**not held**", r->finding.effect, r->finding.low, r->finding.high,
            r->runs, 100 * alarm, r->pattern->switched, r->sabotaged.held ? "**held**" : "missed", r->sabotaged.effect);
    if (r->draws)
        fprintf(out, " %d/%d |\n", r->draws_held, r->draws);
    else
        fprintf(out, " |\n");
}

int report_write(const char *path, const struct result *results, size_t count, uint64_t seed, size_t draw_runs)
{
    FILE *out = fopen(path, "w");
    if (!out)
        return -1;
    write_head(out, seed, draw_runs);
    fprintf(out, "| | pattern | | effect [95 %%] | n | alarm | with its mechanism off | draws |\n"
                 "|---|---|---|---|---|---|---|---|\n");
    for (size_t n = 0; n < count; n++)
        write_row(out, &results[n]);
    fprintf(out, "\nWhat was measured:\n\n");
    for (size_t n = 0; n < count; n++) {
        const struct result *r = &results[n];
        fprintf(out, "- **%s** %s%s%s. Off: `%s`\n", r->pattern->name, r->finding.text,
                !r->held && r->finding.tried ? ". Tried: " : "", !r->held && r->finding.tried ? r->finding.tried : "",
                r->pattern->sabotage);
    }
    const int failed = ferror(out);
    return fclose(out) || failed ? -1 : 0;
}
