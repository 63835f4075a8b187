/* style.c: see style.h. */
#include "style.h"

#include <math.h>

const struct colour style_ink = {0.12, 0.12, 0.12};
const struct colour style_grey = {0.38, 0.38, 0.38};
const struct colour style_pale = {0.62, 0.62, 0.62};
const struct colour style_grid = {0.88, 0.88, 0.88};
const struct colour style_white = {1, 1, 1};

static struct colour from_hex(unsigned hex)
{
    return (struct colour){((hex >> 16) & 255) / 255.0, ((hex >> 8) & 255) / 255.0, (hex & 255) / 255.0};
}

struct colour style_okabe_ito(enum okabe_ito which)
{
    static const unsigned hex[] = {0x000000, 0xE69F00, 0x56B4E9, 0x009E73, 0xF0E442, 0x0072B2, 0xD55E00, 0xCC79A7};
    return from_hex(hex[which]);
}

struct colour style_series(size_t i)
{
    static const enum okabe_ito order[] = {OKABE_BLUE,   OKABE_VERMILLION, OKABE_GREEN, OKABE_PURPLE,
                                           OKABE_ORANGE, OKABE_SKY,        OKABE_BLACK};
    return style_okabe_ito(order[i % (sizeof order / sizeof order[0])]);
}

void style_dash(cairo_t *cr, size_t i, double line_width)
{
    static const struct {
        int count;
        double length[6]; /* in line widths */
    } pattern[] = {{0, {0}}, {2, {4, 2}}, {4, {6, 1.6, 1, 1.6}}, {2, {1.2, 1.4}}, {6, {6, 1.6, 1, 1.6, 1, 1.6}}};
    size_t which = i % (sizeof pattern / sizeof pattern[0]);
    double length[6];
    for (int k = 0; k < pattern[which].count; k++)
        length[k] = pattern[which].length[k] * line_width;
    cairo_set_dash(cr, length, pattern[which].count, 0);
}

struct colour style_ramp(double share)
{
    /* matplotlib's viridis at every tenth, from its light end; the palest tenth would vanish on white. */
    static const unsigned hex[] = {0xD2E21B, 0x9BD93C, 0x65CB5E, 0x38B977, 0x20A386, 0x228D8D,
                                   0x2D708E, 0x39568C, 0x453781, 0x48186A, 0x440154};
    const int last = (int)(sizeof hex / sizeof hex[0]) - 1;
    if (!(share > 0)) /* NAN too */
        share = 0;
    if (share > 1)
        share = 1;
    double position = share * last;
    int below = position >= last ? last - 1 : (int)position;
    return style_mix(from_hex(hex[below]), from_hex(hex[below + 1]), position - below);
}

struct colour style_mix(struct colour a, struct colour b, double share_of_b)
{
    return (struct colour){a.red + share_of_b * (b.red - a.red), a.green + share_of_b * (b.green - a.green),
                           a.blue + share_of_b * (b.blue - a.blue)};
}

static double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4);
}

double style_luminance(struct colour c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

void style_source(cairo_t *cr, struct colour c, double opacity)
{
    cairo_set_source_rgba(cr, c.red, c.green, c.blue, opacity);
}

void style_hatch(cairo_t *cr, double x, double y, double width, double height, double gap)
{
    const int count = (int)ceil((width + height) / gap);
    cairo_save(cr);
    cairo_rectangle(cr, x, y, width, height);
    cairo_clip(cr);
    cairo_set_line_width(cr, 0.5);
    cairo_set_dash(cr, NULL, 0, 0);
    for (int i = 0; i < count; i++) {
        cairo_move_to(cr, x - height + i * gap, y + height);
        cairo_line_to(cr, x + i * gap, y);
    }
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void polygon(cairo_t *cr, double x, double y, double radius, int corners, double turn)
{
    for (int i = 0; i < corners; i++) {
        double angle = turn + 2 * M_PI * i / corners;
        cairo_line_to(cr, x + radius * sin(angle), y - radius * cos(angle));
    }
    cairo_close_path(cr);
}

static void star(cairo_t *cr, double x, double y, double radius, int points, double waist)
{
    for (int i = 0; i < 2 * points; i++) {
        double angle = M_PI * i / points, r = i % 2 ? radius * waist : radius;
        cairo_line_to(cr, x + r * sin(angle), y - r * cos(angle));
    }
    cairo_close_path(cr);
}

static void cross(cairo_t *cr, double x, double y, double arm, double half)
{
    static const int corner[12][2] = {{-1, -2}, {1, -2}, {1, -1}, {2, -1}, {2, 1},   {1, 1},
                                      {1, 2},   {-1, 2}, {-1, 1}, {-2, 1}, {-2, -1}, {-1, -1}};
    for (int i = 0; i < 12; i++) {
        double dx = corner[i][0], dy = corner[i][1];
        cairo_line_to(cr, x + (fabs(dx) > 1 ? copysign(arm, dx) : copysign(half, dx)),
                      y + (fabs(dy) > 1 ? copysign(arm, dy) : copysign(half, dy)));
    }
    cairo_close_path(cr);
}

/* The factors give each shape the area pi r^2. */
void style_marker(cairo_t *cr, enum marker marker, double x, double y, double radius)
{
    cairo_new_path(cr);
    switch (marker) {
    case MARKER_SQUARE:
        polygon(cr, x, y, 1.253 * radius, 4, M_PI / 4);
        break;
    case MARKER_TRIANGLE:
        polygon(cr, x, y + 0.2 * radius, 1.555 * radius, 3, 0);
        break;
    case MARKER_DIAMOND:
        polygon(cr, x, y, 1.253 * radius, 4, 0);
        break;
    case MARKER_PENTAGON:
        polygon(cr, x, y, 1.149 * radius, 5, 0);
        break;
    case MARKER_STAR:
        star(cr, x, y, 1.46 * radius, 5, 0.5);
        break;
    case MARKER_CROSS:
        cross(cr, x, y, 1.21 * radius, 0.43 * radius);
        break;
    case MARKER_WEDGE:
        polygon(cr, x, y - 0.2 * radius, 1.555 * radius, 3, M_PI);
        break;
    case MARKER_CIRCLE:
    case MARKER_COUNT:
        cairo_arc(cr, x, y, radius, 0, 2 * M_PI);
        break;
    }
}
