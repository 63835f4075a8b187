/* Which options say something to which chart: what would be used by nothing is refused. */
#include "../../leaf/text.h"
#include "charts_job.h"

#include <string.h>

#define LIST 300

enum { OPTIONS = 8 };
static const char *const names[OPTIONS] = {"columns", "of", "target", "overlaid", "singles", "weeks", "run", "school"};

static bool is_given(const struct charts_wanted *w, size_t option)
{
    const bool given[OPTIONS] = {w->options.columns != NULL,
                                 w->options.of != NULL,
                                 w->options.target != NULL,
                                 w->options.overlaid != 0,
                                 w->options.singles >= 0,
                                 w->weeks != NULL,
                                 w->run != 0,
                                 w->school != 0};
    return given[option];
}

static bool takes(const struct chart *chart, size_t option)
{
    const size_t length = strlen(names[option]);
    for (const char *at = chart->takes; (at = strstr(at, names[option])); at += length)
        if ((at == chart->takes || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

bool charts_takes(const struct chart *chart, const struct charts_wanted *wanted)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (is_given(wanted, i) && !takes(chart, i))
            return false;
    return true;
}

static void append(char list[LIST], const char *prefix, const char *word)
{
    const size_t used = strlen(list);
    snprintf(list + used, LIST - used, "%s%s%s", used ? ", " : "", prefix, word);
}

/* The charts that take an option: those this folder can feed, or else all. */
static void list_charts(const struct job *job, size_t option, char list[LIST])
{
    for (int any = 0; any < 2 && !*list; any++)
        for (size_t i = 0; charts[i]; i++)
            if (takes(charts[i], option) && (any || charts_suits(job, charts[i])))
                append(list, "", charts[i]->name);
}

enum status charts_refuse_idle(const struct job *job, const struct chart *chart, struct faults *faults)
{
    enum status status = STATUS_OK;
    char own[LIST] = "";
    for (size_t i = 0; chart && i < OPTIONS; i++)
        if (takes(chart, i))
            append(own, "--", names[i]);
    for (size_t i = 0; i < OPTIONS; i++) {
        char others[LIST] = "";
        if (!is_given(job->wanted, i) || (chart && takes(chart, i)))
            continue;
        list_charts(job, i, others);
        status = chart ? fault_add(faults, STATUS_USAGE, NULL, 0,
                                   "--%s says nothing to the chart %s, which takes %s; it is for %s", names[i],
                                   chart->name, *own ? own : "none of these", others)
                       : fault_add(faults, STATUS_USAGE, NULL, 0,
                                   "no chart is named, and none of the usual ones takes all that is given: --%s is "
                                   "for %s",
                                   names[i], others);
    }
    return status;
}
