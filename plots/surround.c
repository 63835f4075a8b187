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
