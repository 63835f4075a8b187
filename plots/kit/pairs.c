#include "pairs.h"

#include <stdio.h>

void pairs_name(const struct chart_comparison *c, const struct chart_pair *pair, int numbered, char *words, size_t size)
{
    if (numbered)
        snprintf(words, size, "%zu \u2212 %zu", pair->a + 1, pair->b + 1);
    else
        snprintf(words, size, "%.250s \u2212 %.250s", c->scenarios[pair->a], c->scenarios[pair->b]);
}

static void own_number(cairo_t *cr, const struct key_item *item, double x, double y)
{
    char words[24];
    snprintf(words, sizeof words, "%.0f", item->value);
    label_draw(cr, &(struct label){.string = words,
                                   .x = x + item->width,
                                   .y = y,
                                   .align = LABEL_RIGHT,
                                   .at = LABEL_MIDDLE,
                                   .size = STYLE_SIZE_BASE,
                                   .bold = 1,
                                   .colour = item->colour});
}

void pairs_scenarios(struct frame *frame, const struct chart_comparison *c)
{
    frame_key(frame, KEY_NONE, style_ink, "scenarios");
    for (size_t i = 0; i < c->scenario_count; i++)
        frame_own(frame, own_number, (double)i + 1, style_ink, "%.150s", c->scenarios[i]);
}
