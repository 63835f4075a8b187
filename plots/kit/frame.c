/* frame.c: see frame.h. */
#include "frame.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define POINTS_MAX 3000 /* of a line: several a printed dot */

void frame_begin(struct frame *frame, const struct chart_data *data, double width)
{
    frame->data = data; /* a key of this size is not cleared for nothing */
    frame->head[0] = frame->notes[0] = '\0';
    frame->key_count = 0;
    frame->left = STYLE_MARGIN;
    frame->right = width - STYLE_MARGIN;
    frame->top = frame->bottom = 0;
}

void frame_open(struct frame *frame, const struct chart_data *data, double width)
{
    char paths[128];
    frame_begin(frame, data, width);
    key_paths(data, paths, sizeof paths);
    frame_key(frame, KEY_NONE, style_ink, "n = %s", paths);
}

static struct key_item *add(struct frame *frame, enum key_mark mark, struct colour colour, const char *format,
                            va_list arguments)
{
    if (frame->key_count == FRAME_KEY_MAX)
        return NULL;
    struct key_item *item = &frame->key[frame->key_count++];
    *item = (struct key_item){.mark = mark, .colour = colour};
    vsnprintf(item->words, sizeof item->words, format, arguments);
    return item;
}

struct key_item *frame_key(struct frame *frame, enum key_mark mark, struct colour colour, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct key_item *item = add(frame, mark, colour, format, arguments);
    va_end(arguments);
    return item;
}

void frame_own(struct frame *frame, void (*own)(cairo_t *cr, const struct key_item *item, double x, double y),
               double value, struct colour colour, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct key_item *item = add(frame, KEY_OWN, colour, format, arguments);
    va_end(arguments);
    if (!item)
        return;
    item->own = own;
    item->width = KEY_MARK_WIDTH;
    item->value = value;
}

void frame_dashed(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_width(cr, STYLE_LINE_MAIN);
    style_dash(cr, (size_t)item->value, STYLE_LINE_MAIN);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + item->width, y);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

void frame_note(struct frame *frame, const char *format, ...)
{
    const size_t used = strlen(frame->notes);
    if (used + 2 > sizeof frame->notes)
        return;
    if (used)
        strcat(frame->notes, " ");
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(frame->notes + strlen(frame->notes), sizeof frame->notes - strlen(frame->notes), format, arguments);
    va_end(arguments);
}

const char *frame_whom(const struct chart_data *data)
{
    return key_whom(data, false);
}

void frame_key_bands(struct frame *frame, enum bands_kind kind, struct colour colour)
{
    const char *whom = frame_whom(frame->data);
    if (kind == BANDS_NONE) {
        frame_key(frame, KEY_LINE, colour, "the run itself; one run has no band");
        return;
    }
    frame_key(frame, KEY_LINE, colour, "median of %s", whom);
    if (kind != BANDS_RANGE)
        frame_key(frame, KEY_INNER, colour, "middle 50 %% of %s", whom);
    if (kind == BANDS_FULL)
        frame_key(frame, KEY_OUTER, colour, "middle 90 %% of %s", whom);
    else
        frame_key(frame, KEY_OUTER, colour, "lowest to highest (too few for a 90 %% band)");
}

static double draw_head(cairo_t *cr, const struct frame *frame, double y, int draw)
{
    const struct label head = {.string = frame->head,
                               .x = frame->left,
                               .y = y,
                               .size = STYLE_SIZE_HEAD,
                               .colour = style_ink,
                               .width = frame->right - frame->left};
    return frame->head[0] ? (draw ? label_draw(cr, &head) : label_measure(cr, &head)).height + 3 : 0;
}

double frame_around(cairo_t *cr, struct frame *frame, double width, double height, int draw)
{
    const double left = frame->left = STYLE_MARGIN, right = frame->right = width - STYLE_MARGIN;
    double y = STYLE_MARGIN;
    y += key_title(cr, frame->data->title, left, right, y, draw);
    y += draw_head(cr, frame, y, draw);
    y += key_draw(cr, frame->key, frame->key_count, left, right, y, draw) + 5;
    frame->top = y;
    const double caption = key_caption(cr, frame->data, frame->notes, left, right, 0, 0);
    frame->bottom = height - STYLE_MARGIN - caption - 4;
    if (draw)
        key_caption(cr, frame->data, frame->notes, left, right, height - STYLE_MARGIN - caption, 1);
    return y + caption + 4 + STYLE_MARGIN;
}

const char *frame_unit(const struct column *column)
{
    return !column->unit || strcmp(column->unit, "0-1") == 0 ? "level, 0 to 1" : column->unit;
}

/* ---- curves ---- */

/* Next run of weeks [*from, *to) in which values are defined, from *to on. */
static int next_stretch(const double *values, size_t n, size_t *from, size_t *to)
{
    size_t at = *to;
    while (at < n && !isfinite(values[at]))
        at++;
    *from = at;
    while (at < n && isfinite(values[at]))
        at++;
    *to = at;
    return *from < *to;
}

static size_t stride_of(const struct chart_data *data)
{
    return data->week_count > POINTS_MAX ? data->week_count / POINTS_MAX + 1 : 1;
}

void frame_line(cairo_t *cr, const struct chart_data *data, const struct axis *time, const struct axis *y,
                const double *values)
{
    const size_t stride = stride_of(data);
    size_t from, to = 0;
    while (next_stretch(values, data->week_count, &from, &to)) {
        for (size_t w = from; w < to; w += stride)
            cairo_line_to(cr, axis_at(time, (double)data->weeks[w]), axis_at(y, values[w]));
        cairo_line_to(cr, axis_at(time, (double)data->weeks[to - 1]) + (to - from == 1 ? 2 : 0),
                      axis_at(y, values[to - 1]));
        cairo_stroke(cr);
    }
}

void frame_area(cairo_t *cr, const struct chart_data *data, const struct axis *time, const struct axis *y,
                const double *lo, const double *hi)
{
    const size_t stride = stride_of(data);
    size_t from, to = 0;
    while (next_stretch(hi, data->week_count, &from, &to)) {
        for (size_t w = from; w < to; w += stride)
            cairo_line_to(cr, axis_at(time, (double)data->weeks[w]), axis_at(y, hi[w]));
        cairo_line_to(cr, axis_at(time, (double)data->weeks[to - 1]), axis_at(y, hi[to - 1]));
        for (size_t w = to; w > from; w -= w - from < stride ? w - from : stride)
            cairo_line_to(cr, axis_at(time, (double)data->weeks[w - 1]), axis_at(y, lo[w - 1]));
        cairo_line_to(cr, axis_at(time, (double)data->weeks[from]), axis_at(y, lo[from]));
        cairo_close_path(cr);
        cairo_fill(cr);
    }
}

void frame_arrow_head(cairo_t *cr, double x, double y, double dx, double dy, double length)
{
    const double size = hypot(dx, dy);
    if (!(size > 0))
        return;
    dx *= length / size;
    dy *= length / size;
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x - dx + 0.45 * dy, y - dy - 0.45 * dx);
    cairo_line_to(cr, x - dx - 0.45 * dy, y - dy + 0.45 * dx);
    cairo_close_path(cr);
    cairo_fill(cr);
}

void frame_span(double weeks, int weeks_per_year, char *text, size_t size)
{
    if (weeks_per_year > 1 && fabs(weeks) >= weeks_per_year)
        snprintf(text, size, "%.1f years", weeks / weeks_per_year);
    else
        snprintf(text, size, "%.0f week%s", weeks, weeks == 1 ? "" : "s");
}
