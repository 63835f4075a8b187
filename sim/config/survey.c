/* The nominations, joined to the staff list. */
#include "survey.h"

#include "../leaf/text.h"
#include "survey_cells.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NAMES_MAX 64     /* columns of `to` */
#define NEAR_PEOPLE 2000 /* among whom a mistaken id is looked for */

/* Index of the person with that id, or -1. */
static long find_person(const struct survey *s, const char *id)
{
    size_t lo = 0, hi = s->people_count;
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        int order = strcmp(s->people[s->by_id[middle]].id, id);
        if (!order)
            return (long)s->by_id[middle];
        if (order < 0)
            lo = middle + 1;
        else
            hi = middle;
    }
    return -1;
}

struct joining {
    struct survey *survey;
    size_t tie_size, finding_size;
    long from, strength;
    long to[NAMES_MAX];
    size_t to_count;
};

static bool note(struct joining *j, enum survey_kind kind, int line, const char *from, const char *to)
{
    struct survey *s = j->survey;
    if (s->finding_count == j->finding_size) {
        size_t more = j->finding_size * 2 + 256;
        struct survey_finding *grown = realloc(s->findings, more * sizeof *grown);
        if (!grown)
            return false;
        s->findings = grown;
        j->finding_size = more;
    }
    s->findings[s->finding_count++] = (struct survey_finding){kind, line, 0, from, to};
    return true;
}

static bool keep(struct joining *j, struct survey_tie tie)
{
    struct survey *s = j->survey;
    if (s->tie_count == j->tie_size) {
        size_t more = j->tie_size * 2 + 1024;
        struct survey_tie *grown = realloc(s->ties, more * sizeof *grown);
        if (!grown)
            return false;
        s->ties = grown;
        j->tie_size = more;
    }
    s->ties[s->tie_count++] = tie;
    return true;
}

/* One nomination: a tie or a finding. False when memory is short. */
static bool join_one(struct joining *j, size_t row, long from, const char *to_id, double strength)
{
    struct survey *s = j->survey;
    int line = csv_table_line(&s->nominations, row);
    const char *from_id = csv_table_field(&s->nominations, row, (size_t)j->from);
    if (from < 0)
        return note(j, SURVEY_UNKNOWN_FROM, line, from_id, to_id);
    long to = find_person(s, to_id);
    if (to < 0)
        return note(j, SURVEY_UNKNOWN_TO, line, from_id, to_id);
    if (to == from)
        return note(j, SURVEY_SELF, line, from_id, to_id);
    if (strength <= 0)
        return note(j, SURVEY_ZERO, line, from_id, to_id);
    return keep(j, (struct survey_tie){(uint32_t)from, (uint32_t)to, strength, line});
}

static bool join_row(struct joining *j, size_t row, double strength)
{
    struct survey *s = j->survey;
    const char *from_id = csv_table_field(&s->nominations, row, (size_t)j->from);
    long from = find_person(s, from_id);
    size_t named = 0;
    if (from >= 0)
        s->people[from].rows++;
    for (size_t k = 0; k < j->to_count; k++) {
        const char *to_id = csv_table_field(&s->nominations, row, (size_t)j->to[k]);
        /* "NA" could be someone's id. */
        if (cell_is_missing(to_id) && find_person(s, to_id) < 0)
            continue;
        named++;
        s->nomination_count++;
        if (!join_one(j, row, from, to_id, strength))
            return false;
    }
    return named ||
           note(j, from < 0 ? SURVEY_UNKNOWN_FROM : SURVEY_BLANK, csv_table_line(&s->nominations, row), from_id, "");
}

static void find_targets(struct joining *j, const struct survey_column *column, struct faults *faults)
{
    const struct csv_table *t = &j->survey->nominations;
    char name[CSV_FIELD_MAX];
    /* One column may have a comma in its own name. */
    if (csv_table_find(t, column->name) >= 0 || !strchr(column->name, ',')) {
        j->to[0] = cell_column(t, column, true, "--to-col", j->survey->nominations_used, faults);
        j->to_count = j->to[0] >= 0;
        return;
    }
    for (const char *p = column->name; *p; p += *p == ',') {
        size_t length = strcspn(p, ",");
        if (length < sizeof name && j->to_count < NAMES_MAX) {
            memcpy(name, p, length);
            name[length] = '\0';
            struct survey_column one = {name, true};
            long found = cell_column(t, &one, true, "--to-col", j->survey->nominations_used, faults);
            if (found >= 0)
                j->to[j->to_count++] = found;
        } else {
            fault_add(faults, STATUS_USAGE, NULL, 0, "--to-col names more than %d columns", NAMES_MAX);
            return;
        }
        p += length;
    }
}

static int by_pair(const void *a, const void *b)
{
    const struct survey_tie *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* Ties told twice become findings; the first stays. Leaves the ties sorted by from and to. */
static bool drop_repeats(struct joining *j)
{
    struct survey *s = j->survey;
    size_t kept = 0;
    if (s->tie_count)
        qsort(s->ties, s->tie_count, sizeof *s->ties, by_pair);
    for (size_t i = 0; i < s->tie_count; i++) {
        const struct survey_tie *tie = &s->ties[i], *last = kept ? &s->ties[kept - 1] : NULL;
        if (!last || last->from != tie->from || last->to != tie->to) {
            s->ties[kept++] = *tie;
            continue;
        }
        if (!note(j, SURVEY_REPEATED, tie->line, s->people[tie->from].id, s->people[tie->to].id))
            return false;
        s->findings[s->finding_count - 1].first_line = last->line;
    }
    s->tie_count = kept;
    return true;
}

static int finding_by_line(const void *a, const void *b)
{
    const struct survey_finding *x = a, *y = b;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : (x->kind > y->kind) - (x->kind < y->kind);
}

static enum status read_ties(struct survey *s, const struct survey_columns *columns, double strength_hi,
                             struct faults *faults)
{
    const struct csv_table *t = &s->nominations;
    struct joining j = {.survey = s};
    size_t errors = faults->errors;
    j.from = cell_column(t, &columns->from, true, "--from-col", s->nominations_used, faults);
    find_targets(&j, &columns->to, faults);
    j.strength = cell_column(t, &columns->strength, false, "--weight-col", s->nominations_used, faults);
    s->has_strength = j.strength >= 0;
    if (faults->errors > errors)
        return STATUS_BAD_INPUT;
    bool enough = true;
    for (size_t row = 0; row < t->rows && enough; row++) {
        double strength = cell_number(t, row, j.strength, 0, strength_hi, faults);
        enough = join_row(&j, row, isnan(strength) ? 1 : strength);
    }
    if (!enough || !drop_repeats(&j))
        return fault_add(faults, STATUS_FAILED, t->name, 0, "not enough memory for the ties");
    if (s->finding_count)
        qsort(s->findings, s->finding_count, sizeof *s->findings, finding_by_line);
    for (size_t i = 0; i < s->finding_count; i++)
        s->kinds[s->findings[i].kind]++;
    for (size_t i = 0; i < s->tie_count; i++) {
        s->people[s->ties[i].from].named++;
        s->people[s->ties[i].to].sought++;
    }
    return STATUS_OK;
}

enum status survey_join(struct csv_table *roster, struct csv_table *nominations, const struct survey_columns *columns,
                        struct survey_bounds bounds, struct survey *survey, struct faults *faults)
{
    size_t errors = faults->errors;
    *survey = (struct survey){.roster = *roster, .nominations = *nominations};
    *roster = *nominations = (struct csv_table){0};
    survey->roster_used = calloc(survey->roster.columns, sizeof(bool));
    survey->nominations_used = calloc(survey->nominations.columns, sizeof(bool));
    enum status status = STATUS_OK;
    if (!survey->roster_used || !survey->nominations_used)
        status = fault_add(faults, STATUS_FAILED, survey->roster.name, 0, "not enough memory for its columns");
    if (!status)
        status = survey_read_people(survey, columns, bounds, faults);
    if (!status)
        status = read_ties(survey, columns, bounds.strength_hi, faults);
    if (!status && faults->errors > errors)
        status = STATUS_BAD_INPUT;
    if (status)
        survey_free(survey);
    return status;
}

enum status survey_read(const char *roster_path, const char *nominations_path, char delimiter,
                        const struct survey_columns *columns, struct survey_bounds bounds, struct survey *survey,
                        struct faults *faults)
{
    struct csv_table roster = {0}, nominations = {0};
    enum status first = csv_table_read(roster_path, delimiter, &roster, faults);
    enum status second = csv_table_read(nominations_path, delimiter, &nominations, faults);
    if (!first && !second)
        return survey_join(&roster, &nominations, columns, bounds, survey, faults);
    csv_table_free(&roster);
    csv_table_free(&nominations);
    return first ? first : second;
}

void survey_free(struct survey *survey)
{
    csv_table_free(&survey->roster);
    csv_table_free(&survey->nominations);
    free(survey->people);
    free(survey->by_id);
    free(survey->ties);
    free(survey->findings);
    free(survey->roster_used);
    free(survey->nominations_used);
    *survey = (struct survey){0};
}

/* The one id that is nearest to what was written, or NULL when several are. */
static const char *meant(const struct survey *s, const char *written)
{
    struct text_near near = {.word = written};
    size_t equals = 0;
    for (size_t i = 0; *written && i < s->people_count && s->people_count <= NEAR_PEOPLE; i++)
        text_near_try(&near, s->people[i].id);
    for (size_t i = 0; near.best && i < s->people_count; i++)
        equals += text_distance(written, s->people[i].id) == near.distance;
    return equals <= 1 ? near.best : NULL; /* 0: it is a beginning */
}

int survey_describe(const struct survey *s, const struct survey_finding *f, bool hint, char *text, size_t size)
{
    char from[TEXT_QUOTED], to[TEXT_QUOTED], best[TEXT_QUOTED], meaning[TEXT_QUOTED + 32] = "";
    const char *unknown = f->kind == SURVEY_UNKNOWN_FROM ? f->from : f->kind == SURVEY_UNKNOWN_TO ? f->to : "";
    const char *near = hint ? meant(s, unknown) : NULL;
    if (near)
        snprintf(meaning, sizeof meaning, "; did they mean %s?", text_quote(near, best));
    text_quote(f->from, from);
    text_quote(f->to, to);
    switch (f->kind) {
    case SURVEY_UNKNOWN_FROM:
        return snprintf(text, size, "%s is not in the roster, but names %s%s", from, *f->to ? to : "nobody", meaning);
    case SURVEY_UNKNOWN_TO:
        return snprintf(text, size, "%s names %s, who is not in the roster%s", from, to, meaning);
    case SURVEY_SELF:
        return snprintf(text, size, "%s names itself", from);
    case SURVEY_REPEATED:
        return f->first_line ? snprintf(text, size, "%s names %s again (first in line %d)", from, to, f->first_line)
                             : snprintf(text, size, "%s names %s again", from, to);
    case SURVEY_ZERO:
        return snprintf(text, size, "%s names %s with strength 0, which is no tie", from, to);
    case SURVEY_BLANK:
    default:
        return snprintf(text, size, "%s names nobody in this row", from);
    }
}
