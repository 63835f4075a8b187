/* libFuzzer target for the table reader and the survey it feeds. The first byte chooses the delimiter; a byte 0x1E parts
 * a staff list from nominations. What is read must hold its invariants and come back the same when written. */
#include "../../sim/config/survey.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "must.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_table(const struct csv_table *t, size_t size)
{
    MUST(t->columns > 0 && t->columns <= CSV_COLUMNS_MAX && t->rows <= CSV_ROWS_MAX);
    for (size_t r = 0; r <= t->rows; r++) {
        size_t filled = 0;
        for (size_t c = 0; c < t->columns; c++) {
            const char *field = t->text + t->start[r * t->columns + c];
            MUST(strlen(field) <= CSV_FIELD_MAX && strlen(field) <= size);
            filled += *field != '\0';
        }
        MUST(filled > 0);
        MUST(r == 0 ? t->line[0] >= 1 : t->line[r] > t->line[r - 1]);
    }
}

static void check_round_trip(const struct csv_table *t)
{
    char *text = NULL;
    size_t size;
    struct csv_table again;
    struct faults faults = {0};
    FILE *out = open_memstream(&text, &size);
    MUST(out);
    for (size_t r = 0; r <= t->rows; r++)
        for (size_t c = 0; c < t->columns; c++) {
            MUST(!csv_put(out, t->text + t->start[r * t->columns + c]));
            fputc(c + 1 == t->columns ? '\n' : ',', out);
        }
    MUST(!fclose(out));
    MUST(csv_table_parse("again", text, size, ',', &again, &faults) == STATUS_OK);
    MUST(again.rows == t->rows && again.columns == t->columns);
    for (size_t k = 0; k < (t->rows + 1) * t->columns; k++)
        MUST(!strcmp(t->text + t->start[k], again.text + again.start[k]));
    csv_table_free(&again);
    free(text);
}

static void check_survey(const struct survey *s)
{
    char sentence[2000];
    for (size_t i = 0; i < s->people_count; i++) {
        MUST(*s->people[i].id && s->people[i].unit_number < s->unit_count);
        MUST(isnan(s->people[i].years) || (s->people[i].years >= 0 && s->people[i].years <= 80));
    }
    for (size_t i = 0; i < s->tie_count; i++) {
        MUST(s->ties[i].from < s->people_count && s->ties[i].to < s->people_count);
        MUST(s->ties[i].from != s->ties[i].to && s->ties[i].strength > 0 && isfinite(s->ties[i].strength));
    }
    for (size_t i = 0; i < s->finding_count; i++)
        MUST(survey_describe(s, &s->findings[i], true, sentence, sizeof sentence) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {0, ',', ';', '\t'};
    static const struct survey_columns columns = SURVEY_COLUMNS;
    static const struct survey_bounds bounds = {-INFINITY, INFINITY, INFINITY};
    struct csv_table roster = {0}, ties = {0};
    struct survey survey;
    struct faults faults = {0};
    if (size < 1)
        return 0;
    const char delimiter = delimiters[data[0] & 3], *text = (const char *)data + 1;
    const char *cut = memchr(text, 0x1e, size - 1);
    size_t first = cut ? (size_t)(cut - text) : size - 1, second = cut ? size - 2 - first : 0;
    enum status status = csv_table_parse("roster", text, first, delimiter, &roster, &faults);
    MUST((status == STATUS_OK) == (faults.errors == 0));
    if (!status) {
        check_table(&roster, size);
        check_round_trip(&roster);
    }
    if (!status && cut && !csv_table_parse("ties", cut + 1, second, delimiter, &ties, &faults)) {
        check_table(&ties, size);
        status = survey_join(&roster, &ties, &columns, bounds, &survey, &faults);
        if (!status) {
            check_survey(&survey);
            survey_free(&survey);
        }
    }
    csv_table_free(&roster);
    csv_table_free(&ties);
    faults_free(&faults);
    return 0;
}
