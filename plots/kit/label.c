/* label.c: see label.h. */
#include "label.h"

#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

static const cairo_user_data_key_t log_key;

/* Unhinted, so that a text has the same extents in every format and at every resolution. */
static PangoLayout *layout_new(cairo_t *cr, const struct label *text)
{
    PangoLayout *layout = pango_cairo_create_layout(cr);
    PangoContext *context = pango_layout_get_context(layout);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("en"));

    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, STYLE_FONT);
    pango_font_description_set_absolute_size(font, text->size * PANGO_SCALE);
    pango_font_description_set_weight(font, text->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, text->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);

    char *valid = g_utf8_make_valid(text->string ? text->string : "", -1);
    pango_layout_set_text(layout, valid, -1);
    g_free(valid);
    pango_layout_set_single_paragraph_mode(layout, !text->wrap);
    pango_layout_set_alignment(layout, text->align == LABEL_CENTRE  ? PANGO_ALIGN_CENTER
                                       : text->align == LABEL_RIGHT ? PANGO_ALIGN_RIGHT
                                                                    : PANGO_ALIGN_LEFT);
    if (text->width > 0) {
        pango_layout_set_width(layout, (int)(text->width * PANGO_SCALE));
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        if (text->wrap) {
            pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
            pango_layout_set_height(layout, -text->wrap);
        }
    }
    return layout;
}

/* The box along the text's own direction, before it is turned. */
static struct label_box box_of(PangoLayout *layout, const struct label *text)
{
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    double width = logical.width / (double)PANGO_SCALE, height = logical.height / (double)PANGO_SCALE;
    double baseline = pango_layout_get_baseline(layout) / (double)PANGO_SCALE;
    double left = text->align == LABEL_LEFT ? 0 : text->align == LABEL_CENTRE ? width / 2 : width;
    double up = text->at == LABEL_TOP      ? 0
                : text->at == LABEL_MIDDLE ? height / 2
                : text->at == LABEL_BOTTOM ? height
                                           : baseline;
    return (struct label_box){-left, -up, width, height};
}

static struct label_box on_page(struct label_box own, const struct label *text)
{
    if (!text->upwards)
        return (struct label_box){text->x + own.x, text->y + own.y, own.width, own.height};
    return (struct label_box){text->x + own.y, text->y - own.x - own.width, own.height, own.width};
}

struct label_box label_measure(cairo_t *cr, const struct label *text)
{
    PangoLayout *layout = layout_new(cr, text);
    struct label_box box = on_page(box_of(layout, text), text);
    g_object_unref(layout);
    return box;
}

static void remember(cairo_t *cr, PangoLayout *layout, struct label_box box)
{
    struct label_log *log = cairo_get_user_data(cr, &log_key);
    if (!log)
        return;
    if (log->count == log->room) {
        size_t room = log->room ? 2 * log->room : 64;
        struct label_entry *list = realloc(log->list, room * sizeof *list);
        if (!list) {
            log->short_of_memory = 1;
            return;
        }
        log->list = list;
        log->room = room;
    }
    struct label_entry *entry = &log->list[log->count];
    entry->string = strdup(pango_layout_get_text(layout));
    if (!entry->string) {
        log->short_of_memory = 1;
        return;
    }
    double right = box.x + box.width, bottom = box.y + box.height;
    cairo_user_to_device(cr, &box.x, &box.y);
    cairo_user_to_device(cr, &right, &bottom);
    entry->box = (struct label_box){box.x, box.y, right - box.x, bottom - box.y};
    entry->cut = pango_layout_is_ellipsized(layout);
    log->missing_glyphs += pango_layout_get_unknown_glyphs_count(layout);
    log->count++;
}

struct label_box label_draw(cairo_t *cr, const struct label *text)
{
    PangoLayout *layout = layout_new(cr, text);
    struct label_box own = box_of(layout, text), box = on_page(own, text);
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);

    cairo_save(cr);
    cairo_new_path(cr);
    cairo_translate(cr, text->x, text->y);
    if (text->upwards)
        cairo_rotate(cr, -G_PI / 2);
    /* With a width set, Pango aligns inside that width: take its own offset back out. */
    cairo_move_to(cr, own.x - logical.x / (double)PANGO_SCALE, own.y);
    if (text->halo > 0) {
        pango_cairo_layout_path(cr, layout);
        cairo_set_line_width(cr, 2 * text->halo);
        cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
        style_source(cr, style_white, 0.9);
        cairo_stroke(cr);
        cairo_move_to(cr, own.x - logical.x / (double)PANGO_SCALE, own.y);
    }
    style_source(cr, text->colour, 1);
    pango_cairo_show_layout(cr, layout);
    cairo_restore(cr);
    cairo_new_path(cr);

    remember(cr, layout, box);
    g_object_unref(layout);
    return box;
}

void label_absent(cairo_t *cr, const char *why, double x, double y)
{
    label_draw(cr, &(struct label){.string = why,
                                   .x = x,
                                   .y = y,
                                   .align = LABEL_CENTRE,
                                   .at = LABEL_MIDDLE,
                                   .size = STYLE_SIZE_BASE,
                                   .italic = 1,
                                   .colour = style_grey,
                                   .halo = 2});
}

cairo_t *label_measuring_context(void)
{
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *cr = cairo_create(surface);
    cairo_surface_destroy(surface);
    return cr;
}

void label_log_attach(cairo_t *cr, struct label_log *log)
{
    /* A context that cannot hold the log draws all the same; its cairo_status tells. */
    if (cairo_set_user_data(cr, &log_key, log, NULL) != CAIRO_STATUS_SUCCESS)
        log->short_of_memory = 1;
}

void label_log_free(struct label_log *log)
{
    for (size_t i = 0; i < log->count; i++)
        free(log->list[i].string);
    free(log->list);
    *log = (struct label_log){0};
}
