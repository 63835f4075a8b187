/* fault.h: how the program says what is wrong.
 *
 * A fallible function returns an enum status and describes every fault it found as one sentence in a
 * struct faults. Only main() prints them and exits. A sentence names what was found, what is allowed
 * and, where there is one, the nearest known name. */
#ifndef EBB_FAULT_H
#define EBB_FAULT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* The values are the exit statuses of the command. */
enum status {
    STATUS_OK = 0,
    STATUS_FAILED = 1,       /* a run, the disk or memory failed */
    STATUS_USAGE = 2,        /* the command line cannot be understood */
    STATUS_BAD_INPUT = 3,    /* configuration or data */
    STATUS_INTERRUPTED = 130 /* stopped by the user; finished work is kept */
};

#define MUST_CHECK __attribute__((warn_unused_result))

struct fault {
    char *file; /* owned; NULL when the fault is in no file */
    int line;   /* 0 when there is no line */
    char *text; /* owned */
    enum status status;
    int warning; /* told, but stops nothing */
};

/* Zero-initialise before use: struct faults f = {0}; */
struct faults {
    struct fault *list;
    size_t count;       /* faults and warnings kept */
    size_t unkept;      /* beyond FAULTS_KEPT only counted */
    size_t errors;      /* faults that are not warnings */
    enum status status; /* of the first error; STATUS_OK when there is none */
};

#define FAULTS_KEPT 200

/* Adds one sentence and returns `status`, so that a caller can `return fault_add(…)`.
 * file may be NULL, line may be 0. faults may be NULL: then nothing is kept. */
enum status fault_add(struct faults *faults, enum status status, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
#ifdef __clang_analyzer__ /* clang-tidy does not look into fault.c: it is told here what is returned */
#define fault_add(faults, status, ...) ((void)fault_add(faults, status, __VA_ARGS__), (status))
#endif

/* The same for something worth saying that stops nothing. */
void fault_warn(struct faults *faults, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Prints "ebb: file:line: text" lines, warnings as "ebb: file:line: warning: text". Control characters
 * in quoted input are shown as \xNN so that no input can drive the terminal. */
void faults_print(const struct faults *faults, FILE *out);

void faults_free(struct faults *faults);

#endif
