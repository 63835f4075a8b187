/* slurm.h: a sweep as a Slurm job array. */
#ifndef EBB_COMMANDS_SLURM_H
#define EBB_COMMANDS_SLURM_H

#include "../../options.h"

/* Writes a script for sbatch: `tasks` shards of the sweep that the options ask for, each in OUT/part-N, and how to merge
 * them. The design has been checked. name: the job's. */
enum status slurm_write(const struct options *options, const char *name, const char *out_dir, long tasks, FILE *out,
                        struct faults *faults) MUST_CHECK;

#endif
