#include "surround.h"

#include <stdio.h>
#include <string.h>

#define OWN_WIDTH 16.0

void surround_item(struct surround *f, enum key_mark mark, struct colour colour, const char *words)
{
    if (f->item_count == SURROUND_ITEMS_MAX)
        return;
    struct key_item *item = &f->items[f->item_count++];
    *item = (struct key_item){.mark = mark, .colour = colour};
    snprintf(item->words, sizeof item->words, "%s", words);
}

void surround_own(struct surround *f, void (*own)(cairo_t *cr, const struct key_item *item, double x, double y),
                  double value, struct colour colour, const char *words)
{
    const size_t at = f->item_count;
    surround_item(f, KEY_OWN, colour, words);
    if (f->item_count > at) {
        f->items[at].own = own;
        f->items[at].width = OWN_WIDTH;
        f->items[at].value = value;
    }
}

void surround_note(struct surround *f, const char *sentence)
{
    const size_t used = strlen(f->notes);
    snprintf(f->notes + used, sizeof f->notes - used, "%s%s", used ? " " : "", sentence);
}

void surround_pair(const struct chart_comparison *c, const struct chart_pair *pair, int numbered, char *words,
                   size_t size)
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

void surround_scenarios(struct surround *f, const struct chart_comparison *c)
{
    char words[160];
    surround_item(f, KEY_NONE, style_ink, "scenarios");
    for (size_t i = 0; i < c->scenario_count; i++) {
        snprintf(words, sizeof words, "%.150s", c->scenarios[i]);
        surround_own(f, own_number, (double)i + 1, style_ink, words);
    }
}

double surround_draw(cairo_t *cr, const struct surround *f, double width, double height, double *top, int draw)
{
    const double left = STYLE_MARGIN, right = width - STYLE_MARGIN;
    double y = STYLE_MARGIN;
    y += key_title(cr, f->data->title, left, right, y, draw);
    y += key_draw(cr, f->items, f->item_count, left, right, y, draw) + 5;
    *top = y;
    const double caption = key_caption(cr, f->data, f->notes, left, right, 0, 0);
    if (draw)
        key_caption(cr, f->data, f->notes, left, right, height - STYLE_MARGIN - caption, 1);
    return y + 6 + caption + STYLE_MARGIN;
}

const char *surround_unit(const struct column *column)
{
    return !column->unit || strcmp(column->unit, "0-1") == 0 ? "level, 0 to 1" : column->unit;
}
