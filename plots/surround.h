/* surround.h: what stands around the panels of a picture: title and key above, caption below. */
#ifndef EBB_SURROUND_H
#define EBB_SURROUND_H

#include "key.h"

#define SURROUND_ITEMS_MAX 128 /* what comes beyond is not in the key */

struct surround {
    const struct chart_data *data;
    struct key_item items[SURROUND_ITEMS_MAX];
    size_t item_count;
    char notes[1024];
};

void surround_item(struct surround *surround, enum key_mark mark, struct colour colour, const char *words);
/* A key item that draws itself: `own` gets its item, whose value is `value`. */
void surround_own(struct surround *surround, void (*own)(cairo_t *cr, const struct key_item *item, double x, double y),
                  double value, struct colour colour, const char *words);
void surround_note(struct surround *surround, const char *sentence);

/* "plan − none"; or "2 − 1" with numbered: then surround_scenarios() says which is which. */
void surround_pair(const struct chart_comparison *comparison, const struct chart_pair *pair, int numbered, char *words,
                   size_t size);
void surround_scenarios(struct surround *surround, const struct chart_comparison *comparison);

/* Draws, or measures, what is around; *top is where the panels begin. Returns the height that is not theirs. */
double surround_draw(cairo_t *cr, const struct surround *surround, double width, double height, double *top, int draw);

/* The unit as an axis' title: "level, 0 to 1". */
const char *surround_unit(const struct column *column);

#endif
