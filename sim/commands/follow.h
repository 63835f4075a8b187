/* follow.h: the tables of one agent followed through a run, for `ebb replay --trace`. */
#ifndef EBB_COMMANDS_FOLLOW_H
#define EBB_COMMANDS_FOLLOW_H

#include "../leaf/model.h"
#include "../store/rows.h"

#define FOLLOW_TABLES_MAX 8

struct follow {
    const struct model *model;
    struct trace trace;     /* for the engine's plan */
    int64_t run, replicate; /* its number in the tables; its luck, from 0 */
    struct rows_text tables[FOLLOW_TABLES_MAX];
};

/* Zero but for run and replicate before. text: "teacher=17". school counts from 1. Asks the model for the agent, in a
 * world of its own, so that a wrong name is told before anything is computed. follow must not move afterwards. */
enum status follow_begin(struct follow *follow, const char *text, int64_t school, const struct engine_plan *plan,
                         struct faults *faults) MUST_CHECK;
/* Writes OUT/trace.csv and its kin. */
enum status follow_write(struct follow *follow, const char *out_dir, struct faults *faults) MUST_CHECK;
void follow_free(struct follow *follow);

/* "trace.csv"; the caller frees it. NULL: no memory. */
char *follow_file(const struct trace_table *table);

#endif
