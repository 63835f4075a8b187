/* The debrief: who carried an innovation, over which boundaries and bridges. */
#include "../leaf/lineage.h"
#include "../leaf/text.h"
#include "../store/lineage.h"
#include "tell.h"

#include <math.h>
#include <string.h>

#define CARRIERS 5

static void tell_kinds(FILE *out, const struct store_lineage *l, uint32_t innovation)
{
    fputs("  steps", out);
    for (size_t layer = 1; layer < l->layers.count; layer++) {
        size_t all = 0, talked = 0;
        for (size_t i = 0; i < l->count; i++)
            if (l->list[i].innovation == innovation && l->list[i].layer == layer) {
                all++;
                talked += l->list[i].from != ADOPTION_NOBODY;
            }
        fprintf(out, layer > 1 ? ", %s %zu (%zu)" : " into %s %zu (%zu brought about by somebody)",
                l->layers.word[layer], all, talked);
    }
    fputs("\n", out);
}

static void tell_boundaries(FILE *out, const struct store_lineage *l, uint32_t innovation, int64_t last_week,
                            int weeks_per_year)
{
    for (size_t layer = 2; layer < l->layers.count && layer < LINEAGE_LAYERS; layer++) {
        const struct lineage_boundary b = lineage_boundary(l->list, l->count, innovation, (int)layer, last_week);
        if (b.person_weeks > 0)
            fprintf(out, "  from %s to %s: %.2f steps a year for each person in between\n", l->layers.word[layer - 1],
                    l->layers.word[layer], (double)b.steps / b.person_weeks * weeks_per_year);
    }
    const struct lineage_bridges bridges = lineage_bridges(l->list, l->count, innovation);
    if (bridges.steps)
        fprintf(out, "  bridges: %zu of %zu steps brought about by a colleague went between units\n", bridges.bridged,
                bridges.steps);
}

/* Somebody may have gone since, and the post be another's: then the number of the person tells them apart. */
static void tell_carriers(FILE *out, const struct store_lineage *l, const struct lineage_carrier *list, size_t count)
{
    fprintf(out, "  %-19s %5s  %6s", "carried by (person)", "unit", "steps");
    for (size_t layer = 1; layer < l->layers.count; layer++)
        fprintf(out, "  %10s", l->layers.word[layer]);
    fprintf(out, "  %6s  %6s\n", "bridge", "onward");
    for (size_t i = 0; i < count; i++) {
        const struct lineage_carrier *c = &list[i];
        char name[40], unit[16] = "-";
        const char *id = l->ids.word[c->post];
        snprintf(name, sizeof name, "%.*s (%u)", text_fit(id, 20), id, c->person);
        if (c->unit)
            snprintf(unit, sizeof unit, "%u", c->unit);
        fputs("  ", out);
        text_print(out, name);
        fprintf(out, "%*s %5s  %6zu", (int)(strlen(name) < 19 ? 19 - strlen(name) : 0), "", unit, c->brought);
        for (size_t layer = 1; layer < l->layers.count && layer < LINEAGE_LAYERS; layer++)
            fprintf(out, "  %10zu", c->into[layer]);
        fprintf(out, "  %6zu  %6zu\n", c->bridged, c->onward);
    }
}

enum status tell_lineage(FILE *out, const char *out_dir, int64_t last_week, int weeks_per_year, bool of_many,
                         struct faults *faults)
{
    struct store_lineage l;
    struct lineage_carrier carriers[CARRIERS];
    if (!store_has_lineage(out_dir))
        return STATUS_OK;
    enum status status = store_read_lineage(out_dir, 0, 0, &l, faults);
    for (uint32_t n = 0; status == STATUS_OK && n < l.innovations.count; n++) {
        const long found = lineage_carriers(l.list, l.count, n, carriers, CARRIERS);
        if (found < 0) {
            status = fault_add(faults, STATUS_FAILED, NULL, 0, "no memory to tell who carried an innovation");
            break;
        }
        fprintf(out, "\nwho brought whom in, run %lld", (long long)l.run);
        if (of_many)
            fprintf(out, ", school %lld", (long long)l.school);
        fprintf(out, "%s%s\n", l.innovations.count > 1 ? ": " : "",
                l.innovations.count > 1 ? l.innovations.word[n] : "");
        tell_kinds(out, &l, n);
        tell_boundaries(out, &l, n, last_week, weeks_per_year);
        if (found)
            tell_carriers(out, &l, carriers, found < CARRIERS ? (size_t)found : CARRIERS);
    }
    if (status == STATUS_OK)
        fputs("  steps: of others, brought about; bridge: of them in other units; onward: what came of them in turn; a "
              "picture: ebb plot OUT lineage\n",
              out);
    store_lineage_free(&l);
    return status;
}
