/* bass_network.h: one Bass market on a network, step by step.
 *
 * A person's chance of adopting in a step is 1 - exp(-h), where h follows from the adopters she sees. The same law, with
 * one draw a person instead of one a step: she is born with a luck, exponential with mean 1, and adopts in the step in
 * which the sum of her h reaches it (Sellke 1983). So the step of her adoption is known until somebody whom she sees
 * adopts, and only then is it worked out again: all steps together take as long as there are ties. */
#ifndef EBB_BASS_NETWORK_H
#define EBB_BASS_NETWORK_H

#include "neighbours.h"

struct bass_person {
    double luck;   /* left at the end of step `since` */
    int64_t since; /* the last step in which what she sees changed */
    uint32_t seen; /* adopters among her alters */
    uint32_t alters;
};

struct bass_network {
    double alone, imitating;         /* p and q of a step */
    struct neighbours sees, seen_by; /* the second is empty when looking is mutual */
    struct bass_person *person;
    int64_t *due;     /* [person] step of adoption as things are now; BASS_NEVER also for adopters */
    int32_t *week;    /* [person] of adoption, -1 before */
    uint32_t *news;   /* room for the adopters of a step */
    int64_t *waiting; /* [alters] adopters that people of so many alters see who have not adopted */
    uint32_t most;    /* alters of anybody */
    int64_t step;     /* the last one */
};
#define BASS_NEVER INT64_MAX

/* Drawn with this mean degree, or as given. 0, or -1 when memory is short: free it in any case. */
int bass_network_begin(struct bass_network *network, const igraph_t *given, uint32_t people, double degree,
                       const struct rng_key *key);
void bass_network_free(struct bass_network *network);

/* One step; adopters are marked with `week`. Returns how many. */
uint32_t bass_network_step(struct bass_network *network, int32_t week);

/* Mean over those who have not adopted of the share of adopters they see, 0 where they see nobody. */
double bass_network_exposure(const struct bass_network *network, uint32_t adopters);

/* 0, or nonzero with a sentence in why. */
int bass_network_verify(const struct bass_network *network, uint32_t adopters, char *why, size_t size);

#endif
