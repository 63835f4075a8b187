#include "param_value.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- text to value: each returns NULL, or why the text is none of its kind ---- */

/* A decimal number and nothing else; strtod() alone would take hexadecimal, nan and inf. */
static const char *parse_number(const char *text, double *value)
{
    if (*text == '\0')
        return "empty";
    if (strspn(text, "+-.0123456789eE") != strlen(text)) {
        if (strchr(text, ',') && strspn(text, "+-,0123456789") == strlen(text))
            return "not a number (the decimal sign is a point)";
        if (strchr(text, '%'))
            return "not a number (write a share as a fraction: 0.5, not 50%)";
        return "not a number";
    }
    char *end;
    errno = 0;
    *value = strtod(text, &end);
    if (end == text || *end != '\0')
        return "not a number";
    if (errno == ERANGE)
        return fabs(*value) < 1 ? "too close to 0 to be told from it" : "too large a number";
    if (*value == 0)
        *value = 0; /* -0 */
    return NULL;
}

static const char *parse_integer(const char *text, int64_t *value)
{
    const char *digits = text + (*text == '-' || *text == '+');
    if (*digits == '\0' || strspn(digits, "0123456789") != strlen(digits))
        return *text ? "not a whole number" : "empty";
    errno = 0;
    *value = strtoll(text, NULL, 10);
    return errno ? "too large a number" : NULL;
}

static const char *parse_seed(const char *text, uint64_t *value)
{
    const bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const char *digits = hexadecimal ? text + 2 : text;
    const char *allowed = hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
    if (*digits == '\0' || strspn(digits, allowed) != strlen(digits))
        return *text ? "not a seed" : "empty";
    errno = 0;
    *value = strtoull(digits, NULL, hexadecimal ? 16 : 10);
    return errno ? "more than 64 bits" : NULL;
}

static const char *parse_duration(const char *text, int weeks_per_year, bool has_never, double *weeks)
{
    if (strcmp(text, "never") == 0 && has_never) {
        *weeks = -1;
        return NULL;
    }
    char number[64];
    const size_t length = strlen(text);
    if (length == 0)
        return "empty";
    const char unit = text[length - 1];
    const size_t digits = unit == 'w' || unit == 'y' ? length - 1 : length;
    if (digits == 0 || digits >= sizeof number || strspn(text, "+.0123456789") < digits)
        return "not a duration (10w is ten weeks, 2y two years)";
    memcpy(number, text, digits);
    number[digits] = '\0';
    double value = 0;
    if (parse_number(number, &value))
        return "not a duration (10w is ten weeks, 2y two years)";
    value *= unit == 'y' ? weeks_per_year : 1;
    *weeks = round(value);
    if (fabs(value - *weeks) > 1e-9 * fmax(1, value))
        return "not a whole number of weeks";
    return NULL;
}

static const char *parse_choice(const char *text, const char *choices, int64_t *value, char best[TEXT_QUOTED])
{
    struct text_near near = {.word = text};
    *value = 0;
    for (const char *at = choices;; at++, ++*value) {
        char name[TEXT_QUOTED];
        const size_t length = strcspn(at, "|");
        snprintf(name, sizeof name, "%.*s", (int)length, at);
        if (strcmp(text, name) == 0)
            return NULL;
        near.best = NULL;
        text_near_try(&near, name);
        if (near.best && (best[0] == '\0' || near.distance < text_distance(text, best)))
            snprintf(best, TEXT_QUOTED, "%s", name);
        at += length;
        if (*at == '\0')
            return *text ? "not one of its choices" : "empty";
    }
}

const char *param_text_check(const char *text)
{
    const size_t length = strlen(text);
    if (length >= PARAM_TEXT_SIZE)
        return "longer than 511 bytes";
    uint32_t character;
    for (size_t at = 0, taken; at < length; at += taken) {
        taken = text_utf8_next(text + at, length - at, &character);
        if (taken == 0)
            return "not valid UTF-8";
        if (text_unsafe(character))
            return "text with control characters";
    }
    return NULL;
}

static const char *parse_text(const char *text, char *value)
{
    const char *why = param_text_check(text);
    if (!why)
        memcpy(value, text, strlen(text) + 1);
    return why;
}

static const char *parse_path(const char *text, const char *base_dir, char *value)
{
    char joined[2 * PARAM_TEXT_SIZE];
    if (*text == '\0' || strcmp(text, "none") == 0)
        return parse_text("", value);
    if (text[0] == '~')
        return "not a path here (only a shell knows ~; write the folder out)";
    if (strlen(text) >= PARAM_TEXT_SIZE)
        return "longer than 511 bytes";
    if (!base_dir || text[0] == '/')
        return parse_text(text, value);
    while (strncmp(text, "./", 2) == 0)
        for (text += 2; *text == '/';)
            text++;
    const int length = snprintf(joined, sizeof joined, "%s%s%s", base_dir, strcmp(base_dir, "/") == 0 ? "" : "/", text);
    if (length < 0 || (size_t)length >= PARAM_TEXT_SIZE)
        return "longer than 511 bytes once its folder is written out";
    return parse_text(joined, value);
}

/* ---- bounds ---- */

static bool is_inside(const struct param *row, double value)
{
    return value >= row->lo && value <= row->hi; /* false for NAN */
}

static const char *parse_entry(const struct param *row, const char *entry, int weeks_per_year, double *value)
{
    const char *why = row->kind == PARAM_DURATIONS ? parse_duration(entry, weeks_per_year, row->lo == -1, value)
                                                   : parse_number(entry, value);
    return why || is_inside(row, *value) ? why : "out of range";
}

/* Commas between; "none" or nothing at all is an empty list. Writes into error itself. */
static bool parse_list(const struct param *row, const char *text, int weeks_per_year, struct param_list *list,
                       struct param_error *error)
{
    list->count = 0;
    if (*text == '\0' || strcmp(text, "none") == 0)
        return true;
    for (const char *at = text;; at++) {
        char entry[64], quoted[TEXT_QUOTED];
        const size_t length = strcspn(at, ",");
        if (list->count == PARAM_LIST_MAX) {
            snprintf(error->why, sizeof error->why, "longer than %d entries", PARAM_LIST_MAX);
            return false;
        }
        snprintf(entry, sizeof entry, "%.*s", (int)length, at);
        const char *trimmed = text_trim(entry);
        const char *why = length < sizeof entry ? parse_entry(row, trimmed, weeks_per_year, &list->value[list->count])
                                                : "too long for a number";
        list->count++;
        if (why) {
            snprintf(error->why, sizeof error->why,
                     *trimmed ? "a list whose entry %d is %s, %s" : "a list whose entry %d is empty", (int)list->count,
                     text_quote(trimmed, quoted), why);
            return false;
        }
        at += length;
        if (*at == '\0')
            return true;
    }
}

size_t param_value_size(enum param_kind kind)
{
    switch (kind) {
    case PARAM_REAL:
        return sizeof(double);
    case PARAM_INTEGER:
    case PARAM_DURATION:
    case PARAM_CHOICE:
        return sizeof(int64_t);
    case PARAM_SEED:
        return sizeof(uint64_t);
    case PARAM_TEXT:
    case PARAM_PATH:
        return PARAM_TEXT_SIZE;
    case PARAM_REALS:
    case PARAM_DURATIONS:
        return sizeof(struct param_list);
    }
    return 0;
}

bool param_value_parse(const struct param *row, const char *text, int weeks_per_year, const char *base_dir,
                       union param_value *value, struct param_error *error)
{
    const char *why = NULL;
    double number = row->lo;
    *error = (struct param_error){0};
    switch (row->kind) {
    case PARAM_REAL:
        why = parse_number(text, &value->real);
        number = value->real;
        break;
    case PARAM_INTEGER:
        why = parse_integer(text, &value->integer);
        number = (double)value->integer;
        break;
    case PARAM_DURATION:
        why = parse_duration(text, weeks_per_year, row->lo == -1, &number);
        value->integer = (int64_t)fmin(number, 0x1p62);
        break;
    case PARAM_SEED:
        why = parse_seed(text, &value->seed);
        break;
    case PARAM_CHOICE:
        why = parse_choice(text, row->choices, &value->integer, error->near);
        break;
    case PARAM_TEXT:
        why = parse_text(text, value->text);
        break;
    case PARAM_PATH:
        why = parse_path(text, base_dir, value->text);
        break;
    case PARAM_REALS:
    case PARAM_DURATIONS:
        return parse_list(row, text, weeks_per_year, &value->list, error);
    }
    const bool bounded = row->kind == PARAM_REAL || row->kind == PARAM_INTEGER || row->kind == PARAM_DURATION;
    if (!why && bounded && !is_inside(row, number))
        why = "out of range";
    if (why)
        snprintf(error->why, sizeof error->why, "%s", why);
    return !why;
}

bool param_value_weeks(enum param_kind kind, const char *text, int weeks_per_year, union param_value *value,
                       struct param_error *error)
{
    const struct param row = {.key = "weeks",
                              .kind = kind,
                              .fallback = "",
                              .hi = 16000000,
                              .unit = "weeks",
                              .choices = "",
                              .meaning = "",
                              .source = ""};
    return param_value_parse(&row, text, weeks_per_year, NULL, value, error);
}

/* ---- value to text ---- */

/* snprintf() onto the end of text, counting on beyond size. */
__attribute__((format(printf, 4, 5))) static void append(char *text, size_t size, size_t *used, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(*used < size ? text + *used : NULL, *used < size ? size - *used : 0, format,
                                 arguments);
    va_end(arguments);
    *used += length > 0 ? (size_t)length : 0;
}

/* The shortest of 15, 16 and 17 digits that reads back the same. */
static void append_number(char *text, size_t size, size_t *used, double value)
{
    char number[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(number, sizeof number, "%.*g", digits, value);
        if (strtod(number, NULL) == value)
            break;
    }
    append(text, size, used, "%s", number);
}

static void append_weeks(char *text, size_t size, size_t *used, int64_t weeks)
{
    if (weeks == -1)
        append(text, size, used, "never");
    else
        append(text, size, used, "%" PRId64 "w", weeks);
}

static void append_choice(char *text, size_t size, size_t *used, const char *choices, int64_t index)
{
    for (; index > 0; index--)
        choices += strcspn(choices, "|") + 1;
    append(text, size, used, "%.*s", (int)strcspn(choices, "|"), choices);
}

static void append_list(char *text, size_t size, size_t *used, const struct param *row, const struct param_list *list)
{
    if (list->count == 0)
        append(text, size, used, "none");
    for (int64_t i = 0; i < list->count; i++) {
        append(text, size, used, "%s", i > 0 ? ", " : "");
        if (row->kind == PARAM_DURATIONS)
            append_weeks(text, size, used, (int64_t)list->value[i]);
        else
            append_number(text, size, used, list->value[i]);
    }
}

int param_value_format(const struct param *row, const void *value, char *text, size_t size)
{
    size_t used = 0;
    if (size > 0)
        text[0] = '\0';
    switch (row->kind) {
    case PARAM_REAL:
        append_number(text, size, &used, *(const double *)value);
        break;
    case PARAM_INTEGER:
        append(text, size, &used, "%" PRId64, *(const int64_t *)value);
        break;
    case PARAM_SEED:
        append(text, size, &used, "%" PRIu64, *(const uint64_t *)value);
        break;
    case PARAM_DURATION:
        append_weeks(text, size, &used, *(const int64_t *)value);
        break;
    case PARAM_CHOICE:
        append_choice(text, size, &used, row->choices, *(const int64_t *)value);
        break;
    case PARAM_TEXT:
        append(text, size, &used, "%s", (const char *)value);
        break;
    case PARAM_PATH:
        append(text, size, &used, "%s", *(const char *)value ? (const char *)value : "none");
        break;
    case PARAM_REALS:
    case PARAM_DURATIONS:
        append_list(text, size, &used, row, value);
        break;
    }
    return (int)used;
}

/* ---- what is allowed ---- */

static void append_bound(char *text, size_t size, size_t *used, const struct param *row, double bound)
{
    const bool duration = row->kind == PARAM_DURATION || row->kind == PARAM_DURATIONS;
    append_number(text, size, used, bound);
    append(text, size, used, "%s", duration ? "w" : "");
}

int param_allowed(const struct param *row, char *text, size_t size)
{
    size_t used = 0;
    if (size > 0)
        text[0] = '\0';
    const bool list = row->kind == PARAM_REALS || row->kind == PARAM_DURATIONS;
    const bool duration = row->kind == PARAM_DURATION || row->kind == PARAM_DURATIONS;
    switch (row->kind) {
    case PARAM_SEED:
        append(text, size, &used, "0 to 18446744073709551615");
        break;
    case PARAM_TEXT:
        append(text, size, &used, "any text of one line, at most %d bytes", PARAM_TEXT_SIZE - 1);
        break;
    case PARAM_PATH:
        append(text, size, &used, "a path relative to the file that names it, or none");
        break;
    case PARAM_CHOICE:
        for (const char *at = row->choices; *at; at += strspn(at, "|")) {
            const size_t length = strcspn(at, "|");
            append(text, size, &used, "%s%.*s", at > row->choices ? ", " : "", (int)length, at);
            at += length;
        }
        break;
    default: {
        const bool never = duration && row->lo == -1;
        append_bound(text, size, &used, row, never ? 0 : row->lo);
        if (isinf(row->hi)) {
            append(text, size, &used, " or more");
        } else {
            append(text, size, &used, " to ");
            append_bound(text, size, &used, row, row->hi);
        }
        append(text, size, &used, "%s%s", never ? ", or never" : "",
               list ? " each, separated by commas; none for an empty list" : "");
    }
    }
    return (int)used;
}
