/* tiles.h: small panels in rows and columns. */
#ifndef EBB_TILES_H
#define EBB_TILES_H

#include <stddef.h>

/* `groups` groups of `each` panels. A group of several fills rows of its own; single ones stand side by side. */
struct tiles {
    size_t each, across, down, group_rows;
};

struct tile {
    size_t group, member, row, column;
};

/* At most `most` in a row, rows as even as can be: four as two and two. */
static inline struct tiles tiles_of(size_t groups, size_t each, size_t most)
{
    const size_t row = each > 1 ? each : groups, rows = (row + most - 1) / most;
    const size_t across = row > 0 ? (row + rows - 1) / rows : 1, group_rows = (each + across - 1) / across;
    return (struct tiles){each, across, each > 1 ? groups * group_rows : rows, group_rows};
}

static inline struct tile tiles_at(const struct tiles *m, size_t i)
{
    const size_t group = i / m->each, member = i % m->each, single = m->each == 1;
    return (struct tile){group, member, single ? i / m->across : group * m->group_rows + member / m->across,
                         single ? i % m->across : member % m->across};
}

#endif
