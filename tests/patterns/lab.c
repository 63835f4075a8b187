#include "lab.h"

#include "../../sim/config/config.h"
#include "../../sim/engine/engine.h"
#include "draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SETTINGS_MAX 512

static void die(const struct faults *faults)
{
    faults_print(faults, stderr);
    exit(2);
}

struct setting {
    const char *section, *key, *value;
};

/* Cuts "section.key=value; …" into settings; a later one replaces an earlier one of the same key. */
static size_t split(char *text, struct setting *list, size_t count)
{
    for (char *next, *word = strtok_r(text, ";", &next); word; word = strtok_r(NULL, ";", &next)) {
        word += strspn(word, " \n");
        char *equals = strchr(word, '='), *dot;
        if (!equals)
            continue;
        *equals = 0;
        dot = strrchr(word, '.');
        if (!dot || count == SETTINGS_MAX) {
            fprintf(stderr, "not a setting: %s\n", word);
            exit(2);
        }
        *dot = 0;
        size_t at = 0;
        while (at < count && (strcmp(list[at].section, word) || strcmp(list[at].key, dot + 1)))
            at++;
        list[at] = (struct setting){word, dot + 1, equals + 1};
        count += at == count;
    }
    return count;
}

/* The settings as an INI file of its own, each section once. */
static void write_ini(FILE *out, const struct setting *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t first = 0;
        while (strcmp(list[first].section, list[i].section))
            first++;
        if (first < i)
            continue;
        fprintf(out, "[%s]\n", list[i].section);
        for (size_t j = i; j < count; j++)
            if (strcmp(list[j].section, list[i].section) == 0)
                fprintf(out, "%s = %s\n", list[j].key, list[j].value);
    }
}

/* Takes lab.draw=N out of the list and puts the uncertain settings of that draw where nothing else is said: an experiment's
 * own settings, and its sabotage, stay what they are. texts: room for them. */
static size_t put_draw(struct setting *list, size_t count, uint64_t seed, char (*texts)[32])
{
    size_t at = 0;
    while (at < count && strcmp(list[at].section, "lab"))
        at++;
    if (at == count)
        return count;
    const int number = (int)strtol(list[at].value, NULL, 10);
    list[at] = list[--count];
    struct drawn drawn[SETTINGS_MAX];
    const size_t drawn_count = draw_settings(model_find("ladder"), seed, number, drawn, SETTINGS_MAX);
    for (size_t d = 0; d < drawn_count; d++) {
        size_t same = 0;
        while (same < count && (strcmp(list[same].section, drawn[d].section) || strcmp(list[same].key, drawn[d].key)))
            same++;
        if (same < count)
            continue;
        if (count == SETTINGS_MAX)
            abort();
        snprintf(texts[d], sizeof texts[d], "%.17g", drawn[d].value);
        list[count++] = (struct setting){drawn[d].section, drawn[d].key, texts[d]};
    }
    return count;
}

static void load(const char *settings, const char *more, uint64_t seed, struct config *config, struct faults *faults)
{
    struct setting list[SETTINGS_MAX];
    char path[] = "/tmp/ebb-lab-XXXXXX", texts[SETTINGS_MAX][32];
    char *own = strdup(settings ? settings : ""), *also = strdup(more ? more : "");
    size_t count = split(own, list, 0);
    count = split(also, list, count);
    count = put_draw(list, count, seed, texts);
    const int fd = mkstemp(path);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    if (!out) {
        perror(path);
        exit(2);
    }
    write_ini(out, list, count);
    fclose(out);
    if (config_load(path, NULL, 0, config, faults))
        die(faults);
    unlink(path);
    free(own);
    free(also);
}

static size_t tie_attribute(const struct model *model, const char *name)
{
    for (size_t a = 0; a < model->tie_attribute_count; a++)
        if (strcmp(model->tie_attributes[a].name, name) == 0)
            return a;
    abort();
}

static size_t node_attribute(const struct model *model, const char *name)
{
    for (size_t a = 0; a < model->node_attribute_count; a++)
        if (strcmp(model->node_attributes[a].name, name) == 0)
            return a;
    abort();
}

static bool names(const struct lab *lab, const struct engine_snapshot *snapshot, size_t tie)
{
    const size_t advice = tie_attribute(lab->model, GRAPH_ADVICE);
    return snapshot->tie_values[tie * lab->model->tie_attribute_count + advice] > 0;
}

/* Names in both over names in either; posts, not persons, as a survey of a school would compare them. */
static double jaccard(const struct lab *lab, const struct engine_snapshot *a, const struct engine_snapshot *b)
{
    size_t both = 0, either = 0;
    for (size_t i = 0; i < a->ties; i++) {
        either += names(lab, a, i);
        for (size_t j = 0; j < b->ties && names(lab, a, i); j++)
            both += names(lab, b, j) && a->ends[2 * i] == b->ends[2 * j] && a->ends[2 * i + 1] == b->ends[2 * j + 1];
    }
    for (size_t j = 0; j < b->ties; j++)
        either += names(lab, b, j);
    return either > both ? (double)both / (double)(either - both) : 1;
}

/* Names and units copied out of a run: igraph, which measures them, must wait until no thread is stepping. */
struct heard {
    size_t nodes, arcs;
    double *unit;
    igraph_integer_t *ends;
};

static void survey(struct lab *lab, const struct engine_run *run)
{
    const size_t unit_at = node_attribute(lab->model, "unit"), attributes = lab->model->node_attribute_count;
    for (size_t n = 0; n < run->snapshot_count; n++) {
        const struct engine_snapshot *snapshot = &run->snapshots[n];
        struct heard *heard = &lab->heard[(size_t)run->replicate * lab->snapshots + n];
        heard->nodes = snapshot->nodes;
        heard->unit = malloc(snapshot->nodes * sizeof heard->unit[0]);
        heard->ends = malloc((2 * snapshot->ties + 1) * sizeof heard->ends[0]);
        for (size_t i = 0; i < snapshot->nodes; i++)
            heard->unit[i] = snapshot->node_values[i * attributes + unit_at];
        for (size_t e = 0; e < snapshot->ties; e++)
            if (names(lab, snapshot, e)) {
                heard->ends[2 * heard->arcs] = snapshot->ends[2 * e];
                heard->ends[2 * heard->arcs++ + 1] = snapshot->ends[2 * e + 1];
            }
        lab->jaccard[heard - lab->heard] = n ? jaccard(lab, &run->snapshots[n - 1], snapshot) : (double)NAN;
    }
}

static void measure(struct lab *lab, struct faults *faults)
{
    for (size_t n = 0; n < lab->runs * lab->snapshots; n++) {
        struct heard *heard = &lab->heard[n];
        igraph_t graph;
        igraph_vector_int_t arcs;
        igraph_vector_int_view(&arcs, heard->ends, (igraph_integer_t)(2 * heard->arcs));
        if (igraph_create(&graph, &arcs, (igraph_integer_t)heard->nodes, IGRAPH_DIRECTED) ||
            graph_measure(&graph, heard->unit, &lab->advice[n], faults))
            die(faults);
        igraph_destroy(&graph);
        free(heard->unit);
        free(heard->ends);
    }
}

static enum status keep(void *self, const struct engine_run *run, struct faults *faults)
{
    struct lab *lab = self;
    if (run->outcome != ENGINE_DONE)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "run %lld: %s", (long long)run->replicate, run->message);
    for (size_t w = 0; w < lab->weeks; w++) /* of several sets of schools, the first */
        memcpy(lab->values + ((size_t)run->replicate * lab->weeks + w) * lab->columns,
               run->rows + w * run->schools * lab->columns, lab->columns * sizeof lab->values[0]);
    survey(lab, run);
    return STATUS_OK;
}

/* What a run of lab_vary() needs to know of the others. */
struct varied {
    const struct param_set *set;
    const struct lab_vary *varies;
    size_t count;
};

/* A school's own settings. Texts as for --set, so that the registry's bounds are kept. */
static struct param_set *vary(void *self, struct engine_run *run)
{
    const struct lab *lab = self;
    const struct varied *varied = lab->varied;
    struct param_set *set = param_set_copy(varied->set);
    run->number = run->replicate = run->turn;
    for (size_t v = 0; set && v < varied->count; v++) {
        struct faults faults = {0};
        char section[64], text[32];
        const char *dot = strrchr(varied->varies[v].key, '.');
        snprintf(section, sizeof section, "%.*s", (int)(dot - varied->varies[v].key), varied->varies[v].key);
        snprintf(text, sizeof text, "%.17g", lab->drawn[(size_t)run->turn * varied->count + v]);
        const struct param_group *group = param_group_find(param_set_groups(set), section);
        const struct param *row = group ? param_find(group, dot + 1) : NULL;
        if (!row ||
            param_set_parse(set, group, 0, row, text, (struct param_origin){.from = ORIGIN_SET}, NULL, &faults, NULL))
            die(&faults);
    }
    return set;
}

static void draw_schools(struct lab *lab, uint64_t seed, const struct lab_vary *varies, size_t count)
{
    lab->drawn = malloc((lab->runs * count + 1) * sizeof lab->drawn[0]);
    for (size_t r = 0; r < lab->runs; r++)
        for (size_t v = 0; v < count; v++) {
            const double place = draw_place(seed, varies[v].key, r, lab->runs);
            lab->drawn[r * count + v] = varies[v].lo + (varies[v].hi - varies[v].lo) * place;
        }
}

static struct lab *run_all(size_t runs, uint64_t seed, int64_t weeks, int64_t every, const char *settings,
                           const char *more, const int64_t *surveys, size_t survey_count, const struct lab_vary *varies,
                           size_t vary_count, const struct model_level *level)
{
    struct faults faults = {0};
    struct config config;
    load(settings, more, seed, &config, &faults);
    struct lab *lab = calloc(1, sizeof *lab);
    *lab = (struct lab){.runs = runs, .model = config.model, .columns = config.model->column_count, .every = every};
    struct engine_plan plan = {.model = config.model,
                               .set = config.set,
                               .input = &config.input,
                               .seed = seed,
                               .replicates = (int64_t)runs,
                               .weeks = weeks,
                               .every = every,
                               .whole = !level,
                               .level = level,
                               .snapshots = surveys,
                               .snapshot_count = survey_count,
                               .snapshot_runs = survey_count ? (int64_t)runs : 0,
                               .self = lab,
                               .take = keep};
    lab->weeks = engine_weeks(&plan, NULL);
    lab->values = malloc(runs * lab->weeks * lab->columns * sizeof lab->values[0]);
    lab->snapshots = survey_count;
    lab->heard = calloc(runs * survey_count + 1, sizeof lab->heard[0]);
    lab->advice = calloc(runs * survey_count + 1, sizeof lab->advice[0]);
    lab->jaccard = calloc(runs * survey_count + 1, sizeof lab->jaccard[0]);
    for (size_t n = 0; n < survey_count; n++)
        lab->snapshot_weeks[n] = surveys[n];
    struct varied varied = {config.set, varies, vary_count};
    if (vary_count) {
        draw_schools(lab, seed, varies, vary_count);
        lab->varied = &varied;
        plan.job = vary;
    }
    struct engine_tally tally;
    if (engine_run_all(&plan, &tally, &faults))
        die(&faults);
    lab->varied = NULL;
    measure(lab, &faults);
    config_free(&config);
    faults_free(&faults);
    return lab;
}

struct lab *lab_run(size_t runs, uint64_t seed, int64_t weeks, int64_t every, const char *settings, const char *more)
{
    return run_all(runs, seed, weeks, every, settings, more, NULL, 0, NULL, 0, NULL);
}

struct lab *lab_level(size_t runs, uint64_t seed, int64_t weeks, int64_t every, const struct model_level *level,
                      const char *settings, const char *more)
{
    return run_all(runs, seed, weeks, every, settings, more, NULL, 0, NULL, 0, level);
}

struct lab *lab_vary(size_t runs, uint64_t seed, int64_t weeks, int64_t every, const char *settings, const char *more,
                     const struct lab_vary *varies, size_t count)
{
    return run_all(runs, seed, weeks, every, settings, more, NULL, 0, varies, count, NULL);
}

struct lab *lab_survey(size_t runs, uint64_t seed, const int64_t *weeks, size_t count, const char *settings,
                       const char *more)
{
    return run_all(runs, seed, weeks[count - 1], weeks[count - 1], settings, more, weeks, count, NULL, 0, NULL);
}

void lab_free(struct lab *lab)
{
    if (!lab)
        return;
    free(lab->values);
    free(lab->heard);
    free(lab->drawn);
    free(lab->advice);
    free(lab->jaccard);
    free(lab);
}

static size_t column_of(const struct lab *lab, const char *name)
{
    for (size_t c = 0; c < lab->columns; c++)
        if (strcmp(lab->model->columns[c].name, name) == 0)
            return c;
    fprintf(stderr, "no column '%s'\n", name);
    exit(2);
}

double lab_at(const struct lab *lab, size_t run, int64_t week, const char *column)
{
    const size_t row = (size_t)(week / lab->every);
    return lab->values[(run * lab->weeks + row) * lab->columns + column_of(lab, column)];
}

double lab_mean(const struct lab *lab, size_t run, int64_t from, int64_t to, const char *column)
{
    double sum = 0;
    int64_t n = 0;
    const size_t c = column_of(lab, column);
    for (int64_t week = from; week <= to; week += lab->every) {
        const double value = lab->values[(run * lab->weeks + (size_t)(week / lab->every)) * lab->columns + c];
        sum += isnan(value) ? 0 : value;
        n += !isnan(value);
    }
    return n ? sum / (double)n : (double)NAN;
}

size_t lab_series(const struct lab *lab, size_t run, int64_t from, int64_t to, const char *column, double *out)
{
    size_t n = 0;
    const size_t c = column_of(lab, column);
    for (int64_t week = from; week <= to; week += lab->every)
        out[n++] = lab->values[(run * lab->weeks + (size_t)(week / lab->every)) * lab->columns + c];
    return n;
}
