#include "rows.h"

#include "../leaf/number.h"

#include <stdlib.h>
#include <string.h>

/* Where at least n more bytes fit, or NULL. */
static char *room(struct rows_text *text, size_t n)
{
    if (text->failed)
        return NULL;
    if (text->room - text->size < n) {
        const size_t more = text->room * 2 > text->size + n ? text->room * 2 : text->size + n + 4096;
        char *data = realloc(text->data, more);
        if (!data) {
            text->failed = true;
            return NULL;
        }
        text->data = data;
        text->room = more;
    }
    return text->data + text->size;
}

void rows_text_raw(struct rows_text *text, const char *bytes, size_t size)
{
    char *out = room(text, size);
    if (!out)
        return;
    memcpy(out, bytes, size);
    text->size += size;
}

static bool needs_quotes(const char *field)
{
    const size_t n = strlen(field);
    return strpbrk(field, ",\"\r\n") || (n && (field[0] == ' ' || field[n - 1] == ' ' || field[0] == '\t'));
}

void rows_text_field(struct rows_text *text, const char *field)
{
    char *out = room(text, 2 * strlen(field) + 3);
    if (!out)
        return;
    char *end = out;
    const bool quoted = needs_quotes(field);
    if (quoted)
        *end++ = '"';
    for (; *field; field++) {
        if (*field == '"')
            *end++ = '"';
        *end++ = *field;
    }
    if (quoted)
        *end++ = '"';
    *end++ = ',';
    text->size += (size_t)(end - out);
}

void rows_integer(struct rows_text *text, int64_t value)
{
    char *out = room(text, NUMBER_SIZE + 1);
    if (!out)
        return;
    const size_t n = number_write_integer(out, value);
    out[n] = ',';
    text->size += n + 1;
}

void rows_real(struct rows_text *text, double value)
{
    char *out = room(text, NUMBER_SIZE + 1);
    if (!out)
        return;
    const size_t n = number_write(out, value);
    out[n] = ',';
    text->size += n + 1;
}

void rows_end(struct rows_text *text)
{
    if (text->size)
        text->data[text->size - 1] = '\n';
}

void rows_fields(struct rows_text *text, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rows_text_field(text, names[i]);
}

void rows_series_header(struct rows_text *text, const struct model *model)
{
    rows_fields(text, (const char *const[]){"run", "week", "school"}, 3);
    for (size_t c = 0; c < model->column_count; c++)
        rows_text_field(text, model->columns[c].name);
    rows_end(text);
}

void rows_nodes_header(struct rows_text *text, const struct model *model)
{
    rows_fields(text, (const char *const[]){"run", "week", "school", "id"}, 4);
    for (size_t a = 0; a < model->node_attribute_count; a++)
        rows_text_field(text, model->node_attributes[a].name);
    rows_end(text);
}

void rows_ties_header(struct rows_text *text, const struct model *model)
{
    rows_fields(text, (const char *const[]){"run", "week", "school", "from", "to"}, 5);
    for (size_t a = 0; a < model->tie_attribute_count; a++)
        rows_text_field(text, model->tie_attributes[a].name);
    rows_end(text);
}

void rows_series(struct rows_text *text, const struct engine_plan *plan, const int64_t *weeks,
                 const struct engine_run *run, size_t week, size_t school)
{
    const size_t columns = plan->model->column_count;
    const double *row = run->rows + (week * run->schools + school) * columns;
    rows_integer(text, run->number + 1);
    rows_integer(text, weeks[week]);
    rows_integer(text, plan->whole ? 0 : (int64_t)school + 1);
    for (size_t c = 0; c < columns; c++)
        rows_real(text, row[c]);
    rows_end(text);
}

static void where(struct rows_text *text, int64_t run, const struct engine_snapshot *snapshot)
{
    rows_integer(text, run);
    rows_integer(text, snapshot->week);
    rows_integer(text, (int64_t)snapshot->school + 1);
}

void rows_nodes(struct rows_text *text, const struct model *model, int64_t run, const struct engine_snapshot *snapshot)
{
    for (size_t v = 0; v < snapshot->nodes; v++) {
        where(text, run, snapshot);
        rows_text_field(text, snapshot->ids[v]);
        for (size_t a = 0; a < model->node_attribute_count; a++)
            rows_real(text, snapshot->node_values[v * model->node_attribute_count + a]);
        rows_end(text);
    }
}

void rows_ties(struct rows_text *text, const struct model *model, int64_t run, const struct engine_snapshot *snapshot)
{
    for (size_t t = 0; t < snapshot->ties; t++) {
        where(text, run, snapshot);
        rows_text_field(text, snapshot->ids[snapshot->ends[2 * t]]);
        rows_text_field(text, snapshot->ids[snapshot->ends[2 * t + 1]]);
        for (size_t a = 0; a < model->tie_attribute_count; a++)
            rows_real(text, snapshot->tie_values[t * model->tie_attribute_count + a]);
        rows_end(text);
    }
}

const char *rows_word(const char *words, size_t number, char word[ROWS_WORD])
{
    for (; words && number > 0; number--) {
        words = strchr(words, '|');
        words += words != NULL;
    }
    snprintf(word, ROWS_WORD, "%.*s", words ? (int)strcspn(words, "|") : 0, words ? words : "");
    return word;
}

void rows_lineage_header(struct rows_text *text)
{
    static const char header[] = "run,school,number,innovation,layer,week,until,ended,id,person,unit,kind,source,"
                                 "source_person,source_unit,parent\n";
    rows_text_raw(text, header, sizeof header - 1);
}

static void integer_or_na(struct rows_text *text, bool there, int64_t value)
{
    if (there)
        rows_integer(text, value);
    else
        rows_text_field(text, "NA");
}

void rows_lineage(struct rows_text *text, const struct model *model, int64_t run, const struct engine_lineage *lineage)
{
    char word[ROWS_WORD];
    for (size_t i = 0; i < lineage->count; i++) {
        const struct adoption *a = &lineage->list[i];
        const bool from = a->from != ADOPTION_NOBODY;
        rows_integer(text, run);
        rows_integer(text, (int64_t)lineage->school + 1);
        rows_integer(text, (int64_t)i + 1);
        rows_text_field(text, lineage->innovations[a->innovation]);
        rows_text_field(text, rows_word(model->adoption_layers, a->layer, word));
        rows_integer(text, a->week);
        integer_or_na(text, a->until >= 0, a->until);
        rows_text_field(text, rows_word(ADOPTION_ENDS, a->end, word));
        rows_text_field(text, lineage->names[a->post]);
        rows_integer(text, a->person);
        rows_integer(text, a->unit);
        rows_text_field(text, rows_word(model->adoption_kinds, a->kind, word));
        rows_text_field(text, from ? lineage->names[a->from] : "NA");
        integer_or_na(text, from, a->from_person);
        integer_or_na(text, a->from_unit > 0, a->from_unit);
        integer_or_na(text, a->parent >= 0, a->parent + 1);
        rows_end(text);
    }
}
