/* manifest.h: what is needed to make a result again, and how it went. The only file that holds times. */
#ifndef EBB_STORE_MANIFEST_H
#define EBB_STORE_MANIFEST_H

#include "rows.h"
#include "store.h"

struct manifest {
    const struct store_scenario *scenario;
    const char *status; /* "running", "done", "interrupted", "failed" */
    int64_t asked;      /* runs; 0: the plan's replicates */
    int64_t done, failed;
    const char *missing;  /* "3, 6-40"; "" when none is */
    const char *started;  /* UTC, ISO 8601 */
    const char *finished; /* or NULL */
    double seconds;       /* NAN while running */
    int threads;
};

/* Writes OUT/manifest.json. */
enum status manifest_write(const char *out_dir, const struct manifest *manifest, struct faults *faults) MUST_CHECK;

/* The manifest's member of what was read, with sizes and checksums as they are now: for store_scenario.inputs_told. */
enum status manifest_inputs(const char *const *paths, size_t count, struct rows_text *text,
                            struct faults *faults) MUST_CHECK;

/* The SHA-256 of a file as text, and its size (may be NULL). */
#define MANIFEST_SUM 65
enum status manifest_sum(const char *path, char sum[MANIFEST_SUM], int64_t *bytes, struct faults *faults) MUST_CHECK;

#endif
