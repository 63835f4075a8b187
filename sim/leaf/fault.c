#include "fault.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

/* Warnings may fill half the list, so that they never crowd out an error. */
static int is_full(const struct faults *faults, int warning)
{
    return faults->count >= (warning ? FAULTS_KEPT / 2 : FAULTS_KEPT);
}

static void keep(struct faults *faults, struct fault fault, const char *file, const char *format, va_list arguments)
{
    if (!faults)
        return;
    if (!fault.warning) {
        if (faults->errors++ == 0)
            faults->status = fault.status;
    }
    struct fault *list = NULL;
    if (!is_full(faults, fault.warning))
        list = realloc(faults->list, (faults->count + 1) * sizeof *list);
    if (list)
        faults->list = list;
    if (!list || vasprintf(&fault.text, format, arguments) < 0) {
        faults->unkept++;
        return;
    }
    fault.file = file ? strdup(file) : NULL; /* without memory the sentence still counts */
    faults->list[faults->count++] = fault;
}

enum status(fault_add)(struct faults *faults, enum status status, const char *file, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    keep(faults, (struct fault){.line = line, .status = status}, file, format, arguments);
    va_end(arguments);
    return status;
}

void fault_warn(struct faults *faults, const char *file, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    keep(faults, (struct fault){.line = line, .status = STATUS_OK, .warning = 1}, file, format, arguments);
    va_end(arguments);
}

void faults_print(const struct faults *faults, FILE *out)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->list[i];
        fputs("ebb: ", out);
        if (fault->file) {
            text_print(out, fault->file);
            if (fault->line > 0)
                fprintf(out, ":%d", fault->line);
            fputs(": ", out);
        }
        if (fault->warning)
            fputs("warning: ", out);
        text_print(out, fault->text);
        fputc('\n', out);
    }
    if (faults->unkept > 0)
        fprintf(out, "ebb: and %zu more\n", faults->unkept);
}

void faults_free(struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        free(faults->list[i].file);
        free(faults->list[i].text);
    }
    free(faults->list);
    *faults = (struct faults){0};
}
