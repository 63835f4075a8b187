/* look.h: draws a chart into memory and looks at its words: which are there, whether they collide or leave the page. */
#ifndef EBB_TESTS_PLOTS_LOOK_H
#define EBB_TESTS_PLOTS_LOOK_H

#include "../../plots/kit/label.h"
#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define TOUCH 0.6 /* points by which two lines of type may overlap: their boxes include leading */

struct look {
    struct label_log log;
    double width, height;
    enum status status;
    struct faults faults;
};

static inline struct look look_draw(const struct chart *chart, const struct chart_data *data,
                                    const struct chart_options *options)
{
    struct look look = {.status = STATUS_OK};
    chart->size(data, options, &look.width, &look.height);
    cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
    cairo_t *cr = cairo_create(surface);
    label_log_attach(cr, &look.log);
    look.status = chart->draw(cr, look.width, look.height, data, options, &look.faults);
    assert_int_equal(cairo_status(cr), CAIRO_STATUS_SUCCESS);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    return look;
}

static inline struct look look_at(const char *kind, const struct chart_data *data, const struct chart_options *options)
{
    const struct chart *chart = chart_find(kind);
    assert_non_null(chart);
    return look_draw(chart, data, options);
}

static inline void look_end(struct look *look)
{
    label_log_free(&look->log);
    faults_free(&look->faults);
}

static inline int look_has(const struct look *look, const char *words)
{
    for (size_t i = 0; i < look->log.count; i++)
        if (strstr(look->log.list[i].string, words))
            return 1;
    return 0;
}

#define assert_says(look, words)                                                \
    do {                                                                        \
        if (!look_has(look, words))                                             \
            fail_msg("the picture does not say \"%s\"", (const char *)(words)); \
    } while (0)
#define assert_silent(look, words)                                      \
    do {                                                                \
        if (look_has(look, words))                                      \
            fail_msg("the picture says \"%s\"", (const char *)(words)); \
    } while (0)

/* The two texts that overlap most, or NULL. */
static inline const struct label_entry *look_collision(const struct look *look, const struct label_entry **other)
{
    for (size_t i = 0; i < look->log.count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct label_entry *a = &look->log.list[i], *b = &look->log.list[k];
            double across = fmin(a->box.x + a->box.width, b->box.x + b->box.width) - fmax(a->box.x, b->box.x);
            double down = fmin(a->box.y + a->box.height, b->box.y + b->box.height) - fmax(a->box.y, b->box.y);
            if (across > TOUCH && down > TOUCH && a->string[0] && b->string[0]) {
                *other = b;
                return a;
            }
        }
    return NULL;
}

static inline void assert_tidy(const struct look *look)
{
    const struct label_entry *other, *one = look_collision(look, &other);
    if (one)
        fail_msg("\"%s\" at %.1f %.1f (%.1f by %.1f) runs into \"%s\" at %.1f %.1f (%.1f by %.1f)", one->string,
                 one->box.x, one->box.y, one->box.width, one->box.height, other->string, other->box.x, other->box.y,
                 other->box.width, other->box.height);
    for (size_t i = 0; i < look->log.count; i++) {
        const struct label_entry *e = &look->log.list[i];
        if (e->box.x < -TOUCH || e->box.y < -TOUCH || e->box.x + e->box.width > look->width + TOUCH ||
            e->box.y + e->box.height > look->height + TOUCH)
            fail_msg("\"%s\" at %.1f %.1f leaves the page of %.1f by %.1f", e->string, e->box.x, e->box.y, look->width,
                     look->height);
    }
}

/* A picture without faults whose words stand apart. */
static inline struct look look_well(const char *kind, const struct chart_data *data,
                                    const struct chart_options *options)
{
    struct look look = look_at(kind, data, options);
    if (look.status != STATUS_OK || look.faults.count)
        fail_msg("status %d: %s", (int)look.status, look.faults.count ? look.faults.list[0].text : "no sentence");
    assert_tidy(&look);
    return look;
}

static inline void assert_refused(const char *kind, const struct chart_data *data, const struct chart_options *options,
                                  enum status status, const char *sentence)
{
    struct look look = look_at(kind, data, options);
    assert_int_equal(look.status, status);
    assert_true(look.faults.count > 0);
    if (!strstr(look.faults.list[0].text, sentence))
        fail_msg("\"%s\" does not tell \"%s\"", look.faults.list[0].text, sentence);
    look_end(&look);
}

#endif
