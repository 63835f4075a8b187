/* Students: learning Y follows quality-weighted practice with a lag of 80 weeks; valued use counts in full, compliance at
 * 0.4. Scaled so that the whole pool, valued and used by all, gives 1. */
#include "../ladder.h"

#define STUDENTS_PARAMS(X, S)                                                                                   \
    X(S, REAL, lag, "80", 4, 2000, "weeks", "", "in which student learning follows practice", "model: step 17") \
    X(S, REAL, compliance, "0.4", 0, 1, "share", "", "worth of an idea used but not valued", "model: step 17")
struct students_params {
    STUDENTS_PARAMS(PARAM_FIELD, students_params)
};
static const struct param rows[] = {STUDENTS_PARAMS(PARAM_ROW, students_params)};
const struct param_group students_rules = PARAM_GROUP("students", "Student learning", rows, struct students_params);

#define EVERY 4 /* weeks: nothing here moves faster than the lag */

/* How many hold each idea, as binary numbers written across words: bit k of digit[d] is digit d of the count of idea k. To
 * add a set is to carry it upwards, for all ideas at once. */
#define DIGITS 11
_Static_assert(STAFF_MAX < 1 << DIGITS, "a count of all staff fits");

static inline void tally_add(uint64_t digit[DIGITS], uint32_t digits, uint64_t set)
{
    for (uint32_t d = 0; d < digits; d++) {
        const uint64_t carry = digit[d] & set;
        digit[d] ^= set;
        set = carry;
    }
}

/* Sum over ideas of count times quality. */
static float tally_worth(const uint64_t digit[DIGITS], uint32_t digits, const float quality[IDEAS])
{
    float sum = 0;
    for (uint32_t d = 0; d < digits; d++) {
        float of_digit = 0;
        for (uint64_t left = digit[d]; left; left &= left - 1)
            of_digit += quality[__builtin_ctzll(left)];
        sum += of_digit * (float)(1u << d);
    }
    return sum;
}

static void step(struct week *week, const void *params)
{
    const struct students_params *p = params;
    struct school *s = week->school;
    if (week->number % EVERY)
        return;
    const float *quality = week->world->quality;
    uint64_t valued[DIGITS] = {0}, complied[DIGITS] = {0};
    uint32_t digits = 1;
    while (s->staff >> digits)
        digits++;
    for (uint32_t i = 0; i < s->staff; i++) {
        const struct teacher *t = &s->teachers[i];
        tally_add(valued, digits, t->used & t->valued);
        tally_add(complied, digits, t->used & ~t->valued);
    }
    float whole = 0;
    for (int k = 0; k < IDEAS; k++)
        whole += quality[k];
    const float sum = tally_worth(valued, digits, quality) +
                      (float)p->compliance * tally_worth(complied, digits, quality);
    const float practice = whole > 0 ? sum / (whole * (float)s->staff) : 0.0f;
    s->student_learning += (practice - s->student_learning) * (float)EVERY / (float)p->lag;
}

const struct process students_process = {"students", "Student learning", "S9", &students_rules, step};
