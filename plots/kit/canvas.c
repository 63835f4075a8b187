/* canvas.c: the one place that opens a picture: PNG, SVG or PDF by suffix, drawn in memory, stamped with where it comes
 * from, written beside its path and renamed. */
#include "../chart.h"
#include "../../sim/leaf/file.h"

#include "label.h"
#include "stamp.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define POINTS_PER_INCH 72.0
#define PNG_DOTS_PER_INCH 300.0
#define PNG_SIDE_MAX 32767.0 /* cairo's image surface */
#define POINTS_MAX 14400.0   /* 200 inches: what a PDF page may have */

enum format { FORMAT_NONE, FORMAT_PNG, FORMAT_SVG, FORMAT_PDF };

static enum format format_of(const char *path)
{
    const char *name = strrchr(path, '/'), *dot = strrchr(name ? name : path, '.');
    if (!dot || dot == path || dot[-1] == '/')
        return FORMAT_NONE;
    return strcasecmp(dot, ".png") == 0   ? FORMAT_PNG
           : strcasecmp(dot, ".svg") == 0 ? FORMAT_SVG
           : strcasecmp(dot, ".pdf") == 0 ? FORMAT_PDF
                                          : FORMAT_NONE;
}

static cairo_surface_t *surface_open(enum format format, struct bytes *bytes, double width, double height)
{
    if (format == FORMAT_SVG) {
        cairo_surface_t *surface = cairo_svg_surface_create_for_stream(stamp_append, bytes, width, height);
        cairo_svg_surface_restrict_to_version(surface, CAIRO_SVG_VERSION_1_1);
        return surface;
    }
    if (format == FORMAT_PDF)
        return cairo_pdf_surface_create_for_stream(stamp_append, bytes, width, height);
    const double scale = PNG_DOTS_PER_INCH / POINTS_PER_INCH;
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(width * scale), (int)lround(height * scale));
}

static cairo_t *context_open(enum format format, cairo_surface_t *surface, struct label_log *log)
{
    cairo_t *cr = cairo_create(surface);
    label_log_attach(cr, log); /* before scaling: the log keeps device units, which nobody here needs in points */
    if (format == FORMAT_PNG)
        cairo_scale(cr, PNG_DOTS_PER_INCH / POINTS_PER_INCH, PNG_DOTS_PER_INCH / POINTS_PER_INCH);
    style_source(cr, style_white, 1);
    cairo_paint(cr);
    return cr;
}

/* All words of the picture in the order they were drawn, "; " between; "" when memory is short. */
static char *words_of(const struct label_log *log)
{
    size_t size = 1;
    for (size_t i = 0; i < log->count; i++)
        size += strlen(log->list[i].string) + 2;
    char *words = malloc(size), *end = words;
    if (!words)
        return NULL;
    *words = '\0';
    for (size_t i = 0; i < log->count; i++) {
        if (!log->list[i].string[0])
            continue;
        if (end != words)
            end = stpcpy(end, "; ");
        end = stpcpy(end, log->list[i].string);
    }
    return words;
}

static enum status finish(enum format format, cairo_t *cr, cairo_surface_t *surface, const struct stamp *stamp,
                          struct bytes *bytes, const char *path, struct faults *faults)
{
    cairo_status_t status = cairo_status(cr);
    if (status == CAIRO_STATUS_SUCCESS && format == FORMAT_PNG)
        status = cairo_surface_write_to_png_stream(surface, stamp_append, bytes);
    if (format == FORMAT_PDF && stamp_pdf_surface(surface, stamp))
        status = CAIRO_STATUS_NO_MEMORY;
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return fault_add(faults, STATUS_FAILED, path, 0, "the picture could not be drawn: %s",
                         cairo_status_to_string(status));
    int failed = format == FORMAT_PNG   ? stamp_png(bytes, stamp)
                 : format == FORMAT_SVG ? stamp_svg(bytes, stamp)
                                        : stamp_pdf(bytes);
    if (failed)
        return fault_add(faults, STATUS_FAILED, path, 0,
                         "the picture's title, command, seed and commit could not be written into it");
    return STATUS_OK;
}

static enum status draw(const struct chart *chart, const struct chart_data *data, const struct chart_options *options,
                        enum format format, struct bytes *bytes, const char *path, struct faults *faults)
{
    double width = 0, height = 0;
    chart->size(data, options, &width, &height);
    double most = format == FORMAT_PNG ? PNG_SIDE_MAX * POINTS_PER_INCH / PNG_DOTS_PER_INCH : POINTS_MAX;
    if (!(width >= 1 && height >= 1 && width <= most && height <= most))
        return fault_add(faults, STATUS_BAD_INPUT, path, 0,
                         "the picture would be %.0f by %.0f points; allowed are sides of 1 to %.0f in this format: "
                         "choose fewer columns, weeks or strategies",
                         width, height, most);
    struct label_log log = {0};
    cairo_surface_t *surface = surface_open(format, bytes, width, height);
    cairo_t *cr = context_open(format, surface, &log);
    char *words = NULL;
    enum status status = chart->draw(cr, width, height, data, options, faults);
    if (status != STATUS_OK)
        goto out;
    words = words_of(&log);
    struct stamp stamp = {.title = data->title && data->title[0] ? data->title : chart->name,
                          .command = data->command ? data->command : "",
                          .commit = data->commit ? data->commit : "",
                          .seed = data->seed,
                          .words = words ? words : "",
                          .dots_per_inch = PNG_DOTS_PER_INCH};
    if (!words || log.short_of_memory)
        status = fault_add(faults, STATUS_FAILED, path, 0, "memory is too short for the picture's labels");
    else
        status = finish(format, cr, surface, &stamp, bytes, path, faults);
    if (status == STATUS_OK && log.missing_glyphs)
        fault_warn(faults, path, 0,
                   "%d characters of the labels are in no installed font and are drawn as boxes; a package such as "
                   "fonts-noto has them",
                   log.missing_glyphs);
out:
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    label_log_free(&log);
    free(words);
    return status;
}

static enum status save(const struct bytes *bytes, const char *path, struct faults *faults)
{
    char *beside;
    struct stat there;
    if (stat(path, &there) == 0 && S_ISDIR(there.st_mode))
        return fault_add(faults, STATUS_FAILED, path, 0, "this is a folder; a picture needs the name of a file");
    FILE *file = file_open_beside(path, &beside);
    bool whole = file && fwrite(bytes->data, 1, bytes->size, file) == bytes->size && fflush(file) == 0;
    int why = errno;
    if (file && fclose(file) && whole) {
        whole = false;
        why = errno;
    }
    if (whole && rename(beside, path)) {
        whole = false;
        why = errno;
    }
    if (file && !whole)
        unlink(beside);
    free(beside);
    return whole ? STATUS_OK
                 : fault_add(faults, STATUS_FAILED, path, 0, "the picture could not be written: %s", strerror(why));
}

enum status chart_write(const struct chart *chart, const struct chart_data *data, const struct chart_options *options,
                        const char *path, struct faults *faults)
{
    enum format format = format_of(path);
    if (format == FORMAT_NONE)
        return fault_add(faults, STATUS_USAGE, path, 0,
                         "the name of a picture ends in .png, .svg or .pdf, which chooses its format");
    struct bytes bytes = {0};
    enum status status = draw(chart, data, options, format, &bytes, path, faults);
    if (status == STATUS_OK)
        status = save(&bytes, path, faults);
    free(bytes.data);
    return status;
}
