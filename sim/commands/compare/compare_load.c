#include "../../leaf/text.h"
#include "../../store/folder.h"
#include "comparing.h"

#include <stdlib.h>
#include <string.h>

/* A folder of its own inside OUT for each scenario, whatever its name. */
static char *folder_of(const struct comparing *c, const char *name, size_t index)
{
    char *folder = NULL;
    if (asprintf(&folder, "%.100s", name) < 0)
        return NULL;
    for (char *at = folder; *at; at++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-", *at) ||
            (at == folder && *at == '.'))
            *at = *at == ' ' ? '-' : '_';
    for (size_t i = 0; folder && i < index;) {
        if (strcmp(c->folders[i++], folder) != 0)
            continue;
        char *other = NULL;
        const int failed = asprintf(&other, "%s-%zu", folder, index + 1);
        free(folder);
        folder = failed < 0 ? NULL : other;
        i = 0; /* this one may be taken too */
    }
    return folder;
}

/* more: one more "section.key=value", or NULL. */
static enum status load(struct comparing *c, size_t i, const char *more, struct faults *faults)
{
    const struct scenario_case *one = &c->cases.list[i];
    const size_t common = c->options->set_count;
    const char **sets = calloc(common + one->set_count + 2, sizeof *sets);
    size_t count = 0;
    if (!sets)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    for (size_t k = 0; k < common; k++)
        sets[count++] = c->options->sets[k];
    for (size_t k = 0; k < one->set_count; k++)
        sets[count++] = one->sets[k];
    if (more)
        sets[count++] = more;
    scenario_free(&c->scenarios[i]);
    c->scenarios[i] = (struct scenario){.options = c->options};
    const enum status status = config_load(one->path, sets, count, &c->scenarios[i].config, faults);
    free(sets);
    return status;
}

/* How many of the scenarios before this one bear the name. */
static size_t named_before(const struct comparing *c, size_t i, const char *name)
{
    size_t same = 0;
    for (size_t k = 0; k < i; k++)
        same += strcmp(c->scenarios[k].config.name, name) == 0;
    return same;
}

/* The same name twice would make two scenarios one in every table. */
static enum status tell_apart(struct comparing *c, size_t i, struct faults *faults)
{
    const char *name = c->scenarios[i].config.name;
    size_t number = named_before(c, i, name) + 1;
    if (number == 1)
        return STATUS_OK;
    char *more = NULL;
    do { /* the numbered name may be there already */
        free(more);
        if (asprintf(&more, "run.scenario=%.*s (%zu)", text_fit(name, 400), name, number++) < 0)
            return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    } while (named_before(c, i, strchr(more, '=') + 1) > 0);
    struct scenario_case *one = &c->cases.list[i];
    if (one->set_count > 0) /* a strategy's scenario has its name there already */
        free(one->sets[0]), memmove(one->sets, one->sets + 1, --one->set_count * sizeof *one->sets);
    enum status status = case_set(one, "%s", more) ? fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory")
                                                   : load(c, i, NULL, faults);
    free(more);
    return status;
}

/* Nothing is silently left out. */
static void check_varied(const struct scenario *s, struct faults *faults)
{
    const size_t varied = param_set_count(s->config.set, &vary_group);
    if (varied > 0)
        fault_warn(faults, s->config.path, 0,
                   "%zu section%s [vary …] left to `ebb sweep`: this compares the scenario as it stands", varied,
                   varied == 1 ? " is" : "s are");
}

enum status comparing_load(struct comparing *c, const char *more, struct faults *faults)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < c->cases.count; i++) {
        const enum status one = load(c, i, more, faults);
        status = status == STATUS_OK ? one : status;
    }
    for (size_t i = 0; i < c->cases.count && status == STATUS_OK; i++) {
        struct scenario *s = &c->scenarios[i];
        if (!more && (i == 0 || strcmp(s->config.path, c->scenarios[i - 1].config.path) != 0))
            check_varied(s, faults);
        if (!more)
            status = tell_apart(c, i, faults);
        if (status == STATUS_OK)
            status = scenario_plan(s, options_own(c->options, "verify") != NULL, faults);
        c->names[i] = s->config.name;
        if (status == STATUS_OK && !c->folders[i] && !(c->folders[i] = folder_of(c, s->config.name, i)))
            status = fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
        s->out_dir = status == STATUS_OK ? folder_path(c->out_dir, c->folders[i], "") : NULL;
        if (status == STATUS_OK && !s->out_dir)
            status = fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory");
    }
    return status;
}

/* What must be alike, for runs to be paired week by week. */
static void check_number(const struct comparing *c, size_t i, const char *key, long long first, long long here,
                         const char *hint, struct faults *faults)
{
    if (first != here)
        fault_add(faults, STATUS_BAD_INPUT, c->scenarios[i].config.path, 0,
                  "%s is %lld, but %lld in the scenario '%.100s'; scenarios can only be compared when it is the same%s",
                  key, here, first, c->names[0], hint);
}

enum status comparing_check_alike(const struct comparing *c, struct faults *faults)
{
    const struct scenario *a = &c->scenarios[0];
    const size_t errors = faults->errors;
    for (size_t i = 1; i < c->cases.count; i++) {
        const struct scenario *b = &c->scenarios[i];
        if (a->plan.model != b->plan.model)
            fault_add(
                faults, STATUS_BAD_INPUT, b->config.path, 0,
                "run.model is %s, but %s in the scenario '%.100s'; scenarios can only be compared within one model",
                b->plan.model->name, a->plan.model->name, c->names[0]);
        check_number(c, i, "run.weeks", a->plan.weeks, b->plan.weeks, ": --set run.weeks=…", faults);
        check_number(c, i, "output.every", a->plan.every, b->plan.every, ": --set output.every=…", faults);
        check_number(c, i, "calendar.weeks_per_year", a->config.calendar->weeks_per_year,
                     b->config.calendar->weeks_per_year, "", faults);
        check_number(c, i, "run.replicates", a->plan.replicates, b->plan.replicates, ": -r …", faults);
        if (a->plan.seed != b->plan.seed)
            fault_add(faults, STATUS_BAD_INPUT, b->config.path, 0,
                      "run.seed is %llu, but %llu in the scenario '%.100s'; with one seed they share their luck: -s …",
                      (unsigned long long)b->plan.seed, (unsigned long long)a->plan.seed, c->names[0]);
    }
    return faults->errors > errors ? STATUS_BAD_INPUT : STATUS_OK;
}
