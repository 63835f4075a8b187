/* The staff list: who there is, in which unit. */
#include "../leaf/text.h"
#include "survey_cells.h"

#include <stdlib.h>
#include <string.h>

#define YEARS_MAX 80 /* of service */

static int by_id(const void *a, const void *b, void *context)
{
    const struct survey_person *people = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int order = strcmp(people[x].id, people[y].id);
    return order ? order : (x > y) - (x < y);
}

static void check_ids(struct survey *s, struct faults *faults)
{
    for (size_t i = 0; i < s->people_count; i++)
        s->by_id[i] = (uint32_t)i;
    qsort_r(s->by_id, s->people_count, sizeof *s->by_id, by_id, s->people);
    for (size_t k = 0; k < s->people_count; k++) {
        const struct survey_person *p = &s->people[s->by_id[k]];
        const struct survey_person *before = k ? &s->people[s->by_id[k - 1]] : NULL;
        if (!*p->id)
            fault_add(faults, STATUS_BAD_INPUT, s->roster.name, p->line, "has no id");
        else if (before && !strcmp(p->id, before->id))
            fault_add(faults, STATUS_BAD_INPUT, s->roster.name, p->line,
                      "the id %s stands in line %d already; everyone stands in the roster once",
                      text_quote(p->id, (char[TEXT_QUOTED]){0}), before->line);
    }
}

static int by_unit(const void *a, const void *b, void *context)
{
    const struct survey_person *people = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int order = strcmp(survey_unit(&people[x]), survey_unit(&people[y]));
    return order ? order : (x > y) - (x < y);
}

static enum status number_units(struct survey *s, struct faults *faults)
{
    size_t n = s->people_count;
    uint32_t *order = calloc(n, sizeof *order);
    if (!order)
        return fault_add(faults, STATUS_FAILED, s->roster.name, 0, "not enough memory for %zu staff", n);
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    qsort_r(order, n, sizeof *order, by_unit, s->people);
    /* Sorted by unit and then by place, the first of each unit comes first: mark whom each follows … */
    for (size_t k = 0, first = 0; k < n; k++) {
        if (strcmp(survey_unit(&s->people[order[k]]), survey_unit(&s->people[order[first]])))
            first = k;
        s->people[order[k]].unit_number = order[first];
    }
    /* … and number those who follow themselves. */
    for (uint32_t i = 0; i < n; i++) {
        uint32_t first = s->people[i].unit_number;
        s->people[i].unit_number = first == i ? (uint32_t)s->unit_count++ : s->people[first].unit_number;
    }
    free(order);
    return STATUS_OK;
}

enum status survey_read_people(struct survey *s, const struct survey_columns *columns, struct survey_bounds bounds,
                               struct faults *faults)
{
    const struct csv_table *t = &s->roster;
    long id = cell_column(t, &columns->id, true, "--id-col", s->roster_used, faults);
    long unit = cell_column(t, &columns->unit, false, "--unit-col", s->roster_used, faults);
    long years = cell_column(t, &columns->years, false, "--years-col", s->roster_used, faults);
    long trust = cell_column(t, &columns->trust, false, "--trust-col", s->roster_used, faults);
    long role = cell_column(t, &columns->role, false, "--role-col", s->roster_used, faults);
    s->has_unit = unit >= 0;
    s->has_years = years >= 0;
    s->has_trust = trust >= 0;
    s->has_role = role >= 0;
    s->people_count = t->rows;
    if (!t->rows)
        return fault_add(faults, STATUS_BAD_INPUT, t->name, 0, "has a header but no staff below it");
    s->people = calloc(t->rows, sizeof *s->people);
    s->by_id = calloc(t->rows, sizeof *s->by_id);
    if (!s->people || !s->by_id)
        return fault_add(faults, STATUS_FAILED, t->name, 0, "not enough memory for %zu staff", t->rows);
    for (size_t i = 0; i < t->rows; i++) {
        struct survey_person *p = &s->people[i];
        p->line = csv_table_line(t, i);
        p->id = id < 0 ? "" : csv_table_field(t, i, (size_t)id);
        p->unit = cell_text(t, i, unit);
        p->role = cell_text(t, i, role);
        p->years = cell_number(t, i, years, 0, YEARS_MAX, faults);
        p->trust = cell_number(t, i, trust, bounds.trust_lo, bounds.trust_hi, faults);
    }
    if (id >= 0)
        check_ids(s, faults);
    return number_units(s, faults);
}
