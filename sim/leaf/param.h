/* param.h: the one registry of parameters.
 *
 * A part of the program declares its parameters once, as an X-macro expanded twice: into the fields of a
 * struct (PARAM_FIELD) and into the rows of a table (PARAM_ROW).
 *
 *     #define BASS_PARAMS(X, S)                                                              \
 *         X(S, INTEGER, people, "1000", 1, 1e6, "people", "", "size of the population", "Bass 1969")
 *     struct bass_params { BASS_PARAMS(PARAM_FIELD, bass_params) };
 *     static const struct param rows[] = { BASS_PARAMS(PARAM_ROW, bass_params) };
 *     const struct param_group bass_group = PARAM_GROUP("bass", "Bass diffusion", rows, struct bass_params);
 *
 * The INI parser, --set, validation, help, documentation tables, sweeps and fits all walk these rows.
 * One spelling serves everywhere: C field = INI key = --set key = documentation. */
#ifndef EBB_PARAM_H
#define EBB_PARAM_H

#include "fault.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PARAM_TEXT_SIZE 512 /* bytes of a text, path or section name, with the final NUL */
#define PARAM_LIST_MAX 256  /* entries of a list */
#define PARAM_NAMED_MAX 256 /* sections [kind NAME] of one kind */

enum param_kind {
    PARAM_REAL,     /* double; 0.3, +0.55, 1e-3 */
    PARAM_INTEGER,  /* int64_t */
    PARAM_SEED,     /* uint64_t, all 64 bits, decimal or 0x… */
    PARAM_DURATION, /* int64_t weeks; 10w, 2y, 1.5y, a bare number is weeks; "never" is -1 where lo is -1 */
    PARAM_CHOICE,   /* int64_t index into `choices`, "no|yes" */
    PARAM_TEXT,     /* char[PARAM_TEXT_SIZE] */
    PARAM_PATH,     /* char[PARAM_TEXT_SIZE]; resolved relative to the file that names it; "none" is empty */
    PARAM_REALS,    /* struct param_list of doubles, comma separated */
    PARAM_DURATIONS /* struct param_list of weeks, comma separated */
};

struct param_list {
    int64_t count;
    double value[PARAM_LIST_MAX];
};

struct param {
    const char *key;
    enum param_kind kind;
    size_t offset;        /* of the field in the group's struct */
    const char *fallback; /* the default, written as in an INI file */
    double lo, hi;        /* inclusive bounds of the number (of each entry of a list) */
    const char *unit;
    const char *choices; /* "a|b|c" for PARAM_CHOICE, else "" */
    const char *meaning; /* one line */
    const char *source;  /* where the value or the rule comes from, or "assumed" */
};

struct param_group {
    const char *section; /* "school", or "strategy" for [strategy NAME] */
    const char *title;
    const struct param *rows;
    size_t count;
    size_t size; /* of the struct */
    bool named;  /* repeatable: the struct begins with char name[PARAM_TEXT_SIZE] */
};

#define PARAM_CTYPE_REAL(key) double key;
#define PARAM_CTYPE_INTEGER(key) int64_t key;
#define PARAM_CTYPE_SEED(key) uint64_t key;
#define PARAM_CTYPE_DURATION(key) int64_t key;
#define PARAM_CTYPE_CHOICE(key) int64_t key;
#define PARAM_CTYPE_TEXT(key) char key[PARAM_TEXT_SIZE];
#define PARAM_CTYPE_PATH(key) char key[PARAM_TEXT_SIZE];
#define PARAM_CTYPE_REALS(key) struct param_list key;
#define PARAM_CTYPE_DURATIONS(key) struct param_list key;

#define PARAM_FIELD(S, kind, key, fallback, lo, hi, unit, choices, meaning, source) PARAM_CTYPE_##kind(key)
#define PARAM_ROW(S, kind, key, fallback, lo, hi, unit, choices, meaning, source) \
    {#key, PARAM_##kind, offsetof(struct S, key), fallback, lo, hi, unit, choices, meaning, source},
#define PARAM_GROUP(section, title, rows, type)                                     \
    {                                                                               \
        section, title, rows, sizeof(rows) / sizeof((rows)[0]), sizeof(type), false \
    }
#define PARAM_GROUP_NAMED(section, title, rows, type)                              \
    {                                                                              \
        section, title, rows, sizeof(rows) / sizeof((rows)[0]), sizeof(type), true \
    }

/* Where a value came from. */
struct param_origin {
    enum { ORIGIN_DEFAULT, ORIGIN_FILE, ORIGIN_SET, ORIGIN_REFUSED } from;
    int line; /* ORIGIN_FILE */
    int file; /* the same: which of the files, 0 the first one read; 1 … those it includes */
};

/* All values of one configuration. Several sets can exist at once (tests, sweeps). */
struct param_set;

/* A set of the given groups (a NULL-terminated array that outlives the set), every value at its default.
 * Returns NULL when memory is short. weeks_per_year scales durations given in years. */
struct param_set *param_set_new(const struct param_group *const *groups, int weeks_per_year);
struct param_set *param_set_copy(const struct param_set *set);
void param_set_free(struct param_set *set);

/* The group's struct: read only, valid until the set changes. Instance 0 of a plain group always exists;
 * a named group has param_set_count() of them, in file order. Never NULL for a group of the set and
 * index < count. */
const void *param_set_get(const struct param_set *set, const struct param_group *group, size_t index);
size_t param_set_count(const struct param_set *set, const struct param_group *group);
const struct param_group *const *param_set_groups(const struct param_set *set);
int param_set_weeks_per_year(const struct param_set *set);

/* Finds a group by section word and a row by key; NULL when unknown. */
const struct param_group *param_group_find(const struct param_group *const *groups, const char *section);
/* One word may head both a plain section and named ones: the one that fits, else any of this word. */
const struct param_group *param_group_find_named(const struct param_group *const *groups, const char *section,
                                                 bool named);
const struct param *param_find(const struct param_group *group, const char *key);

/* Adds an instance of a named group and returns its index, or -1 when the name is taken, too long, or
 * there are PARAM_NAMED_MAX already (a sentence is added to faults). */
long param_set_add(struct param_set *set, const struct param_group *group, const char *name, struct faults *faults,
                   const char *file, int line);

/* Parses text as the row's kind, checks its bounds and stores it with its origin. A wrong value adds one
 * sentence naming file, line, section.key, what was found and what is allowed, and changes nothing.
 * base_dir (may be NULL) is what a PARAM_PATH is relative to. */
enum status param_set_parse(struct param_set *set, const struct param_group *group, size_t index,
                            const struct param *row, const char *text, struct param_origin origin, const char *base_dir,
                            struct faults *faults, const char *file) MUST_CHECK;

/* Notes that a value was given but refused: what stands in its place says nothing about what was meant. */
void param_set_refuse(struct param_set *set, const struct param_group *group, size_t index, const struct param *row);

struct param_origin param_set_origin(const struct param_set *set, const struct param_group *group, size_t index,
                                     const struct param *row);

/* Writes the value so that param_set_parse() reads back exactly the same one; at most size bytes.
 * Returns the length it would need, as snprintf. */
int param_set_format(const struct param_set *set, const struct param_group *group, size_t index,
                     const struct param *row, char *text, size_t size);

/* What is allowed, for messages and help: "0 to 1", "0w or more", "no, yes". */
int param_allowed(const struct param *row, char *text, size_t size);
const char *param_kind_name(enum param_kind kind);

#endif
