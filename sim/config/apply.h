/* apply.h: what the file and --set say, and putting it into a set of parameters. Inside sim/config only. */
#ifndef EBB_APPLY_H
#define EBB_APPLY_H

#include "config.h"
#include "ini.h"

/* One --set, cut in pieces; all point into `text`. */
struct assignment {
    char *text;       /* owned */
    const char *kind; /* section word */
    const char *name; /* of a named section, or NULL */
    const char *key, *value;
};

/* One file, the first or included. */
struct apply_file {
    struct ini ini;
    char *path;   /* owned; as given, or as the including file's folder and the include name it */
    char *real;   /* owned, absolute and without links: two with the same are one file */
    char *folder; /* owned, absolute: what paths of the file are relative to */
    int by, line; /* the file that includes it, and where; by -1: none */
};

/* `include = PATH` before a file's first section; PATH is relative to that file. What a file includes comes before its
 * own sections, as if it stood there. */
#define APPLY_INCLUDE "include"
#define APPLY_FILES_MAX 64
#define APPLY_DEPTH_MAX 8

struct apply {
    struct apply_file *files; /* 0: the one asked for */
    size_t file_count;
    size_t order[APPLY_FILES_MAX]; /* files as they are applied: what is included before what includes it */
    enum status included;          /* of includes: one that fails is reported but does not hide the other faults */
    char *here;                    /* owned, absolute: the working folder */
    struct assignment *sets;
    size_t set_count;
    enum status cut; /* of the sets: one that has no shape is reported but does not hide the other faults */
};

/* Reads the file with what it includes and cuts the sets. Zero-initialise before, apply_free() after, whatever the
 * status. */
enum status apply_read(struct apply *apply, const char *path, const char *const *sets, size_t set_count,
                       struct faults *faults) MUST_CHECK;
void apply_free(struct apply *apply);

/* The text that "section.key" will be given, or NULL when nothing gives it one. */
const char *apply_peek(const struct apply *apply, const char *section, const char *key);

/* Puts everything into config->set, the files first, and reports every fault in order. With any_section, sections
 * unknown to the model are no fault, because the model itself is not known. */
enum status apply_all(const struct apply *apply, struct config *config, bool any_section,
                      struct faults *faults) MUST_CHECK;

/* Where a fault is: a line of the file, or the command line. */
struct apply_place {
    const char *file;
    int line;
};
#define APPLY_COMMAND_LINE "command line" /* in place of a file's name: --set, -r and -s */

/* The sections that have this key, for a sentence: "[a], [b NAME]"; empty when there are none. Returns text. */
#define APPLY_HOMES 200
const char *apply_homes(const struct param_group *const *groups, const char *key, char text[APPLY_HOMES]);

/* Say that a name is unknown, and what the user may have meant. name: of the section, or NULL. */
enum status apply_unknown_key(const struct config *config, const struct param_group *group, size_t index,
                              const char *key, struct apply_place place, struct faults *faults);
enum status apply_unknown_section(const struct config *config, const char *kind, const char *name,
                                  struct apply_place place, struct faults *faults);

/* apply_include.c: reads path and everything it includes into apply->files. */
enum status apply_read_files(struct apply *apply, const char *path, struct faults *faults) MUST_CHECK;
bool apply_is_include(const struct ini_item *item);

/* apply_place.c: hands on what `found` says of settings together. Those without a place that begin with "section.key" or
 * "[section] key" get that setting's file and line, or that of the section's head when the setting has none. Where
 * values were refused, warnings are left out, and so is whatever names a setting whose value was: nobody knows what it
 * was meant to be. */
void apply_take_relations(const struct apply *apply, const struct config *config, const struct faults *found,
                          struct faults *faults);

#endif
