/* influence_tiles.h: sums over neighbours of a large drawn network, laid out for the cache.
 *
 * Neighbours of a random network lie anywhere, so looking them up one person after the other misses the cache at every
 * tie once opinions are larger than it. The ties are therefore cut into tiles, some thousand people by 65,536 of those
 * they see: what a tile reads and adds to stays in the cache, and a person seen is two bytes. Opinions are looked up as
 * floats, which the cache holds twice as many of, and added as doubles. Inside a tile, people come
 * by how many they see there, so that the processor foretells the length of each loop. */
#ifndef EBB_INFLUENCE_TILES_H
#define EBB_INFLUENCE_TILES_H

#include "neighbours.h"

#define INFLUENCE_TILE_ROWS 8192
#define INFLUENCE_TILE_COLUMNS 65536

struct influence_tiles {
    uint32_t rows, columns; /* of tiles */
    size_t *first;          /* [row][column], and the end: into code */
    uint16_t *code;         /* a tile: number seen, people; these: place in the tile, places of those seen; …; 0 */
};

/* The neighbours of each must be in ascending order. 0, or -1 when memory is short: free it in any case. */
int influence_tiles_begin(struct influence_tiles *tiles, const struct neighbours *neighbours);
void influence_tiles_free(struct influence_tiles *tiles);

/* Into sum[v], for each person v of this row of tiles: the opinions of those she sees, added. */
void influence_tiles_add(const struct influence_tiles *tiles, uint32_t row, uint32_t people,
                         const float *restrict opinion, double *restrict sum);

#endif
