/* pairs.h: what the charts of a comparison share. */
#ifndef EBB_PAIRS_H
#define EBB_PAIRS_H

#include "frame.h"

/* "plan − none"; or "2 − 1" with numbered: then pairs_scenarios() says which is which. */
void pairs_name(const struct chart_comparison *comparison, const struct chart_pair *pair, int numbered, char *words,
                size_t size);
/* The key's list of scenarios by number. */
void pairs_scenarios(struct frame *frame, const struct chart_comparison *comparison);

#endif
