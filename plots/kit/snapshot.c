/* snapshot.c: see snapshot.h. */
#include "snapshot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct attribute *declared(const struct attribute *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    return NULL;
}

/* What people differ in, where the model has no layers: whatever its name. */
static const struct attribute *plain_number(const struct attribute *list, size_t count)
{
    static const char *const meant[] = {"unit", "role", "repertoire", "group", "person"};
    for (size_t i = 0; i < count; i++) {
        bool known = list[i].labels[0];
        for (size_t k = 0; k < sizeof meant / sizeof meant[0]; k++)
            known = known || strcmp(list[i].name, meant[k]) == 0;
        if (!known)
            return &list[i];
    }
    return NULL;
}

static struct snapshot_scheme scheme_of(const struct chart_data *data)
{
    const struct attribute *nodes = data->node_attributes, *ties = data->tie_attributes;
    const size_t n = data->node_attribute_count, m = data->tie_attribute_count;
    return (struct snapshot_scheme){.unit = declared(nodes, n, "unit"),
                                    .layer = declared(nodes, n, "layer"),
                                    .role = declared(nodes, n, "role"),
                                    .repertoire = declared(nodes, n, "repertoire"),
                                    .group = declared(nodes, n, "group"),
                                    .level = declared(nodes, n, "layer") ? NULL : plain_number(nodes, n),
                                    .strength = declared(ties, m, GRAPH_STRENGTH),
                                    .trust = declared(ties, m, GRAPH_TRUST)};
}

static double number(const igraph_t *graph, const struct attribute *attribute, igraph_integer_t node)
{
    if (!attribute || !igraph_cattribute_has_attr(graph, IGRAPH_ATTRIBUTE_VERTEX, attribute->name))
        return NAN;
    return igraph_cattribute_VAN(graph, attribute->name, node);
}

static double arc_number(const igraph_t *graph, const struct attribute *attribute, igraph_integer_t arc)
{
    if (!attribute || !igraph_cattribute_has_attr(graph, IGRAPH_ATTRIBUTE_EDGE, attribute->name))
        return NAN;
    return igraph_cattribute_EAN(graph, attribute->name, arc);
}

static int by_ends(const void *a, const void *b)
{
    const struct snapshot_tie *p = a, *q = b;
    return p->a != q->a ? (p->a < q->a ? -1 : 1) : p->b < q->b ? -1 : p->b > q->b;
}

static int by_strength(const void *a, const void *b)
{
    const struct snapshot_tie *p = a, *q = b;
    double s = isnan(p->strength) ? -1 : p->strength, t = isnan(q->strength) ? -1 : q->strength;
    return s < t ? -1 : s > t ? 1 : by_ends(a, b);
}

/* Mean of the defined ones among the arcs from..to, which join the same two nodes. */
static struct snapshot_tie merge(const struct snapshot_tie *arcs, size_t from, size_t to)
{
    struct snapshot_tie tie = {.a = arcs[from].a, .b = arcs[from].b};
    double strength = 0, trust = 0, strengths = 0, trusts = 0;
    for (size_t i = from; i < to; i++) {
        strength += isnan(arcs[i].strength) ? 0 : arcs[i].strength;
        strengths += !isnan(arcs[i].strength);
        trust += isnan(arcs[i].trust) ? 0 : arcs[i].trust;
        trusts += !isnan(arcs[i].trust);
    }
    tie.strength = strength / strengths; /* 0/0: NAN */
    tie.trust = trust / trusts;
    return tie;
}

static int read_ties(const igraph_t *graph, const struct snapshot_scheme *scheme, struct snapshot *s)
{
    const igraph_integer_t m = igraph_ecount(graph);
    s->ties = malloc(((size_t)m + 1) * sizeof *s->ties);
    if (!s->ties)
        return -1;
    size_t arcs = 0;
    for (igraph_integer_t e = 0; e < m; e++) {
        size_t a = (size_t)IGRAPH_FROM(graph, e), b = (size_t)IGRAPH_TO(graph, e);
        if (a != b)
            s->ties[arcs++] = (struct snapshot_tie){.a = a < b ? a : b,
                                                    .b = a < b ? b : a,
                                                    .strength = arc_number(graph, scheme->strength, e),
                                                    .trust = arc_number(graph, scheme->trust, e)};
    }
    qsort(s->ties, arcs, sizeof *s->ties, by_ends);
    for (size_t from = 0, to; from < arcs; from = to) {
        to = from + 1;
        while (to < arcs && by_ends(&s->ties[from], &s->ties[to]) == 0)
            to++;
        s->ties[s->tie_count++] = merge(s->ties, from, to);
    }
    qsort(s->ties, s->tie_count, sizeof *s->ties, by_strength);
    return 0;
}

static int read_nodes(const igraph_t *graph, const struct snapshot_scheme *scheme, struct snapshot *s)
{
    const size_t n = s->node_count = (size_t)igraph_vcount(graph);
    s->seat = malloc((n + 1) * sizeof *s->seat);
    s->unit = malloc((6 * n + 1) * sizeof *s->unit);
    if (!s->seat || !s->unit)
        return -1;
    s->layer = s->unit + n;
    s->role = s->layer + n;
    s->repertoire = s->role + n;
    s->group = s->repertoire + n;
    s->level = s->group + n;
    for (size_t i = 0; i < n; i++) {
        igraph_integer_t v = (igraph_integer_t)i;
        s->unit[i] = number(graph, scheme->unit, v);
        s->layer[i] = number(graph, scheme->layer, v);
        s->role[i] = number(graph, scheme->role, v);
        s->repertoire[i] = number(graph, scheme->repertoire, v);
        s->group[i] = number(graph, scheme->group, v);
        s->level[i] = number(graph, scheme->level, v);
    }
    return 0;
}

/* --- Seats --- */

struct holder {
    char name[64]; /* of the person; longer ones are told apart by their beginning and length */
    size_t seat;
};

static void name_person(const struct chart_data *data, const igraph_t *graph, igraph_integer_t node, char name[64])
{
    const struct attribute *person = declared(data->node_attributes, data->node_attribute_count, "person");
    double whose = number(graph, person, node);
    if (!isnan(whose))
        snprintf(name, 64, "%.17g", whose);
    else if (igraph_cattribute_has_attr(graph, IGRAPH_ATTRIBUTE_VERTEX, GRAPH_ID)) {
        const char *id = igraph_cattribute_VAS(graph, GRAPH_ID, node);
        snprintf(name, 64, "%.40s %zu", id, strlen(id));
    } else
        snprintf(name, 64, "%lld", (long long)node);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct holder *)a)->name, ((const struct holder *)b)->name);
}

static int same_unit(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* The free seat of the unit to take: the one of the same place in the list before, else the first; else a new one. */
static size_t take_seat(struct snapshots *all, const struct snapshot *before, char *taken, size_t node, double unit)
{
    if (before && node < before->node_count) {
        size_t seat = before->seat[node];
        if (!taken[seat] && same_unit(all->seat_unit[seat], unit))
            return seat;
    }
    for (size_t seat = 0; seat < all->seat_count; seat++)
        if (!taken[seat] && same_unit(all->seat_unit[seat], unit))
            return seat;
    all->seat_unit[all->seat_count] = unit;
    return all->seat_count++;
}

#define NO_SEAT ((size_t)-1)

/* holders: who sat somewhere in the snapshot before, by name; replaced by who sits now. */
static void seat_people(const struct chart_data *data, const igraph_t *graph, struct snapshots *all, size_t k,
                        struct holder *holders, size_t *holder_count, char *taken)
{
    struct snapshot *s = &all->list[k];
    memset(taken, 0, SNAPSHOT_NODES_MAX * (all->count + 1));
    for (size_t i = 0; i < s->node_count; i++) {
        struct holder who = {.name = ""};
        name_person(data, graph, (igraph_integer_t)i, who.name);
        const struct holder *found = bsearch(&who, holders, *holder_count, sizeof who, by_name);
        /* Who has moved to another unit moves on the map. */
        s->seat[i] = found && !taken[found->seat] && same_unit(all->seat_unit[found->seat], s->unit[i]) ? found->seat
                                                                                                        : NO_SEAT;
        if (s->seat[i] != NO_SEAT)
            taken[s->seat[i]] = 1;
    }
    *holder_count = s->node_count;
    for (size_t i = 0; i < s->node_count; i++) {
        all->newcomers |= k > 0 && s->seat[i] == NO_SEAT;
        if (s->seat[i] == NO_SEAT)
            s->seat[i] = take_seat(all, k ? &all->list[k - 1] : NULL, taken, i, s->unit[i]);
        taken[s->seat[i]] = 1;
        name_person(data, graph, (igraph_integer_t)i, holders[i].name);
        holders[i].seat = s->seat[i];
    }
    qsort(holders, s->node_count, sizeof *holders, by_name);
}

static int by_week(const void *a, const void *b)
{
    const struct chart_graph *const *p = a, *const *q = b;
    return (*p)->week < (*q)->week ? -1 : (*p)->week > (*q)->week;
}

/* The graphs of the first one's run and school, by week. NULL when memory is short. */
static const struct chart_graph **choose_graphs(const struct chart_data *data, size_t *count)
{
    const struct chart_graph **chosen = malloc(data->graph_count * sizeof(const struct chart_graph *));
    *count = 0;
    for (size_t i = 0; chosen && i < data->graph_count; i++)
        if (data->graphs[i].run == data->graphs[0].run && data->graphs[i].school == data->graphs[0].school)
            chosen[(*count)++] = &data->graphs[i];
    if (chosen)
        qsort(chosen, *count, sizeof(const struct chart_graph *), by_week);
    return chosen;
}

static int read_all(const struct chart_data *data, const struct chart_graph **chosen, struct snapshots *all)
{
    const size_t room = SNAPSHOT_NODES_MAX * (all->count + 1);
    struct holder *holders = malloc(SNAPSHOT_NODES_MAX * sizeof *holders);
    char *taken = malloc(room);
    size_t holder_count = 0;
    all->list = calloc(all->count, sizeof *all->list);
    all->seat_unit = calloc(room, sizeof *all->seat_unit);
    int failed = !holders || !taken || !all->list || !all->seat_unit;
    for (size_t k = 0; k < all->count && !failed; k++) {
        all->list[k].week = chosen[k]->week;
        failed = read_nodes(chosen[k]->graph, &all->scheme, &all->list[k]) ||
                 read_ties(chosen[k]->graph, &all->scheme, &all->list[k]);
        if (!failed)
            seat_people(data, chosen[k]->graph, all, k, holders, &holder_count, taken);
    }
    free(holders);
    free(taken);
    return failed ? -1 : 0;
}

enum status snapshots_read(const struct chart_data *data, struct snapshots *all, struct faults *faults)
{
    *all = (struct snapshots){.scheme = scheme_of(data)};
    if (data->graph_count == 0)
        return fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                         "the result has no network: output.snapshots names the weeks at which networks are kept, "
                         "output.snapshot_runs of how many runs");
    enum status status = STATUS_OK;
    const struct chart_graph **chosen = choose_graphs(data, &all->count);
    for (size_t k = 0; chosen && k < all->count && status == STATUS_OK; k++) {
        long long n = igraph_vcount(chosen[k]->graph);
        if (n < 1 || n > SNAPSHOT_NODES_MAX)
            status = fault_add(faults, STATUS_BAD_INPUT, NULL, 0,
                               "the network of week %lld has %lld nodes; a picture shows 1 to %d",
                               (long long)chosen[k]->week, n, SNAPSHOT_NODES_MAX);
    }
    all->run = data->graphs[0].run;
    all->school = data->graphs[0].school;
    if (status == STATUS_OK && (!chosen || read_all(data, chosen, all)))
        status = fault_add(faults, STATUS_FAILED, NULL, 0, "memory is too short for %zu networks", all->count);
    free(chosen);
    if (status != STATUS_OK)
        snapshots_free(all);
    return status;
}

void snapshots_free(struct snapshots *all)
{
    for (size_t k = 0; all->list && k < all->count; k++) {
        free(all->list[k].seat);
        free(all->list[k].unit);
        free(all->list[k].ties);
    }
    free(all->list);
    free(all->seat_unit);
    *all = (struct snapshots){0};
}
