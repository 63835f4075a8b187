/* when.h: a condition over what is observed of a school, as `trust > 0.5 and (fatigue < 0.4 or coherence >= 0.6)`.
 *
 *     either    = both { "or" both }
 *     both      = one { "and" one }
 *     one       = "(" either ")" | COLUMN ( ">" | ">=" | "<" | "<=" ) NUMBER
 *
 * COLUMN is any column of series.csv. Parsed once into a record of fixed size: steps in the order in which a stack of
 * truths takes them. */
#ifndef LADDER_WHEN_H
#define LADDER_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WHEN_STEPS 32 /* bits of the stack of truths */

struct when {
    uint32_t count; /* 0: no condition */
    struct when_step {
        enum { WHEN_OVER, WHEN_AT_LEAST, WHEN_UNDER, WHEN_AT_MOST, WHEN_AND, WHEN_OR } what;
        int column;    /* of ladder_columns */
        double number; /* compared with */
    } steps[WHEN_STEPS];
};

struct when_error {
    size_t at;     /* byte of the text where it goes wrong */
    char why[200]; /* "a number belongs here" */
};

/* 0, or -1 with error filled. An empty text is no condition. */
int when_parse(const char *text, struct when *when, struct when_error *error);

/* row: as ladder_observe() fills it. A column that is undefined meets no comparison. */
bool when_holds(const struct when *when, const double *row);

#endif
