#include "../../leaf/published.h"
#include "../../leaf/text.h"
#include "import.h"

#include <math.h>
#include <string.h>

#define LINE_WIDTH 100
#define ROLES_SHOWN 40

/* Whether a person belongs in a list. */
typedef bool picker(const struct import *import, size_t person);

static bool no_response(const struct import *import, size_t person)
{
    return !import->survey.people[person].rows;
}

static bool isolated(const struct import *import, size_t person)
{
    return !import->survey.people[person].named && !import->survey.people[person].sought;
}

static bool no_unit(const struct import *import, size_t person)
{
    return import->survey.has_unit && !*import->survey.people[person].unit;
}

static bool no_years(const struct import *import, size_t person)
{
    return import->survey.has_years && isnan(import->survey.people[person].years);
}

static bool no_trust(const struct import *import, size_t person)
{
    return import->survey.has_trust && isnan(import->survey.people[person].trust);
}

static bool no_role(const struct import *import, size_t person)
{
    return import->survey.has_role && !*import->told_roles[person];
}

static size_t count_people(const struct import *import, picker *pick)
{
    size_t count = 0;
    for (size_t i = 0; i < import->survey.people_count; i++)
        count += pick(import, i);
    return count;
}

/* Their ids, a few to a line. */
static void list_people(const struct import *import, picker *pick, size_t most, FILE *out)
{
    const struct survey *s = &import->survey;
    size_t shown = 0, column = 0, all = count_people(import, pick);
    char quoted[TEXT_QUOTED];
    for (size_t i = 0; i < s->people_count; i++) {
        if (!pick(import, i))
            continue;
        if (most && shown == most) {
            fprintf(out, ", and %zu more", all - shown);
            break;
        }
        text_quote(s->people[i].id, quoted);
        bool wrap = column + strlen(quoted) + 2 > LINE_WIDTH - 6;
        if (shown && !wrap)
            column += (size_t)fprintf(out, ", %s", quoted);
        else
            column = (size_t)fprintf(out, "%s      %s", shown ? ",\n" : "", quoted) - 6;
        shown++;
    }
    fputs("\n", out);
}

static void tell_people(const struct import *import, picker *pick, const char *label, const char *treated, size_t most,
                        FILE *out)
{
    size_t count = count_people(import, pick), all = import->survey.people_count;
    if (!count)
        return;
    fprintf(out, "  %s: %zu of %zu (%.0f %%). %s\n", label, count, all, 100 * (double)count / (double)all, treated);
    list_people(import, pick, most, out);
}

static void tell_findings(const struct survey *s, enum survey_kind kind, const char *label, const char *treated,
                          size_t most, FILE *out)
{
    char sentence[1200];
    size_t shown = 0;
    if (!s->kinds[kind])
        return;
    fprintf(out, "  %s: %zu. %s\n", label, s->kinds[kind], treated);
    for (size_t i = 0; i < s->finding_count; i++) {
        if (s->findings[i].kind != kind)
            continue;
        if (most && shown++ == most) {
            fprintf(out, "      and %zu more\n", s->kinds[kind] - most);
            break;
        }
        survey_describe(s, &s->findings[i], i < SURVEY_HINTS, sentence, sizeof sentence);
        if (s->findings[i].line)
            fprintf(out, "      line %d: %s\n", s->findings[i].line, sentence);
        else
            fprintf(out, "      %s\n", sentence);
    }
}

static void tell_counts(const struct import *import, FILE *out)
{
    const struct survey *s = &import->survey;
    size_t silent = count_people(import, no_response);
    char quoted[TEXT_QUOTED];
    fprintf(out, "A surveyed school, from %s", text_quote(import->sources[0], quoted));
    if (import->sources[1])
        fprintf(out, " and %s", text_quote(import->sources[1], quoted));
    fprintf(out, "\n\n  %zu staff in %zu unit%s; %zu of them (%.0f %%) answered\n", s->people_count, s->unit_count,
            s->unit_count == 1 ? "" : "s", s->people_count - silent,
            100 * (double)(s->people_count - silent) / (double)s->people_count);
    fprintf(out, "  %zu nomination%s in %zu row%s became %zu tie%s\n", s->nomination_count,
            s->nomination_count == 1 ? "" : "s", s->nominations.rows, s->nominations.rows == 1 ? "" : "s", s->tie_count,
            s->tie_count == 1 ? "" : "s");
}

static void tell_left_out(const struct survey *s, size_t most, FILE *out)
{
    if (!s->finding_count) {
        fputs("  Nothing was left out.\n", out);
        return;
    }
    fprintf(out, "\nLeft out of the ties\n");
    tell_findings(s, SURVEY_UNKNOWN_TO, "Named, but not in the roster", "Dropped: add them to the roster to keep them.",
                  most, out);
    tell_findings(s, SURVEY_UNKNOWN_FROM, "Naming, but not in the roster",
                  "Dropped: add them to the roster to keep them.", most, out);
    tell_findings(s, SURVEY_SELF, "Naming themselves", "Dropped.", most, out);
    tell_findings(s, SURVEY_REPEATED, "Told more than once", "Kept once, as told first.", most, out);
    tell_findings(s, SURVEY_ZERO, "Of strength 0", "Dropped.", most, out);
    tell_findings(s, SURVEY_BLANK, "Blank", "Counted as an answer that names nobody.", most, out);
}

/* Roles that became another, each once. */
static void tell_roles(const struct import *import, FILE *out)
{
    const struct survey *s = &import->survey;
    char quoted[TEXT_QUOTED];
    size_t shown = 0;
    for (size_t i = 0; i < s->people_count; i++) {
        const char *told = import->told_roles[i];
        bool seen = !*told || !strcasecmp(told, s->people[i].role);
        size_t count = 0;
        for (size_t k = 0; k < s->people_count && !seen; k++) {
            bool same = !strcmp(import->told_roles[k], told);
            seen = same && k < i;
            count += same;
        }
        if (seen)
            continue;
        fprintf(out, "%s%s (%zu)",
                shown ? ", " : "  Roles that are not known, counted as teachers: ", text_quote(told, quoted), count);
        if (++shown == ROLES_SHOWN) {
            fputs(", and others", out);
            break;
        }
    }
    if (!shown)
        return;
    fputs(". Known are: ", out);
    for (const char *p = import->known_roles; *p; p++)
        fputs(*p == '|' ? ", " : (char[]){*p, '\0'}, out);
    fputs(".\n", out);
}

static void tell_missing(const struct import *import, size_t most, FILE *out)
{
    const struct survey *s = &import->survey;
    fprintf(out, "\nPeople\n");
    tell_people(import, no_response, "No response", "Kept: their ties are those that others report to them.", most,
                out);
    tell_people(import, isolated, "Isolates", "Kept: nobody names them and they name nobody.", most, out);
    if (!s->has_unit)
        fprintf(out, "  No column of units: everyone is in one, \"%s\".\n", SURVEY_UNASSIGNED);
    tell_people(import, no_unit, "No unit", "Put together into the unit \"" SURVEY_UNASSIGNED "\".", most, out);
    if (!s->has_years)
        fprintf(out, "  No column of years of service: the model draws them.\n");
    tell_people(import, no_years, "No years of service", "Left open (NA): the model draws them.", most, out);
    if (!s->has_trust)
        fprintf(out, "  No column of trust: the model's own start is used.\n");
    tell_people(import, no_trust, "No trust", "Left open (NA): the model's own start is used.", most, out);
    if (!s->has_role)
        fprintf(out, "  No column of roles: everyone counts as a teacher.\n");
    tell_people(import, no_role, "No role", "Counted as teachers.", most, out);
    if (s->has_role)
        tell_roles(import, out);
}

/* Columns that were read by nothing, so that a misnamed one is noticed. */
static void tell_unused(const struct csv_table *t, const bool *used, FILE *out)
{
    size_t shown = 0;
    char quoted[TEXT_QUOTED];
    for (size_t c = 0; c < t->columns; c++) {
        if (used[c] || !*csv_table_header(t, c))
            continue;
        fprintf(out, "%s%s", shown++ ? ", " : "  Columns not used: ", text_quote(csv_table_header(t, c), quoted));
    }
    if (shown)
        fprintf(out, " (of %s)\n", text_quote(t->name, quoted));
}

static void tell_scales(const struct import *import, FILE *out)
{
    const struct survey *s = &import->survey;
    if (!isnan(import->trust_lo) && import->trust_guessed)
        fprintf(
            out,
            "  Trust runs from %g to %g: taken as a scale of %g to %g and brought to 0..1 (--trust-scale LO:HI says "
            "otherwise).\n",
            import->trust_least, import->trust_most, import->trust_lo, import->trust_hi);
    else if (!isnan(import->trust_lo))
        fprintf(out, "  Trust is brought from a scale of %g to %g to 0..1, as asked.\n", import->trust_lo,
                import->trust_hi);
    if (import->undirected)
        fprintf(out, "  The graph is undirected: each edge became a tie both ways.\n");
    if (import->strongest > 1)
        fprintf(out, "  Strengths were divided by the strongest, %g, so that they run to 1.\n", import->strongest);
    if (!s->has_strength)
        fprintf(out, "  No column of strengths: every tie has strength 1.\n");
    tell_unused(&s->roster, s->roster_used, out);
    tell_unused(&s->nominations, s->nominations_used, out);
}

static void tell_measures(const struct import *import, FILE *out)
{
    static const char *const sides[] = {"  below all of them", "", "  above all of them"};
    fprintf(out, "\nThe network beside fifteen schools' advice networks\n");
    fprintf(out, "  %-30s %11s   %9s   %s\n", "", "this school", "published", "range over schools");
    for (size_t k = 0; k < published_count; k++) {
        const struct published *row = &published[k];
        double value = published_value(row, &import->measures);
        char own[32] = "-", range[64] = "-";
        if (!isnan(value))
            snprintf(own, sizeof own, "%.*f", row->decimals, value);
        if (!isnan(row->lo))
            snprintf(range, sizeof range, "%.*f to %.*f", row->decimals, row->lo, row->decimals, row->hi);
        fprintf(out, "  %-30s %11s   %9.3g   %s%s\n", row->label, own, row->mean, range,
                sides[published_side(row, value) + 1]);
    }
    fprintf(out, "  %-30s %11.0f\n  %-30s %11.0f\n", "pieces (weak components)", import->measures.components,
            "isolates", import->measures.isolates);
    if (!isnan(import->measures.ei_index))
        fprintf(out, "  %-30s %11.2f\n", "E-I index of units", import->measures.ei_index);
    fprintf(out, "  Published: " PUBLISHED_SOURCE ".\n");
}

int import_report(const struct import *import, size_t most, FILE *out)
{
    tell_counts(import, out);
    tell_left_out(&import->survey, most, out);
    tell_missing(import, most, out);
    tell_scales(import, out);
    tell_measures(import, out);
    return ferror(out) ? -1 : 0;
}
