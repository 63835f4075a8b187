/* series.c: columns over time: median and bands across runs, a few single runs, strategies and shocks by name. */
#include "charts.h"
#include "kit/panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PANEL_GAP 9.0
#define TIME_AXIS_HEIGHT 25.0
#define LEFT 44.0            /* value labels and axis titles */
#define END_VALUE_WIDTH 34.0 /* the median's last value */
#define END_NAME_WIDTH 118.0 /* names of overlaid columns, at most */
#define SINGLES 3
#define POINTS_MAX 3000 /* of a line: several a printed dot */
#define PANELS_TALL 4
#define OVERLAID_WITH_BANDS 3

static void key_add(struct series *s, enum key_mark mark, struct colour colour, const char *words)
{
    struct key_item *item = &s->key[s->key_count++];
    *item = (struct key_item){.mark = mark, .colour = colour};
    snprintf(item->words, sizeof item->words, "%s", words);
}

static void key_of_bands(struct series *s, const char *whom)
{
    const struct colour ink = s->choice.count == 1 ? style_series(s->choice.look[0]) : style_grey;
    char words[160];
    if (s->kind == BANDS_NONE) {
        key_add(s, KEY_LINE, ink, "the run itself; one run has no band");
        return;
    }
    snprintf(words, sizeof words, "median of %s", whom);
    key_add(s, KEY_LINE, ink, words);
    if (!s->bare && s->kind != BANDS_RANGE) {
        snprintf(words, sizeof words, "middle 50 %% of %s", whom);
        key_add(s, KEY_INNER, ink, words);
    }
    if (!s->bare) {
        if (s->kind == BANDS_FULL)
            snprintf(words, sizeof words, "middle 90 %% of %s", whom);
        else
            snprintf(words, sizeof words, "lowest to highest (too few for a 90 %% band)");
        key_add(s, KEY_OUTER, ink, words);
    }
    if (s->singles) {
        snprintf(words, sizeof words, "%zu single %s", s->singles, key_whom(s->data, s->singles == 1));
        key_add(s, KEY_THIN, ink, words);
    }
}

static void key_of_events(struct series *s)
{
    int seen[3] = {0};
    for (size_t i = 0; i < s->lanes.bar_count; i++)
        seen[s->lanes.bars[i].event->kind] = 1;
    if (seen[EVENT_STRATEGY])
        key_add(s, KEY_STRATEGY, (struct colour){0.80, 0.82, 0.86}, "strategy (wedge: it ramps up)");
    if (seen[EVENT_SHOCK])
        key_add(s, KEY_SHOCK, style_ink, "shock");
    if (seen[EVENT_INITIATIVE])
        key_add(s, KEY_INITIATIVE, style_grey, "initiative");
}

static void make_key(struct series *s)
{
    char paths[128], words[160];
    key_paths(s->data, paths, sizeof paths);
    snprintf(words, sizeof words, "n = %s", paths);
    key_add(s, KEY_NONE, style_ink, words);
    key_of_bands(s, key_whom(s->data, false));
    key_of_events(s);
}

static void note(struct series *s, const char *sentence)
{
    size_t used = strlen(s->notes);
    snprintf(s->notes + used, sizeof s->notes - used, "%s%s", used ? " " : "", sentence);
}

static void make_notes(struct series *s)
{
    char words[256];
    if (s->bare && s->kind != BANDS_NONE)
        note(s, "Bands are left out, for too many columns share a panel.");
    for (size_t i = 0; i < s->choice.count; i++)
        if (s->bands[i].n_least < s->data->path_count && isfinite(s->bands[i].lo)) {
            note(s, "Where a value is undefined in some runs, the others are shown.");
            break;
        }
    if (s->lanes.outside) {
        snprintf(words, sizeof words, "%zu strateg%s or shock%s outside these weeks.", s->lanes.outside,
                 s->lanes.outside == 1 ? "y" : "ies", s->lanes.outside == 1 ? " lies" : "s lie");
        note(s, words);
    }
    if (s->years) {
        snprintf(words, sizeof words, "A school year has %d weeks.", s->data->weeks_per_year);
        note(s, words);
    }
}

static size_t most_in_a_panel(const struct choice *choice)
{
    size_t most = 0;
    for (size_t i = 0; i < choice->count; i++) {
        size_t here = 0;
        for (size_t k = 0; k < choice->count; k++)
            here += choice->panel[k] == choice->panel[i];
        most = here > most ? here : most;
    }
    return most;
}

static double right_margin(cairo_t *cr, const struct series *s)
{
    double widest = END_VALUE_WIDTH;
    for (size_t i = 0; s->overlaid && i < s->choice.count; i++) {
        char label[160];
        snprintf(label, sizeof label, "%s 0.00", s->data->columns[s->choice.column[i]].name);
        double wide = label_measure(cr, &(struct label){.string = label, .size = STYLE_SIZE_BASE, .bold = 1}).width +
                      12;
        widest = fmax(widest, fmin(wide, END_NAME_WIDTH));
    }
    return widest;
}

static void series_close(struct series *s)
{
    for (size_t i = 0; s->bands && i < s->choice.count; i++)
        bands_free(&s->bands[i]);
    free(s->bands);
    lanes_free(&s->lanes);
}

/* Everything that does not depend on the height. */
static enum status series_open(struct series *s, cairo_t *cr, double width, const struct chart_data *data,
                               const struct chart_options *options, struct faults *faults)
{
    *s = (struct series){.data = data, .overlaid = options->overlaid, .kind = bands_kind(data->path_count)};
    enum status status = choose_columns(data, options, &s->choice, faults);
    if (status != STATUS_OK)
        return status;
    s->bands = calloc(s->choice.count, sizeof *s->bands);
    int failed = !s->bands;
    for (size_t i = 0; !failed && i < s->choice.count; i++)
        failed = bands_of(data, s->choice.column[i], &s->bands[i]);
    size_t in_panel = most_in_a_panel(&s->choice);
    s->overlaid = in_panel > 1;
    s->bare = in_panel > OVERLAID_WITH_BANDS;
    s->stride = data->week_count / POINTS_MAX + 1;
    size_t singles = in_panel > 1             ? in_panel <= OVERLAID_WITH_BANDS
                     : s->kind == BANDS_RANGE ? data->path_count
                                              : SINGLES;
    if (options->singles >= 0)
        singles = (size_t)options->singles;
    s->singles = s->kind == BANDS_NONE ? 0 : singles < data->path_count ? singles : data->path_count;
    s->left = STYLE_MARGIN + LEFT;
    s->right = width - STYLE_MARGIN - right_margin(cr, s);
    s->time.from = s->left;
    s->time.to = s->right;
    s->years = axis_weeks(&s->time, data->weeks[0], data->weeks[data->week_count - 1], data->weeks_per_year, 10);
    failed = failed || lanes_place(cr, data, &s->time, s->left, width - STYLE_MARGIN, &s->lanes);
    if (failed) {
        series_close(s);
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw %zu runs of %zu weeks",
                         data->path_count, data->week_count);
    }
    make_key(s);
    make_notes(s);
    return STATUS_OK;
}

/* Draws or measures what lies above and below the panels; *top is where the panels begin. */
static double surroundings(cairo_t *cr, const struct series *s, double width, double height, double *top, int draw)
{
    double left = STYLE_MARGIN, right = width - STYLE_MARGIN, y = STYLE_MARGIN;
    y += key_title(cr, s->data->title, left, right, y, draw);
    y += key_draw(cr, s->key, s->key_count, left, right, y, draw) + 5;
    if (draw)
        lanes_draw(cr, &s->lanes, y);
    y += (double)s->lanes.lane_count * LANE_HEIGHT + (s->lanes.lane_count ? 3 : 0);
    *top = y;
    double caption = key_caption(cr, s->data, s->notes, left, right, 0, 0);
    if (draw)
        key_caption(cr, s->data, s->notes, left, right, height - STYLE_MARGIN - caption, 1);
    return y + TIME_AXIS_HEIGHT + 4 + caption + STYLE_MARGIN;
}

static void size(const struct chart_data *data, const struct chart_options *options, double *width, double *height)
{
    struct series s;
    double top;
    cairo_t *cr = label_measuring_context();
    *width = STYLE_WIDTH;
    *height = STYLE_WIDTH / 2; /* draw() tells what is wrong */
    if (series_open(&s, cr, *width, data, options, NULL) == STATUS_OK) {
        double panel = s.choice.panel_count == 1             ? 190
                       : s.overlaid                          ? 140
                       : s.choice.panel_count <= PANELS_TALL ? 96
                                                             : 70;
        double panels = (double)s.choice.panel_count;
        *height = surroundings(cr, &s, *width, 0, &top, 0) + panels * (PANEL_HEAD + panel) + (panels - 1) * PANEL_GAP;
        series_close(&s);
    }
    cairo_destroy(cr);
}

static enum status draw(cairo_t *cr, double width, double height, const struct chart_data *data,
                        const struct chart_options *options, struct faults *faults)
{
    struct series s;
    double top;
    enum status status = series_open(&s, cr, width, data, options, faults);
    if (status != STATUS_OK)
        return status;
    double panels = (double)s.choice.panel_count, rest = height - surroundings(cr, &s, width, height, &top, 1);
    double panel = (rest - (panels - 1) * PANEL_GAP) / panels;
    for (size_t i = 0; i < s.choice.panel_count && status == STATUS_OK; i++) {
        double y = top + (double)i * (panel + PANEL_GAP);
        status = panel_draw(cr, &s, i, y, y + panel, width, faults);
    }
    double bottom = top + rest;
    axis_draw_time(cr, &s.time, bottom);
    axis_title_time(cr, &s.time, bottom + 14, s.years);
    series_close(&s);
    return status;
}

const struct chart series_chart = {
    .name = "series",
    .meaning = "columns over time: median and bands across runs, strategies and shocks by name",
    .takes = "columns of overlaid singles run school",
    .size = size,
    .draw = draw,
};
