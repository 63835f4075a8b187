#include "settled.h"

#include "pattern.h"

#include <math.h>
#include <stdio.h>

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

static void write_settings(char *text, int draw, double times)
{
    snprintf(text, SETTLED_SIZE, "lab.draw=%d; lapse.rate=%.9g", draw, SETTLED_LAPSE * times);
}

int settled_draw(uint64_t seed, const char *settings, int draw, char text[SETTLED_SIZE])
{
    const double aim = repertoire(seed, settings, "");
    double low = -log(WIDEST), high = log(WIDEST), found = 0, miss = INFINITY;
    for (int n = 0; n < STEPS; n++) {
        const double middle = 0.5 * (low + high);
        write_settings(text, draw, exp(middle));
        const double above = repertoire(seed, settings, text) - aim;
        if (fabs(above) < miss) {
            miss = fabs(above);
            found = middle;
        }
        *(above > 0 ? &low : &high) = middle; /* more is practised than should be: more must lapse */
    }
    write_settings(text, draw, exp(found));
    return miss < SETTLED_WITHIN ? 0 : -1;
}
