/* docs.c: a second program, for the build only: writes what the registry, the commands and the models declare about
 * themselves as manual page, shell completion and the marked regions of documents.
 *
 *     docs man | docs bash | docs zsh     to stdout
 *     docs fill FILE                      FILE to stdout, with what stands between
 *                                         <!-- generated: WHAT --> and <!-- end --> made anew
 *
 * WHAT: commands | charts | models | params engine | params MODEL | columns MODEL | attributes MODEL |
 *       steps MODEL */
#include "../models/models.h"
#include "../plots/chart.h"
#include "command.h"
#include "commands/registry.h"

#include <stdlib.h>
#include <string.h>

/* A cell of a Markdown table: a bar would end it, an asterisk or underscore would be type. */
static void cell(const char *text)
{
    printf("| ");
    for (; *text; text++) {
        if (strchr("|*_<", *text))
            putchar('\\');
        putchar(*text);
    }
    putchar(' ');
}

static void code_cell(const char *text)
{
    if (*text)
        printf("| `%s` ", text);
    else
        printf("| ");
}

/* The settings of one model, or with NULL the engine's; the caller frees them. */
static struct registry_entry *settings(const struct model *model, size_t *count)
{
    struct registry_entry *list = registry_list(model ? model : models[0], count);
    if (!list)
        abort();
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (list[i].model == model)
            list[kept++] = list[i];
    *count = kept;
    return list;
}

static void params_tables(const struct model *model)
{
    size_t count;
    struct registry_entry *list = settings(model, &count);
    for (size_t i = 0; i < count; i++) {
        registry_markdown(&list[i], stdout);
        printf("\n");
    }
    free(list);
}

static void columns_table(const struct model *model)
{
    static const char *const kinds[] = {"capacity", "component", "layer", "state", "network", "cost"};
    printf("| column | kind | part of | unit | range | meaning |\n|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < model->column_count; i++) {
        const struct column *column = &model->columns[i];
        code_cell(column->name);
        cell(kinds[column->kind]);
        cell(column->of);
        cell(column->unit);
        printf("| %g to %g ", column->lo, column->hi);
        cell(column->meaning);
        printf("|\n");
    }
    printf("\n");
}

static void attribute_rows(const char *of, const struct attribute *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cell(of);
        code_cell(list[i].name);
        cell(list[i].unit);
        cell(list[i].meaning);
        cell(list[i].labels);
        printf("|\n");
    }
}

static void attributes_table(const struct model *model)
{
    printf("| of | attribute | unit | meaning | values |\n|---|---|---|---|---|\n");
    attribute_rows("node", model->node_attributes, model->node_attribute_count);
    attribute_rows("tie", model->tie_attributes, model->tie_attribute_count);
    printf("\n");
}

static void steps_table(const struct model *model)
{
    struct model_step list[64];
    const size_t count = model->steps ? model->steps(list, 64) : 0;
    printf("| step | process | file | carries | settings |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < count && i < 64; i++) {
        printf("| %zu ", i + 1);
        cell(list[i].title);
        printf("| `%s.c` ", list[i].name);
        cell(list[i].theory);
        printf("| `[%s]` |\n", list[i].section);
    }
    printf("\n");
}

static void commands_table(void)
{
    printf("| command | does |\n|---|---|\n");
    for (size_t i = 0; commands[i]; i++) {
        printf("| `ebb %s%s%s` ", commands[i]->name, *commands[i]->usage ? " " : "", commands[i]->usage);
        cell(commands[i]->meaning);
        printf("|\n");
    }
    printf("\n");
}

static void charts_table(void)
{
    printf("| chart | shows |\n|---|---|\n");
    for (size_t i = 0; charts[i]; i++) {
        code_cell(charts[i]->name);
        cell(charts[i]->meaning);
        printf("|\n");
    }
    printf("\n");
}

static void models_table(void)
{
    printf("| model | meaning |\n|---|---|\n");
    for (size_t i = 0; models[i]; i++) {
        code_cell(models[i]->name);
        cell(models[i]->meaning);
        printf("|\n");
    }
    printf("\n");
}

/* Writes the region a marker asks for; -1 when nothing is called so. */
static int region(const char *what, const char *of)
{
    const struct model *model = model_find(of);
    if (strcmp(what, "commands") == 0)
        commands_table();
    else if (strcmp(what, "charts") == 0)
        charts_table();
    else if (strcmp(what, "models") == 0)
        models_table();
    else if (strcmp(what, "params") == 0 && strcmp(of, "engine") == 0)
        params_tables(NULL);
    else if (strcmp(what, "params") == 0 && model)
        params_tables(model);
    else if (strcmp(what, "columns") == 0 && model)
        columns_table(model);
    else if (strcmp(what, "attributes") == 0 && model)
        attributes_table(model);
    else if (strcmp(what, "steps") == 0 && model)
        steps_table(model);
    else
        return -1;
    return 0;
}

static int fill(const char *path)
{
    char *line = NULL;
    size_t size = 0;
    int skipping = 0, status = 0;
    FILE *in = fopen(path, "r");
    if (!in) {
        fprintf(stderr, "docs: %s: cannot be read\n", path);
        return 1;
    }
    while (getline(&line, &size, in) >= 0) {
        char what[64], of[64] = "";
        if (strncmp(line, "<!-- end -->", 12) == 0)
            skipping = 0;
        if (!skipping)
            fputs(line, stdout);
        if (sscanf(line, "<!-- generated: %63s %63[a-z] -->", what, of) < 1)
            continue;
        skipping = 1;
        printf("\n");
        if (region(what, of) != 0) {
            fprintf(stderr, "docs: %s: nothing is called \"%s %s\"\n", path, what, of);
            status = 1;
        }
    }
    if (skipping) {
        fprintf(stderr, "docs: %s: a generated region has no <!-- end -->\n", path);
        status = 1;
    }
    free(line);
    fclose(in);
    return status;
}

/* Text for troff: a leading dot or quote would be a request, a backslash an escape, a hyphen a typographic one. */
static void troff(const char *text)
{
    int start = 1;
    for (; *text; text++) {
        if (start && (*text == '.' || *text == '\''))
            printf("\\&");
        if (*text == '\\')
            printf("\\e");
        else if (*text == '-')
            printf("\\-");
        else
            putchar(*text);
        start = *text == '\n';
    }
}

static void man_params(const struct model *model)
{
    size_t count;
    struct registry_entry *list = settings(model, &count);
    for (size_t g = 0; g < count; g++) {
        const struct param_group *group = list[g].group;
        printf(".SS [%s%s]\n", group->section, group->named ? " NAME" : "");
        troff(group->title);
        printf("\n");
        for (size_t i = 0; i < group->count; i++) {
            const struct param *row = &group->rows[i];
            char allowed[TEXT_QUOTED];
            printf(".TP\n.B ");
            troff(row->key);
            printf(" = ");
            troff(row->fallback);
            printf("\n");
            troff(row->meaning);
            printf(" (");
            troff(registry_allowed(row, allowed));
            printf(")\n");
        }
    }
    free(list);
}

/* What --help lists for a command; the caller frees it. */
static char *options_text(const struct command *command)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        abort();
    options_help(command, stream);
    if (fclose(stream) != 0)
        abort();
    return text;
}

static void man(void)
{
    printf(".TH EBB 1 \"\" \"ebb " EBB_VERSION "\" \"User Commands\"\n.SH NAME\n"
           "ebb \\- simulates how capacity grows and regresses in schools\n"
           ".SH SYNOPSIS\n.B ebb\n.I COMMAND\n[\\fIARGUMENTS\\fR] [\\fIOPTIONS\\fR]\n.SH COMMANDS\n");
    for (size_t i = 0; commands[i]; i++) {
        printf(".SS ebb %s ", commands[i]->name);
        troff(commands[i]->usage);
        printf("\n");
        troff(commands[i]->meaning);
        printf("\n.PP\n.nf\n");
        char *options = options_text(commands[i]);
        troff(options);
        free(options);
        if (commands[i]->help) {
            printf("\n");
            troff(commands[i]->help);
        }
        printf("\n.fi\n");
    }
    printf(".SH CONFIGURATION\nAn INI file of sections and keys; each can be given on the command line as "
           "\\fB\\-\\-set section.key=value\\fR. `ebb params` lists them all, `ebb explain KEY` tells one.\n");
    man_params(NULL);
    for (size_t i = 0; models[i]; i++) {
        printf(".SH MODEL %s\n", models[i]->name);
        troff(models[i]->meaning);
        printf("\n");
        man_params(models[i]);
    }
    printf(".SH EXIT STATUS\n0 done; 1 a run failed; 2 usage; 3 bad configuration or data; 130 interrupted, with "
           "everything "
           "finished so far kept.\n");
}

/* Long options of a command: the first word of each line that has one, "  -o, --out PATH". */
static void long_options(const struct command *command)
{
    char *text = options_text(command);
    for (const char *line = text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        const char *option = line + strspn(line, " ");
        if (option[0] == '-' && option[1] != '-')
            option += 4;
        printf("%s%.*s", line == text ? "" : " ", (int)strcspn(option, " \n"), option);
    }
    free(text);
}

static void keys(void)
{
    size_t count;
    struct registry_entry *list = registry_list(NULL, &count);
    for (size_t g = 0; list && g < count; g++)
        for (size_t i = 0; i < list[g].group->count; i++)
            printf(" %s.%s", list[g].group->section, list[g].group->rows[i].key);
    free(list);
}

/* Shell words shared by both completions: the commands, keys and charts as variables, options by a case. */
static void shell_words(void)
{
    printf("_ebb_commands='");
    for (size_t i = 0; commands[i]; i++)
        printf("%s%s", i ? " " : "", commands[i]->name);
    printf("'\n_ebb_charts='");
    for (size_t i = 0; charts[i]; i++)
        printf("%s%s", i ? " " : "", charts[i]->name);
    printf("'\n_ebb_keys='");
    keys();
    printf("'\n_ebb_options()\n{\n    case $1 in\n");
    for (size_t i = 0; commands[i]; i++) {
        printf("    %s) echo '", commands[i]->name);
        long_options(commands[i]);
        printf("' ;;\n");
    }
    printf("    *) echo '--help --version' ;;\n    esac\n}\n");
}

static void bash(void)
{
    printf("# bash completion for ebb\n");
    shell_words();
    printf("_ebb()\n{\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then words=\"$_ebb_commands --help --version\"\n"
           "    elif [ \"$before\" = --set ] || [ \"${COMP_WORDS[1]}\" = explain ]; then words=$_ebb_keys\n"
           "    elif [[ $word == -* ]]; then words=$(_ebb_options \"${COMP_WORDS[1]}\")\n"
           "    elif [ \"${COMP_WORDS[1]}\" = plot ] && [ \"$COMP_CWORD\" -eq 3 ]; then words=$_ebb_charts\n"
           "    else COMPREPLY=($(compgen -f -- \"$word\")); return; fi\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n"
           "complete -o filenames -F _ebb ebb\n");
}

static void zsh(void)
{
    printf("#compdef ebb\n");
    shell_words();
    printf("_ebb()\n{\n"
           "    if (( CURRENT == 2 )); then compadd -- ${=_ebb_commands} --help --version\n"
           "    elif [[ ${words[CURRENT-1]} == --set || ${words[2]} == explain ]]; then compadd -- ${=_ebb_keys}\n"
           "    elif [[ ${words[CURRENT]} == -* ]]; then compadd -- $(_ebb_options ${words[2]})\n"
           "    elif [[ ${words[2]} == plot ]] && (( CURRENT == 4 )); then compadd -- ${=_ebb_charts}\n"
           "    else _files; fi\n}\n_ebb \"$@\"\n");
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    int status = 0;
    if (strcmp(what, "man") == 0)
        man();
    else if (strcmp(what, "bash") == 0)
        bash();
    else if (strcmp(what, "zsh") == 0)
        zsh();
    else if (strcmp(what, "fill") == 0 && argc == 3)
        status = fill(argv[2]);
    else
        status = 2;
    return fflush(stdout) == 0 ? status : 1;
}
