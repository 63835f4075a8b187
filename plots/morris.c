/* morris.c: how much each setting does, against how much that differs from place to place. */
#include "charts.h"
#include "kit/settings.h"

#include <math.h>
#include <stdio.h>

#define PLANE 250.0
#define NAMES 190.0
#define NAME_ROW 11.5
#define LEFT 46.0
#define RADIUS 5.2

static struct colour dot_colour(int told)
{
    return told ? style_okabe_ito(OKABE_BLUE) : style_grey;
}

static void own_dot(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    style_marker(cr, item->value > 0 ? MARKER_CIRCLE : MARKER_SQUARE, x + item->width / 2, y, 4);
    cairo_fill(cr);
}

static void open_morris(struct frame *f, const struct chart_data *data, double width)
{
    settings_open(f, data, width);
    frame_own(f, own_dot, 1, dot_colour(1), "effect told from zero");
    frame_own(f, own_dot, 0, dot_colour(0), "not told from zero");
    frame_note(f,
               "Lines are 95 %% intervals. Above the slanting line an effect differs more from place to place than it "
               "is large: it bends, or depends on other settings.");
}

static double plane_height(const struct chart_data *data)
{
    return fmax(PLANE, (double)settings_shown(data) * NAME_ROW + 4);
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct frame f;
    (void)options;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    open_morris(&f, data, *width);
    *height = frame_around(cr, &f, *width, 0, 0) + plane_height(data) + SETTINGS_AXIS;
    cairo_destroy(cr);
}

/* Those that cannot be told from zero crowd together: small, and without lines and numbers. */
static void draw_idle(cairo_t *cr, double x, double y)
{
    style_source(cr, dot_colour(0), 0.8);
    style_marker(cr, MARKER_SQUARE, x, y, 2.2);
    cairo_fill(cr);
}

static void draw_number(cairo_t *cr, const struct chart_setting *s, size_t rank, double x, double y)
{
    char number[8];
    snprintf(number, sizeof number, "%zu", rank);
    style_source(cr, dot_colour(s->told), 1);
    style_marker(cr, s->told ? MARKER_CIRCLE : MARKER_SQUARE, x, y, RADIUS);
    cairo_fill(cr);
    label_draw(cr, &(struct label){.string = number,
                                   .x = x,
                                   .y = y,
                                   .align = LABEL_CENTRE,
                                   .at = LABEL_MIDDLE,
                                   .size = STYLE_SIZE_SMALL,
                                   .colour = style_white,
                                   .bold = 1});
}

static void draw_setting(cairo_t *cr, const struct axis *across, const struct axis *up, const struct chart_setting *s)
{
    const double x = axis_at(across, s->size.value), y = axis_at(up, s->other.value);
    style_source(cr, dot_colour(s->told), 0.7);
    settings_whisker(cr, axis_at(across, s->size.lo), y, axis_at(across, s->size.hi), y);
    settings_whisker(cr, x, axis_at(up, s->other.lo), x, axis_at(up, s->other.hi));
}

static void draw_names(cairo_t *cr, const struct chart_data *data, double left, double right, double top)
{
    for (size_t i = 0; i < settings_shown(data); i++) {
        const struct chart_setting *s = &data->settings[i];
        const double y = top + ((double)i + 0.5) * NAME_ROW;
        draw_number(cr, s, i + 1, left + RADIUS, y);
        label_draw(cr, &(struct label){.string = s->key,
                                       .x = left + 2 * RADIUS + 4,
                                       .y = y,
                                       .at = LABEL_MIDDLE,
                                       .size = STYLE_SIZE_BASE,
                                       .colour = s->told ? style_ink : style_grey,
                                       .width = right - left - 2 * RADIUS - 4});
    }
}

/* Values of both axes, from zero on. */
static void make_axes(const struct chart_data *data, struct axis *across, struct axis *up)
{
    double size_most = 0, other_most = 0;
    for (size_t i = 0; i < settings_shown(data); i++) {
        size_most = fmax(size_most, data->settings[i].size.hi);
        other_most = fmax(other_most, data->settings[i].other.hi);
    }
    axis_values(across, 0, size_most, 6, 0, (double)NAN);
    axis_values(up, 0, other_most, 6, 0, (double)NAN);
}

static void draw_titles(cairo_t *cr, const struct chart_data *data, const struct axis *across, const struct axis *up)
{
    char words[128];
    snprintf(words, sizeof words, "mean |effect| over a setting's range%s%.40s", *data->unit ? ", " : "", data->unit);
    axis_title(cr, across, up->from + 15, words);
    label_draw(cr, &(struct label){.string = "standard deviation of the effect",
                                   .x = STYLE_MARGIN,
                                   .y = (up->from + up->to) / 2,
                                   .align = LABEL_CENTRE,
                                   .size = STYLE_SIZE_BASE,
                                   .colour = style_ink,
                                   .upwards = 1});
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    (void)options;
    (void)faults;
    struct frame f;
    open_morris(&f, data, width);
    frame_around(cr, &f, width, height, 1);
    const double top = f.top, right = f.right;
    struct axis across = {.from = STYLE_MARGIN + LEFT, .to = right - NAMES - 14};
    struct axis up = {.from = top + plane_height(data), .to = top};
    make_axes(data, &across, &up);
    axis_draw_values(cr, &up, across.from, across.to);
    axis_draw_grid(cr, &across, up.from, up.to);
    const double corner = fmin(across.hi, up.hi);
    style_source(cr, style_grey, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    cairo_set_dash(cr, (double[]){4, 3}, 2, 0);
    cairo_move_to(cr, axis_at(&across, 0), axis_at(&up, 0));
    cairo_line_to(cr, axis_at(&across, corner), axis_at(&up, corner));
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
    for (size_t i = settings_shown(data); i-- > 0;)
        if (data->settings[i].told)
            draw_setting(cr, &across, &up, &data->settings[i]);
    for (int told = 0; told < 2; told++)
        for (size_t i = settings_shown(data); i-- > 0;) {
            const struct chart_setting *s = &data->settings[i];
            const double x = axis_at(&across, s->size.value), y = axis_at(&up, s->other.value);
            if (s->told && told)
                draw_number(cr, s, i + 1, x, y);
            else if (!s->told && !told)
                draw_idle(cr, x, y);
        }
    axis_draw_time(cr, &across, up.from);
    draw_titles(cr, data, &across, &up);
    draw_names(cr, data, right - NAMES, right, top);
    return STATUS_OK;
}

const struct chart morris_chart = {
    .name = "morris",
    .meaning = "how much each setting does, and how that differs from place to place",
    .takes = "columns of weeks",
    .of_settings = 1,
    .size = size,
    .draw = draw,
};
