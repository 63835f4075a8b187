#include "number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static size_t write_digits(char *out, uint64_t value)
{
    char reversed[20];
    size_t n = 0;
    do
        reversed[n++] = (char)('0' + value % 10);
    while (value /= 10);
    for (size_t i = 0; i < n; i++)
        out[i] = reversed[n - 1 - i];
    return n;
}

size_t number_write_integer(char out[NUMBER_SIZE], int64_t value)
{
    size_t n = 0;
    if (value < 0)
        out[n++] = '-';
    n += write_digits(out + n, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
    out[n] = '\0';
    return n;
}

static size_t write_slowly(char out[NUMBER_SIZE], double value)
{
    const int n = snprintf(out, NUMBER_SIZE, "%.*g", NUMBER_DIGITS, value);
    char *comma = strchr(out, ','); /* a locale's decimal sign */
    if (comma)
        *comma = '.';
    return (size_t)n;
}

/* Powers of ten that a double holds exactly. */
static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                               1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* Writes nine digits with the first one's power of ten at `exponent`, -4 … 8, without trailing zeros. */
static size_t write_fixed(char *out, uint32_t digits, int exponent)
{
    char text[NUMBER_DIGITS];
    int last = 0;
    for (int i = NUMBER_DIGITS - 1; i >= 0; i--, digits /= 10) {
        text[i] = (char)('0' + digits % 10);
        if (text[i] != '0' && i > last)
            last = i;
    }
    size_t n = 0;
    if (exponent < 0) {
        out[n++] = '0';
        out[n++] = '.';
        for (int i = -1; i > exponent; i--)
            out[n++] = '0';
    }
    for (int i = 0; i <= last || i <= exponent; i++) {
        if (exponent >= 0 && i == exponent + 1)
            out[n++] = '.';
        out[n++] = text[i];
    }
    return n;
}

size_t number_write(char out[NUMBER_SIZE], double value)
{
    if (isnan(value))
        return (size_t)(stpcpy(out, "NA") - out);
    const double size = fabs(value);
    if (size < 1e9 && floor(size) == size && !(size == 0 && signbit(value)))
        return number_write_integer(out, (int64_t)value);
    if (!(size >= 1e-4 && size < 1e9))
        return write_slowly(out, value);
    int exponent = 8; /* of the first digit */
    while (exponent >= 0 && size < power[exponent])
        exponent--;
    if (exponent < 0)
        for (exponent = -1; size * power[-exponent] < 1; exponent--)
            ;
    /* The product is rounded once, by less than 1e-7: unless it lies that close to a half, nine digits are safe. */
    const double scaled = size * power[NUMBER_DIGITS - 1 - exponent];
    const double whole = floor(scaled), rest = scaled - whole;
    if (fabs(rest - 0.5) < 1e-6 || scaled >= 999999999 || scaled < 100000000)
        return write_slowly(out, value);
    size_t n = 0;
    if (value < 0)
        out[n++] = '-';
    n += write_fixed(out + n, (uint32_t)whole + (rest > 0.5), exponent);
    out[n] = '\0';
    return n;
}
