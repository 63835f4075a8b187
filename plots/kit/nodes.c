/* nodes.c: see nodes.h. */
#include "nodes.h"

#include "gatherings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define RADIUS_LEAST 0.34 /* of the largest */
#define KEY_RADIUS 4.0
#define RAMP_WIDTH 70.0

size_t nodes_label(const char *labels, size_t i, const char **word)
{
    for (; i > 0 && labels; i--) {
        labels = strchr(labels, '|');
        labels = labels ? labels + 1 : NULL;
    }
    *word = labels ? labels : "";
    return strcspn(*word, "|");
}

size_t nodes_label_count(const char *labels)
{
    size_t count = labels && labels[0];
    for (const char *c = labels; count && *c; c++)
        count += *c == '|';
    return count;
}

static const struct colour unknown = {0.8, 0.8, 0.8};

/* Darker from layer to layer, white first, so that the order shows in grey too. */
static struct colour layer_colour(const struct nodes_look *look, double layer)
{
    const struct colour step[] = {style_white, style_okabe_ito(OKABE_YELLOW), style_okabe_ito(OKABE_ORANGE),
                                  style_okabe_ito(OKABE_VERMILLION)};
    if (!look->scheme->layer || isnan(layer))
        return unknown;
    size_t count = nodes_label_count(look->scheme->layer->labels);
    double position = count > 1 ? 3 * layer / (double)(count - 1) : 3 * layer;
    position = position < 0 ? 0 : position > 3 ? 3 : position;
    int below = position >= 3 ? 2 : (int)position;
    return style_mix(step[below], step[below + 1], position - below);
}

static struct colour fill_of(const struct nodes_look *look, const struct nodes_marks *marks)
{
    if (!look->scheme->level)
        return layer_colour(look, marks->layer);
    return isnan(marks->level) ? unknown : style_ramp((marks->level - look->lowest) / (look->highest - look->lowest));
}

static int innermost(const struct nodes_look *look, double layer)
{
    return look->scheme->layer && layer > 0 && (size_t)layer + 1 == nodes_label_count(look->scheme->layer->labels);
}

static double radius_of(const struct nodes_look *look, double repertoire)
{
    if (!look->scheme->repertoire || isnan(repertoire) || !(look->repertoire_top > 0))
        return 0.75 * look->radius;
    return look->radius * fmax(RADIUS_LEAST, sqrt(fmax(0, repertoire) / look->repertoire_top));
}

static enum marker role_marker(double role)
{
    return isnan(role) || role < 0 ? MARKER_CIRCLE : (enum marker)((size_t)role % MARKER_COUNT);
}

static void draw_shape(cairo_t *cr, const struct nodes_look *look, double x, double y, double radius,
                       const struct nodes_marks *marks)
{
    const double outline = fmin(1, radius / 3), layer = marks->layer;
    style_marker(cr, role_marker(marks->role), x, y, radius);
    style_source(cr, fill_of(look, marks), 1);
    cairo_fill_preserve(cr);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_MITER);
    cairo_set_line_width(cr, (innermost(look, layer) ? 0.95 : 0.6) * outline);
    style_source(cr, layer > 0 ? style_ink : style_grey, 1);
    cairo_stroke(cr);
    if (innermost(look, layer)) { /* told apart without colour too */
        style_marker(cr, MARKER_CIRCLE, x, y, 0.33 * radius);
        style_source(cr, style_ink, 1);
        cairo_fill(cr);
    }
}

void nodes_draw(cairo_t *cr, const struct nodes_look *look, double x, double y, const struct nodes_marks *marks)
{
    draw_shape(cr, look, x, y, radius_of(look, marks->repertoire), marks);
}

void nodes_tie_source(cairo_t *cr, const struct nodes_look *look, double strength, double trust)
{
    double share = isnan(strength) ? 0.3 : fmin(fmax(strength, 0), 1);
    cairo_set_line_width(cr, (0.3 + 2.0 * share) * look->tie_scale);
    style_source(cr, isnan(trust) ? style_pale : style_ramp(trust), 0.35 + 0.55 * share);
}

/* --- The key --- */

struct rows {
    struct key_item items[NODES_KEY_MAX];
    size_t count;
};

static struct key_item *add(struct rows *rows, enum key_mark mark, const char *words, size_t length)
{
    static struct key_item none; /* only where a model names more than the key can hold */
    struct key_item *item = rows->count < NODES_KEY_MAX ? &rows->items[rows->count++] : &none;
    *item = (struct key_item){.mark = mark};
    snprintf(item->words, sizeof item->words, "%.*s", (int)(length < 150 ? length : 150), words);
    return item;
}

static void own_layer(cairo_t *cr, const struct key_item *item, double x, double y)
{
    draw_shape(cr, item->chart, x + KEY_RADIUS, y, KEY_RADIUS, &(struct nodes_marks){.layer = item->value});
}

static void key_outline(cairo_t *cr, enum marker marker, double x, double y, double radius)
{
    style_marker(cr, marker, x, y, radius);
    style_source(cr, style_white, 1);
    cairo_fill_preserve(cr);
    cairo_set_line_width(cr, 0.7);
    style_source(cr, style_ink, 1);
    cairo_stroke(cr);
}

static void own_role(cairo_t *cr, const struct key_item *item, double x, double y)
{
    key_outline(cr, role_marker(item->value), x + KEY_RADIUS, y, 0.9 * KEY_RADIUS);
}

static void own_size(cairo_t *cr, const struct key_item *item, double x, double y)
{
    key_outline(cr, MARKER_CIRCLE, x + item->width / 2, y, item->width / 2);
}

static void own_strength(cairo_t *cr, const struct key_item *item, double x, double y)
{
    nodes_tie_source(cr, item->chart, item->value, NAN);
    style_source(cr, style_grey, 1);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + item->width, y);
    cairo_stroke(cr);
}

static void own_ramp(cairo_t *cr, const struct key_item *item, double x, double y)
{
    cairo_pattern_t *ramp = cairo_pattern_create_linear(x, 0, x + item->width, 0);
    for (int i = 0; i <= 10; i++) {
        struct colour c = style_ramp(i / 10.0);
        cairo_pattern_add_color_stop_rgb(ramp, i / 10.0, c.red, c.green, c.blue);
    }
    cairo_set_source(cr, ramp);
    cairo_rectangle(cr, x, y - 3, item->width, 6);
    cairo_fill(cr);
    cairo_pattern_destroy(ramp);
}

static void heading(struct rows *rows, const char *words)
{
    add(rows, KEY_NONE, words, strlen(words));
}

static void key_layers(struct rows *rows, const struct nodes_look *look)
{
    const struct attribute *layer = look->scheme->layer;
    size_t count = layer ? nodes_label_count(layer->labels) : 0;
    if (!count)
        return;
    heading(rows, "fill");
    for (size_t i = 0; i < count; i++) {
        const char *word;
        size_t length = nodes_label(layer->labels, i, &word);
        struct key_item *item = add(rows, KEY_OWN, word, length);
        item->own = own_layer;
        item->width = 2 * KEY_RADIUS;
        item->value = (double)i;
        item->chart = look;
    }
}

static void key_level(struct rows *rows, const struct nodes_look *look)
{
    const struct attribute *level = look->scheme->level;
    char words[96];
    if (!level)
        return;
    const int ends = look->decimals > 0 ? look->decimals - 1 : 0; /* they are round */
    const bool unit = level->unit[0] && strcmp(level->unit, level->name) != 0;
    snprintf(words, sizeof words, "fill: %.30s%s%.30s %.*f", level->name, unit ? ", " : "", unit ? level->unit : "",
             ends, look->lowest);
    heading(rows, words);
    snprintf(words, sizeof words, "%.*f", ends, look->highest);
    struct key_item *item = add(rows, KEY_OWN, words, strlen(words));
    item->own = own_ramp;
    item->width = RAMP_WIDTH;
}

static int role_occurs(const struct snapshots *all, double role)
{
    for (size_t k = 0; k < all->count; k++)
        for (size_t i = 0; i < all->list[k].node_count; i++)
            if (all->list[k].role[i] == role)
                return 1;
    return 0;
}

static void key_roles(struct rows *rows, const struct nodes_look *look, const struct snapshots *all)
{
    const struct attribute *role = look->scheme->role;
    size_t count = role ? nodes_label_count(role->labels) : 0, occur = 0;
    for (size_t i = 0; i < count; i++)
        occur += role_occurs(all, (double)i) != 0;
    if (occur < 2) /* one shape tells nothing */
        return;
    heading(rows, "shape");
    for (size_t i = 0; i < count; i++) {
        const char *word;
        size_t length = nodes_label(role->labels, i, &word);
        if (!role_occurs(all, (double)i))
            continue;
        struct key_item *item = add(rows, KEY_OWN, word, length);
        item->own = own_role;
        item->width = 2 * KEY_RADIUS;
        item->value = (double)i;
    }
}

int nodes_grouped(const struct snapshots *all)
{
    for (size_t k = 0; k < all->count; k++)
        for (size_t i = 0; i < all->list[k].node_count; i++)
            if (all->list[k].group[i] > 0)
                return 1;
    return 0;
}

static void own_group(cairo_t *cr, const struct key_item *item, double x, double y)
{
    (void)gatherings_draw(cr, (double[]){1, 1}, (double[]){x + 3.5, x + item->width - 3.5}, (double[]){y, y}, 2, 7);
}

static void key_groups(struct rows *rows, const struct snapshots *all)
{
    static const char words[] = "a community of practice";
    if (!nodes_grouped(all))
        return;
    struct key_item *item = add(rows, KEY_OWN, words, sizeof words - 1);
    item->own = own_group;
    item->width = 20;
}

static void key_sizes(struct rows *rows, const struct nodes_look *look)
{
    if (!look->scheme->repertoire || !(look->repertoire_top > 0))
        return;
    heading(rows, "size: repertoire");
    const double top = look->repertoire_top, shown[] = {0.1, round(10 * top) / 20, top};
    for (int i = 0; i < 3; i++) {
        char words[16];
        if (i && shown[i] <= shown[i - 1])
            continue;
        int length = snprintf(words, sizeof words, "%.2g", shown[i]);
        struct key_item *item = add(rows, KEY_OWN, words, (size_t)length);
        item->own = own_size;
        item->width = 2 * radius_of(look, shown[i]);
        item->square = 1;
        item->value = shown[i];
        item->chart = look;
    }
}

static void key_ties(struct rows *rows, const struct nodes_look *look)
{
    static const double strengths[] = {0.1, 0.5, 0.9};
    if (look->scheme->strength)
        heading(rows, "tie: strength");
    for (size_t i = 0; look->scheme->strength && i < 3; i++) {
        char words[16];
        int length = snprintf(words, sizeof words, "%.1f", strengths[i]);
        struct key_item *item = add(rows, KEY_OWN, words, (size_t)length);
        item->own = own_strength;
        item->width = 14;
        item->value = strengths[i];
        item->chart = look;
    }
    if (look->scheme->trust) {
        heading(rows, "trust 0");
        struct key_item *item = add(rows, KEY_OWN, "1", 1);
        item->own = own_ramp;
        item->width = RAMP_WIDTH;
    }
}

double nodes_key(cairo_t *cr, const struct nodes_look *look, const struct snapshots *all, double left, double right,
                 double top, int draw)
{
    struct rows rows = {.count = 0};
    key_layers(&rows, look);
    key_level(&rows, look);
    key_roles(&rows, look, all);
    key_groups(&rows, all);
    key_sizes(&rows, look);
    key_ties(&rows, look);
    return key_draw(cr, rows.items, rows.count, left, right, top, draw);
}
