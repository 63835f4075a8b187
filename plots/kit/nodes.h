/* nodes.h: how people and ties look on a school's map, in the picture and in its key alike. */
#ifndef EBB_NODES_H
#define EBB_NODES_H

#include "key.h"
#include "snapshot.h"

struct nodes_look {
    const struct snapshot_scheme *scheme;
    double radius;          /* of the largest node */
    double repertoire_top;  /* whose node that is */
    double lowest, highest; /* level at the ends of the colours */
    int decimals;           /* that tell levels of that range apart */
    double tie_scale;       /* 1, or less on crowded maps */
};

/* The i-th of the words in "a|b|c": its length, and *word where it begins; 0 beyond the last. */
size_t nodes_label(const char *labels, size_t i, const char **word);
size_t nodes_label_count(const char *labels);

/* Numbers of the attributes; NAN where unknown. */
struct nodes_marks {
    double layer, level, role, repertoire;
};
void nodes_draw(cairo_t *cr, const struct nodes_look *look, double x, double y, const struct nodes_marks *marks);
/* Sets line width and colour. */
void nodes_tie_source(cairo_t *cr, const struct nodes_look *look, double strength, double trust);

/* Whether somebody is in a group at any time. */
int nodes_grouped(const struct snapshots *all);

#define NODES_KEY_MAX 40
/* Rows of the key: layers, roles that occur, sizes and ties. Returns the height used; draw 0 measures. */
double nodes_key(cairo_t *cr, const struct nodes_look *look, const struct snapshots *all, double left, double right,
                 double top, int draw);

#endif
