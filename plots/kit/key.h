/* key.h: the words around a picture: title, the key that says what marks mean, and the caption that says where the
 * picture comes from. */
#ifndef EBB_KEY_H
#define EBB_KEY_H

#include "../chart.h"
#include "label.h"

enum key_mark {
    KEY_NONE, /* words alone */
    KEY_LINE,
    KEY_THIN,
    KEY_INNER,
    KEY_OUTER,
    KEY_BOTH, /* median, inner and outer band over each other */
    KEY_STRATEGY,
    KEY_SHOCK,
    KEY_INITIATIVE,
    KEY_OWN /* drawn by the item itself */
};
struct key_item {
    enum key_mark mark;
    struct colour colour;
    /* KEY_OWN: from x on, y its middle, `width` wide, and as high if `square`; free to read `value` and what `chart`
     * points to. */
    void (*own)(cairo_t *cr, const struct key_item *item, double x, double y);
    double width, value;
    int square;
    const void *chart;
    char words[160];
};

#define KEY_ROW_HEIGHT 11.5
#define KEY_MARK_WIDTH 16.0

/* Items in rows between left and right, the first row's top at `top`. Returns the height used; draw 0 measures only. */
double key_draw(cairo_t *cr, const struct key_item *items, size_t count, double left, double right, double top,
                int draw);

/* Bold, on one line. Returns the height used. */
double key_title(cairo_t *cr, const char *title, double left, double right, double top, int draw);

/* Small, wrapped; "scenario · what · seed · commit" behind `notes`. Returns the height used. */
double key_caption(cairo_t *cr, const struct chart_data *data, const char *notes, double left, double right, double top,
                   int draw);

/* Whom the paths are of: "runs", "schools", "networks", "districts"; one: of a single one. */
const char *key_whom(const struct chart_data *data, bool one);

/* "40 runs", "480 schools (12 in each of 40 runs)", "1 run". */
void key_paths(const struct chart_data *data, char *words, size_t size);

#endif
