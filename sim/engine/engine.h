/* engine.h: replicates of one scenario, or of the points of a sweep, over threads, handed on in their order.
 *
 * Knows no model by name, no file and no picture. Whatever the number of threads, the sink is given the same runs with
 * the same numbers in the same order: by runs when there are at least as many as threads, else by schools inside a
 * run. */
#ifndef EBB_ENGINE_H
#define EBB_ENGINE_H

#include "../leaf/model.h"

#include <signal.h>

#define ENGINE_MESSAGE 512

#define ENGINE_BETWEEN SIZE_MAX

/* One school's network at one week, copied out of igraph: writers need no igraph and no lock. */
struct engine_snapshot {
    int64_t week;
    size_t school; /* ENGINE_BETWEEN: the schools as nodes */
    size_t nodes, ties;
    char **ids;          /* one block with its texts */
    double *node_values; /* [node][node attribute] */
    uint32_t *ends;      /* from, to of each tie: node numbers */
    double *tie_values;  /* [tie][tie attribute] */
};

/* One school's adoptions over a whole run, in the order of weeks. */
struct engine_lineage {
    size_t school;
    struct adoption *list;
    size_t count;
    char **names;       /* of the posts that occur in it; one block with its texts */
    char **innovations; /* the same of the innovations */
    size_t innovation_count;
};

enum engine_outcome { ENGINE_DONE, ENGINE_FAILED, ENGINE_DROPPED };

struct engine_run {
    int64_t turn;      /* 0, 1, 2 …: the order in which runs are handed on */
    int64_t number;    /* by which it is stored, from 0; the replicate unless plan->job says otherwise */
    int64_t point;     /* of a design, from 1; 0: no design */
    int64_t replicate; /* 0, 1, 2 … */
    enum engine_outcome outcome;
    char message[ENGINE_MESSAGE]; /* ENGINE_FAILED: a sentence */
    size_t schools;               /* rows a week: of schools, of the sets of plan->level, or 1 for the mean of all */
    size_t week_count;
    double *rows; /* [week][school][column] */
    struct engine_snapshot *snapshots;
    size_t snapshot_count;
    struct engine_lineage *lineages; /* of every school; none when the plan asks for none */
    size_t lineage_count;
    void *prepared; /* by the sink; the engine free()s it */
};

struct engine_progress {
    double fraction;             /* of all weeks of all runs */
    double seconds;              /* since the start */
    int64_t done, failed, total; /* runs */
};

/* Of a world. */
struct engine_size {
    size_t schools;
    size_t rows;  /* a week */
    size_t parts; /* that different threads may step at once: schools, or parts of them */
};

struct engine_plan {
    const struct model *model;
    const struct param_set *set;
    const struct model_input *input;
    uint64_t seed;
    int64_t first;                   /* replicate; 0 but for runs that carry on where others ended */
    int64_t replicates;              /* how many, from the first on */
    int64_t weeks, every;            /* length; rows at 0, every, 2 every … and the last week */
    bool whole;                      /* one row a week: the mean over schools */
    const struct model_level *level; /* a row for each of its sets of schools, their mean. NULL: not asked for */
    const int64_t *snapshots;        /* weeks; any order, later ones than the run are left out */
    size_t snapshot_count;
    int64_t snapshot_runs;     /* of how many runs, from replicate 0 on */
    int64_t snapshot_schools;  /* of how many schools of such a run, the first ones; 0: of all */
    int64_t lineage_runs;      /* of how many runs it is kept who brought whom in, from replicate 0 on */
    const struct trace *trace; /* an agent to follow in every run; NULL: none */

    struct engine_size size;           /* as engine_look() tells; zero: the engine looks itself */
    int threads;                       /* 0: OpenMP's own choice */
    bool verify;                       /* every invariant after every week, and every column's range */
    const volatile sig_atomic_t *stop; /* nonzero: drop what is running, keep what is done. May be NULL */

    void *self; /* handed to the four below */
    /* A sweep: fills number, point and replicate of the run whose turn it is and returns a set of its own, which the
     * engine frees; NULL: no memory. Any thread. `replicates` counts the turns then. NULL: replicates of `set`. */
    struct param_set *(*job)(void *self, struct engine_run *run);
    /* Any thread: whether there is a turn of this number; may wait until that is known. After a no there is none beyond
     * it. `replicates` is then only the most that there may be. NULL: there are as many as `replicates` says. */
    bool (*more)(void *self, int64_t turn);
    /* Any thread, before take: work on a run that needs no order, such as formatting. May be NULL. */
    void (*prepare)(void *self, struct engine_run *run);
    /* One thread at a time, in run order, for runs done and failed. Not STATUS_OK ends the work. */
    enum status (*take)(void *self, const struct engine_run *run, struct faults *faults);
    /* Now and then, one thread at a time. May be NULL. */
    void (*progress)(void *self, const struct engine_progress *progress);
};

struct engine_tally {
    int64_t done, failed; /* runs handed to the sink; the rest was not finished */
    double seconds;
    int threads; /* used */
};

/* STATUS_OK also when runs failed: see the tally. STATUS_INTERRUPTED after a stop that left runs unfinished; else the
 * sink's status or STATUS_FAILED, with a sentence. At most a few runs a thread are in memory at any time. */
enum status engine_run_all(const struct engine_plan *plan, struct engine_tally *tally,
                           struct faults *faults) MUST_CHECK;

/* Asks the model, or makes the first world; a sentence when that cannot be made. */
enum status engine_look(const struct engine_plan *plan, struct engine_size *size, struct faults *faults) MUST_CHECK;

/* The observed weeks, ascending; weeks may be NULL. Returns how many. */
size_t engine_weeks(const struct engine_plan *plan, int64_t *weeks);

#endif
