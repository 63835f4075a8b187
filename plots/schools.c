/* schools.c: small multiples: a panel for each school of the result, or each network or district, all on one scale. */
#include "charts.h"
#include "kit/choose.h"
#include "kit/frame.h"
#include "kit/names.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEFT 30.0
#define GAP_X 10.0
#define GAP_Y 8.0
#define PANEL_HEAD 12.0
#define PANEL_HEIGHT 84.0
#define FOOT 27.0
#define PANELS_MAX 24
#define LINES_MAX 4
#define LINES_WITH_BANDS 3

static const char *const usual[] = {"coherence", "repertoire"};

struct small {
    struct frame frame;
    struct choice choice;
    struct bands *bands; /* [panel][line] */
    size_t panels, across, down;
    enum bands_kind kind; /* of the runs of one panel */
    struct axis time, y;
    int years, banded;
};

static size_t find(const struct chart_data *data, const char *name)
{
    size_t c = 0;
    while (c < data->column_count && strcmp(data->columns[c].name, name) != 0)
        c++;
    return c;
}

/* Shares and levels stand on one scale. */
static const char *scale_of(const struct column *column)
{
    return column->lo >= 0 && column->hi <= 1 ? "level, 0 to 1" : column->unit;
}

static enum status check_scale(const struct chart_data *data, const struct choice *choice, struct faults *faults)
{
    if (choice->count > LINES_MAX)
        return fault_add(faults, STATUS_USAGE, NULL, 0, "--columns: %zu are too many for small panels; at most %d",
                         choice->count, LINES_MAX);
    for (size_t i = 1; i < choice->count; i++) {
        const struct column *first = &data->columns[choice->column[0]], *other = &data->columns[choice->column[i]];
        if (strcmp(scale_of(first), scale_of(other)) != 0)
            return fault_add(faults, STATUS_USAGE, NULL, 0,
                             "--columns: the panels have one scale, and %s (%s) and %s (%s) do not fit on it",
                             first->name, first->unit, other->name, other->unit);
    }
    return STATUS_OK;
}

static enum status choose(const struct chart_data *data, const struct chart_options *options, struct choice *choice,
                          struct faults *faults)
{
    char names[64] = "";
    struct chart_options own = *options;
    for (size_t k = 0; k < sizeof usual / sizeof usual[0] && find(data, usual[k]) < data->column_count; k++) {
        strcat(names, k ? "," : "");
        strcat(names, usual[k]);
    }
    if (!own.columns && !own.of && *names)
        own.columns = names;
    const enum status status = choose_columns(data, &own, choice, faults);
    return status == STATUS_OK ? check_scale(data, choice, faults) : status;
}

/* The paths of one school, the chosen columns only, as if they were all there is. */
static int bands_of_school(const struct small *s, size_t panel, double *values)
{
    const struct chart_data *all = s->frame.data;
    struct chart_data one = *all;
    size_t at = 0;
    for (size_t p = panel; p < all->path_count; p += all->school_count)
        for (size_t w = 0; w < all->week_count; w++)
            for (size_t i = 0; i < s->choice.count; i++)
                values[at++] = chart_value(all, p, w, s->choice.column[i]);
    one.values = values;
    one.column_count = s->choice.count;
    one.path_count = all->path_count / all->school_count;
    for (size_t i = 0; i < s->choice.count; i++)
        if (bands_of(&one, i, &s->bands[panel * s->choice.count + i]))
            return -1;
    return 0;
}

static int take_bands(struct small *s)
{
    const struct chart_data *data = s->frame.data;
    const size_t runs = data->path_count / data->school_count;
    double *values = malloc((runs * data->week_count * s->choice.count + 1) * sizeof *values);
    s->bands = calloc(s->panels * s->choice.count + 1, sizeof *s->bands);
    int failed = !values || !s->bands;
    for (size_t panel = 0; panel < s->panels && !failed; panel++)
        failed = bands_of_school(s, panel, values);
    free(values);
    return failed;
}

static void close_all(struct small *s)
{
    for (size_t k = 0; s->bands && k < s->panels * s->choice.count; k++)
        bands_free(&s->bands[k]);
    free(s->bands);
    s->bands = NULL;
}

/* "north", "school 3", "schools in none": how a panel is named. */
static void panel_words(const struct chart_data *data, size_t panel, char *words, size_t size)
{
    const size_t number = data->school ? (size_t)data->school - 1 : panel;
    size_t length = 0;
    const char *level = data->level && *data->level ? data->level : "school",
               *name = names_line(data->sets, number, &length);
    if (name)
        snprintf(words, size, "%.*s", (int)length, name);
    else if (data->sets && *data->sets)
        snprintf(words, size, "schools in no %s", level);
    else if (strcmp(level, "all") == 0)
        snprintf(words, size, "all schools");
    else
        snprintf(words, size, "%s %zu", level, number + 1);
}

static void key_hatched(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 0.5);
    style_hatch(cr, x, y - 4, item->width, 8, 3);
}

static void key_shaded(cairo_t *cr, const struct key_item *item, double x, double y)
{
    style_source(cr, item->colour, 1);
    cairo_rectangle(cr, x, y - 4, item->width, 8);
    cairo_fill(cr);
}

static const struct colour SHADE = {0.93, 0.94, 0.96};

static void note_events(struct small *s)
{
    const struct chart_data *data = s->frame.data;
    int seen[3] = {0};
    for (size_t e = 0; e < data->event_count; e++) {
        char when[48];
        const struct event *event = &data->events[e];
        if (event->kind == EVENT_INITIATIVE || (double)event->start > s->time.hi)
            continue;
        if (!seen[event->kind]++ && event->kind == EVENT_SHOCK)
            frame_own(&s->frame, key_hatched, 0, style_ink, "shock");
        else if (seen[event->kind] == 1)
            frame_own(&s->frame, key_shaded, 0, SHADE, "strategy");
        axis_moment(event->start, data->weeks_per_year, s->years, when, sizeof when);
        frame_note(&s->frame, "%s %.60s from %s.", event->kind == EVENT_SHOCK ? "Shock" : "Strategy", event->name,
                   when);
    }
}

static void make_words(struct small *s)
{
    const struct chart_data *data = s->frame.data;
    const size_t runs = data->path_count / data->school_count;
    const char *of = s->kind == BANDS_NONE ? "" : ", median of runs";
    frame_key(&s->frame, KEY_NONE, style_ink, "n = %zu run%s", runs, runs == 1 ? "" : "s");
    for (size_t i = 0; i < s->choice.count; i++)
        frame_own(&s->frame, frame_dashed, (double)s->choice.look[i], style_series(s->choice.look[i]), "%s%s",
                  data->columns[s->choice.column[i]].name, of);
    if (s->banded && s->kind == BANDS_RANGE)
        frame_key(&s->frame, KEY_OUTER, style_grey, "lowest to highest run (too few for quartiles)");
    else if (s->banded)
        frame_key(&s->frame, KEY_INNER, style_grey, "middle 50 %% of runs");
    if (data->level && strcmp(data->level, "school") != 0 && strcmp(data->level, "all") != 0)
        frame_note(&s->frame, "A panel is a %s: the mean of its schools.", data->level);
    note_events(s);
    if (s->panels < data->school_count)
        frame_note(&s->frame, "%zu of %zu are drawn; --school chooses another.", s->panels, data->school_count);
    if (s->years)
        frame_note(&s->frame, "A school year has %d weeks.", data->weeks_per_year);
}

static void make_scales(struct small *s, double width)
{
    const struct chart_data *data = s->frame.data;
    double lo = 0, hi = 0;
    const struct column *column = &data->columns[s->choice.column[0]];
    const bool shares = column->lo >= 0 && column->hi <= 1;
    for (size_t k = 0; k < s->panels * s->choice.count; k++) {
        lo = fmin(lo, s->bands[k].lo);
        hi = fmax(hi, s->bands[k].hi);
    }
    axis_values(&s->y, lo, shares ? 1 : hi, 4, shares ? 0 : NAN, shares ? 1 : NAN);
    const double inside = width - 2 * STYLE_MARGIN - LEFT - (double)(s->across - 1) * GAP_X;
    s->time.from = 0;
    s->time.to = inside / (double)s->across;
    s->years = axis_weeks(&s->time, data->weeks[0], data->weeks[data->week_count - 1], data->weeks_per_year,
                          (int)(12 / s->across + 1));
}

static enum status small_open(struct small *s, double width, const struct chart_data *data,
                              const struct chart_options *options, struct faults *faults)
{
    *s = (struct small){.panels = 0};
    const enum status status = choose(data, options, &s->choice, faults);
    if (status != STATUS_OK)
        return status;
    frame_begin(&s->frame, data, width);
    s->panels = data->school_count < PANELS_MAX ? data->school_count : PANELS_MAX;
    s->across = s->panels <= 3 ? s->panels : s->panels == 4 ? 2 : s->panels <= 9 ? 3 : 4;
    s->down = (s->panels + s->across - 1) / s->across;
    s->kind = bands_kind(data->path_count / data->school_count);
    s->banded = s->kind != BANDS_NONE && s->choice.count <= LINES_WITH_BANDS;
    if (take_bands(s)) {
        close_all(s);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw %zu runs", data->path_count);
    }
    make_scales(s, width);
    make_words(s);
    return STATUS_OK;
}

static double panels_height(const struct small *s)
{
    const double panel = s->down == 1 ? 2 * PANEL_HEIGHT : PANEL_HEIGHT;
    return (double)s->down * (PANEL_HEAD + panel) + (double)(s->down - 1) * GAP_Y;
}

static void shade_events(cairo_t *cr, const struct small *s, const struct axis *time, double top, double bottom)
{
    const struct chart_data *data = s->frame.data;
    for (int kind = EVENT_STRATEGY; kind <= EVENT_SHOCK; kind++)
        for (size_t e = 0; e < data->event_count; e++) {
            const struct event *event = &data->events[e];
            const double end = event->end < 0 ? time->hi : fmin((double)event->end, time->hi);
            if ((int)event->kind != kind || (double)event->start >= time->hi)
                continue;
            const double x = axis_at(time, fmax((double)event->start, time->lo));
            const double wide = fmax(axis_at(time, end) - x, 1.5);
            style_source(cr, kind == EVENT_SHOCK ? style_ink : SHADE, kind == EVENT_SHOCK ? 0.35 : 1);
            if (kind == EVENT_SHOCK) {
                style_hatch(cr, x, top, wide, bottom - top, 4);
            } else {
                cairo_rectangle(cr, x, top, wide, bottom - top);
                cairo_fill(cr);
            }
        }
}

static void draw_line(cairo_t *cr, const struct small *s, size_t panel, size_t i, const struct axis *time,
                      const struct axis *y)
{
    const struct bands *b = &s->bands[panel * s->choice.count + i];
    const struct colour colour = style_series(s->choice.look[i]);
    if (s->banded) {
        const bool range = s->kind == BANDS_RANGE;
        style_source(cr, colour, range ? STYLE_BAND_OUTER : STYLE_BAND_INNER);
        frame_area(cr, s->frame.data, time, y, range ? b->outer_lo : b->inner_lo, range ? b->outer_hi : b->inner_hi);
    }
    style_source(cr, colour, 1);
    cairo_set_line_width(cr, STYLE_LINE_MAIN);
    style_dash(cr, s->choice.look[i], STYLE_LINE_MAIN);
    frame_line(cr, s->frame.data, time, y, b->median);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_panel(cairo_t *cr, const struct small *s, size_t panel, double top, double bottom)
{
    const double left = STYLE_MARGIN + LEFT + (double)(panel % s->across) * (s->time.to + GAP_X);
    struct axis time = s->time, y = s->y;
    char words[PARAM_TEXT_SIZE];
    time.from = left;
    time.to = left + s->time.to;
    y.from = bottom;
    y.to = top + PANEL_HEAD;
    panel_words(s->frame.data, panel, words, sizeof words);
    label_draw(cr, &(struct label){.string = words,
                                   .x = left,
                                   .y = top,
                                   .size = STYLE_SIZE_BASE,
                                   .bold = 1,
                                   .colour = style_ink,
                                   .width = s->time.to});
    shade_events(cr, s, &time, y.to, y.from);
    axis_draw_grid(cr, &time, y.to, y.from);
    if (panel % s->across > 0)
        for (int i = 0; i < y.tick_count; i++) /* values stand at the first panel of a row */
            y.label[i][0] = '\0';
    axis_draw_values(cr, &y, time.from, time.to);
    for (size_t i = 0; i < s->choice.count; i++)
        draw_line(cr, s, panel, i, &time, &y);
    if (panel + s->across < s->panels)
        for (int i = 0; i < time.tick_count; i++) /* years below the last panel of a column */
            time.label[i][0] = '\0';
    axis_draw_time(cr, &time, y.from);
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct small s;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2;
    if (small_open(&s, *width, data, options, NULL) == STATUS_OK) {
        *height = frame_around(cr, &s.frame, *width, 0, 0) + panels_height(&s) + FOOT;
        close_all(&s);
    }
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct small s;
    const enum status status = small_open(&s, width, data, options, faults);
    if (status != STATUS_OK)
        return status;
    frame_around(cr, &s.frame, width, height, 1);
    const double rest = s.frame.bottom - s.frame.top - FOOT;
    const double panel = (rest - (double)(s.down - 1) * GAP_Y) / (double)s.down;
    for (size_t k = 0; k < s.panels; k++) {
        const size_t row = k / s.across;
        const double top = s.frame.top + (double)row * (panel + GAP_Y);
        draw_panel(cr, &s, k, top, top + panel);
    }
    struct axis whole = s.time;
    whole.from = STYLE_MARGIN + LEFT;
    whole.to = width - STYLE_MARGIN;
    axis_title_time(cr, &whole, s.frame.top + rest + 14, s.years);
    axis_title_up(cr, STYLE_MARGIN, s.frame.top, s.frame.top + rest, scale_of(&data->columns[s.choice.column[0]]));
    close_all(&s);
    return STATUS_OK;
}

const struct chart schools_chart = {
    .name = "schools",
    .meaning = "a small panel for each school, network or district: coherence and repertoire, or --columns",
    .takes = "columns of run school",
    .asked = 1,
    .choose = choose,
    .size = size,
    .draw = draw,
};
