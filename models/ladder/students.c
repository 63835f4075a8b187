/* Students: learning Y follows quality-weighted practice with a lag of 80 weeks; valued use counts in full, compliance at
 * 0.4. Scaled so that the whole pool, valued and used by all, gives 1. */
#include "state.h"

#define STUDENTS_PARAMS(X, S)                                                                                   \
    X(S, REAL, lag, "80", 4, 2000, "weeks", "", "in which student learning follows practice", "model: step 17") \
    X(S, REAL, compliance, "0.4", 0, 1, "share", "", "worth of an idea used but not valued", "model: step 17")
struct students_params {
    STUDENTS_PARAMS(PARAM_FIELD, students_params)
};
static const struct param rows[] = {STUDENTS_PARAMS(PARAM_ROW, students_params)};
const struct param_group students_rules = PARAM_GROUP("students", "Student learning", rows, struct students_params);

#define EVERY 4 /* weeks: nothing here moves faster than the lag */

static void step(struct week *week, const void *params)
{
    const struct students_params *p = params;
    struct school *s = week->school;
    if (week->number % EVERY)
        return;
    /* Quality is summed over how many use each idea: one pass over set bits. */
    const float *quality = week->world->quality;
    float sum = 0, whole = 0;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        for (uint64_t own = t->used & t->valued; own; own &= own - 1)
            sum += quality[__builtin_ctzll(own)];
        float complied = 0;
        for (uint64_t rest = t->used & ~t->valued; rest; rest &= rest - 1)
            complied += quality[__builtin_ctzll(rest)];
        sum += (float)p->compliance * complied;
    }
    for (int k = 0; k < IDEAS; k++)
        whole += quality[k];
    const float practice = whole > 0 ? sum / (whole * (float)s->staff) : 0.0f;
    s->student_learning += (practice - s->student_learning) * (float)EVERY / (float)p->lag;
}

const struct process students_process = {"students", "Student learning", "S9", &students_rules, step};
