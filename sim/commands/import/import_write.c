#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "import.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[] = {"roster.csv", "ties.csv", "school.ini", "report.txt"};
#define NAMES (sizeof names / sizeof *names)

static void put_number(FILE *out, double value)
{
    if (isnan(value))
        fputs("NA", out);
    else
        fprintf(out, "%.10g", value);
}

static void write_roster(const struct import *import, FILE *out)
{
    const struct survey *s = &import->survey;
    fprintf(out, "id,unit%s%s%s\n", s->has_years ? ",years" : "", s->has_trust ? ",trust" : "",
            s->has_role ? ",role" : "");
    for (size_t i = 0; i < s->people_count; i++) {
        const struct survey_person *p = &s->people[i];
        csv_put(out, p->id);
        fputs(",", out);
        csv_put(out, survey_unit(p));
        if (s->has_years) {
            fputs(",", out);
            put_number(out, p->years);
        }
        if (s->has_trust) {
            fputs(",", out);
            put_number(out, p->trust);
        }
        if (s->has_role) {
            fputs(",", out);
            csv_put(out, p->role);
        }
        fputs("\n", out);
    }
}

static void write_ties(const struct import *import, FILE *out)
{
    const struct survey *s = &import->survey;
    fprintf(out, "from,to%s\n", s->has_strength ? ",strength" : "");
    for (size_t i = 0; i < s->tie_count; i++) {
        csv_put(out, s->people[s->ties[i].from].id);
        fputs(",", out);
        csv_put(out, s->people[s->ties[i].to].id);
        if (s->has_strength)
            fprintf(out, ",%.10g", s->ties[i].strength);
        fputs("\n", out);
    }
}

static void write_ini(const struct import *import, FILE *out)
{
    const struct survey *s = &import->survey;
    char quoted[TEXT_QUOTED];
    fprintf(out, "; A surveyed school of %zu staff in %zu unit%s, made by `ebb import` from\n", s->people_count,
            s->unit_count, s->unit_count == 1 ? "" : "s");
    for (size_t k = 0; k < 2 && import->sources[k]; k++)
        fprintf(out, ";   %s\n", text_quote(import->sources[k], quoted));
    fprintf(out,
            "; What was left out and how gaps were treated stands in report.txt beside this file.\n"
            ";\n"
            "; ebb run school.ini        simulates it\n"
            "; ebb check school.ini      checks what you change here\n"
            "; ebb params                lists every setting\n"
            "\n"
            "[run]\n"
            "title = A surveyed school of %zu staff\n"
            "weeks = 10y\n"
            "replicates = 20         ; runs that differ in chance only\n"
            "seed = 1                ; same seed, same results\n"
            "\n"
            "[school]\n"
            "roster = roster.csv     ; staff and units are those of the roster\n"
            "network = ties.csv      ; the ties at the start\n"
            "\n"
            "; What the school does. Take the semicolons away to try it.\n"
            ";[strategy joint planning]\n"
            ";start = 1y\n"
            ";end = 4y\n"
            ";ramp = 10w\n"
            ";time = +0.3            ; more time to meet, of 0 to 1\n"
            ";coaches = 1\n",
            s->people_count);
}

static void write_one(const struct import *import, size_t which, FILE *out)
{
    switch (which) {
    case 0:
        write_roster(import, out);
        break;
    case 1:
        write_ties(import, out);
        break;
    case 2:
        write_ini(import, out);
        break;
    default:
        import_report(import, 0, out);
    }
}

enum status import_refuse(const char *const sources[2], const char *folder, bool force, struct faults *faults)
{
    enum status status = STATUS_OK;
    struct stat there, source;
    if (!*folder)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "the folder for the school has an empty name");
    if (!stat(folder, &there) && !S_ISDIR(there.st_mode))
        return fault_add(faults, STATUS_BAD_INPUT, folder, 0, "is no folder, so no school can be written there");
    for (size_t i = 0; i < NAMES; i++) {
        char *path = folder_path(folder, names[i], "");
        if (!path)
            return fault_add(faults, STATUS_FAILED, folder, 0, "no memory for a file name");
        const bool exists = !lstat(path, &there);
        bool own = false;
        for (size_t k = 0; exists && k < 2 && sources[k]; k++)
            own |= !stat(path, &there) && !stat(sources[k], &source) && source.st_dev == there.st_dev &&
                   source.st_ino == there.st_ino;
        if (own)
            status = fault_add(faults, STATUS_BAD_INPUT, path, 0,
                               "is read by this command and would be overwritten; choose another folder with -o");
        else if (exists && !force)
            status = fault_add(faults, STATUS_BAD_INPUT, path, 0,
                               "is there already; choose another folder with -o, or replace it with --force");
        free(path);
    }
    return status;
}

/* Writes one file beside its final name. */
static enum status write_part(const struct import *import, size_t which, const char *folder, struct faults *faults)
{
    enum status status = STATUS_OK;
    char *path = folder_path(folder, names[which], FOLDER_PART);
    FILE *out = path ? fopen(path, "w") : NULL;
    if (!out) {
        status = fault_add(faults, STATUS_FAILED, path ? path : folder, 0, "cannot be written: %s", strerror(errno));
    } else {
        write_one(import, which, out);
        const bool broken = fflush(out) || ferror(out) || fsync(fileno(out));
        const int why = errno;
        if (fclose(out) || broken)
            status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be written: %s", strerror(why));
    }
    free(path);
    return status;
}

static void drop_part(size_t which, const char *folder)
{
    char *path = folder_path(folder, names[which], FOLDER_PART);
    if (path)
        unlink(path);
    free(path);
}

static enum status write_all(const struct import *import, const char *folder, struct faults *faults)
{
    enum status status = STATUS_OK;
    size_t written = 0;
    while (written < NAMES && !status)
        status = write_part(import, written++, folder, faults);
    for (size_t i = 0; i < written; i++)
        if (status)
            drop_part(i, folder);
        else
            status = folder_finish(folder, names[i], faults);
    return status;
}

enum status import_write(const struct import *import, const char *folder, bool force, struct faults *faults)
{
    int locked = -1;
    enum status status = folder_lock(folder, &locked, faults);
    if (!status) /* again: another import may have filled the folder meanwhile */
        status = import_refuse(import->sources, folder, force, faults);
    if (!status)
        status = write_all(import, folder, faults);
    if (locked >= 0)
        close(locked);
    return status;
}
