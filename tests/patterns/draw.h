/* draw.h: what nobody has measured, drawn: how a pattern fares when the model's uncertain settings are others.
 *
 * Uncertain is every number of a step of the week (and of [advice]) whose source in the registry is not "evidence: …":
 * assumed, tuned, given by the first specification, or taken from theory, which names no numbers. Not drawn either are
 * those whose source ends in ", form": they say what shape an equation has (½ + ½ similarity; phases by thirds). Each is
 * drawn within a fifth of its default, all at once, by a Latin hypercube over DRAWS draws; whole numbers and weeks are
 * rounded, and nothing leaves the registry's range. The stratum and the place inside it depend on the seed, the
 * setting's name and the draw alone: a new setting leaves the draws of the others as they are. */
#ifndef PATTERNS_DRAW_H
#define PATTERNS_DRAW_H

#include "../../sim/leaf/model.h"

#define DRAWS 64
#define DRAW_SPREAD 0.2

struct drawn {
    const char *section, *key; /* of the registry */
    double value;
};

/* A place in [0, 1) for the index-th of count things: a Latin hypercube, since of one name each of count strata is some
 * index's. count: at most DRAW_COUNT_MAX. */
#define DRAW_COUNT_MAX 4096
double draw_place(uint64_t seed, const char *name, size_t index, size_t count);

/* Fills list with every uncertain setting of the model, at most max, at its value in this draw (0 … DRAWS - 1); returns how
 * many there are. */
size_t draw_settings(const struct model *model, uint64_t seed, int draw, struct drawn *list, size_t max);

#endif
