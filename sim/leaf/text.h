/* text.h: words for people: the nearest known name, hostile input made harmless, time in years and weeks. */
#ifndef EBB_TEXT_H
#define EBB_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Decodes one character of UTF-8 (RFC 3629: no overlong forms, surrogates or numbers beyond U+10FFFF) from length > 0
 * bytes. Returns how many bytes it takes, or 0 where they are not valid. */
size_t text_utf8_next(const char *bytes, size_t length, uint32_t *character);

/* Where the first byte that is not valid UTF-8 stands; length when all are. */
size_t text_utf8_valid(const char *bytes, size_t length);

/* Whether a terminal should not be given this character as it is: controls, marks that turn the direction. */
bool text_unsafe(uint32_t character);

/* Prints text with unsafe characters and invalid bytes as \xNN. */
void text_print(FILE *out, const char *text);

/* Quotes input for a sentence: 'like this', with unsafe bytes as \xNN, and cut with an ellipsis when it is long.
 * Returns out. */
#define TEXT_QUOTED 320
const char *text_quote(const char *text, char out[TEXT_QUOTED]);

/* The nearest of several names, tried one by one:
 *     struct text_near near = {.word = typed};
 *     for (…) text_near_try(&near, name);
 *     if (near.best) …
 * Near is an edit distance (insert, drop, change, swap of neighbours; upper case counts as lower) of at most a third of
 * the longer word, or a typed beginning of at least three letters. The first of equals wins. */
struct text_near {
    const char *word;
    const char *best; /* as given to text_near_try(), or NULL */
    size_t distance;
};
void text_near_try(struct text_near *near, const char *name);
size_t text_distance(const char *a, const char *b);

/* "7 weeks", "10 years", "2 years 5 weeks". Returns out. */
#define TEXT_WEEKS 64
const char *text_weeks(int64_t weeks, int weeks_per_year, char out[TEXT_WEEKS]);

/* How many of its first bytes, at most `most`, hold whole characters: to cut what may be long with "%.*s". */
int text_fit(const char *text, int most);

/* Cuts white space off both ends, in place. */
char *text_trim(char *text);

#endif
