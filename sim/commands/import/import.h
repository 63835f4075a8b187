/* import.h: what `ebb import` found in a survey, shared by the parts that read, report and write it. */
#ifndef EBB_IMPORT_H
#define EBB_IMPORT_H

#include "../../config/survey.h"
#include "../../leaf/graph.h"

struct import {
    const char *sources[2]; /* paths as given: staff list and nominations, or one GraphML file and NULL */
    struct survey survey;
    bool undirected;
    double trust_lo, trust_hi; /* the survey's scale of trust, brought to 0..1; NAN without trust */
    bool trust_guessed;
    double trust_least, trust_most; /* answers */
    double strongest;               /* the strongest tie, which becomes 1 when it is above 1; NAN without strengths */
    const char *known_roles;        /* "teacher|principal" */
    const char **told_roles;        /* owned, by person: the role as the roster tells it; into the table */
    char *roles;                    /* owned; what people's roles point to */
    struct graph_measures measures;
};

/* Brings trust and strengths to 0..1 and roles to known ones, builds the network, measures it and asks the default model
 * whether it would take it. trust_lo and trust_hi are infinite when the scale is to be guessed. */
enum status import_treat(struct import *import, struct faults *faults) MUST_CHECK;
void import_free(struct import *import);

/* The whole report; lists longer than `most` are cut with a word (0: never). Returns 0, or -1 when the stream has an
 * error. */
int import_report(const struct import *import, size_t most, FILE *out);

/* Whether anything stands in the way of writing to folder: its own inputs always, files of the same names without
 * force. */
enum status import_refuse(const char *const sources[2], const char *folder, bool force,
                          struct faults *faults) MUST_CHECK;

/* Writes roster.csv, ties.csv, school.ini and report.txt to folder, which is made when it is not there. All are
 * written beside before the first is renamed, so that a full disk leaves the old ones. Two that begin at once do not mix
 * their files: with the folder in hand, what import_refuse() refuses is refused again. */
enum status import_write(const struct import *import, const char *folder, bool force, struct faults *faults) MUST_CHECK;

#endif
