#include "cases.h"

#include "../../config/config.h"
#include "../../leaf/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define SECTION "strategy"
#define NAMES_TOLD 8

/* The strategies of the configuration that all cases share. */
struct strategies {
    const struct config *config;
    const struct param_group *group;
    size_t count;
    bool *chosen;  /* room for one list */
    size_t *order; /* the same in the order named */
    size_t named;  /* how many of order are used */
};

static enum status out_of_memory(struct faults *faults)
{
    return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the scenarios");
}

int case_set(struct scenario_case *one, const char *format, ...)
{
    char **list = realloc(one->sets, (one->set_count + 1) * sizeof *list), *set;
    if (!list)
        return -1;
    one->sets = list;
    va_list arguments;
    va_start(arguments, format);
    const int length = vasprintf(&set, format, arguments);
    va_end(arguments);
    if (length < 0)
        return -1;
    one->sets[one->set_count++] = set;
    return 0;
}

void cases_free(struct cases *cases)
{
    for (size_t i = 0; i < cases->count; i++) {
        for (size_t k = 0; k < cases->list[i].set_count; k++)
            free(cases->list[i].sets[k]);
        free(cases->list[i].sets);
        free(cases->list[i].name);
    }
    free(cases->list);
    *cases = (struct cases){0};
}

/* name is taken over. NULL: no memory. */
static struct scenario_case *add(struct cases *cases, const char *path, char *name)
{
    struct scenario_case *list = realloc(cases->list, (cases->count + 1) * sizeof *list);
    if (!list) {
        free(name);
        return NULL;
    }
    cases->list = list;
    list[cases->count] = (struct scenario_case){.path = path, .name = name};
    return &list[cases->count++];
}

static const char *name_of(const struct strategies *s, size_t i)
{
    return param_set_get(s->config->set, s->group, i); /* named groups begin with their name */
}

/* --- Lists of strategies: "none", "all", "shared planning+coaching" --- */

static enum status unknown(const struct strategies *s, const char *word, struct faults *faults)
{
    char quoted[TEXT_QUOTED], known[400] = "";
    struct text_near near = {.word = word};
    for (size_t i = 0; i < s->count; i++) {
        const size_t used = strlen(known);
        text_near_try(&near, name_of(s, i));
        if (i < NAMES_TOLD && used < sizeof known)
            snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", name_of(s, i));
    }
    text_quote(word, quoted);
    if (near.best)
        return fault_add(faults, STATUS_USAGE, s->config->path, 0, "there is no [" SECTION " %s]; did you mean '%s'?",
                         word, near.best);
    return fault_add(faults, STATUS_USAGE, s->config->path, 0, "there is no strategy %s; there are: %s", quoted, known);
}

static bool find(const struct strategies *s, const char *word, size_t *index)
{
    for (*index = 0; *index < s->count; ++*index)
        if (strcmp(name_of(s, *index), word) == 0)
            return true;
    return false;
}

static enum status choose(struct strategies *s, const char *word, struct faults *faults)
{
    size_t i;
    if (!find(s, word, &i))
        return unknown(s, word, faults);
    if (s->chosen[i])
        return fault_add(faults, STATUS_USAGE, NULL, 0, "strategy '%s' is named twice in one list", word);
    s->chosen[i] = true;
    s->order[s->named++] = i;
    return STATUS_OK;
}

static enum status read_list(struct strategies *s, const char *text, struct faults *faults)
{
    char *copy = strdup(text);
    if (!copy)
        return out_of_memory(faults);
    enum status status = STATUS_OK;
    size_t whole;
    char *trimmed = text_trim(copy);
    memset(s->chosen, 0, s->count * sizeof *s->chosen);
    s->named = 0;
    if (find(s, trimmed, &whole)) { /* a name may hold a plus */
        status = choose(s, trimmed, faults);
    } else if (strcmp(trimmed, "all") == 0) {
        for (size_t i = 0; i < s->count; i++) {
            s->chosen[i] = true;
            s->order[s->named++] = i;
        }
    } else if (strcmp(trimmed, "none") != 0) {
        char *rest = trimmed;
        for (char *word; (word = strsep(&rest, "+"));) {
            const enum status one = choose(s, text_trim(word), faults);
            status = status == STATUS_OK ? one : status;
        }
    }
    free(copy);
    return status;
}

/* "a+b", "none"; with starts "a then b+c", where b and c begin in one week. */
static char *list_name(const struct strategies *s, const int64_t *starts)
{
    static const char then[] = " then ";
    size_t size = sizeof "none";
    for (size_t i = 0; i < s->named; i++)
        size += strlen(name_of(s, s->order[i])) + sizeof then;
    char *name = calloc(size, 1);
    for (size_t i = 0; name && i < s->named; i++) {
        if (i > 0)
            strcat(name, starts && starts[i] != starts[i - 1] ? then : "+");
        strcat(name, name_of(s, s->order[i]));
    }
    if (name && s->named == 0)
        strcpy(name, "none");
    return name;
}

/* A case in which the chosen strategies are on and all others off. starts: of an order, or NULL. */
static struct scenario_case *add_chosen(struct cases *cases, const struct strategies *s, const int64_t *starts)
{
    char *name = list_name(s, starts);
    struct scenario_case *one = name ? add(cases, s->config->path, name) : NULL;
    int failed = !one || case_set(one, "run.scenario=%s", name);
    for (size_t i = 0; i < s->count && !failed; i++)
        failed = case_set(one, SECTION " %s.active=%s", name_of(s, i), s->chosen[i] ? "yes" : "no");
    return failed ? NULL : one;
}

/* --- Orders of entry --- */

static int64_t weeks_of(const struct strategies *s, size_t i, const char *key)
{
    const struct param *row = param_find(s->group, key);
    int64_t weeks = 0;
    if (row)
        memcpy(&weeks, (const char *)param_set_get(s->config->set, s->group, i) + row->offset, sizeof weeks);
    return weeks;
}

/* Whether it begins after another by its own setting. */
static bool waits(const struct strategies *s, size_t i)
{
    const struct param *row = param_find(s->group, "after");
    return row && *((const char *)param_set_get(s->config->set, s->group, i) + row->offset);
}

static int by_weeks(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* The k-th strategy of the order begins when the k-th of them all began, and lasts as long as it did. */
static int add_order(struct cases *cases, const struct strategies *s, const int64_t *starts)
{
    struct scenario_case *one = add_chosen(cases, s, starts);
    int failed = !one;
    for (size_t k = 0; k < s->named && !failed; k++) {
        const size_t i = s->order[k];
        const int64_t start = weeks_of(s, i, "start"), end = weeks_of(s, i, "end");
        failed = case_set(one, SECTION " %s.start=%lldw", name_of(s, i), (long long)starts[k]);
        if (!failed && end >= 0)
            failed = case_set(one, SECTION " %s.end=%lldw", name_of(s, i), (long long)end - start + starts[k]);
    }
    return failed ? -1 : 0;
}

/* All orders of order[from …]. Those that only swap two starts in one week are one and the same. */
static int add_orders(struct cases *cases, struct strategies *s, const int64_t *starts, size_t from)
{
    int failed = 0;
    if (from >= s->named || from >= CASES_ORDERED_MAX) /* the second bound is for the compiler: named is no larger */
        return add_order(cases, s, starts);
    for (size_t k = from; k < s->named && !failed; k++) {
        const size_t kept = s->order[from];
        s->order[from] = s->order[k];
        s->order[k] = kept;
        const bool again = from > 0 && starts[from] == starts[from - 1] && s->order[from] < s->order[from - 1];
        failed = again ? 0 : add_orders(cases, s, starts, from + 1);
        s->order[k] = s->order[from];
        s->order[from] = kept;
    }
    return failed;
}

static enum status read_orders(struct cases *cases, struct strategies *s, const char *text, struct faults *faults)
{
    int64_t starts[CASES_ORDERED_MAX];
    const enum status status = read_list(s, text, faults);
    if (status != STATUS_OK)
        return status;
    if (s->named < 2 || s->named > CASES_ORDERED_MAX)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "--orders names %zu strateg%s; allowed: 2 to %d, since the orders of n are n! scenarios",
                         s->named, s->named == 1 ? "y" : "ies", CASES_ORDERED_MAX);
    if (!param_find(s->group, "start") || !param_find(s->group, "end"))
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--orders: strategies of the model %s have no start and end",
                         s->config->model->name);
    for (size_t k = 0; k < s->named; k++)
        if (waits(s, s->order[k]))
            return fault_add(faults, STATUS_USAGE, s->config->path, 0,
                             "--orders: [" SECTION " %s] has an `after` of its own, which fixes its place",
                             name_of(s, s->order[k]));
    for (size_t k = 0; k < s->named; k++)
        starts[k] = weeks_of(s, s->order[k], "start");
    qsort(starts, s->named, sizeof *starts, by_weeks);
    if (starts[0] == starts[s->named - 1])
        return fault_add(faults, STATUS_USAGE, s->config->path, 0,
                         "--orders: these strategies all begin in week %lld, so they have no order",
                         (long long)starts[0]);
    return add_orders(cases, s, starts, 0) ? out_of_memory(faults) : STATUS_OK;
}

/* --- All together --- */

static enum status one_configuration(const struct options *options, struct strategies *s, struct cases *cases,
                                     struct faults *faults)
{
    enum status status = STATUS_OK;
    const char *text;
    for (size_t i = 0; (text = options_own_at(options, "strategy", i)); i++) {
        const enum status one = read_list(s, text, faults);
        if (one == STATUS_OK && !add_chosen(cases, s, NULL))
            return out_of_memory(faults);
        status = status == STATUS_OK ? one : status;
    }
    for (size_t i = 0; (text = options_own_at(options, "orders", i)); i++) {
        const enum status one = read_orders(cases, s, text, faults);
        status = status == STATUS_OK ? one : status;
    }
    if (status == STATUS_OK && cases->count < 2)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "a comparison needs two scenarios: name another configuration, or a second --strategy such as "
                         "none");
    return status;
}

static enum status switched(const struct options *options, struct cases *cases, struct faults *faults)
{
    struct config config;
    enum status status = config_load(options->arguments[0], options->sets, options->set_count, &config, faults);
    if (status != STATUS_OK)
        return status;
    struct strategies s = {.config = &config, .group = param_group_find(config.groups, SECTION)};
    s.count = s.group && s.group->named ? param_set_count(config.set, s.group) : 0;
    s.chosen = calloc(s.count + 1, sizeof *s.chosen);
    s.order = calloc(s.count + 1, sizeof *s.order);
    if (!s.chosen || !s.order)
        status = out_of_memory(faults);
    else if (!s.group || !param_find(s.group, "active"))
        status = fault_add(faults, STATUS_USAGE, options->arguments[0], 0,
                           "the model %s has no strategies to switch; compare two configurations", config.model->name);
    else if (s.count == 0)
        status = fault_add(faults, STATUS_USAGE, options->arguments[0], 0,
                           "holds no [" SECTION " NAME] section to switch on and off");
    else
        status = one_configuration(options, &s, cases, faults);
    for (size_t i = 0; i < cases->count; i++)
        cases->list[i].path = options->arguments[0]; /* config's own goes with it */
    free(s.chosen);
    free(s.order);
    config_free(&config);
    return status;
}

enum status cases_find(const struct options *options, struct cases *cases, struct faults *faults)
{
    const bool switches = options_own_at(options, "strategy", 0) || options_own_at(options, "orders", 0);
    enum status status = STATUS_OK;
    *cases = (struct cases){0};
    if (switches && options->argument_count > 1)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "--strategy and --orders switch the sections of one configuration; here are %d",
                         options->argument_count);
    if (switches)
        status = switched(options, cases, faults);
    else if (options->argument_count < 2)
        status = fault_add(faults, STATUS_USAGE, NULL, 0,
                           "a comparison needs two scenarios: name another configuration, or two --strategy, as in "
                           "--strategy none --strategy all");
    for (int i = 0; i < options->argument_count && !switches && status == STATUS_OK; i++)
        if (!add(cases, options->arguments[i], NULL))
            status = out_of_memory(faults);
    if (status != STATUS_OK)
        cases_free(cases);
    return status;
}
