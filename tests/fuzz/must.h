/* must.h: what a fuzz target holds; the fuzzer and the replay of its corpus see the abort. */
#ifndef EBB_MUST_H
#define EBB_MUST_H

#include <stdlib.h>

#define MUST(condition)   \
    do {                  \
        if (!(condition)) \
            abort();      \
    } while (0)

#endif
