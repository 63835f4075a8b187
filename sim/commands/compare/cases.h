/* cases.h: what a comparison compares: several configurations, or one with its strategies switched on and off or begun
 * in another order. */
#ifndef EBB_COMMANDS_CASES_H
#define EBB_COMMANDS_CASES_H

#include "../../options.h"

#include <stddef.h>

/* Orders of more strategies are too many pairs to tell anything apart: five have 7,140. */
#define CASES_ORDERED_MAX 4

struct scenario_case {
    const char *path; /* the command line's */
    char *name;       /* owned; NULL: the configuration's own */
    char **sets;      /* owned, as --set has them, beside those of the command line */
    size_t set_count;
};
struct cases {
    struct scenario_case *list;
    size_t count;
};

/* From the arguments, --strategy and --orders. On any status but STATUS_OK nothing is left to free. */
enum status cases_find(const struct options *options, struct cases *cases, struct faults *faults) MUST_CHECK;
void cases_free(struct cases *cases);

/* Adds "section.key=value" to a case. Returns 0, or -1 when memory is short. */
int case_set(struct scenario_case *one, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
