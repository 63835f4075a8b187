/* label.h: type, through Pango: measured, aligned, cut short with an ellipsis or wrapped, and remembered.
 *
 * Every drawn text is entered in the log attached to the cairo context, if there is one: canvas.c puts the words into
 * the SVG, where cairo leaves only outlines, and tests look for labels that collide. */
#ifndef EBB_LABEL_H
#define EBB_LABEL_H

#include "style.h"

struct label {
    const char *string; /* UTF-8; wrong bytes are replaced, line breaks become spaces unless it wraps */
    double x, y;        /* the anchor */
    enum { LABEL_LEFT, LABEL_CENTRE, LABEL_RIGHT } align;              /* which side of the text stands at x */
    enum { LABEL_TOP, LABEL_MIDDLE, LABEL_BOTTOM, LABEL_BASELINE } at; /* which height of it stands at y */
    double size;
    struct colour colour;
    int bold, italic;
    double width; /* at most this wide; 0: as wide as it is */
    int wrap;     /* over at most so many lines; 0: one line. What does not fit is cut short with an ellipsis */
    int upwards;  /* turned a quarter to the left, for axis titles; align runs along the text */
    double halo;  /* white outline of this width, where text lies on lines; 0: none */
};

struct label_box {
    double x, y, width, height; /* upper left corner */
};

/* Where the text would stand. */
struct label_box label_measure(cairo_t *cr, const struct label *text);
struct label_box label_draw(cairo_t *cr, const struct label *text);

/* Says in the middle of a plot why there is nothing in it. */
void label_absent(cairo_t *cr, const char *why, double x, double y);

/* A context for measuring before there is a picture; free with cairo_destroy(). */
cairo_t *label_measuring_context(void);

struct label_entry {
    char *string;         /* owned; whole, even where the picture shows it cut short */
    struct label_box box; /* on the page */
    int cut;              /* shown with an ellipsis */
};
struct label_log {
    struct label_entry *list;
    size_t count, room;
    int missing_glyphs; /* characters that no installed font has */
    int short_of_memory;
};
/* The log must outlive the context. */
void label_log_attach(cairo_t *cr, struct label_log *log);
void label_log_free(struct label_log *log);

#endif
