/* panel.h: what the panels of a time series share, and how one of them is drawn. */
#ifndef EBB_PANEL_H
#define EBB_PANEL_H

#include "axis.h"
#include "bands.h"
#include "choose.h"
#include "key.h"
#include "label.h"
#include "lanes.h"

#define PANEL_HEAD 13.0 /* the names of its columns */

struct series {
    const struct chart_data *data;
    struct choice choice;
    struct bands *bands; /* one for each chosen column */
    struct lanes lanes;
    struct axis time;
    enum bands_kind kind;
    size_t singles, stride;
    int years, overlaid, bare; /* bare: lines in a panel too many for bands of their own */
    double left, right;        /* of the plots */
    struct key_item key[10];
    size_t key_count;
    char notes[1024];
};

/* One panel, its head included, from top to bottom of a page `width` wide. */
enum status panel_draw(cairo_t *cr, const struct series *s, size_t panel, double top, double bottom, double width,
                       struct faults *faults);

#endif
