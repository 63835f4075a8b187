/* frame.h: what stands around a picture: title and key above, caption below; and curves over time inside it. */
#ifndef EBB_FRAME_H
#define EBB_FRAME_H

#include "axis.h"
#include "bands.h"
#include "key.h"

#define FRAME_KEY_MAX 128 /* what comes beyond is not in the key */

struct frame {
    const struct chart_data *data;
    char head[256]; /* a line below the title; "": none */
    struct key_item key[FRAME_KEY_MAX];
    size_t key_count;
    char notes[1200];
    double left, right, top, bottom; /* of what is left for the picture, after frame_around() */
};

void frame_begin(struct frame *frame, const struct chart_data *data, double width);
/* The same, the key beginning with "n = 40 runs". */
void frame_open(struct frame *frame, const struct chart_data *data, double width);

/* The item added, to be given what KEY_OWN needs; NULL when the key is full. */
struct key_item *frame_key(struct frame *frame, enum key_mark mark, struct colour colour, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* An item of the usual width that draws itself. */
void frame_own(struct frame *frame, void (*own)(cairo_t *cr, const struct key_item *item, double x, double y),
               double value, struct colour colour, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* For frame_own(): a curve's line, dashed as the series whose number `value` is. */
void frame_dashed(cairo_t *cr, const struct key_item *item, double x, double y);
/* Sentences of the caption. */
void frame_note(struct frame *frame, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What the bands of `kind` mean, in the key. whom: "runs" or "schools". */
void frame_key_bands(struct frame *frame, enum bands_kind kind, struct colour colour);
const char *frame_whom(const struct chart_data *data);

/* Draws, or measures with draw 0, title, key and caption; returns the height they take. */
double frame_around(cairo_t *cr, struct frame *frame, double width, double height, int draw);

/* A line, and the area between two, over time; gaps where undefined. Source and line are the caller's. */
void frame_line(cairo_t *cr, const struct chart_data *data, const struct axis *time, const struct axis *y,
                const double *values);
void frame_area(cairo_t *cr, const struct chart_data *data, const struct axis *time, const struct axis *y,
                const double *lo, const double *hi);

/* An arrow's head at x, y, pointing along dx, dy; filled with the present source. */
void frame_arrow_head(cairo_t *cr, double x, double y, double dx, double dy, double length);

/* "2.7 years", "35 weeks" below a year. */
void frame_span(double weeks, int weeks_per_year, char *text, size_t size);

/* The unit as an axis' title: "level, 0 to 1". */
const char *frame_unit(const struct column *column);

#endif
