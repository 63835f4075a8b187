/* convergence.c: what each setting was told to decide from growing parts of the samples, with its interval. */
#include "charts.h"
#include "kit/settings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LINES_MOST 7 /* colours */
#define HEIGHT 190.0
#define NAMES 130.0
#define LEFT 46.0
#define APART 2.4 /* between the settings' intervals of one part */
#define NAME_ROW 10.0

static size_t lines_of(const struct chart_data *data)
{
    return data->setting_count < LINES_MOST ? data->setting_count : LINES_MOST;
}

static void open_convergence(struct frame *f, const struct chart_data *data, double width)
{
    settings_open(f, data, width);
    snprintf(f->head, sizeof f->head, "What decides %.160s, told from growing parts of the runs", data->measure);
    frame_note(f, "Bars are 95 %% intervals; they stand a little apart. An interval should hold where the next parts "
                  "lead; names in brackets cannot be told from zero with all of them.");
    if (data->setting_count > LINES_MOST)
        frame_note(f, "Drawn are the %d settings that do most.", LINES_MOST);
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct frame f;
    (void)options;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    open_convergence(&f, data, *width);
    *height = frame_around(cr, &f, *width, 0, 0) + HEIGHT + SETTINGS_AXIS;
    cairo_destroy(cr);
}

static double x_of(const struct chart_data *data, const struct axis *parts, size_t step, size_t line)
{
    const double aside = ((double)line - (double)(lines_of(data) - 1) / 2) * APART;
    return axis_at(parts, log2(fmax(data->step_runs[step], 1))) + aside;
}

static void draw_setting(cairo_t *cr, const struct chart_data *data, const struct axis *parts,
                         const struct axis *values, size_t i)
{
    const struct chart_setting *s = &data->settings[i];
    cairo_set_line_width(cr, STYLE_LINE_MAIN);
    style_source(cr, style_series(i), 1);
    style_dash(cr, i, STYLE_LINE_MAIN);
    for (size_t k = 0; k < data->step_count; k++)
        if (isfinite(s->grown[k].value))
            cairo_line_to(cr, x_of(data, parts, k, i), axis_at(values, s->grown[k].value));
        else
            cairo_stroke(cr);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
    for (size_t k = 0; k < data->step_count; k++) {
        const struct chart_estimate *e = &s->grown[k];
        const double x = x_of(data, parts, k, i);
        if (!isfinite(e->value))
            continue;
        style_source(cr, style_series(i), 1);
        settings_whisker(cr, x, axis_at(values, e->lo), x, axis_at(values, e->hi));
        style_marker(cr, (enum marker)(i % MARKER_COUNT), x, axis_at(values, e->value), 2.4);
        cairo_fill(cr);
    }
}

/* At the lines' ends, from the top down, without touching. The settings come from the most to the least. */
static void name_lines(cairo_t *cr, const struct chart_data *data, const struct axis *values, double x)
{
    double free_from = values->to;
    for (size_t i = 0; i < lines_of(data); i++) {
        char name[256];
        const struct chart_setting *s = &data->settings[i];
        snprintf(name, sizeof name, s->told ? "%.200s" : "(%.200s)", s->key);
        const double y = isfinite(s->size.value) ? fmax(axis_at(values, s->size.value), free_from) : free_from;
        label_draw(cr, &(struct label){.string = name,
                                       .x = x,
                                       .y = y,
                                       .at = LABEL_MIDDLE,
                                       .size = STYLE_SIZE_BASE,
                                       .bold = s->told,
                                       .colour = style_series(i),
                                       .width = NAMES - 8});
        free_from = y + NAME_ROW;
    }
}

static void make_axes(const struct chart_data *data, struct axis *parts, struct axis *values)
{
    double lo = 0, hi = 0;
    for (size_t i = 0; i < lines_of(data); i++)
        for (size_t k = 0; k < data->step_count; k++) {
            lo = fmin(lo, data->settings[i].grown[k].lo);
            hi = fmax(hi, data->settings[i].grown[k].hi);
        }
    axis_values(values, lo, hi, 6, lo, (double)NAN);
    parts->lo = log2(fmax(data->step_runs[0], 1)) - 0.35;
    parts->hi = log2(fmax(data->step_runs[data->step_count - 1], 1)) + 0.35;
    for (size_t k = 0; k < data->step_count && k < AXIS_TICKS_MAX; k++) {
        parts->tick[k] = log2(fmax(data->step_runs[k], 1));
        snprintf(parts->label[k], AXIS_LABEL_SIZE, "%.0f", data->step_runs[k]);
        parts->tick_count = (int)k + 1;
    }
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct frame f;
    (void)options;
    if (data->step_count < 2)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "too few samples to be told from growing parts of them");
    open_convergence(&f, data, width);
    frame_around(cr, &f, width, height, 1);
    const double bottom = f.bottom - SETTINGS_AXIS;
    struct axis parts = {.from = f.left + LEFT, .to = f.right - NAMES}, values = {.from = bottom, .to = f.top + 4};
    make_axes(data, &parts, &values);
    axis_draw_values(cr, &values, parts.from, parts.to);
    style_source(cr, style_grey, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    cairo_move_to(cr, parts.from, axis_at(&values, 0));
    cairo_line_to(cr, parts.to, axis_at(&values, 0));
    cairo_stroke(cr);
    for (size_t i = lines_of(data); i-- > 0;)
        draw_setting(cr, data, &parts, &values, i);
    name_lines(cr, data, &values, parts.to + 8);
    axis_draw_time(cr, &parts, bottom);
    axis_title(cr, &parts, bottom + 15, data->step_means);
    axis_title_up(cr, STYLE_MARGIN, values.to, values.from, data->size_means);
    return STATUS_OK;
}

const struct chart convergence_chart = {
    .name = "convergence",
    .meaning = "what each setting was told to decide, from growing parts of the runs",
    .takes = "columns of weeks",
    .of_settings = 1,
    .size = size,
    .draw = draw,
};
