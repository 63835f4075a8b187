/* lanes.h: strategies, shocks and initiatives as bars over the panels, in as many lanes as keep bars and names apart;
 * and their shadow in the panels below. */
#ifndef EBB_LANES_H
#define EBB_LANES_H

#include "../chart.h"
#include "axis.h"
#include "label.h"

#define LANE_HEIGHT 11.0

struct lane_bar {
    const struct event *event;
    size_t lane;
    double start, end;  /* the bar, on the page */
    double ramp_end;    /* until here it grows */
    double label_x;     /* left end of the name */
    double label_width; /* as shown */
    int inside;         /* the name stands on the bar */
};

struct lanes {
    struct lane_bar *bars;
    size_t bar_count, lane_count;
    size_t outside;      /* events that begin after the last week shown or end before the first */
    size_t most_at_once; /* strategies that overlap in time */
};

/* time's from and to must be set; names may reach from `left` to `right`. Returns 0, or -1 when memory is short. */
int lanes_place(cairo_t *cr, const struct chart_data *data, const struct axis *time, double left, double right,
                struct lanes *lanes);
void lanes_draw(cairo_t *cr, const struct lanes *lanes, double top);
/* Behind the lines of one panel. */
void lanes_shade(cairo_t *cr, const struct lanes *lanes, double top, double bottom);
void lanes_free(struct lanes *lanes);

#endif
