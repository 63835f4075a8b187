/* The columns of the tables that only a comparison has: their headers, and columns.csv, which says what they mean. */
#include "../../store/dictionary.h"
#include "comparing.h"

#include <string.h>

static const struct dictionary_row rows[] = {
    {"comparison.csv", "scenario_a", "text", "", "the later named"},
    {"comparison.csv", "scenario_b", "text", "", "the earlier named, which it is measured by"},
    {"comparison.csv", "from_week", "integer", "weeks", "what is compared is a run's mean from this observed week …"},
    {"comparison.csv", "week", "integer", "weeks", "… to this one"},
    {"comparison.csv", "measure", "text", "", "a column of the scenarios' series.csv"},
    {"comparison.csv", "n", "integer", "pairs", "pairs of runs with the same luck in which both are defined"},
    {"comparison.csv", "mean_a", "real", "as the measure", "mean of scenario_a"},
    {"comparison.csv", "mean_b", "real", "as the measure", "mean of scenario_b"},
    {"comparison.csv", "mean_difference", "real", "as the measure", "mean of the paired differences a - b"},
    {"comparison.csv", "lo", "real", "as the measure", "lower end of its 95 % interval"},
    {"comparison.csv", "hi", "real", "as the measure", "upper end of its 95 % interval"},
    {"comparison.csv", "interval", "text", "",
     "how it was made: bootstrap t (9,999 samples), bootstrap percentile, t, exact, none"},
    {"comparison.csv", "t_lo", "real", "as the measure", "Student's t interval where n > 25 skewness^2, else NA"},
    {"comparison.csv", "t_hi", "real", "as the measure", "its upper end"},
    {"comparison.csv", "effect_paired", "real", "sd", "mean over the standard deviation of the differences"},
    {"comparison.csv", "effect_pooled", "real", "sd", "mean over the pooled standard deviation of runs (Cohen's d)"},
    {"comparison.csv", "p_better", "real", "share", "of pairs in which a is higher; ties count half"},
    {"comparison.csv", "p_better_lo", "real", "share", "lower end of its 95 % interval (Clopper and Pearson)"},
    {"comparison.csv", "p_better_hi", "real", "share", "upper end of its 95 % interval"},
    {"comparison.csv", "p", "real", "chance", "two-sided, of no mean difference: t where valid, else bootstrap"},
    {"comparison.csv", "p_holm", "real", "chance", "the same adjusted for all rows of this table (Holm 1979)"},
    {"comparison.csv", "detectable", "real", "as the measure",
     "difference that n such pairs show in 80 % of experiments at the 5 % level, unadjusted"},
    {"comparison.csv", "cost_difference", "real", "the user's", "mean cost of a over the run minus that of b"},
    {"comparison.csv", "cost_per_gain", "real", "the user's per unit", "where the dearer one is shown to be higher"},
    {"comparison.csv", "cost_per_gain_lo", "real", "the user's per unit", "lower end of its 95 % interval (Fieller)"},
    {"comparison.csv", "cost_per_gain_hi", "real", "the user's per unit", "upper end of its 95 % interval"},
    {"comparison.csv", "parts_week", "real", "weeks",
     "first observed week in which a pair differs in anything; NA: none"},
    {"comparison.csv", "verdict", "text", "", "the row in words"},
    {"differences.csv", "scenario_a", "text", "", "as in comparison.csv"},
    {"differences.csv", "scenario_b", "text", "", "as in comparison.csv"},
    {"differences.csv", "week", "integer", "weeks", "since the start"},
    {"differences.csv", "measure", "text", "", "as in comparison.csv"},
    {"differences.csv", "mean_difference", "real", "as the measure", "mean of the paired differences a - b"},
    {"differences.csv", "lo", "real", "as the measure", "lower end of its 95 % interval, for this week alone"},
    {"differences.csv", "hi", "real", "as the measure", "upper end of its 95 % interval (999 samples)"},
    {"frontier.csv", "measure", "text", "", "as in comparison.csv"},
    {"frontier.csv", "scenario", "text", "", "cheapest first"},
    {"frontier.csv", "cost", "real", "the user's", "mean cost over the run"},
    {"frontier.csv", "mean", "real", "as the measure", "mean at the compared time"},
    {"frontier.csv", "mean_lo", "real", "as the measure", "lower end of its 95 % interval (Student's t)"},
    {"frontier.csv", "mean_hi", "real", "as the measure", "upper end of its 95 % interval"},
    {"frontier.csv", "on_frontier", "integer", "", "1: no other scenario, nor a mix, reaches as much for less"},
    {"precision.csv", "measure", "text", "", "the one asked for"},
    {"precision.csv", "n", "integer", "runs", "at this look"},
    {"precision.csv", "half_width", "real", "as the measure",
     "of the 95 % interval: of the mean, or of the widest paired difference"},
    {"precision.csv", "asked", "real", "as the measure", "the half width asked for"},
};

void comparing_header(struct rows_text *text, const char *file)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i].file, file) == 0)
            rows_text_field(text, rows[i].column);
    rows_end(text);
}

void comparing_columns(struct rows_text *text)
{
    rows_fields(text, (const char *const[]){"file", "column", "type", "unit", "meaning"}, 5);
    rows_end(text);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct dictionary_row *d = &rows[i];
        rows_fields(text, (const char *const[]){d->file, d->column, d->type, d->unit, d->meaning}, 5);
        rows_end(text);
    }
}
