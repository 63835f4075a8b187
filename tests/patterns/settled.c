#include "settled.h"

#include "../../models/models.h"
#include "pattern.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define RUNS 32
#define STEPS 9
#define WIDEST 2.5 /* times the default, or one part in so many */

/* Mean repertoire of the school without any strategy in years 17 to 20. */
static double repertoire(uint64_t seed, const char *settings, const char *more)
{
    double sum = 0;
    char all[4096];
    snprintf(all, sizeof all, "%s; %s", settings, more);
    struct lab *lab = lab_run(RUNS, seed, 20 * YEAR, 4, NO_INNOVATION, all);
    for (size_t r = 0; r < RUNS; r++)
        sum += lab_mean(lab, r, 16 * YEAR, 20 * YEAR, "repertoire") / RUNS;
    lab_free(lab);
    return sum;
}

struct settled settled_usual(uint64_t seed, const char *settings)
{
    const struct param_group *lapse = param_group_find(model_find("ladder")->groups, "lapse");
    return (struct settled){.seed = seed,
                            .settings = settings,
                            .lapse = strtod(param_find(lapse, "rate")->fallback, NULL),
                            .repertoire = repertoire(seed, settings, "")};
}

static void write_settings(char *text, int draw, double lapse)
{
    snprintf(text, SETTLED_SIZE, "lab.draw=%d; lapse.rate=%.9g", draw, lapse);
}

int settled_draw(const struct settled *usual, int draw, char text[SETTLED_SIZE])
{
    double low = -log(WIDEST), high = log(WIDEST), found = 0, miss = INFINITY;
    for (int n = 0; n < STEPS; n++) {
        const double middle = 0.5 * (low + high);
        write_settings(text, draw, usual->lapse * exp(middle));
        const double above = repertoire(usual->seed, usual->settings, text) - usual->repertoire;
        if (fabs(above) < miss) {
            miss = fabs(above);
            found = middle;
        }
        *(above > 0 ? &low : &high) = middle; /* more is practised than should be: more must lapse */
    }
    write_settings(text, draw, usual->lapse * exp(found));
    return miss < SETTLED_WITHIN ? 0 : -1;
}
