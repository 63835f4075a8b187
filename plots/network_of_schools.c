/* network_of_schools.c: schools as nodes at chosen weeks, in places that stay; their networks as hulls, what their
 * people talk with one another as ties. */
#include "charts.h"
#include "kit/axis.h"
#include "kit/frame.h"
#include "kit/gatherings.h"
#include "kit/hull.h"
#include "kit/label.h"
#include "kit/moments.h"
#include "kit/names.h"
#include "kit/school_map.h"

#include "../sim/leaf/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANELS_MAX 6
#define PANELS_USUAL 4
#define PANEL_GAP 14.0
#define HEAD_HEIGHT 22.0
#define WIDE_FROM 300    /* schools above which a map takes the page's width */
#define SEAT_MOST 26.0   /* points */
#define RADIUS_SHARE 0.4 /* of a seat */
#define RADIUS_MOST 8.0
#define TIES_A_SCHOOL 3.0
#define TIES_ALWAYS 300
#define NUMBERED_LEAST 4.5 /* points: a smaller school has no number */
#define NAMED_WHOLE 45.0   /* points: a narrower one has its number */
#define NAMED_LEAST 15.0   /* points: a narrower place has no name */

struct view {
    struct schools all;
    struct frame frame;
    struct chart_data own;
    const struct schools_week *panel[PANELS_MAX];
    size_t panel_count, columns, rows;
    double scale, map_width, map_height; /* scale: points a seat */
    double top_share;
    double least; /* talks of the ties drawn */
};

static int64_t week_at(const void *list, size_t i)
{
    return ((const struct schools_week *)list)[i].week;
}

static enum status choose_panels(struct view *v, const struct chart_options *options, struct faults *faults)
{
    const struct moments_stored stored = {v->all.weeks, v->all.week_count, week_at, "no schools are"};
    struct moments moments;
    const enum status status = moments_choose(options, &stored, PANELS_MAX, PANELS_USUAL, &moments, faults);
    v->panel_count = moments.count;
    for (size_t i = 0; i < moments.count; i++)
        v->panel[i] = &v->all.weeks[moments.at[i]];
    return status;
}

/* The same for all panels: the fullest has as many ties as can be told apart. */
static void choose_ties(struct view *v)
{
    const size_t most = (size_t)fmax(TIES_ALWAYS, TIES_A_SCHOOL * (double)v->all.count);
    for (size_t k = 0; k < v->panel_count; k++)
        if (v->panel[k]->tie_count > most)
            v->least = fmax(v->least, v->panel[k]->ties[v->panel[k]->tie_count - most].talks);
}

static void choose_size(struct view *v)
{
    v->columns = v->panel_count > 1 && v->all.count <= WIDE_FROM ? 2 : 1;
    v->rows = (v->panel_count + v->columns - 1) / v->columns;
    const double room = (STYLE_WIDTH - 2 * STYLE_MARGIN - PANEL_GAP * (double)(v->columns - 1)) / (double)v->columns;
    v->scale = fmin(room / v->all.width, SEAT_MOST);
    v->map_width = room;
    v->map_height = v->scale * v->all.height;
}

static double radius_of(const struct view *v, double people)
{
    return fmax(0.6, fmin(RADIUS_SHARE * v->scale, RADIUS_MOST) * sqrt(people / v->all.most_people));
}

static double width_of(const struct view *v, double talks)
{
    return 0.25 + fmin(2.2, 0.12 * v->scale) * sqrt(v->all.most_talks > 0 ? talks / v->all.most_talks : 0);
}

static void draw_school(cairo_t *cr, double x, double y, double radius, struct colour fill, int member)
{
    style_marker(cr, MARKER_CIRCLE, x, y, radius);
    style_source(cr, fill, 1);
    cairo_fill_preserve(cr);
    style_source(cr, style_ink, 1);
    cairo_set_line_width(cr, fmin(0.6, 0.18 * radius + 0.1));
    if (!member)
        cairo_set_dash(cr, (const double[]){0.35 * radius, 0.35 * radius}, 2, 0);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

/* Its number, by which it is opened, where there is room. */
static void draw_number(cairo_t *cr, double x, double y, double radius, size_t number, struct colour fill)
{
    char words[24];
    if (radius < NUMBERED_LEAST)
        return;
    snprintf(words, sizeof words, "%zu", number);
    label_draw(cr, &(struct label){.string = words,
                                   .x = x,
                                   .y = y,
                                   .align = LABEL_CENTRE,
                                   .at = LABEL_MIDDLE,
                                   .size = fmin(STYLE_SIZE_SMALL, number < 100 ? 1.05 * radius : 0.8 * radius),
                                   .colour = style_luminance(fill) > 0.3 ? style_ink : style_white});
}

static const struct colour hull = {0.90, 0.925, 0.95};

static void own_school(cairo_t *cr, const struct key_item *item, double x, double y)
{
    draw_school(cr, x + KEY_MARK_WIDTH / 2, y, 4, item->colour, item->value >= 0);
}

static void own_hull(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(cr, 9);
    cairo_move_to(cr, x + 5, y);
    cairo_line_to(cr, x + KEY_MARK_WIDTH - 5, y);
    cairo_stroke(cr);
}

static void own_tie(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 0.55);
    cairo_set_line_width(cr, item->value);
    cairo_move_to(cr, x, y);
    cairo_line_to(cr, x + KEY_MARK_WIDTH, y);
    cairo_stroke(cr);
}

static void own_community(cairo_t *cr, const struct key_item *item, double x, double y)
{
    const double spot_x[] = {x + 4, x + KEY_MARK_WIDTH - 4}, spot_y[] = {y, y}, group[] = {item->value, item->value};
    if (gatherings_draw(cr, group, spot_x, spot_y, 2, 8))
        return; /* the map's own bands tell what memory is short of */
}

static int any_community(const struct view *v)
{
    for (size_t k = 0; k < v->panel_count; k++)
        if (v->panel[k]->member_count)
            return 1;
    return 0;
}

/* Bands need room between schools. */
static int bands_fit(const struct view *v)
{
    return fmin(RADIUS_SHARE * v->scale, RADIUS_MOST) >= NUMBERED_LEAST;
}

static int any_outside(const struct view *v)
{
    for (size_t k = 0; k < v->panel_count; k++)
        for (size_t i = 0; i < v->all.count; i++)
            if (!(v->panel[k]->network[i] > 0))
                return 1;
    return 0;
}

static void make_key(struct view *v)
{
    const char *what = v->all.fill ? v->all.fill->meaning : "";
    what = strncmp(what, "of a school: ", 13) == 0 ? what + 13 : what;
    v->top_share = fmax(0.05, ceil(v->all.most_share * 20 - 1e-9) / 20);
    for (int k = 0; k < 3 && v->all.fill; k++)
        frame_own(&v->frame, own_school, 0, style_ramp(k / 2.0), k < 2 ? "%.3g %%" : "%.3g %%: %.90s",
                  100 * v->top_share * k / 2, what);
    if (any_outside(v))
        frame_own(&v->frame, own_school, -1, style_white, "in no network");
    frame_own(&v->frame, own_hull, 0, hull, "a network's schools");
    if (any_community(v) && bands_fit(v))
        frame_own(&v->frame, own_community, 1, style_ink, "a community of practice across schools");
    if (v->all.most_talks > 0) {
        frame_own(&v->frame, own_tie, width_of(v, v->all.most_talks), style_ink, "%.0f talks so far",
                  v->all.most_talks);
        frame_own(&v->frame, own_tie, width_of(v, v->all.most_talks / 8), style_ink, "%.0f", v->all.most_talks / 8);
    }
}

static void make_notes(struct view *v)
{
    frame_note(&v->frame, "A circle is a school, as large as its staff (at most %.0f people).", v->all.most_people);
    if (v->panel_count > 1)
        frame_note(&v->frame, "Schools keep their places: beside those of the network they come to belong to, founders "
                              "inside.");
    if (v->panel_count < v->all.week_count)
        frame_note(&v->frame, "%zu of %zu stored weeks.", v->panel_count, v->all.week_count);
    if (v->least > 0)
        frame_note(&v->frame, "Ties of fewer than %.0f talks are left out.", v->least);
    if (v->all.partly && !any_community(v))
        frame_note(&v->frame, "Communities across schools are not shown: people are stored of some schools only.");
    if (any_community(v))
        frame_note(&v->frame, bands_fit(v)
                                  ? "A band joins the schools that have somebody in one community; colours repeat."
                                  : "Communities across schools are not drawn at this size.");
    frame_note(&v->frame, "`ebb plot OUT network --school N` opens a school.");
}

static enum status view_open(struct view *v, const struct chart_data *data, const struct chart_options *options,
                             struct faults *faults)
{
    *v = (struct view){.own = *data};
    enum status status = schools_read(data, &v->all, faults);
    if (status == STATUS_OK)
        status = choose_panels(v, options, faults);
    if (status != STATUS_OK) {
        schools_free(&v->all);
        return status;
    }
    v->own.run = v->all.run;
    choose_ties(v);
    choose_size(v);
    frame_begin(&v->frame, &v->own, STYLE_WIDTH);
    make_key(v);
    make_notes(v);
    return STATUS_OK;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct view *v = malloc(sizeof *v);
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (v && view_open(v, data, options, NULL) == STATUS_OK) {
        cairo_t *cr = label_measuring_context();
        *height = frame_around(cr, &v->frame, *width, 0, 0) +
                  (double)v->rows * (HEAD_HEIGHT + v->map_height + PANEL_GAP) - PANEL_GAP;
        cairo_destroy(cr);
        schools_free(&v->all);
    }
    free(v);
}

/* ---- a panel ---- */

static enum status draw_hulls(cairo_t *cr, const struct view *v, const struct schools_week *week, double left,
                              double top, struct faults *faults)
{
    struct spot *spots = calloc(2 * v->all.count + 2, sizeof *spots), *ring = spots ? spots + v->all.count : NULL;
    if (!spots)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the networks of a picture");
    for (size_t p = 0; p < v->all.place_count; p++) {
        size_t count = 0;
        for (size_t i = 0; i < v->all.count && v->all.places[p].number > 0; i++)
            if (week->network[i] == v->all.places[p].number)
                spots[count++] = (struct spot){left + v->scale * v->all.x[i], top + v->scale * v->all.y[i]};
        hull_draw(cr, hull, 1.5 * v->scale, spots, count, ring); /* as wide around as a school needs */
    }
    free(spots);
    return STATUS_OK;
}

/* Beside one another where a school is in several: each community has its own side of the circles. */
static enum status draw_communities(cairo_t *cr, const struct view *v, const struct schools_week *week, double left,
                                    double top, struct faults *faults)
{
    const size_t n = week->member_count;
    double *group = n && bands_fit(v) ? calloc(3 * n, sizeof *group) : NULL;
    if (!n || !bands_fit(v))
        return STATUS_OK;
    double *x = group ? group + n : NULL, *y = group ? x + n : NULL;
    for (size_t i = 0, number = 0; group && i < n; i++) {
        const struct schools_member *m = &week->members[i], *last = i ? m - 1 : m;
        number += i == 0 || m->network != last->network || m->community != last->community;
        group[i] = (double)number;
        const double away = 0.75 * radius_of(v, v->all.people[m->school]), side = 2.4 * (double)number;
        x[i] = left + v->scale * v->all.x[m->school] + away * cos(side);
        y[i] = top + v->scale * v->all.y[m->school] + away * sin(side);
    }
    const int code = group ? gatherings_draw(cr, group, x, y, n, 1.5 * fmin(RADIUS_SHARE * v->scale, RADIUS_MOST)) : -1;
    free(group);
    return code ? fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the communities of a picture")
                : STATUS_OK;
}

static void draw_ties(cairo_t *cr, const struct view *v, const struct schools_week *week, double left, double top)
{
    const struct schools *s = &v->all;
    style_source(cr, style_ink, 0.45);
    for (size_t t = 0; t < week->tie_count; t++) {
        const struct schools_tie *tie = &week->ties[t];
        if (tie->talks < v->least)
            continue;
        cairo_set_line_width(cr, width_of(v, tie->talks));
        cairo_move_to(cr, left + v->scale * s->x[tie->a], top + v->scale * s->y[tie->a]);
        cairo_line_to(cr, left + v->scale * s->x[tie->b], top + v->scale * s->y[tie->b]);
        cairo_stroke(cr);
    }
}

static void draw_names(cairo_t *cr, const struct view *v, double left, double top)
{
    for (size_t p = 0; p < v->all.place_count; p++) {
        const struct schools_place *place = &v->all.places[p];
        char words[96];
        if (2 * place->radius * v->scale < NAMED_LEAST)
            continue;
        const double room = 2 * place->radius * v->scale - 2;
        size_t length = 0;
        const char *name = place->number > 0 ? names_line(v->own.networks, (size_t)place->number - 1, &length) : NULL;
        if (name && room > NAMED_WHOLE)
            snprintf(words, sizeof words, "%.*s", text_fit(name, (int)fmin((double)length, sizeof words - 1)), name);
        else
            snprintf(words, sizeof words,
                     place->number > 0 ? (room > NAMED_WHOLE ? "network %.0f" : "%.0f")
                                       : (room > NAMED_WHOLE ? "in none" : "–"),
                     place->number);
        label_draw(cr, &(struct label){.string = words,
                                       .x = left + v->scale * place->x,
                                       .y = top + v->scale * (place->y - place->radius),
                                       .align = LABEL_CENTRE,
                                       .size = fmin(STYLE_SIZE_SMALL, 0.8 * v->scale),
                                       .colour = style_grey,
                                       .width = room,
                                       .halo = 1.0});
    }
}

static void draw_head(cairo_t *cr, const struct view *v, const struct schools_week *week, double left, double top)
{
    char words[160], moment[64];
    size_t members = 0, networks = 0;
    for (size_t i = 0; i < v->all.count; i++)
        members += week->network[i] > 0;
    for (size_t p = 0; p < v->all.place_count; p++) {
        size_t here = 0;
        for (size_t i = 0; i < v->all.count && !here; i++)
            here = v->all.places[p].number > 0 && week->network[i] == v->all.places[p].number;
        networks += here;
    }
    axis_moment(week->week, v->own.weeks_per_year,
                axis_in_years(v->all.weeks[v->all.week_count - 1].week, v->own.weeks_per_year), moment, sizeof moment);
    label_draw(cr, &(struct label){.string = moment,
                                   .x = left,
                                   .y = top,
                                   .size = STYLE_SIZE_HEAD,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = v->map_width});
    snprintf(words, sizeof words, "%zu of %zu schools in %zu network%s, %zu pair%s of schools that talk", members,
             v->all.count, networks, networks == 1 ? "" : "s", week->tie_count, week->tie_count == 1 ? "" : "s");
    size_t communities = 0;
    for (size_t i = 0; i < week->member_count; i++)
        communities += i == 0 || week->members[i].network != week->members[i - 1].network ||
                       week->members[i].community != week->members[i - 1].community;
    const size_t used = strlen(words);
    if (communities)
        snprintf(words + used, sizeof words - used, ", %zu communit%s across", communities,
                 communities == 1 ? "y" : "ies");
    label_draw(cr, &(struct label){.string = words,
                                   .x = left,
                                   .y = top + 10.5,
                                   .size = STYLE_SIZE_SMALL,
                                   .colour = style_grey,
                                   .width = v->map_width});
}

static enum status draw_panel(cairo_t *cr, const struct view *v, const struct schools_week *week, double x, double y,
                              struct faults *faults)
{
    const double left = x + (v->map_width - v->scale * v->all.width) / 2, top = y + HEAD_HEIGHT;
    draw_head(cr, v, week, x, y);
    enum status status = draw_hulls(cr, v, week, left, top, faults);
    if (status == STATUS_OK)
        status = draw_communities(cr, v, week, left, top, faults);
    if (status != STATUS_OK)
        return status;
    draw_ties(cr, v, week, left, top);
    for (size_t i = 0; i < v->all.count; i++) {
        const struct colour fill = isnan(week->share[i]) ? style_white : style_ramp(week->share[i] / v->top_share);
        const double at_x = left + v->scale * v->all.x[i], at_y = top + v->scale * v->all.y[i];
        draw_school(cr, at_x, at_y, radius_of(v, v->all.people[i]), fill, week->network[i] > 0);
        draw_number(cr, at_x, at_y, radius_of(v, v->all.people[i]), i + 1, fill);
    }
    draw_names(cr, v, left, top);
    return STATUS_OK;
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct view *v = malloc(sizeof *v);
    if (!v)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for a picture of schools");
    enum status status = view_open(v, data, options, faults);
    if (status == STATUS_OK) {
        frame_around(cr, &v->frame, width, height, 1);
        for (size_t k = 0; k < v->panel_count && status == STATUS_OK; k++) {
            const size_t row = k / v->columns, column = k % v->columns;
            status = draw_panel(cr, v, v->panel[k], STYLE_MARGIN + (double)column * (v->map_width + PANEL_GAP),
                                v->frame.top + (double)row * (HEAD_HEIGHT + v->map_height + PANEL_GAP), faults);
        }
        schools_free(&v->all);
    }
    free(v);
    return status;
}

const struct chart network_of_schools_chart = {
    .name = "network-of-schools",
    .meaning = "schools as nodes, their networks as hulls, at chosen weeks; --school N opens one",
    .takes = "weeks run school",
    .of_graphs = 2,
    .opens = "network",
    .asked = 1,
    .size = size,
    .draw = draw,
};
