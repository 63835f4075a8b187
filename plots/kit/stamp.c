/* stamp.c: see stamp.h. */
#include "stamp.h"

#include <cairo-pdf.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

cairo_status_t stamp_append(void *closure, const unsigned char *data, unsigned int length)
{
    struct bytes *bytes = closure;
    if (length > bytes->room - bytes->size) {
        size_t room = 2 * (bytes->size + length) + 1024;
        unsigned char *grown = realloc(bytes->data, room);
        if (!grown)
            return CAIRO_STATUS_NO_MEMORY;
        bytes->data = grown;
        bytes->room = room;
    }
    if (length)
        memcpy(bytes->data + bytes->size, data, length);
    bytes->size += length;
    return CAIRO_STATUS_SUCCESS;
}

static int append(struct bytes *bytes, const void *data, size_t length)
{
    return length > UINT32_MAX || stamp_append(bytes, data, (unsigned)length) != CAIRO_STATUS_SUCCESS ? -1 : 0;
}

static int append_text(struct bytes *bytes, const char *text)
{
    return append(bytes, text, strlen(text));
}

/* --- PNG (W3C Recommendation, third edition): chunks of length, type, data, CRC-32. --- */

static uint32_t crc32_of(const unsigned char *data, size_t size)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < size; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
    }
    return ~crc;
}

static void big_endian(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

static int append_chunk(struct bytes *out, const char type[5], const void *data, size_t size)
{
    unsigned char length[4], crc[4];
    big_endian(length, (uint32_t)size);
    if (append(out, length, 4) || append(out, type, 4) || append(out, data, size))
        return -1;
    big_endian(crc, crc32_of(out->data + out->size - size - 4, size + 4));
    return append(out, crc, 4);
}

/* keyword, no compression, no language, no translated keyword, UTF-8 text */
static int append_itxt(struct bytes *out, const char *keyword, const char *text)
{
    static const unsigned char flags[] = {0, 0, 0, 0, 0};
    struct bytes data = {0};
    int failed = append_text(&data, keyword) || append(&data, flags, sizeof flags) || append_text(&data, text) ||
                 append_chunk(out, "iTXt", data.data, data.size);
    free(data.data);
    return failed ? -1 : 0;
}

int stamp_png(struct bytes *bytes, const struct stamp *stamp)
{
    const size_t head = 8 + 25; /* signature and IHDR */
    if (bytes->size < head || memcmp(bytes->data + 12, "IHDR", 4) != 0)
        return -1;
    struct bytes out = {0};
    unsigned char density[9];
    uint32_t per_metre = (uint32_t)lround(stamp->dots_per_inch / 0.0254);
    big_endian(density, per_metre);
    big_endian(density + 4, per_metre);
    density[8] = 1; /* the unit is the metre */
    char seed[32];
    snprintf(seed, sizeof seed, "%llu", stamp->seed);

    int failed = append(&out, bytes->data, head) || append_chunk(&out, "pHYs", density, sizeof density) ||
                 append_itxt(&out, "Title", stamp->title) || append_itxt(&out, "Software", "ebb") ||
                 append_itxt(&out, "Command", stamp->command) || append_itxt(&out, "Seed", seed) ||
                 append_itxt(&out, "Commit", stamp->commit) || append_itxt(&out, "Description", stamp->words) ||
                 append(&out, bytes->data + head, bytes->size - head);
    if (failed) {
        free(out.data);
        return -1;
    }
    free(bytes->data);
    *bytes = out;
    return 0;
}

/* --- SVG --- */

/* Characters that XML 1.0 forbids become spaces. */
static int append_escaped(struct bytes *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        const char *entity = byte == '&'   ? "&amp;"
                             : byte == '<' ? "&lt;"
                             : byte == '>' ? "&gt;"
                             : byte == '"' ? "&quot;"
                                           : NULL;
        int failed = entity ? append_text(out, entity)
                            : append(out, byte < 32 && byte != '\n' && byte != '\t' ? " " : c, 1);
        if (failed)
            return -1;
    }
    return 0;
}

static int append_element(struct bytes *out, const char *open, const char *text, const char *close)
{
    return append_text(out, open) || append_escaped(out, text) || append_text(out, close) ? -1 : 0;
}

static int append_description(struct bytes *out, const struct stamp *stamp)
{
    char seed[32];
    snprintf(seed, sizeof seed, "%llu", stamp->seed);
    return append_element(out, "\n<title>", stamp->title, "</title>\n") ||
                   append_element(out, "<desc>", stamp->words, "</desc>\n") ||
                   append_text(out, "<metadata>\n<ebb:made xmlns:ebb=\"urn:ebb\">\n") ||
                   append_element(out, "<ebb:command>", stamp->command, "</ebb:command>\n") ||
                   append_element(out, "<ebb:seed>", seed, "</ebb:seed>\n") ||
                   append_element(out, "<ebb:commit>", stamp->commit, "</ebb:commit>\n") ||
                   append_text(out, "</ebb:made>\n</metadata>")
               ? -1
               : 0;
}

/* cairo 1.16 numbers its groups ("surface17") over all that the process has drawn, so that a second picture of the same
 * data would differ from the first: count them from the first seen. Masks and clips it counts by the picture. */
static int append_renumbered(struct bytes *out, const char *svg, size_t size)
{
    static const char word[] = "surface";
    const size_t word_length = sizeof word - 1;
    const char *at = svg, *end = svg + size;
    unsigned long known[64];
    size_t known_count = 0;
    while (at < end) {
        const char *found = memmem(at, (size_t)(end - at), word, word_length);
        const char *stop = found ? found + word_length : end;
        if (append(out, at, (size_t)(stop - at)))
            return -1;
        if (!found)
            break;
        char *after;
        unsigned long number = strtoul(stop, &after, 10); /* the caller keeps a NUL behind the end */
        at = after;
        if (after == stop)
            continue;
        size_t i = 0;
        while (i < known_count && known[i] != number)
            i++;
        if (i == known_count) {
            if (known_count == sizeof known / sizeof known[0])
                return -1;
            known[known_count++] = number;
        }
        char fresh[24];
        snprintf(fresh, sizeof fresh, "%zu", i + 1);
        if (append_text(out, fresh))
            return -1;
    }
    return 0;
}

int stamp_svg(struct bytes *bytes, const struct stamp *stamp)
{
    struct bytes out = {0};
    if (append(bytes, "", 1)) /* the NUL behind the end */
        return -1;
    bytes->size--;
    const char *svg = (const char *)bytes->data, *root = strstr(svg, "<svg ");
    const char *inside = root ? strchr(root, '>') : NULL;
    if (!inside)
        return -1;
    size_t head = (size_t)(inside + 1 - svg);
    int failed = append(&out, svg, head) || append_description(&out, stamp) ||
                 append_renumbered(&out, inside + 1, bytes->size - head);
    if (failed) {
        free(out.data);
        return -1;
    }
    free(bytes->data);
    *bytes = out;
    return 0;
}

/* --- PDF --- */

int stamp_pdf_surface(cairo_surface_t *surface, const struct stamp *stamp)
{
    struct bytes subject = {0};
    char seed[40];
    snprintf(seed, sizeof seed, "; seed %llu; commit ", stamp->seed);
    int failed = append_text(&subject, stamp->command) || append_text(&subject, seed) ||
                 append_text(&subject, stamp->commit) || append(&subject, "", 1);
    if (!failed) {
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, stamp->title);
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, (const char *)subject.data);
        cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "ebb");
    }
    free(subject.data);
    return failed ? -1 : 0;
}

/* Blanks of the same length leave every offset of the file as it is. cairo writes the document information plain. */
int stamp_pdf(struct bytes *bytes)
{
    static const char word[] = "/CreationDate (";
    unsigned char *found = bytes->size ? memmem(bytes->data, bytes->size, word, sizeof word - 1) : NULL;
    if (!found)
        return 0;
    unsigned char *end = memchr(found, ')', bytes->size - (size_t)(found - bytes->data));
    if (!end)
        return -1;
    memset(found, ' ', (size_t)(end + 1 - found));
    return 0;
}
