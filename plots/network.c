/* network.c: a school's network at chosen weeks, side by side on one map that stays still. */
#include "charts.h"
#include "kit/axis.h"
#include "kit/gatherings.h"
#include "kit/key.h"
#include "kit/label.h"
#include "kit/layout.h"
#include "kit/moments.h"
#include "kit/nodes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANELS_MAX MOMENTS_MAX
#define PANEL_GAP 12.0
#define HEAD_HEIGHT 28.0 /* two lines over a map, and a ring's name */
#define HEAD_EVENTS 8.5  /* a third line: what is under way */
#define SEAT_LEAST 10.5  /* points between seats */
#define SEAT_MOST 34.0
#define RADIUS_MOST 7.0
#define WIDTH_MOST 1000.0 /* thousands of people come closer together instead */
#define WIDTH_LEAST 380.0 /* for the key */
#define TIES_A_NODE 2.4   /* drawn on the fullest map, at most; fewer people may have more */
#define TIES_ALWAYS 320

struct network {
    struct chart_data own; /* as given, with the run and the school that are drawn */
    const struct chart_data *data;
    struct snapshots all;
    struct layout layout;
    struct nodes_look look;
    const struct snapshot *panel[PANELS_MAX];
    size_t panel_count, columns, rows;
    double map_width, map_height, scale; /* scale: points a seat */
    double head;                         /* height over each map */
    double threshold;                    /* weaker ties are left out */
    int thinned;
    char notes[1024];
};

static int64_t week_at(const void *list, size_t i)
{
    return ((const struct snapshot *)list)[i].week;
}

static enum status choose_panels(struct network *net, const struct chart_options *options, struct faults *faults)
{
    const struct moments_stored stored = {net->all.list, net->all.count, week_at, "no network is"};
    struct moments moments;
    const enum status status = moments_choose(options, &stored, PANELS_MAX, PANELS_MAX, &moments, faults);
    net->panel_count = moments.count;
    for (size_t i = 0; i < moments.count; i++)
        net->panel[i] = &net->all.list[moments.at[i]];
    return status;
}

/* The same threshold for all maps, a multiple of 0.05: the fullest has about as many ties as can be told apart. */
static void choose_threshold(struct network *net)
{
    for (size_t k = 0; k < net->panel_count; k++) {
        const struct snapshot *s = net->panel[k];
        size_t most = (size_t)fmax(TIES_ALWAYS, TIES_A_NODE * (double)s->node_count);
        if (s->tie_count <= most || !(s->ties[s->tie_count - most].strength > 0))
            continue;
        double limit = ceil(s->ties[s->tie_count - most].strength * 20 - 1e-9) / 20;
        net->threshold = fmax(net->threshold, limit);
        net->thinned = 1;
    }
}

static int is_drawn(const struct network *net, const struct snapshot_tie *tie)
{
    return !net->thinned || tie->strength >= net->threshold;
}

static void choose_size(struct network *net)
{
    static const size_t columns[] = {1, 1, 2, 3, 2, 3, 3, 4, 4};
    const double wide = net->layout.right - net->layout.left, high = net->layout.bottom - net->layout.top;
    net->columns = columns[net->panel_count];
    net->rows = (net->panel_count + net->columns - 1) / net->columns;
    double gaps = 2 * STYLE_MARGIN + PANEL_GAP * (double)(net->columns - 1);
    double room = (STYLE_WIDTH - gaps) / (double)net->columns;
    double most = (WIDTH_MOST - gaps) / (double)net->columns;
    net->scale = fmin(fmax(room / wide, fmin(SEAT_LEAST, most / wide)), SEAT_MOST);
    net->map_width = fmax(net->scale * wide, (WIDTH_LEAST - gaps) / (double)net->columns);
    net->map_height = net->scale * high;
}

/* Of all stored weeks, rounded outwards, so that pictures of other weeks have the same colours. */
static void choose_levels(const struct snapshots *all, struct nodes_look *look)
{
    double lowest = INFINITY, highest = -INFINITY;
    for (size_t k = 0; k < all->count; k++)
        for (size_t i = 0; i < all->list[k].node_count; i++) {
            lowest = fmin(lowest, all->list[k].level[i]); /* fmin() passes over NAN */
            highest = fmax(highest, all->list[k].level[i]);
        }
    if (!(lowest <= highest)) /* nobody has one */
        lowest = highest = 0;
    const double width = highest > lowest ? highest - lowest : fmax(1e-3, fabs(highest)),
                 step = pow(10, floor(log10(width)) - 1);
    look->lowest = floor(lowest / step + 1e-9) * step;
    look->decimals = (int)lround(fmin(9, fmax(0, 1 - log10(step))));
    look->highest = fmax(look->lowest + step, ceil(highest / step - 1e-9) * step);
}

static void choose_look(struct network *net)
{
    double top = 0;
    for (size_t k = 0; k < net->all.count; k++)
        for (size_t i = 0; i < net->all.list[k].node_count; i++)
            top = fmax(top, net->all.list[k].repertoire[i]);
    net->look = (struct nodes_look){.scheme = &net->all.scheme,
                                    .radius = fmin(0.42 * net->scale, RADIUS_MOST),
                                    .repertoire_top = ceil(top * 10 - 1e-9) / 10,
                                    .tie_scale = fmin(1, net->scale / 15)};
    choose_levels(&net->all, &net->look);
}

static void under_way(const struct network *net, int64_t week, char *words, size_t size)
{
    size_t used = 0;
    words[0] = '\0';
    for (size_t i = 0; i < net->data->event_count; i++) {
        const struct event *event = &net->data->events[i];
        if (week < event->start || (event->end >= 0 && week >= event->end && week != event->start) || used + 1 >= size)
            continue;
        int n = snprintf(words + used, size - used, "%s%s", used ? ", " : "", event->name);
        used = n < 0 || (size_t)n >= size - used ? size - 1 : used + (size_t)n;
    }
}

static void note(struct network *net, const char *sentence)
{
    size_t used = strlen(net->notes);
    snprintf(net->notes + used, sizeof net->notes - used, "%s%s", used ? " " : "", sentence);
}

static void make_notes(struct network *net)
{
    char words[256];
    if (net->panel_count > 1)
        note(net, !net->all.newcomers ? "One layout for all weeks."
                  : net->all.scheme.unit
                      ? "One layout for all weeks: who stays keeps the place, a newcomer takes a free "
                        "one of the same unit."
                      : "One layout for all weeks: who stays keeps the place, a newcomer takes a free "
                        "one.");
    if (net->panel_count < net->all.count) {
        snprintf(words, sizeof words, "%zu of %zu stored weeks.", net->panel_count, net->all.count);
        note(net, words);
    }
    const struct attribute *fill = net->all.scheme.layer ? net->all.scheme.layer : net->all.scheme.level;
    if (fill && fill->meaning[0]) {
        snprintf(words, sizeof words, "Fill: %.200s.", fill->meaning);
        note(net, words);
    }
    if (net->all.scheme.repertoire && net->all.scheme.repertoire->meaning[0]) {
        snprintf(words, sizeof words, "Size: %.200s.", net->all.scheme.repertoire->meaning);
        note(net, words);
    }
    if (nodes_grouped(&net->all))
        note(net, "Bands join the members of a community of practice.");
    if (net->all.scheme.strength)
        note(net, net->all.scheme.trust ? "Strength and trust of a tie: mean of its two sides."
                                        : "Strength of a tie: mean of its two sides.");
    if (net->thinned) {
        snprintf(words, sizeof words, "Ties weaker than %.2f are left out.", net->threshold);
        note(net, words);
    }
}

static double head_height(const struct network *net)
{
    char words[8];
    for (size_t i = 0; i < net->panel_count; i++) {
        under_way(net, net->panel[i]->week, words, sizeof words);
        if (words[0])
            return HEAD_HEIGHT + HEAD_EVENTS;
    }
    return HEAD_HEIGHT;
}

static void network_close(struct network *net)
{
    snapshots_free(&net->all);
    layout_free(&net->layout);
}

static enum status network_open(struct network *net, const struct chart_data *data, const struct chart_options *options,
                                struct faults *faults)
{
    *net = (struct network){.data = data};
    enum status status = snapshots_read(data, &net->all, faults);
    if (status == STATUS_OK)
        status = choose_panels(net, options, faults);
    if (status == STATUS_OK)
        status = layout_make(&net->all, &net->layout, faults);
    if (status != STATUS_OK) {
        network_close(net);
        return status;
    }
    net->own = *data;
    net->own.run = net->all.run;
    net->own.school = data->school_count > 1 ? net->all.school : 0;
    net->data = &net->own;
    choose_threshold(net);
    choose_size(net);
    choose_look(net);
    net->head = head_height(net);
    make_notes(net);
    return STATUS_OK;
}

static double width_of(const struct network *net)
{
    return 2 * STYLE_MARGIN + (double)net->columns * net->map_width + (double)(net->columns - 1) * PANEL_GAP;
}

/* Title, key and caption; *top is where the maps begin. */
static double surroundings(cairo_t *cr, const struct network *net, double width, double height, double *top, int draw)
{
    const double left = STYLE_MARGIN, right = width - STYLE_MARGIN;
    double y = STYLE_MARGIN;
    y += key_title(cr, net->data->title, left, right, y, draw);
    y += nodes_key(cr, &net->look, &net->all, left, right, y, draw) + 6;
    *top = y;
    double caption = key_caption(cr, net->data, net->notes, left, right, 0, 0);
    if (draw)
        key_caption(cr, net->data, net->notes, left, right, height - STYLE_MARGIN - caption, 1);
    return y + 8 + caption + STYLE_MARGIN;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct network net;
    double top;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (network_open(&net, data, options, NULL) == STATUS_OK) {
        *width = width_of(&net);
        *height = surroundings(cr, &net, *width, 0, &top, 0) +
                  (double)net.rows * (net.head + net.map_height + PANEL_GAP) - PANEL_GAP;
        network_close(&net);
    }
    cairo_destroy(cr);
}

/* From seats to the page, for one map whose upper left corner is given. */
struct map {
    const struct network *net;
    double x, y;
};

static double map_x(const struct map *map, double x)
{
    const struct layout *layout = &map->net->layout;
    return map->x + map->net->map_width / 2 + (x - (layout->left + layout->right) / 2) * map->net->scale;
}

static double map_y(const struct map *map, double y)
{
    const struct layout *layout = &map->net->layout;
    return map->y + map->net->map_height / 2 + (y - (layout->top + layout->bottom) / 2) * map->net->scale;
}

static void draw_rings(cairo_t *cr, const struct map *map)
{
    const struct layout *layout = &map->net->layout;
    cairo_set_dash(cr, NULL, 0, 0);
    for (size_t u = 0; u < layout->unit_count; u++) {
        const struct layout_unit *unit = &layout->units[u];
        if (!unit->ring)
            continue;
        style_marker(cr, MARKER_CIRCLE, map_x(map, unit->x), map_y(map, unit->y), unit->radius * map->net->scale);
        style_source(cr, (struct colour){0.945, 0.95, 0.96}, 1);
        cairo_fill_preserve(cr);
        cairo_set_line_width(cr, STYLE_LINE_AXIS);
        style_source(cr, (struct colour){0.78, 0.80, 0.83}, 1);
        cairo_stroke(cr);
    }
}

/* At the ring's upper edge, over the ties. */
static void draw_unit_names(cairo_t *cr, const struct map *map)
{
    const struct layout *layout = &map->net->layout;
    for (size_t u = 0; u < layout->unit_count; u++) {
        const struct layout_unit *unit = &layout->units[u];
        char words[80];
        const char *word = "", *labels = map->net->all.scheme.unit ? map->net->all.scheme.unit->labels : "";
        size_t length = unit->ring && unit->number >= 0 ? nodes_label(labels, (size_t)unit->number, &word) : 0;
        if (!unit->ring)
            continue;
        if (length)
            snprintf(words, sizeof words, "%.*s", (int)(length < 60 ? length : 60), word);
        else
            snprintf(words, sizeof words, unit->number > 0 ? "unit %g" : "outside units", unit->number);
        label_draw(cr, &(struct label){.string = words,
                                       .x = map_x(map, unit->x),
                                       .y = map_y(map, unit->y - unit->radius) + 2.5,
                                       .align = LABEL_CENTRE,
                                       .at = LABEL_BOTTOM,
                                       .size = fmin(STYLE_SIZE_SMALL, 0.62 * map->net->scale),
                                       .colour = style_grey,
                                       .halo = 1.2});
    }
}

static void draw_ties(cairo_t *cr, const struct map *map, const struct snapshot *s)
{
    const struct layout *layout = &map->net->layout;
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cr, NULL, 0, 0);
    for (size_t t = 0; t < s->tie_count; t++) {
        const struct snapshot_tie *tie = &s->ties[t];
        if (!is_drawn(map->net, tie))
            continue;
        size_t a = s->seat[tie->a], b = s->seat[tie->b];
        nodes_tie_source(cr, &map->net->look, tie->strength, tie->trust);
        cairo_move_to(cr, map_x(map, layout->x[a]), map_y(map, layout->y[a]));
        cairo_line_to(cr, map_x(map, layout->x[b]), map_y(map, layout->y[b]));
        cairo_stroke(cr);
    }
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
}

/* Communities of practice, wide enough to be seen around the people. */
static int draw_groups(cairo_t *cr, const struct map *map, const struct snapshot *s)
{
    const struct layout *layout = &map->net->layout;
    double *x = malloc((2 * s->node_count + 1) * sizeof *x), *y = x ? x + s->node_count : NULL;
    if (!x)
        return -1;
    for (size_t i = 0; i < s->node_count; i++) {
        x[i] = map_x(map, layout->x[s->seat[i]]);
        y[i] = map_y(map, layout->y[s->seat[i]]);
    }
    const int code = gatherings_draw(cr, s->group, x, y, s->node_count, 2 * map->net->look.radius + 3);
    free(x);
    return code;
}

static void draw_nodes(cairo_t *cr, const struct map *map, const struct snapshot *s)
{
    for (size_t i = 0; i < s->node_count; i++)
        nodes_draw(cr, &map->net->look, map_x(map, map->net->layout.x[s->seat[i]]),
                   map_y(map, map->net->layout.y[s->seat[i]]),
                   &(struct nodes_marks){s->layer[i], s->level[i], s->role[i], s->repertoire[i]});
}

/* ", opinion 0.2 (sd 1.1)", of those who have one. */
static void describe_level(const struct nodes_look *look, const struct snapshot *s, char *words, size_t size)
{
    double sum = 0, squares = 0, n = 0;
    for (size_t i = 0; i < s->node_count; i++) {
        sum += isnan(s->level[i]) ? 0 : s->level[i];
        n += !isnan(s->level[i]);
    }
    for (size_t i = 0; i < s->node_count; i++)
        squares += isnan(s->level[i]) ? 0 : (s->level[i] - sum / n) * (s->level[i] - sum / n);
    if (n > 0)
        snprintf(words, size, ", %.40s %.*f (sd %.*f)", look->scheme->level->name, look->decimals, sum / n,
                 look->decimals, sqrt(squares / n));
}

/* "60 people, 214 ties, 12 % practice". */
static void describe(const struct network *net, const struct snapshot *s, char *words, size_t size)
{
    size_t drawn = 0, inside = 0, count = net->all.scheme.layer ? nodes_label_count(net->all.scheme.layer->labels) : 0;
    for (size_t t = 0; t < s->tie_count; t++)
        drawn += is_drawn(net, &s->ties[t]) != 0;
    for (size_t i = 0; i < s->node_count; i++)
        inside += count > 1 && s->layer[i] == (double)(count - 1);
    int used = snprintf(words, size, "%zu people, ", s->node_count);
    if (drawn < s->tie_count)
        used += snprintf(words + used, size - (size_t)used, "%zu of ", drawn);
    used += snprintf(words + used, size - (size_t)used, "%zu ties", s->tie_count);
    if (count > 1) {
        const char *word;
        size_t length = nodes_label(net->all.scheme.layer->labels, count - 1, &word);
        snprintf(words + used, size - (size_t)used, ", %.*s %.0f %%", (int)(length < 40 ? length : 40), word,
                 100 * (double)inside / (double)s->node_count);
    }
    if (net->all.scheme.level)
        describe_level(&net->look, s, words + used, size - (size_t)used);
}

static void draw_head(cairo_t *cr, const struct map *map, const struct snapshot *s)
{
    const struct network *net = map->net;
    const int per_year = net->data->weeks_per_year;
    char moment[64], words[1024];
    axis_moment(s->week, per_year, axis_in_years(net->all.list[net->all.count - 1].week, per_year), moment,
                sizeof moment);
    double y = map->y - net->head, width = net->map_width;
    label_draw(cr, &(struct label){.string = moment,
                                   .x = map->x,
                                   .y = y,
                                   .size = STYLE_SIZE_HEAD,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = width});
    describe(net, s, words, sizeof words);
    label_draw(cr, &(struct label){.string = words,
                                   .x = map->x,
                                   .y = y + 10.5,
                                   .size = STYLE_SIZE_SMALL,
                                   .colour = style_grey,
                                   .width = width});
    under_way(net, s->week, words, sizeof words);
    if (words[0])
        label_draw(cr, &(struct label){.string = words,
                                       .x = map->x,
                                       .y = y + 19,
                                       .size = STYLE_SIZE_SMALL,
                                       .italic = 1,
                                       .colour = style_ink,
                                       .width = width});
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct network net;
    double top;
    enum status status = network_open(&net, data, options, faults);
    if (status != STATUS_OK)
        return status;
    surroundings(cr, &net, width, height, &top, 1);
    for (size_t i = 0; i < net.panel_count; i++) {
        struct map map = {.net = &net};
        const size_t row = i / net.columns;
        map.x = STYLE_MARGIN + (double)(i % net.columns) * (net.map_width + PANEL_GAP);
        map.y = top + net.head + (double)row * (net.head + net.map_height + PANEL_GAP);
        draw_head(cr, &map, net.panel[i]);
        draw_rings(cr, &map);
        if (draw_groups(cr, &map, net.panel[i]))
            status = fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw a network of %zu people",
                               net.panel[i]->node_count);
        draw_ties(cr, &map, net.panel[i]);
        draw_nodes(cr, &map, net.panel[i]);
        draw_unit_names(cr, &map);
    }
    network_close(&net);
    return status;
}

const struct chart network_chart = {
    .name = "network",
    .meaning = "a school's network at chosen weeks, on one map that stays still",
    .takes = "weeks run school",
    .of_graphs = 1,
    .size = size,
    .draw = draw,
};
