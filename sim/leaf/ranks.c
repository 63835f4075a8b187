#include "ranks.h"

#include <limits.h>
#include <stdlib.h>

#ifdef EBB_MPI
#include <mpi.h>
#endif

#define TEXT_OF(x) TEXT_OF_(x)
#define TEXT_OF_(x) #x

static int number_in(const char *name)
{
    const char *text = getenv(name);
    const long value = text ? strtol(text, NULL, 10) : 0;
    return value > 0 && value < INT_MAX ? (int)value : 0;
}

/* mpirun of Open MPI; srun --mpi=pmix or pmi2, whose plugins leave a rank, and Slurm the number of tasks. */
int ranks_launched(void)
{
    const bool pmi = getenv("PMIX_RANK") || getenv("PMI_RANK");
    int count = number_in("OMPI_COMM_WORLD_SIZE");
    if (!count && pmi)
        count = number_in("PMI_SIZE");
    if (!count && pmi)
        count = number_in("SLURM_STEP_NUM_TASKS");
    return count ? count : 1;
}

int ranks_place(void)
{
    static const char *const names[] = {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (getenv(names[i]))
            return number_in(names[i]);
    return 0;
}

int ranks_strangers(void)
{
    const int tasks = number_in("SLURM_STEP_NUM_TASKS");
    return tasks && getenv("SLURM_PROCID") && ranks_launched() == 1 ? tasks : 1;
}

#ifdef EBB_MPI

struct ranks_letter {
    struct ranks_letter *next;
    MPI_Request request;
    int64_t *words;
    size_t count;
    int rank, kind;
};

const char *ranks_library(void)
{
    return TEXT_OF(OMPI_MAJOR_VERSION) "." TEXT_OF(OMPI_MINOR_VERSION) "." TEXT_OF(OMPI_RELEASE_VERSION);
}

enum status ranks_begin(struct ranks *self, struct faults *faults)
{
    int level = 0;
    *self = (struct ranks){.count = 1};
    /* MPI's own failures end the program, with its own words, until the handler below is set. */
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &level) != MPI_SUCCESS || level < MPI_THREAD_FUNNELED)
        return fault_add(faults, STATUS_FAILED, NULL, 0, "Open MPI cannot be started with threads");
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_rank(MPI_COMM_WORLD, &self->rank);
    MPI_Comm_size(MPI_COMM_WORLD, &self->count);
    return STATUS_OK;
}

void ranks_post(struct ranks *self, int to, int kind, int64_t *words, size_t count)
{
    struct ranks_letter *letter = count <= INT_MAX ? malloc(sizeof *letter) : NULL;
    /* NOLINTBEGIN(clang-analyzer-optin.mpi.MPI-Checker): ranks_tend() asks how it goes */
    if (letter &&
        MPI_Isend(words, (int)count, MPI_INT64_T, to, kind, MPI_COMM_WORLD, &letter->request) == MPI_SUCCESS) {
        letter->words = words;
        letter->next = self->posted;
        self->posted = letter;
        return;
    }
    free(letter);
    free(words);
    /* NOLINTEND(clang-analyzer-optin.mpi.MPI-Checker) */
}

size_t ranks_tend(struct ranks *self)
{
    size_t waiting = 0;
    for (struct ranks_letter **place = &self->posted; *place;) {
        struct ranks_letter *letter = *place;
        int sent = 0;
        if (MPI_Test(&letter->request, &sent, MPI_STATUS_IGNORE) == MPI_SUCCESS && !sent) {
            waiting++;
            place = &letter->next;
            continue;
        }
        *place = letter->next;
        free(letter->words);
        free(letter);
    }
    return waiting;
}

/* Begins to receive what has been announced. A receive that waits would wait for ever when the sender dies in the middle
 * of a long letter: such a letter just never arrives. */
static bool receive(struct ranks *self)
{
    MPI_Message message;
    MPI_Status found;
    int there = 0, size = 0;
    if (MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &message, &found) != MPI_SUCCESS || !there)
        return true;
    MPI_Get_count(&found, MPI_INT64_T, &size);
    struct ranks_letter *letter = malloc(sizeof *letter);
    int64_t *words = malloc((size_t)size * sizeof *words + 1);
    if (!letter || !words) {
        free(letter);
        free(words);
        return false;
    }
    *letter = (struct ranks_letter){
        .words = words, .count = (size_t)size, .rank = found.MPI_SOURCE, .kind = found.MPI_TAG};
    if (MPI_Imrecv(words, size, MPI_INT64_T, &message, &letter->request) != MPI_SUCCESS) {
        free(words);
        free(letter);
        return true;
    }
    struct ranks_letter **end = &self->coming;
    while (*end)
        end = &(*end)->next;
    *end = letter;
    return true;
}

/* Letters of one rank in the order it sent them. */
static bool is_behind(const struct ranks *self, const struct ranks_letter *letter)
{
    for (const struct ranks_letter *other = self->coming; other != letter; other = other->next)
        if (other->rank == letter->rank)
            return true;
    return false;
}

bool ranks_take(struct ranks *self, int *from, int *kind, int64_t **words, size_t *count)
{
    *words = NULL;
    *from = *kind = 0;
    if (!receive(self))
        return true;
    for (struct ranks_letter **place = &self->coming; *place; place = &(*place)->next) {
        struct ranks_letter *letter = *place;
        int done = 0;
        if (is_behind(self, letter) || MPI_Test(&letter->request, &done, MPI_STATUS_IGNORE) != MPI_SUCCESS || !done)
            continue;
        *from = letter->rank;
        *kind = letter->kind;
        *words = letter->words;
        *count = letter->count;
        *place = letter->next;
        free(letter);
        return true;
    }
    return false;
}

static void drop(struct ranks_letter *letter)
{
    for (struct ranks_letter *next; letter; letter = next) {
        next = letter->next;
        free(letter->words);
        free(letter);
    }
}

void ranks_end(struct ranks *self)
{
    MPI_Finalize();
    drop(self->posted);
    drop(self->coming);
    self->posted = self->coming = NULL;
}

#else

const char *ranks_library(void)
{
    return NULL;
}

enum status ranks_begin(struct ranks *self, struct faults *faults)
{
    *self = (struct ranks){.count = 1};
    return fault_add(faults, STATUS_USAGE, NULL, 0,
                     "%d copies were started together, but this ebb was built without Open MPI: install libopenmpi-dev "
                     "and build again, or cut the sweep with --shard",
                     ranks_launched());
}

void ranks_post(struct ranks *self, int to, int kind, int64_t *words, size_t count)
{
    (void)self, (void)to, (void)kind, (void)count;
    free(words);
}

size_t ranks_tend(struct ranks *self)
{
    (void)self;
    return 0;
}

bool ranks_take(struct ranks *self, int *from, int *kind, int64_t **words, size_t *count)
{
    (void)self, (void)from, (void)kind, (void)words, (void)count;
    return false;
}

void ranks_end(struct ranks *self)
{
    (void)self;
}

#endif
