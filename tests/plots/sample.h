/* sample.h: made-up data for the tests of the pictures: capacities that swell, and a school's network that grows. */
#ifndef EBB_TESTS_PLOTS_SAMPLE_H
#define EBB_TESTS_PLOTS_SAMPLE_H

#include "../../plots/chart.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLE_EVENTS 40
#define SAMPLE_GRAPHS 8

static const struct column sample_columns[] = {
    {"personal", "0-1", "mean of repertoire, congruence and reach", COLUMN_CAPACITY, "", 0, 1},
    {"interpersonal", "0-1", "mean of trust, inclusion, depth and team phase", COLUMN_CAPACITY, "", 0, 1},
    {"organizational", "0-1", "mean of the five lived levers, times coherence", COLUMN_CAPACITY, "", 0, 1},
    {"repertoire", "share", "valued and used ideas", COLUMN_COMPONENT, "personal", 0, 1},
    {"congruence", "0-1", "Jaccard index of valued and used ideas", COLUMN_COMPONENT, "personal", 0, 1},
    {"talks", "talks per teacher-week", "conversations started", COLUMN_STATE, "", 0, INFINITY},
    {"interest", "share", "staff that know the innovation", COLUMN_LAYER, "", 0, 1},
    {"practice", "share", "staff that use the innovation", COLUMN_LAYER, "", 0, 1},
};
#define SAMPLE_COLUMNS (sizeof sample_columns / sizeof sample_columns[0])

static const struct attribute sample_nodes[] = {
    {"unit", "", "department or grade team", ""},
    {"role", "", "what they are", "teacher|principal|coach|parent|student|partner"},
    {"repertoire", "share", "valued and used ideas", ""},
    {"layer", "", "innermost community of the innovation", "none|interest|engagement|practice"},
    {"person", "", "number of the person", ""},
};
static const struct attribute sample_ties[] = {
    {"strength", "0-1", "strength", ""},
    {"trust", "0-1", "trust", ""},
};

struct sample {
    struct chart_data data;
    int64_t *weeks;
    double *values;
    struct event events[SAMPLE_EVENTS];
    igraph_t networks[SAMPLE_GRAPHS];
    struct chart_graph graphs[SAMPLE_GRAPHS];
};

/* A small generator of its own, so that no test depends on the program's. */
static inline double sample_uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 33) / 2147483648.0;
}

static inline void sample_open(struct sample *s, size_t weeks, size_t paths, int64_t every)
{
    *s = (struct sample){.data = {.title = "A school of 60 plans together",
                                  .scenario = "school",
                                  .weeks_per_year = 40,
                                  .columns = sample_columns,
                                  .column_count = SAMPLE_COLUMNS,
                                  .week_count = weeks,
                                  .path_count = paths,
                                  .run_count = paths,
                                  .school_count = 1,
                                  .node_attributes = sample_nodes,
                                  .node_attribute_count = sizeof sample_nodes / sizeof sample_nodes[0],
                                  .tie_attributes = sample_ties,
                                  .tie_attribute_count = sizeof sample_ties / sizeof sample_ties[0],
                                  .command = "ebb run configs/school.ini -r 40 -s 1",
                                  .commit = "0.1.0-g1234567",
                                  .seed = 18446744073709551557u}};
    uint64_t state = 7;
    s->weeks = calloc(weeks ? weeks : 1, sizeof *s->weeks);
    s->values = calloc(weeks * paths * SAMPLE_COLUMNS + 1, sizeof *s->values);
    for (size_t w = 0; w < weeks; w++)
        s->weeks[w] = (int64_t)w * every;
    for (size_t p = 0; p < paths; p++) {
        double phase = 6.3 * sample_uniform(&state), gain = 0.6 + 0.8 * sample_uniform(&state),
               noise[SAMPLE_COLUMNS] = {0};
        for (size_t w = 0; w < weeks; w++)
            for (size_t c = 0; c < SAMPLE_COLUMNS; c++) {
                double year = (double)s->weeks[w] / 40.0,
                       lift = 1 / (1 + exp(-(year - 3 - 0.5 * (double)(c % 3)) * 1.3));
                noise[c] = 0.97 * noise[c] + 0.012 * (sample_uniform(&state) - 0.5);
                double value = 0.28 + 0.05 * (double)(c % 3) + 0.3 * gain * lift * exp(-fmax(0, year - 6) / 12) +
                               0.02 * sin(2 * 3.14159265 * year / 1.7 + phase) + noise[c];
                s->values[(p * weeks + w) * SAMPLE_COLUMNS + c] = c == 5 ? 4 * value : value;
            }
    }
    s->data.weeks = s->weeks;
    s->data.values = s->values;
    s->data.events = s->events;
    s->data.graphs = s->graphs;
}

static inline void sample_event(struct sample *s, const char *name, int kind, int64_t start, int64_t end, int64_t ramp)
{
    struct event *event = &s->events[s->data.event_count++];
    snprintf(event->name, sizeof event->name, "%s", name);
    event->kind = kind;
    event->start = start;
    event->end = end;
    event->ramp = ramp;
}

static inline void sample_node(igraph_t *graph, int i, int units, double progress, uint64_t *state)
{
    char id[16];
    double warmth = sample_uniform(state) + progress - 0.5 * (i % units) / units;
    snprintf(id, sizeof id, "t%03d", i);
    igraph_cattribute_VAS_set(graph, GRAPH_ID, i, id);
    igraph_cattribute_VAN_set(graph, "unit", i, i % units);
    igraph_cattribute_VAN_set(graph, "role", i,
                              i == 0                   ? 1
                              : i == 5 && progress > 0 ? 2
                              : i > 40 && i % 23 == 0  ? 3 + i % 3
                                                       : 0);
    igraph_cattribute_VAN_set(graph, "repertoire", i,
                              0.1 + 0.5 * progress * sample_uniform(state) + 0.1 * sample_uniform(state));
    igraph_cattribute_VAN_set(graph, "layer", i, warmth < 0.5 ? 0 : warmth < 0.8 ? 1 : warmth < 1.15 ? 2 : 3);
    igraph_cattribute_VAN_set(graph, "person", i, i + (progress > 0.4 && i % 5 == 2 ? 1000 : 0));
}

/* Ties mostly inside the unit, about `degree` a node; two pairs in three come back later. */
static inline void sample_network(struct sample *s, int nodes, int units, int64_t week, double progress)
{
    size_t k = s->data.graph_count++;
    igraph_t *graph = &s->networks[k];
    graph_library_init();
    igraph_empty(graph, nodes, IGRAPH_DIRECTED);
    uint64_t state = 11 + 17 * k;
    for (int i = 0; i < nodes; i++)
        sample_node(graph, i, units, progress, &state);
    for (int a = 0; a < nodes; a++)
        for (int b = a + 1; b < nodes; b++) {
            uint64_t lasting = (uint64_t)(a * 100003 + b);
            sample_uniform(&lasting);
            double fancy = sample_uniform(&lasting), near = a % units == b % units ? 5.0 * units / nodes : 1.6 / nodes;
            double now = sample_uniform(&state);
            if ((now < 0.66 ? fancy : sample_uniform(&state)) > near * (1 + 0.6 * progress))
                continue;
            double strength = pow(sample_uniform(&lasting), 2), trust = 0.25 + 0.6 * strength * (0.4 + progress);
            for (int side = 0; side < 2; side++) {
                igraph_add_edge(graph, side ? b : a, side ? a : b);
                igraph_cattribute_EAN_set(graph, "strength", igraph_ecount(graph) - 1, strength);
                igraph_cattribute_EAN_set(graph, "trust", igraph_ecount(graph) - 1, trust + 0.05 * side);
            }
        }
    s->graphs[k] = (struct chart_graph){.run = 1, .school = 1, .week = week, .graph = graph};
}

static inline void sample_close(struct sample *s)
{
    for (size_t i = 0; i < s->data.graph_count; i++)
        igraph_destroy(&s->networks[i]);
    free(s->weeks);
    free(s->values);
}

#endif
