/* multiples.c: small panels of a sweep, a column for each value of one setting, a row for each value of another: measures
 * over time, each point's mean with its interval; or one measure, a line for each value of a third setting. */
#include "charts.h"
#include "kit/frame.h"
#include "kit/points.h"
#include "kit/target.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ACROSS_MOST 10
#define DOWN_MOST 14
#define BEYOND ((size_t)1000) /* levels of a setting, more than fit in any case: their product must not wrap */
#define LINES_MOST 6
#define LEFT 42.0  /* numbers and title beside the first column */
#define RIGHT 40.0 /* values of the rows' setting */
#define HEAD 25.0  /* title and values of the columns' setting */
#define FOOT 27.0
#define GAP 8.0
#define PANEL_LEAST 34.0
#define PANEL_MOST 92.0
#define TARGET_DASH ((double[]){3, 2})

struct multiples_page {
    const struct chart_data *data;
    struct choice choice;
    struct targets targets;
    size_t across, down, lines;
    int by_setting; /* lines are values of the third setting, not measures */
    double lo, hi;  /* of all that is drawn */
    bool cut;       /* an interval reaches beyond what its measure can be */
    struct frame frame;
};

struct panel {
    struct axis time, y;
    size_t column, row;
};

static size_t column_of(const struct multiples_page *m, size_t line)
{
    return m->choice.column[m->by_setting ? 0 : line];
}

/* NULL: the design has no such point. */
static const struct chart_spread *spread_at(const struct multiples_page *m, const struct panel *p, size_t line,
                                            size_t week)
{
    const struct chart_points *points = m->data->points;
    for (size_t i = 0; i < points->count; i++)
        if (points_level(m->data, i, 0) == p->column &&
            (points->axis_count < 2 || points_level(m->data, i, 1) == p->row) &&
            (!m->by_setting || points_level(m->data, i, 2) == line))
            return &points->course[(week * points->count + i) * m->data->column_count + column_of(m, line)];
    return NULL;
}

/* ---- what is drawn ---- */

static enum status check(struct multiples_page *m, struct faults *faults)
{
    const struct chart_points *p = m->data->points;
    const size_t axes = p->axis_count;
    size_t cells = 1;
    if (axes > 3)
        return fault_add(
            faults, STATUS_BAD_INPUT, NULL, 0,
            "small multiples show up to three settings; this sweep varies %zu: try `ebb plot OUT response`", axes);
    for (size_t a = 0; a < axes; a++)
        cells *= p->axes[a].level_count < BEYOND ? p->axes[a].level_count : BEYOND;
    m->across = p->axes[0].level_count;
    m->down = axes > 1 ? p->axes[1].level_count : 1;
    m->by_setting = axes > 2;
    m->lines = axes > 2 ? p->axes[2].level_count : m->choice.count;
    if (cells > p->count || m->across > ACROSS_MOST || m->down > DOWN_MOST || m->lines > LINES_MOST)
        return fault_add(
            faults, STATUS_BAD_INPUT, NULL, 0,
            "small multiples show a full grid of up to %d by %d values, with up to %d lines in each panel; "
            "here are %zu points of %zu by %zu and %zu lines: try `ebb plot OUT heat` or `response`",
            ACROSS_MOST, DOWN_MOST, LINES_MOST, p->count, m->across, m->down, m->lines);
    if (p->week_count < 3)
        return fault_add(
            faults, STATUS_BAD_INPUT, NULL, 0,
            "small multiples show the course over time, but only %zu weeks of each run are kept: sweep with "
            "--keep yearly or weekly",
            p->week_count);
    return STATUS_OK;
}

/* With three settings a panel has room for one measure, else for those of one unit. */
static enum status check_columns(const struct multiples_page *m, const struct chart_options *options,
                                 struct choice *choice, struct faults *faults)
{
    const struct column *columns = m->data->columns;
    const size_t most = m->data->points && m->data->points->axis_count > 2 ? 1 : choice->count;
    if (!options->columns && most < choice->count)
        choice->count = most;
    if (choice->count > most)
        return fault_add(faults, STATUS_USAGE, NULL, 0,
                         "--columns: with three settings a panel shows one measure, here are %zu", choice->count);
    for (size_t i = 1; i < choice->count; i++)
        if (strcmp(columns[choice->column[i]].unit, columns[choice->column[0]].unit) != 0)
            return fault_add(faults, STATUS_USAGE, NULL, 0,
                             "--columns: measures of one unit share a panel; %s is in %s and %s in %s",
                             columns[choice->column[0]].name, columns[choice->column[0]].unit,
                             columns[choice->column[i]].name, columns[choice->column[i]].unit);
    return STATUS_OK;
}

static void own_target(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_width(cr, STYLE_LINE_AXIS * 1.4);
    cairo_set_dash(cr, TARGET_DASH, 2, 0);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + item->width, y);
    cairo_stroke(cr);
}

static size_t look_of(const struct multiples_page *m, size_t line)
{
    return m->by_setting ? line : m->choice.look[line];
}

static void make_words(struct multiples_page *m)
{
    char n[64];
    struct frame *f = &m->frame;
    const struct chart_axis *third = &m->data->points->axes[2];
    points_n(m->data, m->choice.column[0], n, sizeof n);
    frame_key(f, KEY_NONE, style_ink, "%s",
              m->by_setting ? m->data->columns[m->choice.column[0]].name : "mean of runs");
    for (size_t line = 0; line < m->lines; line++)
        frame_own(f, frame_dashed, (double)look_of(m, line), style_series(look_of(m, line)),
                  m->by_setting ? "%.90s = %.60s" : "%.90s",
                  m->by_setting ? points_short(third->name) : m->data->columns[column_of(m, line)].name,
                  m->by_setting ? third->label[line] : "");
    frame_key(f, KEY_OUTER, style_grey, "95 %% interval of the mean (Student's t)");
    for (size_t i = 0; i < m->targets.count; i++)
        frame_own(f, own_target, 0, style_ink, "target: %.60s = %g", m->data->columns[m->targets.column[i]].name,
                  m->targets.value[i]);
    if (m->cut)
        frame_note(f, "Bands end where the measure does: intervals of few runs reach beyond.");
    frame_note(f, "%s; all points share their luck. A school year has %d weeks.", n, m->data->weeks_per_year);
}

static void span(struct multiples_page *m)
{
    const struct chart_points *p = m->data->points;
    m->lo = m->hi = (double)NAN;
    for (size_t k = 0; k < m->choice.count; k++) {
        const struct column *column = &m->data->columns[m->choice.column[k]];
        const double target = target_of(&m->targets, m->choice.column[k]);
        m->lo = fmin(m->lo, target);
        m->hi = fmax(m->hi, target);
        for (size_t i = 0; i < p->week_count * p->count; i++) {
            const struct chart_spread *s = &p->course[i * m->data->column_count + m->choice.column[k]];
            m->lo = fmin(m->lo, fmin(s->mean, fmax(s->lo, column->lo)));
            m->hi = fmax(m->hi, fmax(s->mean, fmin(s->hi, column->hi)));
            m->cut |= s->lo < column->lo || s->hi > column->hi;
        }
    }
}

static enum status page_open(struct multiples_page *m, const struct chart_data *data,
                             const struct chart_options *options, struct faults *faults)
{
    *m = (struct multiples_page){.data = data};
    enum status status = targets_choose(data, options, &m->choice, &m->targets, faults);
    if (status == STATUS_OK)
        status = check_columns(m, options, &m->choice, faults);
    if (status == STATUS_OK)
        status = check(m, faults);
    if (status != STATUS_OK)
        return status;
    span(m);
    frame_begin(&m->frame, data, STYLE_WIDTH);
    make_words(m);
    return STATUS_OK;
}

/* ---- a panel ---- */

static void draw_band(cairo_t *cr, const struct multiples_page *m, const struct panel *p, size_t line)
{
    const struct chart_points *points = m->data->points;
    const size_t count = points->week_count;
    const struct column *column = &m->data->columns[column_of(m, line)];
    style_source(cr, style_series(look_of(m, line)), STYLE_BAND_OUTER * 1.4);
    for (size_t i = 0; i < 2 * count; i++) {
        const size_t w = i < count ? i : 2 * count - 1 - i;
        const struct chart_spread *s = spread_at(m, p, line, w);
        if (s && isfinite(s->lo) && isfinite(s->hi))
            cairo_line_to(cr, axis_at(&p->time, (double)points->weeks[w]),
                          axis_at(&p->y, i < count ? fmin(s->hi, column->hi) : fmax(s->lo, column->lo)));
    }
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void draw_line(cairo_t *cr, const struct multiples_page *m, const struct panel *p, size_t line)
{
    const struct chart_points *points = m->data->points;
    style_source(cr, style_series(look_of(m, line)), 1);
    cairo_set_line_width(cr, STYLE_LINE_MAIN * 0.85);
    style_dash(cr, look_of(m, line), STYLE_LINE_MAIN * 0.85);
    for (size_t w = 0; w < points->week_count; w++) {
        const struct chart_spread *s = spread_at(m, p, line, w);
        if (s && isfinite(s->mean))
            cairo_line_to(cr, axis_at(&p->time, (double)points->weeks[w]), axis_at(&p->y, s->mean));
        else
            cairo_stroke(cr);
    }
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_targets(cairo_t *cr, const struct multiples_page *m, const struct panel *p)
{
    cairo_set_line_width(cr, STYLE_LINE_AXIS * 1.4);
    cairo_set_dash(cr, TARGET_DASH, 2, 0);
    for (size_t k = 0; k < m->choice.count; k++) {
        const double target = target_of(&m->targets, m->choice.column[k]);
        if (isnan(target))
            continue;
        style_source(cr, m->choice.count > 1 ? style_series(m->choice.look[k]) : style_ink, 1);
        cairo_move_to(cr, p->time.from, axis_at(&p->y, target));
        cairo_line_to(cr, p->time.to, axis_at(&p->y, target));
        cairo_stroke(cr);
    }
    cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_panel(cairo_t *cr, const struct multiples_page *m, const struct panel *p)
{
    struct axis y = p->y, time = p->time;
    for (int i = 0; i < y.tick_count;
         i++) /* numbers in the first column, and none where the panel above has its zero */
        if (p->column > 0 || (p->row + 1 < m->down && axis_at(&y, y.tick[i]) < y.to + 3))
            y.label[i][0] = '\0';
    axis_draw_values(cr, &y, time.from, time.to);
    for (size_t line = 0; line < m->lines; line++)
        draw_band(cr, m, p, line);
    draw_targets(cr, m, p);
    for (size_t line = 0; line < m->lines; line++)
        draw_line(cr, m, p, line);
    for (int i = 0; i < time.tick_count; i++) /* row 0 is the lowest; none where the next panel begins */
        if (p->row > 0 || (p->column + 1 < m->across && axis_at(&time, time.tick[i]) > time.to - 3))
            time.label[i][0] = '\0';
    axis_draw_time(cr, &time, p->y.from);
}

/* ---- the page ---- */

static double panel_width(const struct multiples_page *m, double width)
{
    return (width - 2 * STYLE_MARGIN - LEFT - RIGHT - GAP * (double)(m->across - 1)) / (double)m->across;
}

static double panel_height(const struct multiples_page *m, double width)
{
    return fmax(PANEL_LEAST, fmin(PANEL_MOST, panel_width(m, width) * 0.8));
}

static void draw_value(cairo_t *cr, const char *value, double x, double y, int beside, double width)
{
    label_draw(cr, &(struct label){.string = value,
                                   .x = x,
                                   .y = y,
                                   .align = beside ? LABEL_LEFT : LABEL_CENTRE,
                                   .at = beside ? LABEL_MIDDLE : LABEL_BOTTOM,
                                   .size = STYLE_SIZE_SMALL,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = width});
}

/* Names and values of the settings above the columns and beside the rows. */
static void draw_settings(cairo_t *cr, const struct multiples_page *m, double width, double down)
{
    char text[POINTS_TITLE];
    const struct chart_axis *axes = m->data->points->axes;
    const double left = STYLE_MARGIN + LEFT, right = width - STYLE_MARGIN - RIGHT, across = panel_width(m, width) + GAP;
    const struct axis whole = {.from = left, .to = right};
    const double top = m->frame.top + HEAD;
    points_axis_title(&axes[0], text);
    axis_title(cr, &whole, m->frame.top, text);
    for (size_t x = 0; x < m->across; x++)
        draw_value(cr, axes[0].label[x], left + across * (double)x + (across - GAP) / 2, top - 2, 0, across - 2);
    for (size_t y = 0; y < m->down && m->data->points->axis_count > 1; y++)
        draw_value(cr, axes[1].label[y], right + 4, top + down * ((double)(m->down - 1 - y) + 0.5), 1, RIGHT - 14);
    if (m->data->points->axis_count < 2)
        return;
    points_axis_title(&axes[1], text);
    axis_title_up(cr, width - STYLE_MARGIN - 9, top, top + down * (double)m->down, text);
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct multiples_page m;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (page_open(&m, data, options, NULL) == STATUS_OK)
        *height = frame_around(cr, &m.frame, *width, 0, 0) + HEAD + FOOT +
                  (double)m.down * (panel_height(&m, *width) + GAP);
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct multiples_page m;
    const enum status status = page_open(&m, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &m.frame, width, height, 1);
    const double left = STYLE_MARGIN + LEFT, top = m.frame.top + HEAD, wide = panel_width(&m, width);
    const double down = (m.frame.bottom - top - FOOT) / (double)m.down, bottom = top + down * (double)m.down;
    const struct chart_points *points = data->points;
    const struct column *column = &data->columns[m.choice.column[0]];
    int years = 0;
    for (size_t i = 0; i < m.across * m.down; i++) {
        const size_t row = i / m.across;
        struct panel p = {.column = i % m.across, .row = m.down - 1 - row};
        p.time.from = left + (wide + GAP) * (double)p.column;
        p.time.to = p.time.from + wide;
        p.y.to = top + down * (double)row;
        p.y.from = p.y.to + down - GAP;
        years = axis_weeks(&p.time, points->weeks[0], points->weeks[points->week_count - 1], data->weeks_per_year,
                           (int)fmax(1, wide / 30));
        axis_values(&p.y, m.lo, m.hi, (int)fmax(3, (p.y.from - p.y.to) / 16), fmin(column->lo, m.lo),
                    fmax(column->hi, m.hi));
        draw_panel(cr, &m, &p);
    }
    draw_settings(cr, &m, width, down);
    const struct axis whole = {.from = left, .to = left + (wide + GAP) * (double)m.across - GAP};
    axis_title_time(cr, &whole, bottom + 10, years);
    axis_title_up(cr, STYLE_MARGIN, top, bottom, frame_unit(column));
    return STATUS_OK;
}

const struct chart multiples_chart = {
    .name = "multiples",
    .meaning = "a sweep as small panels: measures over time at every point, with the intervals of their means",
    .takes = "columns of target",
    .of_points = 1,
    .of_course = 1,
    .asked = 1,
    .choose = targets_columns,
    .size = size,
    .draw = draw,
};
