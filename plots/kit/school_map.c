/* school_map.c: see school_map.h. A school's place goes by the network that it belongs to at last: there, founders sit
 * inside and later comers around them, on a sunflower's spiral. */
#include "school_map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SPIRAL 0.62       /* seats between neighbours come to about 1 */
#define GOLDEN 2.39996323 /* radians */
#define AROUND 1.3        /* seats between a place's outermost schools and its edge */

static const struct attribute *declared(const struct attribute *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    return NULL;
}

static double number(const igraph_t *graph, const char *name, size_t node)
{
    if (!igraph_cattribute_has_attr(graph, IGRAPH_ATTRIBUTE_VERTEX, name))
        return NAN;
    return igraph_cattribute_VAN(graph, name, (igraph_integer_t)node);
}

static int by_ends(const void *a, const void *b)
{
    const struct schools_tie *p = a, *q = b;
    return p->a != q->a ? (p->a < q->a ? -1 : 1) : p->b < q->b ? -1 : p->b > q->b;
}

static int by_talks(const void *a, const void *b)
{
    const struct schools_tie *p = a, *q = b;
    return p->talks < q->talks ? -1 : p->talks > q->talks ? 1 : by_ends(a, b);
}

/* Both directions are one tie. */
static int read_ties(const igraph_t *graph, struct schools_week *week)
{
    const size_t arcs = (size_t)igraph_ecount(graph);
    week->ties = malloc((arcs + 1) * sizeof *week->ties);
    if (!week->ties)
        return -1;
    const bool told = igraph_cattribute_has_attr(graph, IGRAPH_ATTRIBUTE_EDGE, "talks");
    for (size_t e = 0; e < arcs; e++) {
        const size_t a = (size_t)IGRAPH_FROM(graph, (igraph_integer_t)e),
                     b = (size_t)IGRAPH_TO(graph, (igraph_integer_t)e);
        const double talks = told ? igraph_cattribute_EAN(graph, "talks", (igraph_integer_t)e) : 1;
        week->ties[e] = (struct schools_tie){a < b ? a : b, a < b ? b : a, isnan(talks) ? 0 : talks};
    }
    qsort(week->ties, arcs, sizeof *week->ties, by_ends);
    for (size_t e = 0; e < arcs; e++) {
        struct schools_tie *last = week->tie_count ? &week->ties[week->tie_count - 1] : NULL;
        if (last && by_ends(last, &week->ties[e]) == 0)
            last->talks += week->ties[e].talks;
        else
            week->ties[week->tie_count++] = week->ties[e];
    }
    qsort(week->ties, week->tie_count, sizeof *week->ties, by_talks);
    return 0;
}

static int by_community(const void *a, const void *b)
{
    const struct schools_member *p = a, *q = b;
    if (p->network != q->network)
        return p->network < q->network ? -1 : 1;
    if (p->community != q->community)
        return p->community < q->community ? -1 : 1;
    return p->school < q->school ? -1 : p->school > q->school;
}

/* From the people of every school; where some schools' are missing, a band would pass those by: then none is told. */
static int read_members(struct schools *s, const struct chart_data *data, struct schools_week *week)
{
    size_t people = 0, schools = 0, kept = 0;
    for (size_t g = 0; g < data->graph_count; g++) {
        const struct chart_graph *from = &data->graphs[g];
        if (from->run != s->run || from->week != week->week || from->school < 1 || (size_t)from->school > s->count)
            continue;
        schools++;
        people += (size_t)igraph_vcount(from->graph);
    }
    s->partly |= schools < s->count;
    week->members = schools < s->count ? NULL : malloc((people + 1) * sizeof *week->members);
    if (schools < s->count || !week->members)
        return schools < s->count ? 0 : -1;
    for (size_t g = 0; g < data->graph_count; g++) {
        const struct chart_graph *from = &data->graphs[g];
        if (from->run != s->run || from->week != week->week || from->school < 1 || (size_t)from->school > s->count)
            continue;
        const size_t school = (size_t)from->school - 1, count = (size_t)igraph_vcount(from->graph);
        for (size_t i = 0; i < count; i++) {
            const double community = number(from->graph, "community", i);
            if (community > 0 && week->network[school] > 0)
                week->members[week->member_count++] = (struct schools_member){week->network[school], community, school};
        }
    }
    qsort(week->members, week->member_count, sizeof *week->members, by_community);
    for (size_t i = 0; i < week->member_count; i++)
        if (kept == 0 || by_community(&week->members[kept - 1], &week->members[i]) != 0)
            week->members[kept++] = week->members[i];
    week->member_count = kept;
    return 0;
}

static int read_week(struct schools *s, const struct chart_graph *from)
{
    struct schools_week *week = &s->weeks[s->week_count++];
    *week = (struct schools_week){.week = from->week,
                                  .network = malloc(s->count * sizeof *week->network),
                                  .share = malloc(s->count * sizeof *week->share)};
    if (!week->network || !week->share || read_ties(from->graph, week))
        return -1;
    for (size_t i = 0; i < s->count; i++) {
        const double network = number(from->graph, "network", i), people = number(from->graph, "people", i);
        week->network[i] = isnan(network) ? 0 : network;
        week->share[i] = s->fill ? number(from->graph, s->fill->name, i) : (double)NAN;
        s->people[i] = isnan(people) ? 1 : people;
        s->most_people = fmax(s->most_people, s->people[i]);
        s->most_share = fmax(s->most_share, isnan(week->share[i]) ? 0 : week->share[i]);
    }
    if (week->tie_count)
        s->most_talks = fmax(s->most_talks, week->ties[week->tie_count - 1].talks);
    return 0;
}

/* ---- places ---- */

struct seat {
    size_t school, since; /* snapshot in which it first belongs to the network */
    double network;
};

static int by_place(const void *a, const void *b)
{
    const struct seat *p = a, *q = b;
    const double x = p->network > 0 ? p->network : (double)INFINITY, y = q->network > 0 ? q->network : (double)INFINITY;
    if (x != y)
        return x < y ? -1 : 1;
    if (p->since != q->since)
        return p->since < q->since ? -1 : 1;
    return p->school < q->school ? -1 : 1;
}

static struct seat seat_of(const struct schools *s, size_t school)
{
    struct seat seat = {.school = school};
    for (size_t w = s->week_count; w-- > 0;) {
        /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): read_week() has filled every week that counts */
        const double network = s->weeks[w].network[school];
        if (seat.network == 0 && network > 0)
            seat.network = network;
        if (seat.network > 0 && network == seat.network)
            seat.since = w;
    }
    return seat;
}

/* Places in rows, like words on a page somewhat wider than high. */
static void pack(struct schools *s)
{
    double area = 0, x = 0, high = 0;
    for (size_t p = 0; p < s->place_count; p++)
        area += 4 * s->places[p].radius * s->places[p].radius;
    const double wide = fmax(1.25 * sqrt(area), 2 * s->places[0].radius);
    for (size_t p = 0; p < s->place_count; p++) {
        struct schools_place *place = &s->places[p];
        if (x > 0 && x + 2 * place->radius > wide) {
            s->height += high;
            x = high = 0;
        }
        place->x = x + place->radius;
        place->y = s->height + place->radius;
        x += 2 * place->radius;
        s->width = fmax(s->width, x);
        high = fmax(high, 2 * place->radius);
    }
    s->height += high;
}

static int give_places(struct schools *s)
{
    struct seat *seats = malloc(s->count * sizeof *seats);
    s->places = calloc(s->count + 1, sizeof *s->places);
    if (!seats || !s->places) {
        free(seats);
        return -1;
    }
    for (size_t i = 0; i < s->count; i++)
        seats[i] = seat_of(s, i);
    qsort(seats, s->count, sizeof *seats, by_place);
    for (size_t i = 0; i < s->count; i++) {
        if (i == 0 || seats[i].network != seats[i - 1].network)
            s->places[s->place_count++].number = seats[i].network;
        struct schools_place *place = &s->places[s->place_count - 1];
        place->schools++;
        place->radius = SPIRAL * sqrt((double)place->schools) + AROUND;
    }
    pack(s);
    size_t at = 0;
    for (size_t p = 0; p < s->place_count; p++)
        for (size_t k = 0; k < s->places[p].schools; k++, at++) {
            const double r = SPIRAL * sqrt((double)k + (s->places[p].schools > 1 ? 0.5 : 0)), turn = GOLDEN * (double)k;
            s->x[seats[at].school] = s->places[p].x + r * cos(turn);
            s->y[seats[at].school] = s->places[p].y + r * sin(turn);
        }
    free(seats);
    return 0;
}

void schools_free(struct schools *s)
{
    for (size_t w = 0; w < s->week_count; w++) {
        free(s->weeks[w].network);
        free(s->weeks[w].share);
        free(s->weeks[w].ties);
        free(s->weeks[w].members);
    }
    free(s->weeks);
    free(s->people);
    free(s->x);
    free(s->y);
    free(s->places);
    *s = (struct schools){0};
}

enum status schools_read(const struct chart_data *data, struct schools *s, struct faults *faults)
{
    *s = (struct schools){0};
    const struct chart_graph *first = NULL;
    for (size_t g = 0; g < data->graph_count && !first; g++)
        if (data->graphs[g].school == 0)
            first = &data->graphs[g];
    if (!first)
        return fault_add(
            faults, STATUS_BAD_INPUT, NULL, 0,
            "the result holds no schools as nodes: they are kept at the weeks of output.snapshots, where the "
            "configuration has a [network …]");
    const char *const fills[] = {"practising", "repertoire"};
    s->run = first->run;
    s->count = (size_t)igraph_vcount(first->graph);
    for (size_t k = 0; k < 2 && !s->fill; k++) /* an innovation, where one is followed */
        if (!isnan(number(first->graph, fills[k], 0)))
            s->fill = declared(data->node_attributes, data->node_attribute_count, fills[k]);
    s->weeks = calloc(data->graph_count, sizeof *s->weeks);
    s->people = calloc(s->count, sizeof *s->people);
    s->x = calloc(s->count, sizeof *s->x);
    s->y = calloc(s->count, sizeof *s->y);
    int failed = !s->weeks || !s->people || !s->x || !s->y;
    for (size_t g = 0; g < data->graph_count && !failed; g++)
        if (data->graphs[g].school == 0 && data->graphs[g].run == s->run &&
            (size_t)igraph_vcount(data->graphs[g].graph) == s->count)
            failed = read_week(s, &data->graphs[g]);
    for (size_t w = 0; w < s->week_count && !failed; w++)
        failed = read_members(s, data, &s->weeks[w]);
    if (!failed && !give_places(s))
        return STATUS_OK;
    schools_free(s);
    return fault_add(faults, STATUS_FAILED, NULL, 0, "not enough memory for the schools of a picture");
}
