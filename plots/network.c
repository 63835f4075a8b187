/* network.c: a school's network at chosen weeks, side by side on one map that stays still. */
#include "charts.h"
#include "kit/key.h"
#include "kit/label.h"
#include "kit/moments.h"
#include "kit/network_map.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANEL_GAP 12.0
#define SEAT_LEAST 10.5 /* points between seats */
#define SEAT_MOST 34.0
#define RADIUS_MOST 7.0
#define WIDTH_MOST 1000.0 /* thousands of people come closer together instead */
#define WIDTH_LEAST 380.0 /* for the key */
#define TIES_A_NODE 2.4   /* drawn on the fullest map, at most; fewer people may have more */
#define TIES_ALWAYS 320

static int64_t week_at(const void *list, size_t i)
{
    return ((const struct snapshot *)list)[i].week;
}

static enum status choose_panels(struct network *net, const struct chart_options *options, struct faults *faults)
{
    const struct moments_stored stored = {net->all.list, net->all.count, week_at, "no network is"};
    struct moments moments;
    const enum status status = moments_choose(options, &stored, NETWORK_PANELS_MAX, NETWORK_PANELS_MAX, &moments,
                                              faults);
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
    net->head = network_map_head(net);
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
        const size_t row = i / net.columns;
        const double x = STYLE_MARGIN + (double)(i % net.columns) * (net.map_width + PANEL_GAP),
                     y = top + net.head + (double)row * (net.head + net.map_height + PANEL_GAP);
        if (network_map_draw(cr, &net, net.panel[i], x, y))
            status = fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw a network of %zu people",
                               net.panel[i]->node_count);
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
