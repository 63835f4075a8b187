/* stamp.h: a picture's bytes and what is written into them about their making: title, command, seed, commit. No dates:
 * the same data gives the same bytes. */
#ifndef EBB_STAMP_H
#define EBB_STAMP_H

#include "../../sim/leaf/fault.h"

#include <cairo.h>

struct bytes {
    unsigned char *data; /* owned */
    size_t size, room;
};
/* A cairo_write_func_t; closure is a struct bytes. */
cairo_status_t stamp_append(void *closure, const unsigned char *data, unsigned int length);

struct stamp {
    const char *title, *command, *commit;
    unsigned long long seed;
    const char *words; /* all text of the picture, for readers and searchers who cannot see it */
    double dots_per_inch;
};

/* Each returns 0, or -1 when memory is short or the bytes are not what cairo is known to write. */
int stamp_png(struct bytes *bytes, const struct stamp *stamp); /* pHYs, iTXt */
int stamp_svg(struct bytes *bytes, const struct stamp *stamp); /* <title>, <desc>, <metadata>; numbers ids afresh */
int stamp_pdf(struct bytes *bytes);                            /* takes the date out; the rest is set on the surface */
int stamp_pdf_surface(cairo_surface_t *surface, const struct stamp *stamp);

#endif
