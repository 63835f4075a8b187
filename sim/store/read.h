/* read.h: a finished result, from OUT/results.db alone, as plain arrays and graphs: what charts, exports and summaries
 * draw from. Everything in struct store_result is owned by it. */
#ifndef EBB_STORE_READ_H
#define EBB_STORE_READ_H

#include "../engine/engine.h"

/* One path is one school of one run. Runs and schools count from 1, as in the tables. */
struct store_path {
    int64_t run, school; /* school 0: the mean of all (output.level = all); at level network or district, its number */
};

struct store_graph {
    int64_t run, school, week;
    igraph_t graph; /* directed; GRAPH_ID and every declared attribute, numeric, NAN where missing */
};

struct store_result {
    char *scenario, *title, *model; /* title: the scenario's, or the scenario's name */
    char *version, *commit;         /* of the program that made the result */
    char *command;                  /* makes the same result again, from inside OUT */
    char *level;                    /* of its rows: "school", "network", "district", "all" */
    char *sets;                     /* names of the networks or districts, a line each; "": none */
    char *networks, *innovations;   /* names the user gave, a line each; NULL: an older result */
    uint64_t seed;
    int weeks_per_year;
    int64_t length; /* weeks of a run */

    struct column *columns; /* names, units and meanings owned */
    size_t column_count;
    int64_t *weeks; /* observed ones, ascending, starting with 0 */
    size_t week_count;
    struct store_path *paths; /* by run, then school; finished runs only */
    size_t path_count, run_count, school_count;
    double *values; /* [path][week][column], NAN where undefined */

    struct event *events;
    size_t event_count;

    struct attribute *node_attributes, *tie_attributes;
    size_t node_attribute_count, tie_attribute_count;
    struct store_graph *graphs; /* by run, week, school */
    size_t graph_count;
};

#define STORE_FIRST_GRAPHS (-1)

/* What to load. All zero: every column of every path and no graph. */
struct store_wanted {
    const char *columns;     /* "personal,trust"; NULL: all. Unknown names are a fault that tells the nearest */
    int64_t first_run, runs; /* runs 0: all, else that many from first_run on */
    bool no_values;          /* leave values NULL: columns, weeks and paths only */
    bool graphs;             /* igraph: single thread */
    enum { STORE_ALL_GRAPHS, STORE_GRAPHS_OF_PEOPLE, STORE_GRAPHS_OF_SCHOOLS } graph_kind;
    int64_t graph_run; /* 0: graphs of every run that has them; STORE_FIRST_GRAPHS: of the first that has */
    size_t graph_max;  /* 0: no limit */
};

/* What is needed to make one stored run again, beside the folder's config.ini. */
struct store_origin {
    int64_t point, replicate; /* as in the tables: replicates count from 1; point 0: no sweep */
    uint64_t seed;
    bool failed;
    char message[ENGINE_MESSAGE]; /* of a failed run */
    char version[64], commit[64]; /* of the program that made it */
    int stream_layout;            /* of its random numbers; -1: not told */
};

/* Finds the run in the folder's database. A run that is not there is a fault that says which are. */
enum status store_find_run(const char *out_dir, int64_t run, struct store_origin *origin,
                           struct faults *faults) MUST_CHECK;

/* To be called with what became of reading `out_dir`: when that failed and another build made what is stored there, says
 * which. Returns `status`. */
enum status store_tell_build(const char *out_dir, enum status status, struct faults *faults);

/* One measure in one week of every run of a sweep. */
struct store_points {
    double *values; /* owned; [point][replicate], the mean over schools; NAN where a run is missing or failed */
    int64_t points, replicates; /* replicates: the most there are of any point */
    int64_t done, failed;       /* runs */
};

/* points: of the design, from which the sweep was made. The measure must be a column's name and the week a stored one. */
enum status store_read_points(const char *out_dir, const char *measure, int64_t week, int64_t points,
                              struct store_points *result, struct faults *faults) MUST_CHECK;

/* out_dir is the folder of `ebb run`. A folder without a result, a damaged or foreign database and a result of another
 * layout are faults of one sentence (STATUS_BAD_INPUT); then nothing is left to free. */
enum status store_read(const char *out_dir, const struct store_wanted *wanted, struct store_result *result,
                       struct faults *faults) MUST_CHECK;
void store_result_free(struct store_result *result);

#endif
