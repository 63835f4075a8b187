/* settled.h: a draw of the uncertain settings under which a school that nobody changes is still as it was.
 *
 * Most draws move the default school itself: with everything else a fifth off, practice climbs or dies out without any
 * strategy, and what is then missed is the start, not the pattern. Whoever believed such settings would tune the model
 * to the same schools again. So one setting, the rate of lapse, is set anew in each draw: by bisection, until the
 * repertoire of years 17 to 20 without any strategy is that of the defaults, within SETTLED_WITHIN. Nothing of any
 * pattern is looked at. */
#ifndef PATTERNS_SETTLED_H
#define PATTERNS_SETTLED_H

#include <stdint.h>

#define SETTLED_WITHIN 0.01 /* of the pool */
#define SETTLED_SIZE 64

/* The school as it is with the defaults; `settings` must outlive it. */
struct settled {
    uint64_t seed;
    const char *settings;
    double lapse, repertoire;
};
struct settled settled_usual(uint64_t seed, const char *settings);

/* Writes "lab.draw=N; lapse.rate=…" into text. Returns 0, or -1: no rate within 2.5 times or a part of the default does. */
int settled_draw(const struct settled *usual, int draw, char text[SETTLED_SIZE]);

#endif
