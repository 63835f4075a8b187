#include "text.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

size_t text_utf8_next(const char *bytes, size_t length, uint32_t *character)
{
    const unsigned char *b = (const unsigned char *)bytes;
    if (b[0] < 0x80) {
        *character = b[0];
        return 1;
    }
    const size_t size = b[0] >= 0xf0 ? 4 : b[0] >= 0xe0 ? 3 : 2;
    if (b[0] < 0xc2 || b[0] > 0xf4 || size > length)
        return 0;
    uint32_t value = b[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((b[i] & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (b[i] & 0x3f);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    if (overlong || (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff)
        return 0;
    *character = value;
    return size;
}

size_t text_utf8_valid(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        uint32_t character;
        const size_t size = text_utf8_next(bytes + at, length - at, &character);
        if (size == 0)
            return at;
        at += size;
    }
    return length;
}

bool text_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/* One character as it may be shown, into at least 17 bytes (four escaped ones). Returns how many bytes it took. */
static size_t show_next(const char *text, size_t length, char *shown)
{
    uint32_t character;
    const size_t size = text_utf8_next(text, length, &character);
    const size_t taken = size ? size : 1;
    if (size && !text_unsafe(character)) {
        memcpy(shown, text, size);
        shown[size] = '\0';
        return taken;
    }
    for (size_t i = 0; i < taken; i++)
        snprintf(shown + 4 * i, 5, "\\x%02X", (unsigned)(unsigned char)text[i]);
    return taken;
}

void text_print(FILE *out, const char *text)
{
    const size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        char shown[17];
        at += show_next(text + at, length - at, shown);
        fputs(shown, out);
    }
}

const char *text_quote(const char *text, char out[TEXT_QUOTED])
{
    static const char end[] = "…'";
    const size_t length = strlen(text);
    size_t used = 0;
    out[used++] = '\'';
    for (size_t at = 0; at < length;) {
        char shown[17];
        at += show_next(text + at, length - at, shown);
        const size_t size = strlen(shown);
        if (used + size + sizeof end > TEXT_QUOTED) {
            memcpy(out + used, end, sizeof end);
            return out;
        }
        memcpy(out + used, shown, size);
        used += size;
    }
    out[used++] = '\'';
    out[used] = '\0';
    return out;
}

#define WORD_MAX 64 /* longer words are near nothing */

static int lower(char c)
{
    return tolower((unsigned char)c);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: each letter takes part in one edit only, which is what a slip of the fingers looks like. */
size_t text_distance(const char *a, const char *b)
{
    const size_t na = strlen(a), nb = strlen(b);
    if (na > WORD_MAX || nb > WORD_MAX)
        return na > nb ? na : nb;
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= nb; j++)
        last[j] = j;
    for (size_t i = 1; i <= na; i++) {
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            const size_t change = lower(a[i - 1]) != lower(b[j - 1]);
            now[j] = least(least(last[j] + 1, now[j - 1] + 1), last[j - 1] + change);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                now[j] = least(now[j], before[j - 2] + 1);
        }
        size_t *const oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[nb];
}

void text_near_try(struct text_near *near, const char *name)
{
    const size_t typed = strlen(near->word), length = strlen(name);
    const size_t longer = typed > length ? typed : length;
    size_t distance = text_distance(near->word, name);
    if (typed >= 3 && typed < length && strncasecmp(near->word, name, typed) == 0)
        distance = 1; /* a beginning */
    else if (distance > longer / 3)
        return;
    if (near->best && distance >= near->distance)
        return;
    near->best = name;
    near->distance = distance;
}

const char *text_weeks(int64_t weeks, int weeks_per_year, char out[TEXT_WEEKS])
{
    const int64_t years = weeks_per_year > 0 ? weeks / weeks_per_year : 0;
    const int64_t rest = weeks - years * weeks_per_year;
    const char *year = years == 1 ? "year" : "years", *week = rest == 1 ? "week" : "weeks";
    if (years == 0)
        snprintf(out, TEXT_WEEKS, "%" PRId64 " %s", rest, week);
    else if (rest == 0)
        snprintf(out, TEXT_WEEKS, "%" PRId64 " %s", years, year);
    else
        snprintf(out, TEXT_WEEKS, "%" PRId64 " %s %" PRId64 " %s", years, year, rest, week);
    return out;
}

int text_fit(const char *text, int most)
{
    int size = (int)strnlen(text, (size_t)most);
    if (text[size])
        while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
            size--;
    return size;
}

char *text_trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    text[length] = '\0';
    return text;
}
