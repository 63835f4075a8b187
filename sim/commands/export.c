#include "../command.h"
#include "../leaf/text.h"
#include "../store/export.h"
#include "../store/folder.h"
#include "../store/read.h"
#include "../store/swept.h"
#include "export_lineage.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the options ask for. */
struct exporting {
    const struct options *options;
    const char *what;
    long run, week, school; /* 0, -1, 0: all */
    bool lineage;           /* as GraphML */
};

static bool wants_graphs(const struct options *options)
{
    const char *format = options_own(options, "format");
    return format && strcmp(format, "graphml") == 0;
}

static enum status check_format(const struct options *options, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    const char *format = options_own(options, "format");
    if (!format || strcmp(format, "csv") == 0 || wants_graphs(options))
        return STATUS_OK;
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--format is %s; allowed: csv, graphml",
                     text_quote(format, quoted));
}

static enum status check_what(struct exporting *e, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    const char *what = options_own(e->options, "what");
    struct text_near near = {.word = what};
    e->what = what ? what : "series";
    e->lineage = what && wants_graphs(e->options) && strcmp(what, "lineage") == 0;
    if (what && wants_graphs(e->options) && !e->lineage)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "--what chooses a table; GraphML files hold networks, or with --what lineage who brought whom "
                         "in");
    for (size_t i = 0; what && export_tables[i]; i++) {
        if (strcmp(export_tables[i], what) == 0)
            return STATUS_OK;
        text_near_try(&near, export_tables[i]);
    }
    if (!what)
        return STATUS_OK;
    return fault_add(faults, STATUS_USAGE, NULL, 0,
                     "--what is %s; allowed: runs, series, summary, nodes, ties, lineage, columns, points%s%s%s",
                     text_quote(what, quoted), near.best ? "; did you mean " : "", near.best ? near.best : "",
                     near.best ? "?" : "");
}

static enum status check_number(const struct options *options, const char *name, long lo, long *value,
                                struct faults *faults)
{
    const char *text = options_own(options, name);
    if (!text)
        return STATUS_OK;
    if (!wants_graphs(options))
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--%s chooses networks: it goes with --format graphml", name);
    return options_integer(name, text, lo, 1000000000, value, faults);
}

/* A file that exists is replaced on demand only. */
static enum status check_free(const char *path, bool force, struct faults *faults)
{
    struct stat info;
    if (force || stat(path, &info) || !S_ISREG(info.st_mode))
        return STATUS_OK;
    return fault_add(faults, STATUS_BAD_INPUT, path, 0, "exists already; --force replaces it");
}

/* The database that is read is no place to write to. */
static enum status check_result(const struct exporting *e, struct faults *faults)
{
    char *db = folder_path(e->options->arguments[0], "results.db", "");
    const bool same = db && e->options->out && file_is_same(db, e->options->out);
    free(db);
    return same ? fault_add(faults, STATUS_USAGE, e->options->out, 0, "is the result itself, which is read for this")
                : STATUS_OK;
}

/* Writes beside and renames, so that nothing half done is left. write() gets `self`. */
static enum status write_file(const char *path, enum status (*write)(void *self, FILE *out, struct faults *faults),
                              void *self, struct faults *faults)
{
    struct stat info;
    const bool special = stat(path, &info) == 0 && !S_ISREG(info.st_mode); /* a pipe or device is written in place */
    char *part = NULL;
    FILE *file = special ? fopen(path, "wb") : file_open_beside(path, &part);
    enum status status = STATUS_OK;
    if (!file)
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be written: %s", strerror(errno));
    else
        status = write(self, file, faults);
    if (file && fclose(file) && status == STATUS_OK)
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be written: %s", strerror(errno));
    if (status == STATUS_OK && !special && rename(part, path))
        status = fault_add(faults, STATUS_FAILED, path, 0, "cannot be written: %s", strerror(errno));
    if (status != STATUS_OK && file && !special)
        remove(part);
    free(part);
    return status;
}

static enum status write_table(void *self, FILE *out, struct faults *faults)
{
    const struct exporting *e = self;
    return store_export(e->options->arguments[0], e->what, out, faults);
}

static enum status write_lineage(void *self, FILE *out, struct faults *faults)
{
    const struct exporting *e = self;
    return export_lineage(e->options->arguments[0], e->run, e->school, out, faults);
}

static enum status export_one(struct exporting *e, enum status (*write)(void *, FILE *, struct faults *),
                              struct faults *faults)
{
    const char *out = e->options->out;
    if (!out)
        return write(e, stdout, faults);
    const enum status status = check_free(out, e->options->force, faults);
    return status == STATUS_OK ? write_file(out, write, e, faults) : status;
}

/* The word for a value of a category, "a|b|c"; empty when it has none. */
static void label_of(const char *labels, double value, char *text, size_t size)
{
    const char *at = labels;
    for (double i = 0; at && i < value; i++)
        at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL;
    const bool known = at && value >= 0 && floor(value) == value;
    snprintf(text, size, "%.*s", known ? (int)strcspn(at, "|") : 0, known ? at : "");
}

/* Categories get their words beside their numbers, for programs that know no dictionary. */
static igraph_error_t add_labels(igraph_t *graph, const struct attribute *list, size_t count, bool nodes)
{
    const igraph_integer_t n = nodes ? igraph_vcount(graph) : igraph_ecount(graph);
    for (size_t a = 0; a < count; a++) {
        char name[160], label[160];
        snprintf(name, sizeof name, "%s_label", list[a].name);
        for (igraph_integer_t i = 0; *list[a].labels && i < n; i++) {
            const double value = nodes ? igraph_cattribute_VAN(graph, list[a].name, i)
                                       : igraph_cattribute_EAN(graph, list[a].name, i);
            label_of(list[a].labels, value, label, sizeof label);
            const igraph_error_t code = nodes ? igraph_cattribute_VAS_set(graph, name, i, label)
                                              : igraph_cattribute_EAS_set(graph, name, i, label);
            if (code)
                return code;
        }
    }
    return IGRAPH_SUCCESS;
}

struct one_graph {
    const struct store_result *result;
    struct store_graph *graph;
};

static igraph_error_t describe(struct one_graph *one)
{
    igraph_t *graph = &one->graph->graph;
    const struct store_result *r = one->result;
    igraph_error_t code = igraph_cattribute_GAS_set(graph, "scenario", r->scenario);
    if (!code)
        code = igraph_cattribute_GAN_set(graph, "run", (double)one->graph->run);
    if (!code)
        code = igraph_cattribute_GAN_set(graph, "week", (double)one->graph->week);
    if (!code)
        code = igraph_cattribute_GAN_set(graph, "school", (double)one->graph->school);
    if (!code)
        code = add_labels(graph, r->node_attributes, r->node_attribute_count, true);
    return code ? code : add_labels(graph, r->tie_attributes, r->tie_attribute_count, false);
}

static enum status write_graph(void *self, FILE *out, struct faults *faults)
{
    struct one_graph *one = self;
    igraph_error_t code = describe(one);
    if (!code) /* keys of nodes and ties get prefixes: both may be called the same */
        code = igraph_write_graph_graphml(&one->graph->graph, out, true);
    return code ? graph_fault(faults, NULL, code) : STATUS_OK;
}

static bool is_asked(const struct exporting *e, const struct store_graph *g)
{
    return (!e->run || g->run == e->run) && (e->week < 0 || g->week == e->week) &&
           (!e->school || g->school == e->school);
}

static char *graph_path(const char *folder, const struct store_result *r, const struct store_graph *g)
{
    char *path = NULL;
    const int n = r->school_count > 1
                      ? asprintf(&path, "%s/run%lld-week%lld-school%lld.graphml", folder, (long long)g->run,
                                 (long long)g->week, (long long)g->school)
                      : asprintf(&path, "%s/run%lld-week%lld.graphml", folder, (long long)g->run, (long long)g->week);
    return n < 0 ? NULL : path;
}

/* One file each, all checked before the first is written. */
static enum status export_folder(const struct exporting *e, struct store_result *r, struct faults *faults)
{
    enum status status = folder_make(e->options->out, faults);
    for (int writing = 0; writing < 2; writing++)
        for (size_t i = 0; i < r->graph_count && status == STATUS_OK; i++) {
            if (!is_asked(e, &r->graphs[i]))
                continue;
            struct one_graph one = {r, &r->graphs[i]};
            char *path = graph_path(e->options->out, r, &r->graphs[i]);
            if (!path)
                status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory for a file name");
            else if (!writing)
                status = check_free(path, e->options->force, faults);
            else
                status = write_file(path, write_graph, &one, faults);
            if (writing && status == STATUS_OK && !e->options->quiet)
                printf("%s\n", path);
            free(path);
        }
    return status;
}

static bool names_a_file(const char *path)
{
    const size_t n = strlen(path);
    return n > 8 && strcmp(path + n - 8, ".graphml") == 0;
}

static enum status export_loaded(const struct exporting *e, struct store_result *r, struct faults *faults)
{
    size_t count = 0, last = 0;
    const char *out = e->options->out;
    for (size_t i = 0; i < r->graph_count; i++)
        if (is_asked(e, &r->graphs[i])) {
            last = i;
            count++;
        }
    if (r->graph_count == 0 && store_is_sweep(e->options->arguments[0]))
        return fault_add(faults, STATUS_USAGE, e->options->arguments[0], 0,
                         "is a sweep, which keeps no networks; `ebb replay OUT --run N` makes a run again with them");
    if (count == 0)
        return fault_add(faults, STATUS_USAGE, e->options->arguments[0], 0,
                         r->graph_count
                             ? "keeps %zu networks, but not this one; nodes.csv shows which runs, weeks and schools"
                             : "keeps %zu networks: output.snapshots and output.snapshot_runs say which are kept",
                         r->graph_count);
    if (out && !names_a_file(out))
        return export_folder(e, r, faults);
    if (count > 1)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "%zu networks need a folder, -o DIR; or choose one with --run, --week and --school", count);
    struct one_graph one = {r, &r->graphs[last]};
    if (!out)
        return write_graph(&one, stdout, faults);
    const enum status status = check_free(out, e->options->force, faults);
    return status == STATUS_OK ? write_file(out, write_graph, &one, faults) : status;
}

static enum status run(const struct options *options, struct faults *faults)
{
    struct exporting e = {.options = options, .week = -1};
    const size_t errors = faults->errors;
    enum status status = check_format(options, faults);
    if (status == STATUS_OK)
        status = check_what(&e, faults);
    if (status == STATUS_OK && (check_number(options, "run", 1, &e.run, faults) != STATUS_OK ||
                                check_number(options, "week", 0, &e.week, faults) != STATUS_OK ||
                                check_number(options, "school", 1, &e.school, faults) != STATUS_OK))
        status = STATUS_USAGE;
    if (status != STATUS_OK || faults->errors > errors)
        return status == STATUS_OK ? STATUS_USAGE : status;
    status = check_result(&e, faults);
    if (status != STATUS_OK)
        return status;
    if (!wants_graphs(options))
        return export_one(&e, write_table, faults);
    if (e.lineage && e.week >= 0)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--week chooses networks: a lineage is of the whole run");
    if (e.lineage)
        return export_one(&e, write_lineage, faults);
    struct store_result result;
    const struct store_wanted wanted = {.no_values = true, .graphs = true, .graph_run = e.run};
    status = store_read(options->arguments[0], &wanted, &result, faults);
    if (status != STATUS_OK)
        return status;
    status = export_loaded(&e, &result, faults);
    store_result_free(&result);
    return status;
}

static const struct option_row own[] = {
    {"format", 0, "csv|graphml", "tables (csv) or networks (graphml)"},
    {"what", 0, "TABLE", "which table: series (the default), runs, summary, nodes, ties, lineage, columns, points"},
    {"run", 0, "N", "networks of this run only"},
    {"week", 0, "N", "networks of this week only"},
    {"school", 0, "N", "networks of this school only"},
    {NULL, 0, NULL, NULL},
};

extern const struct command export_command;
const struct command export_command = {
    .name = "export",
    .usage = "OUT",
    .meaning = "tables and networks of a stored result, from its database",
    .help =
        "Tables are CSV with the same bytes as those beside the database; networks are GraphML that igraph, R and "
        "Gephi\n"
        "read, one file each, with every attribute; categories carry their words in NAME_label.\n\n"
        "  ebb export out/school --what summary > summary.csv\n"
        "  ebb export out/school --format graphml -o networks\n"
        "  ebb export out/school --format graphml --run 1 --week 80 -o year2.graphml\n"
        "  ebb export out/school --format graphml --what lineage -o lineage.graphml\n\n"
        "A lineage is a directed forest: a node for each step of somebody into a layer, an arc to it from the step\n"
        "of whoever brought it about.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .takes = TAKES_OUT | TAKES_FORCE | TAKES_QUIET,
    .own = own,
    .run = run,
};
