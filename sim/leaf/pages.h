/* pages.h: memory for large arrays that are read from anywhere: on huge pages where the system grants them, as looking
 * up where each small page lies costs more than the number read there. */
#ifndef EBB_PAGES_H
#define EBB_PAGES_H

#include <stdlib.h>
#include <sys/mman.h>

#define PAGES_HUGE ((size_t)2 << 20) /* bytes, on x86-64; elsewhere merely an alignment */

/* Not zeroed; NULL when memory is short. To be freed by free(). */
static inline void *pages_new(size_t bytes)
{
    if (bytes < 2 * PAGES_HUGE)
        return malloc(bytes + 1);
    const size_t whole = (bytes + PAGES_HUGE - 1) / PAGES_HUGE * PAGES_HUGE;
    void *const memory = aligned_alloc(PAGES_HUGE, whole);
#ifdef MADV_HUGEPAGE
    if (memory)
        (void)madvise(memory, whole, MADV_HUGEPAGE); /* a wish: without it all is the same but slower */
#endif
    return memory;
}

#endif
