/* Push-back: change is answered by what it disturbs (Senge: limiting processes), late. v smooths the changes of practice per
 * teacher-week; R follows gain · v through two lags of 15 weeks. */
#include "../ladder.h"

#define PUSHBACK_PARAMS(X, S)                                                                                  \
    X(S, REAL, smoothing, "0.1", 0.001, 1, "1/week", "", "speed at which v follows changes", "assumed")        \
    X(S, REAL, gain, "0.4", 0, 50, "1", "", "push-back to one change of practice per teacher-week", "assumed") \
    X(S, REAL, lag, "15", 1, 500, "weeks", "", "each of the two lags", "model: step 11")
struct pushback_params {
    PUSHBACK_PARAMS(PARAM_FIELD, pushback_params)
};
static const struct param rows[] = {PUSHBACK_PARAMS(PARAM_ROW, pushback_params)};
const struct param_group pushback_rules = PARAM_GROUP("pushback", "Push-back", rows, struct pushback_params);

static void step(struct week *week, const void *params)
{
    const struct pushback_params *p = params;
    struct school *s = week->school;
    const float now = (float)week->practice_changes / (float)s->staff;
    s->change += (float)p->smoothing * (now - s->change);
    const float aim = curve_share((float)p->gain * s->change), speed = 1.0f / (float)p->lag;
    s->pushback_lag += speed * (aim - s->pushback_lag);
    s->pushback += speed * (s->pushback_lag - s->pushback);
}

const struct process pushback_process = {"pushback", "Push-back", "S6 S12", &pushback_rules, step};
