/* names.h: lists of names, a line each, as results hold them. */
#ifndef EBB_NAMES_H
#define EBB_NAMES_H

#include <stddef.h>
#include <string.h>

/* The n-th line, from 0, and its length in bytes; NULL where there are fewer, or no list. */
static inline const char *names_line(const char *list, size_t n, size_t *length)
{
    while (list && n-- > 0) {
        list = strchr(list, '\n');
        list = list ? list + 1 : NULL;
    }
    if (!list || !*list)
        return NULL;
    *length = strcspn(list, "\n");
    return list;
}

#endif
