#include "../../../sim/leaf/text.h"
#include "../ladder.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 16 /* of parentheses */

struct reading {
    const char *text, *at; /* at: the next word, no white space before it */
    int depth;
    struct when *when;
    struct when_error *error;
};

static int read_either(struct reading *r);

static void skip_white(struct reading *r)
{
    r->at += strspn(r->at, " \t");
}

__attribute__((format(printf, 2, 3))) static int fail(struct reading *r, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    r->error->at = (size_t)(r->at - r->text);
    vsnprintf(r->error->why, sizeof r->error->why, format, arguments);
    va_end(arguments);
    return -1;
}

static size_t word_length(const char *text)
{
    size_t n = 0;
    while (isalnum((unsigned char)text[n]) || text[n] == '_')
        n++;
    return n;
}

/* Takes this word when it comes next. */
static bool take_word(struct reading *r, const char *word)
{
    const size_t length = strlen(word);
    if (word_length(r->at) != length || strncmp(r->at, word, length) != 0)
        return false;
    r->at += length;
    skip_white(r);
    return true;
}

static int add_step(struct reading *r, struct when_step step)
{
    if (r->when->count == WHEN_STEPS)
        return fail(r, "a condition has at most %d comparisons and joints", WHEN_STEPS);
    r->when->steps[r->when->count++] = step;
    return 0;
}

static int read_column(struct reading *r, int *column)
{
    char word[64];
    const size_t length = word_length(r->at);
    if (length == 0)
        return fail(r, "the name of a column belongs here, as in trust > 0.5");
    snprintf(word, sizeof word, "%.*s", (int)length, r->at);
    struct text_near near = {.word = word};
    for (*column = 0; *column < LADDER_COLUMN_COUNT; ++*column) {
        const char *name = ladder_columns[*column].name;
        if (strlen(name) == length && strncmp(name, r->at, length) == 0) {
            r->at += length;
            skip_white(r);
            return 0;
        }
        text_near_try(&near, name);
    }
    if (near.best)
        return fail(r, "there is no column %s; did you mean %s?", word, near.best);
    return fail(r, "there is no column %s; columns.csv of a result lists them", word);
}

static int read_compare(struct reading *r, struct when_step *step)
{
    const bool equal = (*r->at == '>' || *r->at == '<') && r->at[1] == '=';
    if (*r->at == '>')
        step->what = equal ? WHEN_AT_LEAST : WHEN_OVER;
    else if (*r->at == '<')
        step->what = equal ? WHEN_AT_MOST : WHEN_UNDER;
    else
        return fail(r, "one of > >= < <= belongs here");
    r->at += 1 + equal;
    skip_white(r);
    return 0;
}

static int read_number(struct reading *r, double *number)
{
    char *end;
    const bool starts = strchr("+-.0123456789", *r->at) && *r->at;
    const size_t sign = *r->at == '+' || *r->at == '-';
    const bool decimal = starts && strncasecmp(r->at + sign, "0x", 2) != 0; /* as settings are: no hexadecimal */
    *number = decimal ? strtod(r->at, &end) : 0;
    if (!decimal || end == r->at || !isfinite(*number) || word_length(end) > 0)
        return fail(r, "a number belongs here");
    r->at = end;
    skip_white(r);
    return 0;
}

static int read_one(struct reading *r)
{
    struct when_step step = {0};
    if (*r->at == '(') {
        if (++r->depth > DEPTH_MAX)
            return fail(r, "parentheses are nested deeper than %d", DEPTH_MAX);
        r->at++;
        skip_white(r);
        if (read_either(r))
            return -1;
        if (*r->at != ')')
            return fail(r, "a ) belongs here");
        r->at++;
        skip_white(r);
        r->depth--;
        return 0;
    }
    if (read_column(r, &step.column) || read_compare(r, &step) || read_number(r, &step.number))
        return -1;
    return add_step(r, step);
}

static int read_both(struct reading *r)
{
    if (read_one(r))
        return -1;
    while (take_word(r, "and"))
        if (read_one(r) || add_step(r, (struct when_step){.what = WHEN_AND}))
            return -1;
    return 0;
}

static int read_either(struct reading *r)
{
    if (read_both(r))
        return -1;
    while (take_word(r, "or"))
        if (read_both(r) || add_step(r, (struct when_step){.what = WHEN_OR}))
            return -1;
    return 0;
}

int when_parse(const char *text, struct when *when, struct when_error *error)
{
    struct reading r = {.text = text, .at = text, .when = when, .error = error};
    *when = (struct when){0};
    skip_white(&r);
    if (*r.at == '\0')
        return 0;
    if (read_either(&r))
        return -1;
    return *r.at ? fail(&r, "`and` or `or` belongs here") : 0;
}

bool when_holds(const struct when *when, const double *row)
{
    uint32_t truths = 0; /* a stack, its top the lowest bit; at most one more than half of WHEN_STEPS */
    for (uint32_t k = 0; k < when->count; k++) {
        const struct when_step *step = &when->steps[k];
        const double value = row[step->column];
        const uint32_t top = truths & 1, second = truths >> 1 & 1;
        switch (step->what) {
        case WHEN_OVER:
            truths = truths << 1 | (value > step->number);
            break;
        case WHEN_AT_LEAST:
            truths = truths << 1 | (value >= step->number);
            break;
        case WHEN_UNDER:
            truths = truths << 1 | (value < step->number);
            break;
        case WHEN_AT_MOST:
            truths = truths << 1 | (value <= step->number);
            break;
        case WHEN_AND:
            truths = truths >> 2 << 1 | (top & second);
            break;
        case WHEN_OR:
            truths = truths >> 2 << 1 | (top | second);
            break;
        }
    }
    return truths & 1;
}
