/* precision.h: how many runs it takes until a mean, or a paired difference, is known as closely as asked. */
#ifndef EBB_PRECISION_H
#define EBB_PRECISION_H

#include "compare.h"

#define PRECISION_FIRST 20 /* runs at the first look: fewer would tell their spread too badly */
#define PRECISION_LOOKS_MAX 64

struct precision_look {
    int64_t n;
    double half_width; /* of one scenario's mean, of several the widest paired difference; 95 %, Student's t */
};

struct precision {
    size_t measure; /* column */
    double asked;
    int64_t most; /* runs at most */
    struct precision_look looks[PRECISION_LOOKS_MAX];
    size_t look_count;
    bool reached;
};

/* Runs batch after batch of every plan until the half width is as asked or `most` runs are made. Each batch is planned
 * from the spread seen so far and is at least a quarter, at most all of what there is. plans: sound ones of one length
 * and model; their sinks are not used, nothing of the runs is kept but the measure's mean over the observed weeks
 * first to last. progress (may be NULL) is called as the engine calls it. The same seed gives the same looks.
 *
 * Looking again and again stops the runs a little too early: an interval found so covers its mean in about 94 of 100
 * cases instead of 95 (tests/sim/test_compare.c measures it). */
enum status precision_find(struct precision *precision, const struct engine_plan *plans, size_t count, size_t first,
                           size_t last, void (*progress)(void *self, const struct engine_progress *progress),
                           void *self, struct faults *faults) MUST_CHECK;

/* How many runs to have at the next look, from n runs with this half width. */
int64_t precision_next(const struct precision *precision, int64_t n, double half_width);

/* 95 % half width from the scores of n runs, [sample][run with `stride` between samples]. */
double precision_half_width(const double *scores, size_t count, size_t n, size_t stride);

#endif
