/* param_value.h: one value of the registry between text and memory; what param.c and its tests build on. */
#ifndef EBB_PARAM_VALUE_H
#define EBB_PARAM_VALUE_H

#include "param.h"
#include "text.h"

/* A value of any kind, as it lies in the group's struct. */
union param_value {
    double real;
    int64_t integer;
    uint64_t seed;
    char text[PARAM_TEXT_SIZE];
    struct param_list list;
};
size_t param_value_size(enum param_kind kind);

/* Why a text is not a value, as the end of a sentence ("not a whole number"), and the nearest choice or "". */
struct param_error {
    char why[TEXT_QUOTED + 200];
    char near[TEXT_QUOTED];
};

/* Reads text as the row's kind and checks its bounds. value must be zeroed before; error is filled on false. */
bool param_value_parse(const struct param *row, const char *text, int weeks_per_year, const char *base_dir,
                       union param_value *value, struct param_error *error);

/* The same of weeks on a command line, which no row declares: a span from 0 on, of kind PARAM_DURATION or
 * PARAM_DURATIONS. */
bool param_value_weeks(enum param_kind kind, const char *text, int weeks_per_year, union param_value *value,
                       struct param_error *error);

/* NULL when text is one line of UTF-8 below PARAM_TEXT_SIZE bytes that is safe to show, else what it is instead. */
const char *param_text_check(const char *text);

/* The text that param_value_parse() reads back exactly; returns its length as snprintf does. value: in the struct. */
int param_value_format(const struct param *row, const void *value, char *text, size_t size);

#endif
