/* lineage.h: who brought whom in, of one run and school of a stored result. */
#ifndef EBB_STORE_LINEAGE_H
#define EBB_STORE_LINEAGE_H

#include "../engine/engine.h"

/* Everything is owned by it. Numbers of the list point into the words: post and from into ids, and so on. */
struct store_lineage {
    int64_t run, school; /* counted from 1 */
    struct adoption *list;
    size_t count;
    struct store_words {
        char **word;
        size_t count;
    } ids, innovations, layers, kinds; /* layers from the outermost in; the first word is nobody's */
};

/* run and school 0: the first that is kept. A result that keeps none is a fault that says how to get one. */
enum status store_read_lineage(const char *out_dir, int64_t run, int64_t school, struct store_lineage *lineage,
                               struct faults *faults) MUST_CHECK;
/* Whether there is any, without a fault. */
bool store_has_lineage(const char *out_dir);
void store_lineage_free(struct store_lineage *lineage);

#endif
