/* model.h: what the engine asks of a model. The engine runs anything that fills this struct and names no model.
 *
 * A model knows no file, no thread and no picture. A world holds one or more schools (or markets, or whatever the
 * model calls its independent parts); each is stepped by one thread, and reads others only as they were at the
 * end of the week before. All randomness comes from rng.h streams keyed by (seed, replicate, school, week). */
#ifndef EBB_MODEL_H
#define EBB_MODEL_H

#include "fault.h"
#include "graph.h"
#include "param.h"

enum column_kind {
    COLUMN_CAPACITY,  /* headline of the time-series chart and of the summary */
    COLUMN_COMPONENT, /* part of the capacity named in `of` */
    COLUMN_LAYER,     /* a share that spreads: interest, engagement, practice, adopters */
    COLUMN_STATE,     /* anything else worth a row */
    COLUMN_NETWORK,   /* a measure of the network */
    COLUMN_COST       /* spent this week, in the user's unit */
};

/* One measured quantity: series.csv, SQLite, charts, reports and documents read this row. */
struct column {
    const char *name; /* snake_case */
    const char *unit; /* "share", "0-1", "talks per teacher-week" */
    const char *meaning;
    enum column_kind kind;
    const char *of; /* the capacity a component belongs to, the innovation a further layer is of, else "" */
    double lo, hi;  /* what verify and tests hold it to */
};

/* A numeric attribute of the nodes or arcs of model.graph(); labels name the values 0, 1, 2 … of a category. */
struct attribute {
    const char *name;
    const char *unit;
    const char *meaning;
    const char *labels; /* "teacher|principal|coach", or "" for a plain number */
};

/* Something dated that charts shade or mark. */
struct event {
    char name[PARAM_TEXT_SIZE];
    enum { EVENT_STRATEGY, EVENT_SHOCK, EVENT_INITIATIVE } kind;
    int64_t start, end; /* weeks; end -1: kept to the end of the run; end == start: a moment */
    int64_t ramp;
    double cost; /* per week while it lasts; 0 also when it depends on the run how long that is */
};

/* A part of a model's week, for its documents. */
struct model_step {
    const char *name, *title;
    const char *theory;  /* what it carries */
    const char *section; /* of its settings */
};

/* One agent followed through a run: the model fills tables whose rows it hands over as they happen. */
struct trace_cell {
    const char *text; /* read at once; NULL: the number */
    double number;    /* NAN: missing */
};
struct trace_table {
    const char *name; /* snake_case: the file's */
    const char *meaning;
    const struct attribute *columns; /* behind the week */
    size_t column_count;
};
struct trace {
    size_t school;
    const char *agent; /* its GRAPH_ID */
    void *self;
    /* Called by the thread that steps the school, with the table's cells, in the order of weeks. */
    void (*row)(void *self, size_t table, int64_t week, const struct trace_cell *cells);
};

/* A step of somebody into a layer of those whom an innovation has reached, and who brought it about. */
struct adoption {
    int64_t week;
    int64_t until;         /* week in which it ended; -1: it lasts */
    int64_t parent;        /* the source's own adoption, by its place in the school's list, always earlier; -1: none */
    uint32_t post, person; /* who: the post is the place in the graph, the person changes with who has it */
    uint32_t from, from_person; /* who brought them in; ADOPTION_NOBODY: no one person */
    uint32_t unit, from_unit;   /* from 1; 0: none */
    uint8_t innovation, layer, kind;
    uint8_t end; /* ADOPTION_LASTS … */
};
#define ADOPTION_NOBODY UINT32_MAX
enum adoption_end { ADOPTION_LASTS, ADOPTION_LAPSED, ADOPTION_LEFT };
#define ADOPTION_ENDS "NA|lapsed|left"
#define ADOPTIONS_FAILED SIZE_MAX

/* What the engine has read from files for the model. */
struct model_input {
    const igraph_t *network; /* surveyed school: arcs from → to; NULL: the model draws one */
};

struct world; /* each model's own */

/* Schools that belong together, for output.level: rows are then means over the schools of each set. A school may move
 * from one set to another in exchange(), and nowhere else. */
struct model_level {
    const char *name;                           /* of output.level: "network" */
    const char *section;                        /* whose settings make the sets, "[network NAME]" */
    const char *rows;                           /* which sets there are, for the data dictionary */
    size_t (*count)(const struct world *world); /* how many; the same in every week. 0: none is configured */
    size_t (*of)(const struct world *world, size_t school); /* its set, from 0; from count on: none, left out */
    size_t (*of_section)(const void *section);              /* sets that one section makes; NULL: each makes one */
};

struct model {
    const char *name;
    const char *title;
    const char *meaning;                     /* one line, with its source */
    const struct param_group *const *groups; /* NULL-terminated */
    const struct column *columns;
    size_t column_count;
    const struct attribute *node_attributes, *tie_attributes;
    size_t node_attribute_count, tie_attribute_count;

    const struct model_level *levels; /* beside a row a school and a row for all */
    size_t level_count;

    /* Which parameters (section.key, kind PARAM_PATH) name the roster and the ties of a surveyed network; the engine
     * reads them into model_input. NULL: the model takes none. */
    const char *roster_key, *network_key;
    /* Roles a roster may give, "teacher|principal"; the first is everyone else's. NULL where there are none. */
    const char *roster_roles;

    /* Relations between parameters: adds a sentence for each that does not hold. May be NULL. */
    void (*check)(const struct param_set *set, const struct model_input *input, struct faults *faults);

    /* Strategies and shocks of the configuration, at most max; returns how many there are. May be NULL. */
    size_t (*events)(const struct param_set *set, struct event *list, size_t max);

    /* The parts of a week in their order, at most max; returns how many there are. May be NULL. */
    size_t (*steps)(struct model_step *list, size_t max);

    /* A world at week 0. It may keep pointers into set and input, which outlive it. */
    enum status (*init)(const struct param_set *set, const struct model_input *input, uint64_t seed, uint32_t replicate,
                        struct world **world, struct faults *faults);
    size_t (*schools)(const struct world *world);
    /* The same before there is a world, for models whose worlds take long to make. May be NULL. */
    size_t (*count)(const struct param_set *set, const struct model_input *input);

    /* Weeks that the world lives through before week 0: the engine steps weeks 1 - settle … 0 and only then observes week
     * 0. NULL: none. */
    int64_t (*settle)(const struct world *world);

    /* Following one agent, "teacher": tables, and how to begin, once the world is made. Changes nothing of the run; the
     * trace outlives the world. NULL and 0: the model follows nobody. */
    const char *trace_agent;
    const struct trace_table *trace_tables;
    size_t trace_table_count;
    enum status (*trace)(struct world *world, const struct trace *trace, struct faults *faults);

    /* Lineages: who brought whom in. Kept from the first week on, when asked for once the world is made; changes nothing of
     * the run. Layers and kinds of source are words, "none|interest|practice", by number; names are those of the
     * innovations. adoptions() fills at most max, in the order of weeks, and returns how many there are, or
     * ADOPTIONS_FAILED: memory was short. agent_name() is the GRAPH_ID of a post, or of a source who is not in the
     * graph. NULL: the model keeps none. */
    const char *adoption_layers, *adoption_kinds;
    size_t (*innovations)(const struct world *world, const char *names[], size_t max);
    enum status (*adoptions_keep)(struct world *world, struct faults *faults);
    size_t (*adoptions)(const struct world *world, size_t school, struct adoption *list, size_t max);
    /* The same names before there is a world: those that the columns of kind COLUMN_LAYER are of, in their order. */
    size_t (*innovation_names)(const struct param_set *set, const char *names[], size_t max);
    void (*agent_name)(const struct world *world, size_t school, uint32_t post, char text[PARAM_TEXT_SIZE]);

    /* Before each week, one thread: makes last week's public state readable. May be NULL. */
    void (*exchange)(struct world *world, int64_t week);
    /* How many weeks, from `week` on, one exchange() serves: each school is then stepped through them at a stretch, while
     * its people are in the cache. NULL: 1, or any number for a model that exchanges nothing. */
    int64_t (*stretch)(const struct world *world, int64_t week);
    /* Steps one school through week `week` (1 - settle … 0, 1, 2, …): allocates nothing, touches no other school. */
    void (*week)(struct world *world, size_t school, int64_t week);
    /* A school so large that several threads may step it: instead of week(), all its parts in any order, then join().
     * A part reads the others as they were a week before. NULL, all three: it is not cut. */
    size_t (*parts)(const struct world *world, size_t school);
    void (*part)(struct world *world, size_t school, size_t part, int64_t week);
    void (*join)(struct world *world, size_t school, int64_t week);

    /* column_count numbers; NAN where undefined. */
    void (*observe)(const struct world *world, size_t school, double *row);
    /* The school's network with all declared attributes and GRAPH_ID. The caller destroys it. Single thread. */
    enum status (*graph)(const struct world *world, size_t school, igraph_t *graph, struct faults *faults);
    /* The schools as nodes and what their people have with one another as ties; attributes as declared, missing where they
     * are people's. A graph without nodes: nothing passes between schools. NULL: nothing ever does. */
    enum status (*between)(const struct world *world, igraph_t *graph, struct faults *faults);
    /* Re-derives every invariant; 0, or nonzero with a sentence in why. */
    int (*verify)(const struct world *world, size_t school, char *why, size_t size);
    void (*free)(struct world *world);
};

#endif
