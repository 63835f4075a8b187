/* survey.h: a staff list and its nominations, joined and checked.
 *
 * Two kinds of trouble are kept apart. What cannot be understood (no such column, a year that is no number, one id
 * twice in the roster) is a fault. What any survey contains (a nomination of someone who is not on the list, of
 * oneself, told twice, or blank) is left out of the ties and kept as a finding, for `ebb import` to report and for
 * `ebb run` to refuse. */
#ifndef EBB_SURVEY_H
#define EBB_SURVEY_H

#include "../leaf/csv.h"

#include <stdbool.h>

/* A column of a table. A name that was asked for must be there; the default one may be absent unless it is needed. */
struct survey_column {
    const char *name;
    bool asked;
};

struct survey_columns {
    struct survey_column id, unit, years, trust, role; /* of the roster */
    struct survey_column from, to, strength; /* of the nominations; `to` may be several names, comma separated */
};

#define SURVEY_COLUMNS                                                                                        \
    {                                                                                                         \
        {"id", false}, {"unit", false}, {"years", false}, {"trust", false}, {"role", false}, {"from", false}, \
            {"to", false},                                                                                    \
        {                                                                                                     \
            "strength", false                                                                                 \
        }                                                                                                     \
    }

#define SURVEY_UNASSIGNED "unassigned" /* the unit of those who have none */

struct survey_person {
    const char *id, *unit, *role; /* into the table; unit and role "" when missing */
    double years, trust;          /* NAN when missing; trust on the survey's own scale */
    int line;                     /* of the roster; 0 when it came from no table of lines */
    uint32_t named, sought;       /* ties kept, outward and inward */
    uint32_t unit_number;         /* 0, 1, 2 … in order of first appearance; those without a unit share one */
    uint32_t rows;                /* rows of the nominations filed under this person: 0 is no response */
};

struct survey_tie {
    uint32_t from, to; /* into people */
    double strength;   /* as told, > 0; 1 where none is told */
    int line;
};

enum survey_kind {
    SURVEY_UNKNOWN_FROM, /* who is not on the staff list names someone */
    SURVEY_UNKNOWN_TO,   /* someone names who is not on the staff list */
    SURVEY_SELF,
    SURVEY_REPEATED,
    SURVEY_ZERO,  /* a nomination of strength 0 */
    SURVEY_BLANK, /* a row that names nobody: an answer, but no tie */
    SURVEY_KINDS
};

struct survey_finding {
    enum survey_kind kind;
    int line, first_line; /* first_line: SURVEY_REPEATED only */
    const char *from, *to;
};

struct survey {
    struct csv_table roster, nominations; /* owned; hold the texts */
    struct survey_person *people;         /* owned, in roster order */
    uint32_t *by_id;                      /* owned; people sorted by id */
    size_t people_count, unit_count;
    struct survey_tie *ties; /* owned; simple: no loops, no repeats; in file order */
    size_t tie_count;
    struct survey_finding *findings; /* owned, in file order */
    size_t finding_count;
    size_t nomination_count;                                     /* names given, of whatever kind */
    size_t kinds[SURVEY_KINDS];                                  /* findings of each kind */
    bool has_unit, has_years, has_trust, has_role, has_strength; /* whether the columns are there */
    bool *roster_used, *nominations_used;                        /* owned; by column: whether it was read */
};

/* What numbers are held to; INFINITY for no bound. */
struct survey_bounds {
    double trust_lo, trust_hi, strength_hi;
};

/* Joins two tables and takes them over, also when it fails. On any status but STATUS_OK there is nothing to free. */
enum status survey_join(struct csv_table *roster, struct csv_table *nominations, const struct survey_columns *columns,
                        struct survey_bounds bounds, struct survey *survey, struct faults *faults) MUST_CHECK;

/* Reads both files, so that the faults of both are reported, and joins them. */
enum status survey_read(const char *roster_path, const char *nominations_path, char delimiter,
                        const struct survey_columns *columns, struct survey_bounds bounds, struct survey *survey,
                        struct faults *faults) MUST_CHECK;

static inline const char *survey_unit(const struct survey_person *person)
{
    return *person->unit ? person->unit : SURVEY_UNASSIGNED;
}

void survey_free(struct survey *survey);

/* One sentence about a finding, as snprintf. hint: with the id that may have been meant, for which everyone is looked
 * through: not for thousands of findings. */
int survey_describe(const struct survey *survey, const struct survey_finding *finding, bool hint, char *text,
                    size_t size);
#define SURVEY_HINTS 50

#endif
