#include "json.h"

#include "../leaf/number.h"
#include "../leaf/text.h"

#include <math.h>
#include <string.h>

static void quoted(struct json *json, const char *value)
{
    const size_t length = strlen(value);
    const bool valid = text_utf8_valid(value, length) == length;
    rows_text_raw(&json->text, "\"", 1);
    for (const char *c = value; *c; c++) {
        const unsigned char byte = (unsigned char)*c;
        char escaped[8];
        if (byte == '"' || byte == '\\')
            snprintf(escaped, sizeof escaped, "\\%c", *c);
        else if (byte < 0x20 || byte == 0x7f || (byte > 0x7f && !valid))
            snprintf(escaped, sizeof escaped, "\\u%04x", byte);
        else
            snprintf(escaped, sizeof escaped, "%c", *c);
        rows_text_raw(&json->text, escaped, strlen(escaped));
    }
    rows_text_raw(&json->text, "\"", 1);
}

static void start(struct json *json, const char *key)
{
    if (json->depth && !json->first)
        rows_text_raw(&json->text, ",", 1);
    if (json->depth)
        rows_text_raw(&json->text, "\n", 1);
    for (int i = 0; i < json->depth; i++)
        rows_text_raw(&json->text, "  ", 2);
    if (key) {
        quoted(json, key);
        rows_text_raw(&json->text, ": ", 2);
    }
    json->first = false;
}

void json_open(struct json *json, const char *key, char bracket)
{
    start(json, key);
    rows_text_raw(&json->text, &bracket, 1);
    json->depth++;
    json->first = true;
}

void json_close(struct json *json, char bracket)
{
    const bool empty = json->first;
    json->depth--;
    if (!empty) {
        rows_text_raw(&json->text, "\n", 1);
        for (int i = 0; i < json->depth; i++)
            rows_text_raw(&json->text, "  ", 2);
    }
    rows_text_raw(&json->text, bracket == '{' ? "}" : "]", 1);
    json->first = false;
    if (json->depth == 0)
        rows_text_raw(&json->text, "\n", 1);
}

void json_string(struct json *json, const char *key, const char *value)
{
    start(json, key);
    quoted(json, value);
}

void json_integer(struct json *json, const char *key, int64_t value)
{
    char number[NUMBER_SIZE];
    start(json, key);
    rows_text_raw(&json->text, number, number_write_integer(number, value));
}

void json_real(struct json *json, const char *key, double value)
{
    char number[NUMBER_SIZE] = "null";
    start(json, key);
    rows_text_raw(&json->text, number, isfinite(value) ? number_write(number, value) : strlen(number));
}
