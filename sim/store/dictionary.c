#include "dictionary.h"

#include "../leaf/number.h"

#include <math.h>
#include <string.h>

static const char *const kinds[] = {
    [COLUMN_CAPACITY] = "capacity", [COLUMN_COMPONENT] = "component", [COLUMN_LAYER] = "layer",
    [COLUMN_STATE] = "state",       [COLUMN_NETWORK] = "network",     [COLUMN_COST] = "cost",
};

const char *dictionary_kind_name(enum column_kind kind)
{
    return kinds[kind];
}

enum column_kind dictionary_kind_of(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i], name) == 0)
            return (enum column_kind)i;
    return COLUMN_STATE;
}

/* What every result has. */
static const struct dictionary_row fixed[] = {
    {"runs.csv", "run", "integer", "", "counted from 1; runs that were not finished have no row"},
    {"runs.csv", "scenario", "text", "", "name of the configuration"},
    {"runs.csv", "point", "integer", "", "point of a design; 0: the configuration as it stands"},
    {"runs.csv", "replicate", "integer", "", "counted from 1; runs of one scenario that differ in chance only"},
    {"runs.csv", "seed", "integer", "", "64 bits, unsigned; with the replicate it fixes every random number"},
    {"runs.csv", "status", "text", "", "done, or failed: then the run has no other rows"},
    {"runs.csv", "message", "text", "", "why a run failed; NA for runs that did not"},
    {"series.csv", "run", "integer", "", "as in runs.csv"},
    {"series.csv", "week", "integer", "weeks", "since the start; 0 is before the first week"},
    {"series.csv", "school", "integer", "",
     "counted from 1; with output.level = network or district that one's number; 0: all schools (level = all)"},
    {"summary.csv", "scenario", "text", "", "name of the configuration"},
    {"summary.csv", "point", "integer", "", "point of a design; 0: the configuration as it stands"},
    {"summary.csv", "week", "integer", "weeks", "since the start"},
    {"summary.csv", "measure", "text", "", "a column of series.csv"},
    {"summary.csv", "n", "integer", "runs", "runs in which the measure is defined; a run's value is its rows' mean"},
    {"summary.csv", "mean", "real", "as the measure", "mean over runs"},
    {"summary.csv", "sd", "real", "as the measure", "standard deviation between runs, n - 1"},
    {"summary.csv", "q05", "real", "as the measure", "5 % quantile of runs (Hyndman and Fan's type 7)"},
    {"summary.csv", "q25", "real", "as the measure", "25 % quantile of runs"},
    {"summary.csv", "median", "real", "as the measure", "median of runs"},
    {"summary.csv", "q75", "real", "as the measure", "75 % quantile of runs"},
    {"summary.csv", "q95", "real", "as the measure", "95 % quantile of runs"},
    {"summary.csv", "mean_lo", "real", "as the measure", "lower end of the mean's 95 % interval (Student's t)"},
    {"summary.csv", "mean_hi", "real", "as the measure", "upper end of the mean's 95 % interval"},
    {"nodes.csv", "run", "integer", "", "as in runs.csv"},
    {"nodes.csv", "week", "integer", "weeks", "of the snapshot"},
    {"nodes.csv", "school", "integer", "",
     "counted from 1; 0, where there are networks: the schools themselves are the nodes, id their number, and what is "
     "said of people is NA; of people, what is said of schools"},
    {"nodes.csv", "id", "text", "", "of the person, unique in a snapshot"},
    {"ties.csv", "run", "integer", "", "as in runs.csv"},
    {"ties.csv", "week", "integer", "weeks", "of the snapshot"},
    {"ties.csv", "school", "integer", "",
     "counted from 1; 0: ties between schools, and NA what is said of people's; contacts and talks are NA of these"},
    {"ties.csv", "from", "text", "", "id in nodes.csv of the one whose side of the tie this is"},
    {"ties.csv", "to", "text", "", "id in nodes.csv of the other"},
    {"lineage.csv", "run", "integer", "", "as in runs.csv"},
    {"lineage.csv", "school", "integer", "", "counted from 1"},
    {"lineage.csv", "number", "integer", "", "of the adoption in its run and school, in the order of weeks"},
    {"lineage.csv", "innovation", "text", "", "name of the section; innovation: the plain one"},
    {"lineage.csv", "layer", "text", "",
     "community that somebody came to belong to: interest, engagement, practice; those within it are rows too"},
    {"lineage.csv", "week", "integer", "weeks", "of it"},
    {"lineage.csv", "until", "integer", "weeks", "when it ended; NA: it lasts"},
    {"lineage.csv", "ended", "text", "", "lapsed, or left the school"},
    {"lineage.csv", "id", "text", "", "of the post, as in nodes.csv"},
    {"lineage.csv", "person", "integer", "", "who had it; another takes the post, another number"},
    {"lineage.csv", "unit", "integer", "", "of the one who came"},
    {"lineage.csv", "kind", "text", "",
     "what carried the person over the threshold: talk, group, coach, workshop, oneself …"},
    {"lineage.csv", "source", "text", "", "id of the colleague or coach it was; NA: no one person"},
    {"lineage.csv", "source_person", "integer", "", "who had that post"},
    {"lineage.csv", "source_unit", "integer", "",
     "of the source; another than `unit`: a bridge; NA: a coach, or nobody"},
    {"lineage.csv", "parent", "integer", "",
     "the source's own adoption: of this layer, else of the highest below it; NA: it had none"},
};

/* file, column, type, digits, unit, lo, hi, kind, of, labels, meaning */
static void row(struct rows_text *text, const struct dictionary_row *f, double lo, double hi, const char *kind,
                const char *of, const char *labels)
{
    rows_text_field(text, f->file);
    rows_text_field(text, f->column);
    rows_text_field(text, f->type);
    if (strcmp(f->type, "real") == 0)
        rows_integer(text, NUMBER_DIGITS);
    else
        rows_text_field(text, "NA");
    rows_text_field(text, f->unit);
    rows_real(text, lo);
    rows_real(text, hi);
    rows_text_field(text, kind);
    rows_text_field(text, of);
    rows_text_field(text, labels);
    rows_text_field(text, f->meaning);
    rows_end(text);
}

static void fixed_rows(struct rows_text *text, const char *file)
{
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        if (strcmp(fixed[i].file, file) == 0)
            row(text, &fixed[i], (double)NAN, (double)NAN, "", "", "");
}

static void attribute_rows(struct rows_text *text, const char *file, const struct attribute *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct attribute *a = &list[i];
        row(text, &(struct dictionary_row){file, a->name, "real", a->unit, a->meaning}, (double)NAN, (double)NAN,
            "attribute", "", a->labels);
    }
}

void dictionary_write(struct rows_text *text, const struct model *model)
{
    static const char *const header[] = {"file", "column", "type", "digits", "unit",   "lo",
                                         "hi",   "kind",   "of",   "labels", "meaning"};
    rows_fields(text, header, sizeof header / sizeof header[0]);
    rows_end(text);
    fixed_rows(text, "runs.csv");
    fixed_rows(text, "series.csv");
    for (size_t i = 0; i < model->column_count; i++) {
        const struct column *c = &model->columns[i];
        row(text, &(struct dictionary_row){"series.csv", c->name, "real", c->unit, c->meaning}, c->lo, c->hi,
            dictionary_kind_name(c->kind), c->of, "");
    }
    fixed_rows(text, "summary.csv");
    fixed_rows(text, "nodes.csv");
    attribute_rows(text, "nodes.csv", model->node_attributes, model->node_attribute_count);
    fixed_rows(text, "ties.csv");
    attribute_rows(text, "ties.csv", model->tie_attributes, model->tie_attribute_count);
    fixed_rows(text, "lineage.csv");
}

void dictionary_add_point(struct rows_text *text, const char *column, const char *type, const char *unit,
                          const char *meaning)
{
    row(text, &(struct dictionary_row){"points.csv", column, type, unit, meaning}, (double)NAN, (double)NAN, "setting",
        "", "");
}
