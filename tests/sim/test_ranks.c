/* What the environment says of other copies, and what a build without MPI answers. With MPI: tests/cli/mpi.sh. */
#undef EBB_MPI
#include "../../sim/leaf/ranks.c"

#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[] = {"OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "PMI_SIZE",
                                    "SLURM_STEP_NUM_TASKS", "SLURM_PROCID"};

/* "NAME=VALUE …", and nothing else of these. */
static void environment(const char *text)
{
    char copy[256], *rest = copy;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unsetenv(names[i]);
    snprintf(copy, sizeof copy, "%s", text);
    for (char *word; (word = strsep(&rest, " ")) && *word;) {
        char *value = strchr(word, '=');
        *value++ = '\0';
        setenv(word, value, 1);
    }
}

static void who_was_started(void **state)
{
    (void)state;
    static const struct {
        const char *environment;
        int launched, place, strangers;
    } cases[] = {
        {"", 1, 0, 1},
        {"OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=2", 4, 2, 1},
        {"OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_RANK=0", 1, 0, 1},
        {"OMPI_COMM_WORLD_SIZE=soon", 1, 0, 1},
        {"OMPI_COMM_WORLD_SIZE=-3", 1, 0, 1},
        /* mpirun inside a job of Slurm */
        {"OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=1 SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=0", 4, 1, 1},
        /* srun --mpi=pmix, pmi2, none; a task of an array */
        {"PMIX_RANK=3 SLURM_STEP_NUM_TASKS=5 SLURM_PROCID=3", 5, 3, 1},
        {"PMI_RANK=1 PMI_SIZE=6 SLURM_STEP_NUM_TASKS=6 SLURM_PROCID=1", 6, 1, 1},
        {"SLURM_STEP_NUM_TASKS=5 SLURM_PROCID=3", 1, 3, 5},
        {"SLURM_STEP_NUM_TASKS=1 SLURM_PROCID=0", 1, 0, 1},
        {"SLURM_STEP_NUM_TASKS=5", 1, 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        environment(cases[i].environment);
        if (ranks_launched() != cases[i].launched || ranks_place() != cases[i].place ||
            ranks_strangers() != cases[i].strangers)
            fail_msg("'%s': %d started, place %d, %d strangers", cases[i].environment, ranks_launched(), ranks_place(),
                     ranks_strangers());
    }
}

static void built_without(void **state)
{
    (void)state;
    struct ranks ranks;
    struct faults faults = {0};
    environment("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=0");
    assert_null(ranks_library());
    assert_int_equal(ranks_begin(&ranks, &faults), STATUS_USAGE);
    assert_int_equal(ranks.count, 1);
    assert_non_null(strstr(faults.list[0].text, "4 copies were started together"));
    assert_non_null(strstr(faults.list[0].text, "libopenmpi-dev"));
    faults_free(&faults);
    ranks_post(&ranks, 0, 1, malloc(8), 1); /* freed, or the leak checker would say so */
    assert_int_equal(ranks_tend(&ranks), 0);
    assert_false(ranks_take(&ranks, NULL, NULL, NULL, NULL));
    ranks_end(&ranks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_was_started),
        cmocka_unit_test(built_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
