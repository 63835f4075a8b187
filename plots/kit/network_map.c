/* network_map.c: see network_map.h. */
#include "network_map.h"

#include "axis.h"
#include "gatherings.h"
#include "label.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define HEAD_HEIGHT 28.0 /* two lines over a map, and a ring's name */
#define EVENT_LINES 3    /* below them: what is under way */

static int is_drawn(const struct network *net, const struct snapshot_tie *tie)
{
    return !net->thinned || tie->strength >= net->threshold;
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

static struct label head_events(const struct network *net, const char *words)
{
    return (struct label){.string = words,
                          .size = STYLE_SIZE_SMALL,
                          .italic = 1,
                          .colour = style_ink,
                          .width = net->map_width,
                          .wrap = EVENT_LINES};
}

double network_map_head(const struct network *net)
{
    double most = 0;
    cairo_t *cr = label_measuring_context();
    for (size_t i = 0; i < net->panel_count; i++) {
        char words[1024];
        under_way(net, net->panel[i]->week, words, sizeof words);
        const struct label label = head_events(net, words);
        most = fmax(most, words[0] ? label_measure(cr, &label).height : 0);
    }
    cairo_destroy(cr);
    return HEAD_HEIGHT + most;
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
    struct label events = head_events(net, words);
    events.x = map->x;
    events.y = y + 19;
    if (words[0])
        label_draw(cr, &events);
}

int network_map_draw(cairo_t *cr, const struct network *net, const struct snapshot *s, double x, double y)
{
    const struct map map = {.net = net, .x = x, .y = y};
    draw_head(cr, &map, s);
    draw_rings(cr, &map);
    const int code = draw_groups(cr, &map, s);
    draw_ties(cr, &map, s);
    draw_nodes(cr, &map, s);
    draw_unit_names(cr, &map);
    return code;
}
