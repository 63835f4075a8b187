/* lanes.c: see lanes.h. */
#include "lanes.h"

#include <math.h>
#include <stdlib.h>

#define BAR_HEIGHT 8.6
#define NAME_WIDTH_MAX 190.0
#define NAME_PAD 3.0
#define BAR_LEAST 1.6 /* a moment is still seen */

static const struct colour STRATEGY = {0.80, 0.82, 0.86}, SHOCK = {0.25, 0.25, 0.27};

static double clip(double x, double lo, double hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}

static struct label name_of(const struct event *event)
{
    return (struct label){.string = event->name,
                          .at = LABEL_MIDDLE,
                          .size = STYLE_SIZE_SMALL,
                          .colour = event->kind == EVENT_SHOCK ? SHOCK : style_ink,
                          .bold = event->kind == EVENT_SHOCK};
}

/* The name stands on its bar if it fits, else right of it, else left of it; a name longer than both is cut short. */
static void place_name(cairo_t *cr, struct lane_bar *bar, double left, double right)
{
    struct label name = name_of(bar->event);
    double wide = fmin(label_measure(cr, &name).width + 0.5, NAME_WIDTH_MAX);
    bar->inside = wide + 2 * NAME_PAD <= bar->end - bar->start;
    if (bar->inside) /* behind the wedge, where there is room */
        bar->label_x = fmin(fmax(bar->start, bar->ramp_end) + NAME_PAD, bar->end - NAME_PAD - wide);
    else if (bar->end + NAME_PAD + wide <= right)
        bar->label_x = bar->end + NAME_PAD;
    else if (bar->start - NAME_PAD - wide >= left)
        bar->label_x = bar->start - NAME_PAD - wide;
    else {
        double after = right - bar->end - NAME_PAD, before = bar->start - NAME_PAD - left;
        wide = fmax(20, fmin(wide, fmax(after, before)));
        bar->label_x = after >= before ? bar->end + NAME_PAD : bar->start - NAME_PAD - wide;
    }
    bar->label_width = wide;
}

static double reach_from(const struct lane_bar *bar)
{
    return fmin(bar->start, bar->label_x);
}

static double reach_to(const struct lane_bar *bar)
{
    return fmax(bar->end, bar->label_x + bar->label_width);
}

/* Shocks lie below, next to the panels they hit; otherwise by start, then by the order of the file. */
static int by_start(const void *a, const void *b)
{
    const struct lane_bar *p = a, *q = b;
    int shock_p = p->event->kind == EVENT_SHOCK, shock_q = q->event->kind == EVENT_SHOCK;
    if (shock_p != shock_q)
        return shock_p - shock_q;
    if (p->event->start != q->event->start)
        return p->event->start < q->event->start ? -1 : 1;
    return p->event < q->event ? -1 : p->event > q->event;
}

/* First lane in which nothing reaches into the bar; shocks never share a lane with others. */
static void choose_lane(struct lanes *lanes, size_t i, size_t first_lane)
{
    struct lane_bar *bar = &lanes->bars[i];
    for (bar->lane = first_lane;; bar->lane++) {
        int taken = 0;
        for (size_t k = 0; k < i && !taken; k++)
            taken = lanes->bars[k].lane == bar->lane && reach_from(&lanes->bars[k]) < reach_to(bar) + 2 * NAME_PAD &&
                    reach_from(bar) < reach_to(&lanes->bars[k]) + 2 * NAME_PAD;
        if (!taken)
            break;
    }
    if (bar->lane >= lanes->lane_count)
        lanes->lane_count = bar->lane + 1;
}

static size_t overlapping(const struct lanes *lanes)
{
    size_t most = 0;
    for (size_t i = 0; i < lanes->bar_count; i++) {
        size_t here = 0;
        for (size_t k = 0; k < lanes->bar_count; k++)
            here += lanes->bars[k].start <= lanes->bars[i].start && lanes->bars[i].start < lanes->bars[k].end;
        most = here > most ? here : most;
    }
    return most;
}

int lanes_place(cairo_t *cr, const struct chart_data *data, const struct axis *time, double left, double right,
                struct lanes *lanes)
{
    *lanes = (struct lanes){0};
    if (data->event_count == 0)
        return 0;
    lanes->bars = calloc(data->event_count, sizeof *lanes->bars);
    if (!lanes->bars)
        return -1;
    for (size_t i = 0; i < data->event_count; i++) {
        const struct event *event = &data->events[i];
        double start = (double)event->start, end = event->end < 0 ? time->hi : (double)event->end;
        if (start > time->hi || end < time->lo) {
            lanes->outside++;
            continue;
        }
        struct lane_bar *bar = &lanes->bars[lanes->bar_count++];
        bar->event = event;
        bar->start = axis_at(time, clip(start, time->lo, time->hi));
        bar->end = axis_at(time, clip(end, time->lo, time->hi));
        bar->ramp_end = axis_at(time, clip(fmin(start + (double)event->ramp, end), time->lo, time->hi));
        if (bar->end - bar->start < BAR_LEAST)
            bar->end = bar->start + BAR_LEAST;
        place_name(cr, bar, left, right);
    }
    qsort(lanes->bars, lanes->bar_count, sizeof *lanes->bars, by_start);
    size_t shock_lane = 0;
    for (size_t i = 0; i < lanes->bar_count; i++) {
        int shock = lanes->bars[i].event->kind == EVENT_SHOCK;
        choose_lane(lanes, i, shock ? shock_lane : 0);
        if (!shock)
            shock_lane = lanes->lane_count;
    }
    lanes->most_at_once = overlapping(lanes);
    return 0;
}

/* A strategy with a ramp grows as a wedge. */
static void bar_path(cairo_t *cr, const struct lane_bar *bar, double top)
{
    double bottom = top + BAR_HEIGHT, ramp = fmin(bar->ramp_end, bar->end);
    cairo_new_path(cr);
    cairo_move_to(cr, bar->start, bottom);
    cairo_line_to(cr, ramp > bar->start ? ramp : bar->start, top);
    cairo_line_to(cr, bar->end, top);
    cairo_line_to(cr, bar->end, bottom);
    cairo_close_path(cr);
}

static void draw_bar(cairo_t *cr, const struct lane_bar *bar, double top)
{
    bar_path(cr, bar, top);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_width(cr, STYLE_LINE_AXIS);
    if (bar->event->kind == EVENT_INITIATIVE) {
        style_source(cr, style_grey, 1);
        cairo_set_dash(cr, (double[]){2, 1.5}, 2, 0);
        cairo_stroke(cr);
        return;
    }
    style_source(cr, bar->event->kind == EVENT_SHOCK ? SHOCK : STRATEGY, 1);
    cairo_fill(cr);
}

void lanes_draw(cairo_t *cr, const struct lanes *lanes, double top)
{
    cairo_save(cr);
    for (size_t i = 0; i < lanes->bar_count; i++) {
        const struct lane_bar *bar = &lanes->bars[i];
        double y = top + (double)bar->lane * LANE_HEIGHT;
        draw_bar(cr, bar, y);
        struct label name = name_of(bar->event);
        name.x = bar->label_x;
        name.y = y + BAR_HEIGHT / 2;
        name.width = bar->label_width;
        if (bar->inside && bar->event->kind == EVENT_SHOCK)
            name.colour = style_white;
        label_draw(cr, &name);
    }
    cairo_restore(cr);
}

/* Grows over the ramp as the strategy does. */
static void shade_strategy(cairo_t *cr, const struct lane_bar *bar, double top, double bottom, double opacity)
{
    cairo_pattern_t *grey = cairo_pattern_create_linear(bar->start, 0, fmax(bar->ramp_end, bar->start + 0.01), 0);
    cairo_pattern_add_color_stop_rgba(grey, 0, 0.35, 0.4, 0.5, bar->ramp_end > bar->start ? 0 : opacity);
    cairo_pattern_add_color_stop_rgba(grey, 1, 0.35, 0.4, 0.5, opacity);
    cairo_set_source(cr, grey);
    cairo_rectangle(cr, bar->start, top, bar->end - bar->start, bottom - top);
    cairo_fill(cr);
    cairo_pattern_destroy(grey);
}

/* Hatched, so that a shock is no strategy in grey either. */
static void shade_shock(cairo_t *cr, const struct lane_bar *bar, double top, double bottom)
{
    style_source(cr, SHOCK, 0.4);
    style_hatch(cr, bar->start, top, bar->end - bar->start, bottom - top, 4);
    cairo_set_dash(cr, (double[]){2.5, 1.8}, 2, 0);
    cairo_set_line_width(cr, 0.6);
    style_source(cr, SHOCK, 0.8);
    cairo_move_to(cr, bar->start, top);
    cairo_line_to(cr, bar->start, bottom);
    if (bar->end - bar->start > BAR_LEAST) {
        cairo_move_to(cr, bar->end, top);
        cairo_line_to(cr, bar->end, bottom);
    }
    cairo_stroke(cr);
}

void lanes_shade(cairo_t *cr, const struct lanes *lanes, double top, double bottom)
{
    const double each = fmin(0.11, 0.28 / (double)(lanes->most_at_once ? lanes->most_at_once : 1));
    cairo_save(cr);
    for (size_t i = 0; i < lanes->bar_count; i++) {
        const struct lane_bar *bar = &lanes->bars[i];
        if (bar->event->kind == EVENT_STRATEGY)
            shade_strategy(cr, bar, top, bottom, each);
        else if (bar->event->kind == EVENT_SHOCK)
            shade_shock(cr, bar, top, bottom);
    }
    cairo_restore(cr);
}

void lanes_free(struct lanes *lanes)
{
    free(lanes->bars);
    *lanes = (struct lanes){0};
}
