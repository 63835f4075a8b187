#include "lineage.h"

#include <stdlib.h>
#include <string.h>

static int by_brought(const void *a, const void *b)
{
    const struct lineage_carrier *p = a, *q = b;
    if (p->brought != q->brought)
        return p->brought > q->brought ? -1 : 1;
    if (p->onward != q->onward)
        return p->onward > q->onward ? -1 : 1;
    return p->person < q->person ? -1 : p->person > q->person;
}

static struct lineage_carrier *carrier_of(struct lineage_carrier *all, size_t *count, const struct adoption *a)
{
    for (size_t i = 0; i < *count; i++)
        if (all[i].post == a->from && all[i].person == a->from_person)
            return &all[i];
    all[*count] = (struct lineage_carrier){.post = a->from, .person = a->from_person, .unit = a->from_unit};
    return &all[(*count)++];
}

long lineage_carriers(const struct adoption *list, size_t count, uint32_t innovation, struct lineage_carrier *carriers,
                      size_t max)
{
    struct lineage_carrier *all = calloc(count + 1, sizeof *all);
    size_t *came = calloc(count + 1, sizeof *came); /* steps that came of each, over any number of hands */
    size_t found = 0;
    if (!all || !came) {
        free(all);
        free(came);
        return -1;
    }
    for (size_t i = count; i-- > 0;) /* a source's own step is always earlier in the list */
        if (list[i].parent >= 0)
            came[list[i].parent] += came[i] + 1;
    for (size_t i = 0; i < count; i++) {
        const struct adoption *a = &list[i];
        if (a->innovation != innovation || a->from == ADOPTION_NOBODY)
            continue;
        struct lineage_carrier *c = carrier_of(all, &found, a);
        c->brought++;
        c->into[a->layer % LINEAGE_LAYERS]++;
        c->bridged += a->from_unit > 0 && a->from_unit != a->unit;
        c->onward += came[i];
    }
    qsort(all, found, sizeof *all, by_brought);
    memcpy(carriers, all, (found < max ? found : max) * sizeof *all);
    free(all);
    free(came);
    return (long)found;
}

static double weeks_of(const struct adoption *a, int64_t last_week)
{
    return (double)((a->until < 0 ? last_week : a->until) - a->week);
}

struct lineage_boundary lineage_boundary(const struct adoption *list, size_t count, uint32_t innovation, int layer,
                                         int64_t last_week)
{
    struct lineage_boundary b = {0};
    for (size_t i = 0; i < count; i++) {
        const struct adoption *a = &list[i];
        if (a->innovation != innovation)
            continue;
        if (a->layer == layer - 1)
            b.person_weeks += weeks_of(a, last_week);
        else if (a->layer == layer) /* within the layer below all the time */
            b.person_weeks -= weeks_of(a, last_week);
        /* The layers that one passes in the same week follow each other in the list. */
        const struct adoption *before = i ? a - 1 : NULL;
        const bool jumped = before && before->post == a->post && before->person == a->person &&
                            before->innovation == innovation && before->week == a->week && before->layer == layer - 1;
        b.steps += a->layer == layer && !jumped;
    }
    return b;
}

struct lineage_bridges lineage_bridges(const struct adoption *list, size_t count, uint32_t innovation)
{
    struct lineage_bridges b = {0};
    for (size_t i = 0; i < count; i++) {
        const struct adoption *a = &list[i];
        const bool counts = a->innovation == innovation && a->from != ADOPTION_NOBODY && a->from_unit > 0;
        b.steps += counts;
        b.bridged += counts && a->from_unit != a->unit;
    }
    return b;
}
