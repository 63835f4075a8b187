/* style.h: how every picture looks, in one place: colours, type, lines, dashes, markers. Lengths are points (72 an
 * inch); charts are drawn at the size at which they are printed. */
#ifndef EBB_STYLE_H
#define EBB_STYLE_H

#include <cairo.h>
#include <stddef.h>

struct colour {
    double red, green, blue;
};

/* Families in order of preference; Pango takes the first that is installed. */
#define STYLE_FONT "DejaVu Sans Condensed, DejaVu Sans, Noto Sans, Liberation Sans, sans-serif"

#define STYLE_SIZE_TITLE 11.0
#define STYLE_SIZE_HEAD 8.5
#define STYLE_SIZE_BASE 7.5
#define STYLE_SIZE_SMALL 6.8

#define STYLE_LINE_MAIN 1.5
#define STYLE_LINE_SINGLE 0.45
#define STYLE_LINE_AXIS 0.6
#define STYLE_LINE_GRID 0.4

#define STYLE_MARGIN 12.0
#define STYLE_WIDTH 510.0 /* a page wide: 180 mm */

#define STYLE_BAND_INNER 0.34 /* opacities of the 50 % and the 90 % band */
#define STYLE_BAND_OUTER 0.15

extern const struct colour style_ink, style_grey, style_pale, style_grid, style_white;

/* Okabe & Ito's eight, by their place in the published order: black, orange, sky blue, bluish green, yellow, blue,
 * vermillion, reddish purple. */
enum okabe_ito {
    OKABE_BLACK,
    OKABE_ORANGE,
    OKABE_SKY,
    OKABE_GREEN,
    OKABE_YELLOW,
    OKABE_BLUE,
    OKABE_VERMILLION,
    OKABE_PURPLE
};
struct colour style_okabe_ito(enum okabe_ito which);

/* Lines of the i-th of several series: colour and dash differ together, so that neither is needed alone. Yellow is
 * left out: it is too light for a line. Both repeat after seven and never in step. */
struct colour style_series(size_t i);
void style_dash(cairo_t *cr, size_t i, double line_width);

/* An ordered quantity, 0 to 1 (clipped): viridis from light (0) to dark (1), to be drawn on white. */
struct colour style_ramp(double share);

struct colour style_mix(struct colour a, struct colour b, double share_of_b);
/* Relative luminance, 0 black to 1 white (WCAG 2): which colours differ in greyscale. */
double style_luminance(struct colour c);

void style_source(cairo_t *cr, struct colour c, double opacity);

/* Fills a rectangle with slanting hairlines, `gap` apart, of the present source. */
void style_hatch(cairo_t *cr, double x, double y, double width, double height, double gap);

/* Paths of a marker with the area of a circle of the given radius; fill and stroke are the caller's. */
enum marker {
    MARKER_CIRCLE,
    MARKER_SQUARE,
    MARKER_TRIANGLE,
    MARKER_DIAMOND,
    MARKER_PENTAGON,
    MARKER_STAR,
    MARKER_CROSS,
    MARKER_WEDGE, /* a triangle on its tip */
    MARKER_COUNT
};
void style_marker(cairo_t *cr, enum marker marker, double x, double y, double radius);

#endif
