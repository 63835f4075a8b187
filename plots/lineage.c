/* lineage.c: who brought whom in: people as rows, by unit, their time in each layer as bars inside each other, and a curve
 * from each source to whom it brought in, at the week of it. */
#include "charts.h"
#include "kit/frame.h"

#include "../sim/leaf/lineage.h"
#include "../sim/leaf/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEFT 52.0
#define COUNTS_WIDTH 92.0
#define COUNTS_GAP 10.0
#define HEAD 14.0
#define FOOT 27.0
#define UNIT_GAP 5.0
#define ROWS_HEIGHT 560.0 /* that rows share, within the pitches below */
#define PITCH_LEAST 7.6
#define PITCH_MOST 15.0
#define NEVER INT64_MAX

struct row {
    uint32_t post, unit; /* unit 0: not of the staff */
    int64_t first[LINEAGE_LAYERS];
    size_t brought[LINEAGE_LAYERS];
    double y; /* middle, from the top of the rows */
};

struct lineage {
    struct frame frame;
    const struct chart_lineage *of;
    uint32_t innovation;
    size_t layers; /* with that of nobody */
    struct row *rows;
    size_t row_count;
    size_t *row_of; /* by post */
    size_t most;    /* brought in by one row */
    double pitch, height;
    struct axis time;
    int years;
};

static struct colour colour_of(const struct lineage *l, size_t layer)
{
    return style_ramp(l->layers < 3 ? 0.6 : 0.12 + 0.78 * (double)(layer - 1) / (double)(l->layers - 2));
}

static bool counts(const struct lineage *l, const struct adoption *a)
{
    return a->innovation == l->innovation && a->layer > 0 && a->layer < l->layers;
}

/* ---- rows ---- */

/* By unit; in it whoever came furthest first. */
static int by_unit(const void *a, const void *b)
{
    const struct row *p = a, *q = b;
    if (p->unit != q->unit)
        return p->unit - 1 < q->unit - 1 ? -1 : 1; /* unit 0 comes last */
    for (int layer = LINEAGE_LAYERS - 1; layer > 0; layer--)
        if (p->first[layer] != q->first[layer])
            return p->first[layer] < q->first[layer] ? -1 : 1;
    return p->post < q->post ? -1 : p->post > q->post;
}

static void note(struct lineage *l, const struct adoption *a)
{
    struct row *row = &l->rows[a->post];
    row->unit = a->unit;
    if (a->week < row->first[a->layer])
        row->first[a->layer] = a->week;
    if (a->from < l->of->id_count)
        l->rows[a->from].brought[a->layer]++;
}

/* Keeps the posts that the innovation has to do with, in their order, and gives them places. */
static void place_rows(struct lineage *l)
{
    size_t kept = 0, units = 0;
    for (size_t i = 0; i < l->row_count; i++) {
        size_t has = 0;
        for (size_t layer = 1; layer < l->layers; layer++)
            has += (l->rows[i].first[layer] != NEVER) + l->rows[i].brought[layer];
        if (has)
            l->rows[kept++] = l->rows[i];
    }
    l->row_count = kept;
    qsort(l->rows, kept, sizeof *l->rows, by_unit);
    l->pitch = fmin(PITCH_MOST, fmax(PITCH_LEAST, ROWS_HEIGHT / (double)(kept ? kept : 1)));
    for (size_t i = 0; i < kept; i++) {
        struct row *row = &l->rows[i];
        size_t sum = 0;
        units += i > 0 && row->unit != row[-1].unit;
        row->y = ((double)i + 0.5) * l->pitch + (double)units * UNIT_GAP;
        for (size_t layer = 1; layer < l->layers; layer++)
            sum += row->brought[layer];
        l->most = sum > l->most ? sum : l->most;
        l->row_of[row->post] = i;
    }
    l->height = (double)kept * l->pitch + (double)units * UNIT_GAP;
}

static enum status make_rows(struct lineage *l, struct faults *faults)
{
    const struct chart_lineage *of = l->of;
    l->rows = calloc(of->id_count + 1, sizeof *l->rows);
    l->row_of = calloc(of->id_count + 1, sizeof *l->row_of);
    if (!l->rows || !l->row_of)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw %zu people", of->id_count);
    l->row_count = of->id_count;
    for (size_t i = 0; i < of->id_count; i++) {
        l->rows[i].post = (uint32_t)i;
        for (size_t layer = 0; layer < LINEAGE_LAYERS; layer++)
            l->rows[i].first[layer] = NEVER;
    }
    for (size_t i = 0; i < of->count; i++)
        if (counts(l, &of->list[i]))
            note(l, &of->list[i]);
    place_rows(l);
    return STATUS_OK;
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
    return l->pitch * (0.16 + 0.6 * (double)(layer - 1) / (double)(l->layers > 2 ? l->layers - 2 : 1));
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
    const struct chart_lineage *of = l->of;
    size_t all = 0;
    for (size_t i = 0; i < of->count; i++)
        all += counts(l, &of->list[i]);
    for (size_t kind = 0; kind < of->kind_count; kind++) {
        size_t n = 0;
        for (size_t i = 0; i < of->count; i++)
            n += counts(l, &of->list[i]) && of->list[i].kind == kind;
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
    const struct chart_lineage *of = l->of;
    for (size_t layer = 1; layer < l->layers; layer++)
        frame_own(&l->frame, key_bar, (double)(layer - 1) / (double)(l->layers > 2 ? l->layers - 2 : 1),
                  colour_of(l, layer), "%s", of->layers[layer]);
    frame_own(&l->frame, key_curve, 0, colour_of(l, l->layers - 1), "brought in by");
    key_of_kinds(l);
}

static void note_boundaries(struct lineage *l)
{
    const struct chart_lineage *of = l->of;
    const double year = l->frame.data->weeks_per_year;
    for (size_t layer = 2; layer < l->layers; layer++) {
        const struct lineage_boundary b = lineage_boundary(of->list, of->count, l->innovation, (int)layer,
                                                           of->last_week);
        if (b.person_weeks > 0)
            frame_note(&l->frame, "From %s to %s: %zu steps, %.2f a year and person in between.", of->layers[layer - 1],
                       of->layers[layer], b.steps, (double)b.steps / b.person_weeks * year);
    }
}

static void make_notes(struct lineage *l)
{
    const struct chart_lineage *of = l->of;
    const struct lineage_bridges b = lineage_bridges(of->list, of->count, l->innovation);
    snprintf(l->frame.head, sizeof l->frame.head, "%s%sn = 1 run (number %lld)%s", of->innovations[l->innovation],
             of->innovation_count > 1 ? ", one of several innovations · " : " · ", (long long)of->run,
             l->frame.data->school_count > 1 ? ", one school of several" : "");
    frame_note(
        &l->frame,
        "A row is a post, by unit, who came furthest first; a bar ends where somebody lapsed or left. A curve leads "
        "from who brought somebody in to that person; the mark says how. %zu of %zu steps with a colleague as "
        "source crossed units.",
        b.bridged, b.steps);
    note_boundaries(l);
    frame_note(&l->frame, "A step is credited to what carried it over the threshold. A school year has %d weeks.",
               l->frame.data->weeks_per_year);
}

/* ---- opening ---- */

static enum status choose_innovation(struct lineage *l, const struct chart_options *options, struct faults *faults)
{
    char quoted[TEXT_QUOTED];
    struct text_near near = {.word = options->of};
    const struct chart_lineage *of = l->of;
    for (l->innovation = 0; options->of && l->innovation < of->innovation_count; l->innovation++) {
        if (strcmp(of->innovations[l->innovation], options->of) == 0)
            return STATUS_OK;
        text_near_try(&near, of->innovations[l->innovation]);
    }
    if (!options->of && of->innovation_count)
        return STATUS_OK;
    return fault_add(faults, STATUS_USAGE, NULL, 0, "--of: no lineage is of an innovation called %s%s%s%s",
                     text_quote(options->of ? options->of : "", quoted), near.best ? "; did you mean " : "",
                     near.best ? near.best : "", near.best ? "?" : "");
}

static void lineage_close(struct lineage *l)
{
    free(l->rows);
    free(l->row_of);
}

static enum status lineage_open(struct lineage *l, double width, const struct chart_data *data,
                                const struct chart_options *options, struct faults *faults)
{
    *l = (struct lineage){.of = data->lineage};
    if (!l->of)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0, "the result keeps no lineage");
    l->layers = l->of->layer_count < LINEAGE_LAYERS ? l->of->layer_count : LINEAGE_LAYERS;
    enum status status = choose_innovation(l, options, faults);
    if (status == STATUS_OK)
        status = make_rows(l, faults);
    if (status != STATUS_OK) {
        lineage_close(l);
        return status;
    }
    frame_begin(&l->frame, data, width);
    l->time.from = STYLE_MARGIN + LEFT;
    l->time.to = width - STYLE_MARGIN - COUNTS_WIDTH - COUNTS_GAP;
    l->years = axis_weeks(&l->time, 0, l->of->last_week, data->weeks_per_year, 10);
    make_key(l);
    make_notes(l);
    return STATUS_OK;
}

/* ---- drawing ---- */

static double row_y(const struct lineage *l, double top, uint32_t post)
{
    return top + l->rows[l->row_of[post]].y;
}

static void draw_names(cairo_t *cr, const struct lineage *l, double top)
{
    for (size_t i = 0, first = 0; i < l->row_count; i++) {
        const struct row *row = &l->rows[i];
        label_draw(cr, &(struct label){.string = l->of->ids[row->post],
                                       .x = l->time.from - 4,
                                       .y = top + row->y,
                                       .align = LABEL_RIGHT,
                                       .at = LABEL_MIDDLE,
                                       .size = fmin(STYLE_SIZE_SMALL, l->pitch * 0.86),
                                       .colour = style_ink,
                                       .width = LEFT - 20});
        if (i + 1 < l->row_count && row[1].unit == row->unit)
            continue;
        char name[32];
        snprintf(name, sizeof name, row->unit ? "unit %u" : "others", row->unit);
        const double from = top + l->rows[first].y - l->pitch / 2, to = top + row->y + l->pitch / 2;
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
    const struct chart_lineage *of = l->of;
    const double high = bar_height(l, layer);
    style_source(cr, colour_of(l, layer), 0.85);
    for (size_t i = 0; i < of->count; i++) {
        const struct adoption *a = &of->list[i];
        if (!counts(l, a) || a->layer != layer)
            continue;
        const double from = axis_at(&l->time, (double)a->week),
                     to = axis_at(&l->time, (double)(a->until < 0 ? of->last_week : a->until));
        cairo_rectangle(cr, from, row_y(l, top, a->post) - high / 2, fmax(to - from, 0.4), high);
    }
    cairo_fill(cr);
}

static void draw_curves(cairo_t *cr, const struct lineage *l, size_t layer, double top)
{
    const struct chart_lineage *of = l->of;
    const double share = (double)layer / (double)(l->layers - 1);
    style_source(cr, style_mix(colour_of(l, layer), style_ink, 0.15), 0.25 + 0.65 * share * share);
    cairo_set_line_width(cr, 0.35 + 0.75 * share * share);
    for (size_t i = 0; i < of->count; i++) {
        const struct adoption *a = &of->list[i];
        if (!counts(l, a) || a->layer != layer || a->from >= of->id_count)
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
    const struct chart_lineage *of = l->of;
    const double most = fmin(3.1, 0.36 * l->pitch), share = (double)layer / (double)(l->layers - 1);
    for (size_t i = 0; i < of->count; i++) {
        const struct adoption *a = &of->list[i];
        if (counts(l, a) && a->layer == layer)
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
    for (size_t i = 0; i < l->row_count; i++) {
        const struct row *row = &l->rows[i];
        double x = from;
        size_t sum = 0;
        for (size_t layer = l->layers - 1; layer > 0; layer--) {
            const double wide = room * (double)row->brought[layer] / (double)(l->most ? l->most : 1);
            style_source(cr, colour_of(l, layer), 0.9);
            cairo_rectangle(cr, x, top + row->y - l->pitch * 0.36, wide, l->pitch * 0.72);
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
                                           .size = fmin(STYLE_SIZE_SMALL, l->pitch * 0.86),
                                           .colour = style_ink});
    }
}

static void draw_rows(cairo_t *cr, const struct lineage *l, double top)
{
    style_source(cr, style_grid, 1);
    cairo_set_line_width(cr, STYLE_LINE_GRID);
    for (size_t i = 0; i < l->row_count; i++) {
        cairo_move_to(cr, l->time.from, top + l->rows[i].y);
        cairo_line_to(cr, l->time.to, top + l->rows[i].y);
    }
    cairo_stroke(cr);
    for (size_t layer = 1; layer < l->layers; layer++)
        draw_bars(cr, l, layer, top);
    for (size_t layer = 1; layer < l->layers; layer++)
        draw_curves(cr, l, layer, top);
    for (size_t layer = 1; layer < l->layers; layer++)
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
    *height = frame_around(cr, &l.frame, *width, 0, 0) + HEAD + l.height + FOOT;
    cairo_destroy(cr);
    lineage_close(&l);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct lineage l;
    const enum status status = lineage_open(&l, width, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &l.frame, width, height, 1);
    const double top = l.frame.top + HEAD, bottom = top + l.height;
    axis_draw_grid(cr, &l.time, top, bottom);
    draw_names(cr, &l, top);
    draw_rows(cr, &l, top);
    draw_counts(cr, &l, top);
    axis_draw_time(cr, &l.time, bottom);
    axis_title_time(cr, &l.time, bottom + 14, l.years);
    lineage_close(&l);
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
