/* lineage.c: who brought whom in: people as rows, by unit, their time in each layer as bars inside each other, and a curve
 * from each source to whom it brought in, at the week of it. */
#include "charts.h"
#include "kit/frame.h"
#include "kit/lineage_rows.h"

#include "../sim/leaf/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LEFT 52.0
#define COUNTS_WIDTH 92.0
#define COUNTS_GAP 10.0
#define HEAD 14.0
#define FOOT 27.0

struct lineage {
    struct frame frame;
    struct lineage_rows rows;
    struct axis time;
    int years;
};

static struct colour colour_of(const struct lineage *l, size_t layer)
{
    return style_ramp(l->rows.layers < 3 ? 0.6 : 0.12 + 0.78 * (double)(layer - 1) / (double)(l->rows.layers - 2));
}

/* ---- marks ---- */

/* Kinds differ in shape, and beyond seven in filling. */
static void mark(cairo_t *cr, size_t kind, struct colour colour, double x, double y, double radius)
{
    const bool hollow = kind >= MARKER_COUNT;
    style_marker(cr, (enum marker)(kind % MARKER_COUNT), x, y, radius);
    style_source(cr, hollow ? style_white : colour, 1);
    cairo_fill_preserve(cr);
    style_source(cr, hollow ? colour : style_white, 1);
    cairo_set_line_width(cr, hollow ? 0.8 : 0.35);
    cairo_stroke(cr);
}

static double bar_height(const struct lineage *l, size_t layer)
{
    return l->rows.pitch * (0.16 + 0.6 * (double)(layer - 1) / (double)(l->rows.layers > 2 ? l->rows.layers - 2 : 1));
}

static void key_bar(cairo_t *cr, const struct key_item *item, double x, double y)
{
    const double high = 1.5 + 5.5 * item->value;
    style_source(cr, item->colour, 0.85);
    cairo_rectangle(cr, x, y - high / 2, item->width, high);
    cairo_fill(cr);
}

static void key_mark(cairo_t *cr, const struct key_item *item, double x, double y)
{
    mark(cr, (size_t)item->value, item->colour, x + item->width / 2, y, 2.9);
}

static void key_curve(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 0.9);
    cairo_set_line_width(cr, 1.0);
    cairo_move_to(cr, x + item->width, y - 4);
    cairo_curve_to(cr, x + item->width - 6, y - 4, x + item->width - 6, y + 4, x + item->width, y + 4);
    cairo_stroke(cr);
}

static void key_of_kinds(struct lineage *l)
{
    const struct chart_lineage *of = l->rows.of;
    size_t all = 0;
    for (size_t i = 0; i < of->count; i++)
        all += lineage_rows_has(&l->rows, &of->list[i]);
    for (size_t kind = 0; kind < of->kind_count; kind++) {
        size_t n = 0;
        for (size_t i = 0; i < of->count; i++)
            n += lineage_rows_has(&l->rows, &of->list[i]) && of->list[i].kind == kind;
        struct key_item *item = n ? frame_key(&l->frame, KEY_OWN, style_ink, "by %s (%zu)", of->kinds[kind], n) : NULL;
        if (!item)
            continue;
        item->own = key_mark;
        item->width = 9;
        item->value = (double)kind;
    }
}

static void make_key(struct lineage *l)
{
    const struct chart_lineage *of = l->rows.of;
    for (size_t layer = 1; layer < l->rows.layers; layer++)
        frame_own(&l->frame, key_bar, (double)(layer - 1) / (double)(l->rows.layers > 2 ? l->rows.layers - 2 : 1),
                  colour_of(l, layer), "%s", of->layers[layer]);
    frame_own(&l->frame, key_curve, 0, colour_of(l, l->rows.layers - 1), "brought in by");
    key_of_kinds(l);
}

static void note_boundaries(struct lineage *l)
{
    const struct chart_lineage *of = l->rows.of;
    const double year = l->frame.data->weeks_per_year;
    for (size_t layer = 2; layer < l->rows.layers; layer++) {
        const struct lineage_boundary b = lineage_boundary(of->list, of->count, l->rows.innovation, (int)layer,
                                                           of->last_week);
        if (b.person_weeks > 0)
            frame_note(&l->frame, "From %s to %s: %zu steps, %.2f a year and person in between.", of->layers[layer - 1],
                       of->layers[layer], b.steps, (double)b.steps / b.person_weeks * year);
    }
}

static void make_notes(struct lineage *l)
{
    const struct chart_lineage *of = l->rows.of;
    const struct lineage_bridges b = lineage_bridges(of->list, of->count, l->rows.innovation);
    snprintf(l->frame.head, sizeof l->frame.head, "%s%sn = 1 run (number %lld)%s", of->innovations[l->rows.innovation],
             of->innovation_count > 1 ? ", one of several innovations · " : " · ", (long long)of->run,
             l->frame.data->school_count > 1 ? ", one school of several" : "");
    frame_note(
        &l->frame,
        "A row is a post, by unit, who came furthest first; a bar ends where somebody lapsed or left. A curve leads "
        "from who brought somebody in to that person; the mark says how. %zu of %zu steps with a colleague as "
        "source crossed units.",
        b.bridged, b.steps);
    note_boundaries(l);
    frame_note(&l->frame, "A step is credited to what carried it over the threshold.");
    if (l->years)
        frame_note(&l->frame, "A school year has %d weeks.", l->frame.data->weeks_per_year);
}

/* ---- opening ---- */

static enum status choose_innovation(struct lineage *l, const struct chart_options *options, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = options->of};
    const struct chart_lineage *of = l->rows.of;
    for (l->rows.innovation = 0; options->of && l->rows.innovation < of->innovation_count; l->rows.innovation++) {
        if (strcmp(of->innovations[l->rows.innovation], options->of) == 0)
            return STATUS_OK;
        text_near_try(&near, of->innovations[l->rows.innovation]);
    }
    if (!options->of && of->innovation_count)
        return STATUS_OK;
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--of: no lineage is of an innovation called %s%s%s%s",
                     text_quote(options->of ? options->of : "", quoted), near.best ? "; did you mean " : "",
                     near.best ? near.best : "", near.best ? "?" : "");
}

static enum status lineage_open(struct lineage *l, double width, const struct chart_data *data,
                                const struct chart_options *options, struct faults *faults)
{
    *l = (struct lineage){.rows = {.of = data->lineage}};
    if (!l->rows.of)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "the result keeps no lineage");
    l->rows.layers = l->rows.of->layer_count < LINEAGE_LAYERS ? l->rows.of->layer_count : LINEAGE_LAYERS;
    enum status status = choose_innovation(l, options, faults);
    if (status == STATUS_OK)
        status = lineage_rows_make(&l->rows, faults);
    if (status != STATUS_OK) {
        lineage_rows_free(&l->rows);
        return status;
    }
    frame_begin(&l->frame, data, width);
    l->time.from = STYLE_MARGIN + LEFT;
    l->time.to = width - STYLE_MARGIN - COUNTS_WIDTH - COUNTS_GAP;
    l->years = axis_weeks(&l->time, 0, l->rows.of->last_week, data->weeks_per_year, 10);
    make_key(l);
    make_notes(l);
    return STATUS_OK;
}

/* ---- drawing ---- */

static double row_y(const struct lineage *l, double top, uint32_t post)
{
    return top + l->rows.list[l->rows.at[post]].y;
}

static void draw_names(cairo_t *cr, const struct lineage *l, double top)
{
    for (size_t i = 0, first = 0; i < l->rows.count; i++) {
        const struct lineage_row *row = &l->rows.list[i];
        label_draw(cr, &(struct label){.string = l->rows.of->ids[row->post],
                                       .x = l->time.from - 4,
                                       .y = top + row->y,
                                       .align = LABEL_RIGHT,
                                       .at = LABEL_MIDDLE,
                                       .size = fmin(STYLE_SIZE_SMALL, l->rows.pitch * 0.86),
                                       .colour = style_ink,
                                       .width = LEFT - 20});
        if (i + 1 < l->rows.count && row[1].unit == row->unit)
            continue;
        char name[32];
        snprintf(name, sizeof name, row->unit ? "unit %u" : "others", row->unit);
        const double from = top + l->rows.list[first].y - l->rows.pitch / 2, to = top + row->y + l->rows.pitch / 2;
        if (to - from > 30)
            label_draw(cr, &(struct label){.string = name,
                                           .x = STYLE_MARGIN,
                                           .y = (from + to) / 2,
                                           .align = LABEL_CENTRE,
                                           .size = STYLE_SIZE_SMALL,
                                           .colour = style_grey,
                                           .upwards = 1});
        style_source(cr, style_pale, 1);
        cairo_set_line_width(cr, STYLE_LINE_AXIS);
        cairo_move_to(cr, STYLE_MARGIN + 13, from + 1);
        cairo_line_to(cr, STYLE_MARGIN + 13, to - 1);
        cairo_stroke(cr);
        first = i + 1;
    }
}

static void draw_bars(cairo_t *cr, const struct lineage *l, size_t layer, double top)
{
    const struct chart_lineage *of = l->rows.of;
    const double high = bar_height(l, layer);
    style_source(cr, colour_of(l, layer), 0.85);
    for (size_t i = 0; i < of->count; i++) {
        const struct adoption *a = &of->list[i];
        if (!lineage_rows_has(&l->rows, a) || a->layer != layer)
            continue;
        const double from = axis_at(&l->time, (double)a->week),
                     to = axis_at(&l->time, (double)(a->until < 0 ? of->last_week : a->until));
        cairo_rectangle(cr, from, row_y(l, top, a->post) - high / 2, fmax(to - from, 0.4), high);
    }
    cairo_fill(cr);
}

static void draw_curves(cairo_t *cr, const struct lineage *l, size_t layer, double top)
{
    const struct chart_lineage *of = l->rows.of;
    const double share = (double)layer / (double)(l->rows.layers - 1);
    style_source(cr, style_mix(colour_of(l, layer), style_ink, 0.15), 0.25 + 0.65 * share * share);
    cairo_set_line_width(cr, 0.35 + 0.75 * share * share);
    for (size_t i = 0; i < of->count; i++) {
        const struct adoption *a = &of->list[i];
        if (!lineage_rows_has(&l->rows, a) || a->layer != layer || a->from >= of->id_count)
            continue;
        const double x = axis_at(&l->time, (double)a->week), y = row_y(l, top, a->post),
                     source = row_y(l, top, a->from), bulge = fmin(9, 1 + 0.06 * fabs(y - source));
        cairo_move_to(cr, x, source);
        cairo_curve_to(cr, x - bulge, source, x - bulge, y, x, y);
    }
    cairo_stroke(cr);
}

static void draw_marks(cairo_t *cr, const struct lineage *l, size_t layer, double top)
{
    const struct chart_lineage *of = l->rows.of;
    const double most = fmin(3.1, 0.36 * l->rows.pitch), share = (double)layer / (double)(l->rows.layers - 1);
    for (size_t i = 0; i < of->count; i++) {
        const struct adoption *a = &of->list[i];
        if (lineage_rows_has(&l->rows, a) && a->layer == layer)
            mark(cr, a->kind, style_mix(colour_of(l, layer), style_ink, 0.25), axis_at(&l->time, (double)a->week),
                 row_y(l, top, a->post), most * (0.45 + 0.55 * share));
    }
}

/* How many each has brought in, the innermost layer next to the axis. */
static void draw_counts(cairo_t *cr, const struct lineage *l, double top)
{
    const double from = l->time.to + COUNTS_GAP, room = COUNTS_WIDTH - 18;
    label_draw(cr, &(struct label){.string = "steps brought about",
                                   .x = from,
                                   .y = top - HEAD + 2,
                                   .size = STYLE_SIZE_SMALL,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = COUNTS_WIDTH});
    for (size_t i = 0; i < l->rows.count; i++) {
        const struct lineage_row *row = &l->rows.list[i];
        double x = from;
        size_t sum = 0;
        for (size_t layer = l->rows.layers - 1; layer > 0; layer--) {
            const double wide = room * (double)row->brought[layer] / (double)(l->rows.most ? l->rows.most : 1);
            style_source(cr, colour_of(l, layer), 0.9);
            cairo_rectangle(cr, x, top + row->y - l->rows.pitch * 0.36, wide, l->rows.pitch * 0.72);
            cairo_fill(cr);
            x += wide;
            sum += row->brought[layer];
        }
        char number[24];
        snprintf(number, sizeof number, "%zu", sum);
        if (sum)
            label_draw(cr, &(struct label){.string = number,
                                           .x = x + 2.5,
                                           .y = top + row->y,
                                           .at = LABEL_MIDDLE,
                                           .size = fmin(STYLE_SIZE_SMALL, l->rows.pitch * 0.86),
                                           .colour = style_ink});
    }
}

static void draw_rows(cairo_t *cr, const struct lineage *l, double top)
{
    style_source(cr, style_grid, 1);
    cairo_set_line_width(cr, STYLE_LINE_GRID);
    for (size_t i = 0; i < l->rows.count; i++) {
        cairo_move_to(cr, l->time.from, top + l->rows.list[i].y);
        cairo_line_to(cr, l->time.to, top + l->rows.list[i].y);
    }
    cairo_stroke(cr);
    for (size_t layer = 1; layer < l->rows.layers; layer++)
        draw_bars(cr, l, layer, top);
    for (size_t layer = 1; layer < l->rows.layers; layer++)
        draw_curves(cr, l, layer, top);
    for (size_t layer = 1; layer < l->rows.layers; layer++)
        draw_marks(cr, l, layer, top);
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct lineage l;
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2;
    if (lineage_open(&l, *width, data, options, NULL) != STATUS_OK)
        return;
    cairo_t *cr = label_measuring_context();
    *height = frame_around(cr, &l.frame, *width, 0, 0) + HEAD + l.rows.height + FOOT;
    cairo_destroy(cr);
    lineage_rows_free(&l.rows);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct lineage l;
    const enum status status = lineage_open(&l, width, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &l.frame, width, height, 1);
    const double top = l.frame.top + HEAD, bottom = top + l.rows.height;
    axis_draw_grid(cr, &l.time, top, bottom);
    draw_names(cr, &l, top);
    draw_rows(cr, &l, top);
    draw_counts(cr, &l, top);
    axis_draw_time(cr, &l.time, bottom);
    axis_title_time(cr, &l.time, bottom + 14, l.years);
    lineage_rows_free(&l.rows);
    return STATUS_OK;
}

const struct chart lineage_chart = {
    .name = "lineage",
    .meaning = "who brought whom into an innovation: people by unit, over time",
    .takes = "of run school",
    .of_lineage = 1,
    .asked = 1,
    .size = size,
    .draw = draw,
};
