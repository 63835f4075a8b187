/* network_map.h: one week of a school's network, as one of several maps on which everybody keeps the same place. */
#ifndef EBB_NETWORK_MAP_H
#define EBB_NETWORK_MAP_H

#include "layout.h"
#include "moments.h"
#include "nodes.h"

#define NETWORK_PANELS_MAX MOMENTS_MAX

struct network {
    struct chart_data own; /* as given, with the run and the school that are drawn */
    const struct chart_data *data;
    struct snapshots all;
    struct layout layout;
    struct nodes_look look;
    const struct snapshot *panel[NETWORK_PANELS_MAX];
    size_t panel_count, columns, rows;
    double map_width, map_height, scale; /* scale: points a seat */
    double head;                         /* height over each map */
    double threshold;                    /* weaker ties are left out */
    int thinned;
    char notes[1024];
};

/* Height of the words over each map, of what is under way in the fullest week too. */
double network_map_head(const struct network *net);

/* The map, its upper left corner at x, y, and the words over it. Returns 0, or -1 when memory is short. */
int network_map_draw(cairo_t *cr, const struct network *net, const struct snapshot *s, double x, double y);

#endif
