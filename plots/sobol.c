/* sobol.c: what share of the variance each setting decides, by itself and with all it does by way of others. */
#include "charts.h"
#include "kit/settings.h"

#include <math.h>
#include <stdio.h>

#define ROW 25.0
#define BAR 7.0
#define NAMES_MOST 210.0

static struct label name_of(const struct chart_setting *s, char name[256])
{
    snprintf(name, 256, s->told ? "%.200s" : "(%.200s)", s->key);
    return (struct label){.string = name,
                          .align = LABEL_RIGHT,
                          .at = LABEL_MIDDLE,
                          .size = STYLE_SIZE_BASE,
                          .colour = s->told ? style_ink : style_grey};
}

/* As wide as the longest name, within bounds. */
static double names_width(cairo_t *cr, const struct chart_data *data)
{
    double widest = 40;
    char name[256];
    for (size_t i = 0; i < settings_shown(data); i++) {
        const struct label label = name_of(&data->settings[i], name);
        widest = fmax(widest, label_measure(cr, &label).width);
    }
    return fmin(widest, NAMES_MOST);
}

static struct colour total_colour(void)
{
    return style_okabe_ito(OKABE_SKY);
}

static struct colour first_colour(void)
{
    return style_okabe_ito(OKABE_BLUE);
}

static void own_bar(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_rectangle(cr, x, y - BAR / 2, item->width, BAR);
    cairo_fill(cr);
}

static void open_sobol(struct frame *f, const struct chart_data *data, double width)
{
    settings_open(f, data, width);
    frame_own(f, own_bar, 0, first_colour(), "by itself");
    frame_own(f, own_bar, 0, total_colour(), "with others as well");
    frame_note(f, "Lines are 95 %% intervals; names in brackets cannot be told from zero.");
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct frame f;
    (void)options;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    open_sobol(&f, data, *width);
    *height = frame_around(cr, &f, *width, 0, 0) + (double)settings_shown(data) * ROW + SETTINGS_AXIS;
    cairo_destroy(cr);
}

static void draw_bar(cairo_t *cr, const struct axis *axis, const struct chart_estimate *e, double y,
                     struct colour colour)
{
    if (!isfinite(e->value))
        return;
    style_source(cr, colour, 1);
    cairo_rectangle(cr, axis_at(axis, 0), y, axis_at(axis, e->value) - axis_at(axis, 0), BAR);
    cairo_fill(cr);
    style_source(cr, style_ink, 1);
    settings_whisker(cr, axis_at(axis, e->lo), y + BAR / 2, axis_at(axis, e->hi), y + BAR / 2);
}

static void draw_setting(cairo_t *cr, const struct axis *axis, const struct chart_setting *s, double names, double y)
{
    char text[256];
    struct label name = name_of(s, text);
    name.x = names + STYLE_MARGIN;
    name.y = y + ROW / 2;
    name.width = names;
    label_draw(cr, &name);
    draw_bar(cr, axis, &s->other, y + ROW / 2 - BAR - 0.5, first_colour());
    draw_bar(cr, axis, &s->size, y + ROW / 2 + 0.5, total_colour());
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    (void)options;
    (void)faults;
    struct frame f;
    double least = 0, most = 0.1;
    open_sobol(&f, data, width);
    frame_around(cr, &f, width, height, 1);
    const double top = f.top;
    const size_t shown = settings_shown(data);
    const double names = names_width(cr, data);
    struct axis axis = {.from = STYLE_MARGIN + names + 9, .to = width - STYLE_MARGIN - 12};
    for (size_t i = 0; i < shown; i++) {
        const struct chart_setting *s = &data->settings[i];
        least = fmin(least, fmin(s->size.lo, s->other.lo));
        most = fmax(most, fmax(s->size.hi, s->other.hi));
    }
    axis_values(&axis, least, most, 8, (double)NAN, (double)NAN);
    axis_draw_grid(cr, &axis, top, top + (double)shown * ROW);
    for (size_t i = 0; i < shown; i++)
        draw_setting(cr, &axis, &data->settings[i], names, top + (double)i * ROW);
    style_source(cr, style_grey, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    cairo_move_to(cr, axis_at(&axis, 0), top);
    cairo_line_to(cr, axis_at(&axis, 0), top + (double)shown * ROW);
    cairo_stroke(cr);
    axis_draw_time(cr, &axis, top + (double)shown * ROW);
    axis_title(cr, &axis, top + (double)shown * ROW + 15, "share of the variance that the settings decide");
    return STATUS_OK;
}

const struct chart sobol_chart = {
    .name = "sobol",
    .meaning = "what share of the variance each setting decides",
    .takes = "columns of weeks",
    .of_settings = 1,
    .size = size,
    .draw = draw,
};
