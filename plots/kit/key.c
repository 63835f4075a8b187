/* key.c: see key.h. */
#include "key.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MARK_GAP 4.0
#define ITEM_GAP 12.0
#define HEADING_GAP 8.0
#define GROUP_GAP 10.0
#define CAPTION_LINES 12

static void mark_band(cairo_t *cr, const struct key_item *item, double x, double y, double half, double opacity)
{
    style_source(cr, item->colour, opacity);
    cairo_rectangle(cr, x, y - half, KEY_MARK_WIDTH, 2 * half);
    cairo_fill(cr);
}

static void mark_line(cairo_t *cr, const struct key_item *item, double x, double y, double width)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_width(cr, width);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + KEY_MARK_WIDTH, y);
    cairo_stroke(cr);
}

static void mark_wedge(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_move_to(cr, x, y + 3.5);
    cairo_line_to(cr, x + 6, y - 3.5);
    cairo_line_to(cr, x + KEY_MARK_WIDTH, y - 3.5);
    cairo_line_to(cr, x + KEY_MARK_WIDTH, y + 3.5);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void mark_hatch(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    style_hatch(cr, x, y - 3.5, KEY_MARK_WIDTH, 7, 3);
    cairo_set_line_width(cr, 0.5);
    cairo_set_dash(cr, (double[]){2.5, 1.8}, 2, 0);
    cairo_rectangle(cr, x, y - 3.5, KEY_MARK_WIDTH, 7);
    cairo_stroke(cr);
}

static void mark_draw(cairo_t *cr, const struct key_item *item, double x, double y)
{
    cairo_save(cr);
    cairo_new_path(cr);
    switch (item->mark) {
    case KEY_NONE:
        break;
    case KEY_LINE:
        mark_line(cr, item, x, y, STYLE_LINE_MAIN);
        break;
    case KEY_THIN:
        mark_line(cr, item, x, y, STYLE_LINE_SINGLE);
        break;
    case KEY_BOTH:
    case KEY_OUTER:
        mark_band(cr, item, x, y, 3.5, STYLE_BAND_OUTER);
        if (item->mark == KEY_OUTER)
            break;
        mark_line(cr, item, x, y, STYLE_LINE_MAIN);
        break;
    case KEY_INNER: /* lies over the outer band in the picture, so here too */
        mark_band(cr, item, x, y, 3.5, STYLE_BAND_OUTER);
        mark_band(cr, item, x, y, 3.5, STYLE_BAND_INNER);
        break;
    case KEY_STRATEGY:
        mark_wedge(cr, item, x, y);
        break;
    case KEY_SHOCK:
        mark_hatch(cr, item, x, y);
        break;
    case KEY_INITIATIVE:
        style_source(cr, item->colour, 1);
        cairo_set_line_width(cr, STYLE_LINE_AXIS);
        cairo_set_dash(cr, (double[]){2, 1.5}, 2, 0);
        cairo_rectangle(cr, x, y - 3.5, KEY_MARK_WIDTH, 7);
        cairo_stroke(cr);
        break;
    case KEY_OWN:
        item->own(cr, item, x, y);
        break;
    }
    cairo_restore(cr);
}

static double mark_width(const struct key_item *item)
{
    return item->mark == KEY_NONE ? 0 : (item->mark == KEY_OWN ? item->width : KEY_MARK_WIDTH) + MARK_GAP;
}

static struct label words_of(const struct key_item *item)
{
    return (struct label){.string = item->words,
                          .at = LABEL_MIDDLE,
                          .size = STYLE_SIZE_BASE,
                          .colour = style_ink,
                          .bold = item->mark == KEY_NONE};
}

static double item_width(cairo_t *cr, const struct key_item *item)
{
    struct label words = words_of(item);
    return mark_width(item) + label_measure(cr, &words).width;
}

/* Of a heading and all that belongs to it; of an item that is no heading, its own. */
static double group_width(cairo_t *cr, const struct key_item *items, size_t count)
{
    double width = item_width(cr, &items[0]);
    for (size_t i = 1; i < count && items[0].mark == KEY_NONE && items[i].mark != KEY_NONE; i++)
        width += ITEM_GAP + item_width(cr, &items[i]);
    return width;
}

double key_draw(cairo_t *cr, const struct key_item *items, size_t count, double left, double right, double top,
                int draw)
{
    double x = left, y = top, row = KEY_ROW_HEIGHT;
    for (size_t i = 0; i < count; i++)
        if (items[i].mark == KEY_OWN && items[i].square)
            row = fmax(row, items[i].width + 2);
    for (size_t i = 0; i < count; i++) {
        const double wide = item_width(cr, &items[i]), group = group_width(cr, &items[i], count - i);
        if (x > left && items[i].mark == KEY_NONE)
            x += GROUP_GAP;
        if (x > left && (x + wide > right || (x + group > right && group < right - left))) {
            x = left;
            y += row;
        }
        if (draw) {
            struct label words = words_of(&items[i]);
            mark_draw(cr, &items[i], x, y + row / 2);
            words.x = x + mark_width(&items[i]);
            words.y = y + row / 2;
            words.width = right - words.x;
            label_draw(cr, &words);
        }
        x += wide + (items[i].mark == KEY_NONE ? HEADING_GAP : ITEM_GAP);
    }
    return count ? y + row - top : 0;
}

double key_title(cairo_t *cr, const char *title, double left, double right, double top, int draw)
{
    if (!title || !title[0])
        return 0;
    struct label text = {.string = title,
                         .x = left,
                         .y = top,
                         .size = STYLE_SIZE_TITLE,
                         .colour = style_ink,
                         .bold = 1,
                         .width = right - left};
    return (draw ? label_draw(cr, &text) : label_measure(cr, &text)).height + 3;
}

const char *key_whom(const struct chart_data *data, bool one)
{
    const bool networks = data->level && strcmp(data->level, "network") == 0;
    const bool districts = data->level && strcmp(data->level, "district") == 0;
    if (data->path_count <= data->run_count)
        return one ? "run" : "runs";
    if (networks || districts)
        return networks ? (one ? "network" : "networks") : (one ? "district" : "districts");
    return one ? "school" : "schools";
}

void key_paths(const struct chart_data *data, char *words, size_t size)
{
    if (data->school_count > 1 && data->path_count > data->run_count && data->run_count == 1)
        snprintf(words, size, "%zu %s of 1 run", data->path_count, key_whom(data, false));
    else if (data->school_count > 1 && data->path_count > data->run_count)
        snprintf(words, size, "%zu %s (%zu in each of %zu run%s)", data->path_count, key_whom(data, false),
                 data->school_count, data->run_count, data->run_count == 1 ? "" : "s");
    else
        snprintf(words, size, "%zu run%s", data->path_count, data->path_count == 1 ? "" : "s");
}

double key_caption(cairo_t *cr, const struct chart_data *data, const char *notes, double left, double right, double top,
                   int draw)
{
    char caption[2048], run[32] = "", school[32] = "", commit[96] = "";
    if (data->run)
        snprintf(run, sizeof run, " \u00b7 run %lld", (long long)data->run);
    if (data->school)
        snprintf(school, sizeof school, " \u00b7 school %lld", (long long)data->school);
    if (data->commit && data->commit[0])
        snprintf(commit, sizeof commit, " \u00b7 ebb %.60s", data->commit);
    snprintf(caption, sizeof caption, "%s%sScenario %.200s%s%s \u00b7 seed %llu%s", notes, notes[0] ? " " : "",
             data->scenario && data->scenario[0] ? data->scenario : "without a name", run, school, data->seed, commit);
    struct label text = {.string = caption,
                         .x = left,
                         .y = top,
                         .size = STYLE_SIZE_SMALL,
                         .colour = style_grey,
                         .width = right - left,
                         .wrap = CAPTION_LINES};
    return (draw ? label_draw(cr, &text) : label_measure(cr, &text)).height;
}
