#include "lineage_rows.h"

#include <math.h>
#include <stdlib.h>

#define UNIT_GAP 5.0
#define HEIGHT 560.0 /* that rows share, within the pitches below */
#define PITCH_LEAST 7.6
#define PITCH_MOST 15.0
#define NEVER INT64_MAX

bool lineage_rows_has(const struct lineage_rows *l, const struct adoption *a)
{
    return a->innovation == l->innovation && a->layer > 0 && a->layer < l->layers;
}

/* By unit; in it whoever came furthest first. */
static int by_unit(const void *a, const void *b)
{
    const struct lineage_row *p = a, *q = b;
    if (p->unit != q->unit)
        return p->unit - 1 < q->unit - 1 ? -1 : 1; /* unit 0 comes last */
    for (int layer = LINEAGE_LAYERS - 1; layer > 0; layer--)
        if (p->first[layer] != q->first[layer])
            return p->first[layer] < q->first[layer] ? -1 : 1;
    return p->post < q->post ? -1 : p->post > q->post;
}

static void note(struct lineage_rows *l, const struct adoption *a)
{
    struct lineage_row *row = &l->list[a->post];
    row->unit = a->unit;
    if (a->week < row->first[a->layer])
        row->first[a->layer] = a->week;
    if (a->from < l->of->id_count)
        l->list[a->from].brought[a->layer]++;
}

/* Keeps the posts that the innovation has to do with and gives them places. */
static void place_rows(struct lineage_rows *l)
{
    size_t kept = 0, units = 0;
    for (size_t i = 0; i < l->count; i++) {
        size_t has = 0;
        for (size_t layer = 1; layer < l->layers; layer++)
            has += (l->list[i].first[layer] != NEVER) + l->list[i].brought[layer];
        if (has)
            l->list[kept++] = l->list[i];
    }
    l->count = kept;
    qsort(l->list, kept, sizeof *l->list, by_unit);
    l->pitch = fmin(PITCH_MOST, fmax(PITCH_LEAST, HEIGHT / (double)(kept ? kept : 1)));
    for (size_t i = 0; i < kept; i++) {
        struct lineage_row *row = &l->list[i];
        size_t sum = 0;
        units += i > 0 && row->unit != row[-1].unit;
        row->y = ((double)i + 0.5) * l->pitch + (double)units * UNIT_GAP;
        for (size_t layer = 1; layer < l->layers; layer++)
            sum += row->brought[layer];
        l->most = sum > l->most ? sum : l->most;
        l->at[row->post] = i;
    }
    l->height = (double)kept * l->pitch + (double)units * UNIT_GAP;
}

enum status lineage_rows_make(struct lineage_rows *l, struct faults *faults)
{
    const struct chart_lineage *of = l->of;
    l->list = calloc(of->id_count + 1, sizeof *l->list);
    l->at = calloc(of->id_count + 1, sizeof *l->at);
    if (!l->list || !l->at)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short to draw %zu people", of->id_count);
    l->count = of->id_count;
    for (size_t i = 0; i < of->id_count; i++) {
        l->list[i].post = (uint32_t)i;
        for (size_t layer = 0; layer < LINEAGE_LAYERS; layer++)
            l->list[i].first[layer] = NEVER;
    }
    for (size_t i = 0; i < of->count; i++)
        if (lineage_rows_has(l, &of->list[i]))
            note(l, &of->list[i]);
    place_rows(l);
    return STATUS_OK;
}

void lineage_rows_free(struct lineage_rows *l)
{
    free(l->list);
    free(l->at);
}
